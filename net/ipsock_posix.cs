// Ports src/net/ipsock_posix.go of go1.20.

namespace golang;

public static partial class net
{
    internal sealed partial class ipStackCapabilities
    {
        // probe finds out what of IPv4, IPv6 and IPv4 mapped into IPv6 can be
        // used, which depends on the socket option IPV6_V6ONLY and on how the
        // kernel was built.
        //
        // Should IPv4 alone use sockets of IPv4? Where the system maps IPv4
        // into IPv6, mapped addresses can go through sockets of IPv6, which is
        // simpler here and the most general. But there are kernels without
        // IPv6. So the kernel is asked.
        internal void probe()
        {
            var (s, err) = sysSocket(syscall.AF_INET, syscall.SOCK_STREAM, syscall.IPPROTO_TCP);
            if (err == syscall.EAFNOSUPPORT || err == syscall.EPROTONOSUPPORT)
            {
            }
            else if (err == null)
            {
                poll.CloseFunc(s);
                ipv4Enabled = true;
            }
            (TCPAddr laddr, int value)[] probes =
            [
                // IPv6
                (new TCPAddr { IP = ParseIP("::1") }, 1),
                // IPv4 addresses mapped into IPv6
                (new TCPAddr { IP = IPv4(127, 0, 0, 1) }, 0),
            ]; // PORT(goos): Go leaves the second one out on DragonFly BSD and
            // OpenBSD, which always refuse IPV6_V6ONLY=0.
            // PORT(defer)
            var deferred = new System.Collections.Generic.List<int>();
            try
            {
                for (var i = 0; i < probes.Length; i++)
                {
                    (s, err) = sysSocket(syscall.AF_INET6, syscall.SOCK_STREAM, syscall.IPPROTO_TCP);
                    if (err != null)
                    {
                        continue;
                    }
                    deferred.Add(s); // PORT(defer): defer poll.CloseFunc(s)
                    syscall.SetsockoptInt(s, syscall.IPPROTO_IPV6, syscall.IPV6_V6ONLY, probes[i].value);
                    (var sa, err) = probes[i].laddr.sockaddr(syscall.AF_INET6);
                    if (err != null)
                    {
                        continue;
                    }
                    err = syscall.Bind(s, sa!);
                    if (err != null)
                    {
                        continue;
                    }
                    if (i == 0)
                    {
                        ipv6Enabled = true;
                    }
                    else
                    {
                        ipv4MappedIPv6Enabled = true;
                    }
                }
            }
            // PORT(defer)
            finally
            {
                for (var i = deferred.Count - 1; i >= 0; i--)
                {
                    poll.CloseFunc(deferred[i]);
                }
            }
        }
    }

    // favoriteAddrFamily chooses the address family for network, laddr, raddr
    // and mode.
    //
    // For mode "listen" with a wildcard laddr the user is taken to want a
    // passive open on both AF_INET and AF_INET6, with a wildcard address:
    //
    //   - For "tcp" or "udp" with any wildcard address: where the platform has
    //     IPv6 and IPv4 mapped into it, or has no IPv4, listen on both stacks
    //     by AF_INET6 and IPV6_V6ONLY=0. That may fall back to AF_INET6 and
    //     IPV6_V6ONLY=1. Elsewhere prefer AF_INET.
    //
    //   - The same for "tcp" or "udp" with an IPv4 wildcard address.
    //
    //   - The same for "tcp" or "udp" with an IPv6 wildcard address.
    //
    //   - For "tcp4" or "udp4" with an IPv4 wildcard address use AF_INET.
    //
    //   - For "tcp6" or "udp6" with an IPv6 wildcard address use AF_INET6 and
    //     IPV6_V6ONLY=1.
    //
    // Otherwise the answer is AF_INET when the addresses are IPv4, and AF_INET6
    // when not. The second result is the value of IPV6_V6ONLY.
    //
    // DragonFly BSD and OpenBSD allow neither a change of
    // net.inet6.ip6.v6only nor the socket option.
    internal static async go<(int family, bool ipv6only)> favoriteAddrFamily(string network, sockaddr? laddr, sockaddr? raddr, string mode)
    {
        switch (network[network.Length - 1])
        {
            case '4':
                return (syscall.AF_INET, false);
            case '6':
                return (syscall.AF_INET6, true);
        }

        if (mode == "listen" && (laddr == null || laddr.isWildcard()))
        {
            if (await supportsIPv4map() || !await supportsIPv4())
            {
                return (syscall.AF_INET6, false);
            }
            if (laddr == null)
            {
                return (syscall.AF_INET, false);
            }
            return (laddr.family(), false);
        }

        if ((laddr == null || laddr.family() == syscall.AF_INET) &&
            (raddr == null || raddr.family() == syscall.AF_INET))
        {
            return (syscall.AF_INET, false);
        }
        return (syscall.AF_INET6, false);
    }

    internal static async go<(netFD? fd, error? err)> internetSocket(context.Context ctx, string net, sockaddr? laddr, sockaddr? raddr, int sotype, int proto, string mode, Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn)
    {
        // PORT(goos): on AIX, Windows and OpenBSD Go dials a wildcard raddr as its toLocal.
        var (family, ipv6only) = await favoriteAddrFamily(net, laddr, raddr, mode);
        return await socket(ctx, net, family, sotype, proto, ipv6only, laddr, raddr, ctrlCtxFn);
    }

    internal static (syscall.SockaddrInet4? sa, error? err) ipToSockaddrInet4(IP ip, int port)
    {
        if (ip.Length == 0)
        {
            ip = IPv4zero;
        }
        var ip4 = ip.To4();
        if (ip4 == null)
        {
            return (null, new AddrError { Err = "non-IPv4 address", Addr = ip.String() });
        }
        var sa = new syscall.SockaddrInet4 { Port = port };
        ip4.Span.CopyTo(sa.Addr);
        return (sa, null);
    }

    internal static (syscall.SockaddrInet6? sa, error? err) ipToSockaddrInet6(IP ip, int port, string zone)
    {
        // A wildcard address, "0.0.0.0" or "::", usually means the whole of
        // the IP address space; for historical reasons some operations take it
        // for "any address there is".
        //
        // With IPv4 mapped into IPv6 a listener can have the wildcard address
        // of both address spaces by way of the IPv6 wildcard address.
        if (ip.Length == 0 || ip.Equal(IPv4zero))
        {
            ip = IPv6zero;
        }
        // Any IPv6 address will do, IPv4 mapped into IPv6 included.
        var ip6 = ip.To16();
        if (ip6 == null)
        {
            return (null, new AddrError { Err = "non-IPv6 address", Addr = ip.String() });
        }
        var sa = new syscall.SockaddrInet6 { Port = port, ZoneId = (uint32)zoneCache.index(zone) };
        ip6.Span.CopyTo(sa.Addr);
        return (sa, null);
    }

    internal static (syscall.Sockaddr? sa, error? err) ipToSockaddr(int family, IP ip, int port, string zone)
    {
        switch (family)
        {
            case syscall.AF_INET:
                {
                    var (sa, err) = ipToSockaddrInet4(ip, port);
                    if (err != null)
                    {
                        return (null, err);
                    }
                    return (sa, null);
                }
            case syscall.AF_INET6:
                {
                    var (sa, err) = ipToSockaddrInet6(ip, port, zone);
                    if (err != null)
                    {
                        return (null, err);
                    }
                    return (sa, null);
                }
        }
        return (null, new AddrError { Err = "invalid address family", Addr = ip.String() });
    }

    internal static (syscall.SockaddrInet4? sa, error? err) addrPortToSockaddrInet4(netip.AddrPort ap)
    {
        // ipToSockaddrInet4 takes no bytes at all for the zero address; here
        // that is not needed, as netip has no address of no family.
        var addr = ap.Addr();
        if (!addr.Is4())
        {
            return (null, new AddrError { Err = "non-IPv4 address", Addr = addr.String() });
        }
        var sa = new syscall.SockaddrInet4
        {
            Addr = addr.As4(),
            Port = (int)ap.Port(),
        };
        return (sa, null);
    }

    internal static (syscall.SockaddrInet6? sa, error? err) addrPortToSockaddrInet6(netip.AddrPort ap)
    {
        // ipToSockaddrInet6 takes no bytes at all for the zero address; here
        // that is not needed, as netip has no address of no family.
        //
        // An IPv4 address will do: As16 maps it into IPv6. The error is the
        // one of ipToSockaddrInet6.
        var addr = ap.Addr();
        if (!addr.IsValid())
        {
            return (null, new AddrError { Err = "non-IPv6 address", Addr = addr.String() });
        }
        var sa = new syscall.SockaddrInet6
        {
            Addr = addr.As16(),
            Port = (int)ap.Port(),
            ZoneId = (uint32)zoneCache.index(addr.Zone()),
        };
        return (sa, null);
    }
}
