// Ports src/net/sock_cloexec.go of go1.20.

// sysSocket for systems whose socket call can set SetNonblock and
// CloseOnExec by itself.

namespace golang;

public static partial class net
{
    // The socket system call, with the descriptor non-blocking and
    // close-on-exec from the start.
    internal static (int, error?) sysSocket(int family, int sotype, int proto)
    {
        var (s, err) = socketFunc(family, sotype | syscall.SOCK_NONBLOCK | syscall.SOCK_CLOEXEC, proto);
        if (err != null)
        {
            return (-1, os.NewSyscallError("socket", err));
        }
        return (s, null);
    }
}
