// Ports src/net/dial_test.go of go1.20, and controlOnConnSetup of rawconn_unix_test.go, as far as TCP by
// literal addresses and Unix sockets go.
using System.Threading.Tasks;
using static golang.error_test;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Dialing.</summary>
[TestFixture]
public class dial_test
{
    /// <summary>"tcp6" does not take IPv4.</summary>
    [Test]
    public Task TestProhibitionaryDialArg() => main_test.Run(static async t =>
    {
        if (!await supportsIPv4map())
        {
            t.Skip("mapping ipv4 address inside ipv6 address not supported");
        }
        var (ln, err) = await Listen("tcp", "[::]:0");
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(ln!);
        var (_, port, _) = SplitHostPort(ln!.Addr()!.String());
        foreach (var address in new[] { "127.0.0.1", "::ffff:127.0.0.1" })
        {
            (var c, err) = await Dial("tcp6", JoinHostPort(address, port));
            if (err == null)
            {
                await c!.Close();
            }
            t.equal(err, $"dial tcp6: address {address}: no suitable address found");
        }
    });

    /// <summary>No host means this one.</summary>
    [Test]
    public Task TestDialLocal() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var (_, port, _) = SplitHostPort(ln.Addr()!.String());
        var (c, err) = await Dial("tcp", JoinHostPort("", port));
        if (err != null)
        {
            t.Fatal(err);
        }
        await c!.Close();
    });

    // TestDialParallel: the cases that do not cancel and do not race. The port dials the fallbacks when the
    // primaries have failed.
    private static readonly (string[] primaries, string[] fallbacks, string teardownNetwork, bool expectOk)[] dialParallelTests =
    [
        // These work on the first try.
        (["127.0.0.1"], [], "", true),
        (["::1"], [], "", true),
        (["127.0.0.1", "::1"], ["2001:2::254"], "tcp6", true),
        (["::1", "127.0.0.1"], ["198.18.0.254"], "tcp4", true),
        // Skip a "connection refused" of the primaries.
        (["127.0.0.1", "::1"], [], "tcp4", true),
        (["::1", "127.0.0.1"], [], "tcp6", true),
        // The primary is refused, the fallback comes without a delay.
        (["127.0.0.1"], ["::1"], "tcp4", true),
        (["::1"], ["127.0.0.1"], "tcp6", true),
        // Everything is refused.
        (["127.0.0.1"], [], "tcp4", false),
        // Nothing to do.
        ([], [], "", false),
    ];

    /// <summary>One address after another.</summary>
    [Test]
    public Task TestDialParallel() => main_test.Run(static async t =>
    {
        static async go<addrList> makeAddrs(testing.T t, string[] ips)
        {
            var @out = new addrList();
            foreach (var ip in ips)
            {
                var (addr, err) = await ResolveTCPAddr("tcp", JoinHostPort(ip, "80"));
                if (err != null)
                {
                    t.Fatal(err);
                }
                @out.Add(addr!);
            }
            return @out;
        }

        for (var i = 0; i < dialParallelTests.Length + 1; i++)
        {
            // Connecting to tons of addresses should not trip the deadline.
            var tt = i < dialParallelTests.Length ? dialParallelTests[i] : (System.Linq.Enumerable.ToArray(System.Linq.Enumerable.Repeat("::1", 1000)), [], "tcp6", false);
            var dialed = 0;
            var sd = new sysDialer
            {
                network = "tcp",
                address = "?",
                testHookDialTCP = (_, _, _, raddr) =>
                {
                    dialed++;
                    var n = raddr!.IP.To4() != null ? "tcp4" : "tcp6";
                    return new go<(TCPConn? c, error? err)>((null, n == tt.teardownNetwork ? errors.New("unreachable") : null));
                },
            };
            var primaries = await makeAddrs(t, tt.primaries);
            var fallbacks = await makeAddrs(t, tt.fallbacks);
            var (_, err) = await sd.dialParallel(context.Background(), primaries, fallbacks);
            if (tt.expectOk != (err == null))
            {
                t.Errorf($"#{i}: got {err?.Error()}");
            }
            if (!tt.expectOk)
            {
                Assert.That(dialed, Is.EqualTo(tt.primaries.Length));
                t.equal(err, tt.primaries.Length == 0 ? "dial tcp: missing address" : $"dial tcp {JoinHostPort(tt.primaries[0], "80")}: unreachable");
            }
        }
    });

    /// <summary>How time is divided among addresses.</summary>
    [Test]
    public void TestDialerPartialDeadline()
    {
        var now = time.Unix(946684800, 0); // 2000-01-01
        var i = 0;
        foreach (var (now1, deadline, addrs, expectDeadline, expectErr) in new (time.Time, time.Time, int, time.Time, error?)[]
        {
            // Regular division.
            (now, now.Add(12 * time.Second), 1, now.Add(12 * time.Second), null),
            (now, now.Add(12 * time.Second), 2, now.Add(6 * time.Second), null),
            (now, now.Add(12 * time.Second), 3, now.Add(4 * time.Second), null),
            // Bump against the 2-second sane minimum.
            (now, now.Add(12 * time.Second), 999, now.Add(2 * time.Second), null),
            // Total available is now below the sane minimum.
            (now, now.Add(1900 * time.Millisecond), 999, now.Add(1900 * time.Millisecond), null),
            // Null deadline.
            (now, noDeadline, 1, noDeadline, null),
            // Step the clock forward and cross the deadline.
            (now.Add(-1 * time.Millisecond), now, 1, now, null),
            (now.Add(0 * time.Millisecond), now, 1, noDeadline, errTimeout),
            (now.Add(1 * time.Millisecond), now, 1, noDeadline, errTimeout),
        })
        {
            var (got, err) = partialDeadline(now1, deadline, addrs);
            Assert.That(err, Is.SameAs(expectErr), $"#{i}");
            Assert.That(got.Equal(expectDeadline), $"#{i}");
            i++;
        }
    }

    /// <summary>Local addresses that suit the network and the remote address, and those that do not.</summary>
    [Test]
    public Task TestDialerLocalAddr() => main_test.Run(static async t =>
    {
        if (!await supportsIPv4() || !await supportsIPv6())
        {
            t.Skip("both IPv4 and IPv6 are required");
        }

        var tests = new System.Collections.Generic.List<(string network, string raddr, Addr? laddr, bool ok)>
        {
            ("tcp4", "127.0.0.1", null, true),
            ("tcp4", "127.0.0.1", new TCPAddr(), true),
            ("tcp4", "127.0.0.1", new TCPAddr { IP = ParseIP("0.0.0.0") }, true),
            ("tcp4", "127.0.0.1", new TCPAddr { IP = ParseIP("0.0.0.0").To4() }, true),
            ("tcp4", "127.0.0.1", new TCPAddr { IP = ParseIP("::") }, false),
            ("tcp4", "127.0.0.1", new TCPAddr { IP = ParseIP("127.0.0.1").To4() }, true),
            ("tcp4", "127.0.0.1", new TCPAddr { IP = ParseIP("127.0.0.1").To16() }, true),
            ("tcp4", "127.0.0.1", new TCPAddr { IP = IPv6loopback }, false),
            ("tcp4", "127.0.0.1", new UDPAddr(), false),
            ("tcp4", "127.0.0.1", new UnixAddr(), false),

            ("tcp6", "::1", null, true),
            ("tcp6", "::1", new TCPAddr(), true),
            ("tcp6", "::1", new TCPAddr { IP = ParseIP("0.0.0.0") }, true),
            ("tcp6", "::1", new TCPAddr { IP = ParseIP("0.0.0.0").To4() }, true),
            ("tcp6", "::1", new TCPAddr { IP = ParseIP("::") }, true),
            ("tcp6", "::1", new TCPAddr { IP = ParseIP("127.0.0.1").To4() }, false),
            ("tcp6", "::1", new TCPAddr { IP = ParseIP("127.0.0.1").To16() }, false),
            ("tcp6", "::1", new TCPAddr { IP = IPv6loopback }, true),
            ("tcp6", "::1", new UDPAddr(), false),
            ("tcp6", "::1", new UnixAddr(), false),

            ("tcp", "127.0.0.1", null, true),
            ("tcp", "127.0.0.1", new TCPAddr(), true),
            ("tcp", "127.0.0.1", new TCPAddr { IP = ParseIP("0.0.0.0") }, true),
            ("tcp", "127.0.0.1", new TCPAddr { IP = ParseIP("0.0.0.0").To4() }, true),
            ("tcp", "127.0.0.1", new TCPAddr { IP = ParseIP("127.0.0.1").To4() }, true),
            ("tcp", "127.0.0.1", new TCPAddr { IP = ParseIP("127.0.0.1").To16() }, true),
            ("tcp", "127.0.0.1", new TCPAddr { IP = IPv6loopback }, false),
            ("tcp", "127.0.0.1", new UDPAddr(), false),
            ("tcp", "127.0.0.1", new UnixAddr(), false),

            ("tcp", "::1", null, true),
            ("tcp", "::1", new TCPAddr(), true),
            ("tcp", "::1", new TCPAddr { IP = ParseIP("0.0.0.0") }, true),
            ("tcp", "::1", new TCPAddr { IP = ParseIP("0.0.0.0").To4() }, true),
            ("tcp", "::1", new TCPAddr { IP = ParseIP("::") }, true),
            ("tcp", "::1", new TCPAddr { IP = ParseIP("127.0.0.1").To4() }, false),
            ("tcp", "::1", new TCPAddr { IP = ParseIP("127.0.0.1").To16() }, false),
            ("tcp", "::1", new TCPAddr { IP = IPv6loopback }, true),
            ("tcp", "::1", new UDPAddr(), false),
            ("tcp", "::1", new UnixAddr(), false),

            ("tcp", "127.0.0.1", new TCPAddr { IP = ParseIP("::") }, await supportsIPv4map()),
        };

        static async go handler(localServer ls, Listener ln)
        {
            for (; ; )
            {
                var (c, err) = await ln.Accept();
                if (err != null)
                {
                    return;
                }
                await c!.Close();
            }
        }
        var lss = new localServer[2];
        for (var i = 0; i < 2; i++)
        {
            lss[i] = await localServer.newLocalServer(t, i == 0 ? "tcp4" : "tcp6");
            t.Cleanup(lss[i].teardown);
            lss[i].buildup(t, handler);
        }

        foreach (var tt in tests)
        {
            var d = new Dialer { LocalAddr = tt.laddr };
            var addr = lss[ParseIP(tt.raddr).To4() != null ? 0 : 1].Listener.Addr()!.String();
            var (c, err) = await d.Dial(tt.network, addr);
            if (tt.ok != (err == null))
            {
                t.Errorf($"{tt.network} {tt.laddr?.String()}->{tt.raddr}: got {err?.Error()}; want {tt.ok}");
            }
            if (err != null)
            {
                if (parseDialError(err) is error perr)
                {
                    t.Error(perr);
                }
                continue;
            }
            await c!.Close();
        }
    });

    /// <summary>Dialer.KeepAlive.</summary>
    [Test]
    public Task TestDialerKeepAlive() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var orig = testHookSetKeepAlive;
        t.Cleanup(async () => { testHookSetKeepAlive = orig; });

        foreach (var (ka, expected) in new (time.Duration, time.Duration)[]
        {
            (-1, -1),
            (0, 15 * time.Second),
            (5 * time.Second, 5 * time.Second),
            (30 * time.Second, 30 * time.Second),
        })
        {
            time.Duration got = -1;
            testHookSetKeepAlive = d => got = d;
            var d = new Dialer { KeepAlive = ka };
            var (c, err) = await d.Dial("tcp", ln.Addr()!.String());
            if (err != null)
            {
                t.Fatal(err);
            }
            await c!.Close();
            if (got != expected)
            {
                t.Errorf($"Dialer.KeepAlive = {d.KeepAlive}: SetKeepAlive set to {got}, want {expected}");
            }
        }
    });

    /// <summary>The address of a listener on all addresses can be dialed (issue 18806).</summary>
    [Test]
    public Task TestDialListenerAddr() => main_test.Run(static async t =>
    {
        var (ln, err) = await Listen("tcp", ":0");
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(ln!);
        var (c, derr) = await Dial("tcp", ln!.Addr()!.String());
        if (derr != null)
        {
            t.Fatal(derr);
        }
        await c!.Close();
    });

    // controlOnConnSetup looks at the socket and at the name of the network (rawconn_unix_test.go).
    internal static error? controlOnConnSetup(string network, string address, syscall.RawConn c)
    {
        error? operr = null;
        Action<nuint> fn;
        switch (network)
        {
            case "tcp":
            case "udp":
            case "ip":
                return errors.New("ambiguous network: " + network);
            case "unix":
            case "unixpacket":
            case "unixgram":
                fn = s =>
                {
                    (_, operr) = syscall.GetsockoptInt((int)s, syscall.SOL_SOCKET, syscall.SO_ERROR);
                };
                break;
            default:
                switch (network[network.Length - 1])
                {
                    case '4':
                        fn = s =>
                        {
                            operr = syscall.SetsockoptInt((int)s, syscall.IPPROTO_IP, syscall.IP_TTL, 1);
                        };
                        break;
                    case '6':
                        fn = s =>
                        {
                            operr = syscall.SetsockoptInt((int)s, syscall.IPPROTO_IPV6, syscall.IPV6_UNICAST_HOPS, 1);
                        };
                        break;
                    default:
                        return errors.New("unknown network: " + network);
                }
                break;
        }
        if (c.Control(fn) is error err)
        {
            return err;
        }
        return operr;
    }

    /// <summary>Dialer.Control is called with the socket before it is connected.</summary>
    [Test]
    public Task TestDialerControl() => main_test.Run(static async t =>
    {
        // StreamDial
        foreach (var network in new[] { "tcp", "tcp4", "tcp6", "unix", "unixpacket" })
        {
            if (network == "tcp6" && !await supportsIPv6())
            {
                continue;
            }
            var ln = await newLocalListener(t, network);
            t.Cleanup(ln);
            var calls = 0;
            var d = new Dialer
            {
                Control = (net, address, c) =>
                {
                    calls++;
                    return controlOnConnSetup(net, address, c);
                },
            };
            var (c, err) = await d.Dial(network, ln.Addr()!.String());
            if (err != null)
            {
                t.Error(err);
                continue;
            }
            await c!.Close();
            Assert.That(calls, Is.EqualTo(1));
        }

        // PacketDial
        foreach (var network in new[] { "udp", "udp4", "udp6", "unixgram" })
        {
            var c1 = await newLocalPacketListener(t, network);
            if (network == "unixgram")
            {
                t.Cleanup(async () => { os.Remove(c1.LocalAddr()!.String()); });
            }
            t.Cleanup(c1);
            var calls = 0;
            var d = new Dialer
            {
                Control = (net, address, c) =>
                {
                    calls++;
                    return controlOnConnSetup(net, address, c);
                },
            };
            var (c2, err) = await d.Dial(network, c1.LocalAddr()!.String());
            if (err != null)
            {
                t.Error(err);
                continue;
            }
            await c2!.Close();
            Assert.That(calls, Is.EqualTo(1));
        }
    });

    /// <summary>Dialer.ControlContext gets the context.</summary>
    [Test]
    public Task TestDialerControlContext() => main_test.Run(static async t =>
    {
        string[] networks = ["tcp", "tcp4", "tcp6", "unix", "unixpacket"];
        for (var i = 0; i < networks.Length; i++)
        {
            var network = networks[i];
            if (network == "tcp6" && !await supportsIPv6())
            {
                continue;
            }
            var ln = await newLocalListener(t, network);
            t.Cleanup(ln);
            var id = 0;
            var d = new Dialer
            {
                ControlContext = (ctx, net, address, c) =>
                {
                    id = (int)ctx.Value("id")!;
                    return controlOnConnSetup(net, address, c);
                },
            };
            var (c, err) = await d.DialContext(context.WithValue(context.Background(), "id", i + 1), network, ln.Addr()!.String());
            if (err != null)
            {
                t.Error(err);
                continue;
            }
            Assert.That(id, Is.EqualTo(i + 1));
            await c!.Close();
        }
    });

    private sealed class contextWithNonZeroDeadline : context.Context
    {
        // A time that is not zero, and the word that there is no deadline.
        public (time.Time deadline, bool ok) Deadline()
        {
            return (time.Unix(0, 0), false);
        }

        public chan<@struct>? Done() => context.Background().Done();

        public error? Err() => null;

        public object? Value(object key) => null;
    }

    /// <summary>A context's deadline does not count when the context says that it has none.</summary>
    [Test]
    public Task TestDialWithNonZeroDeadline() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var (_, port, _) = SplitHostPort(ln.Addr()!.String());
        var d = new Dialer();
        var (c, err) = await d.DialContext(new contextWithNonZeroDeadline(), "tcp", JoinHostPort("", port));
        if (err != null)
        {
            t.Fatal(err);
        }
        await c!.Close();
    });
}
