// Ports src/sync/once_test.go of go1.20.
using System.Threading.Tasks;

namespace go;

public class once_test
{
    private static async go run(sync.Once once, atomic.Int32[] o, atomic.Int32[] failed, sync.WaitGroup c)
    {
        await once.Do(() => { o[0].Add(1); });
        if (o[0].Load() != 1)
        {
            failed[0].Add(1);
        }
        c.Done();
    }

    [Test]
    public Task TestOnce() => runtime.Run(async () =>
    {
        var o = new atomic.Int32[1];
        var failed = new atomic.Int32[1];
        var once = new sync.Once();
        var c = new sync.WaitGroup();
        const int N = 10;
        c.Add(N);
        for (var i = 0; i < N; i++)
        {
            builtin.go(() => run(once, o, failed, c));
        }
        await c.Wait();
        Assert.That(failed[0].Load(), Is.Zero, "once failed inside run");
        Assert.That(o[0].Load(), Is.EqualTo(1), "once failed outside run");
    });

    // Nobody returns from Do before the f that parks has returned.
    [Test]
    public Task TestOnceParks() => runtime.Run(async () =>
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

    [Test]
    public Task TestOncePanic() => runtime.Run(async () =>
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
        Assert.That(r?.Value, Is.EqualTo("failed"));

        var twice = false;
        await once.Do(() => { twice = true; });
        Assert.That(twice, Is.False, "Once.Do called twice");
    });
}
