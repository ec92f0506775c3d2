// Ports src/internal/syscall/unix/sysnum_linux_amd64.go of go1.20.

namespace golang;

public static partial class unix
{
    internal const uintptr getrandomTrap = 318;
    internal const uintptr copyFileRangeTrap = 326;
}
