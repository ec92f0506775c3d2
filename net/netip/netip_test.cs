// Ports src/net/netip/netip_test.go and netip_pkg_test.go of go1.20, as far as addresses and ports go: nothing of
// prefixes, of marshalling and of allocations.
using System.Collections.Generic;
using System.Linq;
using static golang.netip;

namespace golang;

/// <summary>Addresses, and addresses with ports.</summary>
[TestFixture]
public class netip_test
{
    private static Addr mustIP(string s) => MustParseAddr(s);

    private static Addr MkAddr(uint64 hi, uint64 lo, object z) => new Addr { addr = new uint128(hi, lo), z = z };

    private static readonly (string @in, Addr ip, string str, string wantErr)[] validIPs =
    [
        // Zero, IPv4.
        ("0.0.0.0", MkAddr(0, 0xffff00000000, z4), "", ""),
        // Not zero, IPv4.
        ("192.168.140.255", MkAddr(0, 0xffffc0a88cff, z4), "", ""),
        // IPv4 with all digits, as Windows writes it.
        ("010.000.015.001", default, "", "ParseAddr(\"010.000.015.001\"): IPv4 field has octet with leading zero"),
        // IPv4 with more zeros than anybody writes.
        ("000001.00000002.00000003.000000004", default, "", "ParseAddr(\"000001.00000002.00000003.000000004\"): IPv4 field has octet with leading zero"),
        // A leading zero in IPv4 that is mapped into IPv6.
        ("::ffff:1.2.03.4", default, "", "ParseAddr(\"::ffff:1.2.03.4\"): ParseAddr(\"1.2.03.4\"): IPv4 field has octet with leading zero (at \"1.2.03.4\")"),
        // Zero, IPv6.
        ("::", MkAddr(0, 0, z6noz), "", ""),
        // Loopback, IPv6.
        ("::1", MkAddr(0, 1, z6noz), "", ""),
        // IPv6 in full.
        ("fd7a:115c:a1e0:ab12:4843:cd96:626b:430b", MkAddr(0xfd7a115ca1e0ab12, 0x4843cd96626b430b, z6noz), "", ""),
        // "::" in the middle.
        ("fd7a:115c::626b:430b", MkAddr(0xfd7a115c00000000, 0x00000000626b430b, z6noz), "", ""),
        // "::" at the end.
        ("fd7a:115c:a1e0:ab12:4843:cd96::", MkAddr(0xfd7a115ca1e0ab12, 0x4843cd9600000000, z6noz), "", ""),
        // "::" for one field, at the end.
        ("fd7a:115c:a1e0:ab12:4843:cd96:626b::", MkAddr(0xfd7a115ca1e0ab12, 0x4843cd96626b0000, z6noz), "fd7a:115c:a1e0:ab12:4843:cd96:626b:0", ""),
        // "::" for one field, in the middle.
        ("fd7a:115c:a1e0::4843:cd96:626b:430b", MkAddr(0xfd7a115ca1e00000, 0x4843cd96626b430b, z6noz), "fd7a:115c:a1e0:0:4843:cd96:626b:430b", ""),
        // IPv6 whose last 32 bits are written as IPv4.
        ("::ffff:192.168.140.255", MkAddr(0, 0x0000ffffc0a88cff, z6noz), "::ffff:192.168.140.255", ""),
        // IPv6 with a zone.
        ("fd7a:115c:a1e0:ab12:4843:cd96:626b:430b%eth0", MkAddr(0xfd7a115ca1e0ab12, 0x4843cd96626b430b, string.Intern("eth0")), "", ""),
        // IPv6 with IPv4 at the end and a zone.
        ("1:2::ffff:192.168.140.255%eth1", MkAddr(0x0001000200000000, 0x0000ffffc0a88cff, string.Intern("eth1")), "1:2::ffff:c0a8:8cff%eth1", ""),
        // IPv4 mapped into IPv6, with a zone.
        ("::ffff:192.168.140.255%eth1", MkAddr(0, 0x0000ffffc0a88cff, string.Intern("eth1")), "::ffff:192.168.140.255%eth1", ""),
        // IPv6 in capitals.
        ("FD9E:1A04:F01D::1", MkAddr(0xfd9e1a04f01d0000, 0x1, z6noz), "fd9e:1a04:f01d::1", ""),
    ];

    private static readonly string[] invalidIPs =
    [
        // Nothing.
        "",
        // No address.
        "bad",
        // One number.
        "1234",
        // IPv4 with a zone.
        "1.2.3.4%eth0",
        // Fields of IPv4 without a digit.
        ".1.2.3",
        "1.2.3.",
        "1..2.3",
        // Too many fields.
        "1.2.3.4.5",
        // Octal.
        "0300.0250.0214.0377",
        // Hexadecimal.
        "0xc0.0xa8.0x8c.0xff",
        // Class B.
        "192.168.12345",
        // Class B, with a number that would do for a field.
        "127.0.1",
        // Class A.
        "192.1234567",
        // Class A, with a number that would do for a field.
        "127.1",
        // A field above 255.
        "192.168.300.1",
        // Too many fields.
        "192.168.0.1.5.6",
        // IPv6 with too few fields.
        "1:2:3:4:5:6:7",
        // IPv6 with too many.
        "1:2:3:4:5:6:7:8:9",
        // Eight fields and "::".
        "1:2:3:4::5:6:7:8",
        // A field of more than two bytes.
        "fe801::1",
        // Fields that are not hexadecimal.
        "fe80:tail:scal:e::",
        // A % without a zone.
        "fe80::1%",
        // Too many fields before IPv4.
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:192.168.140.255",
        // The same with "::".
        "ffff::ffff:ffff:ffff:ffff:ffff:ffff:192.168.140.255",
        // IPv4 at the end that is none.
        "::ffff:192.168.140.bad",
        // "::" twice.
        "fe80::1::1",
        // A character that may not be there.
        "fe80:1?:1",
        // A colon at the end.
        "fe80:",
    ];

    /// <summary>Text becomes an address and the address the text.</summary>
    [Test]
    public void TestParseAddr()
    {
        foreach (var test in validIPs)
        {
            var (got, err) = ParseAddr(test.@in);
            if (err != null)
            {
                Assert.That(err.Error(), Is.EqualTo(test.wantErr), test.@in);
                continue;
            }
            Assert.That(test.wantErr, Is.Empty, test.@in);
            Assert.That(got, Is.EqualTo(test.ip), test.@in);

            // The same text gives the same address.
            (var got2, err) = ParseAddr(test.@in);
            Assert.That(err, Is.Null);
            Assert.That(got2 == got, test.@in);

            // The text of an address gives the address.
            var s = got.String();
            (var got3, err) = ParseAddr(s);
            Assert.That(err, Is.Null);
            Assert.That(got3 == got, test.@in);

            var wants = test.str;
            if (wants == "")
            {
                wants = test.@in;
            }
            Assert.That(s, Is.EqualTo(wants));
        }

        foreach (var s in invalidIPs)
        {
            var (got, err) = ParseAddr(s);
            Assert.That(err, Is.Not.Null, $"ParseAddr({s}) = {got.String()}");
        }
    }

    /// <summary>What an error says is quoted as Go quotes it.</summary>
    [Test]
    public void TestParseAddrErrorQuotes()
    {
        var (_, err) = ParseAddr("1.2.3.\t\"\\\u0001\u00e9\u00a0");
        Assert.That(err!.Error(), Is.EqualTo("ParseAddr(\"1.2.3.\\t\\\"\\\\\\x01\u00e9\\u00a0\"): unexpected character (at \"\\t\\\"\\\\\\x01\u00e9\\u00a0\")"));
    }

    /// <summary>Four or sixteen bytes are an address.</summary>
    [Test]
    public void TestAddrFromSlice()
    {
        (byte[]? ip, Addr wantAddr, bool wantOK)[] tests =
        [
            ([10, 0, 0, 1], mustIP("10.0.0.1"), true),
            ([0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01], mustIP("fe80::01"), true),
            ([0, 1, 2], default, false),
            (null, default, false),
        ];
        foreach (var tt in tests)
        {
            var (addr, ok) = AddrFromSlice(tt.ip);
            Assert.That((addr, ok), Is.EqualTo((tt.wantAddr, tt.wantOK)));
        }
    }

    private static InlineArray4<byte> array4(byte[] b) => MemoryMarshal.Read<InlineArray4<byte>>(b);

    private static InlineArray16<byte> array16(byte[] b) => MemoryMarshal.Read<InlineArray16<byte>>(b);

    /// <summary>Four bytes are an IPv4 address.</summary>
    [Test]
    public void TestIPv4Constructors()
    {
        Assert.That(AddrFrom4(array4([1, 2, 3, 4])) == MustParseAddr("1.2.3.4"));
    }

    /// <summary>Sixteen bytes are an IPv6 address.</summary>
    [Test]
    public void TestAddrFrom16()
    {
        Assert.That(AddrFrom16(array16([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])), Is.EqualTo(MkAddr(0, 1, z6noz)));
        Assert.That(AddrFrom16(array16([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 1, 2, 3, 4])), Is.EqualTo(MkAddr(0, 0xffff01020304, z6noz)));
    }

    /// <summary>The addresses that have a function.</summary>
    [Test]
    public void TestAddrWellKnown()
    {
        Assert.That(IPv6LinkLocalAllNodes().String(), Is.EqualTo("ff02::1"));
        Assert.That(IPv6LinkLocalAllRouters().String(), Is.EqualTo("ff02::2"));
        Assert.That(IPv6Loopback().String(), Is.EqualTo("::1"));
        Assert.That(IPv6Unspecified().String(), Is.EqualTo("::"));
        Assert.That(IPv4Unspecified().String(), Is.EqualTo("0.0.0.0"));
    }

    /// <summary>The order of addresses.</summary>
    [Test]
    public void TestLessCompare()
    {
        (Addr a, Addr b, bool want)[] tests =
        [
            (default, default, false),
            (default, mustIP("1.2.3.4"), true),
            (mustIP("1.2.3.4"), default, false),

            (mustIP("1.2.3.4"), mustIP("0102:0304::0"), true),
            (mustIP("0102:0304::0"), mustIP("1.2.3.4"), false),
            (mustIP("1.2.3.4"), mustIP("1.2.3.4"), false),

            (mustIP("::1"), mustIP("::2"), true),
            (mustIP("::1"), mustIP("::1%foo"), true),
            (mustIP("::1%foo"), mustIP("::2"), true),
            (mustIP("::2"), mustIP("::3"), true),

            (mustIP("::"), mustIP("0.0.0.0"), false),
            (mustIP("0.0.0.0"), mustIP("::"), true),

            (mustIP("::1%a"), mustIP("::1%b"), true),
            (mustIP("::1%a"), mustIP("::1%a"), false),
            (mustIP("::1%b"), mustIP("::1%a"), false),
        ];
        foreach (var tt in tests)
        {
            var what = $"{tt.a.String()}, {tt.b.String()}";
            var got = tt.a.Less(tt.b);
            Assert.That(got, Is.EqualTo(tt.want), what);
            var cmp = tt.a.Compare(tt.b);
            Assert.That(!got || cmp == -1, what);
            Assert.That(cmp, Is.InRange(-1, 1), what);
            Assert.That(cmp != 0 || tt.a == tt.b, what);
            Assert.That(cmp != 1 || tt.b.Less(tt.a), what);
            Assert.That(!got || !tt.b.Less(tt.a), what);
        }

        // Sort.
        var values = new List<Addr> { mustIP("::1"), mustIP("::2"), default, mustIP("1.2.3.4"), mustIP("8.8.8.8"), mustIP("::1%foo") };
        values.Sort((i, j) => i.Compare(j));
        Assert.That(string.Join(" ", values.Select(v => v.String())), Is.EqualTo("invalid IP 1.2.3.4 8.8.8.8 ::1 ::1%foo ::2"));
    }

    /// <summary>IPv6 in full.</summary>
    [Test]
    public void TestIPStringExpanded()
    {
        Assert.That(new Addr().StringExpanded(), Is.EqualTo("invalid IP"));
        Assert.That(mustIP("192.0.2.1").StringExpanded(), Is.EqualTo("192.0.2.1"));
        Assert.That(mustIP("::ffff:192.0.2.1").StringExpanded(), Is.EqualTo("0000:0000:0000:0000:0000:ffff:c000:0201"));
        Assert.That(mustIP("2001:db8::1").StringExpanded(), Is.EqualTo("2001:0db8:0000:0000:0000:0000:0000:0001"));
        Assert.That(mustIP("2001:db8::1%eth0").StringExpanded(), Is.EqualTo("2001:0db8:0000:0000:0000:0000:0000:0001%eth0"));
    }

    /// <summary>The family.</summary>
    [Test]
    public void TestIs4AndIs6()
    {
        (Addr ip, bool is4, bool is6)[] tests =
        [
            (default, false, false),
            (mustIP("1.2.3.4"), true, false),
            (mustIP("127.0.0.2"), true, false),
            (mustIP("::1"), false, true),
            (mustIP("::ffff:192.0.2.128"), false, true),
            (mustIP("::fffe:c000:0280"), false, true),
            (mustIP("::1%eth0"), false, true),
        ];
        foreach (var tt in tests)
        {
            Assert.That((tt.ip.Is4(), tt.ip.Is6()), Is.EqualTo((tt.is4, tt.is6)), tt.ip.String());
        }
    }

    /// <summary>IPv4 mapped into IPv6.</summary>
    [Test]
    public void TestIs4In6()
    {
        (Addr ip, bool want, Addr wantUnmap)[] tests =
        [
            (default, false, default),
            (mustIP("::ffff:c000:0280"), true, mustIP("192.0.2.128")),
            (mustIP("::ffff:192.0.2.128"), true, mustIP("192.0.2.128")),
            (mustIP("::ffff:192.0.2.128%eth0"), true, mustIP("192.0.2.128")),
            (mustIP("::fffe:c000:0280"), false, mustIP("::fffe:c000:0280")),
            (mustIP("::ffff:127.1.2.3"), true, mustIP("127.1.2.3")),
            (mustIP("::ffff:7f01:0203"), true, mustIP("127.1.2.3")),
            (mustIP("0:0:0:0:0000:ffff:127.1.2.3"), true, mustIP("127.1.2.3")),
            (mustIP("0:0:0:0:000000:ffff:127.1.2.3"), true, mustIP("127.1.2.3")),
            (mustIP("0:0:0:0::ffff:127.1.2.3"), true, mustIP("127.1.2.3")),
            (mustIP("::1"), false, mustIP("::1")),
            (mustIP("1.2.3.4"), false, mustIP("1.2.3.4")),
        ];
        foreach (var tt in tests)
        {
            Assert.That((tt.ip.Is4In6(), tt.ip.Unmap()), Is.EqualTo((tt.want, tt.wantUnmap)), tt.ip.String());
        }
    }

    /// <summary>An address as four bytes, or a panic.</summary>
    [Test]
    public void TestAs4()
    {
        (Addr ip, byte[] want, bool wantPanic)[] tests =
        [
            (mustIP("1.2.3.4"), [1, 2, 3, 4], false),
            (AddrFrom16(mustIP("1.2.3.4").As16()), [1, 2, 3, 4], false), // mapped into IPv6
            (mustIP("0.0.0.0"), [0, 0, 0, 0], false),
            (default, [], true),
            (mustIP("::1"), [], true),
        ];
        foreach (var tt in tests)
        {
            if (tt.wantPanic)
            {
                Assert.That(() => tt.ip.As4(), Throws.Exception, tt.ip.String());
                continue;
            }
            var got = tt.ip.As4();
            Assert.That(got[..].ToArray(), Is.EqualTo(tt.want), tt.ip.String());
        }
    }

    /// <summary>An address as bytes.</summary>
    [Test]
    public void TestAsSlice()
    {
        Assert.That(new Addr().AsSlice(), Is.Null);
        Assert.That(mustIP("1.2.3.4").AsSlice(), Is.EqualTo(new byte[] { 1, 2, 3, 4 }));
        Assert.That(mustIP("ffff::1").AsSlice(), Is.EqualTo(new byte[] { 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 }));
    }

    /// <summary>The ends of the range have no neighbour, and those in between have two.</summary>
    [Test]
    public void TestIPNextPrev()
    {
        foreach (var (ip, next, prev) in new[]
        {
            ("10.0.0.1", "10.0.0.2", "10.0.0.0"),
            ("10.0.0.255", "10.0.1.0", "10.0.0.254"),
            ("::1", "::2", "::"),
            ("::ffff:ffff:ffff:ffff", "0:0:0:1::", "::ffff:ffff:ffff:fffe"),
        })
        {
            Assert.That(mustIP(ip).Next(), Is.EqualTo(mustIP(next)));
            Assert.That(mustIP(ip).Prev(), Is.EqualTo(mustIP(prev)));
            Assert.That(mustIP(next).Prev(), Is.EqualTo(mustIP(ip)));
        }
        foreach (var ip in new[] { mustIP("0.0.0.0"), mustIP("::") })
        {
            Assert.That(ip.Prev().isZero(), ip.String());
        }
        foreach (var ip in new[] { mustIP("255.255.255.255"), mustIP("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff") })
        {
            Assert.That(ip.Next().isZero(), ip.String());
        }
    }

    /// <summary>A zone is taken and given back, and only IPv6 has one.</summary>
    [Test]
    public void TestIPWithZone()
    {
        Assert.That(mustIP("fe80::1").WithZone("eth0"), Is.EqualTo(mustIP("fe80::1%eth0")));
        Assert.That(mustIP("fe80::1%eth0").Zone(), Is.EqualTo("eth0"));
        Assert.That(mustIP("fe80::1%eth0").WithZone(""), Is.EqualTo(mustIP("fe80::1")));
        Assert.That(mustIP("fe80::1%eth0").withoutZone().hasZone(), Is.False);
        Assert.That(mustIP("1.2.3.4").WithZone("eth0"), Is.EqualTo(mustIP("1.2.3.4")));
        Assert.That(new Addr().WithZone("eth0").IsValid(), Is.False);
        // Equal names are one zone, however they were made.
        Assert.That(mustIP("::1").WithZone(new string(['a', 'b'])) == mustIP("::1%ab"));
    }

    /// <summary>Text becomes an address with a port and back.</summary>
    [Test]
    public void TestParseAddrPort()
    {
        (string @in, AddrPort want, bool wantErr)[] tests =
        [
            ("1.2.3.4:1234", AddrPortFrom(mustIP("1.2.3.4"), 1234), false),
            ("1.1.1.1:123456", default, true),
            ("1.1.1.1:-123", default, true),
            ("1.1.1.1:+123", default, true),
            ("1.1.1.1:80\0", default, true),
            ("[::1]:1234", AddrPortFrom(mustIP("::1"), 1234), false),
            ("[fe80::1%eth0]:65535", AddrPortFrom(mustIP("fe80::1%eth0"), 65535), false),
            ("[1.2.3.4]:1234", default, true),
            ("fe80::1:1234", default, true),
            (":0", default, true), // that form would need a function of its own
        ];
        foreach (var test in tests)
        {
            var (got, err) = ParseAddrPort(test.@in);
            Assert.That(err != null, Is.EqualTo(test.wantErr), test.@in);
            if (err != null)
            {
                continue;
            }
            Assert.That(got, Is.EqualTo(test.want), test.@in);
            Assert.That(got.String(), Is.EqualTo(test.@in));
        }
        var (_, err1) = ParseAddrPort("1.1.1.1:123456");
        Assert.That(err1!.Error(), Is.EqualTo("invalid port \"123456\" parsing \"1.1.1.1:123456\""));
        (_, err1) = ParseAddrPort("[1.2.3.4]:1234");
        Assert.That(err1!.Error(), Is.EqualTo("invalid ip:port \"[1.2.3.4]:1234\", square brackets can only be used with IPv6 addresses"));
    }

    /// <summary>The text of an AddrPort that is none.</summary>
    [Test]
    public void TestInvalidAddrPortString()
    {
        Assert.That(new AddrPort().String(), Is.EqualTo("invalid AddrPort"));
        Assert.That(AddrPortFrom(default, 80).String(), Is.EqualTo("invalid AddrPort"));
    }

    /// <summary>What kind of address it is.</summary>
    [Test]
    public void TestIPProperties()
    {
        Assert.That(mustIP("127.0.0.1").IsLoopback() && mustIP("::1").IsLoopback());
        Assert.That(mustIP("224.0.0.1").IsMulticast() && mustIP("ff02::1").IsMulticast() && mustIP("fe80::1").IsMulticast() == false);
        Assert.That(mustIP("224.0.0.1").IsLinkLocalMulticast() && mustIP("ff02::1").IsLinkLocalMulticast() && mustIP("ff01::1").IsInterfaceLocalMulticast());
        Assert.That(mustIP("169.254.0.1").IsLinkLocalUnicast() && mustIP("fe80::1").IsLinkLocalUnicast());
        Assert.That(mustIP("10.0.0.1").IsPrivate() && mustIP("172.16.0.1").IsPrivate() && mustIP("192.168.1.1").IsPrivate() && mustIP("fd00::1").IsPrivate() && !mustIP("8.8.8.8").IsPrivate());
        Assert.That(mustIP("8.8.8.8").IsGlobalUnicast() && mustIP("10.0.0.1").IsGlobalUnicast() && !mustIP("255.255.255.255").IsGlobalUnicast() && !new Addr().IsGlobalUnicast());
        Assert.That(mustIP("0.0.0.0").IsUnspecified() && mustIP("::").IsUnspecified() && !new Addr().IsUnspecified());
        Assert.That((new Addr().BitLen(), mustIP("0.0.0.0").BitLen(), mustIP("::").BitLen(), mustIP("::ffff:1.2.3.4").BitLen()), Is.EqualTo((0, 32, 128, 128)));
    }
}
