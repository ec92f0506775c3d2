// Ports src/net/pipe_test.go of go1.20, and src/vendor/golang.org/x/net/nettest/conntest.go, which it calls.
//
// Where Go runs a timer beside the test, to stop the connection when it takes too long, the port
// has none: a test that hangs is found by testing.Run.
using System.Buffers.Binary;
using System.IO;
using System.Threading.Tasks;
using static golang.net;

namespace golang;

/// <summary>Pipe.</summary>
[TestFixture]
public class pipe_test
{
    /// <summary>What every connection has to do.</summary>
    [Test]
    public Task TestPipe([Values(
        "BasicIO", "PingPong", "RacyRead", "RacyWrite", "ReadTimeout", "WriteTimeout",
        "PastTimeout", "PresentTimeout", "FutureTimeout", "CloseTimeout", "ConcurrentMethods")] string name) => main_test.Run(async t =>
    {
        var (c1, c2) = Pipe();
        t.Cleanup(c2);
        t.Cleanup(c1);
        await nettest.TestConn(t, name, c1, c2);
    });

    /// <summary>What both ends say after one of them was closed.</summary>
    [Test]
    public Task TestPipeCloseError() => main_test.Run(static async t =>
    {
        var (c1, c2) = Pipe();
        await c1.Close();

        var (_, err) = await c1.Read(default);
        if (err != io.ErrClosedPipe)
        {
            t.Errorf($"c1.Read() = {err?.Error()}, want io.ErrClosedPipe");
        }
        (_, err) = await c1.Write(default);
        if (err != io.ErrClosedPipe)
        {
            t.Errorf($"c1.Write() = {err?.Error()}, want io.ErrClosedPipe");
        }
        err = c1.SetDeadline(default);
        if (err != io.ErrClosedPipe)
        {
            t.Errorf($"c1.SetDeadline() = {err?.Error()}, want io.ErrClosedPipe");
        }
        (_, err) = await c2.Read(default);
        if (err != io.EOF)
        {
            t.Errorf($"c2.Read() = {err?.Error()}, want io.EOF");
        }
        (_, err) = await c2.Write(default);
        if (err != io.ErrClosedPipe)
        {
            t.Errorf($"c2.Write() = {err?.Error()}, want io.ErrClosedPipe");
        }
        err = c2.SetDeadline(default);
        if (err != io.ErrClosedPipe)
        {
            t.Errorf($"c2.SetDeadline() = {err?.Error()}, want io.ErrClosedPipe");
        }
    });

    /// <summary>The texts of the errors and of the addresses, and a Write that is read in pieces.</summary>
    [Test]
    public Task TestPipeErrors() => main_test.Run(static async t =>
    {
        var (c1, c2) = Pipe();
        t.Cleanup(c2);
        t.Cleanup(c1);
        t.equal(c1.LocalAddr()!.Network(), "pipe");
        t.equal(c1.RemoteAddr()!.String(), "pipe");

        t.equal(c1.SetDeadline(nettest.aLongTimeAgo), "<nil>");
        var (n, err) = await c1.Read(new byte[1]);
        t.equal(err, "read pipe: i/o timeout");
        (n, err) = await c1.Write(new byte[1]);
        t.equal(err, "write pipe: i/o timeout");
        if (!errors.Is(err, os.ErrDeadlineExceeded))
        {
            t.Errorf($"{err?.Error()} is not os.ErrDeadlineExceeded");
        }
        t.equal(c1.SetDeadline(default), "<nil>");

        // Five bytes: two Reads of two each, and the end of the other side takes the fifth.
        var ch = builtin.makechan<(int n, error? err)>();
        builtin.go(async () => { await ch.Send(await c1.Write("12345"u8.ToArray())); });
        Memory<byte> b = new byte[2];
        for (var i = 0; i < 2; i++)
        {
            (n, err) = await c2.Read(b);
            if (n != 2 || err != null || b.Span[0] != '1' + 2 * i)
            {
                t.Fatalf($"c2.Read() = {n}, {err?.Error()}");
            }
        }
        t.equal(await c2.Close(), "<nil>");
        (n, err) = await ch.Recv();
        if (n != 4 || err != io.ErrClosedPipe)
        {
            t.Errorf($"c1.Write() = {n}, {err?.Error()}, want 4, io.ErrClosedPipe");
        }
    });

    /// <summary>
    /// Deadlines that pass while they are being replaced: the function of the old timer must not touch
    /// the new deadline, whichever of the two is first.
    /// </summary>
    [Test]
    public Task TestPipeDeadlineReplaced() => main_test.Run(static async t =>
    {
        for (var i = 0; i < 2000; i++)
        {
            var d = makePipeDeadline();
            d.set(time.Now().Add(i % 50 * time.Microsecond));
            while (i % 3 == 0 && !isClosedChan(d.wait()))
            {
                await runtime.Gosched();
            }
            d.set(time.Now().Add(time.Hour));
            var c = d.wait();
            await runtime.Gosched();
            if (isClosedChan(c) || d.wait() != c)
            {
                t.Fatalf($"#{i}: the deadline passed an hour too early");
            }
            d.set(nettest.aLongTimeAgo);
            if (!isClosedChan(c) || d.wait() != c)
            {
                t.Fatalf($"#{i}: the deadline did not pass");
            }
            d.set(default);
            if (isClosedChan(d.wait()))
            {
                t.Fatalf($"#{i}: no deadline, and it passed");
            }
        }
    });

    /// <summary>
    /// The timer has gone off, and its function comes too late: set has the lock. It finds the channel closed by
    /// set, and leaves the new one alone.
    /// </summary>
    [Test]
    public Task TestPipeDeadlineLate() => main_test.Run(static async t =>
    {
        // With one P no other thread runs the function while this one has the lock.
        for (var (late, n) = (0, 0); late < 10 && n < 300; n++)
        {
            var d = makePipeDeadline();
            var old = d.wait();
            chan<@struct> c;
            lock (d.mu)
            {
                d.set(time.Now().Add(time.Millisecond));
                if (d.timer == null)
                {
                    continue; // the machine is so busy that the time had come already
                }
                // No await: the function runs on another thread, and waits for the lock there.
                var t0 = time.Now();
                while (time.Since(t0) < 5 * time.Millisecond)
                {
                }
                var gone = !d.timer.Stop();
                d.set(time.Now().Add(time.Hour));
                c = d.wait();
                if (gone)
                {
                    late++;
                    if (!isClosedChan(old) || c == old)
                    {
                        t.Fatalf("the deadline has not passed");
                    }
                }
            }
            await time.Sleep(time.Millisecond);
            if (isClosedChan(c))
            {
                t.Fatalf("the deadline passed an hour too early");
            }
            d.set(default);
        }
    });
}

/// <summary>Checks that every Conn has to pass.</summary>
internal static class nettest
{
    internal static readonly time.Time aLongTimeAgo = time.Unix(233431200, 0);
    internal static readonly time.Time neverTimeout = default;

    // TestConn runs the check of that name. What is written to c1 is read from c2, and the other
    // way round. Who calls closes both at the end.
    internal static go TestConn(testing.T t, string name, Conn c1, Conn c2)
    {
        return name switch
        {
            "BasicIO" => testBasicIO(t, c1, c2),
            "PingPong" => testPingPong(t, c1, c2),
            "RacyRead" => testRacyRead(t, c1, c2),
            "RacyWrite" => testRacyWrite(t, c1, c2),
            "ReadTimeout" => testReadTimeout(t, c1, c2),
            "WriteTimeout" => testWriteTimeout(t, c1, c2),
            "PastTimeout" => testPastTimeout(t, c1, c2),
            "PresentTimeout" => testPresentTimeout(t, c1, c2),
            "FutureTimeout" => testFutureTimeout(t, c1, c2),
            "CloseTimeout" => testCloseTimeout(t, c1, c2),
            "ConcurrentMethods" => testConcurrentMethods(t, c1, c2),
            _ => throw new ArgumentException(name),
        };
    }

    // testBasicIO: what c1 sends is what c2 receives.
    private static async go testBasicIO(testing.T t, Conn c1, Conn c2)
    {
        var want = new byte[1 << 20];
        new Random(0).NextBytes(want);

        var dataCh = builtin.makechan<byte[]>();
        builtin.go(async () =>
        {
            var rd = new streamReader(new MemoryStream(want));
            if (await chunkedCopy(c1, rd) is error err)
            {
                t.Errorf($"unexpected c1.Write error: {err.Error()}");
            }
            if (await c1.Close() is error err1)
            {
                t.Errorf($"unexpected c1.Close error: {err1.Error()}");
            }
        });

        builtin.go(async () =>
        {
            var wr = new MemoryStream();
            if (await chunkedCopy(new streamWriter(wr), c2) is error err)
            {
                t.Errorf($"unexpected c2.Read error: {err.Error()}");
            }
            if (await c2.Close() is error err1)
            {
                t.Errorf($"unexpected c2.Close error: {err1.Error()}");
            }
            await dataCh.Send(wr.ToArray());
        });

        var got = await dataCh.Recv();
        if (!got.AsSpan().SequenceEqual(want))
        {
            t.Errorf("transmitted data differs");
        }
    }

    // testPingPong: the ends talk to each other by turns, as in requests and responses.
    private static async go testPingPong(testing.T t, Conn c1, Conn c2)
    {
        var wg = new sync.WaitGroup();

        async go pingPonger(Conn c)
        {
            Memory<byte> buf = new byte[8];
            uint64 prev = 0;
            for (; ; )
            {
                var (_, err) = await io.ReadFull(c, buf);
                if (err != null)
                {
                    if (err == io.EOF)
                    {
                        break;
                    }
                    t.Errorf($"unexpected Read error: {err.Error()}");
                    break;
                }

                var v = BinaryPrimitives.ReadUInt64LittleEndian(buf.Span);
                BinaryPrimitives.WriteUInt64LittleEndian(buf.Span, v + 1);
                if (prev != 0 && prev + 2 != v)
                {
                    t.Errorf($"mismatching value: got {v}, want {prev + 2}");
                }
                prev = v;
                if (v == 1000)
                {
                    break;
                }

                (_, err) = await c.Write(buf);
                if (err != null)
                {
                    t.Errorf($"unexpected Write error: {err.Error()}");
                    break;
                }
            }
            if (await c.Close() is error err1)
            {
                t.Errorf($"unexpected Close error: {err1.Error()}");
            }
            wg.Done();
        }

        wg.Add(2);
        builtin.go(() => pingPonger(c1));
        builtin.go(() => pingPonger(c2));

        // The first message; each answer brings the next.
        var (_, err) = await c1.Write(new byte[8]);
        if (err != null)
        {
            t.Errorf($"unexpected c1.Write error: {err.Error()}");
        }
        await wg.Wait();
    }

    // testRacyRead: a Read that was cancelled no longer touches its buffer.
    private static async go testRacyRead(testing.T t, Conn c1, Conn c2)
    {
        builtin.go(async () => { await chunkedCopy(c2, new randReader()); });

        var wg = new sync.WaitGroup();

        c1.SetReadDeadline(time.Now().Add(time.Millisecond));
        for (var i = 0; i < 10; i++)
        {
            wg.Add(1);
            builtin.go(async () =>
            {
                Memory<byte> b1 = new byte[1024];
                Memory<byte> b2 = new byte[1024];
                for (var j = 0; j < 100; j++)
                {
                    var (_, err) = await c1.Read(b1);
                    b2.CopyTo(b1);
                    if (err != null)
                    {
                        checkForTimeoutError(t, err);
                        c1.SetReadDeadline(time.Now().Add(time.Millisecond));
                        // A late write by a Read that was cancelled would be seen here; nothing else writes to b1.
                        if (b1.Span.IndexOfAnyExcept((byte)0) >= 0)
                        {
                            t.Errorf("the buffer has changed after the end of Read");
                        }
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
    }

    // testRacyWrite: the same for Write.
    private static async go testRacyWrite(testing.T t, Conn c1, Conn c2)
    {
        builtin.go(async () => { await chunkedCopy(io.Discard, c2); });

        var wg = new sync.WaitGroup();

        c1.SetWriteDeadline(time.Now().Add(time.Millisecond));
        for (var i = 0; i < 10; i++)
        {
            wg.Add(1);
            builtin.go(async () =>
            {
                Memory<byte> b1 = new byte[1024];
                Memory<byte> b2 = new byte[1024];
                for (var j = 0; j < 100; j++)
                {
                    var (_, err) = await c1.Write(b1);
                    b2.CopyTo(b1);
                    if (err != null)
                    {
                        checkForTimeoutError(t, err);
                        c1.SetWriteDeadline(time.Now().Add(time.Millisecond));
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
    }

    // testReadTimeout: the deadline of Read is none of Write.
    private static async go testReadTimeout(testing.T t, Conn c1, Conn c2)
    {
        builtin.go(async () => { await chunkedCopy(io.Discard, c2); });

        c1.SetReadDeadline(aLongTimeAgo);
        var (_, err) = await c1.Read(new byte[1024]);
        checkForTimeoutError(t, err);
        (_, err) = await c1.Write(new byte[1024]);
        if (err != null)
        {
            t.Errorf($"unexpected Write error: {err.Error()}");
        }
    }

    // testWriteTimeout: the deadline of Write is none of Read.
    private static async go testWriteTimeout(testing.T t, Conn c1, Conn c2)
    {
        builtin.go(async () => { await chunkedCopy(c2, new randReader()); });

        c1.SetWriteDeadline(aLongTimeAgo);
        var (_, err) = await c1.Write(new byte[1024]);
        checkForTimeoutError(t, err);
        (_, err) = await c1.Read(new byte[1024]);
        if (err != null)
        {
            t.Errorf($"unexpected Read error: {err.Error()}");
        }
    }

    // testPastTimeout: with a deadline in the past Read and Write fail at once.
    private static async go testPastTimeout(testing.T t, Conn c1, Conn c2)
    {
        builtin.go(async () => { await chunkedCopy(c2, c2); });

        await testRoundtrip(t, c1);

        c1.SetDeadline(aLongTimeAgo);
        var (n, err) = await c1.Write(new byte[1024]);
        if (n != 0)
        {
            t.Errorf($"unexpected Write count: got {n}, want 0");
        }
        checkForTimeoutError(t, err);
        (n, err) = await c1.Read(new byte[1024]);
        if (n != 0)
        {
            t.Errorf($"unexpected Read count: got {n}, want 0");
        }
        checkForTimeoutError(t, err);

        await testRoundtrip(t, c1);
    }

    // testPresentTimeout: a deadline in the past also ends the Read and Write that are waiting.
    private static async go testPresentTimeout(testing.T t, Conn c1, Conn c2)
    {
        var wg = new sync.WaitGroup();
        wg.Add(3);

        var deadlineSet = builtin.makechan<bool>(1);
        builtin.go(async () =>
        {
            await time.Sleep(100 * time.Millisecond);
            await deadlineSet.Send(true);
            c1.SetReadDeadline(aLongTimeAgo);
            c1.SetWriteDeadline(aLongTimeAgo);
            wg.Done();
        });
        builtin.go(async () =>
        {
            var (n, err) = await c1.Read(new byte[1024]);
            if (n != 0)
            {
                t.Errorf($"unexpected Read count: got {n}, want 0");
            }
            checkForTimeoutError(t, err);
            if (deadlineSet.len == 0)
            {
                t.Errorf("Read timed out before deadline is set");
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            error? err = null;
            while (err == null)
            {
                (_, err) = await c1.Write(new byte[1024]);
            }
            checkForTimeoutError(t, err);
            if (deadlineSet.len == 0)
            {
                t.Errorf("Write timed out before deadline is set");
            }
            wg.Done();
        });
        await wg.Wait();
    }

    // testFutureTimeout: a deadline in the future ends Read and Write when it has come.
    private static async go testFutureTimeout(testing.T t, Conn c1, Conn c2)
    {
        var wg = new sync.WaitGroup();
        wg.Add(2);

        c1.SetDeadline(time.Now().Add(100 * time.Millisecond));
        builtin.go(async () =>
        {
            var (_, err) = await c1.Read(new byte[1024]);
            checkForTimeoutError(t, err);
            wg.Done();
        });
        builtin.go(async () =>
        {
            error? err = null;
            while (err == null)
            {
                (_, err) = await c1.Write(new byte[1024]);
            }
            checkForTimeoutError(t, err);
            wg.Done();
        });
        await wg.Wait();

        builtin.go(async () => { await chunkedCopy(c2, c2); });
        await resyncConn(t, c1);
        await testRoundtrip(t, c1);
    }

    // testCloseTimeout: Close ends the Read and Write that are waiting.
    private static async go testCloseTimeout(testing.T t, Conn c1, Conn c2)
    {
        builtin.go(async () => { await chunkedCopy(c2, c2); });

        var wg = new sync.WaitGroup();
        wg.Add(3);

        c1.SetDeadline(neverTimeout);
        builtin.go(async () =>
        {
            await time.Sleep(100 * time.Millisecond);
            await c1.Close();
            wg.Done();
        });
        builtin.go(async () =>
        {
            error? err = null;
            var buf = new byte[1024];
            while (err == null)
            {
                (_, err) = await c1.Read(buf);
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            error? err = null;
            var buf = new byte[1024];
            while (err == null)
            {
                (_, err) = await c1.Write(buf);
            }
            wg.Done();
        });
        await wg.Wait();
    }

    // testConcurrentMethods: all methods may be called at the same time. What they return is not
    // looked at; the connection has to work afterwards.
    private static async go testConcurrentMethods(testing.T t, Conn c1, Conn c2)
    {
        builtin.go(async () => { await chunkedCopy(c2, c2); });

        var wg = new sync.WaitGroup();
        for (var i = 0; i < 100; i++)
        {
            wg.Add(7);
            builtin.go(async () =>
            {
                await c1.Read(new byte[1024]);
                wg.Done();
            });
            builtin.go(async () =>
            {
                await c1.Write(new byte[1024]);
                wg.Done();
            });
            builtin.go(async () =>
            {
                c1.SetDeadline(time.Now().Add(10 * time.Millisecond));
                wg.Done();
            });
            builtin.go(async () =>
            {
                c1.SetReadDeadline(aLongTimeAgo);
                wg.Done();
            });
            builtin.go(async () =>
            {
                c1.SetWriteDeadline(aLongTimeAgo);
                wg.Done();
            });
            builtin.go(async () =>
            {
                c1.LocalAddr();
                wg.Done();
            });
            builtin.go(async () =>
            {
                c1.RemoteAddr();
                wg.Done();
            });
        }
        await wg.Wait(); // the deadline is 10 ms from now at most

        await resyncConn(t, c1);
        await testRoundtrip(t, c1);
    }

    // checkForTimeoutError: err is an Error of this package, and a timeout.
    private static void checkForTimeoutError(testing.T t, error? err, [CallerLineNumber] int line = 0)
    {
        if (err is Error nerr)
        {
            if (!nerr.Timeout())
            {
                t.Errorf($"got error: {nerr.Error()}, want err.Timeout() = true", line: line);
            }
        }
        else
        {
            t.Errorf($"got {err?.GetType()}: {err?.Error()}, want net.Error", line: line);
        }
    }

    // testRoundtrip writes to c and reads it back; the other end of c sends back what it gets.
    private static async go testRoundtrip(testing.T t, Conn c, [CallerLineNumber] int line = 0)
    {
        if (c.SetDeadline(neverTimeout) is error err1)
        {
            t.Errorf($"roundtrip SetDeadline error: {err1.Error()}", line: line);
        }

        var s = "Hello, world!"u8.ToArray();
        Memory<byte> buf = (byte[])s.Clone();
        var (_, err) = await c.Write(buf);
        if (err != null)
        {
            t.Errorf($"roundtrip Write error: {err.Error()}", line: line);
        }
        (_, err) = await io.ReadFull(c, buf);
        if (err != null)
        {
            t.Errorf($"roundtrip Read error: {err.Error()}", line: line);
        }
        if (!buf.Span.SequenceEqual(s))
        {
            t.Errorf("roundtrip data mismatch", line: line);
        }
    }

    // resyncConn reads what is still on its way, up to a byte 0xff that it sends itself; the other
    // end of c sends back what it gets, and there is no 0xff among it yet.
    private static async go resyncConn(testing.T t, Conn c)
    {
        c.SetDeadline(neverTimeout);
        var errCh = builtin.makechan<error?>();
        builtin.go(async () =>
        {
            var (_, err) = await c.Write(new byte[] { 0xff });
            await errCh.Send(err);
        });
        Memory<byte> buf = new byte[1024];
        for (; ; )
        {
            var (n, err) = await c.Read(buf);
            if (n > 0 && buf.Span[..n].IndexOf((byte)0xff) == n - 1)
            {
                break;
            }
            if (err != null)
            {
                t.Errorf($"unexpected Read error: {err.Error()}");
                break;
            }
        }
        if (await errCh.Recv() is error err1)
        {
            t.Errorf($"unexpected Write error: {err1.Error()}");
        }
    }

    // chunkedCopy copies from r to w by 1024 bytes, which any connection takes as one packet.
    private static async go<error?> chunkedCopy(io.Writer w, io.Reader r)
    {
        Memory<byte> b = new byte[1024];
        var (_, err) = await io.CopyBuffer(new writerOnly(w), new readerOnly(r), b);
        return err;
    }

    // A readerOnly has no methods but Read.
    private sealed class readerOnly(io.Reader r) : io.Reader
    {
        public go<(int n, error? err)> Read(Memory<byte> p)
        {
            return r.Read(p);
        }
    }

    // A randReader gives random bytes, without end.
    private sealed class randReader : io.Reader
    {
        private readonly Random rand = new(0);

        public go<(int n, error? err)> Read(Memory<byte> p)
        {
            rand.NextBytes(p.Span);
            return new go<(int n, error? err)>((p.Length, null));
        }
    }

    private sealed class streamReader(MemoryStream s) : io.Reader
    {
        public go<(int n, error? err)> Read(Memory<byte> p)
        {
            var n = s.Read(p.Span);
            return new go<(int n, error? err)>((n, n == 0 ? io.EOF : null));
        }
    }

    private sealed class streamWriter(MemoryStream s) : io.Writer
    {
        public go<(int n, error? err)> Write(Memory<byte> p)
        {
            s.Write(p.Span);
            return new go<(int n, error? err)>((p.Length, null));
        }
    }
}
