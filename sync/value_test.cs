// Ports src/sync/atomic/value_test.go of go1.20.

using System.Threading.Tasks;

namespace golang;

public class value_test
{
    [Test]
    public void TestValue()
    {
        var v = new atomic.Value();
        Assert.That(v.Load(), Is.Null, "initial Value is not nil");
        v.Store(42);
        Assert.That(v.Load(), Is.EqualTo(42));
        v.Store(84);
        Assert.That(v.Load(), Is.EqualTo(84));
    }

    [Test]
    public void TestValueLarge()
    {
        var v = new atomic.Value();
        v.Store("foo");
        Assert.That(v.Load(), Is.EqualTo("foo"));
        v.Store("barbaz");
        Assert.That(v.Load(), Is.EqualTo("barbaz"));
    }

    // panics gives what f panics with, null when it does not.
    private static object? panics(Action f)
    {
        try
        {
            f();
        }
        catch (PanicException e)
        {
            return e.Value;
        }
        return null;
    }

    [Test]
    public void TestValuePanic()
    {
        const string nilErr = "sync/atomic: store of nil value into Value";
        const string badErr = "sync/atomic: store of inconsistently typed value into Value";
        var v = new atomic.Value();
        Assert.That(panics(() => v.Store(null)), Is.EqualTo(nilErr));
        v.Store(42);
        Assert.That(panics(() => v.Store("foo")), Is.EqualTo(badErr));
        Assert.That(panics(() => v.Store(null)), Is.EqualTo(nilErr));
    }

    private sealed class holder
    {
        internal atomic.Value v;
    }

    [Test]
    public async Task TestValueConcurrent()
    {
        object[][] tests =
        [
            [(uint16)0, unchecked((uint16)~0), (uint16)(1 + (2 << 8)), (uint16)(3 + (4 << 8))],
            [0u, ~0u, 1u + (2u << 16), 3u + (4u << 16)],
            [0ul, ~0ul, 1ul + (2ul << 32), 3ul + (4ul << 32)],
            [(0.0, 0.0), (1.0, 2.0), (3.0, 4.0), (5.0, 6.0)],
        ];
        await testing.Run(async () =>
        {
            var p = 4 * await runtime.GOMAXPROCS(0);
            const int N = 1000;
            foreach (var test in tests)
            {
                var h = new holder();
                var done = builtin.makechan<bool>(p);
                for (var i = 0; i < p; i++)
                {
                    builtin.go(async () =>
                    {
                        var expected = true;
                        for (var j = 0; j < N; j++)
                        {
                            var x = test[Random.Shared.Next(test.Length)];
                            h.v.Store(x);
                            if (Array.IndexOf(test, h.v.Load()) < 0)
                            {
                                expected = false;
                                break;
                            }
                        }
                        await done.Send(expected);
                    });
                }
                for (var i = 0; i < p; i++)
                {
                    Assert.That(await done.Recv(), Is.True, "loaded unexpected value");
                }
            }
        });
    }

    [TestCase(null, null, null, "sync/atomic: swap of nil value into Value")]
    [TestCase(null, true, null, null)]
    [TestCase(true, "", null, "sync/atomic: swap of inconsistently typed value into Value")]
    [TestCase(true, false, true, null)]
    public void TestValue_Swap(object? init, object? @new, object? want, string? err)
    {
        var v = new atomic.Value();
        if (init != null)
        {
            v.Store(init);
        }
        object? got = null;
        Assert.That(panics(() => got = v.Swap(@new)), Is.EqualTo(err));
        if (err == null)
        {
            Assert.That(got, Is.EqualTo(want));
            Assert.That(v.Load(), Is.EqualTo(@new));
        }
    }

    [Test]
    public async Task TestValueSwapConcurrent()
    {
        var h = new holder();
        uint64 count = 0;
        const uint64 m = 1000, n = 1000;
        await testing.Run(async () =>
        {
            var g = new sync.WaitGroup();
            for (uint64 i0 = 0; i0 < m * n; i0 += n)
            {
                var i = i0;
                g.Add(1);
                builtin.go(() =>
                {
                    uint64 c = 0;
                    for (var @new = i; @new < i + n; @new++)
                    {
                        if (h.v.Swap(@new) is { } old)
                        {
                            c += (uint64)old;
                        }
                    }
                    atomic.AddUint64(ref count, c);
                    g.Done();
                    return default;
                });
            }
            await g.Wait();
        });
        Assert.That(count + (uint64)h.v.Load()!, Is.EqualTo((m * n - 1) * (m * n) / 2));
    }

    private static readonly object heapA = (0u, ""), heapB = (0u, "");

    private static readonly object?[][] Value_CompareAndSwapTests =
    [
        [null, null, null, false, "sync/atomic: compare and swap of nil value into Value"],
        [null, true, "", false, "sync/atomic: compare and swap of inconsistently typed values"],
        [null, true, true, false, null],
        [null, true, null, true, null],
        [true, "", null, false, "sync/atomic: compare and swap of inconsistently typed value into Value"],
        [true, true, false, false, null],
        [true, true, true, true, null],
        [heapA, (1u, ""), heapB, true, null],
    ];

    [TestCaseSource(nameof(Value_CompareAndSwapTests))]
    public void TestValue_CompareAndSwap(object? init, object? @new, object? old, bool want, string? err)
    {
        var v = new atomic.Value();
        if (init != null)
        {
            v.Store(init);
        }
        var got = false;
        Assert.That(panics(() => got = v.CompareAndSwap(old, @new)), Is.EqualTo(err));
        if (err == null)
        {
            Assert.That(got, Is.EqualTo(want));
        }
    }

    [Test]
    public async Task TestValueCompareAndSwapConcurrent()
    {
        var h = new holder();
        const int m = 100, n = 10;
        h.v.Store(0);
        await testing.Run(async () =>
        {
            var w = new sync.WaitGroup();
            for (var i0 = 0; i0 < m; i0++)
            {
                var i = i0;
                w.Add(1);
                builtin.go(async () =>
                {
                    for (var j = i; j < m * n; await runtime.Gosched())
                    {
                        if (h.v.CompareAndSwap(j, j + 1))
                        {
                            j += m;
                        }
                    }
                    w.Done();
                });
            }
            await w.Wait();
        });
        Assert.That(h.v.Load(), Is.EqualTo(m * n));
    }
}
