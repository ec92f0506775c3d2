// Storms: a great deal of the same at once. Go has no such tests. What must come out is that nothing
// is lost, and that nothing is left: main_test.Run counts goroutines, descriptors and pollDescs.
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Many connections, deadlines, signals, collections, and no descriptors.</summary>
[TestFixture]
public partial class storm_test
{
    /// <summary>100,000 connections are made and closed by both ends, in several ways.</summary>
    [Test]
    public Task TestStormConnectClose() => main_test.Run(static async t =>
    {
        var total = testing.Short() ? 10_000 : 100_000;
        const int dialers = 64;
        // Several addresses, because the kernel keeps the ports of closed connections for a while.
        var lns = new TCPListener[8];
        var accepted = 0;
        var acceptors = new sync.WaitGroup();
        var served = new sync.WaitGroup();
        for (var i = 0; i < lns.Length; i++)
        {
            var (ln, err) = await ListenTCP("tcp", new TCPAddr { IP = IPv4(127, 0, 0, (byte)(1 + i)) });
            if (err != null)
            {
                t.Fatal(err);
            }
            lns[i] = ln!;
            t.Cleanup(ln!);
            acceptors.Add(1);
            builtin.go(async () =>
            {
                for (; ; )
                {
                    var (s, err) = await ln!.AcceptTCP();
                    if (err != null)
                    {
                        if (!errors.Is(err, ErrClosed))
                        {
                            t.Error(err);
                        }
                        break;
                    }
                    Interlocked.Increment(ref accepted);
                    served.Add(1);
                    builtin.go(async () =>
                    {
                        await closeServer(t, s!);
                        served.Done();
                    });
                }
                acceptors.Done();
            });
        }

        var n = 0;
        var dialed = new sync.WaitGroup();
        dialed.Add(dialers);
        for (var i = 0; i < dialers; i++)
        {
            builtin.go(async () =>
            {
                for (int k; (k = Interlocked.Increment(ref n) - 1) < total && !t.Failed();)
                {
                    var (c, err) = await DialTCP("tcp", null, (TCPAddr)lns[k % lns.Length].Addr()!);
                    if (err != null)
                    {
                        t.Error(err);
                        break;
                    }
                    await closeClient(t, c!, (byte)(k / lns.Length % closeWays));
                }
                dialed.Done();
            });
        }
        await dialed.Wait();
        if (!t.Failed())
        {
            await t.until(() => Volatile.Read(ref accepted) == total, "all connections are accepted");
        }
        foreach (var ln in lns)
        {
            await ln.Close();
        }
        await acceptors.Wait();
        await served.Wait();
    });

    // The ways to close a connection, of which the client's first byte tells the server.
    private const int closeWays = 6;
    private const int clientCloses = 0; // the client is first
    private const int clientResets = 1; // the client is first, with a reset
    private const int bothReset = 2; // both at once, with resets
    private const int serverResets = 3; // the server is first, with a reset
    private const int closedUnused = 4; // the client at once; the server may not have accepted yet
    private const int resetUnused = 5; // the same with a reset

    private static async go closeClient(testing.T t, TCPConn c, byte way)
    {
        Memory<byte> b = new byte[] { way };
        if (way == closedUnused)
        {
            await close(t, c, false);
            return;
        }
        if (way == resetUnused)
        {
            await close(t, c, true);
            return;
        }
        var (n, err) = await c.Write(b);
        if (n != 1 || err != null)
        {
            t.Errorf($"{way}: Write = {n}, {err?.Error()}");
        }
        (n, err) = await c.Read(b);
        if ((n != 1 || err != null || b.Span[0] != way) && !(way == bothReset && errors.Is(err, syscall.ECONNRESET)))
        {
            t.Errorf($"{way}: Read = {n}, {err?.Error()}");
        }
        if (way == serverResets)
        {
            (n, err) = await c.Write(b);
            if (n != 1 || err != null)
            {
                t.Errorf($"{way}: Write = {n}, {err?.Error()}");
            }
            (n, err) = await c.Read(b);
            if (n != 0 || !errors.Is(err, syscall.ECONNRESET))
            {
                t.Errorf($"{way}: Read = {n}, {err?.Error()}");
            }
        }
        await close(t, c, way is clientResets or bothReset);
    }

    private static async go closeServer(testing.T t, TCPConn s)
    {
        Memory<byte> b = new byte[1];
        var (n, err) = await s.Read(b);
        if (n == 0)
        {
            // closedUnused or resetUnused
            if (err != io.EOF && !errors.Is(err, syscall.ECONNRESET))
            {
                t.Error(err);
            }
            await close(t, s, false);
            return;
        }
        var way = b.Span[0];
        (n, err) = await s.Write(b);
        if (n != 1 || err != null)
        {
            t.Errorf($"{way}: Write = {n}, {err?.Error()}");
        }
        if (way != bothReset)
        {
            (n, err) = await s.Read(b);
            var ok = way switch
            {
                clientCloses => n == 0 && err == io.EOF,
                clientResets => n == 0 && errors.Is(err, syscall.ECONNRESET),
                _ => n == 1 && err == null,
            };
            if (!ok)
            {
                t.Errorf($"{way}: Read = {n}, {err?.Error()}");
            }
        }
        await close(t, s, way is bothReset or serverResets);
    }

    private static async go close(testing.T t, TCPConn c, bool reset)
    {
        if (reset && c.SetLinger(0) is error err)
        {
            t.Error(err);
        }
        t.equal(await c.Close(), "<nil>");
    }

    // What is sent and must come out.
    private static readonly byte[] text = random(1 << 20);

    private static byte[] random(int n)
    {
        var b = new byte[n];
        new Random(1).NextBytes(b);
        return b;
    }

    /// <summary>Deadlines are set, moved and cleared by many, while others read, write and close.</summary>
    [Test]
    public Task TestStormDeadlines() => main_test.Run(static async t =>
    {
        const int conns = 8;
        var rounds = testing.Short() ? 3 : 12;
        var wg = new sync.WaitGroup();
        wg.Add(conns);
        for (var i = 0; i < conns; i++)
        {
            var ln = await newTCPListener(t);
            var rand = new Random(i);
            builtin.go(async () =>
            {
                for (var r = 0; r < rounds && !t.Failed(); r++)
                {
                    await deadlineRound(t, ln, rand, r % 3 == 2);
                }
                wg.Done();
            });
        }
        await wg.Wait();
    });

    // deadlineRound sends bytes both ways through a connection whose deadlines change all the time. Either
    // all of them arrive, or the connection is closed in the middle.
    private static async go deadlineRound(testing.T t, TCPListener ln, Random rand, bool close)
    {
        const int total = 200_000;
        var c = await dial(t, ln);
        var (s, err) = await ln.AcceptTCP();
        if (err != null)
        {
            t.Error(err);
            await c.Close();
            return;
        }

        var stop = new atomic.Bool[1];
        var movers = new sync.WaitGroup();
        var streams = new sync.WaitGroup();
        var got = new atomic.Int64[1];
        foreach (var (x, y) in new[] { (c, s!), (s!, c) })
        {
            // Little buffers, so that writers wait too.
            t.equal(x.SetReadBuffer(16384) ?? x.SetWriteBuffer(16384), "<nil>");
            const int n = 4;
            movers.Add(n);
            for (var i = 0; i < n; i++)
            {
                var r = new Random(rand.Next());
                builtin.go(async () =>
                {
                    await moveDeadlines(t, x, r, stop, close);
                    movers.Done();
                });
            }
            streams.Add(2);
            var (from, w) = (rand.Next(text.Length - total), new Random(rand.Next()));
            builtin.go(async () =>
            {
                await writeStream(t, x, text.AsMemory(from, total), w, close);
                streams.Done();
            });
            builtin.go(async () =>
            {
                await readStream(t, y, text.AsMemory(from, total), got, close);
                streams.Done();
            });
        }

        if (close)
        {
            // In the middle. Two close the same connection: one of them is too late.
            var many = rand.Next(total);
            await t.until(() => got[0].Load() >= many || t.Failed(), "bytes arrive");
            var closers = new sync.WaitGroup();
            var late = new atomic.Int64[1];
            closers.Add(4);
            for (var i = 0; i < 4; i++)
            {
                var x = i % 2 == 0 ? c : s!;
                builtin.go(async () =>
                {
                    var err = await x.Close();
                    if (err != null)
                    {
                        if (!errors.Is(err, ErrClosed))
                        {
                            t.Error(err);
                        }
                        late[0].Add(1);
                    }
                    closers.Done();
                });
            }
            await closers.Wait();
            await streams.Wait();
            await movers.Wait();
            if (late[0].Load() != 2)
            {
                t.Errorf($"{late[0].Load()} of 4 calls of Close failed; want 2");
            }
            return;
        }

        await streams.Wait();
        stop[0].Store(true);
        await movers.Wait();

        // The deadlines still do their work: somebody waits for ever, two move his deadline at once.
        foreach (var x in new[] { c, s! })
        {
            t.equal(x.SetDeadline(time.Now().Add(time.Hour)), "<nil>");
            var moved = new sync.WaitGroup();
            moved.Add(2);
            builtin.go(async () =>
            {
                await t.until(() => pollwait.reader(x.fd.pfd), "Read waits");
                for (var i = 0; i < 2; i++)
                {
                    var d = i * time.Millisecond;
                    builtin.go(async () =>
                    {
                        t.equal(x.SetReadDeadline(time.Now().Add(d)), "<nil>");
                        moved.Done();
                    });
                }
            });
            (var n, err) = await x.Read(new byte[1]);
            if (n != 0 || !timeout_test.isDeadlineExceeded(err))
            {
                t.Errorf($"Read = {n}, {err?.Error()}; want a timeout");
            }
            await moved.Wait();
        }

        // Without deadlines there is no timeout.
        t.equal(c.SetDeadline(noDeadline) ?? s!.SetDeadline(noDeadline), "<nil>");
        foreach (var (x, y) in new[] { (c, s!), (s!, c) })
        {
            t.equal(x.CloseWrite(), "<nil>");
            (var n, err) = await y.Read(new byte[1]);
            if (n != 0 || err != io.EOF)
            {
                t.Errorf($"Read = {n}, {err?.Error()}; want 0, EOF");
            }
        }
        t.equal(await c.Close() ?? await s!.Close(), "<nil>");
    }

    // closed tells whether err is what a call gets when its connection is closed at either end.
    private static bool closed(error? err)
    {
        return err == io.EOF || errors.Is(err, ErrClosed) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE);
    }

    private static async go moveDeadlines(testing.T t, TCPConn c, Random rand, atomic.Bool[] stop, bool close)
    {
        while (!stop[0].Load())
        {
            var when = rand.Next(6) switch
            {
                0 => time.Unix(1, 0),
                1 => time.Now().Add(rand.Next(200) * time.Microsecond),
                2 => time.Now().Add(rand.Next(2000) * time.Microsecond),
                3 => time.Now().Add(time.Hour),
                4 => time.Now().Add(rand.Next(1000) * time.Second),
                _ => noDeadline,
            };
            var err = rand.Next(3) switch
            {
                0 => c.SetReadDeadline(when),
                1 => c.SetWriteDeadline(when),
                _ => c.SetDeadline(when),
            };
            if (err != null)
            {
                if (!close || !closed(err))
                {
                    t.Error(err);
                }
                return;
            }
            if (rand.Next(4) == 0)
            {
                await time.Sleep(rand.Next(200) * time.Microsecond);
            }
            else
            {
                await runtime.Gosched();
            }
        }
    }

    private static async go writeStream(testing.T t, TCPConn c, ReadOnlyMemory<byte> b, Random rand, bool close, time.Duration pause = default)
    {
        while (b.Length > 0)
        {
            var piece = b[..Math.Min(rand.Next(1, 30_000), b.Length)].ToArray();
            var (n, err) = await c.Write(piece);
            b = b[n..];
            if (timeout_test.isDeadlineExceeded(err))
            {
                await runtime.Gosched();
                continue;
            }
            if (err != null && close && closed(err))
            {
                return;
            }
            if (err != null || n != piece.Length)
            {
                t.Errorf($"Write = {n} of {piece.Length}, {err?.Error()}");
                return;
            }
            if (pause > 0)
            {
                await time.Sleep(rand.NextInt64(pause));
            }
        }
    }

    private static async go readStream(testing.T t, TCPConn c, ReadOnlyMemory<byte> want, atomic.Int64[] got, bool close)
    {
        Memory<byte> b = new byte[10_000];
        while (want.Length > 0)
        {
            var (n, err) = await c.Read(b[..Math.Min(b.Length, want.Length)]);
            if (!b.Span[..n].SequenceEqual(want.Span[..n]))
            {
                t.Errorf("other bytes arrive than were sent");
                return;
            }
            want = want[n..];
            got[0].Add(n);
            if (timeout_test.isDeadlineExceeded(err))
            {
                await runtime.Gosched();
                continue;
            }
            if (err != null && close && closed(err))
            {
                return;
            }
            if (err != null)
            {
                t.Errorf($"Read = {n}, {err.Error()}");
                return;
            }
        }
    }

    /// <summary>There are no descriptors left: every call says so, and when there are some again all is well.</summary>
    [Test]
    public void TestStormDescriptors()
    {
        // In a process of its own: the test host does not survive this, nor does a process in which the
        // CLR needs a thread, for which it needs descriptors, to compile hot methods again.
        var dll = typeof(storm_test).Assembly.Location;
        using var p = new child(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", dll],
            ("GOSTORM", "descriptors"), ("DOTNET_STARTUP_HOOKS", dll), ("DOTNET_TieredCompilation", "0"));
        Assert.That(p.exited(), Is.Zero, p.Stdout + p.Stderr);
        Assert.That(p.Stdout, Is.EqualTo("OK\n"));
    }

    // descriptors is what the child of TestStormDescriptors does.
    internal static Task descriptors() => main_test.Run(static async t =>
    {
        var file = Path.GetTempFileName();
        t.Cleanup(async () => { File.Delete(file); });
        var ln = await newTCPListener(t);
        var addr = ln.Addr()!.String();
        const string emfile = "too many open files";
        (string refused, Func<go<(Func<go<error?>>? close, error? err)>> open)[] calls =
        [
            ($"dial tcp {addr}: socket: {emfile}", async () =>
            {
                var (c, err) = await Dial("tcp", addr);
                return (c == null ? null : c.Close, err);
            }),
            ($"listen tcp 127.0.0.1:0: socket: {emfile}", async () =>
            {
                var (l, err) = await Listen("tcp", "127.0.0.1:0");
                return (l == null ? null : l.Close, err);
            }),
            ($"open {file}: {emfile}", async () =>
            {
                var (f, err) = os.Open(file);
                return (f == null ? null : f.Close, err);
            }),
            ($"pipe2: {emfile}", async () =>
            {
                var (r, w, err) = os.Pipe();
                return (r == null ? null : async () => await r.Close() ?? await w!.Close(), err);
            }),
        ];
        int dialed = 0, accepted = 0, acceptRefused = 0;

        // open makes a call, and gives what closes the result if there is one.
        async go<Func<go<error?>>?> open(int call)
        {
            var (close, err) = await calls[call].open();
            if (err != null)
            {
                t.equal(err, calls[call].refused);
            }
            else if (call == 0)
            {
                Interlocked.Increment(ref dialed);
            }
            return close;
        }

        // accept accepts until the listener's deadline.
        async go accept()
        {
            for (; ; )
            {
                var (s, err) = await ln.Accept();
                if (err == null)
                {
                    Interlocked.Increment(ref accepted);
                    t.equal(await s!.Close(), "<nil>");
                }
                else if (timeout_test.isDeadlineExceeded(err))
                {
                    break;
                }
                else
                {
                    t.equal(err, $"accept tcp {addr}: accept4: {emfile}");
                    Interlocked.Increment(ref acceptRefused);
                    await time.Sleep(time.Millisecond);
                }
            }
        }

        // works makes every call once, and expects no error.
        async go works()
        {
            for (var i = 0; i < calls.Length; i++)
            {
                var close = await open(i);
                if (close == null)
                {
                    t.Errorf($"no descriptor: {calls[i].refused}");
                    continue;
                }
                t.equal(await close(), "<nil>");
            }
        }

        var limit = rlimit.get().Cur;
        for (var round = 0; round < (testing.Short() ? 2 : 10); round++)
        {
            // Everything works; a connection is in the queue.
            await works();
            t.equal(ln.SetDeadline(noDeadline), "<nil>");
            var wg = new sync.WaitGroup();
            var acceptor = new sync.WaitGroup();
            rlimit.set(highest() + 60);
            try
            {
                // All descriptors are taken, until each call is refused, of whoever makes it.
                const int takers = 4;
                var held = new List<Func<go<error?>>>[takers * calls.Length];
                wg.Add(held.Length);
                for (var i = 0; i < held.Length; i++)
                {
                    var (call, mine) = (i % calls.Length, held[i] = []);
                    builtin.go(async () =>
                    {
                        while (await open(call) is { } close)
                        {
                            mine.Add(close);
                        }
                        wg.Done();
                    });
                }
                await wg.Wait();
                var before = acceptRefused;
                acceptor.Add(1);
                builtin.go(async () =>
                {
                    await accept();
                    acceptor.Done();
                });
                await t.until(() => Volatile.Read(ref acceptRefused) > before, "Accept is refused");

                // Now they are given back and taken again.
                wg.Add(held.Length);
                for (var i = 0; i < held.Length; i++)
                {
                    var (call, mine, rand) = (i % calls.Length, held[i], new Random(i));
                    builtin.go(async () =>
                    {
                        for (var k = 0; k < 200; k++)
                        {
                            var close = await open(call);
                            if (close != null)
                            {
                                mine.Add(close);
                            }
                            while (mine.Count > 0 && (close == null || rand.Next(2) == 0))
                            {
                                close = mine[^1];
                                mine.RemoveAt(mine.Count - 1);
                                t.equal(await close(), "<nil>");
                            }
                            await runtime.Gosched();
                        }
                        foreach (var close in mine)
                        {
                            t.equal(await close(), "<nil>");
                        }
                        wg.Done();
                    });
                }
                await wg.Wait();
            }
            finally
            {
                rlimit.set(limit);
            }
            await t.until(() => Volatile.Read(ref accepted) == Volatile.Read(ref dialed), "all connections are accepted");
            t.equal(ln.SetDeadline(time.Unix(1, 0)), "<nil>");
            await acceptor.Wait();
        }
    });

    // highest is the highest descriptor that is open.
    private static uint64 highest()
    {
        uint64 n = 0;
        foreach (var fd in new DirectoryInfo("/proc/self/fd").GetFiles())
        {
            n = Math.Max(n, uint64.Parse(fd.Name));
        }
        return n;
    }

    /// <summary>Signals interrupt system calls of all threads, while connections and a pipe carry bytes.</summary>
    [Test]
    public Task TestStormSignals() => main_test.Run(static async t =>
    {
        var ln = await newTCPListener(t);
        // Little to do, so that the poller waits most of the time.
        var busy = new load(t, ln, 4, 5 * time.Millisecond);
        // A pipe that blocks: its reads and writes are interrupted themselves, not the poller.
        var p = new int[2];
        Assert.That(syscall.Pipe2(p, syscall.O_CLOEXEC), Is.Null);
        var (r, w) = (os.NewFile((uintptr)p[0], "|0")!, os.NewFile((uintptr)p[1], "|1")!);
        var stop = new atomic.Bool[1];
        var wg = new sync.WaitGroup();
        wg.Add(2);
        builtin.go(async () =>
        {
            for (var off = 0; !stop[0].Load(); off = (off + 1000) % 1_000_000)
            {
                var (n, err) = await w.Write(text[off..(off + 1000)]);
                if (n != 1000 || err != null)
                {
                    t.Errorf($"Write = {n}, {err?.Error()}");
                    break;
                }
                await time.Sleep(100 * time.Microsecond);
            }
            t.equal(await w.Close(), "<nil>");
            wg.Done();
        });
        builtin.go(async () =>
        {
            Memory<byte> b = new byte[1000];
            for (var off = 0; ; off = (off + 1000) % 1_000_000)
            {
                var (n, err) = await io.ReadFull(r, b);
                if (err == io.EOF)
                {
                    break;
                }
                if (err != null || !b.Span.SequenceEqual(text.AsSpan(off, 1000)))
                {
                    t.Errorf($"Read = {n}, {err?.Error()}");
                    break;
                }
            }
            t.equal(await r.Close(), "<nil>");
            wg.Done();
        });

        await Task.Run(static () => signals.storm(testing.Short() ? 1000 : 10_000));
        stop[0].Store(true);
        await wg.Wait();
        await busy.Stop();
    });

    /// <summary>The same without timers: the poller waits without limit, and tries again when it is interrupted.</summary>
    [Test]
    public Task TestStormSignalsWithoutTimers() => main_test.Run(static async t =>
    {
        var ln = await newTCPListener(t);
        var server = new load(t, ln, 0, 0);
        var addr = System.Net.IPEndPoint.Parse(ln.Addr()!.String());
        await Task.Run(() =>
        {
            var stop = false;
            var client = Task.Run(() =>
            {
                using var s = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                s.Connect(addr);
                for (var off = 0; !Volatile.Read(ref stop); off = (off + 1000) % 1_000_000)
                {
                    echoServer.roundTrip(s, text.AsSpan(off, 1000));
                }
            });
            try
            {
                signals.storm(testing.Short() ? 1000 : 10_000);
            }
            finally
            {
                Volatile.Write(ref stop, true);
            }
            client.Wait();
        });
        await server.Stop();
    });

    /// <summary>One collection after the other, while connections are made, carry bytes and are closed.</summary>
    [Test]
    public Task TestStormGC() => main_test.Run(static async t =>
    {
        var ln = await newTCPListener(t);
        var busy = new load(t, ln, 16, 0);
        var cycles = testing.Short() ? 30 : 300;
        var before = runtime.memstats.numgc;
        try
        {
            for (var i = 0; i < cycles; i++)
            {
                runtime.debug.gccheckmark = i % 3 == 0 ? 1 : 0;
                await runtime.GC();
                var work = runtime.work;
                Assert.That(Math.Max(work.heap0, Math.Max(work.heap1, work.heap2)), Is.LessThan(1UL << 40));
            }
        }
        finally
        {
            runtime.debug.gccheckmark = 0;
        }
        Assert.That(runtime.memstats.numgc - before, Is.GreaterThanOrEqualTo(cycles));
        await busy.Stop();
    });

    // load is connections that echo bytes, and are closed and made anew.
    private sealed class load
    {
        private readonly testing.T t;
        private readonly TCPListener ln;
        private readonly atomic.Bool[] stop = new atomic.Bool[1];
        private readonly sync.WaitGroup clients = new();
        private readonly sync.WaitGroup servers = new();
        private readonly sync.WaitGroup acceptor = new();

        // Each of n clients pauses up to so long after each write.
        internal load(testing.T t, TCPListener ln, int n, time.Duration pause)
        {
            (this.t, this.ln) = (t, ln);
            acceptor.Add(1);
            builtin.go(accept);
            clients.Add(n);
            for (var i = 0; i < n; i++)
            {
                var rand = new Random(i);
                builtin.go(async () =>
                {
                    // Each makes one connection at least.
                    do
                    {
                        await client(rand, pause);
                    }
                    while (!stop[0].Load() && !t.Failed());
                    clients.Done();
                });
            }
        }

        internal async go Stop()
        {
            stop[0].Store(true);
            await clients.Wait();
            await ln.Close();
            await acceptor.Wait();
            await servers.Wait();
        }

        private async go accept()
        {
            for (; ; )
            {
                var (s, err) = await ln.AcceptTCP();
                if (err != null)
                {
                    if (!errors.Is(err, ErrClosed))
                    {
                        t.Error(err);
                    }
                    break;
                }
                servers.Add(1);
                builtin.go(async () =>
                {
                    await echo(s!);
                    servers.Done();
                });
            }
            acceptor.Done();
        }

        private async go echo(TCPConn s)
        {
            Memory<byte> b = new byte[5000];
            for (; ; )
            {
                var (n, err) = await s.Read(b);
                if (err == io.EOF)
                {
                    break;
                }
                if (err != null)
                {
                    t.Error(err);
                    break;
                }
                (_, err) = await s.Write(b[..n]);
                if (err != null)
                {
                    t.Error(err);
                    break;
                }
            }
            t.equal(await s.Close(), "<nil>");
        }

        private async go client(Random rand, time.Duration pause)
        {
            var (c, err) = await DialTCP("tcp", null, (TCPAddr)ln.Addr()!);
            if (err != null)
            {
                t.Error(err);
                return;
            }
            t.equal(c!.SetDeadline(time.Now().Add(time.Hour)), "<nil>");
            var n = rand.Next(1, 500_000);
            var b = text.AsMemory(rand.Next(text.Length - n), n);
            var w = new Random(rand.Next());
            var wg = new sync.WaitGroup();
            wg.Add(1);
            builtin.go(async () =>
            {
                await writeStream(t, c, b, w, false, pause);
                t.equal(c.CloseWrite(), "<nil>");
                wg.Done();
            });
            await readStream(t, c, b, new atomic.Int64[1], false);
            (n, err) = await c.Read(new byte[1]);
            if (n != 0 || err != io.EOF)
            {
                t.Errorf($"Read = {n}, {err?.Error()}; want 0, EOF");
            }
            await wg.Wait();
            t.equal(await c.Close(), "<nil>");
        }
    }

    // signals sends signals to all threads of the process.
    private static partial class signals
    {
        private const int SIGURG = 23; // ignored if there is no handler

        [LibraryImport("libc")]
        private static partial nint signal(int sig, nint handler);

        [LibraryImport("libc")]
        private static partial int siginterrupt(int sig, int flag);

        [LibraryImport("libc")]
        private static partial int tgkill(int pid, int tid, int sig);

        [LibraryImport("libc", SetLastError = true)]
        private static partial nint read(int fd, ref byte b, nint n);

        // storm sends n signals to each thread. It runs on a thread that is none of the runtime's.
        internal static void storm(int n)
        {
            // The handler is a function that does nothing to speak of, and siginterrupt takes SA_RESTART away.
            var handler = NativeLibrary.GetExport(NativeLibrary.Load("libc", typeof(signals).Assembly, null), "abs");
            var old = signal(SIGURG, handler);
            Assert.That(siginterrupt(SIGURG, 1), Is.Zero);
            // A thread that shows that system calls are interrupted.
            var p = new int[2];
            Assert.That(syscall.Pipe2(p, syscall.O_CLOEXEC), Is.Null);
            var interrupted = 0;
            var reader = new Thread(() =>
            {
                byte b = 0;
                while (read(p[0], ref b, 1) < 0 && Marshal.GetLastPInvokeError() == 4) // EINTR
                {
                    interrupted++;
                }
            });
            reader.Start();
            try
            {
                for (var i = 0; i < n; i++)
                {
                    foreach (var task in new DirectoryInfo("/proc/self/task").GetDirectories())
                    {
                        // A thread may have ended meanwhile.
                        tgkill(Environment.ProcessId, int.Parse(task.Name), SIGURG);
                    }
                }
            }
            finally
            {
                syscall.Close(p[1]);
                reader.Join();
                syscall.Close(p[0]);
                signal(SIGURG, old);
                siginterrupt(SIGURG, 0);
            }
            Assert.That(interrupted, Is.Positive);
        }
    }
}
