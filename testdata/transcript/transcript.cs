// Package transcript is what the programs of testdata write with: the results of calls, with errors in
// detail, and ports by name, because no two runs have the same.
// transcript.go beside this file is the same package.
using System.Collections.Generic;

namespace golang;

public static class transcript
{
    // Listener is where Connect dials.
    public static net.TCPListener Listener = null!;

    // Names has the ports that the transcript shows by name.
    public static List<(string, string)> Names = [];

    // Name gives the port of an address a name.
    public static void Name(net.Addr? a, string @as)
    {
        Names.Add((":" + ((net.TCPAddr)a!).Port, ":" + @as));
    }

    // Masked is s with the ports that have names under them.
    public static string Masked(string s)
    {
        foreach (var n in Names)
        {
            s = s.Replace(n.Item1, n.Item2);
        }
        return s;
    }

    public static async go Say(string s)
    {
        await os.Stdout.WriteString(s + "\n");
    }

    // strconv.FormatBool
    public static string FormatBool(bool b)
    {
        return b ? "true" : "false";
    }

    public static string Shown(net.Addr? a)
    {
        if (a == null)
        {
            return "nil";
        }
        return a.Network() + " " + Masked(a.String());
    }

    // targets are what Text looks for.
    private static readonly (string name, error err)[] targets =
    [
        ("EINVAL", syscall.EINVAL),
        ("EAGAIN", syscall.EAGAIN),
        ("EPIPE", syscall.EPIPE),
        ("ECONNRESET", syscall.ECONNRESET),
        ("ECONNREFUSED", syscall.ECONNREFUSED),
        ("ENOTCONN", syscall.ENOTCONN),
        ("ENOTSOCK", syscall.ENOTSOCK),
        ("ENOPROTOOPT", syscall.ENOPROTOOPT),
        ("EADDRINUSE", syscall.EADDRINUSE),
        ("EADDRNOTAVAIL", syscall.EADDRNOTAVAIL),
        ("net.ErrClosed", net.ErrClosed),
        ("context.Canceled", context.Canceled),
        ("EOF", io.EOF),
    ];

    // Text is an error with the types of its chain and what it is.
    public static string Text(error? err)
    {
        if (err == null)
        {
            return "nil";
        }
        var s = Masked(err.Error()) + " [" + kind(err);
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
        foreach (var t in targets)
        {
            if (errors.Is(err, t.err))
            {
                s += " " + t.name;
            }
        }
        // Both the context and the deadline of the socket can end a dial, and which is first is open.
        if (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded))
        {
            s += " DeadlineExceeded";
        }
        return s;
    }

    private static string kind(error err)
    {
        switch (err)
        {
            case net.OpError:
                return "OpError";
            case os.SyscallError:
                return "SyscallError";
            case syscall.Errno:
                return "Errno";
            case net.AddrError:
                return "AddrError";
            case net.DNSError:
                return "DNSError";
            case net.UnknownNetworkError:
                return "UnknownNetworkError";
        }
        return "other";
    }

    // Must gives up on an error that no scenario expects.
    public static async go Must(error? err)
    {
        if (err != null)
        {
            await Say("unexpected: " + Text(err));
            os.Exit(1);
        }
    }

    // Listen makes a listener and names its port.
    public static async go<net.TCPListener> Listen()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await Must(err);
        Names = [];
        Name(l!.Addr(), "listener");
        return (net.TCPListener)l;
    }

    // Connect makes a connection and returns both ends.
    public static async go<(net.TCPConn, net.TCPConn)> Connect()
    {
        var (c, err) = await net.Dial("tcp", Listener.Addr()!.String());
        await Must(err);
        (var s, err) = await Listener.AcceptTCP();
        await Must(err);
        Names = [];
        Name(c!.LocalAddr(), "client");
        Name(c.RemoteAddr(), "server");
        return ((net.TCPConn)c, s!);
    }

    // CloseBoth closes the two ends of a connection.
    public static async go CloseBoth(net.TCPConn c, net.TCPConn s)
    {
        await Say("client Close: " + Text(await c.Close()));
        await Say("server Close: " + Text(await s.Close()));
    }

    // Read is one Read of at most 16 bytes.
    public static async go Read(string what, io.Reader c)
    {
        var (n, err) = await c.Read(new byte[16]);
        await Say(what + ": read " + n + ", " + Text(err));
    }

    // Write is one Write of n bytes.
    public static async go Write(string what, io.Writer c, int n)
    {
        (n, var err) = await c.Write(new byte[n]);
        await Say(what + ": wrote " + n + ", " + Text(err));
    }

    // HasIPv6 is whether the machine has a loopback address of version 6.
    public static async go<bool> HasIPv6()
    {
        var (l, err) = await net.Listen("tcp6", "[::1]:0");
        if (err != null)
        {
            return false;
        }
        await Must(await l!.Close());
        return true;
    }
}
