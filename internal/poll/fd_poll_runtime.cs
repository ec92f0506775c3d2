// Ports src/internal/poll/fd_poll_runtime.go of go1.20.

using static golang.builtin;

namespace golang;

public static partial class poll
{
    // runtimeNano returns the runtime's clock, in nanoseconds.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "nanotime")]
    internal static extern int64 runtimeNano([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollServerInit")]
    internal static extern void runtime_pollServerInit([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollOpen")]
    internal static extern (uintptr, int) runtime_pollOpen([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr fd);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollClose")]
    internal static extern void runtime_pollClose([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr ctx);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollWait")]
    internal static extern go<int> runtime_pollWait([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr ctx, int mode);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollWaitCanceled")]
    internal static extern go<int> runtime_pollWaitCanceled([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr ctx, int mode);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollReset")]
    internal static extern int runtime_pollReset([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr ctx, int mode);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollSetDeadline")]
    internal static extern void runtime_pollSetDeadline([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr ctx, int64 d, int mode);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_pollUnblock")]
    internal static extern void runtime_pollUnblock([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr ctx);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_isPollServerDescriptor")]
    internal static extern bool runtime_isPollServerDescriptor([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr fd);

    // pollDesc is a struct inside FD. The async methods see a copy of it, which is all they need: they
    // only read runtimeCtx.
    internal partial struct pollDesc
    {
        internal uintptr runtimeCtx;
    }

    // PORT(once): sync.Once waits on a sync.Mutex and could park, and then Init would be async. The
    // runtime's function does its work once, under a lock of its own, however often it is called.
    internal static uint32 serverInit;

    internal partial struct pollDesc
    {
        internal error? init(FD fd)
        {
            // PORT(once): serverInit.Do(runtime_pollServerInit)
            if (atomic.LoadUint32(ref serverInit) == 0)
            {
                runtime_pollServerInit(null);
                atomic.StoreUint32(ref serverInit, 1);
            }
            var (ctx, errno) = runtime_pollOpen(null, (uintptr)fd.Sysfd);
            if (errno != 0)
            {
                return errnoErr((syscall.Errno)errno);
            }
            runtimeCtx = ctx;
            return null;
        }

        internal void close()
        {
            if (runtimeCtx == 0)
            {
                return;
            }
            runtime_pollClose(null, runtimeCtx);
            runtimeCtx = 0;
        }

        // evict takes fd out of the poller's hands: whatever I/O waits on it is woken, and none can wait
        // from now on.
        internal void evict()
        {
            if (runtimeCtx == 0)
            {
                return;
            }
            runtime_pollUnblock(null, runtimeCtx);
        }

        internal error? prepare(int mode, bool isFile)
        {
            if (runtimeCtx == 0)
            {
                return null;
            }
            var res = runtime_pollReset(null, runtimeCtx, mode);
            return convertErr(res, isFile);
        }

        internal error? prepareRead(bool isFile)
        {
            return prepare('r', isFile);
        }

        internal error? prepareWrite(bool isFile)
        {
            return prepare('w', isFile);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal async go<error?> wait(int mode, bool isFile)
        {
            if (runtimeCtx == 0)
            {
                return errors.New("waiting for unsupported file type");
            }
            var res = await runtime_pollWait(null, runtimeCtx, mode);
            return convertErr(res, isFile);
        }

        internal go<error?> waitRead(bool isFile)
        {
            return wait('r', isFile);
        }

        internal go<error?> waitWrite(bool isFile)
        {
            return wait('w', isFile);
        }

        internal async go waitCanceled(int mode)
        {
            if (runtimeCtx == 0)
            {
                return;
            }
            await runtime_pollWaitCanceled(null, runtimeCtx, mode);
        }

        internal bool pollable()
        {
            return runtimeCtx != 0;
        }
    }

    // What runtime_pollReset and runtime_pollWait return. The values are those of runtime/netpoll.cs.
    internal const int pollNoError = 0;
    internal const int pollErrClosing = 1;
    internal const int pollErrTimeout = 2;
    internal const int pollErrNotPollable = 3;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static error? convertErr(int res, bool isFile)
    {
        switch (res)
        {
            case pollNoError:
                return null;
            case pollErrClosing:
                return errClosing(isFile);
            case pollErrTimeout:
                return ErrDeadlineExceeded;
            case pollErrNotPollable:
                return ErrNotPollable;
        }
        Console.Error.WriteLine("unreachable:  " + res); // PORT(println): the runtime's println is not visible here
        panic("unreachable");
        return null;
    }

    public sealed partial class FD
    {
        /// <summary>
        /// SetDeadline sets the deadline for reads and writes, also for those that wait right now. The zero
        /// time means no deadline. Returns <see cref="ErrNoDeadline"/> when fd is not served by the poller,
        /// a closing error when it is closed. (src/internal/poll/fd_poll_runtime.go)
        /// </summary>
        public error? SetDeadline(time.Time t)
        {
            return setDeadlineImpl(this, t, 'r' + 'w');
        }

        /// <summary>
        /// SetReadDeadline is <see cref="SetDeadline"/> for reads only.
        /// (src/internal/poll/fd_poll_runtime.go)
        /// </summary>
        public error? SetReadDeadline(time.Time t)
        {
            return setDeadlineImpl(this, t, 'r');
        }

        /// <summary>
        /// SetWriteDeadline is <see cref="SetDeadline"/> for writes only.
        /// (src/internal/poll/fd_poll_runtime.go)
        /// </summary>
        public error? SetWriteDeadline(time.Time t)
        {
            return setDeadlineImpl(this, t, 'w');
        }
    }

    internal static error? setDeadlineImpl(FD fd, time.Time t, int mode)
    {
        int64 d = 0;
        if (!t.IsZero())
        {
            d = (int64)time.Until(t);
            if (d == 0)
            {
                d = -1; // 0 would mean no deadline, and this one is right now
            }
        }
        if (fd.incref() is { } err)
        {
            return err;
        }
        try
        {
            if (fd.pd.runtimeCtx == 0)
            {
                return ErrNoDeadline;
            }
            runtime_pollSetDeadline(null, fd.pd.runtimeCtx, d, mode);
            return null;
        }
        finally
        {
            fd.decref();
        }
    }

    /// <summary>
    /// IsPollDescriptor reports whether fd is one that the poller uses for itself. Only tests need it.
    /// (src/internal/poll/fd_poll_runtime.go)
    /// </summary>
    public static bool IsPollDescriptor(uintptr fd)
    {
        return runtime_isPollServerDescriptor(null, fd);
    }
}
