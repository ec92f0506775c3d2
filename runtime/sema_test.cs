// Ports src/runtime/sema_test.go of go1.20.
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using static golang.builtin;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class sema_test
{
    // When semrelease is called with handoff, the goroutine that releases gives its P directly
    // to the first waiter. See Go's issue 33747.
    [Test]
    public Task TestSemaHandoff() => Run(testSemaHandoffs);

    [Test]
    public Task TestSemaHandoff1() => Run(() => testing.WithGOMAXPROCS(1, testSemaHandoffs));

    [Test]
    public Task TestSemaHandoff2() => Run(() => testing.WithGOMAXPROCS(2, testSemaHandoffs));

    private static async go testSemaHandoffs()
    {
        const int iter = 10000;
        var ok = 0;
        for (var i = 0; i < iter; i++)
        {
            if (await testSemaHandoff())
            {
                ok++;
            }
        }
        // Two thirds are enough: the scheduler is not deterministic. Really there are many more
        // direct handoffs.
        Assert.That(ok, Is.GreaterThanOrEqualTo(iter * 2 / 3), $"direct handoff < 2/3: {ok} of {iter}");
    }

    private static async go<bool> testSemaHandoff()
    {
        var sema = newsema(0);
        var res = 0;
        var done = builtin.makechan<@struct>();

        // Keep the CPUs a little busy, so that the current goroutine does not go to another
        // one, where it could win the race as if it had not given way.
        var wg = new sync.WaitGroup();
        for (var i = await GOMAXPROCS(-1); i > 0; i--)
        {
            wg.Add(1);
            builtin.go(async () =>
            {
                for (; ; )
                {
                    if (await select(done.recvcase(), defaultcase) == 0)
                    {
                        break;
                    }
                    await Gosched();
                }
                wg.Done();
            });
        }

        wg.Add(1);
        builtin.go(async () =>
        {
            await semacquire(sema);
            Interlocked.CompareExchange(ref res, 1, 0);

            await semrelease1(sema);
            done.Close();
            wg.Done();
        });
        while (SemNwait(sema) == 0)
        {
            await Gosched(); // until it waits in semacquire
        }

        // What it is about: release with handoff and then a CAS, here and in the waiter, of
        // which the one in the waiter should come first.
        await semrelease1(sema);
        Interlocked.CompareExchange(ref res, 2, 0);

        await wg.Wait(); // nobody is left that could set it

        return res == 1; // was the waiter the first?

        // PORT(test): the handoff happens at the next await.
        static go semrelease1(ptr<uint32> sema)
        {
            runtime.semrelease1(sema, true, 0);
            return default;
        }
    }

    // Go's BenchmarkSemTable as tests. The addresses are never used as such; all hash to the same root.
    private static unsafe uint32* addr(int i) => (uint32*)(4096 + (uintptr)i * 8 * SemTableSize);

    [TestCase(1000)]
    [TestCase(8000)]
    public Task TestSemTableOneAddrCollision(int n) => Run(async () =>
    {
        oneAddrCollision(n);
        await preempt();
    });

    private static unsafe void oneAddrCollision(int n)
    {
        var tab = @new<semTable>();
        for (var j = 0; j < 2; j++)
        {
            // Two locks that collide in one semaRoot.
            for (var i = 0; i < n; i++)
            {
                Enqueue(tab, i < n / 2 ? addr(0) : addr(1));
            }
            checkTreap(tab, 2, n);
            for (var i = 0; i < n; i++)
            {
                Assert.That(Dequeue(tab, i < n / 2 ? addr(0) : addr(1)), "failed to dequeue");
            }
            Assert.That(tab->rootFor(addr(0))->treap == null);
            Assert.That(Dequeue(tab, addr(0)), Is.False);
            Assert.That(Dequeue(tab, addr(1)), Is.False);
        }
    }

    [TestCase(1000)]
    [TestCase(8000)]
    public Task TestSemTableManyAddrCollision(int n) => Run(async () =>
    {
        manyAddrCollision(n);
        await preempt();
    });

    private static unsafe void manyAddrCollision(int n)
    {
        var tab = @new<semTable>();
        // n locks that collide, dequeued in another order than enqueued.
        for (var i = 0; i < n; i++)
        {
            Enqueue(tab, addr(i));
        }
        checkTreap(tab, n, n);
        for (var i = 0; i < n; i += 2)
        {
            Assert.That(Dequeue(tab, addr(i)), "failed to dequeue");
            Assert.That(Dequeue(tab, addr(i)), Is.False);
        }
        checkTreap(tab, n / 2, n / 2);
        for (var i = 1; i < n; i += 2)
        {
            Assert.That(Dequeue(tab, addr(i)), "failed to dequeue");
        }
        Assert.That(tab->rootFor(addr(0))->treap == null);
    }

    // The tests below are not Go's.

    // The waiters of one address come out in the order in which they came, with lifo in the
    // reverse one.
    [Test]
    public Task TestSemTableOrder() => Run(async () =>
    {
        order();
        await preempt();
    });

    private static unsafe void order()
    {
        const int n = 100;
        var tab = @new<semTable>();
        foreach (var lifo in new[] { false, true })
        {
            var queued = new List<uintptr>();
            for (var i = 0; i < n; i++)
            {
                // Others around it in the tree.
                Enqueue(tab, addr(i == 50 ? 1000 : i));
                var s = acquireSudog();
                s->releasetime = s->acquiretime = 0;
                s->ticket = 0;
                tab->rootFor(addr(50))->queue(addr(50), s, lifo);
                queued.Add((uintptr)s);
            }
            checkTreap(tab, n + 1, 2 * n);
            if (lifo)
            {
                queued.Reverse();
            }
            foreach (var want in queued)
            {
                var s = tab->rootFor(addr(50))->dequeue(addr(50), out _);
                Assert.That((uintptr)s, Is.EqualTo(want));
                releaseSudog(s);
            }
            for (var i = 0; i < n; i++)
            {
                Assert.That(Dequeue(tab, addr(i == 50 ? 1000 : i)));
            }
            Assert.That(tab->rootFor(addr(0))->treap == null);
        }
    }

    // checkTreap checks the tree: addresses in order, tickets in heap order, the links back,
    // and how many addresses and waiters it has.
    private static unsafe void checkTreap(semTable* tab, int addrs, int waiters)
    {
        var (na, nw) = check(tab->rootFor(addr(0))->treap, null, 0, uintptr.MaxValue);
        Assert.That((na, nw), Is.EqualTo((addrs, waiters)));

        static (int addrs, int waiters) check(sudog* s, sudog* parent, uintptr lo, uintptr hi)
        {
            if (s == null)
            {
                return (0, 0);
            }
            var a = (uintptr)s->elem;
            Assert.That(a > lo && a < hi, "addresses out of order");
            Assert.That(s->parent == parent, "parent");
            Assert.That(parent == null || parent->ticket <= s->ticket, "tickets out of order");
            var n = 1;
            var last = s;
            for (var t = s->waitlink; t != null; t = t->waitlink)
            {
                Assert.That(t->elem == s->elem, "address in a wait list");
                n++;
                last = t;
            }
            Assert.That(last == s ? s->waittail == null : s->waittail == last, "waittail");
            var (al, wl) = check(s->prev, s, lo, a);
            var (ar, wr) = check(s->next, s, a, hi);
            return (al + ar + 1, wl + wr + n);
        }
    }

    // A semaphore as a lock: never two holders, and nobody is forgotten.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public Task TestSemaStorm(int procs) => Run(t => testing.WithGOMAXPROCS(procs, async () =>
    {
        const int goroutines = 50;
        const int rounds = 1000;
        var sema = newsema(1);
        var holders = 0;
        var count = 0;
        var done = new waitgroup(goroutines);
        for (var i = 0; i < goroutines; i++)
        {
            var lifo = i % 2 == 1;
            var handoff = i % 3 == 2;
            builtin.go(async () =>
            {
                for (var j = 0; j < rounds; j++)
                {
                    await semacquire1(sema, lifo, 0, 0, waitReasonSemacquire);
                    if (Interlocked.Increment(ref holders) != 1)
                    {
                        t.Errorf("two holders");
                    }
                    count++;
                    if (j % 16 == 0)
                    {
                        await Gosched();
                    }
                    Interlocked.Decrement(ref holders);
                    semrelease1(sema, handoff, 0);
                }
                done.Done();
            });
        }
        await done.Wait();
        Assert.That(count, Is.EqualTo(goroutines * rounds));
        Assert.That(sema.v, Is.EqualTo(1));
        Assert.That(SemNwait(sema), Is.Zero);
    }));

    // Many semaphores, and as many wake-ups as sleeps, from several goroutines.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public Task TestSemaPairs(int procs) => Run(() => testing.WithGOMAXPROCS(procs, async () =>
    {
        const int n = 300;
        const int rounds = 100;
        var semas = new ptr<uint32>[n];
        for (var i = 0; i < n; i++)
        {
            semas[i] = newsema(0);
        }
        var done = new waitgroup(2 * n);
        for (var i = 0; i < n; i++)
        {
            var sema = semas[i];
            builtin.go(async () =>
            {
                for (var j = 0; j < rounds; j++)
                {
                    await semacquire(sema);
                }
                done.Done();
            });
            builtin.go(async () =>
            {
                for (var j = 0; j < rounds; j++)
                {
                    semrelease(sema);
                    if (j % 3 == 0)
                    {
                        await Gosched();
                    }
                }
                done.Done();
            });
        }
        await done.Wait();
        foreach (var sema in semas)
        {
            Assert.That(sema.v, Is.Zero);
        }
    }));

    private static unsafe uintptr newnotifyList() => (uintptr)@new<notifyList>();

    // One notification wakes the waiter with the first ticket; all wakes all.
    [Test]
    public Task TestNotifyList() => Run(async () =>
    {
        const int n = 20;
        var l = newnotifyList();
        var woken = new List<int>();
        var parked = 0;
        for (var i = 0; i < n; i++)
        {
            var me = i;
            builtin.go(async () =>
            {
                var t = notifyListAdd(l);
                parked++;
                await notifyListWait(l, t);
                lock (woken)
                {
                    woken.Add(me);
                }
            });
            // One after the other, so that the order is known.
            while (!waits(l, me + 1))
            {
                await Gosched();
            }
        }
        for (var i = 0; i < n / 2; i++)
        {
            notifyListNotifyOne(l);
            while (count() != i + 1)
            {
                await Gosched();
            }
        }
        var first = new int[n / 2];
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = i;
        }
        Assert.That(woken, Is.EqualTo(first));
        notifyListNotifyAll(l);
        while (count() != n)
        {
            await Gosched();
        }
        // A ticket that was notified before the wait does not block.
        var t = notifyListAdd(l);
        notifyListNotifyOne(l);
        await notifyListWait(l, t);

        int count()
        {
            lock (woken)
            {
                return woken.Count;
            }
        }

        static unsafe bool waits(uintptr pl, int n)
        {
            var l = (notifyList*)pl;
            @lock(&l->@lock);
            var i = 0;
            for (var s = l->head; s != null; s = s->next)
            {
                i++;
            }
            unlock(&l->@lock);
            return i == n;
        }
    });
}
