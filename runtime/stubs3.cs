// Ports src/runtime/stubs3.go of go1.20.

namespace golang;

public static partial class runtime
{
    // PORT(vdso): Go finds the kernel's clock_gettime in the vDSO itself and calls it on the
    // system stack; libc's clock_gettime is the same call.

    internal const int _CLOCK_REALTIME = 0;
    internal const int _CLOCK_MONOTONIC = 1;

    // PORT(vdso)
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    internal static extern unsafe int32 clock_gettime(int32 clk_id, timespec* tp);

    // nanotime1 reads the monotonic clock, in nanoseconds.
    internal static unsafe int64 nanotime1()
    {
        timespec ts;
        clock_gettime(_CLOCK_MONOTONIC, &ts); // PORT(vdso)
        return ts.tv_sec * 1000000000 + ts.tv_nsec;
    }
}
