// Ports src/runtime/lock_futex.go of go1.20.

namespace golang;

public static partial class runtime
{
    // What this file needs of the operating system:
    //
    //  futexsleep(uint32* addr, uint32 val, int64 ns)
    //      In one atomic step: if *addr == val, sleep. It may wake up for no reason, and it
    //      does not sleep longer than ns; ns < 0 is without limit.
    //
    //  futexwakeup(uint32* addr, uint32 cnt)
    //      Wakes at most cnt of the threads that sleep on addr.

    internal const int mutex_unlocked = 0;
    internal const int mutex_locked = 1;
    internal const int mutex_sleeping = 2;

    internal const int active_spin = 4;
    internal const int active_spin_cnt = 30;
    internal const int passive_spin = 1;

    // A lock is in one of three states: mutex_unlocked, mutex_locked, mutex_sleeping.
    // mutex_sleeping says that at least one thread presumably sleeps on it. Threads may spin
    // on it in every state; the state does not show them.

    // mutex.key and note.key are uintptr; the futex is their low uint32.
    internal static unsafe uint32* key32(uintptr* p)
    {
        return (uint32*)p;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void @lock(mutex* l)
    {
        lockWithRank(l, getLockRank(l));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void lock2(mutex* l)
    {
        g* gp = getg();
        // PORT(foreign): a thread that has no m cannot hold a lock.
        if (gp == null)
        {
            throw notOnGoroutine();
        }

        if (gp->m->locks < 0)
        {
            @throw("runtime·lock: lock count");
        }

        gp->m->locks++;

        // An optimistic grab first.
        uint32 v = atomic.Xchg(ref *key32(&l->key), mutex_locked);
        if (v == mutex_unlocked)
        {
            return;
        }

        // PORT(getg): the rest is not inlined.
        contend(l, v);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void contend(mutex* l, uint32 v)
        {
            // wait is mutex_locked or mutex_sleeping: it says whether a thread sleeps on this
            // mutex. Whoever takes key away from mutex_sleeping has to put mutex_sleeping back
            // before it returns, or the sleeper never gets its wakeup.
            uint32 wait = v;

            // Spinning makes no sense on one processor. On several, try active_spin times.
            int spin = 0;
            if (ncpu > 1)
            {
                spin = active_spin;
            }

            for (; ; )
            {
                // Try to get it, spinning.
                for (int i = 0; i < spin; i++)
                {
                    // PORT(plainload): Go reads key plainly here and in the loop below; the JIT
                    // may move a plain load out of the loop, so the port says that it must not.
                    while (atomic.Loaduintptr(ref l->key) == mutex_unlocked)
                    {
                        if (atomic.Cas(ref *key32(&l->key), mutex_unlocked, wait))
                        {
                            return;
                        }
                    }

                    procyield(active_spin_cnt);
                }

                // Try to get it, letting other threads run.
                for (int i = 0; i < passive_spin; i++)
                {
                    while (atomic.Loaduintptr(ref l->key) == mutex_unlocked) // PORT(plainload)
                    {
                        if (atomic.Cas(ref *key32(&l->key), mutex_unlocked, wait))
                        {
                            return;
                        }
                    }

                    osyield();
                }

                // Sleep.
                v = atomic.Xchg(ref *key32(&l->key), mutex_sleeping);
                if (v == mutex_unlocked)
                {
                    return;
                }

                wait = mutex_sleeping;
                futexsleep(key32(&l->key), mutex_sleeping, -1);
            }
        } // PORT(getg)
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void unlock(mutex* l)
    {
        unlockWithRank(l);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe void unlock2(mutex* l)
    {
        uint32 v = atomic.Xchg(ref *key32(&l->key), mutex_unlocked);
        if (v == mutex_unlocked)
        {
            @throw("unlock of unlocked lock");
        }

        if (v == mutex_sleeping)
        {
            futexwakeup(key32(&l->key), 1);
        }

        g* gp = getg();
        gp->m->locks--;
        if (gp->m->locks < 0)
        {
            @throw("runtime·unlock: lock count");
        }

        if (gp->m->locks == 0 && gp->preempt)
        {
            // restore the request for preemption in case newstack has cleared it
            gp->stackguard0 = stackPreempt;
        }
    }

    // Notes: one-time notifications.

    internal static unsafe void noteclear(note* n)
    {
        n->key = 0;
    }

    internal static unsafe void notewakeup(note* n)
    {
        uint32 old = atomic.Xchg(ref *key32(&n->key), 1);
        if (old != 0)
        {
            print("notewakeup - double wakeup (", old, ")\n");
            @throw("notewakeup - double wakeup");
        }

        futexwakeup(key32(&n->key), 1);
    }

    internal static unsafe void notesleep(note* n)
    {
        g* gp = getg();
        if (gp != gp->m->g0)
        {
            @throw("notesleep not on g0");
        }

        int64 ns = -1; // PORT(cgo): Go shortens the sleep when cgo_yield is set, and calls it afterwards.
        while (atomic.Load(ref *key32(&n->key)) == 0)
        {
            gp->m->blocked = true;
            futexsleep(key32(&n->key), 0, ns);
            // PORT(cgo): cgo_yield
            gp->m->blocked = false;
        }
    }

    // notetsleep may call this when the M has no P.
    internal static unsafe bool notetsleep_internal(note* n, int64 ns)
    {
        g* gp = getg();

        if (ns < 0)
        {
            // PORT(cgo): cgo_yield, as in notesleep
            while (atomic.Load(ref *key32(&n->key)) == 0)
            {
                gp->m->blocked = true;
                futexsleep(key32(&n->key), 0, ns);
                // PORT(cgo): cgo_yield
                gp->m->blocked = false;
            }

            return true;
        }

        if (atomic.Load(ref *key32(&n->key)) != 0)
        {
            return true;
        }

        int64 deadline = nanotime() + ns;
        for (; ; )
        {
            // PORT(cgo): cgo_yield
            gp->m->blocked = true;
            futexsleep(key32(&n->key), 0, ns);
            // PORT(cgo): cgo_yield
            gp->m->blocked = false;
            if (atomic.Load(ref *key32(&n->key)) != 0)
            {
                break;
            }

            int64 now = nanotime();
            if (now >= deadline)
            {
                break;
            }

            ns = deadline - now;
        }

        return atomic.Load(ref *key32(&n->key)) != 0;
    }

    internal static unsafe bool notetsleep(note* n, int64 ns)
    {
        g* gp = getg();
        if (gp != gp->m->g0 && gp->m->preemptoff != null)
        {
            @throw("notetsleep not on g0");
        }

        return notetsleep_internal(n, ns);
    }

    // As notetsleep, but on a user goroutine, not on g0. In Go nothing between
    // entersyscallblock and exitsyscall may split the stack; here the rule is that nothing in
    // between may park.
    internal static unsafe bool notetsleepg(note* n, int64 ns)
    {
        g* gp = getg();
        if (gp == gp->m->g0)
        {
            @throw("notetsleepg on g0");
        }

        entersyscallblock();
        bool ok = notetsleep_internal(n, ns);
        exitsyscall();
        return ok;
    }

    internal static (ptr<g> gp, bool otherReady) beforeIdle(int64 now, int64 pollUntil)
    {
        return (default, false);
    }

    internal static void checkTimeouts()
    {
    }
}
