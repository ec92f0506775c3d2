// Ports src/runtime/internal/syscall/defs_linux_arm64.go of go1.20.

namespace golang.runtime_internal;

public static partial class syscall
{
    /// <summary>System call number of epoll_create1. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uintptr SYS_EPOLL_CREATE1 = 20;

    /// <summary>System call number of epoll_ctl. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uintptr SYS_EPOLL_CTL = 21;

    /// <summary>System call number of epoll_pwait. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uintptr SYS_EPOLL_PWAIT = 22;

    /// <summary>System call number of fcntl. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uintptr SYS_FCNTL = 25;

    /// <summary>System call number of epoll_pwait2. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uintptr SYS_EPOLL_PWAIT2 = 441;

    /// <summary>Readable. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uint32 EPOLLIN = 0x1;

    /// <summary>Writable. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uint32 EPOLLOUT = 0x4;

    /// <summary>In error; always reported. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uint32 EPOLLERR = 0x8;

    /// <summary>Hung up; always reported. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uint32 EPOLLHUP = 0x10;

    /// <summary>The peer has closed its writing side. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uint32 EPOLLRDHUP = 0x2000;

    /// <summary>Report changes (edges), not states. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const uint32 EPOLLET = 0x80000000;

    /// <summary>Flag of epoll_create1: close on exec. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const int32 EPOLL_CLOEXEC = 0x80000;

    /// <summary>Add a descriptor. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const int32 EPOLL_CTL_ADD = 0x1;

    /// <summary>Remove a descriptor. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const int32 EPOLL_CTL_DEL = 0x2;

    /// <summary>Change the events of a descriptor. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    public const int32 EPOLL_CTL_MOD = 0x3;

    /// <summary>The kernel's struct epoll_event. Not packed on arm64: 16 bytes, Data at offset 8. Go: src/runtime/internal/syscall/defs_linux_arm64.go.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct EpollEvent
    {
        /// <summary>The EPOLL* bits.</summary>
        public uint32 Events;

        internal uint32 _pad;

        /// <summary>The caller's eight bytes (in Go [8]byte), given back with each event.</summary>
        public uint64 Data;
    }
}
