// Ports src/runtime/lockrank.go of go1.20.

// The ranks are written without the name of their type, as Go's constants are.
global using static golang.runtime.lockRank;

namespace golang;

public static partial class runtime
{
    // The ranks of the runtime's locks that are not leaves, in order. A lock of a lower rank is
    // taken before one of a higher rank, and lockPartialOrder has to allow the pair as well. A
    // few ranks may be held twice; lockPartialOrder lists those under themselves.
    internal enum lockRank
    {
        lockRankUnknown,

        lockRankSysmon,
        lockRankScavenge,
        lockRankForcegc,
        lockRankDefer,
        lockRankSweepWaiters,
        lockRankAssistQueue,
        lockRankSweep,
        lockRankPollDesc,
        lockRankCpuprof,
        lockRankSched,
        lockRankAllg,
        lockRankAllp,
        lockRankTimers,
        lockRankNetpollInit,
        lockRankHchan,
        lockRankNotifyList,
        lockRankSudog,
        lockRankRwmutexW,
        lockRankRwmutexR,
        lockRankRoot,
        lockRankItab,
        lockRankReflectOffs,
        lockRankUserArenaState,
        // TRACEGLOBAL
        lockRankTraceBuf,
        lockRankTraceStrings,
        // MALLOC
        lockRankFin,
        lockRankGcBitsArenas,
        lockRankMheapSpecial,
        lockRankMspanSpecial,
        lockRankSpanSetSpine,
        // MPROF
        lockRankProfInsert,
        lockRankProfBlock,
        lockRankProfMemActive,
        lockRankProfMemFuture,
        // STACKGROW
        lockRankGscan,
        lockRankStackpool,
        lockRankStackLarge,
        lockRankHchanLeaf,
        // WB
        lockRankWbufSpans,
        lockRankMheap,
        lockRankGlobalAlloc,
        // TRACE
        lockRankTrace,
        lockRankTraceStackTab,
        lockRankPanic,
        lockRankDeadlock,

        // The rank of a lock without a rank of its own: a leaf.
        lockRankLeafRank = 1000,
    }

    // PORT(keyed): a composite literal with keys; the element of rank r stands at index r.
    internal static T[] byRank<T>(params ReadOnlySpan<(lockRank rank, T value)> elements)
    {
        T[] a = new T[(int)elements[^1].rank + 1];
        foreach ((lockRank rank, T value) in elements)
        {
            a[(int)rank] = value;
        }

        return a;
    }

    // The names of the ranks above.
    internal static readonly string[] lockNames = byRank(
        (lockRankSysmon, "sysmon"),
        (lockRankScavenge, "scavenge"),
        (lockRankForcegc, "forcegc"),
        (lockRankDefer, "defer"),
        (lockRankSweepWaiters, "sweepWaiters"),
        (lockRankAssistQueue, "assistQueue"),
        (lockRankSweep, "sweep"),
        (lockRankPollDesc, "pollDesc"),
        (lockRankCpuprof, "cpuprof"),
        (lockRankSched, "sched"),
        (lockRankAllg, "allg"),
        (lockRankAllp, "allp"),
        (lockRankTimers, "timers"),
        (lockRankNetpollInit, "netpollInit"),
        (lockRankHchan, "hchan"),
        (lockRankNotifyList, "notifyList"),
        (lockRankSudog, "sudog"),
        (lockRankRwmutexW, "rwmutexW"),
        (lockRankRwmutexR, "rwmutexR"),
        (lockRankRoot, "root"),
        (lockRankItab, "itab"),
        (lockRankReflectOffs, "reflectOffs"),
        (lockRankUserArenaState, "userArenaState"),
        (lockRankTraceBuf, "traceBuf"),
        (lockRankTraceStrings, "traceStrings"),
        (lockRankFin, "fin"),
        (lockRankGcBitsArenas, "gcBitsArenas"),
        (lockRankMheapSpecial, "mheapSpecial"),
        (lockRankMspanSpecial, "mspanSpecial"),
        (lockRankSpanSetSpine, "spanSetSpine"),
        (lockRankProfInsert, "profInsert"),
        (lockRankProfBlock, "profBlock"),
        (lockRankProfMemActive, "profMemActive"),
        (lockRankProfMemFuture, "profMemFuture"),
        (lockRankGscan, "gscan"),
        (lockRankStackpool, "stackpool"),
        (lockRankStackLarge, "stackLarge"),
        (lockRankHchanLeaf, "hchanLeaf"),
        (lockRankWbufSpans, "wbufSpans"),
        (lockRankMheap, "mheap"),
        (lockRankGlobalAlloc, "globalAlloc"),
        (lockRankTrace, "trace"),
        (lockRankTraceStackTab, "traceStackTab"),
        (lockRankPanic, "panic"),
        (lockRankDeadlock, "deadlock"));

    internal static string String(this lockRank rank)
    {
        if (rank == 0)
        {
            return "UNKNOWN";
        }

        if (rank == lockRankLeafRank)
        {
            return "LEAF";
        }

        if (rank < 0 || (int)rank >= lockNames.Length)
        {
            return "BAD RANK";
        }

        return lockNames[(int)rank];
    }

    // The transitive closure of the graph of lock ranks: the entry of a rank lists every rank
    // that may already be held when a lock of that rank is taken. A rank that may be held twice
    // lists itself.
    internal static readonly lockRank[][] lockPartialOrder = byRank<lockRank[]>(
        (lockRankSysmon, []),
        (lockRankScavenge, [lockRankSysmon]),
        (lockRankForcegc, [lockRankSysmon]),
        (lockRankDefer, []),
        (lockRankSweepWaiters, []),
        (lockRankAssistQueue, []),
        (lockRankSweep, []),
        (lockRankPollDesc, []),
        (lockRankCpuprof, []),
        (lockRankSched, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof]),
        (lockRankAllg, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched]),
        (lockRankAllp, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched]),
        (lockRankTimers, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllp, lockRankTimers]),
        (lockRankNetpollInit, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllp, lockRankTimers]),
        (lockRankHchan, [lockRankSysmon, lockRankScavenge, lockRankSweep, lockRankHchan]),
        (lockRankNotifyList, []),
        (lockRankSudog, [lockRankSysmon, lockRankScavenge, lockRankSweep, lockRankHchan, lockRankNotifyList]),
        (lockRankRwmutexW, []),
        (lockRankRwmutexR, [lockRankSysmon, lockRankRwmutexW]),
        (lockRankRoot, []),
        (lockRankItab, []),
        (lockRankReflectOffs, [lockRankItab]),
        (lockRankUserArenaState, []),
        (lockRankTraceBuf, [lockRankSysmon, lockRankScavenge]),
        (lockRankTraceStrings, [lockRankSysmon, lockRankScavenge, lockRankTraceBuf]),
        (lockRankFin, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankGcBitsArenas, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankMheapSpecial, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankMspanSpecial, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankSpanSetSpine, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankProfInsert, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankProfBlock, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankProfMemActive, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings]),
        (lockRankProfMemFuture, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankHchan, lockRankNotifyList, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankProfMemActive]),
        (lockRankGscan, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture]),
        (lockRankStackpool, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankRwmutexW, lockRankRwmutexR, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan]),
        (lockRankStackLarge, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan]),
        (lockRankHchanLeaf, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan, lockRankHchanLeaf]),
        (lockRankWbufSpans, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankDefer, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankSudog, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankMspanSpecial, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan]),
        (lockRankMheap, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankDefer, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankSudog, lockRankRwmutexW, lockRankRwmutexR, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankMspanSpecial, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan, lockRankStackpool, lockRankStackLarge, lockRankWbufSpans]),
        (lockRankGlobalAlloc, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankDefer, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankSudog, lockRankRwmutexW, lockRankRwmutexR, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankMheapSpecial, lockRankMspanSpecial, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan, lockRankStackpool, lockRankStackLarge, lockRankWbufSpans, lockRankMheap]),
        (lockRankTrace, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankDefer, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankSudog, lockRankRwmutexW, lockRankRwmutexR, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankMspanSpecial, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan, lockRankStackpool, lockRankStackLarge, lockRankWbufSpans, lockRankMheap]),
        (lockRankTraceStackTab, [lockRankSysmon, lockRankScavenge, lockRankForcegc, lockRankDefer, lockRankSweepWaiters, lockRankAssistQueue, lockRankSweep, lockRankPollDesc, lockRankCpuprof, lockRankSched, lockRankAllg, lockRankAllp, lockRankTimers, lockRankNetpollInit, lockRankHchan, lockRankNotifyList, lockRankSudog, lockRankRwmutexW, lockRankRwmutexR, lockRankRoot, lockRankItab, lockRankReflectOffs, lockRankUserArenaState, lockRankTraceBuf, lockRankTraceStrings, lockRankFin, lockRankGcBitsArenas, lockRankMspanSpecial, lockRankSpanSetSpine, lockRankProfInsert, lockRankProfBlock, lockRankProfMemActive, lockRankProfMemFuture, lockRankGscan, lockRankStackpool, lockRankStackLarge, lockRankWbufSpans, lockRankMheap, lockRankTrace]),
        (lockRankPanic, []),
        (lockRankDeadlock, [lockRankPanic, lockRankDeadlock]));
}
