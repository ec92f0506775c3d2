// Ports src/time/sleep.go of go1.20.

namespace go;

public static partial class time
{
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "timeSleep")]
    internal static extern go timeSleep([UnsafeAccessorType("go.runtime, runtime")] object? _, int64 ns);

    /// <summary>
    /// Parks the goroutine for at least d; returns at once when d is not positive. Ports src/time/sleep.go.
    /// </summary>
    /// <param name="d">The duration, in nanoseconds.</param>
    public static go Sleep(Duration d)
    {
        return timeSleep(null, d);
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
}
