// Ports src/runtime/preempt.go of go1.20, as far as preemption at awaits goes.
namespace golang;

public static partial class runtime
{
    // stackPreempt in stackguard0 asks the goroutine to give way at its next await.
    // In Go it is in stack.go: larger than any stack pointer.
    internal static readonly uintptr stackPreempt = unchecked((uintptr)(uint64)(-1314L));

    // PORT(goyield): stackYield asks the same, but for a place on the local queue.
    internal static readonly uintptr stackYield = unchecked((uintptr)(uint64)(-1315L));

    // canPreemptM reports whether mp is in a state in which it is safe to preempt it.
    internal static unsafe bool canPreemptM(m* mp)
    {
        return mp->locks == 0 && mp->mallocing == 0 && mp->preemptoff == null && mp->p.ptr()->status == _Prunning;
    }
}
