// Ports src/time/tick_test.go of go1.20.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace go;

public class tick_test
{
    private static Task Run(Func<go> fn) => runtime.Run(fn).WaitAsync(TimeSpan.FromMinutes(2));

    [Test]
    public Task TestTicker() => Run(async () =>
    {
        // We want to test that a ticker takes as much time as expected.
        // Since we don't want the test to run for too long, we don't
        // want to use lengthy times. This makes the test inherently flaky.
        // Start with a short time, but try again with a long one if the
        // first test fails.
        var errs = new List<string>();
        foreach (var (count, delta) in new[] { (10, 20 * time.Millisecond), (8, 1 * time.Second) })
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
            var dt = time.Now().Sub(t0);
            var target = 3 * delta * (time.Duration)(count / 2);
            var slop = target * 3 / 10;
            if (dt < target - slop || dt > target + slop)
            {
                errs.Add($"{count / 2} {delta} ticks then {count / 2} {delta * 2} ticks took {dt}");
                continue;
            }
            // Now test that the ticker stopped.
            await time.Sleep(2 * delta);
            if (ticker.C.selectnbrecv().selected)
            {
                errs.Add("Ticker did not shut down");
                continue;
            }
            return;
        }
        Assert.Fail(string.Join("\n", errs));
    });

    // Issue 21874
    [Test]
    public void TestTickerStopWithDirectInitialization()
    {
        var c = builtin.makechan<time.Time>();
        var tk = new time.Ticker { C = c };
        tk.Stop();
    }

    // A ticker that was stopped ticks again after Reset.
    [Test]
    public Task TestTickerResetStopped() => Run(async () =>
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

    // Test that a bug tearing down a ticker has been fixed. This routine should not deadlock.
    [Test]
    public Task TestTeardown() => Run(async () =>
    {
        var Delta = 20 * time.Millisecond;
        for (var i = 0; i < 3; i++)
        {
            var ticker = time.NewTicker(Delta);
            await ticker.C.Recv();
            ticker.Stop();
        }
    });

    // Test the Tick convenience wrapper.
    [Test]
    public void TestTick() => Assert.That(time.Tick(-1), Is.Null);

    // Test that NewTicker panics when given a duration less than zero.
    [Test]
    public void TestNewTickerLtZeroDuration() => Assert.That(() => time.NewTicker(-1), Throws.TypeOf<PanicException>());

    // Test that Ticker.Reset panics when given a duration less than zero.
    [Test]
    public Task TestTickerResetLtZeroDuration() => Run(() =>
    {
        var tk = time.NewTicker(time.Second);
        Assert.That(() => tk.Reset(0), Throws.TypeOf<PanicException>());
        tk.Stop();
        return default;
    });
}
