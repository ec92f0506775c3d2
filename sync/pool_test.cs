// Ports src/sync/pool_test.go of go1.20.
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;

namespace golang;

// Go's pool tests switch the collector off one by one, so that it runs when they want it to.
// PORT(test): there is no debug.SetGCPercent; the runtime reads this when it starts.
[SetUpFixture]
public class gcoff
{
    [OneTimeSetUp]
    public void SetGCPercent() => Environment.SetEnvironmentVariable("GOGC", "off");
}

[NonParallelizable]
public class pool_test
{
    [Test]
    public Task TestPool() => testing.Run(async () =>
    {
        var p = new sync.Pool();
        Assert.That(p.Get(), Is.Null, "expected empty");

        // Keep the goroutine on its P
        // from Put to Get.
        sync.runtime_procPin(null);
        p.Put("a");
        p.Put("b");
        var a = p.Get();
        var b = p.Get();
        var c = p.Get();
        sync.runtime_procUnpin(null);
        Assert.That((a, b, c), Is.EqualTo(("a", "b", (object?)null)));

        // So many that most of them are where
        // other Ps can take them.
        for (var i = 0; i < 100; i++)
        {
            p.Put("c");
        }
        // The victim cache has them after one cycle,
        await runtime.GC();
        Assert.That(p.Get(), Is.EqualTo("c"), "after GC");
        // and nobody after two.
        await runtime.GC();
        Assert.That(p.Get(), Is.Null, "after second GC");
    });

    [Test]
    public Task TestPoolNew() => testing.Run(async () =>
    {
        var i = 0;
        var p = new sync.Pool
        {
            New = () =>
            {
                i++;
                return i;
            },
        };
        Assert.That(p.Get(), Is.EqualTo(1));
        Assert.That(p.Get(), Is.EqualTo(2));

        // Keep the goroutine on its P
        // from Put to Get.
        sync.runtime_procPin(null);
        p.Put(42);
        var v = p.Get();
        sync.runtime_procUnpin(null);
        Assert.That(v, Is.EqualTo(42));

        Assert.That(p.Get(), Is.EqualTo(3));
    });

    // A Pool does not keep alive what was taken out of it.
    [Test]
    public Task TestPoolGC() => testing.Run(() => testPool(true));

    // Nor, for long, what is in it.
    [Test]
    public Task TestPoolRelease() => testing.Run(() => testPool(false));

    private static async go testPool(bool drain)
    {
        var p = new sync.Pool();
        const int N = 100;
        for (var @try = 0; @try < 3; @try++)
        {
            if (@try == 1 && testing.Short())
            {
                break;
            }
            var fin = new atomic.Uint32[1];
            uint32 fin1 = 0;
            fill(fin);
            for (var i = 0; i < 5; i++)
            {
                await runtime.GC();
                await time.Sleep((time.Duration)(i * 100 + 10) * time.Millisecond);
                // something may still refer to one
                fin1 = fin[0].Load();
                if (fin1 >= N - 1)
                {
                    goto loop;
                }
            }
            Assert.Fail($"only {fin1} out of {N} resources are finalized on try {@try}");
        loop:;
        }

        // A frame that has returned holds nothing.
        [MethodImpl(MethodImplOptions.NoInlining)]
        void fill(atomic.Uint32[] fin)
        {
            for (var i = 0; i < N; i++)
            {
                var v = new object();
                runtime.SetFinalizer(v, vv =>
                {
                    fin[0].Add(1);
                    return default(go);
                });
                p.Put(v);
            }
            if (drain)
            {
                for (var i = 0; i < N; i++)
                {
                    p.Get();
                }
            }
        }
    }

    [Test]
    public Task TestPoolStress() => testing.Run(async t =>
    {
        const int P = 10;
        var N = (int)1e6;
        if (testing.Short())
        {
            N /= 100;
        }
        var p = new sync.Pool();
        var done = builtin.makechan<bool>();
        for (var i = 0; i < P; i++)
        {
            builtin.go(async () =>
            {
                object? v = 0;
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
                        t.Errorf($"expect 0, got {v}");
                        break;
                    }
                }
                await done.Send(true);
            });
        }
        for (var i = 0; i < P; i++)
        {
            await done.Recv();
        }
    });

    [Test]
    public Task TestPoolDequeue() => testing.Run(() => testPoolDequeue(NewPoolDequeue(16)));

    [Test]
    public Task TestPoolChain() => testing.Run(() => testPoolDequeue(NewPoolChain()));

    private static async go testPoolDequeue(PoolDequeue d)
    {
        const int P = 10;
        var N = (int)(testing.Short() ? 1e3 : 2e6);
        var have = new int32[N];
        var stop = 0;
        var wg = new sync.WaitGroup();
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
            wg.Add(1);
            builtin.go(async () =>
            {
                var fail = 0;
                while (Volatile.Read(ref stop) == 0)
                {
                    var (val, ok) = d.PopTail();
                    if (ok)
                    {
                        fail = 0;
                        record((int)val!);
                    }
                    else
                    {
                        // It goes faster if the
                        // producer gets to run.
                        fail++;
                        if (fail % 100 == 0)
                        {
                            await runtime.Gosched();
                        }
                    }
                }
                wg.Done();
            });
        }

        // Start 1 producer.
        var nPopHead = 0;
        wg.Add(1);
        builtin.go(async () =>
        {
            for (var j = 0; j < N; j++)
            {
                while (!d.PushHead(j))
                {
                    // Let a consumer run.
                    await runtime.Gosched();
                }
                if (j % 10 == 0)
                {
                    var (val, ok) = d.PopHead();
                    if (ok)
                    {
                        nPopHead++;
                        record((int)val!);
                    }
                }
            }
            wg.Done();
        });
        await wg.Wait();

        // Check results.
        for (var i = 0; i < N; i++)
        {
            if (have[i] != 1)
            {
                Assert.Fail($"expected have[{i}] = 1, got {have[i]}");
            }
        }
        // Some PopHeads found something; when it is
        // short it may
        // well be that every element has been popped
        // at the tail before.
        if (!testing.Short())
        {
            Assert.That(nPopHead, Is.Not.Zero, "popHead never succeeded");
        }
    }
}
