// Command testprog is the program that the crash tests run as a child: each sub-command is a
// way for a program to end, or to go on. main.go beside this file is the same program.
namespace testprog;

using System.Collections.Generic;
using System.Text;
using golang;
using static golang.builtin;

static class main
{
    static readonly Dictionary<string, Func<go>> cmds = new()
    {
        ["SimpleDeadlock"] = SimpleDeadlock,
        ["LockedDeadlock"] = LockedDeadlock,
        ["LockedDeadlock2"] = LockedDeadlock2,
        ["GoexitDeadlock"] = GoexitDeadlock,
        ["WaitGroupDeadlock"] = WaitGroupDeadlock,
        ["PollDeadlock"] = PollDeadlock,
        ["RecursivePanic"] = RecursivePanic,
        ["RecursivePanic2"] = RecursivePanic2,
        ["RecursivePanic3"] = RecursivePanic3,
        ["RecursivePanic5"] = RecursivePanic5,
        ["GoexitExit"] = GoexitExit,
        ["GoNil"] = GoNil,
        ["MainGoroutineID"] = MainGoroutineID,
        ["NoHelperGoroutines"] = NoHelperGoroutines,
        ["GoexitInPanic"] = GoexitInPanic,
        ["PanicAfterGoexit"] = PanicAfterGoexit,
        ["RecoveredPanicAfterGoexit"] = RecoveredPanicAfterGoexit,
        ["SyscallInPanic"] = SyscallInPanic,
        ["PanicLoop"] = PanicLoop,
        ["ErrorPanic"] = ErrorPanic,
        ["DoubleErrorPanic"] = DoubleErrorPanic,
        ["CircularPanic"] = CircularPanic,
        ["StringPanic"] = StringPanic,
        ["NilPanic"] = NilPanic,
        ["IntPanic"] = IntPanic,
        ["PanicError"] = PanicError,
        ["PanicCustom"] = PanicCustom,
        ["PanicGoroutine"] = PanicGoroutine,
        ["PanicAfterPark"] = PanicAfterPark,
        ["PanicDefer"] = PanicDefer,
        ["PanicRecovered"] = PanicRecovered,
        ["NetpollDeadlock"] = NetpollDeadlock,
        ["NetpollWait"] = NetpollWait,
        ["MainReturns"] = MainReturns,
        ["Exit"] = Exit,
        ["GOMAXPROCS"] = GOMAXPROCS,
        ["Sleep"] = Sleep,
        ["Spin"] = Spin,
        ["BlockedRead"] = BlockedRead,
        ["LockedMain"] = LockedMain,
        ["Dump"] = Dump,
        ["Stack"] = Stack,
        ["PanicTree"] = PanicTree,
        ["Crash"] = Crash,
        ["GCFairness"] = GCFairness,
        ["GCFairness2"] = GCFairness2,
        ["LockOSThreadTemplateThreadRace"] = LockOSThreadTemplateThreadRace,
    };

    static async go Main_()
    {
        if (os.Args.Length < 2)
        {
            await os.Stderr.WriteString("usage: " + os.Args[0] + " name-of-test\n");
            return;
        }
        if (os.Args[1] == "TESTMISUSE")
        {
            await TESTMISUSE(os.Args[2]);
            return;
        }
        if (!cmds.TryGetValue(os.Args[1], out var f))
        {
            await os.Stderr.WriteString("unknown function: " + os.Args[1] + "\n");
            return;
        }
        await f();
    }

    static int Main() => runtime.rt0_go(Main_);

    static async go print1(string s)
    {
        await os.Stdout.WriteString(s + "\n");
    }

    // forever waits for a lock that nobody will unlock.
    static async go forever()
    {
        var mu = new sync.Mutex();
        await mu.Lock();
        await mu.Lock();
    }

    static async go SimpleDeadlock()
    {
        await select();
        panic("not reached");
    }

    static async go LockedDeadlock()
    {
        runtime.LockOSThread();
        await select();
    }

    static async go LockedDeadlock2()
    {
        go(async () =>
        {
            runtime.LockOSThread();
            await select();
        });
        await time.Sleep(time.Millisecond);
        await select();
    }

    static async go GoexitDeadlock()
    {
        static async go F()
        {
            for (var i = 0; i < 10; i++)
            {
            }
        }

        go(F);
        go(F);
        runtime.Goexit();
    }

    static async go WaitGroupDeadlock()
    {
        var wg = new sync.WaitGroup();
        wg.Add(1);
        await wg.Wait();
    }

    // PollDeadlock uses the poller and closes what it used: nothing is left that could happen.
    static async go PollDeadlock()
    {
        var (r, w, err) = os.Pipe();
        if (err != null)
        {
            panic(err);
        }
        r!.SetReadDeadline(time.Now().Add(time.Millisecond));
        (_, err) = await r.Read(new byte[1]);
        if (!os.IsTimeout(err))
        {
            panic("Read: no timeout");
        }
        await r.Close();
        await w!.Close();
        await print1("closed");
        await forever();
    }

    static async go RecursivePanic()
    {
        try
        {
            try
            {
                panic("bad");
            }
            catch (PanicException e)
            {
                panic("wrap: " + e.Value);
            }
        }
        catch (PanicException e)
        {
            await print1((string)e.Value!);
        }
        panic("again");
    }

    static async go RecursivePanic2()
    {
        try
        {
            try
            {
                try
                {
                    panic("first panic");
                }
                catch (PanicException e)
                {
                    await print1((string)e.Value!);
                }
            }
            finally
            {
                panic("second panic");
            }
        }
        catch (PanicException e)
        {
            await print1((string)e.Value!);
        }
        panic("third panic");
    }

    static async go RecursivePanic3()
    {
        try
        {
            panic("first panic");
        }
        finally
        {
            try
            {
                panic("second panic");
            }
            catch (PanicException)
            {
            }
        }
    }

    static async go RecursivePanic5()
    {
        await one();
        panic("third panic");
    }

    static async go one()
    {
        await two();
    }

    static async go two()
    {
        try
        {
            await three();
        }
        finally
        {
        }
    }

    static async go three()
    {
        try
        {
            try
            {
                try
                {
                    panic("first panic");
                }
                catch (PanicException e)
                {
                    await print1((string)e.Value!);
                    panic("second panic");
                }
            }
            catch (PanicException e)
            {
                await print1((string)e.Value!);
            }
        }
        finally
        {
        }
    }

    static async go GoexitExit()
    {
        await print1("t1");
        go(async () =>
        {
            await time.Sleep(time.Millisecond);
        });
        var i = new object();
        await print1("t2");
        runtime.SetFinalizer(i, _ => default(go));
        await print1("t3");
        await runtime.GC();
        await print1("t4");
        runtime.Goexit();
    }

    static async go GoNil()
    {
        try
        {
            Func<go>? f = null;
            go(f!);
            await select();
        }
        catch (PanicException)
        {
        }
    }

    static async go MainGoroutineID()
    {
        panic("test");
    }

    static async go NoHelperGoroutines()
    {
        var i = new object();
        runtime.SetFinalizer(i, _ => default(go));
        time.AfterFunc(time.Hour, () => { });
        // The poller and a thread for sysmon are there by now, too.
        var (r, _, err) = os.Pipe();
        if (err != null)
        {
            panic(err);
        }
        r!.SetReadDeadline(time.Now().Add(time.Hour));
        await time.Sleep(time.Millisecond);
        panic("oops");
    }

    static async go GoexitInPanic()
    {
        go(async () =>
        {
            try
            {
                panic("hello");
            }
            finally
            {
                runtime.Goexit();
            }
        });
        runtime.Goexit();
    }

    static async go PanicAfterGoexit()
    {
        try
        {
            runtime.Goexit();
        }
        finally
        {
            panic("hello");
        }
    }

    static async go RecoveredPanicAfterGoexit()
    {
        try
        {
            runtime.Goexit();
        }
        finally
        {
            try
            {
                panic("hello");
            }
            catch (PanicException)
            {
            }
        }
    }

    sealed class errorThatPrint : error
    {
        public string Error()
        {
            syscall.Write(1, "1\n"u8);
            syscall.Write(1, "2\n"u8);
            return "3";
        }
    }

    static async go SyscallInPanic()
    {
        panic(new errorThatPrint());
    }

    sealed class panicError : error
    {
        public string Error()
        {
            panic("double error");
            return "";
        }
    }

    static async go PanicLoop()
    {
        panic(new panicError());
    }

    sealed class exampleError : error
    {
        public string Error()
        {
            panic("important error message");
            return "";
        }
    }

    static async go ErrorPanic()
    {
        panic(new exampleError());
    }

    sealed class examplePanicError : error
    {
        public string Error()
        {
            panic(new exampleError());
            return "";
        }
    }

    static async go DoubleErrorPanic()
    {
        panic(new examplePanicError());
    }

    sealed class exampleCircleStartError : error
    {
        public string Error()
        {
            panic(new exampleCircleEndError());
            return "";
        }
    }

    sealed class exampleCircleEndError : error
    {
        public string Error()
        {
            panic(new exampleCircleStartError());
            return "";
        }
    }

    static async go CircularPanic()
    {
        panic(new exampleCircleStartError());
    }

    static async go StringPanic()
    {
        panic("important string message");
    }

    static async go NilPanic()
    {
        panic(null);
    }

    static async go IntPanic()
    {
        panic(42);
    }

    static async go PanicError()
    {
        panic(errors.New("an error"));
    }

    sealed class custom(string text) : Exception(text)
    {
    }

    static async go PanicCustom()
    {
        throw new custom("custom");
    }

    static async go PanicGoroutine()
    {
        go(async () =>
        {
            panic("goroutine");
        });
        await forever();
    }

    static async go PanicAfterPark()
    {
        await parks();
    }

    static async go parks()
    {
        await time.Sleep(time.Millisecond);
        panic("parked");
    }

    static async go PanicDefer()
    {
        try
        {
            try
            {
                panic("defer");
            }
            finally
            {
                await time.Sleep(time.Millisecond);
                await print1("deferred 1");
            }
        }
        finally
        {
            await print1("deferred 2");
        }
    }

    static async go PanicRecovered()
    {
        try
        {
            await parks();
        }
        catch (PanicException e)
        {
            await print1("recovered " + e.Value);
        }
        await print1("done");
    }

    static async go NetpollDeadlock()
    {
        await print1("dialing");
        var (c, err) = await net.Dial("tcp", "127.0.0.1:14356");
        if (err == null)
        {
            await c!.Close();
        }
        else
        {
            await print1("error: " + err.Error());
        }
        await print1("done");
    }

    // NetpollWait waits for the network only, which is no deadlock.
    static async go NetpollWait()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        if (err != null)
        {
            panic(err);
        }
        await print1("listening");
        // The parent kills the process, or ends standard input.
        go(async () =>
        {
            await os.Stdin.Read(new byte[1]);
            await l!.Close();
        });
        (_, err) = await l!.Accept();
        if (!errors.Is(err, net.ErrClosed))
        {
            panic(err);
        }
        await print1("closed");
    }

    static async go MainReturns()
    {
        for (var i = 0; i < 4; i++)
        {
            go(forever);
            go(async () =>
            {
                for (; ; )
                {
                    await runtime.Gosched();
                }
            });
        }
        await time.Sleep(time.Millisecond);
        await print1("main returns");
    }

    static async go Exit()
    {
        for (var i = 0; i < 4; i++)
        {
            go(async () =>
            {
                for (; ; )
                {
                    await runtime.Gosched();
                }
            });
        }
        await time.Sleep(time.Millisecond);
        try
        {
            os.Exit(3);
        }
        finally
        {
            await print1("not reached");
        }
    }

    static async go GOMAXPROCS()
    {
        await print1((await runtime.GOMAXPROCS(0)).ToString());
        var old = await runtime.GOMAXPROCS(3);
        await print1(old.ToString());
        await print1((await runtime.GOMAXPROCS(old)).ToString());
        await print1((await runtime.GOMAXPROCS(-1)).ToString());
    }

    // Sleep: while main sleeps nothing else is there, which is no deadlock.
    static async go Sleep()
    {
        var t = time.Now();
        await time.Sleep(100 * time.Millisecond);
        if (time.Since(t) < 100 * time.Millisecond)
        {
            await print1("too short");
        }
        await print1("slept");
    }

    // Spin keeps two goroutines busy for a while.
    static async go Spin()
    {
        var t = time.Now();
        var wg = new sync.WaitGroup();
        for (var i = 0; i < 2; i++)
        {
            wg.Add(1);
            go(async () =>
            {
                try
                {
                    while (time.Since(t) < 300 * time.Millisecond)
                    {
                        await runtime.Gosched();
                    }
                }
                finally
                {
                    wg.Done();
                }
            });
        }
        await wg.Wait();
        await print1("spun");
    }

    // BlockedRead: a goroutine in a system call that blocks keeps its thread, not its P.
    static async go BlockedRead()
    {
        var p = new int[2];
        if (syscall.Pipe(p) is { } e)
        {
            panic(e);
        }
        var wg = new sync.WaitGroup();
        wg.Add(1);
        go(async () =>
        {
            try
            {
                await print1("reading");
                var b = new byte[1];
                var (n, err) = syscall.Read(p[0], b);
                if (err != null)
                {
                    panic(err);
                }
                await print1("read " + Encoding.UTF8.GetString(b, 0, n));
            }
            finally
            {
                wg.Done();
            }
        });
        // The other goroutine runs, and blocks with the only P.
        await runtime.Gosched();
        for (var i = 0; i < 100; i++)
        {
            await runtime.Gosched();
        }
        await print1("main goes on");
        await time.Sleep(10 * time.Millisecond);
        await print1("main slept");
        syscall.Write(p[1], "x"u8);
        await wg.Wait();
        await print1("done");
    }

    // waiters starts goroutines that wait in several ways, each for ever.
    static async go waiters()
    {
        var (ln, err) = await net.Listen("tcp", "127.0.0.1:0");
        if (err != null)
        {
            panic(err);
        }
        var mu = new sync.Mutex();
        await mu.Lock();
        var c = makechan<int>();
        var d = makechan<int>();
        go(async () => await accept(ln!));
        go(async () => await c.Recv());
        go(async () =>
        {
            await d.Send(1);
        });
        go(async () =>
        {
            var e = makechan<int>();
            await select(e.recvcase(), makechan<int>().recvcase());
        });
        go(async () => await time.Sleep(time.Hour));
        go(async () =>
        {
            runtime.LockOSThread();
            await mu.Lock();
        });
        // Until all of them wait.
        var buf = new byte[1 << 16];
        for (; ; )
        {
            await runtime.Gosched();
            var s = Encoding.UTF8.GetString(buf, 0, await runtime.Stack(buf, true));
            if (!s.Contains(" [runnable") && !s.Contains(" [syscall") && s.Split(" [running").Length == 2)
            {
                break;
            }
        }
    }

    static async go accept(net.Listener ln)
    {
        await ln.Accept();
    }

    // Dump waits for a signal.
    static async go Dump()
    {
        await waiters();
        await print1("ready");
        await forever();
    }

    // Stack prints its own stack and then everybody's.
    static async go Stack()
    {
        await waiters();
        var buf = new byte[1 << 16];
        var n = await runtime.Stack(buf, false);
        await os.Stdout.Write(buf.AsMemory(0, n));
        await print1("all");
        n = await runtime.Stack(buf, true);
        await os.Stdout.Write(buf.AsMemory(0, n));
    }

    // PanicTree panics while others wait.
    static async go PanicTree()
    {
        await waiters();
        panic("tree");
    }

    // LockedMain: goroutine 1 stays on the first thread while others come and go.
    static async go LockedMain()
    {
        runtime.LockOSThread();
        var tid = syscall.Gettid();
        if (tid != syscall.Getpid())
        {
            panic("main is not on the first thread");
        }
        for (var i = 0; i < 100; i++)
        {
            var wg = new sync.WaitGroup();
            wg.Add(2);
            for (var j = 0; j < 2; j++)
            {
                go(async () =>
                {
                    try
                    {
                        if (syscall.Gettid() == tid)
                        {
                            panic("a goroutine on main's thread");
                        }
                        await runtime.Gosched();
                    }
                    finally
                    {
                        wg.Done();
                    }
                });
            }
            await wg.Wait();
            if (syscall.Gettid() != tid)
            {
                panic("main has left its thread");
            }
        }
        runtime.UnlockOSThread();
        await print1("locked");
    }

    static async go test(string name)
    {
        try
        {
            await os.Stdout.WriteString(name + ":");
            string? s = null;
            _ = s!.Length;
            await os.Stdout.WriteString("SHOULD NOT BE HERE");
        }
        catch (NullReferenceException)
        {
            await os.Stdout.WriteString(" recovered");
        }
        finally
        {
            await os.Stdout.WriteString(" done\n");
        }
    }

    static async go testInNewThread(string name)
    {
        var c = makechan<bool>();
        go(async () =>
        {
            runtime.LockOSThread();
            await test(name);
            await c.Send(true);
        });
        await c.Recv();
    }

    static async go Crash()
    {
        runtime.LockOSThread();
        await test("main");
        await testInNewThread("new-thread");
        await testInNewThread("second-new-thread");
        await test("main-again");
    }

    static async go GCFairness()
    {
        await runtime.GOMAXPROCS(1);
        var (f, err) = os.Open("/dev/null");
        if (os.IsNotExist(err))
        {
            // Only fast writes show anything.
            // Without a /dev/null there is nothing to do.
            await print1("OK");
            return;
        }
        if (err != null)
        {
            await print1(err.Error());
            os.Exit(1);
        }
        for (var i = 0; i < 2; i++)
        {
            go(async () =>
            {
                for (; ; )
                {
                    await f!.Write("."u8.ToArray());
                }
            });
        }
        await time.Sleep(10 * time.Millisecond);
        await print1("OK");
    }

    // GCFairness2: the collector's goroutines come before others, and whoever collects all the
    // time cannot use that to keep others from running. Go's issue 15706.
    // PORT(test): SetGCPercent(1) has Go collect all the time; here a goroutine does.
    static async go GCFairness2()
    {
        await runtime.GOMAXPROCS(1);
        go(async () =>
        {
            for (; ; )
            {
                await runtime.GC();
            }
        });
        var count = new int64[3];
        var sink = new object[3];
        for (var i1 = 0; i1 < count.Length; i1++)
        {
            var i = i1;
            go(async () =>
            {
                for (; ; )
                {
                    sink[i] = new byte[1024];
                    await add(i); // PORT(asyncpreempt): an await, to be preempted at
                }
            });
        }
        // If it is very bad this does not even end.
        //
        // All should have run by then; if not, which may be
        // because the machine is busy, they
        // get more time.
        await time.Sleep(30 * time.Millisecond);
        var fail = false;
        for (var i = 0; i < count.Length; i++)
        {
            if (atomic.LoadInt64(ref count[i]) == 0)
            {
                fail = true;
            }
        }
        if (fail)
        {
            await time.Sleep(1 * time.Second);
            for (var i = 0; i < count.Length; i++)
            {
                if (atomic.LoadInt64(ref count[i]) == 0)
                {
                    await print1("goroutine " + i + " did not run");
                    return;
                }
            }
        }
        await print1("OK");

        async go add(int i)
        {
            atomic.AddInt64(ref count[i], 1);
        }
    }

    // LockOSThreadTemplateThreadRace: two goroutines lock themselves to their threads while the world
    // is stopped again and again. Go's issue 38931, where it hung in one of 50 runs.
    // PORT(test): by GC, as there is no ReadMemStats.
    static async go LockOSThreadTemplateThreadRace()
    {
        // Ps for everybody, though with fewer than 4 CPUs it is up to the kernel
        // what runs at the same time.
        await runtime.GOMAXPROCS(4);

        go(async () =>
        {
            // Stop the world.
            for (; ; )
            {
                await runtime.GC();
            }
        });

        // Both lock at about the same time.
        var start = time.Now().Add(10 * time.Millisecond);

        var wg = new sync.WaitGroup();
        wg.Add(2);

        for (var i = 0; i < 2; i++)
        {
            go(async () =>
            {
                while (time.Now().Before(start))
                {
                }

                // Work on the local queue, so that
                // handoffp starts an M soon.
                go(async () => { });

                runtime.LockOSThread();
                await runtime.Gosched();
                wg.Done();
            });
        }

        await wg.Wait();
        // Both have it.
        await print1("OK");
    }

    static readonly Dictionary<string, Func<go>> misuseTests = new()
    {
        ["Mutex.Unlock"] = async () =>
        {
            var mu = new sync.Mutex();
            mu.Unlock();
        },
        ["Mutex.Unlock2"] = async () =>
        {
            var mu = new sync.Mutex();
            await mu.Lock();
            mu.Unlock();
            mu.Unlock();
        },
        ["RWMutex.Unlock"] = async () =>
        {
            var mu = new sync.RWMutex();
            mu.Unlock();
        },
        ["RWMutex.Unlock2"] = async () =>
        {
            var mu = new sync.RWMutex();
            await mu.RLock();
            mu.Unlock();
        },
        ["RWMutex.Unlock3"] = async () =>
        {
            var mu = new sync.RWMutex();
            await mu.Lock();
            mu.Unlock();
            mu.Unlock();
        },
        ["RWMutex.RUnlock"] = async () =>
        {
            var mu = new sync.RWMutex();
            mu.RUnlock();
        },
        ["RWMutex.RUnlock2"] = async () =>
        {
            var mu = new sync.RWMutex();
            await mu.Lock();
            mu.RUnlock();
        },
        ["RWMutex.RUnlock3"] = async () =>
        {
            var mu = new sync.RWMutex();
            await mu.RLock();
            mu.RUnlock();
            mu.RUnlock();
        },
    };

    static async go TESTMISUSE(string name)
    {
        if (!misuseTests.TryGetValue(name, out var f))
        {
            await print1("unknown test");
            os.Exit(0);
        }
        try
        {
            await f();
        }
        catch (Exception)
        {
        }
        await print1("test completed");
        os.Exit(0);
    }
}
