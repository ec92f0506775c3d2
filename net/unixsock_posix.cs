// Ports src/net/unixsock_posix.go of go1.20.

namespace go;

public static partial class net
{
    // PORT(later): unixSocket stands here.

    internal static Addr? sockaddrToUnix(syscall.Sockaddr? sa)
    {
        if (sa is syscall.SockaddrUnix s)
        {
            return new UnixAddr { Name = s.Name, Net = "unix" };
        }
        return null;
    }

    internal static Addr? sockaddrToUnixgram(syscall.Sockaddr? sa)
    {
        if (sa is syscall.SockaddrUnix s)
        {
            return new UnixAddr { Name = s.Name, Net = "unixgram" };
        }
        return null;
    }

    internal static Addr? sockaddrToUnixpacket(syscall.Sockaddr? sa)
    {
        if (sa is syscall.SockaddrUnix s)
        {
            return new UnixAddr { Name = s.Name, Net = "unixpacket" };
        }
        return null;
    }

    internal static string sotypeToNet(int sotype)
    {
        switch (sotype)
        {
            case syscall.SOCK_STREAM:
                return "unix";
            case syscall.SOCK_DGRAM:
                return "unixgram";
            case syscall.SOCK_SEQPACKET:
                return "unixpacket";
            default:
                builtin.panic("sotypeToNet unknown socket type");
                return "";
        }
    }

    public sealed partial class UnixAddr
    {
        internal int family()
        {
            return syscall.AF_UNIX;
        }

        internal (syscall.Sockaddr? sa, error? err) sockaddr(int family)
        {
            return (new syscall.SockaddrUnix { Name = Name }, null); // PORT(nilrecv): nil for nil
        }

        internal sockaddr toLocal(string net)
        {
            return this;
        }

        // PORT(iface): methods that are not public satisfy an interface only when it is named.
        int net.sockaddr.family() => family();

        bool net.sockaddr.isWildcard() => isWildcard();

        (syscall.Sockaddr? sa, error? err) net.sockaddr.sockaddr(int family) => sockaddr(family);

        net.sockaddr net.sockaddr.toLocal(string net) => toLocal(net);
    }

    // PORT(later): the methods of UnixConn and UnixListener stand here.

    internal sealed partial class sysDialer
    {
        // PORT(later): Unix sockets are not ported yet; the dial fails with an error that says so.
        internal go<(Conn? c, error? err)> dialUnix(context.Context ctx, UnixAddr? laddr, UnixAddr raddr)
        {
            return new go<(Conn? c, error? err)>((null, errNotPorted));
        }
    }

    internal sealed partial class sysListener
    {
        // PORT(later): as dialUnix.
        internal go<(Listener? l, error? err)> listenUnix(context.Context ctx, UnixAddr laddr)
        {
            return new go<(Listener? l, error? err)>((null, errNotPorted));
        }

        // PORT(later): as dialUnix.
        internal go<(PacketConn? c, error? err)> listenUnixgram(context.Context ctx, UnixAddr laddr)
        {
            return new go<(PacketConn? c, error? err)>((null, errNotPorted));
        }
    }
}
