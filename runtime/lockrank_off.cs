// Ports src/runtime/lockrank_off.go of go1.20.

#if !DEBUG

namespace golang;

// PORT(lockranking): Go chooses between this file and lockrank_on.go by
// GOEXPERIMENT=staticlockranking, the port by the configuration: this one is Release.
public static partial class runtime
{
    // lockRankStruct is a field of mutex. It says nothing when ranking is off.
    internal struct lockRankStruct
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void lockInit(mutex* l, lockRank rank)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe lockRank getLockRank(mutex* l)
    {
        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void lockWithRank(mutex* l, lockRank rank)
    {
        lock2(l);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void acquireLockRank(lockRank rank)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void unlockWithRank(mutex* l)
    {
        unlock2(l);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void releaseLockRank(lockRank rank)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void lockWithRankMayAcquire(mutex* l, lockRank rank)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void assertLockHeld(mutex* l)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void assertRankHeld(lockRank r)
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void worldStopped()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void worldStarted()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void assertWorldStopped()
    {
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void assertWorldStoppedOrLockHeld(mutex* l)
    {
    }
}

#endif
