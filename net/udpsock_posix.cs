// Ports src/net/udpsock_posix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static Addr? sockaddrToUDP(syscall.Sockaddr? sa)
    {
        switch (sa)
        {
            case syscall.SockaddrInet4 sa4:
                return new UDPAddr { IP = sa4.Addr[0..].ToArray(), Port = sa4.Port };
            case syscall.SockaddrInet6 sa6:
                return new UDPAddr { IP = sa6.Addr[0..].ToArray(), Port = sa6.Port, Zone = zoneCache.name((int)sa6.ZoneId) };
        }
        return null;
    }

    public sealed partial class UDPAddr
    {
        // PORT(nilrecv): not for a nil address.
        internal int family()
        {
            if (IP.Length <= IPv4len)
            {
                return syscall.AF_INET;
            }
            if (IP.To4() != null)
            {
                return syscall.AF_INET;
            }
            return syscall.AF_INET6;
        }

        internal (syscall.Sockaddr? sa, error? err) sockaddr(int family)
        {
            // PORT(nilrecv): nil for nil.
            return ipToSockaddr(family, IP, Port, Zone);
        }

        internal sockaddr toLocal(string net)
        {
            return new UDPAddr { IP = loopbackIP(net), Port = Port, Zone = Zone };
        }

        // PORT(iface): methods that are not public satisfy an interface only when it is named.
        int net.sockaddr.family() => family();

        bool net.sockaddr.isWildcard() => isWildcard();

        (syscall.Sockaddr? sa, error? err) net.sockaddr.sockaddr(int family) => sockaddr(family);

        net.sockaddr net.sockaddr.toLocal(string net) => toLocal(net);
    }

    public sealed partial class UDPConn
    {
        internal async go<(int n, UDPAddr? addr, error? err)> readFrom(Memory<byte> b, UDPAddr? addr)
        {
            var n = 0;
            error? err = null;
            switch (fd.family)
            {
                case syscall.AF_INET:
                    {
                        var from = new syscall.SockaddrInet4(); // PORT(escape)
                        (n, err) = await fd.readFromInet4(b, from);
                        if (err == null)
                        {
                            var ip = from.Addr; // a copy of 4 bytes, which the address keeps
                            (addr!.IP, addr.Port, addr.Zone) = (ip[..].ToArray(), from.Port, ""); // PORT(assign)
                        }
                    }
                    break;
                case syscall.AF_INET6:
                    {
                        var from = new syscall.SockaddrInet6(); // PORT(escape)
                        (n, err) = await fd.readFromInet6(b, from);
                        if (err == null)
                        {
                            var ip = from.Addr; // a copy of 16 bytes, which the address keeps
                            (addr!.IP, addr.Port, addr.Zone) = (ip[..].ToArray(), from.Port, zoneCache.name((int)from.ZoneId)); // PORT(assign)
                        }
                    }
                    break;
            }
            if (err != null)
            {
                // There is no address with an error.
                addr = null;
            }
            return (n, addr, err);
        }

        internal async go<(int n, netip.AddrPort addr, error? err)> readFromAddrPort(Memory<byte> b)
        {
            var n = 0;
            netip.AddrPort addr = default;
            error? err = null;
            netip.Addr ip = default;
            var port = 0;
            switch (fd.family)
            {
                case syscall.AF_INET:
                    {
                        var from = new syscall.SockaddrInet4(); // PORT(escape)
                        (n, err) = await fd.readFromInet4(b, from);
                        if (err == null)
                        {
                            ip = netip.AddrFrom4(from.Addr);
                            port = from.Port;
                        }
                    }
                    break;
                case syscall.AF_INET6:
                    {
                        var from = new syscall.SockaddrInet6(); // PORT(escape)
                        (n, err) = await fd.readFromInet6(b, from);
                        if (err == null)
                        {
                            ip = netip.AddrFrom16(from.Addr).WithZone(zoneCache.name((int)from.ZoneId));
                            port = from.Port;
                        }
                    }
                    break;
            }
            if (err == null)
            {
                addr = netip.AddrPortFrom(ip, (uint16)port);
            }
            return (n, addr, err);
        }

        internal async go<(int n, int oobn, int flags, netip.AddrPort addr, error? err)> readMsg(Memory<byte> b, Memory<byte> oob)
        {
            int n = 0, oobn = 0, flags = 0;
            netip.AddrPort addr = default;
            error? err = null;
            switch (fd.family)
            {
                case syscall.AF_INET:
                    {
                        var sa = new syscall.SockaddrInet4(); // PORT(escape)
                        (n, oobn, flags, err) = await fd.readMsgInet4(b, oob, 0, sa);
                        var ip = netip.AddrFrom4(sa.Addr);
                        addr = netip.AddrPortFrom(ip, (uint16)sa.Port);
                    }
                    break;
                case syscall.AF_INET6:
                    {
                        var sa = new syscall.SockaddrInet6(); // PORT(escape)
                        (n, oobn, flags, err) = await fd.readMsgInet6(b, oob, 0, sa);
                        var ip = netip.AddrFrom16(sa.Addr).WithZone(zoneCache.name((int)sa.ZoneId));
                        addr = netip.AddrPortFrom(ip, (uint16)sa.Port);
                    }
                    break;
            }
            return (n, oobn, flags, addr, err);
        }

        internal async go<(int n, error? err)> writeTo(Memory<byte> b, UDPAddr? addr)
        {
            if (fd.isConnected)
            {
                return (0, ErrWriteToConnected);
            }
            if (addr == null)
            {
                return (0, errMissingAddress);
            }

            switch (fd.family)
            {
                case syscall.AF_INET:
                    {
                        var (sa, err) = ipToSockaddrInet4(addr.IP, addr.Port);
                        if (err != null)
                        {
                            return (0, err);
                        }
                        return await fd.writeToInet4(b, sa!);
                    }
                case syscall.AF_INET6:
                    {
                        var (sa, err) = ipToSockaddrInet6(addr.IP, addr.Port, addr.Zone);
                        if (err != null)
                        {
                            return (0, err);
                        }
                        return await fd.writeToInet6(b, sa!);
                    }
                default:
                    return (0, new AddrError { Err = "invalid address family", Addr = addr.IP.String() });
            }
        }

        internal async go<(int n, error? err)> writeToAddrPort(Memory<byte> b, netip.AddrPort addr)
        {
            if (fd.isConnected)
            {
                return (0, ErrWriteToConnected);
            }
            if (!addr.IsValid())
            {
                return (0, errMissingAddress);
            }

            switch (fd.family)
            {
                case syscall.AF_INET:
                    {
                        var (sa, err) = addrPortToSockaddrInet4(addr);
                        if (err != null)
                        {
                            return (0, err);
                        }
                        return await fd.writeToInet4(b, sa!);
                    }
                case syscall.AF_INET6:
                    {
                        var (sa, err) = addrPortToSockaddrInet6(addr);
                        if (err != null)
                        {
                            return (0, err);
                        }
                        return await fd.writeToInet6(b, sa!);
                    }
                default:
                    return (0, new AddrError { Err = "invalid address family", Addr = addr.Addr().String() });
            }
        }

        internal async go<(int n, int oobn, error? err)> writeMsg(Memory<byte> b, Memory<byte> oob, UDPAddr? addr)
        {
            if (fd.isConnected && addr != null)
            {
                return (0, 0, ErrWriteToConnected);
            }
            if (!fd.isConnected && addr == null)
            {
                return (0, 0, errMissingAddress);
            }
            // PORT(nilrecv)
            var (sa, err) = addr == null ? (null, null) : addr.sockaddr(fd.family);
            if (err != null)
            {
                return (0, 0, err);
            }
            return await fd.writeMsg(b, oob, sa);
        }

        internal async go<(int n, int oobn, error? err)> writeMsgAddrPort(Memory<byte> b, Memory<byte> oob, netip.AddrPort addr)
        {
            if (fd.isConnected && addr.IsValid())
            {
                return (0, 0, ErrWriteToConnected);
            }
            if (!fd.isConnected && !addr.IsValid())
            {
                return (0, 0, errMissingAddress);
            }

            switch (fd.family)
            {
                case syscall.AF_INET:
                    {
                        var (sa, err) = addrPortToSockaddrInet4(addr);
                        if (err != null)
                        {
                            return (0, 0, err);
                        }
                        return await fd.writeMsgInet4(b, oob, sa!);
                    }
                case syscall.AF_INET6:
                    {
                        var (sa, err) = addrPortToSockaddrInet6(addr);
                        if (err != null)
                        {
                            return (0, 0, err);
                        }
                        return await fd.writeMsgInet6(b, oob, sa!);
                    }
                default:
                    return (0, 0, new AddrError { Err = "invalid address family", Addr = addr.Addr().String() });
            }
        }
    }

    internal sealed partial class sysDialer
    {
        internal async go<(UDPConn? c, error? err)> dialUDP(context.Context ctx, UDPAddr? laddr, UDPAddr? raddr)
        {
            var ctrlCtxFn = Dialer.ControlContext;
            if (ctrlCtxFn == null && Dialer.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => Dialer.Control!(network, address, c);
            }
            var (fd, err) = await internetSocket(ctx, network, laddr, raddr, syscall.SOCK_DGRAM, 0, "dial", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (newUDPConn(fd!), null);
        }
    }

    internal sealed partial class sysListener
    {
        internal async go<(UDPConn? c, error? err)> listenUDP(context.Context ctx, UDPAddr laddr)
        {
            Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn = null;
            if (ListenConfig.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => ListenConfig.Control!(network, address, c);
            }
            var (fd, err) = await internetSocket(ctx, network, laddr, null, syscall.SOCK_DGRAM, 0, "listen", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (newUDPConn(fd!), null);
        }

        internal async go<(UDPConn? c, error? err)> listenMulticastUDP(context.Context ctx, Interface? ifi, UDPAddr gaddr)
        {
            Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn = null;
            if (ListenConfig.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => ListenConfig.Control!(network, address, c);
            }
            var (fd, err) = await internetSocket(ctx, network, gaddr, null, syscall.SOCK_DGRAM, 0, "listen", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            var c = newUDPConn(fd!);
            var ip4 = gaddr.IP.To4();
            if (ip4 != null)
            {
                err = listenIPv4MulticastUDP(c, ifi, ip4);
                if (err != null)
                {
                    await c.Close();
                    return (null, err);
                }
            }
            else
            {
                err = listenIPv6MulticastUDP(c, ifi, gaddr.IP);
                if (err != null)
                {
                    await c.Close();
                    return (null, err);
                }
            }
            return (c, null);
        }
    }

    internal static error? listenIPv4MulticastUDP(UDPConn c, Interface? ifi, IP ip)
    {
        error? err;
        if (ifi != null)
        {
            err = setIPv4MulticastInterface(c.fd, ifi);
            if (err != null)
            {
                return err;
            }
        }
        err = setIPv4MulticastLoopback(c.fd, false);
        if (err != null)
        {
            return err;
        }
        err = joinIPv4Group(c.fd, ifi, ip);
        if (err != null)
        {
            return err;
        }
        return null;
    }

    internal static error? listenIPv6MulticastUDP(UDPConn c, Interface? ifi, IP ip)
    {
        error? err;
        if (ifi != null)
        {
            err = setIPv6MulticastInterface(c.fd, ifi);
            if (err != null)
            {
                return err;
            }
        }
        err = setIPv6MulticastLoopback(c.fd, false);
        if (err != null)
        {
            return err;
        }
        err = joinIPv6Group(c.fd, ifi, ip);
        if (err != null)
        {
            return err;
        }
        return null;
    }
}
