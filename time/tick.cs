// Ports src/time/tick.go of go1.20.

namespace golang;

public static partial class time
{
    /// <summary>A channel on which a clock's ticks come at intervals. Ports src/time/tick.go.</summary>
    public sealed partial class Ticker
    {
        /// <summary>The channel on which the ticks come.</summary>
        public chan<Time>? C;

        internal runtimeTimer? r;
    }

    /// <summary>
    /// Makes a ticker that sends the time on its channel every d. It adjusts the interval or drops ticks for a slow
    /// receiver. Panics when d is not positive. Stop it to free what it uses. Ports src/time/tick.go.
    /// </summary>
    /// <param name="d">The interval, in nanoseconds.</param>
    public static unsafe Ticker NewTicker(Duration d)
    {
        if (d <= 0)
        {
            builtin.panic(errors.New("non-positive interval for NewTicker"));
        }
        // A buffer of one tick: if the client falls behind in
        // reading, ticks are dropped until it
        // catches up.
        var c = builtin.makechan<Time>(1);
        var t = new Ticker
        {
            C = c,
            r = new runtimeTimer(when(d), (int64)d, &sendTime, c),
        };
        startTimer(t.r);
        return t;
    }

    public sealed partial class Ticker
    {
        /// <summary>
        /// Turns the ticker off: no more ticks are sent. It does not close the channel, so that nobody takes that for
        /// a tick. Ports src/time/tick.go.
        /// </summary>
        public void Stop()
        {
            if (r == null)
            {
                return; // PORT(timermem): Go stops a timer of zeros, which does nothing.
            }
            stopTimer(r);
        }

        /// <summary>
        /// Sets the ticker's interval to d, from now on. Panics when d is not positive. Ports src/time/tick.go.
        /// </summary>
        /// <param name="d">The interval, in nanoseconds.</param>
        public unsafe void Reset(Duration d)
        {
            if (d <= 0)
            {
                builtin.panic("non-positive interval for Ticker.Reset");
            }
            if (r == null)
            {
                builtin.panic("time: Reset called on uninitialized Ticker");
            }
            modTimer(r!, when(d), (int64)d, r!.t->f, r.t->arg, r.t->seq);
        }
    }

    /// <summary>
    /// NewTicker(d).C, for those who never stop the ticker, and so never free what it uses; null when d is not
    /// positive. Ports src/time/tick.go.
    /// </summary>
    /// <param name="d">The interval, in nanoseconds.</param>
    public static chan<Time>? Tick(Duration d)
    {
        if (d <= 0)
        {
            return null;
        }
        return NewTicker(d).C;
    }
}
