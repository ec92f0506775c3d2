// Ports src/internal/poll/sockopt_unix.go of go1.20.

namespace golang;

public static partial class poll
{
    public sealed partial class FD
    {
        /// <summary>
        /// SetsockoptByte sets a socket option whose value is one byte.
        /// (src/internal/poll/sockopt_unix.go)
        /// </summary>
        public error? SetsockoptByte(int level, int name, byte arg)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.SetsockoptByte(Sysfd, level, name, arg);
            }
            finally
            {
                decref();
            }
        }
    }
}
