// Ports src/sync/cond_test.go of go1.20.
using System.Threading.Tasks;
using static go.builtin;

namespace go;

public class cond_test
{
    private static Task Run(Func<go> fn) => runtime.Run(fn).WaitAsync(TimeSpan.FromMinutes(1));

    [Test]
    public Task TestCondSignal() => Run(async () =>
    {
        var m = new sync.Mutex();
        var c = sync.NewCond(m);
        var n = 2;
        var running = builtin.makechan<bool>(n);
        var awake = builtin.makechan<bool>(n);
        for (var i = 0; i < n; i++)
        {
            builtin.go(async () =>
            {
                await m.Lock();
                await running.Send(true);
                await c.Wait();
                await awake.Send(true);
                m.Unlock();
            });
        }
        for (var i = 0; i < n; i++)
        {
            await running.Recv(); // Wait for everyone to run.
        }
        while (n > 0)
        {
            Assert.That(await select(awake.recvcase(), defaultcase), Is.EqualTo(1), "goroutine not asleep");
            await m.Lock();
            c.Signal();
            m.Unlock();
            await awake.Recv(); // Will deadlock if no goroutine wakes up
            Assert.That(await select(awake.recvcase(), defaultcase), Is.EqualTo(1), "too many goroutines awake");
            n--;
        }
        c.Signal();
    });

    [Test]
    public Task TestCondSignalGenerations() => Run(async () =>
    {
        var m = new sync.Mutex();
        var c = sync.NewCond(m);
        const int n = 100;
        var running = builtin.makechan<bool>(n);
        var awake = builtin.makechan<int>(n);
        for (var i1 = 0; i1 < n; i1++)
        {
            var i = i1;
            builtin.go(async () =>
            {
                await m.Lock();
                await running.Send(true);
                await c.Wait();
                await awake.Send(i);
                m.Unlock();
            });
            if (i > 0)
            {
                Assert.That(await awake.Recv(), Is.EqualTo(i - 1), "wrong goroutine woke up");
            }
            await running.Recv();
            await m.Lock();
            c.Signal();
            m.Unlock();
        }
    });

    [Test]
    public Task TestCondBroadcast() => Run(async () =>
    {
        var m = new sync.Mutex();
        var c = sync.NewCond(m);
        const int n = 200;
        var running = builtin.makechan<int>(n);
        var awake = builtin.makechan<int>(n);
        var exit = false;
        for (var i = 0; i < n; i++)
        {
            var g = i;
            builtin.go(async () =>
            {
                await m.Lock();
                while (!exit)
                {
                    await running.Send(g);
                    await c.Wait();
                    await awake.Send(g);
                }
                m.Unlock();
            });
        }
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                await running.Recv(); // Will deadlock unless n are running.
            }
            if (i == n - 1)
            {
                await m.Lock();
                exit = true;
                m.Unlock();
            }
            Assert.That(await select(awake.recvcase(), defaultcase), Is.EqualTo(1), "goroutine not asleep");
            await m.Lock();
            c.Broadcast();
            m.Unlock();
            var seen = new bool[n];
            for (var j = 0; j < n; j++)
            {
                var g = await awake.Recv();
                Assert.That(seen[g], Is.False, "goroutine woke up twice");
                seen[g] = true;
            }
        }
        Assert.That(await select(running.recvcase(), defaultcase), Is.EqualTo(1), "goroutine did not exit");
        c.Broadcast();
    });

    [Test]
    public Task TestCondSignalStealing() => Run(async () =>
    {
        for (var iters = 0; iters < 1000; iters++)
        {
            var m = new sync.Mutex();
            var cond = sync.NewCond(m);

            // Start a waiter.
            var ch = builtin.makechan<@struct>();
            builtin.go(async () =>
            {
                await m.Lock();
                await ch.Send(default(@struct));
                await cond.Wait();
                m.Unlock();

                await ch.Send(default(@struct));
            });

            await ch.Recv();
            await m.Lock();
            m.Unlock();

            // We know that the waiter is in the cond.Wait() call because we
            // synchronized with it, then acquired/released the mutex it was
            // holding when we synchronized.
            //
            // Start two goroutines that will race: one will broadcast on
            // the cond var, the other will wait on it.
            //
            // The new waiter may or may not get notified, but the first one
            // has to be notified.
            var done = false;
            builtin.go(() =>
            {
                cond.Broadcast();
                return default;
            });

            builtin.go(async () =>
            {
                await m.Lock();
                while (!done)
                {
                    await cond.Wait();
                }
                m.Unlock();
            });

            // Check that the first waiter does get signaled.
            Assert.That(await select(ch.recvcase(), time.After(2 * time.Second).recvcase()), Is.Zero, "First waiter didn't get broadcast.");

            // Release the second waiter in case it didn't get the
            // broadcast.
            await m.Lock();
            done = true;
            m.Unlock();
            cond.Broadcast();
        }
    });
}
