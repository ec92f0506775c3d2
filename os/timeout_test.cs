// Ports src/os/timeout_test.go of go1.20.
using System.Threading.Tasks;
using static golang.export_test;

namespace golang;

public class timeout_test
{
    [Test]
    public Task TestNonpollableDeadline() => testing.Run(async () =>
    {
        var f = newFile("ostest");
        try
        {
            var deadline = time.Now().Add(10 * time.Second);
            Assert.That(f.SetDeadline(deadline), Is.SameAs(os.ErrNoDeadline));
            Assert.That(f.SetReadDeadline(deadline), Is.SameAs(os.ErrNoDeadline));
            Assert.That(f.SetWriteDeadline(deadline), Is.SameAs(os.ErrNoDeadline));
        }
        finally
        {
            await f.Close();
            os.Remove(f.Name());
        }
    });

    // noDeadline is the zero time, which cancels a deadline.
    private static readonly time.Time noDeadline;

    private static readonly (time.Duration timeout, error?[] xerrs)[] readTimeoutTests =
    [
        // Tests that read deadlines work, even if there's data ready
        // to be read.
        (-5 * time.Second, [os.ErrDeadlineExceeded, os.ErrDeadlineExceeded]),

        (50 * time.Millisecond, [null, os.ErrDeadlineExceeded]),
    ];

    // net/timeout_test.cs has a very similar copy of this.
    [Test]
    public Task TestReadTimeout() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        try
        {
            var (_, err) = await w.Write(bytes("READ TIMEOUT TEST"));
            Assert.That(err, Is.Null);

            for (var i = 0; i < readTimeoutTests.Length; i++)
            {
                var tt = readTimeoutTests[i];
                Assert.That(r.SetReadDeadline(time.Now().Add(tt.timeout)), Is.Null);
                var b = new byte[1];
                for (var j = 0; j < tt.xerrs.Length; j++)
                {
                    for (; ; )
                    {
                        (var n, err) = await r.Read(b);
                        if (tt.xerrs[j] != null)
                        {
                            Assert.That(isDeadlineExceeded(err), $"#{i}/{j}: {err?.Error()}");
                        }
                        if (err == null)
                        {
                            await time.Sleep(tt.timeout / 3);
                            continue;
                        }
                        Assert.That(n, Is.Zero, $"#{i}/{j}");
                        break;
                    }
                }
            }
        }
        finally
        {
            await r.Close();
            await w.Close();
        }
    });

    // net/timeout_test.cs has a very similar copy of this.
    [Test]
    public Task TestReadTimeoutMustNotReturn() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        var returned = new atomic.Bool[1];
        error? err = null;
        var ch = new sync.WaitGroup();
        ch.Add(1);
        builtin.go(async () =>
        {
            if (r.SetDeadline(time.Now().Add(-5 * time.Second)) is { } e1)
            {
                t.Error(e1);
            }
            if (r.SetWriteDeadline(time.Now().Add(-5 * time.Second)) is { } e2)
            {
                t.Error(e2);
            }
            if (r.SetReadDeadline(noDeadline) is { } e3)
            {
                t.Error(e3);
            }
            (_, err) = await r.Read(new byte[1]);
            returned[0].Store(true);
            ch.Done();
        });

        await time.Sleep(100 * time.Millisecond);
        var early = returned[0].Load();
        await w.Close();
        await ch.Wait(); // wait for tester goroutine to stop
        await r.Close();
        Assert.That(early, Is.False, "expected Read to not return");
        Assert.That(err, Is.SameAs(io.EOF));
    });

    private static readonly (time.Duration timeout, error?[] xerrs)[] writeTimeoutTests =
    [
        // Tests that write deadlines work, even if there's buffer
        // space available to write.
        (-5 * time.Second, [os.ErrDeadlineExceeded, os.ErrDeadlineExceeded]),

        (10 * time.Millisecond, [null, os.ErrDeadlineExceeded]),
    ];

    // net/timeout_test.cs has a very similar copy of this.
    [TestCase(0)]
    [TestCase(1)]
    public Task TestWriteTimeout(int i) => testing.Run(async () =>
    {
        var tt = writeTimeoutTests[i];
        var (r, w) = pipe();
        try
        {
            Assert.That(w.SetWriteDeadline(time.Now().Add(tt.timeout)), Is.Null);
            for (var j = 0; j < tt.xerrs.Length; j++)
            {
                for (; ; )
                {
                    var (n, err) = await w.Write(bytes("WRITE TIMEOUT TEST"));
                    if (tt.xerrs[j] != null)
                    {
                        Assert.That(isDeadlineExceeded(err), $"{j}: {err?.Error()}");
                    }
                    if (err == null)
                    {
                        await time.Sleep(tt.timeout / 3);
                        continue;
                    }
                    Assert.That(n, Is.Zero, $"{j}");
                    break;
                }
            }
        }
        finally
        {
            await r.Close();
            await w.Close();
        }
    });

    // net/timeout_test.cs has a very similar copy of this.
    [Test]
    public Task TestWriteTimeoutMustNotReturn() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        var returned = new atomic.Bool[1];
        error? err = null;
        var ch = new sync.WaitGroup();
        ch.Add(1);
        builtin.go(async () =>
        {
            if (w.SetDeadline(time.Now().Add(-5 * time.Second)) is { } e1)
            {
                t.Error(e1);
            }
            if (w.SetReadDeadline(time.Now().Add(-5 * time.Second)) is { } e2)
            {
                t.Error(e2);
            }
            if (w.SetWriteDeadline(noDeadline) is { } e3)
            {
                t.Error(e3);
            }
            var b = new byte[1];
            for (; ; )
            {
                (_, err) = await w.Write(b);
                if (err != null)
                {
                    break;
                }
            }
            returned[0].Store(true);
            ch.Done();
        });

        await time.Sleep(100 * time.Millisecond);
        var early = returned[0].Load();
        await r.Close();
        await ch.Wait(); // wait for tester goroutine to stop
        await w.Close();
        Assert.That(early, Is.False, "expected Write to not return");
        Assert.That(err is PathError pe && pe.Err == syscall.EPIPE, err?.Error());
    });

    // PORT(test): Go's TestReadTimeoutFluctuation and TestWriteTimeoutFluctuation go on with longer
    // deadlines until one is missed by no more than a tenth. Only the lower bound is checked here.
    [TestCase(1)]
    [TestCase(10)]
    [TestCase(50)]
    public Task TestReadTimeoutFluctuation(int ms) => testing.Run(async () =>
    {
        var (r, w) = pipe();
        try
        {
            var d = ms * time.Millisecond;
            var t0 = time.Now();
            var deadline = t0.Add(d);
            Assert.That(r.SetReadDeadline(deadline), Is.Null);
            var (n, err) = await r.Read(new byte[256]);
            var t1 = time.Now();
            Assert.That(n == 0 && isDeadlineExceeded(err), $"Read did not return (0, timeout): ({n}, {err?.Error()})");
            Assert.That(t1.Before(deadline), Is.False, $"Read took {t1.Sub(t0)}; expected at least {d}");
        }
        finally
        {
            await r.Close();
            await w.Close();
        }
    });

    [TestCase(1)]
    [TestCase(10)]
    [TestCase(50)]
    public Task TestWriteTimeoutFluctuation(int ms) => testing.Run(async () =>
    {
        var (r, w) = pipe();
        try
        {
            var d = ms * time.Millisecond;
            var t0 = time.Now();
            var deadline = t0.Add(d);
            Assert.That(w.SetWriteDeadline(deadline), Is.Null);
            error? err;
            for (; ; )
            {
                (_, err) = await w.Write(bytes("TIMEOUT TRANSMITTER"));
                if (err != null)
                {
                    break;
                }
            }
            var t1 = time.Now();
            Assert.That(isDeadlineExceeded(err), err?.Error());
            Assert.That(t1.Before(deadline), Is.False, $"Write took {t1.Sub(t0)}; expected at least {d}");
        }
        finally
        {
            await r.Close();
            await w.Close();
        }
    });

    [Test]
    public Task TestVariousDeadlines() => testing.Run(testVariousDeadlines);

    [Test]
    public Task TestVariousDeadlines1Proc() => testing.Run(t => testVariousDeadlinesProcs(t, 1));

    [Test]
    public Task TestVariousDeadlines4Proc() => testing.Run(t => testVariousDeadlinesProcs(t, 4));

    private static async go testVariousDeadlinesProcs(testing.T t, int n)
    {
        if (testing.Short())
        {
            Assert.Ignore("skipping in short mode");
        }
        await testing.WithGOMAXPROCS(n, () => testVariousDeadlines(t));
    }

    private sealed class neverEnding(byte b) : io.Reader
    {
        public async go<(int n, error? err)> Read(Memory<byte> p)
        {
            p.Span.Fill(b);
            return (p.Length, null);
        }
    }

    private static async go testVariousDeadlines(testing.T t)
    {
        time.Duration[] timeouts =
        [
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
        ];
        foreach (var timeout in timeouts)
        {
            var numRuns = 2; // Go's longest three timeouts and third run are left out
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
                var (r, w) = pipe();
                var done = new sync.WaitGroup();
                done.Add(2);
                // The writer, with no timeouts of its own,
                // sending bytes to clients as fast as it can.
                error? pasverr = null;
                builtin.go(async () =>
                {
                    (_, pasverr) = await io.Copy(w, new neverEnding((byte)'a'));
                    done.Done();
                });
                error? acterr = null;
                builtin.go(async () =>
                {
                    var t0 = time.Now();
                    if (r.SetDeadline(t0.Add(timeout)) is { } e)
                    {
                        t.Error(e);
                    }
                    (_, acterr) = await io.Copy(io.Discard, r);
                    await r.Close();
                    done.Done();
                });
                await done.Wait();
                await w.Close();
                Assert.That(isDeadlineExceeded(acterr), $"{timeout}-{run + 1}: client Copy: {acterr?.Error()}; want timeout");
                Assert.That(pasverr is PathError pe && pe.Err == syscall.EPIPE, pasverr?.Error());
            }
        }
    }

    // net/timeout_test.cs has a very similar copy of this.
    [Test]
    public Task TestReadWriteDeadlineRace() => testing.Run(async t =>
    {
        var N = testing.Short() ? 50 : 1000;
        var (r, w) = pipe();
        var wg = new sync.WaitGroup();
        wg.Add(3);
        builtin.go(async () =>
        {
            var tic = time.NewTicker(2 * time.Microsecond);
            for (var i = 0; i < N; i++)
            {
                if (r.SetReadDeadline(time.Now().Add(2 * time.Microsecond)) is not null)
                {
                    break;
                }
                if (w.SetWriteDeadline(time.Now().Add(2 * time.Microsecond)) is not null)
                {
                    break;
                }
                await tic.C!.Recv();
            }
            tic.Stop();
            wg.Done();
        });
        builtin.go(async () =>
        {
            var b = new byte[1];
            for (var i = 0; i < N; i++)
            {
                var (_, err) = await r.Read(b);
                if (err != null && !isDeadlineExceeded(err))
                {
                    t.Error("Read returned non-timeout error " + err.Error());
                }
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            var b = new byte[1];
            for (var i = 0; i < N; i++)
            {
                var (_, err) = await w.Write(b);
                if (err != null && !isDeadlineExceeded(err))
                {
                    t.Error("Write returned non-timeout error " + err.Error());
                }
            }
            wg.Done();
        });
        await wg.Wait(); // wait for tester goroutine to stop
        await r.Close();
        await w.Close();
    });

    // TestRacyRead tests that it is safe to mutate the input Read buffer
    // immediately after cancellation has occurred.
    [Test]
    public Task TestRacyRead() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        var wg = new sync.WaitGroup();
        var writer = new sync.WaitGroup();
        writer.Add(1);
        builtin.go(async () =>
        {
            await io.Copy(w, new neverEnding(0));
            writer.Done();
        });

        r.SetReadDeadline(time.Now().Add(time.Millisecond));
        for (var i = 0; i < 10; i++)
        {
            wg.Add(1);
            builtin.go(async () =>
            {
                var b1 = new byte[1024];
                for (var j = 0; j < 100; j++)
                {
                    var (n, err) = await r.Read(b1);
                    if (b1.AsSpan(0, n).ContainsAnyExcept((byte)0))
                    {
                        t.Error("somebody else wrote into the buffer");
                    }
                    b1.AsSpan().Fill(1); // Mutate b1 to trigger potential race
                    if (err != null)
                    {
                        if (!isDeadlineExceeded(err))
                        {
                            t.Error(err);
                        }
                        r.SetReadDeadline(time.Now().Add(time.Millisecond));
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
        await r.Close();
        await writer.Wait();
        await w.Close();
    });

    // TestRacyWrite tests that it is safe to mutate the input Write buffer
    // immediately after cancellation has occurred.
    [Test]
    public Task TestRacyWrite() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        var wg = new sync.WaitGroup();
        var reader = new sync.WaitGroup();
        reader.Add(1);
        builtin.go(async () =>
        {
            var b = new byte[4096];
            for (; ; )
            {
                var (n, err) = await r.Read(b);
                if (b.AsSpan(0, n).ContainsAnyExcept((byte)0))
                {
                    t.Error("written after Write returned");
                }
                if (err != null)
                {
                    break;
                }
            }
            reader.Done();
        });

        w.SetWriteDeadline(time.Now().Add(time.Millisecond));
        for (var i = 0; i < 10; i++)
        {
            wg.Add(1);
            builtin.go(async () =>
            {
                var b1 = new byte[1024];
                for (var j = 0; j < 100; j++)
                {
                    b1.AsSpan().Clear();
                    var (_, err) = await w.Write(b1);
                    b1.AsSpan().Fill(1); // Mutate b1 to trigger potential race
                    if (err != null)
                    {
                        if (!isDeadlineExceeded(err))
                        {
                            t.Error(err);
                        }
                        w.SetWriteDeadline(time.Now().Add(time.Millisecond));
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
        await w.Close();
        await reader.Wait();
        await r.Close();
    });
}
