// Ports src/net/fcntl_syscall_test.go of go1.20.

namespace golang;

internal static class fcntl_syscall_test
{
    internal static (int, error?) fcntl(int fd, int cmd, int arg)
    {
        var (r, _, e) = syscall.Syscall(unix.FcntlSyscall, (uintptr)fd, (uintptr)cmd, (uintptr)arg);
        if (e != 0)
        {
            return ((int)r, e);
        }
        return ((int)r, null);
    }
}
