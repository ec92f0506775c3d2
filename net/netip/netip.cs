// Ports src/net/netip/netip.go of go1.20.

using System.Collections.Generic;
using System.Globalization;

namespace golang;

/// <summary>
/// Package netip: an IP address that is a small value, Addr, and AddrPort, such an address with a port.
/// Beside net.IP an Addr takes less memory, does not change and can be compared.
/// Ports src/net/netip as far as package net uses it.
/// </summary>
public static partial class netip
{
    /// <summary>
    /// An IPv4 or IPv6 address; an IPv6 address may have a zone. It can be compared by == and never changes.
    /// default(Addr) is no valid address, and neither 0.0.0.0 nor ::. Go: src/net/netip/netip.go.
    /// </summary>
    public partial struct Addr : IEquatable<Addr>
    {
        // addr has the 128 bits of an IPv6 address, first byte first, the
        // upper ones in hi and the others in lo. With z == z4 it is the
        // IPv4 address mapped into IPv6.
        //
        // 0011:2233:4455:6677:8899:aabb:ccdd:eeff for instance is
        //	addr.hi = 0x0011223344556677
        //	addr.lo = 0x8899aabbccddeeff
        //
        // Most of what is done with addresses is then arithmetic on two
        // words, which is much faster than a loop over bytes.
        internal uint128 addr;

        // z is the family and the zone in one:
        //
        // null is no address at all (default(Addr)),
        // z4 is an IPv4 address,
        // z6noz is an IPv6 address without a zone;
        // all else is the zone's name, interned.
        // PORT(intern): Go's is an *intern.Value.
        internal object? z;

        // PORT(equal): == of a struct.
        public static bool operator ==(Addr x, Addr y)
        {
            return x.addr.hi == y.addr.hi && x.addr.lo == y.addr.lo && x.z == y.z;
        }

        public static bool operator !=(Addr x, Addr y) => !(x == y);

        public readonly bool Equals(Addr x) => this == x;

        public override readonly bool Equals(object? x) => x is Addr ip && this == ip;

        public override readonly int GetHashCode() => HashCode.Combine(addr.hi, addr.lo, z);
    }

    // The values of Addr.z with a meaning of their own; see there.
    internal static readonly object? z0 = null;
    internal static readonly object z4 = new object();
    internal static readonly object z6noz = new object();

    /// <summary>The multicast address of all nodes of an IPv6 link, ff02::1. Go: src/net/netip/netip.go.</summary>
    public static Addr IPv6LinkLocalAllNodes()
    {
        return AddrFrom16(array16(0xff, 0x02, 0x01)); // PORT(array)
    }

    /// <summary>The multicast address of all routers of an IPv6 link, ff02::2. Go: src/net/netip/netip.go.</summary>
    public static Addr IPv6LinkLocalAllRouters()
    {
        return AddrFrom16(array16(0xff, 0x02, 0x02)); // PORT(array)
    }

    /// <summary>The IPv6 loopback address, ::1. Go: src/net/netip/netip.go.</summary>
    public static Addr IPv6Loopback()
    {
        return AddrFrom16(array16(0, 0, 0x01)); // PORT(array)
    }

    // PORT(array): a composite literal of an array, with its first, second and last byte.
    private static InlineArray16<byte> array16(byte b0, byte b1, byte b15)
    {
        InlineArray16<byte> a = default;
        a[0] = b0;
        a[1] = b1;
        a[15] = b15;
        return a;
    }

    /// <summary>The unspecified IPv6 address, "::". Go: src/net/netip/netip.go.</summary>
    public static Addr IPv6Unspecified()
    {
        return new Addr { z = z6noz };
    }

    /// <summary>The unspecified IPv4 address, "0.0.0.0". Go: src/net/netip/netip.go.</summary>
    public static Addr IPv4Unspecified()
    {
        return AddrFrom4(default);
    }

    /// <summary>The IPv4 address of four bytes. Go: src/net/netip/netip.go.</summary>
    /// <param name="addr">The bytes, in network order.</param>
    public static Addr AddrFrom4(InlineArray4<byte> addr)
    {
        return new Addr
        {
            addr = new uint128(0, 0xffff00000000 | (uint64)addr[0] << 24 | (uint64)addr[1] << 16 | (uint64)addr[2] << 8 | (uint64)addr[3]),
            z = z4,
        };
    }

    /// <summary>
    /// The IPv6 address of sixteen bytes. One that IPv4 is mapped into stays an IPv6 address; see Addr.Unmap.
    /// Go: src/net/netip/netip.go.
    /// </summary>
    /// <param name="addr">The bytes, in network order.</param>
    public static Addr AddrFrom16(InlineArray16<byte> addr)
    {
        return new Addr
        {
            addr = new uint128(
                beUint64(addr[..8]),
                beUint64(addr[8..])
            ),
            z = z6noz,
        };
    }

    /// <summary>
    /// Reads an address: dotted decimal ("192.0.2.1"), IPv6 ("2001:db8::68"), or IPv6 with a zone
    /// ("fe80::1cc0:3e8c:119f:c2e1%ens18"). The error says what is wrong with s and where.
    /// Go: src/net/netip/netip.go.
    /// </summary>
    /// <param name="s">The text.</param>
    public static (Addr ip, error? err) ParseAddr(string s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            switch (s[i])
            {
                case '.':
                    return parseIPv4(s);
                case ':':
                    return parseIPv6(s);
                case '%':
                    // Take it for an IPv6 address with a zone that lacks the
                    // address.
                    return (new Addr(), new parseAddrError { @in = s, msg = "missing IPv6 address" });
            }
        }
        return (new Addr(), new parseAddrError { @in = s, msg = "unable to parse IP" });
    }

    /// <summary>ParseAddr, which panics on an error: for literals in tests. Go: src/net/netip/netip.go.</summary>
    /// <param name="s">The text.</param>
    public static Addr MustParseAddr(string s)
    {
        var (ip, err) = ParseAddr(s);
        if (err != null)
        {
            builtin.panic(err);
        }
        return ip;
    }

    internal sealed class parseAddrError : error
    {
        internal string @in = ""; // what ParseAddr was given
        internal string msg = ""; // what is wrong
        internal string at = ""; // the rest of in from where it went wrong, if that is known

        public string Error()
        {
            var q = quote; // PORT(strconv)
            if (at != "")
            {
                return "ParseAddr(" + q(@in) + "): " + msg + " (at " + q(at) + ")";
            }
            return "ParseAddr(" + q(@in) + "): " + msg;
        }

        // PORT(equal): == of a struct.
        public override bool Equals(object? x)
        {
            return x is parseAddrError err && err.@in == @in && err.msg == msg && err.at == at;
        }

        public override int GetHashCode()
        {
            return HashCode.Combine(@in, msg, at);
        }
    }

    // quote is s as a literal of Go.
    // PORT(strconv): strconv.Quote; what can be printed is asked of the CLR.
    private static string quote(string s)
    {
        var b = new System.Text.StringBuilder();
        b.Append('"');
        foreach (var r in s.EnumerateRunes())
        {
            switch (r.Value)
            {
                case '"':
                case '\\':
                    b.Append('\\').Append((char)r.Value);
                    continue;
                case '\a':
                    b.Append("\\a");
                    continue;
                case '\b':
                    b.Append("\\b");
                    continue;
                case '\f':
                    b.Append("\\f");
                    continue;
                case '\n':
                    b.Append("\\n");
                    continue;
                case '\r':
                    b.Append("\\r");
                    continue;
                case '\t':
                    b.Append("\\t");
                    continue;
                case '\v':
                    b.Append("\\v");
                    continue;
            }
            if (r.Value < ' ' || r.Value == 0x7f)
            {
                b.Append("\\x").Append(r.Value.ToString("x2"));
            }
            else if (r.Value == ' ' || System.Text.Rune.IsLetterOrDigit(r) || System.Text.Rune.IsNumber(r) || System.Text.Rune.IsPunctuation(r) || System.Text.Rune.IsSymbol(r) ||
                System.Text.Rune.GetUnicodeCategory(r) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark)
            {
                b.Append(r.ToString());
            }
            else if (r.IsBmp)
            {
                b.Append("\\u").Append(r.Value.ToString("x4"));
            }
            else
            {
                b.Append("\\U").Append(r.Value.ToString("x8"));
            }
        }
        b.Append('"');
        return b.ToString();
    }

    // parseIPv4 reads an IPv4 address ("192.168.0.1").
    internal static (Addr ip, error? err) parseIPv4(string s)
    {
        InlineArray4<uint8> fields = default;
        int val = 0, pos = 0;
        var digLen = 0; // how many digits the octet has so far
        for (var i = 0; i < s.Length; i++)
        {
            if (s[i] >= '0' && s[i] <= '9')
            {
                if (digLen == 1 && val == 0)
                {
                    return (new Addr(), new parseAddrError { @in = s, msg = "IPv4 field has octet with leading zero" });
                }
                val = val * 10 + (int)s[i] - '0';
                digLen++;
                if (val > 255)
                {
                    return (new Addr(), new parseAddrError { @in = s, msg = "IPv4 field has value >255" });
                }
            }
            else if (s[i] == '.')
            {
                // .1.2.3
                // 1.2.3.
                // 1..2.3
                if (i == 0 || i == s.Length - 1 || s[i - 1] == '.')
                {
                    return (new Addr(), new parseAddrError { @in = s, msg = "IPv4 field must have at least one digit", at = s[i..] });
                }
                // 1.2.3.4.5
                if (pos == 3)
                {
                    return (new Addr(), new parseAddrError { @in = s, msg = "IPv4 address too long" });
                }
                fields[pos] = (uint8)val;
                pos++;
                val = 0;
                digLen = 0;
            }
            else
            {
                return (new Addr(), new parseAddrError { @in = s, msg = "unexpected character", at = s[i..] });
            }
        }
        if (pos < 3)
        {
            return (new Addr(), new parseAddrError { @in = s, msg = "IPv4 address too short" });
        }
        fields[3] = (uint8)val;
        return (AddrFrom4(fields), null);
    }

    // parseIPv6 reads an IPv6 address ("2001:db8::68").
    internal static (Addr ip, error? err) parseIPv6(string @in)
    {
        var s = @in;

        // The zone goes first. That reads the text twice, but the loop below
        // is simpler, and faster, without it.
        var zone = "";
        var i = s.IndexOf('%');
        if (i != -1)
        {
            (s, zone) = (s[..i], s[(i + 1)..]);
            if (zone == "")
            {
                // A % has to have a zone after it.
                return (new Addr(), new parseAddrError { @in = @in, msg = "zone must be a non-empty string" });
            }
        }

        InlineArray16<byte> ip = default;
        var ellipsis = -1; // where in ip the "::" is

        // It may begin with "::".
        if (s.Length >= 2 && s[0] == ':' && s[1] == ':')
        {
            ellipsis = 0;
            s = s[2..];
            // It may be nothing else.
            if (s.Length == 0)
            {
                return (IPv6Unspecified().WithZone(zone), null);
            }
        }

        // Hexadecimal numbers, a colon after each.
        i = 0;
        while (i < 16)
        {
            // The number. As in parseIPv4, it is read right here for speed.
            var off = 0;
            var acc = (uint32)0;
            for (; off < s.Length; off++)
            {
                var c = s[off];
                if (c >= '0' && c <= '9')
                {
                    acc = (acc << 4) + (uint32)(c - '0');
                }
                else if (c >= 'a' && c <= 'f')
                {
                    acc = (acc << 4) + (uint32)(c - 'a' + 10);
                }
                else if (c >= 'A' && c <= 'F')
                {
                    acc = (acc << 4) + (uint32)(c - 'A' + 10);
                }
                else
                {
                    break;
                }
                if (acc > uint16.MaxValue)
                {
                    // More than 16 bits.
                    return (new Addr(), new parseAddrError { @in = @in, msg = "IPv6 field has value >=2^16", at = s });
                }
            }
            if (off == 0)
            {
                // No digit at all.
                return (new Addr(), new parseAddrError { @in = @in, msg = "each colon-separated field must have at least one digit", at = s });
            }

            // With a dot after it, it may be IPv4 at the end.
            if (off < s.Length && s[off] == '.')
            {
                if (ellipsis < 0 && i != 12)
                {
                    // Not at the place where it may be.
                    return (new Addr(), new parseAddrError { @in = @in, msg = "embedded IPv4 address must replace the final 2 fields of the address", at = s });
                }
                if (i + 4 > 16)
                {
                    // No room left for it.
                    return (new Addr(), new parseAddrError { @in = @in, msg = "too many hex fields to fit an embedded IPv4 at the end of the address", at = s });
                }
                // Open upstream: a parser of the four bytes alone, for this
                // and parseIPv4, would be a bit faster.
                var (ip4, err) = parseIPv4(s);
                if (err != null)
                {
                    return (new Addr(), new parseAddrError { @in = @in, msg = err.Error(), at = s });
                }
                ip[i] = ip4.v4(0);
                ip[i + 1] = ip4.v4(1);
                ip[i + 2] = ip4.v4(2);
                ip[i + 3] = ip4.v4(3);
                s = "";
                i += 4;
                break;
            }

            // Keep these 16 bits.
            ip[i] = (byte)(acc >> 8);
            ip[i + 1] = (byte)acc;
            i += 2;

            // The end of the text ends the loop.
            s = s[off..];
            if (s.Length == 0)
            {
                break;
            }

            // Otherwise there has to be a colon, and more.
            if (s[0] != ':')
            {
                return (new Addr(), new parseAddrError { @in = @in, msg = "unexpected character, want colon", at = s });
            }
            else if (s.Length == 1)
            {
                return (new Addr(), new parseAddrError { @in = @in, msg = "colon must be followed by more characters", at = s });
            }
            s = s[1..];

            // It may be "::".
            if (s[0] == ':')
            {
                if (ellipsis >= 0) // the second one
                {
                    return (new Addr(), new parseAddrError { @in = @in, msg = "multiple :: in address", at = s });
                }
                ellipsis = i;
                s = s[1..];
                if (s.Length == 0) // it may stand at the end
                {
                    break;
                }
            }
        }

        // Nothing may be left of the text.
        if (s.Length != 0)
        {
            return (new Addr(), new parseAddrError { @in = @in, msg = "trailing garbage after address", at = s });
        }

        // Too few bytes: the "::" stands for the rest.
        if (i < 16)
        {
            if (ellipsis < 0)
            {
                return (new Addr(), new parseAddrError { @in = @in, msg = "address string too short" });
            }
            var n = 16 - i;
            for (var j = i - 1; j >= ellipsis; j--)
            {
                ip[j + n] = ip[j];
            }
            for (var j = ellipsis + n - 1; j >= ellipsis; j--)
            {
                ip[j] = 0;
            }
        }
        else if (ellipsis >= 0)
        {
            // "::" has to stand for one field at least.
            return (new Addr(), new parseAddrError { @in = @in, msg = "the :: must expand to at least one field of zeros" });
        }
        return (AddrFrom16(ip).WithZone(zone), null);
    }

    /// <summary>
    /// The address of 4 (IPv4) or 16 (IPv6) bytes, as a net.IP has them; false for any other length.
    /// Go: src/net/netip/netip.go.
    /// </summary>
    /// <param name="slice">The bytes, in network order.</param>
    public static (Addr ip, bool ok) AddrFromSlice(ReadOnlySpan<byte> slice)
    {
        switch (slice.Length)
        {
            case 4:
                return (AddrFrom4(MemoryMarshal.Read<InlineArray4<byte>>(slice)), true);
            case 16:
                return (AddrFrom16(MemoryMarshal.Read<InlineArray16<byte>>(slice)), true);
        }
        return (new Addr(), false);
    }

    public partial struct Addr
    {
        // v4 is byte i of an IPv4 address; for any other one it means nothing.
        internal readonly uint8 v4(uint8 i)
        {
            return (uint8)(addr.lo >> ((3 - i) * 8));
        }

        // v6 is byte i; of an IPv4 address, that of its form in IPv6.
        internal readonly uint8 v6(uint8 i)
        {
            var (hi, lo) = addr.halves(); // PORT(tuple)
            return (uint8)((i / 8 % 2 == 0 ? hi : lo) >> ((7 - i % 8) * 8));
        }

        // v6u16 is word i of 16 bits; of an IPv4 address, that of its form in
        // IPv6.
        internal readonly uint16 v6u16(uint8 i)
        {
            var (hi, lo) = addr.halves(); // PORT(tuple)
            return (uint16)((i / 4 % 2 == 0 ? hi : lo) >> ((3 - i % 4) * 16));
        }

        // isZero reports whether ip is default(Addr), which is no valid
        // address of any kind.
        //
        // "0.0.0.0" and "::" are something else; for them there is
        // IsUnspecified.
        internal readonly bool isZero()
        {
            // As good as a comparison of everything, and faster: no function
            // of the package makes an address without z.
            return z == z0;
        }

        /// <summary>
        /// Whether this is an address at all, not default(Addr). "0.0.0.0" and "::" are valid.
        /// Go: src/net/netip/netip.go.
        /// </summary>
        public readonly bool IsValid()
        {
            return z != z0;
        }

        /// <summary>
        /// How many bits the address has: 128 for IPv6, IPv4 mapped into it included, 32 for IPv4, 0 for
        /// default(Addr). Go: src/net/netip/netip.go.
        /// </summary>
        public readonly int BitLen()
        {
            if (z == z0)
            {
                return 0;
            }
            if (z == z4)
            {
                return 32;
            }
            return 128;
        }

        /// <summary>The zone of an IPv6 address, "" if it has none. Go: src/net/netip/netip.go.</summary>
        public readonly string Zone()
        {
            if (z == null)
            {
                return "";
            }
            var zone = z as string ?? ""; // PORT(intern)
            return zone;
        }

        /// <summary>
        /// Compares: 0 for equal ones, -1 if ip is less than ip2, +1 if it is greater, in the order that Less has.
        /// Go: src/net/netip/netip.go.
        /// </summary>
        /// <param name="ip2">The other address.</param>
        public readonly int Compare(Addr ip2)
        {
            var (f1, f2) = (BitLen(), ip2.BitLen());
            if (f1 < f2)
            {
                return -1;
            }
            if (f1 > f2)
            {
                return 1;
            }
            var (hi1, hi2) = (addr.hi, ip2.addr.hi);
            if (hi1 < hi2)
            {
                return -1;
            }
            if (hi1 > hi2)
            {
                return 1;
            }
            var (lo1, lo2) = (addr.lo, ip2.addr.lo);
            if (lo1 < lo2)
            {
                return -1;
            }
            if (lo1 > lo2)
            {
                return 1;
            }
            if (Is6())
            {
                var (za, zb) = (Zone(), ip2.Zone());
                if (string.CompareOrdinal(za, zb) < 0) // PORT(utf16)
                {
                    return -1;
                }
                if (string.CompareOrdinal(za, zb) > 0) // PORT(utf16)
                {
                    return 1;
                }
            }
            return 0;
        }

        /// <summary>
        /// Whether ip comes before ip2: shorter ones first, then by value; an IPv6 address with a zone comes right
        /// after the same one without. Go: src/net/netip/netip.go.
        /// </summary>
        /// <param name="ip2">The other address.</param>
        public readonly bool Less(Addr ip2)
        {
            return Compare(ip2) == -1;
        }

        /// <summary>
        /// Whether this is an IPv4 address. One that is mapped into IPv6 is not; see Unmap.
        /// Go: src/net/netip/netip.go.
        /// </summary>
        public readonly bool Is4()
        {
            return z == z4;
        }

        /// <summary>Whether this is an IPv4 address mapped into IPv6. Go: src/net/netip/netip.go.</summary>
        public readonly bool Is4In6()
        {
            return Is6() && addr.hi == 0 && addr.lo >> 32 == 0xffff;
        }

        /// <summary>
        /// Whether this is an IPv6 address, IPv4 mapped into it included. Go: src/net/netip/netip.go.
        /// </summary>
        public readonly bool Is6()
        {
            return z != z0 && z != z4;
        }

        /// <summary>
        /// The IPv4 address that is mapped into this one; this one as it is if there is none.
        /// Go: src/net/netip/netip.go.
        /// </summary>
        public readonly Addr Unmap()
        {
            var ip = this;
            if (ip.Is4In6())
            {
                ip.z = z4;
            }
            return ip;
        }

        /// <summary>
        /// The same IPv6 address with the zone; "" takes the zone away. An IPv4 address comes back as it is.
        /// Go: src/net/netip/netip.go.
        /// </summary>
        /// <param name="zone">The zone.</param>
        public readonly Addr WithZone(string zone)
        {
            var ip = this;
            if (!ip.Is6())
            {
                return ip;
            }
            if (zone == "")
            {
                ip.z = z6noz;
                return ip;
            }
            ip.z = string.Intern(zone); // PORT(intern)
            return ip;
        }

        // withoutZone is WithZone(""), and small enough to be inlined.
        internal readonly Addr withoutZone()
        {
            var ip = this;
            if (!ip.Is6())
            {
                return ip;
            }
            ip.z = z6noz;
            return ip;
        }

        // hasZone reports whether ip has a zone.
        internal readonly bool hasZone()
        {
            return z != z0 && z != z4 && z != z6noz;
        }

        /// <summary>Whether this is a unicast address of the link. Go: src/net/netip/netip.go.</summary>
        public readonly bool IsLinkLocalUnicast()
        {
            // RFC 3927, section 2.1
            if (Is4())
            {
                return v4(0) == 169 && v4(1) == 254;
            }
            // RFC 4291, section 2.4
            if (Is6())
            {
                return (v6u16(0) & 0xffc0) == 0xfe80;
            }
            return false; // default(Addr)
        }

        /// <summary>Whether this is a loopback address. Go: src/net/netip/netip.go.</summary>
        public readonly bool IsLoopback()
        {
            // RFC 1122, section 3.2.1.3
            if (Is4())
            {
                return v4(0) == 127;
            }
            // RFC 4291, section 2.4
            if (Is6())
            {
                return addr.hi == 0 && addr.lo == 1;
            }
            return false; // default(Addr)
        }

        /// <summary>Whether this is a multicast address. Go: src/net/netip/netip.go.</summary>
        public readonly bool IsMulticast()
        {
            // RFC 1112, section 4
            if (Is4())
            {
                return (v4(0) & 0xf0) == 0xe0;
            }
            // RFC 4291, section 2.4
            if (Is6())
            {
                return addr.hi >> (64 - 8) == 0xff; // v6(0) == 0xff
            }
            return false; // default(Addr)
        }

        /// <summary>Whether this is an IPv6 multicast address of the interface. Go: src/net/netip/netip.go.</summary>
        public readonly bool IsInterfaceLocalMulticast()
        {
            // RFC 4291, section 2.7.1
            if (Is6())
            {
                return (v6u16(0) & 0xff0f) == 0xff01;
            }
            return false; // default(Addr)
        }

        /// <summary>Whether this is a multicast address of the link. Go: src/net/netip/netip.go.</summary>
        public readonly bool IsLinkLocalMulticast()
        {
            // RFC 5771, section 4
            if (Is4())
            {
                return v4(0) == 224 && v4(1) == 0 && v4(2) == 0;
            }
            // RFC 4291, section 2.7.1
            if (Is6())
            {
                return (v6u16(0) & 0xff0f) == 0xff02;
            }
            return false; // default(Addr)
        }

        /// <summary>
        /// Whether this is a global unicast address. Private IPv4 addresses, unique local IPv6 addresses and those
        /// outside of 2000::/3 count as such, if they are not of the link; default(Addr) does not.
        /// See RFC 1122, RFC 4291 and RFC 4632. Go: src/net/netip/netip.go.
        /// </summary>
        public readonly bool IsGlobalUnicast()
        {
            if (z == z0)
            {
                // No address.
                return false;
            }

            // The same as IP.IsGlobalUnicast in package net: private and
            // unique local addresses count.
            if (Is4() && (this == IPv4Unspecified() || this == AddrFrom4(MemoryMarshal.Read<InlineArray4<byte>>([255, 255, 255, 255])))) // PORT(array)
            {
                return false;
            }

            return this != IPv6Unspecified() &&
                !IsLoopback() &&
                !IsMulticast() &&
                !IsLinkLocalUnicast();
        }

        /// <summary>
        /// Whether this is a private address by RFC 1918 or RFC 4193: in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16
        /// or fc00::/7. Go: src/net/netip/netip.go.
        /// </summary>
        public readonly bool IsPrivate()
        {
            // The same as IP.IsPrivate in package net.
            if (Is4())
            {
                // RFC 1918: 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16.
                return v4(0) == 10 ||
                    (v4(0) == 172 && (v4(1) & 0xf0) == 16) ||
                    (v4(0) == 192 && v4(1) == 168);
            }

            if (Is6())
            {
                // RFC 4193: fc00::/7.
                return (v6(0) & 0xfe) == 0xfc;
            }

            return false; // default(Addr)
        }

        /// <summary>
        /// Whether this is "0.0.0.0" or "::"; default(Addr) is not. Go: src/net/netip/netip.go.
        /// </summary>
        public readonly bool IsUnspecified()
        {
            return this == IPv4Unspecified() || this == IPv6Unspecified();
        }

        /// <summary>
        /// The address as 16 bytes, an IPv4 address mapped into IPv6, without the zone. All zeros for
        /// default(Addr). Go: src/net/netip/netip.go.
        /// </summary>
        public readonly InlineArray16<byte> As16()
        {
            InlineArray16<byte> a16 = default;
            bePutUint64(a16[..8], addr.hi);
            bePutUint64(a16[8..], addr.lo);
            return a16;
        }

        /// <summary>
        /// An IPv4 address, mapped into IPv6 or not, as 4 bytes. Panics for default(Addr) and any other IPv6
        /// address. Go: src/net/netip/netip.go.
        /// </summary>
        public readonly InlineArray4<byte> As4()
        {
            InlineArray4<byte> a4 = default;
            if (z == z4 || Is4In6())
            {
                bePutUint32(a4[..], (uint32)addr.lo);
                return a4;
            }
            if (z == z0)
            {
                builtin.panic("As4 called on IP zero value");
            }
            builtin.panic("As4 called on IPv6 address");
            return a4;
        }

        /// <summary>
        /// The address as 4 bytes (IPv4) or 16 (IPv6); null for default(Addr). Go: src/net/netip/netip.go.
        /// </summary>
        public readonly byte[]? AsSlice()
        {
            if (z == z0)
            {
                return null;
            }
            else if (z == z4)
            {
                var ret = new byte[4];
                bePutUint32(ret, (uint32)addr.lo);
                return ret;
            }
            else
            {
                var ret = new byte[16];
                bePutUint64(ret.AsSpan(0, 8), addr.hi);
                bePutUint64(ret.AsSpan(8), addr.lo);
                return ret;
            }
        }

        /// <summary>The next address; default(Addr) after the last one. Go: src/net/netip/netip.go.</summary>
        public readonly Addr Next()
        {
            var ip = this;
            ip.addr = ip.addr.addOne();
            if (ip.Is4())
            {
                if ((uint32)ip.addr.lo == 0)
                {
                    // There is none.
                    return new Addr();
                }
            }
            else
            {
                if (ip.addr.isZero())
                {
                    // There is none.
                    return new Addr();
                }
            }
            return ip;
        }

        /// <summary>The address before; default(Addr) before the first one. Go: src/net/netip/netip.go.</summary>
        public readonly Addr Prev()
        {
            var ip = this;
            if (ip.Is4())
            {
                if ((uint32)ip.addr.lo == 0)
                {
                    return new Addr();
                }
            }
            else if (ip.addr.isZero())
            {
                return new Addr();
            }
            ip.addr = ip.addr.subOne();
            return ip;
        }

        /// <summary>
        /// The address as text: "invalid IP" for default(Addr), "192.0.2.1", "2001:db8::1", "::ffff:1.2.3.4" for
        /// IPv4 mapped into IPv6 (net.IP writes only the IPv4 address), "fe80:db8::1%eth0" with a zone.
        /// Go: src/net/netip/netip.go.
        /// </summary>
        public readonly string String()
        {
            if (z == z0)
            {
                return "invalid IP";
            }
            if (z == z4)
            {
                return string4();
            }
            if (Is4In6())
            {
                var z = Zone();
                if (z != "")
                {
                    return "::ffff:" + Unmap().string4() + "%" + z;
                }
                else
                {
                    return "::ffff:" + Unmap().string4();
                }
            }
            return string6();
        }
    }

    // digits are the hexadecimal digits, for appendDecimal and appendHex.
    internal const string digits = "0123456789abcdef";

    // appendDecimal appends x in decimal to b.
    internal static List<byte> appendDecimal(List<byte> b, uint8 x)
    {
        // Text of IPv4 is made in half the time that a general function takes.

        if (x >= 100)
        {
            b.Add((byte)digits[x / 100]);
        }
        if (x >= 10)
        {
            b.Add((byte)digits[x / 10 % 10]);
        }
        b.Add((byte)digits[x % 10]); // PORT(append)
        return b;
    }

    // appendHex appends x in hexadecimal to b.
    internal static List<byte> appendHex(List<byte> b, uint16 x)
    {
        // As appendDecimal, for IPv6.

        if (x >= 0x1000)
        {
            b.Add((byte)digits[x >> 12]);
        }
        if (x >= 0x100)
        {
            b.Add((byte)digits[x >> 8 & 0xf]);
        }
        if (x >= 0x10)
        {
            b.Add((byte)digits[x >> 4 & 0xf]);
        }
        b.Add((byte)digits[x & 0xf]); // PORT(append)
        return b;
    }

    // appendHexPad appends all four hexadecimal digits of x to b.
    internal static List<byte> appendHexPad(List<byte> b, uint16 x)
    {
        b.AddRange([(byte)digits[x >> 12], (byte)digits[x >> 8 & 0xf], (byte)digits[x >> 4 & 0xf], (byte)digits[x & 0xf]]); // PORT(append)
        return b;
    }

    public partial struct Addr
    {
        internal readonly string string4()
        {
            const int max = 15; // len("255.255.255.255")
            var ret = new List<byte>(max);
            ret = appendTo4(ret);
            return System.Text.Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(ret));
        }

        internal readonly List<byte> appendTo4(List<byte> ret)
        {
            ret = appendDecimal(ret, v4(0));
            ret.Add((byte)'.');
            ret = appendDecimal(ret, v4(1));
            ret.Add((byte)'.');
            ret = appendDecimal(ret, v4(2));
            ret.Add((byte)'.');
            ret = appendDecimal(ret, v4(3));
            return ret;
        }

        // string6 is the text of an IPv6 address, as section 4 of RFC 5952
        // has it: no zeros that are not needed, "::" for the longest run of
        // zero fields, but not for a single one.
        internal readonly string string6()
        {
            // Room for a zone of a likely length, so that most addresses need
            // no more.
            const int max = 46; // len("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%enp5s0")
            var ret = new List<byte>(max);
            ret = appendTo6(ret);
            return System.Text.Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(ret));
        }

        internal readonly List<byte> appendTo6(List<byte> ret)
        {
            var (zeroStart, zeroEnd) = ((uint8)255, (uint8)255);
            for (uint8 i = 0; i < 8; i++)
            {
                var j = i;
                while (j < 8 && v6u16(j) == 0)
                {
                    j++;
                }
                var l = j - i;
                if (l >= 2 && l > zeroEnd - zeroStart)
                {
                    (zeroStart, zeroEnd) = (i, j);
                }
            }

            for (uint8 i = 0; i < 8; i++)
            {
                if (i == zeroStart)
                {
                    ret.AddRange("::"u8); // PORT(append)
                    i = zeroEnd;
                    if (i >= 8)
                    {
                        break;
                    }
                }
                else if (i > 0)
                {
                    ret.Add((byte)':');
                }

                ret = appendHex(ret, v6u16(i));
            }

            if (z != z6noz)
            {
                ret.Add((byte)'%');
                ret.AddRange(System.Text.Encoding.UTF8.GetBytes(Zone())); // PORT(utf16)
            }
            return ret;
        }

        /// <summary>
        /// String with all digits of an IPv6 address and without "::":
        /// "2001:0db8:0000:0000:0000:0000:0000:0001". Go: src/net/netip/netip.go.
        /// </summary>
        public readonly string StringExpanded()
        {
            if (z == z0 || z == z4)
            {
                return String();
            }

            const int size = 39; // len("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
            var ret = new List<byte>(size);
            for (uint8 i = 0; i < 8; i++)
            {
                if (i > 0)
                {
                    ret.Add((byte)':');
                }

                ret = appendHexPad(ret, v6u16(i));
            }

            if (z != z6noz)
            {
                // Only a zone needs more room.
                ret.Add((byte)'%');
                ret.AddRange(System.Text.Encoding.UTF8.GetBytes(Zone())); // PORT(utf16)
            }
            return System.Text.Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(ret));
        }
    }

    /// <summary>An address and a port; can be compared by ==. Go: src/net/netip/netip.go.</summary>
    public partial struct AddrPort : IEquatable<AddrPort>
    {
        internal netip.Addr ip;
        internal uint16 port;

        // PORT(equal): == of a struct.
        public static bool operator ==(AddrPort x, AddrPort y)
        {
            return x.ip == y.ip && x.port == y.port;
        }

        public static bool operator !=(AddrPort x, AddrPort y) => !(x == y);

        public readonly bool Equals(AddrPort x) => this == x;

        public override readonly bool Equals(object? x) => x is AddrPort p && this == p;

        public override readonly int GetHashCode() => HashCode.Combine(ip, port);
    }

    /// <summary>The address ip with the port. Allocates nothing. Go: src/net/netip/netip.go.</summary>
    /// <param name="ip">The address.</param>
    /// <param name="port">The port.</param>
    public static AddrPort AddrPortFrom(Addr ip, uint16 port)
    {
        return new AddrPort { ip = ip, port = port };
    }

    public partial struct AddrPort
    {
        /// <summary>The address. Go: src/net/netip/netip.go.</summary>
        public readonly netip.Addr Addr()
        {
            return ip;
        }

        /// <summary>The port. Go: src/net/netip/netip.go.</summary>
        public readonly uint16 Port()
        {
            return port;
        }
    }

    // splitAddrPort splits "foo:bar" or "[foo]:bar" into foo and bar, which
    // are not looked at. v6 says whether foo has to be an IPv6 address for
    // the whole to be valid; otherwise it has to be an IPv4 address.
    internal static (string ip, string port, bool v6, error? err) splitAddrPort(string s)
    {
        var i = stringsLastIndexByte(s, ':');
        if (i == -1)
        {
            return ("", "", false, errors.New("not an ip:port"));
        }

        var (ip, port) = (s[..i], s[(i + 1)..]);
        var v6 = false;
        if (ip.Length == 0)
        {
            return ("", "", false, errors.New("no IP"));
        }
        if (port.Length == 0)
        {
            return ("", "", false, errors.New("no port"));
        }
        if (ip[0] == '[')
        {
            if (ip.Length < 2 || ip[ip.Length - 1] != ']')
            {
                return ("", "", false, errors.New("missing ]"));
            }
            ip = ip[1..(ip.Length - 1)];
            v6 = true;
        }

        return (ip, port, v6, null);
    }

    /// <summary>
    /// Reads an address with a port, "192.0.2.1:80" or "[2001:db8::68%eth0]:80". Both have to be numbers: no name
    /// is looked up. The error says what is wrong. Go: src/net/netip/netip.go.
    /// </summary>
    /// <param name="s">The text.</param>
    public static (AddrPort ipp, error? err) ParseAddrPort(string s)
    {
        var ipp = new AddrPort();
        var (ip, port, v6, err) = splitAddrPort(s);
        if (err != null)
        {
            return (ipp, err);
        }
        // PORT(strconv): TryParse takes a NUL at the end for nothing.
        if (port.Contains('\0') || !uint16.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var port16))
        {
            return (ipp, errors.New("invalid port " + quote(port) + " parsing " + quote(s))); // PORT(strconv)
        }
        ipp.port = port16;
        (ipp.ip, err) = ParseAddr(ip);
        if (err != null)
        {
            return (new AddrPort(), err);
        }
        if (v6 && ipp.ip.Is4())
        {
            return (new AddrPort(), errors.New("invalid ip:port " + quote(s) + ", square brackets can only be used with IPv6 addresses")); // PORT(strconv)
        }
        else if (!v6 && ipp.ip.Is6())
        {
            return (new AddrPort(), errors.New("invalid ip:port " + quote(s) + ", IPv6 addresses must be surrounded by square brackets")); // PORT(strconv)
        }
        return (ipp, null);
    }

    /// <summary>ParseAddrPort, which panics on an error: for literals in tests. Go: src/net/netip/netip.go.</summary>
    /// <param name="s">The text.</param>
    public static AddrPort MustParseAddrPort(string s)
    {
        var (ip, err) = ParseAddrPort(s);
        if (err != null)
        {
            builtin.panic(err);
        }
        return ip;
    }

    public partial struct AddrPort
    {
        /// <summary>Whether the address is valid. Every port is, zero too. Go: src/net/netip/netip.go.</summary>
        public readonly bool IsValid()
        {
            return ip.IsValid();
        }

        /// <summary>
        /// As text, "192.0.2.1:80" or "[2001:db8::1]:80"; "invalid AddrPort" if the address is not valid.
        /// Go: src/net/netip/netip.go.
        /// </summary>
        public readonly string String()
        {
            if (ip.z == z0)
            {
                return "invalid AddrPort";
            }
            if (ip.z == z4)
            {
                var a = ip.As4();
                var buf = new System.Text.StringBuilder(21); // PORT(append)
                for (var i = 0; i < 4; i++) // PORT(append)
                {
                    buf.Append(a[i]); // PORT(append)
                    buf.Append("...:"[i]); // PORT(append)
                } // PORT(append)
                buf.Append(port); // PORT(append)
                return buf.ToString();
            }
            // Open upstream: fewer allocations.
            return joinHostPort(ip.String(), ((int)port).ToString());
        }
    }

    internal static string joinHostPort(string host, string port)
    {
        // A host with colons is taken for an IPv6 literal.
        if (host.IndexOf(':') >= 0)
        {
            return "[" + host + "]:" + port;
        }
        return host + ":" + port;
    }
}
