// Ports src/net/error_unix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static bool isConnError(error? err)
    {
        if (err is syscall.Errno se)
        {
            return se == syscall.ECONNRESET || se == syscall.ECONNABORTED;
        }
        return false;
    }
}
