// Ports src/runtime/traceback.go of go1.20: it walks the chain of frames of a goroutine.
using System.Diagnostics;
using System.Reflection;

namespace golang;

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
        // PORT(traceback): the class is not known if the function is not a lambda.
        var name = stk.gopc.createdBy;
        if (name != "" && (!name.Contains('.', StringComparison.Ordinal) || showframe(name, gp)) && gp->goid != 1) // PORT(traceback)
        {
            printcreatedby1(stk);
        }
    }

    // PORT(gopc): name, file and line are known; PORT(traceback): no offset.
    internal static void printcreatedby1(stack stk)
    {
        print("created by ", stk.gopc.createdBy, "\n");
        print("\t", stk.gopc.file == "" ? "?" : stk.gopc.file, ":", stk.gopc.line, "\n");
    }

    // traceback prints the stack of gp: first the part that is on the calling thread, if there
    // is one, then the frames from the leaf to the bottom.
    // PORT(traceback): trace is what Go finds from pc, sp and lr.
    internal static unsafe void traceback(g* gp, StackTrace? trace)
    {
        traceback1(trace, gp, 0);
    }

    internal static unsafe void traceback1(StackTrace? trace, g* gp, uint flags)
    {
        // PORT(cgo), PORT(vdso): no other stack to take over from.

        // Print the traceback, by default without the frames of the runtime. If that is
        // nothing at all, once more with all of them.
        var n = gentraceback(trace, gp, _TracebackMaxFrames, flags);
        if (n == 0 && (flags & _TraceRuntimeFrames) == 0)
        {
            n = gentraceback(trace, gp, _TracebackMaxFrames, flags | _TraceRuntimeFrames);
        }
        if (n == _TracebackMaxFrames)
        {
            print("...additional frames elided...\n");
        }
        printcreatedby(gp);
        // PORT(ancestors)
    }

    // gentraceback prints up to max frames and returns how many.
    // PORT(traceback): Go decodes the stack by its tables. A frame on the heap knows its method
    // and at which await it is; what is on the thread the CLR decodes.
    internal static unsafe int gentraceback(StackTrace? trace, g* gp, int max, uint flags)
    {
        var n = 0;
        if (trace != null)
        {
            Type? sm = null;
            for (var i = 0; i < trace.FrameCount && n < max; i++)
            {
                var f = trace.GetFrame(i)!;
                var method = f.GetMethod();
                if (method == null)
                {
                    continue;
                }
                var t = method.DeclaringType;
                if (t == typeof(runtime) && method.Name == nameof(mloop) && gp != gp->m->g0)
                {
                    // Below it is g0.
                    break;
                }
                if (method.IsDefined(typeof(StackTraceHiddenAttribute), false) || (t != null && t.IsDefined(typeof(StackTraceHiddenAttribute), false)))
                {
                    continue;
                }
                if (t != null && method.Name == nameof(IAsyncStateMachine.MoveNext) && typeof(IAsyncStateMachine).IsAssignableFrom(t))
                {
                    sm = definition(t);
                    if (t.DeclaringType == typeof(runtime) && funcname(t) == "runtime.Stack")
                    {
                        // A stack begins at the caller of Stack.
                        continue;
                    }
                    n += printframe(funcname(t), f.GetFileName(), f.GetFileLineNumber(), gp, flags);
                    continue;
                }
                if (sm != null && method.GetCustomAttribute<AsyncStateMachineAttribute>() is { } a && definition(a.StateMachineType) == sm)
                {
                    // The first half of the method that was printed just now.
                    sm = null;
                    continue;
                }
                sm = null;
                n += printframe(funcname(t, method.Name), f.GetFileName(), f.GetFileLineNumber(), gp, flags);
            }
        }
        if (gp->sched.stk == 0)
        {
            return n;
        }

        // The frames that have ended since the last park are not in the chain any more. The one
        // that runs, if one does, is on a thread.
        var stk = stack.of(gp->sched.stk);
        var fp = gp->sched.sp;
        while (fp != null && fp is not stack && !fp.used)
        {
            fp = fp.caller;
        }
        if (trace != null && gp != gp->m->g0 && fp != null && fp is not stack)
        {
            fp = fp.caller;
        }
        for (; fp != null && fp is not stack && n < max; fp = fp.caller)
        {
            var (file, line) = funcline(fp.method, fp.state);
            n += printframe(funcname(fp.method), file, line, gp, flags);
        }
        if (fp == stk && stk.fn != null && n < max)
        {
            // Not started yet.
            var entry = stk.fn.Method;
            var (file, line) = funcline(entry);
            n += printframe(funcname(entry.DeclaringType, entry.Name), file, line, gp, flags);
        }
        return n;
    }

    // onstack is PORT(traceback): it reports whether frames of a goroutine are on the thread, above g0's loop.
    private static bool onstack(StackTrace trace)
    {
        for (var i = 0; i < trace.FrameCount; i++)
        {
            var method = trace.GetFrame(i)!.GetMethod();
            var t = method?.DeclaringType;
            if (t == typeof(runtime) && method!.Name == nameof(mloop))
            {
                return false;
            }
            if (t != null && method!.Name == nameof(IAsyncStateMachine.MoveNext) && typeof(IAsyncStateMachine).IsAssignableFrom(t))
            {
                return true;
            }
        }
        return false;
    }

    // PORT(traceback)
    private static Type definition(Type t) => t.IsGenericType ? t.GetGenericTypeDefinition() : t;

    // printframe is PORT(traceback): it prints a frame that is to be shown, and returns how many those are: 1 or 0.
    private static unsafe int printframe(string name, string? file, int line, g* gp, uint flags)
    {
        if ((flags & _TraceRuntimeFrames) == 0 && !showframe(name, gp))
        {
            return 0;
        }
        print(name, "(...)\n");
        print("\t", file ?? "?", ":", line, "\n");
        return 1;
    }

    // showframe reports whether the frame is shown in a traceback of gp.
    internal static unsafe bool showframe(string name, g* gp)
    {
        var mp = getg()->m;
        // PORT(traceback): a name says which function it is. PORT(signal): caughtsig
        if (mp->throwing >= throwType.throwTypeRuntime && gp != null && gp == mp->curg)
        {
            return true;
        }
        return showfuncinfo(name);
    }

    // showfuncinfo reports whether a function of that name is shown.
    internal static bool showfuncinfo(string name)
    {
        var (level, _, _) = gotraceback();
        if (level > 1)
        {
            // Show all frames.
            return true;
        }

        // PORT(traceback): no wrappers, and gopanic is hidden, as it is in Go at the top.
        return name.Contains('.', StringComparison.Ordinal) && (!name.StartsWith("runtime.", StringComparison.Ordinal) || isExportedRuntime(name));
    }

    // isExportedRuntime reports whether name is an exported function of the runtime.
    internal static bool isExportedRuntime(string name)
    {
        const string prefix = "runtime.";
        var n = prefix.Length;
        return name.Length > n && name[..n] == prefix && 'A' <= name[n] && name[n] <= 'Z';
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
            // PORT(traceback): systemstack left its frames on this thread, mcall did not.
            var trace = new StackTrace(fNeedFileInfo: true);
            traceback(curgp, onstack(trace) ? trace : null);
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
                traceback(gp, null);
            }
        });
    }

    // PORT(cgo): cgoTracebackArg, cgoContextArg and cgoSymbolizerArg

    // isSystemGoroutine reports whether gp belongs to the runtime itself; such goroutines
    // are left out of tracebacks, of NumGoroutine and of the count for deadlock detection.
    // runtime.main does not count as one.
    internal static unsafe bool isSystemGoroutine(g* gp, bool @fixed)
    {
        // PORT(traceback): Go asks the name of the entry function; here the one who
        // created the goroutine is known to be the runtime by an empty file name. rt0 gives
        // runtime.main another one.
        if (gp->sched.stk == 0 || stack.of(gp->sched.stk).gopc.file != "")
        {
            return false;
        }
        if (gp == fing) // PORT(traceback)
        {
            // The finalizer goroutine belongs to the user while it runs user code.
            if (@fixed)
            {
                // It changes sides: with fixed, count it as the user's in any case.
                return false;
            }
            return (fingStatus.Load() & fingRunningFinalizer) == 0;
        }
        return true; // PORT(traceback)
    }
}
