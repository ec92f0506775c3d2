// Ports src/internal/poll/sendfile_linux.go of go1.20.

namespace golang;

public static partial class poll
{
    // maxSendfileSize is how much the kernel is asked to copy at a time, at most.
    internal const int maxSendfileSize = 4 << 20;

    /// <summary>
    /// SendFile copies up to remain bytes from descriptor src to dstFD inside the kernel, with sendfile.
    /// Returns the number of bytes, an error, and false when the kernel could not do it this way and the
    /// caller should copy by itself. (src/internal/poll/sendfile_linux.go)
    /// </summary>
    public static async go<(int64 written, error? err, bool handled)> SendFile(FD dstFD, int src, int64 remain)
    {
        if (await dstFD.writeLock() is { } err0)
        {
            return (0, err0, false);
        }
        try
        {
            if (dstFD.pd.prepareWrite(dstFD.isFile) is { } err2)
            {
                return (0, err2, false);
            }

            var dst = dstFD.Sysfd;
            int64 written = 0;
            error? err = null;
            var handled = true;
            while (remain > 0)
            {
                var n = maxSendfileSize;
                if ((int64)n > remain)
                {
                    n = (int)remain;
                }
                error? err1;
                (n, err1) = syscall.Sendfile(dst, src, default, n);
                if (n > 0)
                {
                    written += (int64)n;
                    remain -= (int64)n;
                }
                else if (n == 0 && err1 == null)
                {
                    break;
                }
                if (err1 == syscall.EINTR)
                {
                    continue;
                }
                if (err1 == syscall.EAGAIN)
                {
                    if ((err1 = await dstFD.pd.waitWrite(dstFD.isFile)) == null)
                    {
                        continue;
                    }
                }
                if (err1 != null)
                {
                    // Among them ENOSYS, when the kernel has no sendfile, and EINVAL, when a descriptor is
                    // of a type that sendfile does not work on.
                    err = err1;
                    handled = false;
                    break;
                }
            }
            return (written, err, handled);
        }
        finally
        {
            dstFD.writeUnlock();
        }
    }
}
