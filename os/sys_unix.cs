// Ports src/os/sys_unix.go of go1.20.

namespace golang;

public static partial class os
{
    // Whether open takes O_CLOEXEC. Linux always has, as far as Go supports it; on Darwin it came with OS X 10.7 and
    // on FreeBSD with 8.3.
    // PORT(const): a variable, so that the branch for systems without it is not unreachable code.
    internal static readonly bool supportsCloseOnExec = true;
}
