// Ports src/runtime/os_linux.go of go1.20.

using System.Threading;

namespace golang;

public static partial class runtime
{
    // PORT(signal): sigPerThreadSyscall and mOS only serve signals and the profiler.

    // PORT(sys): futex, gettid, sched_getaffinity, osyield and pipe2 have no body here in Go;
    // theirs is in sys_linux_amd64.s.

    // futex returns the kernel's result, a negative error number on error. A wait takes
    // Syscall6, because it sleeps; a wake-up cannot sleep and is made raw.
    internal static unsafe int32 futex(void* addr, int32 op, uint32 val, void* ts, void* addr2, uint32 val3)
    {
        if (op == _FUTEX_WAKE_PRIVATE) // PORT(sys)
        {
            return result(syscall.RawSyscall6(SYS_futex, (uintptr)addr, (uintptr)op, val, (uintptr)ts, (uintptr)addr2, val3));
        }

        return result(syscall.Syscall6(SYS_futex, (uintptr)addr, (uintptr)op, val, (uintptr)ts, (uintptr)addr2, val3));
    }

    // The futex of Linux:
    //
    //  futexsleep checks in one atomic step that *addr == val and, if so, sleeps on addr;
    //  futexwakeup wakes threads that sleep on addr.
    //  futexsleep may wake up for no reason.

    internal const int _FUTEX_PRIVATE_FLAG = 128;
    internal const int _FUTEX_WAIT_PRIVATE = 0 | _FUTEX_PRIVATE_FLAG;
    internal const int _FUTEX_WAKE_PRIVATE = 1 | _FUTEX_PRIVATE_FLAG;

    // In one atomic step: if *addr == val, sleep. It may wake up for no reason. It does not
    // sleep longer than ns nanoseconds; ns < 0 is without limit.
    // Not inlined, nor is osyield: a method that holds a P/Invoke sets up a frame for it each time,
    // 37 instructions, and lock2 seldom comes here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe void futexsleep(uint32* addr, uint32 val, int64 ns)
    {
        // Some kernels have a defect: FUTEX_WAIT returns an internal error code as errno.
        // libpthread ignores the result, and so do we: a wake-up for no reason is allowed.
        if (ns < 0)
        {
            futex(addr, _FUTEX_WAIT_PRIVATE, val, null, null, 0);
            return;
        }

        timespec ts = default;
        ts.setNsec(ns);
        futex(addr, _FUTEX_WAIT_PRIVATE, val, &ts, null, 0);
    }

    // Wakes at most cnt of the threads that sleep on addr.
    [MethodImpl(MethodImplOptions.NoInlining)] // as above, for unlock2
    internal static unsafe void futexwakeup(uint32* addr, uint32 cnt)
    {
        int32 ret = futex(addr, _FUTEX_WAKE_PRIVATE, cnt, null, null, 0);
        if (ret >= 0)
        {
            return;
        }

        // A wake-up is not known to fail with EAGAIN or EINTR; if it did, calling again would
        // be safe.
        using (systemstack())
        {
            print("futexwakeup addr=", (void*)addr, " returned ", ret, "\n");
        }

        // PORT(crash): Go writes to address 0x1006 to die by SIGSEGV; in the CLR that would be
        // an exception that can be caught.
        @throw("futexwakeup");
    }

    internal static unsafe int32 getproccount()
    {
        // The buffer is huge (8 kB), but a thread's stack has room for it, and this is a leaf.
        // See Go issue 11823: to try with larger and larger buffers, as one should, would need
        // an allocator here.
        const int maxCPUs = 64 * 1024;
        byte* buf = stackalloc byte[maxCPUs / 8];
        int32 r = sched_getaffinity(0, maxCPUs / 8, buf);
        if (r < 0)
        {
            return 1;
        }

        int32 n = 0;
        for (int i = 0; i < r; i++)
        {
            for (byte v = buf[i]; v != 0;)
            {
                n += v & 1;
                v >>= 1;
            }
        }

        if (n == 0)
        {
            n = 1;
        }

        return n;
    }

    // PORT(thread): Go clones a thread that starts in mstart on g0's stack, with signals off;
    // the port starts a thread of the CLR with the same entry. It is a background thread, so
    // that the end of the process does not wait for Ms. UnsafeStart: an M does not carry its
    // creator's ExecutionContext.
    //
    // The CLR opens a pipe in each new thread, for which clone needs no descriptor. So that an
    // M can be started when the program has used up all of its descriptors, a few are kept
    // here and given back for the while, two at a time: another thread may be waiting in a loop
    // of accept4 for just these, and would take all that there are. When it has taken two it
    // has seen EMFILE again, and rests.
    private static readonly int32[] reservedfds = [-1, -1, -1, -1, -1, -1, -1, -1];

    // PORT(thread)
    internal static unsafe void reserve()
    {
        fixed (byte* name = "/dev/null\0"u8)
        {
            for (int i = 0; i < reservedfds.Length; i++)
            {
                if (Volatile.Read(ref reservedfds[i]) >= 0)
                {
                    continue;
                }
                int32 fd = open(name, _O_CLOEXEC, 0);
                if (fd >= 0 && Interlocked.CompareExchange(ref reservedfds[i], fd, -1) != -1)
                {
                    closefd(fd);
                }
            }
        }
    }

    // PORT(thread): gives back at most n, and says whether there was any.
    internal static bool unreserve(int n)
    {
        int was = n;
        for (int i = 0; i < reservedfds.Length && n > 0; i++)
        {
            int32 fd = Interlocked.Exchange(ref reservedfds[i], -1);
            if (fd >= 0)
            {
                closefd(fd);
                n--;
            }
        }
        return n < was;
    }

    // startthread is PORT(thread): 0, or an errno; the CLR does not say which, EAGAIN is the likely one.
    private static unsafe int32 startthread(uintptr mp)
    {
        try
        {
            Thread thread = new Thread(() => mstart((m*)mp));
            thread.IsBackground = true;
            thread.UnsafeStart();
        }
        catch (OutOfMemoryException)
        {
            return _EAGAIN;
        }
        catch (ThreadStartException)
        {
            return _EAGAIN;
        }

        return 0;
    }

    // May run while the M has no P.
    // PORT(thread): no clone, no stack, and no signals to block meanwhile.
    internal static unsafe void newosproc(m* mp)
    {
        uintptr arg = (uintptr)mp;
        int32 ret = retryOnEAGAIN(() =>
        {
            // One thread after the other: two would take each other's descriptors.
            lock (reservedfds)
            {
                int32 errno = startthread(arg);
                while (errno != 0 && unreserve(2))
                {
                    errno = startthread(arg);
                }
                reserve();
                return errno;
            }
        });

        if (ret != 0)
        {
            print("runtime: failed to create new OS thread (have ", mcount(), " already; errno=", ret, ")\n");
            if (ret == _EAGAIN)
            {
                println("runtime: may need to increase max user processes (ulimit -u)");
            }

            @throw("newosproc");
        }
    }

    // PORT(auxv): _AT_NULL, _AT_PAGESZ, _AT_HWCAP, _AT_RANDOM and _AT_HWCAP2, sysargs and sysauxv

    internal static void osinit()
    {
        ncpu = getproccount();
        reserve();
        // PORT(heap): physHugePageSize and osArchInit are left out. PORT(cgo): so are the
        // signals that stay open when a thread exits.
    }

    // PORT(auxv): Go takes its first random bytes from the auxiliary vector when the kernel
    // gives it (startupRandomData). The port does not see its start and always reads the
    // device; extendRandom, for the case of too few bytes, is the loop at the end.
    internal static unsafe void getRandomData(Span<byte> r)
    {
        int n;
        fixed (byte* urandom_dev = "/dev/urandom\0"u8)
        fixed (byte* p = r)
        {
            int32 fd = open(urandom_dev, 0 /* O_RDONLY */, 0);
            n = read(fd, p, r.Length);
            closefd(fd);
        }

        if (n < 0)
        {
            n = 0;
        }

        for (uint64 h = (uint64)nanotime(); n < r.Length; n++)
        {
            h = (h ^ (h >> 29)) * 0x9e3779b97f4a7c15;
            r[n] = (byte)(h >> 56);
        }
    }

    internal static uint32 gettid()
    {
        return (uint32)result(syscall.RawSyscall6(SYS_gettid, 0, 0, 0, 0, 0, 0)); // PORT(sys)
    }

    // Initialises a new m, the first one included. On the new thread.
    internal static unsafe void minit()
    {
        // PORT(signal): minitSignals is left out.

        // Debuggers and traces know a thread by this number.
        getg()->m->procid = gettid();
    }

    // Undoes minit; called from dropm.
    internal static void unminit()
    {
        // PORT(signal): unminitSignals is left out, and it is all that Go does here.
    }

    internal static unsafe int32 sched_getaffinity(uintptr pid, uintptr len, byte* buf)
    {
        return result(syscall.RawSyscall6(SYS_sched_getaffinity, pid, len, (uintptr)buf, 0, 0, 0)); // PORT(sys)
    }

    // osyield may give the processor away for a whole time slice: the collector is told.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void osyield()
    {
        syscall.Syscall6(SYS_sched_yield, 0, 0, 0, 0, 0, 0); // PORT(sys)
    }

    internal static void osyield_no_g()
    {
        osyield();
    }

    // errno is 0 or a negative error number.
    internal static unsafe (int32 r, int32 w, int32 errno) pipe2(int32 flags)
    {
        int32* fds = stackalloc int32[2];
        int32 errno = result(syscall.RawSyscall6(SYS_pipe2, (uintptr)fds, (uintptr)flags, 0, 0, 0, 0)); // PORT(sys)
        return (fds[0], fds[1], errno);
    }
    // PORT(signal): _si_max_size, _sigev_max_size and the functions for signals

    // PORT(sys): the body is in assembly.
    internal static int32 getpid()
    {
        return result(syscall.RawSyscall6(SYS_getpid, 0, 0, 0, 0, 0, 0));
    }

    // PORT(prof): go118UseTimerCreateProfiler and the profiler's timers

    // PORT(signal): perThreadSyscallArgs, runPerThreadSyscall, _SI_USER and _SI_TKILL
}
