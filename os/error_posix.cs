// Ports src/os/error_posix.go of go1.20.

namespace golang;

public static partial class os
{
    // wrapSyscallError makes a SyscallError with the name of a syscall.Errno; another error stays as it is.
    internal static error? wrapSyscallError(string name, error? err)
    {
        if (err is syscall.Errno)
        {
            err = NewSyscallError(name, err);
        }
        return err;
    }
}
