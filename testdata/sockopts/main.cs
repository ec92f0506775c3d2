// Command sockopts sets the options of sockets and asks the system for them, and uses the raw
// connection.
// main.go beside this file is the same program.
namespace sockopts;

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
        if (errors.Is(err, syscall.EINVAL))
        {
            s += " EINVAL";
        }
        if (errors.Is(err, syscall.ENOPROTOOPT))
        {
            s += " ENOPROTOOPT";
        }
        if (errors.Is(err, syscall.EAGAIN))
        {
            s += " EAGAIN";
        }
        if (errors.Is(err, net.ErrClosed))
        {
            s += " ErrClosed";
        }
        if (errors.Is(err, os.ErrDeadlineExceeded))
        {
            s += " ErrDeadlineExceeded";
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

    // option asks the system for one option of a connection or listener.
    static async go<string> option(syscall.Conn c, int level, int opt)
    {
        var (rc, err) = c.SyscallConn();
        await must(err);
        var value = 0;
        error? err1 = null;
        err = rc!.Control(fd =>
        {
            (value, err1) = syscall.GetsockoptInt((int)fd, level, opt);
        });
        await must(err);
        if (err1 != null)
        {
            return text(err1);
        }
        return value.ToString();
    }

    static async go<string> keepAlive(syscall.Conn c)
    {
        return "SO_KEEPALIVE " + await option(c, syscall.SOL_SOCKET, syscall.SO_KEEPALIVE) +
            ", TCP_KEEPIDLE " + await option(c, syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE) +
            ", TCP_KEEPINTVL " + await option(c, syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL) +
            ", TCP_KEEPCNT " + await option(c, syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT);
    }

    static async go<string> noDelay(syscall.Conn c)
    {
        return "TCP_NODELAY " + await option(c, syscall.IPPROTO_TCP, syscall.TCP_NODELAY);
    }

    // linger is only whether it is on: the integer that is asked for is the first half.
    static async go<string> linger(syscall.Conn c)
    {
        return "SO_LINGER " + await option(c, syscall.SOL_SOCKET, syscall.SO_LINGER);
    }

    static async go<string> readBuffer(syscall.Conn c)
    {
        return "SO_RCVBUF " + await option(c, syscall.SOL_SOCKET, syscall.SO_RCVBUF);
    }

    static async go<string> writeBuffer(syscall.Conn c)
    {
        return "SO_SNDBUF " + await option(c, syscall.SOL_SOCKET, syscall.SO_SNDBUF);
    }

    static async go closeBoth(net.TCPConn c, net.TCPConn s)
    {
        await say("client Close: " + text(await c.Close()));
        await say("server Close: " + text(await s.Close()));
    }

    // setters sets everything on one end.
    static async go setters(string what, net.TCPConn c)
    {
        await say("-- " + what);
        await say(await keepAlive(c));
        await say(await noDelay(c));
        await say(await linger(c));
        foreach (var on in new[] { false, false, true, true })
        {
            await say("SetNoDelay " + FormatBool(on) + ": " + text(c.SetNoDelay(on)) + ", " + await noDelay(c));
        }
        foreach (var on in new[] { false, false, true, true })
        {
            await say("SetKeepAlive " + FormatBool(on) + ": " + text(c.SetKeepAlive(on)) + ", " + await keepAlive(c));
        }
        foreach (var d in new time.Duration[]
        {
            time.Second, 1500 * time.Millisecond, time.Millisecond, 1, 90 * time.Second, 2 * time.Hour,
            32767 * time.Second, 32768 * time.Second, 0, -1, -time.Second, -2 * time.Second,
        })
        {
            await say("SetKeepAlivePeriod " + (int64)d + ": " + text(c.SetKeepAlivePeriod(d)) + ", " + await keepAlive(c));
        }
        foreach (var sec in new[] { 0, 5, -1, 0, 100000, -2 })
        {
            await say("SetLinger " + sec + ": " + text(c.SetLinger(sec)) + ", " + await linger(c));
        }
        foreach (var n in new[] { 4096, 0, 1, 65536, 1 << 30, -1 })
        {
            await say("SetReadBuffer " + n + ": " + text(c.SetReadBuffer(n)) + ", " + await readBuffer(c));
            await say("SetWriteBuffer " + n + ": " + text(c.SetWriteBuffer(n)) + ", " + await writeBuffer(c));
        }
        await say("no such option: " + await option(c, syscall.SOL_SOCKET, 9999));
    }

    static async go options()
    {
        await say("== options");
        var (c, s) = await connect();
        await setters("dialed", c);
        await setters("accepted", s);
        await closeBoth(c, s);
    }

    // SetLinger decides how Close ends a connection.
    static async go lingering()
    {
        await say("== linger");
        foreach (var sec in new[] { -1, 5, 0 })
        {
            var (c, s) = await connect();
            await say("SetLinger " + sec + ": " + text(c.SetLinger(sec)));
            await say("client Close: " + text(await c.Close()));
            var (n, err) = await s.Read(new byte[1]);
            await say("server: read " + n + ", " + text(err));
            await say("server Close: " + text(await s.Close()));
        }
    }

    // Dialer.KeepAlive and ListenConfig.KeepAlive.
    static async go configured()
    {
        await say("== KeepAlive of Dialer and ListenConfig");
        foreach (var d in new time.Duration[] { 0, -1, -time.Hour, time.Second, 1500 * time.Millisecond, time.Minute, 100 * time.Hour })
        {
            var lc = new net.ListenConfig { KeepAlive = d };
            var (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:0");
            await must(err);
            var dialer = new net.Dialer { KeepAlive = d };
            (var c, err) = await dialer.Dial("tcp", l!.Addr()!.String());
            await must(err);
            (var s, err) = await l.Accept();
            await must(err);
            await say("KeepAlive " + (int64)d);
            await say("dialed: " + await keepAlive((net.TCPConn)c!) + ", " + await noDelay((net.TCPConn)c!));
            await say("accepted: " + await keepAlive((net.TCPConn)s!) + ", " + await noDelay((net.TCPConn)s!));
            await must(await c!.Close());
            await must(await s!.Close());
            await must(await l.Close());
        }
    }

    // What a listener has, and what the Control of a Dialer sets.
    static async go controlled()
    {
        await say("== Control");
        await say("listener: SO_ACCEPTCONN " + await option(listener, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
            ", SO_REUSEADDR " + await option(listener, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
            ", SO_TYPE " + await option(listener, syscall.SOL_SOCKET, syscall.SO_TYPE) +
            ", " + await noDelay(listener));
        error? err1 = null;
        var d = new net.Dialer
        {
            Control = (network, address, c) =>
            {
                var err = c.Control(fd =>
                {
                    err1 = syscall.SetsockoptInt((int)fd, syscall.IPPROTO_TCP, syscall.TCP_KEEPCNT, 7);
                });
                return err;
            },
        };
        var (conn, err) = await d.Dial("tcp", listener.Addr()!.String());
        await must(err);
        await say("set: " + text(err1));
        (var s, err) = await listener.AcceptTCP();
        await must(err);
        var c = (net.TCPConn)conn!;
        await say("dialed: " + await keepAlive(c) + ", SO_REUSEADDR " + await option(c, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
            ", SO_ACCEPTCONN " + await option(c, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
            ", SO_ERROR " + await option(c, syscall.SOL_SOCKET, syscall.SO_ERROR));
        await say("accepted: " + await keepAlive(s!) + ", SO_REUSEADDR " + await option(s!, syscall.SOL_SOCKET, syscall.SO_REUSEADDR));
        await closeBoth(c, s!);
    }

    // rawRead reads through the raw connection and waits until there is something.
    static async go<string> rawRead(syscall.RawConn rc)
    {
        var n = 0;
        error? err1 = null;
        var err = await rc.Read(fd =>
        {
            (n, err1) = syscall.Read((int)fd, new byte[16]);
            return err1 != syscall.EAGAIN;
        });
        return "read " + n + ", " + text(err1) + ", " + text(err);
    }

    static async go<string> rawWrite(syscall.RawConn rc, int n)
    {
        var wrote = 0;
        error? err1 = null;
        var err = await rc.Write(fd =>
        {
            (wrote, err1) = syscall.Write((int)fd, new byte[n]);
            return err1 != syscall.EAGAIN;
        });
        return "wrote " + wrote + ", " + text(err1) + ", " + text(err);
    }

    // Reads and writes through the raw connection.
    static async go raw()
    {
        await say("== raw");
        var (c, s) = await connect();
        var (rc, err) = c.SyscallConn();
        await must(err);
        (var rs, err) = s.SyscallConn();
        await must(err);
        await say("client: " + await rawWrite(rc!, 5));
        await say("server: " + await rawRead(rs!));
        await say("server: " + await rawWrite(rs!, 6));
        (var n, err) = await c.Read(new byte[16]);
        await say("client: read " + n + ", " + text(err));

        // Nothing there yet.
        var done = makechan<string>();
        go(async () => await done.Send(await rawRead(rc!)));
        await time.Sleep(50 * time.Millisecond);
        await say("server: " + await rawWrite(rs!, 7));
        await say("client: " + await done.Recv());

        // A deadline.
        await must(c.SetReadDeadline(time.Now().Add(50 * time.Millisecond)));
        await say("client, deadline: " + text(await rc!.Read(fd => false)));
        await say("client, deadline: " + text(await rc.Read(fd => true)));
        await must(c.SetDeadline(time.Unix(1, 0)));
        await say("client, deadline: " + text(await rc.Write(fd => true)));
        await say("client, Control: " + text(rc.Control(fd => { })));
        await must(c.SetDeadline(default));

        // The end.
        await must(s.CloseWrite());
        await say("client, the end: " + await rawRead(rc));

        // Closed.
        await closeBoth(c, s);
        await say("client, closed: " + text(await rc.Read(fd => true)));
        await say("client, closed: " + text(await rc.Write(fd => true)));
        await say("client, closed: " + text(rc.Control(fd => { })));

        // A listener has Control only.
        (var rl, err) = listener.SyscallConn();
        await must(err);
        await say("listener: " + text(await rl!.Read(fd => true)));
        await say("listener: " + text(await rl.Write(fd => true)));
        await say("listener: " + text(rl.Control(fd => { })));
    }

    // The setters on a closed connection.
    static async go closed()
    {
        await say("== closed");
        var (c, s) = await connect();
        await closeBoth(c, s);
        await say("SetNoDelay: " + text(c.SetNoDelay(true)));
        await say("SetKeepAlive: " + text(c.SetKeepAlive(false)));
        await say("SetKeepAlivePeriod: " + text(c.SetKeepAlivePeriod(time.Minute)));
        await say("SetKeepAlivePeriod 0: " + text(c.SetKeepAlivePeriod(0)));
        await say("SetLinger: " + text(c.SetLinger(-1)));
        await say("SetReadBuffer: " + text(c.SetReadBuffer(4096)));
        await say("SetWriteBuffer: " + text(c.SetWriteBuffer(4096)));
    }

    static async go Main_()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        listener = (net.TCPListener)l!;
        await options();
        await lingering();
        await configured();
        await controlled();
        await raw();
        await closed();
        await say("listener Close: " + text(await l!.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
