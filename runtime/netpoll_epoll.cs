// Ports src/runtime/netpoll_epoll.go of go1.20.
namespace golang;

public static partial class runtime
{
    internal static int32 epfd = -1; // epoll descriptor

    // For netpollBreak: the two ends of its pipe. They stand in native memory because
    // the address of netpollBreakRd is the data of the pipe's epoll events.
    internal static readonly unsafe uintptr* netpollBreakRd = @new<uintptr>();
    internal static readonly unsafe uintptr* netpollBreakWr = @new<uintptr>();

    internal static atomic.Uint32 netpollWakeSig; // spares netpollBreak calls that repeat one under way

    internal static unsafe void netpollinit()
    {
        uintptr errno;
        (epfd, errno) = syscall.EpollCreate1(syscall.EPOLL_CLOEXEC);
        if (errno != 0)
        {
            println("runtime: epollcreate failed with", errno);
            @throw("runtime: netpollinit failed");
        }
        var (r, w, errpipe) = nonblockingPipe();
        if (errpipe != 0)
        {
            println("runtime: pipe failed with", -errpipe);
            @throw("runtime: pipe failed");
        }
        var ev = new syscall.EpollEvent
        {
            Events = syscall.EPOLLIN,
        };
        *(uintptr**)&ev.Data = netpollBreakRd;
        errno = syscall.EpollCtl(epfd, syscall.EPOLL_CTL_ADD, r, &ev);
        if (errno != 0)
        {
            println("runtime: epollctl failed with", errno);
            @throw("runtime: epollctl failed");
        }
        *netpollBreakRd = (uintptr)r;
        *netpollBreakWr = (uintptr)w;
    }

    internal static unsafe bool netpollIsPollDescriptor(uintptr fd)
    {
        return fd == (uintptr)epfd || fd == *netpollBreakRd || fd == *netpollBreakWr;
    }

    internal static unsafe uintptr netpollopen(uintptr fd, pollDesc* pd)
    {
        syscall.EpollEvent ev = default;
        ev.Events = syscall.EPOLLIN | syscall.EPOLLOUT | syscall.EPOLLRDHUP | syscall.EPOLLET;
        *(pollDesc**)&ev.Data = pd;
        return syscall.EpollCtl(epfd, syscall.EPOLL_CTL_ADD, (int32)fd, &ev);
    }

    internal static unsafe uintptr netpollclose(uintptr fd)
    {
        syscall.EpollEvent ev = default;
        return syscall.EpollCtl(epfd, syscall.EPOLL_CTL_DEL, (int32)fd, &ev);
    }

    internal static unsafe void netpollarm(pollDesc* pd, int mode)
    {
        @throw("runtime: unused");
    }

    // netpollBreak interrupts an epollwait.
    internal static unsafe void netpollBreak()
    {
        // If the CAS fails, a wake-up is under way already and there is nothing to do.
        if (!netpollWakeSig.CompareAndSwap(0, 1))
        {
            return;
        }

        for (; ; )
        {
            uint8 b = 0;
            var n = write(*netpollBreakWr, &b, 1);
            if (n == 1)
            {
                break;
            }
            if (n == -_EINTR)
            {
                continue;
            }
            if (n == -_EAGAIN)
            {
                return;
            }
            println("runtime: netpollBreak write failed with", -n);
            @throw("runtime: netpollBreak write failed");
        }
    }

    // netpoll looks for network connections that are ready.
    // The goroutines that it makes runnable are what it returns.
    // delay < 0: blocks without limit
    // delay == 0: does not block, only polls
    // delay > 0: blocks for at most that many nanoseconds
    [SkipLocalsInit] // PORT(clear): events stays as it is until the kernel writes to it
    internal static unsafe gList netpoll(int64 delay)
    {
        if (epfd == -1)
        {
            return default;
        }
        int32 waitms;
        if (delay < 0)
        {
            waitms = -1;
        }
        else if (delay == 0)
        {
            waitms = 0;
        }
        else if (delay < (int64)1e6)
        {
            waitms = 1;
        }
        else if (delay < (int64)1e15)
        {
            waitms = (int32)(delay / (int64)1e6);
        }
        else
        {
            // No timer is waited for longer than this at a time; the limit is
            // arbitrary. 1e9 ms is about 11.5 days.
            waitms = (int32)1e9;
        }
        var events = stackalloc syscall.EpollEvent[128];
    retry:
        var (n, errno) = syscall.EpollWait(epfd, new Span<syscall.EpollEvent>(events, 128), 128, waitms);
        if (errno != 0)
        {
            if (errno != _EINTR)
            {
                println("runtime: epollwait on fd", epfd, "failed with", errno);
                @throw("runtime: netpoll failed");
            }
            // A sleep with a limit was interrupted: return, so that the caller
            // works out how long there is to sleep now.
            if (waitms > 0)
            {
                return default;
            }
            goto retry;
        }
        gList toRun = default;
        for (int32 i = 0; i < n; i++)
        {
            var ev = events[i];
            if (ev.Events == 0)
            {
                continue;
            }

            if (*(uintptr**)&ev.Data == netpollBreakRd)
            {
                if (ev.Events != syscall.EPOLLIN)
                {
                    println("runtime: netpoll: break fd ready for", ev.Events);
                    @throw("runtime: netpoll: break fd ready for something unexpected");
                }
                if (delay != 0)
                {
                    // A poll that does not block may see netpollBreak's byte too, but
                    // it is meant for one that blocks: only that one reads it.
                    UInt128 tmp; // Go's [16]byte
                    read((int32)(*netpollBreakRd), &tmp, sizeof(UInt128));
                    netpollWakeSig.Store(0);
                }
                continue;
            }

            int32 mode = 0;
            if ((ev.Events & (syscall.EPOLLIN | syscall.EPOLLRDHUP | syscall.EPOLLHUP | syscall.EPOLLERR)) != 0)
            {
                mode += 'r';
            }
            if ((ev.Events & (syscall.EPOLLOUT | syscall.EPOLLHUP | syscall.EPOLLERR)) != 0)
            {
                mode += 'w';
            }
            if (mode != 0)
            {
                var pd = *(pollDesc**)&ev.Data;
                pd->setEventErr(ev.Events == syscall.EPOLLERR);
                netpollready(&toRun, pd, mode);
            }
        }
        return toRun;
    }
}
