// Ports src/runtime/mgc.go of go1.20: the skeleton of the collector.

// The phases' companions are written without the names of their types, as Go's constants are.
global using static golang.runtime.gcMode;
global using static golang.runtime.gcTriggerKind;

namespace golang;

// PORT(heap): the heap is the CLR's, and so is finding out what of it is garbage. What is here
// is everything around that: when a cycle starts, how the world is stopped and started, who
// works for it on which P, how its end is found. A cycle is:
//
// 1. The world is stopped (sweep termination). sync.Pools are rotated.
//
// 2. The world is started in phase _GCmark. Mark workers, which the scheduler runs, do the
//    root jobs (mgcmark.cs): they free the cached frames of dead goroutines, and look at
//    every G. A G that they have found alive and that dies in this phase is work too: its frames
//    are freed by whoever has no root job left.
//
// 3. When there is no work each P passes a safe point (forEachP) and gives what work it has
//    to all; if there was any, 2 goes on. Then the world is stopped again. A goroutine may
//    have died in between: then the world is started and 2 goes on. If not, the phase is
//    _GCmarktermination. With GODEBUG=gccheckmark=1 every pollDesc, G and timer is checked
//    (mcheckmark.cs).
//
// 4. Phase _GCoff. In gcSweep's place the CLR collects, if the cycle was asked for. The world
//    is started.
//
// There are no write barriers and no assists: nothing allocates from a heap that is being
// marked. And there is no concurrent sweeping, so a cycle is over when its mark termination is.
public static partial class runtime
{
    internal const bool _ConcurrentSweep = true;
    internal const int _FinBlockSize = 4 * 1024;

    // PORT(heap): debugScanConservative, sweepMinHeapDistance

    internal static unsafe void gcinit()
    {
        if (sizeof(workbuf) != _WorkbufSize)
        {
            @throw("size of Workbuf is suboptimal");
        }
        // PORT(heap): nothing to sweep.

        // GOGC is read from the environment.
        // PORT(pacer): GOMEMLIMIT is the CLR's business.
        gcController.init(readGOGC());

        work.startSema.v = 1;
        work.markDoneSema.v = 1;
        lockInit(work.sweepWaiters.@lock, lockRankSweepWaiters);
        // PORT(assist): assistQueue. PORT(heap): wbufSpans.
    }

    // gcenable is called when the runtime is initialised, just before user code runs. It
    // enables the collector.
    internal static void gcenable()
    {
        // PORT(heap): bgsweep and bgscavenge.

        // PORT(gctrigger): from now on the CLR's collections are noticed.
        _ = new gcSentinel();
        memstats.enablegc = true; // the runtime is initialised, a cycle may start
    }

    // PORT(gctrigger): in Go an allocation that makes the heap reach its goal starts a cycle. The
    // CLR does not ask anybody when it allocates, but a collection of it finalizes this object,
    // which then has itself finalized again. So after each of its full collections the CLR's
    // finalizer thread comes here and has forcegchelper start a cycle. Whether one is due
    // gcTrigger.test decides: a full collection that a cycle has run itself does not count.
    internal sealed class gcSentinel
    {
        ~gcSentinel()
        {
            if (new gcTrigger { kind = gcTriggerHeap }.test())
            {
                gcwakehelper();
            }
            GC.ReRegisterForFinalize(this);
        }
    }

    // gcwakehelper is PORT(gctrigger): it readies the goroutine forcegchelper, from any thread.
    internal static unsafe void gcwakehelper()
    {
        var borrowed = getg() == null;
        if (borrowed)
        {
            needm();
        }
        using (systemstack())
        {
            @lock(&forcegc->@lock);
            if (forcegc->idle.Load())
            {
                forcegc->idle.Store(false);
                forcegc->kind = (int32)gcTriggerHeap;
                gList list = default;
                list.push(forcegc->g);
                injectglist(&list);
            }
            unlock(&forcegc->@lock);
        }
        if (borrowed)
        {
            dropm();
        }
    }

    // The collector's phase.
    internal static uint32 gcphase;

    // PORT(wb): no write barriers; needed still says in which phases marking goes on.
    internal static writeBarrierState writeBarrier;

    internal struct writeBarrierState
    {
        internal bool needed;
    }

    // gcBlackenEnabled is 1 while mark workers may work. It is set only while gcphase is
    // _GCmark.
    internal static uint32 gcBlackenEnabled;

    internal const uint32 _GCoff = 0; // no cycle runs
    internal const uint32 _GCmark = 1; // jobs are done by workers, beside the program
    internal const uint32 _GCmarktermination = 2; // the world is stopped at the end of a cycle

    internal static void setGCPhase(uint32 x)
    {
        atomic.Store(ref gcphase, x);
        writeBarrier.needed = gcphase == _GCmark || gcphase == _GCmarktermination;
        // PORT(wb): writeBarrier.enabled.
    }

    // gcMarkWorkerMode says how a worker is to work. There are three kinds of them on each P.
    // PORT(assist): and, in Go, the goroutines that assist when they allocate.
    internal enum gcMarkWorkerMode
    {
        // gcMarkWorkerNotWorker: the next G is no worker, the mode means nothing.
        gcMarkWorkerNotWorker,

        // gcMarkWorkerDedicatedMode: the P runs this worker and nothing else; the worker is not
        // preempted.
        gcMarkWorkerDedicatedMode,

        // gcMarkWorkerFractionalMode: the P runs the fractional worker. There is one when
        // GOMAXPROCS*gcBackgroundUtilization is not an integer and dedicated workers alone would
        // miss gcBackgroundUtilization by too much. It works until it is preempted and is
        // scheduled for the fractional part of that product.
        gcMarkWorkerFractionalMode,

        // gcMarkWorkerIdleMode: the P runs the worker because it has nothing else to do. It works
        // until it is preempted, and its time counts in gcController.idleMarkTime.
        gcMarkWorkerIdleMode,
    }

    // PORT(trace): gcMarkWorkerModeStrings.

    // pollFractionalWorkerExit reports whether the fractional worker that calls it should give
    // way.
    internal static unsafe bool pollFractionalWorkerExit()
    {
        // This must agree with findRunnableGCWorker.
        var now = nanotime();
        var delta = now - gcController.markStartTime;
        if (delta <= 0)
        {
            return true;
        }
        var p = getg()->m->p.ptr();
        var selfTime = p->gcFractionalMarkTime + (now - p->gcMarkWorkerStartTime);
        // Some slack, so that it is not behind again at once.
        return (float64)selfTime / (float64)delta > 1.2 * gcController.fractionalUtilizationGoal;
    }

    // PORT(work): a class, because stackRoots is an array of the CLR; locks, notes and
    // semaphores, which need an address, lie in native memory as elsewhere.
    internal static readonly workType work = new();

    internal sealed unsafe class workType
    {
        internal lfstack full; // list without locks of the workbufs that hold work
        internal lfstack empty; // and of the empty ones
        // PORT(heap): wbufSpans.

        // framesFreed is how many cached frames of dead goroutines all cycles have freed. It is
        // updated atomically, and late, in batches.
        // PORT(gcwork): in Go bytesMarked.
        internal int64 framesFreed;

        internal uint32 markrootNext; // next root job
        internal uint32 markrootJobs; // number of root jobs

        internal uint32 nproc;
        internal int64 tstart;
        internal uint32 nwait;

        // Number of roots. Set by gcMarkRootPrepare.
        // PORT(gcroots): nDataRoots, nBSSRoots, nSpanRoots
        internal int nStackRoots;

        // Where each kind of root begins. Set by gcMarkRootPrepare.
        // PORT(gcroots): baseData, baseBSS, baseSpans
        internal uint32 baseStacks, baseEnd;

        // stackRoots is a snapshot of the Gs that there were before concurrent marking. The
        // array must not be changed, it may be allgs.
        internal g*[] stackRoots = [];

        // Each change of state is protected by a lock. Several threads may find at the same time
        // that a change is due. Whoever does must take the lock and look again: if it is not
        // due any more, return, else make it, and with it make the condition false before the
        // lock is released. So each change is made by one thread, and who needs it waits until
        // it is made.
        //
        // startSema protects the change from off to mark or mark termination.
        internal readonly ptr<uint32> startSema = newsema(0);
        // markDoneSema protects the changes from mark to mark termination.
        internal readonly ptr<uint32> markDoneSema = newsema(0);

        internal readonly note* bgMarkReady = @new<note>(); // a background worker has started
        // PORT(gcwork): bgMarkDone

        // mode is the mode of the current cycle.
        internal gcMode mode;

        // userForced: the current cycle was asked for by a call of GC.
        internal bool userForced;

        // timeForced: PORT(gcsweep): the current cycle was started because it was time.
        internal bool timeForced;

        // sweepWaiters is the list of goroutines to wake when mark termination is over.
        internal readonly sweepWaitersState sweepWaiters = new();

        internal sealed class sweepWaitersState
        {
            internal readonly mutex* @lock = @new<mutex>();
            internal gList list;
        }

        // cycles is the number of cycles begun. memstats.numgc is counted at mark termination.
        internal atomic.Uint32 cycles;

        // Times of this cycle.
        internal int32 stwprocs, maxprocs;
        internal int64 tSweepTerm, tMark, tMarkTerm, tEnd; // nanotime() at the start of a phase

        internal int64 pauseNS; // how long the world was stopped in this cycle
        internal int64 pauseStart; // nanotime() when it was last stopped

        // debug.gctrace: heap sizes in this cycle.
        internal uint64 heap0, heap1, heap2;

        // CPU time of all cycles.
        internal cpuStats cpuStats;
    }
}

// PORT(gcname): in class runtime the name GC would hide the CLR's GC from every file of the
// package. As an extension it is runtime.GC() all the same.
/// <summary>Holds runtime.GC.</summary>
public static class runtime_GC
{
    extension(runtime)
    {
        /// <summary>
        /// GC runs a cycle of the collector and returns when that is over. It may hold up the whole program. As part of it
        /// the CLR collects all garbage. Finalizers of what was garbage run soon after. Go: src/runtime/mgc.go.
        /// </summary>
        /// <returns>To be awaited at once.</returns>
        public static async go GC()
        {
            // A cycle is sweep termination, mark, mark termination and sweep. This function must not
            // return until a whole one has passed, from beginning to end. So the current one has to
            // be over first, and then a new one is started:
            //
            // 1. In the first three of cycle N, wait until mark termination N is over.
            //
            // 2. If it is in sweep N, help there.
            //
            // Now cycle N+1 can be had in full.
            //
            // 3. Trigger it.
            //
            // 4. Wait until mark termination N+1 is over.
            //
            // 5. Help with its sweep to the end.
            //
            // Cycles may go on by themselves meanwhile: the wait for mark termination N may end in
            // cycle N+2.

            // If a cycle is on its way to mark termination, let it get there.
            var n = runtime.work.cycles.Load();
            await runtime.gcWaitOnMark(n);

            // This is sweep N or later. Trigger cycle N+1.
            await runtime.gcStart(new runtime.gcTrigger { kind = gcTriggerCycle, n = n + 1 });

            // And let that one get to mark termination too.
            await runtime.gcWaitOnMark(n + 1);

            // PORT(gcsweep): the CLR's collection was part of mark termination: nothing is left to
            // sweep. PORT(prof): mProf_PostSweep.
        }
    }
}

public static partial class runtime
{
    // gcWaitOnMark waits until mark phase n is over. It returns at once when it is.
    internal static async go gcWaitOnMark(uint32 n)
    {
        for (; ; )
        {
            ptr<mutex> sweepWaitersLock;
            unsafe
            {
                // No change of phase from here on.
                @lock(work.sweepWaiters.@lock);
                var nMarks = work.cycles.Load();
                if (gcphase != _GCmark)
                {
                    // The mark of this cycle is over.
                    nMarks++;
                }
                if (nMarks > n)
                {
                    // Done.
                    unlock(work.sweepWaiters.@lock);
                    return;
                }

                // Mark termination of cycle n is still to come.
                work.sweepWaiters.list.push(getg());
                sweepWaitersLock = work.sweepWaiters.@lock;
            }
            await goparkunlock(sweepWaitersLock, waitReasonWaitForGCCycle, traceEvGoBlock, 1);
        }
    }

    // gcMode says how much of a cycle runs beside the program.
    internal enum gcMode
    {
        gcBackgroundMode, // beside the program
        gcForceMode, // user goroutines stand still while it is marked
        gcForceBlockMode, // and while it is swept
    }

    // A gcTrigger is a condition for the start of a cycle: for leaving the phase _GCoff.
    internal struct gcTrigger
    {
        internal gcTriggerKind kind;
        internal int64 now; // gcTriggerTime: current time
        internal uint32 n; // gcTriggerCycle: number of the cycle to start

        // test reports whether the condition holds.
        internal readonly bool test()
        {
            if (!memstats.enablegc || panicking.Load() != 0 || gcphase != _GCoff)
            {
                return false;
            }
            switch (kind)
            {
                case gcTriggerHeap:
                    // PORT(gctrigger): Go compares the size of the heap with the trigger.
                    if (gcController.gcPercent.Load() < 0)
                    {
                        return false;
                    }
                    return GC.CollectionCount(2) - System.Threading.Volatile.Read(ref gcController.collected) > 0; // PORT(gctrigger)
                case gcTriggerTime:
                    if (gcController.gcPercent.Load() < 0)
                    {
                        return false;
                    }
                    var lastgc = (int64)atomic.Load64(ref memstats.last_gc_nanotime);
                    return lastgc != 0 && now - lastgc > forcegcperiod;
                case gcTriggerCycle:
                    // n > work.cycles, across a wrap-around.
                    return (int32)(n - work.cycles.Load()) > 0;
            }
            return true;
        }
    }

    internal enum gcTriggerKind
    {
        // gcTriggerHeap: the heap has reached the size at which a cycle should start.
        // PORT(gctrigger): the CLR has done a full collection.
        gcTriggerHeap,

        // gcTriggerTime: the last cycle was more than forcegcperiod nanoseconds ago.
        gcTriggerTime,

        // gcTriggerCycle: cycle number n, as work.cycles counts, has not been started yet.
        gcTriggerCycle,
    }

    // gcStart starts a cycle: from _GCoff to _GCmark, or, with debug.gcstoptheworld, all of it.
    //
    // It may return without that, if called on g0 or with locks held for example.
    internal static async go gcStart(gcTrigger trigger)
    {
        // Do not start a cycle where preemption is off or the state may be unstable.
        unsafe
        {
            var mp = acquirem();
            if (getg() is var gp && gp == mp->g0 || mp->locks > 1 || mp->preemptoff != null)
            {
                releasem(mp);
                return;
            }
            releasem(mp);
        }

        // PORT(gcsweep): nothing is left to sweep of the last cycle.

        // Initialise the cycle, and sweep termination.
        await semacquire(work.startSema);
        // Look again at the condition now that we hold the lock.
        if (!trigger.test())
        {
            semrelease(work.startSema);
            return;
        }

        // With debug.gcstoptheworld the mode is another one. This comes after the second look,
        // so that several goroutines that see the condition do not start several such cycles.
        var mode = gcBackgroundMode;
        if (debug.gcstoptheworld == 1)
        {
            mode = gcForceMode;
        }
        else if (debug.gcstoptheworld == 2)
        {
            mode = gcForceBlockMode;
        }

        // It will be done. Stop everybody else
        await semacquire(gcsema);
        await semacquire(worldsema);

        // For gctrace: was it asked for? Written under gcsema, so that it is right there.
        work.userForced = trigger.kind == gcTriggerCycle;
        work.timeForced = trigger.kind == gcTriggerTime; // PORT(gcsweep)

        // PORT(trace): traceGCStart. PORT(heap): the flushes of mcaches.

        gcBgMarkStartWorkers();

        unsafe
        {
            using (systemstack())
            {
                gcResetMarkState();
            }

            (work.stwprocs, work.maxprocs) = (gomaxprocs, gomaxprocs);
            if (work.stwprocs > ncpu)
            {
                // For the CPU time of the pauses: not more than there are CPUs.
                work.stwprocs = ncpu;
            }
            work.heap0 = gcController.heapLive(); // PORT(heap): heap1 too.
            work.pauseNS = 0;
            work.mode = mode;

            var now = nanotime();
            work.tSweepTerm = now;
            work.pauseStart = now;
            // PORT(trace): traceGCSTWStart.
            using (systemstack())
            {
                stopTheWorldWithSema();
            }
            // PORT(gcsweep): finishsweep_m.

            // Clear the pools now: later, what is in them would not be freed before the next
            // cycle.
            clearpools();

            work.cycles.Add(1);

            // Workers can start the moment the world does.
            gcController.startCycle(now, (int)gomaxprocs, trigger);

            // PORT(limiter): gcCPULimiter.

            // In the modes that stop the world no user goroutine is scheduled. That may hold for
            // this one too, so it may block as soon as the world is started.
            if (mode != gcBackgroundMode)
            {
                schedEnableUser(false);
            }

            // The phase of concurrent marking.
            //
            // The world is stopped, so all Ps see it when they start.
            setGCPhase(_GCmark);

            gcBgMarkPrepare(); // must happen before workers are enabled
            gcMarkRootPrepare();

            // PORT(heap): gcMarkTinyAllocs.

            // Workers may work from here on.
            atomic.Store(ref gcBlackenEnabled, 1);

            // In the modes that stop the world we could block the moment the world starts, so
            // keep this from being preempted.
            var mp = acquirem();

            // Concurrent mark.
            using (systemstack())
            {
                now = startTheWorldWithSema(false);
                work.pauseNS += now - work.pauseStart;
                work.tMark = now; // PORT(memstats): gcPauseDist. PORT(limiter): gcCPULimiter.
            }

            // Release worldsema before Gosched() in those modes: it will be needed again before
            // this goroutine can run again, and we would wait for ourselves.
            semrelease(worldsema);
            releasem(mp);
        }

        // In those modes block here, do not return to user code.
        if (mode != gcBackgroundMode)
        {
            await Gosched();
        }

        semrelease(work.startSema);
    }

    // gcMarkDoneFlushed is how many Ps had work to give to the global list.
    //
    // It would be a variable of gcMarkDone, but forEachP's function captures nothing.
    //
    // markDoneSema protects it.
    internal static uint32 gcMarkDoneFlushed;

    // gcMarkDone makes the change from mark to mark termination if all work is done. If it is
    // not, work that Ps have for themselves goes to the global list, where other workers find it.
    //
    // It is to be called when there is no work to be had and no worker left:
    //
    //	work.nwait == work.nproc && !gcMarkWorkAvailable(p)
    //
    // The caller must be preemptible.
    //
    // The flush is needed because an idle P may have work. Nothing else makes that visible, and
    // so nothing else brings the cycle to its end.
    //
    // PORT(wb): Go says that write barriers in here do no harm.
    internal static async go gcMarkDone()
    {
        // Only one thread at a time runs the barrier below.
        await semacquire(work.markDoneSema);

    top:
        // Look again at the condition now that we hold the lock.
        //
        // It is essential that there is no global work before the barrier starts: otherwise a P
        // could take it after it has passed the barrier.
        unsafe
        {
            if (!(gcphase == _GCmark && work.nwait == work.nproc && !gcMarkWorkAvailable(null)))
            {
                semrelease(work.markDoneSema);
                return;
            }
        }

        // forEachP needs worldsema, and so does stopping the world later.
        await semacquire(worldsema);

        unsafe
        {
            // Flush what the Ps have, and see whether that was work.
            gcMarkDoneFlushed = 0;
            using (systemstack())
            {
                var gp = getg()->m->curg;
                // Mark the goroutine as one that may be scanned: else two that bring each other
                // to a safe point could wait for each other.
                casGToWaiting(gp, _Grunning, waitReasonGCMarkTermination);
                forEachP(&gcMarkDoneFlush);
                casgstatus(gp, _Gwaiting, _Grunning);
            }

            if (gcMarkDoneFlushed != 0)
            {
                // There was work, and there may be more to do: go on. The condition may have
                // come true again during the barrier, so look at it once more.
                semrelease(worldsema);
                goto top;
            }

            // No global work, no local work, and nobody has passed on any since this holds
            // markDoneSema. So all there was is done. Go on to mark termination.
            var now = nanotime();
            work.tMarkTerm = now;
            work.pauseStart = now;
            getg()->m->preemptoff = preemptoffText("gcing");
            // PORT(trace): traceGCSTWStart.
            using (systemstack())
            {
                stopTheWorldWithSema();
            }
            // The phase is _GCmark still; it becomes _GCmarktermination below.

            // Goroutines may have died after they had passed the barrier, so there may be work
            // left. Find out, and go on with marking if so.
            // PORT(gcwork): in Go it is a write barrier that makes such work (Go issue 27993).
            var restart = false;
            using (systemstack())
            {
                foreach (var p in allp)
                {
                    // PORT(wb): wbBufFlush1.
                    if (!p->gcw.empty())
                    {
                        restart = true;
                        break;
                    }
                }
            }
            if (restart)
            {
                getg()->m->preemptoff = null;
                using (systemstack())
                {
                    now = startTheWorldWithSema(false);
                    work.pauseNS += now - work.pauseStart;
                    // PORT(memstats): gcPauseDist.
                }
                semrelease(worldsema);
                goto top;
            }

            // PORT(stack): gcComputeStartingStackSize.

            // No workers from here on.
            atomic.Store(ref gcBlackenEnabled, 0);

            // PORT(limiter): gcCPULimiter. PORT(assist): gcWakeAllAssists.

            // Release the lock too. Workers that wait for it run when the world is started.
            semrelease(work.markDoneSema);

            // In the modes that stop the world let user goroutines be scheduled again. They are
            // queued and run when the world is started.
            schedEnableUser(true);

            gcController.endCycle(now, (int)gomaxprocs, work.userForced);

            // Mark termination. It starts the world.
            gcMarkTermination();
        }
    }

    // The function that gcMarkDone calls for each P.
    private static unsafe void gcMarkDoneFlush(p* pp)
    {
        // PORT(wb): wbBufFlush1.

        // Flush the gcWork: this may make global work, and then sets flushedWork.
        pp->gcw.dispose();
        // Count the Ps that did.
        if (pp->gcw.flushedWork)
        {
            atomic.Xadd(ref gcMarkDoneFlushed, 1);
            pp->gcw.flushedWork = false;
        }
    }

    // The world must be stopped, and no worker may be enabled.
    internal static unsafe void gcMarkTermination()
    {
        setGCPhase(_GCmarktermination);

        work.heap1 = gcController.heapLive(); // PORT(heap): heapLive
        var startTime = nanotime();

        var mp = acquirem();
        mp->preemptoff = preemptoffText("gcing"); // PORT(preemptoff)
        mp->traceback = 2;
        var curgp = mp->curg;
        casGToWaiting(curgp, _Grunning, waitReasonGarbageCollection);

        // On g0, with the goroutine's own state out of the way.
        using (systemstack())
        {
            gcMark(startTime);
        }

        using (systemstack())
        {
            // PORT(gcsweep): heap2 is set below
            if (debug.gccheckmark > 0)
            {
                // PORT(checkmark): Go marks the heap once more and compares. Here what the
                // collector's own structures say of each other is checked.
                checkmarks();
            }

            // marking is over
            setGCPhase(_GCoff);
            gcSweep(work.mode);
            // PORT(gcsweep): only now can be said what is left. In Go it is what was marked.
            work.heap2 = gcController.heapLive();
        }

        mp->traceback = 0;
        casgstatus(curgp, _Gwaiting, _Grunning);

        // PORT(trace): traceGCDone.

        // all done
        mp->preemptoff = null;

        if (gcphase != _GCoff)
        {
            @throw("gc done but gcphase != _GCoff");
        }

        // PORT(pacer): lastHeapInUse, gcControllerCommit.

        // Times
        var now = nanotime();
        var (sec, nsec, _) = time_now();
        var unixNow = sec * (int64)1e9 + (int64)nsec;
        work.pauseNS += now - work.pauseStart;
        work.tEnd = now;
        // PORT(memstats): gcPauseDist.
        atomic.Store64(ref memstats.last_gc_unix, (uint64)unixNow); // for the user
        atomic.Store64(ref memstats.last_gc_nanotime, (uint64)now); // for us
        // PORT(memstats): pause_ns and pause_end.
        memstats.pause_total_ns += (uint64)work.pauseNS;

        var sweepTermCpu = (int64)work.stwprocs * (work.tMark - work.tSweepTerm);
        // The time of idle workers is printed below but is not counted as use: it costs nothing.
        // PORT(assist): assistTime
        var markDedicatedCpu = gcController.dedicatedMarkTime.Load();
        var markFractionalCpu = gcController.fractionalMarkTime.Load(); // PORT(assist)
        // PORT(assist)
        var markIdleCpu = gcController.idleMarkTime.Load();
        var markTermCpu = (int64)work.stwprocs * (work.tEnd - work.tMarkTerm);

        // CPU time of all cycles.
        // PORT(assist): gcAssistTime. PORT(heap): the scavenger's.
        work.cpuStats.gcDedicatedTime += markDedicatedCpu + markFractionalCpu;
        work.cpuStats.gcIdleTime += markIdleCpu;
        work.cpuStats.gcPauseTime += sweepTermCpu + markTermCpu;
        work.cpuStats.gcTotalTime += sweepTermCpu + markDedicatedCpu + markFractionalCpu + markIdleCpu + markTermCpu;

        // PORT(heap): the scavenger's.

        // CPU time that there was.
        work.cpuStats.totalTime = sched->totaltime + (now - sched->procresizetime) * (int64)gomaxprocs;
        // PORT(limiter): idle and user time.

        // The part of it that the collector used, without that of idle workers.
        memstats.gc_cpu_fraction = (float64)(work.cpuStats.gcTotalTime - work.cpuStats.gcIdleTime) / (float64)work.cpuStats.totalTime;

        // PORT(heap): the scavenger's.

        // Start the idle time anew.
        sched->idleTime.Store(0);

        // PORT(gcsweep): nbgsweep and npausesweep

        if (work.userForced)
        {
            memstats.numforcedgc++;
        }

        // Count the cycle and wake the goroutines that wait for it.
        @lock(work.sweepWaiters.@lock);
        memstats.numgc++;
        // PORT(work): injectglist(&work.sweepWaiters.list); a field of an object has no address.
        var waiters = work.sweepWaiters.list;
        work.sweepWaiters.list = default;
        injectglist(&waiters);
        unlock(work.sweepWaiters.@lock);

        // PORT(limiter): gcCPULimiter. PORT(prof): mProf_NextCycle. PORT(gcsweep): sweep.active.

        using (systemstack())
        {
            startTheWorldWithSema(false);
        }

        // PORT(prof): mProf_Flush. PORT(gcwork): prepareFreeWorkbufs. PORT(stack): freeStackSpans.
        // PORT(heap): the flushes of mcaches, by forEachP.

        // Print the line before worldsema is released: then another cycle may start and change
        // what is to be printed.
        if (debug.gctrace > 0)
        {
            var util = (int)(memstats.gc_cpu_fraction * 100);

            Span<byte> sbuf = stackalloc byte[24];
            printlock();
            print("gc ", memstats.numgc,
                " @", @string(itoaDiv(sbuf, (uint64)(work.tSweepTerm - runtimeInitTime) / 1_000_000, 3)), "s ",
                util, "%: ");
            var prev = work.tSweepTerm;
            ReadOnlySpan<int64> clock = [work.tMark, work.tMarkTerm, work.tEnd];
            for (var i = 0; i < clock.Length; i++)
            {
                var ns = clock[i];
                if (i != 0)
                {
                    print("+");
                }
                print(@string(fmtNSAsMS(sbuf, (uint64)(ns - prev))));
                prev = ns;
            }
            print(" ms clock, ");
            ReadOnlySpan<int64> cpu =
            [
                sweepTermCpu,
                0, // PORT(assist): assistTime
                markDedicatedCpu + markFractionalCpu,
                markIdleCpu,
                markTermCpu,
            ];
            for (var i = 0; i < cpu.Length; i++)
            {
                if (i == 2 || i == 3)
                {
                    // The parts of marking are separated by /.
                    print("/");
                }
                else if (i != 0)
                {
                    print("+");
                }
                print(@string(fmtNSAsMS(sbuf, (uint64)cpu[i])));
            }
            // PORT(pacer): no goal; the CLR does not tell stacks and globals apart.
            print(" ms cpu, ",
                work.heap0 >> 20, "->", work.heap1 >> 20, "->", work.heap2 >> 20, " MB, ",
                work.maxprocs, " P");
            if (work.userForced)
            {
                print(" (forced)");
            }
            print("\n");
            printunlock();
        }

        // PORT(heap): userArenaState.

        semrelease(worldsema);
        semrelease(gcsema);
        // Another cycle may start now.
        // PORT(gctrigger): and should, if the CLR has collected during this one.
        if (new gcTrigger { kind = gcTriggerHeap }.test())
        {
            gcwakehelper();
        }

        releasem(mp);

        // PORT(gcsweep): Gosched for the finalizers if there is no concurrent sweep.

        static string @string(ReadOnlySpan<byte> b) => System.Text.Encoding.ASCII.GetString(b);
    }

    // gcBgMarkStartWorkers makes the background workers. They do not run before the mark phase,
    // but they have to be started while the world runs, from a goroutine. The caller must hold
    // worldsema.
    internal static unsafe void gcBgMarkStartWorkers()
    {
        // There is to be one worker per P.
        //
        // They do not exit when gomaxprocs shrinks. When it grows again the old ones do.
        while (gcBgMarkWorkerCount < gomaxprocs)
        {
            newproc(gcBgMarkWorker, "", "", 0);

            notetsleepg(work.bgMarkReady, -1);
            noteclear(work.bgMarkReady);
            // The worker is certain to be in the pool before its P next calls
            // findRunnableGCWorker.

            gcBgMarkWorkerCount++;
        }
    }

    // gcBgMarkPrepare sets up the counts for the workers. They must not be enabled yet.
    internal static void gcBgMarkPrepare()
    {
        // Marking stops when there is no work and no worker left (which may be so for a moment
        // only: mark termination sees to that). How many workers there will be is not really
        // known, so pretend that there is any number of them, nearly all of which wait. A
        // worker that works decrements nwait. nproc == nwait: there is none.
        work.nproc = ~(uint32)0;
        work.nwait = ~(uint32)0;
    }

    // gcBgMarkWorkerNode is an entry of gcBgMarkWorkerPool and stands for one worker.
    internal unsafe struct gcBgMarkWorkerNode
    {
        // The pool is a stack without locks. This field must be the first.
        internal lfnode node;

        // The goroutine of this worker.
        internal guintptr gp;

        // The m to release when the worker parks: for its unlock function, which cannot look at
        // the goroutine's frames. Otherwise not used.
        internal muintptr m;
    }

    internal static async go gcBgMarkWorker()
    {
        ptr<g> gp;
        ptr<gcBgMarkWorkerNode> node; // PORT(park)
        unsafe
        {
            gp = getg();

            // The node goes to gopark's unlock function, so it cannot be in a frame. Preemption
            // is off while it is allocated, so that no cycle starts within the start of one.
            gp.p->m->preemptoff = preemptoffText("GC worker init"); // PORT(preemptoff)
            node = @new<gcBgMarkWorkerNode>(); // PORT(native)
            gp.p->m->preemptoff = null;

            node.p->gp.set(gp);

            node.p->m.set(acquirem());
            notewakeup(work.bgMarkReady);
        }
        // From here on the worker is mostly scheduled by gcController.findRunnableGCWorker. While
        // it works on its P preemption is off, because it uses what belongs to the P. When the
        // preempt flag is set it parks, to be woken by findRunnableGCWorker when it is its turn.
        //
        // With preemption on (in gcMarkDone) it may be preempted and be scheduled as a runnable
        // G from a run queue. That is all right, it will park again.
        //
        // Preemption is off since before bgMarkReady, so this G is in the pool before its P looks
        // there next. That is not necessary but lets workers start sooner.

        for (; ; )
        {
            // Sleep until findRunnableGCWorker wakes us.
            await gcBgMarkWorkerPark(node); // PORT(park)

            var done = false; // PORT(park): no await inside unsafe
            unsafe
            {
                // No preemption here: another G could see p.gcMarkWorkerMode.

                // Preemption off, to use the P's gcw. When the scheduler wants to preempt us we
                // stop, flush, and park.
                node.p->m.set(acquirem());
                var pp = gp.p->m->p.ptr(); // does not change while preemption is off

                if (gcBlackenEnabled == 0)
                {
                    println("worker mode", (int32)pp->gcMarkWorkerMode);
                    @throw("gcBgMarkWorker: blackening not enabled");
                }

                if (pp->gcMarkWorkerMode == gcMarkWorkerNotWorker)
                {
                    @throw("gcBgMarkWorker: mode not set");
                }

                var startTime = nanotime();
                pp->gcMarkWorkerStartTime = startTime;
                // PORT(limiter): limiterEvent.

                var decnwait = atomic.Xadd(ref work.nwait, -1);
                if (decnwait == work.nproc)
                {
                    println("runtime: work.nwait=", decnwait, "work.nproc=", work.nproc);
                    @throw("work.nwait was > work.nproc");
                }

                using (systemstack())
                {
                    // Mark this goroutine as one that may be scanned; else two workers that want
                    // to scan each other would wait for each other.
                    casGToWaiting(gp, _Grunning, waitReasonGCWorkerActive);
                    switch (pp->gcMarkWorkerMode)
                    {
                        default:
                            @throw("gcBgMarkWorker: unexpected gcMarkWorkerMode");
                            break;
                        case gcMarkWorkerDedicatedMode:
                            gcDrain(&pp->gcw, gcDrainFlags.gcDrainUntilPreempt | gcDrainFlags.gcDrainFlushBgCredit);
                            if (gp.p->preempt)
                            {
                                // We were preempted: a sign that everything should be kicked out
                                // of the run queue, so that it can run elsewhere.
                                gcBgMarkWorkerKickOut(pp); // PORT(park)
                            }
                            // Go on, without preemption this time.
                            gcDrain(&pp->gcw, gcDrainFlags.gcDrainFlushBgCredit);
                            break;
                        case gcMarkWorkerFractionalMode:
                            gcDrain(&pp->gcw, gcDrainFlags.gcDrainFractional | gcDrainFlags.gcDrainUntilPreempt | gcDrainFlags.gcDrainFlushBgCredit);
                            break;
                        case gcMarkWorkerIdleMode:
                            gcDrain(&pp->gcw, gcDrainFlags.gcDrainIdle | gcDrainFlags.gcDrainUntilPreempt | gcDrainFlags.gcDrainFlushBgCredit);
                            break;
                    }
                    casgstatus(gp, _Gwaiting, _Grunning);
                }

                // Account for the time and say that we have stopped.
                var now = nanotime();
                var duration = now - startTime;
                gcController.markWorkerStop(pp->gcMarkWorkerMode, duration);
                // PORT(limiter): limiterEvent.
                if (pp->gcMarkWorkerMode == gcMarkWorkerFractionalMode)
                {
                    atomic.Xaddint64(ref pp->gcFractionalMarkTime, duration);
                }

                // Were we the last one, and is there no work left?
                var incnwait = atomic.Xadd(ref work.nwait, +1);
                if (incnwait > work.nproc)
                {
                    println("runtime: p.gcMarkWorkerMode=", (int32)pp->gcMarkWorkerMode,
                        "work.nwait=", incnwait, "work.nproc=", work.nproc);
                    @throw("work.nwait > work.nproc");
                }

                // The P may run something else from now on: its mode must not be taken for that
                // of another G.
                pp->gcMarkWorkerMode = gcMarkWorkerNotWorker;

                // If this is where the jobs end, tell the cycle.
                done = incnwait == work.nproc && !gcMarkWorkAvailable(null);
                if (done)
                {
                    // What belongs to the P is not needed here. Allow preemption: in gcMarkDone
                    // we may be scheduled like an ordinary goroutine.
                    releasem(node.p->m.ptr());
                    node.p->m.set(null);
                }
            }
            if (done) // PORT(park)
            {
                await gcMarkDone();
            }
        }
    }

    // PORT(park): pointers are not for async methods, so the call of gopark and its unlock
    // function stand here.
    private static unsafe go gcBgMarkWorkerPark(ptr<gcBgMarkWorkerNode> node)
    {
        return gopark(&gcBgMarkWorkerUnlock, node.p, waitReasonGCWorkerIdle, traceEvGoBlock, 0);
    }

    // PORT(park)
    private static unsafe bool gcBgMarkWorkerUnlock(g* gp, void* nodep)
    {
        var node = (gcBgMarkWorkerNode*)nodep;

        var mp = node->m.ptr();
        if (mp != null)
        {
            // The worker does not run any more; release the M.
            //
            // It would be safe to release it as soon as nothing of the P is used any more.
            //
            // But a worker stops when gp.preempt is set, so with a releasem in the loop it would
            // be preempted by the gopark that follows. That is safe too, but the G would be
            // scheduled once more only to park. So it is put off until it has parked.
            releasem(mp);
        }

        // Put the G into the pool.
        gcBgMarkWorkerPool.push(&node->node);
        // It may be scheduled at once now, and may be running.
        return true;
    }

    // PORT(park): addresses of locals are not for async methods, so this stands here.
    private static unsafe void gcBgMarkWorkerKickOut(p* pp)
    {
        var (drainQ, n) = runqdrain(pp);
        if (n > 0)
        {
            @lock(&sched->@lock);
            globrunqputbatch(&drainQ, (int32)n);
            unlock(&sched->@lock);
        }
    }

    // gcMarkWorkAvailable reports whether a worker on p may find something to do. Without a p
    // only global work counts.
    internal static unsafe bool gcMarkWorkAvailable(p* p)
    {
        if (p != null && !p->gcw.empty())
        {
            return true;
        }
        if (!work.full.empty())
        {
            return true; // global work
        }
        if (work.markrootNext < work.markrootJobs)
        {
            return true; // root jobs
        }
        return false;
    }

    // gcMark is mark termination for the jobs. No gcWork may hold work.
    // The world is stopped.
    internal static unsafe void gcMark(int64 startTime)
    {
        // PORT(prof): tracegc.

        if (gcphase != _GCmarktermination)
        {
            @throw("in gcMark expecting to see gcphase as _GCmarktermination");
        }
        work.tstart = startTime;

        // No work may be left.
        // PORT(gcroots): there are other kinds of roots. PORT(panic): in Go a panic, which on g0 is fatal.
        if (work.full != 0 || work.markrootNext < work.markrootJobs)
        {
            print("runtime: full=", hex(work.full), " next=", work.markrootNext, " jobs=", work.markrootJobs, " nStackRoots=", work.nStackRoots, "\n");
            @throw("non-empty mark queue after concurrent mark");
        }

        if (debug.gccheckmark > 0)
        {
            // Costly when there are many Gs, so only for debugging.
            gcMarkRootCheck();
        }
        if (work.full != 0)
        {
            @throw("work.full != 0");
        }

        // Drop the snapshot of allgs. If that has grown, this is the last reference to the old
        // array.
        work.stackRoots = [];

        // Flush the gcWorks, and make sure that they are empty: gcMarkDone has seen to that
        // before mark termination.
        foreach (var p in allp)
        {
            // PORT(wb): the write barrier buffer.
            var gcw = &p->gcw;
            if (!gcw->empty())
            {
                printlock();
                print("runtime: P ", p->id, " flushedWork ", gcw->flushedWork);
                if (gcw->wbuf1 == null)
                {
                    print(" wbuf1=<nil>");
                }
                else
                {
                    print(" wbuf1.n=", gcw->wbuf1->nobj);
                }
                if (gcw->wbuf2 == null)
                {
                    print(" wbuf2=<nil>");
                }
                else
                {
                    print(" wbuf2.n=", gcw->wbuf2->nobj);
                }
                print("\n");
                @throw("P has cached GC work at end of mark termination");
            }
            // Empty buffers may still be there, and counts of what was done after the barrier.
            gcw->dispose();
        }

        // PORT(pacer): resetLive.
    }

    // gcSweep: PORT(gcsweep): where Go starts to sweep, the CLR collects, if this cycle was asked
    // for (a blocking full collection) or is due by time (one in the background). As in Go this
    // is what finds objects to finalize, and it comes in phase _GCoff. The CLR has to stop all
    // threads for it anyhow, so nothing is gained by starting the world first. A cycle that
    // follows a collection of the CLR runs none.
    //
    // On g0; the world must be stopped.
    internal static unsafe void gcSweep(gcMode mode)
    {
        assertWorldStopped();

        if (gcphase != _GCoff)
        {
            @throw("gcSweep being done but phase is not GCoff");
        }

        if (work.userForced)
        {
            GC.Collect(2, GCCollectionMode.Forced, true);
        }
        else if (work.timeForced)
        {
            GC.Collect(2, GCCollectionMode.Forced, mode == gcForceBlockMode);
        }
        else
        {
            return;
        }
        // This collection must not trigger a cycle.
        System.Threading.Volatile.Write(ref gcController.collected, GC.CollectionCount(2));
    }

    // gcResetMarkState makes all Gs ready for the jobs.
    //
    // The world need not be stopped: a G that is made meanwhile starts out that way.
    //
    // On g0.
    internal static unsafe void gcResetMarkState()
    {
        // This may be called while goroutines run: the lock keeps allgs from changing.
        forEachG(gp =>
        {
            gp->gcscandone = false; // set to true by markroot. PORT(assist): gcAssistBytes
        });

        // PORT(heap): page marks, bytesMarked.
    }

    // Hooks for other packages

    internal static Action? poolcleanup;

    // sync.runtime_registerPoolCleanup
    internal static void sync_runtime_registerPoolCleanup(Action f)
    {
        poolcleanup = f;
    }

    // PORT(boring): boring_registerCache.

    internal static void clearpools()
    {
        // clear sync.Pools
        if (poolcleanup != null)
        {
            poolcleanup();
        }

        // PORT(sudogcache): Go drops the central cache of sudogs and lets the collector take
        // them. Here they are native memory, which nobody takes: dropped is lost.
        // PORT(panic): the central pool of defers.
    }

    // itoaDiv writes val/(10**dec) to the end of buf.
    internal static Span<byte> itoaDiv(Span<byte> buf, uint64 val, int dec)
    {
        var i = buf.Length - 1;
        var idec = i - dec;
        while (val >= 10 || i >= idec)
        {
            buf[i] = (byte)(val % 10 + '0');
            i--;
            if (i == idec)
            {
                buf[i] = (byte)'.';
                i--;
            }
            val /= 10;
        }
        buf[i] = (byte)(val + '0');
        return buf[i..];
    }

    // fmtNSAsMS formats ns nanoseconds as milliseconds.
    internal static Span<byte> fmtNSAsMS(Span<byte> buf, uint64 ns)
    {
        if (ns >= 10_000_000)
        {
            // Whole milliseconds.
            return itoaDiv(buf, ns / 1_000_000, 0);
        }
        // Two digits, at most three of them behind the point.
        var x = ns / 1_000;
        if (x == 0)
        {
            buf[0] = (byte)'0';
            return buf[..1];
        }
        var dec = 3;
        while (x >= 100)
        {
            x /= 10;
            dec--;
        }
        return itoaDiv(buf, x, dec);
    }
}
