// Ports src/sync/once_test.go of go1.20.
using System.Threading.Tasks;

namespace golang;

public class once_test
{
    private sealed class one
    {
        internal int v;

        internal void Increment() => v++;
    }

    private static async go run(testing.T t, sync.Once once, one o, chan<bool> c)
    {
        await once.Do(() => o.Increment());
        var v = o.v;
        if (v != 1)
        {
            t.Errorf($"once failed inside run: {v} is not 1");
        }
        await c.Send(true);
    }

    [Test]
    public Task TestOnce() => testing.Run(async t =>
    {
        var o = new one();
        var once = new sync.Once();
        var c = builtin.makechan<bool>();
        const int N = 10;
        for (var i = 0; i < N; i++)
        {
            builtin.go(() => run(t, once, o, c));
        }
        for (var i = 0; i < N; i++)
        {
            await c.Recv();
        }
        Assert.That(o.v, Is.EqualTo(1), "once failed outside run");
    });

    [Test]
    public Task TestOncePanic() => testing.Run(async () =>
    {
        var once = new sync.Once();
        PanicException? r = null;
        try
        {
            await once.Do(() => { builtin.panic("failed"); });
        }
        catch (PanicException e)
        {
            r = e;
        }
        Assert.That(r?.Value, Is.EqualTo("failed"), "Once.Do did not panic");

        await once.Do(() => { Assert.Fail("Once.Do called twice"); });
    });

    // The tests below are not Go's.

    // Nobody returns from Do before the f that parks has returned.
    [Test]
    public Task TestOnceParks() => testing.Run(async () =>
    {
        var done = new atomic.Int32[1];
        var calls = new atomic.Int32[1];
        var failed = new atomic.Int32[1];
        var once = new sync.Once();
        var c = new sync.WaitGroup();
        c.Add(10);
        for (var i = 0; i < 10; i++)
        {
            builtin.go(async () =>
            {
                await once.Do(async () =>
                {
                    calls[0].Add(1);
                    await time.Sleep(time.Millisecond);
                    done[0].Store(1);
                });
                if (done[0].Load() != 1)
                {
                    failed[0].Add(1);
                }
                c.Done();
            });
        }
        await c.Wait();
        Assert.That((calls[0].Load(), failed[0].Load()), Is.EqualTo((1, 0)));
    });

    // As TestOncePanic, and f parks.
    [Test]
    public Task TestOncePanicParks() => testing.Run(async () =>
    {
        var once = new sync.Once();
        PanicException? r = null;
        try
        {
            await once.Do(async () =>
            {
                await runtime.Gosched();
                builtin.panic("failed");
            });
        }
        catch (PanicException e)
        {
            r = e;
        }
        Assert.That(r?.Value, Is.EqualTo("failed"));
        await once.Do(async () => { Assert.Fail("Once.Do called twice"); });
    });
}
