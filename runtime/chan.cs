// Ports src/runtime/chan.go of go1.20.
using System.Runtime.ConstrainedExecution;
using System.Threading;

namespace golang;

// The channels of Go.

// Invariants:
//  At least one of c.sendq and c.recvq is empty, except for an unbuffered channel with a
//  single goroutine blocked on it for both sending and receiving in a select statement; then
//  the lengths of c.sendq and c.recvq are limited only by the size of that statement.
//
// Of a buffered channel, besides:
//  c.qcount > 0 means that c.recvq is empty.
//  c.qcount < c.dataqsiz means that c.sendq is empty.

/// <summary>Go's struct{}: the type of the elements of a channel that only signals. Go: src/runtime/chan.go.</summary>
public readonly struct @struct
{
}

// PORT(elem): the part of a channel that Go's functions work on is a native hchan; what holds
// elements is here, and what moves them is virtual where the type is not known.
/// <summary>What a channel is apart from the type of its elements. Go: src/runtime/chan.go.</summary>
public abstract class chan : CriticalFinalizerObject
{
    internal unsafe runtime.hchan* h; // null once it is freed

    internal unsafe chan(runtime.hchan* h)
    {
        this.h = h;
    }

    unsafe ~chan()
    {
        if (h != null && runtime.freefinalized(this, &runtime.freehchan, h))
        {
            h = null;
        }
    }

    // send and recv of a select.
    internal abstract unsafe void send(runtime.sudog* sg, scase ep, runtime.unlockf unlockf, int skip);
    internal abstract unsafe void recv(runtime.sudog* sg, scase ep, runtime.unlockf unlockf, int skip);

    // Go's typedmemmove and typedmemclr between an element and the i'th slot of the buffer.
    internal abstract void typedmemmove(scase dst, uint32 i);
    internal abstract void typedmemmove(uint32 i, scase src);
    internal abstract void typedmemclr(uint32 i);
}

// PORT(elem)
/// <summary>
/// Go's chan T: a queue through which goroutines pass values to each other, made by builtin.makechan. A null one
/// is a nil channel, on which sends and receives block for ever. The operations are in builtin.
/// Go: src/runtime/chan.go.
/// </summary>
/// <typeparam name="T">The type of the elements.</typeparam>
public sealed class chan<T> : chan
{
    internal readonly T[] buf; // an array of dataqsiz elements

    internal unsafe chan(runtime.hchan* h, T[] buf) : base(h)
    {
        this.buf = buf;
    }

    internal override unsafe void send(runtime.sudog* sg, scase ep, runtime.unlockf unlockf, int skip) =>
        runtime.send(this, sg, ref Unsafe.As<scase<T>>(ep).v, unlockf, skip);

    internal override unsafe void recv(runtime.sudog* sg, scase ep, runtime.unlockf unlockf, int skip) =>
        runtime.recv(this, sg, ref Unsafe.As<scase<T>>(ep).v, unlockf, skip);

    internal override void typedmemmove(scase dst, uint32 i) => Unsafe.As<scase<T>>(dst).v = runtime.chanbuf(this, i);

    internal override void typedmemmove(uint32 i, scase src) => runtime.chanbuf(this, i) = Unsafe.As<scase<T>>(src).v;

    internal override void typedmemclr(uint32 i) => runtime.chanbuf(this, i) = default!;
}

// PORT(elem): a parked goroutine's values lie on its stack in Go, and sudog.elem points there.
// Here they lie in objects that hang off the goroutine's stack object, and sudog.elem is the
// index of one, plus 1, so that null stays null. Those objects are of the type scase<T>: the
// cases of the select, or for a lone operation one that the goroutine keeps for the type T.
internal sealed partial class stack
{
    // The slots for lone operations, one for each type that the goroutine has used lately.
    private scase?[] slots = [];
    private byte lastslot; // there is place for a byte after the fields of frame

    // slot finds the slot for the type T, and its elem.
    internal unsafe scase<T> slot<T>(out void* elem)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i] is scase<T> s)
            {
                elem = (void*)(i + 1);
                return s;
            }
        }
        return newslot<T>(out elem);
    }

    private unsafe scase<T> newslot<T>(out void* elem)
    {
        const int maxslots = 8;
        int i;
        if (slots.Length < maxslots)
        {
            i = slots.Length;
            Array.Resize(ref slots, i + 1);
        }
        else
        {
            i = lastslot;
            lastslot = (byte)((lastslot + 1) % maxslots);
        }
        var s = new scase<T>();
        slots[i] = s;
        elem = (void*)(i + 1);
        return s;
    }

    // elem gives what sg.elem stands for. The lock of the channel must be held.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe scase elem(runtime.sudog* sg)
    {
        var stk = of(sg->g->sched.stk);
        var i = (int)sg->elem - 1;
        return sg->isSelect ? stk.order!.scases[i].elem : stk.slots[i]!;
    }

    // freeSlots drops what is kept for channel operations; for a dead goroutine.
    private void freeSlots()
    {
        slots = [];
        order = null;
    }
}

public static partial class runtime
{
    // PORT(const): readonly fields, as the compiler objects to code that a const makes unreachable.
    internal static readonly bool debugChan = false;

    // PORT(elem): no buf, elemsize and elemtype: see chan<T>. The counts are Go's uint.
    internal unsafe partial struct hchan
    {
        internal uint32 qcount; // how many elements are queued
        internal uint32 dataqsiz; // how many the circular queue can hold
        internal uint32 closed;
        internal uint32 sendx; // where the next send goes
        internal uint32 recvx; // where the next receive comes from
        internal waitq recvq; // who waits to receive
        internal waitq sendq; // who waits to send

        // lock protects all fields of hchan, and some of the sudogs that are blocked on this
        // channel.
        //
        // While it is held no other G's status may be changed (so no G may be made
        // ready): in Go that can deadlock with the shrinking of a stack.
        internal mutex @lock;

        internal hchan* next; // PORT(hchan): the free list
    }

    internal unsafe partial struct waitq
    {
        internal sudog* first;
        internal sudog* last;
    }

    // PORT(hchan): an hchan lies in native memory, at a fixed address: select locks by it, and
    // threads may sleep on its lock. It belongs to a chan<T>, and comes to this list after that
    // one's end.
    // The memory stays an hchan for ever, because an unlock may still look at it when the
    // goroutine that it lets go has dropped the channel.
    private static unsafe hchan* hchanfree;
    private static readonly Lock hchanlock = new();

    // PORT(hchan): a free one, or a new one.
    internal static unsafe hchan* newhchan()
    {
        hchan* c;
        lock (hchanlock)
        {
            c = hchanfree;
            if (c != null)
            {
                hchanfree = c->next;
            }
        }
        if (c == null)
        {
            return @new<hchan>();
        }
        c->next = null;
        c->qcount = 0;
        c->dataqsiz = 0;
        c->closed = 0;
        c->sendx = 0;
        c->recvx = 0;
        return c;
    }

    // PORT(hchan)
    internal static unsafe void freehchan(void* p)
    {
        var c = (hchan*)p;
        // Who waits in a queue has the channel, by a frame or by his select.
        if (c->recvq.first != null || c->sendq.first != null)
        {
            @throw("freehchan: somebody waits");
        }
        lock (hchanlock)
        {
            c->next = hchanfree;
            hchanfree = c;
        }
    }

    internal static unsafe chan<T> makechan<T>(int size)
    {
        // PORT(elem): no limits for the size of an element; the length of the buffer has the CLR's.
        if (size < 0 || size > Array.MaxLength)
        {
            builtin.panic(new plainError("makechan: size out of range"));
        }

        // PORT(elem): the buffer first, as that may fail.
        T[] buf = size == 0 ? [] : new T[size];
        var c = new chan<T>(newhchan(), buf); // PORT(hchan)
        c.h->dataqsiz = (uint32)size;
        lockInit(&c.h->@lock, lockRankHchan);

        if (debugChan)
        {
            print("makechan: chan=", c.h, "; dataqsiz=", size, "\n");
        }
        return c;
    }

    // chanbuf(c, i) is the i'th slot of the buffer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref T chanbuf<T>(chan<T> c, uint32 i)
    {
        return ref c.buf[i]; // PORT(elem)
    }

    // full reports whether a send on c would block, because the channel is full.
    // It reads a single word that may change, so the answer is right at one moment, but may
    // be out of date when the caller gets it.
    // PORT(plainload): plain reads in Go.
    internal static unsafe bool full(hchan* c)
    {
        // c.dataqsiz does not change once the channel is made, so it
        // may be read at any time.
        if (c->dataqsiz == 0)
        {
            // Takes it that reading a pointer is relaxed-atomic.
            return Volatile.Read(ref *(uintptr*)&c->recvq.first) == 0;
        }
        // Takes it that reading a uint is relaxed-atomic.
        return Volatile.Read(ref c->qcount) == c->dataqsiz;
    }

    // PORT(park): the functions of Go that may park are each in two parts here. The first is a
    // plain function; when it comes to the point of parking it returns what gopark returned and
    // the sudog. The second awaits the one and goes on with the other. So an operation that
    // need not wait costs no state machine, and the first part can be used on g0 too.

    // c <- x is this one.
    // PORT(park); PORT(race): no callerpc, here and below.
    internal static unsafe go chansend1<T>(chan<T>? c, T elem)
    {
        if (chansend(c, ref elem, true, out var mysg))
        {
            GC.KeepAlive(c);
            return default;
        }
        return chansendpark(c, mysg);
    }

    // chansendpark is PORT(park): chansend from where it parks.
    private static async go chansendpark<T>(chan<T>? c, ptr<sudog> mysg)
    {
        await parked;
        if (c == null)
        {
            @throw("unreachable");
        }
        chansendwoken(c, mysg);
        GC.KeepAlive(c);
    }

    // A send or a receive on one channel.
    // If block is false it does not sleep, but returns when it cannot be completed.
    //
    // A sleep may end with g.param == nil because a channel that was part of it
    // has been closed. It is easiest then to loop and
    // do the operation over; it will find the channel closed.
    internal static unsafe bool chansend<T>(chan<T>? c, ref T ep, bool block, out sudog* mysg)
    {
        mysg = null;
        if (c == null)
        {
            if (!block)
            {
                return false;
            }
            if (getg() == null) // PORT(notg): a thread that is not an M
            {
                throw notOnGoroutine();
            }
            _ = gopark(null, null, waitReasonChanSendNilChan, traceEvGoStop, 2);
            return false; // PORT(park)
        }
        var h = c.h;

        if (debugChan)
        {
            print("chansend: chan=", h, "\n");
        }

        // PORT(race): racereadpc

        // PORT(plainload): c.closed; a plain read in Go.
        // The fast path: see without the lock that a non-blocking send fails.
        //
        // We see that the channel is not closed, and then that it is not ready for sending.
        // Each is the read of a single word (first c.closed, then the one in full()).
        // A closed channel cannot turn from 'ready for sending' to 'not ready for sending';
        // so even if the channel is closed between the two reads, there was a
        // moment between them at which it was neither closed nor
        // ready for sending. We behave as if we had seen it at that moment,
        // and report that the send cannot go on.
        //
        // The reads may be reordered: if we see first that the channel is not ready for
        // sending and then that it is not closed, it was not closed
        // at the first read either. But nothing here guarantees
        // progress. That hangs on chanrecv() and closechan(), whose releases of the lock
        // bring this thread's view of c.closed and full() up to date.
        if (!block && Volatile.Read(ref h->closed) == 0 && full(h))
        {
            return false;
        }

        // PORT(prof): a time for the block profile

        if (getg() == null) // PORT(notg): a thread that is not an M
        {
            throw notOnGoroutine();
        }
        @lock(&h->@lock);

        if (h->closed != 0)
        {
            unlock(&h->@lock);
            builtin.panic(new plainError("send on closed channel"));
        }

        {
            var sg = h->recvq.dequeue();
            if (sg != null)
            {
                // A receiver waits. The value goes straight to it,
                // past the buffer of the channel, if there is one.
                send(c, sg, ref ep, new unlockf(h), 3); // PORT(closure)
                return true;
            }
        }

        if (h->qcount < h->dataqsiz)
        {
            // There is room in the buffer: queue the element there.
            ref var qp = ref chanbuf(c, h->sendx);
            // PORT(race): racenotify
            qp = ep; // PORT(elem): typedmemmove
            h->sendx++;
            if (h->sendx == h->dataqsiz)
            {
                h->sendx = 0;
            }
            h->qcount++;
            unlock(&h->@lock);
            return true;
        }

        if (!block)
        {
            unlock(&h->@lock);
            return false;
        }

        // Block on the channel. Some receiver will do our part for us.
        var gp = getg();
        mysg = acquireSudog();
        mysg->releasetime = 0;
        // PORT(stack): nothing moves the stack between the assignment of elem and the
        // enqueuing of mysg on gp.waiting.
        stack.of(gp->sched.stk).slot<T>(out mysg->elem).v = ep;
        mysg->waitlink = null;
        mysg->g = gp;
        mysg->isSelect = false;
        mysg->c = h;
        gp->waiting = mysg;
        gp->param = null;
        h->sendq.enqueue(mysg);
        // Tell whoever wants to shrink our stack that we are about to park on a channel:
        // between the change of this G's status and the setting of
        // gp.activeStackChans a stack must not be shrunk.
        gp->parkingOnChan.Store(true);
        _ = gopark(&chanparkcommit, &h->@lock, waitReasonChanSend, traceEvGoBlockSend, 2);
        return false; // PORT(park)
    }

    // chansendwoken is PORT(park): chansend after its park.
    private static unsafe void chansendwoken<T>(chan<T> c, ptr<sudog> s)
    {
        sudog* mysg = s;
        var gp = getg();
        // Until here the value sent had to be kept, so that the receiver could
        // copy it out; now it must not be kept any longer.
        stack.of(gp->sched.stk).slot<T>(out _).v = default!;

        // somebody woke us up.
        if (mysg != gp->waiting)
        {
            @throw("G waiting list is corrupted");
        }
        gp->waiting = null;
        // PORT(stack): activeStackChans
        var closed = !mysg->success;
        gp->param = null;
        // PORT(prof): blockevent
        mysg->c = null;
        releaseSudog(mysg);
        if (closed)
        {
            if (Volatile.Read(ref c.h->closed) == 0)
            {
                @throw("chansend: spurious wakeup");
            }
            builtin.panic(new plainError("send on closed channel"));
        }
    }

    // unlockf unlocks what was locked for an operation: the channel, or all those of a select.
    // PORT(closure): a closure in Go, which does not escape there.
    internal readonly unsafe ref struct unlockf
    {
        private readonly hchan* c;
        private readonly ReadOnlySpan<stack.selcase> scases;
        private readonly ReadOnlySpan<uint16> lockorder;

        internal unlockf(hchan* c)
        {
            this.c = c;
        }

        internal unlockf(ReadOnlySpan<stack.selcase> scases, ReadOnlySpan<uint16> lockorder)
        {
            this.scases = scases;
            this.lockorder = lockorder;
        }

        internal void Invoke()
        {
            if (c != null)
            {
                unlock(&c->@lock);
            }
            else
            {
                selunlock(scases, lockorder);
            }
        }
    }

    // send does a send on an empty channel c.
    // The sender's value ep is copied to the receiver sg, which is then woken up
    // and goes its way.
    // c must be empty and locked; send unlocks it with unlockf.
    // sg must have been taken out of c already.
    internal static unsafe void send<T>(chan<T> c, sudog* sg, ref T ep, unlockf unlockf, int skip)
    {
        // PORT(race): racesync, racenotify
        if (sg->elem != null)
        {
            sendDirect(sg, ref ep);
            sg->elem = null;
        }
        var gp = sg->g;
        unlockf.Invoke(); // PORT(closure)
        gp->param = sg;
        sg->success = true;
        if (sg->releasetime != 0)
        {
            sg->releasetime = cputicks();
        }
        goready(gp, skip + 1);
    }

    // Sends and receives on channels without a buffer, or with an empty one, are the only
    // operations by which one running goroutine writes to another's stack.
    // PORT(wb): the write barriers that Go needs for that.

    internal static unsafe void sendDirect<T>(sudog* sg, ref T src)
    {
        // src is ours, dst a slot of another goroutine.
        // PORT(stack): nothing moves dst meanwhile.
        // PORT(elem)
        var dst = Unsafe.As<scase<T>>(stack.elem(sg));
        dst.v = src; // PORT(elem): memmove
    }

    internal static unsafe void recvDirect<T>(sudog* sg, ref T dst)
    {
        // dst is ours, src a slot of another goroutine.
        // The channel is locked, so src stays there during this
        // operation.
        var src = Unsafe.As<scase<T>>(stack.elem(sg)); // PORT(elem)
        dst = src.v; // PORT(elem): memmove
    }

    internal static unsafe void closechan(chan? c)
    {
        if (c == null)
        {
            builtin.panic(new plainError("close of nil channel"));
        }
        var h = c!.h;

        var borrowed = false;
        // PORT(foreign): any thread may close a channel. If it is not an M, it borrows one and
        // makes goroutines ready the way injectglist does. As long as the runtime was not started
        // there is no goroutine, and nothing to lock out.
        if (getg() == null)
        {
            if (Volatile.Read(ref rt0started) == 0)
            {
                if (h->closed != 0)
                {
                    builtin.panic(new plainError("close of closed channel"));
                }
                h->closed = 1;
                return;
            }
            needm(); // PORT(foreign)
            borrowed = true;
        }

        @lock(&h->@lock);
        if (h->closed != 0)
        {
            unlock(&h->@lock);
            if (borrowed) // PORT(foreign)
            {
                dropm();
            }
            builtin.panic(new plainError("close of closed channel"));
        }

        // PORT(race): racewritepc, racerelease

        h->closed = 1;

        gList glist = default;

        // release all readers
        for (; ; )
        {
            var sg = h->recvq.dequeue();
            if (sg == null)
            {
                break;
            }
            if (sg->elem != null)
            {
                stack.elem(sg).typedmemclr(); // PORT(elem)
                sg->elem = null;
            }
            if (sg->releasetime != 0)
            {
                sg->releasetime = cputicks();
            }
            var gp = sg->g;
            gp->param = sg;
            sg->success = false;
            // PORT(race): raceacquireg
            glist.push(gp);
        }

        // release all writers (they will panic)
        for (; ; )
        {
            var sg = h->sendq.dequeue();
            if (sg == null)
            {
                break;
            }
            sg->elem = null;
            if (sg->releasetime != 0)
            {
                sg->releasetime = cputicks();
            }
            var gp = sg->g;
            gp->param = sg;
            sg->success = false;
            // PORT(race): raceacquireg
            glist.push(gp);
        }
        unlock(&h->@lock);
        GC.KeepAlive(c);

        if (borrowed) // PORT(foreign)
        {
            injectglist(&glist);
            dropm();
            return;
        }

        // Make all Gs ready, now that the lock of the channel is released.
        while (!glist.empty())
        {
            var gp = glist.pop();
            gp->schedlink = 0;
            goready(gp, 3);
        }
    }

    // empty reports whether a receive from c would block, because the channel is
    // empty. It reads a single word that may change, atomically.
    internal static unsafe bool empty(hchan* c)
    {
        // c.dataqsiz does not change.
        if (c->dataqsiz == 0)
        {
            return atomic.Loadp(&c->sendq.first) == null;
        }
        return atomic.Load(ref c->qcount) == 0; // PORT(elem): qcount is a uint32
    }

    // <-c is one of the next two.
    // PORT(park); PORT(elem): the element is the result.
    internal static unsafe go<T> chanrecv1<T>(chan<T>? c)
    {
        T elem = default!;
        if (chanrecv(c, ref elem, true, out _, out var mysg))
        {
            GC.KeepAlive(c);
            return new(elem);
        }
        return chanrecv1park(c, mysg);
    }

    // chanrecv1park is PORT(park): chanrecv1 from where it parks.
    private static async go<T> chanrecv1park<T>(chan<T>? c, ptr<sudog> mysg)
    {
        await parked;
        if (c == null)
        {
            @throw("unreachable");
        }
        T elem = default!;
        chanrecvwoken(c, ref elem, mysg);
        GC.KeepAlive(c);
        return elem;
    }

    // PORT(park); PORT(elem)
    internal static unsafe go<(T v, bool received)> chanrecv2<T>(chan<T>? c)
    {
        T elem = default!;
        if (chanrecv(c, ref elem, true, out var received, out var mysg))
        {
            GC.KeepAlive(c);
            return new((elem, received));
        }
        return chanrecv2park(c, mysg);
    }

    // chanrecv2park is PORT(park): chanrecv2 from where it parks.
    private static async go<(T v, bool received)> chanrecv2park<T>(chan<T>? c, ptr<sudog> mysg)
    {
        await parked;
        if (c == null)
        {
            @throw("unreachable");
        }
        T elem = default!;
        var received = chanrecvwoken(c, ref elem, mysg);
        GC.KeepAlive(c);
        return (elem, received);
    }

    // chanrecv receives on channel c and puts what it receives into ep.
    // If block is false and there are no elements, it returns (false, false).
    // Otherwise, if c is closed, it clears ep and returns (true, false).
    // Otherwise it fills ep with an element and returns (true, true).
    // PORT(elem): ep is always there; Go lets it be nil when nobody wants the value.
    internal static unsafe bool chanrecv<T>(chan<T>? c, ref T ep, bool block, out bool received, out sudog* mysg)
    {
        received = false;
        mysg = null;

        if (debugChan)
        {
            print("chanrecv: chan=", c == null ? null : c.h, "\n");
        }

        if (c == null)
        {
            if (!block)
            {
                return false;
            }
            if (getg() == null) // PORT(notg): a thread that is not an M
            {
                throw notOnGoroutine();
            }
            _ = gopark(null, null, waitReasonChanReceiveNilChan, traceEvGoStop, 2);
            return false; // PORT(park)
        }
        var h = c.h;

        // The fast path: see without the lock that a non-blocking receive fails.
        if (!block && empty(h))
        {
            // We have seen that the channel is not ready for receiving; now see
            // whether it is closed.
            //
            // In another order these checks could go wrong in a race with a close.
            // For instance, if the channel was open and not empty, then was closed, then
            // drained, reads in the other order could say "open and empty".
            // So both checks are atomic loads, and the emptying and the closing happen in
            // two critical sections under one lock. That does not hold
            // when a channel without a buffer is closed while a send is blocked on it, but
            // that is an error in any case.
            if (atomic.Load(ref h->closed) == 0)
            {
                // A channel is never opened again: if it is not closed now, it was not
                // closed at the moment of the first check either.
                // We behave as if we had seen it at that moment,
                // and report that the receive cannot go on.
                return false;
            }
            // The channel is closed for good. Look again whether there is data to
            // receive, which may have come between the checks of empty and closed above.
            // That needs sequential consistency too, in a race with such a send.
            if (empty(h))
            {
                // The channel is closed for good and empty.
                // PORT(race): raceacquire
                ep = default!;
                return true;
            }
        }

        // PORT(prof): a time for the block profile

        if (getg() == null) // PORT(notg): a thread that is not an M
        {
            throw notOnGoroutine();
        }
        @lock(&h->@lock);

        if (h->closed != 0)
        {
            if (h->qcount == 0)
            {
                // PORT(race): raceacquire
                unlock(&h->@lock);
                ep = default!;
                return true;
            }
            // The channel is closed, but there is data in its buffer.
        }
        else
        {
            // It is not closed; look for a sender that waits.
            var sg = h->sendq.dequeue();
            if (sg != null)
            {
                // A sender waits. Without a buffer the value comes straight
                // from it. Otherwise receive from the head of the queue
                // and put the sender's value at its tail (which is
                // the same slot, since the queue is full).
                recv(c, sg, ref ep, new unlockf(h), 3);
                received = true;
                return true;
            }
        }

        if (h->qcount > 0)
        {
            // Receive straight from the queue.
            ref var qp = ref chanbuf(c, h->recvx);
            ep = qp;
            qp = default!;
            h->recvx++;
            if (h->recvx == h->dataqsiz)
            {
                h->recvx = 0;
            }
            h->qcount--;
            unlock(&h->@lock);
            received = true;
            return true;
        }

        if (!block)
        {
            unlock(&h->@lock);
            return false;
        }

        // There is no sender: block on this channel.
        var gp = getg();
        mysg = acquireSudog();
        mysg->releasetime = 0;
        // PORT(stack): nothing moves the stack between the assignment of elem and the
        // enqueuing of mysg on gp.waiting.
        stack.of(gp->sched.stk).slot<T>(out mysg->elem);
        mysg->waitlink = null;
        gp->waiting = mysg;
        mysg->g = gp;
        mysg->isSelect = false;
        mysg->c = h;
        gp->param = null;
        h->recvq.enqueue(mysg);
        // Tell whoever wants to shrink our stack that we are about to park on a channel:
        // between the change of this G's status and the setting of
        // gp.activeStackChans a stack must not be shrunk.
        gp->parkingOnChan.Store(true);
        _ = gopark(&chanparkcommit, &h->@lock, waitReasonChanReceive, traceEvGoBlockRecv, 2);
        return false; // PORT(park)
    }

    // chanrecvwoken is PORT(park): chanrecv after its park.
    private static unsafe bool chanrecvwoken<T>(chan<T> c, ref T ep, ptr<sudog> s)
    {
        sudog* mysg = s;
        var gp = getg();
        var slot = stack.of(gp->sched.stk).slot<T>(out _);
        ep = slot.v;
        slot.v = default!;

        // somebody woke us up
        if (mysg != gp->waiting)
        {
            @throw("G waiting list is corrupted");
        }
        gp->waiting = null;
        // PORT(stack): activeStackChans
        // PORT(prof): blockevent
        var success = mysg->success;
        gp->param = null;
        mysg->c = null;
        releaseSudog(mysg);
        return success;
    }

    // recv does a receive on a full channel c.
    // There are two parts:
    //  1. The value of the sender sg is put into the channel, and
    //     the sender is woken up and goes its way.
    //  2. The value that the receiver (the current G) gets is
    //     put into ep.
    //
    // If the channel is synchronous the two values are the same one.
    // Otherwise the receiver gets what comes out of the buffer
    // and the sender's value goes into
    // it.
    // c must be full and locked; recv unlocks it with unlockf.
    // sg must have been taken out of c already.
    internal static unsafe void recv<T>(chan<T> c, sudog* sg, ref T ep, unlockf unlockf, int skip)
    {
        var h = c.h;
        // PORT(race): racesync
        if (h->dataqsiz == 0) // PORT(elem): ep is always there
        {
            // copy from the sender
            recvDirect(sg, ref ep);
        }
        else
        {
            // The queue is full. Take what is at its head,
            // and have the sender put its value at
            // the tail. As the queue is full, both are
            // the same slot.
            ref var qp = ref chanbuf(c, h->recvx);
            // PORT(race): racenotify
            // copy from the queue to the receiver
            ep = qp;
            // copy from the sender to the queue
            qp = Unsafe.As<scase<T>>(stack.elem(sg)).v;
            h->recvx++;
            if (h->recvx == h->dataqsiz)
            {
                h->recvx = 0;
            }
            h->sendx = h->recvx; // c.sendx = (c.sendx+1) % c.dataqsiz
        }
        sg->elem = null;
        var gp = sg->g;
        unlockf.Invoke(); // PORT(closure)
        gp->param = sg;
        sg->success = true;
        if (sg->releasetime != 0)
        {
            sg->releasetime = cputicks();
        }
        goready(gp, skip + 1);
    }

    internal static unsafe bool chanparkcommit(g* gp, void* chanLock)
    {
        // There are unlocked sudogs that refer to gp's stack; who copies a stack must
        // lock the channels of those sudogs.
        // PORT(stack): activeStackChans is set here, and not before the park, as the growth
        // of a stack could deadlock with
        // the lock of the channel.
        // Say that the stack may be shrunk from now on: any thread that gets hold of this G's
        // stack for that will see
        // activeStackChans after this store.
        gp->parkingOnChan.Store(false);
        // The unlock must come after both. Once chanLock is unlocked,
        // a channel operation may make gp ready, and gp may then run
        // before anything that stands above the unlock
        // is visible (even to gp itself).
        unlock((mutex*)chanLock);
        return true;
    }

    // The compiler makes of
    //
    //	select {
    //	case c <- v:
    //		... foo
    //	default:
    //		... bar
    //	}
    //
    // this:
    //
    //	if selectnbsend(c, v) {
    //		... foo
    //	} else {
    //		... bar
    //	}
    internal static unsafe bool selectnbsend<T>(chan<T>? c, ref T elem)
    {
        var selected = chansend(c, ref elem, false, out _); // PORT(race)
        GC.KeepAlive(c);
        return selected;
    }

    // The compiler makes of
    //
    //	select {
    //	case v, ok = <-c:
    //		... foo
    //	default:
    //		... bar
    //	}
    //
    // this:
    //
    //	if selected, ok = selectnbrecv(&v, c); selected {
    //		... foo
    //	} else {
    //		... bar
    //	}
    internal static unsafe (bool selected, bool received) selectnbrecv<T>(ref T elem, chan<T>? c)
    {
        var selected = chanrecv(c, ref elem, false, out var received, out _); // PORT(elem)
        GC.KeepAlive(c);
        return (selected, received);
    }

    // PORT(reflect): no functions for package reflect, except for the two behind len and cap.

    // PORT(chan): c may be of any type; PORT(plainload)
    internal static unsafe int reflect_chanlen(chan? c)
    {
        if (c == null)
        {
            return 0;
        }
        var n = (int)Volatile.Read(ref c.h->qcount);
        GC.KeepAlive(c);
        return n;
    }

    // PORT(chan)
    internal static unsafe int reflect_chancap(chan? c)
    {
        if (c == null)
        {
            return 0;
        }
        var n = (int)c.h->dataqsiz;
        GC.KeepAlive(c);
        return n;
    }

    internal unsafe partial struct waitq
    {
        internal void enqueue(sudog* sgp)
        {
            sgp->next = null;
            var x = last;
            if (x == null)
            {
                sgp->prev = null;
                first = sgp;
                last = sgp;
                return;
            }
            sgp->prev = x;
            x->next = sgp;
            last = sgp;
        }

        internal sudog* dequeue()
        {
            for (; ; )
            {
                var sgp = first;
                if (sgp == null)
                {
                    return null;
                }
                var y = sgp->next;
                if (y == null)
                {
                    first = null;
                    last = null;
                }
                else
                {
                    y->prev = null;
                    first = y;
                    sgp->next = null; // says that it is removed (see dequeueSudoG)
                }

                // If a goroutine was put into this queue by a select, there is a short
                // time between its being woken up by another case and its
                // taking the locks of the channels. Once it
                // has the locks, it takes itself out of the queue, and is not seen here.
                // A flag in the G says that somebody else
                // has won the race to wake this goroutine up, which
                // has not taken itself out of the queue yet.
                if (sgp->isSelect && !sgp->g->selectDone.CompareAndSwap(0, 1))
                {
                    continue;
                }

                return sgp;
            }
        }
    }

    // PORT(race): raceaddr, racesync and racenotify
}

// PORT(chan): the statements and predeclared functions of Go for channels. They are extension
// methods because a null channel must take them.
public static partial class builtin
{
    /// <summary>Go's make(chan T, size). Go: src/runtime/chan.go.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="size">How many elements the buffer holds; 0 makes a channel on which a send waits for its receive.</param>
    public static chan<T> makechan<T>(int size = 0) => runtime.makechan<T>(size); // PORT(chan)

    /// <summary>Go's c &lt;- v: sends v, and waits as long as nobody receives and the buffer is full. Panics when c is closed. Go: src/runtime/chan.go.</summary>
    /// <param name="c">The channel; on a null one the goroutine waits for ever.</param>
    /// <param name="v">The value.</param>
    public static go Send<T>(this chan<T>? c, T v) => runtime.chansend1(c, v);

    /// <summary>Go's v := &lt;-c: waits for a value and receives it; from a closed and empty channel it receives the default. Go: src/runtime/chan.go.</summary>
    /// <param name="c">The channel; on a null one the goroutine waits for ever.</param>
    public static go<T> Recv<T>(this chan<T>? c) => runtime.chanrecv1(c);

    /// <summary>Go's v, ok := &lt;-c: as Recv; ok is false when the channel was closed and empty. Go: src/runtime/chan.go.</summary>
    /// <param name="c">The channel; on a null one the goroutine waits for ever.</param>
    public static go<(T v, bool ok)> Recv2<T>(this chan<T>? c) => runtime.chanrecv2(c);

    /// <summary>Go's close(c): no more values will be sent. Panics when c is null or closed. Any thread may call it. Go: src/runtime/chan.go.</summary>
    /// <param name="c">The channel.</param>
    public static void Close(this chan? c) => runtime.closechan(c);

    /// <summary>Go's select { case c &lt;- v: default: }: sends v if that needs no waiting, and reports whether it did. Go: src/runtime/chan.go.</summary>
    /// <param name="c">The channel, or null.</param>
    /// <param name="v">The value.</param>
    public static bool selectnbsend<T>(this chan<T>? c, T v) => runtime.selectnbsend(c, ref v);

    /// <summary>Go's select { case v, ok = &lt;-c: default: }: receives if that needs no waiting; selected reports whether it did. Go: src/runtime/chan.go.</summary>
    /// <param name="c">The channel, or null.</param>
    public static (bool selected, T v, bool ok) selectnbrecv<T>(this chan<T>? c)
    {
        T v = default!;
        var (selected, received) = runtime.selectnbrecv(ref v, c);
        return (selected, v, received);
    }

    extension(chan? c)
    {
        /// <summary>Go's len(c): how many elements are in the buffer; 0 for a null channel.</summary>
        public int len => runtime.reflect_chanlen(c);

        /// <summary>Go's cap(c): how many elements the buffer holds; 0 for a null channel.</summary>
        public int cap => runtime.reflect_chancap(c);
    }
}
