// Not from Go: what a goroutine has for a stack, the bottom of its chain of frames. Everything in it is PORT(asm).
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace golang;

// stackhead is where a g finds its stack object and the leaf of its chain: g.sched.stk is its address,
// in a pinned array. The leaf is here because a goroutine that parks and goes on then has no need of the
// stack object, which lies on another page than its frames: tools/bench/README.md says what that costs.
internal struct stackhead
{
    internal stack stk;

    // sp is the leaf of the chain while the goroutine is parked, the stack object itself if it has not parked
    // yet. While it runs it is the last leaf, and a hint like any other.
    internal frame? sp;

    // They are never freed, as a g is not.
    private static readonly System.Collections.Generic.List<stackhead[]> all = [];
    private static int nhead;

    internal static unsafe uintptr alloc()
    {
        const int chunk = 256;
        lock (all)
        {
            if (nhead % chunk == 0)
            {
                all.Add(GC.AllocateArray<stackhead>(chunk, pinned: true));
            }
            return (uintptr)Unsafe.AsPointer(ref all[nhead / chunk][nhead++ % chunk]);
        }
    }

    // of is the one at an address.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe ref stackhead of(uintptr stk) => ref Unsafe.AsRef<stackhead>((void*)stk);

    // current is that of the goroutine that the thread runs.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe ref stackhead current()
    {
        var gp = runtime.getg();
        if (gp == null)
        {
            throw runtime.notOnGoroutine();
        }
        return ref of(gp->sched.stk);
    }
}

// stack is the CLR object of a goroutine: what of it cannot be in native memory. It is
// itself the bottom frame, which calls the goroutine's function and ends the goroutine;
// and it keeps the frames that the goroutine has used, as a stack keeps its memory.
//
// A goroutine that parks asks for frames leaf first, and mostly for the same ones as at its
// last park. So the frames that have ended keep their links to their callers, and a stack has
// that to its last leaf: where a frame is asked for, the link is a hint to the one that was used
// there last. If that is the right one, nothing is written but the state machine. Where another
// one is wanted, what was linked becomes a spare. Nothing in a frame leads to its stack, and no list has all
// frames: tools/bench/README.md says what that costs.
[StackTraceHidden]
internal sealed partial class stack : frame
{
    // next is what the bottom goes on with. It is one word with two roles, one after the other: see entry and
    // entryframe. It is null while the bottom runs, and when what it called was mcall.
    private object? next;

    // entry is the goroutine's function, a Func<go> or a funcval, until it is called.
    private object? entry { set => next = value; }

    // fn is that function, without its argument.
    internal Delegate? fn => next as Func<go> ?? (next as funcval)?.func;

    // entryframe is the frame of that function once it has parked.
    private frame? entryframe { set => next = value; }

    // gopc is the go statement that created the goroutine.
    internal gopc gopc = gopc.none;

    private stackrest? rest;

    // alloc makes a stack object and returns the address of its head.
    internal static uintptr alloc()
    {
        var head = stackhead.alloc();
        ref var h = ref stackhead.of(head);
        h.stk = new stack();
        h.sp = h.stk;
        return head;
    }

    // of finds the stack object by the address of its head.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static stack of(uintptr stk) => stackhead.of(stk).stk;

    // current is the stack of the goroutine that the thread runs.
    internal static stack current() => stackhead.current().stk;

    // reset prepares the stack of a new goroutine.
    internal static void reset(uintptr stk, object fn, string creator, string file, int line)
    {
        ref var head = ref stackhead.of(stk);
        var s = head.stk;
        s.entry = fn;
        s.gopc = gopc.of(creator, file, line, (fn as Func<go> ?? Unsafe.As<funcval>(fn).func).Target?.GetType());
        head.sp = s;
        s.checkreset();
    }

    // acquireFrame gives the frame in which the caller of callee parks, and links it. The quick way is
    // taken by leaf and park: it is here if the hint leads to a frame of another method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static frame<TStateMachine> acquireFrame<TStateMachine>(frame callee, ref byte result, ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        var stk = callee as stack ?? current();
        // A new goroutine's head does not lead to the leaf of the last goroutine that had the stack.
        var fr = take<TStateMachine>(callee.hint);
        if (fr == null && stk.rest is { } rest)
        {
            foreach (var f in rest.spares.AsSpan(0, rest.nspare))
            {
                if (f is frame<TStateMachine> { used: false } spare)
                {
                    fr = spare;
                    break;
                }
            }
        }
        if (fr == null)
        {
            fr = new frame<TStateMachine>(ref result, ref stateMachine);
            stk.checkmade(fr);
        }
        fr.status = frameUsed;
        stk.link(callee, fr);
        return fr;
    }

    // relink makes fr the caller of callee.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void relink(frame callee, frame fr) => (callee as stack ?? fr as stack ?? current()).link(callee, fr);

    // link does, and makes a spare of what was linked, for when the goroutine parks there again.
    private void link(frame callee, frame fr)
    {
        var was = callee.caller;
        callee.caller = fr;
        if (was == null || was == fr || was == this)
        {
            return;
        }
        clearEnded(was);
        if (!was.spare)
        {
            rest ??= new();
            rest.addspare(was);
        }
    }

    // stackrest is what few goroutines need; the others do without.
    private sealed class stackrest
    {
        // exc is what a frame that failed threw, until its caller takes it up.
        internal Exception? exc;

        // The spare frames are 64 at most: then one after the other makes place for a new one.
        private const int maxspare = 64;
        internal frame[] spares = [];
        internal int nspare;
        private uint lastspare;

        // For goroutines that await somebody else's awaitables: foreign.cs.
        internal Action<Action>? onCompleted;

        internal void addspare(frame f)
        {
            f.spare = true;
            if (nspare < maxspare)
            {
                if (nspare == spares.Length)
                {
                    Array.Resize(ref spares, Math.Max(2, 2 * nspare));
                }
                spares[nspare++] = f;
                return;
            }
            ref var place = ref spares[lastspare++ % maxspare];
            place.spare = false;
            place = f;
        }
    }

    // setexc keeps what a frame that fails throws.
    internal void setexc(Exception e)
    {
        rest ??= new();
        checkexc(rest.exc);
        rest.exc = e;
    }

    // rethrow throws it.
    [DoesNotReturn]
    internal void rethrow()
    {
        var e = rest!.exc!;
        rest.exc = null;
        ExceptionDispatchInfo.Throw(e);
    }

    // nspare is how many spare frames there are.
    internal int nspare => rest?.nspare ?? 0;

    // freeFrames drops all frames and returns how many they were; for a dead goroutine.
    internal static int freeFrames(uintptr stk)
    {
        ref var head = ref stackhead.of(stk);
        head.sp = head.stk;
        return head.stk.freeFrames();
    }

    private int freeFrames()
    {
        freeSlots();
        var n = drop(hint);
        caller = null;
        if (rest != null)
        {
            foreach (var f in rest.spares.AsSpan(0, rest.nspare))
            {
                n += drop(f);
            }
            rest = null;
        }
        return n;
    }

    // drop takes apart the frames from f on. Links of frames that have ended may lead anywhere, also
    // back; a frame without a link has been here before.
    private static int drop(frame? f)
    {
        var n = 0;
        while (f is not (null or stack) && f.hint is { } c)
        {
            f.caller = null;
            n++;
            f = c;
        }
        return n;
    }

    // MoveNext is the bottom of the goroutine, Go's goexit below the entry function.
    internal override void MoveNext()
    {
        try
        {
            var was = next;
            next = null;
            if (was is Func<go> or funcval)
            {
#pragma warning disable GO001 // Nobody is left to await it: this is the bottom, which takes the frame itself.
                var f = (was as Func<go> is { } fn ? fn() : Unsafe.As<funcval>(was).call()).f;
#pragma warning restore GO001
                if (f != null && !f.failed)
                {
                    if (f == mcalled)
                    {
                        stackhead.current().sp = this;
                    }
                    else
                    {
                        entryframe = f;
                        if (f.hint != this)
                        {
                            relink(f, this);
                        }
                    }
                    return;
                }
                f?.finish();
            }
            else if (was != null)
            {
                Unsafe.As<frame>(was).finish();
            }
        }
        catch (GoexitException)
        {
        }
        catch (Exception e)
        {
            runtime.unhandled(e);
        }
        clearEnded(hint);
        runtime.goexit();
    }

    protected override void clear()
    {
    }

    internal override Type method => typeof(stack);
}
