// Ports src/internal/poll/copy_file_range_linux.go of go1.20.

namespace golang;

public static partial class poll
{
    internal static readonly sync.Once kernelVersion53Once = new();
    internal static bool kernelVersion53;

    internal const int64 maxCopyFileRangeRound = 1 << 30;

    /// <summary>
    /// CopyFileRange copies up to remain bytes from src to dst, both regular files, inside the kernel with
    /// copy_file_range. Returns the number of bytes, an error, and false when the kernel could not do it this
    /// way and the caller should copy by itself. (src/internal/poll/copy_file_range_linux.go)
    /// </summary>
    public static async go<(int64 written, bool handled, error? err)> CopyFileRange(FD dst, FD src, int64 remain)
    {
        int64 written = 0;
        await kernelVersion53Once.Do(() =>
        {
            var (major, minor) = unix.KernelVersion();
            // Before 5.3 copy_file_range has one defect or another: upstream issue 42400 and
            // https://man7.org/linux/man-pages/man2/copy_file_range.2.html#VERSIONS
            if (major > 5 || (major == 5 && minor >= 3))
            {
                kernelVersion53 = true;
            }
        });

        if (!kernelVersion53)
        {
            return (0, false, null);
        }

        while (remain > 0)
        {
            var max = remain;
            if (max > maxCopyFileRangeRound)
            {
                max = maxCopyFileRangeRound;
            }
            var (n, err) = await copyFileRange(dst, src, (int)max);
            if (err == syscall.EXDEV || err == syscall.EINVAL || err == syscall.EIO || err == syscall.EOPNOTSUPP || err == syscall.EPERM)
            {
                // EXDEV: before Linux 5.3 it did not work from one file system to another, and in some
                // cases it still does not (5.19 has them). Nothing has been copied then, so the caller can
                // do it its own way.
                //
                // EINVAL: one of them is not a regular file but, say, a pipe. Again nothing has been
                // copied.
                //
                // EIO: both on CIFS (upstream issue 42334).
                //
                // EOPNOTSUPP: on NFS (upstream issue 40731).
                //
                // EPERM: in a Docker container, in place of ENOSYS (upstream issue 40893). It may be
                // a true EPERM too, so copy_file_range is not given up for good.
                return (0, false, null);
            }
            else if (err == null)
            {
                if (n == 0)
                {
                    // Not a byte at all: perhaps a file system on which copy_file_range fails without
                    // saying so.
                    // https://lore.kernel.org/linux-fsdevel/20210126233840.GG4626@dread.disaster.area/T/#m05753578c7f7882f6e9ffe01f981bc223edef2b0
                    if (written == 0)
                    {
                        return (0, false, null);
                    }
                    // Otherwise src is at its end: done.
                    return (written, true, null);
                }
                remain -= n;
                written += n;
            }
            else
            {
                return (written, true, err);
            }
        }
        return (written, true, null);
    }

    // copyFileRange makes one call of copy_file_range.
    internal static async go<(int64 written, error? err)> copyFileRange(FD dst, FD src, int max)
    {
        // ssize_t copy_file_range(int fd_in, loff_t *off_in,
        //                         int fd_out, loff_t *off_out,
        //                         size_t len, unsigned int flags);
        //
        // Both offsets are null here, which tells the kernel to use the files' positions and to move them.
        // That is why both descriptors must be locked, and why all of this is in package poll.
        if (await dst.writeLock() is { } err0)
        {
            return (0, err0);
        }
        try
        {
            if (await src.readLock() is { } err1)
            {
                return (0, err1);
            }
            try
            {
                int n;
                error? err;
                for (; ; )
                {
                    (n, err) = unix.CopyFileRange(src.Sysfd, default, dst.Sysfd, default, max, 0);
                    if (err != syscall.EINTR)
                    {
                        break;
                    }
                }
                return ((int64)n, err);
            }
            finally
            {
                src.readUnlock();
            }
        }
        finally
        {
            dst.writeUnlock();
        }
    }
}
