// Ports src/net/sockoptip_linux.go of go1.20.

namespace golang;

public static partial class net
{
    internal static error? setIPv4MulticastInterface(netFD fd, Interface? ifi)
    {
        var v = (int32)0;
        if (ifi != null)
        {
            v = (int32)ifi.Index;
        }
        var mreq = new syscall.IPMreqn { Ifindex = v };
        var err = fd.pfd.SetsockoptIPMreqn(syscall.IPPROTO_IP, syscall.IP_MULTICAST_IF, mreq);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setIPv4MulticastLoopback(netFD fd, bool v)
    {
        var err = fd.pfd.SetsockoptInt(syscall.IPPROTO_IP, syscall.IP_MULTICAST_LOOP, boolint(v));
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }
}
