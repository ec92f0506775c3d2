// Tests how long a timer's memory and its owner live. Go has no such tests: there the collector sees to both.
using System.Collections.Concurrent;
using System.Threading;
using System.Threading.Tasks;
using static golang.internal_test;

namespace golang;

[NonParallelizable]
public class timermem_test
{
    // Timers and tickers of a microsecond go off while other goroutines, and threads that are none of the scheduler's,
    // stop, reset and drop them, the CLR collects, and timers move between Ps. Nothing goes wrong, and what was dropped
    // is freed.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(8)]
    public Task TestStopWhileTicking(int procs) => testing.Run(() => testing.WithGOMAXPROCS(procs, () => stopWhileTicking(procs, 3000)));

    // A ticker is stopped just when it ticks.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(8)]
    public Task TestStopAtTick(int procs) => testing.Run(() => testing.WithGOMAXPROCS(procs, () => stopAtTick(30_000)));

    private static async go stopAtTick(int stops)
    {
        time.Ticker? slot = null;
        var stop = false;
        var wg = new sync.WaitGroup();
        wg.Add(1);
        builtin.go(async () =>
        {
            while (!Volatile.Read(ref stop))
            {
                Volatile.Write(ref slot, time.NewTicker(time.Microsecond));
                while (Volatile.Read(ref slot) != null)
                {
                    await runtime.Gosched();
                }
            }
            wg.Done();
        });
        var r = new Random(1);
        for (var i = 0; i < stops;)
        {
            if (Volatile.Read(ref slot) is not { } t)
            {
                await runtime.Gosched();
                continue;
            }
            Thread.SpinWait(r.Next(200));
            t.Stop();
            // Before the slot is free: one goroutine only goes on making tickers then.
            Volatile.Write(ref stop, ++i == stops);
            Volatile.Write(ref slot, null);
        }
        await wg.Wait();
    }

    private const int slots = 8;

    // use is what all work on.
    private sealed class use
    {
        internal readonly time.Ticker?[] tickers = new time.Ticker?[slots];
        internal readonly time.Timer?[] timers = new time.Timer?[slots];
        internal readonly ConcurrentQueue<WeakReference> owners = new();
        internal bool done;
        internal int fired;

        internal bool Done => Volatile.Read(ref done);

        // make makes a ticker, if there is none, and a timer. What was there is dropped as it is: waiting, going off,
        // gone off or stopped.
        [MethodImpl(MethodImplOptions.NoInlining)]
        internal void make(Random r)
        {
            var i = r.Next(slots);
            if (Volatile.Read(ref tickers[i]) == null)
            {
                var ticker = time.NewTicker(time.Microsecond);
                owners.Enqueue(new WeakReference(ticker.r));
                Volatile.Write(ref tickers[i], ticker);
            }
            var timer = r.Next(2) == 0
                ? time.NewTimer(r.Next(3) * time.Microsecond)
                : time.AfterFunc(r.Next(3) * time.Microsecond, () => { Interlocked.Increment(ref fired); });
            owners.Enqueue(new WeakReference(timer.r));
            Volatile.Write(ref timers[i], timer);
        }

        // disturb does something to a ticker and to a timer. foreign says that the thread is none of the scheduler's.
        [MethodImpl(MethodImplOptions.NoInlining)]
        internal void disturb(Random r, bool foreign)
        {
            var i = r.Next(slots);
            if (Volatile.Read(ref tickers[i]) is { } ticker)
            {
                switch (r.Next(4))
                {
                    case 0:
                        Volatile.Write(ref tickers[i], null);
                        Thread.SpinWait(r.Next(200));
                        ticker.Stop();
                        break;
                    case 1:
                        ticker.Stop();
                        break;
                    case 2 when !foreign:
                        ticker.C!.selectnbrecv();
                        break;
                }
                if (!foreign && r.Next(2) == 0)
                {
                    ticker.Reset(time.Microsecond);
                    // Whoever dropped it meanwhile stopped it too early.
                    if (Volatile.Read(ref tickers[i]) != ticker)
                    {
                        ticker.Stop();
                    }
                }
            }
            if (Volatile.Read(ref timers[i]) is { } timer)
            {
                if (foreign || r.Next(2) == 0)
                {
                    timer.Stop();
                }
                else
                {
                    timer.Reset(r.Next(3) * time.Microsecond);
                }
            }
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        internal void drop()
        {
            for (var i = 0; i < slots; i++)
            {
                tickers[i]?.Stop();
                tickers[i] = null;
                timers[i] = null;
            }
        }
    }

    internal static async go stopWhileTicking(int procs, int rounds)
    {
        var u = new use();
        var wg = new sync.WaitGroup();
        for (var n = 1; n <= 3; n++)
        {
            wg.Add(1);
            builtin.go(async n =>
            {
                var r = new Random(n);
                while (!u.Done)
                {
                    u.disturb(r, false);
                    await runtime.Gosched();
                }
                wg.Done();
            }, n);
        }
        var foreign = new Thread(() =>
        {
            var r = new Random(0);
            while (!u.Done)
            {
                u.disturb(r, true);
                GC.Collect(r.Next(3));
            }
        });
        foreign.Start();
        try
        {
            var r = new Random(procs);
            for (var i = 0; i < rounds; i++)
            {
                u.make(r);
                await runtime.Gosched();
                if (i % 100 == 0)
                {
                    // Fewer Ps: the timers of those that go move.
                    await runtime.GOMAXPROCS(Math.Max(1, procs / 2));
                    await runtime.GOMAXPROCS(procs);
                }
            }
        }
        finally
        {
            Volatile.Write(ref u.done, true);
        }
        await wg.Wait();
        foreign.Join();
        u.drop();

        // What has gone off or was stopped leaves the heaps by and by, and is freed then.
        while (!u.owners.IsEmpty)
        {
            await time.Sleep(time.Millisecond);
            GC.Collect();
            while (u.owners.TryPeek(out var owner) && !owner.IsAlive)
            {
                u.owners.TryDequeue(out _);
            }
        }
    }

    // A timer that could not be started, as the thread is none of the scheduler's, is freed.
    [Test]
    public async Task TestNotStarted()
    {
        var owner = make();
        await testing.Run(async () =>
        {
            while (owner.IsAlive)
            {
                await time.Sleep(time.Millisecond);
                GC.Collect();
            }
        });

        [MethodImpl(MethodImplOptions.NoInlining)]
        static unsafe WeakReference make()
        {
            var r = new time.runtimeTimer(time.when(time.Hour), 0, &time.sendTime, null);
            Assert.That(() => time.startTimer(r), Throws.InvalidOperationException);
            return new WeakReference(r);
        }
    }

    // A finalizer of C# may use a timer after that has lost its memory. It is one that has gone off then.
    [Test]
    public Task TestFinalized() => testing.Run(() =>
    {
        check(time.NewTimer(time.Hour), time.NewTicker(time.Hour));
        return default;

        static unsafe void check(time.Timer timer, time.Ticker ticker)
        {
            timer.Stop();
            ticker.Stop();
            var (t1, t2) = ((nint)timer.r!.t, (nint)ticker.r!.t);
            timer.r.t = ticker.r.t = null;
            Assert.That(timer.Stop(), Is.False);
            ticker.Stop();
            Assert.That(() => timer.Reset(1), Throws.TypeOf<PanicException>().With.Message.EqualTo("time: Reset called on finalized Timer"));
            Assert.That(() => ticker.Reset(1), Throws.TypeOf<PanicException>().With.Message.EqualTo("time: Reset called on finalized Ticker"));
            timer.r.t = (time.runtimeTimer.timer*)t1;
            ticker.r.t = (time.runtimeTimer.timer*)t2;
        }
    });

    // Reset on such a thread fails and leaves the timer as it is.
    [Test]
    public async Task TestResetNotStarted()
    {
        var owner = await runtime.Run(async () =>
        {
            var timer = time.NewTimer(time.Hour);
            timer.Stop();
            return timer;
        });
        Assert.That(() => owner.Reset(time.Millisecond), Throws.InvalidOperationException);
        await testing.Run(async () =>
        {
            Assert.That(owner.Reset(time.Millisecond), Is.False);
            await owner.C!.Recv();
            Assert.That(owner.Stop(), Is.False);
        });
    }
}
