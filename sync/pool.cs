// Ports src/sync/pool.go of go1.20.
using System.Collections.Generic;
using System.Threading;

namespace golang;

public static partial class sync
{
    /// <summary>
    /// A set of temporary objects that are put in and taken out one by one. Any of them may go away at any time
    /// without notice. Several goroutines may use a Pool at the same time; it must be used on a goroutine.
    ///
    /// A Pool keeps objects that are not in use for later, to spare the collector. It suits a group of temporary
    /// objects that the independent clients of a package share without knowing of each other. It does not suit a free list that
    /// is part of an object that itself does not live long.
    ///
    /// A Put happens before the Get that returns the same object, and so does the New that made it.
    /// Ports src/sync/pool.go.
    /// </summary>
    public sealed class Pool
    {
        // PORT(nocopy): noCopy.
        internal poolLocal[]? local; // a pool for each P
        internal uintptr localSize; // size of the local array

        internal poolLocal[]? victim; // local of the cycle before
        internal uintptr victimSize; // size of the victims array

        /// <summary>
        /// Makes an object when Get would otherwise return null; may be null. It must not be changed while
        /// Get is called.
        /// </summary>
        public Func<object?>? New;

        // PORT(init): in Go func init.
        static Pool()
        {
            runtime_registerPoolCleanup(null, poolCleanup);
        }

        /// <summary>Puts x into the pool. Ports src/sync/pool.go.</summary>
        /// <param name="x">The object; null is not put in.</param>
        public void Put(object? x)
        {
            if (x == null)
            {
                return;
            }
            // PORT(race): a part of the objects is dropped at random
            var (l, _) = pin();
            if (l.@private == null)
            {
                l.@private = x;
            }
            else
            {
                l.shared.pushHead(x);
            }
            runtime_procUnpin(null);
            // PORT(race)
        }

        /// <summary>
        /// Takes any object out of the pool. It may behave as if the pool were empty; there is no relation between
        /// what is put in and what is taken out. When there is nothing it returns what New makes, null without New.
        /// Ports src/sync/pool.go.
        /// </summary>
        public object? Get()
        {
            // PORT(race)
            var (l, pid) = pin();
            var x = l.@private;
            l.@private = null;
            if (x == null)
            {
                // Try the head of the local part. It is better
                // than the tail, for what was used last
                // is nearest.
                (x, _) = l.shared.popHead();
                if (x == null)
                {
                    x = getSlow(pid);
                }
            }
            runtime_procUnpin(null);
            // PORT(race)
            if (x == null && New != null)
            {
                x = New();
            }
            return x;
        }

        internal object? getSlow(int pid)
        {
            // See pin for the order of the loads.
            var size = runtime_LoadAcquintptr(ref localSize); // load-acquire
            var locals = local; // load-consume
            // Try to steal one from another P.
            for (var i = 0; i < (int)size; i++)
            {
                var l = indexLocal(locals, (pid + i + 1) % (int)size);
                var (x, _) = l.shared.popTail();
                if (x != null)
                {
                    return x;
                }
            }

            // Try the victim cache, after all primary caches: objects in the
            // victim cache are to grow old
            // there, if possible.
            size = atomic.LoadUintptr(ref victimSize);
            if ((uintptr)pid >= size)
            {
                return null;
            }
            locals = victim;
            {
                var l = indexLocal(locals, pid);
                var x = l.@private;
                if (x != null)
                {
                    l.@private = null;
                    return x;
                }
            }
            for (var i = 0; i < (int)size; i++)
            {
                var l = indexLocal(locals, (pid + i) % (int)size);
                var (x, _) = l.shared.popTail();
                if (x != null)
                {
                    return x;
                }
            }

            // Mark the victim cache as empty, so that later calls need not
            // look at it.
            atomic.StoreUintptr(ref victimSize, 0);

            return null;
        }

        // pin pins the goroutine to its P, which keeps it from being preempted, and
        // returns the P's poolLocal and the P's id.
        // The caller must call runtime_procUnpin when it is done with the pool.
        internal (poolLocal, int) pin()
        {
            var pid = runtime_procPin(null);
            // pinSlow stores local and then localSize; the loads here are in the opposite order.
            // As there is no preemption, no collection comes in between.
            // So local is at least as large as localSize says.
            // It may be newer or larger; that is no matter (it was zeroed before we can see it).
            var s = runtime_LoadAcquintptr(ref localSize); // load-acquire
            var l = local; // load-consume
            if ((uintptr)pid < s)
            {
                return (indexLocal(l, pid), pid);
            }
            return pinSlow();
        }

        internal (poolLocal, int) pinSlow()
        {
            // Try again under the mutex,
            // which cannot be locked while pinned.
            runtime_procUnpin(null);
            allPoolsMu.Enter();
            try
            {
                var pid = runtime_procPin(null);
                // poolCleanup is not called while we are pinned.
                var s = localSize;
                var l = this.local;
                if ((uintptr)pid < s)
                {
                    return (indexLocal(l, pid), pid);
                }
                if (this.local == null)
                {
                    allPools.Add(this);
                }
                // When GOMAXPROCS changes between collections, the array is made anew and the old one is lost.
                var size = runtime.GOMAXPROCS(0).GetAwaiter().GetResult(); // PORT(pool): with 0 it does not park
                var local = new poolLocal[size];
                // PORT(poolLocal)
                for (var i = 0; i < size; i++)
                {
                    local[i] = new poolLocal();
                }
                atomic.StorePointer(ref this.local, local); // store-release
                runtime_StoreReluintptr(ref localSize, (uintptr)size); // store-release
                return (local[pid], pid);
            }
            finally
            {
                allPoolsMu.Exit();
            }
        }
    }

    // The part of a Pool that belongs to a P.
    // PORT(poolLocal): Go has an array of structs, padded to 128 bytes against false sharing; an object of its own
    // for each P with fields that one P uses, in the size of two cache lines, does the same.
    [StructLayout(LayoutKind.Sequential)]
    internal sealed class poolLocal
    {
        internal object? @private; // only its P may use it
        internal poolChain shared; // its P can pushHead/popHead, any P can popTail

        // Against false sharing.
        private readonly pad112 pad;

        [InlineArray(112)]
        private struct pad112
        {
            private uint8 e;
        }
    }

    // PORT(race): poolRaceHash, poolRaceAddr and fastrandn

    internal static void poolCleanup()
    {
        // Called with the world stopped, at the beginning of a collection.
        // It must not call any functions of the runtime.

        // As the world is stopped, no user of a pool is
        // pinned (all Ps are, so to speak).

        // Drop the victim caches of all pools.
        foreach (var p in oldPools)
        {
            p.victim = null;
            p.victimSize = 0;
        }

        // The primary caches become the victim caches.
        foreach (var p in allPools)
        {
            p.victim = p.local;
            p.victimSize = p.localSize;
            p.local = null;
            p.localSize = 0;
        }

        // The pools that had primary caches now have
        // victim caches, and none has a primary one.
        (oldPools, allPools) = (allPools, []);
    }

    // PORT(pool): a sync.Mutex in Go, on which a goroutine parks; so Get and Put would have to be awaited.
    internal static readonly Lock allPoolsMu = new();

    // allPools is the set of pools that have primary caches
    // that are not empty. Protected by allPoolsMu and pinning,
    // or by the world being stopped.
    internal static List<Pool> allPools = [];

    // oldPools is the set of pools that may have victim caches
    // that are not empty. Protected by the world being stopped.
    internal static List<Pool> oldPools = [];

    // PORT(poolLocal)
    internal static poolLocal indexLocal(poolLocal[]? l, int i)
    {
        return l![i];
    }

    // Package runtime has these.

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_registerPoolCleanup")]
    internal static extern void runtime_registerPoolCleanup([UnsafeAccessorType("golang.runtime, runtime")] object? _, Action cleanup);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_procPin")]
    internal static extern int runtime_procPin([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_runtime_procUnpin")]
    internal static extern void runtime_procUnpin([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    // Package runtime/internal/atomic has these two.

    internal static uintptr runtime_LoadAcquintptr(ref uintptr ptr)
    {
        return runtime_internal.atomic.LoadAcquintptr(ref ptr);
    }

    // PORT(pool): Go declares a result, which there is none of.
    internal static void runtime_StoreReluintptr(ref uintptr ptr, uintptr val)
    {
        runtime_internal.atomic.StoreReluintptr(ref ptr, val);
    }
}
