// Ports src/internal/syscall/unix/sysnum_linux_generic.go of go1.20.

namespace golang;

// PORT(generic): Go's build constraint of this file is arm64, loong64 or riscv64; here the name is the constraint.
public static partial class unix
{
    internal const uintptr getrandomTrap = 278;
    internal const uintptr copyFileRangeTrap = 285;
}
