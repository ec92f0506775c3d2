// Ports src/internal/poll/sock_cloexec.go of go1.20.

// accept where one system call also makes the new descriptor non-blocking and close-on-exec.

namespace golang;

public static partial class poll
{
    // accept accepts a connection; the new descriptor is non-blocking and close-on-exec from the start.
    internal static (int, syscall.Sockaddr?, string, error?) accept(int s)
    {
        var (ns, sa, err) = Accept4Func(s, syscall.SOCK_NONBLOCK | syscall.SOCK_CLOEXEC);
        if (err != null)
        {
            return (-1, sa, "accept4", err);
        }
        return (ns, sa, "", null);
    }
}
