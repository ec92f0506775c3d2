// Command timers sleeps, sets timers, tickers, deadlines and contexts, and prints what came of it in
// which order. main.go beside this file is the same program.
namespace timers;

using System.Text;
using golang;
using static golang.builtin;

static class main
{
    static readonly time.Duration ms = time.Millisecond;
    static readonly time.Duration never = time.Hour; // no run takes so long
    static readonly time.Duration most = long.MaxValue;
    static readonly time.Duration least = long.MinValue;

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

    static string text(error? err)
    {
        if (err == null)
        {
            return "nil";
        }
        return err.Error();
    }

    static string timeout(error? err)
    {
        if (err is timeout t)
        {
            return yes(t.Timeout());
        }
        return "not said";
    }

    static async go must(error? err)
    {
        if (err != null)
        {
            await os.Stderr.WriteString(err.Error() + "\n");
            os.Exit(1);
        }
    }

    // panics returns what f panics with.
    static string panics(Action f)
    {
        try
        {
            f();
        }
        catch (PanicException e)
        {
            switch (e.Value)
            {
                case string v:
                    return "string: " + v;
                case error v:
                    return "error: " + v.Error();
            }
        }
        return "no panic";
    }

    // inOrder runs f with longer and longer gaps until its result is the one that is wanted: on a busy
    // machine goroutines that are due one after the other are late, and then their order is anybody's.
    static async go<string> inOrder(string want, Func<time.Duration, go<string>> f)
    {
        var got = "";
        for (var gap = 20 * ms; gap < 2 * time.Second; gap *= 2)
        {
            got = await f(gap);
            if (got == want)
            {
                break;
            }
        }
        return got;
    }

    // collect receives n names.
    static async go<string> collect(chan<string> c, int n)
    {
        var s = await c.Recv();
        for (var i = 1; i < n; i++)
        {
            s += " " + await c.Recv();
        }
        return s;
    }

    // waiting waits until n goroutines wait for reason.
    static async go waiting(string reason, int n)
    {
        var buf = new byte[1 << 16];
        for (; ; )
        {
            var s = Encoding.UTF8.GetString(buf, 0, await runtime.Stack(buf, true));
            if (s.Split(" [" + reason).Length - 1 == n)
            {
                return;
            }
            await time.Sleep(ms);
        }
    }

    static async go sleepFor(chan<string> c, int slot, time.Duration gap)
    {
        await time.Sleep(slot * gap);
        await c.Send(slot.ToString());
    }

    static async go sleeps()
    {
        await line("sleeps");
        await line("order: " + await inOrder("1 2 3 4 5 6 7", async gap =>
        {
            var c = makechan<string>(7);
            foreach (var slot in new[] { 5, 3, 1, 7, 2, 6, 4 })
            {
                go(() => sleepFor(c, slot, gap));
            }
            return await collect(c, 7);
        }));
        var start = time.Now();
        await time.Sleep(20 * ms);
        await line("20ms are over after 20ms: " + yes(time.Since(start) >= 20 * ms));
        await time.Sleep(0);
        await time.Sleep(-1);
        await time.Sleep(-never);
        await time.Sleep(least);
        await line("none and less than none: returned");
        var c = makechan<string>(100);
        for (var i = 0; i < 100; i++)
        {
            go(() => sleepFor(c, 1, 20 * ms));
        }
        await line("a hundred at the same time: " + ((await collect(c, 100)).Split("1").Length - 1));
    }

    static async go afterFuncs()
    {
        await line("after funcs");
        await line("order: " + await inOrder("1 2 3 4 5 6 7", async gap =>
        {
            var c = makechan<string>(7);
            foreach (var slot in new[] { 4, 7, 2, 6, 1, 3, 5 })
            {
                time.AfterFunc(slot * gap, () => c.Send(slot.ToString()));
            }
            return await collect(c, 7);
        }));
        await line("order with stopped ones between: " + await inOrder("1 3 5 7", async gap =>
        {
            var c = makechan<string>(7);
            var ts = new time.Timer[8];
            foreach (var slot in new[] { 3, 6, 2, 7, 1, 4, 5 })
            {
                ts[slot] = time.AfterFunc(slot * gap, () => c.Send(slot.ToString()));
            }
            for (var slot = 2; slot <= 6; slot += 2)
            {
                if (!ts[slot].Stop())
                {
                    return "late";
                }
            }
            return await collect(c, 4);
        }));
        await line("order of those that were moved: " + await inOrder("1 2 3 4", async gap =>
        {
            var c = makechan<string>(4);
            var ts = new time.Timer[5];
            for (var i = 1; i <= 4; i++)
            {
                var slot = i;
                ts[slot] = time.AfterFunc((10 - slot) * gap, () => c.Send(slot.ToString()));
            }
            for (var slot = 4; slot >= 1; slot--)
            {
                if (!ts[slot].Reset(slot * gap))
                {
                    return "late";
                }
            }
            return await collect(c, 4);
        }));
        var c = makechan<string>(3);
        time.AfterFunc(0, () => c.Send("run"));
        time.AfterFunc(-1, () => c.Send("run"));
        time.AfterFunc(least, () => c.Send("run"));
        await line("none and less than none: " + await collect(c, 3));
        var t = time.AfterFunc(most, () => c.Send("run"));
        await line("the longest: no channel " + yes(t.C == null) + ", stopped " + yes(t.Stop()));

        // One in the other.
        var depth = 0;
        Func<go> f = null!;
        f = async () =>
        {
            depth++;
            if (depth == 5)
            {
                await c.Send("deepest");
                return;
            }
            time.AfterFunc(ms, f);
        };
        time.AfterFunc(ms, f);
        await line("one in the other: " + await c.Recv() + " " + depth);

        // One that sets itself again.
        var runs = 0;
        var set = makechan<time.Timer>(1);
        time.Timer own;
        own = time.AfterFunc(never, async () =>
        {
            var t = await set.Recv();
            runs++;
            if (runs == 3)
            {
                await c.Send("stopped " + yes(t.Stop()));
                return;
            }
            await set.Send(t);
            if (t.Reset(ms))
            {
                await c.Send("was set");
            }
        });
        await set.Send(own);
        await line("moved up: " + yes(own.Reset(ms)));
        await line("sets itself again: " + await c.Recv() + " " + runs);

        // One that waits keeps no other one from running.
        var gate = makechan<string>();
        time.AfterFunc(ms, async () => await c.Send("opened by the " + await gate.Recv()));
        await waiting("chan receive", 1);
        time.AfterFunc(ms, () => gate.Send("second"));
        await line("the first is " + await c.Recv());
    }

    static async go many()
    {
        await line("many timers");
        const int n = 40;
        await line("forty, set in no order, go off in order, none too early: " + await inOrder("yes", async gap =>
        {
            var ts = new time.Timer[n];
            var start = time.Now();
            for (var i = 0; i < n; i++)
            {
                var slot = i * 17 % n;
                ts[slot] = time.NewTimer(slot * gap);
            }
            var ordered = true;
            var last = start;
            for (var slot = 0; slot < n; slot++)
            {
                var at = await ts[slot].C.Recv();
                if (at.Before(last) || at.Sub(start) < slot * gap)
                {
                    ordered = false;
                }
                last = at;
            }
            return yes(ordered);
        }));
        // Those of an hour stay, and collections look at them.
        var ts = new time.Timer[1000];
        for (var i = 0; i < ts.Length; i++)
        {
            ts[i] = time.NewTimer(never + i * 617 % 1000 * time.Minute);
        }
        await runtime.GC();
        var moved = 0;
        for (var i = 0; i < ts.Length; i += 2)
        {
            if (ts[i].Reset(ms))
            {
                moved++;
            }
        }
        for (var i = 0; i < ts.Length; i += 2)
        {
            await ts[i].C.Recv();
        }
        await runtime.GC();
        var stopped = 0;
        for (var i = 0; i < ts.Length; i++)
        {
            if (ts[i].Stop())
            {
                stopped++;
            }
        }
        await line("a thousand: moved " + moved + ", gone off " + moved + ", stopped " + stopped);
    }

    static async go stopReset()
    {
        await line("stop and reset");
        var t = time.NewTimer(never);
        await line("not due: Stop " + yes(t.Stop()) + ", Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(never)) + ", Reset " + yes(t.Reset(2 * never)) +
            ", Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()));
        t = time.NewTimer(20 * ms);
        await t.C.Recv();
        var s = "received: Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(20 * ms));
        await t.C.Recv();
        await line(s + ", received, Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()));
        foreach (var d in new time.Duration[] { 0, -1, least })
        {
            t = time.NewTimer(d);
            while (t.C.len == 0)
            {
                await time.Sleep(ms);
            }
            s = "gone off: Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()) + ", in the channel " + t.C.len + " of " + t.C.cap;
            await t.C.Recv();
            await line(s + ", then " + t.C.len);
        }
        // What is in the channel stays when the timer goes off again.
        t = time.NewTimer(0);
        while (t.C.len == 0)
        {
            await time.Sleep(ms);
        }
        s = "gone off twice: Reset " + yes(t.Reset(0));
        while (t.Stop())
        {
            t.Reset(0);
            await time.Sleep(ms);
        }
        await line(s + ", in the channel " + t.C.len);
        var runs = makechan<string>(10);
        t = time.AfterFunc(20 * ms, () => runs.Send("run"));
        s = "after func: " + await runs.Recv() + ", Stop " + yes(t.Stop()) + ", Reset " + yes(t.Reset(20 * ms));
        s += ", " + await runs.Recv() + ", Reset " + yes(t.Reset(never)) + ", Stop " + yes(t.Stop()) + ", Stop " + yes(t.Stop());
        await line(s + ", runs left " + runs.len);
        await line("Stop of no timer: " + panics(() => new time.Timer().Stop()));
        await line("Reset of no timer: " + panics(() => new time.Timer().Reset(ms)));
    }

    // together runs f on n goroutines and counts the times that it returns true.
    static async go<int> together(int n, Func<int, go<bool>> f)
    {
        var wg = new sync.WaitGroup();
        int32 count = 0;
        wg.Add(n);
        for (var k = 0; k < n; k++)
        {
            var i = k;
            go(async () =>
            {
                if (await f(i))
                {
                    atomic.AddInt32(ref count, 1);
                }
                wg.Done();
            });
        }
        await wg.Wait();
        return count;
    }

    static async go several()
    {
        await line("several goroutines");
        var t = time.NewTimer(never);
        await line("a hundred Stops: true " + await together(100, async i => t.Stop()));
        await line("a hundred Resets: true " + await together(100, async i => t.Reset(never + i)));
        await line("again: true " + await together(100, async i => t.Reset(never - i)));
        int32 stops = 0, resets = 0;
        await together(100, async i =>
        {
            for (var j = 0; j < 100; j++)
            {
                if ((i + j) % 2 == 0)
                {
                    if (t.Stop())
                    {
                        atomic.AddInt32(ref stops, 1);
                    }
                }
                else if (!t.Reset(never + i * j))
                {
                    atomic.AddInt32(ref resets, 1);
                }
            }
            return true;
        });
        var left = 1 - stops + resets;
        await line("both, mixed: the sum is 0 or 1 " + yes(left == 0 || left == 1) + ", and Stop says the same " + yes(t.Stop() == (left == 1)));

        // Each goes off or is stopped, never both and never neither.
        int32 ran = 0, stopped = 0;
        var ts = new time.Timer[400];
        for (var i = 0; i < ts.Length; i++)
        {
            ts[i] = time.AfterFunc(i % 20 * 100 * time.Microsecond, () => { atomic.AddInt32(ref ran, 1); });
        }
        await together(4, async i =>
        {
            for (var j = i / 2; j < ts.Length; j += 2)
            {
                if (ts[j].Stop())
                {
                    atomic.AddInt32(ref stopped, 1);
                }
                if (j % 16 == 0)
                {
                    await runtime.Gosched();
                }
            }
            return true;
        });
        for (var i = 0; i < 10000 && atomic.LoadInt32(ref ran) + atomic.LoadInt32(ref stopped) < 400; i++)
        {
            await time.Sleep(ms);
        }
        await time.Sleep(20 * ms);
        await line("four hundred that go off while they are stopped: " + (atomic.LoadInt32(ref ran) + atomic.LoadInt32(ref stopped)));

        // As before, but what goes off is moved into the far future, and stopped there.
        int32 moved = 0, gone = 0;
        for (var i = 0; i < ts.Length; i++)
        {
            ts[i] = time.NewTimer(i % 20 * 100 * time.Microsecond);
        }
        await together(4, async i =>
        {
            for (var j = i; j < ts.Length; j += 4)
            {
                if (ts[j].Reset(never))
                {
                    atomic.AddInt32(ref moved, 1);
                }
                else
                {
                    await ts[j].C.Recv();
                    atomic.AddInt32(ref gone, 1);
                }
            }
            return true;
        });
        var n = 0;
        for (var i = 0; i < ts.Length; i++)
        {
            if (ts[i].Stop())
            {
                n++;
            }
        }
        await line("four hundred that go off while they are moved: " + (moved + gone) + ", stopped " + n);
    }

    // quiet lets pass what is under way, empties c and then waits for what should not come.
    static async go<string> quiet(chan<time.Time> c)
    {
        await time.Sleep(20 * ms);
        switch (await select(c.recvcase(), defaultcase))
        {
            case 0:
                break;
            default:
                break;
        }
        switch (await select(c.recvcase(), time.After(60 * ms).recvcase()))
        {
            case 0:
                return "no";
            default:
                return "yes";
        }
    }

    static async go tickers()
    {
        await line("tickers");
        var start = time.Now();
        var t = time.NewTicker(20 * ms);
        var early = false;
        for (var i = 1; i <= 5; i++)
        {
            if (await t.C.Recv() is var at && at.Sub(start) < i * 20 * ms)
            {
                early = true;
            }
        }
        await line("five ticks, one too early: " + yes(early));
        t.Stop();
        t.Stop();
        await line("quiet after Stop: " + await quiet(t.C!));
        t.Reset(20 * ms);
        await t.C.Recv();
        await t.C.Recv();
        t.Reset(never);
        await line("two ticks after Reset, quiet with an hour: " + await quiet(t.C!));
        t.Reset(20 * ms);
        await t.C.Recv();
        while (t.C.len == 0)
        {
            await time.Sleep(ms);
        }
        await time.Sleep(100 * ms);
        await line("ticks that nobody took: " + t.C.len + " of " + t.C.cap);
        t.Stop();
        await line("NewTicker(0): " + panics(() => time.NewTicker(0)));
        await line("NewTicker(-1): " + panics(() => time.NewTicker(-1)));
        await line("Reset(0): " + panics(() => t.Reset(0)));
        await line("Reset of no ticker: " + panics(() => new time.Ticker().Reset(ms)));
        await line("Stop of no ticker: " + panics(() => new time.Ticker().Stop()));
        await line("Tick(0): " + yes(time.Tick(0) != null) + ", Tick(-1): " + yes(time.Tick(-1) != null));
        var c = time.Tick(20 * ms);
        var first = await c.Recv();
        var second = await c.Recv();
        await line("Tick, the second after the first: " + yes(second.After(first)));

        // Three at once, each at its own pace, by one select.
        var (a, b, d) = (time.NewTicker(20 * ms), time.NewTicker(30 * ms), time.NewTicker(never));
        var (na, nb, nd) = (0, 0, 0);
        while (na < 3 || nb < 3)
        {
            switch (await select(a.C.recvcase(), b.C.recvcase(), d.C.recvcase()))
            {
                case 0:
                    na++;
                    break;
                case 1:
                    nb++;
                    break;
                case 2:
                    nd++;
                    break;
            }
        }
        a.Stop();
        b.Stop();
        d.Stop();
        await line("three at once: " + yes(na >= 3 && nb >= 3) + ", that of an hour " + nd);
    }

    static async go selects()
    {
        await line("selects");
        chan<string>? none = null;
        var c = makechan<string>();
        var s = "";
        switch (await select(time.After(20 * ms).recvcase(), time.After(never).recvcase()))
        {
            case 0:
                s = "20ms";
                break;
            case 1:
                s = "an hour";
                break;
        }
        await line("the first of two: " + s);
        var r1 = none.recvcase();
        var r2 = c.recvcase();
        switch (await select(r1, r2, c.sendcase("sent"), time.After(20 * ms).recvcase()))
        {
            case 0:
                s = r1.v;
                break;
            case 1:
                s = r2.v;
                break;
            case 2:
                s = "sent";
                break;
            case 3:
                s = "timed out";
                break;
        }
        await line("nothing else is ready: " + s);
        switch (await select(time.After(never).recvcase(), defaultcase))
        {
            case 0:
                s = "an hour";
                break;
            default:
                s = "default";
                break;
        }
        await line("not due yet: " + s);
        go(() => c.Send("message"));
        switch (await select(r2, time.After(never).recvcase()))
        {
            case 0:
                s = r2.v;
                break;
            case 1:
                s = "an hour";
                break;
        }
        await line("a message: " + s);
        foreach (var d in new time.Duration[] { 0, -1, least })
        {
            switch (await select(time.After(d).recvcase(), time.After(most).recvcase()))
            {
                case 0:
                    s = "at once";
                    break;
                case 1:
                    s = "last";
                    break;
            }
            await line("none and less than none: " + s);
        }
        var outs = 0;
        for (var i = 0; i < 3; i++)
        {
            switch (await select(r2, time.After(20 * ms).recvcase()))
            {
                case 0:
                    s = r2.v;
                    break;
                case 1:
                    outs++;
                    break;
            }
        }
        await line("timed out in a row: " + outs);
        var got = 0;
        go(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await time.Sleep(ms);
                await c.Send("tick");
            }
            c.Close();
        });
        var limit = time.After(never);
        var open = true;
        while (open)
        {
            switch (await select(r2, limit.recvcase()))
            {
                case 0:
                    open = r2.ok;
                    if (open)
                    {
                        got++;
                    }
                    break;
                case 1:
                    open = false;
                    break;
            }
        }
        await line("messages with one limit for all: " + got);
    }

    // work keeps the goroutine busy, so that meanwhile the other threads go to sleep in the poller.
    static async go work(time.Duration d)
    {
        for (var start = time.Now(); time.Since(start) < d;)
        {
            await runtime.Gosched();
        }
    }

    static async go earlier()
    {
        await line("earlier than what is slept on");
        var far = time.NewTimer(never);
        var first = 0;
        for (var i = 0; i < 10; i++)
        {
            await work(10 * ms);
            switch (await select(far.C.recvcase(), time.After(ms).recvcase()))
            {
                case 0:
                    break;
                case 1:
                    first++;
                    break;
            }
        }
        await line("a new one: " + first);
        var c = makechan<string>();
        first = 0;
        for (var i = 0; i < 10; i++)
        {
            go(async () =>
            {
                await work(10 * ms);
                await c.Send("moved " + yes(far.Reset(ms)));
            });
            var s = await c.Recv();
            await far.C.Recv();
            if (s == "moved yes")
            {
                first++;
            }
            far.Reset(never);
        }
        await line("the same, moved: " + first);
        first = 0;
        for (var i = 0; i < 10; i++)
        {
            go(async () =>
            {
                await work(10 * ms);
                far.Reset(ms);
            });
            // All that waits now waits for an hour.
            await far.C.Recv();
            first++;
            far.Reset(never);
        }
        await line("the same, moved while it is waited for: " + first);
        await line("the hour: Stop " + yes(far.Stop()));
    }

    // pair returns both ends of a connection.
    static async go<(net.Conn, net.Conn)> pair()
    {
        var (ln, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        (var a, err) = await net.Dial("tcp", ln!.Addr()!.String());
        await must(err);
        (var b, err) = await ln.Accept();
        await must(err);
        await must(await ln.Close());
        return (a!, b!);
    }

    // readTimeout reads until the deadline and sends name.
    static async go readTimeout(chan<string> c, net.Conn conn, string name)
    {
        var (_, err) = await conn.Read(new byte[1]);
        if (!errors.Is(err, os.ErrDeadlineExceeded) || timeout(err) != "yes")
        {
            name += " " + text(err);
        }
        await c.Send(name);
    }

    static async go deadlines()
    {
        await line("deadlines");
        var (a, b) = await pair();
        await line("order: " + await inOrder("timer1 read2 func3 context4 read5 sleep6", async gap =>
        {
            var c = makechan<string>(6);
            var start = time.Now();
            await must(b.SetReadDeadline(start.Add(5 * gap)));
            await must(a.SetReadDeadline(start.Add(2 * gap)));
            go(() => readTimeout(c, b, "read5"));
            go(() => readTimeout(c, a, "read2"));
            go(async () =>
            {
                await time.Sleep(6 * gap);
                await c.Send("sleep6");
            });
            time.AfterFunc(3 * gap, () => c.Send("func3"));
            var (ctx, cancel) = context.WithTimeout(context.Background(), 4 * gap);
            try
            {
                go(async () =>
                {
                    await ctx.Done().Recv();
                    await c.Send("context4");
                });
                var timer = time.After(gap);
                go(async () =>
                {
                    await timer.Recv();
                    await c.Send("timer1");
                });
                return await collect(c, 6);
            }
            finally
            {
                cancel();
            }
        }));
        var c = makechan<string>(2);
        await must(a.SetReadDeadline(default));
        go(() => readTimeout(c, a, "read"));
        await waiting("IO wait", 1);
        await must(a.SetReadDeadline(time.Now().Add(never)));
        await line("an hour while it is waited for: waits " + yes(c.len == 0));
        await must(a.SetReadDeadline(time.Now().Add(20 * ms)));
        await line("20ms while it is waited for: " + await c.Recv());
        await must(a.SetReadDeadline(default));
        go(() => readTimeout(c, a, "read"));
        await waiting("IO wait", 1);
        await must(a.SetReadDeadline(time.Now().Add(-1)));
        await line("the past while it is waited for: " + await c.Recv());
        await readTimeout(c, a, "read");
        await line("still past: " + await c.Recv());
        await must(a.SetReadDeadline(default));
        var got = new byte[1];
        go(async () =>
        {
            var (_, err) = await io.ReadFull(a, got);
            await c.Send(text(err));
        });
        await waiting("IO wait", 1);
        var (_, err) = await b.Write("x"u8.ToArray());
        await must(err);
        var s = await c.Recv();
        await line("none again: " + s + " " + Encoding.UTF8.GetString(got));
        // A timer that goes off closes what is read.
        await must(b.SetReadDeadline(default));
        go(async () =>
        {
            var (_, err) = await b.Read(new byte[1]);
            await c.Send(yes(errors.Is(err, net.ErrClosed)) + ", timeout " + timeout(err));
        });
        await waiting("IO wait", 1);
        time.AfterFunc(20 * ms, async () => { await b.Close(); });
        await line("closed by a timer: " + await c.Recv());
        await must(await a.Close());
    }

    // state tells about a context.
    static async go<string> state(context.Context ctx)
    {
        var done = "no";
        switch (await select(ctx.Done().recvcase(), defaultcase))
        {
            case 0:
                done = "yes";
                break;
            default:
                break;
        }
        return "done " + done + ", " + text(ctx.Err());
    }

    static async go contexts()
    {
        await line("contexts");
        var bg = context.Background();
        var (_, ok) = bg.Deadline();
        await line("background: " + await state(bg) + ", deadline " + yes(ok) + ", channel " + yes(bg.Done() != null));
        await line("DeadlineExceeded: " + text(context.DeadlineExceeded) + ", timeout " + timeout(context.DeadlineExceeded) +
            ", os.ErrDeadlineExceeded " + yes(errors.Is(context.DeadlineExceeded, os.ErrDeadlineExceeded)));
        await line("Canceled: " + text(context.Canceled) + ", timeout " + timeout(context.Canceled));

        var (ctx, cancel) = context.WithCancel(bg);
        (_, ok) = ctx.Deadline();
        await line("with cancel: " + await state(ctx) + ", deadline " + yes(ok));
        cancel();
        await line("cancelled: " + await state(ctx) + ", the error itself " + yes(ctx.Err() == context.Canceled));
        cancel();
        await line("again: " + await state(ctx));
        var (sub, cancel2) = context.WithTimeout(ctx, never);
        await line("a child of it: " + await state(sub));
        cancel2();

        (ctx, cancel) = context.WithTimeout(bg, 20 * ms);
        (_, ok) = ctx.Deadline();
        var s = "with timeout: deadline " + yes(ok);
        await ctx.Done().Recv();
        await line(s + ", " + await state(ctx) + ", timeout " + timeout(ctx.Err()) + ", the error itself " + yes(ctx.Err() == context.DeadlineExceeded));
        cancel();
        await line("cancelled after that: " + await state(ctx));
        (ctx, cancel) = context.WithTimeout(bg, never);
        cancel();
        await line("cancelled before: " + await state(ctx));
        foreach (var less in new time.Duration[] { 0, -1, -never })
        {
            (ctx, cancel) = context.WithTimeout(bg, less);
            await line("none and less than none: " + await state(ctx));
            cancel();
        }
        var at = time.Now().Add(20 * ms);
        (ctx, cancel) = context.WithDeadline(bg, at);
        await line("with deadline, not yet: " + yes(ctx.Err() == null || !time.Now().Before(at)));
        await ctx.Done().Recv();
        await line("then: " + await state(ctx) + ", too early " + yes(time.Now().Before(at)));
        cancel();

        // A child has the earlier one of the two deadlines, and what ends it does not end its parent.
        (var parent, cancel) = context.WithDeadline(bg, at.Add(never));
        (var later, cancel2) = context.WithDeadline(parent, at.Add(2 * never));
        var (sooner, cancel3) = context.WithTimeout(parent, 20 * ms);
        (var d, ok) = later.Deadline();
        await line("a child's deadline: " + yes(ok) + ", the parent's " + yes(d.Equal(at.Add(never))));
        await sooner.Done().Recv();
        await line("the sooner: " + await state(sooner));
        await line("the later: " + await state(later));
        await line("the parent: " + await state(parent));
        cancel();
        await line("the parent, cancelled: " + await state(parent));
        await line("the later: " + await state(later));
        await line("the sooner: " + await state(sooner));
        cancel2();
        cancel3();

        // The order of several.
        await line("order: " + await inOrder("1 context deadline exceeded, 2 context deadline exceeded, 3 context canceled, 4 context deadline exceeded, 5 context canceled,", async gap =>
        {
            var c = makechan<string>(5);
            async go wait(context.Context ctx, int slot)
            {
                await ctx.Done().Recv();
                await c.Send(slot + " " + text(ctx.Err()) + ",");
            }
            var start = time.Now();
            var (parent, cancel) = context.WithCancel(bg);
            var (c4, cancel4) = context.WithDeadline(parent, start.Add(4 * gap));
            var (c1, cancel1) = context.WithDeadline(c4, start.Add(gap));
            var (c3, cancel3) = context.WithCancel(parent);
            var (c2, cancel2) = context.WithTimeout(parent, 2 * gap);
            try
            {
                go(() => wait(parent, 5));
                go(() => wait(c4, 4));
                go(() => wait(c3, 3));
                go(() => wait(c2, 2));
                go(() => wait(c1, 1));
                time.AfterFunc(3 * gap, () => cancel3());
                time.AfterFunc(5 * gap, () => cancel());
                return await collect(c, 5);
            }
            finally
            {
                cancel2();
                cancel3();
                cancel1();
                cancel4();
                cancel();
            }
        }));

        // Many that wait.
        (ctx, cancel) = context.WithTimeout(bg, 20 * ms);
        await line("a hundred that wait: " + await together(100, async i =>
        {
            await ctx.Done().Recv();
            return ctx.Err() == context.DeadlineExceeded;
        }));
        cancel();
        (ctx, cancel) = context.WithCancel(bg);
        await line("a hundred that cancel: " + await together(100, async i =>
        {
            var (child, cancelChild) = context.WithTimeout(ctx, never);
            try
            {
                cancel();
                await child.Done().Recv();
                return child.Err() == context.Canceled;
            }
            finally
            {
                cancelChild();
            }
        }));
        await line("no parent: " + panics(() =>
        {
            context.Context none = null!;
            var (_, cancel) = context.WithCancel(none);
            cancel();
        }));
    }

    static async go durations()
    {
        await line("durations");
        foreach (var d in new time.Duration[] { 0, 1, -1, 1100, 2200000, 3300 * ms, 4 * time.Minute + 5 * time.Second, 5 * never + 6 * ms, most, least })
        {
            await line(d.String());
        }
    }

    static async go Main_()
    {
        await sleeps();
        await afterFuncs();
        await many();
        await stopReset();
        await several();
        await tickers();
        await selects();
        await earlier();
        await deadlines();
        await contexts();
        await durations();
        await line("done");
    }

    static int Main() => runtime.rt0_go(Main_);
}
