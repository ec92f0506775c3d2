// Ports src/sync/atomic/type.go of go1.20.

namespace golang;

public static partial class atomic
{
    // PORT(nocopy): the types are structs, as Go's, and are used in place as fields. go vet finds copies of
    // Go's by their noCopy field; nothing finds one here, so never put one into a readonly field or a local.

    /// <summary>An atomic bool. The zero value is false. Ports src/sync/atomic/type.go.</summary>
    public struct Bool
    {
        internal uint32 v;

        /// <summary>Atomically loads the value.</summary>
        public bool Load()
        {
            return LoadUint32(ref v) != 0;
        }

        /// <summary>Atomically stores val.</summary>
        public void Store(bool val)
        {
            StoreUint32(ref v, b32(val));
        }

        /// <summary>Atomically stores new and returns the old value.</summary>
        public bool Swap(bool @new)
        {
            return SwapUint32(ref v, b32(@new)) != 0;
        }

        /// <summary>Atomically stores new if the value is old, and reports whether it did.</summary>
        public bool CompareAndSwap(bool old, bool @new)
        {
            return CompareAndSwapUint32(ref v, b32(old), b32(@new));
        }
    }

    // b32 gives 0 for false and 1 for true.
    internal static uint32 b32(bool b)
    {
        if (b)
        {
            return 1;
        }
        return 0;
    }

    /// <summary>An atomic reference to a T. The zero value is null. Ports src/sync/atomic/type.go.</summary>
    public struct Pointer<T> where T : class
    {
        internal T? v;

        /// <summary>Atomically loads the reference.</summary>
        public T? Load()
        {
            return LoadPointer(ref v);
        }

        /// <summary>Atomically stores val.</summary>
        public void Store(T? val)
        {
            StorePointer(ref v, val);
        }

        /// <summary>Atomically stores new and returns the old reference.</summary>
        public T? Swap(T? @new)
        {
            return SwapPointer(ref v, @new);
        }

        /// <summary>Atomically stores new if the reference is old, and reports whether it did.</summary>
        public bool CompareAndSwap(T? old, T? @new)
        {
            return CompareAndSwapPointer(ref v, old, @new);
        }
    }

    /// <summary>An atomic int32. The zero value is zero. Ports src/sync/atomic/type.go.</summary>
    public struct Int32
    {
        internal int32 v;

        /// <summary>Atomically loads the value.</summary>
        public int32 Load()
        {
            return LoadInt32(ref v);
        }

        /// <summary>Atomically stores val.</summary>
        public void Store(int32 val)
        {
            StoreInt32(ref v, val);
        }

        /// <summary>Atomically stores new and returns the old value.</summary>
        public int32 Swap(int32 @new)
        {
            return SwapInt32(ref v, @new);
        }

        /// <summary>Atomically stores new if the value is old, and reports whether it did.</summary>
        public bool CompareAndSwap(int32 old, int32 @new)
        {
            return CompareAndSwapInt32(ref v, old, @new);
        }

        /// <summary>Atomically adds delta and returns the new value.</summary>
        public int32 Add(int32 delta)
        {
            return AddInt32(ref v, delta);
        }
    }

    /// <summary>An atomic int64. The zero value is zero. Ports src/sync/atomic/type.go.</summary>
    public struct Int64
    {
        internal int64 v;

        /// <summary>Atomically loads the value.</summary>
        public int64 Load()
        {
            return LoadInt64(ref v);
        }

        /// <summary>Atomically stores val.</summary>
        public void Store(int64 val)
        {
            StoreInt64(ref v, val);
        }

        /// <summary>Atomically stores new and returns the old value.</summary>
        public int64 Swap(int64 @new)
        {
            return SwapInt64(ref v, @new);
        }

        /// <summary>Atomically stores new if the value is old, and reports whether it did.</summary>
        public bool CompareAndSwap(int64 old, int64 @new)
        {
            return CompareAndSwapInt64(ref v, old, @new);
        }

        /// <summary>Atomically adds delta and returns the new value.</summary>
        public int64 Add(int64 delta)
        {
            return AddInt64(ref v, delta);
        }
    }

    /// <summary>An atomic uint32. The zero value is zero. Ports src/sync/atomic/type.go.</summary>
    public struct Uint32
    {
        internal uint32 v;

        /// <summary>Atomically loads the value.</summary>
        public uint32 Load()
        {
            return LoadUint32(ref v);
        }

        /// <summary>Atomically stores val.</summary>
        public void Store(uint32 val)
        {
            StoreUint32(ref v, val);
        }

        /// <summary>Atomically stores new and returns the old value.</summary>
        public uint32 Swap(uint32 @new)
        {
            return SwapUint32(ref v, @new);
        }

        /// <summary>Atomically stores new if the value is old, and reports whether it did.</summary>
        public bool CompareAndSwap(uint32 old, uint32 @new)
        {
            return CompareAndSwapUint32(ref v, old, @new);
        }

        /// <summary>Atomically adds delta and returns the new value.</summary>
        public uint32 Add(uint32 delta)
        {
            return AddUint32(ref v, delta);
        }
    }

    /// <summary>An atomic uint64. The zero value is zero. Ports src/sync/atomic/type.go.</summary>
    public struct Uint64
    {
        internal uint64 v;

        /// <summary>Atomically loads the value.</summary>
        public uint64 Load()
        {
            return LoadUint64(ref v);
        }

        /// <summary>Atomically stores val.</summary>
        public void Store(uint64 val)
        {
            StoreUint64(ref v, val);
        }

        /// <summary>Atomically stores new and returns the old value.</summary>
        public uint64 Swap(uint64 @new)
        {
            return SwapUint64(ref v, @new);
        }

        /// <summary>Atomically stores new if the value is old, and reports whether it did.</summary>
        public bool CompareAndSwap(uint64 old, uint64 @new)
        {
            return CompareAndSwapUint64(ref v, old, @new);
        }

        /// <summary>Atomically adds delta and returns the new value.</summary>
        public uint64 Add(uint64 delta)
        {
            return AddUint64(ref v, delta);
        }
    }

    /// <summary>An atomic uintptr. The zero value is zero. Ports src/sync/atomic/type.go.</summary>
    public struct Uintptr
    {
        internal uintptr v;

        /// <summary>Atomically loads the value.</summary>
        public uintptr Load()
        {
            return LoadUintptr(ref v);
        }

        /// <summary>Atomically stores val.</summary>
        public void Store(uintptr val)
        {
            StoreUintptr(ref v, val);
        }

        /// <summary>Atomically stores new and returns the old value.</summary>
        public uintptr Swap(uintptr @new)
        {
            return SwapUintptr(ref v, @new);
        }

        /// <summary>Atomically stores new if the value is old, and reports whether it did.</summary>
        public bool CompareAndSwap(uintptr old, uintptr @new)
        {
            return CompareAndSwapUintptr(ref v, old, @new);
        }

        /// <summary>Atomically adds delta and returns the new value.</summary>
        public uintptr Add(uintptr delta)
        {
            return AddUintptr(ref v, delta);
        }
    }
}
