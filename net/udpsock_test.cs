// Ports src/net/udpsock_test.go of go1.20, and what of protoconn_test.go is about UDP.
//
// TestAllocs is not here: each read and each write to an address makes a syscall.SockaddrInet4 or SockaddrInet6,
// which Go has on its stack.
using System.Threading.Tasks;
using static golang.error_test;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>UDP.</summary>
[TestFixture]
public class udpsock_test
{
    private static readonly (string network, string litAddrOrName, UDPAddr? addr, error? err)[] resolveUDPAddrTests =
    [
        ("udp", "127.0.0.1:0", new UDPAddr { IP = IPv4(127, 0, 0, 1), Port = 0 }, null),
        ("udp4", "127.0.0.1:65535", new UDPAddr { IP = IPv4(127, 0, 0, 1), Port = 65535 }, null),

        ("udp", "[::1]:0", new UDPAddr { IP = ParseIP("::1"), Port = 0 }, null),
        ("udp6", "[::1]:65535", new UDPAddr { IP = ParseIP("::1"), Port = 65535 }, null),

        ("udp", "[::1%en0]:1", new UDPAddr { IP = ParseIP("::1"), Port = 1, Zone = "en0" }, null),
        ("udp6", "[::1%911]:2", new UDPAddr { IP = ParseIP("::1"), Port = 2, Zone = "911" }, null),

        ("", "127.0.0.1:0", new UDPAddr { IP = IPv4(127, 0, 0, 1), Port = 0 }, null), // Go 1.0 behavior
        ("", "[::1]:0", new UDPAddr { IP = ParseIP("::1"), Port = 0 }, null), // Go 1.0 behavior

        ("udp", ":12345", new UDPAddr { Port = 12345 }, null),

        ("http", "127.0.0.1:0", null, new UnknownNetworkError("http")),

        ("udp", "127.0.0.1:domain", new UDPAddr { IP = ParseIP("127.0.0.1"), Port = 53 }, null),
        ("udp", "[::ffff:127.0.0.1]:domain", new UDPAddr { IP = ParseIP("::ffff:127.0.0.1"), Port = 53 }, null),
        ("udp", "[2001:db8::1]:domain", new UDPAddr { IP = ParseIP("2001:db8::1"), Port = 53 }, null),
        ("udp4", "127.0.0.1:domain", new UDPAddr { IP = ParseIP("127.0.0.1"), Port = 53 }, null),
        ("udp4", "[::ffff:127.0.0.1]:domain", new UDPAddr { IP = ParseIP("127.0.0.1"), Port = 53 }, null),
        ("udp6", "[2001:db8::1]:domain", new UDPAddr { IP = ParseIP("2001:db8::1"), Port = 53 }, null),

        ("udp4", "[2001:db8::1]:domain", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "2001:db8::1" }),
        ("udp6", "127.0.0.1:domain", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "127.0.0.1" }),
        ("udp6", "[::ffff:127.0.0.1]:domain", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "::ffff:127.0.0.1" }),
    ];

    private static bool equal(UDPAddr? a, UDPAddr? b)
    {
        if (a == null || b == null)
        {
            return a == b;
        }
        return a.IP.Span.SequenceEqual(b.IP.Span) && a.IP == null == (b.IP == null) && a.Port == b.Port && a.Zone == b.Zone;
    }

    // cleanup closes c at the end of the test.
    private static void cleanup(testing.T t, PacketConn c)
    {
        t.Cleanup(async () => { await c.Close(); });
    }

    // must is for what Go's tests end with t.Fatal.
    private static void must(testing.T t, error? err, [CallerLineNumber] int line = 0)
    {
        if (err != null)
        {
            t.Fatalf(err.Error(), line: line);
        }
    }

    /// <summary>Literals become addresses.</summary>
    [Test]
    public Task TestResolveUDPAddr() => main_test.Run(static async t =>
    {
        foreach (var tt in resolveUDPAddrTests)
        {
            var (addr, err) = await ResolveUDPAddr(tt.network, tt.litAddrOrName);
            if (!equal(addr, tt.addr) || err?.GetType() != tt.err?.GetType() || err?.Error() != tt.err?.Error())
            {
                t.Errorf($"ResolveUDPAddr({tt.network}, {tt.litAddrOrName}) = {addr?.String()}, {err?.Error()}, want {tt.addr?.String()}, {tt.err?.Error()}");
                continue;
            }
            if (err == null)
            {
                (var addr2, err) = await ResolveUDPAddr(addr!.Network(), addr.String());
                if (!equal(addr2, tt.addr) || err != null)
                {
                    t.Errorf($"ResolveUDPAddr({addr.Network()}, {addr.String()}) = {addr2?.String()}, {err?.Error()}, want {tt.addr?.String()}");
                }
            }
        }
    });

    /// <summary>Addresses of UDP and TCP become those of netip and come back.</summary>
    [Test]
    public void TestAddrPort()
    {
        foreach (var s in new[] { "127.0.0.1:80", "[::1]:65535", "[fe80::1%en0]:1" })
        {
            var ap = netip.MustParseAddrPort(s);
            Assert.That(UDPAddrFromAddrPort(ap).AddrPort(), Is.EqualTo(ap));
            Assert.That(TCPAddrFromAddrPort(ap).AddrPort(), Is.EqualTo(ap));
            Assert.That(UDPAddrFromAddrPort(ap).String(), Is.EqualTo(s));
            Assert.That(TCPAddrFromAddrPort(ap).String(), Is.EqualTo(s));
        }
        Assert.That(new UDPAddr { Port = 1 }.AddrPort().IsValid(), Is.False);
        Assert.That(UDPAddrFromAddrPort(default).IP == null);
    }

    /// <summary>What may be written to an address, and what may not.</summary>
    [Test]
    public Task TestWriteToUDP() => main_test.Run(static async t =>
    {
        var (c, err) = await ListenPacket("udp", "127.0.0.1:0");
        must(t, err);
        cleanup(t, c!);

        await testWriteToConn(t, c!.LocalAddr()!.String());
        await testWriteToPacketConn(t, c.LocalAddr()!.String());
    });

    private static void failsAs(testing.T t, error? err, error want, [CallerLineNumber] int line = 0)
    {
        if (err is not OpError op || !want.Equals(op.Err))
        {
            t.Fatalf($"should fail as {want.Error()}: {err?.Error()}", line: line);
        }
    }

    private static async go testWriteToConn(testing.T t, string raddr)
    {
        var (c, err) = await Dial("udp", raddr);
        must(t, err);
        t.Cleanup(c!);
        var uc = (UDPConn)c!;

        (var ra, err) = await ResolveUDPAddr("udp", raddr);
        must(t, err);

        Memory<byte> b = "CONNECTED-MODE SOCKET"u8.ToArray();
        (_, err) = await uc.WriteToUDP(b, ra);
        failsAs(t, err, ErrWriteToConnected);
        (_, err) = await uc.WriteTo(b, ra);
        failsAs(t, err, ErrWriteToConnected);
        (_, err) = await uc.WriteToUDPAddrPort(b, ra!.AddrPort());
        failsAs(t, err, ErrWriteToConnected);
        // The address has 16 bytes, so netip takes it for one of IPv6.
        t.equal(err, $"write udp {uc.LocalAddr()!.String()}->[::ffff:127.0.0.1]:{ra.Port}: use of WriteTo with pre-connected connection");
        (_, err) = await c!.Write(b);
        must(t, err);
        (_, _, err) = await uc.WriteMsgUDP(b, default, ra);
        failsAs(t, err, ErrWriteToConnected);
        (_, _, err) = await uc.WriteMsgUDPAddrPort(b, default, ra.AddrPort());
        failsAs(t, err, ErrWriteToConnected);
        (_, _, err) = await uc.WriteMsgUDP(b, default, null);
        must(t, err);
    }

    private static async go testWriteToPacketConn(testing.T t, string raddr)
    {
        var (c, err) = await ListenPacket("udp", "127.0.0.1:0");
        must(t, err);
        cleanup(t, c!);
        var uc = (UDPConn)c!;

        (var ra, err) = await ResolveUDPAddr("udp", raddr);
        must(t, err);

        Memory<byte> b = "UNCONNECTED-MODE SOCKET"u8.ToArray();
        (_, err) = await uc.WriteToUDP(b, ra);
        must(t, err);
        (_, err) = await c!.WriteTo(b, ra);
        must(t, err);
        (_, err) = await uc.Write(b);
        if (err == null)
        {
            t.Fatalf("should fail");
        }
        (_, err) = await uc.WriteTo(b, null);
        failsAs(t, err, syscall.EINVAL);
        (_, err) = await uc.WriteToUDP(b, null);
        failsAs(t, err, errMissingAddress);
        (_, err) = await uc.WriteToUDPAddrPort(b, default);
        failsAs(t, err, errMissingAddress);
        (_, _, err) = await uc.WriteMsgUDP(b, default, null);
        failsAs(t, err, errMissingAddress);
        (_, _, err) = await uc.WriteMsgUDP(b, default, ra);
        must(t, err);
    }

    /// <summary>A listener with port 0 has a port.</summary>
    [Test]
    public Task TestUDPConnLocalName() => main_test.Run(static async t =>
    {
        foreach (var laddr in new[] { new UDPAddr { IP = IPv4(127, 0, 0, 1) }, new UDPAddr(), null })
        {
            var (c, err) = await ListenUDP("udp4", laddr);
            must(t, err);
            cleanup(t, c!);
            var la = c!.LocalAddr();
            if (la is not UDPAddr a || a.Port == 0)
            {
                t.Fatalf($"got {la?.String()}; expected a proper address with non-zero port number");
            }
        }
    });

    /// <summary>A dialed connection has both addresses, a listener only its own.</summary>
    [Test]
    public Task TestUDPConnLocalAndRemoteNames() => main_test.Run(static async t =>
    {
        foreach (var laddr in new[] { "", "127.0.0.1:0" })
        {
            var (c1, err) = await ListenPacket("udp", "127.0.0.1:0");
            must(t, err);
            cleanup(t, c1!);

            UDPAddr? la = null;
            if (laddr != "")
            {
                (la, err) = await ResolveUDPAddr("udp", laddr);
                must(t, err);
            }
            (var c2, err) = await DialUDP("udp", la, (UDPAddr)c1!.LocalAddr()!);
            must(t, err);
            cleanup(t, c2!);

            (Addr? got, bool ok)[] connAddrs =
            [
                (c1.LocalAddr(), true),
                (((UDPConn)c1).RemoteAddr(), false),
                (c2!.LocalAddr(), true),
                (c2.RemoteAddr(), true),
            ];
            foreach (var ca in connAddrs)
            {
                if (ca.got is UDPAddr != ca.ok || ca.got is UDPAddr { Port: 0 })
                {
                    t.Fatalf($"got {ca.got?.String()}; expected a proper address with non-zero port number");
                }
            }
        }
    });

    /// <summary>A packet of no bytes is one.</summary>
    [Test]
    public Task TestUDPZeroBytePayload() => main_test.Run(static async t =>
    {
        var c = await newLocalPacketListener(t, "udp");
        cleanup(t, c);

        foreach (var genericRead in new[] { false, true })
        {
            var (n, err) = await c.WriteTo(default, c.LocalAddr());
            must(t, err);
            if (n != 0)
            {
                t.Errorf($"got {n}; want 0");
            }
            c.SetReadDeadline(time.Now().Add(30 * time.Second));
            Memory<byte> b = new byte[1];
            if (genericRead)
            {
                (_, err) = await ((Conn)c).Read(b);
            }
            else
            {
                (_, _, err) = await c.ReadFrom(b);
            }
            if (err != null)
            {
                t.Errorf($"Read {genericRead} of zero byte packet failed: {err.Error()}");
            }
        }
    });

    /// <summary>A read into no bytes.</summary>
    [Test]
    public Task TestUDPZeroByteBuffer() => main_test.Run(static async t =>
    {
        var c = await newLocalPacketListener(t, "udp");
        cleanup(t, c);

        Memory<byte> b = "UDP ZERO BYTE BUFFER TEST"u8.ToArray();
        foreach (var genericRead in new[] { false, true })
        {
            var (n, err) = await c.WriteTo(b, c.LocalAddr());
            must(t, err);
            if (n != b.Length)
            {
                t.Errorf($"got {n}; want {b.Length}");
            }
            c.SetReadDeadline(time.Now().Add(100 * time.Millisecond));
            if (genericRead)
            {
                (_, err) = await ((Conn)c).Read(default);
            }
            else
            {
                (_, _, err) = await c.ReadFrom(default);
            }
            if (err != null && (err is not Error nerr || !nerr.Timeout())) // Read may time out
            {
                t.Fatal(err);
            }
        }
    });

    /// <summary>What does not fit into the buffer is lost.</summary>
    [Test]
    public Task TestUDPReadSizeError() => main_test.Run(static async t =>
    {
        var c1 = await newLocalPacketListener(t, "udp");
        cleanup(t, c1);

        var (c2, err) = await Dial("udp", c1.LocalAddr()!.String());
        must(t, err);
        t.Cleanup(c2!);

        Memory<byte> b1 = "READ SIZE ERROR TEST"u8.ToArray();
        foreach (var genericRead in new[] { false, true })
        {
            (var n, err) = await c2!.Write(b1);
            must(t, err);
            if (n != b1.Length)
            {
                t.Errorf($"got {n}; want {b1.Length}");
            }
            Memory<byte> b2 = new byte[b1.Length - 1];
            if (genericRead)
            {
                (n, err) = await ((Conn)c1).Read(b2);
            }
            else
            {
                (n, _, err) = await c1.ReadFrom(b2);
            }
            must(t, err);
            if (n != b1.Length - 1)
            {
                t.Fatalf($"got {n}; want {b1.Length - 1}");
            }
        }
    });

    /// <summary>A read that timed out gives neither data nor an address.</summary>
    [Test]
    public Task TestUDPReadTimeout() => main_test.Run(static async t =>
    {
        var (la, err) = await ResolveUDPAddr("udp4", "127.0.0.1:0");
        must(t, err);
        (var c, err) = await ListenUDP("udp4", la);
        must(t, err);
        cleanup(t, c!);

        c!.SetDeadline(time.Now());
        Memory<byte> b = new byte[1];
        (var n, var addr, err) = await c.ReadFromUDP(b);
        if (!errors.Is(err, os.ErrDeadlineExceeded))
        {
            t.Errorf($"ReadFromUDP got err {err?.Error()} want os.ErrDeadlineExceeded");
        }
        if (n != 0)
        {
            t.Errorf($"ReadFromUDP got n {n} want 0");
        }
        if (addr != null)
        {
            t.Errorf($"ReadFromUDP got addr {addr.String()} want nil");
        }
        (_, var a, err) = await c.ReadFrom(b);
        Assert.That(errors.Is(err, os.ErrDeadlineExceeded));
        Assert.That(a, Is.Null);
        (_, var ap, err) = await c.ReadFromUDPAddrPort(b);
        Assert.That(errors.Is(err, os.ErrDeadlineExceeded));
        Assert.That(ap.IsValid(), Is.False);
    });

    /// <summary>A read waits in the poller, and comes back with an error when the connection is closed.</summary>
    [Test]
    public Task TestUDPCloseUnblocksRead() => main_test.Run(static async t =>
    {
        foreach (var what in new[] { "ReadFrom", "ReadFromUDPAddrPort", "ReadMsgUDP" })
        {
            var c = (UDPConn)await newLocalPacketListener(t, "udp");
            var ch = builtin.makechan<error>(1);
            builtin.go(async () =>
            {
                Memory<byte> b = new byte[1];
                error? err;
                switch (what)
                {
                    case "ReadFrom":
                        (_, _, err) = await c.ReadFrom(b);
                        break;
                    case "ReadFromUDPAddrPort":
                        (_, _, err) = await c.ReadFromUDPAddrPort(b);
                        break;
                    default:
                        (_, _, _, _, err) = await c.ReadMsgUDP(b, default);
                        break;
                }
                await ch.Send(err!);
            });
            await t.until(() => pollwait.reader(c.fd.pfd), what + " waits");
            t.equal(await c.Close(), "<nil>");
            var err = await ch.Recv();
            Assert.That(errors.Is(err, ErrClosed), what);
            if (parseReadError(err) is error perr)
            {
                t.Error(perr);
            }
        }
    });

    /// <summary>On a socket of IPv4 an address is one of IPv4.</summary>
    [Test]
    public Task TestUDPIPVersionReadMsg() => main_test.Run(static async t =>
    {
        var (conn, err) = await ListenUDP("udp4", new UDPAddr { IP = IPv4(127, 0, 0, 1) });
        must(t, err);
        cleanup(t, conn!);
        var daddr = ((UDPAddr)conn!.LocalAddr()!).AddrPort();
        Memory<byte> buf = new byte[8];
        (_, err) = await conn.WriteToUDPAddrPort(buf, daddr);
        // LocalAddr has the four bytes that Getsockname gave.
        must(t, err);
        (_, _, _, var saddr, err) = await conn.ReadMsgUDPAddrPort(buf, default);
        must(t, err);
        if (!saddr.Addr().Is4())
        {
            t.Errorf("returned AddrPort is not IPv4");
        }
        Assert.That(saddr, Is.EqualTo(daddr));
        (_, err) = await conn.WriteToUDPAddrPort(buf, daddr);
        must(t, err);
        (_, _, _, var soldaddr, err) = await conn.ReadMsgUDP(buf, default);
        must(t, err);
        if (soldaddr!.IP.Length != 4)
        {
            t.Errorf("returned UDPAddr is not IPv4");
        }
        (_, err) = await conn.WriteToUDPAddrPort(buf, daddr);
        must(t, err);
        (var n, saddr, err) = await conn.ReadFromUDPAddrPort(buf);
        must(t, err);
        Assert.That((n, saddr), Is.EqualTo((8, daddr)));
    });

    /// <summary>
    /// WriteMsgUDPAddrPort on a connection that listens on "::" takes addresses of IPv4, of IPv4 mapped into IPv6
    /// and of IPv6.
    /// </summary>
    [Test]
    public Task TestIPv6WriteMsgUDPAddrPortTargetAddrIPVersion() => main_test.Run(static async t =>
    {
        if (!await supportsIPv6())
        {
            t.Skip("IPv6 is not supported");
        }

        var (conn, err) = await ListenUDP("udp", null);
        must(t, err);
        cleanup(t, conn!);

        var daddr4 = netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), 12345);
        var daddr4in6 = netip.AddrPortFrom(netip.MustParseAddr("::ffff:127.0.0.1"), 12345);
        var daddr6 = netip.AddrPortFrom(netip.MustParseAddr("::1"), 12345);
        Memory<byte> buf = new byte[8];

        (_, _, err) = await conn!.WriteMsgUDPAddrPort(buf, default, daddr4);
        must(t, err);

        (_, _, err) = await conn.WriteMsgUDPAddrPort(buf, default, daddr4in6);
        must(t, err);

        (_, _, err) = await conn.WriteMsgUDPAddrPort(buf, default, daddr6);
        must(t, err);
    });

    /// <summary>On a socket of IPv6 addresses are those of IPv6, with IPv4 mapped into it.</summary>
    [Test]
    public Task TestUDPIPv6ReadFrom() => main_test.Run(static async t =>
    {
        if (!await supportsIPv6() || !await supportsIPv4map())
        {
            t.Skip("IPv6 is not supported");
        }

        var (c, err) = await ListenUDP("udp", null);
        must(t, err);
        cleanup(t, c!);
        var port = ((UDPAddr)c!.LocalAddr()!).Port;
        foreach (var (host, want) in new[] { ("127.0.0.1", "::ffff:127.0.0.1"), ("::1", "::1") })
        {
            (var d, err) = await Dial("udp", JoinHostPort(host, port.ToString()));
            must(t, err);
            t.Cleanup(d!);
            Memory<byte> b = new byte[16];
            var dport = ((UDPAddr)d!.LocalAddr()!).Port;

            (_, err) = await d.Write(b[..3]);
            must(t, err);
            (var n, var ap, err) = await c.ReadFromUDPAddrPort(b);
            must(t, err);
            Assert.That((n, ap), Is.EqualTo((3, netip.AddrPortFrom(netip.MustParseAddr(want), (uint16)dport))));

            (_, err) = await d.Write(b[..4]);
            must(t, err);
            (n, var addr, err) = await c.ReadFromUDP(b);
            must(t, err);
            Assert.That(n, Is.EqualTo(4));
            t.equal(addr!.String(), JoinHostPort(host, dport.ToString()));

            (_, err) = await d.Write(b[..5]);
            must(t, err);
            (n, _, _, addr, err) = await c.ReadMsgUDP(b, default);
            must(t, err);
            Assert.That(n, Is.EqualTo(5));
            t.equal(addr!.String(), JoinHostPort(host, dport.ToString()));

            // And the way back.
            (_, err) = await c.WriteToUDPAddrPort(b[..6], ap);
            must(t, err);
            (n, err) = await d.Read(b);
            must(t, err);
            Assert.That(n, Is.EqualTo(6));
            (_, err) = await c.WriteToUDP(b[..7], addr);
            must(t, err);
            (n, err) = await d.Read(b);
            must(t, err);
            Assert.That(n, Is.EqualTo(7));
        }
    });

    /// <summary>The errors of the functions for UDP alone.</summary>
    [Test]
    public Task TestUDPErrors() => main_test.Run(static async t =>
    {
        var raddr = new UDPAddr { IP = IPv4(127, 0, 0, 1), Port = 1 };
        var (c, err) = await DialUDP("tcp", null, raddr);
        Assert.That(c, Is.Null);
        t.equal(err, "dial tcp 127.0.0.1:1: unknown network tcp");
        (c, err) = await DialUDP("udp", null, null);
        Assert.That(c, Is.Null);
        t.equal(err, "dial udp: missing address");
        (c, err) = await ListenUDP("tcp", raddr);
        Assert.That(c, Is.Null);
        t.equal(err, "listen tcp 127.0.0.1:1: unknown network tcp");
        (c, err) = await ListenUDP("udp", new UDPAddr { Port = 1 << 16 });
        Assert.That(c, Is.Null);
        t.equal(err, "listen udp :65536: bind: invalid argument");
        (c, err) = await DialUDP("udp", null, new UDPAddr { Port = 1 << 16 });
        Assert.That(c, Is.Null);
        t.equal(err, "dial udp :65536: connect: invalid argument");

        // An IPv6 address on a socket of IPv4.
        (c, err) = await ListenUDP("udp4", new UDPAddr { IP = IPv4(127, 0, 0, 1) });
        must(t, err);
        cleanup(t, c!);
        (_, err) = await c!.WriteToUDPAddrPort(new byte[1], netip.MustParseAddrPort("[::1]:1"));
        t.equal(err, $"write udp4 {c.LocalAddr()!.String()}->[::1]:1: address ::1: non-IPv4 address");
        (_, err) = await c.WriteToUDP(new byte[1], new UDPAddr { IP = ParseIP("::1"), Port = 1 });
        t.equal(err, $"write udp4 {c.LocalAddr()!.String()}->[::1]:1: address ::1: non-IPv4 address");
    });

    /// <summary>What a UDPConn has besides Conn and PacketConn (protoconn_test.go).</summary>
    [Test]
    public Task TestUDPConnSpecificMethods() => main_test.Run(static async t =>
    {
        var (la, err) = await ResolveUDPAddr("udp4", "127.0.0.1:0");
        must(t, err);
        (var c, err) = await ListenUDP("udp4", la);
        must(t, err);
        cleanup(t, c!);
        c!.LocalAddr();
        c.RemoteAddr();
        c.SetDeadline(time.Now().Add(someTimeout));
        c.SetReadDeadline(time.Now().Add(someTimeout));
        c.SetWriteDeadline(time.Now().Add(someTimeout));
        c.SetReadBuffer(2048);
        c.SetWriteBuffer(2048);

        Memory<byte> wb = "UDPCONN TEST"u8.ToArray();
        Memory<byte> rb = new byte[128];
        (_, err) = await c.WriteToUDP(wb, (UDPAddr)c.LocalAddr()!);
        must(t, err);
        (_, _, err) = await c.ReadFromUDP(rb);
        must(t, err);
        (_, _, err) = await c.WriteMsgUDP(wb, default, (UDPAddr)c.LocalAddr()!);
        must(t, err);
        (_, _, _, _, err) = await c.ReadMsgUDP(rb, default);
        must(t, err);

        (var f, err) = c.File();
        must(t, err);
        await f!.Close();

        (var rc, err) = c.SyscallConn();
        must(t, err);
        Assert.That(rc, Is.Not.Null);

        await c.WriteToUDP(wb, null);
        await c.WriteMsgUDP(wb, default, null);
    });

    /// <summary>FileConn makes a UDPConn of a file; a listener of TCP is no connection for packets.</summary>
    [Test]
    public Task TestUDPFile() => main_test.Run(static async t =>
    {
        var c1 = (UDPConn)await newLocalPacketListener(t, "udp");
        var (f, err) = c1.File();
        t.equal(await c1.Close(), "<nil>");
        must(t, err);
        (var c2, err) = await FileConn(f!);
        t.equal(await f!.Close(), "<nil>");
        must(t, err);
        t.Cleanup(c2!);
        Assert.That(c2, Is.InstanceOf<UDPConn>());

        var ln = (TCPListener)await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        (f, err) = ln.File();
        must(t, err);
        (var c3, err) = await FilePacketConn(f!);
        Assert.That(c3, Is.Null);
        t.equal(err, $"file file+net {f!.Name()}: invalid argument");
        t.equal(await f.Close(), "<nil>");
    });

    /// <summary>Close may be called again, and gives an error (error_test.go).</summary>
    [Test]
    public Task TestUDPCloseError() => main_test.Run(static async t =>
    {
        var (pc, err) = await ListenPacket("udp", "127.0.0.1:0");
        must(t, err);
        for (var i = 0; i < 3; i++)
        {
            err = await pc!.Close();
            if (parseCloseError(err, false) is error perr)
            {
                t.Error(perr);
            }
            Assert.That(err == null, Is.EqualTo(i == 0));
        }
    });
}
