// Ports src/time/sleep.go of go1.20.
using System.Runtime.ConstrainedExecution;
using System.Threading;

namespace golang;

public static partial class time
{
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "timeSleep")]
    internal static extern go timeSleep([UnsafeAccessorType("golang.runtime, runtime")] object? _, int64 ns);

    /// <summary>
    /// Parks the goroutine for at least d; returns at once when d is not positive. Ports src/time/sleep.go.
    /// </summary>
    /// <param name="d">The duration, in nanoseconds.</param>
    public static go Sleep(Duration d)
    {
        return timeSleep(null, d);
    }

    // PORT(timermem): Go's runtimeTimer lies inside its Timer, and the collector sees to it. Here what the runtime
    // knows is native memory, and this object is its owner. A heap of the runtime that holds the timer has the
    // owner, by a strong handle (root). So when the CLR finalizes the owner no heap holds the timer, no function of
    // it runs, and nobody is left who could start it: it can be freed.
    internal sealed class runtimeTimer : CriticalFinalizerObject
    {
        // Package runtime has the same structure, timer in runtime/time.cs; the two must agree.
        internal unsafe struct timer
        {
            internal uintptr pp;
            internal int64 when;
            internal int64 period;
            internal delegate*<object?, uintptr, uintptr, void> f; // a static method; PORT(any)
            internal uintptr arg;
            internal uintptr seq;
            internal int64 nextwhen;
            internal uint32 status;
            internal uintptr root;
        }

        // These two values of status, timerNoStatus and timerRemoved, say that no heap holds the timer.
        private const uint32 timerNoStatus = 0;
        private const uint32 timerRemoved = 5;

        internal unsafe timer* t; // null once it is freed
        internal readonly object? arg; // what Go's arg is

        internal unsafe runtimeTimer(int64 when, int64 period, delegate*<object?, uintptr, uintptr, void> f, object? arg)
        {
            this.arg = arg;
            t = (timer*)NativeMemory.AllocZeroed((uintptr)sizeof(timer));
            t->when = when;
            t->period = period;
            t->f = f;
            t->root = (uintptr)GCHandle.ToIntPtr(GCHandle.Alloc(null));
        }

        unsafe ~runtimeTimer()
        {
            if (t != null && freefinalized(null, this, &free, t))
            {
                t = null;
            }
        }

        private static unsafe void free(void* p)
        {
            var t = (timer*)p;
            if (Volatile.Read(ref t->status) is not (timerNoStatus or timerRemoved))
            {
                @throw(null, "time: free of a timer in a heap");
            }
            if (t->root != 0)
            {
                GCHandle.FromIntPtr((nint)t->root).Free();
            }
            NativeMemory.Free(t);
        }

        [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "freefinalized")]
        private static extern unsafe bool freefinalized([UnsafeAccessorType("golang.runtime, runtime")] object? _, object obj, delegate*<void*, void> free, void* arg);

        [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "throw")]
        private static extern void @throw([UnsafeAccessorType("golang.runtime, runtime")] object? _, string s);
    }

    // when gives the instant, on the runtime's clock, that lies d in the future: what a timer's when field
    // takes. A d that is not positive counts as none, and an overflow gives the largest int64.
    internal static int64 when(Duration d)
    {
        if (d <= 0)
        {
            return runtimeNano();
        }
        var t = runtimeNano() + (int64)d;
        if (t < 0)
        {
            // The clock and d are positive, so an overflow cannot give exactly 0.
            t = int64.MaxValue; // 1<<63 - 1
        }
        return t;
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "startTimer")]
    internal static extern void startTimer([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr t, object? owner);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "stopTimer")]
    internal static extern bool stopTimer([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr t);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "resetTimer")]
    internal static extern bool resetTimer([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr t, int64 when, object? owner);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "modTimer")]
    internal static extern void modTimer([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr t, int64 when, int64 period, uintptr f, uintptr arg, uintptr seq, object? owner);

    // PORT(timermem): the four below are Go's functions; they hand the owner on, and keep it, and so the timer, until
    // the runtime has done with the timer.
    internal static unsafe void startTimer(runtimeTimer r)
    {
        startTimer(null, (uintptr)r.t, r);
        GC.KeepAlive(r);
    }

    // PORT(timermem)
    internal static unsafe bool stopTimer(runtimeTimer r)
    {
        var pending = stopTimer(null, (uintptr)r.t);
        GC.KeepAlive(r);
        return pending;
    }

    // PORT(timermem)
    internal static unsafe bool resetTimer(runtimeTimer r, int64 when)
    {
        var pending = resetTimer(null, (uintptr)r.t, when, r);
        GC.KeepAlive(r);
        return pending;
    }

    // PORT(timermem)
    internal static unsafe void modTimer(runtimeTimer r, int64 when, int64 period, delegate*<object?, uintptr, uintptr, void> f, uintptr arg, uintptr seq)
    {
        modTimer(null, (uintptr)r.t, when, period, (uintptr)f, arg, seq, r);
        GC.KeepAlive(r);
    }

    /// <summary>
    /// A single event. When the timer expires, the time is sent on C, unless AfterFunc made it. NewTimer and AfterFunc
    /// make timers. Ports src/time/sleep.go.
    /// </summary>
    public sealed partial class Timer
    {
        /// <summary>The channel on which the time is sent; null for a timer of AfterFunc.</summary>
        public chan<Time>? C;

        internal runtimeTimer? r;

        /// <summary>
        /// Keeps the timer from going off. It reports whether it did: false means that the timer has expired or was
        /// stopped before. It does not close the channel, so that nobody takes that for the event.
        ///
        /// To be sure that the channel is empty afterwards, look at the result and drain the channel, provided
        /// that nothing was received from it yet, and that no other goroutine receives from it or stops it:
        /// <code>if (!t.Stop()) { await t.C.Recv(); }</code>
        ///
        /// For a timer of AfterFunc false means that f runs in its own goroutine, or has run; Stop does not wait for
        /// its end. Ports src/time/sleep.go.
        /// </summary>
        public bool Stop()
        {
            if (r == null)
            {
                builtin.panic("time: Stop called on uninitialized Timer");
            }
            return stopTimer(r!);
        }
    }

    /// <summary>Makes a timer that sends the time on its channel after at least d. Ports src/time/sleep.go.</summary>
    /// <param name="d">The duration, in nanoseconds.</param>
    public static unsafe Timer NewTimer(Duration d)
    {
        var c = builtin.makechan<Time>(1);
        var t = new Timer
        {
            C = c,
            r = new runtimeTimer(when(d), 0, &sendTime, c),
        };
        startTimer(t.r);
        return t;
    }

    public sealed partial class Timer
    {
        /// <summary>
        /// Sets the timer to expire after d. It reports whether the timer was active; false means that it had
        /// expired or been stopped.
        ///
        /// A timer of NewTimer must be stopped or expired, and its channel drained: received from; or, if Stop
        /// says that it expired first, drained explicitly:
        /// <code>if (!t.Stop()) { await t.C.Recv(); } t.Reset(d);</code>
        /// No other goroutine may receive from the channel at the same time. The result cannot be used rightly, as the
        /// draining of the channel races with the new expiration.
        ///
        /// For a timer of AfterFunc true means that f will run at the new time, and false that it will run once
        /// more; that may be while the earlier run is still going on. Ports src/time/sleep.go.
        /// </summary>
        /// <param name="d">The duration, in nanoseconds.</param>
        public bool Reset(Duration d)
        {
            if (r == null)
            {
                builtin.panic("time: Reset called on uninitialized Timer");
            }
            var w = when(d);
            return resetTimer(r!, w);
        }
    }

    // sendTime sends the time on the channel if that needs no waiting.
    // PORT(any): c is the timer's owner, which has the channel. PORT(chan): a select with a default.
    internal static void sendTime(object? c, uintptr arg, uintptr seq)
    {
        Unsafe.As<chan<Time>>(Unsafe.As<runtimeTimer>(c)!.arg)!.selectnbsend(Now());
    }

    /// <summary>
    /// Waits for d and then sends the time on the channel that it gives: NewTimer(d).C. The timer is not freed before
    /// it goes off; if that matters, use NewTimer and stop it. Ports src/time/sleep.go.
    /// </summary>
    /// <param name="d">The duration, in nanoseconds.</param>
    public static chan<Time> After(Duration d)
    {
        return NewTimer(d).C!;
    }

    /// <summary>
    /// Waits for d and then calls f in a goroutine of its own. The timer's Stop cancels that.
    /// Ports src/time/sleep.go.
    /// </summary>
    /// <param name="d">The duration, in nanoseconds.</param>
    /// <param name="f">The function; it may park.</param>
    public static unsafe Timer AfterFunc(Duration d, Func<go>? f)
    {
        var t = new Timer
        {
            r = new runtimeTimer(when(d), 0, &goFunc, f),
        };
        startTimer(t.r);
        return t;
    }

    // PORT(do): Go has one AfterFunc; here a function that parks and one that does not are of different types.

    /// <summary>
    /// Waits for d and then calls f, which does not park, in a goroutine of its own. Ports src/time/sleep.go.
    /// </summary>
    /// <param name="d">The duration, in nanoseconds.</param>
    /// <param name="f">The function.</param>
    // PORT(do)
    public static Timer AfterFunc(Duration d, Action f)
    {
        return AfterFunc(d, () =>
        {
            f();
            return default;
        });
    }

    // PORT(any): as in sendTime.
    internal static void goFunc(object? owner, uintptr arg, uintptr seq)
    {
        builtin.go(Unsafe.As<Func<go>>(Unsafe.As<runtimeTimer>(owner)!.arg)!);
    }
}
