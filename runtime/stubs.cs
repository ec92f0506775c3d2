// Ports src/runtime/stubs.go of go1.20.
//
// mcall, systemstack, gogo, procyield and goexit are declared here in Go and written in
// assembly; here they are in asm.cs.
using System.Diagnostics;
using System.Threading;

namespace golang;

public static partial class runtime
{
    internal static unsafe void* add(void* p, uintptr x)
    {
        return (byte*)p + x;
    }

    // getg returns the current g; on a thread that has no m it is null.
    // PORT(getg): a thread-static variable where Go has a register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe g* getg() => tls.g;

    // PORT(hash): hashLoad, the load of maps that memhash must bear.

    // fastrand is wyrand over the m's state: random, not secure.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe uint32 fastrand()
    {
        var mp = getg()->m;
        // PORT(generic): both architectures have the multiplication; no xorshift64+.
        mp->fastrand += 0xa0761d6478bd642f;
        uint64 hi = Math.BigMul(mp->fastrand, mp->fastrand ^ 0xe7037ed1a0b428db, out uint64 lo);
        // PORT(generic)
        return (uint32)(hi ^ lo);
    }

    internal static uint32 fastrandn(uint32 n)
    {
        // A multiplication instead of fastrand() % n: the same spread, without the division.
        return (uint32)((uint64)fastrand() * (uint64)n >> 32);
    }

    internal static unsafe uint64 fastrand64()
    {
        var mp = getg()->m;
        // PORT(generic): as in fastrand.
        mp->fastrand += 0xa0761d6478bd642f;
        uint64 hi = Math.BigMul(mp->fastrand, mp->fastrand ^ 0xe7037ed1a0b428db, out uint64 lo);
        // PORT(generic)
        return hi ^ lo;
    }

    internal static uint64 fastrandu()
    {
        // PORT(generic): uint has 64 bits.
        return fastrand64();
    }

    // noescape hides a pointer from escape analysis in Go; here it only passes it on.
    internal static unsafe void* noescape(void* p)
    {
        return p;
    }

    // setg sets the thread's g; only when a thread starts, borrows an m or gives it back.
    // PORT(getg): in assembly in Go.
    internal static unsafe void setg(g* gg) => tls.g = gg;

    // publicationBarrier makes what was written before it visible before what follows.
    // PORT(atomic): in assembly in Go.
    internal static void publicationBarrier() => Interlocked.MemoryBarrier();

    // alignUp rounds n up to a multiple of a, a power of 2.
    internal static uintptr alignUp(uintptr n, uintptr a)
    {
        return (n + a - 1) & ~(a - 1);
    }

    // alignDown rounds n down to a multiple of a, a power of 2.
    internal static uintptr alignDown(uintptr n, uintptr a)
    {
        return n & ~(a - 1);
    }

    // divRoundUp returns ceil(n / a).
    internal static uintptr divRoundUp(uintptr n, uintptr a)
    {
        // a is generally a power of two.
        return (n + a - 1) / a;
    }

    // bool2int returns 0 if x is false and 1 if it is true.
    internal static int bool2int(bool x)
    {
        // PORT(generic): Go reads the byte of the bool, and has no such operator.
        return x ? 1 : 0;
    }

    // cputicks counts ticks of some clock of the machine.
    // PORT(cputicks): the CLR's timestamp, not the time stamp counter.
    internal static int64 cputicks() => Stopwatch.GetTimestamp();
}
