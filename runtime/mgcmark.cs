// Ports src/runtime/mgcmark.go of go1.20: the collector's jobs.
namespace golang;

public static partial class runtime
{
    // PORT(gcroots): Go's root jobs scan: data and BSS of the program, the finalizer queue,
    // the specials of the heap, one stack per job. All of these are the CLR's. The jobs here
    // work on the port's own memory: one that frees the frames of dead goroutines, as in Go
    // one frees their stacks, and one per shard of allgs that looks at every G.
    internal const int fixedRootFreeGStacks = 0;
    // PORT(gcroots)
    internal const int fixedRootCount = 1;
    // PORT(gcroots): rootBlockBytes, maxObletBytes; pagesPerSpanRoot

    // drainCheckThreshold is how much work gcDrain does between two looks at whether it should
    // stop. A smaller value makes the loop slower (a look may be a system call), a larger one
    // keeps other work waiting.
    // PORT(gcwork): in Go 100000, bytes at some 1 MB/ms. What is counted here is frames, of a
    // hundred bytes or so.
    internal const int64 drainCheckThreshold = 100000 / 100;

    // stacksPerRoot is the number of Gs in a shard. A G costs little here, and after each job
    // an idle worker polls the network.
    internal const int stacksPerRoot = 64;

    // gcMarkRootPrepare sets up the root jobs.
    //
    // The world must be stopped.
    internal static unsafe void gcMarkRootPrepare()
    {
        assertWorldStopped();

        // PORT(gcroots): data, BSS and spans

        // Goroutines.
        //
        // A G that is made after this is not looked at: it starts with nothing to look at.
        (work.stackRoots, var n) = allGsSnapshot();
        work.nStackRoots = (int)n;

        work.markrootNext = 0;
        work.markrootJobs = (uint32)(fixedRootCount + (int)divRoundUp((uintptr)work.nStackRoots, stacksPerRoot)); // PORT(gcroots)

        // The first index of each kind of root
        // PORT(gcroots): baseData, baseBSS and baseSpans
        work.baseStacks = (uint32)fixedRootCount;
        work.baseEnd = work.markrootJobs;
    }

    // gcMarkRootCheck checks that every root job was done. For debugging.
    internal static unsafe void gcMarkRootCheck()
    {
        if (work.markrootNext < work.markrootJobs)
        {
            print(work.markrootNext, " of ", work.markrootJobs, " markroot jobs done\n");
            @throw("left over markroot jobs");
        }

        // Check that no G was missed.
        //
        // Only the first nStackRoots Gs: newer ones do not matter (see gcMarkRootPrepare), so
        // no lock is needed.
        var i = 0;
        forEachGRace(gp =>
        {
            if (i >= work.nStackRoots)
            {
                return;
            }

            if (!gp->gcscandone)
            {
                println("gp", gp, "goid", gp->goid, "status", readgstatus(gp), "gcscandone", gp->gcscandone);
                @throw("scan missed a g");
            }

            i++;
        });
    }

    // markroot does root job i.
    //
    // Preemption must be off, because of gcw.
    //
    // It returns the amount of work done.
    // PORT(gcroots)
    internal static unsafe int64 markroot(gcWork* gcw, uint32 i)
    {
        int64 workDone = 0;
        switch (i)
        {
            case fixedRootFreeGStacks:
                // On the system stack, as it takes sched.gFree.lock.
                using (systemstack())
                {
                    var n = markrootFreeGStacks();
                    gcw->framesFreed += n;
                    gcw->heapScanWork += n;
                    workDone += n;
                }
                break;

            default:
                // the rest are shards of allgs
                if (i < work.baseStacks || work.baseEnd <= i)
                {
                    printlock();
                    print("runtime: markroot index ", i, " not in stack roots range [", work.baseStacks, ", ", work.baseEnd, ")\n");
                    @throw("markroot: bad index");
                }
                var first = (int)(i - work.baseStacks) * stacksPerRoot;
                for (var j = first; j < first + stacksPerRoot && j < work.nStackRoots; j++)
                {
                    var gp = work.stackRoots[j];

                    // remember when we first saw the G blocked; only tracebacks show it
                    var status = readgstatus(gp); // not in a scan state
                    if ((status == _Gwaiting || status == _Gsyscall) && gp->waitsince == 0)
                    {
                        gp->waitsince = work.tstart;
                    }

                    // PORT(gcroots): suspendG, scanstack, resumeG: the CLR finds the frames. A
                    // running G need not stand still for what is done here.
                    if (status == _Gdead)
                    {
                        gp->gcscandone = true;
                        continue;
                    }
                    if (gp->gcscandone)
                    {
                        @throw("g already scanned");
                    }
                    // PORT(gcwork): its frames are in use. If it dies while this cycle marks,
                    // they are work for it: see gfput.
                    gp->preemptShrink = true;
                    workDone++;
                    gp->gcscandone = true;
                }
                gcController.stackScanWork.Add(workDone);
                break;
        }
        // PORT(assist): gcFlushBgCredit.
        return workDone;
    }

    // markrootFreeGStacks frees the frames that dead Gs have in their caches and returns how
    // many there were.
    //
    // Not those of dead Gs that a P caches: these are few.
    internal static unsafe int markrootFreeGStacks()
    {
        // Take the list of dead Gs with frames.
        @lock(&sched->gFree.@lock);
        var list = sched->gFree.stack;
        sched->gFree.stack = default;
        unlock(&sched->gFree.@lock);
        if (list.empty())
        {
            return 0;
        }

        // Free the frames.
        var n = 0;
        var q = new gQueue { head = list.head, tail = list.head };
        for (var gp = list.head.ptr(); gp != null; gp = gp->schedlink.ptr())
        {
            // PORT(freeframes): Go frees the whole stack. Here the stack object stays: others
            // may look at it at any time (isSystemGoroutine); what it holds goes.
            n += stack.freeFrames(gp->sched.stk);
            // The Gs are linked the right way: change the queue directly.
            q.tail.set(gp);
        }

        // Give the Gs back.
        @lock(&sched->gFree.@lock);
        sched->gFree.noStack.pushAll(q);
        unlock(&sched->gFree.@lock);
        return n; // PORT(freeframes)
    }

    [Flags]
    internal enum gcDrainFlags
    {
        gcDrainUntilPreempt = 1 << 0,
        gcDrainFlushBgCredit = 1 << 1,
        gcDrainIdle = 1 << 2,
        gcDrainFractional = 1 << 3,
    }

    // gcDrain does root jobs and other work until it cannot get any. It may return before the cycle
    // is done; the caller must see to the work of other Ps.
    //
    // With gcDrainUntilPreempt it returns when g.preempt is set.
    //
    // With gcDrainIdle it returns when there is other work to do.
    //
    // With gcDrainFractional it returns when pollFractionalWorkerExit() says so.
    //
    // gcDrainFlushBgCredit: PORT(assist): there are no assists to give credit to.
    //
    // It always returns when somebody wants to stop the world.
    internal static unsafe void gcDrain(gcWork* gcw, gcDrainFlags flags)
    {
        if (!writeBarrier.needed)
        {
            @throw("gcDrain phase incorrect");
        }

        var gp = getg()->m->curg;
        var preemptible = (flags & gcDrainFlags.gcDrainUntilPreempt) != 0;
        // PORT(assist): flushBgCredit.
        var idle = (flags & gcDrainFlags.gcDrainIdle) != 0;

        var initScanWork = gcw->heapScanWork;

        // checkWork is how much work is to be done before the next look at whether to stop.
        var checkWork = int64.MaxValue; // 1<<63 - 1
        delegate*<bool> check = null;
        if ((flags & (gcDrainFlags.gcDrainIdle | gcDrainFlags.gcDrainFractional)) != 0)
        {
            checkWork = initScanWork + drainCheckThreshold;
            if (idle)
            {
                check = &pollWork;
            }
            else if ((flags & gcDrainFlags.gcDrainFractional) != 0)
            {
                check = &pollFractionalWorkerExit;
            }
        }

        // Do root jobs.
        if (work.markrootNext < work.markrootJobs)
        {
            // Stop if we may be preempted, or if somebody wants to stop the world.
            while (!(gp->preempt && (preemptible || sched->gcwaiting.Load())))
            {
                var job = atomic.Xadd(ref work.markrootNext, +1) - 1;
                if (job >= work.markrootJobs)
                {
                    break;
                }
                markroot(gcw, job);
                if (check != null && check())
                {
                    goto done;
                }
            }
        }

        // Do the work that was found.
        // Stop if we may be preempted, or if somebody wants to stop the world.
        while (!(gp->preempt && (preemptible || sched->gcwaiting.Load())))
        {
            // See that there is some in the global list, without asking whether anybody waits
            // for it: better a few exchanges too many than a worker that waits.
            if (work.full.empty())
            {
                gcw->balance();
            }

            var b = gcw->tryGetFast();
            if (b == 0)
            {
                b = gcw->tryGet();
                // PORT(wb): Go flushes the write barrier buffer if there is none, and tries again.
            }
            if (b == 0)
            {
                // No work to be had.
                break;
            }
            scanobject(b, gcw);

            // Flush the count of the work when it is large enough.
            // PORT(assist): so that assists may draw on it.
            if (gcw->heapScanWork >= gcCreditSlack)
            {
                gcController.heapScanWork.Add(gcw->heapScanWork);
                checkWork -= gcw->heapScanWork;
                gcw->heapScanWork = 0;

                if (checkWork <= 0)
                {
                    checkWork += drainCheckThreshold;
                    if (check != null && check())
                    {
                        break;
                    }
                }
            }
        }

    done:
        // Flush the rest of the count.
        if (gcw->heapScanWork > 0)
        {
            gcController.heapScanWork.Add(gcw->heapScanWork);
            gcw->heapScanWork = 0;
        }
    }

    // scanobject does what is to be done with an object from the work.
    // PORT(gcwork): a G that has died in this cycle. Its frames are freed, and it is given to those
    // who look for a dead G.
    internal static unsafe void scanobject(uintptr b, gcWork* gcw)
    {
        var gp = (g*)b;
        var n = stack.freeFrames(gp->sched.stk);
        gcw->framesFreed += n;
        gcw->heapScanWork += n;

        sched->ngsys.Add(-1);
        @lock(&sched->gFree.@lock);
        sched->gFree.noStack.push(gp);
        sched->gFree.n++;
        unlock(&sched->gFree.@lock);
    }
}
