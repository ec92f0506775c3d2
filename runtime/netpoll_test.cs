// Makes each way into netpoll happen, and sees it. Go has no such tests.
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

// How it is seen who polls: a goroutine that waits in the poller is the bait. Its status has the
// scan bit, as if the collector were looking at it. Who finds it ready wants to make it runnable
// and comes as far as casgstatus, which waits for the bit to go: in injectglist, or in
// findRunnable. So at that moment, and until the bit is taken away, everything stands as it stood
// when that caller called netpoll, and a thread that is none of the scheduler's can look around
// and tell who it was.
public class netpoll_test
{
    private sealed class trap
    {
        private int32 r, w;
        private uintptr pd;
        private ptr<g> bait;
        private readonly ptr<uint32> done = newsema(0);
        private Thread? watcher;
        private string seen = "";

        // make has a goroutine wait for a pipe to become readable.
        internal static async go<trap> make()
        {
            var t = new trap();
            netpollGenericInit();
            (t.r, t.w, var errno) = nonblockingPipe();
            Assert.That(errno, Is.Zero);
            (t.pd, errno) = poll_runtime_pollOpen((uintptr)t.r);
            Assert.That(errno, Is.Zero);
            builtin.go(async () =>
            {
                unsafe
                {
                    t.bait = getg();
                }
                await poll_runtime_pollWait(t.pd, 'r');
                semrelease(t.done);
            });
            while (t.sprung())
            {
                await Gosched();
            }
            return t;
        }

        // sprung reports whether netpoll has taken the bait.
        private unsafe bool sprung()
        {
            return bait.p == null || ((pollDesc*)pd)->rg.Load() != (uintptr)bait.p;
        }

        // set sets the trap: the pipe becomes readable.
        internal unsafe void set()
        {
            if (!bait.p->atomicstatus.CompareAndSwap(_Gwaiting, _Gscanwaiting))
            {
                seen = "the bait does not wait";
            }
            byte b = 1;
            write((uintptr)w, &b, 1);
        }

        // watch sees on a thread of its own who springs the trap: it must be somebody who fits the
        // description. The trap is set by the caller, or, if there is a when, by that, when the time
        // has come. With stopSysmon, sysmon stands still meanwhile.
        internal void watch(Func<bool> who, Func<bool>? when = null, bool stopSysmon = false)
        {
            watcher = new Thread(() =>
            {
                if (stopSysmon)
                {
                    needm();
                    unsafe
                    {
                        @lock(&sched->sysmonlock);
                    }
                }
                if (when != null && !wait(when))
                {
                    seen = "it never comes to be time to set the trap";
                    set();
                }
                if (!wait(sprung))
                {
                    seen = "nobody has polled";
                }
                else if (!wait(who))
                {
                    seen = "somebody else has polled";
                }
                unsafe
                {
                    bait.p->atomicstatus.CompareAndSwap(_Gscanwaiting, _Gwaiting);
                    if (stopSysmon)
                    {
                        unlock(&sched->sysmonlock);
                        dropm();
                    }
                }
            })
            { IsBackground = true };
            watcher.Start();

            static bool wait(Func<bool> cond)
            {
                var hung = nanotime() + 30 * (int64)1e9;
                while (!cond())
                {
                    if (nanotime() > hung)
                    {
                        return false;
                    }
                    Thread.Yield();
                }
                return true;
            }
        }

        // over reports whether the watch is over.
        internal bool over() => !watcher!.IsAlive;

        // close waits until the bait has run, and says whether all was as it should be.
        internal async go close()
        {
            await semacquire(done);
            unmark();
            poll_runtime_pollUnblock(pd);
            poll_runtime_pollClose(pd);
            closefd(r);
            closefd(w);
            watcher!.Join();
            Assert.That(seen, Is.Empty);
        }
    }

    // running counts the Ms that do something, as checkdead does: sysmon is none, one that sleeps in
    // the poller is.
    private static unsafe int running()
    {
        @lock(&sched->@lock);
        var n = mcount() - sched->nmidle - sched->nmidlelocked - sched->nmsys;
        unlock(&sched->@lock);
        return n;
    }

    // alone waits until no M does anything but the n that run goroutines of the test, which keep
    // their Ps. So nobody is in the poller, or comes to be there. It returns a mark, a time to come,
    // that is the time of the last poll from now on; only sysmon, which therefore does not poll,
    // and a poll that blocks would change it.
    private static unsafe int64 alone(int n)
    {
        while (running() != n)
        {
            if (sched->lastpoll.Load() == 0)
            {
                netpollBreak();
            }
            usleep(10);
        }
        var mark = nanotime() + 3600 * (int64)1e9;
        sched->lastpoll.Store(mark);
        // sysmon may have found that it should poll before that. Let it.
        @lock(&sched->sysmonlock);
        unlock(&sched->sysmonlock);
        return mark;
    }

    // unmark ends that.
    private static unsafe void unmark()
    {
        var now = nanotime();
        var last = sched->lastpoll.Load();
        if (last > now)
        {
            sched->lastpoll.CompareAndSwap(last, now);
        }
    }

    // The world is stopped, and nobody has polled since alone.
    private static unsafe bool stopped(int64 mark)
    {
        foreach (var pp in allp)
        {
            if (pp->status != _Pgcstop)
            {
                return false;
            }
        }
        return sched->gcwaiting.Load() && sched->lastpoll.Load() == mark;
    }

    // schedule -> findRunnable -> netpoll, before stealing: does not block.
    [Test]
    public Task TestNetpollFromFindRunnable() => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        var t = await trap.make();
        unsafe
        {
            var mark = alone(1);
            var pp = getg()->m->p;
            t.watch(() =>
            {
                unsafe
                {
                    // The P is not idle and runs nobody; no world is started, no collector at work.
                    var p = (p*)(uintptr)pp;
                    return p->status == _Prunning && p->m.ptr()->curg == null && !p->m.ptr()->spinning &&
                        sched->npidle.Load() == 0 && !sched->gcwaiting.Load() && gcBlackenEnabled == 0 &&
                        sched->lastpoll.Load() == mark;
                }
            });
            t.set();
        }
        await t.close();
    }));

    // schedule -> findRunnable -> netpoll, when there is nothing to do: sleeps, for ever or up to the
    // time of a timer.
    [Test]
    public Task TestNetpollFromFindRunnableBlocking([Values] bool timer) => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        var t = await trap.make();
        ptr<g> sleeper = default;
        if (timer)
        {
            sleeper = await sleep();
        }
        // Who sleeps in the poller says so by a lastpoll of 0, and pollUntil is for how long. It is
        // the only one who can find what comes then: all Ps are idle, and sysmon does not poll.
        t.watch(when: () =>
        {
            unsafe
            {
                if (sched->lastpoll.Load() == 0 && sched->npidle.Load() == gomaxprocs &&
                    sched->pollUntil.Load() == (timer ? sleeper.p->timer->when : 0) &&
                    epollwait() is int waitms && (timer ? waitms > 1_000_000 && waitms <= 3600_000 : waitms == -1))
                {
                    t.set();
                    return true;
                }
                return false;
            }
        }, who: () =>
        {
            unsafe
            {
                // It has taken the P.
                return sched->lastpoll.Load() != 0 && sched->pollUntil.Load() == 0 && sched->npidle.Load() == 0 &&
                    allp[0]->status == _Prunning && allp[0]->m.ptr()->curg == null;
            }
        });
        await t.close();
        if (timer)
        {
            wake(sleeper);
        }

        // epollwait is what the kernel says of a thread that sleeps in epoll_pwait: the last argument.
        static int? epollwait()
        {
            foreach (var task in Directory.GetDirectories("/proc/self/task"))
            {
                string[] call;
                try
                {
                    call = File.ReadAllText(task + "/syscall").Split(' ');
                }
                catch (IOException)
                {
                    continue; // the thread has ended
                }
                if (call.Length > 4 && call[1] == "0x" + epfd.ToString("x", CultureInfo.InvariantCulture))
                {
                    return (int)ulong.Parse(call[4].AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                }
            }
            return null;
        }
    }));

    // sleep starts a goroutine that sleeps for an hour, and returns when it does.
    private static async go<ptr<g>> sleep()
    {
        ptr<g> sleeper = default;
        builtin.go(async () =>
        {
            unsafe
            {
                sleeper = getg();
            }
            await timeSleep(3600 * (int64)1e9);
        });
        while (!asleep(sleeper))
        {
            await Gosched();
        }
        return sleeper;
    }

    private static unsafe bool asleep(ptr<g> gp)
    {
        return gp.p != null && readgstatus(gp) == _Gwaiting && gp.p->waitreason == waitReasonSleep && gp.p->timer->status.Load() == timerWaiting;
    }

    private static unsafe void wake(ptr<g> sleeper)
    {
        resettimer(sleeper.p->timer, nanotime());
    }

    // sysmon -> netpoll, when nobody has polled for 10 ms, because every P is busy.
    [Test]
    public Task TestNetpollFromSysmon([Values(1, 2)] int procs) => Run(() => testing.WithGOMAXPROCS(procs, async () =>
    {
        var t = await trap.make();
        var (busy, stop) = (0, 0);
        for (var i = 1; i < procs; i++)
        {
            builtin.go(() =>
            {
                Interlocked.Increment(ref busy);
                while (Volatile.Read(ref stop) == 0)
                {
                    osyield();
                }
                return default;
            });
        }
        while (Volatile.Read(ref busy) < procs - 1)
        {
            await Gosched();
        }
        // A system call wakes sysmon if it is in its deep sleep; that a P is active again does not.
        entersyscall();
        exitsyscall();
        unsafe
        {
            alone(procs);
            var last = nanotime();
            var nmidlelocked = sched->nmidlelocked;
            t.watch(() =>
            {
                unsafe
                {
                    // It has set lastpoll, and it pretends that one more M runs. No P is free.
                    return sched->lastpoll.Load() - last > 10 * 1000 * 1000 && sched->nmidlelocked == nmidlelocked - 1 &&
                        sched->npidle.Load() == 0 && !sched->gcwaiting.Load();
                }
            });
            t.set();
            sched->lastpoll.Store(last);
            while (!t.over())
            {
                osyield();
            }
        }
        Volatile.Write(ref stop, 1);
        await t.close();
    }));

    // startTheWorld -> startTheWorldWithSema -> netpoll.
    [Test]
    public Task TestNetpollFromStartTheWorld([Values(1, 2, 4)] int procs) => Run(() => testing.WithGOMAXPROCS(procs, async () =>
    {
        var t = await trap.make();
        await semacquire(gcsema);
        await stopTheWorld("test");
        unsafe
        {
            var mark = alone(1);
            t.watch(() => stopped(mark) && gcphase == _GCoff);
            t.set();
        }
        startTheWorld();
        semrelease(gcsema);
        await t.close();
    }));

    // gcStart -> startTheWorldWithSema -> netpoll.
    [Test]
    public Task TestNetpollFromGCStart([Values(1, 2, 4)] int procs) => Run(() => gc_test.withOwnCycles(procs, async () =>
    {
        var t = await trap.make();
        var (n, numgc) = (work.cycles.Load(), memstats.numgc);
        var old = poolcleanup;
        sync_runtime_registerPoolCleanup(() =>
        {
            // Here gcStart has stopped the world.
            poolcleanup = old;
            var mark = alone(1);
            t.watch(() => stopped(mark) && gcphase == _GCmark && gcBlackenEnabled == 1 &&
                work.cycles.Load() == n + 1 && memstats.numgc == numgc && work.tMark < work.tSweepTerm);
            t.set();
        });
        await runtime.GC();
        await t.close();
    }));

    // gcMarkDone -> startTheWorldWithSema -> netpoll: a goroutine dies after the barrier, so there is
    // work left when the world is stopped.
    [Test]
    public Task TestNetpollFromGCMarkDone() => Run(() => gc_test.withOwnCycles(2, async () =>
    {
        var t = await trap.make();
        var d = await gc_test.dier.make();
        var (n, numgc, freed) = (work.cycles.Load(), memstats.numgc, work.framesFreed);
        await gc_test.markDone();
        var worker = gc_test.atBarrier();
        await gc_test.passBarrier();
        var mark = alone(2);
        d.die(() =>
        {
            // On the P that has passed the barrier, when the world is being stopped.
            gc_test.pass(worker);
            gc_test.untilGcwaiting();
            t.watch(() => stopped(mark) && gcphase == _GCmark && gcBlackenEnabled == 1 && work.tMarkTerm > work.tMark &&
                work.cycles.Load() == n + 1 && memstats.numgc == numgc && works() == 1);
            t.set();
        });
        await t.close();
        await gcWaitOnMark(n + 1);
        Assert.That(work.framesFreed - freed, Is.GreaterThan(0), "the frames of the dead goroutine");
        Assert.That(memstats.numgc, Is.EqualTo(numgc + 1));
        Assert.That(liveGoroutines(), Is.EqualTo(NumGoroutine()));

        // works counts the Ps that have work for the collector.
        static unsafe int works()
        {
            var n = 0;
            foreach (var pp in allp)
            {
                if (!pp->gcw.empty())
                {
                    n++;
                }
            }
            return n;
        }
    }));

    // gcMarkTermination -> startTheWorldWithSema -> netpoll.
    [Test]
    public Task TestNetpollFromGCMarkTermination() => Run(() => gc_test.withOwnCycles(2, async () =>
    {
        var t = await trap.make();
        var (n, numgc) = (work.cycles.Load(), memstats.numgc);
        await gc_test.markDone();
        var worker = gc_test.atBarrier();
        await gc_test.passBarrier();
        var mark = alone(2);
        gc_test.pass(worker);
        gc_test.untilGcwaiting();
        // gcMarkDone has to wait for this goroutine.
        t.watch(() => stopped(mark) && gcphase == _GCoff && gcBlackenEnabled == 0 && work.cycles.Load() == n + 1 &&
            memstats.numgc == numgc + 1 && work.tEnd > work.tMarkTerm);
        t.set();
        await t.close();
    }));

    // gcDrain -> pollWork -> netpoll, in an idle worker that findRunnable has chosen. sysmon is kept
    // out: on a busy machine it may ask the worker to give way before its first job, and then it is
    // findRunnable that polls.
    [Test]
    public Task TestNetpollFromGCDrain() => Run(() => gc_test.withOwnCycles(1, async () =>
    {
        var t = await trap.make();
        var n = work.cycles.Load();
        var old = poolcleanup;
        sync_runtime_registerPoolCleanup(() =>
        {
            // This goroutine is not preempted until it wants to be, so no worker runs before.
            poolcleanup = old;
            unsafe
            {
                acquirem();
            }
        });
        await gcStart(new gcTrigger { kind = gcTriggerKind.gcTriggerCycle, n = n + 1 });
        unsafe
        {
            var mark = alone(1);
            // No fractional worker: this P has done more than its part.
            getg()->m->p.ptr()->gcFractionalMarkTime = int64.MaxValue / 2;
            // Who wants to run a worker has to wait.
            workers(_Gwaiting, _Gscanwaiting);
            t.watch(when: () =>
            {
                unsafe
                {
                    if (allp[0]->gcMarkWorkerMode != gcMarkWorkerMode.gcMarkWorkerIdleMode)
                    {
                        return false;
                    }
                }
                t.set();
                // Now let it run.
                workers(_Gscanwaiting, _Gwaiting);
                return true;
            }, who: () =>
            {
                unsafe
                {
                    return allp[0]->gcMarkWorkerMode == gcMarkWorkerMode.gcMarkWorkerIdleMode && gc_test.find(waitReasonGCWorkerActive).p != null &&
                        work.markrootNext == 1 && work.markrootJobs > 1 && gcBlackenEnabled == 1 &&
                        !sched->gcwaiting.Load() && sched->lastpoll.Load() == mark;
                }
            }, stopSysmon: true);
            releasem(getg()->m);
        }
        await t.close();
        await gcWaitOnMark(n + 1);

        // workers changes the status of all idle workers.
        static unsafe void workers(uint32 from, uint32 to)
        {
            forEachGRace(gp =>
            {
                if (gp->waitreason == waitReasonGCWorkerIdle)
                {
                    gp->atomicstatus.CompareAndSwap(from, to);
                }
            });
        }
    }));

    // addtimer -> wakeNetPoller -> netpollBreak: a timer that is due before the end of a poll that
    // sleeps ends it, a later one does not.
    [Test]
    public Task TestWakeNetPoller() => Run(() => testing.WithGOMAXPROCS(2, async () =>
    {
        var t = await trap.make();
        // The sleeper is on the other P, which goes to the poller and sleeps there for an hour.
        ptr<g> sleeper = default;
        builtin.go(async () =>
        {
            unsafe
            {
                sleeper = getg();
            }
            await timeSleep(3600 * (int64)1e9);
        });
        unsafe
        {
            while (!asleep(sleeper) || !polls(sleeper.p->timer->when) || netpollWakeSig.Load() != 0)
            {
                osyield();
            }
            var until = sleeper.p->timer->when;

            var later = newtimer(until + (int64)1e9);
            addtimer(later);
            Assert.That(netpollWakeSig.Load(), Is.Zero, "the poller was woken for a later timer");

            var earlier = newtimer(until - (int64)1e9);
            addtimer(earlier);
            // It has got up and sleeps again.
            while (!polls(until - (int64)1e9))
            {
                osyield();
            }

            // The same through modtimer.
            resettimer(later, until - 2 * (int64)1e9);
            while (!polls(until - 2 * (int64)1e9))
            {
                osyield();
            }
            deltimer(later);
            deltimer(earlier);
        }
        wake(sleeper);
        t.watch(() => true);
        t.set();
        await t.close();

        static unsafe bool polls(int64 until) => sched->lastpoll.Load() == 0 && sched->pollUntil.Load() == until;

        static unsafe timer* newtimer(int64 when)
        {
            var t = @new<timer>();
            t->when = when;
            t->f = &nothing;
            return t;
        }

        static void nothing(object? _, uintptr arg, uintptr seq)
        {
        }
    }));
}
