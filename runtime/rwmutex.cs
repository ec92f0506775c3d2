// Ports src/runtime/rwmutex.go of go1.20.

namespace golang;

// The runtime's own form of sync/rwmutex.go.
public static partial class runtime
{
    // A rwmutex is a lock for many readers or one writer: sync.RWMutex for the runtime. Like
    // mutex it blocks the M and knows nothing of goroutines. It lives in native memory.
    internal unsafe struct rwmutex
    {
        internal mutex rLock; // protects readers, readerPass, writer
        internal muintptr readers; // list of pending readers
        internal uint32 readerPass; // number of pending readers to skip readers list

        internal mutex wLock; // serialises writers
        internal muintptr writer; // pending writer that waits for the readers to leave

        internal atomic.Int32 readerCount; // number of pending readers
        internal atomic.Int32 readerWait; // number of departing readers

        // rlock locks rw for reading.
        internal void rlock()
        {
            rwmutex* rw = (rwmutex*)Unsafe.AsPointer(ref this);
            // A reader must keep its P: otherwise the others that wait for the lock could use
            // up all Ps, a deadlock (Go issue 20903). Giving the P up while asleep would do
            // as well.
            acquirem();
            if (rw->readerCount.Add(1) < 0)
            {
                // A writer is pending. Wait on the readers' list.
                using (systemstack())
                {
                    runtime.lockWithRank(&rw->rLock, lockRankRwmutexR);
                    if (rw->readerPass > 0)
                    {
                        // The writer has finished.
                        rw->readerPass -= 1;
                        runtime.unlock(&rw->rLock);
                    }
                    else
                    {
                        // Onto the list; the writer wakes us.
                        m* mp = getg()->m;
                        mp->schedlink = rw->readers;
                        rw->readers.set(mp);
                        runtime.unlock(&rw->rLock);
                        notesleep(&mp->park);
                        noteclear(&mp->park);
                    }
                }
            }
        }

        // runlock undoes one rlock.
        internal void runlock()
        {
            rwmutex* rw = (rwmutex*)Unsafe.AsPointer(ref this);
            if (rw->readerCount.Add(-1) is var r && r < 0)
            {
                if (r + 1 == 0 || r + 1 == -rwmutexMaxReaders)
                {
                    @throw("runlock of unlocked rwmutex");
                }

                // A writer is pending.
                if (rw->readerWait.Add(-1) == 0)
                {
                    // The last reader lets the writer go on.
                    runtime.lockWithRank(&rw->rLock, lockRankRwmutexR);
                    m* w = rw->writer.ptr();
                    if (w != null)
                    {
                        notewakeup(&w->park);
                    }

                    runtime.unlock(&rw->rLock);
                }
            }

            releasem(getg()->m);
        }

        // lock locks rw for writing.
        internal void @lock()
        {
            rwmutex* rw = (rwmutex*)Unsafe.AsPointer(ref this);
            // First against the other writers; holding wLock also keeps our P.
            runtime.lockWithRank(&rw->wLock, lockRankRwmutexW);
            m* mp = getg()->m;
            // Tell the readers that a writer is pending.
            int32 r = rw->readerCount.Add(-rwmutexMaxReaders) + rwmutexMaxReaders;
            // Wait for the active readers.
            runtime.lockWithRank(&rw->rLock, lockRankRwmutexR);
            if (r != 0 && rw->readerWait.Add(r) != 0)
            {
                // Wait until the last of them wakes us.
                using (systemstack())
                {
                    rw->writer.set(mp);
                    runtime.unlock(&rw->rLock);
                    notesleep(&mp->park);
                    noteclear(&mp->park);
                }
            }
            else
            {
                runtime.unlock(&rw->rLock);
            }
        }

        // unlock unlocks rw for writing.
        internal void unlock()
        {
            rwmutex* rw = (rwmutex*)Unsafe.AsPointer(ref this);
            // Tell the readers that no writer is active any more.
            int32 r = rw->readerCount.Add(rwmutexMaxReaders);
            if (r >= rwmutexMaxReaders)
            {
                @throw("unlock of unlocked rwmutex");
            }

            // Wake the readers that wait.
            runtime.lockWithRank(&rw->rLock, lockRankRwmutexR);
            while (rw->readers.ptr() != null)
            {
                m* reader = rw->readers.ptr();
                rw->readers = reader->schedlink;
                reader->schedlink.set(null);
                notewakeup(&reader->park);
                r -= 1;
            }

            // If r > 0, readers are pending that are not on the list yet: they are not to wait.
            rw->readerPass += (uint32)r;
            runtime.unlock(&rw->rLock);
            // Let other writers go on.
            runtime.unlock(&rw->wLock);
        }
    }

    internal const int rwmutexMaxReaders = 1 << 30;
}
