// Ports src/os/pipe2_unix.go of go1.20.

namespace golang;

public static partial class os
{
    /// <summary>
    /// Makes a connected pair of files: what is written to w is read from r. The error is a SyscallError.
    /// Ports src/os/pipe2_unix.go.
    /// </summary>
    public static (File? r, File? w, error? err) Pipe()
    {
        Span<int> p = stackalloc int[2];

        var e = syscall.Pipe2(p, syscall.O_CLOEXEC);
        if (e != null)
        {
            return (null, null, NewSyscallError("pipe2", e));
        }

        return (newFile((uintptr)p[0], "|0", newFileKind.kindPipe), newFile((uintptr)p[1], "|1", newFileKind.kindPipe), null);
    }
}
