// Ports src/runtime/proc_test.go of go1.20.
using System.Threading;
using System.Threading.Tasks;
using static golang.builtin;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class proc_test
{
    private static readonly chan<bool> stop = builtin.makechan<bool>(1);

    private static async go perpetuumMobile()
    {
        if (await select(stop.recvcase(), defaultcase) == 1)
        {
            builtin.go(perpetuumMobile);
        }
    }

    [Test]
    public Task TestStopTheWorldDeadlock() => Run(() => testStopTheWorldDeadlock(i => 3));

    private static async go testStopTheWorldDeadlock(Func<int, int> procs)
    {
        if (testing.Short())
        {
            Assert.Ignore("skipping in short mode");
        }
        var maxprocs = await GOMAXPROCS(3);
        var compl = builtin.makechan<bool>(2);
        builtin.go(async () =>
        {
            for (var i = 0; i != 1000; i += 1)
            {
                await runtime.GC();
            }
            await compl.Send(true);
        });
        builtin.go(async () =>
        {
            for (var i = 0; i != 1000; i += 1)
            {
                await GOMAXPROCS(procs(i));
            }
            await compl.Send(true);
        });
        builtin.go(perpetuumMobile);
        await compl.Recv();
        await compl.Recv();
        await stop.Send(true);
        await GOMAXPROCS(maxprocs);
    }

    [Test]
    public Task TestYieldProgress() => Run(() => testYieldProgress(false));

    [Test]
    public Task TestYieldLockedProgress() => Run(() => testYieldProgress(true));

    private static async go testYieldProgress(bool locked)
    {
        var c = builtin.makechan<bool>();
        var cack = builtin.makechan<bool>();
        builtin.go(async () =>
        {
            if (locked)
            {
                LockOSThread();
            }
            for (; ; )
            {
                switch (await select(c.recvcase(), defaultcase))
                {
                    case 0:
                        await cack.Send(true);
                        return;
                    default:
                        await Gosched();
                        break;
                }
            }
        });
        await time.Sleep(10 * time.Millisecond);
        await c.Send(true);
        await cack.Recv();
    }

    [Test]
    public Task TestYieldLocked() => Run(async t =>
    {
        const int N = 10;
        var c = builtin.makechan<bool>();
        builtin.go(async () =>
        {
            LockOSThread();
            var tid = gettid();
            for (var i = 0; i < N; i++)
            {
                await Gosched();
                await time.Sleep(time.Millisecond);
                if (gettid() != tid)
                {
                    t.Errorf("a locked goroutine changed its thread");
                }
            }
            await c.Send(true);
            // no UnlockOSThread, and that is on purpose
        });
        await c.Recv();
    });

    [Test]
    public Task TestGoroutineParallelism() => Run(async () =>
    {
        if (NumCPU() == 1)
        {
            // It would take long, and hang if anything else ran.
            Assert.Ignore("skipping on uniprocessor");
        }
        var (P, N) = testing.Short() ? (3, 3) : (4, 10);
        await testing.WithGOMAXPROCS(P, () => withoutGC(async () =>
        {
            for (var @try = 0; @try < N; @try++)
            {
                var done = builtin.makechan<bool>();
                var x = 0u;
                for (var p1 = 0; p1 < P; p1++)
                {
                    var p = p1;
                    // All P goroutines have to run at the same time
                    builtin.go(async () =>
                    {
                        for (var i = 0; i < 3; i++)
                        {
                            var expected = (uint32)(P * i + p);
                            while (Volatile.Read(ref x) != expected)
                            {
                            }
                            Volatile.Write(ref x, expected + 1);
                        }
                        await done.Send(true);
                    });
                }
                for (var p = 0; p < P; p++)
                {
                    await done.Recv();
                }
            }
        }));
    });

    // All goroutines that can run are run at the same time.
    [Test]
    public Task TestGoroutineParallelism2() => Run(async () =>
    {
        await testGoroutineParallelism2(true, false);
        await testGoroutineParallelism2(false, true);
        await testGoroutineParallelism2(true, true);
    });

    private static async go testGoroutineParallelism2(bool load, bool netpoll)
    {
        if (NumCPU() == 1)
        {
            // It would take long, and hang if anything else ran.
            Assert.Ignore("skipping on uniprocessor");
        }
        const int P = 4;
        var N = testing.Short() ? 3 : 10;
        await testing.WithGOMAXPROCS(P, () => withoutGC(async () =>
        {
            for (var @try = 0; @try < N; @try++)
            {
                if (load)
                {
                    // P goroutines that all run. While the
                    // test itself goes on below, the threads that ran
                    // them get to sleep.
                    var done0 = builtin.makechan<bool>();
                    var x0 = 0u;
                    for (var p = 0; p < P; p++)
                    {
                        builtin.go(async () =>
                        {
                            if (Interlocked.Increment(ref x0) == P)
                            {
                                await done0.Send(true);
                                return;
                            }
                            while (Volatile.Read(ref x0) != P)
                            {
                            }
                        });
                    }
                    await done0.Recv();
                }
                net.Listener? ln = null;
                if (netpoll)
                {
                    // The poller is there, and the scheduler goes by it.
                    // PORT(test): not "localhost", which may have addresses of both kinds
                    var laddr = "127.0.0.1:0";
                    (ln, var err) = await net.Listen("tcp", laddr);
                    Assert.That(err, Is.Null);
                }
                var done = builtin.makechan<bool>();
                var x = 0u;
                // P goroutines again, of which half are started by the others, only not to be the same as TestGoroutineParallelism.
                for (var p1 = 0; p1 < P / 2; p1++)
                {
                    var p = p1;
                    builtin.go(async () =>
                    {
                        for (var p3 = 0; p3 < 2; p3++)
                        {
                            var p2 = p3;
                            builtin.go(async () =>
                            {
                                for (var i = 0; i < 3; i++)
                                {
                                    var expected = (uint32)(P * i + p * 2 + p2);
                                    while (Volatile.Read(ref x) != expected)
                                    {
                                    }
                                    Volatile.Write(ref x, expected + 1);
                                }
                                await done.Send(true);
                            });
                        }
                    });
                }
                for (var p = 0; p < P; p++)
                {
                    await done.Recv();
                }
                if (ln != null)
                {
                    await ln.Close(); // PORT(test): Go closes it only if there was an error.
                }
            }
        }));
    }

    [Test]
    public Task TestBlockLocked() => Run(async t =>
    {
        const int N = 10;
        var c = builtin.makechan<bool>();
        builtin.go(async () =>
        {
            LockOSThread();
            var tid = gettid();
            for (var i = 0; i < N; i++)
            {
                await c.Send(true);
                if (gettid() != tid)
                {
                    t.Errorf("a locked goroutine changed its thread");
                }
            }
            UnlockOSThread();
        });
        for (var i = 0; i < N; i++)
        {
            await c.Recv();
        }
        await quiesce();
    });

    [Test]
    public Task TestTimerFairness() => Run(async () =>
    {
        var done = builtin.makechan<bool>();
        var c = builtin.makechan<bool>();
        for (var i = 0; i < 2; i++)
        {
            builtin.go(async () =>
            {
                for (; ; )
                {
                    if (await select(c.sendcase(true), done.recvcase()) == 1)
                    {
                        return;
                    }
                }
            });
        }

        var timer = time.After(20 * time.Millisecond);
        for (; ; )
        {
            if (await select(c.recvcase(), timer.recvcase()) == 1)
            {
                done.Close();
                return;
            }
        }
    });

    [Test]
    public Task TestTimerFairness2() => Run(async () =>
    {
        var done = builtin.makechan<bool>();
        var c = builtin.makechan<bool>();
        for (var i = 0; i < 2; i++)
        {
            builtin.go(async () =>
            {
                var timer = time.After(20 * time.Millisecond);
                var buf = new byte[1];
                for (; ; )
                {
                    syscall.Read(0, buf.AsSpan(0, 0));
                    if (await select(c.sendcase(true), c.recvcase(), timer.recvcase()) == 2)
                    {
                        await done.Send(true);
                        return;
                    }
                }
            });
        }
        await done.Recv();
        await done.Recv();
    });

    // Goroutines are preempted at calls. PORT(asyncpreempt): here at awaits of calls.
    [Test]
    public Task TestPreemption() => Run(async () =>
    {
        var N = testing.Short() ? 2 : 5;
        var c = builtin.makechan<bool>();
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
                await c.Send(true);
            });
        }
        await c.Recv();
        await c.Recv();
    });

    // A goroutine that always parks gives way too, though its sleeps are over at once.
    [Test]
    public Task TestPreemptionShortSleeps() => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        var stop = 0;
        var done = new waitgroup(1);
        builtin.go(async () =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                await timeSleep(1);
            }
            done.Done();
        });
        for (var i = 0; i < 5; i++)
        {
            await Gosched();
        }
        Volatile.Write(ref stop, 1);
        await done.Wait();
    }));

    // So do two that ready each other by turns.
    [Test]
    public Task TestPreemptionPair() => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        var stop = 0;
        var done = new waitgroup(2);
        var (ping, pong) = (newsema(0), newsema(0));
        builtin.go(async () =>
        {
            do
            {
                semrelease(ping);
                await semacquire(pong);
            }
            while (Volatile.Read(ref stop) == 0);
            semrelease(ping);
            done.Done();
        });
        builtin.go(async () =>
        {
            do
            {
                await semacquire(ping);
                semrelease(pong);
            }
            while (Volatile.Read(ref stop) == 0);
            done.Done();
        });
        for (var i = 0; i < 10; i++)
        {
            await Gosched();
        }
        Volatile.Write(ref stop, 1);
        await done.Wait();
    }));

    // A collection that is to come preempts the goroutines that run.
    [Test]
    public Task TestPreemptionGC()
    {
        var (P, N) = testing.Short() ? (3, 2) : (5, 10);
        return Run(() => testing.WithGOMAXPROCS(P + 1, async () =>
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
    public void TestGCFairness()
    {
        var output = crash_test.runTestProg("GCFairness").output;
        Assert.That(output, Is.EqualTo("OK\n"));
    }

    [Test]
    public void TestGCFairness2()
    {
        var output = crash_test.runTestProg("GCFairness2").output;
        Assert.That(output, Is.EqualTo("OK\n"));
    }

    [Test]
    public Task TestNumGoroutine()
    {
        var output = testprog.runTestProg("NumGoroutine").output;
        Assert.That(output, Is.EqualTo("1\n"));

        return Run(async () =>
        {
            // Ten times at most. The two may well
            // differ now and then, but
            // not always.
            for (var i = 0; ; i++)
            {
                // Let those that are about to end do so:
                // NumGoroutine and the count below
                // should be of the same
                // state.
                await Gosched();

                var n = NumGoroutine();

                // PORT(test): Go counts them in what runtime.Stack prints.
                var nstk = liveGoroutines();
                if (n == nstk)
                {
                    break;
                }
                if (i >= 10)
                {
                    Assert.Fail($"NumGoroutine={n}, but found {nstk} goroutines");
                }
            }
        });
    }

    [Test]
    public Task TestPingPongHog() => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        if (testing.Short())
        {
            Assert.Ignore("skipping in short mode");
        }
        var done = builtin.makechan<bool>();
        chan<bool> hogChan = builtin.makechan<bool>(), lightChan = builtin.makechan<bool>();
        int[] hogCount = [0], lightCount = [0];

        async go run(int limit, int[] counter, chan<bool> wake)
        {
            for (; ; )
            {
                switch (await select(done.recvcase(), wake.recvcase()))
                {
                    case 0:
                        return;

                    case 1:
                        for (var i = 0; i < limit; i++)
                        {
                            counter[0]++;
                        }
                        await wake.Send(true);
                        break;
                }
            }
        }

        // Two goroutines that hog the P, by turns.
        for (var i = 0; i < 2; i++)
        {
            builtin.go(() => run((int)1e6, hogCount, hogChan));
        }

        // Two that take little time, by turns.
        for (var i = 0; i < 2; i++)
        {
            builtin.go(() => run((int)1e3, lightCount, lightChan));
        }

        // Start the pairs, for as long as it takes to preempt each a few times.
        await hogChan.Send(true);
        await lightChan.Send(true);
        await time.Sleep(100 * time.Millisecond);
        done.Close();
        await hogChan.Recv();
        await lightChan.Recv();

        // If neither is more than 100 times as large as the other,
        // each pair kept the P for about a time slice, and
        // not for ever. Without that it
        // would be 1000 times, so
        // there is room between.
        const int factor = 100; // PORT(test): 20 in Go
        Assert.That(hogCount[0] / factor <= lightCount[0] && lightCount[0] / factor <= hogCount[0],
            $"want hogCount/lightCount in [1/{factor}, {factor}]; got {hogCount[0]}/{lightCount[0]}");
    }));

    // stackGrowthRecursive uses much of the goroutine's stack.
    // PORT(stack): that is many frames, which there are only if the innermost call parks.
    internal static async go stackGrowthRecursive(int i)
    {
        if (i != 0)
        {
            await stackGrowthRecursive(i - 1);
            return;
        }
        await Gosched();
    }

    [Test]
    public Task TestSchedLocalQueue() => Run(async () =>
    {
        RunSchedLocalQueueTest();
    });

    [Test]
    public Task TestSchedLocalQueueSteal() => Run(async () =>
    {
        RunSchedLocalQueueStealTest();
    });

    [Test]
    public Task TestSchedLocalQueueEmpty() => Run(async () =>
    {
        if (NumCPU() == 1)
        {
            // It would take long, and there would be no race.
            Assert.Ignore("skipping on uniprocessor");
        }
        // Go does 1e5, which takes 9 seconds on two cores.
        var iters = (int)(testing.Short() ? 1e2 : 1e4);
        await testing.WithGOMAXPROCS(4, () => withoutGC(() => RunSchedLocalQueueEmptyTest(iters)));
    });

    [Test]
    public void TestStealOrder() => proc_runtime_test.RunStealOrderTest();

    [Test]
    public Task TestLockOSThreadNesting() => Run(async t =>
    {
        builtin.go(async () =>
        {
            nesting();
        });
        await quiesce();

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

    // Instead of Go's TestLockOSThreadAvoidsStatePropagation see PORT(template).

    [Test]
    public void TestLockOSThreadTemplateThreadRace()
    {
        var iterations = testing.Short() ? 5 : 100;
        for (var i = 0; i < iterations; i++)
        {
            var output = crash_test.runTestProg("LockOSThreadTemplateThreadRace").output;
            Assert.That(output, Is.EqualTo("OK\n"), $"run {i}");
        }
    }

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
    private static async go testPreemptionAfterSyscall(time.Duration syscallDuration)
    {
        await testing.WithGOMAXPROCS(2, async () =>
        {
            var iterations = testing.Short() ? 1 : 10;
            const int nroutines = 8;

            for (var i = 0; i < iterations; i++)
            {
                var c = builtin.makechan<bool>(nroutines);
                var stop = 0u;

                // PORT(test): Go wants it to take no more than 5 seconds.
                for (var g = 0; g < nroutines; g++)
                {
                    builtin.go(async () =>
                    {
                        await c.Send(true);
                        while (Volatile.Read(ref stop) == 0)
                        {
                            fakeSyscall(syscallDuration);
                            await preempt(); // PORT(asyncpreempt): in Go any call
                        }
                        await c.Send(true);
                    });
                }
                // all goroutines are there
                for (var g = 0; g < nroutines; g++)
                {
                    await c.Recv();
                }
                Volatile.Write(ref stop, 1);
                // and gone
                for (var g = 0; g < nroutines; g++)
                {
                    await c.Recv();
                }
            }
        });
    }

    [TestCase(10)]
    [TestCase(100)]
    [TestCase(1000)]
    public Task TestPreemptionAfterSyscall(int i) => Run(() => testPreemptionAfterSyscall(i * time.Microsecond));

    [Test]
    public Task TestGetgThreadSwitch() => Run(() => RunGetgThreadSwitchTest());

    // netpollBreak ends a netpoll. This netpoll may see what is ready for others, so the test
    // must not run beside others.
    [Test]
    public Task TestNetpollBreak() => Run(() => testing.WithGOMAXPROCS(2, async () =>
    {
        // Make sure that netpoll is initialized.
        netpollGenericInit();

        var c = builtin.makechan<bool>(2);
        builtin.go(async () =>
        {
            await c.Send(true);
            // PORT(test): Go waits for 10 seconds and looks at the time; this is for ever.
            Netpoll(-1);
            await c.Send(true);
        });
        await c.Recv();
        // A loop, because the scheduler may eat the break.
        // Twice: for the netpoll that was started here and for the
        // scheduler's.
        for (; ; )
        {
            usleep(100);
            netpollBreak();
            netpollBreak();
            if (await select(c.recvcase(), defaultcase) == 0)
            {
                break;
            }
        }
    }));

    // A large GOMAXPROCS must not crash the start. See Go's issue 38474.
    [Test]
    public void TestBigGOMAXPROCS()
    {
        var (output, _) = testprog.runTestProg("NonexistentTest", "GOMAXPROCS=1024");
        // A small machine may not be able to.
        foreach (var errstr in new[] { "failed to create new OS thread", "cannot allocate memory" })
        {
            if (output.Contains(errstr, StringComparison.Ordinal))
            {
                Assert.Ignore("failed to create 1024 threads");
            }
        }
        Assert.That(output, Does.Contain("unknown function: NonexistentTest"));
    }

    // The tests below are not Go's.

    // As TestStopTheWorldDeadlock, and GOMAXPROCS really stops the world.
    [Test]
    public Task TestStopTheWorldDeadlockGOMAXPROCS() => Run(() => testStopTheWorldDeadlock(i => 2 + i % 2));

    // As TestLockOSThreadExit, inside a process with a life of its own.
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
    [Test]
    public async Task TestNumGoroutineMany()
    {
        Assert.That(testprog.runTestProg("NumGoroutines").output, Is.EqualTo("4\n"));

        await Run(async () =>
        {
            const int N = 10;
            Assert.That(NumGoroutine(), Is.EqualTo(1));
            var c = builtin.makechan<bool>();
            for (var i = 0; i < N; i++)
            {
                builtin.go(async () => await c.Recv());
            }
            Assert.That(NumGoroutine(), Is.EqualTo(1 + N));
            c.Close();
            await quiesce();
            Assert.That(NumGoroutine(), Is.EqualTo(1));
        });
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
