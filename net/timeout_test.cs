// Ports src/net/timeout_test.go of go1.20.
//
// Where Go runs a timer beside the call that is tested, to fail when it takes too long, the port
// has none: a test that hangs is found by testing.Run.
using System.Threading;
using System.Threading.Tasks;
using static golang.error_test;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Deadlines.</summary>
[TestFixture]
public class timeout_test
{
    private static readonly (time.Duration timeout, time.Duration delta, time.Duration guard)[] dialTimeoutTests =
    [
        // Timeouts and deadlines in the past.
        (-5 * time.Second, 0, -5 * time.Second),
        (0, -5 * time.Second, -5 * time.Second),
        (-5 * time.Second, 5 * time.Second, -5 * time.Second), // timeout over deadline
        (int64.MinValue, 0, time.Second),
        (0, int64.MinValue, time.Second),

        (50 * time.Millisecond, 0, 100 * time.Millisecond),
        (0, 50 * time.Millisecond, 100 * time.Millisecond),
        (50 * time.Millisecond, 5 * time.Second, 100 * time.Millisecond), // timeout over deadline
    ];

    /// <summary>Dial with a timeout or a deadline, and a connect that takes its time and fails.</summary>
    [Test]
    public Task TestDialTimeout() => main_test.Run(static async t =>
    {
        var orig = connectFunc;
        t.Cleanup(async () => { connectFunc = orig; });

        for (var i = 0; i < dialTimeoutTests.Length; i++)
        {
            var tt = dialTimeoutTests[i];
            var called = 0;
            connectFunc = (_, _) =>
            {
                // A system call that blocks; hooks cannot park.
                called++;
                Thread.Sleep(TimeSpan.FromMilliseconds(Math.Max(0, tt.guard.Milliseconds())));
                return errTimedout;
            };
            var d = new Dialer { Timeout = tt.timeout };
            if (tt.delta != 0)
            {
                d.Deadline = time.Now().Add(tt.delta);
            }
            // This dial never sends anything.
            var (c, err) = await d.Dial("tcp", "127.0.0.1:0");
            if (err == null)
            {
                t.Errorf($"#{i}: unexpectedly established: {c!.LocalAddr()!.String()}->{c.RemoteAddr()!.String()}");
                await c.Close();
                continue;
            }
            if (parseDialError(err) is error perr)
            {
                t.Errorf($"#{i}: {perr.Error()}");
            }
            if (err is not Error nerr || !nerr.Timeout())
            {
                t.Fatalf($"#{i}: {err.Error()}");
            }
            var past = tt.timeout < 0 || (tt.timeout == 0 && tt.delta < 0);
            t.equal(err, past ? "dial tcp 127.0.0.1:0: i/o timeout" : "dial tcp 127.0.0.1:0: connect: connection timed out");
            if (called != (past ? 0 : 1))
            {
                t.Errorf($"#{i}: connect was called {called} times");
            }
        }
    });

    /// <summary>A dial that is not answered ends when its time is up; the poller's deadline does it.</summary>
    [Test]
    public Task TestDialTimeoutUnanswered() => main_test.Run(static async t =>
    {
        // A listener whose queue is full: the kernel drops what comes, and connect waits.
        var (sfd, err) = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM | syscall.SOCK_CLOEXEC, 0);
        Assert.That(err, Is.Null);
        t.Cleanup(async () => { syscall.Close(sfd); });
        var sa = new syscall.SockaddrInet4();
        new byte[] { 127, 0, 0, 1 }.CopyTo(sa.Addr);
        Assert.That(syscall.Bind(sfd, sa), Is.Null);
        Assert.That(syscall.Listen(sfd, 0), Is.Null);
        var (name, _) = syscall.Getsockname(sfd);
        var addr = "127.0.0.1:" + ((syscall.SockaddrInet4)name!).Port;

        for (var i = 0; ; i++)
        {
            var d = new Dialer { Timeout = 200 * time.Millisecond };
            var t0 = time.Now();
            (var c, err) = await d.Dial("tcp", addr);
            if (err == null)
            {
                t.Cleanup(c!);
                if (i == 10)
                {
                    t.Fatalf("the queue of the listener does not fill");
                }
                continue;
            }
            t.equal(err, $"dial tcp {addr}: i/o timeout");
            Assert.That(err is Error nerr && nerr.Timeout());
            if (time.Since(t0) < 200 * time.Millisecond)
            {
                t.Errorf($"the dial failed after {time.Since(t0)}");
            }
            break;
        }
    });

    /// <summary>Timeouts that overflow the number of nanoseconds.</summary>
    [Test]
    public Task TestDialTimeoutMaxDuration() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        foreach (var (timeout, delta) in new (time.Duration, time.Duration)[] { (int64.MaxValue, 0), (0, int64.MaxValue) })
        {
            var d = new Dialer { Timeout = timeout };
            if (delta != 0)
            {
                d.Deadline = time.Now().Add(delta);
            }
            var (c, err) = await d.Dial(ln.Addr()!.Network(), ln.Addr()!.String());
            if (err != null)
            {
                t.Fatal(err);
            }
            t.equal(await c!.Close(), "<nil>");
        }
    });

    // The errors that are expected, in transition.
    private static readonly (time.Duration timeout, error?[] xerrs)[] acceptTimeoutTests =
    [
        // A deadline in the past holds even if a connection is there.
        (-5 * time.Second, [os.ErrDeadlineExceeded, os.ErrDeadlineExceeded]),

        (50 * time.Millisecond, [null, os.ErrDeadlineExceeded]),
    ];

    /// <summary>Accept with a deadline, in the past and soon.</summary>
    [Test]
    public Task TestAcceptTimeout() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        var wg = new sync.WaitGroup();
        for (var i = 0; i < acceptTimeoutTests.Length; i++)
        {
            var tt = acceptTimeoutTests[i];
            if (tt.timeout < 0)
            {
                wg.Add(1);
                builtin.go(async () =>
                {
                    var (c, err) = await Dial(ln.Addr()!.Network(), ln.Addr()!.String());
                    if (err != null)
                    {
                        t.Error(err);
                    }
                    else
                    {
                        await c!.Close();
                    }
                    wg.Done();
                });
                await wg.Wait();
            }

            if (((TCPListener)ln).SetDeadline(time.Now().Add(tt.timeout)) is error err1)
            {
                t.Fatalf($"#{i}: {err1.Error()}");
            }
            for (var j = 0; j < tt.xerrs.Length; j++)
            {
                for (; ; )
                {
                    var (c, err) = await ln.Accept();
                    if (tt.xerrs[j] != null)
                    {
                        if (parseAcceptError(err) is error perr)
                        {
                            t.Errorf($"#{i}/{j}: {perr.Error()}");
                        }
                        if (!isDeadlineExceeded(err))
                        {
                            t.Fatalf($"#{i}/{j}: {err?.Error()}");
                        }
                    }
                    if (err == null)
                    {
                        await c!.Close();
                        await time.Sleep(10 * time.Millisecond);
                        continue;
                    }
                    break;
                }
            }
        }
    });

    /// <summary>A deadline replaces none.</summary>
    [Test]
    public Task TestAcceptTimeoutMustReturn() => main_test.Run(static async t =>
    {
        var ln = (TCPListener)await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        t.equal(ln.SetDeadline(noDeadline), "<nil>");
        t.equal(ln.SetDeadline(time.Now().Add(10 * time.Millisecond)), "<nil>");
        var (c, err) = await ln.Accept();
        Assert.That(c, Is.Null);
        if (parseAcceptError(err) is error perr)
        {
            t.Error(perr);
        }
        if (!isDeadlineExceeded(err))
        {
            t.Fatal(err);
        }
    });

    /// <summary>No deadline replaces one that has passed.</summary>
    [Test]
    public Task TestAcceptTimeoutMustNotReturn() => main_test.Run(static async t =>
    {
        var ln = await newTCPListener(t);

        var ch = builtin.makechan<error?>();
        builtin.go(async () =>
        {
            t.equal(ln.SetDeadline(time.Now().Add(-5 * time.Second)), "<nil>");
            t.equal(ln.SetDeadline(noDeadline), "<nil>");
            var (_, err) = await ln.Accept();
            await ch.Send(err);
        });
        await time.Sleep(100 * time.Millisecond);
        var (returned, early, _) = ch.selectnbrecv();
        if (returned)
        {
            t.Fatalf($"expected Accept to not return, but it returned with {early?.Error()}");
        }
        await ln.Close();
        var err = await ch.Recv();
        t.equal(err, $"accept tcp {ln.Addr()!.String()}: use of closed network connection");
    });

    private static readonly (time.Duration timeout, error?[] xerrs)[] readTimeoutTests =
    [
        // A deadline in the past holds even if there is something to read.
        (-5 * time.Second, [os.ErrDeadlineExceeded, os.ErrDeadlineExceeded]),

        (50 * time.Millisecond, [null, os.ErrDeadlineExceeded]),
    ];

    /// <summary>Read with a deadline, in the past and soon.</summary>
    [Test]
    public Task TestReadTimeout() => main_test.Run(static async t =>
    {
        var written = builtin.makechan<@struct>();
        var quit = builtin.makechan<@struct>();
        async go handler(localServer ls, Listener ln)
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                t.Error(err);
                return;
            }
            await c!.Write("READ TIMEOUT TEST"u8.ToArray());
            await written.Send(default);
            // Go closes here, and the reader may see the end before its deadline.
            await quit.Recv();
            await c.Close();
        }
        var ls = await localServer.newLocalServer(t, "tcp");
        t.Cleanup(ls.teardown);
        t.Cleanup(async () => { quit.Close(); });
        ls.buildup(t, handler);

        var c = await dial(t, ls.Listener);
        t.Cleanup(c);
        await written.Recv();

        var read = 0;
        for (var i = 0; i < readTimeoutTests.Length; i++)
        {
            var tt = readTimeoutTests[i];
            if (c.SetReadDeadline(time.Now().Add(tt.timeout)) is error err1)
            {
                t.Fatalf($"#{i}: {err1.Error()}");
            }
            Memory<byte> b = new byte[1];
            for (var j = 0; j < tt.xerrs.Length; j++)
            {
                for (; ; )
                {
                    var (n, err) = await c.Read(b);
                    if (tt.xerrs[j] != null)
                    {
                        if (parseReadError(err) is error perr)
                        {
                            t.Errorf($"#{i}/{j}: {perr.Error()}");
                        }
                        if (!isDeadlineExceeded(err))
                        {
                            t.Fatalf($"#{i}/{j}: {err?.Error()}");
                        }
                    }
                    if (err == null)
                    {
                        read += n;
                        await time.Sleep(tt.timeout / 3);
                        continue;
                    }
                    if (n != 0)
                    {
                        t.Fatalf($"#{i}/{j}: read {n}; want 0");
                    }
                    break;
                }
            }
        }
        if (read == 0)
        {
            t.Errorf("nothing was read before the deadline");
        }
    });

    /// <summary>A deadline replaces none; the counterpart of TestAcceptTimeoutMustReturn.</summary>
    [Test]
    public Task TestReadTimeoutMustReturn() => main_test.Run(static async t =>
    {
        var (_, c, _) = await newConnPair(t);
        t.equal(c.SetReadDeadline(noDeadline), "<nil>");
        var deadline = time.Now().Add(10 * time.Millisecond);
        t.equal(c.SetReadDeadline(deadline), "<nil>");
        var (n, err) = await c.Read(new byte[1]);
        Assert.That(n, Is.Zero);
        if (time.Now().Before(deadline))
        {
            t.Errorf("Read returned before its deadline");
        }
        if (!isDeadlineExceeded(err))
        {
            t.Fatal(err);
        }
    });

    /// <summary>No read deadline replaces one that has passed; that of Write does not count.</summary>
    [Test]
    public Task TestReadTimeoutMustNotReturn() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var c = await dial(t, ln);
        t.Cleanup(c);

        var ch = builtin.makechan<error?>();
        builtin.go(async () =>
        {
            t.equal(c.SetDeadline(time.Now().Add(-5 * time.Second)), "<nil>");
            t.equal(c.SetWriteDeadline(time.Now().Add(-5 * time.Second)), "<nil>");
            t.equal(c.SetReadDeadline(noDeadline), "<nil>");
            var (_, err) = await c.Read(new byte[1]);
            await ch.Send(err);
        });
        await time.Sleep(100 * time.Millisecond);
        var (returned, early, _) = ch.selectnbrecv();
        if (returned)
        {
            t.Fatalf($"expected Read to not return, but it returned with {early?.Error()}");
        }
        await c.Close();
        var err = await ch.Recv();
        if (parseReadError(err) is error perr)
        {
            t.Error(perr);
        }
        if (err is not Error nerr || nerr.Timeout() || nerr.Temporary())
        {
            t.Fatal(err);
        }
    });

    private static readonly (time.Duration timeout, error?[] xerrs)[] readFromTimeoutTests =
    [
        // A deadline in the past holds even if there is data to read.
        (-5 * time.Second, [os.ErrDeadlineExceeded, os.ErrDeadlineExceeded]),

        (50 * time.Millisecond, [null, os.ErrDeadlineExceeded]),
    ];

    /// <summary>ReadFrom with a deadline, in the past and soon.</summary>
    [Test]
    public Task TestReadFromTimeout() => main_test.Run(static async t =>
    {
        var ch = builtin.makechan<Addr>();
        t.Cleanup(async () => { ch.Close(); });
        var ls = await localPacketServer.newLocalPacketServer(t, "udp");
        t.Cleanup(ls.teardown);
        ls.buildup(t, async (ls, c) =>
        {
            var (dst, ok) = await ch.Recv2();
            if (ok)
            {
                await c.WriteTo("READFROM TIMEOUT TEST"u8.ToArray(), dst);
            }
        });

        var (host, _, err) = SplitHostPort(ls.PacketConn.LocalAddr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        (var c, err) = await ListenPacket(ls.PacketConn.LocalAddr()!.Network(), JoinHostPort(host, "0"));
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { await c!.Close(); });
        await ch.Send(c!.LocalAddr()!);

        Memory<byte> b = new byte[1];
        foreach (var tt in readFromTimeoutTests)
        {
            err = c.SetReadDeadline(time.Now().Add(tt.timeout));
            if (err != null)
            {
                t.Fatal(err);
            }
            foreach (var xerr in tt.xerrs)
            {
                for (; ; )
                {
                    (var n, _, err) = await c.ReadFrom(b);
                    if (xerr != null)
                    {
                        if (parseReadError(err) is error perr)
                        {
                            t.Error(perr);
                        }
                        if (!isDeadlineExceeded(err))
                        {
                            t.Fatal(err);
                        }
                    }
                    if (err == null)
                    {
                        await time.Sleep(tt.timeout / 3);
                        continue;
                    }
                    if (err is Error nerr && nerr.Timeout() && n != 0)
                    {
                        t.Fatalf($"read {n}; want 0");
                    }
                    break;
                }
            }
        }
    });

    private static readonly (time.Duration timeout, error?[] xerrs)[] writeTimeoutTests =
    [
        // A deadline in the past holds even if there is room to write.
        (-5 * time.Second, [os.ErrDeadlineExceeded, os.ErrDeadlineExceeded]),

        (10 * time.Millisecond, [null, os.ErrDeadlineExceeded]),
    ];

    /// <summary>Write with a deadline, in the past and soon.</summary>
    [Test]
    public Task TestWriteTimeout() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        for (var i = 0; i < writeTimeoutTests.Length; i++)
        {
            var tt = writeTimeoutTests[i];
            var c = await dial(t, ln);
            t.Cleanup(c);

            if (c.SetWriteDeadline(time.Now().Add(tt.timeout)) is error err1)
            {
                t.Fatalf($"#{i}: {err1.Error()}");
            }
            for (var j = 0; j < tt.xerrs.Length; j++)
            {
                for (; ; )
                {
                    var (n, err) = await c.Write("WRITE TIMEOUT TEST"u8.ToArray());
                    if (tt.xerrs[j] != null)
                    {
                        if (parseWriteError(err) is error perr)
                        {
                            t.Errorf($"#{i}/{j}: {perr.Error()}");
                        }
                        if (!isDeadlineExceeded(err))
                        {
                            t.Fatalf($"#{i}/{j}: {err?.Error()}");
                        }
                    }
                    if (err == null)
                    {
                        await time.Sleep(tt.timeout / 3);
                        continue;
                    }
                    if (n != 0)
                    {
                        t.Fatalf($"#{i}/{j}: wrote {n}; want 0");
                    }
                    break;
                }
            }
        }
    });

    /// <summary>A Write that waits for room ends at its deadline, and says how much it wrote.</summary>
    [Test]
    public Task TestWriteTimeoutMustReturn() => main_test.Run(static async t =>
    {
        var (_, c, s) = await newConnPair(t);
        var deadline = time.Now().Add(50 * time.Millisecond);
        t.equal(c.SetWriteDeadline(deadline), "<nil>");
        var (n, err) = await c.Write(new byte[64 << 20]);
        if (time.Now().Before(deadline))
        {
            t.Errorf("Write returned before its deadline");
        }
        if (n <= 0 || n >= 64 << 20)
        {
            t.Errorf($"wrote {n} bytes");
        }
        if (!isDeadlineExceeded(err))
        {
            t.Fatal(err);
        }
        t.equal(err, $"write tcp {c.LocalAddr()!.String()}->{c.RemoteAddr()!.String()}: i/o timeout");
        t.equal(await c.Close(), "<nil>");
        var (got, rerr) = await io.Copy(io.Discard, s);
        Assert.That(rerr, Is.Null);
        Assert.That(got, Is.EqualTo((int64)n));
    });

    /// <summary>No write deadline replaces one that has passed; that of Read does not count.</summary>
    [Test]
    public Task TestWriteTimeoutMustNotReturn() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var c = await dial(t, ln);
        t.Cleanup(c);

        var ch = builtin.makechan<error?>();
        builtin.go(async () =>
        {
            t.equal(c.SetDeadline(time.Now().Add(-5 * time.Second)), "<nil>");
            t.equal(c.SetReadDeadline(time.Now().Add(-5 * time.Second)), "<nil>");
            t.equal(c.SetWriteDeadline(noDeadline), "<nil>");
            Memory<byte> b = new byte[1];
            for (; ; )
            {
                var (_, err) = await c.Write(b);
                if (err != null)
                {
                    await ch.Send(err);
                    break;
                }
            }
        });
        await time.Sleep(100 * time.Millisecond);
        var (returned, early, _) = ch.selectnbrecv();
        if (returned)
        {
            t.Fatalf($"expected Write to not return, but it returned with {early?.Error()}");
        }
        await c.Close();
        var err = await ch.Recv();
        if (parseWriteError(err) is error perr)
        {
            t.Error(perr);
        }
        if (err is not Error nerr || nerr.Timeout() || nerr.Temporary())
        {
            t.Fatal(err);
        }
    });

    /// <summary>WriteTo with a deadline, in the past and soon.</summary>
    [Test]
    public Task TestWriteToTimeout() => main_test.Run(static async t =>
    {
        var c1 = await newLocalPacketListener(t, "udp");
        t.Cleanup(async () => { await c1.Close(); });

        var (host, _, err) = SplitHostPort(c1.LocalAddr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }

        foreach (var timeout in new time.Duration[] { -5 * time.Second, 10 * time.Millisecond })
        {
            (var c2, err) = await ListenPacket(c1.LocalAddr()!.Network(), JoinHostPort(host, "0"));
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(async () => { await c2!.Close(); });

            err = c2!.SetWriteDeadline(time.Now().Add(timeout));
            if (err != null)
            {
                t.Fatal(err);
            }
            var backoff = 1 * time.Millisecond;
            var nDeadlineExceeded = 0;
            while (nDeadlineExceeded < 2)
            {
                (var n, err) = await c2.WriteTo("WRITETO TIMEOUT TEST"u8.ToArray(), c1.LocalAddr());
                if (err == null && timeout >= 0 && nDeadlineExceeded == 0)
                {
                    // Some calls may work before a deadline to come has passed.
                    await time.Sleep(timeout / 3);
                    continue;
                }
                if (errors.Is(err, syscall.ENOBUFS))
                {
                    // The system's buffers may be full (https://go.dev/issue/49930). Wait until they are not.
                    await time.Sleep(backoff);
                    backoff *= 2;
                    continue;
                }
                if (parseWriteError(err) is error perr)
                {
                    t.Error(perr);
                }
                if (!isDeadlineExceeded(err))
                {
                    t.Errorf("error is not 'deadline exceeded': " + err?.Error());
                }
                if (n != 0)
                {
                    t.Errorf($"unexpectedly wrote {n} bytes");
                }
                nDeadlineExceeded++;
            }
        }
    });

    // The smallest timeout that the tests try which make it longer until it is kept.
    private static readonly time.Duration minDynamicTimeout = 1 * time.Millisecond;

    // The longest one; when it is not kept the test fails.
    private static readonly time.Duration maxDynamicTimeout = 4 * time.Second;

    // timeoutUpperBound is how long a timeout of d may take.
    private static time.Duration timeoutUpperBound(time.Duration d)
    {
        return d * 11 / 10;
    }

    // nextTimeout is the timeout to try after one that took actual and should have been shorter.
    private static (time.Duration next, bool ok) nextTimeout(time.Duration actual)
    {
        if (actual >= maxDynamicTimeout)
        {
            return (maxDynamicTimeout, false);
        }
        // No hope to be much faster than last time, so grow by some factor.
        var next = actual * 5 / 4;
        if (next > maxDynamicTimeout)
        {
            return (maxDynamicTimeout, true);
        }
        return (next, true);
    }

    // fluctuation tries op, which returns what is wrong with its error, with longer and longer deadlines.
    private static async go fluctuation(testing.T t, string what, Action<time.Time> set, Func<go<error?>> op)
    {
        var d = minDynamicTimeout;
        for (; ; )
        {
            var t0 = time.Now();
            var deadline = t0.Add(d);
            set(deadline);
            var err = await op();
            var t1 = time.Now();

            if (err is not Error nerr || !nerr.Timeout())
            {
                t.Errorf($"{what} did not time out: {err?.Error()}");
            }
            if (!isDeadlineExceeded(err))
            {
                t.Errorf($"{what} error is not DeadlineExceeded: {err?.Error()}");
            }
            var actual = t1.Sub(t0);
            if (t1.Before(deadline))
            {
                t.Errorf($"{what} took {actual}; expected at least {d}");
            }
            if (t.Failed())
            {
                return;
            }
            var want = timeoutUpperBound(d);
            if (actual > want)
            {
                var (next, ok) = nextTimeout(actual);
                if (!ok)
                {
                    t.Fatalf($"{what} took {actual}; expected at most {want}");
                }
                // This machine may be too slow for so short a time. Try a longer one.
                d = next;
                continue;
            }
            break;
        }
    }

    /// <summary>The deadline of Read is kept, not too early and not much too late.</summary>
    [Test]
    public Task TestReadTimeoutFluctuation() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var c = await dial(t, ln);
        t.Cleanup(c);
        Memory<byte> b = new byte[256];

        await fluctuation(t, "Read", deadline => t.equal(c.SetReadDeadline(deadline), "<nil>"), async () =>
        {
            var (n, err) = await c.Read(b);
            if (n != 0)
            {
                t.Errorf($"Read returned {n}");
            }
            if (parseReadError(err) is error perr)
            {
                t.Error(perr);
            }
            return err;
        });
    });

    /// <summary>The same for Accept.</summary>
    [Test]
    public Task TestAcceptTimeoutFluctuation() => main_test.Run(static async t =>
    {
        var ln = (TCPListener)await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        await fluctuation(t, "Accept", deadline => t.equal(ln.SetDeadline(deadline), "<nil>"), async () =>
        {
            var (c, err) = await ln.Accept();
            if (c != null)
            {
                t.Errorf("Accept returned a connection");
            }
            if (parseAcceptError(err) is error perr)
            {
                t.Error(perr);
            }
            return err;
        });
    });

    /// <summary>The same for ReadFrom.</summary>
    [Test]
    public Task TestReadFromTimeoutFluctuation() => main_test.Run(static async t =>
    {
        var c1 = await newLocalPacketListener(t, "udp");
        t.Cleanup(async () => { await c1.Close(); });

        var (c2, err) = await Dial(c1.LocalAddr()!.Network(), c1.LocalAddr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c2!);
        Memory<byte> b = new byte[256];

        await fluctuation(t, "ReadFrom", deadline => t.equal(c2!.SetReadDeadline(deadline), "<nil>"), async () =>
        {
            var (n, _, err) = await ((PacketConn)c2!).ReadFrom(b);
            if (n != 0)
            {
                t.Errorf($"ReadFrom returned {n}");
            }
            if (parseReadError(err) is error perr)
            {
                t.Error(perr);
            }
            return err;
        });
    });

    /// <summary>The same for Write, when the system's buffers are full.</summary>
    [Test]
    public Task TestWriteTimeoutFluctuation() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var c = await dial(t, ln);
        t.Cleanup(c);
        Memory<byte> b = "TIMEOUT TRANSMITTER"u8.ToArray();

        var d = minDynamicTimeout;
        for (; ; )
        {
            var t0 = time.Now();
            var deadline = t0.Add(d);
            t.equal(c.SetWriteDeadline(deadline), "<nil>");
            int64 n = 0;
            error? err;
            for (; ; )
            {
                (var dn, err) = await c.Write(b);
                n += dn;
                if (err != null)
                {
                    break;
                }
            }
            var t1 = time.Now();

            if (err is not Error nerr || !nerr.Timeout())
            {
                t.Fatalf($"Write did not return (any, timeout): ({n}, {err.Error()})");
            }
            if (parseWriteError(err) is error perr)
            {
                t.Error(perr);
            }
            if (!isDeadlineExceeded(err))
            {
                t.Errorf($"Write error is not DeadlineExceeded: {err.Error()}");
            }
            var actual = t1.Sub(t0);
            if (t1.Before(deadline))
            {
                t.Errorf($"Write took {actual}; expected at least {d}");
            }
            if (t.Failed())
            {
                return;
            }
            var want = timeoutUpperBound(d);
            if (actual > want)
            {
                if (n > 0)
                {
                    // A deadline makes calls fail instead of blocking; as long as there is room in the
                    // system's buffer none of them blocks. Try again until it is full.
                    if (d <= maxDynamicTimeout / 2)
                    {
                        d *= 2;
                    }
                    continue;
                }
                var (next, ok) = nextTimeout(actual);
                if (!ok)
                {
                    t.Fatalf($"Write took {actual}; expected at most {want}");
                }
                d = next;
                continue;
            }
            break;
        }
    });

    /// <summary>Deadlines from one nanosecond on.</summary>
    [Test]
    public Task TestVariousDeadlines() => main_test.Run(testVariousDeadlines);

    /// <summary>The same with one P.</summary>
    [Test]
    public Task TestVariousDeadlines1Proc() => main_test.Run(static t => testVariousDeadlinesProcs(t, 1));

    /// <summary>The same with four.</summary>
    [Test]
    public Task TestVariousDeadlines4Proc() => main_test.Run(static t => testVariousDeadlinesProcs(t, 4));

    private static async go testVariousDeadlinesProcs(testing.T t, int n)
    {
        if (testing.Short())
        {
            Assert.Ignore("skipping in short mode");
        }
        var old = await runtime.GOMAXPROCS(n);
        t.Cleanup(async () => { await runtime.GOMAXPROCS(old); });
        await testVariousDeadlines(t);
    }

    private static async go testVariousDeadlines(testing.T t)
    {
        static async go handler(localServer ls, Listener ln)
        {
            for (; ; )
            {
                var (c, err) = await ln.Accept();
                if (err != null)
                {
                    break;
                }
                await c!.Read(new byte[1]); // wait until the client has closed the connection
                await c.Close();
            }
        }
        var ls = await localServer.newLocalServer(t, "tcp");
        t.Cleanup(ls.teardown);
        ls.buildup(t, handler);

        foreach (var timeout in new time.Duration[]
        {
            1 * time.Nanosecond,
            2 * time.Nanosecond,
            5 * time.Nanosecond,
            50 * time.Nanosecond,
            100 * time.Nanosecond,
            200 * time.Nanosecond,
            500 * time.Nanosecond,
            750 * time.Nanosecond,
            1 * time.Microsecond,
            5 * time.Microsecond,
            25 * time.Microsecond,
            250 * time.Microsecond,
            500 * time.Microsecond,
            1 * time.Millisecond,
            5 * time.Millisecond,
            100 * time.Millisecond,
            250 * time.Millisecond,
            500 * time.Millisecond,
            1 * time.Second,
        })
        {
            var numRuns = timeout < 100 * time.Millisecond ? 3 : 1;
            if (testing.Short())
            {
                numRuns = 1;
                if (timeout > 500 * time.Microsecond)
                {
                    continue;
                }
            }
            for (var run = 0; run < numRuns; run++)
            {
                var name = $"{timeout} {run}/{numRuns}";
                var c = await dial(t, ls.Listener);
                var t0 = time.Now();
                t.equal(c.SetDeadline(t0.Add(timeout)), "<nil>");
                var (n, err) = await io.Copy(io.Discard, c);
                var dt = time.Since(t0);
                await c.Close();

                if (err is not Error nerr || !nerr.Timeout())
                {
                    t.Fatalf($"{name}: Copy = {n}, {err?.Error()}; want timeout");
                }
                if (dt < timeout)
                {
                    t.Fatalf($"{name}: timeout after {dt}");
                }
            }
        }
    }

    /// <summary>Deadlines that are moved by the reader and the writer of a connection.</summary>
    [Test]
    public Task TestReadWriteProlongedTimeout() => main_test.Run(static async t =>
    {
        async go handler(localServer ls, Listener ln)
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                t.Error(err);
                return;
            }

            var wg = new sync.WaitGroup();
            wg.Add(2);
            builtin.go(async () =>
            {
                Memory<byte> b = new byte[1];
                for (; ; )
                {
                    if (c!.SetReadDeadline(time.Now().Add(time.Hour)) is error err)
                    {
                        t.Error(err);
                        break;
                    }
                    var (_, rerr) = await c.Read(b);
                    if (rerr != null)
                    {
                        if (parseReadError(rerr) is error perr)
                        {
                            t.Error(perr);
                        }
                        break;
                    }
                }
                wg.Done();
            });
            builtin.go(async () =>
            {
                Memory<byte> b = new byte[1];
                for (; ; )
                {
                    if (c!.SetWriteDeadline(time.Now().Add(time.Hour)) is error err)
                    {
                        t.Error(err);
                        break;
                    }
                    var (_, werr) = await c.Write(b);
                    if (werr != null)
                    {
                        if (parseWriteError(werr) is error perr)
                        {
                            t.Error(perr);
                        }
                        break;
                    }
                }
                wg.Done();
            });
            await wg.Wait();
            await c!.Close();
        }
        var ls = await localServer.newLocalServer(t, "tcp");
        t.Cleanup(ls.teardown);
        ls.buildup(t, handler);

        var c = await dial(t, ls.Listener);
        t.Cleanup(c);

        Memory<byte> b = new byte[1];
        for (var i = 0; i < 1000; i++)
        {
            t.equal((await c.Write(b)).err, "<nil>");
            t.equal((await c.Read(b)).err, "<nil>");
        }
    });

    /// <summary>Deadlines that are set while they pass, and I/O beside that.</summary>
    [Test]
    public Task TestReadWriteDeadlineRace() => main_test.Run(static async t =>
    {
        var N = testing.Short() ? 50 : 1000;

        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        var c = await dial(t, ln);
        t.Cleanup(c);

        var wg = new sync.WaitGroup();
        wg.Add(3);
        builtin.go(async () =>
        {
            var tic = time.NewTicker(2 * time.Microsecond);
            for (var i = 0; i < N; i++)
            {
                if (c.SetReadDeadline(time.Now().Add(2 * time.Microsecond)) is { } err)
                {
                    if (parseCommonError(err) is { } perr)
                    {
                        t.Error(perr);
                    }
                    break;
                }
                if (c.SetWriteDeadline(time.Now().Add(2 * time.Microsecond)) is { } err1)
                {
                    if (parseCommonError(err1) is { } perr)
                    {
                        t.Error(perr);
                    }
                    break;
                }
                await tic.C!.Recv();
            }
            tic.Stop();
            wg.Done();
        });
        builtin.go(async () =>
        {
            Memory<byte> b = new byte[1];
            for (var i = 0; i < N; i++)
            {
                await c.Read(b); // it may time out
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            Memory<byte> b = new byte[1];
            for (var i = 0; i < N; i++)
            {
                await c.Write(b); // it may time out
            }
            wg.Done();
        });
        await wg.Wait(); // until the three have ended
    });

    /// <summary>Many goroutines that set the deadlines of the same connections (issue 35367).</summary>
    [Test]
    public Task TestConcurrentSetDeadline() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        const int goroutines = 8;
        const int conns = 10;
        const int tries = 100;

        var c = new Conn[conns];
        for (var i = 0; i < conns; i++)
        {
            c[i] = await dial(t, ln);
            t.Cleanup(c[i]);
        }

        var wg = new sync.WaitGroup();
        wg.Add(goroutines);
        var now = time.Now();
        for (var n = 0; n < goroutines; n++)
        {
            var i = n;
            builtin.go(async () =>
            {
                // Deadlines that come closer and closer, for the sake of the runtime's adjusttimers.
                for (var j = tries; j > 0; j--)
                {
                    for (var k = 0; k < conns; k++)
                    {
                        t.equal(c[k].SetReadDeadline(now.Add(2 * time.Hour + i * j * k * time.Second)), "<nil>");
                        t.equal(c[k].SetWriteDeadline(now.Add(1 * time.Hour + i * j * k * time.Second)), "<nil>");
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();

        // The deadlines still do their work.
        foreach (var cc in c)
        {
            t.equal(cc.SetDeadline(time.Now().Add(time.Millisecond)), "<nil>");
            var (_, err) = await cc.Read(new byte[1]);
            Assert.That(isDeadlineExceeded(err));
        }
    });

    // isDeadlineExceeded tells whether err is or wraps os.ErrDeadlineExceeded, and is a net.Error that
    // says it is a timeout.
    internal static bool isDeadlineExceeded(error? err)
    {
        if (err is not Error nerr)
        {
            return false;
        }
        if (!nerr.Timeout())
        {
            return false;
        }
        if (!errors.Is(err, os.ErrDeadlineExceeded))
        {
            return false;
        }
        return true;
    }
}
