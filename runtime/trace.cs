// Ports src/runtime/trace.go of go1.20.
namespace golang;

public static partial class runtime
{
    // Go's execution tracer records the creation, blocking and unblocking of goroutines,
    // entries into and exits from system calls, the collector's events, starts and stops of
    // processors, each with a time in nanoseconds and mostly with a stack, in a compact form.
    // PORT(trace): only the numbers of the events are here; nothing records them yet.

    // The types of events in a trace; their arguments are in square brackets.
    internal const uint8 traceEvNone = 0; // unused
    internal const uint8 traceEvBatch = 1; // a batch of one P's events begins [pid, timestamp]
    internal const uint8 traceEvFrequency = 2; // frequency of the timer behind the timestamps [ticks per second]
    internal const uint8 traceEvStack = 3; // a stack [stack id, number of PCs, array of {PC, func string ID, file string ID, line}]
    internal const uint8 traceEvGomaxprocs = 4; // value of GOMAXPROCS [timestamp, GOMAXPROCS, stack id]
    internal const uint8 traceEvProcStart = 5; // a P starts [timestamp, thread id]
    internal const uint8 traceEvProcStop = 6; // a P stops [timestamp]
    internal const uint8 traceEvGCStart = 7; // the collector starts [timestamp, seq, stack id]
    internal const uint8 traceEvGCDone = 8; // the collector is done [timestamp]
    internal const uint8 traceEvGCSTWStart = 9; // the collector begins to stop the world [timestamp, kind]
    internal const uint8 traceEvGCSTWDone = 10; // the world runs again [timestamp]
    internal const uint8 traceEvGCSweepStart = 11; // a sweep starts [timestamp, stack id]
    internal const uint8 traceEvGCSweepDone = 12; // a sweep is done [timestamp, swept, reclaimed]
    internal const uint8 traceEvGoCreate = 13; // a goroutine is created [timestamp, new goroutine id, new stack id, stack id]
    internal const uint8 traceEvGoStart = 14; // a goroutine begins to run [timestamp, goroutine id, seq]
    internal const uint8 traceEvGoEnd = 15; // a goroutine has ended [timestamp]
    internal const uint8 traceEvGoStop = 16; // a goroutine stops for good, as in an empty select [timestamp, stack]
    internal const uint8 traceEvGoSched = 17; // a goroutine called Gosched [timestamp, stack]
    internal const uint8 traceEvGoPreempt = 18; // a goroutine was preempted [timestamp, stack]
    internal const uint8 traceEvGoSleep = 19; // a goroutine called Sleep [timestamp, stack]
    internal const uint8 traceEvGoBlock = 20; // a goroutine blocks [timestamp, stack]
    internal const uint8 traceEvGoUnblock = 21; // a goroutine is made ready [timestamp, goroutine id, seq, stack]
    internal const uint8 traceEvGoBlockSend = 22; // a goroutine blocks in a channel send [timestamp, stack]
    internal const uint8 traceEvGoBlockRecv = 23; // a goroutine blocks in a channel receive [timestamp, stack]
    internal const uint8 traceEvGoBlockSelect = 24; // a goroutine blocks in select [timestamp, stack]
    internal const uint8 traceEvGoBlockSync = 25; // a goroutine blocks on a Mutex or RWMutex [timestamp, stack]
    internal const uint8 traceEvGoBlockCond = 26; // a goroutine blocks on a Cond [timestamp, stack]
    internal const uint8 traceEvGoBlockNet = 27; // a goroutine blocks on the network [timestamp, stack]
    internal const uint8 traceEvGoSysCall = 28; // a system call begins [timestamp, stack]
    internal const uint8 traceEvGoSysExit = 29; // a system call has ended [timestamp, goroutine id, seq, real timestamp]
    internal const uint8 traceEvGoSysBlock = 30; // a system call blocks [timestamp]
    internal const uint8 traceEvGoWaiting = 31; // the goroutine was blocked when the trace began [timestamp, goroutine id]
    internal const uint8 traceEvGoInSyscall = 32; // the goroutine was in a system call when the trace began [timestamp, goroutine id]
    internal const uint8 traceEvHeapAlloc = 33; // gcController.heapLive has changed [timestamp, heap_alloc]
    internal const uint8 traceEvHeapGoal = 34; // gcController.heapGoal() has changed [timestamp, heap goal in bytes]
    internal const uint8 traceEvTimerGoroutine = 35; // not used any more; the goroutine that ran timers [timer goroutine id]
    internal const uint8 traceEvFutileWakeup = 36; // the last wake-up of this goroutine was for nothing [timestamp]
    internal const uint8 traceEvString = 37; // an entry of the string dictionary [ID, length, string]
    internal const uint8 traceEvGoStartLocal = 38; // as GoStart, on the P of the last event [timestamp, goroutine id]
    internal const uint8 traceEvGoUnblockLocal = 39; // as GoUnblock, on the P of the last event [timestamp, goroutine id, stack]
    internal const uint8 traceEvGoSysExitLocal = 40; // as GoSysExit, on the P of the last event [timestamp, goroutine id, real timestamp]
    internal const uint8 traceEvGoStartLabel = 41; // as GoStart, with a label [timestamp, goroutine id, seq, label string id]
    internal const uint8 traceEvGoBlockGC = 42; // a goroutine blocks in an assist of the collector [timestamp, stack]
    internal const uint8 traceEvGCMarkAssistStart = 43; // a mark assist begins [timestamp, stack]
    internal const uint8 traceEvGCMarkAssistDone = 44; // a mark assist is done [timestamp]
    internal const uint8 traceEvUserTaskCreate = 45; // trace.NewContext [timestamp, internal task id, internal parent task id, stack, name string]
    internal const uint8 traceEvUserTaskEnd = 46; // a task has ended [timestamp, internal task id, stack]
    internal const uint8 traceEvUserRegion = 47; // trace.WithRegion [timestamp, internal task id, mode(0:start, 1:end), stack, name string]
    internal const uint8 traceEvUserLog = 48; // trace.Log [timestamp, internal task id, key string id, stack, value string]
    internal const uint8 traceEvCPUSample = 49; // a sample of the CPU profiler [timestamp, stack, real timestamp, real P id (-1 when absent), goroutine id]
    internal const uint8 traceEvCount = 50;
    // An event's type shares its byte with the number of its arguments, which takes two
    // bits. That leaves six: no event may have a number above 63.
    // PORT(trace): traceTickDiv, traceStackSize and the other constants of the tracer
}
