// Ports src/runtime/sema.go of go1.20.

// The semaphores that the runtime offers to Go code.
// They are meant as the sleep and wake-up inside other synchronization primitives, for
// the case that these are contended. So the aim is the same as that of Linux's futex, with
// much simpler semantics.
//
// Rather than as semaphores, think of them as a way to sleep and to wake up in which every
// sleep has exactly one wake-up that belongs to it, even if a race has the wake-up come
// before the sleep.
//
// See Mullender and Cox, "Semaphores in Plan 9",
// https://swtch.com/semaphore.pdf
namespace golang;

public static partial class runtime
{
    // The asynchronous semaphore of sync.Mutex.

    // In a semaRoot the sudogs of different addresses (s.elem) form a balanced tree.
    // Each of them may in turn head a list (through s.waitlink) of other sudogs that wait
    // on the same address.
    // What is done to such an inner list is O(1). Searching the tree is O(log n), where n is
    // the number of different addresses on which goroutines are blocked and which hash to
    // this semaRoot.
    // Go's issue 17953 has a program that did badly before there was the second level, and
    // BenchmarkSemTable/OneAddrCollision/* tests it.
    internal unsafe partial struct semaRoot
    {
        internal mutex @lock;
        internal sudog* treap; // root of the balanced tree; one sudog per address
        internal atomic.Uint32 nwait; // how many wait. May be read without the lock.
    }

    internal static readonly unsafe semTable* semtable = @new<semTable>();

    // A prime, so that no pattern in the addresses of a program matches it.
    internal const int semTabSize = 251;

    // One element of a semTable: no two roots share a cache line.
    // PORT(cacheline): Go pads to CacheLinePadSize, 64 on amd64 and 128 on arm64; the port
    // takes the larger one, which also keeps the adjacent-line prefetcher out.
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    internal struct semTableElem
    {
        internal semaRoot root;
    }

    [InlineArray(semTabSize)]
    internal struct semTable
    {
        private semTableElem e;

        internal unsafe semaRoot* rootFor(uint32* addr)
        {
            var t = (semTableElem*)Unsafe.AsPointer(ref e); // always in native memory
            return &t[((uintptr)addr >> 3) % semTabSize].root;
        }
    }

    // sync.runtime_Semacquire
    internal static go sync_runtime_Semacquire(ptr<uint32> addr)
    {
        return semacquire1(addr, false, semaBlockProfile, 0, waitReasonSemacquire);
    }

    // internal/poll.runtime_Semacquire
    internal static go poll_runtime_Semacquire(ptr<uint32> addr)
    {
        return semacquire1(addr, false, semaBlockProfile, 0, waitReasonSemacquire);
    }

    // sync.runtime_Semrelease
    internal static void sync_runtime_Semrelease(ptr<uint32> addr, bool handoff, int skipframes)
    {
        semrelease1(addr, handoff, skipframes);
    }

    // sync.runtime_SemacquireMutex
    internal static go sync_runtime_SemacquireMutex(ptr<uint32> addr, bool lifo, int skipframes)
    {
        return semacquire1(addr, lifo, semaBlockProfile | semaMutexProfile, skipframes, waitReasonSyncMutexLock);
    }

    // sync.runtime_SemacquireRWMutexR
    internal static go sync_runtime_SemacquireRWMutexR(ptr<uint32> addr, bool lifo, int skipframes)
    {
        return semacquire1(addr, lifo, semaBlockProfile | semaMutexProfile, skipframes, waitReasonSyncRWMutexRLock);
    }

    // sync.runtime_SemacquireRWMutex
    internal static go sync_runtime_SemacquireRWMutex(ptr<uint32> addr, bool lifo, int skipframes)
    {
        return semacquire1(addr, lifo, semaBlockProfile | semaMutexProfile, skipframes, waitReasonSyncRWMutexLock);
    }

    // internal/poll.runtime_Semrelease
    internal static void poll_runtime_Semrelease(ptr<uint32> addr)
    {
        semrelease(addr);
    }

    internal static unsafe void readyWithTime(sudog* s, int traceskip)
    {
        if (s->releasetime != 0)
        {
            s->releasetime = cputicks();
        }
        goready(s->g, traceskip);
    }

    [Flags]
    internal enum semaProfileFlags
    {
    }

    internal const semaProfileFlags semaBlockProfile = (semaProfileFlags)(1 << 0);
    internal const semaProfileFlags semaMutexProfile = (semaProfileFlags)(1 << 1);

    // The runtime itself calls this one.
    internal static go semacquire(ptr<uint32> addr)
    {
        return semacquire1(addr, false, 0, 0, waitReasonSemacquire);
    }

    internal static async go semacquire1(ptr<uint32> addr, bool lifo, semaProfileFlags profile, int skipframes, waitReason reason)
    {
        unsafe
        {
            var gp = getg();
            if (gp == null) // PORT(notg): a thread that is not an M
            {
                throw notOnGoroutine();
            }
            if (gp != gp->m->curg)
            {
                @throw("semacquire not on the G stack");
            }
        }

        // The easy case.
        if (cansemacquire(addr))
        {
            return;
        }

        // The harder case:
        //	count one more waiter
        //	try cansemacquire once more, return if it succeeds
        //	queue up as a waiter
        //	sleep
        //	(who wakes us up has taken the sudog out of the queue)
        ptr<sudog> s;
        ptr<semaRoot> root;
        unsafe
        {
            s = acquireSudog();
            root = semtable->rootFor(addr);
        }
        s.v.releasetime = 0;
        s.v.acquiretime = 0;
        s.v.ticket = 0;
        // PORT(prof): times for the block profile and the mutex profile, as profile says
        for (; ; )
        {
            go park; // PORT(park)
            unsafe
            {
                lockWithRank(&root.p->@lock, lockRankRoot);
                // Count ourselves in nwait: semrelease has no "easy case" from here on.
                root.p->nwait.Add(1);
                // Only now look again: a wake-up before the Add would be missed otherwise.
                if (cansemacquire(addr))
                {
                    root.p->nwait.Add(-1);
                    unlock(&root.p->@lock);
                    break;
                }
                // Any semrelease after this cansemacquire knows that we wait (nwait
                // was set above), so go to sleep.
                root.p->queue(addr, s, lifo);
                park = goparkunlock(&root.p->@lock, reason, traceEvGoBlockSync, 4 + skipframes);
            }
            await park;
            // With a ticket the semaphore was handed over to us directly.
            if (s.v.ticket != 0 || cansemacquire(addr))
            {
                break;
            }
        }
        // PORT(prof): blockevent
        unsafe
        {
            releaseSudog(s);
        }
    }

    internal static void semrelease(ptr<uint32> addr)
    {
        semrelease1(addr, false, 0);
    }

    internal static unsafe void semrelease1(ptr<uint32> addr, bool handoff, int skipframes)
    {
        var root = semtable->rootFor(addr);
        atomic.Xadd(ref addr.v, 1);

        // The easy case: nobody waits?
        // This check must come after the xadd, or a wake-up could be missed
        // (see the loop in semacquire1).
        if (root->nwait.Load() == 0)
        {
            return;
        }

        // The harder case: look for a waiter and wake it up.
        lockWithRank(&root->@lock, lockRankRoot);
        if (root->nwait.Load() == 0)
        {
            // Another goroutine has used the count up already,
            // so there is no need to wake one up.
            unlock(&root->@lock);
            return;
        }
        sudog* s = root->dequeue(addr, out var t0);
        if (s != null)
        {
            root->nwait.Add(-1);
        }
        unlock(&root->@lock);
        if (s != null) // What follows may be slow or give way, so the lock was released before.
        {
            var acquiretime = s->acquiretime;
            if (acquiretime != 0) // PORT(prof): mutexevent(t0-acquiretime, 3+skipframes)
            {
                _ = t0;
            }
            if (s->ticket != 0)
            {
                @throw("corrupted semaphore ticket");
            }
            if (handoff && cansemacquire(addr))
            {
                s->ticket = 1;
            }
            readyWithTime(s, 5 + skipframes);
            if (s->ticket == 1 && getg()->m->locks == 0)
            {
                // Direct handoff of the G.
                // readyWithTime has made the waiter the runnext of the current P; now
                // the scheduler is called so that the waiter runs at once.
                // Note that the waiter inherits our time slice. That is wanted: a
                // semaphore under much contention must not keep the P for ever.
                // goyield is like Gosched, but its trace event says "preempted" and,
                // what matters more, it puts the current G on the local run queue
                // and not on the global one.
                // It is done for a starving semaphore only (handoff=true). Otherwise
                // another waiter may acquire the semaphore while we give way, and
                // the effort would be wasted. We wait until it starves, and
                // only then hand over both ticket and P.
                // Go's issue 33747 has the discussion.
                //
                // PORT(goyield): Go calls goyield() here. A plain function cannot park, so
                // it is asked for, and happens at the goroutine's next await.
                getg()->stackguard0 = stackYield;
                ask(getg()); // PORT(morestack)
            }
        }
    }

    internal static bool cansemacquire(ptr<uint32> addr)
    {
        for (; ; )
        {
            var v = atomic.Load(ref addr.v);
            if (v == 0)
            {
                return false;
            }
            if (atomic.Cas(ref addr.v, v, v - 1))
            {
                return true;
            }
        }
    }

    internal unsafe partial struct semaRoot
    {
        // queue adds s to the goroutines that are blocked in the semaRoot.
        internal void queue(uint32* addr, sudog* s, bool lifo)
        {
            var root = (semaRoot*)Unsafe.AsPointer(ref this); // always in native memory
            s->g = getg();
            s->elem = addr;
            s->next = null;
            s->prev = null;

            sudog* last = null;
            var pt = &root->treap;
            for (var t = *pt; t != null; t = *pt)
            {
                if (t->elem == addr)
                {
                    // addr has a list already.
                    if (lifo)
                    {
                        // s takes t's place in the treap.
                        *pt = s;
                        s->ticket = t->ticket;
                        s->acquiretime = t->acquiretime;
                        s->parent = t->parent;
                        s->prev = t->prev;
                        s->next = t->next;
                        if (s->prev != null)
                        {
                            s->prev->parent = s;
                        }
                        if (s->next != null)
                        {
                            s->next->parent = s;
                        }
                        // t becomes the first of s's wait list.
                        s->waitlink = t;
                        s->waittail = t->waittail;
                        if (s->waittail == null)
                        {
                            s->waittail = t;
                        }
                        t->parent = null;
                        t->prev = null;
                        t->next = null;
                        t->waittail = null;
                    }
                    else
                    {
                        // s becomes the last of t's wait list.
                        if (t->waittail == null)
                        {
                            t->waitlink = s;
                        }
                        else
                        {
                            t->waittail->waitlink = s;
                        }
                        t->waittail = s;
                        s->waitlink = null;
                    }
                    return;
                }
                last = t;
                if ((uintptr)addr < (uintptr)t->elem)
                {
                    pt = &t->prev;
                }
                else
                {
                    pt = &t->next;
                }
            }

            // s becomes a new leaf in the tree of the different addresses.
            // The balanced tree is a treap with ticket as the random priority: a binary
            // tree in the order of the elem addresses, and of all such trees the one in
            // which the tickets are in heap order, which keeps it balanced on average:
            // s.ticket <= both s.prev.ticket and s.next.ticket.
            // https://en.wikipedia.org/wiki/Treap
            // https://faculty.washington.edu/aragon/pubs/rst89.pdf
            //
            // In a few places s.ticket is compared with zero, so its lowest bit is set.
            // The treap is hardly the worse for it.
            s->ticket = fastrand() | 1;
            s->parent = last;
            *pt = s;

            // Rotate it up the tree according to its ticket, the priority.
            while (s->parent != null && s->parent->ticket > s->ticket)
            {
                if (s->parent->prev == s)
                {
                    root->rotateRight(s->parent);
                }
                else
                {
                    if (s->parent->next != s)
                    {
                        builtin.panic("semaRoot queue");
                    }
                    root->rotateLeft(s->parent);
                }
            }
        }

        // dequeue looks for the first goroutine in the semaRoot that is blocked on addr and
        // takes it out.
        // If the sudog is being profiled, now is the time at which it was woken up: the
        // present. Otherwise now is 0.
        internal sudog* dequeue(uint32* addr, out int64 now)
        {
            var root = (semaRoot*)Unsafe.AsPointer(ref this); // always in native memory
            var ps = &root->treap;
            var s = *ps;
            for (; s != null; s = *ps)
            {
                if (s->elem == addr)
                {
                    goto Found;
                }
                if ((uintptr)addr < (uintptr)s->elem)
                {
                    ps = &s->prev;
                }
                else
                {
                    ps = &s->next;
                }
            }
            now = 0;
            return null;

        Found:
            now = 0;
            if (s->acquiretime != 0)
            {
                now = cputicks();
            }
            var t = s->waitlink;
            if (t != null)
            {
                // t, which waits on addr too, takes the place of s in the tree.
                *ps = t;
                t->ticket = s->ticket;
                t->parent = s->parent;
                t->prev = s->prev;
                if (t->prev != null)
                {
                    t->prev->parent = t;
                }
                t->next = s->next;
                if (t->next != null)
                {
                    t->next->parent = t;
                }
                if (t->waitlink != null)
                {
                    t->waittail = s->waittail;
                }
                else
                {
                    t->waittail = null;
                }
                t->acquiretime = now;
                s->waitlink = null;
                s->waittail = null;
            }
            else
            {
                // Rotate s down until it is a leaf that can be removed, with regard to
                // the priorities.
                while (s->next != null || s->prev != null)
                {
                    if (s->next == null || (s->prev != null && s->prev->ticket < s->next->ticket))
                    {
                        root->rotateRight(s);
                    }
                    else
                    {
                        root->rotateLeft(s);
                    }
                }
                // s is a leaf now: remove it.
                if (s->parent != null)
                {
                    if (s->parent->prev == s)
                    {
                        s->parent->prev = null;
                    }
                    else
                    {
                        s->parent->next = null;
                    }
                }
                else
                {
                    root->treap = null;
                }
            }
            s->parent = null;
            s->elem = null;
            s->next = null;
            s->prev = null;
            s->ticket = 0;
            return s;
        }

        // rotateLeft rotates the tree whose root is x:
        // (x a (y b c)) becomes (y (x a b) c).
        internal void rotateLeft(sudog* x)
        {
            // p -> (x a (y b c))
            var p = x->parent;
            var y = x->next;
            var b = y->prev;

            y->prev = x;
            x->parent = y;
            x->next = b;
            if (b != null)
            {
                b->parent = x;
            }

            y->parent = p;
            if (p == null)
            {
                treap = y;
            }
            else if (p->prev == x)
            {
                p->prev = y;
            }
            else
            {
                if (p->next != x)
                {
                    @throw("semaRoot rotateLeft");
                }
                p->next = y;
            }
        }

        // rotateRight rotates the tree whose root is y:
        // (y (x a b) c) becomes (x a (y b c)).
        internal void rotateRight(sudog* y)
        {
            // p -> (y (x a b) c)
            var p = y->parent;
            var x = y->prev;
            var b = x->next;

            x->next = y;
            y->parent = x;
            y->prev = b;
            if (b != null)
            {
                b->parent = y;
            }

            x->parent = p;
            if (p == null)
            {
                treap = x;
            }
            else if (p->prev == y)
            {
                p->prev = x;
            }
            else
            {
                if (p->next != y)
                {
                    @throw("semaRoot rotateRight");
                }
                p->next = x;
            }
        }
    }

    // notifyList is a list of notifications with tickets, on which sync.Cond is built.
    //
    // Package sync has the same structure; the two must agree.
    internal unsafe struct notifyList
    {
        // wait is the ticket of the next waiter. It is incremented atomically,
        // without the lock.
        internal atomic.Uint32 wait;

        // notify is the ticket that is notified next. It may be read without
        // the lock, but is written only with the lock held.
        //
        // wait and notify may both wrap around. That is handled as long as their
        // difference, taken without the wrap, is below 2^31; for it to be more, as many
        // goroutines would have to be blocked on one condition variable, which is
        // not possible at present.
        internal uint32 notify;

        // The waiters that are parked.
        internal mutex @lock;
        internal sudog* head;
        internal sudog* tail;
    }

    // less reports whether a < b, where a and b are running counts that may overflow their
    // 32 bits and whose difference, without the overflow, always is below 2^31.
    internal static bool less(uint32 a, uint32 b)
    {
        return (int32)(a - b) < 0;
    }

    // notifyListAdd, which is sync.runtime_notifyListAdd, adds the caller to a notify list,
    // so that it can be notified. The caller must later call notifyListWait, with the
    // ticket that is returned here, to wait for the notification.
    // PORT(uintptr): Go's parameter, and that of the three functions below, is a *notifyList;
    // another assembly cannot name that type.
    internal static unsafe uint32 notifyListAdd(uintptr pl)
    {
        var l = (notifyList*)pl;
        // Concurrent calls are possible, for instance by sync.Cond.Wait
        // with an RWMutex held for reading.
        return l->wait.Add(1) - 1;
    }

    // notifyListWait, which is sync.runtime_notifyListWait, waits for a notification. If one
    // was sent since notifyListAdd was called, it returns at once, otherwise it blocks.
    internal static async go notifyListWait(uintptr pl, uint32 t)
    {
        ptr<sudog> s;
        go park; // PORT(park)
        unsafe
        {
            var l = (notifyList*)pl;
            if (getg() == null) // PORT(notg)
            {
                throw notOnGoroutine();
            }
            lockWithRank(&l->@lock, lockRankNotifyList);

            // Return at once if this ticket was notified already.
            if (less(t, l->notify))
            {
                unlock(&l->@lock);
                return;
            }

            // Queue up.
            s = acquireSudog();
            s.p->g = getg();
            s.p->ticket = t;
            s.p->releasetime = 0;
            // PORT(prof): a time for the block profile
            if (l->tail == null)
            {
                l->head = s;
            }
            else
            {
                l->tail->next = s;
            }
            l->tail = s;
            park = goparkunlock(&l->@lock, waitReasonSyncCondWait, traceEvGoBlockCond, 3);
        }
        await park;
        // PORT(prof): blockevent
        unsafe
        {
            releaseSudog(s);
        }
    }

    // notifyListNotifyAll, which is sync.runtime_notifyListNotifyAll, notifies all entries
    // of the list.
    internal static unsafe void notifyListNotifyAll(uintptr p)
    {
        var l = (notifyList*)p; // PORT(uintptr)
        // The fast path: if no waiter has come since the last notification,
        // there is no need for the lock.
        if (l->wait.Load() == atomic.Load(ref l->notify))
        {
            return;
        }

        // Take the whole list; its waiters are made ready
        // without the lock.
        lockWithRank(&l->@lock, lockRankNotifyList);
        var s = l->head;
        l->head = null;
        l->tail = null;

        // Set the next ticket to be notified. It can be the present value of wait: a
        // waiter with an earlier one is in the list already, or will see that it was
        // notified when it wants to enter the list.
        atomic.Store(ref l->notify, l->wait.Load());
        unlock(&l->@lock);

        // Go through the list that was taken and make all waiters ready.
        while (s != null)
        {
            var next = s->next;
            s->next = null;
            readyWithTime(s, 4);
            s = next;
        }
    }

    // notifyListNotifyOne, which is sync.runtime_notifyListNotifyOne, notifies one entry of
    // the list.
    internal static unsafe void notifyListNotifyOne(uintptr pl)
    {
        var l = (notifyList*)pl; // PORT(uintptr)
        // The fast path: if no waiter has come since the last notification,
        // there is no need for the lock at all.
        if (l->wait.Load() == atomic.Load(ref l->notify))
        {
            return;
        }

        lockWithRank(&l->@lock, lockRankNotifyList);

        // Look again, now with the lock, whether there is anything to do.
        var t = l->notify;
        if (t == l->wait.Load())
        {
            unlock(&l->@lock);
            return;
        }

        // Set the next ticket to be notified.
        atomic.Store(ref l->notify, t + 1);

        // Look for the g that is to be notified.
        // If it is not in the list yet it will not be found, but it will not park either
        // once it sees the new notify number.
        //
        // The search looks linear, but practically always ends soon. A g takes its number
        // and queues up in separate steps, so the order in the list may differ a little,
        // but the g should stand near the front. Others stand before it only as far as it
        // lost the race against them, so the loop will not go on for long. The same holds
        // if the g is missing: it has not gone to sleep yet and has lost the race
        // against the (few) other g's in the list.
        for (sudog* p = null, s = l->head; s != null; p = s, s = s->next)
        {
            if (s->ticket == t)
            {
                var n = s->next;
                if (p != null)
                {
                    p->next = n;
                }
                else
                {
                    l->head = n;
                }
                if (n == null)
                {
                    l->tail = p;
                }
                unlock(&l->@lock);
                s->next = null;
                readyWithTime(s, 4);
                return;
            }
        }
        unlock(&l->@lock);
    }

    // notifyListCheck is sync.runtime_notifyListCheck.
    internal static unsafe void notifyListCheck(uintptr sz)
    {
        if (sz != (uintptr)sizeof(notifyList))
        {
            print("runtime: bad notifyList size - sync=", sz, " runtime=", (uintptr)sizeof(notifyList), "\n");
            @throw("bad notifyList size");
        }
    }

    // sync_nanotime is sync.runtime_nanotime.
    internal static int64 sync_nanotime()
    {
        return nanotime();
    }
}
