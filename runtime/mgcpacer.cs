// Ports src/runtime/mgcpacer.go of go1.20.

// The worker modes are written without the name of their type, as Go's constants are.
global using static golang.runtime.gcMarkWorkerMode;

namespace golang;

public static partial class runtime
{
    // PORT(pacer): in Go the pacer decides from the sizes of heap and roots when a cycle
    // starts and how much goroutines have to assist. The heap is the CLR's, and so are these
    // decisions. What is left is who works for a cycle that runs: how many workers, of which
    // kind, on which P.

    // gcBackgroundUtilization is the part of the CPU that background work aims at. The
    // scheduler tries to stay within half of it.
    internal const float64 gcBackgroundUtilization = 0.25;

    // gcCreditSlack is how much work a P counts for itself before it adds that to gcController.
    // PORT(gcwork): in Go 2000, in bytes; see drainCheckThreshold.
    internal const int64 gcCreditSlack = 2000 / 100;

    // PORT(pacer): the constants for assists and for the size of the heap

    // gcController decides about workers.
    internal static readonly gcControllerState gcController = new();

    internal sealed partial class gcControllerState
    {
        // gcPercent comes from GOGC. GOGC=off means no cycles but those that are asked for.
        internal atomic.Int32 gcPercent;

        // PORT(gctrigger): full collections of the CLR stand where Go has the size of the heap.
        // collected is the number of them that a cycle has followed or has itself run, and
        // triggered is the number when this cycle was triggered. Written while the world is
        // stopped.
        internal int32 collected;
        internal int32 triggered;

        // PORT(pacer): lastHeapGoal, heapLive, heapScan, lastHeapScan, lastStackScan, maxStackScan, globalsScan
        // and heapMarked

        // PORT(pacer): the number of bytes in the heap is what the CLR says. It is an estimate, and
        // below zero now and then.
        internal uint64 heapLive()
        {
            return (uint64)Math.Max(GC.GetTotalMemory(false), 0);
        }

        // The work of this cycle: of everything but the goroutines, and of the goroutines. In
        // Go bytes; here frames freed and Gs looked at.
        //
        // Updated atomically during the cycle.
        internal atomic.Int64 heapScanWork;
        internal atomic.Int64 stackScanWork;

        // PORT(gcroots): globalsScanWork. PORT(assist): bgScanCredit, assistTime

        // dedicatedMarkTime is the time in nanoseconds of dedicated workers in this cycle.
        // Updated at the end of the concurrent phase.
        internal atomic.Int64 dedicatedMarkTime;

        // fractionalMarkTime is that of the fractional workers. Updated throughout the cycle,
        // and exact when none of them runs.
        internal atomic.Int64 fractionalMarkTime;

        // idleMarkTime is that of the idle workers. Updated throughout the cycle.
        internal atomic.Int64 idleMarkTime;

        // markStartTime is the nanotime at which workers could start.
        internal int64 markStartTime;

        // dedicatedMarkWorkersNeeded is how many dedicated workers are still to be started.
        // Computed at the start of a cycle, decremented when one starts.
        internal atomic.Int64 dedicatedMarkWorkersNeeded;

        // idleMarkWorkers is two int32 in one word, because they change together.
        //
        // The lower one is the number of idle workers that run.
        //
        // The upper one is how many may. It is gomaxprocs less the dedicated ones, except in a
        // cycle that is due by time: the system is idle then and need not be busy for this.
        //
        // It keeps new workers from starting; it is no hard limit. For a moment there may be
        // more, if it changes just after a cycle has ended and an M without a P looks.
        //
        // Without dedicated workers it must be at least 1. Fractional workers alone are not
        // scheduled reliably enough: say that goroutines wait for the collector, as in
        // GOMAXPROCS, and there is one P. The last running M may find the fractional worker
        // over its goal and go to sleep, and then nobody would be left to start it later.
        // Idle workers always run when there is nothing else to do. See Go issue 44163.
        internal atomic.Uint64 idleMarkWorkers;

        // PORT(assist): assistWorkPerByte, assistBytesPerWork

        // fractionalUtilizationGoal is the part of the time that each P without a dedicated
        // worker should give to its fractional one: with a goal of 25% and no dedicated worker
        // 0.25; with one of them and 5 Ps the missing 0.05.
        //
        // 0: no fractional workers.
        internal float64 fractionalUtilizationGoal;

        // PORT(heap): heapInUse, heapReleased, heapFree, totalAlloc, totalFree, mappedReady; and test

        // PORT(pacer): no limit for memory, no goal.
        internal void init(int32 gcPercent)
        {
            this.gcPercent.Store(gcPercent);
            collected = GC.CollectionCount(2);
        }

        // startCycle makes the controller ready for a new cycle. The caller must hold worldsema,
        // and the world must be stopped.
        internal unsafe void startCycle(int64 markStartTime, int procs, gcTrigger trigger)
        {
            heapScanWork.Store(0);
            stackScanWork.Store(0);
            dedicatedMarkTime.Store(0);
            fractionalMarkTime.Store(0);
            idleMarkTime.Store(0); // PORT(gcroots): globalsScanWork. PORT(assist): bgScanCredit and assistTime.
            this.markStartTime = markStartTime;
            triggered = GC.CollectionCount(2); // PORT(gctrigger): heapLive

            // The goal for background work. It may not come out even: the number of dedicated
            // workers is rounded so that it is nearest to 25%. For a small GOMAXPROCS that is
            // too far off, and fractional workers are added.
            var totalUtilizationGoal = (float64)procs * gcBackgroundUtilization;
            var dedicatedMarkWorkersNeeded = (int64)(totalUtilizationGoal + 0.5);
            var utilError = (float64)dedicatedMarkWorkersNeeded / totalUtilizationGoal - 1;
            const float64 maxUtilError = 0.3;
            if (utilError < -maxUtilError || utilError > maxUtilError)
            {
                // More than 30% off: with 25% that is GOMAXPROCS<=3 or GOMAXPROCS=6. Fractional
                // workers make up for it.
                if ((float64)dedicatedMarkWorkersNeeded > totalUtilizationGoal)
                {
                    // Too many dedicated workers.
                    dedicatedMarkWorkersNeeded--;
                }
                fractionalUtilizationGoal = (totalUtilizationGoal - (float64)dedicatedMarkWorkersNeeded) / (float64)procs;
            }
            else
            {
                fractionalUtilizationGoal = 0;
            }

            // With the world stopped for all of it, dedicated workers only.
            if (debug.gcstoptheworld > 0)
            {
                dedicatedMarkWorkersNeeded = (int64)procs;
                fractionalUtilizationGoal = 0;
            }

            // Clear what the Ps have of it
            foreach (var p in allp)
            {
                // PORT(assist): gcAssistTime.
                p->gcFractionalMarkTime = 0;
            }

            if (trigger.kind == gcTriggerKind.gcTriggerTime)
            {
                // A cycle that is due by time needs fewer idle workers, but one dedicated or idle
                // worker there must be (see idleMarkWorkers).
                if (dedicatedMarkWorkersNeeded > 0)
                {
                    setMaxIdleMarkWorkers(0);
                }
                else
                {
                    // Needed because a fractional worker cannot be counted on to be scheduled
                    // when the rest of the program is idle.
                    setMaxIdleMarkWorkers(1);
                }
            }
            else
            {
                // gomaxprocs and dedicatedMarkWorkersNeeded do not change during a cycle.
                setMaxIdleMarkWorkers((int32)procs - (int32)dedicatedMarkWorkersNeeded);
            }

            this.dedicatedMarkWorkersNeeded.Store(dedicatedMarkWorkersNeeded);
            // PORT(assist): revise computes the assist ratio; gcpacertrace prints it.
        }

        // endCycle is where Go computes the ratio of allocation to marking for the next cycle.
        // PORT(pacer): here it notes which collections of the CLR this cycle has followed.
        internal void endCycle(int64 now, int procs, bool userForced)
        {
            collected = triggered;
        }

        // enlistWorker has one more dedicated worker started on another P if more of them are wanted.
        // It is called when there is more work than before.
        internal unsafe void enlistWorker()
        {
            // Go would rather wake an idle P here, so that it runs an idle worker; that may have
            // been the cause of deadlocks, and is switched off. See Go issue 19112.

            // No P is idle. If more dedicated workers are wanted, try to preempt a P that runs,
            // for it to change to a worker.
            if (dedicatedMarkWorkersNeeded.Load() <= 0)
            {
                return;
            }
            // Preempt some other P.
            if (gomaxprocs <= 1)
            {
                return;
            }
            var gp = getg();
            if (gp == null || gp->m == null || gp->m->p == 0)
            {
                return;
            }
            var myID = gp->m->p.ptr()->id;
            for (var tries = 0; tries < 5; tries++)
            {
                var id = (int32)fastrandn((uint32)(gomaxprocs - 1));
                if (id >= myID)
                {
                    id++;
                }
                var p = allp[id];
                if (p->status != _Prunning)
                {
                    continue;
                }
                if (preemptone(p))
                {
                    return;
                }
            }
        }

        // findRunnableGCWorker returns the background worker that pp should run, if it should
        // run one. Only to be called while gcBlackenEnabled is not 0.
        internal unsafe (ptr<g> gp, int64 now) findRunnableGCWorker(p* pp, int64 now)
        {
            if (gcBlackenEnabled == 0)
            {
                @throw("gcControllerState.findRunnable: blackening not enabled");
            }

            if (now == 0)
            {
                now = nanotime();
            }
            // PORT(limiter): gcCPULimiter limits assists, of which there are none.

            if (!gcMarkWorkAvailable(pp))
            {
                // No work now. That happens at the end of the phase; a worker would return at
                // once.
                return (null, now);
            }

            // Get hold of a worker before deciding to run one.
            var node = (gcBgMarkWorkerNode*)gcBgMarkWorkerPool.pop();
            if (node == null)
            {
                // There is a worker per P, so normally there are enough of them. But a worker in
                // gcMarkDone may park without being in the pool, and then its P is free and has
                // no worker to run. gcMarkDone does not depend on other workers, so it does no
                // harm to do nothing.
                //
                // If gcMarkDone gives up before the phase is over, there is work in the global
                // queue, and this P may run the worker again at once.
                return (null, now);
            }

            static bool decIfPositive(ref atomic.Int64 val)
            {
                for (; ; )
                {
                    var v = val.Load();
                    if (v <= 0)
                    {
                        return false;
                    }

                    if (val.CompareAndSwap(v, v - 1))
                    {
                        return true;
                    }
                }
            }

            if (decIfPositive(ref dedicatedMarkWorkersNeeded))
            {
                // This P is dedicated to the collector until the concurrent phase is over.
                pp->gcMarkWorkerMode = gcMarkWorkerDedicatedMode;
            }
            else if (fractionalUtilizationGoal == 0)
            {
                // No need for fractional workers.
                gcBgMarkWorkerPool.push(&node->node);
                return (null, now);
            }
            else
            {
                // Is this P behind its goal?
                //
                // This must agree with pollFractionalWorkerExit.
                var delta = now - markStartTime;
                if (delta > 0 && (float64)pp->gcFractionalMarkTime / (float64)delta > fractionalUtilizationGoal)
                {
                    // No. No fractional worker now.
                    gcBgMarkWorkerPool.push(&node->node);
                    return (null, now);
                }
                // Run a fractional worker.
                pp->gcMarkWorkerMode = gcMarkWorkerFractionalMode;
            }

            // Run the worker.
            var gp = node->gp.ptr();
            casgstatus(gp, _Gwaiting, _Grunnable);
            // PORT(trace): traceGoUnpark.
            return (new ptr<g>(gp), now);
        }

        // PORT(pacer): triggerRatioDen, minTriggerRatioNum, maxTriggerRatioNum

        // markWorkerStop must be called when a worker stops, with its mode and the time in
        // nanoseconds that it ran. At any time.
        internal void markWorkerStop(gcMarkWorkerMode mode, int64 duration)
        {
            switch (mode)
            {
                case gcMarkWorkerDedicatedMode:
                    dedicatedMarkTime.Add(duration);
                    dedicatedMarkWorkersNeeded.Add(1);
                    break;
                case gcMarkWorkerFractionalMode:
                    fractionalMarkTime.Add(duration);
                    break;
                case gcMarkWorkerIdleMode:
                    idleMarkTime.Add(duration);
                    removeIdleMarkWorker();
                    break;
                default:
                    @throw("markWorkerStop: unknown mark worker mode");
                    break;
            }
        }
    }

    internal static int32 readGOGC()
    {
        var p = gogetenv("GOGC");
        if (p == "off")
        {
            return -1;
        }
        var (n, ok) = atoi32(p);
        if (ok)
        {
            return n;
        }
        return 100;
    }

    internal sealed partial class gcControllerState
    {
        // addIdleMarkWorker tries to add an idle worker.
        //
        // After true the caller must become one, unless the pool has no worker, which does no
        // harm because then workers run already. After false it must not.
        //
        // May be called without a P.
        internal bool addIdleMarkWorker()
        {
            for (; ; )
            {
                var old = idleMarkWorkers.Load();
                var (n, max) = ((int32)(old & (uint64)(~(uint32)0)), (int32)(old >> 32));
                if (n >= max)
                {
                    // idleMarkWorkers says why n > max is all right.
                    return false;
                }
                if (n < 0)
                {
                    print("n=", n, " max=", max, "\n");
                    @throw("negative idle mark workers");
                }
                var @new = (uint64)(uint32)(n + 1) | ((uint64)(uint32)max << 32);
                if (idleMarkWorkers.CompareAndSwap(old, @new))
                {
                    return true;
                }
            }
        }

        // needIdleMarkWorker is a hint whether another idle worker is wanted.
        //
        // To become one the caller still needs addIdleMarkWorker. It spares work before
        // something expensive.
        //
        // May be called without a P.
        internal bool needIdleMarkWorker()
        {
            var p = idleMarkWorkers.Load();
            var (n, max) = ((int32)(p & (uint64)(~(uint32)0)), (int32)(p >> 32));
            return n < max;
        }

        // removeIdleMarkWorker must be called when an idle worker stops.
        internal void removeIdleMarkWorker()
        {
            for (; ; )
            {
                var old = idleMarkWorkers.Load();
                var (n, max) = ((int32)(old & (uint64)(~(uint32)0)), (int32)(old >> 32));
                if (n - 1 < 0)
                {
                    print("n=", n, " max=", max, "\n");
                    @throw("negative idle mark workers");
                }
                var @new = (uint64)(uint32)(n - 1) | ((uint64)(uint32)max << 32);
                if (idleMarkWorkers.CompareAndSwap(old, @new))
                {
                    return;
                }
            }
        }

        // setMaxIdleMarkWorkers sets how many idle workers may run.
        //
        // It does not wait for the number to fall to max: workers stop by themselves.
        internal void setMaxIdleMarkWorkers(int32 max)
        {
            for (; ; )
            {
                var old = idleMarkWorkers.Load();
                var n = (int32)(old & (uint64)(~(uint32)0));
                if (n < 0)
                {
                    print("n=", n, " max=", max, "\n");
                    @throw("negative idle mark workers");
                }
                var @new = (uint64)(uint32)n | ((uint64)(uint32)max << 32);
                if (idleMarkWorkers.CompareAndSwap(old, @new))
                {
                    return;
                }
            }
        }
    }
}
