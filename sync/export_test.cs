// Ports src/sync/export_test.go of go1.20, and holds what the tests share.
using System.Collections.Concurrent;
using System.Threading.Tasks;

namespace golang;

internal static class export_test
{
    // How long a test may take before it counts as hung. Nothing waits for it otherwise.
    private static readonly TimeSpan hung = TimeSpan.FromMinutes(2);

    // Run runs a test on a goroutine of its own.
    internal static Task Run(Func<go> fn) => runtime.Run(fn).WaitAsync(hung);

    // withGOMAXPROCS runs fn with n Ps, or as many as there are if n is -1, and sets the number back.
    internal static async go withGOMAXPROCS(int n, Func<go> fn)
    {
        var old = await runtime.GOMAXPROCS(n);
        try
        {
            await fn();
        }
        finally
        {
            await runtime.GOMAXPROCS(old);
        }
    }

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

// T collects the errors of goroutines: what they threw would end the process.
internal sealed class T
{
    private readonly ConcurrentQueue<string> errors = new();

    internal void Errorf(string text) => errors.Enqueue(text);

    internal void Check() => Assert.That(errors, Is.Empty);
}
