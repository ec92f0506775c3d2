// Ports src/net/sockopt_posix.go of go1.20.

namespace go;

public static partial class net
{
    // Boolean to int.
    internal static int boolint(bool b)
    {
        if (b)
        {
            return 1;
        }
        return 0;
    }

    // PORT(later): ipv4AddrToInterface, interfaceToIPv4Addr and setIPv4MreqToInterface stand here;
    // they come with the interfaces and multicast.

    internal static error? setReadBuffer(netFD fd, int bytes)
    {
        var err = fd.pfd.SetsockoptInt(syscall.SOL_SOCKET, syscall.SO_RCVBUF, bytes);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setWriteBuffer(netFD fd, int bytes)
    {
        var err = fd.pfd.SetsockoptInt(syscall.SOL_SOCKET, syscall.SO_SNDBUF, bytes);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setKeepAlive(netFD fd, bool keepalive)
    {
        var err = fd.pfd.SetsockoptInt(syscall.SOL_SOCKET, syscall.SO_KEEPALIVE, boolint(keepalive));
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setLinger(netFD fd, int sec)
    {
        syscall.Linger l = default;
        if (sec >= 0)
        {
            l.Onoff = 1;
            l.linger = (int32)sec; // PORT(name)
        }
        else
        {
            l.Onoff = 0;
            l.linger = 0; // PORT(name)
        }
        var err = fd.pfd.SetsockoptLinger(syscall.SOL_SOCKET, syscall.SO_LINGER, l);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }
}
