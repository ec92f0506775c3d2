// Ports src/internal/poll/export_test.go and export_posix_test.go of go1.20.

namespace golang;

internal static class export_test
{
    // XFDMutex is poll.fdMutex for tests: an object, and with the whole of rwlock's loop.
    internal sealed class XFDMutex
    {
        private poll.fdMutex mu;

        internal bool Incref() => mu.incref();

        internal bool IncrefAndClose() => mu.increfAndClose();

        internal bool Decref() => mu.decref();

        // PORT(test): as FD.rwlockSlow does, it waits where Go's rwlock waits.
        internal async go<bool> RWLock(bool read)
        {
            for (; ; )
            {
                if (mu.rwlock(read, out var wait))
                {
                    return true;
                }
                unsafe
                {
                    if (wait.p == null)
                    {
                        return false;
                    }
                }
                await poll.runtime_Semacquire(wait);
            }
        }

        internal bool RWUnlock(bool read) => mu.rwunlock(read);

        internal uint64 state => atomic.LoadUint64(ref mu.state);
    }
}
