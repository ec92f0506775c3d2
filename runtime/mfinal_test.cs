// Ports src/runtime/mfinal_test.go of go1.20.
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class mfinal_test
{
    private interface Tinter
    {
        int v { get; }
    }

    private class Tint(int v) : Tinter
    {
        public int v { get; } = v;
    }

    // Tspecial has a place for the record of its finalizer.
    private sealed class Tspecial(int v) : Tint(v), hasspecial
    {
        private object? record;

        ref object? hasspecial.special => ref record;
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
    public Task TestFinalizerType() => Run(async t =>
    {
        var ch = builtin.makechan<bool>(10);
        async go finalize(Tinter x)
        {
            if (x.v != 97531)
            {
                t.Errorf($"finalizer {x.v}, want {97531}");
            }
            await ch.Send(true);
        }

        // PORT(test): instead of conversions of pointers
        Action[] finalizerTests =
        [
            // the type itself
            () => SetFinalizer(new Tint(97531), v => finalize(v)),
            // an interface of it
            () => SetFinalizer<Tinter>(new Tint(97531), v => finalize(v)),
            // any, and with a result
            () => SetFinalizer<object, (int64, int64, int64, int64)>(new Tint(97531), async v =>
            {
                await finalize((Tint)v);
                return default;
            }),
        ];

        foreach (var tt in finalizerTests)
        {
            var done = builtin.makechan<bool>(1);
            builtin.go(async () =>
            {
                set(tt);
                await done.Send(true);
            });
            await done.Recv();
            await runtime.GC();
            await ch.Recv();
        }
    });

    private sealed class bigValue
    {
        internal uint64 fill;
        internal bool it;
        internal string up = "";
    }

    [Test]
    public Task TestFinalizerInterfaceBig() => Run(async t =>
    {
        var ch = builtin.makechan<@struct>();
        var done = builtin.makechan<bool>(1);
        builtin.go(async () =>
        {
            set(() =>
            {
                var v = new bigValue { fill = 0xDEADBEEFDEADBEEF, it = true, up = "a string" };
                var old = (v.fill, v.it, v.up);
                SetFinalizer<object>(v, async v =>
                {
                    if (v is not bigValue i)
                    {
                        t.Errorf($"finalizer called with type {v.GetType()}, want bigValue");
                    }
                    else if ((i.fill, i.it, i.up) != old)
                    {
                        t.Errorf($"finalizer called with {(i.fill, i.it, i.up)}, want {old}");
                    }
                    ch.Close();
                });
            });
            await done.Send(true);
        });
        await done.Recv();
        await runtime.GC();
        await ch.Recv();
    });

    private sealed class Z
    {
    }

    [Test]
    public Task TestFinalizerZeroSizedStruct() => Run(async () =>
    {
        var z = new Z();
        SetFinalizer(z, _ => default(go));
    });

    [Test]
    public Task TestFinalizerOnGlobal() => Run(async () =>
    {
        SetFinalizer(Foo1, p => default(go));
        SetFinalizer(Foo2, p => default(go));
        SetFinalizer(Foo1, null);
        SetFinalizer(Foo2, null);
    });

    private sealed class Object1
    {
        internal byte[] Something = [];
    }

    private sealed class Object2
    {
        internal byte Something = 0;
    }

    private static readonly Object2 Foo2 = new();
    private static readonly Object1 Foo1 = new();

    [Test]
    public Task TestDeferKeepAlive() => Run(async () =>
    {
        // See Go's issue 21402.
        var x = new Tint(1);
        var finRun = false;
        SetFinalizer(x, async v => Volatile.Write(ref finRun, true));
        try
        {
            await runtime.GC();
            await time.Sleep(time.Second);
            Assert.That(Volatile.Read(ref finRun), Is.False, "finalizer ran prematurely");
        }
        finally
        {
            KeepAlive(x);
        }
    });

    // The tests below are not Go's.

    // A finalizer parks.
    [Test]
    public Task TestFinalizerParks() => Run(async () =>
    {
        var ch = builtin.makechan<int>();
        set(() => SetFinalizer(new Tint(97531), async v =>
        {
            await Gosched();
            await timeSleep(1_000_000);
            await ch.Send(v.v);
        }));
        await runtime.GC();
        Assert.That(await ch.Recv(), Is.EqualTo(97531));
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
    public Task TestFinalizerGoroutine() => Run(async t =>
    {
        const int N = 50;
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
    });

    // In the finalizer the object is alive again and has none; it can get another one.
    [TestCase(false)]
    [TestCase(true)]
    public Task TestFinalizerAgain(bool special) => Run(async () =>
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
        set(() => SetFinalizer(special ? new Tspecial(1) : new Tint(1), fn));
        for (var i = 1; i <= 3; i++)
        {
            await runtime.GC();
            await until(() => Volatile.Read(ref ran) == i);
        }
        await runtime.GC();
        await timeSleep(20 * 1_000_000);
        Assert.That(ran, Is.EqualTo(3));
    });

    [TestCase(false)]
    [TestCase(true)]
    public Task TestFinalizerRemoved(bool special) => Run(async () =>
    {
        var ran = 0;
        var ran2 = 0;
        set(() =>
        {
            var x = special ? new Tspecial(1) : new Tint(1);
            SetFinalizer(x, v =>
            {
                Interlocked.Increment(ref ran);
                return default;
            });
            SetFinalizer(x, null);
            SetFinalizer(x, null);

            var y = special ? new Tspecial(2) : new Tint(2);
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

    // An object has one finalizer at most, wherever its record is.
    [TestCase(false)]
    [TestCase(true)]
    public void TestFinalizerTwice(bool special)
    {
        var x = special ? new Tspecial(1) : new Tint(1);
        var f = new finalizer<Tint>(x, v => default);
        Assert.That(addfinalizer(x, f), Is.True);
        Assert.That(addfinalizer(x, new finalizer<Tint>(x, v => default)), Is.False);
        removefinalizer(x);
        Assert.That(f.removed, Is.EqualTo(1));
        Assert.That(addfinalizer(x, new finalizer<Tint>(x, v => default)), Is.True);
        removefinalizer(x);
    }

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

    private sealed class Tchan
    {
        internal readonly chan<int> c = builtin.makechan<int>(1);
    }

    // A finalizer uses a channel that was garbage together with its object: it is not another's yet.
    // Later it will be.
    [Test]
    public Task TestFinalizerChan() => Run(async () =>
    {
        var (ran, shared, got, hchan) = (0, false, 0, (uintptr)0);
        set(() =>
        {
            var x = new Tchan();
            x.c.selectnbsend(7);
            SetFinalizer(x, async v =>
            {
                // Have the CLR finalize everything that it wants to finalize.
                GC.WaitForPendingFinalizers();
                unsafe
                {
                    hchan = (uintptr)v.c.h;
                    shared = hchans(10_000).Contains(hchan);
                }
                (got, _) = await v.c.Recv2();
                Volatile.Write(ref ran, 1);
            });
        });
        await runtime.GC();
        await until(() => Volatile.Read(ref ran) == 1);
        Assert.That(shared, Is.False, "the channel was freed and used again");
        Assert.That(got, Is.EqualTo(7));

        for (var i = 0; !hchans(100).Contains(hchan); i++)
        {
            Assert.That(i, Is.LessThan(1000), "the channel is never used again");
            await runtime.GC();
            GC.WaitForPendingFinalizers();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static unsafe HashSet<uintptr> hchans(int n)
        {
            HashSet<uintptr> hs = [];
            List<chan<int>> keep = [];
            for (var i = 0; i < n; i++)
            {
                keep.Add(builtin.makechan<int>(0));
                hs.Add((uintptr)keep[i].h);
            }
            GC.KeepAlive(keep);
            return hs;
        }
    });
}
