// Ports src/time/time_test.go of go1.20: what it has about Duration, and about timers that several goroutines use.
using System.Threading.Tasks;

namespace golang;

public class time_test
{
    private static readonly time.Duration Nanosecond = time.Nanosecond;
    private static readonly time.Duration Microsecond = time.Microsecond;
    private static readonly time.Duration Millisecond = time.Millisecond;
    private static readonly time.Duration Second = time.Second;
    private static readonly time.Duration Minute = time.Minute;
    private static readonly time.Duration Hour = time.Hour;
    private static readonly time.Duration minDuration = time.minDuration;
    private static readonly time.Duration maxDuration = time.maxDuration;

    private static readonly (string str, time.Duration d)[] durationTests =
    [
        ("0s", 0),
        ("1ns", 1 * Nanosecond),
        ("1.1µs", 1100 * Nanosecond),
        ("2.2ms", 2200 * Microsecond),
        ("3.3s", 3300 * Millisecond),
        ("4m5s", 4 * Minute + 5 * Second),
        ("4m5.001s", 4 * Minute + 5001 * Millisecond),
        ("5h6m7.001s", 5 * Hour + 6 * Minute + 7001 * Millisecond),
        ("8m0.000000001s", 8 * Minute + 1 * Nanosecond),
        ("2562047h47m16.854775807s", int64.MaxValue),
        ("-2562047h47m16.854775808s", int64.MinValue),
    ];

    [Test]
    public void TestDurationString()
    {
        foreach (var tt in durationTests)
        {
            Assert.That(tt.d.String(), Is.EqualTo(tt.str));
            if (tt.d > 0)
            {
                Assert.That((-tt.d).String(), Is.EqualTo("-" + tt.str));
            }
        }
    }

    [TestCase(-1000, -1000)]
    [TestCase(-1, -1)]
    [TestCase(1, 1)]
    [TestCase(1000, 1000)]
    public void TestDurationNanoseconds(int64 d, int64 want) => Assert.That(((time.Duration)d).Nanoseconds(), Is.EqualTo(want));

    [TestCase(-1000, -1)]
    [TestCase(1000, 1)]
    public void TestDurationMicroseconds(int64 d, int64 want) => Assert.That(((time.Duration)d).Microseconds(), Is.EqualTo(want));

    [TestCase(-1000000, -1)]
    [TestCase(1000000, 1)]
    public void TestDurationMilliseconds(int64 d, int64 want) => Assert.That(((time.Duration)d).Milliseconds(), Is.EqualTo(want));

    [TestCase(300000000, 0.3)]
    public void TestDurationSeconds(int64 d, float64 want) => Assert.That(((time.Duration)d).Seconds(), Is.EqualTo(want));

    [TestCase(-60000000000, -1)]
    [TestCase(-1, -1 / 60e9)]
    [TestCase(1, 1 / 60e9)]
    [TestCase(60000000000, 1)]
    [TestCase(3000, 5e-8)]
    public void TestDurationMinutes(int64 d, float64 want) => Assert.That(((time.Duration)d).Minutes(), Is.EqualTo(want));

    [TestCase(-3600000000000, -1)]
    [TestCase(-1, -1 / 3600e9)]
    [TestCase(1, 1 / 3600e9)]
    [TestCase(3600000000000, 1)]
    [TestCase(36, 1e-11)]
    public void TestDurationHours(int64 d, float64 want) => Assert.That(((time.Duration)d).Hours(), Is.EqualTo(want));

    private static readonly (time.Duration d, time.Duration m, time.Duration want)[] durationTruncateTests =
    [
        (0, Second, 0),
        (Minute, -7 * Second, Minute),
        (Minute, 0, Minute),
        (Minute, 1, Minute),
        (Minute + 10 * Second, 10 * Second, Minute + 10 * Second),
        (2 * Minute + 10 * Second, Minute, 2 * Minute),
        (10 * Minute + 10 * Second, 3 * Minute, 9 * Minute),
        (Minute + 10 * Second, Minute + 10 * Second + 1, 0),
        (Minute + 10 * Second, Hour, 0),
        (-Minute, Second, -Minute),
        (-10 * Minute, 3 * Minute, -9 * Minute),
        (-10 * Minute, Hour, 0),
    ];

    [Test]
    public void TestDurationTruncate()
    {
        foreach (var tt in durationTruncateTests)
        {
            Assert.That(tt.d.Truncate(tt.m), Is.EqualTo(tt.want), $"Duration({tt.d}).Truncate({tt.m})");
        }
    }

    private static readonly (time.Duration d, time.Duration m, time.Duration want)[] durationRoundTests =
    [
        (0, Second, 0),
        (Minute, -11 * Second, Minute),
        (Minute, 0, Minute),
        (Minute, 1, Minute),
        (2 * Minute, Minute, 2 * Minute),
        (2 * Minute + 10 * Second, Minute, 2 * Minute),
        (2 * Minute + 30 * Second, Minute, 3 * Minute),
        (2 * Minute + 50 * Second, Minute, 3 * Minute),
        (-Minute, 1, -Minute),
        (-2 * Minute, Minute, -2 * Minute),
        (-2 * Minute - 10 * Second, Minute, -2 * Minute),
        (-2 * Minute - 30 * Second, Minute, -3 * Minute),
        (-2 * Minute - 50 * Second, Minute, -3 * Minute),
        ((int64)8e18, (int64)3e18, (int64)9e18),
        ((int64)9e18, (int64)5e18, int64.MaxValue),
        ((int64)(-8e18), (int64)3e18, (int64)(-9e18)),
        ((int64)(-9e18), (int64)5e18, int64.MinValue),
        ((3L << 61) - 1, 3L << 61, 3L << 61),
    ];

    [Test]
    public void TestDurationRound()
    {
        foreach (var tt in durationRoundTests)
        {
            Assert.That(tt.d.Round(tt.m), Is.EqualTo(tt.want), $"Duration({tt.d}).Round({tt.m})");
        }
    }

    private static readonly (time.Duration d, time.Duration want)[] durationAbsTests =
    [
        (0, 0),
        (1, 1),
        (-1, 1),
        (1 * Minute, 1 * Minute),
        (-1 * Minute, 1 * Minute),
        (minDuration, maxDuration),
        (minDuration + 1, maxDuration),
        (minDuration + 2, maxDuration - 1),
        (maxDuration, maxDuration),
        (maxDuration - 1, maxDuration - 1),
    ];

    [Test]
    public void TestDurationAbs()
    {
        foreach (var tt in durationAbsTests)
        {
            Assert.That(tt.d.Abs(), Is.EqualTo(tt.want), $"Duration({tt.d}).Abs()");
        }
    }

    [Test]
    public void TestAddSub()
    {
        var t = time.Now();
        var u = t.Add(Second);
        Assert.That(u.Sub(t), Is.EqualTo(Second));
        Assert.That(u.After(t) && t.Before(u) && !t.Equal(u));
        Assert.That(u.Add(-1 * Second).Equal(t));
        Assert.That(default(time.Time).IsZero() && !t.IsZero());
    }

    // Issue 37400: it once said "invalid timer value".
    [Test]
    public Task TestConcurrentTimerReset() => testing.Run(async () =>
    {
        const int goroutines = 8;
        const int tries = 1000;
        var wg = new sync.WaitGroup();
        wg.Add(goroutines);
        var timer = time.NewTimer(Hour);
        for (var i = 0; i < goroutines; i++)
        {
            builtin.go(async i =>
            {
                for (var j = 0; j < tries; j++)
                {
                    timer.Reset(Hour + (time.Duration)(i * j));
                }
                wg.Done();
            }, i);
        }
        await wg.Wait();
    });

    // Issue 37400: it once said "invalid timer value".
    [Test]
    public Task TestConcurrentTimerResetStop() => testing.Run(async () =>
    {
        const int goroutines = 8;
        const int tries = 1000;
        var wg = new sync.WaitGroup();
        wg.Add(goroutines * 2);
        var timer = time.NewTimer(Hour);
        for (var i = 0; i < goroutines; i++)
        {
            builtin.go(async i =>
            {
                for (var j = 0; j < tries; j++)
                {
                    timer.Reset(Hour + (time.Duration)(i * j));
                }
                wg.Done();
            }, i);
            builtin.go(async i =>
            {
                timer.Stop();
                wg.Done();
            }, i);
        }
        await wg.Wait();
    });
}
