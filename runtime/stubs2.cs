// Ports src/runtime/stubs2.go of go1.20.

namespace golang;

public static partial class runtime
{
    // Everything in it is PORT(sys): the bodies are in assembly in Go (sys_linux_amd64.s). A call that may sleep
    // goes through Syscall6, which lets a collection go on meanwhile; one that cannot sleep
    // through RawSyscall6. None of them tells the scheduler, as in Go.

    // The kernel's way to return a result: a negative error number instead of it.
    internal static int32 result((uintptr r1, uintptr r2, uintptr errno) r)
    {
        if (r.errno != 0)
        {
            return -(int32)r.errno;
        }

        return (int32)r.r1;
    }

    // read returns how many bytes it read, or a negative error number.
    [MethodImpl(MethodImplOptions.NoInlining)] // or netpoll sets up the frame for a system call every time
    internal static unsafe int32 read(int32 fd, void* p, int32 n)
    {
        return result(syscall.Syscall6(SYS_read, (uintptr)fd, (uintptr)p, (uintptr)n, 0, 0, 0));
    }

    // closefd returns 0, or -1 on error.
    internal static int32 closefd(int32 fd)
    {
        var (r1, _, _) = syscall.Syscall6(SYS_close, (uintptr)fd, 0, 0, 0, 0, 0);
        return (int32)r1;
    }

    // exit ends the process at once; nothing of the CLR's runs any more.
    internal static void exit(int32 code)
    {
        syscall.Syscall6(SYS_exit_group, (uintptr)code, 0, 0, 0, 0, 0);
    }

    // usleep sleeps for usec microseconds, or less when a signal comes.
    [MethodImpl(MethodImplOptions.NoInlining)] // as read: runqgrab mostly does not sleep
    internal static unsafe void usleep(uint32 usec)
    {
        timespec ts;
        ts.tv_sec = usec / 1000000;
        ts.tv_nsec = usec % 1000000 * 1000; // usec to nsec
        syscall.Syscall6(SYS_nanosleep, (uintptr)(&ts), 0, 0, 0, 0, 0);
    }

    internal static void usleep_no_g(uint32 usec)
    {
        usleep(usec);
    }

    // write1 returns how many bytes it wrote, or a negative error number.
    internal static unsafe int32 write1(uintptr fd, void* p, int32 n)
    {
        return result(syscall.Syscall6(SYS_write, fd, (uintptr)p, (uintptr)n, 0, 0, 0));
    }

    // open returns a descriptor, or -1 on error. It uses openat, as Go does.
    internal static unsafe int32 open(byte* name, int32 mode, int32 perm)
    {
        var (r1, _, _) = syscall.Syscall6(SYS_openat, unchecked((uintptr)AT_FDCWD), (uintptr)name, (uintptr)mode, (uintptr)perm, 0, 0);
        return (int32)r1;
    }

    // PORT(heap): madvise is left out. PORT(thread): exitThread is left out; a thread of the
    // CLR ends by returning.
}
