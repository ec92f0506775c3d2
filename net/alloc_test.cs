// Ports TestTCPReadWriteAllocs of src/net/tcpsock_test.go of go1.20, over a longer time.
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Nothing is allocated per read, write and park.</summary>
[TestFixture]
public class alloc_test
{
    private const int trips = 100_000;

    // What others in the process may allocate meanwhile: the measuring itself, the JIT's work for methods
    // that become hot, the test host. It is less than one byte per round trip, and the smallest object
    // has 24.
    private const long slack = 64 * 1024;

    private static async go echo(Conn c)
    {
        Memory<byte> b = new byte[512];
        for (; ; )
        {
            var (n, err) = await c.Read(b);
            if (err != null)
            {
                return;
            }
            (_, err) = await c.Write(b[..n]);
            if (err != null)
            {
                return;
            }
        }
    }

    private static async go<int> roundTrips(Conn c, Memory<byte> b, int n)
    {
        for (var i = 0; i < n; i++)
        {
            var (m, err) = await c.Write(b);
            if (m != b.Length || err != null)
            {
                return i;
            }
            (m, err) = await c.Read(b);
            if (m != b.Length || err != null)
            {
                return i;
            }
        }
        return n;
    }

    // On a busy machine the rest of the process has more time, so the best of some rounds counts: what each
    // round trip allocates, every round would show.
    private static async go allocatesNothing(Func<go<int>> f)
    {
        var allocated = long.MaxValue;
        for (var round = 0; round < 5 && allocated >= slack; round++)
        {
            var before = GC.GetTotalAllocatedBytes(true);
            Assert.That(await f(), Is.EqualTo(trips));
            allocated = Math.Min(allocated, GC.GetTotalAllocatedBytes(true) - before);
        }
        TestContext.Progress.WriteLine($"{allocated} bytes for {trips} round trips");
        Assert.That(allocated, Is.LessThan(slack));
    }

    /// <summary>100,000 round trips between two goroutines.</summary>
    [Test]
#if DEBUG
    [Ignore("In a Debug build the state machine of an async method is a class, so each call of one allocates it.")]
#endif
    public Task TestTCPReadWriteAllocs() => main_test.Run(static async t =>
    {
        var (_, c, s) = await newConnPair(t);
        var done = new sync.WaitGroup();
        done.Add(1);
        builtin.go(async () =>
        {
            await echo(s);
            done.Done();
        });

        // A short message, which is the usual case: read finds nothing and parks.
        Memory<byte> b = new byte[64];
        Assert.That(await roundTrips(c, b, trips), Is.EqualTo(trips)); // all tiers of the JIT
        await allocatesNothing(() => roundTrips(c, b, trips));

        c.CloseWrite();
        await done.Wait();
    });

    /// <summary>The same with deadlines, which add and move a timer for each read and each write.</summary>
    [Test]
#if DEBUG
    [Ignore("In a Debug build the state machine of an async method is a class, so each call of one allocates it.")]
#endif
    public Task TestTCPReadWriteDeadlineAllocs() => main_test.Run(static async t =>
    {
        var (_, c, s) = await newConnPair(t);
        var done = new sync.WaitGroup();
        done.Add(1);
        builtin.go(async () =>
        {
            await echo(s);
            done.Done();
        });

        static async go<int> deadlines(Conn c, Memory<byte> b, int n)
        {
            for (var i = 0; i < n; i++)
            {
                if (c.SetDeadline(time.Now().Add(time.Hour)) != null || await roundTrips(c, b, 1) != 1)
                {
                    return i;
                }
            }
            return n;
        }

        Memory<byte> b = new byte[64];
        Assert.That(await deadlines(c, b, trips), Is.EqualTo(trips));
        await allocatesNothing(() => deadlines(c, b, trips));

        c.CloseWrite();
        await done.Wait();
    });
}
