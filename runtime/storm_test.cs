// Storms on the poller's wake-up. Go has no such tests. A wake-up that is lost lets a sleep of
// microseconds last an hour, because the poller has that long to sleep.
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class storm_test
{
    // storm runs a test with procs Ps, and checks that it leaves no pipes and pollDescs; Run checks
    // the goroutines.
    private static async Task storm(int procs, Func<go> fn)
    {
        var (fds, pds) = (0, 0);
        await Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            netpollGenericInit();
            (fds, pds) = (pipes(), polldescs.inuse());
            await fn();
        }));
        // The CLR has pipes of its own for a moment.
        Assert.That(() => pipes(), Is.LessThanOrEqualTo(fds).After(10_000, 1));
        Assert.That(polldescs.inuse(), Is.EqualTo(pds));
    }

    // pipes counts the ends of pipes that are open.
    private static int pipes()
    {
        return new DirectoryInfo("/proc/self/fd").GetFiles().Count(fd => fd.LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);
    }

    // A sleeper waits to read from a pipe into which nobody writes.
    private sealed class sleeper
    {
        private readonly int32 r, w;
        private readonly uintptr pd;

        internal sleeper()
        {
            (r, w, var errno) = nonblockingPipe();
            Assert.That(errno, Is.Zero);
            (pd, errno) = poll_runtime_pollOpen((uintptr)r);
            Assert.That(errno, Is.Zero);
        }

        // Sleep sleeps an hour, or until the deadline that somebody sets meanwhile.
        internal async go Sleep()
        {
            SetDeadline(3600 * (int64)1e9);
            if (await poll_runtime_pollWait(pd, 'r') != pollErrTimeout)
            {
                throw new AssertionException("the pipe is ready");
            }
        }

        internal void SetDeadline(int64 d)
        {
            poll_runtime_pollSetDeadline(pd, d, 'r');
        }

        // Sleeps tells whether a goroutine is parked in Sleep.
        internal unsafe bool Sleeps()
        {
            return ((pollDesc*)pd)->rg.Load() > pdWait;
        }

        internal void Close()
        {
            poll_runtime_pollUnblock(pd);
            poll_runtime_pollClose(pd);
            closefd(r);
            closefd(w);
        }
    }

    // asleep waits until a thread is in the poller.
    private static unsafe void asleep()
    {
        while (sched->lastpoll.Load() != 0)
        {
            Thread.Yield();
        }
    }

    // Threads that are none of the runtime's break the poll, start goroutines that sleep for a short
    // time, and have deadlines moved.
    [Test]
    public Task TestStormForeignTimers([Values(1, 2, 4)] int procs) => storm(procs, async () =>
    {
        const int threads = 4;
        var rounds = testing.Short() ? 100 : 1000;
        // Somebody sleeps for an hour, and so does the poller.
        var far = new sleeper();
        var slept = newsema(0);
        builtin.go(async () =>
        {
            await far.Sleep();
            semrelease(slept);
        });

        var errs = new ConcurrentQueue<string>();
        using var barrier = new Barrier(threads);
        var sleepers = Enumerable.Range(0, threads).Select(_ => new sleeper()).ToArray();
        void thread(int n)
        {
            var rand = new Random(n);
            var s = sleepers[n];
            for (var i = 0; i < rounds && errs.IsEmpty; i++)
            {
                // All begin when the poller sleeps, and nobody goes on before all have ended: there is
                // no other wake-up that could stand in for a lost one.
                asleep();
                barrier.SignalAndWait();
                Thread.SpinWait(rand.Next(1000));
                var d = rand.Next(1, 300_000);
                Task? t = null;
                switch ((n + i) % threads)
                {
                    case 0:
                        netpollBreak();
                        netpollBreak();
                        break;
                    case 1:
                        t = runtime.Run(async () => await timeSleep(d));
                        break;
                    default:
                        t = runtime.Run(s.Sleep);
                        while (!s.Sleeps())
                        {
                            Thread.Yield();
                        }
                        runtime.Run(() =>
                        {
                            s.SetDeadline(d);
                            return default;
                        });
                        break;
                }
                if (t != null && !((IAsyncResult)t).AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(30)))
                {
                    errs.Enqueue($"round {i}, {(n + i) % threads}: {d} ns do not pass");
                }
                if (t?.Exception is { } e)
                {
                    errs.Enqueue(e.ToString());
                }
                barrier.SignalAndWait();
            }
        }
        // This goroutine parks meanwhile: the Ps are idle.
        await Task.WhenAll(Enumerable.Range(0, threads).Select(n =>
            Task.Factory.StartNew(() => thread(n), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.That(errs, Is.Empty);

        foreach (var s in sleepers)
        {
            s.Close();
        }
        far.SetDeadline(1);
        await semacquire(slept);
        far.Close();
    });

    // Goroutines sleep for a short time, and move each other's deadlines.
    [Test]
    public Task TestStormTimers([Values(1, 2, 4)] int procs) => storm(procs, async () =>
    {
        const int goroutines = 8;
        var rounds = testing.Short() ? 100 : 1000;
        var sleepers = Enumerable.Range(0, goroutines).Select(_ => new sleeper()).ToArray();
        var rand = new Random(procs);
        for (var i = 0; i < rounds; i++)
        {
            var wg = new waitgroup(goroutines);
            foreach (var s in sleepers)
            {
                var (d1, d2) = (rand.Next(300_000), rand.Next(300_000));
                builtin.go(async () =>
                {
                    await s.Sleep();
                    wg.Done();
                });
                builtin.go(async () =>
                {
                    do
                    {
                        await timeSleep(d1);
                    }
                    while (!s.Sleeps());
                    s.SetDeadline(d2 + 1);
                });
            }
            await wg.Wait();
        }
        foreach (var s in sleepers)
        {
            s.Close();
        }
    });

    // A poll without limit ends with each round of breaks, from several threads at once.
    [Test]
    public Task TestStormNetpollBreak() => storm(1, async () =>
    {
        const int threads = 3;
        var rounds = testing.Short() ? 2000 : 20_000;
        var round = 0;
        var breakers = Enumerable.Range(0, threads).Select(n => new Thread(() =>
        {
            var rand = new Random(n);
            for (var last = 0; last < rounds;)
            {
                var now = Volatile.Read(ref round);
                if (now == last)
                {
                    Thread.Yield();
                    continue;
                }
                Thread.SpinWait(rand.Next(300));
                netpollBreak();
                last = now;
            }
        })).ToArray();
        foreach (var b in breakers)
        {
            b.IsBackground = true;
            b.Start();
        }
        // The scheduler is not in the poller and cannot get there: the breaks are for this poll.
        aloneOnTheOnlyP();
        for (var i = 1; i <= rounds; i++)
        {
            Volatile.Write(ref round, i);
            Netpoll(-1);
        }
        foreach (var b in breakers)
        {
            b.Join();
        }
    });

    // aloneOnTheOnlyP has to be called with GOMAXPROCS=1. On return nobody else is in the poller or
    // can get there but sysmon, and for 10ms not even that, until the caller gives way.
    private static unsafe void aloneOnTheOnlyP()
    {
        while (sched->lastpoll.Load() == 0)
        {
            netpollBreak();
            usleep(10);
        }
        sched->lastpoll.Store(nanotime());
    }
}
