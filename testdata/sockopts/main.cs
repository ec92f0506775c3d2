// Command sockopts sets the options of sockets and asks the system for them, and uses the raw
// connection.
// main.go beside this file is the same program.
namespace sockopts;

using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // option asks the system for one option of a connection or listener.
    static async go<string> option(syscall.Conn c, int level, int opt)
    {
        var (rc, err) = c.SyscallConn();
        await Must(err);
        var value = 0;
        error? err1 = null;
        err = rc!.Control(fd =>
        {
            (value, err1) = syscall.GetsockoptInt((int)fd, level, opt);
        });
        await Must(err);
        if (err1 != null)
        {
            return Text(err1);
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

    // setters sets everything on one end.
    static async go setters(string what, net.TCPConn c)
    {
        await Say("-- " + what);
        await Say(await keepAlive(c));
        await Say(await noDelay(c));
        await Say(await linger(c));
        foreach (var on in new[] { false, false, true, true })
        {
            await Say("SetNoDelay " + FormatBool(on) + ": " + Text(c.SetNoDelay(on)) + ", " + await noDelay(c));
        }
        foreach (var on in new[] { false, false, true, true })
        {
            await Say("SetKeepAlive " + FormatBool(on) + ": " + Text(c.SetKeepAlive(on)) + ", " + await keepAlive(c));
        }
        foreach (var d in new time.Duration[]
        {
            time.Second, 1500 * time.Millisecond, time.Millisecond, 1, 90 * time.Second, 2 * time.Hour,
            32767 * time.Second, 32768 * time.Second, 0, -1, -time.Second, -2 * time.Second,
        })
        {
            await Say("SetKeepAlivePeriod " + (int64)d + ": " + Text(c.SetKeepAlivePeriod(d)) + ", " + await keepAlive(c));
        }
        foreach (var sec in new[] { 0, 5, -1, 0, 100000, -2 })
        {
            await Say("SetLinger " + sec + ": " + Text(c.SetLinger(sec)) + ", " + await linger(c));
        }
        foreach (var n in new[] { 4096, 0, 1, 65536, 1 << 30, -1 })
        {
            await Say("SetReadBuffer " + n + ": " + Text(c.SetReadBuffer(n)) + ", " + await readBuffer(c));
            await Say("SetWriteBuffer " + n + ": " + Text(c.SetWriteBuffer(n)) + ", " + await writeBuffer(c));
        }
        await Say("no such option: " + await option(c, syscall.SOL_SOCKET, 9999));
    }

    static async go options()
    {
        await Say("== options");
        var (c, s) = await Connect();
        await setters("dialed", c);
        await setters("accepted", s);
        await CloseBoth(c, s);
    }

    // SetLinger decides how Close ends a connection.
    static async go lingering()
    {
        await Say("== linger");
        foreach (var sec in new[] { -1, 5, 0 })
        {
            var (c, s) = await Connect();
            await Say("SetLinger " + sec + ": " + Text(c.SetLinger(sec)));
            await Say("client Close: " + Text(await c.Close()));
            var (n, err) = await s.Read(new byte[1]);
            await Say("server: read " + n + ", " + Text(err));
            await Say("server Close: " + Text(await s.Close()));
        }
    }

    // Dialer.KeepAlive and ListenConfig.KeepAlive.
    static async go configured()
    {
        await Say("== KeepAlive of Dialer and ListenConfig");
        foreach (var d in new time.Duration[] { 0, -1, -time.Hour, time.Second, 1500 * time.Millisecond, time.Minute, 100 * time.Hour })
        {
            var lc = new net.ListenConfig { KeepAlive = d };
            var (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:0");
            await Must(err);
            var dialer = new net.Dialer { KeepAlive = d };
            (var c, err) = await dialer.Dial("tcp", l!.Addr()!.String());
            await Must(err);
            (var s, err) = await l.Accept();
            await Must(err);
            await Say("KeepAlive " + (int64)d);
            await Say("dialed: " + await keepAlive((net.TCPConn)c!) + ", " + await noDelay((net.TCPConn)c!));
            await Say("accepted: " + await keepAlive((net.TCPConn)s!) + ", " + await noDelay((net.TCPConn)s!));
            await Must(await c!.Close());
            await Must(await s!.Close());
            await Must(await l.Close());
        }
    }

    // What a listener has, and what the Control of a Dialer sets.
    static async go controlled()
    {
        await Say("== Control");
        await Say("listener: SO_ACCEPTCONN " + await option(Listener, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
            ", SO_REUSEADDR " + await option(Listener, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
            ", SO_TYPE " + await option(Listener, syscall.SOL_SOCKET, syscall.SO_TYPE) +
            ", " + await noDelay(Listener));
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
        var (conn, err) = await d.Dial("tcp", Listener.Addr()!.String());
        await Must(err);
        await Say("set: " + Text(err1));
        (var s, err) = await Listener.AcceptTCP();
        await Must(err);
        var c = (net.TCPConn)conn!;
        await Say("dialed: " + await keepAlive(c) + ", SO_REUSEADDR " + await option(c, syscall.SOL_SOCKET, syscall.SO_REUSEADDR) +
            ", SO_ACCEPTCONN " + await option(c, syscall.SOL_SOCKET, syscall.SO_ACCEPTCONN) +
            ", SO_ERROR " + await option(c, syscall.SOL_SOCKET, syscall.SO_ERROR));
        await Say("accepted: " + await keepAlive(s!) + ", SO_REUSEADDR " + await option(s!, syscall.SOL_SOCKET, syscall.SO_REUSEADDR));
        await CloseBoth(c, s!);
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
        return "read " + n + ", " + Text(err1) + ", " + Text(err);
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
        return "wrote " + wrote + ", " + Text(err1) + ", " + Text(err);
    }

    // Reads and writes through the raw connection.
    static async go raw()
    {
        await Say("== raw");
        var (c, s) = await Connect();
        var (rc, err) = c.SyscallConn();
        await Must(err);
        (var rs, err) = s.SyscallConn();
        await Must(err);
        await Say("client: " + await rawWrite(rc!, 5));
        await Say("server: " + await rawRead(rs!));
        await Say("server: " + await rawWrite(rs!, 6));
        (var n, err) = await c.Read(new byte[16]);
        await Say("client: read " + n + ", " + Text(err));

        // Nothing there yet.
        var done = makechan<string>();
        go(async () => await done.Send(await rawRead(rc!)));
        await time.Sleep(50 * time.Millisecond);
        await Say("server: " + await rawWrite(rs!, 7));
        await Say("client: " + await done.Recv());

        // A deadline.
        await Must(c.SetReadDeadline(time.Now().Add(50 * time.Millisecond)));
        await Say("client, deadline: " + Text(await rc!.Read(fd => false)));
        await Say("client, deadline: " + Text(await rc.Read(fd => true)));
        await Must(c.SetDeadline(time.Unix(1, 0)));
        await Say("client, deadline: " + Text(await rc.Write(fd => true)));
        await Say("client, Control: " + Text(rc.Control(fd => { })));
        await Must(c.SetDeadline(default));

        // The end.
        await Must(s.CloseWrite());
        await Say("client, the end: " + await rawRead(rc));

        // Closed.
        await CloseBoth(c, s);
        await Say("client, closed: " + Text(await rc.Read(fd => true)));
        await Say("client, closed: " + Text(await rc.Write(fd => true)));
        await Say("client, closed: " + Text(rc.Control(fd => { })));

        // A listener has Control only.
        (var rl, err) = Listener.SyscallConn();
        await Must(err);
        await Say("listener: " + Text(await rl!.Read(fd => true)));
        await Say("listener: " + Text(await rl.Write(fd => true)));
        await Say("listener: " + Text(rl.Control(fd => { })));
    }

    // The setters on a closed connection.
    static async go closed()
    {
        await Say("== closed");
        var (c, s) = await Connect();
        await CloseBoth(c, s);
        await Say("SetNoDelay: " + Text(c.SetNoDelay(true)));
        await Say("SetKeepAlive: " + Text(c.SetKeepAlive(false)));
        await Say("SetKeepAlivePeriod: " + Text(c.SetKeepAlivePeriod(time.Minute)));
        await Say("SetKeepAlivePeriod 0: " + Text(c.SetKeepAlivePeriod(0)));
        await Say("SetLinger: " + Text(c.SetLinger(-1)));
        await Say("SetReadBuffer: " + Text(c.SetReadBuffer(4096)));
        await Say("SetWriteBuffer: " + Text(c.SetWriteBuffer(4096)));
    }

    static async go Main_()
    {
        Listener = await Listen();
        await options();
        await lingering();
        await configured();
        await controlled();
        await raw();
        await closed();
        await Say("listener Close: " + Text(await Listener.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
