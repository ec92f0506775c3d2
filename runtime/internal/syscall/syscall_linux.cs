// Ports src/runtime/internal/syscall/syscall_linux.go of go1.20.

[assembly: DisableRuntimeMarshalling]

namespace golang.runtime_internal;

/// <summary>
/// The system calls that the runtime itself makes (Go: src/runtime/internal/syscall).
/// </summary>
public static partial class syscall
{
    // PORT(syscall): Go issues the SYSCALL instruction in asm_linux_amd64.s. The port goes
    // through libc's syscall(2), which issues the same call by the same number, returns -1 and
    // leaves the error in errno. The only other loss is r2: libc does not give the second
    // result register, so r2 is always 0, as Linux leaves it on amd64 and arm64.
    //
    // Nothing is marshalled, so the JIT calls straight into libc. SetLastError would save and
    // restore errno around each call; it is not needed. CoreCLR keeps errno as it was on every
    // path by which a thread comes back from native code (the slow path of the transition, the
    // lazy binding of a P/Invoke, a thread stopped for the collector), so errno still is this
    // call's when we read it, and we read it only after -1.
    [DllImport("libc", EntryPoint = "syscall")]
    internal static extern nint libc_syscall(nint num, uintptr a1, uintptr a2, uintptr a3, uintptr a4, uintptr a5, uintptr a6);

    // PORT(rawsyscall)
    [DllImport("libc", EntryPoint = "syscall")]
    [SuppressGCTransition]
    internal static extern nint libc_rawsyscall(nint num, uintptr a1, uintptr a2, uintptr a3, uintptr a4, uintptr a5, uintptr a6);

    // PORT(syscall): where errno of this thread is. Marshal.GetLastSystemError asks the same by way of a library of
    // its own, and code on other pages costs: where the kernel flushes the TLB at every system call
    // (page table isolation), each page is a miss.
    [DllImport("libc")]
    [SuppressGCTransition]
    private static extern unsafe int* __errno_location();

    /// <summary>
    /// Makes system call num with up to six arguments. The call may block: the collector does
    /// not wait for this thread meanwhile. On error r1 is -1 and errno the error number,
    /// otherwise errno is 0. Go: src/runtime/internal/syscall/syscall_linux.go.
    /// </summary>
    public static unsafe (uintptr r1, uintptr r2, uintptr errno) Syscall6(uintptr num, uintptr a1, uintptr a2, uintptr a3, uintptr a4, uintptr a5, uintptr a6)
    {
        nint r = libc_syscall((nint)num, a1, a2, a3, a4, a5, a6); // PORT(syscall)
        if (r == -1)
        {
            return (unchecked((uintptr)(-1)), 0, (uintptr)(*__errno_location()));
        }

        return ((uintptr)r, 0, 0);
    }

    // PORT(rawsyscall): in Go Syscall6 is as raw as can be. Here a thread in native code must
    // say so to the collector, or a collection waits for it. RawSyscall6 does not say so and
    // saves the transition: only for calls that never block.

    /// <summary>
    /// As Syscall6, for calls that never block: a collection has to wait until the call
    /// returns. Go: src/runtime/internal/syscall/syscall_linux.go.
    /// </summary>
    public static unsafe (uintptr r1, uintptr r2, uintptr errno) RawSyscall6(uintptr num, uintptr a1, uintptr a2, uintptr a3, uintptr a4, uintptr a5, uintptr a6)
    {
        nint r = libc_rawsyscall((nint)num, a1, a2, a3, a4, a5, a6); // PORT(rawsyscall)
        if (r == -1)
        {
            return (unchecked((uintptr)(-1)), 0, (uintptr)(*__errno_location()));
        }

        return ((uintptr)r, 0, 0);
    }

    /// <summary>
    /// What package syscall knows as RawSyscall6: the caller keeps what the arguments point to
    /// alive and unmoved, and the call never blocks. Results as of Syscall6.
    /// Go: src/runtime/internal/syscall/syscall_linux.go.
    /// </summary>
    public static (uintptr r1, uintptr r2, uintptr errno) syscall_RawSyscall6(uintptr num, uintptr a1, uintptr a2, uintptr a3, uintptr a4, uintptr a5, uintptr a6)
    {
        // PORT(rawsyscall): Go's calls Syscall6.
        return RawSyscall6(num, a1, a2, a3, a4, a5, a6);
    }

    /// <summary>
    /// Makes an epoll instance. flags: 0 or EPOLL_CLOEXEC. Returns its descriptor, or an error
    /// number. Go: src/runtime/internal/syscall/syscall_linux.go.
    /// </summary>
    public static (int32 fd, uintptr errno) EpollCreate1(int32 flags)
    {
        var (r1, _, e) = Syscall6(SYS_EPOLL_CREATE1, (uintptr)flags, 0, 0, 0, 0, 0);
        return ((int32)r1, e);
    }

    internal static uintptr _zero;

    /// <summary>
    /// Waits for events on epfd and stores at most maxev of them in events. waitms: how long,
    /// in milliseconds; 0 does not wait, -1 waits without limit. Returns how many events there
    /// are (-1 on error), and the error number.
    /// Go: src/runtime/internal/syscall/syscall_linux.go.
    /// </summary>
    public static unsafe (int32 n, uintptr errno) EpollWait(int32 epfd, Span<EpollEvent> events, int32 maxev, int32 waitms)
    {
        fixed (EpollEvent* first = events)
        fixed (uintptr* zero = &_zero)
        {
            void* ev;
            if (events.Length > 0)
            {
                ev = first;
            }
            else
            {
                ev = zero;
            }

            // PORT(rawsyscall): a poll that cannot sleep is made raw, the others tell the
            // collector that this thread is away.
            if (waitms == 0)
            {
                var (r1, _, e) = RawSyscall6(SYS_EPOLL_PWAIT, (uintptr)epfd, (uintptr)ev, (uintptr)maxev, 0, 0, 0);
                return ((int32)r1, e);
            }
            else
            {
                return wait(epfd, ev, maxev, waitms);
            }

            // PORT(rawsyscall): by itself, or the frame that it needs is set up for a poll that is raw, too.
            [MethodImpl(MethodImplOptions.NoInlining)]
            static (int32, uintptr) wait(int32 epfd, void* ev, int32 maxev, int32 waitms)
            {
                var (r1, _, e) = Syscall6(SYS_EPOLL_PWAIT, (uintptr)epfd, (uintptr)ev, (uintptr)maxev, (uintptr)waitms, 0, 0);
                return ((int32)r1, e);
            }
        }
    }

    /// <summary>
    /// Adds, changes or removes (op: EPOLL_CTL_*) the descriptor fd in epfd. Returns 0 or the
    /// error number. Go: src/runtime/internal/syscall/syscall_linux.go.
    /// </summary>
    public static unsafe uintptr EpollCtl(int32 epfd, int32 op, int32 fd, EpollEvent* @event)
    {
        // PORT(rawsyscall): epoll_ctl does not sleep.
        var (_, _, e) = RawSyscall6(SYS_EPOLL_CTL, (uintptr)epfd, (uintptr)op, (uintptr)fd, (uintptr)@event, 0, 0);
        return e;
    }

    /// <summary>
    /// Sets fd's close-on-exec flag; an error is ignored.
    /// Go: src/runtime/internal/syscall/syscall_linux.go.
    /// </summary>
    public static void CloseOnExec(int32 fd)
    {
        Syscall6(SYS_FCNTL, (uintptr)fd, F_SETFD, FD_CLOEXEC, 0, 0, 0);
    }
}
