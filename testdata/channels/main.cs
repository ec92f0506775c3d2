// Command channels does with channels, selects, locks and goroutines what can be done with them, and
// prints what came of it. main.go beside this file is the same program.
namespace channels;

using System.Text;
using golang;
using static golang.builtin;

static class main
{
    static readonly time.Duration ms = time.Millisecond;

    static async go line(string s)
    {
        await os.Stdout.WriteString(s + "\n");
    }

    static string yes(bool b)
    {
        if (b)
        {
            return "yes";
        }
        return "no";
    }

    // recovered tells what a panic was called with.
    static string recovered(object? v)
    {
        switch (v)
        {
            case runtime.Error e:
                return "runtime error: " + e.Error();
            case error e:
                return "error: " + e.Error();
            case string e:
                return "string: " + e;
            case int e:
                return "int: " + e;
        }
        return "something else";
    }

    // panics returns what f panics with.
    static async go<string> panics(Func<go> f)
    {
        var s = "no panic";
        try
        {
            await f();
        }
        catch (PanicException e)
        {
            s = recovered(e.Value);
        }
        return s;
    }

    static int count(string s, string part) => s.Split(part).Length - 1;

    // waiting waits until n goroutines wait for one of the reasons.
    static async go waiting(int n, params string[] reasons)
    {
        var buf = new byte[1 << 16];
        for (; ; )
        {
            var s = Encoding.UTF8.GetString(buf, 0, await runtime.Stack(buf, true));
            var found = 0;
            foreach (var reason in reasons)
            {
                found += count(s, " [" + reason);
            }
            if (found == n)
            {
                return;
            }
            await time.Sleep(ms);
        }
    }

    // eventually runs f until its result is the one that is wanted, twenty times at most: the scheduler
    // may always do a thing in another order.
    static async go<string> eventually(string want, Func<go<string>> f)
    {
        var got = "";
        for (var i = 0; i < 20; i++)
        {
            got = await f();
            if (got == want)
            {
                break;
            }
        }
        return got;
    }

    // drain receives all that is in c.
    static async go<string> drain(chan<string> c)
    {
        var s = "";
        while (c.len > 0)
        {
            s += " " + await c.Recv();
        }
        return s;
    }

    static async go unbuffered()
    {
        await line("unbuffered");
        var c = makechan<int>();
        await line("len " + c.len + " cap " + c.cap);
        // The receiver waits.
        var done = makechan<int>();
        go(async () => await done.Send(await c.Recv() * 2));
        await waiting(1, "chan receive");
        await c.Send(21);
        await line("to a receiver that waits: " + await done.Recv());
        // The sender waits.
        go(async () =>
        {
            await c.Send(7);
            await done.Send(1);
        });
        await waiting(1, "chan send");
        await line("from a sender that waits: len " + c.len + ", " + await c.Recv() + ", then it goes on " + await done.Recv());
        // What the sender did before is seen after.
        var x = 0;
        var sum = 0;
        go(async () =>
        {
            for (var i = 1; i <= 1000; i++)
            {
                x = i;
                await c.Send(i);
                await done.Recv();
            }
            c.Close();
        });
        while (await c.Recv2() is (var i, true))
        {
            if (x == i)
            {
                sum += x;
            }
            await done.Send(0);
        }
        await line("back and forth: " + sum);
    }

    static async go buffered()
    {
        await line("buffered");
        var c = makechan<int>(3);
        var s = "";
        for (var i = 1; i <= 3; i++)
        {
            await c.Send(i);
            s += " " + c.len + "/" + c.cap;
        }
        await line("filling:" + s);
        s = "";
        for (var i = 1; i <= 3; i++)
        {
            s += " " + await c.Recv() + " left " + c.len;
        }
        await line("emptying:" + s);
        // Round the end of the buffer many times.
        var sum = 0;
        for (var i = 0; i < 1000; i++)
        {
            await c.Send(i);
            await c.Send(-2 * i);
            sum += await c.Recv() + await c.Recv();
        }
        await line("round and round: " + sum);
        // Senders that wait are served in their order, behind what is in the buffer.
        await c.Send(1);
        await c.Send(2);
        await c.Send(3);
        for (var k = 4; k <= 7; k++)
        {
            var i = k;
            go(() => c.Send(i));
            await waiting(i - 3, "chan send");
        }
        s = "";
        for (var i = 1; i <= 7; i++)
        {
            var v = await c.Recv();
            s += " " + v + " left " + c.len;
        }
        await line("with senders that wait:" + s);
        // Nothing else than an int.
        var e = makechan<error?>(2);
        await e.Send(null);
        await e.Send(errors.New("an error"));
        await line("errors: nil " + yes(await e.Recv() == null) + ", " + (await e.Recv())!.Error());
        var z = makechan<@struct>(5);
        await z.Send(default);
        await z.Send(default);
        await line("of no size: len " + z.len + " cap " + z.cap);
        var cc = makechan<chan<string>>(1);
        var inner = makechan<string>(1);
        await cc.Send(inner);
        await inner.Send("through");
        await line("a channel in a channel: " + await (await cc.Recv()).Recv());
        await line("a size below 0: " + await panics(async () =>
        {
            var n = -1;
            _ = makechan<int>(n);
        }));
    }

    static async go order()
    {
        await line("order");
        // Receivers that wait are served in their order.
        var c = makechan<int>();
        var @out = makechan<string>(5);
        for (var k = 1; k <= 5; k++)
        {
            var i = k;
            go(async () => await @out.Send(i + " got " + await c.Recv() + ","));
            await waiting(i, "chan receive");
        }
        var s = "";
        for (var i = 10; i <= 50; i += 10)
        {
            await c.Send(i);
            s += " " + await @out.Recv();
        }
        await line("receivers:" + s);
        // With a buffer nothing passes through it while somebody waits.
        var b = makechan<int>(5);
        for (var k = 1; k <= 3; k++)
        {
            var i = k;
            go(async () => await @out.Send(i + " got " + await b.Recv() + ","));
            await waiting(i, "chan receive");
        }
        s = "";
        for (var i = 10; i <= 30; i += 10)
        {
            await b.Send(i);
            s += " len " + b.len + " " + await @out.Recv();
        }
        await line("receivers, with a buffer:" + s);
        for (var k = 1; k <= 5; k++)
        {
            var i = k;
            go(() => c.Send(i));
            await waiting(i, "chan send");
        }
        s = "";
        for (var i = 1; i <= 5; i++)
        {
            s += " " + await c.Recv();
        }
        await line("senders:" + s);
        // Selects stand in the same queue.
        var d = makechan<int>();
        for (var k = 1; k <= 4; k++)
        {
            var i = k;
            if (i % 2 == 0)
            {
                go(async () =>
                {
                    var r = c.recvcase();
                    switch (await select(r, d.recvcase()))
                    {
                        case 0:
                            await @out.Send(i + " got " + r.v + ",");
                            break;
                        case 1:
                            break;
                    }
                });
            }
            else
            {
                go(async () => await @out.Send(i + " got " + await c.Recv() + ","));
            }
            await waiting(i, "chan receive", "select");
        }
        s = "";
        for (var i = 10; i <= 40; i += 10)
        {
            await c.Send(i);
            s += " " + await @out.Recv();
        }
        await line("selects and receivers:" + s);
        // A select that goes on for another reason leaves the queue.
        go(async () =>
        {
            var r1 = c.recvcase();
            var r2 = d.recvcase();
            switch (await select(r1, r2))
            {
                case 0:
                    await @out.Send("select got " + r1.v);
                    break;
                case 1:
                    await @out.Send("select got " + r2.v + " from the other,");
                    break;
            }
        });
        await waiting(1, "select");
        go(async () => await @out.Send("receiver got " + await c.Recv()));
        await waiting(2, "select", "chan receive");
        await d.Send(1);
        s = await @out.Recv();
        await c.Send(2);
        await line(s + " " + await @out.Recv());
    }

    static async go closing()
    {
        await line("closing");
        var c = makechan<int>(2);
        await c.Send(5);
        c.Close();
        var (v, ok) = await c.Recv2();
        var s = v + " " + yes(ok);
        (v, ok) = await c.Recv2();
        s += ", " + v + " " + yes(ok);
        (v, ok) = await c.Recv2();
        await line("what is left, then zero: " + s + ", " + v + " " + yes(ok) + ", len " + c.len + " cap " + c.cap);
        var str = makechan<string>();
        str.Close();
        (var t, ok) = await str.Recv2();
        await line("no string: " + (t ?? "").Length + " " + yes(ok));
        await line("send: " + await panics(() => c.Send(1)));
        await line("send by select: " + await panics(async () =>
        {
            switch (await select(c.sendcase(1)))
            {
                case 0:
                    break;
            }
        }));
        await line("send by select with default: " + await panics(async () =>
        {
            switch (await select(c.sendcase(1), defaultcase))
            {
                case 0:
                    break;
                default:
                    break;
            }
        }));
        var other = makechan<int>();
        await line("send by select of two: " + await panics(async () =>
        {
            switch (await select(c.sendcase(1), other.recvcase()))
            {
                case 0:
                    break;
                case 1:
                    break;
            }
        }));
        await line("close: " + await panics(async () => c.Close()));
        chan<int>? none = null;
        await line("close of nil: " + await panics(async () => none.Close()));
        await line("close of a good one: " + await panics(async () => other.Close()));

        // All receivers that wait go on.
        var d = makechan<int>();
        var @out = makechan<string>(10);
        for (var k = 0; k < 5; k++)
        {
            var i = k;
            go(async () =>
            {
                if (i % 2 == 0)
                {
                    var (v, ok) = await d.Recv2();
                    await @out.Send(v + " " + yes(ok));
                    return;
                }
                var r = d.recvcase();
                switch (await select(r, none.recvcase()))
                {
                    case 0:
                        await @out.Send(r.v + " " + yes(r.ok));
                        break;
                    case 1:
                        break;
                }
            });
        }
        await waiting(5, "chan receive", "select");
        d.Close();
        s = "";
        for (var i = 0; i < 5; i++)
        {
            s += " " + await @out.Recv() + ",";
        }
        await line("receivers that wait:" + s);
        // All senders that wait panic.
        d = makechan<int>();
        for (var k = 0; k < 5; k++)
        {
            var i = k;
            go(async () => await @out.Send(await panics(async () =>
            {
                if (i % 2 == 0)
                {
                    await d.Send(i);
                    return;
                }
                switch (await select(d.sendcase(i), none.recvcase()))
                {
                    case 0:
                        break;
                    case 1:
                        break;
                }
            })));
        }
        await waiting(5, "chan send", "select");
        d.Close();
        for (var i = 0; i < 5; i++)
        {
            await line("a sender that waits: " + await @out.Recv());
        }
        // Those with a buffer that is full, too, and what is in it can still be received.
        d = makechan<int>(2);
        await d.Send(1);
        await d.Send(2);
        go(async () => await @out.Send(await panics(() => d.Send(3))));
        await waiting(1, "chan send");
        d.Close();
        s = await @out.Recv();
        var n = 0;
        while (await d.Recv2() is (var w, true))
        {
            n = n * 10 + w;
        }
        await line("with a full buffer: " + s + ", in it " + n);
    }

    static async go selecting()
    {
        await line("select");
        chan<int>? none = null;
        var c = makechan<int>(1);
        async go<string> which()
        {
            var r = c.recvcase();
            switch (await select(r, none.sendcase(1), none.recvcase(), defaultcase))
            {
                case 0:
                    return "received " + r.v + " " + yes(r.ok);
                case 1:
                    return "sent to nil";
                case 2:
                    return "received from nil";
                default:
                    return "default";
            }
        }
        var s = await which();
        await c.Send(3);
        s += ", " + await which() + ", " + await which();
        c.Close();
        await line("with default: " + s + ", " + await which());
        c = makechan<int>(1);
        s = "";
        for (var i = 0; i < 6; i++)
        {
            var r = c.recvcase();
            switch (await select(c.sendcase(i), r))
            {
                case 0:
                    s += " sent " + i;
                    break;
                case 1:
                    s += " received " + r.v;
                    break;
            }
        }
        await line("both of one channel:" + s);
        var u = makechan<int>();
        switch (await select(u.sendcase(1), u.recvcase(), defaultcase))
        {
            case 0:
                s = "met itself";
                break;
            case 1:
                s = "met itself";
                break;
            default:
                s = "default";
                break;
        }
        await line("both of one without a buffer: " + s);

        // Of those that are ready each comes some time, and no other one.
        const int n = 6;
        var cs = new chan<int>[n];
        for (var i = 0; i < n; i++)
        {
            cs[i] = makechan<int>(1);
            await cs[i].Send(i);
        }
        var counts = new int[n];
        var right = true;
        scase<int>[] cases = [cs[0].recvcase(), cs[1].recvcase(), cs[2].recvcase(), cs[3].recvcase(), cs[4].recvcase(), cs[5].recvcase(), none.recvcase()];
        for (var i = 0; i < 3000; i++)
        {
            var k = await select(cases);
            var v = cases[k].v;
            if (k == 6)
            {
                k = 0;
                right = false;
            }
            if (v != k)
            {
                right = false;
            }
            counts[k]++;
            await cs[k].Send(k);
        }
        var all = true;
        var sum = 0;
        foreach (var m in counts)
        {
            sum += m;
            if (m < 300)
            {
                all = false;
            }
        }
        await line("six ready ones: right " + yes(right) + ", each 300 times of 3000 at least " + yes(all) + ", in all " + sum);
        // The same for sends and receives, two at a time.
        var @in = makechan<int>(1);
        var @out = makechan<int>(1);
        int sends = 0, receives = 0;
        for (var i = 0; i < 2000; i++)
        {
            if (@in.len == 0)
            {
                await @in.Send(1);
            }
            if (@out.len == 1)
            {
                await @out.Recv();
            }
            switch (await select(@in.recvcase(), @out.sendcase(1)))
            {
                case 0:
                    receives++;
                    break;
                case 1:
                    sends++;
                    break;
            }
        }
        await line("a send and a receive, each 600 times of 2000 at least: " + yes(sends >= 600 && receives >= 600) + ", in all " + (sends + receives));

        // It waits for whichever comes.
        var (a, b) = (makechan<string>(), makechan<string>());
        var res = makechan<string>();
        for (var i = 0; i < 4; i++)
        {
            go(async () =>
            {
                var ra = a.recvcase();
                var rb = b.recvcase();
                switch (await select(ra, rb, u.sendcase(9), a.recvcase()))
                {
                    case 0:
                        await res.Send("received " + ra.v);
                        break;
                    case 1:
                        await res.Send("received " + rb.v + " " + yes(rb.ok) + " from the second");
                        break;
                    case 2:
                        await res.Send("sent");
                        break;
                    case 3:
                        await res.Send("received");
                        break;
                }
            });
            await waiting(1, "select");
            switch (i)
            {
                case 0:
                    await b.Send("b");
                    break;
                case 1:
                    await line("its value: " + await u.Recv());
                    break;
                case 2:
                    await a.Send("");
                    break;
                case 3:
                    b.Close();
                    break;
            }
            s = await res.Recv();
            if (i == 2)
            {
                s = yes(s.StartsWith("received"));
            }
            await line("waits: " + s);
        }
        // One channel that becomes nil when it is closed.
        chan<int>? x = makechan<int>(), y = makechan<int>();
        var (sx, sy) = (x, y);
        go(async () =>
        {
            for (var i = 1; i <= 100; i++)
            {
                await sx.Send(i);
            }
            sx.Close();
        });
        go(async () =>
        {
            for (var i = 1; i <= 50; i++)
            {
                await sy.Send(-i);
            }
            sy.Close();
        });
        sum = 0;
        var got = 0;
        while (x != null || y != null)
        {
            var rx = x.recvcase();
            var ry = y.recvcase();
            switch (await select(rx, ry))
            {
                case 0:
                    if (!rx.ok)
                    {
                        x = null;
                        continue;
                    }
                    sum += rx.v;
                    got++;
                    break;
                case 1:
                    if (!ry.ok)
                    {
                        y = null;
                        continue;
                    }
                    sum += ry.v;
                    got++;
                    break;
            }
        }
        await line("merged until both are closed: " + got + " values, sum " + sum);
        // For ever.
        for (var k = 0; k < 3; k++)
        {
            var i = k;
            go(async () =>
            {
                switch (i)
                {
                    case 0:
                        await none.Recv();
                        break;
                    case 1:
                        await none.Send(1);
                        break;
                    case 2:
                        await select();
                        break;
                }
            });
        }
        await waiting(1, "chan receive (nil chan)");
        await waiting(1, "chan send (nil chan)");
        await waiting(1, "select (no cases)");
        await line("three wait for ever");
    }

    static async go generate(chan<int> c, int n)
    {
        for (var i = 2; i <= n; i++)
        {
            await c.Send(i);
        }
        c.Close();
    }

    static async go filter(chan<int> @in, chan<int> @out, int prime)
    {
        while (await @in.Recv2() is (var i, true))
        {
            if (i % prime != 0)
            {
                await @out.Send(i);
            }
        }
        @out.Close();
    }

    static async go sieve()
    {
        await line("sieve");
        var first = makechan<int>();
        go(() => generate(first, 500));
        var c = first;
        var s = "";
        var n = 0;
        for (; ; )
        {
            var (prime, ok) = await c.Recv2();
            if (!ok)
            {
                break;
            }
            n++;
            s += " " + prime;
            var next = makechan<int>();
            var last = c;
            go(() => filter(last, next, prime));
            c = next;
        }
        await line(n + " primes:" + s);
    }

    static async go fan()
    {
        await line("fan out and in");
        foreach (var size in new[] { 0, 1, 16, 1000 })
        {
            var jobs = makechan<int>(size);
            var results = makechan<int>(size);
            var wg = new sync.WaitGroup();
            for (var w = 0; w < 8; w++)
            {
                wg.Add(1);
                go(async () =>
                {
                    try
                    {
                        while (await jobs.Recv2() is (var j, true))
                        {
                            await results.Send(j * j);
                        }
                    }
                    finally
                    {
                        wg.Done();
                    }
                });
            }
            go(async () =>
            {
                for (var i = 1; i <= 2000; i++)
                {
                    await jobs.Send(i);
                }
                jobs.Close();
                await wg.Wait();
                results.Close();
            });
            int64 n = 0, total = 0;
            while (await results.Recv2() is (var r, true))
            {
                n++;
                total += r;
            }
            await line("size " + size + ": " + n + " results, sum " + total);
        }
        // Several producers, several consumers, no order but all that was sent.
        var c = makechan<int>(4);
        var producers = new sync.WaitGroup();
        var consumers = new sync.WaitGroup();
        int64 sum = 0, values = 0;
        for (var k = 0; k < 5; k++)
        {
            var p = k;
            producers.Add(1);
            go(async () =>
            {
                try
                {
                    for (var i = 0; i < 1000; i++)
                    {
                        await c.Send(p * 1000 + i);
                    }
                }
                finally
                {
                    producers.Done();
                }
            });
        }
        for (var q = 0; q < 3; q++)
        {
            consumers.Add(1);
            go(async () =>
            {
                try
                {
                    for (; ; )
                    {
                        var (v, ok) = await c.Recv2();
                        if (!ok)
                        {
                            return;
                        }
                        atomic.AddInt64(ref sum, v);
                        atomic.AddInt64(ref values, 1);
                    }
                }
                finally
                {
                    consumers.Done();
                }
            });
        }
        await producers.Wait();
        c.Close();
        await consumers.Wait();
        await line("producers and consumers: " + values + " values, sum " + sum);
        // One producer and one consumer keep the order.
        var d = makechan<int>(7);
        go(() => generate(d, 5000));
        var want = 2;
        while (await d.Recv2() is (var v, true))
        {
            if (v != want)
            {
                break;
            }
            want++;
        }
        await line("in order up to " + (want - 1));
    }

    static async go pass(chan<int> @in, chan<int> @out)
    {
        while (await @in.Recv2() is (var v, true))
        {
            await @out.Send(v + 1);
        }
        @out.Close();
    }

    static async go ring()
    {
        await line("ring");
        const int n = 100;
        var first = makechan<int>();
        var @in = first;
        for (var i = 0; i < n; i++)
        {
            var from = @in;
            var @out = makechan<int>();
            go(() => pass(from, @out));
            @in = @out;
        }
        var token = 0;
        for (var i = 0; i < 20; i++)
        {
            await first.Send(token);
            token = await @in.Recv();
        }
        first.Close();
        var (_, ok) = await @in.Recv2();
        await line("twenty times round a hundred: " + token + ", open " + yes(ok));
        // Two that play with one ball.
        var (ping, pong) = (makechan<int>(), makechan<int>());
        go(() => pass(ping, pong));
        var v = 0;
        for (var i = 0; i < 5000; i++)
        {
            await ping.Send(v);
            v = await pong.Recv();
        }
        ping.Close();
        await line("ping pong: " + v);
    }

    // holder is what a pool keeps.
    sealed class holder
    {
        internal int n;
    }

    static async go locks()
    {
        await line("locks");
        var mu = new sync.Mutex();
        var wg = new sync.WaitGroup();
        var n = 0;
        for (var i = 0; i < 10; i++)
        {
            wg.Add(1);
            go(async () =>
            {
                try
                {
                    for (var j = 0; j < 1000; j++)
                    {
                        await mu.Lock();
                        n++;
                        if (j % 100 == 0)
                        {
                            await runtime.Gosched();
                        }
                        mu.Unlock();
                    }
                }
                finally
                {
                    wg.Done();
                }
            });
        }
        await wg.Wait();
        var s = "mutex: " + n + ", TryLock " + yes(mu.TryLock()) + ", TryLock " + yes(mu.TryLock());
        mu.Unlock();
        await line(s);
        // Those that wait for a mutex get it in their order.
        var @out = makechan<string>(10);
        await line("mutex, in order:" + await eventually(" 1 2 3 4", async () =>
        {
            await mu.Lock();
            for (var k = 1; k <= 4; k++)
            {
                var i = k;
                wg.Add(1);
                go(async () =>
                {
                    await mu.Lock();
                    await @out.Send(i.ToString());
                    mu.Unlock();
                    wg.Done();
                });
                await waiting(i, "semacquire", "sync.Mutex.Lock");
            }
            mu.Unlock();
            await wg.Wait();
            return await drain(@out);
        }));

        var rw = new sync.RWMutex();
        await rw.RLock();
        await rw.RLock();
        s = "two readers: TryRLock " + yes(rw.TryRLock()) + ", TryLock " + yes(rw.TryLock());
        rw.RUnlock();
        rw.RUnlock();
        rw.RUnlock();
        s += ", none: TryLock " + yes(rw.TryLock()) + ", TryLock " + yes(rw.TryLock()) + ", TryRLock " + yes(rw.TryRLock());
        rw.Unlock();
        await line(s);
        // A writer that waits keeps new readers out, and they come after it.
        await rw.RLock();
        wg.Add(1);
        go(async () =>
        {
            await rw.Lock();
            await @out.Send("writer");
            rw.Unlock();
            wg.Done();
        });
        await waiting(1, "semacquire", "sync.RWMutex.Lock");
        s = "a writer waits: TryRLock " + yes(rw.TryRLock());
        wg.Add(1);
        go(async () =>
        {
            await rw.RLock();
            await @out.Send("reader");
            rw.RUnlock();
            wg.Done();
        });
        await waiting(2, "semacquire", "sync.RWMutex.Lock", "sync.RWMutex.RLock");
        rw.RUnlock();
        await wg.Wait();
        await line(s + ", then:" + await drain(@out));
        int x = 0, y = 0;
        int32 bad = 0;
        for (var k = 0; k < 8; k++)
        {
            var i = k;
            wg.Add(1);
            go(async () =>
            {
                try
                {
                    for (var j = 0; j < 500; j++)
                    {
                        if (i < 2)
                        {
                            await rw.Lock();
                            x++;
                            await runtime.Gosched();
                            y++;
                            rw.Unlock();
                        }
                        else
                        {
                            await rw.RLock();
                            if (x != y)
                            {
                                atomic.AddInt32(ref bad, 1);
                            }
                            rw.RUnlock();
                        }
                    }
                }
                finally
                {
                    wg.Done();
                }
            });
        }
        await wg.Wait();
        await line("readers and writers: " + x + " " + y + ", torn " + bad);
        var l = rw.RLocker();
        await l.Lock();
        await l.Lock();
        s = "RLocker: TryLock " + yes(rw.TryLock());
        l.Unlock();
        l.Unlock();
        await line(s);

        var cond = sync.NewCond(mu);
        var turn = 0;
        for (var k = 1; k <= 5; k++)
        {
            var i = k;
            go(async () =>
            {
                await mu.Lock();
                while (turn == 0)
                {
                    await cond.Wait();
                }
                turn--;
                await @out.Send(i.ToString());
                mu.Unlock();
            });
            await waiting(i, "sync.Cond.Wait");
        }
        cond.Broadcast();
        await waiting(5, "sync.Cond.Wait");
        await line("cond, nothing to do:" + await drain(@out));
        s = "";
        for (var i = 0; i < 2; i++)
        {
            await mu.Lock();
            turn++;
            mu.Unlock();
            cond.Signal();
            s += " " + await @out.Recv();
        }
        await waiting(3, "sync.Cond.Wait");
        await line("cond, two Signals: " + count(s, " "));
        await mu.Lock();
        turn = 3;
        mu.Unlock();
        cond.Broadcast();
        for (var i = 0; i < 3; i++)
        {
            s += " " + await @out.Recv();
        }
        await line("cond, Broadcast: each once " + yes(s.Contains('1') && s.Contains('2') && s.Contains('3') && s.Contains('4') && s.Contains('5')) +
            ", in all " + count(s, " "));
        await line("cond, Signal wakes the first:" + await eventually(" 1 2 3", async () =>
        {
            for (var k = 1; k <= 3; k++)
            {
                var i = k;
                go(async () =>
                {
                    await mu.Lock();
                    await cond.Wait();
                    await @out.Send(i.ToString());
                    mu.Unlock();
                });
                await waiting(i, "sync.Cond.Wait");
            }
            var s = "";
            for (var i = 0; i < 3; i++)
            {
                cond.Signal();
                s += " " + await @out.Recv();
            }
            return s;
        }));

        var once = new sync.Once();
        var runs = 0;
        for (var i = 0; i < 10; i++)
        {
            wg.Add(1);
            go(async () =>
            {
                await once.Do(async () =>
                {
                    await time.Sleep(ms);
                    runs++;
                });
                if (runs == 1)
                {
                    await @out.Send("1");
                }
                else
                {
                    await @out.Send("0");
                }
                wg.Done();
            });
        }
        await wg.Wait();
        await line("once: runs " + runs + ", seen by" + await drain(@out));
        var once2 = new sync.Once();
        s = await panics(() => once2.Do(() => panic("in once")));
        await line("once that panics: " + s + ", again: " + await panics(() => once2.Do(() => { runs++; })) + ", runs " + runs);

        var wg2 = new sync.WaitGroup();
        await wg2.Wait();
        wg2.Add(3);
        for (var i = 0; i < 3; i++)
        {
            go(async () =>
            {
                await wg2.Wait();
                await @out.Send("on");
            });
        }
        await waiting(3, "semacquire");
        wg2.Done();
        wg2.Done();
        s = "wait group: at one" + await drain(@out);
        wg2.Done();
        await line(s + ", at none " + await @out.Recv() + " " + await @out.Recv() + " " + await @out.Recv());
        await line("wait group below none: " + await panics(async () => wg2.Add(-1)));

        int32 made = 0;
        var pool = new sync.Pool
        {
            New = () =>
            {
                atomic.AddInt32(ref made, 1);
                return new holder();
            },
        };
        int32 taken = 0;
        for (var i = 0; i < 8; i++)
        {
            wg.Add(1);
            go(async () =>
            {
                try
                {
                    for (var j = 0; j < 200; j++)
                    {
                        var h = (holder)pool.Get()!;
                        h.n++;
                        if (h.n != 1)
                        {
                            atomic.AddInt32(ref taken, 1);
                        }
                        await runtime.Gosched();
                        h.n--;
                        pool.Put(h);
                    }
                }
                finally
                {
                    wg.Done();
                }
            });
        }
        await wg.Wait();
        await line("pool: none held by two " + yes(taken == 0) + ", made some " + yes(made > 0) + ", not all " + yes(made < 1600));
        var empty = new sync.Pool();
        await line("a pool without New: nil " + yes(empty.Get() == null));
    }

    static async go deferred(chan<string> @out, int depth)
    {
        try
        {
            if (depth == 3)
            {
                runtime.Goexit();
            }
            await deferred(@out, depth + 1);
            await @out.Send("not reached");
        }
        finally
        {
            await @out.Send("deferred " + depth);
        }
    }

    // settle waits until the goroutines that are about to end have ended and n are left.
    static async go settle(int n)
    {
        for (var i = 0; i < 10000 && runtime.NumGoroutine() != n; i++)
        {
            await time.Sleep(ms);
        }
    }

    static async go goroutines()
    {
        await line("goroutines");
        var @out = makechan<string>(20);
        await settle(1);
        var before = runtime.NumGoroutine();
        var gate = makechan<int>();
        var wg = new sync.WaitGroup();
        for (var i = 0; i < 50; i++)
        {
            wg.Add(1);
            go(async () =>
            {
                await gate.Recv();
                wg.Done();
            });
        }
        var during = runtime.NumGoroutine();
        gate.Close();
        await wg.Wait();
        await settle(before);
        await line("fifty more: " + (during - before) + ", after: " + (runtime.NumGoroutine() - before));
        await line("before: " + before);

        // Panics that are recovered, each in its goroutine.
        var n = 0;
        for (var k = 0; k < 4; k++)
        {
            var i = k;
            go(async () =>
            {
                try
                {
                    switch (i)
                    {
                        case 0:
                            panic("text");
                            break;
                        case 1:
                            panic(errors.New("an error"));
                            break;
                        case 2:
                            panic(17);
                            break;
                        case 3:
                            await time.Sleep(ms);
                            gate.Close();
                            break;
                    }
                    await @out.Send("not reached");
                }
                catch (PanicException e)
                {
                    await @out.Send(recovered(e.Value));
                }
            });
            await line("recovered: " + await @out.Recv());
        }
        // Deferred functions run before it is recovered, the last one first.
        try
        {
            try
            {
                try
                {
                    panic("deep");
                }
                finally
                {
                    await time.Sleep(ms);
                    await @out.Send("first");
                }
            }
            finally
            {
                await @out.Send("second");
            }
        }
        catch (PanicException e)
        {
            await @out.Send(recovered(e.Value));
        }
        await line("deferred:" + await drain(@out));
        // One panic in the place of another.
        try
        {
            try
            {
                panic("original");
            }
            finally
            {
                panic("replaced");
            }
        }
        catch (PanicException e)
        {
            await @out.Send(recovered(e.Value));
        }
        try
        {
            try
            {
                panic("original");
            }
            catch (PanicException e)
            {
                panic("again " + recovered(e.Value));
            }
        }
        catch (PanicException e)
        {
            await @out.Send(recovered(e.Value));
        }
        await line("replaced:" + await drain(@out));
        await line("many: " + await panics(async () =>
        {
            for (var i = 0; i < 1000; i++)
            {
                if (await panics(async () => panic(i)) == "int: " + i)
                {
                    n++;
                }
            }
            panic(n);
        }));

        // Goexit runs what is deferred, and nobody recovers it.
        var ended = makechan<int>();
        go(async () =>
        {
            try
            {
                PanicException? recover = null;
                try
                {
                    await deferred(@out, 1);
                }
                catch (PanicException e)
                {
                    recover = e;
                }
                finally
                {
                    if (recover == null)
                    {
                        await @out.Send("nothing recovered");
                    }
                }
            }
            finally
            {
                ended.Close();
            }
        });
        await ended.Recv();
        await line("Goexit:" + await drain(@out));
        ended = makechan<int>();
        go(async () =>
        {
            try
            {
                try
                {
                    await time.Sleep(ms);
                    runtime.Goexit();
                }
                finally
                {
                    await time.Sleep(ms);
                    await @out.Send("waited");
                }
            }
            finally
            {
                ended.Close();
            }
        });
        await ended.Recv();
        await line("Goexit after a wait:" + await drain(@out));
    }

    static async go turns()
    {
        await line("turns");
        var old = await runtime.GOMAXPROCS(1);
        await line("GOMAXPROCS: " + await runtime.GOMAXPROCS(0) + ", NumCPU above 0 " + yes(runtime.NumCPU() > 0));
        var @out = makechan<string>(100);
        var wg = new sync.WaitGroup();
        // The one that was started last runs first, the others in their order; then they go on in turn.
        await line("Gosched:" + await eventually(" d1 a1 b1 c1 d2 a2 b2 c2 d3 a3 b3 c3", async () =>
        {
            foreach (var name in new[] { "a", "b", "c", "d" })
            {
                wg.Add(1);
                go(async () =>
                {
                    for (var i = 1; i <= 3; i++)
                    {
                        await @out.Send(name + i);
                        await runtime.Gosched();
                    }
                    wg.Done();
                });
            }
            await wg.Wait();
            return await drain(@out);
        }));
        await line("main gives way once:" + await eventually(" b a main", async () =>
        {
            foreach (var name in new[] { "a", "b" })
            {
                wg.Add(1);
                go(async () =>
                {
                    await @out.Send(name);
                    wg.Done();
                });
            }
            await runtime.Gosched();
            await @out.Send("main");
            await wg.Wait();
            return await drain(@out);
        }));
        await line("without giving way:" + await eventually(" main b a", async () =>
        {
            foreach (var name in new[] { "a", "b" })
            {
                wg.Add(1);
                go(async () =>
                {
                    await @out.Send(name);
                    wg.Done();
                });
            }
            await @out.Send("main");
            await wg.Wait();
            return await drain(@out);
        }));
        // A send to one that waits makes it run next.
        var c = makechan<int>();
        await line("woken:" + await eventually(" send sent woken other", async () =>
        {
            wg.Add(2);
            go(async () =>
            {
                await c.Recv();
                await @out.Send("woken");
                wg.Done();
            });
            await waiting(1, "chan receive]");
            go(async () =>
            {
                await @out.Send("other");
                wg.Done();
            });
            await @out.Send("send");
            await c.Send(1);
            await @out.Send("sent");
            await wg.Wait();
            return await drain(@out);
        }));
        await line("GOMAXPROCS was as before: " + yes(await runtime.GOMAXPROCS(old) == 1));
    }

    static async go Main_()
    {
        await unbuffered();
        await buffered();
        await order();
        await closing();
        await goroutines();
        await locks();
        await turns();
        await sieve();
        await fan();
        await ring();
        await selecting();
        await line("done");
    }

    static int Main() => runtime.rt0_go(Main_);
}
