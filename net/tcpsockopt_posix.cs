// Ports src/net/tcpsockopt_posix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static error? setNoDelay(netFD fd, bool noDelay)
    {
        var err = fd.pfd.SetsockoptInt(syscall.IPPROTO_TCP, syscall.TCP_NODELAY, boolint(noDelay));
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }
}
