// Command resets breaks TCP connections off: before, during and after a transfer, with the
// other end idle, blocked in Read and blocked in Write.
// main.go beside this file is the same program.
namespace resets;

using System.Collections.Generic;
using golang;
using static golang.builtin;

static class main
{
    // tcpClose is the state of a connection that the system has done with.
    const int tcpClose = 7;

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
        if (errors.Is(err, syscall.EPIPE))
        {
            s += " EPIPE";
        }
        if (errors.Is(err, syscall.ECONNRESET))
        {
            s += " ECONNRESET";
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

    static string FormatBool(bool b)
    {
        return b ? "true" : "false";
    }

    // reset breaks the connection off.
    static async go reset(string what, net.TCPConn c)
    {
        await say(what + " SetLinger: " + text(c.SetLinger(0)));
        await say(what + " Close: " + text(await c.Close()));
    }

    // broken waits until the news has arrived at c, without reading it.
    static async go broken(net.TCPConn c)
    {
        var (rc, err) = c.SyscallConn();
        await must(err);
        var state = 0;
        for (; ; )
        {
            await time.Sleep(20 * time.Millisecond);
            err = rc!.Control(fd =>
            {
                // The first byte of tcp_info is the state.
                (state, _) = syscall.GetsockoptInt((int)fd, syscall.IPPROTO_TCP, syscall.TCP_INFO);
            });
            await must(err);
            if ((state & 0xff) == tcpClose)
            {
                break;
            }
        }
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

    // The reset comes before anything is sent; the other end reads first.
    static async go beforeRead()
    {
        await say("== before a transfer, read");
        var (c, s) = await connect();
        await reset("server", s);
        await read("client", c);
        await read("client again", c);
        await write("client", c, 1);
        await write("client again", c, 1);
        await read("client a third time", c);
        await say("client Close: " + text(await c.Close()));
    }

    // The reset comes before anything is sent; the other end writes first.
    static async go beforeWrite()
    {
        await say("== before a transfer, write");
        var (c, s) = await connect();
        await reset("client", c);
        await broken(s);
        await write("server", s, 100);
        await write("server again", s, 100);
        await read("server", s);
        await read("server again", s);
        await say("server Close: " + text(await s.Close()));
    }

    // The reset comes before the connection is accepted.
    static async go beforeAccept()
    {
        await say("== before accept");
        var (conn, err) = await net.Dial("tcp", listener.Addr()!.String());
        await must(err);
        var c = (net.TCPConn)conn!;
        names = [];
        name(c.LocalAddr(), "client");
        name(c.RemoteAddr(), "server");
        await reset("client", c);
        (var s, err) = await listener.AcceptTCP();
        await say("Accept: " + text(err));
        await read("server", s!);
        await write("server", s!, 1);
        await say("server Close: " + text(await s!.Close()));
    }

    // Some data has arrived when the reset comes.
    static async go pending()
    {
        await say("== data has arrived");
        var (c, s) = await connect();
        await write("server", s, 3);
        var (n, err) = await c.Read(new byte[1]);
        await say("client: read " + n + ", " + text(err));
        await reset("server", s);
        await broken(c);
        await read("client, what had arrived", c);
        await read("client", c);
        await read("client again", c);
        await say("client Close: " + text(await c.Close()));
    }

    // The reset comes in the middle of what is expected.
    static async go middle()
    {
        await say("== in the middle");
        var (c, s) = await connect();
        await write("client", c, 5);
        await reset("client", c);
        var b = new byte[10];
        var (n, err) = await io.ReadFull(s, b);
        await say("server: read " + n + " of 10, " + text(err));
        (n, err) = await io.ReadFull(s, b);
        await say("server: read " + n + " of 10, " + text(err));
        await say("server Close: " + text(await s.Close()));
    }

    // Close with data that nobody has read resets without SetLinger.
    static async go unread()
    {
        await say("== Close with unread data");
        var (c, s) = await connect();
        await write("client", c, 10);
        var (n, err) = await s.Read(new byte[1]);
        await say("server: read " + n + ", " + text(err));
        await say("server Close: " + text(await s.Close()));
        await read("client", c);
        await write("client", c, 10);
        await say("client Close: " + text(await c.Close()));
    }

    // The other end closed in peace; the first write is answered by a reset.
    static async go afterClose()
    {
        await say("== write after the other end's Close");
        var (c, s) = await connect();
        await say("server Close: " + text(await s.Close()));
        await read("client", c);
        await write("client", c, 10);
        await broken(c);
        await write("client again", c, 10);
        await read("client", c);
        await say("client Close: " + text(await c.Close()));
    }

    // A reset of an end that is half-closed.
    static async go halfClosed()
    {
        await say("== half-closed");
        var (c, s) = await connect();
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await read("server", s);
        await reset("server", s);
        await read("client", c);
        await write("client", c, 1);
        await say("client Close: " + text(await c.Close()));
    }

    // Everything else on a connection that was reset.
    static async go methods()
    {
        await say("== methods after a reset");
        var (c, s) = await connect();
        await reset("server", s);
        await broken(c);
        await say("client SetDeadline: " + text(c.SetDeadline(time.Now().Add(time.Hour))));
        await say("client SetDeadline zero: " + text(c.SetDeadline(default)));
        await say("client SetNoDelay: " + text(c.SetNoDelay(false)));
        await say("client SetKeepAlive: " + text(c.SetKeepAlive(false)));
        await say("client SetKeepAlivePeriod: " + text(c.SetKeepAlivePeriod(time.Minute)));
        await say("client SetLinger: " + text(c.SetLinger(3)));
        await say("client SetReadBuffer: " + text(c.SetReadBuffer(8192)));
        await say("client SetWriteBuffer: " + text(c.SetWriteBuffer(8192)));
        await say("client CloseRead: " + text(c.CloseRead()));
        await say("client CloseWrite: " + text(c.CloseWrite()));
        await read("client", c);
        await write("client", c, 1);
        await say("client Close: " + text(await c.Close()));
        await read("client", c);
        await write("client", c, 1);
    }

    // A goroutine is in Read when the reset comes.
    static async go inRead()
    {
        await say("== in Read");
        var (c, s) = await connect();
        var done = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await done.Send("read " + n + ", " + text(err));
        });
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        await say("client: " + await done.Recv());
        await read("client again", c);
        await write("client", c, 1);
        await say("client Close: " + text(await c.Close()));
    }

    // Several goroutines are in Read: one gets the reset, the others the end.
    static async go inReads()
    {
        await say("== in several Reads");
        var (c, s) = await connect();
        var done = makechan<string>();
        for (var i = 0; i < 4; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await done.Send("read " + n + ", " + text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        var all = new string[] { await done.Recv(), await done.Recv(), await done.Recv(), await done.Recv() };
        Array.Sort(all, string.CompareOrdinal);
        foreach (var one in all)
        {
            await say("client: " + one);
        }
        await say("client Close: " + text(await c.Close()));
    }

    // A goroutine is in Write, the buffers are full, and the reader resets.
    static async go inWrite(int total)
    {
        await say("== in Write, " + total);
        var (c, s) = await connect();
        await must(c.SetWriteBuffer(8192));
        await must(s.SetReadBuffer(8192));
        var done = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Write(new byte[total]);
            await done.Send("some " + FormatBool(n > 0) + ", all " + FormatBool(n >= total) + ", " + text(err));
        });
        var (n, err) = await s.Read(new byte[1]);
        await say("server: read " + n + ", " + text(err));
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        await say("client: " + await done.Recv());
        await write("client", c, 1);
        await read("client", c);
        await say("client Close: " + text(await c.Close()));
    }

    // Goroutines are in Read and in Write of the same end: who learns of the reset first is not
    // said, so only that both come back.
    static async go inBoth(int total)
    {
        await say("== in Read and Write, " + total);
        var (c, s) = await connect();
        await must(c.SetWriteBuffer(8192));
        await must(s.SetReadBuffer(8192));
        var written = makechan<bool>();
        var got = makechan<bool>();
        go(async () =>
        {
            var (n, err) = await c.Write(new byte[total]);
            await written.Send(n > 0 && n < total && (errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)));
        });
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await got.Send(n == 0 && (errors.Is(err, syscall.ECONNRESET) || err == io.EOF));
        });
        var (n, err) = await s.Read(new byte[1]);
        await say("server: read " + n + ", " + text(err));
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        await say("client wrote until the reset: " + FormatBool(await written.Recv()));
        await say("client read until the reset: " + FormatBool(await got.Recv()));
        await write("client", c, 1);
        await read("client", c);
        await say("client Close: " + text(await c.Close()));
    }

    static async go Main_()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        listener = (net.TCPListener)l!;
        if (os.Args.Length > 1 && os.Args[1] == "full")
        {
            await inWrite(8 << 20);
            await inWrite(64 << 20);
        }
        else if (os.Args.Length > 1 && os.Args[1] == "both")
        {
            await inBoth(8 << 20);
        }
        else
        {
            await beforeRead();
            await beforeWrite();
            await beforeAccept();
            await pending();
            await middle();
            await unread();
            await afterClose();
            await halfClosed();
            await methods();
            await inRead();
            await inReads();
        }
        await say("listener Close: " + text(await l!.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
