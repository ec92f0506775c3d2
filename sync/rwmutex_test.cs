// Ports src/sync/rwmutex_test.go of go1.20.
using System.Threading.Tasks;

namespace go;

// runtime/rwmutex_test.cs has a variant of this file.
public class rwmutex_test
{
    // counter counts events that Go counts by a channel without a buffer; wait yields until there are n.
    private sealed class counter
    {
        private int32 n;

        internal int32 Load() => atomic.LoadInt32(ref n);

        internal void Add() => atomic.AddInt32(ref n, 1);

        internal async go wait(int32 n)
        {
            while (Load() < n)
            {
                await runtime.Gosched();
            }
        }
    }

    private static async go parallelReader(sync.RWMutex m, counter clocked, counter cunlock, counter cdone)
    {
        await m.RLock();
        clocked.Add();
        await cunlock.wait(1);
        m.RUnlock();
        cdone.Add();
    }

    private static async go doTestParallelReaders(int numReaders, int gomaxprocs)
    {
        await runtime.GOMAXPROCS(gomaxprocs);
        var m = new sync.RWMutex();
        var clocked = new counter();
        var cunlock = new counter();
        var cdone = new counter();
        for (var i = 0; i < numReaders; i++)
        {
            builtin.go(() => parallelReader(m, clocked, cunlock, cdone));
        }
        // Wait for all parallel RLock()s to succeed.
        await clocked.wait(numReaders);
        Assert.That(m.TryLock(), Is.False, "TryLock succeeded with readers");
        cunlock.Add();
        // Wait for the goroutines to finish.
        await cdone.wait(numReaders);
        Assert.That(m.TryLock(), Is.True, "TryLock failed without readers");
        m.Unlock();
    }

    [Test]
    public Task TestParallelReaders() => runtime.Run(async () =>
    {
        var old = await runtime.GOMAXPROCS(-1);
        try
        {
            await doTestParallelReaders(1, 4);
            await doTestParallelReaders(3, 4);
            await doTestParallelReaders(4, 2);
        }
        finally
        {
            await runtime.GOMAXPROCS(old);
        }
    });

    // Number of active readers + 10000 * number of active writers.
    private int32 activity;
    private int32 wrong;

    private async go reader(sync.RWMutex rwm, int num_iterations, sync.WaitGroup cdone)
    {
        for (var i = 0; i < num_iterations; i++)
        {
            await rwm.RLock();
            var n = atomic.AddInt32(ref activity, 1);
            if (n < 1 || n >= 10000)
            {
                atomic.AddInt32(ref wrong, 1);
            }
            if (i % 16 == 0)
            {
                await runtime.Gosched();
            }
            atomic.AddInt32(ref activity, -1);
            rwm.RUnlock();
        }
        cdone.Done();
    }

    private async go writer(sync.RWMutex rwm, int num_iterations, sync.WaitGroup cdone)
    {
        for (var i = 0; i < num_iterations; i++)
        {
            await rwm.Lock();
            var n = atomic.AddInt32(ref activity, 10000);
            if (n != 10000)
            {
                atomic.AddInt32(ref wrong, 1);
            }
            if (i % 16 == 0)
            {
                await runtime.Gosched();
            }
            atomic.AddInt32(ref activity, -10000);
            rwm.Unlock();
        }
        cdone.Done();
    }

    private async go HammerRWMutex(int gomaxprocs, int numReaders, int num_iterations)
    {
        await runtime.GOMAXPROCS(gomaxprocs);
        activity = wrong = 0;
        var rwm = new sync.RWMutex();
        var cdone = new sync.WaitGroup();
        // The 2 writers and all readers.
        cdone.Add(2 + numReaders);
        builtin.go(() => writer(rwm, num_iterations, cdone));
        int i;
        for (i = 0; i < numReaders / 2; i++)
        {
            builtin.go(() => reader(rwm, num_iterations, cdone));
        }
        builtin.go(() => writer(rwm, num_iterations, cdone));
        for (; i < numReaders; i++)
        {
            builtin.go(() => reader(rwm, num_iterations, cdone));
        }
        await cdone.Wait();
        Assert.That((wrong, activity), Is.EqualTo((0, 0)));
    }

    [Test]
    public Task TestRWMutex() => runtime.Run(async () =>
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

        var old = await runtime.GOMAXPROCS(-1);
        try
        {
            const int n = 1000;
            await HammerRWMutex(1, 1, n);
            await HammerRWMutex(1, 3, n);
            await HammerRWMutex(1, 10, n);
            await HammerRWMutex(4, 1, n);
            await HammerRWMutex(4, 3, n);
            await HammerRWMutex(4, 10, n);
            await HammerRWMutex(10, 1, n);
            await HammerRWMutex(10, 3, n);
            await HammerRWMutex(10, 10, n);
            await HammerRWMutex(10, 5, n);
        }
        finally
        {
            await runtime.GOMAXPROCS(old);
        }
    });

    [Test]
    public Task TestRLocker() => runtime.Run(async () =>
    {
        var wl = new sync.RWMutex();
        var wlocked = new counter();
        var rlocked = new counter();
        var rl = wl.RLocker();
        const int n = 10;
        builtin.go(async () =>
        {
            for (var i = 0; i < n; i++)
            {
                await rl.Lock();
                await rl.Lock();
                rlocked.Add();
                await wl.Lock();
                wlocked.Add();
            }
        });
        for (var i = 0; i < n; i++)
        {
            await rlocked.wait(i + 1);
            rl.Unlock();
            Assert.That(wlocked.Load(), Is.EqualTo(i), "RLocker() didn't read-lock it");
            rl.Unlock();
            await wlocked.wait(i + 1);
            Assert.That(rlocked.Load(), Is.EqualTo(i + 1), "RLocker() didn't respect the write lock");
            wl.Unlock();
        }
    });
}
