// Ports src/internal/poll/fd_writev_unix.go of go1.20.

namespace golang;

public static partial class poll
{
    internal static unsafe (uintptr, error?) writev(int fd, Span<syscall.Iovec> iovecs)
    {
        uintptr r;
        syscall.Errno e;
        fixed (syscall.Iovec* p = iovecs)
        {
            for (; ; )
            {
                (r, _, e) = syscall.Syscall(syscall.SYS_WRITEV, (uintptr)fd, (uintptr)p, (uintptr)iovecs.Length);
                if (e != syscall.EINTR)
                {
                    break;
                }
            }
        }
        if (e != 0)
        {
            return (r, errnoErr(e)); // PORT(errno)
        }
        return (r, null);
    }
}
