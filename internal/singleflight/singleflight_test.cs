// Ports src/internal/singleflight/singleflight_test.go of go1.20.
using System.Threading.Tasks;
using static golang.builtin;

namespace golang;

/// <summary>One call of several for the same key.</summary>
[TestFixture]
public class singleflight_test
{
    /// <summary>A value comes back.</summary>
    [Test]
    public Task TestDo() => testing.Run(static async () =>
    {
        var g = new singleflight.Group();
        var (v, err, _) = await g.Do("key", static async () =>
        {
            await runtime.Gosched();
            return ("bar", null);
        });
        Assert.That(v, Is.EqualTo("bar"));
        Assert.That(err, Is.Null);
    });

    /// <summary>An error comes back.</summary>
    [Test]
    public Task TestDoErr() => testing.Run(static async () =>
    {
        var g = new singleflight.Group();
        var someErr = errors.New("some error");
        var (v, err, _) = await g.Do("key", async () =>
        {
            await runtime.Gosched();
            return (null, someErr);
        });
        Assert.That(err, Is.SameAs(someErr));
        Assert.That(v, Is.Null);
    });

    /// <summary>Calls at the same time become one.</summary>
    [Test]
    public Task TestDoDupSuppress() => testing.Run(static async () =>
    {
        var g = new singleflight.Group();
        var wg1 = new sync.WaitGroup();
        var wg2 = new sync.WaitGroup();
        var c = makechan<string>(1);
        var calls = 0;
        async go<(object?, error?)> fn()
        {
            if (System.Threading.Interlocked.Increment(ref calls) == 1)
            {
                // The first call.
                wg1.Done();
            }
            var v = await c.Recv();
            await c.Send(v); // for calls to come

            await time.Sleep(10 * time.Millisecond); // time for more goroutines to enter Do

            return (v, null);
        }

        const int n = 10;
        wg1.Add(1);
        for (var i = 0; i < n; i++)
        {
            wg1.Add(1);
            wg2.Add(1);
            builtin.go(async () =>
            {
                try
                {
                    wg1.Done();
                    var (v, err, _) = await g.Do("key", fn);
                    Assert.That(err, Is.Null);
                    Assert.That(v, Is.EqualTo("bar"));
                }
                finally
                {
                    wg2.Done();
                }
            });
        }
        await wg1.Wait();
        // One goroutine at least is in fn now, and all have come to Do at least.
        await c.Send("bar");
        await wg2.Wait();
        Assert.That(calls, Is.GreaterThan(0).And.LessThan(n));
    });

    /// <summary>A key that nobody else waits for is forgotten, one that is shared is not.</summary>
    [Test]
    public Task TestForgetUnshared() => testing.Run(static async () =>
    {
        var g = new singleflight.Group();

        var firstStarted = new sync.WaitGroup();
        var firstFinished = new sync.WaitGroup();

        firstStarted.Add(1);
        firstFinished.Add(1);

        var key = "key";
        var firstCh = makechan<@struct>();
        builtin.go(async () =>
        {
            await g.Do(key, async () =>
            {
                firstStarted.Done();
                await firstCh.Recv();
                firstFinished.Done();
                return (null, null);
            });
        });

        await firstStarted.Wait();
        await g.ForgetUnshared(key); // from here on no two functions for the key run at the same time

        var secondCh = makechan<@struct>();
        builtin.go(async () =>
        {
            await g.Do(key, async () =>
            {
                // Tell that we have started.
                await secondCh.Send(default);
                await secondCh.Recv();
                return (2, null);
            });
        });

        await secondCh.Recv();

        var resultCh = await g.DoChan(key, static () => throw new PanicException("third must not be started"));

        Assert.That(await g.ForgetUnshared(key), Is.False, "before the first goroutine has finished");

        firstCh.Close();
        await firstFinished.Wait();

        Assert.That(await g.ForgetUnshared(key), Is.False, "after the first goroutine has finished");

        await secondCh.Send(default);

        var result = await resultCh.Recv();
        Assert.That(result.Val, Is.EqualTo(2));
    });

    /// <summary>When all have shared one call, the key is not shared afterwards.</summary>
    [Test]
    public Task TestDoAndForgetUnsharedRace() => testing.Run(static async () =>
    {
        var g = new singleflight.Group();
        var key = "key";
        var d = time.Millisecond;
        for (; ; )
        {
            var calls = 0L;
            var shared = 0L;
            const int n = 1000;
            var wg = new sync.WaitGroup();
            wg.Add(n);
            for (var i = 0; i < n; i++)
            {
                builtin.go(async () =>
                {
                    await g.Do(key, async () =>
                    {
                        await time.Sleep(d);
                        return (System.Threading.Interlocked.Increment(ref calls), null);
                    });
                    if (!await g.ForgetUnshared(key))
                    {
                        System.Threading.Interlocked.Increment(ref shared);
                    }
                    wg.Done();
                });
            }
            await wg.Wait();

            if (calls != 1)
            {
                // The goroutines were not in Do in time, so the key came back, and others
                // may share it now. Give them more time.
                d = d * 2;
                continue;
            }

            // All have shared the first call, so nobody shared the key when they returned.
            Assert.That(shared, Is.Zero);
            break;
        }
    });
}
