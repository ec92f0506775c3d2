// Ports src/time/sleep_test.go of go1.20.
using System.Threading;
using System.Threading.Tasks;

namespace go;

public class sleep_test
{
    [Test]
    public Task TestSleep() => runtime.Run(async () =>
    {
        var delay = 100 * time.Millisecond;
        var half = 0;
        builtin.go(async () =>
        {
            await time.Sleep(delay / 2);
            Volatile.Write(ref half, 1);
        });
        var start = time.Now();
        await time.Sleep(delay);
        var duration = time.Now().Sub(start);
        Assert.That((int64)duration, Is.GreaterThanOrEqualTo((int64)delay));
        while (Volatile.Read(ref half) == 0)
        {
            await time.Sleep(time.Millisecond);
        }
    });

    // Durations around what the timers round to, none of them too short.
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(999_999)]
    [TestCase(1_000_000)]
    [TestCase(1_000_001)]
    [TestCase(20_000_000)]
    public Task TestSleepAtLeast(int64 ns) => runtime.Run(async () =>
    {
        for (var i = 0; i < 10; i++)
        {
            var start = time.Now();
            await time.Sleep(ns);
            Assert.That((int64)time.Since(start), Is.GreaterThanOrEqualTo(ns));
        }
    });

    // Go's TestSleepZeroDeadlock collects garbage meanwhile; here others come and go.
    [Test]
    public Task TestSleepZeroDeadlock() => runtime.Run(async () =>
    {
        var old = await runtime.GOMAXPROCS(4);
        try
        {
            var done = 0;
            builtin.go(async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await runtime.Gosched();
                }
                Volatile.Write(ref done, 1);
            });
            for (var i = 0; i < 100; i++)
            {
                await time.Sleep(0);
                await runtime.Gosched();
            }
            while (Volatile.Read(ref done) == 0)
            {
                await time.Sleep(0);
                await runtime.Gosched();
            }
        }
        finally
        {
            await runtime.GOMAXPROCS(old);
        }
    });

    // Of many goroutines that sleep none wakes too early.
    [Test]
    public Task TestSleepMany() => runtime.Run(async () =>
    {
        const int n = 5;
        var woken = new int64[n];
        var left = n;
        var t0 = time.Now();
        for (var i = n - 1; i >= 0; i--)
        {
            var j = i;
            builtin.go(async () =>
            {
                await time.Sleep((j + 1) * 10 * time.Millisecond);
                woken[j] = (int64)time.Since(t0);
                Interlocked.Decrement(ref left);
            });
        }
        while (Volatile.Read(ref left) != 0)
        {
            await time.Sleep(time.Millisecond);
        }
        for (var i = 0; i < n; i++)
        {
            Assert.That(woken[i], Is.GreaterThanOrEqualTo((int64)((i + 1) * 10 * time.Millisecond)));
        }
    });

    [Test]
    public Task TestOverflowSleep() => runtime.Run(async () =>
    {
        time.Duration big = int64.MaxValue; // 1<<63 - 1
        var returned = 0;
        builtin.go(async () =>
        {
            await time.Sleep(big);
            Volatile.Write(ref returned, 1);
        });
        await time.Sleep(25 * time.Millisecond);
        Assert.That(Volatile.Read(ref returned), Is.Zero, "big sleep returned");

        time.Duration neg = int64.MinValue; // -1 << 63
        await time.Sleep(neg); // Returns immediately.
    });
}
