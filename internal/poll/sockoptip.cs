// Ports src/internal/poll/sockoptip.go of go1.20.

namespace golang;

public static partial class poll
{
    public sealed partial class FD
    {
        /// <summary>
        /// SetsockoptIPMreq sets a socket option whose value is an IPMreq.
        /// (src/internal/poll/sockoptip.go)
        /// </summary>
        public error? SetsockoptIPMreq(int level, int name, in syscall.IPMreq mreq)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.SetsockoptIPMreq(Sysfd, level, name, in mreq);
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// SetsockoptIPv6Mreq sets a socket option whose value is an IPv6Mreq.
        /// (src/internal/poll/sockoptip.go)
        /// </summary>
        public error? SetsockoptIPv6Mreq(int level, int name, in syscall.IPv6Mreq mreq)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.SetsockoptIPv6Mreq(Sysfd, level, name, in mreq);
            }
            finally
            {
                decref();
            }
        }
    }
}
