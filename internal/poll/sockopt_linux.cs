// Ports src/internal/poll/sockopt_linux.go of go1.20.

namespace golang;

public static partial class poll
{
    public sealed partial class FD
    {
        /// <summary>
        /// SetsockoptIPMreqn sets a socket option whose value is an IPMreqn.
        /// (src/internal/poll/sockopt_linux.go)
        /// </summary>
        public error? SetsockoptIPMreqn(int level, int name, in syscall.IPMreqn mreq)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.SetsockoptIPMreqn(Sysfd, level, name, in mreq);
            }
            finally
            {
                decref();
            }
        }
    }
}
