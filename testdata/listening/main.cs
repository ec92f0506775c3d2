// Command listening listens: on all forms of an address without a port, where it cannot be done,
// again on the same port, with a ListenConfig, and on copies made by File.
// main.go beside this file is the same program.
namespace listening;

using System.Collections.Generic;
using golang;
using static golang.builtin;

static class main
{
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
        if (errors.Is(err, syscall.EADDRINUSE))
        {
            s += " EADDRINUSE";
        }
        if (errors.Is(err, syscall.EADDRNOTAVAIL))
        {
            s += " EADDRNOTAVAIL";
        }
        if (errors.Is(err, syscall.EINVAL))
        {
            s += " EINVAL";
        }
        if (errors.Is(err, syscall.EPIPE))
        {
            s += " EPIPE";
        }
        if (errors.Is(err, syscall.ENOTCONN))
        {
            s += " ENOTCONN";
        }
        if (errors.Is(err, syscall.ENOTSOCK))
        {
            s += " ENOTSOCK";
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
            case net.AddrError:
                return "AddrError";
            case net.DNSError:
                return "DNSError";
            case net.UnknownNetworkError:
                return "UnknownNetworkError";
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

    static string FormatBool(bool b)
    {
        return b ? "true" : "false";
    }

    static string shown(net.Addr? a)
    {
        if (a == null)
        {
            return "nil";
        }
        return a.Network() + " " + masked(a.String());
    }

    static string masked(string s)
    {
        foreach (var n in names)
        {
            s = s.Replace(n.Item1, n.Item2);
        }
        return s;
    }

    // listened shows what a listen gave and closes it.
    static async go listened(string what, net.Listener? l, error? err)
    {
        if (err != null)
        {
            await say(what + ": " + text(err) + ", nil " + FormatBool(l == null));
            return;
        }
        name(l!.Addr(), "port");
        await say(what + ": " + shown(l.Addr()));
        names.RemoveAt(names.Count - 1);
        await must(await l.Close());
    }

    // listen makes a listener on a port that the system chooses.
    static async go<net.Listener> listen()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        names = [];
        name(l!.Addr(), "listener");
        return l;
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

    // hasIPv6 is whether the machine has a loopback address of version 6.
    static async go<bool> hasIPv6()
    {
        var (l, err) = await net.Listen("tcp6", "[::1]:0");
        if (err != null)
        {
            return false;
        }
        await must(await l!.Close());
        return true;
    }

    // All forms of an address without a port, and a connection to each.
    static async go forms()
    {
        await say("== forms");
        names = [];
        var list = new List<(string, string, string)>
        {
            ("tcp", "127.0.0.1:0", "127.0.0.1"),
            ("tcp", "127.0.0.1:", "127.0.0.1"),
            ("tcp", "127.0.0.1:00", "127.0.0.1"),
            ("tcp4", "127.0.0.1:0", "127.0.0.1"),
            ("tcp", "127.0.0.2:0", "127.0.0.2"),
            ("tcp", "0.0.0.0:0", "127.0.0.1"),
            ("tcp4", "0.0.0.0:0", "127.0.0.1"),
            ("tcp", ":0", "127.0.0.1"),
            ("tcp4", ":0", "127.0.0.1"),
            ("tcp", "", "127.0.0.1"),
            ("tcp4", "", "127.0.0.1"),
            ("tcp", "[::ffff:127.0.0.1]:0", "127.0.0.1"),
        };
        if (await hasIPv6())
        {
            list.AddRange(new[]
            {
                ("tcp", "[::1]:0", "::1"),
                ("tcp6", "[::1]:0", "::1"),
                ("tcp", "[::]:0", "::1"),
                ("tcp", "[::]:0", "127.0.0.1"),
                ("tcp6", "[::]:0", "::1"),
                ("tcp", ":0", "::1"),
                ("tcp6", ":0", "::1"),
                ("tcp6", "", "::1"),
                ("tcp", "[0:0::1]:0", "::1"),
            });
        }
        foreach (var one in list)
        {
            var (l, err) = await net.Listen(one.Item1, one.Item2);
            await must(err);
            names = [];
            name(l!.Addr(), "port");
            (_, var port, err) = net.SplitHostPort(l.Addr()!.String());
            await must(err);
            (var c, err) = await net.Dial("tcp", net.JoinHostPort(one.Item3, port));
            await must(err);
            name(c!.LocalAddr(), "client");
            (var s, err) = await l.Accept();
            await must(err);
            await say(one.Item1 + " \"" + one.Item2 + "\": " + shown(l.Addr()) + ", accepted " + shown(s!.LocalAddr()) + " from " + shown(s.RemoteAddr()));
            await must(await c.Close());
            await must(await s.Close());
            await must(await l.Close());
        }
    }

    // Addresses and networks that are none.
    static async go bad()
    {
        await say("== bad");
        names = [];
        foreach (var addr in new[]
        {
            "127.0.0.1",
            "127.0.0.1:999999",
            "127.0.0.1:65536",
            "127.0.0.1:-1",
            "127.0.0.1:x",
            "127.0.0.1:0x50",
            "127.0.0.1:80:80",
            "::1",
            "::1:0",
            "[::1",
            "[::1]",
            "[127.0.0.1:0",
            "127.0.0.1]:0",
            ":x",
            ":999999",
            "198.51.100.1:0",
            "198.51.100.1:80",
            "255.255.255.255:0",
        })
        {
            var (l1, err1) = await net.Listen("tcp", addr);
            await listened("\"" + addr + "\"", l1, err1);
        }
        foreach (var network in new[] { "", "tcp5", "TCP", "foo", "tcp4:0", "udp7" })
        {
            var (l1, err1) = await net.Listen(network, "127.0.0.1:0");
            await listened("network \"" + network + "\"", l1, err1);
        }
        var (l, err) = await net.Listen("tcp4", "[::1]:0");
        await listened("tcp4 [::1]", l, err);
        (l, err) = await net.Listen("tcp6", "127.0.0.1:0");
        await listened("tcp6 127.0.0.1", l, err);
        (var t, err) = await net.ListenTCP("tcp5", new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) });
        await say("ListenTCP tcp5: " + text(err) + ", nil " + FormatBool(t == null));
        (t, err) = await net.ListenTCP("tcp", new net.TCPAddr { IP = net.IPv4(198, 51, 100, 1) });
        await say("ListenTCP not local: " + text(err) + ", nil " + FormatBool(t == null));
        (t, err) = await net.ListenTCP("tcp4", new net.TCPAddr { IP = net.IPv6loopback });
        await say("ListenTCP tcp4 ::1: " + text(err) + ", nil " + FormatBool(t == null));
        (t, err) = await net.ListenTCP("tcp4", null);
        await must(err);
        await listened("ListenTCP tcp4 nil", t, err);
        (t, err) = await net.ListenTCP("tcp", new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) });
        await must(err);
        await listened("ListenTCP", t, err);
    }

    // Addresses that others have.
    static async go inUse()
    {
        await say("== in use");
        var l = await listen();
        var addr = l.Addr()!.String();
        var (_, port, err) = net.SplitHostPort(addr);
        await must(err);
        (var l1, err) = await net.Listen("tcp", addr);
        await listened("the same", l1, err);
        (l1, err) = await net.Listen("tcp4", addr);
        await listened("the same, tcp4", l1, err);
        (l1, err) = await net.Listen("tcp4", "0.0.0.0:" + port);
        await listened("all addresses", l1, err);
        (var t, err) = await net.ListenTCP("tcp", (net.TCPAddr)l.Addr()!);
        await say("ListenTCP: " + text(err) + ", nil " + FormatBool(t == null));
        (l1, err) = await net.Listen("tcp", "127.0.0.2:" + port);
        await listened("another address", l1, err);
        var lc = new net.ListenConfig();
        (l1, err) = await lc.Listen(context.Background(), "tcp", addr);
        await listened("ListenConfig", l1, err);
        await must(await l.Close());
        (l1, err) = await net.Listen("tcp", addr);
        await listened("after Close", l1, err);
    }

    // The same port again, while connections of the last listener are open, half-closed and gone.
    static async go again()
    {
        await say("== again");
        var l = await listen();
        var addr = l.Addr()!.String();
        for (var i = 0; i < 3; i++)
        {
            var (c, err) = await net.Dial("tcp", addr);
            await must(err);
            (var s, err) = await l.Accept();
            await must(err);
            await say("listener Close: " + text(await l.Close()));
            if (i == 1)
            {
                await must(((net.TCPConn)s!).CloseWrite());
            }
            if (i == 2)
            {
                await must(await s!.Close());
                await read("client", c!);
                await must(await c!.Close());
            }
            (l, err) = await net.Listen("tcp", addr);
            await say("listen again: " + text(err) + ", " + shown(l!.Addr()));
            (var c1, err) = await net.Dial("tcp", addr);
            await must(err);
            (var s1, err) = await l.Accept();
            await must(err);
            await write("client", c1!, 3);
            await read("server", s1!);
            await must(await c1!.Close());
            await must(await s1!.Close());
            if (i < 2)
            {
                await write("first client", c!, 4);
                await read("first server", s!);
                await must(await c!.Close());
                await read("first server", s!);
                await must(await s!.Close());
            }
        }
        await say("listener Close: " + text(await l.Close()));
    }

    // Connections are accepted in the order in which they came.
    static async go order()
    {
        await say("== order");
        var l = await listen();
        var conns = new List<net.Conn>();
        for (var i = 0; i < 5; i++)
        {
            var (c, err) = await net.Dial("tcp", l.Addr()!.String());
            await must(err);
            name(c!.LocalAddr(), "client" + i);
            conns.Add(c);
        }
        foreach (var c in conns)
        {
            var (s, err) = await l.Accept();
            await must(err);
            await say(shown(s!.LocalAddr()) + " from " + shown(s.RemoteAddr()) + ", " + FormatBool(s.RemoteAddr()!.String() == c.LocalAddr()!.String()));
            await must(await s.Close());
            await must(await c.Close());
        }
        await must(await l.Close());
    }

    // ListenConfig, with its Control.
    static async go config()
    {
        await say("== ListenConfig");
        names = [];
        var seen = "";
        var lc = new net.ListenConfig
        {
            Control = (network, address, c) =>
            {
                var value = -1;
                var err = c.Control(fd =>
                {
                    (value, _) = syscall.GetsockoptInt((int)fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR);
                });
                seen = network + " " + address + ", SO_REUSEADDR " + value + ", " + text(err);
                return null;
            },
        };
        var (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:0");
        await say("Control: " + seen);
        await listened("tcp 127.0.0.1:0", l, err);
        (l, err) = await lc.Listen(context.Background(), "tcp4", ":0");
        await say("Control: " + seen);
        await listened("tcp4 :0", l, err);
        seen = "not called";
        (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:x");
        await say("Control: " + seen);
        await listened("tcp 127.0.0.1:x", l, err);
        (l, err) = await lc.Listen(context.Background(), "tcp", "198.51.100.1:0");
        await say("Control: " + seen);
        await listened("tcp 198.51.100.1:0", l, err);
        lc = new net.ListenConfig { Control = (network, address, c) => errors.New("not today") };
        (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:0");
        await listened("Control refuses", l, err);
        lc = new net.ListenConfig { Control = (network, address, c) => syscall.EINVAL };
        (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:0");
        await listened("Control refuses", l, err);
        var (ctx, cancel) = context.WithCancel(context.Background());
        cancel();
        lc = new net.ListenConfig();
        (l, err) = await lc.Listen(ctx, "tcp", "127.0.0.1:0");
        await listened("canceled context", l, err);
    }

    // Names of ports.
    static async go ports()
    {
        await say("== ports");
        names = [];
        foreach (var one in new[]
        {
            ("tcp", "http"), ("tcp", "HTTPS"), ("tcp4", "ssh"), ("tcp6", "smtp"), ("udp", "domain"),
            ("tcp", "80"), ("tcp", "+80"), ("tcp", "-80"), ("tcp", "0080"), ("tcp", ""), ("tcp", "65535"), ("tcp", "65536"),
            ("tcp", "no-such-service"), ("tcp", "a-name-that-is-longer-than-any-service"), ("tcp5", "http"), ("tcp5", "80"),
        })
        {
            var (port, err) = await net.LookupPort(one.Item1, one.Item2);
            await say(one.Item1 + " \"" + one.Item2 + "\": " + port + ", " + text(err));
        }
    }

    // Copies of listeners and connections as files, and back.
    static async go files()
    {
        await say("== File");
        var l = await listen();
        var addr = l.Addr()!.String();
        var (f, err) = ((net.TCPListener)l).File();
        await say("listener's: " + text(err) + ", " + masked(f!.Name()));
        (var l1, err) = await net.FileListener(f);
        await say("FileListener: " + text(err) + ", " + shown(l1!.Addr()));
        await say("listener Close: " + text(await l.Close()));
        await say("file Close: " + text(await f.Close()));
        await say("file Close: " + text(await f.Close()));
        (var c, err) = await net.Dial("tcp", addr);
        await must(err);
        name(c!.LocalAddr(), "client");
        (var s, err) = await l1.Accept();
        await say("Accept: " + text(err));

        (var cf, err) = ((net.TCPConn)c).File();
        await say("connection's: " + text(err) + ", " + masked(cf!.Name()));
        (var c1, err) = await net.FileConn(cf);
        await say("FileConn: " + text(err) + ", " + shown(c1!.LocalAddr()) + " to " + shown(c1.RemoteAddr()));
        await say("client Close: " + text(await c.Close()));
        await say("file Close: " + text(await cf.Close()));
        await write("copy", c1, 5);
        await read("server", s!);
        await write("server", s!, 6);
        await read("copy", c1);
        await say("copy CloseWrite: " + text(((net.TCPConn)c1).CloseWrite()));
        await read("server", s!);
        await say("copy Close: " + text(await c1.Close()));
        await say("copy Close: " + text(await c1.Close()));
        await say("server Close: " + text(await s!.Close()));

        // What is a listener as a connection, and the other way round.
        (f, err) = ((net.TCPListener)l1).File();
        await must(err);
        (c, err) = await net.FileConn(f!);
        await say("FileConn of a listener: " + text(err) + ", " + shown(c!.LocalAddr()) + " to " + shown(c.RemoteAddr()));
        await read("it", c);
        await write("it", c, 1);
        await say("it Close: " + text(await c.Close()));
        await must(await f!.Close());
        (c, err) = await net.Dial("tcp", addr);
        await must(err);
        name(c!.LocalAddr(), "another");
        (f, err) = ((net.TCPConn)c).File();
        await must(err);
        (var l2, err) = await net.FileListener(f!);
        await say("FileListener of a connection: " + text(err) + ", " + shown(l2!.Addr()));
        (_, err) = await l2.Accept();
        await say("it Accept: " + text(err));
        await say("it Close: " + text(await l2.Close()));
        await must(await f!.Close());
        await must(await c.Close());
        await say("listener Close: " + text(await l1.Close()));

        // What is no socket.
        (var @null, err) = os.Open("/dev/null");
        await must(err);
        (_, err) = await net.FileConn(@null!);
        await say("FileConn of /dev/null: " + text(err));
        (_, err) = await net.FileListener(@null!);
        await say("FileListener of /dev/null: " + text(err));
        await must(await @null!.Close());
        (_, err) = await net.FileConn(@null);
        await say("FileConn of a closed file: " + text(err));
    }

    static async go Main_()
    {
        if (os.Args.Length > 1 && os.Args[1] == "file")
        {
            await files();
        }
        else
        {
            await forms();
            await bad();
            await inUse();
            await again();
            await order();
            await config();
            await ports();
        }
    }

    static int Main() => runtime.rt0_go(Main_);
}
