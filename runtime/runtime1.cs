// Ports src/runtime/runtime1.go of go1.20.

namespace golang;

public static partial class runtime
{
    // The traceback settings are cached in one word: the low bits are "crash" and "all",
    // the others the level (0 off, 1 on, 2 with the runtime's frames).
    internal const uint32 tracebackCrash = 1 << 0;
    internal const uint32 tracebackAll = 1 << 1;
    internal const int tracebackShift = 2;

    internal static uint32 traceback_cache = 2 << tracebackShift;
    internal static uint32 traceback_env;

    // gotraceback returns the traceback settings in force.
    //
    // level 0 prints no traceback, level 1 leaves out the runtime's frames, level 2 shows
    // them. all is for all goroutines, not only the current one. crash is for a core dump
    // after the traceback.
    internal static unsafe (int32 level, bool all, bool crash) gotraceback()
    {
        int32 level;
        var gp = getg();
        var t = atomic.Load(ref traceback_cache);
        var crash = (t & tracebackCrash) != 0;
        var all = gp->m->throwing >= throwType.throwTypeUser || (t & tracebackAll) != 0;
        if (gp->m->traceback != 0)
        {
            level = (int32)gp->m->traceback;
        }
        else if (gp->m->throwing >= throwType.throwTypeRuntime)
        {
            // A throw of the runtime shows the runtime's frames, unless m.traceback says
            // otherwise.
            level = 2;
        }
        else
        {
            level = (int32)(t >> tracebackShift);
        }
        return (level, all, crash);
    }

    // goenvs_unix: PORT(env): the CLR has read the environment.
    internal static void goenvs_unix()
    {
    }

    // The variables of the environment's GODEBUG.
    // PORT(godebug): only those that something here reads.
    internal struct debugvars
    {
        internal int32 gccheckmark;
        internal int32 gcstoptheworld;
        internal int32 gctrace;
        internal int32 scheddetail;
        internal int32 schedtrace;
    }

    internal static debugvars debug;

    internal static string globalGODEBUG = "";

    internal static void parsedebugvars()
    {
        // PORT(godebug): defaults of cgocheck, invalidptr, adaptivestackstart and madvdontneed

        globalGODEBUG = gogetenv("GODEBUG");
        // PORT(godebug): godebugEnv, for package internal/godebug
        for (var p = globalGODEBUG; p != "";)
        {
            var field = "";
            var i = p.IndexOf(',');
            if (i < 0)
            {
                (field, p) = (p, "");
            }
            else
            {
                (field, p) = (p[..i], p[(i + 1)..]);
            }
            i = field.IndexOf('=');
            if (i < 0)
            {
                continue;
            }
            var (key, value) = (field[..i], field[(i + 1)..]);

            // PORT(prof): memprofilerate
            var (n, ok) = atoi32(value);
            if (ok)
            {
                // PORT(godebug): a table of pointers in Go
                switch (key)
                {
                    case "gccheckmark":
                        debug.gccheckmark = n;
                        break;
                    case "gcstoptheworld":
                        debug.gcstoptheworld = n;
                        break;
                    case "gctrace":
                        debug.gctrace = n;
                        break;
                    case "scheddetail":
                        debug.scheddetail = n;
                        break;
                    case "schedtrace":
                        debug.schedtrace = n;
                        break;
                }
            }
        }

        // PORT(godebug): debug.malloc

        setTraceback(gogetenv("GOTRACEBACK"));
        traceback_env = traceback_cache;
    }

    internal static void setTraceback(string level)
    {
        uint32 t;
        switch (level)
        {
            case "none":
                t = 0;
                break;
            case "single":
            case "":
                t = 1 << tracebackShift;
                break;
            case "all":
                t = 1 << tracebackShift | tracebackAll;
                break;
            case "system":
                t = 2 << tracebackShift | tracebackAll;
                break;
            case "crash":
                t = 2 << tracebackShift | tracebackAll | tracebackCrash;
                break;
            default:
                t = tracebackAll;
                var (n, ok) = atoi(level);
                if (ok && n == (int64)(uint32)n)
                {
                    t |= (uint32)n << tracebackShift;
                }
                break;
        }
        // Where somebody else owns the process, to exit on a fatal error would be a
        // surprise: abort, which is louder.
        if (islibrary || isarchive)
        {
            t |= tracebackCrash;
        }

        t |= traceback_env;

        atomic.Store(ref traceback_cache, t);
    }

    // timediv divides without a 64-bit division; a result over 31 bits becomes 0x7fffffff.
    internal static unsafe int32 timediv(int64 v, int32 div, int32* rem)
    {
        var res = (int32)0;
        for (var bit = 30; bit >= 0; bit--)
        {
            if (v >= (int64)div << bit)
            {
                v = v - ((int64)div << bit);
                // res started as 0, so each of these sets one bit.
                res |= 1 << bit;
            }
        }
        if (v >= (int64)div)
        {
            if (rem != null)
            {
                *rem = 0;
            }
            return 0x7fffffff;
        }
        if (rem != null)
        {
            *rem = (int32)v;
        }
        return res;
    }

    // acquirem keeps the goroutine on its m: it is not preempted until releasem.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe m* acquirem()
    {
        var gp = getg();
        gp->m->locks++;
        return gp->m;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void releasem(m* mp)
    {
        var gp = getg();
        mp->locks--;
        if (mp->locks == 0 && gp->preempt)
        {
            // restore the request for preemption in case newstack has cleared it
            gp->stackguard0 = stackPreempt;
        }
    }
}
