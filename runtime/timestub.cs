// Ports src/runtime/timestub.go of go1.20.

namespace golang;

// For systems where time.now is made of walltime and nanotime.
// PORT(timestub): on linux/amd64 Go leaves this file out and reads both clocks in
// time_linux_amd64.s; the port has one way on all architectures.
public static partial class runtime
{
    // time.now: seconds and nanoseconds of the wall clock, and the monotonic clock.
    internal static (int64 sec, int32 nsec, int64 mono) time_now()
    {
        var (sec, nsec) = walltime();
        return (sec, nsec, nanotime());
    }
}
