// Ports src/runtime/mgcwork.go of go1.20.
namespace go;

public static partial class runtime
{
    // PORT(gcwork): in Go a gcWork holds the grey objects that a P has found and not scanned
    // yet, in buffers that it exchanges with work.full and work.empty. There is no heap to
    // mark here: a job makes no further jobs, and what is left of a gcWork is the count of
    // what the jobs did on its P. So no P can hold work back, and flushedWork is left out.
    internal struct gcWork
    {
        // framesFreed is the number of cached frames that were freed on this P. dispose adds
        // it to work.framesFreed.
        internal int64 framesFreed;

        // heapScanWork is the work done on this P, in jobs' own units (Gs and frames), since
        // it was last flushed to gcController.heapScanWork.
        internal int64 heapScanWork;

        // dispose flushes the counts. It must run on the P, or while the P is kept from
        // running.
        internal void dispose()
        {
            if (framesFreed != 0)
            {
                atomic.Xaddint64(ref work.framesFreed, framesFreed);
                framesFreed = 0;
            }
            if (heapScanWork != 0)
            {
                gcController.heapScanWork.Add(heapScanWork);
                heapScanWork = 0;
            }
        }
    }
}
