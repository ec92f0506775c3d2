// Ports src/internal/poll/fd_fsync_posix.go of go1.20.

namespace golang;

public static partial class poll
{
    public sealed partial class FD
    {
        /// <summary>
        /// Fsync has the kernel write the file's data and metadata to the device and waits for it.
        /// (src/internal/poll/fd_fsync_posix.go)
        /// </summary>
        public error? Fsync()
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return ignoringEINTR(() => syscall.Fsync(Sysfd));
            }
            finally
            {
                decref();
            }
        }
    }
}
