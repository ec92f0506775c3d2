// Ports src/sync/cond_test.go of go1.20.
using System.Threading.Tasks;
using static golang.builtin;

namespace golang;

public class cond_test
{
    [Test]
    public Task TestCondSignal() => testing.Run(async () =>
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
            await running.Recv(); // all are there
        }
        while (n > 0)
        {
            Assert.That(await select(awake.recvcase(), defaultcase), Is.EqualTo(1), "goroutine not asleep");
            await m.Lock();
            c.Signal();
            m.Unlock();
            await awake.Recv(); // waits for ever if nobody is woken
            Assert.That(await select(awake.recvcase(), defaultcase), Is.EqualTo(1), "too many goroutines awake");
            n--;
        }
        c.Signal();
    });

    [Test]
    public Task TestCondSignalGenerations() => testing.Run(async () =>
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
    public Task TestCondBroadcast() => testing.Run(async () =>
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
                await running.Recv(); // waits for ever unless n are there
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
    public Task TestRace() => testing.Run(async t =>
    {
        var x = 0;
        var c = sync.NewCond(new sync.Mutex());
        var done = builtin.makechan<bool>();
        builtin.go(async () =>
        {
            await c.L.Lock();
            x = 1;
            await c.Wait();
            if (x != 2)
            {
                t.Errorf("want 2");
            }
            x = 3;
            c.Signal();
            c.L.Unlock();
            await done.Send(true);
        });
        builtin.go(async () =>
        {
            await c.L.Lock();
            for (; ; )
            {
                if (x == 1)
                {
                    x = 2;
                    c.Signal();
                    break;
                }
                c.L.Unlock();
                await runtime.Gosched();
                await c.L.Lock();
            }
            c.L.Unlock();
            await done.Send(true);
        });
        builtin.go(async () =>
        {
            await c.L.Lock();
            for (; ; )
            {
                if (x == 2)
                {
                    await c.Wait();
                    if (x != 3)
                    {
                        t.Errorf("want 3");
                    }
                    break;
                }
                if (x == 3)
                {
                    break;
                }
                c.L.Unlock();
                await runtime.Gosched();
                await c.L.Lock();
            }
            c.L.Unlock();
            await done.Send(true);
        });
        await done.Recv();
        await done.Recv();
        await done.Recv();
    });

    [Test]
    public Task TestCondSignalStealing() => testing.Run(async () =>
    {
        for (var iters = 0; iters < 1000; iters++)
        {
            var m = new sync.Mutex();
            var cond = sync.NewCond(m);

            // the first waiter
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

            // The waiter is in cond.Wait() by now: it held the mutex when it sent,
            // and the mutex was to be had
            // afterwards.
            //
            // Of two goroutines now one broadcasts and the other waits,
            // in whatever order.
            //
            // That other one may be notified or not; the first waiter must
            // be.
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

            // It is.
            Assert.That(await select(ch.recvcase(), time.After(2 * time.Second).recvcase()), Is.Zero, "First waiter didn't get broadcast.");

            // If the second waiter was not notified
            // it is now.
            await m.Lock();
            done = true;
            m.Unlock();
            cond.Broadcast();
        }
    });
}
