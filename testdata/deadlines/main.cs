// Command deadlines sets deadlines for Read, Write and Accept: in the past, in the future, moved
// and cleared while somebody waits, passed and set again.
// main.go beside this file is the same program.
namespace deadlines;

using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // brief passes while the program waits for it, ever never does, and safe is longer than the
    // program needs for a statement.
    static readonly time.Duration brief = 50 * time.Millisecond;
    static readonly time.Duration safe = 2 * time.Second;
    static readonly time.Duration ever = time.Hour;

    static time.Time after(time.Duration d)
    {
        return time.Now().Add(d);
    }

    // accept is one Accept; the connection is closed.
    static async go accept(string what, net.TCPListener l)
    {
        var (c, err) = await l.Accept();
        await Say(what + ": " + Text(err));
        if (err == null)
        {
            await Must(await c!.Close());
        }
    }

    // later gives the result of one Read from a goroutine.
    static chan<string> later(net.Conn c)
    {
        var done = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await done.Send("read " + n + ", " + Text(err));
        });
        return done;
    }

    static chan<string> acceptLater(net.TCPListener l)
    {
        var done = makechan<string>();
        go(async () =>
        {
            var (c, err) = await l.Accept();
            if (err == null)
            {
                await Must(await c!.Close());
            }
            await done.Send("accepted, " + Text(err));
        });
        return done;
    }

    // Deadlines in the past.
    static async go past()
    {
        await Say("== past");
        var (c, s) = await Connect();
        await Say("set: " + Text(c.SetReadDeadline(after(-ever))));
        await Read("nothing there", c);
        await Read("again", c);
        var (n, err) = await c.Read(null);
        await Say("no room: read " + n + ", " + Text(err));
        await Write("the other way", c, 3);
        await Read("server", s);
        await Write("server", s, 5);
        await Read("data there", c);
        await Say("clear: " + Text(c.SetReadDeadline(default)));
        await Read("data there", c);
        await Say("set Unix(1, 0): " + Text(c.SetReadDeadline(time.Unix(1, 0))));
        await Read("Unix(1, 0)", c);
        await Say("set Unix(0, 0): " + Text(c.SetReadDeadline(time.Unix(0, 0))));
        await Read("Unix(0, 0)", c);
        await Say("set now: " + Text(c.SetReadDeadline(after(0))));
        await Read("now", c);
        await Say("set write: " + Text(c.SetWriteDeadline(after(-1))));
        await Write("client", c, 3);
        await Write("client, nothing", c, 0);
        await Say("server CloseWrite: " + Text(s.CloseWrite()));
        await Read("the end", c);
        await Say("clear: " + Text(c.SetDeadline(default)));
        await Read("the end", c);
        await Write("client", c, 3);
        await Read("server", s);
        await CloseBoth(c, s);
    }

    // Deadlines so far away that they cannot be counted in nanoseconds.
    static async go never()
    {
        await Say("== far in the future");
        var (c, s) = await Connect();
        await Say("set: " + Text(c.SetDeadline(after(int64.MaxValue))));
        await Say("set: " + Text(s.SetDeadline(time.Unix(1L << 40, 0))));
        await Write("client", c, 3);
        await Read("server", s);
        await Write("server", s, 4);
        await Read("client", c);
        await CloseBoth(c, s);
    }

    // Deadlines that pass while a Read waits.
    static async go future()
    {
        await Say("== future");
        var (c, s) = await Connect();
        await Say("set: " + Text(c.SetReadDeadline(after(brief))));
        await Read("client", c);
        await Read("again", c);
        await Write("server", s, 5);
        await Read("data there", c);
        await Say("set again: " + Text(c.SetReadDeadline(after(ever))));
        await Read("data there", c);
        await Say("set again: " + Text(c.SetReadDeadline(after(brief))));
        await Read("client", c);
        await Say("set in the past: " + Text(c.SetReadDeadline(after(-brief))));
        await Read("client", c);
        await Say("set again: " + Text(c.SetReadDeadline(after(brief))));
        await Read("client", c);
        await Say("clear: " + Text(c.SetReadDeadline(default)));
        await Write("server", s, 6);
        await Read("client", c);
        for (var i = 0; i < 5; i++)
        {
            await Must(c.SetReadDeadline(after(time.Millisecond)));
            await Read("a short one", c);
        }
        await CloseBoth(c, s);
    }

    // Part of the data comes before the deadline.
    static async go part()
    {
        await Say("== part");
        var (c, s) = await Connect();
        await Write("server", s, 4);
        var (n, err) = await c.Read(new byte[1]);
        await Say("client: read " + n + ", " + Text(err));
        await Must(c.SetReadDeadline(after(safe)));
        (n, err) = await io.ReadFull(c, new byte[10]);
        await Say("client: read " + n + " of 10, " + Text(err));
        await Must(c.SetReadDeadline(default));
        await Write("server", s, 7);
        (n, err) = await io.ReadFull(c, new byte[7]);
        await Say("client: read " + n + " of 7, " + Text(err));
        await CloseBoth(c, s);
    }

    // SetDeadline holds for both directions, the others for one each.
    static async go both()
    {
        await Say("== both");
        var (c, s) = await Connect();
        await Say("SetDeadline: " + Text(c.SetDeadline(after(-ever))));
        await Read("client", c);
        await Write("client", c, 1);
        await Say("SetReadDeadline: " + Text(c.SetReadDeadline(after(ever))));
        await Write("server", s, 1);
        await Read("client", c);
        await Write("client", c, 1);
        await Say("SetWriteDeadline: " + Text(c.SetWriteDeadline(after(ever))));
        await Write("client", c, 1);
        await Read("server", s);
        await Say("SetReadDeadline: " + Text(c.SetReadDeadline(after(-ever))));
        await Read("client", c);
        await Write("client", c, 1);
        await Read("server", s);
        await Say("SetDeadline: " + Text(c.SetDeadline(after(brief))));
        await Read("client", c);
        await Write("client", c, 1);
        await Say("SetDeadline: " + Text(c.SetDeadline(default)));
        await Write("client", c, 2);
        await Read("server", s);
        await Write("server", s, 2);
        await Read("client", c);
        await CloseBoth(c, s);
    }

    // The deadline is moved to an earlier time while a Read waits.
    static async go earlier()
    {
        await Say("== earlier");
        var (c, s) = await Connect();
        foreach (var (i, d) in new (int, time.Duration)[] { (0, -ever), (1, -1), (2, 0), (3, 1), (4, brief) })
        {
            await Must(c.SetReadDeadline(after(ever)));
            var done1 = later(c);
            await time.Sleep(brief);
            await Say("set " + i + ": " + Text(c.SetReadDeadline(after(d))));
            await Say("client: " + await done1.Recv());
        }
        await Must(c.SetReadDeadline(default));
        var done = later(c);
        await time.Sleep(brief);
        await Say("SetDeadline without one before: " + Text(c.SetDeadline(after(brief))));
        await Say("client: " + await done.Recv());
        await CloseBoth(c, s);
    }

    // Several goroutines wait in Read of the same end, and one deadline ends all.
    static async go several()
    {
        await Say("== several");
        var (c, s) = await Connect();
        await Must(c.SetReadDeadline(after(ever)));
        var done = new chan<string>[] { later(c), later(c), later(c), later(c) };
        await time.Sleep(brief);
        await Say("set: " + Text(c.SetReadDeadline(after(brief))));
        foreach (var d in done)
        {
            await Say("client: " + await d.Recv());
        }
        await CloseBoth(c, s);
    }

    // Deadlines are moved to a later time, and cleared, while Reads and Accepts wait; then the old
    // deadline passes, and nothing happens.
    static async go moved()
    {
        await Say("== later");
        var (c1, s1) = await Connect();
        var (c2, s2) = await Connect();
        var (l1, err) = await net.Listen("tcp", "127.0.0.1:0");
        await Must(err);
        (var l2, err) = await net.Listen("tcp", "127.0.0.1:0");
        await Must(err);
        var (t1, t2) = ((net.TCPListener)l1!, (net.TCPListener)l2!);
        var old = after(safe);
        await Must(c1.SetReadDeadline(old));
        await Must(c2.SetReadDeadline(old));
        await Must(t1.SetDeadline(old));
        await Must(t2.SetDeadline(old));
        var (r1, r2, a1, a2) = (later(c1), later(c2), acceptLater(t1), acceptLater(t2));
        await time.Sleep(brief);
        await Say("read, later: " + Text(c1.SetReadDeadline(after(ever))));
        await Say("read, cleared: " + Text(c2.SetReadDeadline(default)));
        await Say("accept, later: " + Text(t1.SetDeadline(after(ever))));
        await Say("accept, cleared: " + Text(t2.SetDeadline(default)));
        await time.Sleep(time.Until(old) + brief);
        await Write("server", s1, 1);
        await Say("client: " + await r1.Recv());
        await Write("server", s2, 2);
        await Say("client: " + await r2.Recv());
        (var c, err) = await net.Dial("tcp", l1!.Addr()!.String());
        await Must(err);
        await Say("listener: " + await a1.Recv());
        await Must(await c!.Close());
        (c, err) = await net.Dial("tcp", l2!.Addr()!.String());
        await Must(err);
        await Say("listener: " + await a2.Recv());
        await Must(await c!.Close());
        await Say("listener Close: " + Text(await l1!.Close()));
        await Say("listener Close: " + Text(await l2!.Close()));
        await CloseBoth(c1, s1);
        await CloseBoth(c2, s2);
    }

    // Deadlines for Accept.
    static async go accepts()
    {
        await Say("== accept");
        Names = [];
        Name(Listener.Addr(), "server");
        await Say("past: " + Text(Listener.SetDeadline(after(-ever))));
        await accept("nobody there", Listener);
        await accept("again", Listener);
        var (c, err) = await net.Dial("tcp", Listener.Addr()!.String());
        await Must(err);
        await accept("somebody there", Listener);
        await Say("clear: " + Text(Listener.SetDeadline(default)));
        await accept("somebody there", Listener);
        await Must(await c!.Close());
        await Say("future: " + Text(Listener.SetDeadline(after(brief))));
        await accept("nobody there", Listener);
        await accept("again", Listener);
        await Say("set again: " + Text(Listener.SetDeadline(after(ever))));
        (c, err) = await net.Dial("tcp", Listener.Addr()!.String());
        await Must(err);
        await accept("somebody there", Listener);
        await Must(await c!.Close());
        await Say("future: " + Text(Listener.SetDeadline(after(brief))));
        await accept("nobody there", Listener);
        await Say("set again: " + Text(Listener.SetDeadline(after(ever))));
        var done = acceptLater(Listener);
        await time.Sleep(brief);
        (c, err) = await net.Dial("tcp", Listener.Addr()!.String());
        await Must(err);
        await Say("somebody comes: " + await done.Recv());
        await Must(await c!.Close());
        done = acceptLater(Listener);
        await time.Sleep(brief);
        await Say("earlier: " + Text(Listener.SetDeadline(after(-1))));
        await Say("nobody comes: " + await done.Recv());
        await Say("clear: " + Text(Listener.SetDeadline(default)));
        done = acceptLater(Listener);
        await time.Sleep(brief);
        await Say("without one before: " + Text(Listener.SetDeadline(after(brief))));
        await Say("nobody comes: " + await done.Recv());
        await Say("clear: " + Text(Listener.SetDeadline(default)));
    }

    // The deadline has nothing to say about what was closed.
    static async go closed()
    {
        await Say("== closed");
        var (c, s) = await Connect();
        await Must(c.SetDeadline(after(-ever)));
        await CloseBoth(c, s);
        await Read("client", c);
        await Write("client", c, 1);
        await Say("SetDeadline: " + Text(c.SetDeadline(after(ever))));
        await Say("SetReadDeadline: " + Text(c.SetReadDeadline(after(-ever))));
        await Say("SetWriteDeadline: " + Text(c.SetWriteDeadline(default)));
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await Must(err);
        Names = [];
        Name(l!.Addr(), "server");
        var t = (net.TCPListener)l;
        await Must(t.SetDeadline(after(-ever)));
        await Say("listener Close: " + Text(await l.Close()));
        await accept("listener", t);
        await Say("listener SetDeadline: " + Text(t.SetDeadline(after(ever))));
    }

    // drain reads n bytes and says whether that worked.
    static async go drain(string what, net.Conn c, int n, byte[] want)
    {
        var b = new byte[n];
        (n, var err) = await io.ReadFull(c, b);
        await Say(what + ": all " + FormatBool(n == b.Length) + ", same " + FormatBool(b.AsSpan().SequenceEqual(want.AsSpan(0, n))) + ", " + Text(err));
    }

    // A Write waits with full buffers when its deadline passes, or is moved, or cleared.
    static async go full(int total)
    {
        await Say("== full buffers, " + total);
        var (c, s) = await Connect();
        await Must(c.SetWriteBuffer(64 << 10));
        await Must(s.SetReadBuffer(128 << 10));
        var b = new byte[total];
        for (var i = 0; i < b.Length; i++)
        {
            b[i] = (byte)(i % 251);
        }
        await Say("set: " + Text(c.SetWriteDeadline(after(safe))));
        var (n, err) = await c.Write(b);
        await Say("client: some " + FormatBool(n > 0) + ", all " + FormatBool(n >= total) + ", " + Text(err));
        (var m, err) = await c.Write(b);
        await Say("client: wrote " + m + ", " + Text(err));
        await drain("server", s, n, b);
        await Write("client, still", c, 1);
        await Say("set again: " + Text(c.SetWriteDeadline(after(ever))));
        await Write("client", c, 3);
        await Read("server", s);

        // Earlier, while it waits.
        foreach (var (i, d) in new (int, time.Duration)[] { (0, -ever), (1, brief) })
        {
            await Must(c.SetWriteDeadline(after(ever)));
            var done = makechan<int>();
            var line = "";
            go(async () =>
            {
                var (n, err) = await c.Write(b);
                line = "client: some " + FormatBool(n > 0) + ", all " + FormatBool(n >= total) + ", " + Text(err);
                await done.Send(n);
            });
            var one = new byte[1];
            (m, err) = await io.ReadFull(s, one);
            await Must(err);
            await time.Sleep(brief);
            await Say("earlier " + i + ": " + Text(c.SetWriteDeadline(after(d))));
            n = await done.Recv();
            await Say(line);
            await drain("server", s, n - 1, b[1..]);
        }

        // Later and cleared, while it waits.
        foreach (var (i, t) in new (int, time.Time)[] { (0, after(ever)), (1, default) })
        {
            var old = after(safe);
            await Must(c.SetWriteDeadline(old));
            var done = makechan<string>();
            go(async () =>
            {
                var (n, err) = await c.Write(b);
                await done.Send("wrote " + n + ", " + Text(err));
            });
            var one = new byte[1];
            (m, err) = await io.ReadFull(s, one);
            await Must(err);
            await Say("later " + i + ": " + Text(c.SetWriteDeadline(t)));
            await time.Sleep(time.Until(old) + brief);
            await drain("server", s, total - 1, b[1..]);
            await Say("client: " + await done.Recv());
        }
        await CloseBoth(c, s);
    }

    static async go Main_()
    {
        Listener = await Listen();
        if (os.Args.Length > 1 && os.Args[1] == "full")
        {
            await full(4 << 20);
        }
        else
        {
            await past();
            await never();
            await future();
            await part();
            await both();
            await earlier();
            await several();
            await moved();
            await accepts();
            await closed();
        }
        await Say("listener Close: " + Text(await Listener.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
