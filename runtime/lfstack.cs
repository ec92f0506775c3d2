// Ports src/runtime/lfstack.go of go1.20: a stack without locks.
namespace golang;

public static partial class runtime
{
    // lfstack is the head of a stack without locks. Zero is the empty stack.
    //
    // The nodes carry the links themselves: what is pushed must have an lfnode as its first
    // field. They must lie in memory that no collector moves or frees: a pop may read a node
    // that somebody else has just taken.
    internal struct lfstack(uint64 v)
    {
        private uint64 v = v;

        internal unsafe void push(lfnode* node)
        {
            node->pushcnt++;
            var @new = lfstackPack(node, node->pushcnt);
            if (lfstackUnpack(@new) is var node1 && node1 != node)
            {
                print("runtime: lfstack.push invalid packing: node=", node, " cnt=", hex(node->pushcnt), " packed=", hex(@new), " -> node=", node1, "\n");
                @throw("lfstack.push");
            }
            for (; ; )
            {
                var old = atomic.Load64(ref v);
                node->next = old;
                if (atomic.Cas64(ref v, old, @new))
                {
                    break;
                }
            }
        }

        internal unsafe void* pop()
        {
            for (; ; )
            {
                var old = atomic.Load64(ref v);
                if (old == 0)
                {
                    return null;
                }
                var node = lfstackUnpack(old);
                var next = atomic.Load64(ref node->next);
                if (atomic.Cas64(ref v, old, next))
                {
                    return node;
                }
            }
        }

        internal bool empty()
        {
            return atomic.Load64(ref v) == 0;
        }

        public static implicit operator uint64(lfstack head) => head.v;
    }

    // lfnodeValidate is fatal if the address of node cannot be packed. It is needed once, when
    // node is allocated.
    // PORT(heap): no heap to look for the node in; it is native.
    internal static unsafe void lfnodeValidate(lfnode* node)
    {
        if (lfstackUnpack(lfstackPack(node, ~(uintptr)0)) != node)
        {
            printlock();
            println("runtime: bad lfnode address", hex((uintptr)node));
            @throw("bad lfnode address");
        }
    }
}
