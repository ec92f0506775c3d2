// Command dialing dials: what is refused, what takes too long and is given up, bad addresses and
// networks, local addresses, literals of both versions of IP.
// main.go beside this file is the same program.
namespace dialing;

using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // brief passes while the program waits for it; ever never does.
    static readonly time.Duration brief = 100 * time.Millisecond;
    static readonly time.Duration ever = time.Hour;

    // dialed shows what a dial gave and closes it.
    static async go dialed(string what, net.Conn? c, error? err)
    {
        if (err != null)
        {
            await Say(what + ": " + Text(err) + ", nil " + FormatBool(c == null));
            return;
        }
        Name(c!.LocalAddr(), "client");
        await Say(what + ": " + Shown(c.LocalAddr()!) + " to " + Shown(c.RemoteAddr()!));
        Names.RemoveAt(Names.Count - 1);
        await Must(await c.Close());
    }

    // accepted takes a connection that was dialed off the listener.
    static async go accepted(net.Listener l)
    {
        var (c, err) = await l.Accept();
        await Must(err);
        await Must(await c!.Close());
    }

    // listen makes a listener of its own and names its port.
    static async go<net.Listener> listen(string network, string address)
    {
        var (l, err) = await net.Listen(network, address);
        await Must(err);
        Names = [];
        Name(l!.Addr(), "server");
        return l;
    }

    // Nobody listens any more.
    static async go refused()
    {
        await Say("== refused");
        var l = await listen("tcp", "127.0.0.1:0");
        var addr = l.Addr()!.String();
        await Must(await l.Close());
        var (c, err) = await net.Dial("tcp", addr);
        await dialed("Dial", c, err);
        (c, err) = await net.Dial("tcp4", addr);
        await dialed("Dial tcp4", c, err);
        (c, err) = await net.DialTimeout("tcp", addr, ever);
        await dialed("DialTimeout", c, err);
        var d = new net.Dialer { Deadline = time.Now().Add(ever) };
        (c, err) = await d.Dial("tcp", addr);
        await dialed("Deadline", c, err);
        var (ctx, cancel) = context.WithCancel(context.Background());
        (c, err) = await d.DialContext(ctx, "tcp", addr);
        await dialed("DialContext", c, err);
        cancel();
        d = new net.Dialer { LocalAddr = new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) } };
        (c, err) = await d.Dial("tcp", addr);
        await dialed("LocalAddr", c, err);
        (_, err) = await net.DialTCP("tcp", null, (net.TCPAddr)l.Addr()!);
        await Say("DialTCP: " + Text(err));
        (c, err) = await net.Dial("tcp", "127.0.0.1:0");
        await dialed("port 0", c, err);
        (c, err) = await net.Dial("tcp", "127.0.0.1:");
        await dialed("no port", c, err);
    }

    // The time is over, or somebody cancels, before anything is done.
    static async go before()
    {
        await Say("== before");
        var l = await listen("tcp", "127.0.0.1:0");
        var addr = l.Addr()!.String();
        var d = new net.Dialer { Deadline = time.Now().Add(-ever) };
        var (c, err) = await d.Dial("tcp", addr);
        await dialed("Deadline", c, err);
        d = new net.Dialer { Timeout = -1 };
        (c, err) = await d.Dial("tcp", addr);
        await dialed("Timeout -1", c, err);
        (c, err) = await net.DialTimeout("tcp", addr, 1);
        await dialed("DialTimeout 1", c, err);
        d = new net.Dialer { Timeout = ever, Deadline = time.Unix(1, 0) };
        (c, err) = await d.Dial("tcp", addr);
        await dialed("Timeout and Deadline", c, err);
        d = new net.Dialer { Timeout = ever };
        var (ctx, cancel) = context.WithDeadline(context.Background(), time.Now().Add(-ever));
        (c, err) = await d.DialContext(ctx, "tcp", addr);
        await dialed("context's deadline", c, err);
        await Say("is the context's: " + FormatBool(errors.Is(err, context.DeadlineExceeded)));
        cancel();
        (ctx, cancel) = context.WithCancel(context.Background());
        cancel();
        (c, err) = await d.DialContext(ctx, "tcp", addr);
        await dialed("canceled", c, err);
        d = new net.Dialer { LocalAddr = new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) } };
        (c, err) = await d.DialContext(ctx, "tcp", addr);
        await dialed("canceled, LocalAddr", c, err);
        (c, err) = await d.DialContext(ctx, "tcp", "127.0.0.1");
        await dialed("canceled, bad address", c, err);
        await Must(await l.Close());
    }

    // The queue of the listener is full, so connecting hangs until it is given up.
    static async go during()
    {
        await Say("== during");
        var l = await listen("tcp", "127.0.0.1:0");
        var addr = l.Addr()!.String();
        var (rc, err) = ((net.TCPListener)l).SyscallConn();
        await Must(err);
        error? err1 = null;
        err = rc!.Control(fd =>
        {
            err1 = syscall.Listen((int)fd, 0);
        });
        await Must(err);
        await Must(err1);
        (var first, err) = await net.Dial("tcp", addr);
        await Must(err);
        var d = new net.Dialer { Timeout = brief };
        (var c, err) = await d.Dial("tcp", addr);
        await dialed("Timeout", c, err);
        d = new net.Dialer { Deadline = time.Now().Add(brief) };
        (c, err) = await d.Dial("tcp", addr);
        await dialed("Deadline", c, err);
        d = new net.Dialer { Timeout = ever, Deadline = time.Now().Add(brief) };
        (c, err) = await d.Dial("tcp", addr);
        await dialed("Timeout and Deadline", c, err);
        (c, err) = await net.DialTimeout("tcp", addr, brief);
        await dialed("DialTimeout", c, err);
        d = new net.Dialer();
        var (ctx, cancel) = context.WithTimeout(context.Background(), brief);
        (c, err) = await d.DialContext(ctx, "tcp", addr);
        await dialed("context's deadline", c, err);
        cancel();
        (ctx, cancel) = context.WithCancel(context.Background());
        go(async () =>
        {
            await time.Sleep(brief);
            cancel();
        });
        (c, err) = await d.DialContext(ctx, "tcp", addr);
        await dialed("canceled", c, err);
        d = new net.Dialer { Timeout = ever };
        (ctx, cancel) = context.WithCancel(context.Background());
        go(async () =>
        {
            await time.Sleep(brief);
            cancel();
        });
        (c, err) = await d.DialContext(ctx, "tcp", addr);
        await dialed("canceled, Timeout", c, err);
        var stop = makechan<@struct>();
        d = new net.Dialer { Cancel = stop };
        go(async () =>
        {
            await time.Sleep(brief);
            stop.Close();
        });
        (c, err) = await d.Dial("tcp", addr);
        await dialed("Cancel", c, err);
        d = new net.Dialer { Timeout = brief, LocalAddr = new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) } };
        (c, err) = await d.Dial("tcp", addr);
        await dialed("LocalAddr", c, err);

        // Somebody makes room, and a dial that waits gets through.
        var done = makechan<error?>();
        go(async () =>
        {
            var (c, err) = await net.DialTimeout("tcp", addr, ever);
            if (err == null)
            {
                err = await c!.Close();
            }
            await done.Send(err);
        });
        await time.Sleep(brief);
        await accepted(l);
        await Say("room: " + Text(await done.Recv()));
        await accepted(l);
        await Must(await first!.Close());
        await Must(await l.Close());
    }

    // Local addresses.
    static async go local()
    {
        await Say("== LocalAddr");
        var l = await listen("tcp", "127.0.0.1:0");
        var addr = l.Addr()!.String();
        async go one(string what, net.Addr a, string network)
        {
            var d = new net.Dialer { LocalAddr = a };
            var (c, err) = await d.Dial(network, addr);
            await dialed(what, c, err);
            if (err == null)
            {
                await accepted(l);
            }
        }
        await one("127.0.0.1", new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) }, "tcp");
        await one("127.0.0.2", new net.TCPAddr { IP = net.IPv4(127, 0, 0, 2) }, "tcp");
        await one("127.0.0.2 tcp4", new net.TCPAddr { IP = net.IPv4(127, 0, 0, 2) }, "tcp4");
        await one("none", new net.TCPAddr { }, "tcp");
        await one("0.0.0.0", new net.TCPAddr { IP = net.IPv4zero }, "tcp");
        await one("not ours", new net.TCPAddr { IP = net.IPv4(198, 51, 100, 1) }, "tcp");
        await one("in use", l.Addr()!, "tcp");
        await one("version 6", new net.TCPAddr { IP = net.IPv6loopback }, "tcp");
        await one("another kind", new net.UDPAddr { IP = net.IPv4(127, 0, 0, 1) }, "tcp");
        await Must(await l.Close());
    }

    // Addresses and networks that are none.
    static async go bad()
    {
        await Say("== bad");
        Names = [];
        foreach (var addr in new[]
        {
            "",
            "127.0.0.1",
            "127.0.0.1:80:80",
            "127.0.0.1:99999",
            "127.0.0.1:65536",
            "127.0.0.1:-1",
            "127.0.0.1:123456789012345678901234567890",
            "127.0.0.1:x",
            "127.0.0.1: 80",
            "127.0.0.1:8o",
            "127.0.0.1:no-such-service",
            "::1",
            "::1:80",
            "[::1]",
            "[::1",
            "::1]:80",
            "[::1]80",
            "[::1]:80:80",
            "[[::1]]:80",
            "127.0.0.1]:80",
            "[127.0.0.1:80",
            ":99999",
            ":x",
        })
        {
            var (c1, err1) = await net.Dial("tcp", addr);
            await dialed("\"" + addr + "\"", c1, err1);
        }
        foreach (var network in new[] { "", "tcp5", "tcpx", "TCP", "foo", "tcp:", "tcp4:6", "unixx" })
        {
            var (c1, err1) = await net.Dial(network, "127.0.0.1:80");
            await dialed("network \"" + network + "\"", c1, err1);
        }
        var (c, err) = await net.Dial("tcp4", "[::1]:80");
        await dialed("tcp4 [::1]", c, err);
        (c, err) = await net.Dial("tcp6", "127.0.0.1:80");
        await dialed("tcp6 127.0.0.1", c, err);
        (_, err) = await net.DialTCP("tcp5", null, new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1), Port = 80 });
        await Say("DialTCP tcp5: " + Text(err));
        (_, err) = await net.DialTCP("tcp", null, null);
        await Say("DialTCP nil: " + Text(err));
        (_, err) = await net.DialTCP("tcp4", null, new net.TCPAddr { IP = net.IPv6loopback, Port = 80 });
        await Say("DialTCP tcp4 ::1: " + Text(err));
        (c, err) = await net.DialTimeout("tcp", "127.0.0.1", ever);
        await dialed("DialTimeout", c, err);
    }

    // Addresses that are resolved without a look-up.
    static async go resolve()
    {
        await Say("== resolve");
        Names = [];
        foreach (var one in new (string, string)[]
        {
            ("tcp", "127.0.0.1:80"),
            ("tcp", "127.0.0.1:0"),
            ("tcp", "127.0.0.1:"),
            ("tcp", "127.0.0.1:+80"),
            ("tcp", "127.0.0.1:0080"),
            ("tcp", ":80"),
            ("tcp", "0.0.0.0:80"),
            ("tcp", "[::1]:80"),
            ("tcp", "[::]:80"),
            ("tcp", "[::ffff:127.0.0.1]:80"),
            ("tcp", "[2001:db8::0:1]:443"),
            ("tcp4", "127.0.0.1:80"),
            ("tcp4", "[::ffff:127.0.0.1]:80"),
            ("tcp4", "[::1]:80"),
            ("tcp4", ":80"),
            ("tcp6", "[::1]:80"),
            ("tcp6", "127.0.0.1:80"),
            ("tcp6", ":80"),
            ("", "127.0.0.1:80"),
            ("udp", "127.0.0.1:80"),
            ("tcp", "127.0.0.1"),
            ("tcp", "127.0.0.1:65536"),
        })
        {
            var (a, err) = await net.ResolveTCPAddr(one.Item1, one.Item2);
            if (err != null)
            {
                await Say(one.Item1 + " \"" + one.Item2 + "\": " + Text(err));
                continue;
            }
            await Say(one.Item1 + " \"" + one.Item2 + "\": " + Shown(a!) + ", " + a!.IP.Length + " bytes, port " + a.Port);
        }
    }

    // Literals of version 4, and of version 6 if the machine has it.
    static async go literals()
    {
        await Say("== literals");
        var l = await listen("tcp4", "127.0.0.1:0");
        var (_, port, err) = net.SplitHostPort(l.Addr()!.String());
        await Must(err);
        foreach (var one in new (string, string)[]
        {
            ("tcp", "127.0.0.1"),
            ("tcp4", "127.0.0.1"),
            ("tcp", "127.0.0.3"),
            ("tcp", "0.0.0.0"),
            ("tcp4", "0.0.0.0"),
            ("tcp4", ""),
            ("tcp", "::ffff:127.0.0.1"),
            ("tcp4", "::ffff:127.0.0.1"),
        })
        {
            var addr = net.JoinHostPort(one.Item2, port);
            var (c1, err1) = await net.Dial(one.Item1, addr);
            await dialed(one.Item1 + " " + one.Item2, c1, err1);
            if (err1 == null)
            {
                await accepted(l);
            }
        }
        await Must(await l.Close());
        if (!await HasIPv6())
        {
            await Say("no version 6");
            return;
        }
        l = await listen("tcp6", "[::1]:0");
        (_, port, err) = net.SplitHostPort(l.Addr()!.String());
        await Must(err);
        foreach (var one in new (string, string)[]
        {
            ("tcp", "::1"),
            ("tcp6", "::1"),
            ("tcp", "0:0:0:0:0:0:0:1"),
            ("tcp", "::"),
            ("tcp6", "::"),
            ("tcp6", ""),
            ("tcp4", "127.0.0.1"),
        })
        {
            var addr = net.JoinHostPort(one.Item2, port);
            var (c1, err1) = await net.Dial(one.Item1, addr);
            await dialed(one.Item1 + " " + one.Item2, c1, err1);
            if (err1 == null)
            {
                await accepted(l);
            }
        }
        var d = new net.Dialer { LocalAddr = new net.TCPAddr { IP = net.IPv4(127, 0, 0, 1) } };
        (var c, err) = await d.Dial("tcp", l.Addr()!.String());
        await dialed("LocalAddr of version 4", c, err);
        await Must(await l.Close());
        (c, err) = await net.Dial("tcp", l.Addr()!.String());
        await dialed("refused", c, err);
    }

    // Control sees the socket before it is connected, and may refuse.
    static async go control()
    {
        await Say("== Control");
        var l = await listen("tcp", "127.0.0.1:0");
        var seen = "";
        var d = new net.Dialer
        {
            Control = (network, address, c) =>
            {
                seen = network + " " + Masked(address);
                return null;
            },
        };
        var (c, err) = await d.Dial("tcp", l.Addr()!.String());
        await Say("Control: " + seen);
        await dialed("Control", c, err);
        await accepted(l);
        d = new net.Dialer { Control = (network, address, c) => errors.New("not today") };
        (c, err) = await d.Dial("tcp", l.Addr()!.String());
        await dialed("Control", c, err);
        await Must(await l.Close());
    }

    static async go Main_()
    {
        await refused();
        await before();
        await during();
        await local();
        await bad();
        await resolve();
        await literals();
        await control();
    }

    static int Main() => runtime.rt0_go(Main_);
}
