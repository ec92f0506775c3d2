// Ports src/sync/atomic/doc.go of go1.20. Everything in it is PORT(atomic): the bodies are in
// assembly, and those for pointers in the runtime, in Go.

using System.Threading;

namespace golang;

/// <summary>
/// Package atomic: the low-level atomic operations on memory. If the effect of an atomic operation A is seen
/// by an atomic operation B, A happens before B, and all of them together behave as if run in one sequence.
/// They ask for care: channels and package sync are the usual way. Ports src/sync/atomic.
/// </summary>
public static partial class atomic
{
    // Go's functions take an address; here it is a ref. Loads and stores are the sequentially consistent ones:
    // a store is an exchange, because a release store may be overtaken by a later load.

    /// <summary>Atomically stores new into addr and returns the old value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int32 SwapInt32(ref int32 addr, int32 @new)
    {
        return Interlocked.Exchange(ref addr, @new);
    }

    /// <summary>Atomically stores new into addr and returns the old value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int64 SwapInt64(ref int64 addr, int64 @new)
    {
        return Interlocked.Exchange(ref addr, @new);
    }

    /// <summary>Atomically stores new into addr and returns the old value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint32 SwapUint32(ref uint32 addr, uint32 @new)
    {
        return Interlocked.Exchange(ref addr, @new);
    }

    /// <summary>Atomically stores new into addr and returns the old value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint64 SwapUint64(ref uint64 addr, uint64 @new)
    {
        return Interlocked.Exchange(ref addr, @new);
    }

    /// <summary>Atomically stores new into addr and returns the old value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr SwapUintptr(ref uintptr addr, uintptr @new)
    {
        return Interlocked.Exchange(ref addr, @new);
    }

    /// <summary>Atomically stores new into addr and returns the old value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T? SwapPointer<T>(ref T? addr, T? @new) where T : class
    {
        return Interlocked.Exchange(ref addr, @new);
    }

    /// <summary>Atomically stores new into addr if addr holds old, and reports whether it did. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="old">The value expected.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwapInt32(ref int32 addr, int32 old, int32 @new)
    {
        return Interlocked.CompareExchange(ref addr, @new, old) == old;
    }

    /// <summary>Atomically stores new into addr if addr holds old, and reports whether it did. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="old">The value expected.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwapInt64(ref int64 addr, int64 old, int64 @new)
    {
        return Interlocked.CompareExchange(ref addr, @new, old) == old;
    }

    /// <summary>Atomically stores new into addr if addr holds old, and reports whether it did. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="old">The value expected.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwapUint32(ref uint32 addr, uint32 old, uint32 @new)
    {
        return Interlocked.CompareExchange(ref addr, @new, old) == old;
    }

    /// <summary>Atomically stores new into addr if addr holds old, and reports whether it did. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="old">The value expected.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwapUint64(ref uint64 addr, uint64 old, uint64 @new)
    {
        return Interlocked.CompareExchange(ref addr, @new, old) == old;
    }

    /// <summary>Atomically stores new into addr if addr holds old, and reports whether it did. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="old">The value expected.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwapUintptr(ref uintptr addr, uintptr old, uintptr @new)
    {
        return Interlocked.CompareExchange(ref addr, @new, old) == old;
    }

    /// <summary>Atomically stores new into addr if addr holds old, and reports whether it did. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="old">The value expected.</param>
    /// <param name="new">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CompareAndSwapPointer<T>(ref T? addr, T? old, T? @new) where T : class
    {
        return Interlocked.CompareExchange(ref addr, @new, old) == old;
    }

    /// <summary>Atomically adds delta to addr and returns the new value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="delta">What is added; overflow wraps around.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int32 AddInt32(ref int32 addr, int32 delta)
    {
        return Interlocked.Add(ref addr, delta);
    }

    /// <summary>Atomically adds delta to addr and returns the new value. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="delta">What is added; overflow wraps around.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int64 AddInt64(ref int64 addr, int64 delta)
    {
        return Interlocked.Add(ref addr, delta);
    }

    /// <summary>Atomically adds delta to addr and returns the new value. To subtract c, add ~(c - 1). Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="delta">What is added; overflow wraps around.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint32 AddUint32(ref uint32 addr, uint32 delta)
    {
        return Interlocked.Add(ref addr, delta);
    }

    /// <summary>Atomically adds delta to addr and returns the new value. To subtract c, add ~(c - 1). Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="delta">What is added; overflow wraps around.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint64 AddUint64(ref uint64 addr, uint64 delta)
    {
        return Interlocked.Add(ref addr, delta);
    }

    /// <summary>Atomically adds delta to addr and returns the new value. To subtract c, add ~(c - 1). Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="delta">What is added; overflow wraps around.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr AddUintptr(ref uintptr addr, uintptr delta)
    {
        for (; ; )
        {
            var old = Volatile.Read(ref addr);
            if (Interlocked.CompareExchange(ref addr, old + delta, old) == old)
            {
                return old + delta;
            }
        }
    }

    /// <summary>Atomically loads addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int32 LoadInt32(ref int32 addr)
    {
        return Volatile.Read(ref addr);
    }

    /// <summary>Atomically loads addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int64 LoadInt64(ref int64 addr)
    {
        return Volatile.Read(ref addr);
    }

    /// <summary>Atomically loads addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint32 LoadUint32(ref uint32 addr)
    {
        return Volatile.Read(ref addr);
    }

    /// <summary>Atomically loads addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint64 LoadUint64(ref uint64 addr)
    {
        return Volatile.Read(ref addr);
    }

    /// <summary>Atomically loads addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr LoadUintptr(ref uintptr addr)
    {
        return Volatile.Read(ref addr);
    }

    /// <summary>Atomically loads addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T? LoadPointer<T>(ref T? addr) where T : class
    {
        return Volatile.Read(ref addr);
    }

    /// <summary>Atomically stores val into addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="val">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt32(ref int32 addr, int32 val)
    {
        Interlocked.Exchange(ref addr, val);
    }

    /// <summary>Atomically stores val into addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="val">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt64(ref int64 addr, int64 val)
    {
        Interlocked.Exchange(ref addr, val);
    }

    /// <summary>Atomically stores val into addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="val">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUint32(ref uint32 addr, uint32 val)
    {
        Interlocked.Exchange(ref addr, val);
    }

    /// <summary>Atomically stores val into addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="val">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUint64(ref uint64 addr, uint64 val)
    {
        Interlocked.Exchange(ref addr, val);
    }

    /// <summary>Atomically stores val into addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="val">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreUintptr(ref uintptr addr, uintptr val)
    {
        Interlocked.Exchange(ref addr, val);
    }

    /// <summary>Atomically stores val into addr. Ports src/sync/atomic/doc.go.</summary>
    /// <param name="addr">The word.</param>
    /// <param name="val">The value to store.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StorePointer<T>(ref T? addr, T? val) where T : class
    {
        Interlocked.Exchange(ref addr, val);
    }
}
