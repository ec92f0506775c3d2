// Ports src/net/ip_test.go of go1.20.
//
// Not here: the nil *IPNet of TestIPNetString.
using System.Threading.Tasks;
using static golang.net;

namespace golang;

/// <summary>IP addresses: parsing, printing, masks, scopes.</summary>
[TestFixture]
public class ip_test
{
    private static IP ip(params byte[] b) => b;

    private static IPMask mask(params byte[] b) => b;

    // same is reflect.DeepEqual: nil and no bytes are different.
    private static bool same(IP a, IP b)
    {
        return a.Span.SequenceEqual(b.Span) && a == null == (b == null);
    }

    private static bool same(IPMask a, IPMask b)
    {
        return a.Span.SequenceEqual(b.Span) && a == null == (b == null);
    }

    private static readonly (string @in, IP @out)[] parseIPTests =
    [
        ("127.0.1.2", IPv4(127, 0, 1, 2)),
        ("127.0.0.1", IPv4(127, 0, 0, 1)),
        ("::ffff:127.1.2.3", IPv4(127, 1, 2, 3)),
        ("::ffff:7f01:0203", IPv4(127, 1, 2, 3)),
        ("0:0:0:0:0000:ffff:127.1.2.3", IPv4(127, 1, 2, 3)),
        ("0:0:0:0:000000:ffff:127.1.2.3", IPv4(127, 1, 2, 3)),
        ("0:0:0:0::ffff:127.1.2.3", IPv4(127, 1, 2, 3)),

        ("2001:4860:0:2001::68", ip(0x20, 0x01, 0x48, 0x60, 0, 0, 0x20, 0x01, 0, 0, 0, 0, 0, 0, 0x00, 0x68)),
        ("2001:4860:0000:2001:0000:0000:0000:0068", ip(0x20, 0x01, 0x48, 0x60, 0, 0, 0x20, 0x01, 0, 0, 0, 0, 0, 0, 0x00, 0x68)),

        ("-0.0.0.0", null),
        ("0.-1.0.0", null),
        ("0.0.-2.0", null),
        ("0.0.0.-3", null),
        ("127.0.0.256", null),
        ("abc", null),
        ("123:", null),
        ("fe80::1%lo0", null),
        ("fe80::1%911", null),
        ("", null),
        ("a1:a2:a3:a4::b1:b2:b3:b4", null), // Issue 6628
        ("127.001.002.003", null),
        ("::ffff:127.001.002.003", null),
        ("123.000.000.000", null),
        ("1.2..4", null),
        ("0123.0.0.1", null),
    ];

    /// <summary>ParseIP and UnmarshalText.</summary>
    [Test]
    public void TestParseIP()
    {
        foreach (var tt in parseIPTests)
        {
            var @out = ParseIP(tt.@in);
            Assert.That(same(@out, tt.@out), $"ParseIP({tt.@in}) = {@out.String()}, want {tt.@out.String()}");
            if (tt.@in == "")
            {
                // Tested in TestMarshalEmptyIP below.
                continue;
            }
            IP ip = null;
            var err = ip.UnmarshalText(System.Text.Encoding.UTF8.GetBytes(tt.@in));
            Assert.That(same(ip, tt.@out) && (tt.@out == null) == (err != null), $"IP.UnmarshalText({tt.@in}) = {ip.String()}, {err?.Error()}, want {tt.@out.String()}");
            if (err != null)
            {
                Assert.That(err.Error(), Is.EqualTo("invalid IP address: " + tt.@in));
            }
        }
    }

    /// <summary>No text is no address (issue 6339).</summary>
    [Test]
    public void TestMarshalEmptyIP()
    {
        var @out = ip(1, 2, 3, 4);
        var err = @out.UnmarshalText(default);
        Assert.That(err == null && @out == null);
        IP none = null;
        (var got, err) = none.MarshalText();
        Assert.That(err, Is.Null);
        Assert.That(got.Length, Is.Zero);
    }

    /// <summary>What takes names takes addresses too.</summary>
    [Test]
    public Task TestLookupWithIP() => main_test.Run(static async t =>
    {
        Assert.That((await LookupIP("")).err, Is.Not.Null);
        Assert.That((await LookupHost("")).err, Is.Not.Null);

        foreach (var tt in parseIPTests)
        {
            // PORT(test): what is no address is not asked of a server; Go only warns of what that says.
            if (tt.@out != null)
            {
                var (addrs, err) = await LookupHost(tt.@in);
                Assert.That(err, Is.Null);
                Assert.That(addrs, Is.EqualTo([tt.@in]));
                (var ips, err) = await LookupIP(tt.@in);
                Assert.That(err, Is.Null);
                Assert.That(ips!.ConvertAll(static ip => ip.String()), Is.EqualTo([tt.@out.String()]));
            }
        }
    });

    private static readonly (IP @in, string str, string? byt, error? error)[] ipStringTests =
    [
        // IPv4 address
        (ip(192, 0, 2, 1), "192.0.2.1", "192.0.2.1", null),
        (ip(0, 0, 0, 0), "0.0.0.0", "0.0.0.0", null),
        // IPv4-mapped IPv6 address
        (ip(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 1), "192.0.2.1", "192.0.2.1", null),
        (ip(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0), "0.0.0.0", "0.0.0.0", null),
        // IPv6 address
        (ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0x1, 0x23, 0, 0x12, 0, 0x1), "2001:db8::123:12:1", "2001:db8::123:12:1", null),
        (ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x1), "2001:db8::1", "2001:db8::1", null),
        (ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0x1, 0, 0, 0, 0x1, 0, 0, 0, 0x1), "2001:db8:0:1:0:1:0:1", "2001:db8:0:1:0:1:0:1", null),
        (ip(0x20, 0x1, 0xd, 0xb8, 0, 0x1, 0, 0, 0, 0x1, 0, 0, 0, 0x1, 0, 0), "2001:db8:1:0:1:0:1:0", "2001:db8:1:0:1:0:1:0", null),
        (ip(0x20, 0x1, 0, 0, 0, 0, 0, 0, 0, 0x1, 0, 0, 0, 0, 0, 0x1), "2001::1:0:0:1", "2001::1:0:0:1", null),
        (ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0x1, 0, 0, 0, 0, 0, 0), "2001:db8:0:0:1::", "2001:db8:0:0:1::", null),
        (ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0x1, 0, 0, 0, 0, 0, 0x1), "2001:db8::1:0:0:1", "2001:db8::1:0:0:1", null),
        (ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0xa, 0, 0xb, 0, 0xc, 0, 0xd), "2001:db8::a:b:c:d", "2001:db8::a:b:c:d", null),
        (IPv6unspecified, "::", "::", null),
        // IP wildcard equivalent address in Dial/Listen API
        (null, "<nil>", null, null),
        // Opaque byte sequence
        (ip(0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef), "?0123456789abcdef", null, new AddrError { Err = "invalid IP address", Addr = "0123456789abcdef" }),
    ];

    /// <summary>String and MarshalText.</summary>
    [Test]
    public void TestIPString()
    {
        foreach (var tt in ipStringTests)
        {
            Assert.That(tt.@in.String(), Is.EqualTo(tt.str));
            var (@out, err) = tt.@in.MarshalText();
            Assert.That(System.Text.Encoding.UTF8.GetString(@out.Span), Is.EqualTo(tt.byt ?? ""));
            Assert.That(err?.Error(), Is.EqualTo(tt.error?.Error()));
        }
    }

    private static readonly (IP @in, IPMask mask, IP @out)[] ipMaskTests =
    [
        (IPv4(192, 168, 1, 127), IPv4Mask(255, 255, 255, 128), IPv4(192, 168, 1, 0)),
        (IPv4(192, 168, 1, 127), mask(ParseIP("255.255.255.192").Span.ToArray()), IPv4(192, 168, 1, 64)),
        (IPv4(192, 168, 1, 127), mask(ParseIP("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffe0").Span.ToArray()), IPv4(192, 168, 1, 96)),
        (IPv4(192, 168, 1, 127), IPv4Mask(255, 0, 255, 0), IPv4(192, 0, 1, 0)),
        (ParseIP("2001:db8::1"), mask(ParseIP("ffff:ff80::").Span.ToArray()), ParseIP("2001:d80::")),
        (ParseIP("2001:db8::1"), mask(ParseIP("f0f0:0f0f::").Span.ToArray()), ParseIP("2000:d08::")),
    ];

    /// <summary>An address under a mask.</summary>
    [Test]
    public void TestIPMask()
    {
        foreach (var tt in ipMaskTests)
        {
            var @out = tt.@in.Mask(tt.mask);
            Assert.That(@out != null && tt.@out.Equal(@out), $"IP({tt.@in.String()}).Mask({tt.mask.String()}) = {@out.String()}, want {tt.@out.String()}");
        }
    }

    private static readonly (IPMask @in, string @out)[] ipMaskStringTests =
    [
        (IPv4Mask(255, 255, 255, 240), "fffffff0"),
        (IPv4Mask(255, 0, 128, 0), "ff008000"),
        (mask(ParseIP("ffff:ff80::").Span.ToArray()), "ffffff80000000000000000000000000"),
        (mask(ParseIP("ef00:ff80::cafe:0").Span.ToArray()), "ef00ff800000000000000000cafe0000"),
        (null, "<nil>"),
    ];

    /// <summary>Masks as text.</summary>
    [Test]
    public void TestIPMaskString()
    {
        foreach (var tt in ipMaskStringTests)
        {
            Assert.That(tt.@in.String(), Is.EqualTo(tt.@out));
        }
    }

    private static readonly (string @in, IP ip, IPNet? net, error? err)[] parseCIDRTests =
    [
        ("135.104.0.0/32", IPv4(135, 104, 0, 0), new IPNet { IP = IPv4(135, 104, 0, 0), Mask = IPv4Mask(255, 255, 255, 255) }, null),
        ("0.0.0.0/24", IPv4(0, 0, 0, 0), new IPNet { IP = IPv4(0, 0, 0, 0), Mask = IPv4Mask(255, 255, 255, 0) }, null),
        ("135.104.0.0/24", IPv4(135, 104, 0, 0), new IPNet { IP = IPv4(135, 104, 0, 0), Mask = IPv4Mask(255, 255, 255, 0) }, null),
        ("135.104.0.1/32", IPv4(135, 104, 0, 1), new IPNet { IP = IPv4(135, 104, 0, 1), Mask = IPv4Mask(255, 255, 255, 255) }, null),
        ("135.104.0.1/24", IPv4(135, 104, 0, 1), new IPNet { IP = IPv4(135, 104, 0, 0), Mask = IPv4Mask(255, 255, 255, 0) }, null),
        ("::1/128", ParseIP("::1"), new IPNet { IP = ParseIP("::1"), Mask = mask(ParseIP("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").Span.ToArray()) }, null),
        ("abcd:2345::/127", ParseIP("abcd:2345::"), new IPNet { IP = ParseIP("abcd:2345::"), Mask = mask(ParseIP("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe").Span.ToArray()) }, null),
        ("abcd:2345::/65", ParseIP("abcd:2345::"), new IPNet { IP = ParseIP("abcd:2345::"), Mask = mask(ParseIP("ffff:ffff:ffff:ffff:8000::").Span.ToArray()) }, null),
        ("abcd:2345::/64", ParseIP("abcd:2345::"), new IPNet { IP = ParseIP("abcd:2345::"), Mask = mask(ParseIP("ffff:ffff:ffff:ffff::").Span.ToArray()) }, null),
        ("abcd:2345::/63", ParseIP("abcd:2345::"), new IPNet { IP = ParseIP("abcd:2345::"), Mask = mask(ParseIP("ffff:ffff:ffff:fffe::").Span.ToArray()) }, null),
        ("abcd:2345::/33", ParseIP("abcd:2345::"), new IPNet { IP = ParseIP("abcd:2345::"), Mask = mask(ParseIP("ffff:ffff:8000::").Span.ToArray()) }, null),
        ("abcd:2345::/32", ParseIP("abcd:2345::"), new IPNet { IP = ParseIP("abcd:2345::"), Mask = mask(ParseIP("ffff:ffff::").Span.ToArray()) }, null),
        ("abcd:2344::/31", ParseIP("abcd:2344::"), new IPNet { IP = ParseIP("abcd:2344::"), Mask = mask(ParseIP("ffff:fffe::").Span.ToArray()) }, null),
        ("abcd:2300::/24", ParseIP("abcd:2300::"), new IPNet { IP = ParseIP("abcd:2300::"), Mask = mask(ParseIP("ffff:ff00::").Span.ToArray()) }, null),
        ("abcd:2345::/24", ParseIP("abcd:2345::"), new IPNet { IP = ParseIP("abcd:2300::"), Mask = mask(ParseIP("ffff:ff00::").Span.ToArray()) }, null),
        ("2001:DB8::/48", ParseIP("2001:DB8::"), new IPNet { IP = ParseIP("2001:DB8::"), Mask = mask(ParseIP("ffff:ffff:ffff::").Span.ToArray()) }, null),
        ("2001:DB8::1/48", ParseIP("2001:DB8::1"), new IPNet { IP = ParseIP("2001:DB8::"), Mask = mask(ParseIP("ffff:ffff:ffff::").Span.ToArray()) }, null),
        ("192.168.1.1/255.255.255.0", null, null, new ParseError { Type = "CIDR address", Text = "192.168.1.1/255.255.255.0" }),
        ("192.168.1.1/35", null, null, new ParseError { Type = "CIDR address", Text = "192.168.1.1/35" }),
        ("2001:db8::1/-1", null, null, new ParseError { Type = "CIDR address", Text = "2001:db8::1/-1" }),
        ("2001:db8::1/-0", null, null, new ParseError { Type = "CIDR address", Text = "2001:db8::1/-0" }),
        ("-0.0.0.0/32", null, null, new ParseError { Type = "CIDR address", Text = "-0.0.0.0/32" }),
        ("0.-1.0.0/32", null, null, new ParseError { Type = "CIDR address", Text = "0.-1.0.0/32" }),
        ("0.0.-2.0/32", null, null, new ParseError { Type = "CIDR address", Text = "0.0.-2.0/32" }),
        ("0.0.0.-3/32", null, null, new ParseError { Type = "CIDR address", Text = "0.0.0.-3/32" }),
        ("0.0.0.0/-0", null, null, new ParseError { Type = "CIDR address", Text = "0.0.0.0/-0" }),
        ("127.000.000.001/32", null, null, new ParseError { Type = "CIDR address", Text = "127.000.000.001/32" }),
        ("", null, null, new ParseError { Type = "CIDR address", Text = "" }),
    ];

    /// <summary>ParseCIDR.</summary>
    [Test]
    public void TestParseCIDR()
    {
        foreach (var tt in parseCIDRTests)
        {
            var (ip, net, err) = ParseCIDR(tt.@in);
            Assert.That(err?.Error(), Is.EqualTo(tt.err?.Error()), tt.@in);
            Assert.That(err?.GetType(), Is.EqualTo(tt.err?.GetType()), tt.@in);
            if (err == null)
            {
                Assert.That(tt.ip.Equal(ip) && tt.net!.IP.Equal(net!.IP) && same(net.Mask, tt.net.Mask), $"ParseCIDR({tt.@in}) = {ip.String()}, {net!.String()}; want {tt.ip.String()}, {tt.net!.String()}");
            }
        }
    }

    private static readonly (IP ip, IPNet net, bool ok)[] ipNetContainsTests =
    [
        (IPv4(172, 16, 1, 1), new IPNet { IP = IPv4(172, 16, 0, 0), Mask = CIDRMask(12, 32) }, true),
        (IPv4(172, 24, 0, 1), new IPNet { IP = IPv4(172, 16, 0, 0), Mask = CIDRMask(13, 32) }, false),
        (IPv4(192, 168, 0, 3), new IPNet { IP = IPv4(192, 168, 0, 0), Mask = IPv4Mask(0, 0, 255, 252) }, true),
        (IPv4(192, 168, 0, 4), new IPNet { IP = IPv4(192, 168, 0, 0), Mask = IPv4Mask(0, 255, 0, 252) }, false),
        (ParseIP("2001:db8:1:2::1"), new IPNet { IP = ParseIP("2001:db8:1::"), Mask = CIDRMask(47, 128) }, true),
        (ParseIP("2001:db8:1:2::1"), new IPNet { IP = ParseIP("2001:db8:2::"), Mask = CIDRMask(47, 128) }, false),
        (ParseIP("2001:db8:1:2::1"), new IPNet { IP = ParseIP("2001:db8:1::"), Mask = mask(ParseIP("ffff:0:ffff::").Span.ToArray()) }, true),
        (ParseIP("2001:db8:1:2::1"), new IPNet { IP = ParseIP("2001:db8:1::"), Mask = mask(ParseIP("0:0:0:ffff::").Span.ToArray()) }, false),
    ];

    /// <summary>Whether an address is in a network.</summary>
    [Test]
    public void TestIPNetContains()
    {
        foreach (var tt in ipNetContainsTests)
        {
            Assert.That(tt.net.Contains(tt.ip), Is.EqualTo(tt.ok), $"IPNet({tt.net.String()}).Contains({tt.ip.String()})");
        }
    }

    private static readonly (IPNet @in, string @out)[] ipNetStringTests =
    [
        (new IPNet { IP = IPv4(192, 168, 1, 0), Mask = CIDRMask(26, 32) }, "192.168.1.0/26"),
        (new IPNet { IP = IPv4(192, 168, 1, 0), Mask = IPv4Mask(255, 0, 255, 0) }, "192.168.1.0/ff00ff00"),
        (new IPNet { IP = ParseIP("2001:db8::"), Mask = CIDRMask(55, 128) }, "2001:db8::/55"),
        (new IPNet { IP = ParseIP("2001:db8::"), Mask = mask(ParseIP("8000:f123:0:cafe::").Span.ToArray()) }, "2001:db8::/8000f1230000cafe0000000000000000"),
    ];

    /// <summary>Networks as text.</summary>
    [Test]
    public void TestIPNetString()
    {
        foreach (var tt in ipNetStringTests)
        {
            Assert.That(tt.@in.String(), Is.EqualTo(tt.@out));
        }
    }

    private static readonly (int ones, int bits, IPMask @out)[] cidrMaskTests =
    [
        (0, 32, IPv4Mask(0, 0, 0, 0)),
        (12, 32, IPv4Mask(255, 240, 0, 0)),
        (24, 32, IPv4Mask(255, 255, 255, 0)),
        (32, 32, IPv4Mask(255, 255, 255, 255)),
        (0, 128, mask(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        (4, 128, mask(0xf0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        (48, 128, mask(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        (128, 128, mask(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)),
        (33, 32, null),
        (32, 33, null),
        (-1, 128, null),
        (128, -1, null),
    ];

    /// <summary>CIDRMask.</summary>
    [Test]
    public void TestCIDRMask()
    {
        foreach (var tt in cidrMaskTests)
        {
            var @out = CIDRMask(tt.ones, tt.bits);
            Assert.That(same(@out, tt.@out), $"CIDRMask({tt.ones}, {tt.bits}) = {@out.String()}, want {tt.@out.String()}");
        }
    }

    private static readonly IP v4addr = ip(192, 168, 0, 1);
    private static readonly IP v4mappedv6addr = ip(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 168, 0, 1);
    private static readonly IP v6addr = ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0x1, 0x23, 0, 0x12, 0, 0x1);
    private static readonly IPMask v4mask = mask(255, 255, 255, 0);
    private static readonly IPMask v4mappedv6mask = mask(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 255, 255, 255, 0);
    private static readonly IPMask v6mask = mask(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0);
    private static readonly IP badaddr = ip(192, 168, 0);
    private static readonly IPMask badmask = mask(255, 255, 0);
    private static readonly IPMask v4maskzero = mask(0, 0, 0, 0);

    private static readonly (IP inIP, IPMask inMask, IP outIP, IPMask outMask)[] networkNumberAndMaskTests =
    [
        (v4addr, v4mask, v4addr, v4mask),
        (v4addr, v4mappedv6mask, v4addr, v4mask),
        (v4mappedv6addr, v4mappedv6mask, v4addr, v4mask),
        (v4mappedv6addr, v6mask, v4addr, v4maskzero),
        (v4addr, v6mask, v4addr, v4maskzero),
        (v6addr, v6mask, v6addr, v6mask),
        (v6addr, v4mappedv6mask, v6addr, v4mappedv6mask),
        (v6addr, v4mask, null, null),
        (v4addr, badmask, null, null),
        (v4mappedv6addr, badmask, null, null),
        (v6addr, badmask, null, null),
        (badaddr, v4mask, null, null),
        (badaddr, v4mappedv6mask, null, null),
        (badaddr, v6mask, null, null),
        (badaddr, badmask, null, null),
    ];

    /// <summary>networkNumberAndMask.</summary>
    [Test]
    public void TestNetworkNumberAndMask()
    {
        foreach (var tt in networkNumberAndMaskTests)
        {
            var (ip, m) = networkNumberAndMask(new IPNet { IP = tt.inIP, Mask = tt.inMask });
            Assert.That(same(ip, tt.outIP) && same(m, tt.outMask), $"networkNumberAndMask({tt.inIP.String()}, {tt.inMask.String()}) = {ip.String()}, {m.String()}");
        }
    }

    /// <summary>SplitHostPort.</summary>
    [Test]
    public void TestSplitHostPort()
    {
        foreach (var (hostPort, host, port) in new (string, string, string)[]
        {
            // Host name
            ("localhost:http", "localhost", "http"),
            ("localhost:80", "localhost", "80"),

            // Go-specific host name with zone identifier
            ("localhost%lo0:http", "localhost%lo0", "http"),
            ("localhost%lo0:80", "localhost%lo0", "80"),
            ("[localhost%lo0]:http", "localhost%lo0", "http"), // Go 1 behavior
            ("[localhost%lo0]:80", "localhost%lo0", "80"), // Go 1 behavior

            // IP literal
            ("127.0.0.1:http", "127.0.0.1", "http"),
            ("127.0.0.1:80", "127.0.0.1", "80"),
            ("[::1]:http", "::1", "http"),
            ("[::1]:80", "::1", "80"),

            // IP literal with zone identifier
            ("[::1%lo0]:http", "::1%lo0", "http"),
            ("[::1%lo0]:80", "::1%lo0", "80"),

            // Go-specific wildcard for host name
            (":http", "", "http"), // Go 1 behavior
            (":80", "", "80"), // Go 1 behavior

            // Go-specific wildcard for service name or transport port number
            ("golang.org:", "golang.org", ""), // Go 1 behavior
            ("127.0.0.1:", "127.0.0.1", ""), // Go 1 behavior
            ("[::1]:", "::1", ""), // Go 1 behavior

            // Opaque service name
            ("golang.org:https%foo", "golang.org", "https%foo"), // Go 1 behavior
        })
        {
            Assert.That(SplitHostPort(hostPort), Is.EqualTo((host, port, (error?)null)), hostPort);
        }

        foreach (var (hostPort, text) in new (string, string)[]
        {
            ("golang.org", "missing port in address"),
            ("127.0.0.1", "missing port in address"),
            ("[::1]", "missing port in address"),
            ("[fe80::1%lo0]", "missing port in address"),
            ("[localhost%lo0]", "missing port in address"),
            ("localhost%lo0", "missing port in address"),

            ("::1", "too many colons in address"),
            ("fe80::1%lo0", "too many colons in address"),
            ("fe80::1%lo0:80", "too many colons in address"),

            // Test cases that didn't fail in Go 1

            ("[foo:bar]", "missing port in address"),
            ("[foo:bar]baz", "missing port in address"),
            ("[foo]bar:baz", "missing port in address"),

            ("[foo]:[bar]:baz", "too many colons in address"),

            ("[foo]:[bar]baz", "unexpected '[' in address"),
            ("foo[bar]:baz", "unexpected '[' in address"),

            ("foo]bar:baz", "unexpected ']' in address"),
        })
        {
            var (host, port, err) = SplitHostPort(hostPort);
            Assert.That(err, Is.InstanceOf<AddrError>(), hostPort);
            Assert.That(((AddrError)err!).Err, Is.EqualTo(text), hostPort);
            Assert.That((host, port), Is.EqualTo(("", "")), hostPort);
        }
    }

    /// <summary>JoinHostPort.</summary>
    [Test]
    public void TestJoinHostPort()
    {
        foreach (var (host, port, hostPort) in new (string, string, string)[]
        {
            // Host name
            ("localhost", "http", "localhost:http"),
            ("localhost", "80", "localhost:80"),

            // Go-specific host name with zone identifier
            ("localhost%lo0", "http", "localhost%lo0:http"),
            ("localhost%lo0", "80", "localhost%lo0:80"),

            // IP literal
            ("127.0.0.1", "http", "127.0.0.1:http"),
            ("127.0.0.1", "80", "127.0.0.1:80"),
            ("::1", "http", "[::1]:http"),
            ("::1", "80", "[::1]:80"),

            // IP literal with zone identifier
            ("::1%lo0", "http", "[::1%lo0]:http"),
            ("::1%lo0", "80", "[::1%lo0]:80"),

            // Go-specific wildcard for host name
            ("", "http", ":http"), // Go 1 behavior
            ("", "80", ":80"), // Go 1 behavior

            // Go-specific wildcard for service name or transport port number
            ("golang.org", "", "golang.org:"), // Go 1 behavior
            ("127.0.0.1", "", "127.0.0.1:"), // Go 1 behavior
            ("::1", "", "[::1]:"), // Go 1 behavior

            // Opaque service name
            ("golang.org", "https%foo", "golang.org:https%foo"), // Go 1 behavior
        })
        {
            Assert.That(JoinHostPort(host, port), Is.EqualTo(hostPort));
        }
    }

    private static readonly (IP @in, bool af4, bool af6)[] ipAddrFamilyTests =
    [
        (IPv4bcast, true, false),
        (IPv4allsys, true, false),
        (IPv4allrouter, true, false),
        (IPv4zero, true, false),
        (IPv4(224, 0, 0, 1), true, false),
        (IPv4(127, 0, 0, 1), true, false),
        (IPv4(240, 0, 0, 1), true, false),
        (IPv6unspecified, false, true),
        (IPv6loopback, false, true),
        (IPv6interfacelocalallnodes, false, true),
        (IPv6linklocalallnodes, false, true),
        (IPv6linklocalallrouters, false, true),
        (ParseIP("ff05::a:b:c:d"), false, true),
        (ParseIP("fe80::1:2:3:4"), false, true),
        (ParseIP("2001:db8::123:12:1"), false, true),
    ];

    /// <summary>IPv4 or IPv6.</summary>
    [Test]
    public void TestIPAddrFamily()
    {
        foreach (var tt in ipAddrFamilyTests)
        {
            Assert.That(tt.@in.To4() != null, Is.EqualTo(tt.af4), tt.@in.String());
            Assert.That(tt.@in.Length == IPv6len && tt.@in.To4() == null, Is.EqualTo(tt.af6), tt.@in.String());
        }
    }

    private static readonly (string name, Func<IP, bool> scope, IP @in, bool ok)[] ipAddrScopeTests =
    [
        ("IsUnspecified", static ip => ip.IsUnspecified(), IPv4zero, true),
        ("IsUnspecified", static ip => ip.IsUnspecified(), IPv4(127, 0, 0, 1), false),
        ("IsUnspecified", static ip => ip.IsUnspecified(), IPv6unspecified, true),
        ("IsUnspecified", static ip => ip.IsUnspecified(), IPv6interfacelocalallnodes, false),
        ("IsUnspecified", static ip => ip.IsUnspecified(), null, false),
        ("IsLoopback", static ip => ip.IsLoopback(), IPv4(127, 0, 0, 1), true),
        ("IsLoopback", static ip => ip.IsLoopback(), IPv4(127, 255, 255, 254), true),
        ("IsLoopback", static ip => ip.IsLoopback(), IPv4(128, 1, 2, 3), false),
        ("IsLoopback", static ip => ip.IsLoopback(), IPv6loopback, true),
        ("IsLoopback", static ip => ip.IsLoopback(), IPv6linklocalallrouters, false),
        ("IsLoopback", static ip => ip.IsLoopback(), null, false),
        ("IsMulticast", static ip => ip.IsMulticast(), IPv4(224, 0, 0, 0), true),
        ("IsMulticast", static ip => ip.IsMulticast(), IPv4(239, 0, 0, 0), true),
        ("IsMulticast", static ip => ip.IsMulticast(), IPv4(240, 0, 0, 0), false),
        ("IsMulticast", static ip => ip.IsMulticast(), IPv6linklocalallnodes, true),
        ("IsMulticast", static ip => ip.IsMulticast(), ip(0xff, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), true),
        ("IsMulticast", static ip => ip.IsMulticast(), ip(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), false),
        ("IsMulticast", static ip => ip.IsMulticast(), null, false),
        ("IsInterfaceLocalMulticast", static ip => ip.IsInterfaceLocalMulticast(), IPv4(224, 0, 0, 0), false),
        ("IsInterfaceLocalMulticast", static ip => ip.IsInterfaceLocalMulticast(), IPv4(0xff, 0x01, 0, 0), false),
        ("IsInterfaceLocalMulticast", static ip => ip.IsInterfaceLocalMulticast(), IPv6interfacelocalallnodes, true),
        ("IsInterfaceLocalMulticast", static ip => ip.IsInterfaceLocalMulticast(), null, false),
        ("IsLinkLocalMulticast", static ip => ip.IsLinkLocalMulticast(), IPv4(224, 0, 0, 0), true),
        ("IsLinkLocalMulticast", static ip => ip.IsLinkLocalMulticast(), IPv4(239, 0, 0, 0), false),
        ("IsLinkLocalMulticast", static ip => ip.IsLinkLocalMulticast(), IPv4(0xff, 0x02, 0, 0), false),
        ("IsLinkLocalMulticast", static ip => ip.IsLinkLocalMulticast(), IPv6linklocalallrouters, true),
        ("IsLinkLocalMulticast", static ip => ip.IsLinkLocalMulticast(), ip(0xff, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), false),
        ("IsLinkLocalMulticast", static ip => ip.IsLinkLocalMulticast(), null, false),
        ("IsLinkLocalUnicast", static ip => ip.IsLinkLocalUnicast(), IPv4(169, 254, 0, 0), true),
        ("IsLinkLocalUnicast", static ip => ip.IsLinkLocalUnicast(), IPv4(169, 255, 0, 0), false),
        ("IsLinkLocalUnicast", static ip => ip.IsLinkLocalUnicast(), IPv4(0xfe, 0x80, 0, 0), false),
        ("IsLinkLocalUnicast", static ip => ip.IsLinkLocalUnicast(), ip(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), true),
        ("IsLinkLocalUnicast", static ip => ip.IsLinkLocalUnicast(), ip(0xfe, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), false),
        ("IsLinkLocalUnicast", static ip => ip.IsLinkLocalUnicast(), null, false),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), IPv4(240, 0, 0, 0), true),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), IPv4(232, 0, 0, 0), false),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), IPv4(169, 254, 0, 0), false),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), IPv4bcast, false),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), ip(0x20, 0x1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0x1, 0x23, 0, 0x12, 0, 0x1), true),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), ip(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), false),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), ip(0xff, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), false),
        ("IsGlobalUnicast", static ip => ip.IsGlobalUnicast(), null, false),
        ("IsPrivate", static ip => ip.IsPrivate(), null, false),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(1, 1, 1, 1), false),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(9, 255, 255, 255), false),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(10, 0, 0, 0), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(10, 255, 255, 255), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(11, 0, 0, 0), false),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(172, 15, 255, 255), false),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(172, 16, 0, 0), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(172, 16, 255, 255), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(172, 23, 18, 255), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(172, 31, 255, 255), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(172, 31, 0, 0), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(172, 32, 0, 0), false),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(192, 167, 255, 255), false),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(192, 168, 0, 0), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(192, 168, 255, 255), true),
        ("IsPrivate", static ip => ip.IsPrivate(), IPv4(192, 169, 0, 0), false),
        ("IsPrivate", static ip => ip.IsPrivate(), ip(0xfb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), false),
        ("IsPrivate", static ip => ip.IsPrivate(), ip(0xfc, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), true),
        ("IsPrivate", static ip => ip.IsPrivate(), ip(0xfc, 0xff, 0x12, 0, 0, 0, 0, 0x44, 0, 0, 0, 0, 0, 0, 0, 0), true),
        ("IsPrivate", static ip => ip.IsPrivate(), ip(0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), true),
        ("IsPrivate", static ip => ip.IsPrivate(), ip(0xfe, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), false),
    ];

    /// <summary>IsLoopback and the like, for both lengths of an IPv4 address.</summary>
    [Test]
    public void TestIPAddrScope()
    {
        foreach (var tt in ipAddrScopeTests)
        {
            Assert.That(tt.scope(tt.@in), Is.EqualTo(tt.ok), $"{tt.name}({tt.@in.String()})");
            var ip = tt.@in.To4();
            if (ip == null)
            {
                continue;
            }
            Assert.That(tt.scope(ip), Is.EqualTo(tt.ok), $"{tt.name}({ip.String()})");
        }
    }
}
