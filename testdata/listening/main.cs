// Command listening listens: on all forms of an address without a port, where it cannot be done,
// again on the same port, with a ListenConfig, and on copies made by File.
// main.go beside this file is the same program.
namespace listening;

using System.Collections.Generic;
using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // listened shows what a listen gave and closes it.
    static async go listened(string what, net.Listener? l, error? err)
    {
        if (err != null)
        {
            await Say(what + ": " + Text(err) + ", nil " + FormatBool(l == null));
            return;
        }
        Name(l!.Addr(), "port");
        await Say(what + ": " + Shown(l.Addr()));
        Names.RemoveAt(Names.Count - 1);
        await Must(await l.Close());
    }

    // All forms of an address without a port, and a connection to each.
    static async go forms()
    {
        await Say("== forms");
        Names = [];
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
        if (await HasIPv6())
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
            await Must(err);
            Names = [];
            Name(l!.Addr(), "port");
            (_, var port, err) = net.SplitHostPort(l.Addr()!.String());
            await Must(err);
            (var c, err) = await net.Dial("tcp", net.JoinHostPort(one.Item3, port));
            await Must(err);
            Name(c!.LocalAddr(), "client");
            (var s, err) = await l.Accept();
            await Must(err);
            await Say(one.Item1 + " \"" + one.Item2 + "\": " + Shown(l.Addr()) + ", accepted " + Shown(s!.LocalAddr()) + " from " + Shown(s.RemoteAddr()));
            await Must(await c.Close());
            await Must(await s.Close());
            await Must(await l.Close());
        }
    }

    // Addresses and networks that are none.
    static async go bad()
    {
        await Say("== bad");
        Names = [];
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
        await Say("ListenTCP tcp5: " + Text(err) + ", nil " + FormatBool(t == null));
        (t, err) = await net.ListenTCP("tcp", new net.TCPAddr { IP = net.IPv4(198, 51, 100, 1) });
        await Say("ListenTCP not local: " + Text(err) + ", nil " + FormatBool(t == null));
        (t, err) = await net.ListenTCP("tcp4", new net.TCPAddr { IP = net.IPv6loopback });
        await Say("ListenTCP tcp4 ::1: " + Text(err) + ", nil " + FormatBool(t == null));
        (t, err) = await net.ListenTCP("tcp4", null);
        await Must(err);
        await listened("ListenTCP tcp4 nil", t, err);
        (t, err) = await net.ListenTCP("tcp", new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) });
        await Must(err);
        await listened("ListenTCP", t, err);
    }

    // Addresses that others have.
    static async go inUse()
    {
        await Say("== in use");
        var l = await Listen();
        var addr = l.Addr()!.String();
        var (_, port, err) = net.SplitHostPort(addr);
        await Must(err);
        (var l1, err) = await net.Listen("tcp", addr);
        await listened("the same", l1, err);
        (l1, err) = await net.Listen("tcp4", addr);
        await listened("the same, tcp4", l1, err);
        (l1, err) = await net.Listen("tcp4", "0.0.0.0:" + port);
        await listened("all addresses", l1, err);
        (var t, err) = await net.ListenTCP("tcp", (net.TCPAddr)l.Addr()!);
        await Say("ListenTCP: " + Text(err) + ", nil " + FormatBool(t == null));
        (l1, err) = await net.Listen("tcp", "127.0.0.2:" + port);
        await listened("another address", l1, err);
        var lc = new net.ListenConfig();
        (l1, err) = await lc.Listen(context.Background(), "tcp", addr);
        await listened("ListenConfig", l1, err);
        await Must(await l.Close());
        (l1, err) = await net.Listen("tcp", addr);
        await listened("after Close", l1, err);
    }

    // The same port again, while connections of the last listener are open, half-closed and gone.
    static async go again()
    {
        await Say("== again");
        net.Listener? l = await Listen();
        var addr = l.Addr()!.String();
        for (var i = 0; i < 3; i++)
        {
            var (c, err) = await net.Dial("tcp", addr);
            await Must(err);
            (var s, err) = await l.Accept();
            await Must(err);
            await Say("listener Close: " + Text(await l.Close()));
            if (i == 1)
            {
                await Must(((net.TCPConn)s!).CloseWrite());
            }
            if (i == 2)
            {
                await Must(await s!.Close());
                await Read("client", c!);
                await Must(await c!.Close());
            }
            (l, err) = await net.Listen("tcp", addr);
            await Say("listen again: " + Text(err) + ", " + Shown(l!.Addr()));
            (var c1, err) = await net.Dial("tcp", addr);
            await Must(err);
            (var s1, err) = await l.Accept();
            await Must(err);
            await Write("client", c1!, 3);
            await Read("server", s1!);
            await Must(await c1!.Close());
            await Must(await s1!.Close());
            if (i < 2)
            {
                await Write("first client", c!, 4);
                await Read("first server", s!);
                await Must(await c!.Close());
                await Read("first server", s!);
                await Must(await s!.Close());
            }
        }
        await Say("listener Close: " + Text(await l.Close()));
    }

    // Connections are accepted in the order in which they came.
    static async go order()
    {
        await Say("== order");
        var l = await Listen();
        var conns = new List<net.Conn>();
        for (var i = 0; i < 5; i++)
        {
            var (c, err) = await net.Dial("tcp", l.Addr()!.String());
            await Must(err);
            Name(c!.LocalAddr(), "client" + i);
            conns.Add(c);
        }
        foreach (var c in conns)
        {
            var (s, err) = await l.Accept();
            await Must(err);
            await Say(Shown(s!.LocalAddr()) + " from " + Shown(s.RemoteAddr()) + ", " + FormatBool(s.RemoteAddr()!.String() == c.LocalAddr()!.String()));
            await Must(await s.Close());
            await Must(await c.Close());
        }
        await Must(await l.Close());
    }

    // ListenConfig, with its Control.
    static async go config()
    {
        await Say("== ListenConfig");
        Names = [];
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
                seen = network + " " + address + ", SO_REUSEADDR " + value + ", " + Text(err);
                return null;
            },
        };
        var (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:0");
        await Say("Control: " + seen);
        await listened("tcp 127.0.0.1:0", l, err);
        (l, err) = await lc.Listen(context.Background(), "tcp4", ":0");
        await Say("Control: " + seen);
        await listened("tcp4 :0", l, err);
        seen = "not called";
        (l, err) = await lc.Listen(context.Background(), "tcp", "127.0.0.1:x");
        await Say("Control: " + seen);
        await listened("tcp 127.0.0.1:x", l, err);
        (l, err) = await lc.Listen(context.Background(), "tcp", "198.51.100.1:0");
        await Say("Control: " + seen);
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
        await Say("== ports");
        Names = [];
        foreach (var one in new[]
        {
            ("tcp", "http"), ("tcp", "HTTPS"), ("tcp4", "ssh"), ("tcp6", "smtp"), ("udp", "domain"),
            ("tcp", "80"), ("tcp", "+80"), ("tcp", "-80"), ("tcp", "0080"), ("tcp", ""), ("tcp", "65535"), ("tcp", "65536"),
            ("tcp", "no-such-service"), ("tcp", "a-name-that-is-longer-than-any-service"), ("tcp5", "http"), ("tcp5", "80"),
        })
        {
            var (port, err) = await net.LookupPort(one.Item1, one.Item2);
            await Say(one.Item1 + " \"" + one.Item2 + "\": " + port + ", " + Text(err));
        }
    }

    // Copies of listeners and connections as files, and back.
    static async go files()
    {
        await Say("== File");
        var l = await Listen();
        var addr = l.Addr()!.String();
        var (f, err) = l.File();
        await Say("listener's: " + Text(err) + ", " + Masked(f!.Name()));
        (var l1, err) = await net.FileListener(f);
        await Say("FileListener: " + Text(err) + ", " + Shown(l1!.Addr()));
        await Say("listener Close: " + Text(await l.Close()));
        await Say("file Close: " + Text(await f.Close()));
        await Say("file Close: " + Text(await f.Close()));
        (var c, err) = await net.Dial("tcp", addr);
        await Must(err);
        Name(c!.LocalAddr(), "client");
        (var s, err) = await l1.Accept();
        await Say("Accept: " + Text(err));

        (var cf, err) = ((net.TCPConn)c).File();
        await Say("connection's: " + Text(err) + ", " + Masked(cf!.Name()));
        (var c1, err) = await net.FileConn(cf);
        await Say("FileConn: " + Text(err) + ", " + Shown(c1!.LocalAddr()) + " to " + Shown(c1.RemoteAddr()));
        await Say("client Close: " + Text(await c.Close()));
        await Say("file Close: " + Text(await cf.Close()));
        await Write("copy", c1, 5);
        await Read("server", s!);
        await Write("server", s!, 6);
        await Read("copy", c1);
        await Say("copy CloseWrite: " + Text(((net.TCPConn)c1).CloseWrite()));
        await Read("server", s!);
        await Say("copy Close: " + Text(await c1.Close()));
        await Say("copy Close: " + Text(await c1.Close()));
        await Say("server Close: " + Text(await s!.Close()));

        // What is a listener as a connection, and the other way round.
        (f, err) = ((net.TCPListener)l1).File();
        await Must(err);
        (c, err) = await net.FileConn(f!);
        await Say("FileConn of a listener: " + Text(err) + ", " + Shown(c!.LocalAddr()) + " to " + Shown(c.RemoteAddr()));
        await Read("it", c);
        await Write("it", c, 1);
        await Say("it Close: " + Text(await c.Close()));
        await Must(await f!.Close());
        (c, err) = await net.Dial("tcp", addr);
        await Must(err);
        Name(c!.LocalAddr(), "another");
        (f, err) = ((net.TCPConn)c).File();
        await Must(err);
        (var l2, err) = await net.FileListener(f!);
        await Say("FileListener of a connection: " + Text(err) + ", " + Shown(l2!.Addr()));
        (_, err) = await l2.Accept();
        await Say("it Accept: " + Text(err));
        await Say("it Close: " + Text(await l2.Close()));
        await Must(await f!.Close());
        await Must(await c.Close());
        await Say("listener Close: " + Text(await l1.Close()));

        // What is no socket.
        (var @null, err) = os.Open("/dev/null");
        await Must(err);
        (_, err) = await net.FileConn(@null!);
        await Say("FileConn of /dev/null: " + Text(err));
        (_, err) = await net.FileListener(@null!);
        await Say("FileListener of /dev/null: " + Text(err));
        await Must(await @null!.Close());
        (_, err) = await net.FileConn(@null);
        await Say("FileConn of a closed file: " + Text(err));
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
