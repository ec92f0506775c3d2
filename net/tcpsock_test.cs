// Ports src/net/tcpsock_test.go of go1.20, and what of tcpsock_unix_test.go, protoconn_test.go, port_test.go
// and sock_linux_test.go is about TCP.
using System.Threading;
using System.Threading.Tasks;
using static golang.error_test;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>TCP.</summary>
[TestFixture]
public class tcpsock_test
{
    private static readonly (string network, string litAddrOrName, TCPAddr? addr, error? err)[] resolveTCPAddrTests =
    [
        ("tcp", "127.0.0.1:0", new TCPAddr { IP = IPv4(127, 0, 0, 1), Port = 0 }, null),
        ("tcp4", "127.0.0.1:65535", new TCPAddr { IP = IPv4(127, 0, 0, 1), Port = 65535 }, null),

        ("tcp", "[::1]:0", new TCPAddr { IP = ParseIP("::1"), Port = 0 }, null),
        ("tcp6", "[::1]:65535", new TCPAddr { IP = ParseIP("::1"), Port = 65535 }, null),

        ("tcp", "[::1%en0]:1", new TCPAddr { IP = ParseIP("::1"), Port = 1, Zone = "en0" }, null),
        ("tcp6", "[::1%911]:2", new TCPAddr { IP = ParseIP("::1"), Port = 2, Zone = "911" }, null),

        ("", "127.0.0.1:0", new TCPAddr { IP = IPv4(127, 0, 0, 1), Port = 0 }, null), // Go 1.0 behavior
        ("", "[::1]:0", new TCPAddr { IP = ParseIP("::1"), Port = 0 }, null), // Go 1.0 behavior

        ("tcp", ":12345", new TCPAddr { Port = 12345 }, null),

        ("http", "127.0.0.1:0", null, new UnknownNetworkError("http")),

        ("tcp", "127.0.0.1:http", new TCPAddr { IP = ParseIP("127.0.0.1"), Port = 80 }, null),
        ("tcp", "[::ffff:127.0.0.1]:http", new TCPAddr { IP = ParseIP("::ffff:127.0.0.1"), Port = 80 }, null),
        ("tcp", "[2001:db8::1]:http", new TCPAddr { IP = ParseIP("2001:db8::1"), Port = 80 }, null),
        ("tcp4", "127.0.0.1:http", new TCPAddr { IP = ParseIP("127.0.0.1"), Port = 80 }, null),
        ("tcp4", "[::ffff:127.0.0.1]:http", new TCPAddr { IP = ParseIP("127.0.0.1"), Port = 80 }, null),
        ("tcp6", "[2001:db8::1]:http", new TCPAddr { IP = ParseIP("2001:db8::1"), Port = 80 }, null),

        ("tcp4", "[2001:db8::1]:http", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "2001:db8::1" }),
        ("tcp6", "127.0.0.1:http", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "127.0.0.1" }),
        ("tcp6", "[::ffff:127.0.0.1]:http", null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = "::ffff:127.0.0.1" }),

        // From main_test.go.
        ("tcp", "[::]:4", new TCPAddr { IP = IPv6unspecified, Port = 4 }, null),
    ];

    private static bool equal(TCPAddr? a, TCPAddr? b)
    {
        if (a == null || b == null)
        {
            return a == b;
        }
        return a.IP.Span.SequenceEqual(b.IP.Span) && a.IP == null == (b.IP == null) && a.Port == b.Port && a.Zone == b.Zone;
    }

    /// <summary>Literals become addresses.</summary>
    [Test]
    public Task TestResolveTCPAddr() => main_test.Run(static async t =>
    {
        foreach (var tt in resolveTCPAddrTests)
        {
            var (addr, err) = await ResolveTCPAddr(tt.network, tt.litAddrOrName);
            if (!equal(addr, tt.addr) || err?.GetType() != tt.err?.GetType() || err?.Error() != tt.err?.Error())
            {
                t.Errorf($"ResolveTCPAddr({tt.network}, {tt.litAddrOrName}) = {addr?.String()}, {err?.Error()}, want {tt.addr?.String()}, {tt.err?.Error()}");
                continue;
            }
            if (err == null)
            {
                (var addr2, err) = await ResolveTCPAddr(addr!.Network(), addr.String());
                if (!equal(addr2, tt.addr) || err != null)
                {
                    t.Errorf($"ResolveTCPAddr({addr.Network()}, {addr.String()}) = {addr2?.String()}, {err?.Error()}, want {tt.addr?.String()}");
                }
            }
        }
    });

    /// <summary>A listener with port 0 has a port.</summary>
    [Test]
    public Task TestTCPListenerName() => main_test.Run(static async t =>
    {
        foreach (var laddr in new[] { new TCPAddr { IP = IPv4(127, 0, 0, 1) }, new TCPAddr(), null })
        {
            var (ln, err) = await ListenTCP("tcp4", laddr);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(ln!);
            if (ln!.Addr() is not TCPAddr a || a.Port == 0)
            {
                t.Fatalf($"got {ln.Addr()?.String()}; expected a proper address with non-zero port number");
            }
        }
    });

    /// <summary>Many goroutines accept.</summary>
    [Test]
    public Task TestTCPConcurrentAccept() => main_test.Run(static async t =>
    {
        var old = await runtime.GOMAXPROCS(4);
        t.Cleanup(async () => { await runtime.GOMAXPROCS(old); });
        var ln = await newLocalListener(t, "tcp");
        const int N = 10;
        var accepted = 0;
        var wg = new sync.WaitGroup();
        wg.Add(N);
        for (var i = 0; i < N; i++)
        {
            builtin.go(async () =>
            {
                for (; ; )
                {
                    var (c, err) = await ln.Accept();
                    if (err != null)
                    {
                        break;
                    }
                    Interlocked.Increment(ref accepted);
                    await c!.Close();
                }
                wg.Done();
            });
        }
        const int attempts = 10 * N;
        for (var i = 0; i < attempts; i++)
        {
            var (c, err) = await Dial("tcp", ln.Addr()!.String());
            if (err != null)
            {
                t.Error(err);
            }
            else
            {
                // The server closes, so it has accepted.
                Assert.That((await c!.Read(new byte[1])).err, Is.SameAs(io.EOF));
                await c.Close();
            }
        }
        await ln.Close();
        await wg.Wait();
        Assert.That(accepted, Is.EqualTo(attempts));
    });

    // TestTCPReadWriteAllocs is in alloc_test.cs.

    /// <summary>Messages to and fro, and nothing gets lost.</summary>
    [Test]
    public Task TestTCPStress() => main_test.Run(static async t =>
    {
        const int conns = 2;
        const int msgLen = 512;
        var msgs = testing.Short() ? 100 : 10000;

        async go<bool> sendMsg(Conn c, Memory<byte> buf)
        {
            var (n, err) = await c.Write(buf);
            if (n != buf.Length || err != null)
            {
                t.Errorf($"Write = {n}, {err?.Error()}");
                return false;
            }
            return true;
        }
        async go<bool> recvMsg(Conn c, Memory<byte> buf)
        {
            for (var read = 0; read != buf.Length;)
            {
                var (n, err) = await c.Read(buf[read..]);
                read += n;
                if (err != null)
                {
                    t.Errorf($"Read = {n}, {err.Error()}");
                    return false;
                }
            }
            return true;
        }

        var ln = await newLocalListener(t, "tcp");
        var done = new sync.WaitGroup();
        done.Add(1);
        // Acceptor.
        builtin.go(async () =>
        {
            for (; ; )
            {
                var (c, err) = await ln.Accept();
                if (err != null)
                {
                    break;
                }
                done.Add(1);
                // Server connection.
                builtin.go(async () =>
                {
                    Memory<byte> buf = new byte[msgLen];
                    for (var m = 0; m < msgs; m++)
                    {
                        if (!await recvMsg(c!, buf) || !await sendMsg(c!, buf))
                        {
                            break;
                        }
                    }
                    await c!.Close();
                    done.Done();
                });
            }
            done.Done();
        });
        var clients = new sync.WaitGroup();
        clients.Add(conns);
        for (var i = 0; i < conns; i++)
        {
            // Client connection.
            var id = i;
            builtin.go(async () =>
            {
                var c = await dial(t, ln);
                Memory<byte> buf = new byte[msgLen];
                for (var m = 0; m < msgs; m++)
                {
                    BitConverter.TryWriteBytes(buf.Span, m * conns + id);
                    if (!await sendMsg(c, buf))
                    {
                        break;
                    }
                    buf.Span.Clear();
                    if (!await recvMsg(c, buf))
                    {
                        break;
                    }
                    if (BitConverter.ToInt32(buf.Span) != m * conns + id)
                    {
                        t.Errorf($"message {m} came back as {BitConverter.ToInt32(buf.Span)}");
                        break;
                    }
                }
                await c.Close();
                clients.Done();
            });
        }
        await clients.Wait();
        await ln.Close();
        await done.Wait();
    });

    /// <summary>A dial to where nobody listens does not connect to itself.</summary>
    [Test]
    public Task TestTCPSelfConnect() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        var d = new Dialer();
        var (c, err) = await d.Dial(ln.Addr()!.Network(), ln.Addr()!.String());
        if (err != null)
        {
            await ln.Close();
            t.Fatal(err);
        }
        var network = c!.LocalAddr()!.Network();
        var laddr = (TCPAddr)c.LocalAddr()!;
        await c.Close();
        await ln.Close();

        // Dial that address again and again.
        for (var i = 0; i < 1000; i++)
        {
            d.Timeout = time.Millisecond;
            (c, err) = await d.Dial(network, laddr.String());
            if (err == null)
            {
                var addr = (TCPAddr)c!.LocalAddr()!;
                if (addr.Port == laddr.Port || addr.IP.Equal(laddr.IP))
                {
                    t.Errorf($"Dial {addr.String()} should fail");
                }
                await c.Close();
            }
        }
    });

    /// <summary>selfConnect and the second try of the dialer, with a connection that has one address twice.</summary>
    [Test]
    public Task TestSelfConnectRetry() => main_test.Run(static async t =>
    {
        var (sfd, err) = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM | syscall.SOCK_CLOEXEC, 0);
        Assert.That(err, Is.Null);
        var sa = new syscall.SockaddrInet4();
        new byte[] { 127, 0, 0, 1 }.CopyTo(sa.Addr);
        Assert.That(syscall.Bind(sfd, sa), Is.Null);
        var (name, _) = syscall.Getsockname(sfd);
        var port = ((syscall.SockaddrInet4)name!).Port;
        syscall.Close(sfd);

        // Every socket is bound to the port that is dialed, which is what the kernel may do by itself.
        var orig = connectFunc;
        t.Cleanup(async () => { connectFunc = orig; });
        var calls = 0;
        connectFunc = (fd, ra) =>
        {
            calls++;
            syscall.SetsockoptInt(fd, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1);
            if (calls < 3 && syscall.Bind(fd, ra) is error berr)
            {
                return berr;
            }
            return orig(fd, ra);
        };
        var (c, derr) = await Dial("tcp", $"127.0.0.1:{port}");
        Assert.That(c, Is.Null);
        t.equal(derr, $"dial tcp 127.0.0.1:{port}: connect: connection refused");
        Assert.That(calls, Is.EqualTo(3));
    });

    /// <summary>A Write and a Read of much more than the system's buffers hold; Go's is of 5 GB.</summary>
    [Test]
    public Task TestTCPBig() => main_test.Run(static async t =>
    {
        const int x = (40 << 20) + 1;
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var done = new sync.WaitGroup();
        done.Add(1);
        builtin.go(async () =>
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                t.Error(err);
            }
            else
            {
                var buf = new byte[x];
                for (var i = 0; i < x; i++)
                {
                    buf[i] = (byte)(i * 2654435761L >> 24);
                }
                (var n, err) = await c!.Write(buf);
                if (n != buf.Length || err != null)
                {
                    t.Errorf($"Write(buf) = {n}, {err?.Error()}, want {x}, nil");
                }
                await c.Close();
            }
            done.Done();
        });

        var c = await dial(t, ln);
        t.Cleanup(c);
        var rbuf = new byte[x];
        var (rn, rerr) = await io.ReadFull(c, rbuf);
        if (rn != x || rerr != null)
        {
            t.Errorf($"Read(buf) = {rn}, {rerr?.Error()}, want {x}, nil");
        }
        for (var i = 0; i < x; i++)
        {
            if (rbuf[i] != (byte)(i * 2654435761L >> 24))
            {
                t.Fatalf($"byte {i} is wrong");
            }
        }
        Assert.That((await c.Read(rbuf)).err, Is.SameAs(io.EOF));
        await done.Wait();
    });

    /// <summary>From a pipe into a connection.</summary>
    [Test]
    public Task TestCopyPipeIntoTCP() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var arrived = 0;
        var wg = new sync.WaitGroup();
        wg.Add(2);
        builtin.go(async () =>
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                t.Error(err);
            }
            else
            {
                Memory<byte> buf = new byte[100];
                for (var n = 0; ; n++)
                {
                    (var m, err) = await c!.Read(buf[..1]);
                    if (err != null)
                    {
                        if (err != io.EOF || n != 2)
                        {
                            t.Errorf($"got err={err.Error()} n={n}; want EOF, n=2");
                        }
                        break;
                    }
                    Interlocked.Add(ref arrived, m);
                }
                await c.Close();
            }
            wg.Done();
        });

        var c = await dial(t, ln);
        t.Cleanup(c);
        var (r, w, err1) = os.Pipe();
        if (err1 != null)
        {
            t.Fatal(err1);
        }
        builtin.go(async () =>
        {
            var (n, err) = await io.Copy(c, r!);
            if (n != 2 || err != null)
            {
                t.Errorf($"Copy = {n}, {err?.Error()}");
            }
            c.CloseWrite();
            wg.Done();
        });

        // Two packets.
        Memory<byte> packet = new byte[1];
        t.equal((await w!.Write(packet)).err, "<nil>");
        await t.until(() => Volatile.Read(ref arrived) == 1, "the first packet arrives");
        t.equal((await w.Write(packet)).err, "<nil>");
        await w.Close();
        await wg.Wait();
        await r!.Close();
    });

    /// <summary>Keep-alive messages by default.</summary>
    [Test]
    public Task TestDialTCPDefaultKeepAlive() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        time.Duration got = -1;
        var orig = testHookSetKeepAlive;
        t.Cleanup(async () => { testHookSetKeepAlive = orig; });
        testHookSetKeepAlive = d => got = d;

        var (c, err) = await DialTCP("tcp", null, (TCPAddr)ln.Addr()!);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);
        if (got != defaultTCPKeepAlive)
        {
            t.Errorf($"got keepalive {got}; want {defaultTCPKeepAlive}");
        }
    });

    /// <summary>A dial never reports a connection that is not there (tcpsock_unix_test.go).</summary>
    [Test]
    public Task TestTCPSpuriousConnSetupCompletion() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        var wg = new sync.WaitGroup();
        wg.Add(1);
        builtin.go(async () =>
        {
            for (; ; )
            {
                var (c, err) = await ln.Accept();
                if (err != null)
                {
                    break;
                }
                wg.Add(1);
                builtin.go(async () =>
                {
                    await c!.Read(new byte[1]);
                    await c.Close();
                    wg.Done();
                });
            }
            wg.Done();
        });

        const int attempts = 1000; // larger is better
        wg.Add(attempts);
        var throttle = builtin.makechan<@struct>(await runtime.GOMAXPROCS(-1) * 2);
        for (var n = 0; n < attempts; n++)
        {
            await throttle.Send(default);
            var i = n;
            builtin.go(async () =>
            {
                var d = new Dialer { Timeout = 50 * time.Millisecond };
                var (c, err) = await d.Dial(ln.Addr()!.Network(), ln.Addr()!.String());
                if (err != null)
                {
                    if (parseDialError(err) is error perr)
                    {
                        t.Errorf($"#{i}: {perr.Error()} (original error: {err.Error()})");
                    }
                }
                else
                {
                    (_, err) = await c!.Write(new byte[1]);
                    if (err != null)
                    {
                        if (parseWriteError(err) is error perr)
                        {
                            t.Errorf($"#{i}: {perr.Error()}");
                        }
                        if (samePlatformError(err, syscall.ENOTCONN))
                        {
                            t.Errorf($"#{i}: {err.Error()}");
                        }
                    }
                    await c.Close();
                }
                await throttle.Recv();
                wg.Done();
            });
        }

        await ln.Close();
        await wg.Wait();
    });

    /// <summary>The methods of TCPListener (protoconn_test.go).</summary>
    [Test]
    public Task TestTCPListenerSpecificMethods() => main_test.Run(static async t =>
    {
        var (la, err) = await ResolveTCPAddr("tcp4", "127.0.0.1:0");
        if (err != null)
        {
            t.Fatal(err);
        }
        (var ln, err) = await ListenTCP("tcp4", la);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(ln!);
        ln!.Addr();
        t.equal(ln.SetDeadline(time.Now().Add(30 * time.Nanosecond)), "<nil>");

        (_, err) = await ln.Accept();
        Assert.That(timeout_test.isDeadlineExceeded(err));
        (_, err) = await ln.AcceptTCP();
        Assert.That(timeout_test.isDeadlineExceeded(err));

        // A copy of the listener, of which FileListener makes another one that works.
        (var f, err) = ln.File();
        if (err != null)
        {
            t.Fatal(err);
        }
        (var ln2, err) = await FileListener(f!);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.equal(await f!.Close(), "<nil>");
        t.equal(ln2!.Addr()!.String(), ln.Addr()!.String());
        var c = await dial(t, ln2);
        (var s, err) = await ln2.Accept();
        t.equal(err, "<nil>");
        await s!.Close();
        await c.Close();
        t.equal(await ln2.Close(), "<nil>");

        var (rc, rerr) = ln.SyscallConn();
        t.equal(rerr, "<nil>");
        nuint fd = 0;
        t.equal(rc!.Control(x => fd = x), "<nil>");
        Assert.That((int)fd, Is.EqualTo(ln.fd.pfd.Sysfd));
    });

    /// <summary>The methods of TCPConn (protoconn_test.go).</summary>
    [Test]
    public Task TestTCPConnSpecificMethods() => main_test.Run(static async t =>
    {
        var (la, err) = await ResolveTCPAddr("tcp4", "127.0.0.1:0");
        if (err != null)
        {
            t.Fatal(err);
        }
        (var ln, err) = await ListenTCP("tcp4", la);
        if (err != null)
        {
            t.Fatal(err);
        }
        var ch = builtin.makechan<error>(1);
        var ls = new localServer(ln!);
        t.Cleanup(ls.teardown);
        ls.buildup(t, (ls, ln) => ls.transponder(ln, ch));

        (var ra, err) = await ResolveTCPAddr("tcp4", ls.Listener.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        (var c, err) = await DialTCP("tcp4", null, ra);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);
        int option(int level, int name)
        {
            var (v, oerr) = c!.fd.pfd.getsockopt(level, name);
            t.equal(oerr, "<nil>");
            return v;
        }
        // What Dial has set.
        Assert.That(option(syscall.SOL_SOCKET, syscall.SO_KEEPALIVE), Is.EqualTo(1));
        Assert.That(option(syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL), Is.EqualTo(15));
        Assert.That(option(syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE), Is.EqualTo(15));
        Assert.That(option(syscall.IPPROTO_TCP, syscall.TCP_NODELAY), Is.Not.Zero);

        t.equal(c!.SetKeepAlive(false), "<nil>");
        Assert.That(option(syscall.SOL_SOCKET, syscall.SO_KEEPALIVE), Is.Zero);
        t.equal(c.SetKeepAlivePeriod(2 * time.Second + 1), "<nil>");
        Assert.That(option(syscall.IPPROTO_TCP, syscall.TCP_KEEPINTVL), Is.EqualTo(3));
        Assert.That(option(syscall.IPPROTO_TCP, syscall.TCP_KEEPIDLE), Is.EqualTo(3));
        t.equal(c.SetLinger(0), "<nil>");
        t.equal(c.SetNoDelay(false), "<nil>");
        Assert.That(option(syscall.IPPROTO_TCP, syscall.TCP_NODELAY), Is.Zero);
        t.equal(c.SetReadBuffer(65536), "<nil>");
        Assert.That(option(syscall.SOL_SOCKET, syscall.SO_RCVBUF), Is.EqualTo(2 * 65536));
        t.equal(c.SetWriteBuffer(65536), "<nil>");
        Assert.That(option(syscall.SOL_SOCKET, syscall.SO_SNDBUF), Is.EqualTo(2 * 65536));
        Assert.That(c.LocalAddr(), Is.InstanceOf<TCPAddr>());
        t.equal(c.RemoteAddr()!.String(), ra!.String());
        t.equal(c.SetDeadline(time.Now().Add(someTimeout)), "<nil>");
        t.equal(c.SetReadDeadline(time.Now().Add(someTimeout)), "<nil>");
        t.equal(c.SetWriteDeadline(time.Now().Add(someTimeout)), "<nil>");

        t.equal((await c.Write("TCPCONN TEST"u8.ToArray())).err, "<nil>");
        Memory<byte> rb = new byte[128];
        (var n, err) = await c.Read(rb);
        t.equal(err, "<nil>");
        t.equal(System.Text.Encoding.UTF8.GetString(rb.Span[..n]), "TCPCONN TEST");

        for (var (e, ok) = await ch.Recv2(); ok; (e, ok) = await ch.Recv2())
        {
            t.Error(e);
        }

        // A copy of the connection.
        (var f, err) = c.File();
        t.equal(err, "<nil>");
        (var c2, err) = await FileConn(f!);
        t.equal(err, "<nil>");
        t.equal(await f!.Close(), "<nil>");
        t.equal(c2!.LocalAddr()!.String(), c.LocalAddr()!.String());
        t.equal(c2.RemoteAddr()!.String(), c.RemoteAddr()!.String());
        Assert.That(c2, Is.InstanceOf<TCPConn>());
        t.equal(await c2.Close(), "<nil>");
    });

    private static readonly (string service, int port, bool needsLookup)[] parsePortTests =
    [
        ("", 0, false),

        // Decimal number literals
        ("-1073741825", -1 << 30, false),
        ("-1073741824", -1 << 30, false),
        ("-1073741823", -((1 << 30) - 1), false),
        ("-123456789", -123456789, false),
        ("-1", -1, false),
        ("-0", 0, false),
        ("0", 0, false),
        ("+0", 0, false),
        ("+1", 1, false),
        ("65535", 65535, false),
        ("65536", 65536, false),
        ("123456789", 123456789, false),
        ("1073741822", (1 << 30) - 2, false),
        ("1073741823", (1 << 30) - 1, false),
        ("1073741824", (1 << 30) - 1, false),
        ("1073741825", (1 << 30) - 1, false),

        // Others
        ("abc", 0, true),
        ("9pfs", 0, true),
        ("123badport", 0, true),
        ("bad123port", 0, true),
        ("badport123", 0, true),
        ("123456789badport", 0, true),
        ("-2147483649badport", 0, true),
        ("2147483649badport", 0, true),
    ];

    /// <summary>Numbers of ports, and what is none (port_test.go).</summary>
    [Test]
    public void TestParsePort()
    {
        foreach (var tt in parsePortTests)
        {
            Assert.That(parsePort(tt.service), Is.EqualTo((tt.port, tt.needsLookup)), tt.service);
        }
    }

    /// <summary>The backlog of a kernel that is not very old (sock_linux_test.go).</summary>
    [Test]
    public void TestMaxAckBacklog()
    {
        var v = Environment.OSVersion.Version;
        var expected = v.Major > 4 || (v.Major == 4 && v.Minor >= 1) ? 196602 : (1 << 16) - 1;
        Assert.That(maxAckBacklog(196602), Is.EqualTo(expected));
    }
}

internal static class sockopts
{
    // getsockopt reads an option, which package net does only while it dials.
    internal static (int, error?) getsockopt(this poll.FD fd, int level, int name)
    {
        return syscall.GetsockoptInt(fd.Sysfd, level, name);
    }
}
