// Ports src/sync/mutex.go of go1.20.

namespace golang;

/// <summary>
/// Package sync: mutual exclusion and other basic synchronization, for goroutines. Apart from Once and WaitGroup
/// it is meant for low-level libraries. Ports src/sync.
/// </summary>
public static partial class sync
{
    // Package runtime has the two functions below.

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_throw")]
    internal static extern void @throw([UnsafeAccessorType("golang.runtime, runtime")] object? _, string s);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sync_fatal")]
    internal static extern void fatal([UnsafeAccessorType("golang.runtime, runtime")] object? _, string s);

    /// <summary>
    /// A mutual exclusion lock for goroutines; a new one is unlocked. An Unlock happens before every later Lock,
    /// and a TryLock that succeeds counts as a Lock. No goroutine owns it: one may lock and another unlock.
    /// Ports src/sync/mutex.go.
    /// </summary>
    public sealed class Mutex : Locker
    {
        internal int32 state;
        internal readonly semaphore sema = new();

        /// <summary>Locks; when the lock is taken the goroutine waits until it is free. Ports src/sync/mutex.go.</summary>
        public go Lock()
        {
            // The fast path: an unlocked mutex.
            if (atomic.CompareAndSwapInt32(ref state, 0, mutexLocked))
            {
                // PORT(race): race.Acquire
                return default;
            }
            // The slow path stands apart, so that the fast one can be inlined.
            return lockSlow();
        }

        /// <summary>
        /// Locks if that needs no waiting, and reports whether it did. Good uses of it are rare.
        /// Ports src/sync/mutex.go.
        /// </summary>
        public bool TryLock()
        {
            var old = state;
            if ((old & (mutexLocked | mutexStarving)) != 0)
            {
                return false;
            }

            // A goroutine may be waiting, but this one runs now and can try to be first.
            if (!atomic.CompareAndSwapInt32(ref state, old, old | mutexLocked))
            {
                return false;
            }

            // PORT(race): race.Acquire
            return true;
        }

        internal async go lockSlow()
        {
            int64 waitStartTime = 0;
            var starving = false;
            var awoke = false;
            var iter = 0;
            var old = state;
            for (; ; )
            {
                // Nobody spins in starvation mode: the lock goes from hand to hand to the waiters, so spinning
                // could not get it.
                if ((old & (mutexLocked | mutexStarving)) == mutexLocked && runtime_canSpin(null, iter))
                {
                    // Spinning makes sense. Set mutexWoken, so that Unlock does not wake somebody else.
                    if (!awoke && (old & mutexWoken) == 0 && old >> mutexWaiterShift != 0 &&
                        atomic.CompareAndSwapInt32(ref state, old, old | mutexWoken))
                    {
                        awoke = true;
                    }
                    runtime_doSpin(null);
                    iter++;
                    old = state;
                    continue;
                }
                var @new = old;
                // Do not try for a starving mutex: who comes new must queue.
                if ((old & mutexStarving) == 0)
                {
                    @new |= mutexLocked;
                }
                if ((old & (mutexLocked | mutexStarving)) != 0)
                {
                    @new += 1 << mutexWaiterShift;
                }
                // This goroutine switches the mutex to starvation mode, but not an unlocked one: Unlock expects
                // that a starving mutex has waiters, and then it would not be so.
                if (starving && (old & mutexLocked) != 0)
                {
                    @new |= mutexStarving;
                }
                if (awoke)
                {
                    // This goroutine was woken, so the flag must go in either case.
                    if ((@new & mutexWoken) == 0)
                    {
                        @throw(null, "sync: inconsistent mutex state");
                    }
                    @new &= ~mutexWoken;
                }
                if (atomic.CompareAndSwapInt32(ref state, old, @new))
                {
                    if ((old & (mutexLocked | mutexStarving)) == 0)
                    {
                        break; // the CAS locked it
                    }
                    // Who has waited before goes to the front of the queue.
                    var queueLifo = waitStartTime != 0;
                    if (waitStartTime == 0)
                    {
                        waitStartTime = runtime_nanotime(null);
                    }
                    await runtime_SemacquireMutex(sema, queueLifo, 1);
                    starving = starving || runtime_nanotime(null) - waitStartTime > starvationThresholdNs;
                    old = state;
                    if ((old & mutexStarving) != 0)
                    {
                        // Woken in starvation mode: this goroutine was handed the lock, but the state does not
                        // say so yet. mutexLocked is not set, and it still counts as a waiter. Put that right.
                        if ((old & (mutexLocked | mutexWoken)) != 0 || old >> mutexWaiterShift == 0)
                        {
                            @throw(null, "sync: inconsistent mutex state");
                        }
                        var delta = (int32)(mutexLocked - (1 << mutexWaiterShift));
                        if (!starving || old >> mutexWaiterShift == 1)
                        {
                            // Leave starvation mode. It must be done here, with the wait time in mind: the mode
                            // is so slow that two goroutines that both switch to it could go on in lock-step
                            // for ever.
                            delta -= mutexStarving;
                        }
                        atomic.AddInt32(ref state, delta);
                        break;
                    }
                    awoke = true;
                    iter = 0;
                }
                else
                {
                    old = state;
                }
            }

            // PORT(race): race.Acquire
        }

        /// <summary>
        /// Unlocks. Unlocking an unlocked mutex is a fatal error. Any goroutine may do it, not only the one that
        /// locked. Ports src/sync/mutex.go.
        /// </summary>
        public void Unlock()
        {
            // PORT(race): race.Release

            // The fast path: drop the lock bit.
            var @new = atomic.AddInt32(ref state, -mutexLocked);
            if (@new != 0)
            {
                // The slow path stands apart, so that the fast one can be inlined. For traces it skips one more
                // frame.
                unlockSlow(@new);
            }
        }

        internal void unlockSlow(int32 @new)
        {
            if (((@new + mutexLocked) & mutexLocked) == 0)
            {
                fatal(null, "sync: unlock of unlocked mutex");
            }
            if ((@new & mutexStarving) == 0)
            {
                var old = @new;
                for (; ; )
                {
                    // With no waiters, or when a goroutine is awake already or has the lock, nobody needs to be
                    // woken. In starvation mode the lock goes from the unlocker to the first waiter; this call is
                    // no part of that, as it did not see mutexStarving when it unlocked above. Get out of the way.
                    if (old >> mutexWaiterShift == 0 || (old & (mutexLocked | mutexWoken | mutexStarving)) != 0)
                    {
                        return;
                    }
                    // Take the right to wake someone.
                    @new = (old - (1 << mutexWaiterShift)) | mutexWoken;
                    if (atomic.CompareAndSwapInt32(ref state, old, @new))
                    {
                        runtime_Semrelease(sema, false, 1);
                        return;
                    }
                    old = state;
                }
            }
            else
            {
                // Starvation mode: the lock goes to the first waiter, together with the rest of this time slice,
                // so that it runs at once. mutexLocked is not set: the waiter sets it when it is awake. While
                // mutexStarving is set the mutex counts as locked all the same, so nobody new takes it.
                runtime_Semrelease(sema, true, 1);
            }
        }
    }

    /// <summary>What can be locked and unlocked. Ports src/sync/mutex.go.</summary>
    public interface Locker
    {
        /// <summary>Locks; the goroutine may wait.</summary>
        go Lock();

        /// <summary>Unlocks.</summary>
        void Unlock();
    }

    internal const int32 mutexLocked = 1 << 0; // the mutex is locked
    internal const int32 mutexWoken = 1 << 1;
    internal const int32 mutexStarving = 1 << 2;
    internal const int mutexWaiterShift = 3;

    // Fairness.
    //
    // A mutex is in one of two modes: normal and starvation. In normal mode waiters queue first in, first out,
    // but a woken waiter does not own the lock yet: it competes with goroutines that just arrive. Those have the
    // advantage of running already, and there may be many, so the woken one often loses; then it queues at the
    // front. When it has failed for more than 1ms it switches the mutex to starvation mode.
    //
    // In starvation mode the unlocker hands the lock to the waiter at the front. Goroutines that arrive do not
    // try for it, even if it looks unlocked, and do not spin: they queue at the tail.
    //
    // A waiter that gets the lock switches back to normal mode when (1) it is the last in the queue or (2) it
    // waited for less than 1ms.
    //
    // Normal mode is much faster, as a goroutine can take the lock several times in a row although others wait.
    // Starvation mode prevents extreme waiting times.
    internal const int64 starvationThresholdNs = 1000000;
}
