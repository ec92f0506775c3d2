// Ports src/net/listen_test.go of go1.20.
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Listeners.</summary>
[TestFixture]
public class listen_test
{
    private static string port(Listener ln) => port(ln.Addr());

    private static string port(PacketConn c) => port(c.LocalAddr());

    private static string port(Addr? a)
    {
        var (_, port, err) = SplitHostPort(a!.String());
        return err != null ? "" : port;
    }

    // testableListenArgs leaves out what the machine does not have.
    private static async go<bool> testableListenArgs(string network, string address)
    {
        if (!await supportsIPv6() && (network.EndsWith('6') || (address.Contains(':') && !address.Contains('.'))))
        {
            return false;
        }
        return await supportsIPv4map() || !address.StartsWith("::ffff:");
    }

    private static readonly (string network, string address)[] tcpListenerTests =
    [
        ("tcp", ""),
        ("tcp", "0.0.0.0"),
        ("tcp", "::ffff:0.0.0.0"),
        ("tcp", "::"),

        ("tcp", "127.0.0.1"),
        ("tcp", "::ffff:127.0.0.1"),
        ("tcp", "::1"),

        ("tcp4", ""),
        ("tcp4", "0.0.0.0"),
        ("tcp4", "::ffff:0.0.0.0"),

        ("tcp4", "127.0.0.1"),
        ("tcp4", "::ffff:127.0.0.1"),

        ("tcp6", ""),
        ("tcp6", "::"),

        ("tcp6", "::1"),
    ];

    /// <summary>One listener, and a second one on the same address and port.</summary>
    [Test]
    public Task TestTCPListener() => main_test.Run(static async t =>
    {
        foreach (var tt in tcpListenerTests)
        {
            if (!await testableListenArgs(tt.network, tt.address))
            {
                continue;
            }
            var (ln1, err) = await Listen(tt.network, JoinHostPort(tt.address, "0"));
            if (err != null)
            {
                t.Fatal(err);
            }
            await checkFirstListener(t, tt.network, ((TCPListener)ln1!).fd);
            (var ln2, err) = await Listen(tt.network, JoinHostPort(tt.address, port(ln1!)));
            if (err == null)
            {
                await ln2!.Close();
                t.Errorf($"{tt.network} {tt.address} should fail");
            }
            else if (!errors.Is(err, syscall.EADDRINUSE))
            {
                t.Error(err);
            }
            await ln1!.Close();
        }
    });

    private static readonly (string network, string address)[] udpListenerTests =
    [
        ("udp", ""),
        ("udp", "0.0.0.0"),
        ("udp", "::ffff:0.0.0.0"),
        ("udp", "::"),

        ("udp", "127.0.0.1"),
        ("udp", "::ffff:127.0.0.1"),
        ("udp", "::1"),

        ("udp4", ""),
        ("udp4", "0.0.0.0"),
        ("udp4", "::ffff:0.0.0.0"),

        ("udp4", "127.0.0.1"),
        ("udp4", "::ffff:127.0.0.1"),

        ("udp6", ""),
        ("udp6", "::"),

        ("udp6", "::1"),
    ];

    /// <summary>One socket, and a second one on the same address and port.</summary>
    [Test]
    public Task TestUDPListener() => main_test.Run(static async t =>
    {
        foreach (var tt in udpListenerTests)
        {
            if (!await testableListenArgs(tt.network, tt.address))
            {
                continue;
            }
            var (c1, err) = await ListenPacket(tt.network, JoinHostPort(tt.address, "0"));
            if (err != null)
            {
                t.Fatal(err);
            }
            await checkFirstListener(t, tt.network, ((UDPConn)c1!).fd);
            (var c2, err) = await ListenPacket(tt.network, JoinHostPort(tt.address, port(c1!)));
            if (err == null)
            {
                await c2!.Close();
                t.Errorf($"{tt.network} {tt.address} should fail");
            }
            else if (!errors.Is(err, syscall.EADDRINUSE))
            {
                t.Error(err);
            }
            await c1!.Close();
        }
    });

    private static readonly (string network1, string address1, string network2, string address2, error? xerr)[] dualStackTCPListenerTests =
    [
        ("tcp", "", "tcp", "", syscall.EADDRINUSE),
        ("tcp", "", "tcp", "0.0.0.0", syscall.EADDRINUSE),
        ("tcp", "0.0.0.0", "tcp", "", syscall.EADDRINUSE),

        ("tcp", "", "tcp", "::", syscall.EADDRINUSE),
        ("tcp", "::", "tcp", "", syscall.EADDRINUSE),
        ("tcp", "0.0.0.0", "tcp", "::", syscall.EADDRINUSE),
        ("tcp", "::", "tcp", "0.0.0.0", syscall.EADDRINUSE),
        ("tcp", "::ffff:0.0.0.0", "tcp", "::", syscall.EADDRINUSE),
        ("tcp", "::", "tcp", "::ffff:0.0.0.0", syscall.EADDRINUSE),

        ("tcp4", "", "tcp6", "", null),
        ("tcp6", "", "tcp4", "", null),
        ("tcp4", "0.0.0.0", "tcp6", "::", null),
        ("tcp6", "::", "tcp4", "0.0.0.0", null),

        ("tcp", "127.0.0.1", "tcp", "::1", null),
        ("tcp", "::1", "tcp", "127.0.0.1", null),
        ("tcp4", "127.0.0.1", "tcp6", "::1", null),
        ("tcp6", "::1", "tcp4", "127.0.0.1", null),
    ];

    /// <summary>Two listeners of different families on the same port.</summary>
    [Test]
    public Task TestDualStackTCPListener() => main_test.Run(static async t =>
    {
        if (!await supportsIPv4() || !await supportsIPv6())
        {
            t.Skip("both IPv4 and IPv6 are required");
        }

        foreach (var tt in dualStackTCPListenerTests)
        {
            var xerr = tt.xerr;
            if (!await supportsIPv4map() && differentWildcardAddr(tt.address1, tt.address2))
            {
                xerr = null;
            }
            error? firstErr = null;
            string? secondErr = null;
            for (var i = 0; i < 5; i++)
            {
                var (lns, err) = await newDualStackListener();
                if (err != null)
                {
                    t.Fatal(err);
                }
                var p = port(lns![0]);
                foreach (var ln in lns)
                {
                    await ln.Close();
                }
                (var ln1, firstErr) = await Listen(tt.network1, JoinHostPort(tt.address1, p));
                if (firstErr != null)
                {
                    continue;
                }
                await checkFirstListener(t, tt.network1, ((TCPListener)ln1!).fd);
                (var ln2, err) = await Listen(tt.network2, JoinHostPort(tt.address2, port(ln1!)));
                if (err == null)
                {
                    await ln2!.Close();
                }
                secondErr = null;
                if (xerr == null != (err == null))
                {
                    secondErr = $"{tt.network1} {tt.address1}, {tt.network2} {tt.address2} got {err?.Error()}; want {xerr?.Error()}";
                    await ln1!.Close();
                    continue;
                }
                await ln1!.Close();
                break;
            }
            if (firstErr != null)
            {
                t.Error(firstErr);
            }
            if (secondErr != null)
            {
                t.Errorf(secondErr);
            }
        }
    });

    private static readonly (string network1, string address1, string network2, string address2, error? xerr)[] dualStackUDPListenerTests =
    [
        ("udp", "", "udp", "", syscall.EADDRINUSE),
        ("udp", "", "udp", "0.0.0.0", syscall.EADDRINUSE),
        ("udp", "0.0.0.0", "udp", "", syscall.EADDRINUSE),

        ("udp", "", "udp", "::", syscall.EADDRINUSE),
        ("udp", "::", "udp", "", syscall.EADDRINUSE),
        ("udp", "0.0.0.0", "udp", "::", syscall.EADDRINUSE),
        ("udp", "::", "udp", "0.0.0.0", syscall.EADDRINUSE),
        ("udp", "::ffff:0.0.0.0", "udp", "::", syscall.EADDRINUSE),
        ("udp", "::", "udp", "::ffff:0.0.0.0", syscall.EADDRINUSE),

        ("udp4", "", "udp6", "", null),
        ("udp6", "", "udp4", "", null),
        ("udp4", "0.0.0.0", "udp6", "::", null),
        ("udp6", "::", "udp4", "0.0.0.0", null),

        ("udp", "127.0.0.1", "udp", "::1", null),
        ("udp", "::1", "udp", "127.0.0.1", null),
        ("udp4", "127.0.0.1", "udp6", "::1", null),
        ("udp6", "::1", "udp4", "127.0.0.1", null),
    ];

    /// <summary>Two sockets of different families on the same port.</summary>
    [Test]
    public Task TestDualStackUDPListener() => main_test.Run(static async t =>
    {
        if (!await supportsIPv4() || !await supportsIPv6())
        {
            t.Skip("both IPv4 and IPv6 are required");
        }

        foreach (var tt in dualStackUDPListenerTests)
        {
            var xerr = tt.xerr;
            if (!await supportsIPv4map() && differentWildcardAddr(tt.address1, tt.address2))
            {
                xerr = null;
            }
            error? firstErr = null;
            string? secondErr = null;
            for (var i = 0; i < 5; i++)
            {
                var (cs, err) = await newDualStackPacketListener();
                if (err != null)
                {
                    t.Fatal(err);
                }
                var p = port(cs![0]);
                foreach (var c in cs)
                {
                    await c.Close();
                }
                (var c1, firstErr) = await ListenPacket(tt.network1, JoinHostPort(tt.address1, p));
                if (firstErr != null)
                {
                    continue;
                }
                await checkFirstListener(t, tt.network1, ((UDPConn)c1!).fd);
                (var c2, err) = await ListenPacket(tt.network2, JoinHostPort(tt.address2, port(c1!)));
                if (err == null)
                {
                    await c2!.Close();
                }
                secondErr = null;
                if (xerr == null != (err == null))
                {
                    secondErr = $"{tt.network1} {tt.address1}, {tt.network2} {tt.address2} got {err?.Error()}; want {xerr?.Error()}";
                    await c1!.Close();
                    continue;
                }
                await c1!.Close();
                break;
            }
            if (firstErr != null)
            {
                t.Error(firstErr);
            }
            if (secondErr != null)
            {
                t.Errorf(secondErr);
            }
        }
    });

    private static bool differentWildcardAddr(string i, string j)
    {
        if (i is "" or "0.0.0.0" or "::ffff:0.0.0.0" && j is "" or "0.0.0.0" or "::ffff:0.0.0.0")
        {
            return false;
        }
        return i != "[::]" || j != "[::]";
    }

    private static async go checkFirstListener(testing.T t, string network, netFD fd)
    {
        var want = network[^1] == '4' ? syscall.AF_INET : syscall.AF_INET6;
        if (network is "tcp" or "udp")
        {
            // With IPv6 and IPv4 mapped into it, a wildcard address means an AF_INET6 socket.
            var a = (sockaddr)fd.laddr!;
            want = await supportsIPv4map() && a.isWildcard() ? syscall.AF_INET6 : a.family();
        }
        if (fd.family != want)
        {
            t.Errorf($"Listen({network}, {fd.laddr!.String()}) is of family {fd.family}; want {want}");
        }
    }

    /// <summary>No address at all: none of them panics.</summary>
    [Test]
    public Task TestWildWildcardListener() => main_test.Run(static async t =>
    {
        if ((await Listen("tcp", "")).Item1 is { } ln)
        {
            await ln.Close();
        }
        if ((await ListenPacket("udp", "")).Item1 is { } c)
        {
            await c.Close();
        }
        if ((await ListenTCP("tcp", null)).Item1 is { } tcp)
        {
            await tcp.Close();
        }
        if ((await ListenUDP("udp", null)).Item1 is { } udp)
        {
            await udp.Close();
        }
        if ((await ListenIP("ip:icmp", null)).Item1 is { } ip)
        {
            await ip.Close();
        }
    });

    // loopbackInterface is a loopback interface that is up, if there is one (interface_test.go).
    private static Interface? loopbackInterface()
    {
        var (ift, err) = Interfaces();
        if (err != null)
        {
            return null;
        }
        foreach (var ifi in ift!)
        {
            if ((ifi.Flags & FlagLoopback) != 0 && (ifi.Flags & FlagUp) != 0)
            {
                return ifi;
            }
        }
        return null;
    }

    private static readonly (string net, UDPAddr gaddr)[] ipv4MulticastListenerTests =
    [
        ("udp", new UDPAddr { IP = IPv4(224, 0, 0, 254), Port = 12345 }), // see RFC 4727

        ("udp4", new UDPAddr { IP = IPv4(224, 0, 0, 254), Port = 12345 }),
    ];

    /// <summary>Two listeners of one IPv4 group and port.</summary>
    [Test]
    public Task TestIPv4MulticastListener() => main_test.Run(static async t =>
    {
        if (!await supportsIPv4())
        {
            t.Skip("IPv4 is not supported");
        }
        await multicastListeners(t, ipv4MulticastListenerTests);
    });

    private static readonly (string net, UDPAddr gaddr)[] ipv6MulticastListenerTests =
    [
        ("udp", new UDPAddr { IP = ParseIP("ff01::114"), Port = 12345 }), // see RFC 4727
        ("udp", new UDPAddr { IP = ParseIP("ff02::114"), Port = 12345 }),
        ("udp", new UDPAddr { IP = ParseIP("ff04::114"), Port = 12345 }),
        ("udp", new UDPAddr { IP = ParseIP("ff05::114"), Port = 12345 }),
        ("udp", new UDPAddr { IP = ParseIP("ff08::114"), Port = 12345 }),
        ("udp", new UDPAddr { IP = ParseIP("ff0e::114"), Port = 12345 }),

        ("udp6", new UDPAddr { IP = ParseIP("ff01::114"), Port = 12345 }),
        ("udp6", new UDPAddr { IP = ParseIP("ff02::114"), Port = 12345 }),
        ("udp6", new UDPAddr { IP = ParseIP("ff04::114"), Port = 12345 }),
        ("udp6", new UDPAddr { IP = ParseIP("ff05::114"), Port = 12345 }),
        ("udp6", new UDPAddr { IP = ParseIP("ff08::114"), Port = 12345 }),
        ("udp6", new UDPAddr { IP = ParseIP("ff0e::114"), Port = 12345 }),
    ];

    /// <summary>Two listeners of one IPv6 group and port.</summary>
    [Test]
    public Task TestIPv6MulticastListener() => main_test.Run(static async t =>
    {
        if (!await supportsIPv6())
        {
            t.Skip("IPv6 is not supported");
        }
        if (Environment.UserName != "root")
        {
            t.Skip("must be root");
        }
        await multicastListeners(t, ipv6MulticastListenerTests);
    });

    // PORT(test): on the loopback interface alone, which needs no network outside.
    private static async go multicastListeners(testing.T t, (string net, UDPAddr gaddr)[] tests)
    {
        var ifi = loopbackInterface();
        if (ifi == null)
        {
            t.Skip("loopback interface not found");
        }
        foreach (var tt in tests)
        {
            for (var i = 0; i < 2; i++)
            {
                var (c, err) = await ListenMulticastUDP(tt.net, ifi, tt.gaddr);
                if (err != null)
                {
                    t.Fatal(err);
                }
                t.Cleanup(async () => { await c!.Close(); });
                await checkMulticastListener(t, c!, tt.gaddr.IP);
            }
        }
    }

    private static async go checkMulticastListener(testing.T t, UDPConn c, IP ip)
    {
        if (!await multicastRIBContains(t, ip))
        {
            t.Errorf(ip.String() + " not found in multicast rib");
        }
        if (c.LocalAddr() is not UDPAddr la || la.Port == 0)
        {
            t.Errorf($"got {c.LocalAddr()?.String()}; want a proper address with non-zero port number");
        }
    }

    private static async go<bool> multicastRIBContains(testing.T t, IP ip)
    {
        var (ift, err) = Interfaces();
        if (err != null)
        {
            t.Fatal(err);
        }
        foreach (var ifi in ift!)
        {
            (var ifmat, err) = await ifi.MulticastAddrs();
            if (err != null)
            {
                t.Fatal(err);
            }
            foreach (var ifma in ifmat!)
            {
                if (((IPAddr)ifma).IP.Equal(ip))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>The errors of ListenMulticastUDP.</summary>
    [Test]
    public Task TestMulticastErrors() => main_test.Run(static async t =>
    {
        var (c, err) = await ListenMulticastUDP("tcp", null, new UDPAddr { IP = IPv4(224, 0, 0, 254), Port = 12345 });
        Assert.That(c, Is.Null);
        t.equal(err, "listen tcp 224.0.0.254:12345: unknown network tcp");
        (c, err) = await ListenMulticastUDP("udp", null, null);
        Assert.That(c, Is.Null);
        t.equal(err, "listen udp: missing address");
        // The socket is closed when the group cannot be joined.
        (c, err) = await ListenMulticastUDP("udp4", null, new UDPAddr { IP = IPv4(127, 0, 0, 1), Port = 0 });
        Assert.That(c, Is.Null);
        t.equal(err, "listen udp4 127.0.0.1:0: setsockopt: invalid argument");
    });

    /// <summary>An address is free as soon as its listener is closed, even while a goroutine waits in Accept.</summary>
    [Test]
    public Task TestClosingListener() => main_test.Run(static async t =>
    {
        var ln = (TCPListener)await newLocalListener(t, "tcp");
        var addr = ln.Addr()!;

        var wg = new sync.WaitGroup();
        wg.Add(1);
        builtin.go(async () =>
        {
            for (; ; )
            {
                var (c, err) = await ln.Accept();
                if (err != null)
                {
                    break;
                }
                await c!.Close();
            }
            wg.Done();
        });

        // Let the goroutine get into Accept.
        await t.until(() => pollwait.reader(ln.fd.pfd), "Accept waits");

        t.equal(await ln.Close(), "<nil>");
        var (ln2, err) = await Listen("tcp", addr.String());
        t.equal(err, "<nil>");
        await ln2!.Close();
        await wg.Wait();
    });

    /// <summary>ListenConfig.Control is called with the socket before it is bound.</summary>
    [Test]
    public Task TestListenConfigControl() => main_test.Run(static async t =>
    {
        // StreamListen
        foreach (var network in new[] { "tcp", "tcp4", "tcp6", "unix", "unixpacket" })
        {
            if (network == "tcp6" && !await supportsIPv6())
            {
                continue;
            }
            var calls = 0;
            var lc = new ListenConfig
            {
                Control = (net, address, c) =>
                {
                    calls++;
                    return dial_test.controlOnConnSetup(net, address, c);
                },
            };
            var ln = await newLocalListener(t, network, lc);
            await ln.Close();
            Assert.That(calls, Is.EqualTo(1));
        }

        // PacketListen
        foreach (var network in new[] { "udp", "udp4", "udp6", "unixgram" })
        {
            var calls = 0;
            var lc = new ListenConfig
            {
                Control = (net, address, c) =>
                {
                    calls++;
                    return dial_test.controlOnConnSetup(net, address, c);
                },
            };
            var c = await newLocalPacketListener(t, network, lc);
            await c.Close();
            Assert.That(calls, Is.EqualTo(1));
        }
    });
}
