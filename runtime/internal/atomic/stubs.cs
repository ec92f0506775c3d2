// Ports src/runtime/internal/atomic/stubs.go of go1.20.

using System.Threading;

namespace golang.runtime_internal;

// Everything in it is PORT(atomic): Go declares these functions here and in atomic_amd64.go and
// writes them in assembly; the port writes them over Interlocked and Volatile, which the JIT turns into the
// same instructions. Interlocked is a full barrier, Volatile.Read an acquire, Volatile.Write
// a release.

/// <summary>
/// The atomic operations of the runtime (Go: src/runtime/internal/atomic). They are
/// sequentially consistent unless the name says Acq (acquire) or Rel (release).
/// </summary>
public static partial class atomic
{
    /// <summary>Atomically: if ptr holds old, stores new and reports true. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Cas(ref uint32 ptr, uint32 old, uint32 @new)
    {
        return Interlocked.CompareExchange(ref ptr, @new, old) == old;
    }

    // NoWB: nothing here needs a write barrier, these pointers are native ones. The next three
    // functions take the address of the pointer, as in Go, because C# has no atomics on T*.

    /// <summary>Atomically: if the pointer at ptr is old, stores new and reports true. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe bool Casp1(void** ptr, void* old, void* @new)
    {
        return Interlocked.CompareExchange(ref *(uintptr*)ptr, (uintptr)@new, (uintptr)old) == (uintptr)old;
    }

    /// <summary>Atomically: if ptr holds old, stores new and reports true. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Casint32(ref int32 ptr, int32 old, int32 @new)
    {
        return Interlocked.CompareExchange(ref ptr, @new, old) == old;
    }

    /// <summary>Atomically: if ptr holds old, stores new and reports true. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Casint64(ref int64 ptr, int64 old, int64 @new)
    {
        return Interlocked.CompareExchange(ref ptr, @new, old) == old;
    }

    /// <summary>Atomically: if ptr holds old, stores new and reports true. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Casuintptr(ref uintptr ptr, uintptr old, uintptr @new)
    {
        return Interlocked.CompareExchange(ref ptr, @new, old) == old;
    }

    /// <summary>Stores new with sequential consistency: an exchange, as in Go. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Storeint32(ref int32 ptr, int32 @new)
    {
        Interlocked.Exchange(ref ptr, @new);
    }

    /// <summary>Stores new with sequential consistency: an exchange, as in Go. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Storeint64(ref int64 ptr, int64 @new)
    {
        Interlocked.Exchange(ref ptr, @new);
    }

    /// <summary>Stores new with sequential consistency: an exchange, as in Go. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Storeuintptr(ref uintptr ptr, uintptr @new)
    {
        Interlocked.Exchange(ref ptr, @new);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr Loaduintptr(ref uintptr ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr Loaduint(ref uintptr ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int32 Loadint32(ref int32 ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int64 Loadint64(ref int64 ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int32 Xaddint32(ref int32 ptr, int32 delta)
    {
        return Interlocked.Add(ref ptr, delta);
    }

    /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int64 Xaddint64(ref int64 ptr, int64 delta)
    {
        return Interlocked.Add(ref ptr, delta);
    }

    /// <summary>Stores new and returns the value that stood there before. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int32 Xchgint32(ref int32 ptr, int32 @new)
    {
        return Interlocked.Exchange(ref ptr, @new);
    }

    /// <summary>Stores new and returns the value that stood there before. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int64 Xchgint64(ref int64 ptr, int64 @new)
    {
        return Interlocked.Exchange(ref ptr, @new);
    }

    // From here on the declarations of atomic_amd64.go, in its order.

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint32 Load(ref uint32 ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Returns the pointer at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void* Loadp(void* ptr)
    {
        return (void*)Volatile.Read(ref *(uintptr*)ptr);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint64 Load64(ref uint64 ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint32 LoadAcq(ref uint32 ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint64 LoadAcq64(ref uint64 ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr LoadAcquintptr(ref uintptr ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint32 Xadd(ref uint32 ptr, int32 delta)
    {
        return Interlocked.Add(ref ptr, (uint32)delta);
    }

    /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint64 Xadd64(ref uint64 ptr, int64 delta)
    {
        return Interlocked.Add(ref ptr, (uint64)delta);
    }

    /// <summary>Adds delta and returns the new value; wraps around. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr Xadduintptr(ref uintptr ptr, uintptr delta)
    {
        return (uintptr)Interlocked.Add(ref Unsafe.As<uintptr, uint64>(ref ptr), delta);
    }

    /// <summary>Stores new and returns the value that stood there before. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint32 Xchg(ref uint32 ptr, uint32 @new)
    {
        return Interlocked.Exchange(ref ptr, @new);
    }

    /// <summary>Stores new and returns the value that stood there before. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint64 Xchg64(ref uint64 ptr, uint64 @new)
    {
        return Interlocked.Exchange(ref ptr, @new);
    }

    /// <summary>Stores new and returns the value that stood there before. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uintptr Xchguintptr(ref uintptr ptr, uintptr @new)
    {
        return Interlocked.Exchange(ref ptr, @new);
    }

    /// <summary>Returns the value at ptr; no later access moves before it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint8 Load8(ref uint8 ptr)
    {
        return Volatile.Read(ref ptr);
    }

    /// <summary>Atomically: *ptr &amp;= val. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void And8(ref uint8 ptr, uint8 val)
    {
        for (; ; )
        {
            uint8 old = Volatile.Read(ref ptr);
            if (Interlocked.CompareExchange(ref ptr, (uint8)(old & val), old) == old)
            {
                return;
            }
        }
    }

    /// <summary>Atomically: *ptr |= val. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Or8(ref uint8 ptr, uint8 val)
    {
        for (; ; )
        {
            uint8 old = Volatile.Read(ref ptr);
            if (Interlocked.CompareExchange(ref ptr, (uint8)(old | val), old) == old)
            {
                return;
            }
        }
    }

    /// <summary>Atomically: *ptr &amp;= val. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void And(ref uint32 ptr, uint32 val)
    {
        Interlocked.And(ref ptr, val);
    }

    /// <summary>Atomically: *ptr |= val. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Or(ref uint32 ptr, uint32 val)
    {
        Interlocked.Or(ref ptr, val);
    }

    // There is no atomic xor, as in Go: it would not be idempotent.

    /// <summary>Atomically: if ptr holds old, stores new and reports true. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Cas64(ref uint64 ptr, uint64 old, uint64 @new)
    {
        return Interlocked.CompareExchange(ref ptr, @new, old) == old;
    }

    /// <summary>As Cas, with release ordering at least (the port takes the full barrier). Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool CasRel(ref uint32 ptr, uint32 old, uint32 @new)
    {
        return Interlocked.CompareExchange(ref ptr, @new, old) == old;
    }

    /// <summary>Stores val with sequential consistency: an exchange, as in Go. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(ref uint32 ptr, uint32 val)
    {
        Interlocked.Exchange(ref ptr, val);
    }

    /// <summary>Stores val with sequential consistency: an exchange, as in Go. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store8(ref uint8 ptr, uint8 val)
    {
        Interlocked.Exchange(ref ptr, val);
    }

    /// <summary>Stores val with sequential consistency: an exchange, as in Go. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store64(ref uint64 ptr, uint64 val)
    {
        Interlocked.Exchange(ref ptr, val);
    }

    /// <summary>Stores val; no earlier access moves after it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRel(ref uint32 ptr, uint32 val)
    {
        Volatile.Write(ref ptr, val);
    }

    /// <summary>Stores val; no earlier access moves after it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreRel64(ref uint64 ptr, uint64 val)
    {
        Volatile.Write(ref ptr, val);
    }

    /// <summary>Stores val; no earlier access moves after it. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreReluintptr(ref uintptr ptr, uintptr val)
    {
        Volatile.Write(ref ptr, val);
    }

    /// <summary>Stores the pointer val at ptr with sequential consistency. Go: src/runtime/internal/atomic/stubs.go.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void StorepNoWB(void* ptr, void* val)
    {
        Interlocked.Exchange(ref *(uintptr*)ptr, (uintptr)val);
    }
}
