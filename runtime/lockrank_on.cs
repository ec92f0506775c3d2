// Ports src/runtime/lockrank_on.go of go1.20.

#if DEBUG

namespace golang;

// PORT(lockranking): Go chooses between this file and lockrank_off.go by
// GOEXPERIMENT=staticlockranking, the port by the configuration: this one is Debug.
public static partial class runtime
{
    // worldIsStopped counts the stops of the world, atomically: 1 while the world is stopped.
    internal static atomic.Uint32 worldIsStopped;

    // lockRankStruct is a field of mutex.
    internal struct lockRankStruct
    {
        // the static rank of the lock
        internal lockRank rank;

        // keeps the size a multiple of 8 bytes
        internal int pad;
    }

    // lockInit gives the lock its rank before it is used. Where a lock has no clear place to be
    // initialised, lockWithRank can give the rank at the call.
    internal static unsafe void lockInit(mutex* l, lockRank rank)
    {
        l->lockRankStruct.rank = rank;
    }

    internal static unsafe lockRank getLockRank(mutex* l)
    {
        return l->lockRankStruct.rank;
    }

    // lockWithRank is lock with a rank given by the caller, for a lock whose rank is not static.
    //
    // The list of held locks is changed on the system stack. In Go this keeps a stack split
    // between the record and lock2 out of the recorded order; the port has no stack splits and
    // keeps the switch.
    internal static unsafe void lockWithRank(mutex* l, lockRank rank)
    {
        if (l == debuglock || l == paniclk)
        {
            // debuglock only serves print and println, which report a wrong order below: it is
            // not recorded. paniclk only serves throw and panic, which come after such a
            // report, and it may be taken after just about any lock, which the partial order
            // does not cover.
            lock2(l);
            return;
        }

        if (rank == 0)
        {
            rank = lockRankLeafRank;
        }

        g* gp = getg();
        // PORT(foreign): a thread that has no m cannot hold a lock.
        if (gp == null)
        {
            throw notOnGoroutine();
        }
        // Record the new lock.
        using (systemstack())
        {
            int i = gp->m->locksHeldLen;
            if (i >= ((Span<heldLockInfo>)gp->m->locksHeld).Length)
            {
                @throw("too many locks held concurrently for rank checking");
            }

            gp->m->locksHeld[i].rank = rank;
            gp->m->locksHeld[i].lockAddr = (uintptr)l;
            gp->m->locksHeldLen++;

            // i is the index of the lock that is being taken.
            if (i > 0)
            {
                checkRanks(gp, gp->m->locksHeld[i - 1].rank, rank);
            }

            lock2(l);
        }
    }

    internal static unsafe void printHeldLocks(g* gp)
    {
        if (gp->m->locksHeldLen == 0)
        {
            println("<none>");
            return;
        }

        for (int j = 0; j < gp->m->locksHeldLen; j++)
        {
            heldLockInfo held = gp->m->locksHeld[j];
            println(j, ":", held.rank.String(), (int)held.rank, (void*)gp->m->locksHeld[j].lockAddr);
        }
    }

    // acquireLockRank takes a rank that belongs to no mutex.
    internal static unsafe void acquireLockRank(lockRank rank)
    {
        g* gp = getg();
        // Record the new rank; see lockWithRank.
        using (systemstack())
        {
            int i = gp->m->locksHeldLen;
            if (i >= ((Span<heldLockInfo>)gp->m->locksHeld).Length)
            {
                @throw("too many locks held concurrently for rank checking");
            }

            gp->m->locksHeld[i].rank = rank;
            gp->m->locksHeld[i].lockAddr = 0;
            gp->m->locksHeldLen++;

            // i is the index of the rank that is being taken.
            if (i > 0)
            {
                checkRanks(gp, gp->m->locksHeld[i - 1].rank, rank);
            }
        }
    }

    // checkRanks checks whether gp, whose latest lock has rank prevRank, may take one of rank
    // now. On the system stack.
    internal static unsafe void checkRanks(g* gp, lockRank prevRank, lockRank rank)
    {
        bool rankOK = false;
        if (rank < prevRank)
        {
            // Downwards is wrong in any case.
            rankOK = false;
        }
        else if (rank == lockRankLeafRank)
        {
            // A leaf may follow anything but a leaf.
            rankOK = prevRank < lockRankLeafRank;
        }
        else
        {
            // The total order is right; the partial order has to allow the pair as well. Two
            // locks of one rank only when the table says so.
            lockRank[] list = lockPartialOrder[(int)rank];
            foreach (lockRank entry in list)
            {
                if (entry == prevRank)
                {
                    rankOK = true;
                    break;
                }
            }
        }

        if (!rankOK)
        {
            printlock();
            println(gp->m->procid, " ======");
            printHeldLocks(gp);
            @throw("lock ordering problem");
        }
    }

    // On the system stack for the reason given at lockWithRank.
    internal static unsafe void unlockWithRank(mutex* l)
    {
        if (l == debuglock || l == paniclk)
        {
            // See the beginning of lockWithRank.
            unlock2(l);
            return;
        }

        g* gp = getg();
        using (systemstack())
        {
            bool found = false;
            for (int i = gp->m->locksHeldLen - 1; i >= 0; i--)
            {
                if (gp->m->locksHeld[i].lockAddr == (uintptr)l)
                {
                    found = true;
                    Span<heldLockInfo> held = gp->m->locksHeld;
                    held[(i + 1)..gp->m->locksHeldLen].CopyTo(held[i..]);
                    gp->m->locksHeldLen--;
                    break;
                }
            }

            if (!found)
            {
                println(gp->m->procid, ":", l->lockRankStruct.rank.String(), (int)l->lockRankStruct.rank, (void*)l);
                @throw("unlock without matching lock acquire");
            }

            unlock2(l);
        }
    }

    // releaseLockRank gives back a rank that belongs to no mutex.
    internal static unsafe void releaseLockRank(lockRank rank)
    {
        g* gp = getg();
        using (systemstack())
        {
            bool found = false;
            for (int i = gp->m->locksHeldLen - 1; i >= 0; i--)
            {
                if (gp->m->locksHeld[i].rank == rank && gp->m->locksHeld[i].lockAddr == 0)
                {
                    found = true;
                    Span<heldLockInfo> held = gp->m->locksHeld;
                    held[(i + 1)..gp->m->locksHeldLen].CopyTo(held[i..]);
                    gp->m->locksHeldLen--;
                    break;
                }
            }

            if (!found)
            {
                println(gp->m->procid, ":", rank.String(), (int)rank);
                @throw("lockRank release without matching lockRank acquire");
            }
        }
    }

    // On the system stack for the reason given at lockWithRank.
    internal static unsafe void lockWithRankMayAcquire(mutex* l, lockRank rank)
    {
        g* gp = getg();
        if (gp->m->locksHeldLen == 0)
        {
            // With no other lock held no order can be wrong.
            return;
        }

        using (systemstack())
        {
            int i = gp->m->locksHeldLen;
            if (i >= ((Span<heldLockInfo>)gp->m->locksHeld).Length)
            {
                @throw("too many locks held concurrently for rank checking");
            }

            // The lock is on the list for the duration of the check, so that checkRanks prints
            // it too if the order is wrong.
            gp->m->locksHeld[i].rank = rank;
            gp->m->locksHeld[i].lockAddr = (uintptr)l;
            gp->m->locksHeldLen++;
            checkRanks(gp, gp->m->locksHeld[i - 1].rank, rank);
            gp->m->locksHeldLen--;
        }
    }

    internal static unsafe bool checkLockHeld(g* gp, mutex* l)
    {
        for (int i = gp->m->locksHeldLen - 1; i >= 0; i--)
        {
            if (gp->m->locksHeld[i].lockAddr == (uintptr)l)
            {
                return true;
            }
        }

        return false;
    }

    // assertLockHeld throws if the caller does not hold l.
    internal static unsafe void assertLockHeld(mutex* l)
    {
        g* gp = getg();

        bool held = checkLockHeld(gp, l);
        if (held)
        {
            return;
        }

        // Crash on the system stack, as in Go.
        using (systemstack())
        {
            printlock();
            print("caller requires lock ", (void*)l, " (rank ", l->lockRankStruct.rank.String(), "), holding:\n");
            printHeldLocks(gp);
            @throw("not holding required lock!");
        }
    }

    // assertRankHeld throws if the caller holds no lock of rank r. It is less exact than
    // assertLockHeld, for places that do not have the mutex at hand.
    internal static unsafe void assertRankHeld(lockRank r)
    {
        g* gp = getg();

        for (int i = gp->m->locksHeldLen - 1; i >= 0; i--)
        {
            if (gp->m->locksHeld[i].rank == r)
            {
                return;
            }
        }

        // Crash on the system stack, as in Go.
        using (systemstack())
        {
            printlock();
            print("caller requires lock with rank ", r.String(), "), holding:\n");
            printHeldLocks(gp);
            @throw("not holding required lock!");
        }
    }

    // worldStopped notes that the world is stopped. The caller holds worldsema.
    internal static void worldStopped()
    {
        if (worldIsStopped.Add(1) is var stopped && stopped != 1)
        {
            using (systemstack())
            {
                print("world stop count=", stopped, "\n");
                @throw("recursive world stop");
            }
        }
    }

    // worldStarted notes that the world starts again. The caller holds worldsema.
    internal static void worldStarted()
    {
        if (worldIsStopped.Add(-1) is var stopped && stopped != 0)
        {
            using (systemstack())
            {
                print("world stop count=", stopped, "\n");
                @throw("released non-stopped world stop");
            }
        }
    }

    internal static bool checkWorldStopped()
    {
        uint32 stopped = worldIsStopped.Load();
        if (stopped > 1)
        {
            using (systemstack())
            {
                print("inconsistent world stop count=", stopped, "\n");
                @throw("inconsistent world stop count");
            }
        }

        return stopped == 1;
    }

    // assertWorldStopped throws if the world is not stopped. It does not check who stopped it.
    internal static void assertWorldStopped()
    {
        if (checkWorldStopped())
        {
            return;
        }

        @throw("world not stopped");
    }

    // assertWorldStoppedOrLockHeld throws if the world is not stopped and the caller does not
    // hold l.
    internal static unsafe void assertWorldStoppedOrLockHeld(mutex* l)
    {
        if (checkWorldStopped())
        {
            return;
        }

        g* gp = getg();
        bool held = checkLockHeld(gp, l);
        if (held)
        {
            return;
        }

        // Crash on the system stack, as in Go.
        using (systemstack())
        {
            printlock();
            print("caller requires world stop or lock ", (void*)l, " (rank ", l->lockRankStruct.rank.String(), "), holding:\n");
            println("<no world stop>");
            printHeldLocks(gp);
            @throw("no world stop or required lock!");
        }
    }
}

#endif
