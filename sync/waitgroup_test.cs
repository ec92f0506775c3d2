// Ports src/sync/waitgroup_test.go of go1.20.
using System.Threading.Tasks;
using static golang.builtin;

namespace golang;

public class waitgroup_test
{
    private static async go testWaitGroup(sync.WaitGroup wg1, sync.WaitGroup wg2)
    {
        const int n = 16;
        wg1.Add(n);
        wg2.Add(n);
        var exited = builtin.makechan<bool>(n);
        for (var i = 0; i != n; i++)
        {
            builtin.go(async () =>
            {
                wg1.Done();
                await wg2.Wait();
                await exited.Send(true);
            });
        }
        await wg1.Wait();
        for (var i = 0; i != n; i++)
        {
            Assert.That(await select(exited.recvcase(), defaultcase), Is.EqualTo(1), "WaitGroup released group too soon");
            wg2.Done();
        }
        for (var i = 0; i != n; i++)
        {
            await exited.Recv(); // waits for ever if somebody was not released
        }
    }

    [Test]
    public Task TestWaitGroup() => testing.Run(async () =>
    {
        var wg1 = new sync.WaitGroup();
        var wg2 = new sync.WaitGroup();

        // A few times, to see that the barrier is left in a proper state.
        for (var i = 0; i != 8; i++)
        {
            await testWaitGroup(wg1, wg2);
        }
    });

    [Test]
    public Task TestWaitGroupMisuse() => testing.Run(async () =>
    {
        var wg = new sync.WaitGroup();
        wg.Add(1);
        wg.Done();
        var err = Assert.Throws<PanicException>(() => wg.Done());
        Assert.That(err!.Value, Is.EqualTo("sync: negative WaitGroup counter"));
    });

    [Test]
    public Task TestWaitGroupRace() => testing.Run(async () =>
    {
        for (var i = 0; i < 1000; i++)
        {
            var wg = new sync.WaitGroup();
            var n = new atomic.Int32[1];
            // spawn goroutine 1
            wg.Add(1);
            builtin.go(async () =>
            {
                n[0].Add(1);
                wg.Done();
            });
            // spawn goroutine 2
            wg.Add(1);
            builtin.go(async () =>
            {
                n[0].Add(1);
                wg.Done();
            });
            // Wait for goroutine 1 and 2
            await wg.Wait();
            Assert.That(n[0].Load(), Is.EqualTo(2), "Spurious wakeup from Wait");
        }
    });

    private sealed class X
    {
        internal byte x;
        internal readonly sync.WaitGroup wg = new();
    }

    [Test]
    public Task TestWaitGroupAlign() => testing.Run(async () =>
    {
        var x = new X { x = 1 };
        x.wg.Add(1);
        builtin.go(async () =>
        {
            x.wg.Done();
        });
        await x.wg.Wait();
    });

    // The tests below are not Go's.

    // Several goroutines wait for one group.
    [Test]
    public Task TestWaitGroupManyWaiters() => testing.Run(async () =>
    {
        var wg = new sync.WaitGroup();
        var all = new sync.WaitGroup();
        wg.Add(1);
        all.Add(10);
        var early = 0;
        var open = new atomic.Bool[1];
        for (var i = 0; i < 10; i++)
        {
            builtin.go(async () =>
            {
                await wg.Wait();
                if (!open[0].Load())
                {
                    early++;
                }
                all.Done();
            });
        }
        while ((uint32)wg.state.Load() != 10)
        {
            await runtime.Gosched();
        }
        open[0].Store(true);
        wg.Done();
        await all.Wait();
        Assert.That(early, Is.Zero);
        Assert.That(wg.state.Load(), Is.Zero);
    });
}
