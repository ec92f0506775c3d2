// Ports src/runtime/mcheckmark.go of go1.20: the checks of GODEBUG=gccheckmark=1.
using System.Collections.Generic;

namespace golang;

public static partial class runtime
{
    // Everything in it is PORT(checkmark): Go marks the heap a second time, with the world stopped, to find out
    // whether the concurrent mark has missed an object. The CLR marks here. What is checked
    // instead, at the same place and under the same variable, is the port's own memory: every
    // pollDesc, every G and every timer, and whether what they say of each other fits.
    //
    // The world is stopped, so no goroutine runs and no P is in use. But threads without a P
    // still do: in the network poller, at the end of a system call, in sysmon, and foreign
    // ones that make goroutines or stop timers. A check must hold at every moment of those.

    // checkmarks checks everything and is fatal if something is wrong.
    //
    // On g0; the world must be stopped.
    internal static unsafe void checkmarks()
    {
        assertWorldStopped();

        // All Gs. Those that are made from now on are dead or runnable.
        HashSet<uintptr> gs = [];
        @lock(allglock);
        var (all, n) = allGsSnapshot();
        for (uintptr i = 0; i < n; i++)
        {
            gs.Add((uintptr)all[i]);
        }
        unlock(allglock);
        foreach (var gp in gs)
        {
            checkmarkfail(checkmarkg((g*)gp));
        }

        // The queues: what is on them is runnable.
        foreach (var pp in allp)
        {
            checkmarkfail(checkmarkrunq(pp, gs));
        }
        checkmarkfail(checkmarkglobrunq());

        // The timers.
        foreach (var pp in allp)
        {
            checkmarkfail(checkmarktimers(pp));
        }

        // The pollDescs. One that is free now may be opened by a foreign thread meanwhile, but
        // nobody can park on it.
        HashSet<uintptr> free = [];
        @lock(&pollcache->@lock);
        for (var pd = pollcache->first; pd != null; pd = pd->link)
        {
            free.Add((uintptr)pd);
        }
        List<uintptr> pds = [];
        for (var i = 0; i < pollcache->blocks.len; i++)
        {
            var pd = pollcache->blocks[i];
            for (var n1 = Math.Max(pollBlockSize / sizeof(pollDesc), 1); n1 > 0; n1--)
            {
                pds.Add((uintptr)pd++);
            }
        }
        unlock(&pollcache->@lock);
        foreach (var pd in pds)
        {
            checkmarkfail(checkmarkpd((pollDesc*)pd, free.Contains(pd), gs));
        }
    }

    internal static void checkmarkfail(string? s)
    {
        if (s != null)
        {
            @throw("checkmark: " + s);
        }
    }

    // checkmarkg returns what is wrong with gp, or null.
    internal static unsafe string? checkmarkg(g* gp)
    {
        // An M that returns from a system call or from the poller may change the status and,
        // after it, m: then look again.
        for (; ; )
        {
            var status = readgstatus(gp);
            var mp = gp->m;
            var curg = mp == null ? null : mp->curg;
            var sched = gp->sched.stk != 0;
            if (readgstatus(gp) != status)
            {
                continue;
            }
            switch (status & ~_Gscan)
            {
                case _Gdead:
                    // Not in use. A foreign thread may be setting it up.
                    return null;
                case _Grunnable:
                    return sched ? null : "runnable g without a stack";
                case _Gwaiting:
                    if (gp->waitreason == waitReasonZero)
                    {
                        return "waiting g without a reason";
                    }
                    // Only who runs in this state has an m: a worker, or who stops the world.
                    if (mp != null && curg != gp)
                    {
                        return "waiting g with an m of another g";
                    }
                    return sched ? null : "waiting g without a stack";
                case _Grunning:
                case _Gsyscall:
                    if (mp == null)
                    {
                        return "g in a system call without an m";
                    }
                    if (curg != gp)
                    {
                        return "g in a system call with an m of another g";
                    }
                    return null;
                default:
                    return "g with a bad status";
            }
        }
    }

    // checkmarkrunq returns what is wrong with the run queue of pp, or null. Nobody runs on pp.
    internal static unsafe string? checkmarkrunq(p* pp, HashSet<uintptr> gs)
    {
        var h = atomic.LoadAcq(ref pp->runqhead);
        var t = atomic.LoadAcq(ref pp->runqtail);
        if (t - h > runqlen)
        {
            return "run queue longer than itself";
        }
        for (; h != t; h++)
        {
            if (!checkmarkrunnable(pp->runq[(int)(h % runqlen)].ptr(), gs))
            {
                return "g on a run queue is not runnable";
            }
        }
        if (pp->runnext != 0 && !checkmarkrunnable(pp->runnext.ptr(), gs))
        {
            return "runnext is not runnable";
        }
        return null;
    }

    internal static unsafe bool checkmarkrunnable(g* gp, HashSet<uintptr> gs)
    {
        return gs.Contains((uintptr)gp) && (readgstatus(gp) & ~_Gscan) == _Grunnable;
    }

    // checkmarkglobrunq returns what is wrong with the global run queue, or null.
    internal static unsafe string? checkmarkglobrunq()
    {
        @lock(&sched->@lock);
        string? bad = null;
        int32 n = 0;
        g* last = null;
        for (var gp = sched->runq.head.ptr(); gp != null; gp = gp->schedlink.ptr())
        {
            // The g may be younger than the snapshot of allgs.
            if ((readgstatus(gp) & ~_Gscan) != _Grunnable)
            {
                bad = "g on the global run queue is not runnable";
                break;
            }
            n++;
            last = gp;
        }
        if (bad == null && n != sched->runqsize)
        {
            bad = "runqsize is not the length of the global run queue";
        }
        if (bad == null && last != sched->runq.tail.ptr())
        {
            bad = "the tail of the global run queue is not its last g";
        }
        unlock(&sched->@lock);
        return bad;
    }

    // checkmarktimers returns what is wrong with the timers of pp, or null. verifyTimerHeap
    // checks the order of the heap.
    internal static unsafe string? checkmarktimers(p* pp)
    {
        foreigntimers.Enter();
        @lock(&pp->timersLock);
        verifyTimerHeap(pp);
        string? bad = null;
        int32 ndeleted = 0;
        for (var i = 0; i < pp->timers.len && bad == null; i++)
        {
            var t = pp->timers[i];
            if (t->pp.ptr() != pp)
            {
                bad = "timer in the heap of another p";
            }
            // A deleted timer may have lost its function (pollDesc.rt).
            if (t->f == null && t->status.Load() != timerDeleted)
            {
                bad = "timer without a function";
            }
            if (t->root != 0 && t->owner == null)
            {
                bad = "timer in a heap without its owner";
            }
            switch (t->status.Load())
            {
                case timerWaiting:
                case timerModifiedLater:
                    break;
                case timerModifiedEarlier:
                    var earliest = pp->timerModifiedEarliest.Load();
                    if (earliest == 0 || earliest > t->nextwhen)
                    {
                        bad = "timerModifiedEarliest is later than a timer's nextwhen";
                    }
                    break;
                case timerDeleted:
                    ndeleted++;
                    break;
                default:
                    // The others are states of somebody who is at work on the timer.
                    bad = "timer in a heap with a bad status";
                    break;
            }
        }
        if (bad == null && ndeleted != (int32)pp->deletedTimers.Load())
        {
            bad = "deletedTimers is not the number of deleted timers";
        }
        if (bad == null && pp->timer0When.Load() != (pp->timers.len == 0 ? 0 : pp->timers[0]->when))
        {
            bad = "timer0When is not the first timer's when";
        }
        unlock(&pp->timersLock);
        foreigntimers.Exit();
        return bad;
    }

    // checkmarkpd returns what is wrong with pd, or null. free says that it was in pollcache.
    internal static unsafe string? checkmarkpd(pollDesc* pd, bool free, HashSet<uintptr> gs)
    {
        string? bad = checkmarkpdsema(ref pd->rg, free, gs);
        bad ??= checkmarkpdsema(ref pd->wg, free, gs);
        if (free || bad != null)
        {
            return bad;
        }

        @lock(&pd->@lock);
        // What publishInfo has published.
        var info = pd->info();
        if (info.closing() != pd->closing)
        {
            bad = "pollDesc whose info says otherwise than closing";
        }
        if (info.expiredReadDeadline() != (pd->rd < 0) || info.expiredWriteDeadline() != (pd->wd < 0))
        {
            bad = "pollDesc whose info says otherwise than its deadlines";
        }
        // A deadline to come has a timer in a heap. When both are the same, rt is for both.
        if (!pd->closing)
        {
            if (pd->rd > 0 && !checkmarkpending(&pd->rt))
            {
                bad = "pollDesc with a read deadline and no timer";
            }
            if (pd->wd > 0 && pd->wd != pd->rd && !checkmarkpending(&pd->wt))
            {
                bad = "pollDesc with a write deadline and no timer";
            }
        }
        unlock(&pd->@lock);
        return bad;
    }

    // checkmarkpdsema checks one of the two semaphores of a pollDesc.
    internal static unsafe string? checkmarkpdsema(ref atomic.Uintptr gpp, bool free, HashSet<uintptr> gs)
    {
        var v = gpp.Load();
        if (v == pdNil || v == pdReady)
        {
            return null;
        }
        if (free)
        {
            return "free pollDesc with a waiter";
        }
        if (v == pdWait)
        {
            // Between pdWait and the park a goroutine runs, and none does.
            return "pollDesc in pdWait, and nobody is about to park";
        }
        if (!gs.Contains(v))
        {
            return "pollDesc with a waiter that is no g";
        }
        // Who makes the goroutine ready first takes it out of here, and nobody parks. So if it
        // is still here after the status was read, that was the status of a parked goroutine.
        var gp = (g*)v;
        var status = readgstatus(gp) & ~_Gscan;
        var reason = gp->waitreason;
        if (gpp.Load() != v)
        {
            return null;
        }
        if (status != _Gwaiting)
        {
            return "pollDesc with a waiter that does not wait";
        }
        if (reason != waitReasonIOWait)
        {
            return "pollDesc with a waiter that waits for something else";
        }
        return null;
    }

    internal static unsafe bool checkmarkpending(timer* t)
    {
        if (t->f == null)
        {
            return false;
        }
        var s = t->status.Load();
        return s == timerWaiting || s == timerModifiedEarlier || s == timerModifiedLater;
    }
}
