// Command deadlines sets deadlines for Read, Write and Accept: in the past, in the future, moved
// and cleared while somebody waits, passed and set again.
// main.go beside this file is the same program.
namespace deadlines;

using System.Collections.Generic;
using golang;
using static golang.builtin;

static class main
{
    // brief passes while the program waits for it, ever never does, and safe is longer than the
    // program needs for a statement.
    static readonly time.Duration brief = 50 * time.Millisecond;
    static readonly time.Duration safe = 2 * time.Second;
    static readonly time.Duration ever = time.Hour;

    static net.TCPListener listener = null!;

    // names has the ports that the transcript shows by name.
    static List<(string, string)> names = [];

    static void name(net.Addr? a, string @as)
    {
        names.Add((":" + ((net.TCPAddr)a!).Port, ":" + @as));
    }

    static async go say(string s)
    {
        await os.Stdout.WriteString(s + "\n");
    }

    // text is an error with the types of its chain and what it is.
    static string text(error? err)
    {
        if (err == null)
        {
            return "nil";
        }
        var s = err.Error();
        foreach (var n in names)
        {
            s = s.Replace(n.Item1, n.Item2);
        }
        s += " [" + kind(err);
        for (var e = errors.Unwrap(err); e != null; e = errors.Unwrap(e))
        {
            s += " " + kind(e);
        }
        s += "]";
        if (err is timeout e1 && e1.Timeout())
        {
            s += " timeout";
        }
        if (err is temporary e2 && e2.Temporary())
        {
            s += " temporary";
        }
        if (errors.Is(err, os.ErrDeadlineExceeded))
        {
            s += " ErrDeadlineExceeded";
        }
        if (errors.Is(err, net.ErrClosed))
        {
            s += " ErrClosed";
        }
        if (errors.Is(err, io.EOF))
        {
            s += " EOF";
        }
        return s;
    }

    static string kind(error err)
    {
        switch (err)
        {
            case net.OpError:
                return "OpError";
            case os.SyscallError:
                return "SyscallError";
            case syscall.Errno:
                return "Errno";
        }
        return "other";
    }

    // must gives up on an error that no scenario expects.
    static async go must(error? err)
    {
        if (err != null)
        {
            await say("unexpected: " + text(err));
            os.Exit(1);
        }
    }

    // connect makes a connection and returns both ends.
    static async go<(net.TCPConn, net.TCPConn)> connect()
    {
        var (c, err) = await net.Dial("tcp", listener.Addr()!.String());
        await must(err);
        (var s, err) = await listener.AcceptTCP();
        await must(err);
        names = [];
        name(c!.LocalAddr(), "client");
        name(c.RemoteAddr(), "server");
        return ((net.TCPConn)c, s!);
    }

    static string FormatBool(bool b)
    {
        return b ? "true" : "false";
    }

    static time.Time after(time.Duration d)
    {
        return time.Now().Add(d);
    }

    // read is one Read of at most 16 bytes.
    static async go read(string what, net.Conn c)
    {
        var (n, err) = await c.Read(new byte[16]);
        await say(what + ": read " + n + ", " + text(err));
    }

    static async go write(string what, net.Conn c, int n)
    {
        (n, var err) = await c.Write(new byte[n]);
        await say(what + ": wrote " + n + ", " + text(err));
    }

    // accept is one Accept; the connection is closed.
    static async go accept(string what, net.TCPListener l)
    {
        var (c, err) = await l.Accept();
        await say(what + ": " + text(err));
        if (err == null)
        {
            await must(await c!.Close());
        }
    }

    // later gives the result of one Read from a goroutine.
    static chan<string> later(net.Conn c)
    {
        var done = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await done.Send("read " + n + ", " + text(err));
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
                await must(await c!.Close());
            }
            await done.Send("accepted, " + text(err));
        });
        return done;
    }

    static async go closeBoth(net.TCPConn c, net.TCPConn s)
    {
        await say("client Close: " + text(await c.Close()));
        await say("server Close: " + text(await s.Close()));
    }

    // Deadlines in the past.
    static async go past()
    {
        await say("== past");
        var (c, s) = await connect();
        await say("set: " + text(c.SetReadDeadline(after(-ever))));
        await read("nothing there", c);
        await read("again", c);
        var (n, err) = await c.Read(null);
        await say("no room: read " + n + ", " + text(err));
        await write("the other way", c, 3);
        await read("server", s);
        await write("server", s, 5);
        await read("data there", c);
        await say("clear: " + text(c.SetReadDeadline(default)));
        await read("data there", c);
        await say("set Unix(1, 0): " + text(c.SetReadDeadline(time.Unix(1, 0))));
        await read("Unix(1, 0)", c);
        await say("set Unix(0, 0): " + text(c.SetReadDeadline(time.Unix(0, 0))));
        await read("Unix(0, 0)", c);
        await say("set now: " + text(c.SetReadDeadline(after(0))));
        await read("now", c);
        await say("set write: " + text(c.SetWriteDeadline(after(-1))));
        await write("client", c, 3);
        await write("client, nothing", c, 0);
        await say("server CloseWrite: " + text(s.CloseWrite()));
        await read("the end", c);
        await say("clear: " + text(c.SetDeadline(default)));
        await read("the end", c);
        await write("client", c, 3);
        await read("server", s);
        await closeBoth(c, s);
    }

    // Deadlines so far away that they cannot be counted in nanoseconds.
    static async go never()
    {
        await say("== far in the future");
        var (c, s) = await connect();
        await say("set: " + text(c.SetDeadline(after(int64.MaxValue))));
        await say("set: " + text(s.SetDeadline(time.Unix(1L << 40, 0))));
        await write("client", c, 3);
        await read("server", s);
        await write("server", s, 4);
        await read("client", c);
        await closeBoth(c, s);
    }

    // Deadlines that pass while a Read waits.
    static async go future()
    {
        await say("== future");
        var (c, s) = await connect();
        await say("set: " + text(c.SetReadDeadline(after(brief))));
        await read("client", c);
        await read("again", c);
        await write("server", s, 5);
        await read("data there", c);
        await say("set again: " + text(c.SetReadDeadline(after(ever))));
        await read("data there", c);
        await say("set again: " + text(c.SetReadDeadline(after(brief))));
        await read("client", c);
        await say("set in the past: " + text(c.SetReadDeadline(after(-brief))));
        await read("client", c);
        await say("set again: " + text(c.SetReadDeadline(after(brief))));
        await read("client", c);
        await say("clear: " + text(c.SetReadDeadline(default)));
        await write("server", s, 6);
        await read("client", c);
        for (var i = 0; i < 5; i++)
        {
            await must(c.SetReadDeadline(after(time.Millisecond)));
            await read("a short one", c);
        }
        await closeBoth(c, s);
    }

    // Part of the data comes before the deadline.
    static async go part()
    {
        await say("== part");
        var (c, s) = await connect();
        await write("server", s, 4);
        var (n, err) = await c.Read(new byte[1]);
        await say("client: read " + n + ", " + text(err));
        await must(c.SetReadDeadline(after(safe)));
        (n, err) = await io.ReadFull(c, new byte[10]);
        await say("client: read " + n + " of 10, " + text(err));
        await must(c.SetReadDeadline(default));
        await write("server", s, 7);
        (n, err) = await io.ReadFull(c, new byte[7]);
        await say("client: read " + n + " of 7, " + text(err));
        await closeBoth(c, s);
    }

    // SetDeadline holds for both directions, the others for one each.
    static async go both()
    {
        await say("== both");
        var (c, s) = await connect();
        await say("SetDeadline: " + text(c.SetDeadline(after(-ever))));
        await read("client", c);
        await write("client", c, 1);
        await say("SetReadDeadline: " + text(c.SetReadDeadline(after(ever))));
        await write("server", s, 1);
        await read("client", c);
        await write("client", c, 1);
        await say("SetWriteDeadline: " + text(c.SetWriteDeadline(after(ever))));
        await write("client", c, 1);
        await read("server", s);
        await say("SetReadDeadline: " + text(c.SetReadDeadline(after(-ever))));
        await read("client", c);
        await write("client", c, 1);
        await read("server", s);
        await say("SetDeadline: " + text(c.SetDeadline(after(brief))));
        await read("client", c);
        await write("client", c, 1);
        await say("SetDeadline: " + text(c.SetDeadline(default)));
        await write("client", c, 2);
        await read("server", s);
        await write("server", s, 2);
        await read("client", c);
        await closeBoth(c, s);
    }

    // The deadline is moved to an earlier time while a Read waits.
    static async go earlier()
    {
        await say("== earlier");
        var (c, s) = await connect();
        foreach (var (i, d) in new (int, time.Duration)[] { (0, -ever), (1, -1), (2, 0), (3, 1), (4, brief) })
        {
            await must(c.SetReadDeadline(after(ever)));
            var done1 = later(c);
            await time.Sleep(brief);
            await say("set " + i + ": " + text(c.SetReadDeadline(after(d))));
            await say("client: " + await done1.Recv());
        }
        await must(c.SetReadDeadline(default));
        var done = later(c);
        await time.Sleep(brief);
        await say("SetDeadline without one before: " + text(c.SetDeadline(after(brief))));
        await say("client: " + await done.Recv());
        await closeBoth(c, s);
    }

    // Several goroutines wait in Read of the same end, and one deadline ends all.
    static async go several()
    {
        await say("== several");
        var (c, s) = await connect();
        await must(c.SetReadDeadline(after(ever)));
        var done = new chan<string>[] { later(c), later(c), later(c), later(c) };
        await time.Sleep(brief);
        await say("set: " + text(c.SetReadDeadline(after(brief))));
        foreach (var d in done)
        {
            await say("client: " + await d.Recv());
        }
        await closeBoth(c, s);
    }

    // Deadlines are moved to a later time, and cleared, while Reads and Accepts wait; then the old
    // deadline passes, and nothing happens.
    static async go moved()
    {
        await say("== later");
        var (c1, s1) = await connect();
        var (c2, s2) = await connect();
        var (l1, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        (var l2, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        var (t1, t2) = ((net.TCPListener)l1!, (net.TCPListener)l2!);
        var old = after(safe);
        await must(c1.SetReadDeadline(old));
        await must(c2.SetReadDeadline(old));
        await must(t1.SetDeadline(old));
        await must(t2.SetDeadline(old));
        var (r1, r2, a1, a2) = (later(c1), later(c2), acceptLater(t1), acceptLater(t2));
        await time.Sleep(brief);
        await say("read, later: " + text(c1.SetReadDeadline(after(ever))));
        await say("read, cleared: " + text(c2.SetReadDeadline(default)));
        await say("accept, later: " + text(t1.SetDeadline(after(ever))));
        await say("accept, cleared: " + text(t2.SetDeadline(default)));
        await time.Sleep(time.Until(old) + brief);
        await write("server", s1, 1);
        await say("client: " + await r1.Recv());
        await write("server", s2, 2);
        await say("client: " + await r2.Recv());
        (var c, err) = await net.Dial("tcp", l1!.Addr()!.String());
        await must(err);
        await say("listener: " + await a1.Recv());
        await must(await c!.Close());
        (c, err) = await net.Dial("tcp", l2!.Addr()!.String());
        await must(err);
        await say("listener: " + await a2.Recv());
        await must(await c!.Close());
        await say("listener Close: " + text(await l1!.Close()));
        await say("listener Close: " + text(await l2!.Close()));
        await closeBoth(c1, s1);
        await closeBoth(c2, s2);
    }

    // Deadlines for Accept.
    static async go accepts()
    {
        await say("== accept");
        names = [];
        name(listener.Addr(), "server");
        await say("past: " + text(listener.SetDeadline(after(-ever))));
        await accept("nobody there", listener);
        await accept("again", listener);
        var (c, err) = await net.Dial("tcp", listener.Addr()!.String());
        await must(err);
        await accept("somebody there", listener);
        await say("clear: " + text(listener.SetDeadline(default)));
        await accept("somebody there", listener);
        await must(await c!.Close());
        await say("future: " + text(listener.SetDeadline(after(brief))));
        await accept("nobody there", listener);
        await accept("again", listener);
        await say("set again: " + text(listener.SetDeadline(after(ever))));
        (c, err) = await net.Dial("tcp", listener.Addr()!.String());
        await must(err);
        await accept("somebody there", listener);
        await must(await c!.Close());
        await say("future: " + text(listener.SetDeadline(after(brief))));
        await accept("nobody there", listener);
        await say("set again: " + text(listener.SetDeadline(after(ever))));
        var done = acceptLater(listener);
        await time.Sleep(brief);
        (c, err) = await net.Dial("tcp", listener.Addr()!.String());
        await must(err);
        await say("somebody comes: " + await done.Recv());
        await must(await c!.Close());
        done = acceptLater(listener);
        await time.Sleep(brief);
        await say("earlier: " + text(listener.SetDeadline(after(-1))));
        await say("nobody comes: " + await done.Recv());
        await say("clear: " + text(listener.SetDeadline(default)));
        done = acceptLater(listener);
        await time.Sleep(brief);
        await say("without one before: " + text(listener.SetDeadline(after(brief))));
        await say("nobody comes: " + await done.Recv());
        await say("clear: " + text(listener.SetDeadline(default)));
    }

    // The deadline has nothing to say about what was closed.
    static async go closed()
    {
        await say("== closed");
        var (c, s) = await connect();
        await must(c.SetDeadline(after(-ever)));
        await closeBoth(c, s);
        await read("client", c);
        await write("client", c, 1);
        await say("SetDeadline: " + text(c.SetDeadline(after(ever))));
        await say("SetReadDeadline: " + text(c.SetReadDeadline(after(-ever))));
        await say("SetWriteDeadline: " + text(c.SetWriteDeadline(default)));
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        names = [];
        name(l!.Addr(), "server");
        var t = (net.TCPListener)l;
        await must(t.SetDeadline(after(-ever)));
        await say("listener Close: " + text(await l.Close()));
        await accept("listener", t);
        await say("listener SetDeadline: " + text(t.SetDeadline(after(ever))));
    }

    // drain reads n bytes and says whether that worked.
    static async go drain(string what, net.Conn c, int n, byte[] want)
    {
        var b = new byte[n];
        (n, var err) = await io.ReadFull(c, b);
        await say(what + ": all " + FormatBool(n == b.Length) + ", same " + FormatBool(b.AsSpan().SequenceEqual(want.AsSpan(0, n))) + ", " + text(err));
    }

    // A Write waits with full buffers when its deadline passes, or is moved, or cleared.
    static async go full(int total)
    {
        await say("== full buffers, " + total);
        var (c, s) = await connect();
        await must(c.SetWriteBuffer(64 << 10));
        await must(s.SetReadBuffer(128 << 10));
        var b = new byte[total];
        for (var i = 0; i < b.Length; i++)
        {
            b[i] = (byte)(i % 251);
        }
        await say("set: " + text(c.SetWriteDeadline(after(safe))));
        var (n, err) = await c.Write(b);
        await say("client: some " + FormatBool(n > 0) + ", all " + FormatBool(n >= total) + ", " + text(err));
        (var m, err) = await c.Write(b);
        await say("client: wrote " + m + ", " + text(err));
        await drain("server", s, n, b);
        await write("client, still", c, 1);
        await say("set again: " + text(c.SetWriteDeadline(after(ever))));
        await write("client", c, 3);
        await read("server", s);

        // Earlier, while it waits.
        foreach (var (i, d) in new (int, time.Duration)[] { (0, -ever), (1, brief) })
        {
            await must(c.SetWriteDeadline(after(ever)));
            var done = makechan<int>();
            go(async () =>
            {
                var (n, err) = await c.Write(b);
                await say("client: some " + FormatBool(n > 0) + ", all " + FormatBool(n >= total) + ", " + text(err));
                await done.Send(n);
            });
            var one = new byte[1];
            (m, err) = await io.ReadFull(s, one);
            await must(err);
            await time.Sleep(brief);
            await say("earlier " + i + ": " + text(c.SetWriteDeadline(after(d))));
            n = await done.Recv();
            await drain("server", s, n - 1, b[1..]);
        }

        // Later and cleared, while it waits.
        foreach (var (i, t) in new (int, time.Time)[] { (0, after(ever)), (1, default) })
        {
            var old = after(safe);
            await must(c.SetWriteDeadline(old));
            var done = makechan<string>();
            go(async () =>
            {
                var (n, err) = await c.Write(b);
                await done.Send("wrote " + n + ", " + text(err));
            });
            var one = new byte[1];
            (m, err) = await io.ReadFull(s, one);
            await must(err);
            await say("later " + i + ": " + text(c.SetWriteDeadline(t)));
            await time.Sleep(time.Until(old) + brief);
            await drain("server", s, total - 1, b[1..]);
            await say("client: " + await done.Recv());
        }
        await closeBoth(c, s);
    }

    static async go Main_()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        listener = (net.TCPListener)l!;
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
        await say("listener Close: " + text(await l!.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
