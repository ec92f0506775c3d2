// Ports src/runtime/sys_linux_arm64.s of go1.20.

namespace golang;

public static partial class runtime
{
    // PORT(sys): Go writes the system calls in assembly in this file. The port keeps the
    // numbers, of the calls that it makes, here; the bodies stand where Go declares the
    // functions (stubs2.cs, os_linux.cs).

    internal const int AT_FDCWD = -100;

    internal const uintptr SYS_read = 63;
    internal const uintptr SYS_write = 64;
    internal const uintptr SYS_openat = 56;
    internal const uintptr SYS_close = 57;
    internal const uintptr SYS_pipe2 = 59;
    internal const uintptr SYS_nanosleep = 101;
    internal const uintptr SYS_sched_yield = 124;
    internal const uintptr SYS_getpid = 172;
    internal const uintptr SYS_gettid = 178;
    internal const uintptr SYS_futex = 98;
    internal const uintptr SYS_sched_getaffinity = 123;
    internal const uintptr SYS_exit_group = 94;
}
