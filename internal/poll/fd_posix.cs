// Ports src/internal/poll/fd_posix.go of go1.20.

namespace golang;

public static partial class poll
{
    public sealed partial class FD
    {
        // eofError turns a read of nothing without an error into io.EOF, where it means that.
        internal error? eofError(int n, error? err)
        {
            if (n == 0 && err == null && ZeroReadIsEOF)
            {
                return io.EOF;
            }
            return err;
        }

        /// <summary>
        /// Shutdown shuts down one or both directions of the socket: how is syscall.SHUT_RD, SHUT_WR or
        /// SHUT_RDWR. (src/internal/poll/fd_posix.go)
        /// </summary>
        public error? Shutdown(int how)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.Shutdown(Sysfd, how);
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// Fchown sets the numeric owner and group of the file. (src/internal/poll/fd_posix.go)
        /// </summary>
        public error? Fchown(int uid, int gid)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return ignoringEINTR(() => syscall.Fchown(Sysfd, uid, gid));
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// Ftruncate sets the size of the file, in bytes. (src/internal/poll/fd_posix.go)
        /// </summary>
        public error? Ftruncate(int64 size)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return ignoringEINTR(() => syscall.Ftruncate(Sysfd, size));
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// RawControl calls f with the descriptor, for anything that is not I/O. The descriptor stays open
        /// until f returns. (src/internal/poll/fd_posix.go)
        /// </summary>
        public error? RawControl(Action<uintptr> f)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                f((uintptr)Sysfd);
                return null;
            }
            finally
            {
                decref();
            }
        }
    }

    // ignoringEINTR calls fn again as long as it returns EINTR. Signal handlers that are installed with
    // SA_RESTART should make that needless, but some system calls return EINTR all the same (upstream issues
    // 22838, 38033, 38836, 40846), and foreign code may install handlers without SA_RESTART (20400, 36644).
    internal static error? ignoringEINTR(Func<error?> fn)
    {
        for (; ; )
        {
            var err = fn();
            if (err != syscall.EINTR)
            {
                return err;
            }
        }
    }
}
