// Ports src/net/error_posix.go of go1.20.

namespace golang;

public static partial class net
{
    // wrapSyscallError puts a syscall.Errno into an os.SyscallError with the
    // name of the system call, and leaves any other error as it is.
    internal static error? wrapSyscallError(string name, error? err)
    {
        if (err is syscall.Errno)
        {
            err = os.NewSyscallError(name, err);
        }
        return err;
    }
}
