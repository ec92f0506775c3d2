// Ports src/time/sleep_test.go of go1.20.
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using static golang.builtin;
using static golang.internal_test;

namespace golang;

public class sleep_test
{
    [Test]
    public Task TestSleep() => testing.Run(async () =>
    {
        var delay = 100 * time.Millisecond;
        builtin.go(async () =>
        {
            await time.Sleep(delay / 2);
            Interrupt();
        });
        var start = time.Now();
        await time.Sleep(delay);
        var duration = time.Now().Sub(start);
        Assert.That(duration, Is.GreaterThanOrEqualTo(delay), $"Sleep({delay}) slept for only {duration}");
    });

    // That the function is called, no more: the order of
    // several is tested with After, which is made of
    // the same.
    [Test]
    public Task TestAfterFunc() => testing.Run(async () =>
    {
        var i = 10;
        var c = builtin.makechan<bool>();
        Func<go> f = null!;
        f = async () =>
        {
            i--;
            if (i >= 0)
            {
                time.AfterFunc(0, f);
                await time.Sleep(1 * time.Second);
            }
            else
            {
                await c.Send(true);
            }
        };

        time.AfterFunc(0, f);
        await c.Recv();
    });

    [Test]
    public Task TestAfterStress() => testing.Run(async () =>
    {
        var stop = false;
        builtin.go(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                await runtime.GC();
                // Give way, for the timer to be served
                // and to send to the main goroutine,
                // which sets stop in the end.
                await time.Sleep(time.Nanosecond);
            }
        });
        var ticker = time.NewTicker(1);
        for (var i = 0; i < 100; i++)
        {
            await ticker.C.Recv();
        }
        ticker.Stop();
        Volatile.Write(ref stop, true);
    });

    [Test]
    public Task TestAfter() => testing.Run(async () =>
    {
        var delay = 100 * time.Millisecond;
        var start = time.Now();
        var end = await time.After(delay).Recv();
        var duration = time.Now().Sub(start);
        Assert.That(duration, Is.GreaterThanOrEqualTo(delay), $"After({delay}) slept for only {duration}");
        var min = start.Add(delay);
        Assert.That(end.Before(min), Is.False, $"After({delay}) too early by {min.Sub(end)}");
    });

    [Test]
    public Task TestAfterTick() => testing.Run(async () =>
    {
        const int Count = 10;
        var Delta = 10 * time.Millisecond; // as in go test -short, where there is no limit above
        var t0 = time.Now();
        for (var i = 0; i < Count; i++)
        {
            await time.After(Delta).Recv();
        }
        var t1 = time.Now();
        var d = t1.Sub(t0);
        var target = Delta * Count;
        Assert.That(d, Is.GreaterThanOrEqualTo(target * 9 / 10), $"{Count} ticks of {Delta} too fast: took {d}, expected {target}");
    });

    [Test]
    public Task TestAfterStop() => testing.Run(async () =>
    {
        // A timer is stopped before it goes off,
        // and then has not gone off when a longer one has.
        // The times are short, so that the test is,
        // and on a busy machine too short now and then:
        // it has to fail five times in a row.

        var errs = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            time.AfterFunc(100 * time.Millisecond, () => { });
            var t0 = time.NewTimer(50 * time.Millisecond);
            var c1 = builtin.makechan<bool>(1);
            var t1 = time.AfterFunc(150 * time.Millisecond, () => c1.Send(true));
            var c2 = time.After(200 * time.Millisecond);
            if (!t0.Stop())
            {
                errs.Add("failed to stop event 0");
                continue;
            }
            if (!t1.Stop())
            {
                errs.Add("failed to stop event 1");
                continue;
            }
            await c2.Recv();
            switch (await select(t0.C.recvcase(), c1.recvcase(), defaultcase))
            {
                case 0:
                    errs.Add("event 0 was not stopped");
                    continue;
                case 1:
                    errs.Add("event 1 was not stopped");
                    continue;
            }
            if (t1.Stop())
            {
                errs.Add("Stop returned true twice");
                continue;
            }

            // All was well.
            return;
        }

        Assert.Fail(string.Join("\n", errs));
    });

    [Test]
    public Task TestAfterQueuing() => testing.Run(async () =>
    {
        // It depends on the machine's speed, so it may fail
        // a few times, each time with more time.
        const int attempts = 5;
        var err = "!=nil";
        for (var i = 0; i < attempts && err != null; i++)
        {
            var delta = (20 + i * 50) * time.Millisecond;
            err = await testAfterQueuing(delta);
            if (err != null)
            {
                TestContext.Out.WriteLine($"attempt {i} failed: {err}");
            }
        }
        Assert.That(err, Is.Null);
    });

    private static readonly int[] slots = [5, 3, 6, 6, 6, 1, 1, 2, 7, 9, 4, 8, 0];

    private readonly record struct afterResult(int slot, time.Time t);

    private static async go await_(int slot, chan<afterResult> result, chan<time.Time> ac)
    {
        await result.Send(new afterResult(slot, await ac.Recv()));
    }

    private static async go<string?> testAfterQueuing(time.Duration delta)
    {
        // with a buffer, so that in whatever order senders that
        // wait would be served, it does not matter
        // here
        var result = builtin.makechan<afterResult>(slots.Length);

        var t0 = time.Now();
        foreach (var slot in slots)
        {
            var ac = time.After((time.Duration)slot * delta);
            builtin.go(() => await_(slot, result, ac));
        }
        var order = new List<int>();
        var times = new List<time.Time>();
        foreach (var _ in slots)
        {
            var r = await result.Recv();
            order.Add(r.slot);
            times.Add(r.t);
        }
        for (var i = 0; i < order.Count; i++)
        {
            if (i > 0 && order[i] < order[i - 1])
            {
                return $"After calls returned out of order: {string.Join(' ', order)}";
            }
        }
        for (var i = 0; i < times.Count; i++)
        {
            var dt = times[i].Sub(t0);
            var target = (time.Duration)order[i] * delta;
            if (dt < target - delta / 2 || dt > target + delta * 10)
            {
                return $"After({target}) arrived at {dt}, expected [{target - delta / 2},{target + delta * 10}]";
            }
        }
        return null;
    }

    [Test]
    public Task TestTimerStopStress() => testing.Run(async t =>
    {
        if (testing.Short())
        {
            Assert.Ignore("skipping in short mode");
        }
        for (var i1 = 0; i1 < 100; i1++)
        {
            var i = i1;
            builtin.go(async () =>
            {
                var timer = time.AfterFunc(2 * time.Second, () => t.Errorf($"timer {i} was not stopped"));
                await time.Sleep(1 * time.Second);
                timer.Stop();
            });
        }
        await time.Sleep(3 * time.Second);
    });

    [Test]
    public Task TestSleepZeroDeadlock() => testing.Run(async () =>
    {
        // How Sleep(0) once came to hang:
        // it set the G's status to Gwaiting, and returned at once without setting it back.
        // Then the goroutine got into the scheduler because a collection was wanted,
        // after which nobody made a G that was in Gwaiting ready.
        await testing.WithGOMAXPROCS(4, async () =>
        {
            var c = builtin.makechan<bool>();
            builtin.go(async () =>
            {
                for (var i = 0; i < 100; i++)
                {
                    await runtime.GC();
                }
                await c.Send(true);
            });
            for (var i = 0; i < 100; i++)
            {
                await time.Sleep(0);
                var tmp = builtin.makechan<bool>(1);
                await tmp.Send(true);
                await tmp.Recv();
            }
            await c.Recv();
        });
    });

    private static async go<string?> testReset(time.Duration d)
    {
        var t0 = time.NewTimer(2 * d);
        await time.Sleep(d);
        if (!t0.Reset(3 * d))
        {
            return "resetting unfired timer returned false";
        }
        await time.Sleep(2 * d);
        if (await select(t0.C.recvcase(), defaultcase) == 0)
        {
            return "timer fired early";
        }
        await time.Sleep(2 * d);
        if (await select(t0.C.recvcase(), defaultcase) == 1)
        {
            return "reset timer did not fire";
        }

        if (t0.Reset(50 * time.Millisecond))
        {
            return "resetting expired timer returned true";
        }
        return null;
    }

    [Test]
    public Task TestReset() => testing.Run(async () =>
    {
        // With longer and longer times until it succeeds: a slow or busy
        // machine gets the time that it needs,
        // and a fast one does not take it.
        var unit = 25 * time.Millisecond;
        time.Duration[] tries =
        [
            1 * unit,
            3 * unit,
            7 * unit,
            15 * unit,
        ];
        string? err = null;
        foreach (var d in tries)
        {
            err = await testReset(d);
            if (err == null)
            {
                return;
            }
        }
        Assert.Fail(err!);
    });

    // A sleep or timer for so long that the time overflows
    // does not end early, and does not get in the way
    // of other timers, here and in later
    // tests.
    [Test]
    public Task TestOverflowSleep() => testing.Run(async () =>
    {
        time.Duration big = int64.MaxValue; // 1<<63 - 1

        builtin.go(async () =>
        {
            await time.Sleep(big);
            // The test may be over by then, so
            // all that is left is a panic.
            builtin.panic("big sleep returned");
        });

        Assert.That(await select(time.After(big).recvcase(), time.After(25 * time.Millisecond).recvcase()), Is.EqualTo(1), "big timeout fired");

        time.Duration neg = int64.MinValue; // -1 << 63
        await time.Sleep(neg); // returns at once
        Assert.That(await select(time.After(neg).recvcase(), time.After(1 * time.Second).recvcase()), Is.Zero, "negative timeout didn't fire");
    });

    [Test]
    public Task TestOverflowPeriodRuntimeTimer() => testing.Run(async () =>
    {
        // If timers are broken it may hang; the end of
        // CheckRuntimeTimerPeriodOverflow says why.
        await CheckRuntimeTimerPeriodOverflow();
    });

    private static void checkZeroPanicString(Action f)
    {
        Assert.That(f, Throws.TypeOf<PanicException>().With.Message.Contains("called on uninitialized Timer"));
    }

    [Test]
    public void TestZeroTimerResetPanics() => checkZeroPanicString(() =>
    {
        var tr = new time.Timer();
        tr.Reset(1);
    });

    [Test]
    public void TestZeroTimerStopPanics() => checkZeroPanicString(() =>
    {
        var tr = new time.Timer();
        tr.Stop();
    });

    // The scheduler does not overlook timers of no duration. Go's issue 44868.
    [Test]
    public Task TestZeroTimer() => testing.Run(async () =>
    {
        if (testing.Short())
        {
            Assert.Ignore("skipping in short mode");
        }
        for (var i = 0; i < 1000000; i++)
        {
            var s = time.Now();
            var ti = time.NewTimer(0);
            await ti.C.Recv();
            var diff = time.Since(s);
            if (diff > 2 * time.Second)
            {
                Assert.Fail($"Expected time to get value from Timer channel in less than 2 sec, took {diff}");
            }
        }
    });

    // A timer that is moved to an earlier time again and again is not lost.
    // Go's issue 47329.
    [Test]
    public Task TestTimerModifiedEarlier() => testing.Run(async () =>
    {
        var past = time.Until(time.Unix(0, 0));
        const int count = 1000;
        var fail = 0;
        var deadlines = new List<time.Timer>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var timer = time.NewTimer(time.Hour);
                for (var j = 0; j < 10; j++)
                {
                    if (!timer.Stop())
                    {
                        await timer.C.Recv();
                    }
                    timer.Reset(past);
                }

                var deadline = time.NewTimer(10 * time.Second);
                deadlines.Add(deadline);
                var now = time.Now();
                switch (await select(timer.C.recvcase(), deadline.C.recvcase()))
                {
                    case 0:
                        if (time.Since(now) > 8 * time.Second)
                        {
                            fail++;
                        }
                        break;
                    case 1:
                        Assert.Fail("deadline expired");
                        break;
                }
            }
        }
        finally
        {
            deadlines.ForEach(deadline => deadline.Stop());
        }

        Assert.That(fail, Is.Zero, "timer took too long");
    });

    // Nor are those that are moved to earlier and later times
    // by turns.
    // Go's issue 47762.
    [Test]
    public Task TestAdjustTimers() => testing.Run(async () =>
    {
        var rnd = new Random();

        var timers = new time.Timer[100];
        var states = new int[timers.Length];
        var indices = new int[timers.Length];
        for (var k = 0; k < indices.Length; k++)
        {
            indices[k] = k;
        }
        rnd.Shuffle(indices);
        var left = indices.Length;

        while (left != 0)
        {
            var ii = rnd.Next(left);
            var i = indices[ii];

            var timer = timers[i];
            var state = states[i];
            states[i]++;

            switch (state)
            {
                case 0:
                    timers[i] = time.NewTimer(0);
                    break;
                case 1:
                    await timer.C.Recv(); // idle from here on
                    break;

                // To long durations, none of which will pass.
                case 2:
                    Assert.That(timer.Reset(1 * time.Minute), Is.False, "shouldn't be active (1)");
                    break;
                case 4:
                    Assert.That(timer.Reset(3 * time.Minute), Is.False, "shouldn't be active (3)");
                    break;
                case 6:
                    Assert.That(timer.Reset(2 * time.Minute), Is.False, "shouldn't be active (2)");
                    break;

                // The long ones are stopped and drained.
                case 3 or 5 or 7:
                    if (!timer.Stop())
                    {
                        await timer.C.Recv();
                    }
                    break;

                // A short one, which should be there at once.
                case 8:
                    Assert.That(timer.Reset(0), Is.False, "timer.Reset returned true");
                    break;
                case 9:
                    // PORT(test): Go allows 750 milliseconds. The other timers are a minute long.
                    var now = time.Now();
                    await timer.C.Recv();
                    var dur = time.Since(now);
                    Assert.That(dur, Is.LessThan(20 * time.Second), $"timer {i} took {dur} to complete");
                    break;

                // Done with it. The last one takes its place.
                case 10:
                    indices[ii] = indices[left - 1];
                    left--;
                    break;
            }
        }
    });

    // The tests below are not Go's.

    // Durations around what the timers round to, none of them too short.
    [TestCase(1)]
    [TestCase(1000)]
    [TestCase(999_999)]
    [TestCase(1_000_000)]
    [TestCase(1_000_001)]
    [TestCase(20_000_000)]
    public Task TestSleepAtLeast(int64 ns) => testing.Run(async () =>
    {
        for (var i = 0; i < 10; i++)
        {
            var start = time.Now();
            await time.Sleep(ns);
            Assert.That((int64)time.Since(start), Is.GreaterThanOrEqualTo(ns));
        }
    });

    // Of many goroutines that sleep none wakes too early.
    [Test]
    public Task TestSleepMany() => testing.Run(async () =>
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

    // A timer that nobody knows any more goes off all the same, and its memory is freed then; so is that of one that
    // was stopped, and of one that only its own function knows.
    [Test]
    public Task TestTimerCollected() => testing.Run(async () =>
    {
        var gone = new List<WeakReference>();
        var fired = builtin.makechan<int>(300);
        make(gone, fired);
        for (var i = 0; i < 200; i++)
        {
            GC.Collect();
            await fired.Recv();
        }
        for (var i = 0; i < 100 && gone.Exists(w => w.IsAlive); i++)
        {
            // What is stopped leaves the heap when the heap is cleaned.
            await time.Sleep(time.Millisecond);
            time.NewTimer(time.Hour).Stop();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(gone.FindAll(w => w.IsAlive), Has.Count.LessThan(5));

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void make(List<WeakReference> gone, chan<int> fired)
        {
            for (var i = 0; i < 100; i++)
            {
                // Goes off twice, and its function knows it.
                time.Timer t = null!;
                var n = 0;
                t = time.AfterFunc(time.Hour, () =>
                {
                    if (n++ == 0)
                    {
                        t.Reset(10 * time.Millisecond);
                    }
                    return fired.Send(n);
                });
                // Not before t is there.
                t.Reset(10 * time.Millisecond);
                gone.Add(new WeakReference(t));
                var s = time.NewTimer(time.Hour);
                s.Stop();
                gone.Add(new WeakReference(s));
            }
        }
    });
}
