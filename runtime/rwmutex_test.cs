// Ports src/runtime/rwmutex_test.go of go1.20.
//
// GOMAXPROCS=10 dotnet test
//
// It is like sync/rwmutex_test.go, for the runtime's own rwmutex.
using System.Threading;
using System.Threading.Tasks;
using static go.export_test;
using static go.runtime;

namespace go;

public class rwmutex_test
{
    private static unsafe void RLock(ptr<rwmutex> m) => m.p->rlock();

    private static unsafe void RUnlock(ptr<rwmutex> m) => m.p->runlock();

    private static unsafe void Lock(ptr<rwmutex> m) => m.p->@lock();

    private static unsafe void Unlock(ptr<rwmutex> m) => m.p->unlock();

    private static unsafe ptr<rwmutex> newrwmutex() => @new<rwmutex>();

    private static async go doTestParallelReaders(int numReaders)
    {
        await GOMAXPROCS(numReaders + 1);
        var m = newrwmutex();
        var clocked = newsema(0);
        var cunlock = 0;
        var cdone = new waitgroup(numReaders);
        for (var i = 0; i < numReaders; i++)
        {
            builtin.go(() =>
            {
                RLock(m);
                semrelease(clocked);
                while (Volatile.Read(ref cunlock) == 0)
                {
                }
                RUnlock(m);
                cdone.Done();
                return default;
            });
        }
        // Wait for all parallel RLock()s to succeed.
        for (var i = 0; i < numReaders; i++)
        {
            await semacquire(clocked);
        }
        Volatile.Write(ref cunlock, 1);
        // Wait for the goroutines to finish.
        await cdone.Wait();
    }

    [Test]
    public Task TestParallelRWMutexReaders() => Run(async () =>
    {
        var old = await GOMAXPROCS(-1);
        await doTestParallelReaders(1);
        await doTestParallelReaders(3);
        await doTestParallelReaders(4);
        await GOMAXPROCS(old);
    });

    private static async go HammerRWMutex(int gomaxprocs, int numReaders, int num_iterations)
    {
        await GOMAXPROCS(gomaxprocs);
        // Number of active readers + 10000 * number of active writers.
        var activity = 0;
        var t = new T();
        var rwm = newrwmutex();
        var cdone = new waitgroup(2 + numReaders);
        builtin.go(writer);
        int i;
        for (i = 0; i < numReaders / 2; i++)
        {
            builtin.go(reader);
        }
        builtin.go(writer);
        for (; i < numReaders; i++)
        {
            builtin.go(reader);
        }
        // Wait for the 2 writers and all readers to finish.
        await cdone.Wait();
        t.Check();
        Assert.That(activity, Is.Zero);

        async go reader()
        {
            for (var i = 0; i < num_iterations; i++)
            {
                RLock(rwm);
                var n = Interlocked.Increment(ref activity);
                if (n < 1 || n >= 10000)
                {
                    t.Errorf($"rlock({n})");
                }
                Thread.SpinWait(10);
                Interlocked.Decrement(ref activity);
                RUnlock(rwm);
                await preempt();
            }
            cdone.Done();
        }

        async go writer()
        {
            for (var i = 0; i < num_iterations; i++)
            {
                Lock(rwm);
                var n = Interlocked.Add(ref activity, 10000);
                if (n != 10000)
                {
                    t.Errorf($"wlock({n})");
                }
                Thread.SpinWait(10);
                Interlocked.Add(ref activity, -10000);
                Unlock(rwm);
                await preempt();
            }
            cdone.Done();
        }
    }

    [Test]
    public Task TestRWMutex() => Run(async () =>
    {
        var old = await GOMAXPROCS(-1);
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
        await GOMAXPROCS(old);
    });
}
