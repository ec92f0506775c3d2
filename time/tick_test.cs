// Ports src/time/tick_test.go of go1.20.
using System.Collections.Generic;
using System.Threading.Tasks;
using static golang.builtin;
using static golang.internal_test;

namespace golang;

public class tick_test
{
    [Test]
    public Task TestTicker() => testing.Run(async () =>
    {
        // A ticker takes the time that it should.
        // The times are short, so that the test is,
        // and on a busy machine too short now and then.
        // So if it fails, it is
        // tried with a long time.

        const int baseCount = 10;
        var baseDelta = 20 * time.Millisecond;

        var errs = new List<string>();
        foreach (var (count, delta) in new[] { (baseCount, baseDelta), (8, 1 * time.Second) })
        {
            var ticker = time.NewTicker(delta);
            var t0 = time.Now();
            for (var i = 0; i < count / 2; i++)
            {
                await ticker.C.Recv();
            }
            ticker.Reset(delta * 2);
            for (var i = count / 2; i < count; i++)
            {
                await ticker.C.Recv();
            }
            ticker.Stop();
            var t1 = time.Now();
            var dt = t1.Sub(t0);
            var target = 3 * delta * (time.Duration)(count / 2);
            var slop = target * 3 / 10;
            if (dt < target - slop || dt > target + slop)
            {
                errs.Add($"{count / 2} {delta} ticks then {count / 2} {delta * 2} ticks took {dt}, expected [{target - slop},{target + slop}]");
                if (dt > target + slop)
                {
                    // The machine may be overloaded; give it
                    // some time.
                    await time.Sleep(time.Second / 2);
                }
                continue;
            }
            // And it has stopped.
            await time.Sleep(2 * delta);
            if (await select(ticker.C.recvcase(), defaultcase) == 0)
            {
                errs.Add("Ticker did not shut down");
                continue;
            }

            // All was well.
            return;
        }

        Assert.Fail(string.Join("\n", errs));
    });

    // Go's issue 21874.
    [Test]
    public void TestTickerStopWithDirectInitialization()
    {
        var c = builtin.makechan<time.Time>();
        var tk = new time.Ticker { C = c };
        tk.Stop();
    }

    // It once came to a deadlock when a ticker was stopped.
    [Test]
    public Task TestTeardown() => testing.Run(async () =>
    {
        var Delta = (testing.Short() ? 20 : 100) * time.Millisecond;
        for (var i = 0; i < 3; i++)
        {
            var ticker = time.NewTicker(Delta);
            await ticker.C.Recv();
            ticker.Stop();
        }
    });

    // Tick, a NewTicker without the Ticker.
    [Test]
    public void TestTick()
    {
        // none for a negative duration
        Assert.That(time.Tick(-1), Is.Null);
    }

    // NewTicker panics if the duration is negative.
    [Test]
    public void TestNewTickerLtZeroDuration() => Assert.That(() => time.NewTicker(-1),
        Throws.TypeOf<PanicException>().With.Property(nameof(PanicException.Value)).InstanceOf<error>().And.Message.EqualTo("non-positive interval for NewTicker"));

    // Ticker.Reset panics if the duration is not positive.
    [Test]
    public Task TestTickerResetLtZeroDuration() => testing.Run(() =>
    {
        var tk = time.NewTicker(time.Second);
        Assert.That(() => tk.Reset(0), Throws.TypeOf<PanicException>());
        tk.Stop();
        return default;
    });

    // The tests below are not Go's.

    // A ticker that was stopped ticks again after Reset.
    [Test]
    public Task TestTickerResetStopped() => testing.Run(async () =>
    {
        var ticker = time.NewTicker(time.Hour);
        ticker.Stop();
        ticker.Reset(time.Millisecond);
        for (var i = 0; i < 3; i++)
        {
            await ticker.C.Recv();
            GC.Collect();
        }
        ticker.Stop();
    });
}
