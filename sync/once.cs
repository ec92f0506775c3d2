// Ports src/sync/once.go of go1.20.

namespace golang;

public static partial class sync
{
    /// <summary>
    /// Does one thing once. The return of that one call happens before the return of every Do.
    /// Ports src/sync/once.go.
    /// </summary>
    public sealed class Once
    {
        // done says whether it is done. Go puts it first, as it is what the inlined path reads.
        internal uint32 done;
        internal readonly Mutex m = new();

        /// <summary>
        /// Calls f if this is the first Do of this Once, whatever f is. No Do returns before that one call has,
        /// so an f that calls Do waits for ever. An f that panics counts as done. Ports src/sync/once.go.
        /// </summary>
        /// <param name="f">What to do; it may park.</param>
        public go Do(Func<go> f)
        {
            // This would be wrong:
            //
            //	if (atomic.CompareAndSwapUint32(ref done, 0, 1)) f();
            //
            // When Do returns, f has finished. Of two calls at the same time the winner of that CAS would call f,
            // and the other would return at once. Hence the mutex on the slow path, and the store only after f.

            if (atomic.LoadUint32(ref done) == 0)
            {
                // The slow path stands apart, so that the fast one can be inlined.
                return doSlow(f);
            }
            return default;
        }

        // PORT(do): Go has one Do; here a function that parks and one that does not are of different types.

        /// <summary>Calls f, which does not park, if this is the first Do of this Once. Ports src/sync/once.go.</summary>
        /// <param name="f">What to do.</param>
        public go Do(Action f)
        {
            if (atomic.LoadUint32(ref done) == 0)
            {
                return doSlow(f);
            }
            return default;
        }

        internal async go doSlow(Func<go> f)
        {
            await m.Lock();
            try
            {
                if (done == 0)
                {
                    try
                    {
                        await f();
                    }
                    finally
                    {
                        atomic.StoreUint32(ref done, 1);
                    }
                }
            }
            finally
            {
                m.Unlock();
            }
        }

        internal async go doSlow(Action f)
        {
            await m.Lock();
            try
            {
                if (done == 0)
                {
                    try
                    {
                        f();
                    }
                    finally
                    {
                        atomic.StoreUint32(ref done, 1);
                    }
                }
            }
            finally
            {
                m.Unlock();
            }
        }
    }
}
