// Ports src/internal/poll/fd_mutex.go of go1.20.

using System.Diagnostics.CodeAnalysis;
using System.Threading;
using static golang.builtin;

namespace golang;

public static partial class poll
{
    // fdMutex is a synchronization primitive made for one purpose: it decides how long a descriptor lives
    // and lets one Read, one Write and one Close at a time through to it.
    //
    // It is a struct inside FD and must never be copied.
    internal partial struct fdMutex
    {
        internal uint64 state;

        // PORT(sema): the words that Go has here as rsema and wsema, and as csema in FD, are in an object of
        // their own, made by whoever needs one of them first.
        internal fdSema? sema;

        [UnscopedRef]
        internal fdSema.address rsema
        {
            get
            {
                return new fdSema.address(ref sema, 0);
            }
        }

        [UnscopedRef]
        internal fdSema.address wsema
        {
            get
            {
                return new fdSema.address(ref sema, 1);
            }
        }
    }

    // PORT(sema): fdSema is the three semaphores of an FD. The table of waiters is keyed by address and an FD
    // moves, so the words are in a pinned array, which many FDs share because making one is slow. A slot is
    // never used again; the array goes when the last of its FDs has gone.
    //
    // Who waits on a semaphore holds the FD by his frame. Who releases one holds it until that is done, by
    // GC.KeepAlive. So no address outlives its word, not even that of an FD that a finalizer brings back to
    // life in order to close it: which is why this is not native memory, freed by a finalizer of its own.
    internal sealed class fdSema
    {
        private sealed class slab
        {
            internal readonly uint32[] words = GC.AllocateArray<uint32>(3 * slots, pinned: true);
            internal int used;
        }

        private const int slots = 32;
        private static slab current = new();

        private readonly uint32[] words;
        private readonly int first;

        private fdSema()
        {
            for (; ; )
            {
                var s = Volatile.Read(ref current);
                var i = Interlocked.Increment(ref s.used) - 1;
                if (i < slots)
                {
                    words = s.words;
                    first = 3 * i;
                    return;
                }
                Interlocked.CompareExchange(ref current, new slab(), s);
            }
        }

        // An address of a semaphore that may not be there yet: the object is made when the address becomes a
        // pointer.
        internal readonly ref struct address
        {
            private readonly ref fdSema? sema;
            private readonly int i;

            internal address(ref fdSema? sema, int i)
            {
                this.sema = ref sema;
                this.i = i;
            }

            public static unsafe implicit operator ptr<uint32>(address a)
            {
                var s = Volatile.Read(ref a.sema);
                if (s == null)
                {
                    var made = new fdSema();
                    s = Interlocked.CompareExchange(ref a.sema, made, null) ?? made;
                }
                return (uint32*)Unsafe.AsPointer(ref s.words[s.first + a.i]);
            }
        }
    }

    // fdMutex.state, from the lowest bit:
    // 1 bit - closed: from now on every attempt to lock or to add a reference fails.
    // 1 bit - locked for reading.
    // 1 bit - locked for writing.
    // 20 bits - number of references, of readers, writers and all others together.
    // 20 bits - number of readers that wait.
    // 20 bits - number of writers that wait.
    internal const uint64 mutexClosed = 1 << 0;
    internal const uint64 mutexRLock = 1 << 1;
    internal const uint64 mutexWLock = 1 << 2;
    internal const uint64 mutexRef = 1 << 3;
    internal const uint64 mutexRefMask = ((1ul << 20) - 1) << 3;
    internal const uint64 mutexRWait = 1 << 23;
    internal const uint64 mutexRMask = ((1ul << 20) - 1) << 23;
    internal const uint64 mutexWWait = 1ul << 43;
    internal const uint64 mutexWMask = ((1ul << 20) - 1) << 43;

    internal const string overflowMsg = "too many concurrent operations on a single file or socket (max 1048575)";

    // Read operations pair rwlock(true) with rwunlock(true).
    //
    // Write operations pair rwlock(false) with rwunlock(false).
    //
    // All others, such as setsockopt and setting a deadline, pair incref with decref. They need the
    // reference: without it a concurrent close could close the descriptor under them, and they would
    // act on whatever descriptor got its number next.
    //
    // Close pairs increfAndClose with decref.

    internal partial struct fdMutex
    {
        // incref adds a reference to mu. It reports whether mu is usable, that is not closed.
        internal bool incref()
        {
            for (; ; )
            {
                var old = atomic.LoadUint64(ref state);
                if ((old & mutexClosed) != 0)
                {
                    return false;
                }
                var @new = old + mutexRef;
                if ((@new & mutexRefMask) == 0)
                {
                    panic(overflowMsg);
                }
                if (atomic.CompareAndSwapUint64(ref state, old, @new))
                {
                    return true;
                }
            }
        }

        // increfAndClose closes mu and adds a reference to it. It returns false when mu was closed already.
        internal bool increfAndClose()
        {
            for (; ; )
            {
                var old = atomic.LoadUint64(ref state);
                if ((old & mutexClosed) != 0)
                {
                    return false;
                }
                // The closed bit and the reference for the caller, in one step.
                var @new = (old | mutexClosed) + mutexRef;
                if ((@new & mutexRefMask) == 0)
                {
                    panic(overflowMsg);
                }
                // No waiter is counted any more: all are woken below.
                @new &= ~(mutexRMask | mutexWMask);
                if (atomic.CompareAndSwapUint64(ref state, old, @new))
                {
                    // Wake every waiting reader and writer. They come back to the top of rwlock and
                    // see the closed bit, which was set before.
                    while ((old & mutexRMask) != 0)
                    {
                        old -= mutexRWait;
                        runtime_Semrelease(rsema);
                    }
                    while ((old & mutexWMask) != 0)
                    {
                        old -= mutexWWait;
                        runtime_Semrelease(wsema);
                    }
                    GC.KeepAlive(sema);
                    return true;
                }
            }
        }

        // decref drops a reference. It reports whether mu is closed and this was the last one.
        internal bool decref()
        {
            for (; ; )
            {
                var old = atomic.LoadUint64(ref state);
                if ((old & mutexRefMask) == 0)
                {
                    panic("inconsistent poll.fdMutex");
                }
                var @new = old - mutexRef;
                if (atomic.CompareAndSwapUint64(ref state, old, @new))
                {
                    return (@new & (mutexClosed | mutexRefMask)) == mutexClosed;
                }
            }
        }

        // rwlock adds a reference to mu and locks it for reading or writing. It reports whether it did:
        // false means closed.
        // PORT(fdmutex): a method of a struct that lives in place cannot be async. So where Go waits on the
        // semaphore and goes around the loop, this returns false with the semaphore in wait: the caller
        // waits on it and calls again. Otherwise wait is null. A lock that is free costs no await.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool rwlock(bool read, out ptr<uint32> wait)
        {
            wait = default;
            uint64 mutexBit, mutexWait, mutexMask;
            scoped fdSema.address mutexSema;
            if (read)
            {
                mutexBit = mutexRLock;
                mutexWait = mutexRWait;
                mutexMask = mutexRMask;
                mutexSema = rsema;
            }
            else
            {
                mutexBit = mutexWLock;
                mutexWait = mutexWWait;
                mutexMask = mutexWMask;
                mutexSema = wsema;
            }
            for (; ; )
            {
                var old = atomic.LoadUint64(ref state);
                if ((old & mutexClosed) != 0)
                {
                    return false;
                }
                uint64 @new;
                if ((old & mutexBit) == 0)
                {
                    // The lock is free: take it.
                    @new = (old | mutexBit) + mutexRef;
                    if ((@new & mutexRefMask) == 0)
                    {
                        panic(overflowMsg);
                    }
                }
                else
                {
                    // Somebody has it: be counted as a waiter.
                    @new = old + mutexWait;
                    if ((@new & mutexMask) == 0)
                    {
                        panic(overflowMsg);
                    }
                }
                if (atomic.CompareAndSwapUint64(ref state, old, @new))
                {
                    if ((old & mutexBit) == 0)
                    {
                        return true;
                    }
                    wait = mutexSema;
                    return false;
                    // Whoever releases the semaphore has subtracted mutexWait.
                }
            }
        }

        // rwunlock drops the lock and the reference. It reports whether mu is closed and this was the last
        // reference.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool rwunlock(bool read)
        {
            uint64 mutexBit, mutexWait, mutexMask;
            scoped fdSema.address mutexSema;
            if (read)
            {
                mutexBit = mutexRLock;
                mutexWait = mutexRWait;
                mutexMask = mutexRMask;
                mutexSema = rsema;
            }
            else
            {
                mutexBit = mutexWLock;
                mutexWait = mutexWWait;
                mutexMask = mutexWMask;
                mutexSema = wsema;
            }
            for (; ; )
            {
                var old = atomic.LoadUint64(ref state);
                if ((old & mutexBit) == 0 || (old & mutexRefMask) == 0)
                {
                    panic("inconsistent poll.fdMutex");
                }
                // Drop the lock and the reference, and take one waiter, if any, off the count: it is woken
                // below.
                var @new = (old & ~mutexBit) - mutexRef;
                if ((old & mutexMask) != 0)
                {
                    @new -= mutexWait;
                }
                if (atomic.CompareAndSwapUint64(ref state, old, @new))
                {
                    if ((old & mutexMask) != 0)
                    {
                        runtime_Semrelease(mutexSema);
                        GC.KeepAlive(sema);
                    }
                    return (@new & (mutexClosed | mutexRefMask)) == mutexClosed;
                }
            }
        }
    }

    // Bodies are in package runtime.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_Semacquire")]
    internal static extern go runtime_Semacquire([UnsafeAccessorType("golang.runtime, runtime")] object? _, ptr<uint32> sema);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "poll_runtime_Semrelease")]
    internal static extern void runtime_Semrelease([UnsafeAccessorType("golang.runtime, runtime")] object? _, ptr<uint32> sema);

    internal static go runtime_Semacquire(ptr<uint32> sema)
    {
        return runtime_Semacquire(null, sema);
    }

    internal static void runtime_Semrelease(ptr<uint32> sema)
    {
        runtime_Semrelease(null, sema);
    }

    public sealed partial class FD
    {
        // incref adds a reference to fd. It returns an error when fd cannot be used.
        internal error? incref()
        {
            if (!fdmu.incref())
            {
                return errClosing(isFile);
            }
            return null;
        }

        // decref drops a reference. The last one to leave a closed fd closes the descriptor.
        internal error? decref()
        {
            if (fdmu.decref())
            {
                return destroy();
            }
            return null;
        }

        // readLock adds a reference to fd and locks it for reading. It returns an error when fd cannot be
        // read.
        internal go<error?> readLock()
        {
            if (!fdmu.rwlock(true, out var wait))
            {
                // PORT(fdmutex): closed, or somebody has it.
                return rwlockSlow(true, wait);
            }
            return default; // finished, nil
        }

        // PORT(fdmutex): rwlockSlow is the rest of fdMutex.rwlock's loop, for readLock and writeLock.
        private async go<error?> rwlockSlow(bool read, ptr<uint32> wait)
        {
            for (; ; )
            {
                unsafe
                {
                    if (wait.p == null)
                    {
                        return errClosing(isFile);
                    }
                }
                await runtime_Semacquire(wait);
                if (fdmu.rwlock(read, out wait))
                {
                    return null;
                }
            }
        }

        // readUnlock unlocks fd for reading and drops the reference. The last one to leave a closed fd
        // closes the descriptor.
        internal void readUnlock()
        {
            if (fdmu.rwunlock(true))
            {
                destroy();
            }
        }

        // writeLock adds a reference to fd and locks it for writing. It returns an error when fd cannot be
        // written.
        internal go<error?> writeLock()
        {
            if (!fdmu.rwlock(false, out var wait))
            {
                // PORT(fdmutex): closed, or somebody has it.
                return rwlockSlow(false, wait);
            }
            return default; // finished, nil
        }

        // writeUnlock unlocks fd for writing and drops the reference. The last one to leave a closed fd
        // closes the descriptor.
        internal void writeUnlock()
        {
            if (fdmu.rwunlock(false))
            {
                destroy();
            }
        }
    }
}
