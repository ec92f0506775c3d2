// Not from Go: Debug builds check the invariants that stand at the head of asm.cs, and say the number of one
// that does not hold. Everything in it is PORT(asm).
using System.Diagnostics;

namespace golang;

internal sealed partial class stack
{
    // checkframes is called by mloop when gp is about to go on.
    [Conditional("DEBUG")]
    internal static unsafe void checkframes(runtime.g* gp)
    {
#if DEBUG
        ref var head = ref stackhead.of(gp->sched.stk);
        invariant(notmine(gp) ?? head.stk.changed(head.sp));
#endif
    }

    // And when it has unwound, before what mcall has recorded runs. f is the frame that ran last.
    [Conditional("DEBUG")]
    internal static unsafe void checkframes(runtime.g* gp, frame f)
    {
#if DEBUG
        ref var head = ref stackhead.of(gp->sched.stk);
        var stk = head.stk;
        // The bottom has nothing to go on with: the goroutine has ended, or its function was mcall itself.
        var none = f == stk && stk.next == null;
        invariant(notmine(gp) ?? stk.violation(none ? null : head.sp));
        stk.leftleaf = none ? stk : head.sp;
        stk.leftdepth = stk.depth;
#endif
    }

    // checkended is called by mloop when the method of f has ended.
    [Conditional("DEBUG")]
    internal static void checkended(frame f)
    {
#if DEBUG
        invariant(f is stack ? "3: the bottom has returned, and has not ended the goroutine" : f.used ? null : "3: the frame of a method that has ended was given back before its caller went on");
#endif
    }

    // checktaken is called before the frame to which a hint leads is used again.
    [Conditional("DEBUG")]
    internal static void checktaken(frame f)
    {
#if DEBUG
        invariant(f.owner == current() ? null : "5: a hint leads to a frame of another stack");
#endif
    }

    // checkexc is called when a frame fails; exc is what the stack has from one that failed before.
    [Conditional("DEBUG")]
    private static void checkexc(Exception? exc)
    {
#if DEBUG
        invariant(exc == null ? null : "3: two frames have failed");
#endif
    }

    // checkmade is called when a frame is made for the stack.
    [Conditional("DEBUG")]
    private void checkmade(frame f)
    {
#if DEBUG
        f.owner = this;
#endif
    }

    // checkreset is called when a new goroutine gets the stack.
    [Conditional("DEBUG")]
    private void checkreset()
    {
#if DEBUG
        leftleaf = this;
        leftdepth = 0;
#endif
    }

#if DEBUG
    // How many frames one check looks at: there are goroutines with a million.
    private const int maxcheck = 200;

    // What the last check came to, and how often there was one.
    private int depth;
    private int64 nchecks;

    // What the goroutine left behind when it unwound.
    private frame? leftleaf;
    private int leftdepth;

    private static void invariant(string? violation)
    {
        if (violation != null)
        {
            runtime.@throw("checkframes: invariant " + violation);
        }
    }

    // notmine: only the M that runs gp may touch its frames, and that is the one on whose g0 this runs.
    private static unsafe string? notmine(runtime.g* gp)
    {
        var mp = runtime.getg()->m;
        return gp->m == mp && mp->curg == gp ? null : "1: a goroutine is run by an M that is not its own";
    }

    // changed: of a parked goroutine nobody has touched the frames.
    internal string? changed(frame? leaf)
    {
        if (leaf != leftleaf)
        {
            return "1: a parked goroutine has another leaf than when it parked";
        }
        if (violation(leaf == this ? null : leaf) is { } v)
        {
            return v;
        }
        return depth == leftdepth ? null : "1: the chain of a parked goroutine is longer or shorter than when it parked";
    }

    // violation says which invariant does not hold for the frames of this stack, null if all do. The goroutine
    // is parked with the chain that begins at leaf; with none if that is null.
    internal string? violation(frame? leaf)
    {
        nchecks++;
        depth = 0;
        if (rest?.exc != null)
        {
            return "3: a frame has failed, and its caller did not go on";
        }
        var whole = true;
        if (leaf != null)
        {
            if (leaf != hint)
            {
                return "7: the stack's hint does not lead to the leaf";
            }
            for (var f = leaf; f != this; f = f.caller, depth++)
            {
                if (depth == maxcheck)
                {
                    whole = false;
                    break;
                }
                switch (f)
                {
                    case null:
                        return "2: the chain does not end at the stack";
                    case { } when f.owner != this:
                        return "2: a frame of another stack is in the chain";
                    case { } when f.seen == nchecks:
                        return "2: a frame is in the chain twice";
                    case { status: frameFailed }:
                        return "3: a frame that has failed is in the chain of a parked goroutine";
                    case { status: not frameUsed }:
                        return "2: an idle frame is in the chain";
                }
                f.seen = nchecks;
            }
        }
        else if (idle(hint) is { } v)
        {
            return v;
        }
        if (rest == null)
        {
            return null;
        }
        foreach (var f in rest.spares.AsSpan(0, rest.nspare))
        {
            if (f.owner != this || !f.spare)
            {
                return "6: the list of spare frames has one that is not";
            }
            if (f.used && f.seen != nchecks && whole)
            {
                return "2: a used frame is not in the chain";
            }
            if (idle(f) is { } v)
            {
                return v;
            }
        }
        return null;

        // From f on, as far as hints lead to idle frames.
        string? idle(frame? f)
        {
            for (var n = 0; f is not (null or stack) && n < maxcheck; f = f.hint, n++)
            {
                if (f.owner != this)
                {
                    return "5: a hint leads to a frame of another stack";
                }
                if (f.used)
                {
                    return leaf == null ? "2: a used frame is not in the chain" : null;
                }
                if (f.status == frameEnded)
                {
                    return "4: a frame that has ended was not cleared at the next park";
                }
            }
            return null;
        }
    }
#endif
}
