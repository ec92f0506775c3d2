using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using common;

namespace bench;

// The load generator, against servers that do what they should not.
internal sealed class LoadTest
{
    private static string Program()
    {
        try
        {
            return ServerKind.C("load");
        }
        catch (LeftOut e)
        {
            Assert.Ignore(e.Message);
            throw;
        }
    }

    // A server that passes each piece through reply, with the number of bytes before it on the connection;
    // null closes.
    private sealed class Server : IDisposable
    {
        private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Func<byte[], int, byte[]?> reply;

        internal string Address { get; }

        internal Server(Func<byte[], int, byte[]?> reply)
        {
            this.reply = reply;
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            Address = listener.LocalEndPoint!.ToString()!;
            _ = Accept();
        }

        private async Task Accept()
        {
            try
            {
                for (; ; )
                {
                    _ = Serve(await listener.AcceptAsync());
                }
            }
            catch (SocketException)
            {
                // Disposed.
            }
        }

        private async Task Serve(Socket s)
        {
            using var _ = s;
            // An answer comes in two pieces; the second does not wait for the first to be acknowledged.
            s.NoDelay = true;
            var b = new byte[512];
            try
            {
                for (var total = 0; await s.ReceiveAsync(b) is var n and > 0; total += n)
                {
                    if (reply(b[..n], total) is not { } answer)
                    {
                        return;
                    }
                    await s.SendAsync(answer);
                }
            }
            catch (SocketException)
            {
                // The load generator has gone.
            }
        }

        public void Dispose() => listener.Dispose();
    }

    [Test]
    public void TestCounts([Values(1, 5)] int connections, [Values(1, 2)] int threads)
    {
        using var server = new Server((b, _) => b);
        using var load = new Load(Program(), null, server.Address, connections, 1000, threads);
        var r = load.Requests(203);
        Assert.That((r.Requests, r.Latencies.Count), Is.EqualTo((203L, 203L)));
        // The two programs agree about the buckets.
        Assert.That(Histogram.BucketOf((ulong)r.Latencies.Percentile(0)), Is.EqualTo(Histogram.BucketOf(r.Min)));
        Assert.That(Histogram.BucketOf((ulong)r.Latencies.Percentile(100)), Is.EqualTo(Histogram.BucketOf(r.Max)));
        Assert.That(r.Seconds, Is.Positive);
        r = load.Run(0.05);
        Assert.That(r.Requests, Is.Positive.And.EqualTo(r.Latencies.Count));
    }

    private static string Fails(Func<byte[], int, byte[]?> reply)
    {
        using var server = new Server(reply);
        var load = new Load(Program(), null, server.Address, 3, 100, 1);
        var e = Assert.Throws<FailedException>(() => load.Requests(1000))!;
        // It has ended, and says so again.
        Assert.Throws<FailedException>(load.Dispose);
        return e.Message;
    }

    [Test]
    public void TestWrongByte()
    {
        Assert.That(Fails((b, total) =>
        {
            if (total == 1000)
            {
                b[70] ^= 1;
            }
            return b;
        }), Does.Match("the load generator ended with status 1: load: connection [0-2], request 11: byte 70 is 0x.., want 0x.."));
    }

    // The reply to the request before is no reply.
    [Test]
    public void TestStale()
    {
        byte[]? before = null;
        Assert.That(Fails((b, total) =>
        {
            if (total == 500)
            {
                before = b;
            }
            return total > 500 && before is { } old ? old : b;
        }), Does.Contain("byte 0 is"));
    }

    [Test]
    public void TestTooMuch()
    {
        Assert.That(Fails((b, total) => total == 1000 ? [.. b, 0] : b), Does.Contain("more bytes came back than were sent"));
    }

    [Test]
    public void TestClosed()
    {
        Assert.That(Fails((b, total) => total == 1000 ? null : b), Does.Contain("the server closed the connection"));
    }

    [Test]
    public void TestNobodyListens()
    {
        using var server = new Server((b, _) => b);
        var address = server.Address;
        server.Dispose();
        var e = Assert.Throws<FailedException>(() => new Load(Program(), null, address, 1, 1, 1));
        Assert.That(e!.Message, Does.Contain("connect: Connection refused"));
    }
}
