// Ports src/net/iprawsock_test.go of go1.20, and what of protoconn_test.go is about IPConn.
using System.Collections.Generic;
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Raw IP sockets.</summary>
[TestFixture]
public class iprawsock_test
{
    // testableNetwork says whether the network can be tested here: raw sockets are for root (platform_test.go).
    private static async go<bool> testableNetwork(string network)
    {
        var net = network.Split(':')[0];
        switch (net)
        {
            case "ip":
            case "ip4":
            case "ip6":
                if (os.Getuid() != 0)
                {
                    return false;
                }
                break;
        }
        switch (net)
        {
            case "ip4":
                if (!await supportsIPv4())
                {
                    return false;
                }
                break;
            case "ip6":
                if (!await supportsIPv6())
                {
                    return false;
                }
                break;
        }
        return true;
    }

    private static readonly (string network, string litAddrOrName, IPAddr? addr, error? err)[] resolveIPAddrTests =
    [
        ("ip", "127.0.0.1", new IPAddr { IP = IPv4(127, 0, 0, 1) }, null),
        ("ip4", "127.0.0.1", new IPAddr { IP = IPv4(127, 0, 0, 1) }, null),
        ("ip4:icmp", "127.0.0.1", new IPAddr { IP = IPv4(127, 0, 0, 1) }, null),

        ("ip", "::1", new IPAddr { IP = ParseIP("::1") }, null),
        ("ip6", "::1", new IPAddr { IP = ParseIP("::1") }, null),
        ("ip6:ipv6-icmp", "::1", new IPAddr { IP = ParseIP("::1") }, null),
        ("ip6:IPv6-ICMP", "::1", new IPAddr { IP = ParseIP("::1") }, null),

        ("ip", "::1%en0", new IPAddr { IP = ParseIP("::1"), Zone = "en0" }, null),
        ("ip6", "::1%911", new IPAddr { IP = ParseIP("::1"), Zone = "911" }, null),

        ("", "127.0.0.1", new IPAddr { IP = IPv4(127, 0, 0, 1) }, null), // Go 1.0 behavior
        ("", "::1", new IPAddr { IP = ParseIP("::1") }, null), // Go 1.0 behavior

        ("ip4:icmp", "", new IPAddr(), null),

        ("l2tp", "127.0.0.1", null, new UnknownNetworkError("l2tp")),
        ("l2tp:gre", "127.0.0.1", null, new UnknownNetworkError("l2tp:gre")),
        ("tcp", "1.2.3.4:123", null, new UnknownNetworkError("tcp")),

        ("ip4", "2001:db8::1", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "2001:db8::1" }),
        ("ip4:icmp", "2001:db8::1", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "2001:db8::1" }),
        ("ip6", "127.0.0.1", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "127.0.0.1" }),
        ("ip6", "::ffff:127.0.0.1", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "::ffff:127.0.0.1" }),
        ("ip6:ipv6-icmp", "127.0.0.1", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "127.0.0.1" }),
        ("ip6:ipv6-icmp", "::ffff:127.0.0.1", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "::ffff:127.0.0.1" }),
    ];

    private static bool equal(IPAddr? a, IPAddr? b)
    {
        if (a == null || b == null)
        {
            return a == b;
        }
        return a.IP.Span.SequenceEqual(b.IP.Span) && a.IP == null == (b.IP == null) && a.Zone == b.Zone;
    }

    /// <summary>Literals become addresses.</summary>
    [Test]
    public Task TestResolveIPAddr() => main_test.Run(static async t =>
    {
        // PORT(resolver): Go's lookupLocalhost stands in for lookups here; there are literals only.
        foreach (var tt in resolveIPAddrTests)
        {
            var (addr, err) = await ResolveIPAddr(tt.network, tt.litAddrOrName);
            if (!equal(addr, tt.addr) || err?.GetType() != tt.err?.GetType() || err?.Error() != tt.err?.Error())
            {
                t.Errorf($"ResolveIPAddr({tt.network}, {tt.litAddrOrName}) = {addr?.String()}, {err?.Error()}, want {tt.addr?.String()}, {tt.err?.Error()}");
                continue;
            }
            if (err == null)
            {
                (var addr2, err) = await ResolveIPAddr(addr!.Network(), addr.String());
                if (!equal(addr2, tt.addr) || err != null)
                {
                    t.Errorf($"({tt.network}, {tt.litAddrOrName}): ResolveIPAddr({addr.Network()}, {addr.String()}) = {addr2?.String()}, {err?.Error()}, want {tt.addr?.String()}");
                }
            }
        }
    });

    private static readonly (string net, IPAddr? laddr)[] ipConnLocalNameTests =
    [
        ("ip4:icmp", new IPAddr { IP = IPv4(127, 0, 0, 1) }),
        ("ip4:icmp", new IPAddr()),
        ("ip4:icmp", null),
    ];

    /// <summary>A socket that listens has a local address.</summary>
    [Test]
    public Task TestIPConnLocalName() => main_test.Run(static async t =>
    {
        foreach (var tt in ipConnLocalNameTests)
        {
            if (!await testableNetwork(tt.net))
            {
                continue;
            }
            var (c, err) = await ListenIP(tt.net, tt.laddr);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(c!);
            if (c!.LocalAddr() == null)
            {
                t.Fatalf("should not fail");
            }
        }
    });

    /// <summary>A socket with a peer knows its address.</summary>
    [Test]
    public Task TestIPConnRemoteName() => main_test.Run(static async t =>
    {
        if (!await testableNetwork("ip:tcp"))
        {
            t.Skip("ip:tcp test");
        }

        var raddr = new IPAddr { IP = IPv4(127, 0, 0, 1).To4() };
        var (c, err) = await DialIP("ip:tcp", new IPAddr { IP = IPv4(127, 0, 0, 1) }, raddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);
        if (!equal(raddr, (IPAddr?)c!.RemoteAddr()))
        {
            t.Fatalf($"got {c.RemoteAddr()?.String()}; want {raddr.String()}");
        }
    });

    /// <summary>Raw sockets need a protocol.</summary>
    [Test]
    public Task TestDialListenIPArgs() => main_test.Run(static async t =>
    {
        var tests = new List<((string network, string address)[] argLists, bool shouldFail)>
        {
            ([
                ("ip", "127.0.0.1"),
                ("ip:", "127.0.0.1"),
                ("ip::", "127.0.0.1"),
                ("ip", "::1"),
                ("ip:", "::1"),
                ("ip::", "::1"),
                ("ip4", "127.0.0.1"),
                ("ip4:", "127.0.0.1"),
                ("ip4::", "127.0.0.1"),
                ("ip6", "::1"),
                ("ip6:", "::1"),
                ("ip6::", "::1"),
            ], true),
        };
        if (await testableNetwork("ip"))
        {
            var priv = new List<(string network, string address)>();
            foreach (var tt in new (string network, string address)[] { ("ip4:47", "127.0.0.1"), ("ip6:47", "::1") })
            {
                var (c, err) = await ListenPacket(tt.network, tt.address);
                if (err != null)
                {
                    continue;
                }
                await c!.Close();
                priv.Add(tt);
            }
            if (priv.Count > 0)
            {
                tests.Add((priv.ToArray(), false));
            }
        }

        foreach (var tt in tests)
        {
            foreach (var (network, address) in tt.argLists)
            {
                // Go leaves what is opened to the collector; here it is closed.
                var (c, err) = await Dial(network, address);
                if (tt.shouldFail != (err != null))
                {
                    t.Errorf($"Dial({network}, {address}) = {err?.Error()}; want (err != nil) is {tt.shouldFail}");
                }
                if (c != null)
                {
                    await c.Close();
                }
                (var pc, err) = await ListenPacket(network, address);
                if (tt.shouldFail != (err != null))
                {
                    t.Errorf($"ListenPacket({network}, {address}) = {err?.Error()}; want (err != nil) is {tt.shouldFail}");
                }
                if (pc != null)
                {
                    await pc.Close();
                }
                (var a, err) = await ResolveIPAddr("ip", address);
                if (err != null)
                {
                    t.Errorf($"ResolveIPAddr(\"ip\", {address}) = {err.Error()}");
                    continue;
                }
                (var ic, err) = await DialIP(network, null, a);
                if (tt.shouldFail != (err != null))
                {
                    t.Errorf($"DialIP({network}, {a!.String()}) = {err?.Error()}; want (err != nil) is {tt.shouldFail}");
                }
                if (ic != null)
                {
                    await ic.Close();
                }
                (ic, err) = await ListenIP(network, a);
                if (tt.shouldFail != (err != null))
                {
                    t.Errorf($"ListenIP({network}, {a!.String()}) = {err?.Error()}; want (err != nil) is {tt.shouldFail}");
                }
                if (ic != null)
                {
                    await ic.Close();
                }
            }
        }
    });

    /// <summary>The texts of the errors of wrong arguments.</summary>
    [Test]
    public Task TestIPConnArgErrors() => main_test.Run(static async t =>
    {
        var laddr = new IPAddr { IP = IPv4(127, 0, 0, 1) };
        var (c, err) = await DialIP("ip4:icmp", laddr, null);
        t.equal(err, "dial ip4:icmp 127.0.0.1: missing address");
        (c, err) = await DialIP("tcp", null, laddr);
        t.equal(err, "dial tcp 127.0.0.1: unknown network tcp");
        (c, err) = await ListenIP("ip4", laddr);
        t.equal(err, "listen ip4 127.0.0.1: unknown network ip4");
        (c, err) = await ListenIP("ip4:nosuchprotocol", laddr);
        t.equal(err, "listen ip4:nosuchprotocol 127.0.0.1: address nosuchprotocol: unknown IP protocol specified");
        Assert.That(c, Is.Null);
    });

    /// <summary>All methods, none of which fails.</summary>
    [Test]
    public Task TestIPConnSpecificMethods() => main_test.Run(static async t =>
    {
        if (!await testableNetwork("ip4"))
        {
            t.Skip("skipping: ip4 not supported");
        }

        var (la, err) = await ResolveIPAddr("ip4", "127.0.0.1");
        if (err != null)
        {
            t.Fatal(err);
        }
        (var c, err) = await ListenIP("ip4:icmp", la);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);
        c!.LocalAddr();
        c.RemoteAddr();
        c.SetDeadline(time.Now().Add(someTimeout));
        c.SetReadDeadline(time.Now().Add(someTimeout));
        c.SetWriteDeadline(time.Now().Add(someTimeout));
        c.SetReadBuffer(2048);
        c.SetWriteBuffer(2048);

        (var f, err) = c.File();
        t.equal(err, "<nil>");
        // Go goes no further with f; FileConn takes it for an IPConn.
        (var fc, err) = await FileConn(f!);
        t.equal(err, "<nil>");
        Assert.That(fc, Is.InstanceOf<IPConn>());
        t.equal(await fc!.Close(), "<nil>");
        t.equal(await f!.Close(), "<nil>");

        (var rc, err) = c.SyscallConn();
        t.equal(err, "<nil>");
        Assert.That(rc, Is.Not.Null);

        // An echo request, and what comes of it. Other tests may send packets to this socket, too.
        byte[] wb = [8, 0, 0, 0, 0x47, 0x6f, 0, 1, (byte)'I', (byte)'P', (byte)'C', (byte)'O', (byte)'N', (byte)'N', (byte)' ', (byte)'T'];
        checksum(wb);
        Memory<byte> rb = new byte[20 + 128];
        (var n, err) = await c.WriteToIP(wb, la);
        t.equal(err, "<nil>");
        Assert.That(n, Is.EqualTo(wb.Length));
        for (; ; )
        {
            (n, var addr, err) = await c.ReadFromIP(rb);
            if (err != null)
            {
                t.Fatal(err);
            }
            if (n == wb.Length && rb.Span[..n].SequenceEqual(wb) && equal(addr, new IPAddr { IP = IPv4(127, 0, 0, 1).To4() }))
            {
                break;
            }
        }

        // The same by the messages; there the header of IPv4 stays.
        (n, var oobn, err) = await c.WriteMsgIP(wb, default, la);
        t.equal(err, "<nil>");
        Assert.That((n, oobn), Is.EqualTo((wb.Length, 0)));
        var replies = 0;
        for (; ; )
        {
            (n, oobn, var flags, var addr, err) = await c.ReadMsgIP(rb, new byte[64]);
            if (err != null)
            {
                t.Fatal(err);
            }
            if (n != 20 + wb.Length || rb.Span[0] != 0x45 || !rb.Span[24..n].SequenceEqual(wb.AsSpan(4)))
            {
                continue;
            }
            Assert.That((oobn, flags), Is.EqualTo((0, 0)));
            Assert.That(equal(addr, new IPAddr { IP = IPv4(127, 0, 0, 1).To4() }));
            // The reply to the first request and the second request, in this order.
            replies++;
            if (replies == 2)
            {
                break;
            }
        }

        // And by PacketConn.
        PacketConn pc = c;
        (n, err) = await pc.WriteTo(wb, la);
        t.equal(err, "<nil>");
        Assert.That(n, Is.EqualTo(wb.Length));
        (n, var from, err) = await pc.ReadFrom(rb);
        t.equal(err, "<nil>");
        Assert.That(from, Is.InstanceOf<IPAddr>());

        // What is no address of an IP network.
        (n, err) = await pc.WriteTo(wb, new TCPAddr { IP = IPv4(127, 0, 0, 1), Port = 1 });
        t.equal(err, "write ip4 127.0.0.1->127.0.0.1:1: invalid argument");
        (n, err) = await c.WriteToIP(wb, null);
        t.equal(err, "write ip4 127.0.0.1: missing address");
        (n, _, err) = await c.WriteMsgIP(wb, default, null);
        t.equal(err, "write ip4 127.0.0.1: missing address");
        (n, err) = await c.WriteToIP(wb, new IPAddr { IP = IPv6loopback });
        t.equal(err, "write ip4 127.0.0.1->::1: address ::1: non-IPv4 address");

        // A deadline.
        t.equal(c.SetReadDeadline(aLongTimeAgo), "<nil>");
        (n, var raddr, err) = await c.ReadFromIP(rb);
        t.equal(err, "read ip4 127.0.0.1: i/o timeout");
        Assert.That(raddr, Is.Null);
        (n, from, err) = await c.ReadFrom(rb);
        t.equal(err, "read ip4 127.0.0.1: i/o timeout");
        Assert.That(from, Is.Null);
        (n, _, _, _, err) = await c.ReadMsgIP(rb, default);
        t.equal(err, "read ip4 127.0.0.1: i/o timeout");
    });

    /// <summary>A connection that has its peer is not told whom to write to.</summary>
    [Test]
    public Task TestIPConnConnected() => main_test.Run(static async t =>
    {
        if (!await testableNetwork("ip4"))
        {
            t.Skip("skipping: ip4 not supported");
        }
        var raddr = new IPAddr { IP = IPv4(127, 0, 0, 1) };
        // The number of a protocol for experiments: the kernel does not answer.
        var (ln, err) = await ListenIP("ip4:253", raddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(ln!);
        var called = "";
        var d = new Dialer
        {
            Control = (network, address, _) =>
            {
                called = network + " " + address;
                return null;
            },
        };
        (var conn, err) = await d.Dial("ip4:253", "127.0.0.1");
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(conn!);
        t.equal(called, "ip4 127.0.0.1");
        var c = (IPConn)conn!;
        (_, err) = await c.WriteToIP(new byte[1], raddr);
        t.equal(err, "write ip4 127.0.0.1->127.0.0.1: use of WriteTo with pre-connected connection");
        (_, err) = await c.WriteTo(new byte[1], raddr);
        t.equal(err, "write ip4 127.0.0.1->127.0.0.1: use of WriteTo with pre-connected connection");
        (_, _, err) = await c.WriteMsgIP(new byte[1], default, raddr);
        t.equal(err, "write ip4 127.0.0.1->127.0.0.1: use of WriteTo with pre-connected connection");

        // A reader that waits, in the poller.
        var ch = builtin.makechan<(int n, IPAddr? addr, error? err)>();
        Memory<byte> b = new byte[128];
        builtin.go(async () => { await ch.Send(await ln!.ReadFromIP(b)); });
        await t.until(() => pollwait.reader(ln!.fd.pfd), "the reader waits");
        (var n, err) = await c.Write("RAW"u8.ToArray());
        t.equal(err, "<nil>");
        (n, var addr, err) = await ch.Recv();
        t.equal(err, "<nil>");
        Assert.That(b.Span[..n].SequenceEqual("RAW"u8));
        t.equal(addr?.String(), "127.0.0.1");

        // Close wakes it up.
        builtin.go(async () => { await ch.Send(await ln!.ReadFromIP(b)); });
        await t.until(() => pollwait.reader(ln!.fd.pfd), "the reader waits");
        t.equal(await ln!.Close(), "<nil>");
        (n, addr, err) = await ch.Recv();
        t.equal(err, "read ip4 127.0.0.1: use of closed network connection");
    });

    /// <summary>IPv6, where the kernel gives no header.</summary>
    [Test]
    public Task TestIPConnIPv6() => main_test.Run(static async t =>
    {
        if (!await testableNetwork("ip6"))
        {
            t.Skip("skipping: ip6 not supported");
        }
        var laddr = new IPAddr { IP = IPv6loopback };
        var (c, err) = await ListenIP("ip6:253", laddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);
        Memory<byte> b = new byte[128];
        (var n, err) = await c!.WriteToIP("RAW6"u8.ToArray(), laddr);
        t.equal(err, "<nil>");
        (n, var addr, err) = await c.ReadFromIP(b);
        t.equal(err, "<nil>");
        Assert.That(b.Span[..n].SequenceEqual("RAW6"u8));
        t.equal(addr?.String(), "::1");
        (n, _, err) = await c.WriteMsgIP("RAW7"u8.ToArray(), default, laddr);
        t.equal(err, "<nil>");
        (n, _, _, addr, err) = await c.ReadMsgIP(b, default);
        t.equal(err, "<nil>");
        Assert.That(b.Span[..n].SequenceEqual("RAW7"u8));
        t.equal(addr?.String(), "::1");
    });

    /// <summary>The header of IPv4 is taken away where there is one.</summary>
    [Test]
    public void TestStripIPv4Header()
    {
        static byte[] packet(byte first, int len)
        {
            var b = new byte[len];
            for (var i = 0; i < len; i++)
            {
                b[i] = (byte)i;
            }
            b[0] = first;
            return b;
        }

        var b = packet(0x45, 30);
        Assert.That(stripIPv4Header(25, b), Is.EqualTo(5));
        Assert.That(b[..10], Is.EqualTo(new byte[] { 20, 21, 22, 23, 24, 25, 26, 27, 28, 29 }));
        b = packet(0x46, 30); // with options
        Assert.That(stripIPv4Header(30, b), Is.EqualTo(6));
        Assert.That(b[0], Is.EqualTo(24));
        Assert.That(stripIPv4Header(19, packet(0x45, 19)), Is.EqualTo(19)); // no room for a header
        Assert.That(stripIPv4Header(30, packet(0x44, 30)), Is.EqualTo(30)); // too short a header
        Assert.That(stripIPv4Header(30, packet(0x4f, 30)), Is.EqualTo(30)); // longer than the buffer
        Assert.That(stripIPv4Header(30, packet(0x65, 30)), Is.EqualTo(30)); // not IPv4
    }

    // checksum fills the checksum of an ICMP message in.
    private static void checksum(byte[] b)
    {
        uint32 s = 0;
        for (var i = 0; i < b.Length; i += 2)
        {
            s += (uint32)(b[i] << 8 | b[i + 1]);
        }
        s = (s >> 16) + (s & 0xffff);
        s += s >> 16;
        b[2] = (byte)(~s >> 8);
        b[3] = (byte)~s;
    }
}
