// Ports src/runtime/netpoll_os_test.go of go1.20: its benchmark as a test.
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class netpoll_os_test
{
    // Breaks from many goroutines at once neither block nor fail, and the poller still works.
    [Test]
    public Task TestNetpollBreaks() => Run(async () =>
    {
        const int N = 1000;
        netpollGenericInit();
        var wg = new waitgroup(10 * N);
        var n = 0;
        for (var i = 0; i < N; i++)
        {
            for (var j = 0; j < 10; j++)
            {
                builtin.go(() =>
                {
                    netpollBreak();
                    Interlocked.Increment(ref n);
                    wg.Done();
                    return default;
                });
            }
        }
        await wg.Wait();
        Assert.That(n, Is.EqualTo(10 * N));
        await timeSleep(1_000_000);
    });
}
