// Ports src/sync/waitgroup.go of go1.20.

namespace golang;

public static partial class sync
{
    /// <summary>
    /// Waits for a collection of goroutines to finish: Add says how many, each calls Done at its end, and Wait
    /// waits for all. A Done happens before the return of every Wait that it lets go. Ports src/sync/waitgroup.go.
    /// </summary>
    public sealed class WaitGroup
    {
        // PORT(nocopy): noCopy

        internal atomic.Uint64 state; // the upper 32 bits: the counter; the lower: how many wait
        internal readonly semaphore sema = new();

        /// <summary>
        /// Adds delta to the counter. At zero everybody in Wait goes on; below zero it panics. An Add with a
        /// positive delta at zero must happen before Wait; at other times, and with a negative delta, it may come
        /// whenever it likes. So mostly Add stands before the statement that starts the goroutine. Who uses it
        /// again calls Add only after every earlier Wait has returned. Ports src/sync/waitgroup.go.
        /// </summary>
        /// <param name="delta">What is added.</param>
        public void Add(int delta)
        {
            // PORT(race): a decrement synchronizes with Wait
            var state = this.state.Add((uint64)(int64)delta << 32);
            var v = (int32)(state >> 32);
            var w = (uint32)state;
            // PORT(race): the first increment synchronizes with Wait
            if (v < 0)
            {
                builtin.panic("sync: negative WaitGroup counter");
            }
            if (w != 0 && delta > 0 && v == delta)
            {
                builtin.panic("sync: WaitGroup misuse: Add called concurrently with Wait");
            }
            if (v > 0 || w == 0)
            {
                return;
            }
            // This goroutine took the counter to 0 while others wait. Now nothing may change the state:
            // - an Add must not run at the same time as Wait,
            // - Wait does not count itself as a waiter when it sees 0.
            // Check for misuse all the same, as it is cheap.
            if (this.state.Load() != state)
            {
                builtin.panic("sync: WaitGroup misuse: Add called concurrently with Wait");
            }
            // No waiters any more.
            this.state.Store(0);
            for (; w != 0; w--)
            {
                runtime_Semrelease(sema, false, 0);
            }
        }

        /// <summary>Takes one from the counter. Ports src/sync/waitgroup.go.</summary>
        public void Done()
        {
            Add(-1);
        }

        /// <summary>Waits until the counter is zero. Ports src/sync/waitgroup.go.</summary>
        public async go Wait()
        {
            // PORT(race)
            for (; ; )
            {
                var state = this.state.Load();
                var v = (int32)(state >> 32);
                if (v == 0)
                {
                    // At 0 there is nothing to wait for.
                    // PORT(race): race.Acquire
                    return;
                }
                // One more waiter.
                if (this.state.CompareAndSwap(state, state + 1))
                {
                    // PORT(race): the first waiter synchronizes with the first Add
                    await runtime_Semacquire(sema);
                    if (this.state.Load() != 0)
                    {
                        builtin.panic("sync: WaitGroup is reused before previous Wait has returned");
                    }
                    // PORT(race): race.Acquire
                    return;
                }
            }
        }
    }
}
