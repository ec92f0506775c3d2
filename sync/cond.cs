// Ports src/sync/cond.go of go1.20.

namespace golang;

public static partial class sync
{
    /// <summary>
    /// A condition variable: where goroutines wait for an event, and others announce it. L is held when the condition
    /// changes and when Wait is called. A Broadcast or a Signal happens before the return of each Wait that it
    /// wakes. For many simple uses channels are better: closing one is a Broadcast, sending on one a Signal.
    /// Ports src/sync/cond.go.
    /// </summary>
    public sealed partial class Cond
    {
        // PORT(nocopy): noCopy and checker, a copyChecker, find copies of the struct; an object is not copied.

        /// <summary>Held while the condition is looked at or changed.</summary>
        public Locker L;

        internal readonly notifyList notify = new();

        // PORT(init): in Go func init of runtime.go.
        static unsafe Cond()
        {
            runtime_notifyListCheck(null, (uintptr)sizeof(notifyList.list));
        }

        internal Cond(Locker l)
        {
            L = l;
        }
    }

    /// <summary>Makes a Cond whose Locker is l. Ports src/sync/cond.go.</summary>
    /// <param name="l">The lock, mostly a Mutex.</param>
    public static Cond NewCond(Locker l)
    {
        return new Cond(l);
    }

    public sealed partial class Cond
    {
        /// <summary>
        /// Unlocks L and parks the goroutine, in one step, until Signal or Broadcast wakes it; then locks L again. As L
        /// is not held meanwhile, the condition need not be true when it returns, so wait in a loop:
        /// <code>
        /// await c.L.Lock();
        /// while (!condition())
        /// {
        ///     await c.Wait();
        /// }
        /// ... // make use of the condition
        /// c.L.Unlock();
        /// </code>
        /// Ports src/sync/cond.go.
        /// </summary>
        public async go Wait()
        {
            // PORT(nocopy): c.checker.check()
            var t = runtime_notifyListAdd(null, notify.p);
            L.Unlock();
            await runtime_notifyListWait(null, notify.p, t);
            await L.Lock();
            GC.KeepAlive(this);
        }

        /// <summary>
        /// Wakes one goroutine that waits, if there is one. L may be held, but need not be. It does not change the
        /// order in which goroutines are scheduled: others that want L may get it before the one that is woken.
        /// Ports src/sync/cond.go.
        /// </summary>
        public void Signal()
        {
            // PORT(nocopy): c.checker.check()
            runtime_notifyListNotifyOne(null, notify.p);
            GC.KeepAlive(this);
        }

        /// <summary>Wakes all goroutines that wait. L may be held, but need not be. Ports src/sync/cond.go.</summary>
        public void Broadcast()
        {
            // PORT(nocopy): c.checker.check()
            runtime_notifyListNotifyAll(null, notify.p);
            GC.KeepAlive(this);
        }
    }
}
