// Ports src/runtime/sys_linux_amd64.s of go1.20.

namespace golang;

public static partial class runtime
{
    // PORT(sys): Go writes the system calls in assembly in this file. The port keeps the
    // numbers, of the calls that it makes, here; the bodies stand where Go declares the
    // functions (stubs2.cs, os_linux.cs).

    internal const int AT_FDCWD = -100;

    internal const uintptr SYS_read = 0;
    internal const uintptr SYS_write = 1;
    internal const uintptr SYS_close = 3;
    internal const uintptr SYS_sched_yield = 24;
    internal const uintptr SYS_nanosleep = 35;
    internal const uintptr SYS_getpid = 39;
    internal const uintptr SYS_gettid = 186;
    internal const uintptr SYS_futex = 202;
    internal const uintptr SYS_sched_getaffinity = 204;
    internal const uintptr SYS_exit_group = 231;
    internal const uintptr SYS_openat = 257;
    internal const uintptr SYS_pipe2 = 293;
}
