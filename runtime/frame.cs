// Not from Go: a frame, one activation of an async method whose goroutine has parked. What is made of
// them is drawn in asm.cs. Everything in it is PORT(asm).
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace golang;

// frame is one activation of an async method of a goroutine that has parked.
[StackTraceHidden]
internal abstract class frame
{
    // up is one word with two roles, as most frames need only one at a time: see caller and hint.
    private frame? up;

    // caller is up of a frame in the chain: the frame that awaits this one.
    internal frame? caller
    {
        get => up;
        set => up = value;
    }

    // hint is up where there is no caller yet. It stays from the last time: when this one parks again, most
    // likely a call of the same method awaits it, and takes that frame again. For a stack, the bottom, it is the
    // last leaf.
    internal frame? hint => up;

    // resultAt is where the result is, with two roles by its sign: see resultInFrame and resultInObject.
    private int resultAt;

    // resultInFrame: the state machine is a struct, and this is the offset in the frame.
    private protected int resultInFrame { set => resultAt = value; }

    // resultInObject: the state machine is an object, as they are in Debug builds, and this is the
    // offset in that.
    private protected int resultInObject
    {
        get => ~resultAt;
        set => resultAt = ~value;
    }

    // status is one of these; asm.cs has the table of who makes which change.
    internal byte status;

    // idle, and empty.
    internal const byte frameClear = 0;

    // idle, and holds what its method held when it ended. Most likely the same method parks in it next,
    // with much the same: what is the same need not be stored then (set).
    internal const byte frameEnded = 1;

    // in the chain.
    internal const byte frameUsed = 2;

    // in the chain; the method ended by an exception, its stack has that (exc).
    internal const byte frameFailed = 3;

    internal bool used => status >= frameUsed;

    internal bool failed => status == frameFailed;

    // spare: the frame is in its stack's list of spare frames, whether used or idle.
    internal bool spare;

#if DEBUG
    // owner is the stack to which the frame belongs, from its making on; for checkframes.
    internal stack? owner;

    // seen is the number of the last check that came to it.
    internal int64 seen;
#endif

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
            f = f.hint;
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
        return Unsafe.As<byte, T>(ref resultAt >= 0 ? ref field(this, resultAt) : ref smfield());
    }

    // fail throws what the method threw. It returns nothing: its callers say throw, so that
    // the JIT puts the call out of the way.
    [DoesNotReturn]
    protected virtual Exception fail()
    {
        status = frameEnded;
        stack.current().rethrow();
        return null;
    }

    // smfield is where the result is in a state machine that is an object.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private ref byte smfield() => ref field(sm, resultInObject);

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
        // Otherwise the callee is mcall, which has recorded its function.
    }

    // onawait is what all the builders do for an await.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void onawait<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref frame? f, ref byte result, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine
    {
        // The JIT knows TAwaiter when it is a struct: one of the two branches is left, without boxing.
        if (awaiter is goAwaiter)
        {
            await(((goAwaiter)awaiter).callee, ref f, ref result, ref stateMachine);
            return;
        }
        awaitforeign(awaiter, ref f, ref result, ref stateMachine);
    }

    // onthrow is what all the builders do when the method ends by an exception.
    internal static void onthrow(ref frame? f, Exception e)
    {
        if (f == null)
        {
            f = new faultFrame(e);
            return;
        }
        f.setFailed(e);
    }

    // awaitforeign awaits an awaitable of somebody else's.
    internal static void awaitforeign<TStateMachine>(object awaiter, ref frame? f, ref byte result, ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        leaf(ref f, ref result, ref stateMachine).stk.setawaitable(awaiter);
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
        if (take<TStateMachine>(c) is not { } fr)
        {
            fr = stack.acquireFrame(head.stk, ref result, ref stateMachine);
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
        var c = callee.hint;
        if (f != null)
        {
            if (c != f)
            {
                stack.relink(callee, f);
            }
            return;
        }
        if (take<TStateMachine>(c) is not { } fr)
        {
            fr = stack.acquireFrame(callee, ref result, ref stateMachine);
        }
        f = fr;
        fr.set(ref stateMachine);
    }

    // take takes the frame to which a hint leads, if it is idle and one for this method.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private protected static frame<TStateMachine>? take<TStateMachine>(frame? c) where TStateMachine : IAsyncStateMachine
    {
        if (c != null && c.GetType() == typeof(frame<TStateMachine>) && !c.used)
        {
            stack.checktaken(c);
            c.status = frameUsed;
            return Unsafe.As<frame<TStateMachine>>(c);
        }
        return null;
    }

    internal abstract Type method { get; }

    // awaitno is the number of the await at which the method waits, -1 that it runs.
    internal virtual int32 awaitno => -1;

    // mcalled stands for a callee that has no frame: mcall, which has recorded its function.
    internal static readonly frame mcalled = new mcallFrame();

    private sealed class mcallFrame : frame
    {
        internal override void MoveNext() => runtime.@throw("mcall: MoveNext");

        protected override void clear()
        {
        }

        internal override Type method => typeof(mcallFrame);
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

    [DoesNotReturn]
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
            resultInFrame = (int)(Unsafe.ByteOffset(ref field(this, 0), ref Unsafe.As<TStateMachine, byte>(ref this.stateMachine)) + o);
            return;
        }
        resultInObject = (int)Unsafe.ByteOffset(ref field(stateMachine, 0), ref result);
    }

    // set copies the state machine here. Of what the frame still holds from the last time most references are
    // the same, and those are not stored again: a store of a reference tells the collector. The words are copied
    // one by one, and not by the CLR's function for copies of references, and in a method of its own, whose
    // prolog has no locals to clear: tools/bench/README.md says what either costs.
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
    internal override int32 awaitno => stateMachine is { } m && typeof(TStateMachine).GetField("<>1__state")?.GetValue(m) is int n ? n : -1;
}
