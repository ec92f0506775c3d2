// Ports src/runtime/gc_test.go of go1.20, as far as it is about the scheduling of cycles.
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class gc_test
{
    [Test]
    public Task TestGC() => Run(async () =>
    {
        for (var i = 0; i < 3; i++)
        {
            var (numgc, forced, clr) = (memstats.numgc, memstats.numforcedgc, GC.CollectionCount(2));
            await runtime.GC();
            Assert.That(memstats.numgc, Is.GreaterThan(numgc));
            Assert.That(memstats.numforcedgc, Is.GreaterThan(forced));
            Assert.That(GC.CollectionCount(2), Is.GreaterThan(clr));
        }
    });

    // A cycle ends although everybody is busy, and the program goes on meanwhile.
    [Test]
    public async Task TestGCUnderLoad([Values(1, 2, 4)] int procs)
    {
        await Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            const int N = 1000;
            var stop = 0;
            int64 pings = 0;
            var wg = new waitgroup(N);
            for (var i = 0; i < N; i++)
            {
                builtin.go(async () =>
                {
                    while (Volatile.Read(ref stop) == 0)
                    {
                        Interlocked.Increment(ref pings);
                        await Gosched();
                    }
                    wg.Done();
                });
            }
            for (var i = 0; i < 10; i++)
            {
                var (numgc, before) = (memstats.numgc, Interlocked.Read(ref pings));
                await runtime.GC();
                Assert.That(memstats.numgc, Is.GreaterThan(numgc));
                await Gosched();
                Assert.That(Interlocked.Read(ref pings), Is.GreaterThan(before));
            }
            Volatile.Write(ref stop, 1);
            await wg.Wait();
        }));
    }

    // Workers that hog their Ps are preempted for a cycle.
    [Test]
    public async Task TestGCBusyPs([Values(1, 2, 4)] int procs)
    {
        await Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            var stop = 0;
            var wg = new waitgroup(procs);
            for (var i = 0; i < procs; i++)
            {
                builtin.go(async () =>
                {
                    while (Volatile.Read(ref stop) == 0)
                    {
                        await preempt();
                    }
                    wg.Done();
                });
            }
            for (var i = 0; i < 3; i++)
            {
                await runtime.GC();
            }
            Volatile.Write(ref stop, 1);
            await wg.Wait();
        }));
    }

    [Test]
    public Task TestGCManyCallers() => Run(t => testing.WithGOMAXPROCS(4, async () =>
    {
        const int N = 16;
        var wg = new waitgroup(N);
        for (var i = 0; i < N; i++)
        {
            builtin.go(async () =>
            {
                for (var j = 0; j < 5; j++)
                {
                    var (cycles, numgc) = (work.cycles.Load(), Volatile.Read(ref memstats.numgc));
                    await runtime.GC();
                    // A whole cycle: one that started after the call has ended.
                    if ((int32)(work.cycles.Load() - cycles) < 1 || (int32)(Volatile.Read(ref memstats.numgc) - numgc) < 1)
                    {
                        t.Errorf("GC returned without a cycle");
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
    }));

    [Test]
    public Task TestGCBgMarkWorkers() => Run(async () =>
    {
        var old = await GOMAXPROCS(-1);
        foreach (var n in (int[])[1, 3, 2, 5])
        {
            var had = gcBgMarkWorkerCount;
            await GOMAXPROCS(n);
            await runtime.GC();
            Assert.That(gcBgMarkWorkerCount, Is.EqualTo(Math.Max(had, n)));
        }
        await GOMAXPROCS(old);
    });

    // A cycle stops the world while others do so too.
    [Test]
    public Task TestGCAndGOMAXPROCS() => Run(async () =>
    {
        var old = await GOMAXPROCS(-1);
        var wg = new waitgroup(2);
        builtin.go(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await runtime.GC();
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await GOMAXPROCS(1 + i % 4);
            }
            wg.Done();
        });
        await wg.Wait();
        await GOMAXPROCS(old);
    });

    [Test]
    public Task TestPeriodicGC() => Run(async () =>
    {
        // Make sure that no cycle is under way.
        await runtime.GC();

        var numgc = memstats.numgc;

        // Have cycles by time all the time.
        var orig = forcegcperiod;
        forcegcperiod = 0;

        // Let some happen. Under load they may be late, so this succeeds soon if all is well and
        // has patience if it is not.
        uint32 numGCs = 0;
        const uint32 want = 2;
        for (var i = 0; i < 200 && numGCs < want; i++)
        {
            await timeSleep(5 * 1_000_000);
            numGCs = memstats.numgc - numgc;
        }
        forcegcperiod = orig;
        Assert.That(numGCs, Is.GreaterThanOrEqualTo(want), "no periodic GC");
        await runtime.GC();
    });

    // With user goroutines disabled during the cycle.
    [Test]
    public async Task TestGCStopTheWorldMode([Values(1, 2)] int mode)
    {
#if DEBUG
        // schedEnabled asserts that sched.lock is held, and schedule calls it once without: as in Go
        // with GOEXPERIMENT=staticlockranking.
        Assert.Ignore("not with lock ranking");
#endif
        await Run(async () =>
        {
            await runtime.GC();
            debug.gcstoptheworld = mode;
            try
            {
                var stop = 0;
                var wg = new waitgroup(10);
                for (var i = 0; i < 10; i++)
                {
                    builtin.go(async () =>
                    {
                        while (Volatile.Read(ref stop) == 0)
                        {
                            await Gosched();
                        }
                        wg.Done();
                    });
                }
                for (var i = 0; i < 5; i++)
                {
                    await runtime.GC();
                }
                Volatile.Write(ref stop, 1);
                await wg.Wait();
            }
            finally
            {
                debug.gcstoptheworld = 0;
            }
        });
    }

    // A full collection of the CLR is followed by a cycle, a cycle's own is not.
    [Test]
    public Task TestGCAfterCLRCollection() => Run(async () =>
    {
        await runtime.GC();
        await timeSleep(50 * 1_000_000);
        for (var i = 0; i < 3; i++)
        {
            var numgc = memstats.numgc;
            GC.Collect();
            for (var j = 0; j < 1000 && memstats.numgc == numgc; j++)
            {
                await timeSleep(5 * 1_000_000);
            }
            Assert.That(memstats.numgc, Is.GreaterThan(numgc), "no cycle after a collection");
        }
        await timeSleep(50 * 1_000_000);
        {
            var (numgc, clr) = (memstats.numgc, GC.CollectionCount(2));
            const int N = 5;
            for (var i = 0; i < N; i++)
            {
                await runtime.GC();
                await timeSleep(20 * 1_000_000);
            }
            await timeSleep(100 * 1_000_000);
            // The CLR may have collected by itself.
            var others = GC.CollectionCount(2) - clr - N;
            Assert.That(memstats.numgc - numgc, Is.InRange(N, N + others), "a cycle triggers cycles");
        }
    });

    // The CLR has collected while a cycle was running: another one follows.
    [Test]
    public Task TestGCAfterCLRCollectionInCycle() => Run(async () =>
    {
        for (var tries = 0; ; tries++)
        {
            await runtime.GC();
            // This cycle follows a collection, and does not come to its end yet.
            await semacquire(work.markDoneSema);
            var n = work.cycles.Load();
            for (var i = 0; work.cycles.Load() == n; i++)
            {
                Assert.That(i, Is.LessThan(1000), "no cycle after a collection");
                GC.Collect();
                GC.WaitForPendingFinalizers();
                await timeSleep(5 * 1_000_000);
            }
            Assert.That(work.userForced, Is.False);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var clr = GC.CollectionCount(2);
            semrelease(work.markDoneSema);
            for (var i = 0; work.cycles.Load() == n + 1; i++)
            {
                Assert.That(i, Is.LessThan(1000), "no cycle after a collection in a cycle");
                await timeSleep(5 * 1_000_000);
            }
            await gcWaitOnMark(n + 2);
            if (GC.CollectionCount(2) == clr)
            {
                return;
            }
            // The CLR has collected by itself, and that may have been the reason.
            Assert.That(tries, Is.LessThan(100));
        }
    });

    // sync.Pools are rotated, in a stopped world.
    [Test]
    public Task TestPoolCleanup() => Run(async () =>
    {
        var n = 0;
        var stopped = true;
        var old = poolcleanup;
        sync_runtime_registerPoolCleanup(() =>
        {
            n++;
            unsafe
            {
                stopped = stopped && sched->gcwaiting.Load();
            }
        });
        await runtime.GC();
        poolcleanup = old;
        Assert.That(n, Is.GreaterThanOrEqualTo(1));
        Assert.That(stopped, Is.True);
    });

    // The frames of dead goroutines are freed.
    [Test]
    public Task TestFreeGStacks() => Run(async () =>
    {
        const int N = 500;
        var wg = new waitgroup(N);
        var gate = newsema(0);
        for (var i = 0; i < N; i++)
        {
            builtin.go(async () =>
            {
                await semacquire(gate);
                wg.Done();
            });
        }
        await Gosched();
        for (var i = 0; i < N; i++)
        {
            semrelease(gate);
        }
        await wg.Wait();
        await quiesce();
        var freed = work.framesFreed;
        await runtime.GC();
        // A few are kept by the Ps.
        var ps = await GOMAXPROCS(-1);
        Assert.That(work.framesFreed - freed, Is.GreaterThanOrEqualTo(N - 64 * ps));
        // They are used again.
        wg = new waitgroup(N);
        for (var i = 0; i < N; i++)
        {
            builtin.go(async () =>
            {
                await Gosched();
                wg.Done();
            });
        }
        await wg.Wait();
    });

    // find returns a goroutine that waits for that reason, or null.
    internal static unsafe ptr<g> find(waitReason reason)
    {
        ptr<g> found = default;
        forEachGRace(gp =>
        {
            if (readgstatus(gp) == _Gwaiting && gp->waitreason == reason)
            {
                found = gp;
            }
        });
        return found;
    }

    // withOwnCycles runs fn with so many Ps, while there are no cycles but those that it starts.
    internal static go withOwnCycles(int procs, Func<go> fn)
    {
        return testing.WithGOMAXPROCS(procs, async () =>
        {
            var old = gcController.gcPercent.Load();
            gcController.gcPercent.Store(-1);
            try
            {
                await runtime.GC();
                await fn();
            }
            finally
            {
                // Until the last thing of the last cycle is done.
                await semacquire(gcsema);
                semrelease(gcsema);
                gcController.gcPercent.Store(old);
            }
        });
    }

    // markDone starts a cycle and returns when a worker has found that all is done and is in
    // gcMarkDone, waiting for the semaphore, which this goroutine holds.
    internal static async go markDone()
    {
        var n = work.cycles.Load();
        await semacquire(work.markDoneSema);
        var waiters = SemNwait(work.markDoneSema);
        await gcStart(new gcTrigger { kind = gcTriggerKind.gcTriggerCycle, n = n + 1 });
        while (SemNwait(work.markDoneSema) == waiters)
        {
            await Gosched();
        }
    }

    // atBarrier, after markDone and with GOMAXPROCS=2, lets that worker go on. It comes to be in
    // forEachP, on the other P, and waits for the caller to pass a safe point. It is returned with
    // the scan bit in its status: so behind the barrier it waits for pass.
    internal static unsafe ptr<g> atBarrier()
    {
        semrelease(work.markDoneSema);
        for (; ; )
        {
            var worker = find(waitReasonGCMarkTermination);
            if (worker.p != null && getg()->m->p.ptr()->runSafePointFn != 0)
            {
                Assert.That(worker.p->atomicstatus.CompareAndSwap(_Gwaiting, _Gscanwaiting), Is.True);
                return worker;
            }
            osyield();
        }
    }

    // passBarrier has the caller's P pass a safe point.
    internal static async go passBarrier()
    {
        while (!passed())
        {
            await preempt();
        }

        static unsafe bool passed() => getg()->m->p.ptr()->runSafePointFn == 0;
    }

    internal static unsafe void pass(ptr<g> worker)
    {
        worker.p->atomicstatus.CompareAndSwap(_Gscanwaiting, _Gwaiting);
    }

    // untilGcwaiting waits until somebody wants to stop the world, and does not let him.
    internal static unsafe void untilGcwaiting()
    {
        while (!sched->gcwaiting.Load())
        {
            osyield();
        }
    }

    // A dier is a goroutine that is alive at the start of a cycle, and dies in it when it is told to.
    internal sealed class dier
    {
        private readonly ptr<uint32> gate = newsema(0);
        private Action last = () => { };

        internal static async go<dier> make()
        {
            var d = new dier();
            var waiters = SemNwait(d.gate);
            builtin.go(async () =>
            {
                await semacquire(d.gate);
                d.last();
            });
            while (SemNwait(d.gate) == waiters)
            {
                await Gosched();
            }
            return d;
        }

        // die has it die; last is the last thing it does.
        internal void die(Action last)
        {
            this.last = last;
            semrelease(gate);
        }
    }

    // A goroutine dies before its P passes the barrier of gcMarkDone: the P gives its work to all, and
    // marking goes on without a stop of the world.
    [Test]
    public Task TestGCMarkDoneFlush() => Run(() => withOwnCycles(2, async () =>
    {
        var d = await dier.make();
        var (n, numgc, freed) = (work.cycles.Load(), memstats.numgc, work.framesFreed);
        var dead = newsema(0);
        ptr<g> worker = default;
        await markDone();
        d.die(() =>
        {
            worker = atBarrier();
            semrelease(dead);
        });
        await semacquire(dead);
        Assert.That(gcMarkDoneFlushed, Is.EqualTo(1u));
        Assert.That(gcphase, Is.EqualTo(_GCmark));
        Assert.That(work.tMarkTerm, Is.LessThan(work.tMark), "the world was stopped");
        pass(worker);
        await gcWaitOnMark(n + 1);
        Assert.That(gcMarkDoneFlushed, Is.Zero);
        Assert.That(memstats.numgc, Is.EqualTo(numgc + 1));
        Assert.That(work.framesFreed - freed, Is.GreaterThan(0), "the frames of the dead goroutine");
    }));

    // Goroutines come and go all the time: cycles end all the same, and every dead G is found again.
    [Test]
    public async Task TestGCDyingGoroutines([Values(1, 2, 4)] int procs)
    {
        await Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            const int N = 200;
            debug.gccheckmark = 1;
            try
            {
                var stop = 0;
                var wg = new waitgroup(N);
                for (var i = 0; i < N; i++)
                {
                    var turns = 1 + i % 8;
                    async go live()
                    {
                        for (var j = 0; j < turns; j++)
                        {
                            await Gosched();
                        }
                        if (Volatile.Read(ref stop) == 0)
                        {
                            builtin.go(live);
                            return;
                        }
                        wg.Done();
                    }
                    builtin.go(live);
                }
                for (var i = 0; i < 20; i++)
                {
                    var numgc = memstats.numgc;
                    await runtime.GC();
                    Assert.That(memstats.numgc, Is.GreaterThan(numgc));
                }
                Volatile.Write(ref stop, 1);
                await wg.Wait();
            }
            finally
            {
                debug.gccheckmark = 0;
            }
            await quiesce();
            // No cycle has a dead G now.
            await semacquire(gcsema);
            Assert.That(NumGoroutine(), Is.EqualTo(1));
            semrelease(gcsema);
        }));
    }

    // The buffers of a gcWork: all that is put in comes out, here or through the global list.
    [Test]
    public Task TestGCWork() => Run(async () =>
    {
        // No cycle meanwhile.
        await semacquire(gcsema);
        unsafe
        {
            const int N = 10 * workbufobjlen + 7;
            gcWork w1 = default, w2 = default;
            Assert.That(w1.empty(), Is.True);
            Assert.That(w1.tryGetFast(), Is.EqualTo((uintptr)0));
            Assert.That(w1.tryGet(), Is.EqualTo((uintptr)0));
            Assert.That(w1.putFast(1), Is.True); // tryGet has made buffers
            Assert.That(w1.empty(), Is.False);
            Assert.That(w1.tryGetFast(), Is.EqualTo((uintptr)1));
            Assert.That(w1.flushedWork, Is.False);
            w1.dispose();
            Assert.That(w1.flushedWork, Is.False);

            for (var i = 1; i <= N; i++)
            {
                if (i % 2 == 0 || !w1.putFast((uintptr)i))
                {
                    w1.put((uintptr)i);
                }
            }
            Assert.That(w1.flushedWork, Is.True);
            Assert.That(work.full.empty(), Is.False);
            HashSet<uintptr> got = [];
            // Some here,
            for (var i = 0; i < workbufobjlen; i++)
            {
                Assert.That(got.Add(w1.tryGet()), Is.True);
            }
            // some there,
            for (var i = 0; i < 3 * workbufobjlen; i++)
            {
                Assert.That(got.Add(w2.tryGet()), Is.True);
            }
            // and the rest after some to and fro.
            w1.flushedWork = false;
            w1.balance();
            w1.balance();
            Assert.That(w1.flushedWork, Is.True);
            w1.dispose();
            w2.dispose();
            Assert.That(w1.empty() && w2.empty(), Is.True);
            for (; w2.tryGet() is var obj && obj != 0;)
            {
                Assert.That(got.Add(obj), Is.True);
            }
            Assert.That(got, Has.Count.EqualTo(N));
            Assert.That(got.Contains(0), Is.False);
            Assert.That(work.full.empty(), Is.True);
            w2.dispose();

            // balance gives half of a single buffer away.
            for (var i = 1; i <= 100; i++)
            {
                w1.put((uintptr)i);
            }
            w1.balance();
            Assert.That(w1.wbuf1->nobj, Is.EqualTo(50));
            Assert.That(trygetfull() is var b && b->nobj == 50 && b->obj[0] == 1 && w1.wbuf1->obj[0] == 51, Is.True);
            w1.wbuf1->nobj = 0;
            w1.dispose();
            b->nobj = 0;
            putempty(b);
        }
        semrelease(gcsema);
    });

    // gcDrain returns when it should, and not before.
    [Test]
    public Task TestGCDrain() => Run(() => withOwnCycles(1, async () =>
    {
        const uint32 all = uint32.MaxValue;
        // So many Gs that there are several root jobs.
        var gate = newsema(0);
        var wg = new waitgroup(3 * stacksPerRoot);
        for (var i = 0; i < 3 * stacksPerRoot; i++)
        {
            builtin.go(async () =>
            {
                await semacquire(gate);
                wg.Done();
            });
        }
        // And dead ones with many frames.
        var dead = new waitgroup(30);
        for (var i = 0; i < 30; i++)
        {
            builtin.go(async () =>
            {
                await deep(100);
                dead.Done();
            });
        }
        await dead.Wait();
        while (SemNwait(gate) < 3 * stacksPerRoot)
        {
            await Gosched();
        }

        // With the world stopped a failure has to wait.
        List<string> failed = [];
        void check(bool ok, string what)
        {
            if (!ok)
            {
                failed.Add(what);
            }
        }
        await stopTheWorldGC("test");
        unsafe
        {
            var gp = getg();
            var pp = gp->m->p.ptr();
            using (systemstack())
            {
                const gcDrainFlags preempt = gcDrainFlags.gcDrainUntilPreempt, idle = gcDrainFlags.gcDrainIdle, fractional = gcDrainFlags.gcDrainFractional;

                // When it is preempted, and when somebody wants to stop the world.
                gp->preempt = false;
                check(drain(pp, preempt) == all, "not preempted");
                check(drain(pp, 0, gcwaiting: true) == all, "not preempted, somebody wants to stop the world");
                gp->preempt = true;
                check(drain(pp, preempt) == 0, "preempted");
                check(drain(pp, 0) == all, "preempted, and is not to care");
                check(drain(pp, 0, gcwaiting: true) == 0, "preempted, and somebody wants to stop the world");
                gp->preempt = false;

                // Idle, with and without another goroutine to run.
                check(drain(pp, preempt | idle) == all, "idle");
                runqput(pp, gp, false);
                check(drain(pp, preempt | idle) == 1, "idle, and there is other work");
                runqget(pp, out _);

                // Fractional, before and after it has done its part.
                gcController.fractionalUtilizationGoal = 0.25;
                gcController.markStartTime = nanotime() - 3600 * (int64)1e9;
                pp->gcMarkWorkerStartTime = nanotime();
                pp->gcFractionalMarkTime = 0;
                check(drain(pp, preempt | fractional) == all, "fractional");
                pp->gcFractionalMarkTime = 1800 * (int64)1e9;
                check(drain(pp, preempt | fractional) == 1, "fractional, has done its part");

                // The same when there are no root jobs, but other work.
                drain(pp, 0);
                gfpurge(pp);
                @lock(&sched->gFree.@lock);
                for (; sched->gFree.stack.pop() is var b && b != null;)
                {
                    sched->gFree.n--;
                    sched->ngsys.Add(1);
                    pp->gcw.put((uintptr)b);
                }
                unlock(&sched->gFree.@lock);
                sched->gcwaiting.Store(false);
                var freed = work.framesFreed + pp->gcw.framesFreed;
                gp->preempt = true;
                gcDrain(&pp->gcw, preempt);
                gp->preempt = false;
                check(work.framesFreed + pp->gcw.framesFreed == freed, "preempted, no root jobs");
                runqput(pp, gp, false);
                gcDrain(&pp->gcw, preempt | idle);
                runqget(pp, out _);
                freed = work.framesFreed + pp->gcw.framesFreed - freed;
                check(freed >= drainCheckThreshold && freed < 2 * drainCheckThreshold, $"idle, and there is other work, no root jobs: {freed} frames");
                check(gcMarkWorkAvailable(pp), "all is done");
                gcDrain(&pp->gcw, preempt);
                check(!gcMarkWorkAvailable(pp), "not all is done");
                sched->gcwaiting.Store(true);
                pp->gcw.dispose();
                pp->gcw.flushedWork = false;

                setGCPhase(_GCoff);
                work.stackRoots = [];
            }
        }
        startTheWorldGC();
        var counted = NumGoroutine() - liveGoroutines();
        for (var i = 0; i < 3 * stacksPerRoot; i++)
        {
            semrelease(gate);
        }
        await wg.Wait();
        Assert.That(failed, Is.Empty);
        Assert.That(counted, Is.Zero);

        // drain does the root jobs of a new cycle and returns how many it has done.
        static unsafe uint32 drain(p* pp, gcDrainFlags flags, bool gcwaiting = false)
        {
            gcResetMarkState();
            gcMarkRootPrepare();
            setGCPhase(_GCmark);
            sched->gcwaiting.Store(gcwaiting);
            gcDrain(&pp->gcw, flags);
            sched->gcwaiting.Store(true);
            return work.markrootNext > work.markrootJobs ? all : work.markrootNext;
        }

        static async go deep(int n)
        {
            if (n == 0)
            {
                await Gosched();
                return;
            }
            await deep(n - 1);
        }
    }));

    // A goroutine that is blocked at two cycles knows since when.
    [Test]
    public Task TestWaitsince() => Run(async () =>
    {
        var gate = newsema(0);
        var done = newsema(0);
        ptr<g> gp = default;
        builtin.go(async () =>
        {
            unsafe
            {
                gp = getg();
            }
            await semacquire(gate);
            semrelease(done);
        });
        while (SemNwait(gate) == 0)
        {
            await Gosched();
        }
        Assert.That(gp.v.waitsince, Is.Zero);
        await runtime.GC();
        await runtime.GC();
        Assert.That(gp.v.waitsince, Is.Not.Zero);
        semrelease(gate);
        await semacquire(done);
    });

    // The line of GODEBUG=gctrace=1.
    [Test]
    public async Task TestGctrace()
    {
        var name = Path.GetTempFileName();
        using (var f = new FileStream(name, FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            var saved = dup(2);
            await Run(async () =>
            {
                await runtime.GC();
                dup2((int)f.SafeFileHandle.DangerousGetHandle(), 2);
                debug.gctrace = 1;
                await runtime.GC();
                // The line is printed when the world runs again.
                await semacquire(gcsema);
                semrelease(gcsema);
                debug.gctrace = 0;
                dup2(saved, 2);
            });
            closefd(saved);
        }
        Assert.That(File.ReadAllText(name), Does.Match(
            @"gc \d+ @\d+\.\d+s \d+%: [\d.]+\+[\d.]+\+[\d.]+ ms clock, [\d.]+\+0/[\d.]+/[\d.]+\+[\d.]+ ms cpu, \d+->\d+->\d+ MB, \d+ P \(forced\)\n"));
        File.Delete(name);
    }

    // GODEBUG=gctrace=1 has each cycle print its line.
    [Test]
    public void TestGctraceEnv()
    {
        var (output, status) = testprog.runTestProg("GCTrace", "GODEBUG=gctrace=1");
        Assert.That(status, Is.Zero, output);
        var n = uint.Parse(Regex.Match(output, @"^numgc (\d+)$", RegexOptions.Multiline).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        Assert.That(n, Is.GreaterThanOrEqualTo(3));
        Assert.That(Regex.Matches(output, @"^gc (\d+) @\d+\.\d+s \d+%: .* P( \(forced\))?$", RegexOptions.Multiline).Select(m => m.Groups[1].Value),
            Is.EqualTo(Enumerable.Range(1, (int)n).Select(i => i.ToString(CultureInfo.InvariantCulture))), output);
        Assert.That(testprog.runTestProg("GCTrace").output, Does.Match(@"^numgc \d+\n$"));
    }

    internal static async go GCTrace()
    {
        for (var i = 0; i < 3; i++)
        {
            await runtime.GC();
        }
        // The line is printed when the world runs again.
        await semacquire(gcsema);
        println("numgc", memstats.numgc);
    }

    [DllImport("libc")]
    private static extern int dup(int fd);

    [DllImport("libc")]
    private static extern int dup2(int fd, int fd2);

    // GODEBUG=gccheckmark=1 finds nothing wrong while everything is in use.
    [Test]
    public async Task TestCheckmarkUnderLoad([Values(1, 2, 4)] int procs)
    {
        await Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            netpollGenericInit();
            debug.gccheckmark = 1;
            try
            {
                const int N = 20;
                var stop = 0;
                var wg = new waitgroup(3 * N + 1);
                for (var i = 0; i < N; i++)
                {
                    // waits in the poller, with deadlines
                    builtin.go(async () =>
                    {
                        for (var j = 0; Volatile.Read(ref stop) == 0; j++)
                        {
                            var (r, w, _) = nonblockingPipe();
                            var (pd, _) = poll_runtime_pollOpen((uintptr)r);
                            poll_runtime_pollSetDeadline(pd, 1_000_000, j % 3 == 0 ? 'r' + 'w' : 'r');
                            await poll_runtime_pollWait(pd, 'r');
                            poll_runtime_pollSetDeadline(pd, 1_000_000_000, 'r');
                            poll_runtime_pollSetDeadline(pd, 2_000_000_000, 'w');
                            var woken = newsema(0);
                            builtin.go(async () =>
                            {
                                await Gosched();
                                writeone(w);
                                semrelease(woken);
                            });
                            poll_runtime_pollReset(pd, 'r');
                            await poll_runtime_pollWait(pd, 'r');
                            await semacquire(woken);
                            poll_runtime_pollUnblock(pd);
                            poll_runtime_pollClose(pd);
                            closefd(r);
                            closefd(w);
                        }
                        wg.Done();
                    });
                    // sleeps
                    builtin.go(async () =>
                    {
                        while (Volatile.Read(ref stop) == 0)
                        {
                            await timeSleep(100_000);
                        }
                        wg.Done();
                    });
                    // is in system calls
                    builtin.go(async () =>
                    {
                        while (Volatile.Read(ref stop) == 0)
                        {
                            insyscall();
                            await Gosched();
                        }
                        wg.Done();
                    });
                }
                // a foreign thread that starts goroutines
                var foreign = new Thread(() =>
                {
                    while (Volatile.Read(ref stop) == 0)
                    {
                        runtime.Run(async () => await Gosched()).Wait();
                    }
                });
                foreign.Start();
                // one that stops timers, which a goroutine sets again
                var timers = new uintptr[64];
                newtimers(timers);
                builtin.go(async () =>
                {
                    while (Volatile.Read(ref stop) == 0)
                    {
                        foreach (var t in timers)
                        {
                            resetTimer(t, nanotime() + 1_000_000, null);
                        }
                        await Gosched();
                    }
                    foreach (var t in timers)
                    {
                        stopTimer(t);
                    }
                    wg.Done();
                });
                var stopper = new Thread(() =>
                {
                    for (var i = 0; Volatile.Read(ref stop) == 0; i++)
                    {
                        stopTimer(timers[i % timers.Length]);
                    }
                });
                stopper.Start();
                for (var i = 0; i < 100; i++)
                {
                    await runtime.GC();
                    await timeSleep(1_000_000);
                }
                Volatile.Write(ref stop, 1);
                await wg.Wait();
                while (foreign.IsAlive || stopper.IsAlive)
                {
                    await timeSleep(1_000_000);
                }
            }
            finally
            {
                debug.gccheckmark = 0;
            }
        }));

        static unsafe void newtimers(uintptr[] timers)
        {
            for (var i = 0; i < timers.Length; i++)
            {
                var t = @new<timer>();
                t->f = &nothing;
                timers[i] = (uintptr)t;
            }
        }

        static void nothing(object? _, uintptr arg, uintptr seq)
        {
        }

        static unsafe void writeone(int32 w)
        {
            byte b = 1;
            write((uintptr)w, &b, 1);
        }

        static void insyscall()
        {
            entersyscall();
            Thread.Sleep(1);
            exitsyscall();
        }
    }

    // It does find what is wrong.
    [Test]
    public Task TestCheckmarkFinds() => Run(async () =>
    {
        await Gosched();
        unsafe
        {
            var gp = getg();
            HashSet<uintptr> gs = [(uintptr)gp];
            var pd = @new<pollDesc>();
            Assert.That(checkmarkpd(pd, false, gs), Is.Null);

            pd->rg.Store(pdReady);
            Assert.That(checkmarkpd(pd, true, gs), Is.Null);
            pd->rg.Store(pdWait);
            Assert.That(checkmarkpd(pd, false, gs), Does.Contain("pdWait"));
            pd->rg.Store(0x1000);
            Assert.That(checkmarkpd(pd, false, gs), Does.Contain("no g"));
            Assert.That(checkmarkpd(pd, true, gs), Does.Contain("free"));
            pd->rg.Store((uintptr)gp);
            Assert.That(checkmarkpd(pd, false, gs), Does.Contain("does not wait"));
            pd->rg.Store(pdNil);

            pd->wg.Store((uintptr)gp);
            Assert.That(checkmarkpd(pd, false, gs), Does.Contain("does not wait"));
            pd->wg.Store(pdNil);

            pd->closing = true;
            Assert.That(checkmarkpd(pd, false, gs), Does.Contain("closing"));
            pd->closing = false;
            pd->rd = -1;
            Assert.That(checkmarkpd(pd, false, gs), Does.Contain("deadlines"));
            pd->publishInfo();
            Assert.That(checkmarkpd(pd, false, gs), Is.Null);
            pd->rd = 1;
            pd->publishInfo();
            Assert.That(checkmarkpd(pd, false, gs), Does.Contain("no timer"));

            var g1 = @new<g>();
            g1->atomicstatus.Store(_Gidle);
            Assert.That(checkmarkg(g1), Does.Contain("bad status"));
            g1->atomicstatus.Store(_Gwaiting);
            Assert.That(checkmarkg(g1), Does.Contain("without a reason"));
            g1->atomicstatus.Store(_Gsyscall);
            Assert.That(checkmarkg(g1), Does.Contain("without an m"));
            g1->m = gp->m;
            Assert.That(checkmarkg(g1), Does.Contain("another g"));
            g1->atomicstatus.Store(_Gdead);
            Assert.That(checkmarkg(g1), Is.Null);

            var pp = @new<p>();
            Assert.That(checkmarktimers(pp), Is.Null);
            pp->deletedTimers.Store(1);
            Assert.That(checkmarktimers(pp), Does.Contain("deletedTimers"));
            pp->deletedTimers.Store(0);
            var t = @new<timer>();
            pp->timers.append(t);
            pp->numTimers.Store(1);
            Assert.That(checkmarktimers(pp), Does.Contain("without a function").Or.Contain("bad status").Or.Contain("another p"));

            Assert.That(checkmarkrunq(pp, gs), Is.Null);
            pp->runnext.set(gp);
            Assert.That(checkmarkrunq(pp, gs), Does.Contain("runnext"));
            pp->runnext = 0;
            pp->runqtail = 1;
            pp->runq[0].set(gp);
            Assert.That(checkmarkrunq(pp, gs), Does.Contain("not runnable"));
        }
    });
}
