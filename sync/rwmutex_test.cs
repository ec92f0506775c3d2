// Ports src/sync/rwmutex_test.go of go1.20.
using System.Threading.Tasks;
using static golang.builtin;

namespace golang;

// runtime/rwmutex_test.cs has a variant of this file.
public class rwmutex_test
{
    private static async go parallelReader(sync.RWMutex m, chan<bool> clocked, chan<bool> cunlock, chan<bool> cdone)
    {
        await m.RLock();
        await clocked.Send(true);
        await cunlock.Recv();
        m.RUnlock();
        await cdone.Send(true);
    }

    private static async go doTestParallelReaders(int numReaders, int gomaxprocs)
    {
        await runtime.GOMAXPROCS(gomaxprocs);
        var m = new sync.RWMutex();
        var clocked = builtin.makechan<bool>();
        var cunlock = builtin.makechan<bool>();
        var cdone = builtin.makechan<bool>();
        for (var i = 0; i < numReaders; i++)
        {
            builtin.go(() => parallelReader(m, clocked, cunlock, cdone));
        }
        // All have it at the same time.
        for (var i = 0; i < numReaders; i++)
        {
            await clocked.Recv();
        }
        for (var i = 0; i < numReaders; i++)
        {
            await cunlock.Send(true);
        }
        // All are done.
        for (var i = 0; i < numReaders; i++)
        {
            await cdone.Recv();
        }
    }

    [Test]
    public Task TestParallelReaders() => testing.Run(() => testing.WithGOMAXPROCS(-1, async () =>
    {
        await doTestParallelReaders(1, 4);
        await doTestParallelReaders(3, 4);
        await doTestParallelReaders(4, 2);
    }));

    private sealed class counter
    {
        internal int32 v;
    }

    private static async go reader(testing.T t, sync.RWMutex rwm, int num_iterations, counter activity, chan<bool> cdone)
    {
        for (var i = 0; i < num_iterations; i++)
        {
            await rwm.RLock();
            var n = atomic.AddInt32(ref activity.v, 1);
            if (n < 1 || n >= 10000)
            {
                t.Errorf($"wlock({n})");
            }
            for (var j = 0; j < 100; j++)
            {
            }
            atomic.AddInt32(ref activity.v, -1);
            rwm.RUnlock();
        }
        await cdone.Send(true);
    }

    private static async go writer(testing.T t, sync.RWMutex rwm, int num_iterations, counter activity, chan<bool> cdone)
    {
        for (var i = 0; i < num_iterations; i++)
        {
            await rwm.Lock();
            var n = atomic.AddInt32(ref activity.v, 10000);
            if (n != 10000)
            {
                t.Errorf($"wlock({n})");
            }
            for (var j = 0; j < 100; j++)
            {
            }
            atomic.AddInt32(ref activity.v, -10000);
            rwm.Unlock();
        }
        await cdone.Send(true);
    }

    private static async go HammerRWMutex(testing.T t, int gomaxprocs, int numReaders, int num_iterations)
    {
        await runtime.GOMAXPROCS(gomaxprocs);
        // one for each reader that has the lock, 10000 for each writer
        var activity = new counter();
        var rwm = new sync.RWMutex();
        var cdone = builtin.makechan<bool>();
        builtin.go(() => writer(t, rwm, num_iterations, activity, cdone));
        int i;
        for (i = 0; i < numReaders / 2; i++)
        {
            builtin.go(() => reader(t, rwm, num_iterations, activity, cdone));
        }
        builtin.go(() => writer(t, rwm, num_iterations, activity, cdone));
        for (; i < numReaders; i++)
        {
            builtin.go(() => reader(t, rwm, num_iterations, activity, cdone));
        }
        // The 2 writers and all readers are done.
        for (i = 0; i < 2 + numReaders; i++)
        {
            await cdone.Recv();
        }
    }

    [Test]
    public Task TestRWMutex() => testing.Run(async t =>
    {
        var m = new sync.RWMutex();

        await m.Lock();
        Assert.That(m.TryLock(), Is.False, "TryLock succeeded with mutex locked");
        Assert.That(m.TryRLock(), Is.False, "TryRLock succeeded with mutex locked");
        m.Unlock();

        Assert.That(m.TryLock(), Is.True, "TryLock failed with mutex unlocked");
        m.Unlock();

        Assert.That(m.TryRLock(), Is.True, "TryRLock failed with mutex unlocked");
        Assert.That(m.TryRLock(), Is.True, "TryRLock failed with mutex rlocked");
        Assert.That(m.TryLock(), Is.False, "TryLock succeeded with mutex rlocked");
        m.RUnlock();
        m.RUnlock();

        await testing.WithGOMAXPROCS(-1, async () =>
        {
            var n = testing.Short() ? 5 : 1000;
            await HammerRWMutex(t, 1, 1, n);
            await HammerRWMutex(t, 1, 3, n);
            await HammerRWMutex(t, 1, 10, n);
            await HammerRWMutex(t, 4, 1, n);
            await HammerRWMutex(t, 4, 3, n);
            await HammerRWMutex(t, 4, 10, n);
            await HammerRWMutex(t, 10, 1, n);
            await HammerRWMutex(t, 10, 3, n);
            await HammerRWMutex(t, 10, 10, n);
            await HammerRWMutex(t, 10, 5, n);
        });
    });

    [Test]
    public Task TestRLocker() => testing.Run(async () =>
    {
        var wl = new sync.RWMutex();
        var wlocked = builtin.makechan<bool>(1);
        var rlocked = builtin.makechan<bool>(1);
        var rl = wl.RLocker();
        const int n = 10;
        builtin.go(async () =>
        {
            for (var i = 0; i < n; i++)
            {
                await rl.Lock();
                await rl.Lock();
                await rlocked.Send(true);
                await wl.Lock();
                await wlocked.Send(true);
            }
        });
        for (var i = 0; i < n; i++)
        {
            await rlocked.Recv();
            rl.Unlock();
            Assert.That(await select(wlocked.recvcase(), defaultcase), Is.EqualTo(1), "RLocker() didn't read-lock it");
            rl.Unlock();
            await wlocked.Recv();
            Assert.That(await select(rlocked.recvcase(), defaultcase), Is.EqualTo(1), "RLocker() didn't respect the write lock");
            wl.Unlock();
        }
    });

    // The tests below are not Go's.

    // Whoever holds the RWMutex parks meanwhile.
    [Test]
    public Task TestRWMutexHeldAcrossPark([Values(1, 4)] int procs) => testing.Run(t => testing.WithGOMAXPROCS(procs, async () =>
    {
        var rwm = new sync.RWMutex();
        var activity = new counter();
        var wg = new sync.WaitGroup();
        wg.Add(8);
        for (var i = 0; i < 8; i++)
        {
            var write = i % 4 == 0;
            builtin.go(async () =>
            {
                for (var j = 0; j < 100; j++)
                {
                    await (write ? rwm.Lock() : rwm.RLock());
                    var n = atomic.AddInt32(ref activity.v, write ? 10000 : 1);
                    if (write ? n != 10000 : n >= 10000)
                    {
                        t.Errorf($"{n}");
                    }
                    await runtime.Gosched();
                    atomic.AddInt32(ref activity.v, write ? -10000 : -1);
                    if (write)
                    {
                        rwm.Unlock();
                    }
                    else
                    {
                        rwm.RUnlock();
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
        Assert.That(rwm.TryLock(), "TryLock failed without holders");
        rwm.Unlock();
    }));
}
