// Ports src/runtime/gc_test.go of go1.20, as far as it is about the scheduling of cycles, and
// tests each way from the collector to the network poller.
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using static go.export_test;
using static go.runtime;

namespace go;

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
        await Run(() => withGOMAXPROCS(procs, async () =>
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
        await Run(() => withGOMAXPROCS(procs, async () =>
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
    public Task TestGCManyCallers() => Run(() => withGOMAXPROCS(4, async () =>
    {
        const int N = 16;
        var t = new T();
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
        t.Check();
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

    // A pipe with a goroutine that waits in the poller for it to become readable.
    private sealed class waitingReader
    {
        private int32 r, w;
        private uintptr pd;
        private readonly ptr<uint32> done = newsema(0);
        internal ptr<g> gp;

        internal async go Start()
        {
            netpollGenericInit();
            (r, w, var errno) = nonblockingPipe();
            Assert.That(errno, Is.Zero);
            (pd, errno) = poll_runtime_pollOpen((uintptr)r);
            Assert.That(errno, Is.Zero);
            builtin.go(async () =>
            {
                unsafe
                {
                    gp = getg();
                }
                await poll_runtime_pollWait(pd, 'r');
                semrelease(done);
            });
            while (!Waits())
            {
                await Gosched();
            }
        }

        internal unsafe bool Waits()
        {
            var p = gp.p;
            return p != null && ((pollDesc*)pd)->rg.Load() == (uintptr)p && readgstatus(p) == _Gwaiting;
        }

        // Ready makes the pipe readable.
        internal unsafe void Ready()
        {
            byte b = 1;
            write((uintptr)w, &b, 1);
        }

        internal async go Close()
        {
            await semacquire(done);
            poll_runtime_pollUnblock(pd);
            poll_runtime_pollClose(pd);
            closefd(r);
            closefd(w);
        }
    }

    // aloneOnTheOnlyP has to be called with GOMAXPROCS=1. On return nobody else is in the poller or
    // can get there but sysmon, and for 10ms not even that, until the caller gives way.
    private static unsafe void aloneOnTheOnlyP()
    {
        while (sched->lastpoll.Load() == 0)
        {
            netpollBreak();
            usleep(10);
        }
        sched->lastpoll.Store(nanotime());
    }

    // seen runs a way to the poller until it is sure that it was not sysmon that came first.
    private static async go seen(string what, Action way)
    {
        for (var i = 0; ; i++)
        {
            var r = new waitingReader();
            await r.Start();
            bool found, early;
            int64 took;
            {
                aloneOnTheOnlyP();
                var start = nanotime();
                r.Ready();
                early = !r.Waits();
                way();
                found = !r.Waits();
                took = nanotime() - start;
            }
            await r.Close();
            if (!early && took < 8 * 1_000_000)
            {
                Assert.That(found, Is.True, what);
                return;
            }
            Assert.That(i, Is.LessThan(100), "never fast enough");
        }
    }

    [Test]
    public Task TestNetpollFromStartTheWorld() => Run(() => withGOMAXPROCS(1, async () =>
    {
        await semacquire(gcsema);
        await semacquire(worldsema);
        try
        {
            await seen("startTheWorld", () =>
            {
                unsafe
                {
                    var gp = getg();
                    using (systemstack())
                    {
                        casGToWaiting(gp, _Grunning, waitReasonStoppingTheWorld);
                        stopTheWorldWithSema();
                        casgstatus(gp, _Gwaiting, _Grunning);
                        startTheWorldWithSema(false);
                    }
                }
            });
        }
        finally
        {
            semrelease(worldsema);
            semrelease(gcsema);
        }
    }));

    [Test]
    public Task TestNetpollFromGCStart() => Run(() => withGOMAXPROCS(1, async () =>
    {
        for (var i = 0; ; i++)
        {
            await runtime.GC(); // there are workers
            var r = new waitingReader();
            await r.Start();
            // gcStart does not park: nobody holds its semaphores. It finds the reader when it starts
            // the world.
            var n = work.cycles.Load();
            var early = false;
            var old = poolcleanup;
            sync_runtime_registerPoolCleanup(() =>
            {
                // in gcStart's stopped world
                r.Ready();
                early = !r.Waits();
            });
            aloneOnTheOnlyP();
            var start = nanotime();
            await gcStart(new gcTrigger { kind = gcTriggerKind.gcTriggerCycle, n = n + 1 });
            var found = !r.Waits();
            var took = nanotime() - start;
            poolcleanup = old;
            await gcWaitOnMark(n + 1);
            await r.Close();
            if (!early && took < 8 * 1_000_000)
            {
                Assert.That(found, Is.True);
                return;
            }
            Assert.That(i, Is.LessThan(100), "never fast enough");
        }
    }));

    // An idle worker stops when the poller has something.
    [Test]
    public Task TestNetpollFromGCDrain() => Run(() => withGOMAXPROCS(1, async () =>
    {
        // More than one job.
        var gate = newsema(0);
        var wg = new waitgroup(2 * stacksPerRoot);
        for (var i = 0; i < 2 * stacksPerRoot; i++)
        {
            builtin.go(async () =>
            {
                await semacquire(gate);
                wg.Done();
            });
        }
        while (SemNwait(gate) < 2 * stacksPerRoot)
        {
            await Gosched();
        }
        await semacquire(gcsema);
        await semacquire(worldsema);
        uint32 jobs = 0, next = 0;
        try
        {
            await seen("gcDrain", () =>
            {
                unsafe
                {
                    var gp = getg();
                    using (systemstack())
                    {
                        casGToWaiting(gp, _Grunning, waitReasonStoppingTheWorld);
                        stopTheWorldWithSema();
                        gcResetMarkState();
                        gcMarkRootPrepare();
                        setGCPhase(_GCmark);
                        casgstatus(gp, _Gwaiting, _Grunning);
                        // The poller is not asked when the world is started, for once.
                        netpollInited.Store(0);
                        startTheWorldWithSema(false);
                        netpollInited.Store(1);
                        sched->lastpoll.Store(nanotime());
                        gcWork gcw = default;
                        gcDrain(&gcw, gcDrainFlags.gcDrainIdle);
                        (jobs, next) = (work.markrootJobs, work.markrootNext);
                        gcDrain(&gcw, 0);
                        setGCPhase(_GCoff);
                        work.stackRoots = [];
                    }
                }
            });
        }
        finally
        {
            semrelease(worldsema);
            semrelease(gcsema);
        }
        Assert.That(jobs, Is.GreaterThan(2u));
        Assert.That(next, Is.EqualTo(1u), "gcDrain should have stopped after the first job");
        for (var i = 0; i < 2 * stacksPerRoot; i++)
        {
            semrelease(gate);
        }
        await wg.Wait();
    }));

    // sysmon polls when nobody else does.
    [Test]
    public Task TestNetpollFromSysmon() => Run(() => withGOMAXPROCS(1, async () =>
    {
        var r = new waitingReader();
        await r.Start();
        aloneOnTheOnlyP();
        // A system call wakes sysmon if it is in its deep sleep; that a P is active again, because
        // the poller had something, does not.
        entersyscall();
        exitsyscall();
        r.Ready();
        var start = nanotime();
        while (r.Waits() && nanotime() - start < 10 * (int64)1e9)
        {
        }
        Assert.That(r.Waits(), Is.False);
        await r.Close();
    }));

    // A thread in the poller is woken for a timer.
    [Test]
    public Task TestWakeNetPoller() => Run(() => withGOMAXPROCS(2, async () =>
    {
        var r = new waitingReader();
        await r.Start();
        var woken = false;
        for (var i = 0; i < 1000 && !woken; i++)
        {
            await timeSleep(1_000_000);
            // Wake another M: it finds this or nothing, and then waits in the poller.
            builtin.go(() => default);
            unsafe
            {
                var start = nanotime();
                while (sched->lastpoll.Load() != 0 && nanotime() - start < 100_000_000)
                {
                }
                if (sched->lastpoll.Load() != 0)
                {
                    continue;
                }
                using (systemstack())
                {
                    wakeNetPoller(1);
                }
                start = nanotime();
                while (!woken && nanotime() - start < 100_000_000)
                {
                    woken = sched->lastpoll.Load() != 0;
                }
            }
        }
        Assert.That(woken, Is.True);
        r.Ready();
        await r.Close();
    }));

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

    [DllImport("libc")]
    private static extern int dup(int fd);

    [DllImport("libc")]
    private static extern int dup2(int fd, int fd2);

    // GODEBUG=gccheckmark=1 finds nothing wrong while everything is in use.
    [Test]
    public async Task TestCheckmarkUnderLoad([Values(1, 2, 4)] int procs)
    {
        await Run(() => withGOMAXPROCS(procs, async () =>
        {
            netpollGenericInit();
            debug.gccheckmark = 1;
            try
            {
                const int N = 20;
                var stop = 0;
                var wg = new waitgroup(3 * N);
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
                for (var i = 0; i < 100; i++)
                {
                    await runtime.GC();
                    await timeSleep(1_000_000);
                }
                Volatile.Write(ref stop, 1);
                await wg.Wait();
                while (foreign.IsAlive)
                {
                    await timeSleep(1_000_000);
                }
            }
            finally
            {
                debug.gccheckmark = 0;
            }
        }));

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
