// Command halfclose shuts TCP connections down one direction at a time: who begins, what still
// flows the other way, and what reads and writes give afterwards.
// main.go beside this file is the same program.
namespace halfclose;

using System.Collections.Generic;
using golang;
using static golang.builtin;

static class main
{
    // chunk is what is sent before the other side has read it.
    const int chunk = 16 << 10;

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
        if (errors.Is(err, syscall.EPIPE))
        {
            s += " EPIPE";
        }
        if (errors.Is(err, syscall.ENOTCONN))
        {
            s += " ENOTCONN";
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

    // send moves n bytes from one end to the other, at most a chunk at a time.
    static async go send(string what, net.TCPConn from, net.TCPConn to, int n)
    {
        var (sent, got, same) = (0, 0, true);
        while (sent < n)
        {
            var b = new byte[min(n - sent, chunk)];
            for (var i = 0; i < b.Length; i++)
            {
                b[i] = (byte)((sent + i) % 251);
            }
            var (m, err) = await from.Write(b);
            await must(err);
            sent += m;
            var r = new byte[b.Length];
            (m, err) = await io.ReadFull(to, r);
            await must(err);
            got += m;
            same = same && b.AsSpan().SequenceEqual(r);
        }
        await say(what + ": sent " + sent + ", received " + got + ", same " + FormatBool(same));
    }

    static int min(int a, int b)
    {
        if (a < b)
        {
            return a;
        }
        return b;
    }

    static string FormatBool(bool b)
    {
        return b ? "true" : "false";
    }

    // read is one Read of at most 16 bytes.
    static async go read(string what, net.TCPConn c)
    {
        var (n, err) = await c.Read(new byte[16]);
        await say(what + ": read " + n + ", " + text(err));
    }

    static async go write(string what, net.TCPConn c, int n)
    {
        (n, var err) = await c.Write(new byte[n]);
        await say(what + ": wrote " + n + ", " + text(err));
    }

    static async go closeBoth(net.TCPConn c, net.TCPConn s)
    {
        await say("client Close: " + text(await c.Close()));
        await say("server Close: " + text(await s.Close()));
    }

    // The client half-closes first, with n bytes on the way there and back.
    static async go clientFirst(int n)
    {
        await say("== client first, " + n);
        var (c, s) = await connect();
        await send("client to server", c, s, n);
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await read("server", s);
        await read("server again", s);
        await send("server to client", s, c, n);
        await write("client", c, 1);
        await say("server CloseWrite: " + text(s.CloseWrite()));
        await read("client", c);
        await read("client again", c);
        await closeBoth(c, s);
    }

    // The server half-closes first.
    static async go serverFirst(int n)
    {
        await say("== server first, " + n);
        var (c, s) = await connect();
        await say("server CloseWrite: " + text(s.CloseWrite()));
        await read("client", c);
        await send("client to server", c, s, n);
        await write("server", s, 1);
        await write("server nothing", s, 0);
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await read("server", s);
        await closeBoth(c, s);
    }

    // Both half-close, and try everything afterwards.
    static async go both()
    {
        await say("== both");
        var (c, s) = await connect();
        await send("client to server", c, s, 100);
        await send("server to client", s, c, 100);
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await say("client CloseWrite again: " + text(c.CloseWrite()));
        await read("server", s);
        await say("server CloseWrite: " + text(s.CloseWrite()));
        await read("client", c);
        await write("client", c, 10);
        await write("server", s, 10);
        await write("client again", c, 1 << 20);
        await say("client CloseWrite a third time: " + text(c.CloseWrite()));
        await say("client CloseRead: " + text(c.CloseRead()));
        await read("client", c);
        await read("server", s);
        await closeBoth(c, s);
    }

    // The reading side is shut down; what has arrived can still be read.
    static async go closeRead()
    {
        await say("== CloseRead");
        var (c, s) = await connect();
        var (n, err) = await s.Write(new byte[3]);
        await must(err);
        (n, err) = await c.Read(new byte[1]);
        await say("client: read " + n + ", " + text(err));
        await say("client CloseRead: " + text(c.CloseRead()));
        await read("client, what had arrived", c);
        await read("client", c);
        await say("client CloseRead again: " + text(c.CloseRead()));
        await send("client to server", c, s, 100000);
        await say("server CloseRead: " + text(s.CloseRead()));
        await read("server", s);
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await write("client", c, 1);
        await say("server CloseWrite: " + text(s.CloseWrite()));
        await write("server", s, 1);
        await read("client", c);
        await read("server", s);
        await closeBoth(c, s);
    }

    // Both sides of one end are shut down in either order.
    static async go readThenWrite(string first)
    {
        await say("== both sides of the client, " + first + " first");
        var (c, s) = await connect();
        if (first == "read")
        {
            await say("client CloseRead: " + text(c.CloseRead()));
            await say("client CloseWrite: " + text(c.CloseWrite()));
        }
        else
        {
            await say("client CloseWrite: " + text(c.CloseWrite()));
            await say("client CloseRead: " + text(c.CloseRead()));
        }
        await read("client", c);
        await write("client", c, 1);
        await read("server", s);
        await say("server CloseWrite: " + text(s.CloseWrite()));
        await closeBoth(c, s);
    }

    // A goroutine is in Read when a direction is shut down, by its own end and by the other.
    static async go blocked()
    {
        await say("== blocked in Read");
        var (c, s) = await connect();
        var done = makechan<string>();
        async go reader(net.TCPConn c)
        {
            var (n, err) = await c.Read(new byte[16]);
            await done.Send("read " + n + ", " + text(err));
        }
        go(() => reader(c));
        await time.Sleep(50 * time.Millisecond);
        await say("client CloseRead: " + text(c.CloseRead()));
        await say("client: " + await done.Recv());
        go(() => reader(s));
        await time.Sleep(50 * time.Millisecond);
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await say("server: " + await done.Recv());
        go(() => reader(s));
        await say("server: " + await done.Recv());
        await closeBoth(c, s);
    }

    // Everything on an end that is closed.
    static async go closed()
    {
        await say("== closed");
        var (c, s) = await connect();
        await say("client Close: " + text(await c.Close()));
        await say("client CloseRead: " + text(c.CloseRead()));
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await read("client", c);
        await write("client", c, 1);
        await read("server", s);
        await say("server Close: " + text(await s.Close()));
        await say("server CloseRead: " + text(s.CloseRead()));
        await say("server CloseWrite: " + text(s.CloseWrite()));
    }

    // The whole size in one Write, read by the other end at the same time.
    static async go stream(int n)
    {
        await say("== stream, " + n);
        var (c, s) = await connect();
        var b = new byte[n];
        for (var i = 0; i < b.Length; i++)
        {
            b[i] = (byte)(i % 251);
        }
        var done = makechan<string>();
        async go writer(net.TCPConn c)
        {
            var (n, err) = await c.Write(b);
            await done.Send("wrote " + n + ", " + text(err) + ", CloseWrite " + text(c.CloseWrite()));
        }
        go(() => writer(c));
        var r = new byte[n];
        var (m, err) = await io.ReadFull(s, r);
        await say("client: " + await done.Recv());
        await say("server: read " + m + ", same " + FormatBool(b.AsSpan().SequenceEqual(r)) + ", " + text(err));
        await read("server", s);
        go(() => writer(s));
        r = new byte[n];
        (m, err) = await io.ReadFull(c, r);
        await say("server: " + await done.Recv());
        await say("client: read " + m + ", same " + FormatBool(b.AsSpan().SequenceEqual(r)) + ", " + text(err));
        await read("client", c);
        await closeBoth(c, s);
    }

    static async go Main_()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        listener = (net.TCPListener)l!;
        if (os.Args.Length > 1 && os.Args[1] == "stream")
        {
            await stream(1);
            await stream(100000);
            await stream(4 << 20);
        }
        else
        {
            await clientFirst(0);
            await clientFirst(1);
            await clientFirst(4096);
            await clientFirst(4 << 20);
            await serverFirst(1);
            await serverFirst(65537);
            await serverFirst(4 << 20);
            await both();
            await closeRead();
            await readThenWrite("read");
            await readThenWrite("write");
            await blocked();
            await closed();
        }
        await say("listener Close: " + text(await l!.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
