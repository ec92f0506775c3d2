// Ports src/internal/poll/sockopt.go of go1.20.

namespace golang;

public static partial class poll
{
    public sealed partial class FD
    {
        /// <summary>
        /// SetsockoptInt sets a socket option whose value is an int.
        /// (src/internal/poll/sockopt.go)
        /// </summary>
        public error? SetsockoptInt(int level, int name, int arg)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.SetsockoptInt(Sysfd, level, name, arg);
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// SetsockoptInet4Addr sets a socket option whose value is an IPv4 address.
        /// (src/internal/poll/sockopt.go)
        /// </summary>
        public error? SetsockoptInet4Addr(int level, int name, InlineArray4<byte> arg)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.SetsockoptInet4Addr(Sysfd, level, name, arg);
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// SetsockoptLinger sets a socket option whose value is a Linger.
        /// (src/internal/poll/sockopt.go)
        /// </summary>
        public error? SetsockoptLinger(int level, int name, in syscall.Linger l)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.SetsockoptLinger(Sysfd, level, name, in l);
            }
            finally
            {
                decref();
            }
        }
    }
}
