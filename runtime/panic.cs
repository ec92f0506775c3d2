// Ports src/runtime/panic.go of go1.20.
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace golang;

public static partial class runtime
{
    // throwType says what kind of throw is under way: it decides what the traceback shows.
    internal enum throwType : uint32
    {
        // throwTypeNone: nothing is thrown.
        throwTypeNone,

        // throwTypeUser: the program is at fault.
        //
        // The traceback leaves out the runtime's frames and goroutines.
        throwTypeUser,

        // throwTypeRuntime: the runtime itself is at fault.
        //
        // The traceback shows everything that can help to find out why.
        throwTypeRuntime,
    }

    /// <summary>
    /// Ends the calling goroutine, after its finally blocks. Other goroutines go on; called on the main
    /// goroutine, main does not return and the program goes on. Go: src/runtime/panic.go.
    /// </summary>
    [DoesNotReturn]
    public static void Goexit()
    {
        // PORT(panic): the finally blocks run as an exception unwinds the frames; the bottom
        // of the goroutine turns it into goexit1.
        throw new GoexitException();
    }

    // preprintpanics calls the value's Error before the world is frozen: it is the program's
    // code, which can make system calls or panic itself.
    // PORT(panic): there is one panic, not a list, and its text is the result.
    private static string preprintpanics(Exception p)
    {
        if (p is not PanicException { Value: error v })
        {
            return "";
        }
        try
        {
            return v.Error();
        }
        catch (PanicException e)
        {
            const string text = "panic while printing panic value";
            switch (e.Value)
            {
                case string r:
                    @throw(text + ": " + r);
                    break;
                default:
                    @throw(text + ": type " + (e.Value == null ? "nil" : typestring(e.Value.GetType())));
                    break;
            }
        }
        return "";
    }

    // printpanics prints what the panic was called with, as Go prints values.
    // PORT(panic): text is what preprintpanics returned; of another exception type and message.
    private static void printpanics(Exception p, string text)
    {
        print("panic: ");
        switch (p)
        {
            case PanicException { Value: error }:
                print(text);
                break;
            case PanicException e:
                printany(e.Value);
                break;
            default:
                print(p.GetType().ToString(), ": ", p.Message);
                break;
        }
        print("\n");
    }

    [DoesNotReturn]
    internal static void sync_throw(string s)
    {
        @throw(s);
    }

    [DoesNotReturn]
    internal static void sync_fatal(string s)
    {
        fatal(s);
    }

    // throw ends the process with a traceback. For errors that are the runtime's own fault.
    [DoesNotReturn]
    internal static void @throw(string s)
    {
        borrowm(); // PORT(foreign)
        using (systemstack())
        {
            print("fatal error: ", s, "\n");
        }

        fatalthrow(throwType.throwTypeRuntime);
    }

    // fatal is like throw, for errors that are the program's fault: the traceback leaves
    // out the runtime's frames and goroutines unless GOTRACEBACK is system or higher.
    [DoesNotReturn]
    internal static void fatal(string s)
    {
        borrowm(); // PORT(foreign)
        using (systemstack())
        {
            print("fatal error: ", s, "\n");
        }

        fatalthrow(throwType.throwTypeUser);
    }

    // borrowm is PORT(foreign): it gives a foreign thread that fails an m to fail with.
    private static unsafe void borrowm()
    {
        if (getg() == null)
        {
            needm();
        }
    }

    // panicking is not 0 while the program crashes.
    internal static atomic.Uint32 panicking;

    // paniclk is held while the text and the traceback are printed, so that two crashes at
    // the same time do not mix.
    internal static readonly unsafe mutex* paniclk = @new<mutex>();

    // unhandled is where an exception arrives that nobody on the goroutine caught.
    // PORT(panic): the frames above have gone by now; the exception knows their names.
    [DoesNotReturn]
    internal static void unhandled(Exception e)
    {
        fatalpanic(e);
    }

    // fatalthrow freezes the system, prints the goroutines and ends the process.
    [DoesNotReturn]
    internal static unsafe void fatalthrow(throwType t)
    {
        // PORT(traceback): no pc and sp
        var gp = getg();

        if (gp->m->throwing == throwType.throwTypeNone)
        {
            gp->m->throwing = t;
        }

        using (systemstack())
        {
            startpanic_m();

            if (dopanic_m(gp, new StackTrace(fNeedFileInfo: true)))
            {
                crash();
            }

            exit(2);
        }
        throw new InvalidOperationException(); // not reached; PORT(crash)
    }

    // fatalpanic is like fatalthrow for an unhandled exception, whose text it prints.
    [DoesNotReturn]
    internal static unsafe void fatalpanic(Exception msgs)
    {
        // PORT(traceback): no pc and sp
        var gp = getg();
        var text = preprintpanics(msgs); // PORT(panic): in gopanic in Go
        bool docrash;
        using (systemstack())
        {
            if (startpanic_m()) // PORT(panic): there always is a panic
            {
                // startpanic_m says that it is all right to print.
                // PORT(panic): runningPanicDefers
                printpanics(msgs, text);
            }

            docrash = dopanic_m(gp, new StackTrace(msgs, true));
        }

        if (docrash)
        {
            crash();
        }

        using (systemstack())
        {
            exit(2);
        }
        throw new InvalidOperationException(); // not reached; PORT(crash)
    }

    // startpanic_m prepares a crash. It returns whether the texts should be printed; false
    // means that the runtime is in too bad a shape.
    internal static unsafe bool startpanic_m()
    {
        var gp = getg();
        // PORT(heap): panic before the heap is initialized
        gp->m->mallocing++;

        // When the crash is about the count of locks, make it right, so that it does not
        // crash again below.
        if (gp->m->locks < 0)
        {
            gp->m->locks = 1;
        }

        switch (gp->m->dying)
        {
            case 0:
                gp->m->dying = 1;
                panicking.Add(1);
                @lock(paniclk);
                if (debug.schedtrace > 0 || debug.scheddetail > 0)
                {
                    schedtrace(true);
                }
                freezetheworld();
                // PORT(thread): the traceback needs descriptors, for assemblies and PDBs.
                unreserve(int32.MaxValue);
                return true;
            case 1:
                // Something failed while panicking.
                // Just print a traceback and exit.
                gp->m->dying = 2;
                print("panic during panic\n");
                return false;
            case 2:
                // A bug in the runtime: not even the traceback could be printed.
                gp->m->dying = 3;
                print("stack trace unavailable\n");
                exit(4);
                goto default;
            default:
                // Cannot even print. Just exit.
                exit(5);
                return false; // something must be returned
        }
    }

    internal static bool didothers;
    internal static readonly unsafe mutex* deadlock = @new<mutex>();

    // gp is the goroutine that crashes on this m, while getg() is g0.
    // PORT(traceback): trace is the part of the stack that is on the thread.
    internal static unsafe bool dopanic_m(g* gp, StackTrace trace)
    {
        var (level, all, docrash) = gotraceback();
        if (level > 0)
        {
            if (gp != gp->m->curg)
            {
                all = true;
            }
            if (gp != gp->m->g0)
            {
                print("\n");
                goroutineheader(gp);
                traceback(gp, trace);
            }
            else if (level >= 2 || gp->m->throwing >= throwType.throwTypeRuntime)
            {
                print("\nruntime stack:\n");
                traceback(gp, trace);
            }
            if (!didothers && all)
            {
                didothers = true;
                tracebackothers(gp);
            }
        }
        unlock(paniclk);

        if (panicking.Add(unchecked((int32)(-1))) != 0)
        {
            // Another m crashes too. Let it print what it must: wait for ever, without
            // using the CPU. It will exit when it is done.
            @lock(deadlock);
            @lock(deadlock);
        }

        return docrash;
    }

    // canpanic returns whether the calling goroutine may panic, or must throw: it may when it
    // runs Go code, not the runtime's own, and is not in a system call.
    internal static unsafe bool canpanic()
    {
        var gp = getg();
        var mp = acquirem();

        if (gp != mp->curg)
        {
            releasem(mp);
            return false;
        }
        // mp.locks is 1 and not 0 because of acquirem.
        if (mp->locks != 1 || mp->mallocing != 0 || mp->throwing != throwType.throwTypeNone || mp->preemptoff != null || mp->dying != 0)
        {
            releasem(mp);
            return false;
        }
        var status = readgstatus(gp);
        if ((status & ~_Gscan) != _Grunning || gp->syscallsp != 0)
        {
            releasem(mp);
            return false;
        }
        // PORT(goos): libcallsp, on windows
        releasem(mp);
        return true; // PORT(goos)
    }

    // crash is in signal_unix.go of Go, where it dies of SIGABRT.
    // PORT(crash): Environment.FailFast does that and lets the CLR write its dump.
    private static void crash()
    {
        Environment.FailFast("runtime: crash");
    }
}
