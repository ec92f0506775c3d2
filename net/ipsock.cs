// Ports src/net/ipsock.go of go1.20.

namespace golang;

public static partial class net
{
    internal sealed partial class ipStackCapabilities
    {
        internal readonly sync.Once Once = new sync.Once(); // guards what follows
        internal bool ipv4Enabled;
        internal bool ipv6Enabled;
        internal bool ipv4MappedIPv6Enabled;
    }

    internal static readonly ipStackCapabilities ipStackCaps = new ipStackCapabilities();

    // supportsIPv4 reports whether the platform has IPv4.
    internal static async go<bool> supportsIPv4()
    {
        await ipStackCaps.Once.Do(ipStackCaps.probe);
        return ipStackCaps.ipv4Enabled;
    }

    // supportsIPv6 reports whether the platform has IPv6.
    internal static async go<bool> supportsIPv6()
    {
        await ipStackCaps.Once.Do(ipStackCaps.probe);
        return ipStackCaps.ipv6Enabled;
    }

    // supportsIPv4map reports whether the platform maps IPv4 addresses into
    // IPv6 for the transport protocols (RFC 4291, RFC 4038, RFC 3493).
    internal static async go<bool> supportsIPv4map()
    {
        // PORT(goos): some systems cannot do that at all, and Go does not ask
        // them; Linux is not among them.
        await ipStackCaps.Once.Do(ipStackCaps.probe);
        return ipStackCaps.ipv4MappedIPv6Enabled;
    }

    // An addrList is a list of addresses of network end points.
    internal sealed partial class addrList : System.Collections.Generic.List<Addr>;

    // isIPv4 reports whether addr has an IPv4 address.
    internal static bool isIPv4(Addr addr)
    {
        switch (addr)
        {
            case TCPAddr tcp:
                return tcp.IP.To4() != null;
            case UDPAddr udp:
                return udp.IP.To4() != null;
            case IPAddr ip:
                return ip.IP.To4() != null;
        }
        return false;
    }

    // isNotIPv4 reports whether addr has no IPv4 address.
    internal static bool isNotIPv4(Addr addr)
    {
        return !isIPv4(addr);
    }

    internal sealed partial class addrList
    {
        // forResolve returns the address that ResolveTCPAddr, ResolveUDPAddr
        // or ResolveIPAddr wants most: IPv4, unless addr has an IPv6 literal.
        internal Addr forResolve(string network, string addr)
        {
            var want6 = false;
            switch (network)
            {
                case "ip":
                    // an IPv6 literal, and no port
                    want6 = count(addr, ':') > 0;
                    break;
                case "tcp":
                case "udp":
                    // an IPv6 literal; there is a port, so '[' tells
                    want6 = count(addr, '[') > 0;
                    break;
            }
            if (want6)
            {
                return first(isNotIPv4);
            }
            return first(isIPv4);
        }

        // first returns the first address that suits strategy, or else the
        // first of all.
        internal Addr first(Func<Addr, bool> strategy)
        {
            foreach (var addr in this)
            {
                if (strategy(addr))
                {
                    return addr;
                }
            }
            return this[0];
        }

        // partition splits the list in two by the label that strategy gives
        // each address: those with the label of the first one are primaries,
        // the others fallbacks. Of a list that is not empty primaries is not
        // empty either.
        internal (addrList primaries, addrList fallbacks) partition(Func<Addr, bool> strategy)
        {
            var (primaries, fallbacks) = (new addrList(), new addrList());
            var primaryLabel = false;
            for (var i = 0; i < Count; i++)
            {
                var addr = this[i];
                var label = strategy(addr);
                if (i == 0 || label == primaryLabel)
                {
                    primaryLabel = label;
                    primaries.Add(addr);
                }
                else
                {
                    fallbacks.Add(addr);
                }
            }
            return (primaries, fallbacks);
        }
    }

    // filterAddrList makes end points of the addresses that filter, which is
    // null (all of them), ipv4only or ipv6only, lets through. Without an error
    // there is one at least.
    internal static (addrList? addrs, error? err) filterAddrList(Func<IPAddr, bool>? filter, System.Collections.Generic.List<IPAddr> ips, Func<IPAddr, Addr> inetaddr, string originalAddr)
    {
        var addrs = new addrList();
        foreach (var ip in ips)
        {
            if (filter == null || filter(ip))
            {
                addrs.Add(inetaddr(ip));
            }
        }
        if (addrs.Count == 0)
        {
            return (null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = originalAddr });
        }
        return (addrs, null);
    }

    // ipv4only reports whether addr is an IPv4 address.
    internal static bool ipv4only(IPAddr addr)
    {
        return addr.IP.To4() != null;
    }

    // ipv6only reports whether addr is an IPv6 address that is not an IPv4
    // address mapped into IPv6.
    internal static bool ipv6only(IPAddr addr)
    {
        return addr.IP.Length == IPv6len && addr.IP.To4() == null;
    }

    /// <summary>
    /// Splits "host:port", "host%zone:port", "[host]:port" or
    /// "[host%zone]:port" into the host, with its zone, and the port. An IPv6
    /// literal has to stand in brackets: "[::1]:80", "[::1%lo0]:80". An
    /// AddrError when hostport has none of these forms. See Dial for host and
    /// port. Go: src/net/ipsock.go.
    /// </summary>
    public static (string host, string port, error? err) SplitHostPort(string hostport)
    {
        const string missingPort = "missing port in address";
        const string tooManyColons = "too many colons in address";
        static (string host, string port, error? err) addrErr(string addr, string why)
        {
            return ("", "", new AddrError { Err = why, Addr = addr });
        }
        string host, port;
        var (j, k) = (0, 0);

        // What follows the last colon is the port.
        var i = last(hostport, ':');
        if (i < 0)
        {
            return addrErr(hostport, missingPort);
        }

        if (hostport[0] == '[')
        {
            // The first ']' should stand right before the last ':'.
            var end = hostport.IndexOf(']');
            if (end < 0)
            {
                return addrErr(hostport, "missing ']' in address");
            }
            if (end + 1 == hostport.Length)
            {
                // No ':' can follow the ']'.
                return addrErr(hostport, missingPort);
            }
            else if (end + 1 == i)
            {
                // As it should be.
            }
            else
            {
                // No colon follows the ']', or one that is not the last.
                if (hostport[end + 1] == ':')
                {
                    return addrErr(hostport, tooManyColons);
                }
                return addrErr(hostport, missingPort);
            }
            host = hostport[1..end];
            (j, k) = (1, end + 1); // no '[' before the first of them, no ']' before the second
        }
        else
        {
            host = hostport[..i];
            if (host.IndexOf(':') >= 0)
            {
                return addrErr(hostport, tooManyColons);
            }
        }
        if (hostport[j..].IndexOf('[') >= 0)
        {
            return addrErr(hostport, "unexpected '[' in address");
        }
        if (hostport[k..].IndexOf(']') >= 0)
        {
            return addrErr(hostport, "unexpected ']' in address");
        }

        port = hostport[(i + 1)..];
        return (host, port, null);
    }

    internal static (string host, string zone) splitHostZone(string s)
    {
        var (host, zone) = ("", "");
        // What follows the last percent sign is the zone of the IPv6 address.
        var i = last(s, '%');
        if (i > 0)
        {
            (host, zone) = (s[..i], s[(i + 1)..]);
        }
        else
        {
            host = s;
        }
        return (host, zone);
    }

    /// <summary>
    /// Joins host and port to "host:port", or to "[host]:port" when host has
    /// a colon, as IPv6 literals have. See Dial for host and port.
    /// Go: src/net/ipsock.go.
    /// </summary>
    public static string JoinHostPort(string host, string port)
    {
        // A host with a colon is taken for an IPv6 literal.
        if (host.IndexOf(':') >= 0)
        {
            return "[" + host + "]:" + port;
        }
        return host + ":" + port;
    }

    public sealed partial class Resolver
    {
        // internetAddrList resolves addr, an IP literal or a DNS name, to a
        // list of addresses of the internet protocols. Without an error there
        // is one at least.
        internal async go<(addrList? addrs, error? err)> internetAddrList(context.Context ctx, string net, string addr)
        {
            error? err;
            var (host, port) = ("", "");
            var portnum = 0;
            switch (net)
            {
                case "tcp":
                case "tcp4":
                case "tcp6":
                case "udp":
                case "udp4":
                case "udp6":
                    if (addr != "")
                    {
                        (host, port, err) = SplitHostPort(addr);
                        if (err != null)
                        {
                            return (null, err);
                        }
                        (portnum, err) = await LookupPort(ctx, net, port);
                        if (err != null)
                        {
                            return (null, err);
                        }
                    }
                    break;
                case "ip":
                case "ip4":
                case "ip6":
                    if (addr != "")
                    {
                        host = addr;
                    }
                    break;
                default:
                    return (null, new UnknownNetworkError(net));
            }
            Func<IPAddr, Addr> inetaddr = ip =>
            {
                switch (net)
                {
                    case "tcp":
                    case "tcp4":
                    case "tcp6":
                        return new TCPAddr { IP = ip.IP, Port = portnum, Zone = ip.Zone };
                    case "udp":
                    case "udp4":
                    case "udp6":
                        return new UDPAddr { IP = ip.IP, Port = portnum, Zone = ip.Zone };
                    case "ip":
                    case "ip4":
                    case "ip6":
                        return new IPAddr { IP = ip.IP, Zone = ip.Zone };
                    default:
                        builtin.panic("unexpected network: " + net);
                        return ip;
                }
            };
            if (host == "")
            {
                return (new addrList { inetaddr(new IPAddr()) }, null);
            }

            // It may be an IP literal, or else a DNS name.
            (var ips, err) = await lookupIPAddr(ctx, net, host);
            if (err != null)
            {
                return (null, err);
            }
            // Issue 18806: with IPv6 set up by halves a machine can bind to
            // "::" (IPv6unspecified) and yet not connect to it. Then 0.0.0.0
            // is dialed as well.
            if (ips!.Count == 1 && ips[0].IP.Equal(IPv6unspecified))
            {
                ips.Add(new IPAddr { IP = IPv4zero });
            }

            Func<IPAddr, bool>? filter = null;
            if (net != "" && net[net.Length - 1] == '4')
            {
                filter = ipv4only;
            }
            if (net != "" && net[net.Length - 1] == '6')
            {
                filter = ipv6only;
            }
            return filterAddrList(filter, ips, inetaddr, host);
        }
    }

    internal static IP loopbackIP(string net)
    {
        if (net != "" && net[net.Length - 1] == '6')
        {
            return IPv6loopback;
        }
        return new byte[] { 127, 0, 0, 1 };
    }
}
