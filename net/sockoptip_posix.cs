// Ports src/net/sockoptip_posix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static error? joinIPv4Group(netFD fd, Interface? ifi, IP ip)
    {
        var mreq = new syscall.IPMreq();
        (mreq.Multiaddr[0], mreq.Multiaddr[1], mreq.Multiaddr[2], mreq.Multiaddr[3]) = (ip[0], ip[1], ip[2], ip[3]); // PORT(array)
        var err = setIPv4MreqToInterface(ref mreq, ifi);
        if (err != null)
        {
            return err;
        }
        err = fd.pfd.SetsockoptIPMreq(syscall.IPPROTO_IP, syscall.IP_ADD_MEMBERSHIP, mreq);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setIPv6MulticastInterface(netFD fd, Interface? ifi)
    {
        var v = 0;
        if (ifi != null)
        {
            v = ifi.Index;
        }
        var err = fd.pfd.SetsockoptInt(syscall.IPPROTO_IPV6, syscall.IPV6_MULTICAST_IF, v);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setIPv6MulticastLoopback(netFD fd, bool v)
    {
        var err = fd.pfd.SetsockoptInt(syscall.IPPROTO_IPV6, syscall.IPV6_MULTICAST_LOOP, boolint(v));
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? joinIPv6Group(netFD fd, Interface? ifi, IP ip)
    {
        var mreq = new syscall.IPv6Mreq();
        builtin.copy(mreq.Multiaddr[..], ip.Span);
        if (ifi != null)
        {
            mreq.Interface = (uint32)ifi.Index;
        }
        var err = fd.pfd.SetsockoptIPv6Mreq(syscall.IPPROTO_IPV6, syscall.IPV6_JOIN_GROUP, mreq);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }
}
