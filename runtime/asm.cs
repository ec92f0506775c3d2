// Ports src/runtime/asm_amd64.s of go1.20.
//
// Go's assembly switches stacks. CoreCLR cannot have its stacks switched, so here a
// goroutine's stack is a chain of frames on the heap, and this file is what makes and
// runs such chains. Everything in it is PORT(asm).
//
// Every function from which gopark can be reached is an async method that returns go or
// go<T>. As long as nothing parks it is an ordinary call: its state machine lives on the
// thread's stack and nothing is allocated. When the leaf parks, each async method on the
// way out copies its state machine into a frame and links its callee's frame to it. That
// chain, leaf first, is the goroutine's stack; g.sched.sp names the leaf.
//
// The rules that make it safe:
//
//   - mcall only records its function. The chain unwinds to the M's loop (mloop), which is
//     g0, and the function runs there, when nothing of the goroutine is on any thread's
//     stack. So nobody can make a goroutine ready while a thread still unwinds through it.
//   - Between a park and the end of the unwinding only the goroutine's own M sees its frames.
//   - A frame goes back to the goroutine's cache when its caller reads the result, which
//     happens in a MoveNext that mloop called after the frame's own MoveNext had returned.
//   - A frame that has gone back still holds what its method held. At the goroutine's next park it is
//     either taken again or cleared, with all that are only linked to it; at its end all are cleared.
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.Intrinsics.X86;
using System.Threading;
using System.Threading.Tasks;

namespace golang;

/// <summary>A pointer to unmanaged memory that may live in an async method.</summary>
/// <typeparam name="T">What it points to.</typeparam>
public readonly unsafe struct ptr<T>(T* p) where T : unmanaged
{
    /// <summary>The pointer.</summary>
    public readonly T* p = p;

    /// <summary>What it points to.</summary>
    public ref T v
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref *p;
    }

    /// <summary>Wraps a pointer.</summary>
    public static implicit operator ptr<T>(T* p) => new(p);

    /// <summary>Unwraps the pointer.</summary>
    public static implicit operator T*(ptr<T> p) => p.p;
}

// slice is Go's []*T in native memory: for fields of native structs that are slices of pointers.
internal unsafe struct slice<T> where T : unmanaged
{
    private T** array;
    internal int len;
    private int cap;

    internal readonly T* this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)i >= (uint)len)
            {
                throw new IndexOutOfRangeException();
            }
            return array[i];
        }
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if ((uint)i >= (uint)len)
            {
                throw new IndexOutOfRangeException();
            }
            array[i] = value;
        }
    }

    internal void append(T* p)
    {
        if (len == cap)
        {
            cap = cap == 0 ? 4 : cap * 2;
            array = (T**)NativeMemory.Realloc(array, (nuint)cap * (nuint)sizeof(T*));
        }
        array[len++] = p;
    }

    internal void reslice(int n)
    {
        if ((uint)n > (uint)cap)
        {
            throw new IndexOutOfRangeException();
        }
        len = n;
    }
}

// byteslice is a []byte in native memory, whose array somebody else keeps in place.
internal unsafe struct byteslice
{
    internal byte* array;
    internal int len;
    internal int cap;
}

// frame is one activation of an async method of a goroutine that has parked.
[StackTraceHidden]
internal abstract class frame
{
    // caller is the frame that awaits this one. It stays when both have ended: when this one
    // parks again, most likely a call of the same method awaits it, and takes that frame again.
    // For a stack, the bottom, it is the leaf.
    internal frame? caller;

    // at is where the result is: the offset in the frame, or the complement of that in the object
    // of a state machine that is one, as they are in Debug builds.
    protected int at;

    // status is one of these.
    internal byte status;

    // kept for the next time, and clear.
    internal const byte frameClear = 0;

    // kept for the next time, and holds what its method held when it ended. Most likely the same
    // method parks in it next, with much the same: what is the same need not be stored then (set).
    // But not for longer than to the next park: what is not in the chain then is cleared.
    internal const byte frameEnded = 1;

    // in the chain.
    internal const byte frameUsed = 2;

    // in the chain; the method ended by an exception, its stack has that (exc).
    internal const byte frameFailed = 3;

    internal bool used => status >= frameUsed;

    internal bool failed => status == frameFailed;

    // spare: the frame is in its stack's list of spare frames, whether used or not.
    internal bool spare;

    // MoveNext goes on with the method until it ends or parks again.
    internal abstract void MoveNext();

    // clear lets go of all that the frame holds.
    protected abstract void clear();

    // clearEnded clears the frames that have ended from f on.
    protected static void clearEnded(frame? f)
    {
        while (f != null && f.status == frameEnded)
        {
            f.clear();
            f.status = frameClear;
            f = f.caller;
        }
    }

    // sm is the state machine if it is an object.
    protected virtual object sm => this;

    // finish is called by the caller when the method has ended: it throws what the method
    // threw, and gives the frame back.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void finish()
    {
        if (status == frameUsed)
        {
            status = frameEnded;
            return;
        }
        // Failed, or what mcall has returned.
        if (status == frameFailed)
        {
            throw fail();
        }
    }

    // getResult does, and returns what the method returned.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal T getResult<T>()
    {
        if (status != frameUsed)
        {
            throw fail();
        }
        status = frameEnded;
        return Unsafe.As<byte, T>(ref at >= 0 ? ref field(this, at) : ref smfield());
    }

    // fail throws what the method threw. It returns nothing: its callers say throw, so that
    // the JIT puts the call out of the way.
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    protected virtual Exception fail()
    {
        status = frameEnded;
        stack.current().rethrow();
        return null;
    }

    // smfield is where the result is in a state machine that is an object.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref byte smfield() => ref field(sm, ~at);

    // setFailed keeps the exception by which the method ended.
    internal void setFailed(Exception e)
    {
        status = frameFailed;
        stack.current().setexc(e);
    }

    // field is what lies in o at an offset from where its fields start.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ref byte field(object o, nint at) => ref Unsafe.AddByteOffset(ref Unsafe.As<fields>(o).first, at);

    internal sealed class fields
    {
        internal byte first;
    }

    // await is where an async method leaves the thread's stack. f and result are its builder's fields
    // in the state machine; a method that returns nothing has no result, a null reference.
    // It has the state machine as its only type argument: the JIT makes code of its own for each
    // method then. With the result's type too that would be code shared by all types of references,
    // which has to look up every type when it runs.
    internal static void await<TStateMachine>(frame? callee, ref frame? f, ref byte result, ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        if (callee != null && callee.used)
        {
            park(callee, ref f, ref result, ref stateMachine);
            return;
        }
        leaf(ref f, ref result, ref stateMachine);
        if (callee == null)
        {
            // The call has ended, but morestack wants the goroutine to give way.
            runtime.preemptawait();
        }
        // Otherwise the callee is parked: mcall.
    }

    // awaitforeign awaits an awaitable of somebody else's.
    internal static void awaitforeign<TStateMachine>(object awaiter, ref frame? f, ref byte result, ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        leaf(ref f, ref result, ref stateMachine).stk.setforeign(awaiter);
        runtime.foreignawait();
    }

    // leaf is for the method at which the chain begins.
    private static ref stackhead leaf<TStateMachine>(ref frame? f, ref byte result, ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        ref var head = ref stackhead.current();
        var c = head.sp;
        if (f != null)
        {
            if (c != f)
            {
                stack.relink(head.stk, f);
                head.sp = f;
            }
            return ref head;
        }
        if (kept<TStateMachine>(c) is not { } fr)
        {
            fr = stack.get(head.stk, ref result, ref stateMachine);
            head.sp = fr;
        }
        f = fr;
        fr.set(ref stateMachine);
        return ref head;
    }

    // park is for the caller of callee. It puts the state machine into a frame, unless it is in one, and
    // links that to the frame of the callee. f is in the state machine, so it must be set before that is
    // copied.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void park<TStateMachine>(frame callee, ref frame? f, ref byte result, ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        var c = callee.caller;
        if (f != null)
        {
            if (c != f)
            {
                stack.relink(callee, f);
            }
            return;
        }
        if (kept<TStateMachine>(c) is not { } fr)
        {
            fr = stack.get(callee, ref result, ref stateMachine);
        }
        f = fr;
        fr.set(ref stateMachine);
    }

    // kept takes the frame that is linked, if it is one for this method.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static frame<TStateMachine>? kept<TStateMachine>(frame? c) where TStateMachine : IAsyncStateMachine
    {
        if (c != null && c.GetType() == typeof(frame<TStateMachine>) && !c.used)
        {
            c.status = frameUsed;
            return Unsafe.As<frame<TStateMachine>>(c);
        }
        return null;
    }

    internal abstract Type method { get; }

    // state says at which await the method waits, -1 that it runs.
    internal virtual int32 state => -1;

    // parked stands for the callee that has no frame: mcall.
    internal static readonly frame parked = new parkedFrame();

    private sealed class parkedFrame : frame
    {
        internal override void MoveNext() => runtime.@throw("parked: MoveNext");

        protected override void clear()
        {
        }

        internal override Type method => typeof(parkedFrame);
    }
}

// faultFrame carries the exception of a method that ended by it without ever parking.
[StackTraceHidden]
internal sealed class faultFrame : frame
{
    private readonly Exception exc;

    internal faultFrame(Exception e)
    {
        exc = e;
        status = frameFailed;
    }

    internal override void MoveNext() => runtime.@throw("fault: MoveNext");

    protected override void clear()
    {
    }

    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    protected override Exception fail()
    {
        ExceptionDispatchInfo.Throw(exc);
        return null;
    }

    internal override Type method => typeof(faultFrame);
}

[StackTraceHidden]
internal sealed class frame<TStateMachine> : frame where TStateMachine : IAsyncStateMachine
{
    internal TStateMachine stateMachine = default!;

    internal frame(ref byte result, ref TStateMachine stateMachine)
    {
        if (Unsafe.IsNullRef(ref result))
        {
            return;
        }
        if (typeof(TStateMachine).IsValueType)
        {
            var o = Unsafe.ByteOffset(ref Unsafe.As<TStateMachine, byte>(ref stateMachine), ref result);
            at = (int)(Unsafe.ByteOffset(ref field(this, 0), ref Unsafe.As<TStateMachine, byte>(ref this.stateMachine)) + o);
            return;
        }
        at = ~(int)Unsafe.ByteOffset(ref field(stateMachine, 0), ref result);
    }

    // set copies the state machine here. Of what the frame still holds from the last time most references are
    // the same, and those are not stored again: a store of a reference tells the collector, and takes ten
    // to twenty instructions for that, and a copy of four references or more by the CLR's own function 130.
    // That function uses SSE instructions, too: the prologs of our methods clear their locals
    // with AVX or AVX-512, and on Intel's CPUs each change between the two takes 140 ns while the upper
    // halves are in use.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void set(ref TStateMachine stateMachine)
    {
        if (refs == 0 || nwords > 32)
        {
            this.stateMachine = stateMachine;
            return;
        }
        ref var d = ref Unsafe.As<TStateMachine, nint>(ref this.stateMachine);
        ref var s = ref Unsafe.As<TStateMachine, nint>(ref stateMachine);
        // The JIT knows refs: what is left is an instruction or three for each word.
        word(ref d, ref s, 0);
        word(ref d, ref s, 1);
        word(ref d, ref s, 2);
        word(ref d, ref s, 3);
        word(ref d, ref s, 4);
        word(ref d, ref s, 5);
        word(ref d, ref s, 6);
        word(ref d, ref s, 7);
        word(ref d, ref s, 8);
        word(ref d, ref s, 9);
        word(ref d, ref s, 10);
        word(ref d, ref s, 11);
        word(ref d, ref s, 12);
        word(ref d, ref s, 13);
        word(ref d, ref s, 14);
        word(ref d, ref s, 15);
        word(ref d, ref s, 16);
        word(ref d, ref s, 17);
        word(ref d, ref s, 18);
        word(ref d, ref s, 19);
        word(ref d, ref s, 20);
        word(ref d, ref s, 21);
        word(ref d, ref s, 22);
        word(ref d, ref s, 23);
        word(ref d, ref s, 24);
        word(ref d, ref s, 25);
        word(ref d, ref s, 26);
        word(ref d, ref s, 27);
        word(ref d, ref s, 28);
        word(ref d, ref s, 29);
        word(ref d, ref s, 30);
        word(ref d, ref s, 31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void word(ref nint d, ref nint s, int i)
    {
        if (i >= nwords)
        {
            return;
        }
        if ((refs >> i & 1) == 0)
        {
            Unsafe.Add(ref d, i) = Unsafe.Add(ref s, i);
            return;
        }
        ref var r = ref Unsafe.As<nint, object>(ref Unsafe.Add(ref d, i));
        var v = Unsafe.As<nint, object>(ref Unsafe.Add(ref s, i));
        if (r != v)
        {
            r = v;
        }
    }

    private static int nwords => Unsafe.SizeOf<TStateMachine>() / sizeof(int64);

    // refs has a bit for each word of a state machine that is a reference. It is 0 if that is not known: the
    // builder has one.
    private static readonly ulong refs = typeof(TStateMachine).IsValueType ? findrefs() : 0;

    // A static constructor: refs is there before the first frame is, so when set is compiled it is a constant.
    static frame()
    {
    }

    private static ulong findrefs()
    {
        var o = (frame<TStateMachine>)RuntimeHelpers.GetUninitializedObject(typeof(frame<TStateMachine>));
        return refwords.of(o, ref Unsafe.As<TStateMachine, byte>(ref o.stateMachine), Unsafe.SizeOf<TStateMachine>());
    }

    internal override void MoveNext() => stateMachine.MoveNext();

    protected override void clear() => stateMachine = default!;

    protected override object sm => stateMachine;

    internal override Type method => typeof(TStateMachine);

    // The field is the compiler's. For tracebacks only: it is found by reflection.
    internal override int32 state => stateMachine is { } m && typeof(TStateMachine).GetField("<>1__state")?.GetValue(m) is int n ? n : -1;
}

// refwords finds out which words of an object are references. The CLR keeps that for its collector before the
// type's method table: how many series of references an object has, and for each, downwards, where it
// starts and how long it is less the size of the object (gcdesc.h of the CLR; Native AOT has the same).
internal static unsafe class refwords
{
    private struct pair
    {
        internal nint n;
        internal object? o;
    }

    private sealed class probe
    {
        internal object? a;
        internal nint b;
        internal pair c;
        internal pair d;
        internal object? e;
    }

    // known: it is as described above. If not, nobody asks further.
    private static readonly bool known = check();

    private static bool check()
    {
        var p = new probe();
        ref var first = ref Unsafe.As<frame.fields>(p).first;
        var want = bit(ref first, ref p.a) | bit(ref first, ref p.c.o) | bit(ref first, ref p.d.o) | bit(ref first, ref p.e);
        return read(p, ref first, 7 * sizeof(nint)) == want;

        static ulong bit(ref byte first, ref object? field) => 1UL << ((int)Unsafe.ByteOffset(ref first, ref Unsafe.As<object?, byte>(ref field)) / sizeof(nint));
    }

    // of returns a bit for each word from first on that is a reference, 0 if that cannot be told.
    internal static ulong of(object o, ref byte first, int size) => known && size <= 64 * sizeof(nint) ? read(o, ref first, size) : 0;

    private static ulong read(object o, ref byte first, int size)
    {
        var mt = (byte*)o.GetType().TypeHandle.Value;
        var objsize = ((uint32*)mt)[1];
        // Offsets are from the method table's pointer, which is before the first field.
        var start = Unsafe.ByteOffset(ref Unsafe.As<frame.fields>(o).first, ref first) + sizeof(nint);
        ulong bits = 0;
        var series = (nint*)mt - 1;
        var n = *series;
        for (; n > 0; n--)
        {
            series -= 2;
            for (var at = series[1]; at < series[1] + series[0] + (nint)objsize; at += sizeof(nint))
            {
                if (at >= start && at < start + size)
                {
                    bits |= 1UL << (int)((at - start) / sizeof(nint));
                }
            }
        }
        return bits;
    }
}

// stackhead is where a g finds its stack object and the leaf of its chain: g.sched.stk is its address,
// in a pinned array. The leaf is here because a goroutine that parks and goes on then has no need of the
// stack object, which lies on another page than its frames: the M's loop, where all of that is touched
// first, took 13% of the time of an echo server outside the kernel.
internal struct stackhead
{
    internal stack stk;

    // sp is the leaf of the chain, the stack object itself if the goroutine has not parked yet.
    internal frame? sp;

    // They are never freed, as a g is not.
    private static readonly System.Collections.Generic.List<stackhead[]> all = [];
    private static int used;

    internal static unsafe uintptr alloc()
    {
        const int chunk = 256;
        lock (all)
        {
            if (used % chunk == 0)
            {
                all.Add(GC.AllocateArray<stackhead>(chunk, pinned: true));
            }
            return (uintptr)Unsafe.AsPointer(ref all[used / chunk][used++ % chunk]);
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
// that to its last leaf: where a frame is asked for, the link leads to the one that was used
// there last. If that is the right one, nothing is written but the state machine: an array
// of frames with an index, and a link to the stack in each, were 290 bytes more for each
// connection of an echo server and 6% of its instructions. Where another one is wanted, what was
// linked becomes a spare.
[StackTraceHidden]
internal sealed partial class stack : frame
{
    // next is the goroutine's function, a Func<go> or a funcval, and once that has been called and has
    // parked, the frame of it.
    private object? next;

    // fn is the goroutine's function, null once called.
    internal Delegate? fn => next as Func<go> ?? (next as funcval)?.func;

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
        s.next = fn;
        s.gopc = gopc.of(creator, file, line, (fn as Func<go> ?? Unsafe.As<funcval>(fn).func).Target?.GetType());
        head.sp = s;
    }

    // get gives the frame in which the caller of callee parks, and links it. The quick way is
    // taken by park: it is here if the link is to a frame of another method.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static frame<TStateMachine> get<TStateMachine>(frame callee, ref byte result, ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        var stk = callee as stack ?? current();
        // A new goroutine's head does not lead to the leaf of the last goroutine that had the stack.
        var fr = kept<TStateMachine>(callee.caller);
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
        fr ??= new frame<TStateMachine>(ref result, ref stateMachine);
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

    // stackrest is what few goroutines need: 40 bytes less for each of the others.
    private sealed class stackrest
    {
        // exc is what a frame that failed threw, until its caller takes it up.
        internal Exception? exc;

        // The spare frames are 64 at most: then one after the other makes place for a new one.
        private const int maxspare = 64;
        internal frame[] spares = [];
        internal int nspare;
        private uint lastspare;

        // For goroutines that await somebody else's awaitables.
        internal Action<Action>? register;
        internal Action? wake;
        internal int waits; // 1 from the registration until the continuation is called

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
        rest.exc = e;
    }

    // rethrow throws it.
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    internal void rethrow()
    {
        var e = rest!.exc!;
        rest.exc = null;
        ExceptionDispatchInfo.Throw(e);
    }

    // kept is how many spare frames there are.
    internal int kept => rest?.nspare ?? 0;

    // freeFrames drops the frames that are kept and returns how many they were; for a dead goroutine.
    internal static int freeFrames(uintptr stk)
    {
        ref var head = ref stackhead.of(stk);
        head.sp = head.stk;
        return head.stk.freeFrames();
    }

    private int freeFrames()
    {
        freeSlots();
        var n = drop(caller);
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
        while (f is not (null or stack) && f.caller is { } c)
        {
            f.caller = null;
            n++;
            f = c;
        }
        return n;
    }

    // setforeign says with which awaitable the goroutine will park.
    internal void setforeign(object awaiter)
    {
        rest ??= new();
        rest.register = awaiter is ICriticalNotifyCompletion critical ? critical.UnsafeOnCompleted : ((INotifyCompletion)awaiter).OnCompleted;
    }

    // register hands the awaitable the continuation, which makes gp ready from any thread. The awaitable keeps
    // it as long as it likes, and the goroutine uses it again, and so does the next one on this g: so it does
    // something only for a goroutine that waits for it.
    internal unsafe void register(runtime.g* gp)
    {
        var p = (uintptr)gp;
        var r = rest!;
        var register = r.register!;
        r.register = null;
        r.wake ??= () =>
        {
            if (Interlocked.Exchange(ref r.waits, 0) == 0)
            {
                throw new InvalidOperationException("an awaitable has called its continuation more than once");
            }
            runtime.foreignready((runtime.g*)p);
        };
        Volatile.Write(ref r.waits, 1);
        register(r.wake);
    }

    // MoveNext is the bottom of the goroutine, Go's goexit below the entry function.
    internal override void MoveNext()
    {
        try
        {
            var entry = next;
            next = null;
            if (entry is Func<go> or funcval)
            {
                var f = (entry as Func<go> is { } fn ? fn() : Unsafe.As<funcval>(entry).call()).f;
                if (f != null && !f.failed)
                {
                    if (f == parked)
                    {
                        stackhead.current().sp = this;
                    }
                    else
                    {
                        next = f;
                        if (f.caller != this)
                        {
                            relink(f, this);
                        }
                    }
                    return;
                }
                f?.finish();
            }
            else if (entry != null)
            {
                Unsafe.As<frame>(entry).finish();
            }
        }
        catch (GoexitException)
        {
        }
        catch (Exception e)
        {
            runtime.unhandled(e);
        }
        clearEnded(caller);
        runtime.goexit();
    }

    protected override void clear()
    {
    }

    internal override Type method => typeof(stack);
}

// funcval is a function with the argument that a go statement gives it.
internal abstract class funcval
{
    internal abstract go call();

    internal abstract Delegate func { get; }
}

[StackTraceHidden]
internal sealed class funcval<T>(Func<T, go> fn, T arg) : funcval
{
    internal override go call() => fn(arg);

    internal override Delegate func => fn;
}

// gopc stands for the pc of a go statement. All its goroutines share one.
internal sealed class gopc(string creator, string file, int line, Type? closure)
{
    internal static readonly gopc none = new("", "", 0, null);

    // One for each of the last go statements with the same last bits of the line: when two such
    // alternate, each has a new one every time. Threads may overwrite each other's.
    private static readonly gopc[] known = new gopc[256];

    internal static gopc of(string creator, string file, int line, Type? closure)
    {
        ref var pc = ref known[line & 255];
        return pc is { } k && k.same(creator, file, line, closure) ? k : pc = new(creator, file, line, closure);
    }

    private bool same(string creator, string file, int line, Type? closure) =>
        this.line == line && (object)this.file == file && (object)this.creator == creator && this.closure == closure;

    private readonly string creator = creator;
    private readonly Type? closure = closure;
    internal readonly string file = file;
    internal readonly int line = line;

    // createdBy is the name of the function that holds the go statement. The compiler tells
    // only its last part; the class around it is that of the closure.
    internal string createdBy => closure == null ? creator : runtime.funcname(closure, creator);
}

internal interface goAwaiter
{
    frame? callee { get; }
}

/// <summary>The result of a function from which a goroutine can park, and which returns nothing else. Await it at once.</summary>
[AsyncMethodBuilder(typeof(goMethodBuilder))]
[StackTraceHidden]
public readonly struct go
{
    internal readonly frame? f;

    internal go(frame? f)
    {
        this.f = f;
    }

    /// <summary>Used by the compiler.</summary>
    public Awaiter GetAwaiter() => new(f);

    /// <summary>Used by the compiler.</summary>
    [StackTraceHidden]
    public readonly struct Awaiter : ICriticalNotifyCompletion, goAwaiter
    {
        private readonly frame? f;

        internal Awaiter(frame? f)
        {
            this.f = f;
        }

        frame? goAwaiter.callee => f;

        /// <summary>Whether the call has ended, and the goroutine need not give way.</summary>
        public bool IsCompleted
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => f == null ? !runtime.morestack() : f.failed;
        }

        /// <summary>Used by the compiler.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void GetResult() => f?.finish();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void OnCompleted(Action continuation) => throw runtime.notOnGoroutine();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void UnsafeOnCompleted(Action continuation) => throw runtime.notOnGoroutine();
    }
}

/// <summary>The result of a function from which a goroutine can park. Await it at once.</summary>
/// <typeparam name="T">What the function returns.</typeparam>
[AsyncMethodBuilder(typeof(goMethodBuilder<>))]
[StackTraceHidden]
public readonly struct go<T>
{
    private readonly frame? f;
    private readonly T result;

    internal go(frame? f)
    {
        this.f = f;
        result = default!;
    }

    /// <summary>A call that has ended with a result.</summary>
    public go(T result)
    {
        f = null;
        this.result = result;
    }

    /// <summary>Used by the compiler.</summary>
    public Awaiter GetAwaiter() => new(f, result);

    /// <summary>Used by the compiler.</summary>
    [StackTraceHidden]
    public readonly struct Awaiter : ICriticalNotifyCompletion, goAwaiter
    {
        private readonly frame? f;
        private readonly T result;

        internal Awaiter(frame? f, T result)
        {
            this.f = f;
            this.result = result;
        }

        frame? goAwaiter.callee => f;

        /// <summary>Whether the call has ended, and the goroutine need not give way.</summary>
        public bool IsCompleted
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => f == null ? !runtime.morestack() : f.failed;
        }

        /// <summary>Used by the compiler.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T GetResult() => f == null ? result : f.getResult<T>();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void OnCompleted(Action continuation) => throw runtime.notOnGoroutine();

        /// <summary>Not supported: only a goroutine can wait.</summary>
        public void UnsafeOnCompleted(Action continuation) => throw runtime.notOnGoroutine();
    }
}

/// <summary>Builds async methods that return go.</summary>
[StackTraceHidden]
public struct goMethodBuilder
{
    private frame? f;

    /// <summary>Used by the compiler.</summary>
    public static goMethodBuilder Create() => default;

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Used by the compiler.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Used by the compiler.</summary>
    public readonly go Task
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(f);
    }

    /// <summary>Used by the compiler.</summary>
    public readonly void SetResult()
    {
    }

    /// <summary>Used by the compiler.</summary>
    public void SetException(Exception exception)
    {
        if (f == null)
        {
            f = new faultFrame(exception);
            return;
        }
        f.setFailed(exception);
    }

    /// <summary>Used by the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        // The JIT knows TAwaiter when it is a struct: one of the two branches is left, without boxing.
        if (awaiter is goAwaiter)
        {
            frame.await(((goAwaiter)awaiter).callee, ref f, ref Unsafe.NullRef<byte>(), ref stateMachine);
            return;
        }
        frame.awaitforeign(awaiter, ref f, ref Unsafe.NullRef<byte>(), ref stateMachine);
    }

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        // The JIT knows TAwaiter when it is a struct: one of the two branches is left, without boxing.
        if (awaiter is goAwaiter)
        {
            frame.await(((goAwaiter)awaiter).callee, ref f, ref Unsafe.NullRef<byte>(), ref stateMachine);
            return;
        }
        frame.awaitforeign(awaiter, ref f, ref Unsafe.NullRef<byte>(), ref stateMachine);
    }
}

/// <summary>Builds async methods that return go&lt;T&gt;.</summary>
/// <typeparam name="T">What the method returns.</typeparam>
[StackTraceHidden]
public struct goMethodBuilder<T>
{
    private frame? f;
    private T result;

    /// <summary>Used by the compiler.</summary>
    public static goMethodBuilder<T> Create() => default;

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Used by the compiler.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Used by the compiler.</summary>
    public readonly go<T> Task
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => f == null ? new(result) : new(f);
    }

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SetResult(T result) => this.result = result;

    /// <summary>Used by the compiler.</summary>
    public void SetException(Exception exception)
    {
        if (f == null)
        {
            f = new faultFrame(exception);
            return;
        }
        f.setFailed(exception);
    }

    /// <summary>Used by the compiler.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        // The JIT knows TAwaiter when it is a struct: one of the two branches is left, without boxing.
        if (awaiter is goAwaiter)
        {
            frame.await(((goAwaiter)awaiter).callee, ref f, ref Unsafe.As<T, byte>(ref result), ref stateMachine);
            return;
        }
        frame.awaitforeign(awaiter, ref f, ref Unsafe.As<T, byte>(ref result), ref stateMachine);
    }

    /// <summary>Used by the compiler.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        // The JIT knows TAwaiter when it is a struct: one of the two branches is left, without boxing.
        if (awaiter is goAwaiter)
        {
            frame.await(((goAwaiter)awaiter).callee, ref f, ref Unsafe.As<T, byte>(ref result), ref stateMachine);
            return;
        }
        frame.awaitforeign(awaiter, ref f, ref Unsafe.As<T, byte>(ref result), ref stateMachine);
    }
}

/// <summary>Go's predeclared functions and its go statement.</summary>
public static partial class builtin
{
    /// <summary>The go statement: runs fn on a new goroutine. It may be used on any thread.</summary>
    /// <param name="fn">The function; its arguments are what the lambda captures.</param>
    /// <param name="creator">Filled in by the compiler: the function that holds the statement.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [StackTraceHidden]
    public static void go(Func<go> fn, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        runtime.newproc(fn, creator, file, line);
    }

    /// <summary>
    /// The go statement for a function with an argument, which is evaluated here and not on the new goroutine. It
    /// allocates less than a lambda that captures the argument.
    /// </summary>
    /// <typeparam name="T">The type of the argument.</typeparam>
    /// <param name="fn">The function.</param>
    /// <param name="arg">The argument.</param>
    /// <param name="creator">Filled in by the compiler: the function that holds the statement.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    [StackTraceHidden]
    public static void go<T>(Func<T, go> fn, T arg, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        runtime.newproc((fn == null ? null : new funcval<T>(fn, arg))!, creator, file, line);
    }

    /// <summary>Go's panic: unwinds the goroutine; unhandled it ends the process with exit status 2.</summary>
    /// <param name="v">The value.</param>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    [StackTraceHidden]
    public static void panic(object? v) => throw new PanicException(v);
}

// Goexit unwinds the goroutine by this exception.
internal sealed class GoexitException : Exception
{
}

/// <summary>A panic on its way up.</summary>
/// <param name="value">What panic was called with.</param>
public sealed class PanicException(object? value) : Exception
{
    /// <summary>The value as text; an error's text is asked for when it is needed, as it may itself panic.</summary>
    public override string Message => Value is error e ? e.Error() : Value?.ToString() ?? "nil";

    /// <summary>What panic was called with.</summary>
    public object? Value { get; } = value;
}

public static partial class runtime
{
    // The thread's g. In a class of its own: no static constructor stands in its way.
    internal static class tls
    {
        [ThreadStatic]
        internal static unsafe g* g;
    }

    internal static readonly unsafe m* m0 = @new<m>();
    internal static readonly unsafe g* g0 = @new<g>();

    // main_main is the program's main.main, as given to rt0_go.
    internal static Func<go>? main_main;

    // newproc for a function without an argument.
    internal static void newproc(Func<go> fn, string creator, string file, int line) => newproc((object)fn, creator, file, line);

    // newproc for one with an argument.
    internal static void newproc(funcval fn, string creator, string file, int line) => newproc((object)fn, creator, file, line);

    private static int rt0started;

    // rt0ready is set by main when other threads may start goroutines.
    internal static readonly ManualResetEventSlim rt0ready = new();

    /// <summary>
    /// The entry of a program: the calling thread becomes m0, main runs on goroutine 1, and when it
    /// returns the process ends with status 0, whatever other goroutines do. Go: src/runtime/asm_amd64.s.
    /// </summary>
    /// <param name="main">The program's main function.</param>
    /// <returns>Never.</returns>
    /// <exception cref="InvalidOperationException">The runtime runs already.</exception>
    public static int rt0_go(Func<go> main)
    {
        if (Interlocked.Exchange(ref rt0started, 1) != 0)
        {
            throw new InvalidOperationException("rt0_go: the runtime is started");
        }
        main_main = main;
        rt0();
        return 0;
    }

    // rt0 makes the thread m0 and runs the scheduler on it.
    private static unsafe void rt0()
    {
        setg(g0);
        // save m->g0 = g0, and g0->m = m0
        m0->g0 = g0;
        g0->m = m0;
        // args is in os_linux of Go; the CLR hands them to Main.
        osinit();
        // Have the assembly of Pause loaded now: on first use in lock2 there may be no
        // descriptor left to load it with.
        procyield(1);
        schedinit();
        // create a new goroutine to start the program
        newproc(main, "runtime.rt0_go", "asm.cs", 0);
        // start this M
        mstart(m0);
    }

    // libinit starts the runtime inside a process with a life of its own: a thread that is
    // nobody else's becomes m0, as Go's rt0_lib does for a shared library.
    internal static void libinit()
    {
        if (rt0ready.IsSet)
        {
            return;
        }
        if (Interlocked.Exchange(ref rt0started, 1) == 0)
        {
            islibrary = true;
            new Thread(rt0) { IsBackground = true, Name = "m0" }.Start();
        }
        rt0ready.Wait();
    }

    // mstart is the first function of an M's thread.
    internal static unsafe void mstart(m* mp)
    {
        setg(mp->g0);
        mstart0();
    }

    // mloop is the stack of g0: it runs the goroutine that gogo recorded, and when that has
    // unwound, the function that mcall recorded, which ends in schedule() and so in gogo.
    // It returns when gogo was called for g0 itself: the M exits.
    internal static unsafe void mloop()
    {
        // The thread stays the same, and so the place of its g: no call of __tls_get_addr each time.
        ref var g = ref tls.g;
        var mp = g->m;
        for (; ; )
        {
            var gp = mp->gogo.ptr();
            mp->gogo = 0;
            if (gp == mp->g0)
            {
                return;
            }
            g = gp;
            frame f = stackhead.of(gp->sched.stk).sp!;
            for (; ; )
            {
                f.MoveNext();
                if (mp->mcallfn != null)
                {
                    break;
                }
                // f has ended: go on with its caller, which will read the result and free f.
                f = f.caller!;
            }
            g = mp->g0;
            var fn = mp->mcallfn;
            mp->mcallfn = null;
            fn(gp);
        }
    }

    // gogo goes on with the goroutine of buf: it records it, and its callers return to mloop.
    internal static unsafe void gogo(gobuf* buf)
    {
        var gp = buf->g.ptr();
        gp->m->gogo = (guintptr)gp;
    }

    // mcall leaves the goroutine and calls fn on g0. What it returns must be awaited, or
    // returned to somebody who awaits it, at once.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe go mcall(delegate*<g*, void> fn)
    {
        var gp = getg();
        if (gp == null)
        {
            throw notOnGoroutine();
        }
        var mp = gp->m;
        if (gp == mp->g0)
        {
            badmcall(fn);
        }
        if (mp->mcallfn != null)
        {
            badmcall2(fn);
        }
        gp->sched.g = (guintptr)gp;
        // The parked frame is the leaf until an async method takes its place.
        mp->mcallfn = fn;
        return new go(frame.parked);
    }

    // parked is what mcall has returned, for an async function that begins where a plain one has
    // parked. Handed over it would be one more reference in the state machine, and from four on the
    // JIT copies them by a helper of some 100 instructions.
    internal static go parked => new(frame.parked);

    // systemstack: what stands in using (systemstack()) { } runs on g0. It is a plain call
    // here; only getg() changes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe systemstackScope systemstack() => new(tls.g);

    internal readonly unsafe ref struct systemstackScope
    {
        private readonly g* gp;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal systemstackScope(g* gp)
        {
            this.gp = gp;
            tls.g = gp->m->g0;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Dispose() => tls.g = gp;
    }

    // morestack stands where Go's function prologue compares the stack pointer with
    // stackguard0: at an await of a call that has ended. It says whether the goroutine
    // must give way. Go has the g in a register; here it takes a call of __tls_get_addr to find
    // it, five times in a request to an echo server. So all goroutines share one word that is
    // not 0 if any stackguard0 has to be looked at.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool morestack() => preempting != 0 && newstack();

    // preempting is the number of goroutines that were asked to give way and have not left their thread
    // since: those with g.asked.
    internal static int preempting;

    // ask is called when gp.stackguard0 is set to a request.
    internal static unsafe void ask(g* gp)
    {
        if (Interlocked.Exchange(ref gp->asked, 1) == 0)
        {
            Interlocked.Increment(ref preempting);
        }
        // Has gp left its thread meanwhile? It may not come back for long. Who leaves changes the status first
        // and then looks at asked, here it is the other way round: one of the two sees it.
        if ((readgstatus(gp) & ~_Gscan) is not (_Grunning or _Gsyscall))
        {
            answered(gp);
        }
    }

    // answered takes that back when gp leaves its thread: dropg. execute resets stackguard0 later: a request
    // that comes between the two is lost, as in Go, and is counted until gp leaves its thread again.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe void answered(g* gp)
    {
        if (Interlocked.Exchange(ref gp->asked, 0) != 0)
        {
            Interlocked.Decrement(ref preempting);
        }
    }

    // newstack is what is left of Go's: the part that deals with preemption.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe bool newstack()
    {
        var gp = tls.g;
        if (gp == null || gp->stackguard0 == 0)
        {
            return false;
        }
        var mp = gp->m;
        // Be conservative about where a goroutine is preempted: not while it holds locks
        // or the runtime has switched preemption off. Let it run on for now; gp.preempt
        // is set, so it will be preempted next time.
        if (gp == mp->g0 || !canPreemptM(mp))
        {
            gp->stackguard0 = 0;
            return false;
        }
        return true;
    }

    // preemptawait: act as if the goroutine called runtime.Gosched.
    internal static unsafe void preemptawait()
    {
        if (getg()->stackguard0 == stackYield)
        {
            mcall(&goyield_m);
            return;
        }
        mcall(&gopreempt_m);
    }

    // goexit ends a goroutine whose function has returned.
    internal static void goexit()
    {
        goexit1();
    }

    internal static void procyield(uint32 cycles)
    {
        for (; cycles > 0; cycles--)
        {
            if (X86Base.IsSupported)
            {
                X86Base.Pause();
            }
            else
            {
                Thread.SpinWait(1);
            }
        }
    }

    // foreignwait counts the goroutines that wait for somebody else's awaitable.
    internal static atomic.Int32 foreignwait;

    // foreignawait parks the goroutine until the awaitable in its stack object is done. The
    // continuation is registered by the park's unlockf, on g0: registered earlier, it could
    // make the goroutine ready while it is still on this thread's stack.
    internal static unsafe void foreignawait()
    {
        foreignwait.Add(1);
        gopark(&foreigncommit, null, waitReasonForeign, traceEvGoBlock, 1);
    }

    private static unsafe bool foreigncommit(g* gp, void* _)
    {
        stack.of(gp->sched.stk).register(gp);
        return true;
    }

    // foreignready makes a goroutine ready on behalf of an awaitable, on any thread.
    internal static unsafe void foreignready(g* gp)
    {
        var borrowed = getg() == null;
        if (borrowed)
        {
            needm();
        }
        using (systemstack())
        {
            gList list = default;
            list.push(gp);
            // Before the goroutine can run; until it is on a queue this M, which runs, keeps
            // checkdead from a false alarm.
            foreignwait.Add(-1);
            injectglist(&list);
        }
        if (borrowed)
        {
            dropm();
        }
    }

    internal static InvalidOperationException notOnGoroutine() =>
        new("not on a goroutine: a function that can park must be called, and awaited, on one; start it with go(...) or runtime.Run(...)");

    /// <summary>Runs fn on a new goroutine, from any thread, and starts the runtime in this process if needed.</summary>
    /// <param name="fn">The function.</param>
    /// <param name="creator">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task that ends when fn has returned, with what fn threw if it threw; cancelled if fn called Goexit.</returns>
    public static Task Run(Func<go> fn, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        return Run(async () => { await fn(); return true; }, creator, file, line);
    }

    /// <summary>Runs fn on a new goroutine, from any thread, and starts the runtime in this process if needed.</summary>
    /// <typeparam name="T">What fn returns.</typeparam>
    /// <param name="fn">The function.</param>
    /// <param name="creator">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task that ends when fn has returned, with its result or what it threw.</returns>
    public static Task<T> Run<T>(Func<go<T>> fn, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        newproc(async () =>
        {
            T r;
            try
            {
                r = await fn();
            }
            catch (GoexitException)
            {
                done.SetCanceled();
                throw;
            }
            catch (Exception e)
            {
                done.SetException(e);
                return;
            }
            done.SetResult(r);
        }, creator, file, line);
        return done.Task;
    }
}
