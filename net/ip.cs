// Ports src/net/ip.go of go1.20.

// Work with IP addresses.
//
// IPv4 takes 4 bytes and IPv6 takes 16. An IPv4 address becomes an
// IPv6 address by a fixed prefix of 10 zero bytes and two 0xff bytes.
// Every function takes both lengths; results are always 16 bytes long.

using System.Collections.Generic;

namespace golang;

public static partial class net
{
    /// <summary>Lengths of IP addresses, in bytes. Go: src/net/ip.go.</summary>
    public const int IPv4len = 4;
    public const int IPv6len = 16;

    /// <summary>
    /// One IP address: a slice of 4 (IPv4) or 16 (IPv6) bytes. Whether an
    /// address is an IPv4 address is a matter of its value, not of its
    /// length: 16 bytes can hold an IPv4 address. Go: src/net/ip.go.
    /// </summary>
    // PORT(slice): Go's type is []byte; here it is a window on an array, and null stands for nil.
    public partial struct IP
    {
        private byte[]? array;
        private int offset;
        private int length;

        public IP(byte[]? array, int offset, int length)
        {
            this.array = array;
            this.offset = offset;
            this.length = length;
        }

        public static implicit operator IP(byte[]? b) => new IP(b, 0, b == null ? 0 : b.Length);

        public static implicit operator ReadOnlySpan<byte>(IP ip) => ip.Span;

        // As in Go, a slice compares with nil and with nothing else.
        public static bool operator ==(IP ip, byte[]? nil) => ip.array == nil;

        public static bool operator !=(IP ip, byte[]? nil) => ip.array != nil;

        public readonly int Length => length;

        public readonly Span<byte> Span => new Span<byte>(array, offset, length);

        public readonly ref byte this[int i] => ref Span[i];

        public readonly IP Slice(int start, int length)
        {
            if ((uint)start > (uint)this.length || (uint)length > (uint)(this.length - start))
            {
                throw new ArgumentOutOfRangeException(nameof(start));
            }
            return new IP(array, offset + start, length);
        }

        public override readonly bool Equals(object? x) => x is IP ip && ip.array == array && ip.offset == offset && ip.length == length;

        public override readonly int GetHashCode() => HashCode.Combine(array, offset, length);
    }

    /// <summary>
    /// A bit mask for addressing and routing; see IPNet and ParseCIDR.
    /// Go: src/net/ip.go.
    /// </summary>
    // PORT(slice): as IP.
    public partial struct IPMask
    {
        private byte[]? array;
        private int offset;
        private int length;

        public IPMask(byte[]? array, int offset, int length)
        {
            this.array = array;
            this.offset = offset;
            this.length = length;
        }

        public static implicit operator IPMask(byte[]? b) => new IPMask(b, 0, b == null ? 0 : b.Length);

        public static implicit operator ReadOnlySpan<byte>(IPMask m) => m.Span;

        public static bool operator ==(IPMask m, byte[]? nil) => m.array == nil;

        public static bool operator !=(IPMask m, byte[]? nil) => m.array != nil;

        public readonly int Length => length;

        public readonly Span<byte> Span => new Span<byte>(array, offset, length);

        public readonly ref byte this[int i] => ref Span[i];

        public readonly IPMask Slice(int start, int length)
        {
            if ((uint)start > (uint)this.length || (uint)length > (uint)(this.length - start))
            {
                throw new ArgumentOutOfRangeException(nameof(start));
            }
            return new IPMask(array, offset + start, length);
        }

        public override readonly bool Equals(object? x) => x is IPMask m && m.array == array && m.offset == offset && m.length == length;

        public override readonly int GetHashCode() => HashCode.Combine(array, offset, length);
    }

    /// <summary>An IP network. Go: src/net/ip.go.</summary>
    public sealed partial class IPNet : Addr
    {
        public IP IP; // the number of the network
        public IPMask Mask; // its mask
    }

    /// <summary>The 16-byte form of the IPv4 address a.b.c.d. Go: src/net/ip.go.</summary>
    public static IP IPv4(byte a, byte b, byte c, byte d)
    {
        var p = new byte[IPv6len];
        v4InV6Prefix.CopyTo(p, 0);
        p[12] = a;
        p[13] = b;
        p[14] = c;
        p[15] = d;
        return p;
    }

    internal static readonly byte[] v4InV6Prefix = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

    /// <summary>The 4-byte form of the IPv4 mask a.b.c.d. Go: src/net/ip.go.</summary>
    public static IPMask IPv4Mask(byte a, byte b, byte c, byte d)
    {
        var p = new byte[IPv4len];
        p[0] = a;
        p[1] = b;
        p[2] = c;
        p[3] = d;
        return p;
    }

    /// <summary>
    /// A mask of ones bits that are 1, then 0 bits, bits in all (32 or 128);
    /// nil when the numbers do not fit. Go: src/net/ip.go.
    /// </summary>
    public static IPMask CIDRMask(int ones, int bits)
    {
        if (bits != 8 * IPv4len && bits != 8 * IPv6len)
        {
            return null;
        }
        if (ones < 0 || ones > bits)
        {
            return null;
        }
        var l = bits / 8;
        var m = new byte[l];
        var n = (uint)ones;
        for (var i = 0; i < l; i++)
        {
            if (n >= 8)
            {
                m[i] = 0xff;
                n -= 8;
                continue;
            }
            m[i] = (byte)~(0xff >> (int)n);
            n = 0;
        }
        return m;
    }

    // Well-known addresses of IPv4.
    public static readonly IP IPv4bcast = IPv4(255, 255, 255, 255); // limited broadcast
    public static readonly IP IPv4allsys = IPv4(224, 0, 0, 1); // all systems
    public static readonly IP IPv4allrouter = IPv4(224, 0, 0, 2); // all routers
    public static readonly IP IPv4zero = IPv4(0, 0, 0, 0); // all zeros

    // Well-known addresses of IPv6.
    public static readonly IP IPv6zero = new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    public static readonly IP IPv6unspecified = new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
    public static readonly IP IPv6loopback = new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
    public static readonly IP IPv6interfacelocalallnodes = new byte[] { 0xff, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01 };
    public static readonly IP IPv6linklocalallnodes = new byte[] { 0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x01 };
    public static readonly IP IPv6linklocalallrouters = new byte[] { 0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02 };

    public partial struct IP
    {
        /// <summary>Whether ip is the unspecified address, "0.0.0.0" or "::". Go: src/net/ip.go.</summary>
        public readonly bool IsUnspecified()
        {
            return Equal(IPv4zero) || Equal(IPv6unspecified);
        }

        /// <summary>Whether ip is a loopback address. Go: src/net/ip.go.</summary>
        public readonly bool IsLoopback()
        {
            var ip4 = To4();
            if (ip4 != null)
            {
                return ip4[0] == 127;
            }
            return Equal(IPv6loopback);
        }

        /// <summary>
        /// Whether ip is a private address by RFC 1918 (IPv4) or RFC 4193
        /// (IPv6). Go: src/net/ip.go.
        /// </summary>
        public readonly bool IsPrivate()
        {
            var ip4 = To4();
            if (ip4 != null)
            {
                // RFC 1918, section 3, sets three blocks aside:
                //   10.0.0.0        -   10.255.255.255  (10/8)
                //   172.16.0.0      -   172.31.255.255  (172.16/12)
                //   192.168.0.0     -   192.168.255.255 (192.168/16)
                return ip4[0] == 10 ||
                    (ip4[0] == 172 && (ip4[1] & 0xf0) == 16) ||
                    (ip4[0] == 192 && ip4[1] == 168);
            }
            // RFC 4193, section 8: FC00::/7 is for unique local unicast.
            return Length == IPv6len && (this[0] & 0xfe) == 0xfc;
        }

        /// <summary>Whether ip is a multicast address. Go: src/net/ip.go.</summary>
        public readonly bool IsMulticast()
        {
            var ip4 = To4();
            if (ip4 != null)
            {
                return (ip4[0] & 0xf0) == 0xe0;
            }
            return Length == IPv6len && this[0] == 0xff;
        }

        /// <summary>Whether ip is a multicast address local to the interface. Go: src/net/ip.go.</summary>
        public readonly bool IsInterfaceLocalMulticast()
        {
            return Length == IPv6len && this[0] == 0xff && (this[1] & 0x0f) == 0x01;
        }

        /// <summary>Whether ip is a multicast address local to the link. Go: src/net/ip.go.</summary>
        public readonly bool IsLinkLocalMulticast()
        {
            var ip4 = To4();
            if (ip4 != null)
            {
                return ip4[0] == 224 && ip4[1] == 0 && ip4[2] == 0;
            }
            return Length == IPv6len && this[0] == 0xff && (this[1] & 0x0f) == 0x02;
        }

        /// <summary>Whether ip is a unicast address local to the link. Go: src/net/ip.go.</summary>
        public readonly bool IsLinkLocalUnicast()
        {
            var ip4 = To4();
            if (ip4 != null)
            {
                return ip4[0] == 169 && ip4[1] == 254;
            }
            return Length == IPv6len && this[0] == 0xfe && (this[1] & 0xc0) == 0x80;
        }

        /// <summary>
        /// Whether ip is a global unicast address by RFC 1122, RFC 4632 and
        /// RFC 4291, directed broadcasts of IPv4 excepted. Private and unique
        /// local addresses count as global. Go: src/net/ip.go.
        /// </summary>
        public readonly bool IsGlobalUnicast()
        {
            return (Length == IPv4len || Length == IPv6len) &&
                !Equal(IPv4bcast) &&
                !IsUnspecified() &&
                !IsLoopback() &&
                !IsMulticast() &&
                !IsLinkLocalUnicast();
        }
    }

    // Whether p is all zeros.
    internal static bool isZeros(IP p)
    {
        for (var i = 0; i < p.Length; i++)
        {
            if (p[i] != 0)
            {
                return false;
            }
        }
        return true;
    }

    public partial struct IP
    {
        /// <summary>
        /// The 4-byte form of an IPv4 address, nil when ip is not one.
        /// Go: src/net/ip.go.
        /// </summary>
        public readonly IP To4()
        {
            if (Length == IPv4len)
            {
                return this;
            }
            if (Length == IPv6len &&
                isZeros(this[0..10]) &&
                this[10] == 0xff &&
                this[11] == 0xff)
            {
                return this[12..16];
            }
            return null;
        }

        /// <summary>
        /// The 16-byte form of ip, nil when its length is that of no address.
        /// Go: src/net/ip.go.
        /// </summary>
        public readonly IP To16()
        {
            if (Length == IPv4len)
            {
                return IPv4(this[0], this[1], this[2], this[3]);
            }
            if (Length == IPv6len)
            {
                return this;
            }
            return null;
        }
    }

    // The default route masks of IPv4.
    internal static readonly IPMask classAMask = IPv4Mask(0xff, 0, 0, 0);
    internal static readonly IPMask classBMask = IPv4Mask(0xff, 0xff, 0, 0);
    internal static readonly IPMask classCMask = IPv4Mask(0xff, 0xff, 0xff, 0);

    public partial struct IP
    {
        /// <summary>
        /// The default mask of an IPv4 address by its class, nil when ip is
        /// not an IPv4 address. Go: src/net/ip.go.
        /// </summary>
        public readonly IPMask DefaultMask()
        {
            var ip = To4();
            if (ip == null)
            {
                return null;
            }
            if (ip[0] < 0x80)
            {
                return classAMask;
            }
            if (ip[0] < 0xC0)
            {
                return classBMask;
            }
            return classCMask;
        }
    }

    internal static bool allFF(ReadOnlySpan<byte> b)
    {
        foreach (var c in b)
        {
            if (c != 0xff)
            {
                return false;
            }
        }
        return true;
    }

    public partial struct IP
    {
        /// <summary>
        /// ip masked with mask, nil when their lengths do not fit.
        /// Go: src/net/ip.go.
        /// </summary>
        public readonly IP Mask(IPMask mask)
        {
            var ip = this;
            if (mask.Length == IPv6len && ip.Length == IPv4len && allFF(mask[..12]))
            {
                mask = mask[12..];
            }
            if (mask.Length == IPv4len && ip.Length == IPv6len && ip[..12].Span.SequenceEqual(v4InV6Prefix))
            {
                ip = ip[12..];
            }
            var n = ip.Length;
            if (n != mask.Length)
            {
                return null;
            }
            IP @out = new byte[n];
            for (var i = 0; i < n; i++)
            {
                @out[i] = (byte)(ip[i] & mask[i]);
            }
            return @out;
        }
    }

    // ubtoa writes v in decimal to dst[start:] and returns how many bytes
    // that took. dst must be long enough.
    internal static int ubtoa(Span<byte> dst, int start, byte v)
    {
        if (v < 10)
        {
            dst[start] = (byte)(v + '0');
            return 1;
        }
        else if (v < 100)
        {
            dst[start + 1] = (byte)(v % 10 + '0');
            dst[start] = (byte)(v / 10 + '0');
            return 2;
        }

        dst[start + 2] = (byte)(v % 10 + '0');
        dst[start + 1] = (byte)((v / 10) % 10 + '0');
        dst[start] = (byte)(v / 100 + '0');
        return 3;
    }

    public partial struct IP
    {
        /// <summary>
        /// The text of ip: "&lt;nil&gt;" for no bytes, dotted decimal for IPv4
        /// and IPv4 mapped into IPv6, the form of RFC 5952 for IPv6, and "?"
        /// with the bytes in hexadecimal for anything else. Go: src/net/ip.go.
        /// </summary>
        public readonly string String()
        {
            var p = this;

            if (Length == 0)
            {
                return "<nil>";
            }

            // IPv4 is written with dots.
            var p4 = p.To4();
            if (p4.Length == IPv4len)
            {
                const int maxIPv4StringLen = 15; // len("255.255.255.255")
                Span<byte> b1 = stackalloc byte[maxIPv4StringLen];

                var n = ubtoa(b1, 0, p4[0]);
                b1[n] = (byte)'.'; // PORT(name): b, which is another one below
                n++;

                n += ubtoa(b1, n, p4[1]);
                b1[n] = (byte)'.'; // PORT(name)
                n++;

                n += ubtoa(b1, n, p4[2]);
                b1[n] = (byte)'.'; // PORT(name)
                n++;

                n += ubtoa(b1, n, p4[3]);
                return System.Text.Encoding.ASCII.GetString(b1[..n]);
            }
            if (p.Length != IPv6len)
            {
                return "?" + hexString(this);
            }

            // The longest run of zeros.
            var e0 = -1;
            var e1 = -1;
            for (var i = 0; i < IPv6len; i += 2)
            {
                var j = i;
                while (j < IPv6len && p[j] == 0 && p[j + 1] == 0)
                {
                    j += 2;
                }
                if (j > i && j - i > e1 - e0)
                {
                    e0 = i;
                    e1 = j;
                    i = j;
                }
            }
            // One single 16-bit field of zeros is never shortened to "::".
            if (e1 - e0 <= 2)
            {
                e0 = -1;
                e1 = -1;
            }

            const int maxLen = 39; // len("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")
            var b = new List<byte>(maxLen);

            // Write the fields, with :: for the run of zeros, if there is one.
            for (var i = 0; i < IPv6len; i += 2)
            {
                if (i == e0)
                {
                    b.AddRange("::"u8); // PORT(append)
                    i = e1;
                    if (i >= IPv6len)
                    {
                        break;
                    }
                }
                else if (i > 0)
                {
                    b.Add((byte)':');
                }
                b = appendHex(b, ((uint32)p[i] << 8) | (uint32)p[i + 1]);
            }
            return System.Text.Encoding.ASCII.GetString(CollectionsMarshal.AsSpan(b));
        }
    }

    internal static string hexString(ReadOnlySpan<byte> b)
    {
        var s = new char[b.Length * 2];
        for (var i = 0; i < b.Length; i++)
        {
            var tn = b[i];
            (s[i * 2], s[i * 2 + 1]) = (hexDigit[tn >> 4], hexDigit[tn & 0xf]);
        }
        return new string(s);
    }

    // ipEmptyString is ip.String, but an unset address gives an empty string.
    internal static string ipEmptyString(IP ip)
    {
        if (ip.Length == 0)
        {
            return "";
        }
        return ip.String();
    }

    public partial struct IP
    {
        /// <summary>
        /// The text of ip as bytes, no bytes for an empty address; an
        /// AddrError for a wrong length. Go: src/net/ip.go.
        /// </summary>
        public readonly (Memory<byte> text, error? err) MarshalText()
        {
            if (Length == 0)
            {
                return (Array.Empty<byte>(), null);
            }
            if (Length != IPv4len && Length != IPv6len)
            {
                return (default, new AddrError { Err = "invalid IP address", Addr = hexString(this) });
            }
            return (System.Text.Encoding.ASCII.GetBytes(String()), null);
        }

        /// <summary>
        /// Sets ip to the address that text, in a form that ParseIP takes,
        /// names; a ParseError when it names none. Go: src/net/ip.go.
        /// </summary>
        public error? UnmarshalText(ReadOnlyMemory<byte> text)
        {
            if (text.Length == 0)
            {
                this = null;
                return null;
            }
            var s = System.Text.Encoding.UTF8.GetString(text.Span);
            var x = ParseIP(s);
            if (x == null)
            {
                return new ParseError { Type = "IP address", Text = s };
            }
            this = x;
            return null;
        }

        /// <summary>
        /// Whether ip and x are the same address; an IPv4 address and its
        /// IPv6 form are the same. Go: src/net/ip.go.
        /// </summary>
        public readonly bool Equal(IP x)
        {
            if (Length == x.Length)
            {
                return Span.SequenceEqual(x.Span);
            }
            if (Length == IPv4len && x.Length == IPv6len)
            {
                return x[0..12].Span.SequenceEqual(v4InV6Prefix) && Span.SequenceEqual(x[12..].Span);
            }
            if (Length == IPv6len && x.Length == IPv4len)
            {
                return this[0..12].Span.SequenceEqual(v4InV6Prefix) && this[12..].Span.SequenceEqual(x.Span);
            }
            return false;
        }

        internal readonly bool matchAddrFamily(IP x)
        {
            return To4() != null && x.To4() != null || To16() != null && To4() == null && x.To16() != null && x.To4() == null;
        }
    }

    // When mask is 1 bits followed by 0 bits, return the number of 1 bits.
    internal static int simpleMaskLength(IPMask mask)
    {
        var n = 0;
        for (var i = 0; i < mask.Length; i++)
        {
            var v = mask[i];
            if (v == 0xff)
            {
                n += 8;
                continue;
            }
            // The first byte that is not ff: count its 1 bits.
            while ((v & 0x80) != 0)
            {
                n++;
                v <<= 1;
            }
            // Only 0 bits may follow.
            if (v != 0)
            {
                return -1;
            }
            for (i++; i < mask.Length; i++)
            {
                if (mask[i] != 0)
                {
                    return -1;
                }
            }
            break;
        }
        return n;
    }

    public partial struct IPMask
    {
        /// <summary>
        /// The number of leading ones and of all bits; 0, 0 when the mask is
        /// not ones followed by zeros. Go: src/net/ip.go.
        /// </summary>
        public readonly (int ones, int bits) Size()
        {
            var (ones, bits) = (simpleMaskLength(this), Length * 8);
            if (ones == -1)
            {
                return (0, 0);
            }
            return (ones, bits);
        }

        /// <summary>The mask in hexadecimal, without punctuation. Go: src/net/ip.go.</summary>
        public readonly string String()
        {
            if (Length == 0)
            {
                return "<nil>";
            }
            return hexString(this);
        }
    }

    internal static (IP ip, IPMask m) networkNumberAndMask(IPNet n)
    {
        var ip = n.IP.To4();
        if (ip == null)
        {
            ip = n.IP;
            if (ip.Length != IPv6len)
            {
                return (null, null);
            }
        }
        var m = n.Mask;
        switch (m.Length)
        {
            case IPv4len:
                if (ip.Length != IPv4len)
                {
                    return (null, null);
                }
                break;
            case IPv6len:
                if (ip.Length == IPv4len)
                {
                    m = m[12..];
                }
                break;
            default:
                return (null, null);
        }
        return (ip, m);
    }

    public sealed partial class IPNet
    {
        /// <summary>Whether ip lies in the network. Go: src/net/ip.go.</summary>
        public bool Contains(IP ip)
        {
            var (nn, m) = networkNumberAndMask(this);
            var x = ip.To4();
            if (x != null)
            {
                ip = x;
            }
            var l = ip.Length;
            if (l != nn.Length)
            {
                return false;
            }
            for (var i = 0; i < l; i++)
            {
                if ((nn[i] & m[i]) != (ip[i] & m[i]))
                {
                    return false;
                }
            }
            return true;
        }

        /// <summary>The name of the network of the address, "ip+net". Go: src/net/ip.go.</summary>
        public string Network()
        {
            return "ip+net";
        }

        /// <summary>
        /// The CIDR notation, "192.0.2.0/24" or "2001:db8::/48" (RFC 4632,
        /// RFC 4291). A mask that is not ones followed by zeros is written in
        /// hexadecimal: "198.51.100.0/c000ff00". Go: src/net/ip.go.
        /// </summary>
        public string String()
        {
            // PORT(nilrecv): "<nil>" for nil.
            var (nn, m) = networkNumberAndMask(this);
            if (nn == null || m == null)
            {
                return "<nil>";
            }
            var l = simpleMaskLength(m);
            if (l == -1)
            {
                return nn.String() + "/" + m.String();
            }
            return nn.String() + "/" + ((uint)l).ToString();
        }
    }

    // Parse an IPv4 address (d.d.d.d).
    internal static IP parseIPv4(string s)
    {
        Span<byte> p = stackalloc byte[IPv4len];
        for (var i = 0; i < IPv4len; i++)
        {
            if (s.Length == 0)
            {
                // Too few parts.
                return null;
            }
            if (i > 0)
            {
                if (s[0] != '.')
                {
                    return null;
                }
                s = s[1..];
            }
            var (n, c, ok) = dtoi(s);
            if (!ok || n > 0xFF)
            {
                return null;
            }
            if (c > 1 && s[0] == '0')
            {
                // A part that is not zero must not start with a zero.
                return null;
            }
            s = s[c..];
            p[i] = (byte)n;
        }
        if (s.Length != 0)
        {
            return null;
        }
        return IPv4(p[0], p[1], p[2], p[3]);
    }

    // parseIPv6Zone parses s as an IPv6 literal with the zone that RFC 4007
    // describes.
    internal static (IP, string) parseIPv6Zone(string s)
    {
        (s, var zone) = splitHostZone(s);
        return (parseIPv6(s), zone);
    }

    // parseIPv6 parses s as an IPv6 literal of RFC 4291 and RFC 5952.
    internal static IP parseIPv6(string s)
    {
        IP ip = new byte[IPv6len];
        var ellipsis = -1; // where in ip the ellipsis stands

        // The ellipsis may come first,
        if (s.Length >= 2 && s[0] == ':' && s[1] == ':')
        {
            ellipsis = 0;
            s = s[2..];
            // and it may be all there is.
            if (s.Length == 0)
            {
                return ip;
            }
        }

        // Loop over hexadecimal numbers with colons behind them.
        var i = 0;
        while (i < IPv6len)
        {
            // The number.
            var (n, c, ok) = xtoi(s);
            if (!ok || n > 0xFFFF)
            {
                return null;
            }

            // With a dot behind it this may be an IPv4 address at the end.
            if (c < s.Length && s[c] == '.')
            {
                if (ellipsis < 0 && i != IPv6len - IPv4len)
                {
                    // It stands at the wrong place.
                    return null;
                }
                if (i + IPv4len > IPv6len)
                {
                    // There is no room for it.
                    return null;
                }
                var ip4 = parseIPv4(s);
                if (ip4 == null)
                {
                    return null;
                }
                ip[i] = ip4[12];
                ip[i + 1] = ip4[13];
                ip[i + 2] = ip4[14];
                ip[i + 3] = ip4[15];
                s = "";
                i += IPv4len;
                break;
            }

            // Keep this piece of 16 bits.
            ip[i] = (byte)(n >> 8);
            ip[i + 1] = (byte)n;
            i += 2;

            // The end of the string ends the loop.
            s = s[c..];
            if (s.Length == 0)
            {
                break;
            }

            // Otherwise a colon and something behind it must follow.
            if (s[0] != ':' || s.Length == 1)
            {
                return null;
            }
            s = s[1..];

            // It may be the ellipsis.
            if (s[0] == ':')
            {
                if (ellipsis >= 0) // there is one already
                {
                    return null;
                }
                ellipsis = i;
                s = s[1..];
                if (s.Length == 0) // it may stand at the end
                {
                    break;
                }
            }
        }

        // The string must be used up.
        if (s.Length != 0)
        {
            return null;
        }

        // What is missing is what the ellipsis stands for.
        if (i < IPv6len)
        {
            if (ellipsis < 0)
            {
                return null;
            }
            var n = IPv6len - i;
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
            // The ellipsis must stand for one group of zeros at least.
            return null;
        }
        return ip;
    }

    /// <summary>
    /// Parses s as an IP address: dotted decimal IPv4 ("192.0.2.1"), IPv6
    /// ("2001:db8::68") or IPv4 mapped into IPv6 ("::ffff:192.0.2.1"). The
    /// result is nil when s is none of them. Go: src/net/ip.go.
    /// </summary>
    public static IP ParseIP(string s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            switch (s[i])
            {
                case '.':
                    return parseIPv4(s);
                case ':':
                    return parseIPv6(s);
            }
        }
        return null;
    }

    // parseIPZone parses s as an IP address and, for IPv6, its zone.
    internal static (IP, string) parseIPZone(string s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            switch (s[i])
            {
                case '.':
                    return (parseIPv4(s), "");
                case ':':
                    return parseIPv6Zone(s);
            }
        }
        return (null, "");
    }

    /// <summary>
    /// Parses s as an address and a prefix length in CIDR notation (RFC 4632,
    /// RFC 4291), like "192.0.2.1/24": the results are the address 192.0.2.1
    /// and the network 192.0.2.0/24. A ParseError for anything else.
    /// Go: src/net/ip.go.
    /// </summary>
    public static (IP, IPNet?, error?) ParseCIDR(string s)
    {
        var i = s.IndexOf('/');
        if (i < 0)
        {
            return (null, null, new ParseError { Type = "CIDR address", Text = s });
        }
        var (addr, mask) = (s[..i], s[(i + 1)..]);
        var iplen = IPv4len;
        var ip = parseIPv4(addr);
        if (ip == null)
        {
            iplen = IPv6len;
            ip = parseIPv6(addr);
        }
        (var n, i, var ok) = dtoi(mask);
        if (ip == null || !ok || i != mask.Length || n < 0 || n > 8 * iplen)
        {
            return (null, null, new ParseError { Type = "CIDR address", Text = s });
        }
        var m = CIDRMask(n, 8 * iplen);
        return (ip, new IPNet { IP = ip.Mask(m), Mask = m }, null);
    }

    internal static IP copyIP(IP x)
    {
        var y = new byte[x.Length];
        x.Span.CopyTo(y);
        return y;
    }
}
