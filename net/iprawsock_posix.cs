// Ports src/net/iprawsock_posix.go of go1.20.

namespace go;

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

    // PORT(later): the methods of IPConn stand here.

    internal sealed partial class sysDialer
    {
        // PORT(later): IP sockets are not ported yet; the dial fails with an error that says so.
        internal go<(Conn? c, error? err)> dialIP(context.Context ctx, IPAddr? laddr, IPAddr raddr)
        {
            return new go<(Conn? c, error? err)>((null, errNotPorted));
        }
    }

    internal sealed partial class sysListener
    {
        // PORT(later): as dialIP.
        internal go<(PacketConn? c, error? err)> listenIP(context.Context ctx, IPAddr laddr)
        {
            return new go<(PacketConn? c, error? err)>((null, errNotPorted));
        }
    }

    // errNotPorted is the error of the networks that Go knows and the port does not have yet.
    internal static readonly error errNotPorted = errors.New("network not ported yet");
}
