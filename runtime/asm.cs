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
// chain, leaf first, is the goroutine's stack.
//
// Where what is: this file has what asm_amd64.s has, and mloop, which runs the chains. frame.cs has
// the frames, gostack.cs what a goroutine has for a stack, go.cs what an async method returns and its
// builder, gostmt.cs the go statement, foreign.cs what has to do with threads and awaitables of
// others, refwords.cs and ptr.cs small tools, checkframes.cs the checks of Debug builds.
//
// A goroutine that is parked in netpollblock, called by Read, called by worker:
//
//	g (native)        stackhead (pinned)   frame<netpollblock>    frame<Read>           frame<worker>
//	+-----------+     +-----+              +--------------+      +--------------+      +--------------+
//	| sched.stk |---->| sp  |------------->| used         |   +->| used         |   +->| used         |
//	+-----------+     |     |              | stateMachine |   |  | stateMachine |   |  | stateMachine |
//	                  |     |              | up, caller   |---+  | up, caller   |---+  | up, caller   |---+
//	                  | stk |--+           +--------------+      +--------------+      +--------------+   |
//	                  +-----+  |              ^                                           ^               |
//	                           v              |                                           |               |
//	                  stack (the bottom)      |                                           |               |
//	                  +------------------+    |                                           |               |
//	                  | up, hint         |----+                                           |               |
//	                  | next, entryframe |------------------------------------------------+               |
//	                  | rest             |----> spare frames, the exception of a failed one               |
//	                  +------------------+                                                                |
//	                           ^                                                                          |
//	                           +--------------------------------------------------------------------------+
//
// When a method ends, its frame keeps its link up: it is a hint from then on, to where the frame was that its
// caller used. So is the stack's link to the leaf. At the next park the hints lead to the frames of the last time.
//
// The states of a frame (frame.status):
//
//	from            to           who
//	(new)           frameUsed    stack.acquireFrame, for a method that parks and finds none
//	frameClear      frameUsed    frame.take by a hint; acquireFrame by a hint or from the spares
//	frameEnded      frameUsed    the same
//	frameUsed       frameFailed  frame.setFailed: the builder's SetException
//	frameUsed       frameEnded   finish or getResult: the caller reads the result
//	frameFailed     frameEnded   fail: the caller has the exception thrown
//	frameEnded      frameClear   clearEnded: at the next park (stack.link), at the goroutine's end
//	(any, g dead)   dropped      stack.freeFrames
//
// What a method has returned, go.f and the f of go<T>:
//
//	null              the call has ended; a go<T> has the result
//	frame.mcalled     mcall has recorded its function. No frame: the leaf will be who awaits this
//	a frame, used     the method has parked in it; when its caller goes on, it has ended with a result
//	a frame, failed   the same, when its caller goes on: it has ended by an exception
//	a faultFrame      it has ended by an exception and never parked
//
// The f of a builder is its own method's frame: null until that parks, and from then on in the state machine.
//
// The invariants. Debug builds check them in mloop (checkframes.cs) and name the number:
//
//  1. Between a park and the end of the unwinding only the goroutine's own M sees its frames, and while it
//     is parked nobody touches them. mcall only records its function: the chain unwinds to the M's loop (mloop),
//     which is g0, and the function runs there, when nothing of the goroutine is on any thread's stack. So
//     nobody can make a goroutine ready while a thread still unwinds through it.
//  2. A used frame is in exactly one chain, once. It belongs to one stack from its making on, and the chain of
//     that ends at the stack itself.
//  3. A frame stays used, or failed, until its caller reads the result, which happens in a MoveNext that mloop
//     called after the frame's own MoveNext had returned. That is at once: no failed frame is in a parked chain,
//     there is one at most, and the stack has its exception.
//  4. A frame that has ended holds what its method held until the goroutine's next park at most: there it is
//     taken again or cleared, with all that are only linked to it. At the goroutine's end all are cleared.
//  5. A hint is never followed without a look at the type and the status of where it leads (take, clearEnded,
//     drop): that may be a frame of another method, or one that is used. It is one of the same stack.
//  6. A frame is marked as a spare exactly as long as it is in the list of its stack, used or idle.
//  7. When a goroutine has parked, the hint of its stack leads to the leaf. A stack that a new goroutine has got
//     has the last one's, while its head has no leaf but the stack itself.
using System.Runtime.Intrinsics.X86;
using System.Threading;

namespace golang;

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

    private static int rt0started;

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
            stack.checkframes(gp);
            g = gp;
            frame f = stackhead.of(gp->sched.stk).sp!;
            for (; ; )
            {
                f.MoveNext();
                if (mp->mcallfn != null)
                {
                    break;
                }
                // f has ended: go on with its caller, which will read the result and give f back.
                stack.checkended(f);
                f = f.caller!;
            }
            g = mp->g0;
            stack.checkframes(gp, f);
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
        // mcalled is the leaf until an async method takes its place.
        mp->mcallfn = fn;
        return new go(frame.mcalled);
    }

    // parked is what mcall has returned, for an async function that begins where a plain one has
    // parked. Handed over it would be one more reference in the state machine, which tools/bench/README.md
    // says is dear.
    internal static go parked => new(frame.mcalled);

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
    // must give way, and if it must not now, takes back what it was asked (newstack). Go has the g in a register;
    // here it takes a call to find it, at every await. So all goroutines share one word that is not 0 if any
    // stackguard0 has to be looked at.
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

    // newstack is what is left of Go's: the part that deals with preemption. It clears stackguard0 when the
    // goroutine must not give way now.
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
#pragma warning disable GO001 // It is called in an await, by which the chain is put away already.
        if (getg()->stackguard0 == stackYield)
        {
            mcall(&goyield_m);
            return;
        }
        mcall(&gopreempt_m);
#pragma warning restore GO001
    }

    // goexit ends a goroutine whose function has returned.
    internal static void goexit()
    {
#pragma warning disable GO001 // It is called at the bottom, where nobody is left to await it.
        goexit1();
#pragma warning restore GO001
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
}
