// Ports src/runtime/proc_test.go of go1.20.
using System.Threading;
using System.Threading.Tasks;
using static go.export_test;
using static go.runtime;
using atomic = go.runtime_internal.atomic;

namespace go;

public class proc_test
{
    [Test]
    public Task TestStopTheWorldDeadlock() => Run(() => withGOMAXPROCS(3, async () =>
    {
        var stop = 0;
        var started = 0;
        Func<go>? perpetuumMobile = null;
        perpetuumMobile = () =>
        {
            Interlocked.Increment(ref started);
            if (Volatile.Read(ref stop) == 0)
            {
                builtin.go(perpetuumMobile!);
            }
            return default;
        };
        var compl = new waitgroup(2);
        builtin.go(async () =>
        {
            for (var i = 0; i != 1000; i++)
            {
                await runtime.GC();
            }
            compl.Done();
        });
        builtin.go(async () =>
        {
            for (var i = 0; i != 1000; i++)
            {
                await GOMAXPROCS(2 + i % 2);
            }
            compl.Done();
        });
        builtin.go(perpetuumMobile);
        await compl.Wait();
        Volatile.Write(ref stop, 1);
        Assert.That(started, Is.GreaterThan(1));
    }));

    [Test]
    public Task TestYieldProgress() => Run(() => testYieldProgress(false));

    [Test]
    public Task TestYieldLockedProgress() => Run(() => testYieldProgress(true));

    private static async go testYieldProgress(bool locked)
    {
        var c = 0;
        var yields = 0;
        var cack = newsema(0);
        builtin.go(async () =>
        {
            if (locked)
            {
                LockOSThread();
            }
            for (; ; )
            {
                if (Volatile.Read(ref c) != 0)
                {
                    semrelease(cack);
                    return;
                }
                await Gosched();
                Interlocked.Increment(ref yields);
            }
        });
        while (Volatile.Read(ref yields) < 10)
        {
            await Gosched();
        }
        Volatile.Write(ref c, 1);
        await semacquire(cack);
    }

    [Test]
    public Task TestYieldLocked() => Run(async () =>
    {
        const int N = 10;
        var t = new T();
        var c = newsema(0);
        builtin.go(async () =>
        {
            LockOSThread();
            var tid = gettid();
            for (var i = 0; i < N; i++)
            {
                await Gosched();
                await timeSleep((int64)1e6);
                if (gettid() != tid)
                {
                    t.Errorf("a locked goroutine changed its thread");
                }
            }
            semrelease(c);
            // UnlockOSThread is left out on purpose: the thread ends with the goroutine.
        });
        await semacquire(c);
        t.Check();
    });

    [Test]
    public Task TestGoroutineParallelism()
    {
        if (Environment.ProcessorCount == 1)
        {
            // Takes too long, too easy to deadlock, etc.
            Assert.Ignore("skipping on uniprocessor");
        }
        const int P = 4;
        const int N = 10;
        return Run(() => withGOMAXPROCS(P, async () =>
        {
            for (var @try = 0; @try < N; @try++)
            {
                var done = new waitgroup(P);
                var x = 0;
                for (var i = 0; i < P; i++)
                {
                    var p = i;
                    // Test that all P goroutines are scheduled at the same time
                    builtin.go(() =>
                    {
                        for (var i = 0; i < 3; i++)
                        {
                            var expected = P * i + p;
                            while (Volatile.Read(ref x) != expected)
                            {
                            }
                            Volatile.Write(ref x, expected + 1);
                        }
                        done.Done();
                        return default;
                    });
                }
                await done.Wait();
                Assert.That(x, Is.EqualTo(3 * P));
            }
        }));
    }

    // All runnable goroutines must be scheduled at the same time.
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(true, true)]
    public Task TestGoroutineParallelism2(bool load, bool netpoll)
    {
        if (Environment.ProcessorCount == 1)
        {
            // Takes too long, too easy to deadlock, etc.
            Assert.Ignore("skipping on uniprocessor");
        }
        const int P = 4;
        const int N = 10;
        return Run(() => withGOMAXPROCS(P, async () =>
        {
            for (var @try = 0; @try < N; @try++)
            {
                if (load)
                {
                    // Create P goroutines and wait until they all run. During the test proper
                    // the threads that ran them will begin to park.
                    var loaded = newsema(0);
                    var n = 0;
                    for (var p = 0; p < P; p++)
                    {
                        builtin.go(() =>
                        {
                            if (Interlocked.Increment(ref n) == P)
                            {
                                semrelease(loaded);
                                return default;
                            }
                            while (Volatile.Read(ref n) != P)
                            {
                            }
                            return default;
                        });
                    }
                    await semacquire(loaded);
                }
                if (netpoll)
                {
                    // The poller affects what the scheduler does.
                    // PORT(test): Go listens on a socket; a sleep uses the poller as well.
                    await timeSleep(1000);
                }
                var done = new waitgroup(P);
                var x = 0;
                // Nested, so that it differs from TestGoroutineParallelism.
                for (var i = 0; i < P / 2; i++)
                {
                    var p = i;
                    builtin.go(() =>
                    {
                        for (var i2 = 0; i2 < 2; i2++)
                        {
                            var p2 = i2;
                            builtin.go(() =>
                            {
                                for (var i = 0; i < 3; i++)
                                {
                                    var expected = P * i + p * 2 + p2;
                                    while (Volatile.Read(ref x) != expected)
                                    {
                                    }
                                    Volatile.Write(ref x, expected + 1);
                                }
                                done.Done();
                                return default;
                            });
                        }
                        return default;
                    });
                }
                await done.Wait();
                Assert.That(x, Is.EqualTo(3 * P));
            }
        }));
    }

    [Test]
    public Task TestBlockLocked() => Run(async () =>
    {
        const int N = 10;
        var t = new T();
        var c = new rendezvous();
        builtin.go(async () =>
        {
            LockOSThread();
            var tid = gettid();
            for (var i = 0; i < N; i++)
            {
                await c.Send();
                if (gettid() != tid)
                {
                    t.Errorf("a locked goroutine changed its thread");
                }
            }
            UnlockOSThread();
        });
        for (var i = 0; i < N; i++)
        {
            await c.Receive();
        }
        await quiesce();
        t.Check();
    });

    // setFlag is the function of the tests' timers.
    private static unsafe void setFlag(uintptr arg, uintptr seq) => atomic.Store(ref *(uint32*)arg, 1);

    // after returns a flag that a timer sets to 1.
    private static unsafe ptr<uint32> after(int64 ns)
    {
        var flag = @new<uint32>();
        var t = @new<timer>();
        t->when = nanotime() + ns;
        t->f = &setFlag;
        t->arg = (uintptr)flag;
        startTimer((uintptr)t);
        return flag;
    }

    [Test]
    public Task TestTimerFairness() => Run(async () =>
    {
        var done = 0;
        var c = new rendezvous();
        for (var i = 0; i < 2; i++)
        {
            builtin.go(async () =>
            {
                while (Volatile.Read(ref done) == 0)
                {
                    await c.Send();
                }
            });
        }

        // The run queue is never empty here; the timer must run all the same.
        var timer = after(20 * (int64)1e6);
        while (atomic.Load(ref timer.v) == 0)
        {
            await c.Receive();
        }
        Volatile.Write(ref done, 1);
        c.Free();
        c.Free();
    });

    [Test]
    public Task TestTimerFairness2() => Run(async () =>
    {
        var done = new waitgroup(2);
        var gone = 0;
        var c = new[] { newsema(0), newsema(0) };
        for (var i = 0; i < 2; i++)
        {
            var me = i;
            builtin.go(async () =>
            {
                var timer = after(20 * (int64)1e6);
                for (; ; )
                {
                    zeroRead();
                    if (atomic.Load(ref timer.v) != 0)
                    {
                        // The other one must not wait for this one any more.
                        Volatile.Write(ref gone, 1);
                        semrelease(c[1 - me]);
                        done.Done();
                        return;
                    }
                    if (Volatile.Read(ref gone) == 0)
                    {
                        semrelease(c[1 - me]);
                        await semacquire(c[me]);
                    }
                    await preempt();
                }
            });
        }
        await done.Wait();

        // PORT(test): syscall.Read of no bytes, made of what that is made of.
        static unsafe void zeroRead()
        {
            uint8 buf;
            entersyscall();
            read(0, &buf, 0);
            exitsyscall();
        }
    });

    // Goroutines are preempted at awaits of calls that have ended, as Go's are at calls.
    [Test]
    public Task TestPreemption() => Run(async () =>
    {
        const int N = 5;
        var c = new waitgroup(2);
        var x = 0;
        for (var i = 0; i < 2; i++)
        {
            var g = i;
            builtin.go(async () =>
            {
                for (var i = 0; i < N; i++)
                {
                    while (Volatile.Read(ref x) != g)
                    {
                        await preempt();
                    }
                    Volatile.Write(ref x, 1 - g);
                }
                c.Done();
            });
        }
        await c.Wait();
        Assert.That(x, Is.Zero);
    });

    // A cycle preempts the goroutines that run.
    [Test]
    public Task TestPreemptionGC()
    {
        const int P = 5;
        const int N = 10;
        return Run(() => withGOMAXPROCS(P + 1, async () =>
        {
            var stop = 0;
            for (var i = 0; i < P; i++)
            {
                builtin.go(async () =>
                {
                    while (Volatile.Read(ref stop) == 0)
                    {
                        await preempt();
                    }
                });
            }
            for (var i = 0; i < N; i++)
            {
                await Gosched();
                await runtime.GC();
            }
            Volatile.Write(ref stop, 1);
        }));
    }

    [Test]
    public async Task TestNumGoroutine()
    {
        Assert.That(testprog.runTestProg("NumGoroutine").output, Is.EqualTo("1\n"));
        Assert.That(testprog.runTestProg("NumGoroutines").output, Is.EqualTo("4\n"));

        await Run(async () =>
        {
            const int N = 10;
            Assert.That(NumGoroutine(), Is.EqualTo(liveGoroutines()));
            var c = newsema(0);
            for (var i = 0; i < N; i++)
            {
                builtin.go(async () => await semacquire(c));
            }
            Assert.That(NumGoroutine(), Is.EqualTo(1 + N));
            for (var i = 0; i < N; i++)
            {
                semrelease(c);
            }
            await quiesce();
            Assert.That(NumGoroutine(), Is.EqualTo(1));
        });
    }

    [Test]
    public Task TestPingPongHog() => Run(() => withGOMAXPROCS(1, async () =>
    {
        // A pair of goroutines that wake each other keeps the P for no longer than a time
        // slice, whatever each of the two does in its turn.
        const int64 enough = 1_000_000_000;
        var done = 0;
        int64 hogCount = 0, lightCount = 0;
        var c = new waitgroup(4);
        pair(1_000_000, hog);
        pair(1_000, light);
        await c.Wait();

        // A scheduler that does not work is off by 1000.
        const int factor = 20;
        Assert.That(hogCount / factor <= lightCount && lightCount / factor <= hogCount, $"hogCount/lightCount {hogCount}/{lightCount}");

        void hog(int n)
        {
            for (var i = 0; i < n; i++)
            {
                hogCount++;
            }
            stopIf(hogCount);
        }

        void light(int n)
        {
            for (var i = 0; i < n; i++)
            {
                lightCount++;
            }
            stopIf(lightCount);
        }

        void stopIf(int64 count)
        {
            if (count >= enough)
            {
                Volatile.Write(ref done, 1);
            }
        }

        void pair(int limit, Action<int> count)
        {
            ptr<uint32>[] wake = [newsema(1), newsema(0)];
            for (var i = 0; i < 2; i++)
            {
                var me = i;
                builtin.go(async () =>
                {
                    for (; ; )
                    {
                        await semacquire(wake[me]);
                        if (Volatile.Read(ref done) != 0)
                        {
                            semrelease(wake[1 - me]);
                            c.Done();
                            return;
                        }
                        count(limit);
                        semrelease(wake[1 - me]);
                    }
                });
            }
        }
    }));

    [Test]
    public Task TestSchedLocalQueue() => Run(async () =>
    {
        RunSchedLocalQueueTest();
        await preempt();
    });

    [Test]
    public Task TestSchedLocalQueueSteal() => Run(async () =>
    {
        RunSchedLocalQueueStealTest();
        await preempt();
    });

    [Test]
    public Task TestSchedLocalQueueEmpty()
    {
        if (Environment.ProcessorCount == 1)
        {
            // Takes too long and does not trigger the race.
            Assert.Ignore("skipping on uniprocessor");
        }
        return Run(() => withGOMAXPROCS(4, () => RunSchedLocalQueueEmptyTest(10_000)));
    }

    [Test]
    public void TestStealOrder() => proc_runtime_test.RunStealOrderTest();

    [Test]
    public Task TestLockOSThreadNesting() => Run(async () =>
    {
        var t = new T();
        var done = new waitgroup(1);
        builtin.go(() =>
        {
            nesting();
            done.Done();
            return default;
        });
        await done.Wait();
        t.Check();

        void nesting()
        {
            var (e, i) = LockOSCounts();
            if (e != 0 || i != 0)
            {
                t.Errorf($"want locked counts 0, 0; got {e}, {i}");
                return;
            }
            LockOSThread();
            LockOSThread();
            UnlockOSThread();
            (e, i) = LockOSCounts();
            if (e != 1 || i != 0)
            {
                t.Errorf($"want locked counts 1, 0; got {e}, {i}");
                return;
            }
            UnlockOSThread();
            (e, i) = LockOSCounts();
            if (e != 0 || i != 0)
            {
                t.Errorf($"want locked counts 0, 0; got {e}, {i}");
                return;
            }
        }
    });

    [Test]
    public void TestLockOSThreadExit()
    {
        Assert.That(testprog.runTestProg("LockOSThreadMain", "GOMAXPROCS=1").output, Is.EqualTo("OK\n"));
        Assert.That(testprog.runTestProg("LockOSThreadAlt").output, Is.EqualTo("OK\n"));
    }

    // The same inside a process with a life of its own.
    [Test]
    public Task TestLockOSThreadExitHosted() => Run(async () =>
    {
        // More than once, so that Ms of ended threads are used again.
        for (var i = 0; i < 20; i++)
        {
            uint32 subTID = 0;
            var wedged = false;
            var ready = newsema(0);
            builtin.go(() =>
            {
                LockOSThread();
                subTID = gettid();
                wedged = onM0();
                semrelease(ready);
                return default;
            });
            await semacquire(ready);
            // The first thread does not end but sleeps for ever.
            while (!wedged && testprog.tidExists(subTID))
            {
                await timeSleep(100_000);
            }
        }
    });

    private static unsafe bool onM0() => getg()->m == m0;

    // fakeSyscall emulates a system call.
    private static void fakeSyscall(int64 duration)
    {
        entersyscall();
        for (var start = nanotime(); nanotime() - start < duration;)
        {
        }
        exitsyscall();
    }

    // A goroutine that makes short system calls is preempted.
    [TestCase(10)]
    [TestCase(100)]
    [TestCase(1000)]
    public Task TestPreemptionAfterSyscall(int us) => Run(() => withGOMAXPROCS(2, async () =>
    {
        const int nroutines = 8;
        for (var i = 0; i < 10; i++)
        {
            var started = new waitgroup(nroutines);
            var finished = new waitgroup(nroutines);
            var stop = 0;
            for (var g = 0; g < nroutines; g++)
            {
                builtin.go(async () =>
                {
                    started.Done();
                    while (Volatile.Read(ref stop) == 0)
                    {
                        fakeSyscall(us * 1000);
                        await preempt();
                    }
                    finished.Done();
                });
            }
            // wait until all goroutines have started.
            await started.Wait();
            Volatile.Write(ref stop, 1);
            // wait until all goroutines have finished.
            await finished.Wait();
        }
    }));

    [Test]
    public Task TestGetgThreadSwitch() => Run(() => RunGetgThreadSwitchTest());

    // netpollBreak ends a netpoll. This netpoll may see what is ready for others, so the test
    // must not run beside others.
    [Test]
    public Task TestNetpollBreak() => Run(() => withGOMAXPROCS(2, async () =>
    {
        // Make sure that netpoll is initialized.
        netpollGenericInit();

        var begun = 0;
        var ended = 0;
        builtin.go(() =>
        {
            Volatile.Write(ref begun, 1);
            // PORT(test): Go waits for 10 seconds and looks at the time; this is for ever.
            Netpoll(-1);
            Volatile.Write(ref ended, 1);
            return default;
        });
        while (Volatile.Read(ref begun) == 0)
        {
            await Gosched();
        }
        // A loop, because the scheduler may eat the break. Twice: for the netpoll that was
        // started here and for the scheduler's.
        while (Volatile.Read(ref ended) == 0)
        {
            usleep(100);
            netpollBreak();
            netpollBreak();
        }
    }));

    // A large GOMAXPROCS must not crash the start. See Go's issue 38474.
    [Test]
    public void TestBigGOMAXPROCS()
    {
        var (output, _) = testprog.runTestProg("NonexistentTest", "GOMAXPROCS=1024");
        // Ignore error conditions on small machines.
        foreach (var errstr in new[] { "failed to create new OS thread", "cannot allocate memory" })
        {
            if (output.Contains(errstr, StringComparison.Ordinal))
            {
                Assert.Ignore("failed to create 1024 threads");
            }
        }
        Assert.That(output, Does.Contain("unknown function: NonexistentTest"));
    }

    // The number of Ps can grow and shrink while goroutines run.
    [Test]
    public Task TestGOMAXPROCS() => Run(async () =>
    {
        var old = await GOMAXPROCS(0);
        var stop = 0;
        var c = newsema(0);
        for (var i = 0; i < 8; i++)
        {
            builtin.go(async () =>
            {
                while (Volatile.Read(ref stop) == 0)
                {
                    semrelease(c);
                    await semacquire(c);
                    await Gosched();
                }
            });
        }
        foreach (var n in new[] { 1, 70, 3, 200, 1, 33, 2 })
        {
            await GOMAXPROCS(n);
            Assert.That(await GOMAXPROCS(0), Is.EqualTo(n));
            for (var i = 0; i < 10; i++)
            {
                await Gosched();
            }
        }
        Volatile.Write(ref stop, 1);
        await GOMAXPROCS(old);
    });
}
