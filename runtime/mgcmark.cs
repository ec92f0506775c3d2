// Ports src/runtime/mgcmark.go of go1.20: the collector's jobs.
namespace go;

public static partial class runtime
{
    // PORT(gcroots): Go's root jobs scan: data and BSS of the program, the finalizer queue,
    // the specials of the heap, one stack per job. All of these are the CLR's. The jobs here
    // work on the port's own memory: one that frees the frames of dead goroutines, as in Go
    // one frees their stacks, and one per shard of allgs that looks at every G.
    internal const int fixedRootFreeGStacks = 0;
    internal const int fixedRootCount = 1;

    // stacksPerRoot is the number of Gs in a shard. A G costs little here, and after each job
    // an idle worker polls the network.
    internal const int stacksPerRoot = 64;

    // gcMarkRootPrepare sets up the root jobs.
    //
    // The world must be stopped.
    internal static unsafe void gcMarkRootPrepare()
    {
        assertWorldStopped();

        // Goroutines.
        //
        // A G that is made after this is not looked at: it starts with nothing to look at.
        (work.stackRoots, var n) = allGsSnapshot();
        work.nStackRoots = (int)n;

        work.markrootNext = 0;
        work.markrootJobs = (uint32)(fixedRootCount + (int)divRoundUp((uintptr)work.nStackRoots, stacksPerRoot));

        // The first index of each kind of root
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

                    // PORT(gcroots): suspendG, scanstack, resumeG: the CLR finds the frames.
                    if (gp->gcscandone)
                    {
                        @throw("g already scanned");
                    }
                    gp->gcscandone = true;
                    workDone++;
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
        gQueue q = default;
        q.head = list.head;
        q.tail = list.head;
        for (var gp = list.head.ptr(); gp != null; gp = gp->schedlink.ptr())
        {
            // PORT(freeframes): Go frees the whole stack. Here the stack object stays: others
            // may look at it at any time (isSystemGoroutine); what it holds goes.
            n += stack.of(gp->sched.stk).freeFrames();
            // The Gs are linked the right way: change the queue directly.
            q.tail.set(gp);
        }

        // Give the Gs back.
        @lock(&sched->gFree.@lock);
        sched->gFree.noStack.pushAll(q);
        unlock(&sched->gFree.@lock);
        return n;
    }

    [Flags]
    internal enum gcDrainFlags
    {
        gcDrainUntilPreempt = 1 << 0,
        gcDrainFlushBgCredit = 1 << 1,
        gcDrainIdle = 1 << 2,
        gcDrainFractional = 1 << 3,
    }

    // gcDrain does root jobs until it cannot get any. It may return before the cycle is done;
    // the caller must see to the work of other Ps.
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
        var idle = (flags & gcDrainFlags.gcDrainIdle) != 0;

        delegate*<bool> check = null;
        if ((flags & (gcDrainFlags.gcDrainIdle | gcDrainFlags.gcDrainFractional)) != 0)
        {
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

        // PORT(gcwork): no grey objects to scan.

    done:
        // Flush the work.
        if (gcw->heapScanWork > 0)
        {
            gcController.heapScanWork.Add(gcw->heapScanWork);
            gcw->heapScanWork = 0;
        }
    }
}
