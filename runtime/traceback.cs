// Ports src/runtime/traceback.go of go1.20: it walks the chain of frames of a goroutine.
using System.Reflection;

namespace go;

public static partial class runtime
{
    // Show what created the goroutine, except the main goroutine (goid 1).
    internal static unsafe void printcreatedby(g* gp)
    {
        if (gp->sched.stk == 0)
        {
            return;
        }
        var stk = stack.of(gp->sched.stk);
        if (stk.creator != "" && gp->goid != 1)
        {
            print("created by ", stk.createdBy, "\n");
            print("\t", stk.file, ":", stk.line, "\n");
        }
    }

    // traceback prints the stack of gp: first the part that is on a thread, if the caller
    // has it as text, then the frames from the leaf to the bottom.
    // PORT(traceback): Go decodes the stack by its tables; a frame knows its method.
    internal static unsafe void traceback(g* gp, string trace)
    {
        foreach (var line in trace.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var s = line.Trim();
            if (s.StartsWith("at ", StringComparison.Ordinal))
            {
                s = s[3..];
                var i = s.LastIndexOf(") in ", StringComparison.Ordinal);
                if (i < 0)
                {
                    print(s, "\n");
                }
                else
                {
                    print(s[..(i + 1)], "\n\t", s[(i + 5)..].Replace(":line ", ":", StringComparison.Ordinal), "\n");
                }
            }
        }
        if (gp->sched.stk != 0 && (readgstatus(gp) & ~_Gscan) != _Grunning)
        {
            for (var f = gp->sched.sp; f != null && f is not stack; f = f.caller)
            {
                print(funcname(f.method), "(...)\n");
            }
        }
        printcreatedby(gp);
    }

    // funcname makes the Go name of a method out of its state machine type: the type is
    // called <Name>d__7 and nested in the class that has the method.
    internal static string funcname(Type sm)
    {
        var name = sm.Name;
        int from = name.IndexOf('<', StringComparison.Ordinal);
        int to = name.LastIndexOf('>');
        if (from >= 0 && to > from)
        {
            name = name[(from + 1)..to].Trim('<', '>');
        }
        return funcname(sm.DeclaringType, name);
    }

    // The name with the classes around it, without those that the compiler made.
    internal static string funcname(Type? t, string name)
    {
        for (; t != null; t = t.DeclaringType)
        {
            if (!t.Name.StartsWith('<'))
            {
                name = t.Name + "." + name;
            }
        }
        return name;
    }

    internal static readonly string[] gStatusStrings =
    [
        "idle",
        "runnable",
        "running",
        "syscall",
        "waiting",
        "",
        "dead",
        "",
        "copystack",
        "preempted",
    ];

    internal static unsafe void goroutineheader(g* gp)
    {
        var gpstatus = readgstatus(gp);

        var isScan = (gpstatus & _Gscan) != 0;
        gpstatus &= ~_Gscan; // drop the scan bit

        // What the state says
        string status;
        if (0 <= gpstatus && gpstatus < (uint32)gStatusStrings.Length)
        {
            status = gStatusStrings[gpstatus];
        }
        else
        {
            status = "???";
        }

        // What is known better.
        if (gpstatus == _Gwaiting && gp->waitreason != waitReasonZero)
        {
            status = gp->waitreason.String();
        }

        // for how long the goroutine has been blocked, about, in minutes
        int64 waitfor = 0;
        if ((gpstatus == _Gwaiting || gpstatus == _Gsyscall) && gp->waitsince != 0)
        {
            waitfor = (nanotime() - gp->waitsince) / 60_000_000_000;
        }
        print("goroutine ", gp->goid, " [", status);
        if (isScan)
        {
            print(" (scan)");
        }
        if (waitfor >= 1)
        {
            print(", ", waitfor, " minutes");
        }
        if (gp->lockedm != 0)
        {
            print(", locked to thread");
        }
        print("]:\n");
    }

    internal static unsafe void tracebackothers(g* me)
    {
        var (level, _, _) = gotraceback();

        // The current goroutine first, unless it was shown already.
        var curgp = getg()->m->curg;
        if (curgp != null && curgp != me)
        {
            print("\n");
            goroutineheader(curgp);
            traceback(curgp, "");
        }

        // forEachG takes a lock, which after a crash could be out of order or a deadlock.
        // forEachGRace takes none: goroutines created from now on may be missed, which
        // they would be anyway.
        forEachGRace(p =>
        {
            g* gp = p;
            if (gp == me || gp == curgp || readgstatus(gp) == _Gdead || (isSystemGoroutine(gp, false) && level < 2))
            {
                return;
            }
            print("\n");
            goroutineheader(gp);
            if (gp->m != getg()->m && (readgstatus(gp) & ~_Gscan) == _Grunning)
            {
                print("\tgoroutine running on other thread; stack unavailable\n");
                printcreatedby(gp);
            }
            else
            {
                traceback(gp, "");
            }
        });
    }

    // isSystemGoroutine reports whether gp belongs to the runtime itself; such goroutines
    // are left out of tracebacks, of NumGoroutine and of the count for deadlock detection.
    // runtime.main does not count as one.
    internal static unsafe bool isSystemGoroutine(g* gp, bool @fixed)
    {
        // PORT(traceback): Go asks the name of the entry function; here the one who
        // created the goroutine is known to be the runtime by an empty file name. rt0 gives
        // runtime.main another one.
        if (gp->sched.stk == 0 || stack.of(gp->sched.stk).file != "")
        {
            return false;
        }
        if (gp == fing)
        {
            // The finalizer goroutine belongs to the user while it runs user code.
            if (@fixed)
            {
                // It changes sides: with fixed, count it as the user's in any case.
                return false;
            }
            return (fingStatus.Load() & fingRunningFinalizer) == 0;
        }
        return true;
    }
}
