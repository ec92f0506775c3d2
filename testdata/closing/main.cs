// Command closing closes connections and listeners that others use, and uses ones that are
// closed.
// main.go beside this file is the same program.
namespace closing;

using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // zeros is a reader without an end.
    sealed class zeros : io.Reader
    {
        public go<(int n, error? err)> Read(Memory<byte> p)
        {
            return new go<(int n, error? err)>((p.Length, null));
        }
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
            await Say(what + ": " + one);
        }
    }

    // Every method of a closed connection.
    static async go connection()
    {
        await Say("== a closed connection");
        var (c, s) = await Connect();
        await Say("Close: " + Text(await c.Close()));
        await Say("Close: " + Text(await c.Close()));
        await Read("Read", c);
        var (n, err) = await c.Read(null);
        await Say("Read nothing: " + n + ", " + Text(err));
        await Write("Write", c, 1);
        await Write("Write nothing", c, 0);
        (var m, err) = await c.ReadFrom(io.LimitReader(new zeros(), 5));
        await Say("ReadFrom: " + m + ", " + Text(err));
        await Say("CloseRead: " + Text(c.CloseRead()));
        await Say("CloseWrite: " + Text(c.CloseWrite()));
        await Say("SetDeadline: " + Text(c.SetDeadline(time.Now().Add(time.Hour))));
        await Say("SetDeadline zero: " + Text(c.SetDeadline(default)));
        await Say("SetReadDeadline: " + Text(c.SetReadDeadline(time.Now().Add(time.Hour))));
        await Say("SetWriteDeadline: " + Text(c.SetWriteDeadline(time.Now().Add(-time.Hour))));
        await Say("SetKeepAlive: " + Text(c.SetKeepAlive(true)));
        await Say("SetKeepAlivePeriod: " + Text(c.SetKeepAlivePeriod(time.Minute)));
        await Say("SetNoDelay: " + Text(c.SetNoDelay(true)));
        await Say("SetLinger: " + Text(c.SetLinger(5)));
        await Say("SetReadBuffer: " + Text(c.SetReadBuffer(8192)));
        await Say("SetWriteBuffer: " + Text(c.SetWriteBuffer(8192)));
        (_, err) = c.File();
        await Say("File: " + Text(err));
        (var rc, err) = c.SyscallConn();
        await Say("SyscallConn: " + Text(err));
        await Say("Control: " + Text(rc!.Control(fd => panic("not to be called"))));
        await Say("raw Read: " + Text(await rc.Read(fd => true)));
        await Say("raw Write: " + Text(await rc.Write(fd => true)));
        await Say("LocalAddr: " + Shown(c.LocalAddr()!));
        await Say("RemoteAddr: " + Shown(c.RemoteAddr()!));
        await Say("peer Close: " + Text(await s.Close()));
    }

    // Every method of a closed listener.
    static async go closedListener()
    {
        await Say("== a closed listener");
        var l = await Listen();
        await Say("Close: " + Text(await l.Close()));
        await Say("Close: " + Text(await l.Close()));
        var (_, err) = await l.Accept();
        await Say("Accept: " + Text(err));
        (_, err) = await l.AcceptTCP();
        await Say("AcceptTCP: " + Text(err));
        await Say("SetDeadline: " + Text(l.SetDeadline(time.Now().Add(time.Hour))));
        (_, err) = l.File();
        await Say("File: " + Text(err));
        (var rc, err) = l.SyscallConn();
        await Say("SyscallConn: " + Text(err));
        await Say("Control: " + Text(rc!.Control(fd => panic("not to be called"))));
        await Say("raw Read: " + Text(await rc.Read(fd => true)));
        await Say("raw Write: " + Text(await rc.Write(fd => true)));
        await Say("Addr: " + Shown(l.Addr()!));
        (_, err) = await net.Dial("tcp", l.Addr()!.String());
        await Say("Dial: " + Text(err));
    }

    // What was sent before Close arrives.
    static async go sent()
    {
        await Say("== sent before Close");
        var (c, s) = await Connect();
        await Write("client", c, 10);
        await Say("client Close: " + Text(await c.Close()));
        await Read("server", s);
        await Read("server", s);
        await Say("server Close: " + Text(await s.Close()));
    }

    // Goroutines are in Read when their end is closed.
    static async go inRead(int n)
    {
        await Say("== in Read, " + n);
        var (c, s) = await Connect();
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await results.Send("read " + n + ", " + Text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await Say("client Close: " + Text(await c.Close()));
        await collect("client", results, n);
        await Read("server", s);
        await Say("server Close: " + Text(await s.Close()));
    }

    // Goroutines are in Read when the other end is closed.
    static async go peer(int n)
    {
        await Say("== in Read, the other end is closed, " + n);
        var (c, s) = await Connect();
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await results.Send("read " + n + ", " + Text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await Say("server Close: " + Text(await s.Close()));
        await collect("client", results, n);
        await Say("client Close: " + Text(await c.Close()));
    }

    // A goroutine is in Read with a deadline when its end is closed.
    static async go withDeadline()
    {
        await Say("== in Read with a deadline");
        var (c, s) = await Connect();
        await Must(c.SetDeadline(time.Now().Add(time.Hour)));
        var results = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await results.Send("read " + n + ", " + Text(err));
        });
        await time.Sleep(50 * time.Millisecond);
        await Say("client Close: " + Text(await c.Close()));
        await collect("client", results, 1);
        await Say("server Close: " + Text(await s.Close()));
    }

    // A goroutine waits in a raw Read when its end is closed.
    static async go inRawRead()
    {
        await Say("== in a raw Read");
        var (c, s) = await Connect();
        var (rc, err) = c.SyscallConn();
        await Must(err);
        var results = makechan<string>();
        go(async () =>
        {
            await results.Send(Text(await rc!.Read(fd => false)));
        });
        await time.Sleep(50 * time.Millisecond);
        await Say("client Close: " + Text(await c.Close()));
        await collect("client", results, 1);
        await Say("server Close: " + Text(await s.Close()));
    }

    // Goroutines are in Accept when the listener is closed.
    static async go inAccept(int n)
    {
        await Say("== in Accept, " + n);
        var l = await Listen();
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (_, err) = await l.Accept();
                await results.Send(Text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await Say("listener Close: " + Text(await l.Close()));
        await collect("listener", results, n);
    }

    // Several goroutines close at once: one of them does it.
    static async go closers(int n)
    {
        await Say("== closers, " + n);
        var (c, s) = await Connect();
        var l = await Listen();
        Name(c.LocalAddr(), "client");
        Name(c.RemoteAddr(), "server");
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () => await results.Send(Text(await c.Close())));
        }
        await collect("client Close", results, n);
        for (var i = 0; i < n; i++)
        {
            go(async () => await results.Send(Text(await l.Close())));
        }
        await collect("listener Close", results, n);
        await Read("server", s);
        await Say("server Close: " + Text(await s.Close()));
    }

    // The listener is closed, and connections are left, accepted ones and others.
    static async go left()
    {
        await Say("== the listener goes first");
        var l = await Listen();
        var (c1, err) = await net.Dial("tcp", l.Addr()!.String());
        await Must(err);
        (var c2, err) = await net.Dial("tcp", l.Addr()!.String());
        await Must(err);
        Name(c1!.LocalAddr(), "first");
        Name(c2!.LocalAddr(), "second");
        (var s1, err) = await l.Accept();
        await Must(err);
        await Say("listener Close: " + Text(await l.Close()));
        await Write("first", c1, 4);
        await Read("server", s1!);
        await Write("server", s1!, 5);
        await Read("first", c1);
        await Read("second, not accepted", c2);
        await Say("first Close: " + Text(await c1.Close()));
        await Say("second Close: " + Text(await c2.Close()));
        await Read("server", s1!);
        await Say("server Close: " + Text(await s1!.Close()));
    }

    // A copy made by File lives on.
    static async go file()
    {
        await Say("== File");
        var (c, s) = await Connect();
        var (f, err) = c.File();
        await Must(err);
        await Say("client Close: " + Text(await c.Close()));
        (var n, err) = await f!.Write(new byte[6]);
        await Say("file: wrote " + n + ", " + Text(err));
        await Read("server", s);
        await Write("server", s, 7);
        await Read("file", f);
        await Say("file Close: " + Text(await f.Close()));
        await Read("server", s);
        await Say("server Close: " + Text(await s.Close()));
    }

    // Goroutines are in Write with full buffers when their end is closed.
    static async go inWrite(int n, int total)
    {
        await Say("== in Write, " + n);
        var (c, s) = await Connect();
        await Must(c.SetWriteBuffer(8192));
        await Must(s.SetReadBuffer(8192));
        var results = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Write(new byte[total]);
                await results.Send("all " + FormatBool(n >= total) + ", " + Text(err));
            });
        }
        var (_, err) = await s.Read(new byte[1]);
        await Must(err);
        await time.Sleep(50 * time.Millisecond);
        await Say("client Close: " + Text(await c.Close()));
        await collect("client", results, n);
        await Say("server Close: " + Text(await s.Close()));
    }

    // Goroutines are in Read and in Write when their end is closed.
    static async go inBoth(int n, int total)
    {
        await Say("== in Read and Write, " + n);
        var (c, s) = await Connect();
        await Must(c.SetWriteBuffer(8192));
        await Must(s.SetReadBuffer(8192));
        var reads = makechan<string>();
        var writes = makechan<string>();
        for (var i = 0; i < n; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await reads.Send("read " + n + ", " + Text(err));
            });
            go(async () =>
            {
                var (n, err) = await c.Write(new byte[total]);
                await writes.Send("all " + FormatBool(n >= total) + ", " + Text(err));
            });
        }
        var (_, err) = await s.Read(new byte[1]);
        await Must(err);
        await time.Sleep(50 * time.Millisecond);
        await Say("client Close: " + Text(await c.Close()));
        await collect("client", reads, n);
        await collect("client", writes, n);
        await Say("server Close: " + Text(await s.Close()));
    }

    static async go Main_()
    {
        Listener = await Listen();
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
        await Say("listener Close: " + Text(await Listener.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
