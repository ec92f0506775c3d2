// Ports src/runtime/mgcwork.go of go1.20.
namespace golang;

public static partial class runtime
{
    internal const int _WorkbufSize = 2048; // in bytes; the larger, the less contention

    // workbufAlloc is how many bytes are allocated at once for new workbufs. It should be a
    // multiple of _WorkbufSize.
    //
    // A larger value means fewer allocations, a smaller one less memory that is not used.
    internal const int workbufAlloc = 32 << 10;

    // PORT(heap): no pageSize that workbufAlloc would have to be a multiple of.

    // The pool of work of the collector.
    //
    // There are producers and consumers of grey objects: objects that were found, and that are
    // on a queue to be looked at. A black one has been looked at.
    //
    // PORT(gcwork): in Go they are objects of the heap; root jobs, scanning and write barriers
    // find them. Here they are Gs that were alive when their root job looked at them, and died
    // before the cycle was over: gfput finds them, and scanobject frees their frames.

    // A gcWork is what a P produces and consumes work by.
    //
    // It is used like this:
    //
    //	(preemption is off)
    //	gcw := &getg().m.p.ptr().gcw
    //	.. gcw.put() to produce, gcw.tryGet() to consume ..
    //
    // While somebody uses a gcWork in the mark phase there must be no mark termination, as it
    // may hold buffers with work. With preemption off (on g0, or after acquirem) there is none.
    internal unsafe struct gcWork
    {
        // wbuf1 and wbuf2 are two buffers for work.
        //
        // Together they are like one stack. When the last entry is popped, a full buffer comes
        // in at one end and an empty one goes out; when both are full, an empty one comes in
        // and a full one goes out. So there is always one buffer's worth between two
        // exchanges, which makes them cheap for each entry and spares the global lists.
        //
        // wbuf1 is the one that is pushed to and popped from, wbuf2 is the one that goes next.
        //
        // Either both are nil or none is.
        internal workbuf* wbuf1, wbuf2;

        // framesFreed is the number of cached frames freed on this P. dispose adds it to
        // work.framesFreed.
        // PORT(gcwork): in Go bytesMarked, the bytes of the objects marked.
        internal int64 framesFreed;

        // heapScanWork is the scan work done. dispose adds it to gcController, and so may the
        // caller. Other kinds of scan work are added at once.
        internal int64 heapScanWork;

        // flushedWork: a buffer with work went to the global list since the last check of
        // gcMarkDone, so there may be work elsewhere that came from here.
        internal bool flushedWork;

        // PORT(wb): most methods must have no write barriers in Go, because those use them.

        internal void init()
        {
            wbuf1 = getempty();
            var wbuf2 = trygetfull();
            if (wbuf2 == null)
            {
                wbuf2 = getempty();
            }
            this.wbuf2 = wbuf2;
        }

        // put adds an object to the work.
        internal void put(uintptr obj)
        {
            var flushed = false;
            var wbuf = wbuf1;
            // PORT(heap): no locks of spans and of the heap behind getempty.
            if (wbuf == null)
            {
                init();
                wbuf = wbuf1;
                // wbuf is empty here.
            }
            else if (wbuf->nobj == workbufobjlen)
            {
                // wbuf1 and wbuf2 change places.
                wbuf1 = wbuf2;
                wbuf2 = wbuf;
                wbuf = wbuf1;
                if (wbuf->nobj == workbufobjlen)
                {
                    putfull(wbuf);
                    flushedWork = true;
                    wbuf = getempty();
                    wbuf1 = wbuf;
                    flushed = true;
                }
            }

            wbuf->obj[wbuf->nobj] = obj;
            wbuf->nobj++;

            // Tell the controller of the full buffer, so that more workers may run. Not before
            // the gcWork is in order: enlistWorker may use it.
            if (flushed && gcphase == _GCmark)
            {
                gcController.enlistWorker();
            }
        }

        // putFast adds an object if that is quickly done and reports whether it did. If not,
        // the caller has to call put.
        internal readonly bool putFast(uintptr obj)
        {
            var wbuf = wbuf1;
            if (wbuf == null || wbuf->nobj == workbufobjlen)
            {
                return false;
            }

            wbuf->obj[wbuf->nobj] = obj;
            wbuf->nobj++;
            return true;
        }

        // PORT(subset): putBatch serves write barriers and the scanning of stacks.

        // tryGet takes an object out of the work.
        //
        // 0: there is none left here or in the global list. Other gcWorks may have some.
        internal uintptr tryGet()
        {
            var wbuf = wbuf1;
            if (wbuf == null)
            {
                init();
                wbuf = wbuf1;
                // wbuf is empty here.
            }
            if (wbuf->nobj == 0)
            {
                // wbuf1 and wbuf2 change places.
                wbuf1 = wbuf2;
                wbuf2 = wbuf;
                wbuf = wbuf1;
                if (wbuf->nobj == 0)
                {
                    var owbuf = wbuf;
                    wbuf = trygetfull();
                    if (wbuf == null)
                    {
                        return 0;
                    }
                    putempty(owbuf);
                    wbuf1 = wbuf;
                }
            }

            wbuf->nobj--;
            return wbuf->obj[wbuf->nobj];
        }

        // tryGetFast takes an object out if one is at hand. After 0 the caller has to call tryGet.
        internal readonly uintptr tryGetFast()
        {
            var wbuf = wbuf1;
            if (wbuf == null || wbuf->nobj == 0)
            {
                return 0;
            }

            wbuf->nobj--;
            return wbuf->obj[wbuf->nobj];
        }

        // dispose gives everything to the global list. Buffers with work go to the full ones,
        // so that the collector sees them before anybody takes them again.
        internal void dispose()
        {
            var wbuf = wbuf1;
            if (wbuf != null)
            {
                if (wbuf->nobj == 0)
                {
                    putempty(wbuf);
                }
                else
                {
                    putfull(wbuf);
                    flushedWork = true;
                }
                wbuf1 = null;

                wbuf = wbuf2;
                if (wbuf->nobj == 0)
                {
                    putempty(wbuf);
                }
                else
                {
                    putfull(wbuf);
                    flushedWork = true;
                }
                wbuf2 = null;
            }
            // PORT(gcwork): bytesMarked
            if (framesFreed != 0)
            {
                // dispose is called rather seldom, so one atomic operation is fine here.
                atomic.Xaddint64(ref work.framesFreed, framesFreed);
                framesFreed = 0;
            }
            if (heapScanWork != 0)
            {
                gcController.heapScanWork.Add(heapScanWork);
                heapScanWork = 0;
            }
        }

        // balance gives some of the work to the global list.
        internal void balance()
        {
            if (wbuf1 == null)
            {
                return;
            }
            if (wbuf2->nobj != 0)
            {
                putfull(wbuf2);
                flushedWork = true;
                wbuf2 = getempty();
            }
            else if (wbuf1->nobj > 4)
            {
                wbuf1 = handoff(wbuf1);
                flushedWork = true; // handoff has called putfull
            }
            else
            {
                return;
            }
            // A buffer went to the global list, so wake a worker.
            if (gcphase == _GCmark)
            {
                gcController.enlistWorker();
            }
        }

        // empty reports whether there is no work here.
        internal readonly bool empty()
        {
            return wbuf1 == null || (wbuf1->nobj == 0 && wbuf2->nobj == 0);
        }
    }

    // The pool of work is arrays in buffers. A gcWork keeps a buffer until it is full, or empty,
    // so that there is little contention for the global lists of buffers.

    // PORT(embed): the fields of workbufhdr stand in workbuf.
    internal struct workbuf
    {
        internal lfnode node; // must be first
        internal int nobj;
        internal workbufobjArray obj;
    }

    // PORT(len): as long as fits into _WorkbufSize with the fields before it; gcinit checks it.
    internal const int workbufobjlen = (_WorkbufSize - 3 * 8) / 8;

    [InlineArray(workbufobjlen)]
    internal struct workbufobjArray
    {
        private uintptr e;
    }

    // All buffers come from the functions below and go by them; only so does the collector get at
    // the work in them.

    internal static void checknonempty(this ref workbuf b)
    {
        if (b.nobj == 0)
        {
            @throw("workbuf is empty");
        }
    }

    internal static void checkempty(this ref workbuf b)
    {
        if (b.nobj != 0)
        {
            @throw("workbuf is not empty");
        }
    }

    // getempty takes a buffer from the list of empty ones, and makes new ones if there is none.
    internal static unsafe workbuf* getempty()
    {
        workbuf* b = null;
        if (work.empty != 0)
        {
            b = (workbuf*)work.empty.pop();
            if (b != null)
            {
                b->checkempty();
            }
        }
        // PORT(heap): wbufSpans.lock and mheap_.lock may be acquired
        if (b == null)
        {
            // Make more of them.
            // PORT(heap): spans that hold workbufs, and the list of the free ones.
            var s = (uintptr)persistentalloc(workbufAlloc, 0);
            // Cut it up. One is the result, the rest goes to the list.
            for (uintptr i = 0; i + _WorkbufSize <= workbufAlloc; i += _WorkbufSize)
            {
                var newb = (workbuf*)(s + i); // PORT(heap): s.base
                newb->nobj = 0;
                lfnodeValidate(&newb->node);
                if (i == 0)
                {
                    b = newb;
                }
                else
                {
                    putempty(newb);
                }
            }
        }
        return b;
    }

    // putempty puts b on the list of empty buffers. b is the caller's until the push.
    internal static unsafe void putempty(workbuf* b)
    {
        b->checkempty();
        work.empty.push(&b->node);
    }

    // putfull puts b on the list of buffers with work. It need not be full: so nobody has to
    // fight over half full ones.
    internal static unsafe void putfull(workbuf* b)
    {
        b->checknonempty();
        work.full.push(&b->node);
    }

    // trygetfull takes a buffer with work from the list; nil if there is none.
    internal static unsafe workbuf* trygetfull()
    {
        var b = (workbuf*)work.full.pop();
        if (b != null)
        {
            b->checknonempty();
            return b;
        }
        return b;
    }

    internal static unsafe workbuf* handoff(workbuf* b)
    {
        // A new buffer with half of the work.
        var b1 = getempty();
        var n = b->nobj / 2;
        b->nobj -= n;
        b1->nobj = n;
        ((Span<uintptr>)b->obj).Slice(b->nobj, n).CopyTo(b1->obj); // PORT(slice): memmove

        // b goes to the list: let its half be taken.
        putfull(b);
        return b1;
    }

    // PORT(heap): prepareFreeWorkbufs and freeSomeWbufs give workbufs back to the heap. Here they
    // are few and stay.
}
