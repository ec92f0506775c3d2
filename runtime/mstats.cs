// Ports src/runtime/mstats.go of go1.20.
namespace golang;

public static partial class runtime
{
    // PORT(memstats): of the statistics only what the collector itself reads.
    internal struct mstats
    {
        // About the collector. Protected by a stopped world, or read and written by atomics.
        internal uint64 last_gc_unix; // in Unix nanoseconds
        internal uint64 pause_total_ns;
        internal uint32 numgc;
        internal uint32 numforcedgc; // cycles that the program asked for
        internal float64 gc_cpu_fraction; // part of the CPU time used by the collector
        internal uint64 last_gc_nanotime; // last_gc_unix in monotonic time
        internal bool enablegc;
    }

    internal static mstats memstats;
    // CPU time of the collector, in nanoseconds: differences of nanotime, so rather too much,
    // since a thread that the system does not run counts too.
    internal struct cpuStats
    {
        // PORT(assist): gcAssistTime
        internal int64 gcDedicatedTime; // dedicated mark workers, and pauses
        internal int64 gcIdleTime; // idle mark workers
        internal int64 gcPauseTime; // pauses, for all Ps
        internal int64 gcTotalTime;

        // PORT(heap): the scavenger's three. PORT(limiter): idleTime and userTime

        internal int64 totalTime; // GOMAXPROCS times the time that has passed
    }
}
