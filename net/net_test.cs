// Ports src/net/net_test.go of go1.20, as far as TCP and Unix sockets go.
using System.Threading;
using System.Threading.Tasks;
using static golang.error_test;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Closing, whole and half, and what it does to calls that wait.</summary>
[TestFixture]
public class net_test
{
    private static readonly string[] streams = ["tcp", "unix", "unixpacket"];

    /// <summary>After CloseRead there is nothing to read.</summary>
    [TestCaseSource(nameof(streams))]
    public Task TestCloseRead(string network) => main_test.Run(async t =>
    {
        var ln = await newLocalListener(t, network);
        switch (network)
        {
            case "unix":
            case "unixpacket":
                t.Cleanup(async () => { os.Remove(ln.Addr()!.String()); });
                break;
        }
        t.Cleanup(ln);

        var (c, err) = await Dial(ln.Addr()!.Network(), ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        switch (c)
        {
            case TCPConn c1:
                err = c1.CloseRead();
                break;
            case UnixConn c1:
                err = c1.CloseRead();
                break;
        }
        if (err != null)
        {
            if (parseCloseError(err, true) is error perr)
            {
                t.Error(perr);
            }
            t.Fatal(err);
        }
        (var n, err) = await c!.Read(new byte[1]);
        if (n != 0 || err == null)
        {
            t.Fatalf($"got ({n}, {err?.Error()}); want (0, error)");
        }
    });

    /// <summary>After CloseWrite the other end reads the end, and Write fails.</summary>
    [TestCaseSource(nameof(streams))]
    public Task TestCloseWrite(string network) => main_test.Run(async t =>
    {
        async go handler(localServer ls, Listener ln)
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                t.Error(err);
                return;
            }
            try
            {
                Memory<byte> b = new byte[1];
                (var n, err) = await c!.Read(b);
                if (n != 0 || err != io.EOF)
                {
                    t.Errorf($"got ({n}, {err?.Error()}); want (0, io.EOF)");
                    return;
                }
                switch (c)
                {
                    case TCPConn c1:
                        err = c1.CloseWrite();
                        break;
                    case UnixConn c1:
                        err = c1.CloseWrite();
                        break;
                }
                if (err != null)
                {
                    if (parseCloseError(err, true) is error perr)
                    {
                        t.Error(perr);
                    }
                    t.Error(err);
                    return;
                }
                (n, err) = await c.Write(b);
                if (err == null)
                {
                    t.Errorf($"got ({n}, <nil>); want (any, error)");
                }
            }
            finally
            {
                await c!.Close();
            }
        }

        var ls = await localServer.newLocalServer(t, network);
        t.Cleanup(ls.teardown);
        ls.buildup(t, handler);

        var (c, err) = await Dial(ls.Listener.Addr()!.Network(), ls.Listener.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        switch (c)
        {
            case TCPConn c1:
                err = c1.CloseWrite();
                break;
            case UnixConn c1:
                err = c1.CloseWrite();
                break;
        }
        if (err != null)
        {
            if (parseCloseError(err, true) is error perr)
            {
                t.Error(perr);
            }
            t.Fatal(err);
        }
        Memory<byte> b = new byte[1];
        (var n, err) = await c!.Read(b);
        if (n != 0 || err != io.EOF)
        {
            t.Fatalf($"got ({n}, {err?.Error()}); want (0, io.EOF)");
        }
        (n, err) = await c.Write(b);
        t.equal(err, $"write {network} {c.LocalAddr()!.String()}->{c.RemoteAddr()!.String()}: write: broken pipe");
    });

    /// <summary>After Close there is nothing to read.</summary>
    [TestCaseSource(nameof(streams))]
    public Task TestConnClose(string network) => main_test.Run(async t =>
    {
        var ln = await newLocalListener(t, network);
        switch (network)
        {
            case "unix":
            case "unixpacket":
                t.Cleanup(async () => { os.Remove(ln.Addr()!.String()); });
                break;
        }
        t.Cleanup(ln);

        var (c, err) = await Dial(ln.Addr()!.Network(), ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        err = await c!.Close();
        if (err != null)
        {
            if (parseCloseError(err, false) is error perr)
            {
                t.Error(perr);
            }
            t.Fatal(err);
        }
        (var n, err) = await c.Read(new byte[1]);
        if (n != 0 || err == null)
        {
            t.Fatalf($"got ({n}, {err?.Error()}); want (0, error)");
        }
    });

    /// <summary>After Close there is nothing to accept.</summary>
    [TestCaseSource(nameof(streams))]
    public Task TestListenerClose(string network) => main_test.Run(async t =>
    {
        var ln = await newLocalListener(t, network);
        switch (network)
        {
            case "unix":
            case "unixpacket":
                t.Cleanup(async () => { os.Remove(ln.Addr()!.String()); });
                break;
        }

        var err = await ln.Close();
        if (err != null)
        {
            if (parseCloseError(err, false) is error perr)
            {
                t.Error(perr);
            }
            t.Fatal(err);
        }
        (var c, err) = await ln.Accept();
        if (err == null)
        {
            await c!.Close();
            t.Fatalf("should fail");
        }
    });

    /// <summary>After Close no packet is to be had.</summary>
    [TestCase("udp")]
    [TestCase("unixgram")]
    public Task TestPacketConnClose(string network) => main_test.Run(async t =>
    {
        var c = await newLocalPacketListener(t, network);
        switch (network)
        {
            case "unixgram":
                t.Cleanup(async () => { os.Remove(c.LocalAddr()!.String()); });
                break;
        }
        t.Cleanup(c);

        var err = await c.Close();
        if (err != null)
        {
            if (parseCloseError(err, false) is error perr)
            {
                t.Error(perr);
            }
            t.Fatal(err);
        }
        (var n, _, err) = await c.ReadFrom(new byte[1]);
        if (n != 0 || err == null)
        {
            t.Fatalf($"got ({n}, {err?.Error()}); want (0, error)");
        }
    });

    /// <summary>An address can be listened on again.</summary>
    [Test]
    public Task TestListenCloseListen() => main_test.Run(static async t =>
    {
        const int maxTries = 10;
        for (var tries = 0; tries < maxTries; tries++)
        {
            var ln = await newLocalListener(t, "tcp");
            var addr = ln.Addr()!.String();
            t.equal(await ln.Close(), "<nil>");
            var (ln2, err) = await Listen("tcp", addr);
            if (err == null)
            {
                await ln2!.Close();
                return;
            }
            // Somebody else was faster.
        }
        t.Fatalf($"failed to listen/close/listen on same address after {maxTries} tries");
    });

    /// <summary>A connection that was aborted in the queue is not the listener's error (issues 6163, 6987).</summary>
    [Test]
    public Task TestAcceptIgnoreAbortedConnRequest() => main_test.Run(static async t =>
    {
        var orig = poll.Accept4Func;
        t.Cleanup(async () => { poll.Accept4Func = orig; });
        var calls = 0;
        poll.Accept4Func = (s, flags) => Interlocked.Increment(ref calls) == 1 ? (-1, null, syscall.ECONNABORTED) : orig(s, flags);

        async go handler(localServer ls, Listener ln)
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                t.Error(err);
                return;
            }
            await c!.Close();
        }
        var ls = await localServer.newLocalServer(t, "tcp");
        t.Cleanup(ls.teardown);
        ls.buildup(t, handler);

        var c = await dial(t, ls.Listener);
        var (_, rerr) = await c.Read(new byte[1]);
        Assert.That(rerr, Is.SameAs(io.EOF));
        await c.Close();
        Assert.That(calls, Is.GreaterThanOrEqualTo(2));
    });

    /// <summary>A read of no bytes returns at once.</summary>
    [TestCaseSource(nameof(streams))]
    public Task TestZeroByteRead(string network) => main_test.Run(async t =>
    {
        var ln = await newLocalListener(t, network);
        var connc = builtin.makechan<Conn?>(1);
        builtin.go(async () =>
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                t.Error(err);
            }
            await connc.Send(c); // may be null
            await ln.Close();
        });
        var (c, err) = await Dial(network, ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);
        var sc = await connc.Recv();
        if (sc == null)
        {
            return;
        }
        t.Cleanup(sc);

        (var n, err) = await c!.Read(null);
        if (n != 0 || err != null)
        {
            t.Errorf($"{network}: zero byte client read = {n}, {err?.Error()}; want 0, nil");
        }

        (n, err) = await sc.Read(null);
        if (n != 0 || err != null)
        {
            t.Errorf($"{network}: zero byte server read = {n}, {err?.Error()}; want 0, nil");
        }
    });

    // withTCPConnPair runs the two ends of a connection, each on a goroutine, to their end.
    internal static async go withTCPConnPair(testing.T t, Func<TCPConn, go<error?>> peer1, Func<TCPConn, go<error?>> peer2)
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var errc = builtin.makechan<error?>(2);
        builtin.go(async () =>
        {
            var (c1, err) = await ln.Accept();
            if (err != null)
            {
                await errc.Send(err);
                return;
            }
            err = await peer1((TCPConn)c1!);
            await c1!.Close();
            await errc.Send(err);
        });
        builtin.go(async () =>
        {
            var (c2, err) = await Dial("tcp", ln.Addr()!.String());
            if (err != null)
            {
                await errc.Send(err);
                return;
            }
            err = await peer2((TCPConn)c2!);
            await c2!.Close();
            await errc.Send(err);
        });
        for (var i = 0; i < 2; i++)
        {
            var err = await errc.Recv();
            if (err != null)
            {
                t.Fatal(err);
            }
        }
    }

    /// <summary>A Read that waits comes back when the deadline is set to the past.</summary>
    [Test]
    public Task TestReadTimeoutUnblocksRead() => main_test.Run(static async t =>
    {
        var serverDone = builtin.makechan<@struct>();
        async go<error?> server(TCPConn cs)
        {
            builtin.go(async () =>
            {
                await parked(t, cs);
                // Interrupt the read.
                cs.SetReadDeadline(time.Unix(123, 0));
            });
            var (n, err) = await cs.Read(new byte[1]);
            serverDone.Close();
            if (n != 0 || !timeout_test.isDeadlineExceeded(err))
            {
                return errors.New($"Read = {n}, {err?.Error()}; want 0, timeout");
            }
            return null;
        }
        // The client writes nothing; it waits for the server.
        async go<error?> client(TCPConn _)
        {
            await serverDone.Recv();
            return null;
        }
        await withTCPConnPair(t, client, server);
    });

    /// <summary>A Read that waits comes back when the other end closes (issue 17695).</summary>
    [Test]
    public Task TestCloseUnblocksRead() => main_test.Run(static async t =>
    {
        var reading = builtin.makechan<TCPConn>();
        async go<error?> server(TCPConn cs)
        {
            // Wait until the client is stuck in its Read.
            var c = await reading.Recv();
            await parked(t, c);
            await cs.Close();
            return null;
        }
        async go<error?> client(TCPConn ss)
        {
            await reading.Send(ss);
            var (n, err) = await ss.Read(new byte[] { 0 });
            if (n != 0 || err != io.EOF)
            {
                return errors.New($"Read = {n}, {err?.Error()}; want 0, EOF");
            }
            return null;
        }
        await withTCPConnPair(t, client, server);
    });

    /// <summary>A connection that nobody closes is closed by its finalizer.</summary>
    [Test]
    public Task TestFinalizerCloses() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var dialed = builtin.makechan<error?>();
        builtin.go(async () =>
        {
            var (_, err) = await Dial("tcp", ln.Addr()!.String());
            await dialed.Send(err);
        });
        var (c, err) = await ln.Accept();
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);
        t.equal(await dialed.Recv(), "<nil>");

        c!.SetReadDeadline(time.Now().Add(30 * time.Second));
        var done = new atomic.Bool[1];
        builtin.go(async () =>
        {
            while (!done[0].Load())
            {
                await runtime.GC();
                await time.Sleep(time.Millisecond);
            }
        });
        (_, err) = await c.Read(new byte[1]);
        done[0].Store(true);
        Assert.That(err, Is.SameAs(io.EOF));
    });

    // parked waits until a goroutine is parked in a Read of c.
    internal static go parked(testing.T t, TCPConn c)
    {
        return t.until(() => pollwait.reader(c.fd.pfd), "a goroutine waits in Read");
    }

    /// <summary>ECONNRESET is not temporary for Read (issue 24808).</summary>
    [Test]
    public Task TestNotTemporaryRead() => main_test.Run(static async t =>
    {
        var (_, ss, cs) = await newConnPair(t);
        cs.SetLinger(0);
        await cs.Close();
        var (_, err) = await ss.Read(new byte[] { 0 });
        if (err == null)
        {
            t.Fatalf("Read succeeded unexpectedly");
        }
        if (err == io.EOF)
        {
            t.Fatalf("Read unexpectedly returned io.EOF after socket was abruptly closed");
        }
        if (err is not Error ne)
        {
            t.Errorf($"Read error does not implement net.Error: {err.Error()}");
        }
        else if (ne.Temporary())
        {
            t.Errorf($"Read error is unexpectedly temporary: {err.Error()}");
        }
    });

    /// <summary>All errors are net.Errors.</summary>
    [Test]
    public void TestErrors()
    {
        foreach (object e in new object[]
        {
            new OpError(),
            new ParseError(),
            new AddrError(),
            new UnknownNetworkError(""),
            new InvalidAddrError(""),
            new timeoutError(),
            new DNSConfigError(),
            new DNSError(),
        })
        {
            Assert.That(e, Is.InstanceOf<Error>());
        }

        // Go asks for its interface Error, which ErrClosed has by its methods; here these are two interfaces.
        Assert.That(ErrClosed is timeout c && !c.Timeout(), "ErrClosed does not implement Error");
        Assert.That(ErrClosed is temporary d && !d.Temporary(), "ErrClosed does not implement Error");
    }

    /// <summary>Bad input: Close while Accept waits.</summary>
    [Test]
    public Task TestCloseUnblocksAccept() => main_test.Run(static async t =>
    {
        const int N = 10;
        for (var round = 0; round < 20; round++)
        {
            var ln = await newTCPListener(t);
            var text = $"accept tcp {ln.Addr()!.String()}: use of closed network connection";
            var wg = new sync.WaitGroup();
            wg.Add(N);
            var entered = 0;
            for (var i = 0; i < N; i++)
            {
                builtin.go(async () =>
                {
                    Interlocked.Increment(ref entered);
                    var (c, err) = await ln.Accept();
                    Assert.That(c, Is.Null);
                    t.equal(err, text);
                    wg.Done();
                });
            }
            // In every other round they all have begun, and one waits in the poller.
            if (round % 2 == 0)
            {
                await t.until(() => Volatile.Read(ref entered) == N && pollwait.reader(ln.fd.pfd), "Accept waits");
            }
            t.equal(await ln.Close(), "<nil>");
            await wg.Wait();
        }
    });

    /// <summary>Bad input: Close while Reads and Writes of the same connection wait.</summary>
    [Test]
    public Task TestConcurrentCloseReadWrite() => main_test.Run(static async t =>
    {
        const int N = 4;
        for (var round = 0; round < 20; round++)
        {
            var ln = (TCPListener)await newLocalListener(t, "tcp");
            var c = await dial(t, ln);
            var (s, err) = await ln.AcceptTCP();
            Assert.That(err, Is.Null);
            var (CL, LN) = (c.LocalAddr()!.String(), ln.Addr()!.String());
            var wg = new sync.WaitGroup();
            wg.Add(2 * N);
            for (var i = 0; i < N; i++)
            {
                builtin.go(async () =>
                {
                    var (n, err) = await c.Read(new byte[1]);
                    Assert.That(n, Is.Zero);
                    t.equal(err, $"read tcp {CL}->{LN}: use of closed network connection");
                    wg.Done();
                });
                builtin.go(async () =>
                {
                    // More than fits into the system's buffers, as nobody reads.
                    var (n, err) = await c.Write(new byte[32 << 20]);
                    Assert.That(n, Is.LessThan(32 << 20));
                    t.equal(err, $"write tcp {CL}->{LN}: use of closed network connection");
                    wg.Done();
                });
            }
            if (round % 2 == 0)
            {
                await t.until(() => pollwait.reader(c.fd.pfd) && pollwait.writer(c.fd.pfd), "Read and Write wait");
            }
            // Two closers: one of them is too late.
            var late = 0;
            wg.Add(2);
            for (var i = 0; i < 2; i++)
            {
                builtin.go(async () =>
                {
                    var err = await c.Close();
                    if (err != null)
                    {
                        t.equal(err, $"close tcp {CL}->{LN}: use of closed network connection");
                        Interlocked.Increment(ref late);
                    }
                    wg.Done();
                });
            }
            await wg.Wait();
            Assert.That(late, Is.EqualTo(1));
            await s!.Close();
            await ln.Close();
        }
    });
}
