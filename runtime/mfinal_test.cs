// Ports src/runtime/mfinal_test.go of go1.20.
using System.Threading;
using System.Threading.Tasks;
using static go.export_test;
using static go.runtime;

namespace go;

public class mfinal_test
{
    private interface Tinter
    {
        int v { get; }
    }

    private sealed class Tint(int v) : Tinter
    {
        public int v { get; } = v;
    }

    // until waits until a finalizer has run.
    private static async go until(Func<bool> done)
    {
        for (var i = 0; i < 2000 && !done(); i++)
        {
            await timeSleep(5 * 1_000_000);
        }
        Assert.That(done(), Is.True, "finalizer did not run");
    }

    // The object must not be in a frame of the test.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void set(Action fn) => fn();

    [Test]
    public Task TestFinalizerType() => Run(async () =>
    {
        var t = new T();
        var ran = 0;
        void finalize(Tinter x)
        {
            if (x.v != 97531)
            {
                t.Errorf($"finalizer {x.v}, want 97531");
            }
            Interlocked.Increment(ref ran);
        }

        Action[] finalizerTests =
        [
            // the same type
            () => SetFinalizer(new Tint(97531), v =>
            {
                finalize(v);
                return default;
            }),
            // an interface
            () => SetFinalizer<Tinter>(new Tint(97531), v =>
            {
                finalize(v);
                return default;
            }),
            // any, and a result
            () => SetFinalizer<object, int64>(new Tint(97531), v =>
            {
                finalize((Tint)v);
                return new go<int64>(4);
            }),
            // one that parks
            () => SetFinalizer(new Tint(97531), async v =>
            {
                await Gosched();
                await timeSleep(1_000_000);
                finalize(v);
            }),
        ];

        var want = 0;
        foreach (var tt in finalizerTests)
        {
            var done = newsema(0);
            builtin.go(() =>
            {
                set(tt);
                semrelease(done);
                return default;
            });
            await semacquire(done);
            await runtime.GC();
            want++;
            await until(() => Volatile.Read(ref ran) == want);
        }
        t.Check();
    });

    // More than a block of them.
    [Test]
    public Task TestFinalizerMany() => Run(async () =>
    {
        const int N = 1000;
        var ran = 0;
        set(() =>
        {
            for (var i = 0; i < N; i++)
            {
                SetFinalizer(new Tint(i), v =>
                {
                    Interlocked.Increment(ref ran);
                    return default;
                });
            }
        });
        await runtime.GC();
        await until(() => Volatile.Read(ref ran) == N);
        await runtime.GC();
        Assert.That(ran, Is.EqualTo(N));
    });

    // All run on one goroutine, one after the other.
    [Test]
    public Task TestFinalizerGoroutine() => Run(async () =>
    {
        const int N = 50;
        var t = new T();
        var ran = 0;
        var running = 0;
        set(() =>
        {
            for (var i = 0; i < N; i++)
            {
                SetFinalizer(new Tint(i), async v =>
                {
                    unsafe
                    {
                        if (getg() != fing)
                        {
                            t.Errorf("not on the finalizer goroutine");
                        }
                    }
                    if (Interlocked.Increment(ref running) != 1)
                    {
                        t.Errorf("two finalizers at once");
                    }
                    await Gosched();
                    Interlocked.Decrement(ref running);
                    Interlocked.Increment(ref ran);
                });
            }
        });
        await runtime.GC();
        await until(() => Volatile.Read(ref ran) == N);
        t.Check();
    });

    // In the finalizer the object is alive again and has none; it can get another one.
    [Test]
    public Task TestFinalizerAgain() => Run(async () =>
    {
        var ran = 0;
        Func<Tint, go>? fn = null;
        fn = v =>
        {
            if (Interlocked.Increment(ref ran) < 3)
            {
                SetFinalizer(v, fn);
            }
            return default;
        };
        set(() => SetFinalizer(new Tint(1), fn));
        for (var i = 1; i <= 3; i++)
        {
            await runtime.GC();
            await until(() => Volatile.Read(ref ran) == i);
        }
        await runtime.GC();
        await timeSleep(20 * 1_000_000);
        Assert.That(ran, Is.EqualTo(3));
    });

    [Test]
    public Task TestFinalizerRemoved() => Run(async () =>
    {
        var ran = 0;
        var ran2 = 0;
        set(() =>
        {
            var x = new Tint(1);
            SetFinalizer(x, v =>
            {
                Interlocked.Increment(ref ran);
                return default;
            });
            SetFinalizer(x, null);
            SetFinalizer(x, null);

            var y = new Tint(2);
            SetFinalizer(y, v =>
            {
                Interlocked.Increment(ref ran);
                return default;
            });
            SetFinalizer(y, null);
            SetFinalizer(y, v =>
            {
                Interlocked.Increment(ref ran2);
                return default;
            });
        });
        await runtime.GC();
        await until(() => Volatile.Read(ref ran2) == 1);
        await runtime.GC();
        await timeSleep(20 * 1_000_000);
        Assert.That(ran, Is.Zero);
    });

    private sealed class Z
    {
    }

    [Test]
    public Task TestFinalizerZeroSizedStruct() => Run(() =>
    {
        SetFinalizer(new Z(), _ => default(go));
        return default;
    });

    // Set on a thread that is none of the scheduler's.
    [Test]
    public async Task TestFinalizerForeign()
    {
        var ran = 0;
        set(() => SetFinalizer(new Tint(1), v =>
        {
            Interlocked.Increment(ref ran);
            return default;
        }));
        await Run(async () =>
        {
            await runtime.GC();
            await until(() => Volatile.Read(ref ran) == 1);
        });
    }

    // The CLR collects, nobody calls GC, and everybody is idle.
    [Test]
    public async Task TestFinalizerWakesIdle()
    {
        var ran = 0;
        await Run(() =>
        {
            set(() => SetFinalizer(new Tint(1), v =>
            {
                Interlocked.Increment(ref ran);
                return default;
            }));
            return default;
        });
        await Task.Delay(50);
        GC.Collect();
        for (var i = 0; i < 1000 && Volatile.Read(ref ran) == 0; i++)
        {
            await Task.Delay(10);
        }
        Assert.That(ran, Is.EqualTo(1));
    }

    [Test]
    public Task TestDeferKeepAlive() => Run(async () =>
    {
        // See issue 21402.
        var x = new Tint(1);
        var finRun = false;
        try
        {
            SetFinalizer(x, v =>
            {
                finRun = true;
                return default;
            });
            await runtime.GC();
            await timeSleep(100 * 1_000_000);
            Assert.That(finRun, Is.False, "finalizer ran prematurely");
        }
        finally
        {
            KeepAlive(x);
        }
    });
}
