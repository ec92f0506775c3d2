// Ports src/runtime/mfinal.go of go1.20.
using System.Threading;

namespace golang;

// Finalizers.
public static partial class runtime
{
    // finblock is a block of finalizers that are to be run. Blocks are linked to a queue.
    // PORT(finblock): an object of the CLR, as what it holds are objects of the CLR.
    internal sealed class finblock
    {
        internal finblock? next;
        internal uint32 cnt;
        internal readonly finalizer?[] fin = new finalizer?[(_FinBlockSize - 2 * 8 - 2 * 4) / (5 * 8)];
    }

    internal static atomic.Uint32 fingStatus;

    // State of the finalizer goroutine.
    internal const uint32 fingUninitialized = 0;
    internal const uint32 fingCreated = 1 << (1 - 1);
    internal const uint32 fingRunningFinalizer = 1 << (2 - 1);
    internal const uint32 fingWait = 1 << (3 - 1);
    internal const uint32 fingWake = 1 << (4 - 1);

    internal static readonly unsafe mutex* finlock = @new<mutex>(); // protects the variables below
    internal static unsafe g* fing; // goroutine that runs finalizers
    internal static finblock? finq; // finalizers that are to be run
    internal static finblock? finc; // blocks that are free

    // PORT(special): in Go a record of the object's span names its finalizer (addfinalizer in
    // mheap.go), and the sweeper queues it when it finds the object unmarked. Here the record is
    // an object that finalizers attaches to obj; the CLR finds both to be garbage at the same
    // time and finalizes the record, on its finalizer thread, and that queues it. The record
    // holds obj, so obj is alive again then.
    //
    // What SetFinalizer is called for often has a place for the record (hasspecial): in a table, each
    // entry takes 80 bytes, and the CLR's collector looks at them all in every collection.
    //
    // PORT(reflectcall): finalizer is function and argument in one.
    internal abstract class finalizer
    {
        // A finalizer that was removed does nothing. An exchange decides between that and the
        // CLR's finalizer thread.
        internal int removed;

        // call runs the function.
        internal abstract go call();

        // obj is the argument.
        internal abstract object arg { get; }

        ~finalizer()
        {
            if (Interlocked.Exchange(ref removed, 1) != 0)
            {
                return;
            }
            delspecial(arg);
            queuefinalizer(this);
        }
    }

    /// <summary>Implemented by types with a place for the record of their finalizer, for SetFinalizer alone.</summary>
    // PORT(special)
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public interface hasspecial
    {
        /// <summary>The record, or null.</summary>
        ref object? special { get; }
    }

    // PORT(reflectcall)
    internal sealed class finalizer<T>(T obj, Func<T, go> fn) : finalizer where T : class
    {
        internal override object arg => obj;

        internal override go call() => fn(obj);
    }

    // Whatever the function returns is ignored. PORT(reflectcall)
    internal sealed class finalizer<T, R>(T obj, Func<T, go<R>> fn) : finalizer where T : class
    {
        internal override object arg => obj;

        internal override async go call() => await fn(obj);
    }

    // The records of the objects that have no place for one.
    internal static readonly ConditionalWeakTable<object, finalizer> finalizers = [];

    // delspecial takes the record off obj. PORT(special)
    private static void delspecial(object obj)
    {
        if (obj is hasspecial s)
        {
            s.special = null;
            return;
        }
        finalizers.Remove(obj);
    }

    // addfinalizer is in mheap.go in Go: PORT(special). It returns false if obj has a finalizer.
    internal static bool addfinalizer(object obj, finalizer f)
    {
        if (!(obj is hasspecial s ? Interlocked.CompareExchange(ref s.special, f, null) == null : finalizers.TryAdd(obj, f)))
        {
            GC.SuppressFinalize(f);
            return false;
        }
        return true;
    }

    // removefinalizer is in mheap.go in Go: PORT(special).
    internal static void removefinalizer(object obj)
    {
        finalizer? f;
        if (obj is hasspecial s)
        {
            f = (finalizer?)s.special;
        }
        else
        {
            finalizers.TryGetValue(obj, out f);
        }
        if (f == null)
        {
            return; // there was none
        }
        delspecial(obj);
        if (Interlocked.Exchange(ref f.removed, 1) == 0)
        {
            GC.SuppressFinalize(f);
        }
    }

    // PORT(special): in Go nothing that the object of a finalizer refers to is freed before the
    // finalizer has run and the object is garbage once more. The CLR finalizes all that it finds
    // dead at the same time, in an order that says nothing, so also what such an object refers to,
    // and then the finalizer runs and uses it. So native memory that belongs to an object (an
    // hchan, a timer) is not freed when that is finalized, but when it is gone for good.
    //
    // freefinalized is for the CLR's finalizer of obj. It has free(arg) called then, and reports
    // whether it did so at once: obj must forget arg then.
    //
    // obj has to be critical: its finalizer then runs after all others of the same collection,
    // those of our records too. If none of these has ever been queued, nothing will come back,
    // unless a finalizer of somebody else's, which is C# and not Go, brings it back: then arg
    // is gone, and obj throws NullReferenceException.
    internal static unsafe bool freefinalized(object obj, delegate*<void*, void> free, void* arg)
    {
        if (!finqueued)
        {
            free(arg);
            return true;
        }
        _ = new finalized(obj, free, arg);
        return false;
    }

    internal static volatile bool finqueued; // a finalizer was queued

    // PORT(special)
    internal sealed unsafe class finalized(object obj, delegate*<void*, void> free, void* arg)
    {
        // Leads to obj, and to nothing when obj is gone: it counts as gone neither while the CLR
        // finalizes it nor if it comes back after that.
        private GCHandle obj = GCHandle.Alloc(obj, GCHandleType.WeakTrackResurrection);

        ~finalized()
        {
            if (obj.Target != null)
            {
                GC.ReRegisterForFinalize(this);
                return;
            }
            free(arg);
            obj.Free();
        }
    }

    // queuefinalizer puts f on the queue.
    // PORT(special): it is called on the CLR's finalizer thread, in any phase: there is no
    // marking that would miss the new entry.
    internal static unsafe void queuefinalizer(finalizer f)
    {
        finqueued = true;

        // PORT(special): SetFinalizer may have been called before there was a runtime.
        createfing();

        var borrowed = getg() == null;
        if (borrowed)
        {
            needm();
        }
        @lock(finlock);
        if (finq == null || finq.cnt == (uint32)finq.fin.Length)
        {
            if (finc == null)
            {
                finc = new finblock();
                // PORT(finblock): allfin, and finptrmask for the collector.
            }
            var block = finc;
            finc = block.next;
            block.next = finq;
            finq = block;
        }
        finq.fin[finq.cnt] = f;
        finq.cnt++;
        unlock(finlock);
        fingStatus.Or(fingWake);

        // PORT(special): in Go the caller's P comes through findRunnable soon, which wakes the
        // finalizer goroutine. This thread has no P, and all others may be idle.
        var gp = wakefing();
        if (gp != null)
        {
            using (systemstack())
            {
                gList list = default;
                list.push(gp);
                injectglist(&list);
            }
        }
        if (borrowed)
        {
            dropm();
        }
    }

    internal static unsafe g* wakefing()
    {
        if (fingStatus.CompareAndSwap(fingCreated | fingWait | fingWake, fingCreated))
        {
            return fing;
        }
        return null;
    }

    internal static void createfing()
    {
        // only the first one starts the goroutine
        if (fingStatus.Load() == fingUninitialized && fingStatus.CompareAndSwap(fingUninitialized, fingCreated))
        {
            newproc(runfinq, "", "", 0);
        }
    }

    internal static unsafe bool finalizercommit(g* gp, void* @lock)
    {
        unlock((mutex*)@lock);
        // fingStatus changes after fing is in its waiting state, so that nobody wakes fing while
        // it runs, even if it is about to park.
        fingStatus.Or(fingWait);
        return true;
    }

    // The goroutine that runs all finalizers.
    internal static async go runfinq()
    {
        unsafe
        {
            var gp = getg();
            @lock(finlock);
            fing = gp;
            unlock(finlock);
        }

        for (; ; )
        {
            finblock? fb;
            unsafe
            {
                @lock(finlock);
                fb = finq;
                finq = null;
            }
            if (fb == null)
            {
                await finpark(); // PORT(park)
                continue;
            }
            unsafe
            {
                unlock(finlock);
            }
            // PORT(race): racefingo.
            while (fb != null)
            {
                for (var i = fb.cnt; i > 0; i--)
                {
                    var f = fb.fin[i - 1]!;

                    // PORT(reflectcall): the frame for the argument; f knows its type.
                    fingStatus.Or(fingRunningFinalizer);
                    await f.call();
                    fingStatus.And(~fingRunningFinalizer);

                    // Drop what the queue holds of the heap, for when the block is used again.
                    fb.fin[i - 1] = null;
                    f = null;
                    fb.cnt = i - 1;
                }
                var next = fb.next;
                unsafe
                {
                    @lock(finlock);
                    fb.next = finc;
                    finc = fb;
                    unlock(finlock);
                }
                fb = next;
            }
        }

        // PORT(park): pointers are not for async methods, so the call stands here.
        static unsafe go finpark() => gopark(&finalizercommit, finlock, waitReasonFinalizerWait, traceEvGoBlock, 1);
    }

    /// <summary>
    /// Sets the finalizer of obj. When obj is garbage, finalizer is called with it on a goroutine that runs all
    /// finalizers one after the other; so one that takes long should start a goroutine. obj is alive again then, and has
    /// no finalizer any more. Null removes the finalizer. There is no guarantee that a finalizer runs before the program
    /// ends, nor, other than in Go, an order among objects that refer to each other. Go: src/runtime/mfinal.go.
    /// </summary>
    /// <remarks>
    /// A finalizer may run as soon as obj is not used any more, which may be in the middle of a method of obj: call
    /// KeepAlive where it must still be alive. The function must not capture obj, or obj never becomes garbage.
    /// </remarks>
    /// <param name="obj">The object. Null is a fatal error.</param>
    /// <param name="finalizer">The function, or null. If obj has a finalizer already it is a fatal error to set one.</param>
    // PORT(any): Go takes any two values and checks at run time what the compiler checks here.
    public static void SetFinalizer<T>(T obj, Func<T, go>? finalizer) where T : class
    {
        if (obj == null)
        {
            @throw("runtime.SetFinalizer: first argument is nil");
        }
        if (finalizer == null)
        {
            // remove the finalizer
            removefinalizer(obj);
            return;
        }
        setfinalizer(obj, new finalizer<T>(obj, finalizer));
    }

    /// <summary>Sets a finalizer whose result is ignored, as above.</summary>
    /// <param name="obj">The object. Null is a fatal error.</param>
    /// <param name="finalizer">The function. If obj has a finalizer already it is a fatal error to set one.</param>
    // PORT(any)
    public static void SetFinalizer<T, R>(T obj, Func<T, go<R>> finalizer) where T : class
    {
        if (obj == null)
        {
            @throw("runtime.SetFinalizer: first argument is nil");
        }
        setfinalizer(obj, new finalizer<T, R>(obj, finalizer));
    }

    // The common end of both: PORT(any).
    private static unsafe void setfinalizer(object obj, finalizer f)
    {
        // make sure that there is a finalizer goroutine
        // PORT(special): a thread that is none of the scheduler's leaves that to queuefinalizer: a
        // file may be opened before the runtime is started.
        if (getg() != null)
        {
            createfing();
        }

        if (!addfinalizer(obj, f))
        {
            @throw("runtime.SetFinalizer: finalizer already set");
        }
    }

    /// <summary>
    /// KeepAlive makes its argument count as used up to this call: before it, it is not garbage and its finalizer does
    /// not run. Go: src/runtime/mfinal.go.
    /// </summary>
    /// <param name="x">The object.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void KeepAlive(object? x)
    {
        GC.KeepAlive(x); // PORT(special)
    }
}
