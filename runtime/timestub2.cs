// Ports src/runtime/timestub2.go of go1.20.

namespace golang;

public static partial class runtime
{
    // walltime reads the wall clock: seconds and nanoseconds since 1970.
    internal static unsafe (int64 sec, int32 nsec) walltime()
    {
        timespec ts;
        clock_gettime(_CLOCK_REALTIME, &ts); // PORT(vdso)
        return (ts.tv_sec, (int32)ts.tv_nsec);
    }
}
