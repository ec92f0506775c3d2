namespace micro;

using BenchmarkDotNet.Attributes;
using golang;
using static golang.builtin;

// The benchmarks of ../micro_go/micro_test.go, under the same names.
//
// Each runs its operations inside one goroutine, so many that the hand-over from BenchmarkDotNet's thread
// and back, some ten microseconds, does not count.
[MemoryDiagnoser(displayGenColumns: false)]
public class Benchmarks
{
    private const int Fast = 1_000_000; // for some nanoseconds each
    private const int Many = 100_000; // for some hundred
    private const int Few = 2_000; // for some microseconds and more

    private static void Run(Func<go> fn) => runtime.Run(fn).GetAwaiter().GetResult();

    // Run of something that does not park.
    private static void Run(Action fn) => Run(() =>
    {
        fn();
        return default;
    });

    private static async go WithOneP(Func<go> fn)
    {
        var old = await runtime.GOMAXPROCS(1);
        try
        {
            await fn();
        }
        finally
        {
            await runtime.GOMAXPROCS(old);
        }
    }

    // The goroutine that waits in ParkReady.
    private static unsafe runtime.g* parked;

    // swap parks a goroutine and makes the one ready that was parked.
    private static unsafe bool swap(runtime.g* gp, void* _)
    {
        var other = parked;
        parked = gp;
        if (other != null)
        {
            runtime.goready(other, 0);
        }
        return true;
    }

    private static unsafe go park() => runtime.gopark(&swap, null, runtime.waitReasonZero, runtime.traceEvGoBlock, 1);

    private static async go swaps(int n)
    {
        for (var i = 0; i < n; i++)
        {
            await park();
        }
        last();

        // The other one is parked when this one ends first.
        static unsafe void last()
        {
            var other = parked;
            if (other != null)
            {
                parked = null;
                runtime.goready(other, 0);
            }
        }
    }

    [Benchmark(OperationsPerInvoke = Many)]
    public void ParkReady() => Run(async () =>
    {
        var done = makechan<bool>();
        go(async () =>
        {
            await swaps(Many / 2);
            await done.Send(true);
        });
        await swaps(Many / 2);
        await done.Recv();
    });

    [Benchmark(OperationsPerInvoke = Many)]
    public void Gosched() => Run(async () =>
    {
        for (var i = 0; i < Many; i++)
        {
            await runtime.Gosched();
        }
    });

    private static async go chain(int n, chan<bool> done)
    {
        if (n == 0)
        {
            await done.Send(true);
            return;
        }
        go(() => chain(n - 1, done));
    }

    [Benchmark(OperationsPerInvoke = Many)]
    public void GoroutineCreateExit() => Run(async () =>
    {
        var done = makechan<bool>();
        go(() => chain(Many - 1, done));
        await done.Recv();
    });

    [Benchmark(OperationsPerInvoke = Many)]
    public void ChanPingPong() => Run(async () =>
    {
        var (ping, pong) = (makechan<int>(), makechan<int>());
        go(async () =>
        {
            for (var i = 0; i < Many; i++)
            {
                await pong.Send(await ping.Recv());
            }
        });
        for (var i = 0; i < Many; i++)
        {
            await ping.Send(i);
            await pong.Recv();
        }
    });

    private static unsafe ptr<uint32> semaphore(uint32 n)
    {
        var s = runtime.@new<uint32>();
        *s = n;
        return s;
    }

    private static readonly ptr<uint32> sema1 = semaphore(1);
    private static readonly ptr<uint32> semaPing = semaphore(0);
    private static readonly ptr<uint32> semaPong = semaphore(0);

    [Benchmark(OperationsPerInvoke = Fast)]
    public void SemaUncontended() => Run(async () =>
    {
        for (var i = 0; i < Fast; i++)
        {
            await runtime.sync_runtime_Semacquire(sema1);
            runtime.sync_runtime_Semrelease(sema1, false, 0);
        }
    });

    [Benchmark(OperationsPerInvoke = Many)]
    public void SemaPingPong() => Run(async () =>
    {
        go(async () =>
        {
            for (var i = 0; i < Many; i++)
            {
                await runtime.sync_runtime_Semacquire(semaPing);
                runtime.sync_runtime_Semrelease(semaPong, false, 0);
            }
        });
        for (var i = 0; i < Many; i++)
        {
            runtime.sync_runtime_Semrelease(semaPing, false, 0);
            await runtime.sync_runtime_Semacquire(semaPong);
        }
    });

    [Benchmark(OperationsPerInvoke = Fast)]
    public void MutexUncontended() => Run(async () =>
    {
        var mu = new sync.Mutex();
        for (var i = 0; i < Fast; i++)
        {
            await mu.Lock();
            mu.Unlock();
        }
    });

    [Benchmark(OperationsPerInvoke = Fast)]
    public void MutexContended() => Run(async () =>
    {
        var mu = new sync.Mutex();
        var n = 2 * await runtime.GOMAXPROCS(0);
        var done = makechan<bool>();
        for (var g = 0; g < n; g++)
        {
            go(async () =>
            {
                for (var i = 0; i < Fast / n + 1; i++)
                {
                    await mu.Lock();
                    mu.Unlock();
                }
                await done.Send(true);
            });
        }
        for (var g = 0; g < n; g++)
        {
            await done.Recv();
        }
    });

    private const int timers = 1 << 16;
    private static readonly unsafe runtime.timer* timerRing = (runtime.timer*)NativeMemory.AllocZeroed(timers, (nuint)sizeof(runtime.timer));
    private static readonly unsafe runtime.timer* timer = (runtime.timer*)NativeMemory.AllocZeroed(1, (nuint)sizeof(runtime.timer));

    private static void never(object? _, uintptr arg, uintptr seq) => panic("a timer went off");

    // free finds the first timer from i on that is in no heap. A deleted one leaves its heap at the next
    // addition, or, when there is an earlier timer, when the scheduler looks at the heap.
    private static unsafe int free(int i)
    {
        for (; ; i++)
        {
            if (i == timers)
            {
                panic("no timer is free");
            }
            if (timerRing[i].status.Load() is runtime.timerNoStatus or runtime.timerRemoved)
            {
                return i;
            }
        }
    }

    private static unsafe void addDelete(int64 when, int n)
    {
        var i = 0;
        for (var k = 0; k < n; k++)
        {
            i = free(i);
            var t = &timerRing[i];
            *t = new() { f = &never, when = when };
            runtime.startTimer((uintptr)t, null);
            runtime.stopTimer((uintptr)t);
            i++;
        }
    }

    [Benchmark(OperationsPerInvoke = Fast)]
    public void TimerAddDelete() => Run(async () =>
    {
        var when = runtime.nanotime() + (int64)3600e9;
        for (var n = 0; n < Fast; n += 1000)
        {
            addDelete(when, 1000);
            // Its heap is cleared of deleted timers, and they can be used again.
            await runtime.Gosched();
        }
    });

    [Benchmark(OperationsPerInvoke = Fast)]
    public unsafe void TimerReset() => Run(() =>
    {
        // The timer of the last time may still be in a heap: reset adds it again.
        var when = runtime.nanotime() + (int64)3600e9;
        timer->f = &never;
        for (var i = 0; i < Fast; i++)
        {
            runtime.resetTimer((uintptr)timer, when + i, null);
        }
        runtime.stopTimer((uintptr)timer);
    });

    private static async go echo(net.Conn c)
    {
        try
        {
            Memory<byte> buf = new byte[512];
            for (; ; )
            {
                var (n, err) = await c.Read(buf);
                if (err != null)
                {
                    return;
                }
                (_, err) = await c.Write(buf[..n]);
                if (err != null)
                {
                    return;
                }
            }
        }
        finally
        {
            await c.Close();
        }
    }

    private static async go serve(net.Listener ln)
    {
        for (; ; )
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                return;
            }
            go(() => echo(c!));
        }
    }

    private static async go<net.Listener> listen()
    {
        var (ln, err) = await net.Listen("tcp", "127.0.0.1:0");
        check(err);
        go(() => serve(ln!));
        return ln!;
    }

    private static async go<net.Conn> dial(string addr)
    {
        var (c, err) = await net.Dial("tcp", addr);
        check(err);
        return c!;
    }

    // pair makes the two ends of a connection; the other one sends back what it gets.
    private static async go<net.Conn> pair()
    {
        var ln = await listen();
        var c = await dial(ln.Addr()!.String());
        // The listener may only be closed when the connection is accepted.
        await roundTrip(c, new byte[64]);
        await ln.Close();
        return c;
    }

    private static void check(error? err)
    {
        if (err != null)
        {
            panic(err);
        }
    }

    private static async go roundTrip(net.Conn c, Memory<byte> buf)
    {
        var (_, err) = await c.Write(buf);
        check(err);
        (_, err) = await io.ReadFull(c, buf);
        check(err);
    }

    [Benchmark(OperationsPerInvoke = Fast)]
    public void SetReadDeadline() => Run(async () =>
    {
        var c = await pair();
        var t = time.Now().Add(time.Hour);
        for (var i = 0; i < Fast; i++)
        {
            check(c.SetReadDeadline(t));
        }
        await c.Close();
    });

    // One P, so that a thread that sleeps in netpoll goes away at the first wake-up and does not compete.
    [Benchmark(OperationsPerInvoke = 10 * Few)]
    public void NetpollBreak() => Run(async () =>
    {
        var c = await pair();
        await WithOneP(() =>
        {
            for (var i = 0; i < 10 * Few; i++)
            {
                runtime.netpollBreak();
                runtime.netpoll(1);
            }
            return default;
        });
        await c.Close();
    });

    [Benchmark(OperationsPerInvoke = Many)]
    public void NetpollNothingReady() => Run(async () =>
    {
        var c = await pair();
        await WithOneP(() =>
        {
            // A wake-up that is under way would always be ready.
            runtime.netpoll(1);
            for (var i = 0; i < Many; i++)
            {
                runtime.netpoll(0);
            }
            return default;
        });
        await c.Close();
    });

    [Benchmark(OperationsPerInvoke = Few)]
    public void TCPOneShot() => Run(async () =>
    {
        var ln = await listen();
        var addr = ln.Addr()!.String();
        var buf = new byte[64];
        for (var i = 0; i < Few; i++)
        {
            var c = await dial(addr);
            await roundTrip(c, buf);
            await c.Close();
        }
        await ln.Close();
    });

    [Benchmark(OperationsPerInvoke = 10 * Few)]
    public void TCPPersistent() => Run(async () =>
    {
        var c = await pair();
        var buf = new byte[64];
        for (var i = 0; i < 10 * Few; i++)
        {
            await roundTrip(c, buf);
        }
        await c.Close();
    });

    [Benchmark(OperationsPerInvoke = Fast)]
    public void FdMutexRWLock() => Run(() =>
    {
        var mu = default(poll.fdMutex);
        for (var i = 0; i < Fast; i++)
        {
            mu.rwlock(true, out _);
            mu.rwunlock(true);
        }
    });

    [Benchmark(OperationsPerInvoke = Many)]
    public void Syscall() => Run(() =>
    {
        for (var i = 0; i < Many; i++)
        {
            syscall.Syscall(syscall.SYS_GETPID, 0, 0, 0);
        }
    });

    [Benchmark(OperationsPerInvoke = Many)]
    public void RawSyscall() => Run(() =>
    {
        for (var i = 0; i < Many; i++)
        {
            syscall.RawSyscall(syscall.SYS_GETPID, 0, 0, 0);
        }
    });

    // A P and a g of the benchmark's own.
    private static readonly unsafe runtime.p* p1 = runtime.@new<runtime.p>();
    private static readonly unsafe runtime.p* p2 = runtime.@new<runtime.p>();
    private static readonly unsafe runtime.g* g1 = runtime.@new<runtime.g>();

    [Benchmark(OperationsPerInvoke = Fast)]
    public unsafe void RunqPutGet() => Run(() =>
    {
        for (var i = 0; i < Fast; i++)
        {
            runtime.runqput(p1, g1, false);
            runtime.runqget(p1, out _);
        }
    });

    // Two are put into one queue, half of them is stolen for the other, and the rest is taken.
    [Benchmark(OperationsPerInvoke = Fast)]
    public unsafe void RunqPutSteal() => Run(() =>
    {
        for (var i = 0; i < Fast; i++)
        {
            runtime.runqput(p1, g1, false);
            runtime.runqput(p1, g1, false);
            if (runtime.runqsteal(p2, p1, false) == null)
            {
                panic("nothing was stolen");
            }
            runtime.runqget(p1, out _);
        }
    });
}
