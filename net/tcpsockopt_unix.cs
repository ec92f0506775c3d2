// Ports src/net/tcpsockopt_unix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static error? setKeepAlivePeriod(netFD fd, time.Duration d)
    {
        // The kernel takes seconds: round up to the next one.
        var secs = (int)(int64)roundDurationUp(d, time.Second);
        if (fd.pfd.SetsockoptInt(syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL, secs) is error err1)
        {
            return wrapSyscallError("setsockopt", err1);
        }
        var err = fd.pfd.SetsockoptInt(syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE, secs);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }
}
