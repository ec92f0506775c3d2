// Ports src/sync/poolqueue.go of go1.20.

namespace golang;

public static partial class sync
{
    // poolDequeue is a queue of fixed size without locks, for one producer and many consumers. The one producer can
    // push and pop at the head, the consumers can pop at the tail.
    //
    // It clears slots that are not in use, so that they keep nothing alive. That
    // matters for Pool; the literature does not care about it.
    internal class poolDequeue
    {
        // headTail has the 32 bits of the index of the head and the 32 bits of that of the
        // tail. Both are taken modulo len(vals)-1.
        //
        // tail = index of the oldest element in the queue
        // head = index of the slot that is filled next
        //
        // The slots in [tail, head) belong to the consumers.
        // A consumer goes on owning a slot outside that range until
        // it clears it; then the slot belongs to the
        // producer.
        //
        // The index of the head is in the upper bits, so that it can
        // be added to atomically and overflows without
        // harm.
        internal uint64 headTail;

        // vals is the ring of the elements. Its length is a power of 2.
        //
        // An element is null if the slot is empty. A slot stays in use until *both* the tail
        // has moved past it and the element has been set to null: by the
        // consumer, atomically, and the producer reads it
        // atomically.
        // PORT(eface): an interface value of Go is two words, typ and val; an object is one.
        internal object?[] vals = [];

        internal (uint32 head, uint32 tail) unpack(uint64 ptrs)
        {
            const uint64 mask = (1UL << dequeueBits) - 1;
            var head = (uint32)((ptrs >> dequeueBits) & mask);
            var tail = (uint32)(ptrs & mask);
            return (head, tail);
        }

        internal uint64 pack(uint32 head, uint32 tail)
        {
            const uint64 mask = (1UL << dequeueBits) - 1;
            return ((uint64)head << dequeueBits) |
                (tail & mask);
        }

        // pushHead puts val at the head of the queue. It returns false if the
        // queue is full. Only the one producer may call it.
        internal bool pushHead(object? val)
        {
            var ptrs = atomic.LoadUint64(ref headTail);
            var (head, tail) = unpack(ptrs);
            if (unchecked(tail + (uint32)vals.Length) == head)
            {
                // The queue is full.
                return false;
            }
            ref var slot = ref vals[head & (uint32)(vals.Length - 1)];

            // Has popTail released the slot at the head?
            var typ = atomic.LoadPointer(ref slot);
            if (typ != null)
            {
                // Another goroutine is not done with the tail, so
                // the queue is full after all.
                return false;
            }

            // The slot is free, so it is ours.
            if (val == null)
            {
                val = dequeueNil;
            }
            slot = val;

            // Move the head. That hands the slot over to popTail
            // and is the barrier for the store into the slot.
            atomic.AddUint64(ref headTail, 1UL << dequeueBits);
            return true;
        }

        // popHead takes the element at the head out of the queue.
        // It returns false if the queue is empty. Only the one
        // producer may call it.
        internal (object?, bool) popHead()
        {
            ref var slot = ref Unsafe.NullRef<object?>();
            for (; ; )
            {
                var ptrs = atomic.LoadUint64(ref headTail);
                var (head, tail) = unpack(ptrs);
                if (tail == head)
                {
                    // The queue is empty.
                    return (null, false);
                }

                // Make sure of the tail and move the head back, before the value
                // is read: so the slot is ours
                // again.
                head--;
                var ptrs2 = pack(head, tail);
                if (atomic.CompareAndSwapUint64(ref headTail, ptrs, ptrs2))
                {
                    // We have got the slot back.
                    slot = ref vals[head & (uint32)(vals.Length - 1)];
                    break;
                }
            }

            var val = slot;
            if (val == dequeueNil)
            {
                val = null;
            }
            // Clear the slot. Unlike in popTail there is no race with
            // pushHead, so no care is needed here.
            slot = null;
            return (val, true);
        }

        // popTail takes the element at the tail out of the queue.
        // It returns false if the queue is empty. Any number of
        // consumers may call it.
        internal (object?, bool) popTail()
        {
            ref var slot = ref Unsafe.NullRef<object?>();
            for (; ; )
            {
                var ptrs = atomic.LoadUint64(ref headTail);
                var (head, tail) = unpack(ptrs);
                if (tail == head)
                {
                    // The queue is empty.
                    return (null, false);
                }

                // Make sure of the head (for what was looked at
                // above) and move the tail. If that succeeds,
                // the slot at the tail is ours.
                var ptrs2 = pack(head, unchecked(tail + 1));
                if (atomic.CompareAndSwapUint64(ref headTail, ptrs, ptrs2))
                {
                    // Success.
                    slot = ref vals[tail & (uint32)(vals.Length - 1)];
                    break;
                }
            }

            // The slot is ours.
            var val = slot;
            if (val == dequeueNil)
            {
                val = null;
            }

            // Tell pushHead that we are done with the slot. Clearing
            // it matters, too: it must not keep an object
            // alive for longer than necessary.
            //
            // PORT(eface): Go clears val first and then publishes
            // that it is done by clearing typ, atomically.
            atomic.StorePointer(ref slot, null);
            // From here on pushHead owns the slot.

            return (val, true);
        }
    }

    internal const int dequeueBits = 32;

    // dequeueLimit is the largest size of a poolDequeue.
    //
    // It must not be more than (1<<dequeueBits)/2, because a full queue is told by the
    // wrap of the ring without the wrap of
    // the index. Divided by 4, it fits in an int of 32 bits.
    internal const int dequeueLimit = (int)((1L << dequeueBits) / 4);

    // dequeueNil stands for null in a poolDequeue, where null
    // is an empty slot.
    internal static readonly object dequeueNil = new();

    // poolChain is a poolDequeue whose size changes.
    //
    // It is a doubly-linked list of poolDequeues, each of which is twice as large as the one
    // before it. When one is full, the next is allocated, and elements are only pushed to
    // the newest. They are popped at the other end of the list, and
    // a queue that has run empty is taken out of the list.
    // PORT(nocopy): a struct, used in place.
    internal partial struct poolChain
    {
        // head is the poolDequeue to push to. Only the producer
        // looks at it, so it needs no synchronization.
        internal poolChainElt? head;

        // tail is the poolDequeue to popTail from. Consumers
        // look at it, so reads and writes must be atomic.
        internal poolChainElt? tail;
    }

    internal sealed class poolChainElt : poolDequeue
    {
        // next and prev are the neighbours in the poolChain.
        //
        // The producer writes next and the consumers read it, both
        // atomically. It only changes from null
        // to something.
        //
        // The consumers write prev and the producer reads it, both
        // atomically. It only changes from
        // something to null.
        internal poolChainElt? next;
        internal poolChainElt? prev;
    }

    internal static void storePoolChainElt(ref poolChainElt? pp, poolChainElt? v)
    {
        atomic.StorePointer(ref pp, v);
    }

    internal static poolChainElt? loadPoolChainElt(ref poolChainElt? pp)
    {
        return atomic.LoadPointer(ref pp);
    }

    internal partial struct poolChain
    {
        internal void pushHead(object? val)
        {
            var d = head;
            if (d == null)
            {
                // Make the chain.
                const int initSize = 8; // a power of 2
                d = new poolChainElt();
                d.vals = new object?[initSize];
                head = d;
                storePoolChainElt(ref tail, d);
            }

            if (d.pushHead(val))
            {
                return;
            }

            // The current queue is full. Allocate one of twice
            // the size.
            var newSize = d.vals.Length * 2;
            if (newSize >= dequeueLimit)
            {
                // It cannot be larger.
                newSize = dequeueLimit;
            }

            var d2 = new poolChainElt { prev = d };
            d2.vals = new object?[newSize];
            head = d2;
            storePoolChainElt(ref d.next, d2);
            d2.pushHead(val);
        }

        internal readonly (object?, bool) popHead()
        {
            var d = head;
            while (d != null)
            {
                var (val, ok) = d.popHead();
                if (ok)
                {
                    return (val, ok);
                }
                // There may be elements left in the one
                // before it, so go back.
                d = loadPoolChainElt(ref d.prev);
            }
            return (null, false);
        }

        internal (object?, bool) popTail()
        {
            var d = loadPoolChainElt(ref tail);
            if (d == null)
            {
                return (null, false);
            }

            for (; ; )
            {
                // next must be loaded *before* the pop. In
                // general d may be empty for a while only;
                // but if next was not null before
                // a pop that fails, d is empty for good,
                // and only then may it be taken
                // out of the chain.
                var d2 = loadPoolChainElt(ref d.next);

                var (val, ok) = d.popTail();
                if (ok)
                {
                    return (val, ok);
                }

                if (d2 == null)
                {
                    // This is the only queue. It is empty now,
                    // but may be pushed to later.
                    return (null, false);
                }

                // The tail of the chain is drained, so go on
                // with the next. Try to take this one out of the chain,
                // so that the next pop need not look at it
                // again.
                if (atomic.CompareAndSwapPointer(ref tail, d, d2))
                {
                    // We were first. Clear prev, so that the
                    // collector can take the empty one
                    // and popHead does not go back
                    // further than it has to.
                    storePoolChainElt(ref d2.prev, null);
                }
                d = d2;
            }
        }
    }
}
