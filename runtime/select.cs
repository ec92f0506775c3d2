// Ports src/runtime/select.go of go1.20.

namespace golang;

// The select statements of Go.

// PORT(select): c is a chan here, which has the hchan; the element is in the scase<T>. dir and
// ok are what package reflect has in runtimeSelect, and what its rselect returns.
/// <summary>
/// A case of a select. It may be used again, in one select after another. Go: src/runtime/select.go.
/// </summary>
public abstract class scase
{
    internal chan? c; // chan
    internal runtime.selectDir dir;

    /// <summary>After a select that chose this case, a receive: whether a value came over the channel; false when it was closed.</summary>
    public bool ok;

    // typedmemclr clears the element.
    internal abstract void typedmemclr();

    // selectnb does the case if that needs no waiting.
    internal abstract bool selectnb();
}

// PORT(elem)
/// <summary>A case of a select, with the element that it sends or has received. Go: src/runtime/select.go.</summary>
/// <typeparam name="T">The type of the elements of the channel.</typeparam>
public sealed class scase<T> : scase
{
    /// <summary>The element: what is sent; or, after a select that chose this case, what was received.</summary>
    public T v = default!;

    internal scase()
    {
    }

    /// <summary>The channel. It may be changed between two selects; null is a channel that is never ready.</summary>
    public chan<T>? ch
    {
        get => Unsafe.As<chan<T>>(c);
        set => c = value;
    }

    internal override void typedmemclr()
    {
        v = default!;
    }

    internal override bool selectnb()
    {
        if (dir == runtime.selectDir.selectSend)
        {
            return runtime.selectnbsend(ch, ref v);
        }
        var (selected, received) = runtime.selectnbrecv(ref v, ch);
        if (selected)
        {
            ok = received;
        }
        return selected;
    }
}

internal sealed partial class stack
{
    // PORT(select): selcase is Go's scase: a channel and an element. The channel is what it was when the select
    // began: while the goroutine has sudogs on it, it must not be freed, whatever its case
    // is given meanwhile.
    internal struct selcase
    {
        internal chan? c; // chan
        internal scase elem; // data element
    }

    // selectorder is what Go has on the goroutine's stack during a select: its cases, sends first,
    // their places in the statement, and the two orders. A goroutine keeps it for the next select.
    internal sealed class selectorder(int n)
    {
        internal readonly selcase[] scases = new selcase[n];
        internal readonly int[] orig = new int[n];
        internal readonly uint16[] order = new uint16[2 * n];
    }

    // While the goroutine is parked, order.scases is where the elems of its sudogs are.
    internal selectorder? order;
}

public static partial class runtime
{
    // PORT(const): a readonly field, as the compiler objects to code that a const makes unreachable.
    internal static readonly bool debugSelect = false;

    // PORT(select): the type of scases, here and below.
    internal static unsafe void sellock(ReadOnlySpan<stack.selcase> scases, ReadOnlySpan<uint16> lockorder)
    {
        hchan* c = null;
        foreach (var o in lockorder)
        {
            var c0 = scases[o].c!.h;
            if (c0 != c)
            {
                c = c0;
                @lock(&c->@lock);
            }
        }
    }

    // PORT(select)
    internal static unsafe void selunlock(ReadOnlySpan<stack.selcase> scases, ReadOnlySpan<uint16> lockorder)
    {
        // Nothing of the select may be touched once the last lock is unlocked, because
        // it may be freed right after that.
        // Consider this: an M calls gopark() in selectgo().
        // Once park_m has unlocked the last lock, another M makes the G
        // that called select runnable again and schedules it.
        // The G, running on another M, takes all the locks and frees the select.
        // If the first M touched it now, it would use freed memory.
        for (var i = lockorder.Length - 1; i >= 0; i--)
        {
            var c = scases[lockorder[i]].c!.h;
            if (i > 0 && c == scases[lockorder[i - 1]].c!.h)
            {
                continue; // it will be unlocked in the next round
            }
            unlock(&c->@lock);
        }
    }

    internal static unsafe bool selparkcommit(g* gp, void* _)
    {
        // There are unlocked sudogs that refer to gp's stack; who copies a stack must
        // lock the channels of those sudogs.
        // PORT(stack): activeStackChans is set here, and not before the park, as the growth
        // of a stack could deadlock with
        // the lock of a channel.
        // Say that the stack may be shrunk from now on: any thread that gets hold of this G's
        // stack for that will see
        // activeStackChans after this store.
        gp->parkingOnChan.Store(false);
        // The unlocks must come after both. Once any of the channels is
        // unlocked, a channel operation may make gp ready,
        // and gp may then run before anything that stands above the
        // unlock is visible (even to gp itself).

        // This must not touch gp's stack (see gopark), and so
        // not the cases of the select. That is no matter,
        // because by now gp.waiting has all the channels
        // in the order of the locks.
        hchan* lastc = null;
        for (var sg = gp->waiting; sg != null; sg = sg->waitlink)
        {
            if (sg->c != lastc && lastc != null)
            {
                // As soon as a channel is unlocked, the fields of
                // its sudogs may change, c and
                // waitlink too. Several sudogs may
                // have the same channel, so it is unlocked
                // only when the last of them has
                // been passed.
                unlock(&lastc->@lock);
            }
            lastc = (hchan*)sg->c;
        }
        if (lastc != null)
        {
            unlock(&lastc->@lock);
        }
        return true;
    }

    internal static unsafe go block()
    {
        if (getg() == null) // PORT(notg): a thread that is not an M
        {
            throw notOnGoroutine();
        }
        return gopark(null, null, waitReasonSelectNoCases, traceEvGoStop, 1); // forever
    }

    // selectgo does the select statement.
    //
    // order has the cases and room for the two orders. The sends come first.
    //
    // The results are the index of the chosen case and, if that
    // is a receive, whether a value was
    // received.
    //
    // PORT(park): it is in two parts, like the operations on one channel; see chan.cs. This
    // one reports whether it has come to an end, that is: did not park.
    internal static unsafe bool selectgo(stack.selectorder order, int nsends, int nrecvs, bool block, out int casi, out bool recvOK, out int norder)
    {
        if (debugSelect)
        {
            print("select: ncases=", nsends + nrecvs, "\n");
        }
        if (getg() == null) // PORT(notg): a thread that is not an M
        {
            throw notOnGoroutine();
        }

        // There can be 65536 scases at most, which keeps the
        // orders small.
        var ncases = nsends + nrecvs;
        ReadOnlySpan<stack.selcase> scases = order.scases.AsSpan(0, ncases);
        var pollorder = order.order.AsSpan(0, ncases);
        var lockorder = order.order.AsSpan(ncases, ncases);
        // Nobody has set pollorder and lockorder to zero.

        // PORT(race): the pcs of the cases

        // PORT(prof): a time for the block profile

        // Of a select that has, as it is written, no or one case and a default, the compiler
        // makes something simpler.
        // So there are so few cases here only
        // if most channels of a larger select are
        // nil. The general code is right for
        // those too, and they are too rare to be worth
        // more code (and tests).

        // make a random order
        norder = 0;
        for (var i = 0; i < scases.Length; i++)
        {
            var cas = scases[i];

            // Cases without a channel are in neither order.
            if (cas.c == null)
            {
                continue;
            }

            var j = (int)fastrandn((uint32)(norder + 1));
            pollorder[norder] = pollorder[j];
            pollorder[j] = (uint16)i;
            norder++;
        }
        pollorder = pollorder[..norder];
        lockorder = lockorder[..norder];

        // Sort the cases by the address of their hchan, which is the order of the locks.
        // A plain heap sort: n log n in every case, and no need for more memory.
        for (var i = 0; i < lockorder.Length; i++)
        {
            var j = i;
            // Begin with the pollorder, so that cases with the same channel are permuted.
            var c = scases[pollorder[i]].c!.h;
            while (j > 0 && scases[lockorder[(j - 1) / 2]].c!.h->sortkey() < c->sortkey())
            {
                var k = (j - 1) / 2;
                lockorder[j] = lockorder[k];
                j = k;
            }
            lockorder[j] = pollorder[i];
        }
        for (var i = lockorder.Length - 1; i >= 0; i--)
        {
            var o = lockorder[i];
            var c = scases[o].c!.h;
            lockorder[i] = lockorder[0];
            var j = 0;
            for (; ; )
            {
                var k = j * 2 + 1;
                if (k >= i)
                {
                    break;
                }
                if (k + 1 < i && scases[lockorder[k]].c!.h->sortkey() < scases[lockorder[k + 1]].c!.h->sortkey())
                {
                    k++;
                }
                if (c->sortkey() < scases[lockorder[k]].c!.h->sortkey())
                {
                    lockorder[j] = lockorder[k];
                    j = k;
                    continue;
                }
                break;
            }
            lockorder[j] = o;
        }

        if (debugSelect)
        {
            for (var i = 0; i + 1 < lockorder.Length; i++)
            {
                if (scases[lockorder[i]].c!.h->sortkey() > scases[lockorder[i + 1]].c!.h->sortkey())
                {
                    print("i=", i, " x=", lockorder[i], " y=", lockorder[i + 1], "\n");
                    @throw("select: broken sort");
                }
            }
        }

        // lock all the channels of the select
        sellock(scases, lockorder);

        g* gp;
        sudog* sg;
        hchan* c1;
        sudog** nextp;

        // pass 1 - look for something that waits already
        casi = 0;
        stack.selcase cas1;
        recvOK = false;
        foreach (var casei in pollorder)
        {
            casi = casei;
            cas1 = scases[casi];
            c1 = cas1.c!.h;

            if (casi >= nsends)
            {
                sg = c1->sendq.dequeue();
                if (sg != null)
                {
                    goto recv;
                }
                if (c1->qcount > 0)
                {
                    goto bufrecv;
                }
                if (c1->closed != 0)
                {
                    goto rclose;
                }
            }
            else
            {
                // PORT(race): racereadpc
                if (c1->closed != 0)
                {
                    goto sclose;
                }
                sg = c1->recvq.dequeue();
                if (sg != null)
                {
                    goto send;
                }
                if (c1->qcount < c1->dataqsiz)
                {
                    goto bufsend;
                }
            }
        }

        if (!block)
        {
            selunlock(scases, lockorder);
            casi = -1;
            goto retc;
        }

        // pass 2 - queue up on all channels
        gp = getg();
        if (gp->waiting != null)
        {
            @throw("gp.waiting != nil");
        }
        nextp = &gp->waiting;
        foreach (var casei in lockorder)
        {
            casi = casei;
            cas1 = scases[casi];
            c1 = cas1.c!.h;
            var sg1 = acquireSudog();
            sg1->g = gp;
            sg1->isSelect = true;
            // PORT(stack): nothing moves the stack between the assignment of elem and the
            // enqueuing of sg on gp.waiting.
            sg1->elem = (void*)(casi + 1);
            sg1->releasetime = 0;
            sg1->c = c1;
            // Build the waiting list in the order of the locks.
            *nextp = sg1;
            nextp = &sg1->waitlink;

            if (casi < nsends)
            {
                c1->sendq.enqueue(sg1);
            }
            else
            {
                c1->recvq.enqueue(sg1);
            }
        }

        // wait for somebody to wake us up
        gp->param = null;
        // Tell whoever wants to shrink our stack that we are about to park on a channel:
        // between the change of this G's status and the setting of
        // gp.activeStackChans a stack must not be shrunk.
        gp->parkingOnChan.Store(true);
        _ = gopark(&selparkcommit, null, waitReasonSelect, traceEvGoBlockSelect, 1);
        return false; // PORT(park): what follows is in selectgowoken

    bufrecv:
        // can receive from the buffer
        // PORT(race): raceWriteObjectPC, racenotify
        recvOK = true;
        // PORT(elem): qp is the slot's index
        var qp = c1->recvx;
        cas1.c!.typedmemmove(cas1.elem, qp);
        cas1.c.typedmemclr(qp);
        c1->recvx++;
        if (c1->recvx == c1->dataqsiz)
        {
            c1->recvx = 0;
        }
        c1->qcount--;
        selunlock(scases, lockorder);
        goto retc;

    bufsend:
        // can send to the buffer
        // PORT(race): racenotify, raceReadObjectPC
        // PORT(elem): the slot is c.sendx
        cas1.c!.typedmemmove(c1->sendx, cas1.elem);
        c1->sendx++;
        if (c1->sendx == c1->dataqsiz)
        {
            c1->sendx = 0;
        }
        c1->qcount++;
        selunlock(scases, lockorder);
        goto retc;

    recv:
        // can receive from a sleeping sender (sg)
        cas1.c!.recv(sg, cas1.elem, new unlockf(scases, lockorder), 2); // PORT(closure)
        if (debugSelect)
        {
            print("syncrecv: c=", c1, "\n");
        }
        recvOK = true;
        goto retc;

    rclose:
        // a read at the end of a closed channel
        selunlock(scases, lockorder);
        recvOK = false;
        cas1.elem.typedmemclr(); // PORT(elem)
        // PORT(race): raceacquire
        goto retc;

    send:
        // can send to a sleeping receiver (sg)
        // PORT(race): raceReadObjectPC
        cas1.c!.send(sg, cas1.elem, new unlockf(scases, lockorder), 2); // PORT(closure)
        if (debugSelect)
        {
            print("syncsend: c=", c1, "\n");
        }
        goto retc;

    retc:
        // PORT(prof): blockevent
        return true; // PORT(park)

    sclose:
        // a send on a closed channel
        selunlock(scases, lockorder);
        builtin.panic(new plainError("send on closed channel"));
        return false;
    }

    // selectgowoken is PORT(park): selectgo after its park.
    private static unsafe (int casi, bool recvOK) selectgowoken(stack.selectorder order, int nsends, int nrecvs, int norder)
    {
        var ncases = nsends + nrecvs;
        ReadOnlySpan<stack.selcase> scases = order.scases.AsSpan(0, ncases);
        ReadOnlySpan<uint16> lockorder = order.order.AsSpan(ncases, norder);
        var gp = getg();
        // PORT(stack): activeStackChans

        sellock(scases, lockorder);

        gp->selectDone.Store(0);
        var sg = (sudog*)gp->param;
        gp->param = null;

        // pass 3 - take ourselves out of the channels that were not successful,
        // or sudogs pile up on quiet ones; and note the
        // case that was, if there is one.
        // The sudogs are linked in the order of the locks.
        var casi = -1;
        stack.selcase cas = default;
        var caseSuccess = false;
        var recvOK = false;
        var sglist = gp->waiting;
        // Clear all elem before anything is unlinked from gp.waiting.
        for (var sg1 = gp->waiting; sg1 != null; sg1 = sg1->waitlink)
        {
            sg1->isSelect = false;
            sg1->elem = null;
            sg1->c = null;
        }
        gp->waiting = null;

        foreach (var casei in lockorder)
        {
            var k = scases[casei];
            if (sg == sglist)
            {
                // The G that woke us up has dequeued sg already.
                casi = casei;
                cas = k;
                caseSuccess = sglist->success;
                // PORT(prof): caseReleaseTime
            }
            else
            {
                var c1 = k.c!.h;
                if (casei < nsends)
                {
                    c1->sendq.dequeueSudoG(sglist);
                }
                else
                {
                    c1->recvq.dequeueSudoG(sglist);
                }
            }
            var sgnext = sglist->waitlink;
            sglist->waitlink = null;
            releaseSudog(sglist);
            sglist = sgnext;
        }

        if (cas.c == null)
        {
            @throw("selectgo: bad wakeup");
        }

        var c = cas.c!.h;

        if (debugSelect)
        {
            print("wait-return: c=", c, " send=", casi < nsends, "\n");
        }

        if (casi < nsends)
        {
            if (!caseSuccess)
            {
                goto sclose;
            }
        }
        else
        {
            recvOK = caseSuccess;
        }

        // PORT(race): raceReadObjectPC, raceWriteObjectPC

        selunlock(scases, lockorder);
        // PORT(prof): blockevent
        return (casi, recvOK);

    sclose:
        // a send on a closed channel
        selunlock(scases, lockorder);
        builtin.panic(new plainError("send on closed channel"));
        return default;
    }

    internal unsafe partial struct hchan
    {
        internal uintptr sortkey()
        {
            return (uintptr)Unsafe.AsPointer(ref this); // always in native memory
        }
    }

    // These are the values of package reflect.
    internal enum selectDir
    {
        _,
        selectSend, // case Chan <- Send
        selectRecv, // case <-Chan:
        selectDefault, // default
    }

    // reflect_rselect does a select whose cases are in an array.
    // PORT(select): in Go it is for package reflect, and the compiler knows the order of the
    // cases of a select statement. Here every select comes through it.
    internal static go<int> reflect_rselect(scase[] cases)
    {
        if (cases.Length == 0)
        {
            return new(block().f);
        }
        if (cases.Length > 1 << 16)
        {
            builtin.panic("select: too many cases");
        }
        var order = selectorderof(cases.Length);
        var sel = order.scases;
        var orig = order.orig;
        var nsends = 0;
        var nrecvs = 0;
        var dflt = -1;
        for (var i = 0; i < cases.Length; i++)
        {
            var rc = cases[i];
            int j;
            switch (rc.dir)
            {
                case selectDir.selectDefault:
                    dflt = i;
                    continue;
                case selectDir.selectSend:
                    j = nsends;
                    nsends++;
                    break;
                default:
                    nrecvs++;
                    j = cases.Length - nrecvs;
                    break;
            }

            sel[j] = new() { c = rc.c, elem = rc };
            orig[j] = i;
        }

        // Only a default case.
        if (nsends + nrecvs == 0)
        {
            return new(dflt);
        }

        // Close the gap in sel and orig if there is one.
        if (nsends + nrecvs < cases.Length)
        {
            Array.Copy(sel, cases.Length - nrecvs, sel, nsends, nrecvs);
            Array.Copy(orig, cases.Length - nrecvs, orig, nsends, nrecvs);
        }

        // What the compiler makes of one case and a default.
        if (nsends + nrecvs == 1 && dflt != -1)
        {
            var selected = sel[0].elem.selectnb();
            var only = orig[0];
            Array.Clear(sel, 0, cases.Length);
            return new(selected ? only : dflt);
        }

        int chosen;
        bool recvOK;
        int norder;
        try
        {
            if (!selectgo(order, nsends, nrecvs, dflt == -1, out chosen, out recvOK, out norder))
            {
                return rselectpark(order, nsends, nrecvs, cases.Length, norder);
            }
        }
        catch (PanicException)
        {
            Array.Clear(sel, 0, cases.Length);
            throw;
        }

        // Translate chosen to the caller's order.
        if (chosen < 0)
        {
            chosen = dflt;
        }
        else
        {
            if (chosen >= nsends)
            {
                sel[chosen].elem.ok = recvOK;
            }
            chosen = orig[chosen];
        }
        Array.Clear(sel, 0, cases.Length);
        return new(chosen);
    }

    // rselectpark is PORT(park): reflect_rselect from where selectgo parks.
    private static async go<int> rselectpark(stack.selectorder order, int nsends, int nrecvs, int ncases, int norder)
    {
        await parked;
        try
        {
            var (chosen, recvOK) = selectgowoken(order, nsends, nrecvs, norder);
            if (chosen >= nsends)
            {
                order.scases[chosen].elem.ok = recvOK;
            }
            return order.orig[chosen];
        }
        finally
        {
            Array.Clear(order.scases, 0, ncases);
        }
    }

    // selectorderof is PORT(select): the goroutine's selectorder, of n cases at least.
    private static unsafe stack.selectorder selectorderof(int n)
    {
        var gp = getg();
        if (gp == null || gp->sched.stk == 0) // PORT(notg): a thread that is not an M, and g0
        {
            return new stack.selectorder(n);
        }
        var stk = stack.of(gp->sched.stk);
        if (stk.order == null || stk.order.scases.Length < n)
        {
            stk.order = new stack.selectorder(Math.Max(n, 4));
        }
        return stk.order;
    }

    internal unsafe partial struct waitq
    {
        internal void dequeueSudoG(sudog* sgp)
        {
            var x = sgp->prev;
            var y = sgp->next;
            if (x != null)
            {
                if (y != null)
                {
                    // in the middle of the queue
                    x->next = y;
                    y->prev = x;
                    sgp->next = null;
                    sgp->prev = null;
                    return;
                }
                // at the end of the queue
                x->next = null;
                last = x;
                sgp->prev = null;
                return;
            }
            if (y != null)
            {
                // at the start of the queue
                y->prev = null;
                first = y;
                sgp->next = null;
                return;
            }

            // x==y==nil. Either sgp is the only one in the queue, or it
            // has been taken out already; q.first tells.
            if (first == sgp)
            {
                first = null;
                last = null;
            }
        }
    }
}

public static partial class builtin
{
    // A case that is only a default has no channel and no element.
    private static readonly scase<@struct> dflt = new() { dir = runtime.selectDir.selectDefault };

    /// <summary>
    /// Go's select: waits until one of the cases can go on and does it; of several it takes one at random. Without
    /// a case it waits for ever. Go: src/runtime/select.go.
    /// <code>
    /// var a = c1.recvcase();
    /// switch (await builtin.select(a, c2.sendcase(7), builtin.defaultcase))
    /// {
    ///     case 0: use(a.v, a.ok); break;
    ///     case 1: ...
    /// }
    /// </code>
    /// </summary>
    /// <param name="cases">The cases.</param>
    /// <returns>The index of the case that was chosen.</returns>
    public static go<int> select(params scase[] cases) => runtime.reflect_rselect(cases); // PORT(select)

    /// <summary>case v, ok = &lt;-c of a select; v and ok are fields of the case.</summary>
    /// <param name="c">The channel; a null one is never ready.</param>
    public static scase<T> recvcase<T>(this chan<T>? c) => new() { c = c, dir = runtime.selectDir.selectRecv }; // PORT(select)

    /// <summary>case c &lt;- v of a select. A closed channel makes the select panic.</summary>
    /// <param name="c">The channel; a null one is never ready.</param>
    /// <param name="v">The value to send.</param>
    public static scase<T> sendcase<T>(this chan<T>? c, T v) => new() { c = c, dir = runtime.selectDir.selectSend, v = v }; // PORT(select)

    /// <summary>default of a select: what is chosen when no other case can go on at once.</summary>
    public static scase defaultcase => dflt;
}
