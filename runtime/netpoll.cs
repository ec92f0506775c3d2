// Ports src/runtime/netpoll.go of go1.20.
namespace golang;

public static partial class runtime
{
    // The network poller, the part that is the same on every platform.
    // An implementation for one platform (epoll, kqueue, ports, AIX, Windows) has to
    // define these functions:
    //
    // void netpollinit()
    //     Sets the poller up. Called once.
    //
    // uintptr netpollopen(uintptr fd, pollDesc* pd)
    //     Asks for edge-triggered notifications for fd. pd is what netpollready is
    //     to get when fd is ready. Returns an errno value.
    //
    // uintptr netpollclose(uintptr fd)
    //     Ends the notifications for fd. Returns an errno value.
    //
    // gList netpoll(int64 delta)
    //     Polls the network. delta < 0 blocks without limit, delta == 0 does not block,
    //     delta > 0 blocks for at most delta nanoseconds.
    //     Returns the list of goroutines that calls of netpollready have built.
    //
    // void netpollBreak()
    //     Wakes the poller, which is assumed to block in netpoll.
    //
    // bool netpollIsPollDescriptor(uintptr fd)
    //     Reports whether fd is a descriptor that the poller itself uses.

    // What runtime_pollReset and runtime_pollWait return.
    // internal/poll/fd_poll_runtime.cs has the same values; the two must agree.
    internal const int pollNoError = 0; // all is well
    internal const int pollErrClosing = 1; // closed, or being closed
    internal const int pollErrTimeout = 2; // the deadline has passed
    internal const int pollErrNotPollable = 3; // the poller met an error on the descriptor

    // A pollDesc has two binary semaphores, rg and wg, on which a reader and a writer
    // goroutine park. Each is in one of these states:
    //
    //	pdReady - the descriptor was reported ready and nobody has used the report yet;
    //	          a goroutine uses it up by changing the state to pdNil.
    //	pdWait - a goroutine is about to park on the semaphore, but is not parked yet;
    //	         it commits to the park by changing the state to the G pointer;
    //	         or a concurrent I/O notification changes the state to pdReady;
    //	         or a concurrent timeout or close changes the state to pdNil.
    //	G pointer - the goroutine is parked on the semaphore;
    //	            an I/O notification changes the state to pdReady, a timeout or close
    //	            to pdNil, and whoever makes the change makes the goroutine ready.
    //	pdNil - none of these.
    internal const uintptr pdNil = 0;
    internal const uintptr pdReady = 1;
    internal const uintptr pdWait = 2;

    internal const int pollBlockSize = 4 * 1024;

    // The poller's descriptor of a file.
    //
    // It holds no reference to an object of the CLR.
    internal unsafe partial struct pollDesc
    {
        // Not on any collected heap: see pollCache.alloc.
        internal pollDesc* link; // next free one in pollcache; needs pollcache.lock
        internal uintptr fd; // does not change while the pollDesc is in use

        // atomicInfo holds bits that follow from closing, rd and wd, which are only ever
        // written under the lock: a summary for netpollcheckerr, which cannot take the lock.
        // Whoever has written these fields under the lock in a way that may change the
        // summary must call publishInfo while it still has the lock. Whoever changes them and
        // then calls netpollunblock, with the lock still held, must call publishInfo before
        // netpollunblock, because publishInfo is what keeps netpollblock from blocking anew
        // (it changes what netpollcheckerr returns).
        // atomicInfo holds the eventErr bit too, which says whether a poll event for fd
        // reported an error. That bit is recorded nowhere else.
        internal atomic.Uint32 atomicInfo; // atomic pollInfo

        // Both are g pointers in the states above, and accessed atomically
        // (atomic.Uintptr is used here as guintptr is elsewhere).
        internal atomic.Uintptr rg; // pdNil, pdReady, pdWait or the G that waits to read
        internal atomic.Uintptr wg; // pdNil, pdReady, pdWait or the G that waits to write

        internal mutex @lock; // needed for all fields below
        internal bool closing;
        internal uint32 user; // a cookie that the user may set
        internal uintptr rseq; // guards against read timers that are out of date
        internal timer rt; // timer of the read deadline; it is set when rt.f != null
        internal int64 rd; // read deadline: a nanotime to come, or -1 once it has expired
        internal uintptr wseq; // guards against write timers that are out of date
        internal timer wt; // timer of the write deadline
        internal int64 wd; // write deadline: a nanotime to come, or -1 once it has expired
        internal pollDesc* self; // what makeArg hands out
    }

    // pollInfo is the bits that netpollcheckerr needs, stored atomically. Most of them
    // repeat what stands in pollDesc under its lock. The exception is pollEventErr,
    // which is kept nowhere but in the pollInfo.
    internal readonly struct pollInfo(uint32 i)
    {
        private readonly uint32 i = i;

        internal bool closing() => (i & pollClosing) != 0;
        internal bool eventErr() => (i & pollEventErr) != 0;
        internal bool expiredReadDeadline() => (i & pollExpiredReadDeadline) != 0;
        internal bool expiredWriteDeadline() => (i & pollExpiredWriteDeadline) != 0;
    }

    internal unsafe partial struct pollDesc
    {
        // info returns the pollInfo of pd.
        internal pollInfo info()
        {
            return new pollInfo(atomicInfo.Load());
        }

        // publishInfo brings atomicInfo (which info returns) up to date with the other
        // fields of pd.
        // It must be called with pd.lock held, after any change that may affect the bits.
        // That is: after closing was changed, and after rd or wd went from < 0 to >= 0.
        internal void publishInfo()
        {
            uint32 info = 0;
            if (closing)
            {
                info |= pollClosing;
            }
            if (rd < 0)
            {
                info |= pollExpiredReadDeadline;
            }
            if (wd < 0)
            {
                info |= pollExpiredWriteDeadline;
            }

            // Set all of x but the pollEventErr bit, which netpoll may change without
            // the lock: hence the CAS.
            var x = atomicInfo.Load();
            while (!atomicInfo.CompareAndSwap(x, (x & pollEventErr) | info))
            {
                x = atomicInfo.Load();
            }
        }

        // setEventErr makes b the result of info().eventErr(). It needs no lock.
        internal void setEventErr(bool b)
        {
            var x = atomicInfo.Load();
            while (((x & pollEventErr) != 0) != b && !atomicInfo.CompareAndSwap(x, x ^ pollEventErr))
            {
                x = atomicInfo.Load();
            }
        }
    }

    internal const uint32 pollClosing = 1 << 0;
    internal const uint32 pollEventErr = 1 << 1;
    internal const uint32 pollExpiredReadDeadline = 1 << 2;
    internal const uint32 pollExpiredWriteDeadline = 1 << 3;

    internal unsafe partial struct pollCache
    {
        internal mutex @lock;
        internal pollDesc* first;
        internal slice<pollDesc> blocks; // PORT(checkmark): all blocks, for checkmarks
        // The memory of a pollDesc must stay a pollDesc for ever, because epoll may
        // report readiness for it after the descriptor was closed or reused.
        // A timer that is out of date is told by its seq, which is incremented
        // when deadlines are changed and when the pollDesc is reused.
    }

    internal static readonly unsafe mutex* netpollInitLock = @new<mutex>();
    internal static atomic.Uint32 netpollInited;

    internal static readonly unsafe pollCache* pollcache = @new<pollCache>();
    internal static atomic.Uint32 netpollWaiters;

    // PORT(uintptr): internal/poll binds to the poll_runtime functions by name, and there a
    // *pollDesc is a uintptr, as in Go's internal/poll; here the first statement converts it.

    // internal/poll.runtime_pollServerInit
    internal static void poll_runtime_pollServerInit()
    {
        netpollGenericInit();
    }

    internal static unsafe void netpollGenericInit()
    {
        if (netpollInited.Load() == 0)
        {
            lockInit(netpollInitLock, lockRankNetpollInit);
            @lock(netpollInitLock);
            if (netpollInited.Load() == 0)
            {
                netpollinit();
                netpollInited.Store(1);
            }
            unlock(netpollInitLock);
        }
    }

    internal static bool netpollinited()
    {
        return netpollInited.Load() != 0;
    }

    // poll_runtime_isPollServerDescriptor, which is internal/poll.runtime_isPollServerDescriptor,
    // reports whether fd is a descriptor that netpoll itself uses.
    internal static bool poll_runtime_isPollServerDescriptor(uintptr fd)
    {
        return netpollIsPollDescriptor(fd);
    }

    // internal/poll.runtime_pollOpen
    internal static unsafe (uintptr, int) poll_runtime_pollOpen(uintptr fd)
    {
        var pd = pollcache->alloc();
        @lock(&pd->@lock);
        var wg = pd->wg.Load();
        if (wg != pdNil && wg != pdReady)
        {
            @throw("runtime: blocked write on free polldesc");
        }
        var rg = pd->rg.Load();
        if (rg != pdNil && rg != pdReady)
        {
            @throw("runtime: blocked read on free polldesc");
        }
        pd->fd = fd;
        pd->closing = false;
        pd->setEventErr(false);
        pd->rseq++;
        pd->rg.Store(pdNil);
        pd->rd = 0;
        pd->wseq++;
        pd->wg.Store(pdNil);
        pd->wd = 0;
        pd->self = pd;
        pd->publishInfo();
        unlock(&pd->@lock);

        var errno = netpollopen(fd, pd);
        if (errno != 0)
        {
            pollcache->free(pd);
            return (0, (int)errno);
        }
        return ((uintptr)pd, 0); // PORT(uintptr)
    }

    // internal/poll.runtime_pollClose
    internal static unsafe void poll_runtime_pollClose(uintptr ctx)
    {
        var pd = (pollDesc*)ctx; // PORT(uintptr)
        if (!pd->closing)
        {
            @throw("runtime: close polldesc w/o unblock");
        }
        var wg = pd->wg.Load();
        if (wg != pdNil && wg != pdReady)
        {
            @throw("runtime: blocked write on closing polldesc");
        }
        var rg = pd->rg.Load();
        if (rg != pdNil && rg != pdReady)
        {
            @throw("runtime: blocked read on closing polldesc");
        }
        netpollclose(pd->fd);
        pollcache->free(pd);
    }

    internal unsafe partial struct pollCache
    {
        internal void free(pollDesc* pd)
        {
            var c = (pollCache*)Unsafe.AsPointer(ref this); // always in native memory
            @lock(&c->@lock);
            pd->link = c->first;
            c->first = pd;
            unlock(&c->@lock);
        }
    }

    // poll_runtime_pollReset, which is internal/poll.runtime_pollReset,
    // makes a descriptor ready to be polled; mode is 'r' or 'w'.
    // It returns one of the error codes at the head of this file.
    internal static unsafe int poll_runtime_pollReset(uintptr ctx, int mode)
    {
        var pd = (pollDesc*)ctx; // PORT(uintptr)
        var errcode = netpollcheckerr(pd, mode);
        if (errcode != pollNoError)
        {
            return errcode;
        }
        if (mode == 'r')
        {
            pd->rg.Store(pdNil);
        }
        else if (mode == 'w')
        {
            pd->wg.Store(pdNil);
        }
        return pollNoError;
    }

    // poll_runtime_pollWait, which is internal/poll.runtime_pollWait,
    // waits until a descriptor is ready for reading or for writing,
    // as mode says, which is 'r' or 'w'.
    // It returns one of the error codes at the head of this file.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static async go<int> poll_runtime_pollWait(uintptr ctx, int mode)
    {
        ptr<pollDesc> pd;
        unsafe
        {
            pd = (pollDesc*)ctx;
        }
        var errcode = netpollcheckerr(pd, mode);
        if (errcode != pollNoError)
        {
            return errcode;
        }
        // PORT(goos): Solaris, illumos and AIX, whose I/O is level-triggered, call
        // netpollarm(pd, mode) here. The port has epoll only.
        while (!await netpollblock(pd, mode, false))
        {
            errcode = netpollcheckerr(pd, mode);
            if (errcode != pollNoError)
            {
                return errcode;
            }
            // It happens that a timeout fired and unblocked us, but was reset before
            // we had the chance to run. Act as if it had not fired: try again.
        }
        return pollNoError;
    }

    // internal/poll.runtime_pollWaitCanceled
    // PORT(waitcanceled): Go's has no result; here it is pollNoError.
    internal static async go<int> poll_runtime_pollWaitCanceled(uintptr ctx, int mode)
    {
        ptr<pollDesc> pd;
        unsafe
        {
            pd = (pollDesc*)ctx;
        }
        // Used on Windows only, after an attempt to cancel a pending asynchronous
        // operation failed. Waits for ioready and ignores closing and timeouts.
        while (!await netpollblock(pd, mode, true))
        {
        }
        return pollNoError;
    }

    // internal/poll.runtime_pollSetDeadline
    internal static unsafe void poll_runtime_pollSetDeadline(uintptr ctx, int64 d, int mode)
    {
        var pd = (pollDesc*)ctx; // PORT(uintptr)
        @lock(&pd->@lock);
        if (pd->closing)
        {
            unlock(&pd->@lock);
            return;
        }
        var (rd0, wd0) = (pd->rd, pd->wd);
        var combo0 = rd0 > 0 && rd0 == wd0;
        if (d > 0)
        {
            d += nanotime();
            if (d <= 0)
            {
                // The user's deadline lies in the future but the sum overflowed:
                // take the latest time there is.
                d = (int64)((1UL << 63) - 1);
            }
        }
        if (mode == 'r' || mode == 'r' + 'w')
        {
            pd->rd = d;
        }
        if (mode == 'w' || mode == 'r' + 'w')
        {
            pd->wd = d;
        }
        pd->publishInfo();
        var combo = pd->rd > 0 && pd->rd == pd->wd;
        delegate*<object?, uintptr, uintptr, void> rtf = &netpollReadDeadline;
        if (combo)
        {
            rtf = &netpollDeadline;
        }
        if (pd->rt.f == null)
        {
            if (pd->rd > 0)
            {
                pd->rt.f = rtf;
                // The timer gets a copy of the current seq. Its function compares it with
                // the seq that the descriptor then has: if they differ, the descriptor
                // was reused or its timers were reset.
                pd->rt.arg = pd->makeArg();
                pd->rt.seq = pd->rseq;
                resettimer(&pd->rt, pd->rd);
            }
        }
        else if (pd->rd != rd0 || combo != combo0)
        {
            pd->rseq++; // invalidate the timers that are set
            if (pd->rd > 0)
            {
                modtimer(&pd->rt, pd->rd, 0, rtf, pd->makeArg(), pd->rseq);
            }
            else
            {
                deltimer(&pd->rt);
                pd->rt.f = null;
            }
        }
        if (pd->wt.f == null)
        {
            if (pd->wd > 0 && !combo)
            {
                pd->wt.f = &netpollWriteDeadline;
                pd->wt.arg = pd->makeArg();
                pd->wt.seq = pd->wseq;
                resettimer(&pd->wt, pd->wd);
            }
        }
        else if (pd->wd != wd0 || combo != combo0)
        {
            pd->wseq++; // invalidate the timers that are set
            if (pd->wd > 0 && !combo)
            {
                modtimer(&pd->wt, pd->wd, 0, &netpollWriteDeadline, pd->makeArg(), pd->wseq);
            }
            else
            {
                deltimer(&pd->wt);
                pd->wt.f = null;
            }
        }
        // If the new deadline is in the past, unblock the I/O that is pending, if any.
        // publishInfo was called above, right after rd and wd were changed, as it must be.
        g* rg = null, wg = null;
        if (pd->rd < 0)
        {
            rg = netpollunblock(pd, 'r', false);
        }
        if (pd->wd < 0)
        {
            wg = netpollunblock(pd, 'w', false);
        }
        unlock(&pd->@lock);
        if (rg != null)
        {
            netpollgoready(rg, 3);
        }
        if (wg != null)
        {
            netpollgoready(wg, 3);
        }
    }

    // internal/poll.runtime_pollUnblock
    internal static unsafe void poll_runtime_pollUnblock(uintptr ctx)
    {
        var pd = (pollDesc*)ctx; // PORT(uintptr)
        @lock(&pd->@lock);
        if (pd->closing)
        {
            @throw("runtime: unblock on closing polldesc");
        }
        pd->closing = true;
        pd->rseq++;
        pd->wseq++;
        g* rg, wg;
        pd->publishInfo();
        rg = netpollunblock(pd, 'r', false);
        wg = netpollunblock(pd, 'w', false);
        if (pd->rt.f != null)
        {
            deltimer(&pd->rt);
            pd->rt.f = null;
        }
        if (pd->wt.f != null)
        {
            deltimer(&pd->wt);
            pd->wt.f = null;
        }
        unlock(&pd->@lock);
        if (rg != null)
        {
            netpollgoready(rg, 3);
        }
        if (wg != null)
        {
            netpollgoready(wg, 3);
        }
    }

    // netpollready is what the platform's netpoll calls.
    // It declares the descriptor of pd ready for I/O. toRun is the list of goroutines that
    // netpoll will return. mode is 'r', 'w' or 'r'+'w': ready for reading, for writing,
    // for both.
    //
    // It may run while the world is stopped.
    internal static unsafe void netpollready(gList* toRun, pollDesc* pd, int32 mode)
    {
        g* rg = null, wg = null;
        if (mode == 'r' || mode == 'r' + 'w')
        {
            rg = netpollunblock(pd, 'r', true);
        }
        if (mode == 'w' || mode == 'r' + 'w')
        {
            wg = netpollunblock(pd, 'w', true);
        }
        if (rg != null)
        {
            toRun->push(rg);
        }
        if (wg != null)
        {
            toRun->push(wg);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe int netpollcheckerr(ptr<pollDesc> pd, int32 mode)
    {
        var info = pd.p->info();
        if (info.closing())
        {
            return pollErrClosing;
        }
        if ((mode == 'r' && info.expiredReadDeadline()) || (mode == 'w' && info.expiredWriteDeadline()))
        {
            return pollErrTimeout;
        }
        // An error found while polling is reported for reads only. For a write, the
        // write system call that follows will fail, and its error says more.
        if (mode == 'r' && info.eventErr())
        {
            return pollErrNotPollable;
        }
        return pollNoError;
    }

    internal static unsafe bool netpollblockcommit(g* gp, void* gpp)
    {
        var r = atomic.Casuintptr(ref *(uintptr*)gpp, pdWait, (uintptr)gp);
        if (r)
        {
            // One more goroutine waits for the poller. By this count the scheduler
            // decides whether to block in the poller when there is nothing else to do.
            netpollWaiters.Add(1);
        }
        return r;
    }

    internal static unsafe void netpollgoready(g* gp, int traceskip)
    {
        netpollWaiters.Add(-1);
        goready(gp, traceskip + 1);
    }

    // Returns true if I/O is ready, false after a timeout or a close.
    // waitio: wait for I/O to complete and for nothing else, ignore errors.
    // Two concurrent calls of netpollblock in the same mode are forbidden: a pollDesc can
    // hold only one waiting goroutine per mode.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static async go<bool> netpollblock(ptr<pollDesc> pd, int32 mode, bool waitio)
    {
        ptr<atomic.Uintptr> gpp;
        unsafe
        {
            gpp = &pd.p->rg;
            if (mode == 'w')
            {
                gpp = &pd.p->wg;
            }
        }

        // Bring the semaphore to pdWait.
        for (; ; )
        {
            // Use up a notification that is already there.
            if (gpp.v.CompareAndSwap(pdReady, pdNil))
            {
                return true;
            }
            if (gpp.v.CompareAndSwap(pdNil, pdWait))
            {
                break;
            }

            // Both failed: make sure that the semaphore is not corrupt, or this loop
            // would go on for ever.
            if (gpp.v.Load() is var v && v != pdReady && v != pdNil)
            {
                @throw("runtime: double wait");
            }
        }

        // The error states must be checked again now that gpp is pdWait, because
        // runtime_pollUnblock, runtime_pollSetDeadline and deadlineimpl go the other way
        // round: they store to closing/rd/wd, call publishInfo, and then load rg/wg.
        // So either they see our pdWait or we see their error.
        if (waitio || netpollcheckerr(pd, mode) == pollNoError)
        {
            // PORT(park): a pointer needs unsafe, where no await may stand: so the park has two steps.
            go park;
            unsafe
            {
                park = gopark(&netpollblockcommit, gpp, waitReasonIOWait, traceEvGoBlockNet, 5);
            }
            await park;
        }
        // A swap and not a store: a concurrent pdReady must not get lost.
        var old = gpp.v.Swap(pdNil);
        if (old > pdWait)
        {
            @throw("runtime: corrupted polldesc");
        }
        return old == pdReady;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe g* netpollunblock(pollDesc* pd, int32 mode, bool ioready)
    {
        var gpp = &pd->rg;
        if (mode == 'w')
        {
            gpp = &pd->wg;
        }

        for (; ; )
        {
            var old = gpp->Load();
            if (old == pdReady)
            {
                return null;
            }
            if (old == pdNil && !ioready)
            {
                // pdReady is set for ioready only. runtime_pollWait looks for
                // a timeout or a close before it waits.
                return null;
            }
            uintptr @new = 0;
            if (ioready)
            {
                @new = pdReady;
            }
            // Who wins this CAS against a G pointer owns the goroutine's wake-up.
            // After pdWait there is nobody to wake: the goroutine's own CAS, in
            // netpollblockcommit, will fail and so will the park.
            if (gpp->CompareAndSwap(old, @new))
            {
                if (old == pdWait)
                {
                    old = pdNil;
                }
                return (g*)old;
            }
        }
    }

    internal static unsafe void netpolldeadlineimpl(pollDesc* pd, uintptr seq, bool read, bool write)
    {
        @lock(&pd->@lock);
        // seq is what the descriptor's seq was when the timer was set.
        // If it is out of date, so is the timer: ignore it.
        var currentSeq = pd->rseq;
        if (!read)
        {
            currentSeq = pd->wseq;
        }
        if (seq != currentSeq)
        {
            // The descriptor was reused or its timers were reset.
            unlock(&pd->@lock);
            return;
        }
        g* rg = null;
        if (read)
        {
            if (pd->rd <= 0 || pd->rt.f == null)
            {
                @throw("runtime: inconsistent read deadline");
            }
            pd->rd = -1;
            pd->publishInfo();
            rg = netpollunblock(pd, 'r', false);
        }
        g* wg = null;
        if (write)
        {
            if (pd->wd <= 0 || (pd->wt.f == null && !read))
            {
                @throw("runtime: inconsistent write deadline");
            }
            pd->wd = -1;
            pd->publishInfo();
            wg = netpollunblock(pd, 'w', false);
        }
        unlock(&pd->@lock);
        if (rg != null)
        {
            netpollgoready(rg, 0);
        }
        if (wg != null)
        {
            netpollgoready(wg, 0);
        }
    }

    internal static unsafe void netpollDeadline(object? _, uintptr arg, uintptr seq)
    {
        netpolldeadlineimpl((pollDesc*)arg, seq, true, true); // PORT(any): arg
    }

    internal static unsafe void netpollReadDeadline(object? _, uintptr arg, uintptr seq)
    {
        netpolldeadlineimpl((pollDesc*)arg, seq, true, false); // PORT(any): arg
    }

    internal static unsafe void netpollWriteDeadline(object? _, uintptr arg, uintptr seq)
    {
        netpolldeadlineimpl((pollDesc*)arg, seq, false, true); // PORT(any): arg
    }

    internal unsafe partial struct pollCache
    {
        internal pollDesc* alloc()
        {
            pollDesc* pd;
            var c = (pollCache*)Unsafe.AsPointer(ref this); // always in native memory
            @lock(&c->@lock);
            if (c->first == null)
            {
                var pdSize = (uintptr)sizeof(pollDesc);
                var n = pollBlockSize / pdSize;
                if (n == 0)
                {
                    n = 1;
                }
                // It must be memory of no collector, because the only reference
                // to it may be the one inside epoll.
                var mem = persistentalloc(n * pdSize, 0);
                c->blocks.append((pollDesc*)mem); // PORT(checkmark)
                for (uintptr i = 0; i < n; i++)
                {
                    pd = (pollDesc*)add(mem, i * pdSize);
                    pd->link = c->first;
                    c->first = pd;
                }
            }
            pd = c->first;
            c->first = pd->link;
            lockInit(&pd->@lock, lockRankPollDesc);
            unlock(&c->@lock);
            return pd;
        }
    }

    internal unsafe partial struct pollDesc
    {
        // makeArg converts pd to the argument of a timer function.
        // It allocates nothing.
        // PORT(any): Go builds an interface value that points to pd.self, with a type word
        // kept in pdType; here a timer's argument is a word, and self is that word.
        internal readonly uintptr makeArg()
        {
            return (uintptr)self;
        }
    }

    // PORT(any): Go's pdEface and pdType, the type word of makeArg's interface value,
    // stand here.
}
