// Ports src/internal/syscall/unix/copy_file_range_linux.go of go1.20.

namespace golang;

public static partial class unix
{
    /// <summary>Copies up to len bytes from descriptor rfd to wfd inside the kernel. A null offset means that the file's
    /// position is used and moved; n counts the bytes. Ports src/internal/syscall/unix/copy_file_range_linux.go.</summary>
    public static unsafe (int n, error? err) CopyFileRange(int rfd, ptr<int64> roff, int wfd, ptr<int64> woff, int len, int flags)
    {
        error? err = null;
        var (r1, _, errno) = syscall.Syscall6(copyFileRangeTrap,
            (uintptr)rfd,
            (uintptr)roff.p,
            (uintptr)wfd,
            (uintptr)woff.p,
            (uintptr)len,
            (uintptr)flags);
        var n = (int)r1;
        if (errno != 0)
        {
            err = errno;
        }
        return (n, err);
    }
}
