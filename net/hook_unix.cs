// Ports src/net/hook_unix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static Action testHookDialChannel = static () => { }; // for golang.org/issue/5349
    internal static Action testHookCanceledDial = static () => { }; // for golang.org/issue/16523

    // Stand-ins for the system calls on sockets.
    internal static Func<int, int, int, (int, error?)> socketFunc = syscall.Socket;
    internal static Func<int, syscall.Sockaddr, error?> connectFunc = syscall.Connect;
    internal static Func<int, int, error?> listenFunc = syscall.Listen;
    internal static Func<int, int, int, (int, error?)> getsockoptIntFunc = syscall.GetsockoptInt;
}
