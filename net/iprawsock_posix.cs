// Ports src/net/iprawsock_posix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static Addr? sockaddrToIP(syscall.Sockaddr? sa)
    {
        switch (sa)
        {
            case syscall.SockaddrInet4 sa4:
                return new IPAddr { IP = sa4.Addr[0..].ToArray() };
            case syscall.SockaddrInet6 sa6:
                return new IPAddr { IP = sa6.Addr[0..].ToArray(), Zone = zoneCache.name((int)sa6.ZoneId) };
        }
        return null;
    }

    public sealed partial class IPAddr
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
            return ipToSockaddr(family, IP, 0, Zone);
        }

        internal sockaddr toLocal(string net)
        {
            return new IPAddr { IP = loopbackIP(net), Zone = Zone };
        }

        // PORT(iface): methods that are not public satisfy an interface only when it is named.
        int net.sockaddr.family() => family();

        bool net.sockaddr.isWildcard() => isWildcard();

        (syscall.Sockaddr? sa, error? err) net.sockaddr.sockaddr(int family) => sockaddr(family);

        net.sockaddr net.sockaddr.toLocal(string net) => toLocal(net);
    }

    public sealed partial class IPConn
    {
        internal async go<(int n, IPAddr? addr, error? err)> readFrom(Memory<byte> b)
        {
            // Go thinks of readv here, which would save moving the data over
            // the header, where the family is known.
            IPAddr? addr = null;
            var (n, sa, err) = await fd.readFrom(b);
            switch (sa)
            {
                case syscall.SockaddrInet4 sa4:
                    addr = new IPAddr { IP = sa4.Addr[0..].ToArray() };
                    n = stripIPv4Header(n, b.Span);
                    break;
                case syscall.SockaddrInet6 sa6:
                    addr = new IPAddr { IP = sa6.Addr[0..].ToArray(), Zone = zoneCache.name((int)sa6.ZoneId) };
                    break;
            }
            return (n, addr, err);
        }
    }

    internal static int stripIPv4Header(int n, Span<byte> b)
    {
        if (b.Length < 20)
        {
            return n;
        }
        var l = (b[0] & 0x0f) << 2;
        if (20 > l || l > b.Length)
        {
            return n;
        }
        if (b[0] >> 4 != 4)
        {
            return n;
        }
        builtin.copy(b, b[l..]);
        return n - l;
    }

    public sealed partial class IPConn
    {
        internal async go<(int n, int oobn, int flags, IPAddr? addr, error? err)> readMsg(Memory<byte> b, Memory<byte> oob)
        {
            IPAddr? addr = null;
            syscall.Sockaddr? sa;
            (var n, var oobn, var flags, sa, var err) = await fd.readMsg(b, oob, 0);
            switch (sa)
            {
                case syscall.SockaddrInet4 sa4:
                    addr = new IPAddr { IP = sa4.Addr[0..].ToArray() };
                    break;
                case syscall.SockaddrInet6 sa6:
                    addr = new IPAddr { IP = sa6.Addr[0..].ToArray(), Zone = zoneCache.name((int)sa6.ZoneId) };
                    break;
            }
            return (n, oobn, flags, addr, err);
        }

        internal async go<(int n, error? err)> writeTo(Memory<byte> b, IPAddr? addr)
        {
            if (fd.isConnected)
            {
                return (0, ErrWriteToConnected);
            }
            if (addr == null)
            {
                return (0, errMissingAddress);
            }
            var (sa, err) = addr.sockaddr(fd.family);
            if (err != null)
            {
                return (0, err);
            }
            return await fd.writeTo(b, sa);
        }

        internal async go<(int n, int oobn, error? err)> writeMsg(Memory<byte> b, Memory<byte> oob, IPAddr? addr)
        {
            if (fd.isConnected)
            {
                return (0, 0, ErrWriteToConnected);
            }
            if (addr == null)
            {
                return (0, 0, errMissingAddress);
            }
            var (sa, err) = addr.sockaddr(fd.family);
            if (err != null)
            {
                return (0, 0, err);
            }
            return await fd.writeMsg(b, oob, sa);
        }
    }

    internal sealed partial class sysDialer
    {
        internal async go<(IPConn? c, error? err)> dialIP(context.Context ctx, IPAddr? laddr, IPAddr? raddr)
        {
            var (network, proto, err) = await parseNetwork(ctx, this.network, true);
            if (err != null)
            {
                return (null, err);
            }
            switch (network)
            {
                case "ip":
                case "ip4":
                case "ip6":
                    break;
                default:
                    return (null, new UnknownNetworkError(this.network));
            }
            var ctrlCtxFn = Dialer.ControlContext;
            if (ctrlCtxFn == null && Dialer.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => Dialer.Control!(network, address, c);
            }
            (var fd, err) = await internetSocket(ctx, network, laddr, raddr, syscall.SOCK_RAW, proto, "dial", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (newIPConn(fd!), null);
        }
    }

    internal sealed partial class sysListener
    {
        internal async go<(IPConn? c, error? err)> listenIP(context.Context ctx, IPAddr laddr)
        {
            var (network, proto, err) = await parseNetwork(ctx, this.network, true);
            if (err != null)
            {
                return (null, err);
            }
            switch (network)
            {
                case "ip":
                case "ip4":
                case "ip6":
                    break;
                default:
                    return (null, new UnknownNetworkError(this.network));
            }
            Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn = null;
            if (ListenConfig.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => ListenConfig.Control!(network, address, c);
            }
            (var fd, err) = await internetSocket(ctx, network, laddr, null, syscall.SOCK_RAW, proto, "listen", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (newIPConn(fd!), null);
        }
    }
}
