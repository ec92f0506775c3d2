// Ports src/runtime/malloc.go of go1.20.

namespace golang;

// PORT(heap): Go's heap is the CLR's. Of this file the allocator of memory that is never freed
// is left, in which the scheduler's and the poller's structs live.
public static partial class runtime
{
    internal const int _PageShift = 13;
    internal const uintptr _PageSize = 1 << _PageShift;

    // PORT(heap): the other constants, of size classes, stacks, the address space and arenas.

    // mallocinit, in schedinit's order; all that is left of it is PORT(heap): the rank of a lock.
    internal static unsafe void mallocinit()
    {
        lockInit(&globalAlloc->mutex, lockRankGlobalAlloc);
    }

    // PORT(native): @new stands for Go's package-level variables of struct type (sched, the
    // locks, the tables of locks): zeroed, aligned to a cache line, at one address for ever. It
    // runs in static initialisers, before any M exists, so it takes no lock and uses no other
    // static field.
    internal static unsafe T* @new<T>() where T : unmanaged
    {
        uintptr size = ((uintptr)sizeof(T) + 63) & ~(uintptr)63;
        void* p = NativeMemory.AlignedAlloc(size, 64);
        NativeMemory.Clear(p, size);
        return (T*)p;
    }

    internal unsafe struct persistentAlloc
    {
        internal notInHeap* @base;
        internal uintptr off;
    }

    internal struct globalAllocState
    {
        internal mutex mutex;
        internal persistentAlloc persistentAlloc;
    }

    internal static readonly unsafe globalAllocState* globalAlloc = @new<globalAllocState>();

    // persistentChunkSize is by how many bytes a persistentAlloc grows.
    internal const uintptr persistentChunkSize = 256 << 10;

    // persistentChunks is the list of all chunks, linked through the first word of each. It is
    // changed atomically.
    internal static uintptr persistentChunks; // *notInHeap

    // persistentalloc gives out small pieces of what sysAlloc gives: zeroed, aligned to align
    // (a power of 2; 0 stands for 8). They cannot be given back.
    // PORT(memstats): Go's third parameter counts the bytes for runtime.MemStats.
    internal static unsafe void* persistentalloc(uintptr size, uintptr align)
    {
        notInHeap* p;
        using (systemstack())
        {
            p = persistentalloc1(size, align);
        }

        return p;
    }

    // On the system stack. In Go growing a stack can come back here (Go issue 9174).
    internal static unsafe notInHeap* persistentalloc1(uintptr size, uintptr align)
    {
        const uintptr maxBlock = 64 << 10; // what is larger goes to sysAlloc

        if (size == 0)
        {
            @throw("persistentalloc: size == 0");
        }

        if (align != 0)
        {
            if ((align & (align - 1)) != 0)
            {
                @throw("persistentalloc: align is not a power of 2");
            }

            if (align > _PageSize)
            {
                @throw("persistentalloc: align is too large");
            }
        }
        else
        {
            align = 8;
        }

        if (size >= maxBlock)
        {
            return (notInHeap*)sysAlloc(size);
        }

        m* mp = acquirem();
        persistentAlloc* persistent;
        if (mp != null && mp->p != 0)
        {
            persistent = &mp->p.ptr()->palloc;
        }
        else
        {
            @lock(&globalAlloc->mutex);
            persistent = &globalAlloc->persistentAlloc;
        }

        persistent->off = alignUp(persistent->off, align);
        if (persistent->off + size > persistentChunkSize || persistent->@base == null)
        {
            persistent->@base = (notInHeap*)sysAlloc(persistentChunkSize);
            if (persistent->@base == null)
            {
                if (persistent == &globalAlloc->persistentAlloc)
                {
                    unlock(&globalAlloc->mutex);
                }

                @throw("runtime: cannot allocate memory");
            }

            // Put the new chunk on the list.
            for (; ; )
            {
                uintptr chunks = persistentChunks;
                *(uintptr*)persistent->@base = chunks;
                if (atomic.Casuintptr(ref persistentChunks, chunks, (uintptr)persistent->@base))
                {
                    break;
                }
            }

            persistent->off = alignUp((uintptr)sizeof(uintptr), align);
        }

        notInHeap* p = persistent->@base->add(persistent->off);
        persistent->off += size;
        releasem(mp);
        if (persistent == &globalAlloc->persistentAlloc)
        {
            unlock(&globalAlloc->mutex);
        }

        // PORT(memstats): the bytes move from other_sys to the caller's counter here.
        return p;
    }

    // inPersistentAlloc reports whether p points to memory from persistentalloc.
    internal static unsafe bool inPersistentAlloc(uintptr p)
    {
        uintptr chunk = atomic.Loaduintptr(ref persistentChunks);
        while (chunk != 0)
        {
            if (p >= chunk && p < chunk + persistentChunkSize)
            {
                return true;
            }

            chunk = *(uintptr*)chunk;
        }

        return false;
    }

    // PORT(heap): linearAlloc

    // notInHeap is memory from sysAlloc or persistentalloc that has no better type.
    internal struct notInHeap
    {
        internal unsafe notInHeap* add(uintptr bytes)
        {
            return (notInHeap*)((uintptr)Unsafe.AsPointer(ref this) + bytes);
        }
    }
}
