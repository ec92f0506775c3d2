// Ports src/runtime/chan_test.go of go1.20.
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using static golang.builtin;
using static golang.export_test;
using static golang.proc_test;
using static golang.runtime;
using static golang.testprog;

namespace golang;

public class chan_test
{
    private const int64 Microsecond = 1000;
    private const int64 Millisecond = 1000 * Microsecond;

#if DEBUG
    private static readonly bool isDebug = true;
#else
    private static readonly bool isDebug = false;
#endif

    [Test]
    public Task TestChan() => Run(() => testing.WithGOMAXPROCS(4, async () =>
    {
        var N = testing.Short() ? 20 : 200;
        for (var chanCap = 0; chanCap < N; chanCap++)
        {
            {
                // Nothing comes out of an empty channel: a receive waits.
                var c = builtin.makechan<int>(chanCap);
                var recv1 = false;
                builtin.go(async () =>
                {
                    _ = await c.Recv();
                    Volatile.Write(ref recv1, true);
                });
                var recv2 = false;
                builtin.go(async () =>
                {
                    var (_, _) = await c.Recv2();
                    Volatile.Write(ref recv2, true);
                });
                await timeSleep(Millisecond);
                Assert.That(Volatile.Read(ref recv1) || Volatile.Read(ref recv2), Is.False, $"chan[{chanCap}]: receive from empty chan");
                // One that may not wait does not.
                Assert.That(await select(c.recvcase(), defaultcase), Is.EqualTo(1), $"chan[{chanCap}]: receive from empty chan");
                Assert.That(c.selectnbrecv().selected, Is.False, $"chan[{chanCap}]: receive from empty chan");
                await c.Send(0);
                await c.Send(0);
            }

            {
                // Nothing goes into a full channel: a send waits.
                var c = builtin.makechan<int>(chanCap);
                for (var i = 0; i < chanCap; i++)
                {
                    await c.Send(i);
                }
                uint32 sent = 0;
                builtin.go(async () =>
                {
                    await c.Send(0);
                    Volatile.Write(ref sent, 1);
                });
                await timeSleep(Millisecond);
                Assert.That(Volatile.Read(ref sent), Is.Zero, $"chan[{chanCap}]: send to full chan");
                // One that may not wait does not.
                Assert.That(await select(c.sendcase(0), defaultcase), Is.EqualTo(1), $"chan[{chanCap}]: send to full chan");
                Assert.That(c.selectnbsend(0), Is.False, $"chan[{chanCap}]: send to full chan");
                await c.Recv();
            }

            {
                // Out of a closed one comes what is left in it, and then 0.
                var c = builtin.makechan<int>(chanCap);
                for (var i = 0; i < chanCap; i++)
                {
                    await c.Send(i);
                }
                c.Close();
                for (var i = 0; i < chanCap; i++)
                {
                    Assert.That(await c.Recv(), Is.EqualTo(i), $"chan[{chanCap}]");
                }
                Assert.That(await c.Recv(), Is.Zero, $"chan[{chanCap}]");
                Assert.That(await c.Recv2(), Is.EqualTo((0, false)), $"chan[{chanCap}]");
            }

            {
                // A receive that waits ends when the channel is closed.
                var c = builtin.makechan<int>(chanCap);
                var done = builtin.makechan<bool>();
                builtin.go(async () =>
                {
                    var (v, ok) = await c.Recv2();
                    await done.Send(v == 0 && ok == false);
                });
                await timeSleep(Millisecond);
                c.Close();
                Assert.That(await done.Recv(), $"chan[{chanCap}]: received non zero from closed chan");
            }

            {
                // Of 100 integers each comes out as it went in,
                // and in that order.
                var c = builtin.makechan<int>(chanCap);
                builtin.go(async () =>
                {
                    for (var i = 0; i < 100; i++)
                    {
                        await c.Send(i);
                    }
                });
                for (var i = 0; i < 100; i++)
                {
                    Assert.That(await c.Recv(), Is.EqualTo(i), $"chan[{chanCap}]");
                }

                // With recv2 too.
                builtin.go(async () =>
                {
                    for (var i = 0; i < 100; i++)
                    {
                        await c.Send(i);
                    }
                });
                for (var i = 0; i < 100; i++)
                {
                    Assert.That(await c.Recv2(), Is.EqualTo((i, true)), $"chan[{chanCap}]");
                }

                // When 4 goroutines send 1000 integers each,
                // 4 goroutines receive just those.
                const int P = 4;
                const int L = 1000;
                for (var p = 0; p < P; p++)
                {
                    builtin.go(async () =>
                    {
                        for (var i = 0; i < L; i++)
                        {
                            await c.Send(i);
                        }
                    });
                }
                var done = builtin.makechan<Dictionary<int, int>>();
                for (var p = 0; p < P; p++)
                {
                    builtin.go(async () =>
                    {
                        var recv1 = new Dictionary<int, int>();
                        for (var i = 0; i < L; i++)
                        {
                            var v = await c.Recv();
                            recv1[v] = recv1.GetValueOrDefault(v) + 1;
                        }
                        await done.Send(recv1);
                    });
                }
                var recv = new Dictionary<int, int>();
                for (var p = 0; p < P; p++)
                {
                    foreach (var (k, v) in await done.Recv())
                    {
                        recv[k] = recv.GetValueOrDefault(k) + v;
                    }
                }
                Assert.That(recv, Has.Count.EqualTo(L), $"chan[{chanCap}]");
                foreach (var v in recv.Values)
                {
                    Assert.That(v, Is.EqualTo(P), $"chan[{chanCap}]");
                }
            }

            {
                // len and cap
                var c = builtin.makechan<int>(chanCap);
                Assert.That((c.len, c.cap), Is.EqualTo((0, chanCap)));
                for (var i = 0; i < chanCap; i++)
                {
                    await c.Send(i);
                }
                Assert.That((c.len, c.cap), Is.EqualTo((chanCap, chanCap)));
            }
        }
    }));

    [Test]
    public Task TestNonblockRecvRace() => Run(async t =>
    {
        var n = testing.Short() ? 100 : 10000;
        for (var i = 0; i < n; i++)
        {
            var c = builtin.makechan<int>(1);
            await c.Send(1);
            builtin.go(async () =>
            {
                if (await select(c.recvcase(), defaultcase) == 1)
                {
                    t.Errorf("chan is not ready");
                }
            });
            c.Close();
            await c.Recv();
            if (t.Failed())
            {
                break;
            }
        }
    });

    // A select looks at all its channels at one moment, not at one after the other over a
    // while. One goroutine
    //
    //	makes c1 and c2,
    //	makes c1 ready to be received from,
    //	starts the second goroutine,
    //	makes c2 ready,
    //	and has c1 not ready any more, if it still is.
    //
    // The second one has a select that receives from c1 or c2 and does not wait. All its life
    // one of the two is ready, or both are; so it always receives from one
    // and never gets to the default.
    [Test]
    public Task TestNonblockSelectRace() => testNonblockSelectRace(async c2 => await c2.Send(1), 1);

    // As TestNonblockSelectRace; c2 gets ready because it is closed.
    [Test]
    public Task TestNonblockSelectRace2() => testNonblockSelectRace(c2 =>
    {
        c2.Close();
        return default;
    }, 0);

    private static Task testNonblockSelectRace(Func<chan<int>, go> makeready, int cap2) => Run(async () =>
    {
        var n = testing.Short() ? 1000 : 100000;
        var done = builtin.makechan<bool>(1);
        for (var i = 0; i < n; i++)
        {
            var c1 = builtin.makechan<int>(1);
            var c2 = builtin.makechan<int>(cap2);
            await c1.Send(1);
            builtin.go(async () =>
            {
                if (await select(c1.recvcase(), c2.recvcase(), defaultcase) == 2)
                {
                    await done.Send(false);
                    return;
                }
                await done.Send(true);
            });
            await makeready(c2);
            await select(c1.recvcase(), defaultcase);
            Assert.That(await done.Recv(), "no chan is ready");
        }
    });

    [Test]
    public Task TestSelfSelect() => Run(t => testing.WithGOMAXPROCS(2, async () =>
    {
        // A select may both send to a channel and receive from it.
        // It neither crashes nor meets itself nor gets stuck.
        foreach (var chanCap in new[] { 0, 10 })
        {
            var wg = new sync.WaitGroup();
            wg.Add(2);
            var c = builtin.makechan<int>(chanCap);
            for (var p1 = 0; p1 < 2; p1++)
            {
                var p = p1;
                builtin.go(async () =>
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        var s = c.sendcase(p);
                        var r = c.recvcase();
                        bool received;
                        if (p == 0 || i % 2 == 0)
                        {
                            received = await select(s, r) == 1;
                        }
                        else
                        {
                            received = await select(r, s) == 0;
                        }
                        if (received && chanCap == 0 && r.v == p)
                        {
                            t.Errorf("self receive");
                            break;
                        }
                    }
                    wg.Done();
                });
            }
            await wg.Wait();
        }
    }));

    [Test]
    public Task TestSelectStress() => Run(() => testing.WithGOMAXPROCS(10, async () =>
    {
        chan<int>[] c = [builtin.makechan<int>(), builtin.makechan<int>(), builtin.makechan<int>(2), builtin.makechan<int>(3)];
        var N = (int)1e5;
        if (testing.Short())
        {
            N /= 10;
        }
        // On each channel one goroutine sends N values,
        // and one receives N.
        // Another one sends N on each of the four, by one select,
        // and the last receives N from each of the four, by one select.
        // Who meets whom is up to chance,
        // but the numbers are such that all come to an end.
        var wg = new sync.WaitGroup();
        wg.Add(10);
        for (var k1 = 0; k1 < 4; k1++)
        {
            var k = k1;
            builtin.go(async () =>
            {
                for (var i = 0; i < N; i++)
                {
                    await c[k].Send(0);
                }
                wg.Done();
            });
            builtin.go(async () =>
            {
                for (var i = 0; i < N; i++)
                {
                    await c[k].Recv();
                }
                wg.Done();
            });
        }
        builtin.go(async () =>
        {
            var n = new int[4];
            scase<int>[] c1 = [c[3].sendcase(0), c[2].sendcase(0), c[0].sendcase(0), c[1].sendcase(0)];
            for (var i = 0; i < 4 * N; i++)
            {
                var j = await select(c1);
                n[j]++;
                if (n[j] == N)
                {
                    c1[j].ch = null;
                }
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            var n = new int[4];
            scase<int>[] c1 = [c[0].recvcase(), c[1].recvcase(), c[2].recvcase(), c[3].recvcase()];
            for (var i = 0; i < 4 * N; i++)
            {
                var j = await select(c1);
                n[j]++;
                if (n[j] == N)
                {
                    c1[j].ch = null;
                }
            }
            wg.Done();
        });
        await wg.Wait();
    }));

    // Not Go's: a case is given another channel while its select waits. The select goes on with the one that it has,
    // and that is not freed.
    [Test]
    public Task TestSelectCaseChanged() => Run(async () =>
    {
        for (var i = 0; i < 100; i++)
        {
            var done = builtin.makechan<int>(1);
            var (w, cas) = start(done);
            while (!waits(w))
            {
                await Gosched();
            }
            var other = builtin.makechan<int>();
            cas.ch = other;
            GC.Collect();
            GC.WaitForPendingFinalizers();
            // It would get the hchan of the first one.
            var next = builtin.makechan<int>(1);
            await next.Send(1);
            Assert.That(other.selectnbsend(2), Is.False);
            Assert.That(w.TryGetTarget(out var c), Is.True, "the channel is gone");
            await c!.Send(3);
            Assert.That(await done.Recv(), Is.EqualTo(3));
            Assert.That(await next.Recv(), Is.EqualTo(1));
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (WeakReference<chan<int>>, scase<int>) start(chan<int> done)
        {
            var c = builtin.makechan<int>();
            var cas = c.recvcase();
            builtin.go(async () =>
            {
                await select(cas, builtin.makechan<int>().recvcase());
                await done.Send(cas.v);
            });
            return (new(c), cas);
        }

        static unsafe bool waits(WeakReference<chan<int>> w) => w.TryGetTarget(out var c) && c.h->recvq.first != null;
    });

    // Not Go's: a select that panics does not keep its channels.
    [TestCase(1)]
    [TestCase(2)]
    public Task TestSelectPanicDrops(int n) => Run(async () =>
    {
        var w = await panics(n);
        for (var i = 0; w.IsAlive; i++)
        {
            Assert.That(i, Is.LessThan(100), "the channel is kept");
            GC.Collect();
            await Gosched();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static async go<WeakReference> panics(int n)
        {
            var c = builtin.makechan<int>();
            c.Close();
            var cases = Enumerable.Repeat((scase)c.sendcase(1), n).Append(defaultcase).ToArray();
            try
            {
                await select(cases);
                Assert.Fail("no panic");
            }
            catch (PanicException e)
            {
                Assert.That(e.Message, Is.EqualTo("send on closed channel"));
            }
            return new WeakReference(c);
        }
    });

    // Not Go's: a critical finalizer of C# may use a channel after that has lost its hchan, and bring it back. It
    // is a closed one then.
    [Test]
    public void TestFinalizedChan() => Assert.That(testprog.runTestProg("FinalizedChan"), Is.EqualTo(("OK\n", 0)));

    private sealed class closer(chan<int>? c) : System.Runtime.ConstrainedExecution.CriticalFinalizerObject
    {
        internal chan<int>? c = c;
        internal static readonly ConcurrentQueue<chan<int>> back = new();

        ~closer()
        {
            try
            {
                c.Close();
            }
            catch (PanicException)
            {
            }
            back.Enqueue(c!);
        }
    }

    internal static async go FinalizedChan()
    {
        const int N = 100;
        make();
        while (closer.back.Count < N)
        {
            GC.Collect();
            await timeSleep(1_000_000);
        }
        var freed = 0;
        var live = builtin.makechan<int>(1);
        foreach (var c in closer.back)
        {
            freed += isfreed(c) ? 1 : 0;
            try
            {
                c.selectnbsend(1);
                Console.WriteLine("sent");
            }
            catch (PanicException)
            {
            }
            var r = c.recvcase();
            var i = await select(live.sendcase(1), r);
            if (i == 0)
            {
                await live.Recv();
            }
            else if (r.ok)
            {
                Console.WriteLine("received");
            }
        }
        Console.WriteLine(freed > 0 ? "OK" : "no channel was freed");

        // The order of the finalizers is that of the objects, or any other: both are made in both orders.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void make()
        {
            for (var i = 0; i < N / 2; i++)
            {
                _ = new closer(builtin.makechan<int>());
                var closer = new closer(null);
                closer.c = builtin.makechan<int>();
            }
        }

        static unsafe bool isfreed(chan<int> c) => c.h == closedhchan;
    }

    [Test]
    public Task TestSelectFairness() => Run(async () =>
    {
        const int trials = 10000;
        var c1 = builtin.makechan<uint8>(trials + 1);
        var c2 = builtin.makechan<uint8>(trials + 1);
        for (var i = 0; i < trials + 1; i++)
        {
            await c1.Send((uint8)1);
            await c2.Send((uint8)2);
        }
        var c3 = builtin.makechan<uint8>();
        var c4 = builtin.makechan<uint8>();
        var @out = builtin.makechan<uint8>();
        var done = builtin.makechan<uint8>();
        var wg = new sync.WaitGroup();
        wg.Add(1);
        builtin.go(async () =>
        {
            scase<uint8>[] cases = [c3.recvcase(), c4.recvcase(), c1.recvcase(), c2.recvcase()];
            for (; ; )
            {
                var b = cases[await select(cases)].v;
                if (await select(@out.sendcase(b), done.recvcase()) == 1)
                {
                    break;
                }
            }
            wg.Done();
        });
        int cnt1 = 0, cnt2 = 0;
        for (var i = 0; i < trials; i++)
        {
            var b = await @out.Recv();
            switch (b)
            {
                case 1:
                    cnt1++;
                    break;
                case 2:
                    cnt2++;
                    break;
                default:
                    Assert.Fail($"unexpected value {b} on channel");
                    break;
            }
        }
        // With a fair select cnt1 and
        // cnt2 are nearly equal. For 10,000 trials
        // a deviation of more than 4.891676 / (2 * Sqrt(10000))
        // has a probability of one in a million.
        var r = (float64)cnt1 / trials;
        var e = Math.Abs(r - 0.5);
        Assert.That(e, Is.LessThanOrEqualTo(4.891676 / (2 * Math.Sqrt(trials))), $"unfair select: in {trials} trials, results were {cnt1}, {cnt2}");
        done.Close();
        await wg.Wait();
    });

    [Test]
    public Task TestChanSendInterface() => Run(async () =>
    {
        var m = new object();
        var c = builtin.makechan<object>(1);
        await c.Send(m);
        await select(c.sendcase(m), defaultcase);
        await select(c.sendcase(m), c.sendcase(new object()), defaultcase);
    });

    [Test]
    public Task TestPseudoRandomSend() => Run(async () =>
    {
        const int n = 100;
        foreach (var chanCap in new[] { 0, n })
        {
            var c = builtin.makechan<int>(chanCap);
            var l = new int[n];
            var m = new sync.Mutex();
            await m.Lock();
            builtin.go(async () =>
            {
                for (var i = 0; i < n; i++)
                {
                    await Gosched();
                    l[i] = await c.Recv();
                }
                m.Unlock();
            });
            for (var i = 0; i < n; i++)
            {
                await select(c.sendcase(1), c.sendcase(0));
            }
            await m.Lock(); // wait
            int n0 = 0, n1 = 0;
            foreach (var i in l)
            {
                n0 += (i + 1) % 2;
                n1 += i;
            }
            Assert.That(n0 > n / 10 && n1 > n / 10, $"Want pseudorandom, got {n0} zeros and {n1} ones (chan cap {chanCap})");
        }
    });

    [Test]
    public Task TestMultiConsumer() => Run(async () =>
    {
        const int nwork = 23;
        const int niter = 271828;

        int[] pn = [2, 3, 7, 11, 13, 17, 19, 23, 27, 31];

        var q = builtin.makechan<int>(nwork * 3);
        var r = builtin.makechan<int>(nwork * 3);

        // workers
        var wg = new sync.WaitGroup();
        for (var i = 0; i < nwork; i++)
        {
            wg.Add(1);
            var w = i;
            builtin.go(async () =>
            {
                while (await q.Recv2() is (var v, true))
                {
                    // so that they do not stay in order
                    if (pn[w % pn.Length] == v)
                    {
                        await Gosched();
                    }
                    await r.Send(v);
                }
                wg.Done();
            });
        }

        // feeder & closer
        var expect = 0;
        builtin.go(async () =>
        {
            for (var i = 0; i < niter; i++)
            {
                var v = pn[i % pn.Length];
                expect += v;
                await q.Send(v);
            }
            q.Close(); // that was all the work
            await wg.Wait(); // the workers have done it
            r.Close(); // and all results are there
        });

        // consume & check
        var n = 0;
        var s = 0;
        while (await r.Recv2() is (var v, true))
        {
            n++;
            s += v;
        }
        Assert.That((n, s), Is.EqualTo((niter, expect)));
    });

    [Test]
    public Task TestShrinkStackDuringBlockedSend() => Run(async () =>
    {
        // Channel operations work although a collection
        // comes while a goroutine waits in a send.
        // PORT(test): Go's shrinks the stack then. Here the frames that it has used stay;
        // what looks at the goroutine is a mark job.
        const int n = 10;
        var c = builtin.makechan<int>();
        var done = builtin.makechan<@struct>();

        builtin.go(async () =>
        {
            for (var i = 0; i < n; i++)
            {
                await c.Send(i);
                // use lots of stack, for a moment
                await stackGrowthRecursive(20);
            }
            await done.Send(default(@struct));
        });

        for (var i = 0; i < n; i++)
        {
            var x = await c.Recv();
            Assert.That(x, Is.EqualTo(i), "bad channel read");
            // Give the sender time to be done with its stack
            // and to wait in the next send.
            await timeSleep(Millisecond);
            // Now a collection.
            await runtime.GC();
        }
        await done.Recv();
    });

    [Test]
    public Task TestNoShrinkStackWhileParking() => Run(async () =>
    {
        // Once a goroutine can be stopped for the scan of its stack, and
        // before it has parked on a channel all the way, nobody may take
        // it for parked. (Go threw "racy sudog adjustment"; issue 40641.)
        //
        // A sender that now and then uses much of its stack waits
        // for a receiver, for as long as it takes until both are parked,
        // while collections look at the two. The time in which it could
        // happen is so short that many rounds are
        // needed.
        // PORT(test): as TestShrinkStackDuringBlockedSend.
        const int n = 10;
        async go send(chan<int> c, chan<@struct> done)
        {
            for (var i = 0; i < n; i++)
            {
                await c.Send(i);
                // Use lots of stack for a moment, and
                // call nothing else.
                await stackGrowthRecursive(20);
            }
            await done.Send(default(@struct));
        }
        async go recv(chan<int> c, chan<@struct> done)
        {
            for (var i = 0; i < n; i++)
            {
                // Sleep, so that the sender has to
                // wait each time.
                await timeSleep(10 * Microsecond);
                await c.Recv();
            }
            await done.Send(default(@struct));
        }
        for (var i = 0; i < n * 20; i++)
        {
            var c = builtin.makechan<int>();
            var done = builtin.makechan<@struct>();
            builtin.go(() => recv(c, done));
            builtin.go(() => send(c, done));
            // The collection comes when both are well
            // under way.
            await timeSleep(50 * Microsecond);
            await runtime.GC();
            await done.Recv();
            await done.Recv();
        }
    });

    [Test]
    public Task TestSelectDuplicateChannel() => Run(async () =>
    {
        // A G may wait on one channel more than
        // once.
        var c = builtin.makechan<int>();
        var d = builtin.makechan<int>();
        var e = builtin.makechan<int>();

        // goroutine A
        builtin.go(async () =>
        {
            await select(c.recvcase(), c.recvcase(), d.recvcase());
            await e.Send(9);
        });
        await timeSleep(Millisecond); // goroutine A is in c's queue, as the first

        // goroutine B
        builtin.go(async () => await c.Recv());
        await timeSleep(Millisecond); // and goroutine B after it

        await d.Send(7); // A goes on, and leaves c's queue, which was left broken once
        await e.Recv(); // A is done
        await c.Send(8); // B goes on; with the broken queue it was A that was woken, which ran
    });

    // The tests below are not Go's.

    private static async go<string> panics(Func<go> f)
    {
        try
        {
            await f();
        }
        catch (PanicException e)
        {
            return e.Message;
        }
        return "";
    }

    [Test]
    public Task TestChanPanics() => Run(async () =>
    {
        var c = builtin.makechan<int>(1);
        c.Close();
        Assert.That(await panics(() => c.Send(1)), Is.EqualTo("send on closed channel"));
        Assert.That(await panics(async () => await select(c.sendcase(1))), Is.EqualTo("send on closed channel"));
        Assert.That(await panics(async () => await select(c.sendcase(1), defaultcase)), Is.EqualTo("send on closed channel"));
        Assert.That(() => c.selectnbsend(1), Throws.TypeOf<PanicException>());
        Assert.That(c.Close, Throws.TypeOf<PanicException>().With.Message.EqualTo("close of closed channel"));
        chan<int>? nilchan = null;
        Assert.That(() => nilchan.Close(), Throws.TypeOf<PanicException>().With.Message.EqualTo("close of nil channel"));
        Assert.That(() => builtin.makechan<int>(-1), Throws.TypeOf<PanicException>().With.Message.EqualTo("makechan: size out of range"));
        Assert.That((nilchan.len, nilchan.cap), Is.EqualTo((0, 0)));
        Assert.That(nilchan.selectnbsend(1), Is.False);
        Assert.That(nilchan.selectnbrecv().selected, Is.False);
        Assert.That(await select(nilchan.sendcase(1), nilchan.recvcase(), defaultcase), Is.EqualTo(2));
        Assert.That(await select(defaultcase), Is.Zero);

        // A blocked sender panics when the channel is closed, and so does a blocked select.
        for (var i = 0; i < 2; i++)
        {
            var d = builtin.makechan<int>();
            var e = builtin.makechan<int>();
            var msg = builtin.makechan<string>();
            var lone = i == 0;
            builtin.go(async () =>
            {
                var m = await panics(async () =>
                {
                    if (lone)
                    {
                        await d.Send(1);
                    }
                    else
                    {
                        await select(e.recvcase(), d.sendcase(1));
                    }
                });
                await msg.Send(m);
            });
            await timeSleep(Millisecond);
            d.Close();
            Assert.That(await msg.Recv(), Is.EqualTo("send on closed channel"));
        }
    });

    // A value goes from hand to hand: by a lone operation, by a select, to a select, and
    // through a full buffer, with and without references.
    [Test]
    public Task TestChanHandover() => Run(async () =>
    {
        foreach (var chanCap in new[] { 0, 1 })
        {
            var c = builtin.makechan<(string, int)>(chanCap);
            var quit = builtin.makechan<@struct>();
            var n = builtin.makechan<int64>();
            builtin.go(async () =>
            {
                for (var i = 0; i < 1000; i++)
                {
                    if (i % 2 == 0)
                    {
                        await c.Send(("v" + i, i));
                    }
                    else
                    {
                        await select(quit.recvcase(), c.sendcase(("v" + i, i)));
                    }
                }
                await n.Send(1L << 40);
            });
            var r = c.recvcase();
            scase[] cases = [r, quit.recvcase()];
            for (var i = 0; i < 1000; i++)
            {
                (string, int) v;
                if (i % 3 == 0)
                {
                    v = await c.Recv();
                }
                else
                {
                    Assert.That(await select(cases), Is.Zero);
                    Assert.That(r.ok);
                    v = r.v;
                }
                Assert.That(v, Is.EqualTo(("v" + i, i)));
            }
            Assert.That(await n.Recv(), Is.EqualTo(1L << 40));
            c.Close();
            Assert.That(await select(cases), Is.Zero);
            Assert.That((r.ok, r.v), Is.EqualTo((false, default((string, int)))));
        }
    });

    // Sends and receives that park allocate nothing once they have been done before; nor does
    // a select with cases that are used again. In Debug builds, and before the JIT optimises,
    // the calls of async methods allocate; so it is tried for a while.
    [Test]
    public Task TestChanAllocs() => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        if (isDebug)
        {
            return;
        }
        var c = builtin.makechan<int>();
        var s = builtin.makechan<string>();
        var quit = builtin.makechan<@struct>();
        builtin.go(async () =>
        {
            scase[] cases = [c.sendcase(1), s.sendcase("s"), quit.recvcase()];
            while (await select(cases) != 2)
            {
                await c.Send(1);
                await s.Send("s");
            }
        });
        scase[] cases = [c.recvcase(), s.recvcase()];
        var least = int64.MaxValue;
        for (var round = 0; round < 1000 && least > 3000; round++)
        {
            await timeSleep(20 * Millisecond);
            var thread = Environment.CurrentManagedThreadId;
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                await select(cases);
                await c.Recv();
                await s.Recv();
            }
            var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            if (Environment.CurrentManagedThreadId == thread)
            {
                least = Math.Min(least, bytes);
            }
        }
        quit.Close();
        Assert.That(least, Is.LessThan(3000));
    }));

    // A channel that nobody has any more gives its hchan back, and another channel gets it.
    [Test]
    public Task TestChanFinalizer() => Run(async () =>
    {
        var made = new HashSet<uintptr>();
        var again = false;
        for (var i = 0; i < 100 && !again; i++)
        {
            for (var j = 0; j < 100; j++)
            {
                again |= !make(made);
            }
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Gosched();
        }
        Assert.That(again);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static unsafe bool make(HashSet<uintptr> made)
        {
            var c = builtin.makechan<int>(3);
            return made.Add((uintptr)c.h) && c.len == 0 && c.cap == 3;
        }
    });

    // Channels while the CLR's collector runs: values in slots and in buffers stay alive.
    [Test]
    public Task TestChanGC() => Run(t => testing.WithGOMAXPROCS(4, async () =>
    {
        var stop = 0;
        var gc = new waitgroup(1);
        builtin.go(async () =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                GC.Collect();
                await timeSleep(Millisecond);
            }
            gc.Done();
        });
        var wg = new waitgroup(4);
        for (var p = 0; p < 4; p++)
        {
            var size = p;
            builtin.go(async () =>
            {
                for (var i = 0; i < 50; i++)
                {
                    var c = builtin.makechan<string>(size);
                    var d = builtin.makechan<string>();
                    builtin.go(async () =>
                    {
                        for (var j = 0; j < 20; j++)
                        {
                            await c.Send(j.ToString());
                            await select(d.recvcase(), c.sendcase((-j).ToString()));
                        }
                        c.Close();
                    });
                    for (var j = 0; j < 20; j++)
                    {
                        if (await c.Recv() != j.ToString() || await c.Recv() != (-j).ToString())
                        {
                            t.Errorf("wrong value");
                        }
                    }
                    if ((await c.Recv2()).ok)
                    {
                        t.Errorf("not closed");
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
        Volatile.Write(ref stop, 1);
        await gc.Wait();
    }));

    // Any thread may close a channel; only a goroutine may wait on one.
    [Test]
    public async Task TestChanForeign()
    {
        var c = builtin.makechan<int>();
        var wait = Run(async () =>
        {
            Assert.That(await c.Recv2(), Is.EqualTo((0, false)));
        });
        await Task.Delay(20);
        Assert.That(() => c.Recv(), Throws.InvalidOperationException);
        Assert.That(() => c.Send(1), Throws.InvalidOperationException);
        Assert.That(() => select(c.recvcase(), c.sendcase(1)), Throws.InvalidOperationException);
        c.Close();
        await wait;
    }

    [TestCase("ChanRecvDeadlock", "chan receive")]
    [TestCase("ChanSendDeadlock", "chan send")]
    [TestCase("ChanNilRecvDeadlock", "chan receive (nil chan)")]
    [TestCase("ChanNilSendDeadlock", "chan send (nil chan)")]
    [TestCase("SelectDeadlock", "select")]
    [TestCase("SelectNilDeadlock", "select")]
    [TestCase("SelectNoCasesDeadlock", "select (no cases)")]
    public void TestChanDeadlock(string name, string reason)
    {
        var (output, status) = runTestProg(name);
        Assert.That(output, Does.StartWith("fatal error: all goroutines are asleep - deadlock!\n"));
        Assert.That(output, Does.Contain($"goroutine 1 [{reason}]:"));
        Assert.That(status, Is.EqualTo(2));
    }

    // The programs of TestChanDeadlock; Go's testprog has them in deadlock.go's manner.
    internal static readonly Dictionary<string, Func<go>> cmds = new()
    {
        ["ChanRecvDeadlock"] = async () => await builtin.makechan<int>().Recv(),
        ["ChanSendDeadlock"] = () => builtin.makechan<int>().Send(1),
        ["ChanNilRecvDeadlock"] = async () => await ((chan<int>?)null).Recv(),
        ["ChanNilSendDeadlock"] = () => ((chan<int>?)null).Send(1),
        ["SelectDeadlock"] = async () => await select(builtin.makechan<int>().recvcase(), builtin.makechan<int>().sendcase(1)),
        ["SelectNilDeadlock"] = async () => await select(((chan<int>?)null).recvcase(), ((chan<int>?)null).sendcase(1)),
        ["SelectNoCasesDeadlock"] = async () => await select(),
    };
}
