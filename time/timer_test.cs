// Ports src/time/sleep_test.go of go1.20: the tests of timers.
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using static go.builtin;

namespace go;

public class timer_test
{
    private static Task Run(Func<go> fn) => runtime.Run(fn).WaitAsync(TimeSpan.FromMinutes(2));

    [Test]
    public Task TestAfterFunc() => Run(async () =>
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
    public Task TestAfterStress() => Run(async () =>
    {
        var stop = 0;
        builtin.go(async () =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                GC.Collect();
                // Yield so that the OS can wake up the timer thread,
                // so that it can generate channel sends for the main goroutine,
                // which will eventually set stop = 1 for us.
                await time.Sleep(time.Nanosecond);
            }
        });
        var ticker = time.NewTicker(1);
        for (var i = 0; i < 100; i++)
        {
            await ticker.C.Recv();
        }
        ticker.Stop();
        Volatile.Write(ref stop, 1);
    });

    [Test]
    public Task TestAfter() => Run(async () =>
    {
        var delay = 100 * time.Millisecond;
        var start = time.Now();
        var end = await time.After(delay).Recv();
        Assert.That((int64)time.Now().Sub(start), Is.GreaterThanOrEqualTo((int64)delay));
        Assert.That(end.Before(start.Add(delay)), Is.False);
    });

    [Test]
    public Task TestAfterTick() => Run(async () =>
    {
        const int Count = 10;
        var Delta = 10 * time.Millisecond;
        var t0 = time.Now();
        for (var i = 0; i < Count; i++)
        {
            await time.After(Delta).Recv();
        }
        var d = time.Now().Sub(t0);
        var target = Delta * Count;
        Assert.That((int64)d, Is.GreaterThanOrEqualTo((int64)(target * 9 / 10)));
    });

    [Test]
    public Task TestAfterStop() => Run(async () =>
    {
        // We want to test that we stop a timer before it runs, and that it didn't run after a longer timer.
        // Only report an error if it fails five times in a row.
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
            var fired = await select(t0.C.recvcase(), c1.recvcase(), defaultcase);
            if (fired != 2)
            {
                errs.Add($"event {fired} was not stopped");
                continue;
            }
            if (t1.Stop())
            {
                errs.Add("Stop returned true twice");
                continue;
            }
            return;
        }
        Assert.Fail(string.Join("\n", errs));
    });

    private static readonly int[] slots = [5, 3, 6, 6, 6, 1, 1, 2, 7, 9, 4, 8, 0];

    [Test]
    public Task TestAfterQueuing() => Run(async () =>
    {
        // This test flakes out on some systems,
        // so we'll try it a few times before declaring it a failure.
        const int attempts = 5;
        string? err = "!=nil";
        for (var i = 0; i < attempts && err != null; i++)
        {
            err = await testAfterQueuing((20 + i * 50) * time.Millisecond);
        }
        Assert.That(err, Is.Null);
    });

    private static async go<string?> testAfterQueuing(time.Duration delta)
    {
        var result = builtin.makechan<(int slot, time.Time t)>(slots.Length);
        var t0 = time.Now();
        foreach (var slot in slots)
        {
            var ac = time.After((time.Duration)slot * delta);
            builtin.go(async () => await result.Send((slot, await ac.Recv())));
        }
        var order = new List<int>();
        foreach (var _ in slots)
        {
            var (slot, t) = await result.Recv();
            if (order.Count > 0 && slot < order[^1])
            {
                return "After calls returned out of order";
            }
            order.Add(slot);
            var dt = t.Sub(t0);
            var target = (time.Duration)slot * delta;
            if (dt < target - delta / 2 || dt > target + delta * 10)
            {
                return $"After({target}) arrived at {dt}";
            }
        }
        return null;
    }

    [Test]
    public Task TestReset() => Run(async () =>
    {
        // We try to run this test with increasingly larger multiples
        // until one works so slow, loaded hardware isn't as flaky,
        // but without slowing down fast machines unnecessarily.
        var unit = 25 * time.Millisecond;
        string? err = null;
        foreach (var d in new[] { 1 * unit, 3 * unit, 7 * unit, 15 * unit })
        {
            err = await testReset(d);
            if (err == null)
            {
                return;
            }
        }
        Assert.Fail(err!);
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
        if (t0.C.selectnbrecv().selected)
        {
            return "timer fired early";
        }
        await time.Sleep(2 * d);
        if (!t0.C.selectnbrecv().selected)
        {
            return "reset timer did not fire";
        }
        if (t0.Reset(50 * time.Millisecond))
        {
            return "resetting expired timer returned true";
        }
        return null;
    }

    // Sleeping (via Timer) for an interval so large it
    // overflows does not result in a short sleep duration.
    [Test]
    public Task TestOverflowSleep() => Run(async () =>
    {
        time.Duration big = int64.MaxValue;
        Assert.That(await select(time.After(big).recvcase(), time.After(25 * time.Millisecond).recvcase()), Is.EqualTo(1), "big timeout fired");
        time.Duration neg = int64.MinValue;
        await time.Sleep(neg); // Returns immediately.
        Assert.That(await select(time.After(neg).recvcase(), time.After(1 * time.Second).recvcase()), Is.Zero, "negative timeout didn't fire");
    });

    [Test]
    public void TestZeroTimerResetPanics() =>
        Assert.That(() => new time.Timer().Reset(1), Throws.TypeOf<PanicException>().With.Message.Contains("called on uninitialized Timer"));

    [Test]
    public void TestZeroTimerStopPanics() =>
        Assert.That(() => new time.Timer().Stop(), Throws.TypeOf<PanicException>().With.Message.Contains("called on uninitialized Timer"));

    // Test that zero duration timers aren't missed by the scheduler. Regression test for issue 44868.
    [Test]
    public Task TestZeroTimer() => Run(async () =>
    {
        for (var i = 0; i < 10000; i++)
        {
            var s = time.Now();
            var ti = time.NewTimer(0);
            await ti.C.Recv();
            var diff = time.Since(s);
            Assert.That(diff <= 2 * time.Second, $"Expected time to get value from Timer channel in less than 2 sec, took {diff}");
        }
    });

    // Test that rapidly moving a timer earlier doesn't cause it to get dropped.
    // Issue 47329.
    [Test]
    public Task TestTimerModifiedEarlier() => Run(async () =>
    {
        var past = time.Until(time.Unix(0, 0));
        for (var i = 0; i < 1000; i++)
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
            Assert.That(await select(timer.C.recvcase(), deadline.C.recvcase()), Is.Zero, "deadline expired");
            deadline.Stop();
        }
    });

    // A timer that nobody knows any more goes off all the same, and its memory is freed then; so is that of one that
    // was stopped, and of one that only its own function knows.
    [Test]
    public Task TestTimerCollected() => Run(async () =>
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
                t = time.AfterFunc(10 * time.Millisecond, () =>
                {
                    if (n++ == 0)
                    {
                        t.Reset(10 * time.Millisecond);
                    }
                    return fired.Send(n);
                });
                gone.Add(new WeakReference(t));
                var s = time.NewTimer(time.Hour);
                s.Stop();
                gone.Add(new WeakReference(s));
            }
        }
    });
}
