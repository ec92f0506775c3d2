// Ports src/runtime/rwmutex_test.go of go1.20.
//
// GOMAXPROCS=10 dotnet test
//
// It is like sync/rwmutex_test.go, for the runtime's own rwmutex.
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class rwmutex_test
{
    private static unsafe void RLock(ptr<rwmutex> m) => m.p->rlock();

    private static unsafe void RUnlock(ptr<rwmutex> m) => m.p->runlock();

    private static unsafe void Lock(ptr<rwmutex> m) => m.p->@lock();

    private static unsafe void Unlock(ptr<rwmutex> m) => m.p->unlock();

    private static unsafe ptr<rwmutex> newrwmutex() => @new<rwmutex>();

    private static async go parallelReader(ptr<rwmutex> m, chan<bool> clocked, StrongBox<bool> cunlock, chan<bool> cdone)
    {
        RLock(m);
        await clocked.Send(true);
        while (!Volatile.Read(ref cunlock.Value))
        {
        }
        RUnlock(m);
        await cdone.Send(true);
    }

    private static async go doTestParallelReaders(int numReaders)
    {
        await GOMAXPROCS(numReaders + 1);
        var m = newrwmutex();
        var clocked = builtin.makechan<bool>(numReaders);
        var cunlock = new StrongBox<bool>();
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
        Volatile.Write(ref cunlock.Value, true);
        // All are done.
        for (var i = 0; i < numReaders; i++)
        {
            await cdone.Recv();
        }
    }

    [Test]
    public Task TestParallelRWMutexReaders() => Run(() => testing.WithGOMAXPROCS(-1, () => withoutGC(async () =>
    {
        await doTestParallelReaders(1);
        await doTestParallelReaders(3);
        await doTestParallelReaders(4);
    })));

    private static async go reader(testing.T t, ptr<rwmutex> rwm, int num_iterations, StrongBox<int32> activity, chan<bool> cdone)
    {
        for (var i = 0; i < num_iterations; i++)
        {
            RLock(rwm);
            var n = Interlocked.Increment(ref activity.Value);
            if (n < 1 || n >= 10000)
            {
                t.Errorf($"wlock({n})");
            }
            for (var j = 0; j < 100; j++)
            {
            }
            Interlocked.Decrement(ref activity.Value);
            RUnlock(rwm);
            await preempt(); // PORT(asyncpreempt): any call in Go
        }
        await cdone.Send(true);
    }

    private static async go writer(testing.T t, ptr<rwmutex> rwm, int num_iterations, StrongBox<int32> activity, chan<bool> cdone)
    {
        for (var i = 0; i < num_iterations; i++)
        {
            Lock(rwm);
            var n = Interlocked.Add(ref activity.Value, 10000);
            if (n != 10000)
            {
                t.Errorf($"wlock({n})");
            }
            for (var j = 0; j < 100; j++)
            {
            }
            Interlocked.Add(ref activity.Value, -10000);
            Unlock(rwm);
            await preempt();
        }
        await cdone.Send(true);
    }

    private static async go HammerRWMutex(testing.T t, int gomaxprocs, int numReaders, int num_iterations)
    {
        await GOMAXPROCS(gomaxprocs);
        // one for each reader that has the lock, 10000 for each writer
        var activity = new StrongBox<int32>();
        var rwm = newrwmutex();
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
    public Task TestRWMutex() => Run(t => testing.WithGOMAXPROCS(-1, async () =>
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
    }));
}
