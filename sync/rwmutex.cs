// Ports src/sync/rwmutex.go of go1.20.

namespace golang;

public static partial class sync
{
    // runtime/rwmutex.cs is a variant of this file: a change here may be due there too.

    /// <summary>
    /// A lock for any number of readers or one writer; a new one is unlocked. While a goroutine holds it for
    /// reading and another waits in Lock, no further reader gets in, so a goroutine must not read-lock it twice:
    /// the waiting writer would be in between. An Unlock happens before every later Lock; an RLock comes after
    /// some Unlock and its RUnlock before the next Lock. Ports src/sync/rwmutex.go.
    /// </summary>
    public sealed class RWMutex
    {
        internal readonly Mutex w = new(); // held while writers are there
        internal readonly semaphore writerSem = new(); // where a writer waits for the readers to finish
        internal readonly semaphore readerSem = new(); // where readers wait for the writer to finish
        internal atomic.Int32 readerCount; // the readers that are there
        internal atomic.Int32 readerWait; // the readers that a writer waits for

        // PORT(race): the annotations that tell the race detector Unlock -> Lock, Unlock -> RLock and
        // RUnlock -> Lock.

        /// <summary>Locks for reading; the goroutine waits while a writer has the lock or waits for it. Ports src/sync/rwmutex.go.</summary>
        public go RLock()
        {
            // PORT(race)
            if (readerCount.Add(1) < 0)
            {
                // A writer is there: wait for it.
                return runtime_SemacquireRWMutexR(readerSem, false, 0);
            }
            // PORT(race)
            return default;
        }

        /// <summary>Locks for reading if that needs no waiting, and reports whether it did. Good uses of it are rare. Ports src/sync/rwmutex.go.</summary>
        public bool TryRLock()
        {
            // PORT(race)
            for (; ; )
            {
                var c = readerCount.Load();
                if (c < 0)
                {
                    // PORT(race)
                    return false;
                }
                if (readerCount.CompareAndSwap(c, c + 1))
                {
                    // PORT(race)
                    return true;
                }
            }
        }

        /// <summary>
        /// Undoes one RLock; other readers are not touched. A fatal error when nobody has locked for reading.
        /// Ports src/sync/rwmutex.go.
        /// </summary>
        public void RUnlock()
        {
            // PORT(race)
            var r = readerCount.Add(-1);
            if (r < 0)
            {
                // The slow path stands apart, so that the fast one can be inlined.
                rUnlockSlow(r);
            }
            // PORT(race)
        }

        internal void rUnlockSlow(int32 r)
        {
            if (r + 1 == 0 || r + 1 == -rwmutexMaxReaders)
            {
                // PORT(race)
                fatal(null, "sync: RUnlock of unlocked RWMutex");
            }
            // A writer is there.
            if (readerWait.Add(-1) == 0)
            {
                // The last of its readers lets it in.
                runtime_Semrelease(writerSem, false, 1);
            }
        }

        /// <summary>Locks for writing; the goroutine waits while others hold the lock in either way. Ports src/sync/rwmutex.go.</summary>
        public async go Lock()
        {
            // PORT(race)
            // First settle it with the other writers.
            await w.Lock();
            // Tell the readers that a writer is there.
            var r = readerCount.Add(-rwmutexMaxReaders) + rwmutexMaxReaders;
            // Wait for those that are in.
            if (r != 0 && readerWait.Add(r) != 0)
            {
                await runtime_SemacquireRWMutex(writerSem, false, 0);
            }
            // PORT(race)
        }

        /// <summary>Locks for writing if that needs no waiting, and reports whether it did. Good uses of it are rare. Ports src/sync/rwmutex.go.</summary>
        public bool TryLock()
        {
            // PORT(race)
            if (!w.TryLock())
            {
                // PORT(race)
                return false;
            }
            if (!readerCount.CompareAndSwap(0, -rwmutexMaxReaders))
            {
                w.Unlock();
                // PORT(race)
                return false;
            }
            // PORT(race)
            return true;
        }

        /// <summary>
        /// Unlocks for writing. A fatal error when it is not so locked. Any goroutine may do it.
        /// Ports src/sync/rwmutex.go.
        /// </summary>
        public void Unlock()
        {
            // PORT(race)
            // Tell the readers that the writer is gone.
            var r = readerCount.Add(rwmutexMaxReaders);
            if (r >= rwmutexMaxReaders)
            {
                // PORT(race)
                fatal(null, "sync: Unlock of unlocked RWMutex");
            }
            // Let in those that wait.
            for (var i = 0; i < r; i++)
            {
                runtime_Semrelease(readerSem, false, 0);
            }
            // Let in other writers.
            w.Unlock();
            // PORT(race)
        }

        /// <summary>Gives a Locker whose Lock and Unlock are RLock and RUnlock. Ports src/sync/rwmutex.go.</summary>
        public Locker RLocker()
        {
            return new rlocker(this);
        }
    }

    internal const int32 rwmutexMaxReaders = 1 << 30;

    internal sealed class rlocker(RWMutex rw) : Locker
    {
        internal readonly RWMutex r = rw;

        public go Lock()
        {
            return r.RLock();
        }

        public void Unlock()
        {
            r.RUnlock();
        }
    }
}
