// Command closing closes connections and listeners that others use, and uses ones that are
// closed.
// main.go beside this file is the same program.
namespace closing;

using System.Collections.Generic;
using golang;
using static golang.builtin;

static class main
{
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
        if (errors.Is(err, net.ErrClosed))
        {
            s += " ErrClosed";
        }
        if (errors.Is(err, syscall.ECONNRESET))
        {
            s += " ECONNRESET";
        }
        if (errors.Is(err, syscall.ECONNREFUSED))
        {
            s += " ECONNREFUSED";
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

    // listen makes a listener of its own and names its port.
    static async go<net.TCPListener> listen()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        names = [];
        name(l!.Addr(), "listener");
        return (net.TCPListener)l;
    }

    // zeros is a reader without an end.
    sealed class zeros : io.Reader
    {
        public go<(int n, error? err)> Read(Memory<byte> p)
        {
            return new go<(int n, error? err)>((p.Length, null));
        }
    }

    // read is one Read of at most 16 bytes.
    static async go read(string what, io.Reader c)
    {
        var (n, err) = await c.Read(new byte[16]);
        await say(what + ": read " + n + ", " + text(err));
    }

    static async go write(string what, io.Writer c, int n)
    {
        (n, var err) = await c.Write(new byte[n]);
        await say(what + ": wrote " + n + ", " + text(err));
    }

    static string shown(net.Addr a)
    {
        var s = a.String();
        foreach (var n in names)
        {
            s = s.Replace(n.Item1, n.Item2);
        }
        return a.Network() + " " + s;
    }

    // collect takes n results and shows them in the order of their texts.
    static async go collect(string what, chan<string> results, int n)
    {
        var all = new string[n];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = await results.Recv();
        }
        Array.Sort(all, string.CompareOrdinal);
        foreach (var one in all)
        {
            await say(what + ": " + one);
        }
    }

    // Every method of a closed connection.
    static async go connection()
    {
        await say("== a closed connection");
        var (c, s) = await connect();
        await say("Close: " + text(await c.Close()));
        await say("Close: " + text(await c.Close()));
        await read("Read", c);
        var (n, err) = await c.Read(null);
        await say("Read nothing: " + n + ", " + text(err));
        await write("Write", c, 1);
        await write("Write nothing", c, 0);
        (var m, err) = await c.ReadFrom(io.LimitReader(new zeros(), 5));
        await say("ReadFrom: " + m + ", " + text(err));
        await say("CloseRead: " + text(c.CloseRead()));
        await say("CloseWrite: " + text(c.CloseWrite()));
        await say("SetDeadline: " + text(c.SetDeadline(time.Now().Add(time.Hour))));
        await say("SetDeadline zero: " + text(c.SetDeadline(default)));
        await say("SetReadDeadline: " + text(c.SetReadDeadline(time.Now().Add(time.Hour))));
        await say("SetWriteDeadline: " + text(c.SetWriteDeadline(time.Now().Add(-time.Hour))));
        await say("SetKeepAlive: " + text(c.SetKeepAlive(true)));
        await say("SetKeepAlivePeriod: " + text(c.SetKeepAlivePeriod(time.Minute)));
        await say("SetNoDelay: " + text(c.SetNoDelay(true)));
        await say("SetLinger: " + text(c.SetLinger(5)));
        await say("SetReadBuffer: " + text(c.SetReadBuffer(8192)));
        await say("SetWriteBuffer: " + text(c.SetWriteBuffer(8192)));
        (_, err) = c.File();
        await say("File: " + text(err));
        (var rc, err) = c.SyscallConn();
        await say("SyscallConn: " + text(err));
        await say("Control: " + text(rc!.Control(fd => panic("not to be called"))));
        await say("raw Read: " + text(await rc.Read(fd => true)));
        await say("raw Write: " + text(await rc.Write(fd => true)));
        await say("LocalAddr: " + shown(c.LocalAddr()!));
        await say("RemoteAddr: " + shown(c.RemoteAddr()!));
        await say("peer Close: " + text(await s.Close()));
    }

    // Every method of a closed listener.
    static async go closedListener()
    {
        await say("== a closed listener");
        var l = await listen();
        await say("Close: " + text(await l.Close()));
        await say("Close: " + text(await l.Close()));
        var (_, err) = await l.Accept();
        await say("Accept: " + text(err));
        (_, err) = await l.AcceptTCP();
        await say("AcceptTCP: " + text(err));
        await say("SetDeadline: " + text(l.SetDeadline(time.Now().Add(time.Hour))));
        (_, err) = l.File();
        await say("File: " + text(err));
        (var rc, err) = l.SyscallConn();
        await say("SyscallConn: " + text(err));
        await say("Control: " + text(rc!.Control(fd => panic("not to be called"))));
        await say("raw Read: " + text(await rc.Read(fd => true)));
        await say("raw Write: " + text(await rc.Write(fd => true)));
        await say("Addr: " + shown(l.Addr()!));
        (_, err) = await net.Dial("tcp", l.Addr()!.String());
        await say("Dial: " + text(err));
    }

    // What was sent before Close arrives.
    static async go sent()
    {
        await say("== sent before Close");
        var (c, s) = await connect();
        await write("client", c, 10);
        await say("client Close: " + text(await c.Close()));
        await read("server", s);
        await read("server", s);
        await say("server Close: " + text(await s.Close()));
    }

    // Goroutines are in Read when their end is closed.
    static async go inRead(int n)
    {
        await say("== in Read, " + n);
        var (c, s) = await connect();
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await results.Send("read " + n + ", " + text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await say("client Close: " + text(await c.Close()));
        await collect("client", results, n);
        await read("server", s);
        await say("server Close: " + text(await s.Close()));
    }

    // Goroutines are in Read when the other end is closed.
    static async go peer(int n)
    {
        await say("== in Read, the other end is closed, " + n);
        var (c, s) = await connect();
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await results.Send("read " + n + ", " + text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await say("server Close: " + text(await s.Close()));
        await collect("client", results, n);
        await say("client Close: " + text(await c.Close()));
    }

    // A goroutine is in Read with a deadline when its end is closed.
    static async go withDeadline()
    {
        await say("== in Read with a deadline");
        var (c, s) = await connect();
        await must(c.SetDeadline(time.Now().Add(time.Hour)));
        var results = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await results.Send("read " + n + ", " + text(err));
        });
        await time.Sleep(50 * time.Millisecond);
        await say("client Close: " + text(await c.Close()));
        await collect("client", results, 1);
        await say("server Close: " + text(await s.Close()));
    }

    // A goroutine waits in a raw Read when its end is closed.
    static async go inRawRead()
    {
        await say("== in a raw Read");
        var (c, s) = await connect();
        var (rc, err) = c.SyscallConn();
        await must(err);
        var results = makechan<string>();
        go(async () =>
        {
            await results.Send(text(await rc!.Read(fd => false)));
        });
        await time.Sleep(50 * time.Millisecond);
        await say("client Close: " + text(await c.Close()));
        await collect("client", results, 1);
        await say("server Close: " + text(await s.Close()));
    }

    // Goroutines are in Accept when the listener is closed.
    static async go inAccept(int n)
    {
        await say("== in Accept, " + n);
        var l = await listen();
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (_, err) = await l.Accept();
                await results.Send(text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await say("listener Close: " + text(await l.Close()));
        await collect("listener", results, n);
    }

    // Several goroutines close at once: one of them does it.
    static async go closers(int n)
    {
        await say("== closers, " + n);
        var (c, s) = await connect();
        var l = await listen();
        name(c.LocalAddr(), "client");
        name(c.RemoteAddr(), "server");
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () => await results.Send(text(await c.Close())));
        }
        await collect("client Close", results, n);
        for (var i = 0; i < n; i++)
        {
            go(async () => await results.Send(text(await l.Close())));
        }
        await collect("listener Close", results, n);
        await read("server", s);
        await say("server Close: " + text(await s.Close()));
    }

    // The listener is closed, and connections are left, accepted ones and others.
    static async go left()
    {
        await say("== the listener goes first");
        var l = await listen();
        var (c1, err) = await net.Dial("tcp", l.Addr()!.String());
        await must(err);
        (var c2, err) = await net.Dial("tcp", l.Addr()!.String());
        await must(err);
        name(c1!.LocalAddr(), "first");
        name(c2!.LocalAddr(), "second");
        (var s1, err) = await l.Accept();
        await must(err);
        await say("listener Close: " + text(await l.Close()));
        await write("first", c1, 4);
        await read("server", s1!);
        await write("server", s1!, 5);
        await read("first", c1);
        await read("second, not accepted", c2);
        await say("first Close: " + text(await c1.Close()));
        await say("second Close: " + text(await c2.Close()));
        await read("server", s1!);
        await say("server Close: " + text(await s1!.Close()));
    }

    // A copy made by File lives on.
    static async go file()
    {
        await say("== File");
        var (c, s) = await connect();
        var (f, err) = c.File();
        await must(err);
        await say("client Close: " + text(await c.Close()));
        (var n, err) = await f!.Write(new byte[6]);
        await say("file: wrote " + n + ", " + text(err));
        await read("server", s);
        await write("server", s, 7);
        await read("file", f);
        await say("file Close: " + text(await f.Close()));
        await read("server", s);
        await say("server Close: " + text(await s.Close()));
    }

    // Goroutines are in Write with full buffers when their end is closed.
    static async go inWrite(int n, int total)
    {
        await say("== in Write, " + n);
        var (c, s) = await connect();
        await must(c.SetWriteBuffer(8192));
        await must(s.SetReadBuffer(8192));
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Write(new byte[total]);
                await results.Send("all " + FormatBool(n >= total) + ", " + text(err));
            });
        }
        var (_, err) = await s.Read(new byte[1]);
        await must(err);
        await time.Sleep(50 * time.Millisecond);
        await say("client Close: " + text(await c.Close()));
        await collect("client", results, n);
        await say("server Close: " + text(await s.Close()));
    }

    // Goroutines are in Read and in Write when their end is closed.
    static async go inBoth(int n, int total)
    {
        await say("== in Read and Write, " + n);
        var (c, s) = await connect();
        await must(c.SetWriteBuffer(8192));
        await must(s.SetReadBuffer(8192));
        var reads = makechan<string>();
        var writes = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await reads.Send("read " + n + ", " + text(err));
            });
            go(async () =>
            {
                var (n, err) = await c.Write(new byte[total]);
                await writes.Send("all " + FormatBool(n >= total) + ", " + text(err));
            });
        }
        var (_, err) = await s.Read(new byte[1]);
        await must(err);
        await time.Sleep(50 * time.Millisecond);
        await say("client Close: " + text(await c.Close()));
        await collect("client", reads, n);
        await collect("client", writes, n);
        await say("server Close: " + text(await s.Close()));
    }

    static async go Main_()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        listener = (net.TCPListener)l!;
        if (os.Args.Length > 1 && os.Args[1] == "full")
        {
            await inWrite(1, 8 << 20);
            await inWrite(8, 8 << 20);
            await inBoth(8, 8 << 20);
        }
        else if (os.Args.Length > 1 && os.Args[1] == "file")
        {
            await file();
        }
        else
        {
            await connection();
            await closedListener();
            await sent();
            await inRead(1);
            await inRead(16);
            await peer(1);
            await peer(16);
            await withDeadline();
            await inRawRead();
            await inAccept(1);
            await inAccept(16);
            await closers(8);
            await left();
        }
        await say("listener Close: " + text(await l!.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
