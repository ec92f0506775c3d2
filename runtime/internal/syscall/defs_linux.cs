// Ports src/runtime/internal/syscall/defs_linux.go of go1.20.

namespace golang.runtime_internal;

public static partial class syscall
{
    /// <summary>The fcntl command that sets the descriptor's flags. Go: src/runtime/internal/syscall/defs_linux.go.</summary>
    public const uintptr F_SETFD = 2;

    /// <summary>The descriptor flag that closes it on exec. Go: src/runtime/internal/syscall/defs_linux.go.</summary>
    public const uintptr FD_CLOEXEC = 1;
}
