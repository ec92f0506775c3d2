// Ports src/internal/poll/iovec_unix.go of go1.20.

namespace golang;

public static partial class poll
{
    internal static unsafe syscall.Iovec newIovecWithBase(byte* @base)
    {
        return new syscall.Iovec { Base = @base };
    }
}
