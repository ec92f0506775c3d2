// Ports src/time/internal_test.go of go1.20, as far as the tests need it, and holds what they share.

namespace golang;

internal static class internal_test
{
    [DllImport("libc")]
    private static extern int kill(int pid, int sig);

    // Interrupt is a signal that interrupts sleeping system calls and else does nothing.
    // PORT(test): interrupt is in sys_unix.go of Go.
    internal static void Interrupt()
    {
        const int SIGCHLD = 17;
        kill(Environment.ProcessId, SIGCHLD);
    }

    private static void empty(object? _, uintptr arg, uintptr seq)
    {
    }

    // Test that a runtimeTimer with a period that would overflow when it
    // expires neither throws nor has other timers hang.
    //
    // It is here because it needs what is not
    // exported.
    internal static async go CheckRuntimeTimerPeriodOverflow()
    {
        // A runtimeTimer by hand, with a huge period, that expires at
        // once. With the Ticker of the public interface the whole period would
        // have to pass before the first update.
        var r = huge();
        time.startTimer(r);
        try
        {
            // If this goes wrong, the runtime throws (siftdownTimer finds a
            // bad when), or other timers hang (the heap is in a bad
            // state). There is no sure way to test that, but waiting for a
            // short timer shows something (and the timers of later tests may hang).
            await time.After(25 * time.Millisecond).Recv();
        }
        finally
        {
            time.stopTimer(r);
        }

        static unsafe time.runtimeTimer huge() => new(time.runtimeNano(), int64.MaxValue, &empty, null);
    }
}
