// Ports src/sync/runtime.go of go1.20.
using System.Threading;

namespace golang;

public static partial class sync
{
    // Package runtime has the functions of this file.

    // PORT(sema): the table of waiters is keyed by the semaphore's address, so the word cannot live in an object
    // that the collector moves. It is in a pinned array, which many semaphores share because making one is slow. A
    // slot is never used again; the array goes when the last of its semaphores has gone.
    //
    // Who waits on a semaphore holds it by his frame, who releases one holds it until that is done. So no address
    // outlives its word, not even that of a Mutex that a finalizer brings back to life: which is why this is not
    // native memory, freed by a finalizer of its own.
    internal sealed class semaphore
    {
        private sealed class slab
        {
            internal readonly uint32[] words = GC.AllocateArray<uint32>(slots, pinned: true);
            internal int used;
        }

        private const int slots = 64;
        private static slab current = new();

        private readonly uint32[] words;
        private readonly int slot;

        internal semaphore()
        {
            for (; ; )
            {
                var s = Volatile.Read(ref current);
                slot = Interlocked.Increment(ref s.used) - 1;
                if (slot < slots)
                {
                    words = s.words;
                    return;
                }
                Interlocked.CompareExchange(ref current, new slab(), s);
            }
        }

        internal unsafe uint32* addr => (uint32*)Unsafe.AsPointer(ref words[slot]);

        internal unsafe ptr<uint32> p => addr;
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_Semacquire")]
    internal static extern go runtime_Semacquire([UnsafeAccessorType("golang.runtime, runtime")] object? _, ptr<uint32> s);

    // Semacquire waits until the word is positive and decrements it then, atomically: a plain primitive for
    // sleeping, for this package and not for its users.
    // PORT(sema): the word is in a semaphore.
    internal static go runtime_Semacquire(semaphore s)
    {
        return runtime_Semacquire(null, s.p);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_SemacquireMutex")]
    internal static extern go runtime_SemacquireMutex([UnsafeAccessorType("golang.runtime, runtime")] object? _, ptr<uint32> s, bool lifo, int skipframes);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_SemacquireRWMutexR")]
    internal static extern go runtime_SemacquireRWMutexR([UnsafeAccessorType("golang.runtime, runtime")] object? _, ptr<uint32> s, bool lifo, int skipframes);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_SemacquireRWMutex")]
    internal static extern go runtime_SemacquireRWMutex([UnsafeAccessorType("golang.runtime, runtime")] object? _, ptr<uint32> s, bool lifo, int skipframes);

    // The three below are Semacquire for a Mutex and for the two sides of a RWMutex; they differ only in the wait
    // reason that a traceback shows and in what profiles count. With lifo the waiter goes to the head of the
    // queue. skipframes is for traces: how many frames to leave out, counted from the caller's.
    // PORT(sema): the word is in a semaphore.
    internal static go runtime_SemacquireMutex(semaphore s, bool lifo, int skipframes)
    {
        return runtime_SemacquireMutex(null, s.p, lifo, skipframes);
    }

    // PORT(sema): the word is in a semaphore.
    internal static async go runtime_SemacquireRWMutexR(semaphore s, bool lifo, int skipframes)
    {
        await runtime_SemacquireRWMutexR(null, s.p, lifo, skipframes);
        // RLock has no frame that would hold the word.
        GC.KeepAlive(s);
    }

    // PORT(sema): the word is in a semaphore.
    internal static go runtime_SemacquireRWMutex(semaphore s, bool lifo, int skipframes)
    {
        return runtime_SemacquireRWMutex(null, s.p, lifo, skipframes);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_Semrelease")]
    internal static extern void runtime_Semrelease([UnsafeAccessorType("golang.runtime, runtime")] object? _, ptr<uint32> s, bool handoff, int skipframes);

    // Semrelease increments the word atomically and wakes a goroutine that waits in Semacquire, if there is one;
    // with handoff the first waiter gets the count directly. As plain a primitive as Semacquire.
    // PORT(sema): the word is in a semaphore.
    internal static void runtime_Semrelease(semaphore s, bool handoff, int skipframes)
    {
        runtime_Semrelease(null, s.p, handoff, skipframes);
        // The word stays while the runtime uses its address.
        GC.KeepAlive(s);
    }

    // Package runtime has the same structure, in sema.cs, and the documentation of the functions.
    // PORT(sema): as a semaphore it lies in a pinned array; Cond holds it until each call is over.
    internal sealed class notifyList
    {
        internal struct list
        {
            internal uint32 wait;
            internal uint32 notify;
#if DEBUG
            internal int64 rank; // the lock's rank; in Go only when ranks are checked
#endif
            internal uintptr @lock; // key field of the mutex
            internal uintptr head;
            internal uintptr tail;
        }

        private readonly list[] l = GC.AllocateArray<list>(1, pinned: true);

        internal unsafe uintptr p => (uintptr)Unsafe.AsPointer(ref l[0]);
    }

    // PORT(uintptr)
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "notifyListAdd")]
    internal static extern uint32 runtime_notifyListAdd([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr l);

    // PORT(uintptr)
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "notifyListWait")]
    internal static extern go runtime_notifyListWait([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr l, uint32 t);

    // PORT(uintptr)
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "notifyListNotifyAll")]
    internal static extern void runtime_notifyListNotifyAll([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr l);

    // PORT(uintptr)
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "notifyListNotifyOne")]
    internal static extern void runtime_notifyListNotifyOne([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr l);

    // sync and runtime must agree on the size of notifyList.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "notifyListCheck")]
    internal static extern void runtime_notifyListCheck([UnsafeAccessorType("golang.runtime, runtime")] object? _, uintptr size);

    // Active spinning. runtime_canSpin reports whether it makes sense to spin now.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_canSpin")]
    internal static extern bool runtime_canSpin([UnsafeAccessorType("golang.runtime, runtime")] object? _, int i);

    // runtime_doSpin spins for a while.
    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_doSpin")]
    internal static extern void runtime_doSpin([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_nanotime")]
    internal static extern int64 runtime_nanotime([UnsafeAccessorType("golang.runtime, runtime")] object? _);
}
