// Command errorvalues makes failures of all kinds and takes the errors apart: every level of the
// chain with its type and fields, and what errors.Is and errors.As find.
// main.go beside this file is the same program.
namespace errorvalues;

using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // level is the type of one error of a chain, with its fields.
    static string level(error err)
    {
        switch (err)
        {
            case net.OpError e:
                return "OpError, Op " + e.Op + ", Net " + e.Net + ", Source " + Shown(e.Source) + ", Addr " + Shown(e.Addr);
            case os.SyscallError e:
                return "SyscallError, Syscall " + e.Syscall;
            case syscall.Errno e:
                return "Errno, " + (int)e;
            case fs.PathError e:
                return "PathError, Op " + e.Op + ", Path " + Masked(e.Path);
            case net.AddrError e:
                return "AddrError, Err " + e.Err + ", Addr " + Masked(e.Addr);
            case net.ParseError e:
                return "ParseError, Type " + e.Type + ", Text " + e.Text;
            case net.UnknownNetworkError:
                return "UnknownNetworkError";
            case net.InvalidAddrError:
                return "InvalidAddrError";
        }
        if (err == io.EOF)
        {
            return "io.EOF";
        }
        if (err == io.ErrUnexpectedEOF)
        {
            return "io.ErrUnexpectedEOF";
        }
        if (err == os.ErrDeadlineExceeded)
        {
            return "os.ErrDeadlineExceeded";
        }
        if (err == os.ErrNoDeadline)
        {
            return "os.ErrNoDeadline";
        }
        if (err == os.ErrClosed)
        {
            return "os.ErrClosed";
        }
        if (err == net.ErrClosed)
        {
            return "net.ErrClosed";
        }
        if (err == context.Canceled)
        {
            return "context.Canceled";
        }
        if (err == context.DeadlineExceeded)
        {
            return "context.DeadlineExceeded";
        }
        return "other";
    }

    // targets are what errors.Is looks for.
    static readonly (string name, error err)[] targets =
    [
        ("os.ErrDeadlineExceeded", os.ErrDeadlineExceeded),
        ("os.ErrNoDeadline", os.ErrNoDeadline),
        ("os.ErrClosed", os.ErrClosed),
        ("os.ErrInvalid", os.ErrInvalid),
        ("os.ErrNotExist", os.ErrNotExist),
        ("os.ErrExist", os.ErrExist),
        ("os.ErrPermission", os.ErrPermission),
        ("net.ErrClosed", net.ErrClosed),
        ("io.EOF", io.EOF),
        ("io.ErrUnexpectedEOF", io.ErrUnexpectedEOF),
        ("context.Canceled", context.Canceled),
        ("context.DeadlineExceeded", context.DeadlineExceeded),
        ("EPIPE", syscall.EPIPE),
        ("ECONNRESET", syscall.ECONNRESET),
        ("ECONNREFUSED", syscall.ECONNREFUSED),
        ("EADDRINUSE", syscall.EADDRINUSE),
        ("EADDRNOTAVAIL", syscall.EADDRNOTAVAIL),
        ("ENOTCONN", syscall.ENOTCONN),
        ("EINVAL", syscall.EINVAL),
        ("ENOENT", syscall.ENOENT),
    ];

    // show takes an error apart.
    static async go show(string what, error? err)
    {
        await Say("== " + what);
        if (err == null)
        {
            await Say("nil");
            return;
        }
        string s;
        for (error? e = err; e != null; e = errors.Unwrap(e))
        {
            s = level(e) + ": " + Masked(e.Error());
            if (e is timeout t1)
            {
                s += ", Timeout " + FormatBool(t1.Timeout());
            }
            if (e is temporary t2)
            {
                s += ", Temporary " + FormatBool(t2.Temporary());
            }
            await Say(s);
        }
        s = "is";
        foreach (var target in targets)
        {
            if (errors.Is(err, target.err))
            {
                s += " " + target.name;
            }
        }
        await Say(s);
        s = "as";
        if (errors.As<net.OpError>(err, out var op))
        {
            s += " OpError " + op.Op;
        }
        if (errors.As<os.SyscallError>(err, out var call))
        {
            s += " SyscallError " + call.Syscall;
        }
        if (errors.As<syscall.Errno>(err, out var errno))
        {
            s += " Errno " + (int)errno;
        }
        if (errors.As<fs.PathError>(err, out var path))
        {
            s += " PathError " + path.Op;
        }
        if (errors.As<net.AddrError>(err, out var addr))
        {
            s += " AddrError " + addr.Err;
        }
        if (errors.As<timeout>(err, out var t))
        {
            s += " Timeout " + FormatBool(t.Timeout());
        }
        await Say(s);
        await Say("os.IsTimeout " + FormatBool(os.IsTimeout(err)) + ", IsNotExist " + FormatBool(os.IsNotExist(err)) +
            ", IsExist " + FormatBool(os.IsExist(err)) + ", IsPermission " + FormatBool(os.IsPermission(err)));
    }

    static async go closeBoth(net.TCPConn c, net.TCPConn s)
    {
        await Must(await c.Close());
        await Must(await s.Close());
    }

    static async go ends()
    {
        var (c, s) = await Connect();
        await Must(s.CloseWrite());
        var (_, err) = await c.Read(new byte[1]);
        await show("the end of a stream", err);
        await closeBoth(c, s);

        (c, s) = await Connect();
        (_, err) = await s.Write(new byte[3]);
        await Must(err);
        await Must(s.CloseWrite());
        (_, err) = await io.ReadFull(c, new byte[5]);
        await show("the end comes too early", err);
        await closeBoth(c, s);
    }

    static async go resets()
    {
        var (c, s) = await Connect();
        await Must(s.SetLinger(0));
        await Must(await s.Close());
        var (_, err) = await c.Read(new byte[1]);
        await show("read after a reset", err);
        (_, err) = await c.Write(new byte[1]);
        await show("write after a reset", err);
        await show("CloseWrite after a reset", c.CloseWrite());
        await show("CloseRead after a reset", c.CloseRead());
        await Must(await c.Close());
    }

    static async go closed()
    {
        var (c, s) = await Connect();
        await closeBoth(c, s);
        var (_, err) = await c.Read(new byte[1]);
        await show("read, closed", err);
        (_, err) = await c.Write(new byte[1]);
        await show("write, closed", err);
        await show("Close, closed", await c.Close());
        await show("CloseWrite, closed", c.CloseWrite());
        await show("SetDeadline, closed", c.SetDeadline(default));
        await show("SetNoDelay, closed", c.SetNoDelay(true));
        (_, err) = c.File();
        await show("File, closed", err);
        (var rc, err) = c.SyscallConn();
        await Must(err);
        await show("Control, closed", rc!.Control(fd => { }));
        await show("raw Read, closed", await rc.Read(fd => true));
        (var l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await Must(err);
        Names = [];
        Name(l!.Addr(), "listener");
        await Must(await l.Close());
        (_, err) = await l.Accept();
        await show("Accept, closed", err);
        await show("Close, closed", await l.Close());
        await show("SetDeadline, closed", ((net.TCPListener)l).SetDeadline(default));
    }

    static async go deadlines()
    {
        var (c, s) = await Connect();
        await Must(c.SetDeadline(time.Unix(1, 0)));
        var (_, err) = await c.Read(new byte[1]);
        await show("read, deadline", err);
        (_, err) = await c.Write(new byte[1]);
        await show("write, deadline", err);
        await Must(c.SetDeadline(time.Now().Add(20 * time.Millisecond)));
        (_, err) = await c.Read(new byte[1]);
        await show("read, deadline passes", err);
        await closeBoth(c, s);
        await Must(Listener.SetDeadline(time.Unix(1, 0)));
        (_, err) = await Listener.Accept();
        await show("accept, deadline", err);
        await Must(Listener.SetDeadline(default));
    }

    static async go dials()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await Must(err);
        Names = [];
        Name(l!.Addr(), "server");
        var addr = l.Addr()!.String();
        await Must(await l.Close());
        (_, err) = await net.Dial("tcp", addr);
        await show("refused", err);
        (_, err) = await net.DialTCP("tcp", null, (net.TCPAddr)l.Addr()!);
        await show("refused, DialTCP", err);
        var d = new net.Dialer { LocalAddr = new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) } };
        (_, err) = await d.Dial("tcp", addr);
        await show("refused, LocalAddr", err);
        d = new net.Dialer { Deadline = time.Unix(1, 0) };
        (_, err) = await d.Dial("tcp", addr);
        await show("dial, deadline", err);
        var (ctx, cancel) = context.WithCancel(context.Background());
        cancel();
        d = new net.Dialer();
        (_, err) = await d.DialContext(ctx, "tcp", addr);
        await show("dial, canceled", err);
        await show("the context", ctx.Err());
        (ctx, cancel) = context.WithDeadline(context.Background(), time.Unix(1, 0));
        await show("the context", ctx.Err());
        cancel();
        d = new net.Dialer { LocalAddr = new net.TCPAddr { IP = net.IPv4(198, 51, 100, 1) } };
        (_, err) = await d.Dial("tcp", addr);
        await show("dial, LocalAddr is not ours", err);
        d = new net.Dialer { LocalAddr = new net.UDPAddr { IP = net.IPv4(127, 0, 0, 1) } };
        (_, err) = await d.Dial("tcp", addr);
        await show("dial, LocalAddr of another kind", err);
        (_, err) = await net.Dial("tcp", "");
        await show("dial, no address", err);
        (_, err) = await net.Dial("tcp", "127.0.0.1");
        await show("dial, no port", err);
        (_, err) = await net.Dial("tcp", "127.0.0.1:99999");
        await show("dial, bad port", err);
        (_, err) = await net.Dial("tcp4", "[::1]:1");
        await show("dial, no suitable address", err);
        (_, err) = await net.Dial("tcp5", "127.0.0.1:1");
        await show("dial, unknown network", err);
        (_, err) = await net.DialTCP("tcp", null, null);
        await show("DialTCP, no address", err);
    }

    static async go listens()
    {
        Names = [];
        Name(Listener.Addr(), "server");
        var (_, err) = await net.Listen("tcp", Listener.Addr()!.String());
        await show("listen, in use", err);
        (_, err) = await net.Listen("tcp", "198.51.100.1:0");
        await show("listen, not ours", err);
        (_, err) = await net.Listen("tcp5", "127.0.0.1:0");
        await show("listen, unknown network", err);
        (_, err) = await net.Listen("tcp", "[127.0.0.1:0");
        await show("listen, bad address", err);
        (_, err) = await net.ResolveTCPAddr("tcp5", "127.0.0.1:0");
        await show("resolve, unknown network", err);
        (_, _, err) = net.ParseCIDR("127.0.0.1/33");
        await show("ParseCIDR", err);
        (_, _, err) = net.SplitHostPort("127.0.0.1");
        await show("SplitHostPort", err);
    }

    static async go files()
    {
        Names = [];
        var (_, err) = os.Open("/no/such/file");
        await show("open, no file", err);
        (var f, err) = os.Open("/dev/null");
        await Must(err);
        (_, err) = await f!.Write(new byte[1]);
        await show("write, read only", err);
        (_, err) = await net.FileConn(f);
        await show("FileConn, no socket", err);
        await show("SetDeadline, /proc/self/stat", await deadlineOf("/proc/self/stat"));
        await Must(await f.Close());
        (_, err) = await f.Read(new byte[1]);
        await show("read, closed", err);
        await show("close, closed", await f.Close());
        (var r, var w, err) = os.Pipe();
        await Must(err);
        await Must(r!.SetDeadline(time.Unix(1, 0)));
        (_, err) = await r.Read(new byte[1]);
        await show("read, deadline", err);
        await Must(await r.Close());
        (_, err) = await w!.Write(new byte[1]);
        await show("write, no reader", err);
        await Must(await w.Close());
    }

    static async go<error?> deadlineOf(string name)
    {
        var (f, err) = os.Open(name);
        await Must(err);
        err = f!.SetDeadline(time.Unix(1, 0));
        await Must(await f.Close());
        return err;
    }

    // Errors that are put together by hand.
    static async go byHand()
    {
        var a = new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1), Port = 80 };
        await show("ECONNABORTED, accept", new net.OpError { Op = "accept", Net = "tcp", Addr = a, Err = os.NewSyscallError("accept4", syscall.ECONNABORTED) });
        await show("ECONNRESET, accept", new net.OpError { Op = "accept", Net = "tcp", Addr = a, Err = os.NewSyscallError("accept4", syscall.ECONNRESET) });
        await show("ECONNRESET, accept, bare", new net.OpError { Op = "accept", Net = "tcp", Addr = a, Err = syscall.ECONNRESET });
        await show("ECONNRESET, read", new net.OpError { Op = "read", Net = "tcp", Source = a, Addr = a, Err = os.NewSyscallError("read", syscall.ECONNRESET) });
        await show("EMFILE", new net.OpError { Op = "accept", Net = "tcp", Addr = a, Err = os.NewSyscallError("accept4", syscall.EMFILE) });
        await show("ETIMEDOUT", new net.OpError { Op = "read", Net = "tcp", Source = a, Addr = a, Err = os.NewSyscallError("read", syscall.ETIMEDOUT) });
        await show("EAGAIN", new net.OpError { Op = "read", Net = "tcp", Source = a, Err = syscall.EAGAIN });
        await show("EINTR", new net.OpError { Op = "read", Err = syscall.EINTR });
        await show("inside another", new net.OpError { Op = "dial", Net = "tcp", Err = new net.OpError { Op = "read", Net = "tcp", Err = os.ErrDeadlineExceeded } });
        await show("NewSyscallError nil", os.NewSyscallError("read", null));
        await show("ParseError", new net.ParseError { Type = "IP address", Text = "x" });
        await show("AddrError", new net.AddrError { Err = "no good" });
        await show("InvalidAddrError", new net.InvalidAddrError("no good"));
        await show("Errno 0", (syscall.Errno)0);
    }

    // The texts of all error numbers.
    static async go errnos()
    {
        await Say("== errno");
        for (var i = 1; i < 140; i++)
        {
            syscall.Errno e = i;
            var s = i + " " + e.Error();
            if (e.Timeout())
            {
                s += ", Timeout";
            }
            if (e.Temporary())
            {
                s += ", Temporary";
            }
            foreach (var t in targets)
            {
                if (t.name.StartsWith("os.", StringComparison.Ordinal) && errors.Is(e, t.err))
                {
                    s += ", " + t.name;
                }
            }
            await Say(s);
        }
    }

    static async go Main_()
    {
        Listener = await Listen();
        await ends();
        await resets();
        await closed();
        await deadlines();
        await dials();
        await listens();
        await files();
        await byHand();
        await errnos();
        await Must(await Listener.Close());
    }

    static int Main() => runtime.rt0_go(Main_);
}
