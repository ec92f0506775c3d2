// Ports src/internal/poll/errno_unix.go of go1.20.

namespace golang;

public static partial class poll
{
    // The common Errno values, boxed once.
    internal static readonly error errEAGAIN = syscall.EAGAIN;
    internal static readonly error errEINVAL = syscall.EINVAL;
    internal static readonly error errENOENT = syscall.ENOENT;

    // errnoErr returns e as an error, without an allocation when e is a common one.
    internal static error? errnoErr(syscall.Errno e)
    {
        if (e == 0)
        {
            return null;
        }
        if (e == syscall.EAGAIN)
        {
            return errEAGAIN;
        }
        if (e == syscall.EINVAL)
        {
            return errEINVAL;
        }
        if (e == syscall.ENOENT)
        {
            return errENOENT;
        }
        return e;
    }
}
