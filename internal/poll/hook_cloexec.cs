// Ports src/internal/poll/hook_cloexec.go of go1.20.

namespace golang;

public static partial class poll
{
    /// <summary>
    /// Accept4Func is the accept4 call; a hook for tests. Parameters: the listening descriptor and the flags
    /// of the new one. (src/internal/poll/hook_cloexec.go)
    /// </summary>
    public static Func<int, int, (int, syscall.Sockaddr?, error?)> Accept4Func = syscall.Accept4;
}
