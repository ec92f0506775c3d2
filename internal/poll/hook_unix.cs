// Ports src/internal/poll/hook_unix.go of go1.20.

namespace golang;

public static partial class poll
{
    /// <summary>
    /// CloseFunc is the close call; a hook for tests. (src/internal/poll/hook_unix.go)
    /// </summary>
    public static Func<int, error?> CloseFunc = syscall.Close;

    /// <summary>
    /// AcceptFunc is the accept call; a hook for tests. (src/internal/poll/hook_unix.go)
    /// </summary>
    public static Func<int, (int, syscall.Sockaddr?, error?)> AcceptFunc = syscall.Accept;
}
