// Ports src/sync/export_test.go of go1.20, and holds what the tests share.

namespace golang;

internal static class export_test
{
    // poolDequeue testing.
    internal interface PoolDequeue
    {
        bool PushHead(object? val);

        (object?, bool) PopHead();

        (object?, bool) PopTail();
    }

    private sealed class dequeue(sync.poolDequeue d) : PoolDequeue
    {
        public bool PushHead(object? val) => d.pushHead(val);

        public (object?, bool) PopHead() => d.popHead();

        public (object?, bool) PopTail() => d.popTail();
    }

    internal static PoolDequeue NewPoolDequeue(int n)
    {
        var d = new sync.poolDequeue { vals = new object?[n] };
        // The indexes start near their end, so that the test sees them wrap around.
        d.headTail = d.pack(unchecked((1u << sync.dequeueBits) - 500), unchecked((1u << sync.dequeueBits) - 500));
        return new dequeue(d);
    }

    private sealed class chain : PoolDequeue
    {
        private sync.poolChain c;

        public bool PushHead(object? val)
        {
            c.pushHead(val);
            return true;
        }

        public (object?, bool) PopHead() => c.popHead();

        public (object?, bool) PopTail() => c.popTail();
    }

    internal static PoolDequeue NewPoolChain() => new chain();
}
