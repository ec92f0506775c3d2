// Ports src/runtime/internal/atomic/types.go of go1.20.

namespace golang.runtime_internal;

// PORT(nocopy): Go embeds noCopy (checked by vet) and align64 (known to its compiler) in these
// types. C# has neither: do not copy these structs, and every one of them is aligned to its
// size because the runtime's structs are laid out naturally.
public static partial class atomic
{
    /// <summary>An int32 that is accessed atomically. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Int32
    {
        internal int32 value; // PORT(nocopy)

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int32 Load()
        {
            return atomic.Loadint32(ref value);
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int32 value)
        {
            atomic.Storeint32(ref this.value, value);
        }

        /// <summary>If the value is old, sets it to new; reports whether it did. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwap(int32 old, int32 @new)
        {
            return atomic.Casint32(ref value, old, @new);
        }

        /// <summary>Sets the value and returns the one before. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int32 Swap(int32 @new)
        {
            return atomic.Xchgint32(ref value, @new);
        }

        /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int32 Add(int32 delta)
        {
            return atomic.Xaddint32(ref value, delta);
        }
    }

    /// <summary>An int64 that is accessed atomically. Aligned to 8 bytes. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Int64
    {
        internal int64 value; // PORT(nocopy)

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int64 Load()
        {
            return atomic.Loadint64(ref value);
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(int64 value)
        {
            atomic.Storeint64(ref this.value, value);
        }

        /// <summary>If the value is old, sets it to new; reports whether it did. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwap(int64 old, int64 @new)
        {
            return atomic.Casint64(ref value, old, @new);
        }

        /// <summary>Sets the value and returns the one before. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int64 Swap(int64 @new)
        {
            return atomic.Xchgint64(ref value, @new);
        }

        /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int64 Add(int64 delta)
        {
            return atomic.Xaddint64(ref value, delta);
        }
    }

    /// <summary>A uint8 that is accessed atomically. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Uint8
    {
        internal uint8 value; // PORT(nocopy)

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint8 Load()
        {
            return atomic.Load8(ref value);
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(uint8 value)
        {
            atomic.Store8(ref this.value, value);
        }

        /// <summary>Sets the value to its bitwise and with the argument. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void And(uint8 value)
        {
            atomic.And8(ref this.value, value);
        }

        /// <summary>Sets the value to its bitwise or with the argument. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Or(uint8 value)
        {
            atomic.Or8(ref this.value, value);
        }
    }

    /// <summary>A bool that is accessed atomically. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Bool
    {
        internal Uint8 u;

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Load()
        {
            return u.Load() != 0;
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(bool value)
        {
            uint8 s = 0;
            if (value)
            {
                s = 1;
            }

            u.Store(s);
        }
    }

    /// <summary>A uint32 that is accessed atomically. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Uint32
    {
        internal uint32 value; // PORT(nocopy)

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint32 Load()
        {
            return atomic.Load(ref value);
        }

        /// <summary>As Load, but only an acquire: accesses before it may appear to happen after it, none after it may appear to happen before it. To be used sparingly. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint32 LoadAcquire()
        {
            return atomic.LoadAcq(ref value);
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(uint32 value)
        {
            atomic.Store(ref this.value, value);
        }

        /// <summary>As Store, but only a release: accesses after it may appear to happen before it, none before it may appear to happen after it. To be used sparingly. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void StoreRelease(uint32 value)
        {
            atomic.StoreRel(ref this.value, value);
        }

        /// <summary>If the value is old, sets it to new; reports whether it did. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwap(uint32 old, uint32 @new)
        {
            return atomic.Cas(ref value, old, @new);
        }

        /// <summary>As CompareAndSwap, but only a release: accesses after it may appear to happen before it, none before it may appear to happen after it. To be used sparingly. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwapRelease(uint32 old, uint32 @new)
        {
            return atomic.CasRel(ref value, old, @new);
        }

        /// <summary>Sets the value and returns the one before. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint32 Swap(uint32 value)
        {
            return atomic.Xchg(ref this.value, value);
        }

        /// <summary>Sets the value to its bitwise and with the argument. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void And(uint32 value)
        {
            atomic.And(ref this.value, value);
        }

        /// <summary>Sets the value to its bitwise or with the argument. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Or(uint32 value)
        {
            atomic.Or(ref this.value, value);
        }

        /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint32 Add(int32 delta)
        {
            return atomic.Xadd(ref value, delta);
        }
    }

    /// <summary>A uint64 that is accessed atomically. Aligned to 8 bytes. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Uint64
    {
        internal uint64 value; // PORT(nocopy)

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint64 Load()
        {
            return atomic.Load64(ref value);
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(uint64 value)
        {
            atomic.Store64(ref this.value, value);
        }

        /// <summary>If the value is old, sets it to new; reports whether it did. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwap(uint64 old, uint64 @new)
        {
            return atomic.Cas64(ref value, old, @new);
        }

        /// <summary>Sets the value and returns the one before. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint64 Swap(uint64 value)
        {
            return atomic.Xchg64(ref this.value, value);
        }

        /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uint64 Add(int64 delta)
        {
            return atomic.Xadd64(ref value, delta);
        }
    }

    /// <summary>A uintptr that is accessed atomically. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Uintptr
    {
        internal uintptr value; // PORT(nocopy)

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uintptr Load()
        {
            return atomic.Loaduintptr(ref value);
        }

        /// <summary>As Load, but only an acquire: accesses before it may appear to happen after it, none after it may appear to happen before it. To be used sparingly. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uintptr LoadAcquire()
        {
            return atomic.LoadAcquintptr(ref value);
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(uintptr value)
        {
            atomic.Storeuintptr(ref this.value, value);
        }

        /// <summary>As Store, but only a release: accesses after it may appear to happen before it, none before it may appear to happen after it. To be used sparingly. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void StoreRelease(uintptr value)
        {
            atomic.StoreReluintptr(ref this.value, value);
        }

        /// <summary>If the value is old, sets it to new; reports whether it did. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwap(uintptr old, uintptr @new)
        {
            return atomic.Casuintptr(ref value, old, @new);
        }

        /// <summary>Sets the value and returns the one before. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uintptr Swap(uintptr value)
        {
            return atomic.Xchguintptr(ref this.value, value);
        }

        /// <summary>Adds delta and returns the new value; wraps around in two's complement. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public uintptr Add(uintptr delta)
        {
            return atomic.Xadduintptr(ref value, delta);
        }
    }

    /// <summary>A float64 that is accessed atomically. Aligned to 8 bytes. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public struct Float64
    {
        internal Uint64 u;

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float64 Load()
        {
            uint64 r = u.Load();
            return BitConverter.UInt64BitsToDouble(r); // PORT(atomic): a conversion of pointers in Go
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(float64 value)
        {
            u.Store(BitConverter.DoubleToUInt64Bits(value)); // PORT(atomic)
        }
    }

    // PORT(wb): in Go Store and CompareAndSwap of the two pointer types tell the collector
    // (storePointer, casPointer, given by the runtime) and the NoWB ones do not. These pointers
    // are native here, so both do the same; the names stay so that callers read like Go's.

    /// <summary>An untyped native pointer that is accessed atomically. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public unsafe struct UnsafePointer
    {
        // PORT(nocopy). PORT(atomic): a uintptr, as the atomics of C# know no pointers.
        internal uintptr value;

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void* Load()
        {
            return (void*)Loaduintptr(ref value); // PORT(atomic): Loadp
        }

        /// <summary>Sets the value without a write barrier. Prefer Store. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void StoreNoWB(void* value)
        {
            Storeuintptr(ref this.value, (uintptr)value); // PORT(atomic): StorepNoWB
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(void* value)
        {
            Storeuintptr(ref this.value, (uintptr)value); // PORT(wb)
        }

        /// <summary>If the value is old, sets it to new without a write barrier; reports whether it did. Prefer CompareAndSwap. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwapNoWB(void* old, void* @new)
        {
            return Casuintptr(ref value, (uintptr)old, (uintptr)@new); // PORT(atomic): Casp1
        }

        /// <summary>If the value is old, sets it to new; reports whether it did. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwap(void* old, void* @new)
        {
            return Casuintptr(ref value, (uintptr)old, (uintptr)@new); // PORT(wb)
        }
    }

    /// <summary>A native pointer to T that is accessed atomically. It must not be copied. Go: src/runtime/internal/atomic/types.go.</summary>
    public unsafe struct Pointer<T> where T : unmanaged
    {
        internal UnsafePointer u;

        /// <summary>Returns the value. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T* Load()
        {
            return (T*)u.Load();
        }

        /// <summary>Sets the value without a write barrier. Prefer Store. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void StoreNoWB(T* value)
        {
            u.StoreNoWB(value);
        }

        /// <summary>Sets the value, with sequential consistency. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Store(T* value)
        {
            u.Store(value);
        }

        /// <summary>If the value is old, sets it to new without a write barrier; reports whether it did. Prefer CompareAndSwap. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwapNoWB(T* old, T* @new)
        {
            return u.CompareAndSwapNoWB(old, @new);
        }

        /// <summary>If the value is old, sets it to new; reports whether it did. Go: src/runtime/internal/atomic/types.go.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool CompareAndSwap(T* old, T* @new)
        {
            return u.CompareAndSwap(old, @new);
        }
    }
}
