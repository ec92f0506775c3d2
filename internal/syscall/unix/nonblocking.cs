// Ports src/internal/syscall/unix/nonblocking.go of go1.20.

namespace golang;

/// <summary>Package unix: system calls that packages of the standard library share and package syscall does not export. Ports src/internal/syscall/unix.</summary>
public static partial class unix
{
    /// <summary>The number of the fcntl system call; a 32-bit system with large files would have another one.</summary>
    public static uintptr FcntlSyscall = syscall.SYS_FCNTL;

    /// <summary>Reports whether the descriptor is in non-blocking mode; the error is fcntl's. Ports src/internal/syscall/unix/nonblocking.go.</summary>
    /// <param name="fd">The descriptor.</param>
    public static (bool nonblocking, error? err) IsNonblock(int fd)
    {
        var (flag, _, e1) = syscall.Syscall(FcntlSyscall, (uintptr)fd, syscall.F_GETFL, 0);
        if (e1 != 0)
        {
            return (false, e1);
        }
        return ((flag & syscall.O_NONBLOCK) != 0, null);
    }
}
