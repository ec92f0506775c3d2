// Ports src/net/error_test.go of go1.20, and error_posix_test.go and error_unix_test.go, as far as TCP and Unix sockets go.
//
// The texts in Test...Texts are what a program built with Go prints for the same calls.
using System.Threading;
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>The errors: their types, and their texts to the letter.</summary>
[TestFixture]
public class error_test
{
    // From error_unix_test.go.
    internal static readonly error errTimedout = syscall.ETIMEDOUT;
    internal static readonly error errOpNotSupported = syscall.EOPNOTSUPP;

    internal static bool isPlatformError(error? err)
    {
        return err is syscall.Errno;
    }

    internal static bool samePlatformError(error? err, syscall.Errno want)
    {
        if (err is OpError op)
        {
            err = op.Err;
        }
        if (err is os.SyscallError sys)
        {
            err = sys.Err;
        }
        return err == want;
    }

    internal static error? isValid(OpError e)
    {
        if (e.Op == "")
        {
            return errors.New("OpError.Op is empty: " + e.Error());
        }
        if (e.Net == "")
        {
            return errors.New("OpError.Net is empty: " + e.Error());
        }
        foreach (var addr in new[] { e.Source, e.Addr })
        {
            switch (addr)
            {
                case null:
                case TCPAddr:
                case UDPAddr:
                case IPAddr:
                case IPNet:
                case UnixAddr:
                    break;
                case fileAddr f:
                    if (f.String() == "")
                    {
                        return errors.New("OpError.Source or Addr is empty: " + e.Error());
                    }
                    break;
                default:
                    return errors.New($"OpError.Source or Addr is unknown type: {addr.GetType()}, {e.Error()}");
            }
        }
        if (e.Err == null)
        {
            return errors.New("OpError.Err is empty: " + e.Op);
        }
        return null;
    }

    // parse is what the parse...Error functions of Go have in common. second says whether an error may
    // stand in an OpError.
    private static error? parse(error? nestedErr, Func<error, bool> second, bool eof = false)
    {
        if (nestedErr == null)
        {
            return null;
        }
        if (nestedErr is OpError err)
        {
            if (isValid(err) is error invalid)
            {
                return invalid;
            }
            nestedErr = err.Err!;
        }
        else if (eof && nestedErr == io.EOF)
        {
            return null;
        }
        else
        {
            return errors.New($"unexpected type on 1st nested level: {nestedErr.GetType()}");
        }
        if (isPlatformError(nestedErr))
        {
            return null;
        }
        if (second(nestedErr))
        {
            return null;
        }
        if (nestedErr is os.SyscallError sys)
        {
            nestedErr = sys.Err;
            if (isPlatformError(nestedErr))
            {
                return null;
            }
            return errors.New($"unexpected type on 3rd nested level: {nestedErr.GetType()}");
        }
        return errors.New($"unexpected type on 2nd nested level: {nestedErr.GetType()}");
    }

    // parseDialError tells whether an error is one that Dial and Listen may return: null if so.
    internal static error? parseDialError(error? nestedErr)
    {
        return parse(nestedErr, static err =>
            err is AddrError or timeoutError or DNSError or InvalidAddrError or ParseError or poll.DeadlineExceededError or UnknownNetworkError ||
            err == errCanceled || err == ErrClosed || err == errMissingAddress || err == errNoSuitableAddress ||
            err == context.DeadlineExceeded || err == context.Canceled);
    }

    // parseReadError does the same for Read.
    internal static error? parseReadError(error? nestedErr)
    {
        return parse(nestedErr, static err =>
            err == ErrClosed || err == errTimeout || err == poll.ErrNotPollable || err == os.ErrDeadlineExceeded, true);
    }

    // parseWriteError does the same for Write.
    internal static error? parseWriteError(error? nestedErr)
    {
        return parse(nestedErr, static err =>
            err is AddrError or timeoutError or DNSError or InvalidAddrError or ParseError or poll.DeadlineExceededError or UnknownNetworkError ||
            err == errCanceled || err == ErrClosed || err == errMissingAddress || err == errTimeout || err == os.ErrDeadlineExceeded ||
            err == ErrWriteToConnected || err == io.ErrUnexpectedEOF);
    }

    // parseCloseError does the same for Close, CloseRead and CloseWrite.
    internal static error? parseCloseError(error? nestedErr, bool isShutdown)
    {
        if (nestedErr == null)
        {
            return null;
        }

        // Programs look for this text (issues 4373 and 19252).
        const string want = "use of closed network connection";
        if (!isShutdown && !nestedErr.Error().Contains(want))
        {
            return errors.New($"error string \"{nestedErr.Error()}\" does not contain expected string \"{want}\"");
        }
        if (!isShutdown && !errors.Is(nestedErr, ErrClosed))
        {
            return errors.New($"errors.Is({nestedErr.Error()}, errClosed) returns false, want true");
        }
        return parse(nestedErr, static err => err == ErrClosed);
    }

    // parseAcceptError does the same for Accept.
    internal static error? parseAcceptError(error? nestedErr)
    {
        return parse(nestedErr, static err =>
            err == ErrClosed || err == errTimeout || err == poll.ErrNotPollable || err == os.ErrDeadlineExceeded);
    }

    // parseCommonError does the same for other functions.
    internal static error? parseCommonError(error? nestedErr)
    {
        return parse(nestedErr, static err => err == ErrClosed);
    }

    private static readonly (string network, string address)[] dialErrorTests =
    [
        ("foo", ""),
        ("bar", "baz"),
        ("datakit", "mh/astro/r70"),
        ("tcp", ""),
        ("tcp", "127.0.0.1:☺"),
        ("tcp", "no-such-name:80"),
        ("tcp", "mh/astro/r70:http"),

        ("tcp", JoinHostPort("127.0.0.1", "-1")),
        ("tcp", JoinHostPort("127.0.0.1", "123456789")),

        ("unix", "/path/to/somewhere"),
        ("unixgram", "/path/to/somewhere"),
        ("unixpacket", "/path/to/somewhere"),
    ];

    /// <summary>Dial with bad arguments fails, and before connect is called.</summary>
    [Test]
    public Task TestDialError() => main_test.Run(static async t =>
    {
        var orig = connectFunc;
        t.Cleanup(async () => { connectFunc = orig; });
        connectFunc = static (_, _) => errOpNotSupported;

        var d = new Dialer { Timeout = someTimeout };
        for (var i = 0; i < dialErrorTests.Length; i++)
        {
            var tt = dialErrorTests[i];
            var (c, err) = await d.Dial(tt.network, tt.address);
            if (err == null)
            {
                t.Errorf($"#{i}: should fail; {c!.LocalAddr()!.String()}->{c.RemoteAddr()!.String()}");
                await c.Close();
                continue;
            }
            if (tt.network == "tcp" && samePlatformError(err, syscall.EOPNOTSUPP))
            {
                t.Errorf($"#{i}: should fail without {err.Error()}; {tt.network}:{tt.address}->");
                continue;
            }
            if (c != null)
            {
                t.Errorf($"#{i}: Dial returned a connection and {err.Error()}");
            }
            if (parseDialError(err) is error perr)
            {
                t.Errorf($"#{i}: {perr.Error()}");
            }
        }

        // The stand-in works: a good address comes to connect.
        var (c2, err2) = await d.Dial("tcp", "127.0.0.1:1");
        t.equal(err2, "dial tcp 127.0.0.1:1: connect: operation not supported");
        Assert.That(c2, Is.Null);
    });

    /// <summary>Addresses that cannot be: a port too large, a name that is a directory.</summary>
    [Test]
    public Task TestProtocolDialError() => main_test.Run(static async t =>
    {
        var (c, err) = await DialTCP("tcp", null, new TCPAddr { Port = 1 << 16 });
        if (parseDialError(err) is error perr)
        {
            t.Error(perr);
        }
        Assert.That(c, Is.Null);
        t.equal(err, "dial tcp :65536: connect: invalid argument");

        // A name that is a directory.
        foreach (var network in new[] { "unix", "unixpacket", "unixgram" })
        {
            (var c1, err) = await DialUnix(network, null, new UnixAddr { Name = "//" });
            if (err == null)
            {
                await c1!.Close();
                t.Errorf($"{network}: should fail");
                continue;
            }
            if (parseDialError(err) is error perr1)
            {
                t.Errorf($"{network}: {perr1.Error()}");
            }
        }
    });

    /// <summary>Addresses that do not suit the network.</summary>
    [Test]
    public Task TestDialAddrError() => main_test.Run(static async t =>
    {
        if (!await supportsIPv4() || !await supportsIPv6())
        {
            t.Skip("both IPv4 and IPv6 are required");
        }

        foreach (var (network, lit, addr) in new (string, string, TCPAddr?)[]
        {
            ("tcp4", "::1", null),
            ("tcp4", "", new TCPAddr { IP = IPv6loopback }),
            ("tcp6", "", new TCPAddr { IP = new byte[] { 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef } }),
        })
        {
            error? err;
            Conn? c;
            if (lit != "")
            {
                (c, err) = await Dial(network, JoinHostPort(lit, "0"));
            }
            else
            {
                (c, err) = await DialTCP(network, null, addr);
            }
            if (err == null)
            {
                await c!.Close();
                t.Errorf($"{network} {lit} succeeded, want error");
                continue;
            }
            if (parseDialError(err) is error perr)
            {
                t.Error(perr);
                continue;
            }
            if (((OpError)err).Err is not AddrError aerr)
            {
                t.Errorf($"{err.Error()} is no AddrError");
                continue;
            }
            t.equal(aerr.Addr, lit == "" ? addr!.IP.String() : lit);
        }
    });

    private static readonly (string network, string address)[] listenErrorTests =
    [
        ("foo", ""),
        ("bar", "baz"),
        ("datakit", "mh/astro/r70"),
        ("tcp", "127.0.0.1:☺"),
        ("tcp", "no-such-name:80"),
        ("tcp", "mh/astro/r70:http"),

        ("tcp", JoinHostPort("127.0.0.1", "-1")),
        ("tcp", JoinHostPort("127.0.0.1", "123456789")),

        ("unix", "/path/to/somewhere"),
        ("unixpacket", "/path/to/somewhere"),
    ];

    /// <summary>Listen with bad arguments fails, and before listen is called.</summary>
    [Test]
    public Task TestListenError() => main_test.Run(static async t =>
    {
        var orig = listenFunc;
        t.Cleanup(async () => { listenFunc = orig; });
        listenFunc = static (_, _) => errOpNotSupported;

        for (var i = 0; i < listenErrorTests.Length; i++)
        {
            var tt = listenErrorTests[i];
            var (ln, err) = await Listen(tt.network, tt.address);
            if (err == null)
            {
                t.Errorf($"#{i}: should fail; {ln!.Addr()!.String()}->");
                await ln.Close();
                continue;
            }
            if (tt.network == "tcp" && samePlatformError(err, syscall.EOPNOTSUPP))
            {
                t.Errorf($"#{i}: should fail without {err.Error()}; {tt.network}:{tt.address}->");
                continue;
            }
            if (ln != null)
            {
                t.Errorf($"#{i}: Listen returned a listener and {err.Error()}");
            }
            if (parseDialError(err) is error perr)
            {
                t.Errorf($"#{i}: {perr.Error()}");
            }
        }

        // The stand-in works: a good address comes to listen.
        var (ln2, err2) = await Listen("tcp", "127.0.0.1:0");
        t.equal(err2, "listen tcp 127.0.0.1:0: listen: operation not supported");
        Assert.That(ln2, Is.Null);
    });

    /// <summary>Addresses that cannot be: a port too large, a name that is a directory.</summary>
    [Test]
    public Task TestProtocolListenError() => main_test.Run(static async t =>
    {
        var (ln, err) = await ListenTCP("tcp", new TCPAddr { Port = 1 << 16 });
        if (parseDialError(err) is error perr)
        {
            t.Error(perr);
        }
        Assert.That(ln, Is.Null);
        t.equal(err, "listen tcp :65536: bind: invalid argument");

        // A name that is a directory.
        foreach (var network in new[] { "unix", "unixpacket", "unixgram" })
        {
            io.Closer? c = null;
            switch (network)
            {
                case "unix":
                case "unixpacket":
                    (c, err) = await ListenUnix(network, new UnixAddr { Name = "//" });
                    break;
                case "unixgram":
                    (c, err) = await ListenUnixgram(network, new UnixAddr { Name = "//" });
                    break;
            }
            if (err == null)
            {
                await c!.Close();
                t.Errorf($"{network}: should fail");
                continue;
            }
            if (parseDialError(err) is error perr1)
            {
                t.Errorf($"{network}: {perr1.Error()}");
            }
        }
    });

    /// <summary>Closing again and again.</summary>
    [Test]
    public Task TestCloseError() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var c = await dial(t, ln);
        t.Cleanup(c);

        for (var i = 0; i < 3; i++)
        {
            if (parseCloseError(c.CloseRead(), true) is error perr)
            {
                t.Errorf($"#{i}: {perr.Error()}");
            }
        }
        for (var i = 0; i < 3; i++)
        {
            if (parseCloseError(c.CloseWrite(), true) is error perr)
            {
                t.Errorf($"#{i}: {perr.Error()}");
            }
        }
        for (var i = 0; i < 3; i++)
        {
            var err = await c.Close();
            if (parseCloseError(err, false) is error perr1)
            {
                t.Errorf($"#{i}: {perr1.Error()}");
            }
            if (i > 0 != (err != null))
            {
                t.Errorf($"#{i}: {err?.Error()}");
            }
            err = await ln.Close();
            if (parseCloseError(err, false) is error perr2)
            {
                t.Errorf($"#{i}: {perr2.Error()}");
            }
            if (i > 0 != (err != null))
            {
                t.Errorf($"#{i}: {err?.Error()}");
            }
        }
    });

    /// <summary>Accept with deadlines that pass all the time, until the listener is closed.</summary>
    [Test]
    public Task TestAcceptError() => main_test.Run(static async t =>
    {
        var timeouts = 0;
        async go handler(localServer ls, Listener ln)
        {
            for (; ; )
            {
                ((TCPListener)ln).SetDeadline(time.Now().Add(5 * time.Millisecond));
                var (c, err) = await ln.Accept();
                if (parseAcceptError(err) is error perr)
                {
                    t.Error(perr);
                }
                if (err != null)
                {
                    if (c != null)
                    {
                        t.Errorf($"Accept returned a connection and {err.Error()}");
                    }
                    if (err is not Error nerr || (!nerr.Timeout() && !nerr.Temporary()))
                    {
                        return;
                    }
                    Interlocked.Increment(ref timeouts);
                    continue;
                }
                await c!.Close();
            }
        }
        var ls = await localServer.newLocalServer(t, "tcp");
        ls.buildup(t, handler);

        await t.until(() => Volatile.Read(ref timeouts) >= 3, "Accept times out");
        await ls.teardown();
    });

    /// <summary>A file is neither a connection nor a listener.</summary>
    [Test]
    public Task TestFileError() => main_test.Run(static async t =>
    {
        var (f, err) = os.CreateTemp("", "go-nettest");
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () =>
        {
            await f!.Close();
            os.Remove(f.Name());
        });

        (var c, err) = await FileConn(f!);
        if (parseCommonError(err) is error perr1)
        {
            t.Error(perr1);
        }
        Assert.That(c, Is.Null);
        t.equal(err, $"file file+net {f!.Name()}: getsockopt: socket operation on non-socket");

        (var ln, err) = await FileListener(f);
        if (parseCommonError(err) is error perr2)
        {
            t.Error(perr2);
        }
        Assert.That(ln, Is.Null);
        t.equal(err, $"file file+net {f.Name()}: getsockopt: socket operation on non-socket");

        // Copies of sockets, whose originals are closed.
        var tcp = (TCPListener)await newLocalListener(t, "tcp");
        (f, err) = tcp.File();
        if (err != null)
        {
            t.Fatal(err);
        }
        await tcp.Close();
        await f!.Close();
        (c, err) = await FileConn(f);
        if (parseCommonError(err) is error perr3)
        {
            t.Error(perr3);
        }
        Assert.That(c, Is.Null);
        Assert.That(err, Is.Not.Null);
    });

    /// <summary>The errors of net are those of context for errors.Is.</summary>
    [Test]
    public void TestContextError()
    {
        Assert.That(errors.Is(errCanceled, context.Canceled), "errCanceled is not context.Canceled");
        Assert.That(errors.Is(errTimeout, context.DeadlineExceeded), "errTimeout is not context.DeadlineExceeded");
    }

    /// <summary>EADDRNOTAVAIL in all its wrappings, and nothing else (error_posix_test.go).</summary>
    [Test]
    public void TestSpuriousENOTAVAIL()
    {
        foreach (var (err, ok) in new (error?, bool)[]
        {
            (syscall.EADDRNOTAVAIL, true),
            (new os.SyscallError("syscall", syscall.EADDRNOTAVAIL), true),
            (new OpError { Op = "op", Err = syscall.EADDRNOTAVAIL }, true),
            (new OpError { Op = "op", Err = new os.SyscallError("syscall", syscall.EADDRNOTAVAIL) }, true),

            (syscall.EINVAL, false),
            (new os.SyscallError("syscall", syscall.EINVAL), false),
            (new OpError { Op = "op", Err = syscall.EINVAL }, false),
            (new OpError { Op = "op", Err = new os.SyscallError("syscall", syscall.EINVAL) }, false),
        })
        {
            Assert.That(spuriousENOTAVAIL(err), Is.EqualTo(ok), err!.Error());
        }
    }

    // What Dial and Listen say to bad addresses; %s is the operation.
    private static readonly (string network, string address, string text)[] badAddresses =
    [
        ("tcp", "127.0.0.1:70000", "%s tcp: address 70000: invalid port"),
        ("tcp", "127.0.0.1:-1", "%s tcp: address -1: invalid port"),
        ("tcp", "127.0.0.1:65536", "%s tcp: address 65536: invalid port"),
        ("tcp", ":70000", "%s tcp: address 70000: invalid port"),
        ("tcp", "127.0.0.1:123456789", "%s tcp: address 123456789: invalid port"),
        ("tcp", "127.0.0.1:99999999999999999999", "%s tcp: address 99999999999999999999: invalid port"),
        ("tcp", "127.0.0.1:☺", "%s tcp: address tcp/☺: unknown port"),
        ("tcp", "127.0.0.1:nosuchservice", "%s tcp: address tcp/nosuchservice: unknown port"),
        ("tcp", "127.0.0.1", "%s tcp: address 127.0.0.1: missing port in address"),
        ("tcp", "[::1]", "%s tcp: address [::1]: missing port in address"),
        ("tcp", "::1:0", "%s tcp: address ::1:0: too many colons in address"),
        ("tcp", "[::1:0", "%s tcp: address [::1:0: missing ']' in address"),
        ("tcp", "[::1]]:0", "%s tcp: address [::1]]:0: missing port in address"),
        ("tcp", "[[::1]:0", "%s tcp: address [[::1]:0: unexpected '[' in address"),
        ("tcp", "mh/astro/r70:http", "%s tcp: lookup mh/astro/r70: no such host"),
        ("tcp4", "127.0.0.1:70000", "%s tcp4: address 70000: invalid port"),
        ("tcp4", "127.0.0.1:nosuchservice", "%s tcp4: address tcp/nosuchservice: unknown port"),
        ("tcp6", "[::1]:70000", "%s tcp6: address 70000: invalid port"),
        ("tcp6", "[::1]:nosuchservice", "%s tcp6: address tcp/nosuchservice: unknown port"),
        ("tcp4", "[::1]:0", "%s tcp4: address ::1: no suitable address found"),
        ("tcp6", "127.0.0.1:0", "%s tcp6: address 127.0.0.1: no suitable address found"),
        ("tcp6", "[::ffff:127.0.0.1]:0", "%s tcp6: address ::ffff:127.0.0.1: no suitable address found"),
    ];

    // What they say to networks that do not exist.
    private static readonly (string network, string address, string text)[] badNetworks =
    [
        ("foo", "", "%s foo: unknown network foo"),
        ("", "127.0.0.1:0", "%s: unknown network "),
        ("bar", "baz", "%s bar: unknown network bar"),
        ("TCP", "127.0.0.1:0", "%s TCP: unknown network TCP"),
        ("tcp5", "127.0.0.1:0", "%s tcp5: unknown network tcp5"),
        ("ip", "127.0.0.1", "%s ip: unknown network ip"),
        ("ip:foo", "127.0.0.1", "%s ip:foo: address foo: unknown IP protocol specified"),
        ("tcp:80", "127.0.0.1", "%s tcp:80: unknown network tcp:80"),
        ("datakit", "mh/astro/r70", "%s datakit: unknown network datakit"),
    ];

    private static async go dialAndListen(testing.T t, (string network, string address, string text)[] tests)
    {
        foreach (var (network, address, text) in tests)
        {
            var (c, err) = await Dial(network, address);
            t.equal(err, text.Replace("%s", "dial"));
            Assert.That(c, Is.Null);
            (var ln, err) = await Listen(network, address);
            t.equal(err, text.Replace("%s", "listen"));
            Assert.That(ln, Is.Null);
            if (err is not Error e || e.Timeout() || e.Temporary())
            {
                t.Errorf($"{err?.Error()} is a timeout or temporary");
            }
        }
    }

    /// <summary>Bad input: malformed addresses, and ports out of range.</summary>
    [Test]
    public Task TestBadAddressTexts() => main_test.Run(static t => dialAndListen(t, badAddresses));

    /// <summary>Bad input: unknown networks.</summary>
    [Test]
    public Task TestUnknownNetworkTexts() => main_test.Run(static t => dialAndListen(t, badNetworks));

    /// <summary>Bad input: the address is in use, or is none of this machine's.</summary>
    [Test]
    public Task TestAddressInUse() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var addr = ln.Addr()!.String();
        var (ln2, err) = await Listen("tcp", addr);
        t.equal(err, $"listen tcp {addr}: bind: address already in use");
        Assert.That(ln2, Is.Null);
        Assert.That(errors.Is(err, syscall.EADDRINUSE));
        Assert.That(err is Error e && !e.Timeout() && !e.Temporary());
        Assert.That(errors.As<os.SyscallError>(err, out var sys) && sys.Syscall == "bind");

        (ln2, err) = await Listen("tcp", "192.0.2.1:0");
        t.equal(err, "listen tcp 192.0.2.1:0: bind: cannot assign requested address");
        Assert.That(ln2, Is.Null);
    });

    /// <summary>What DialTCP, ListenTCP and ResolveTCPAddr say to bad arguments.</summary>
    [Test]
    public Task TestTCPArgumentTexts() => main_test.Run(static async t =>
    {
        t.equal((await DialTCP("udp", null, null)).err, "dial udp: unknown network udp");
        t.equal((await DialTCP("tcp", null, null)).err, "dial tcp: missing address");
        t.equal((await Dial("tcp", "")).err, "dial tcp: missing address");
        t.equal((await DialTCP("tcp", new TCPAddr { Port = -1 }, new TCPAddr { IP = IPv4(127, 0, 0, 1), Port = 80 })).err,
            "dial tcp :-1->127.0.0.1:80: bind: invalid argument");
        t.equal((await ListenTCP("udp", null)).err, "listen udp: unknown network udp");
        t.equal((await ListenTCP("tcp4", new TCPAddr { IP = IPv6loopback })).err, "listen tcp4 [::1]:0: address ::1: non-IPv4 address");
        t.equal((await ListenTCP("tcp6", new TCPAddr { IP = new byte[] { 1, 2, 3 } })).err, "listen tcp6 ?010203:0: address ?010203: non-IPv6 address");
        t.equal((await Listen("udp", "127.0.0.1:0")).err, "listen udp 127.0.0.1:0: address 127.0.0.1:0: unexpected address type");
        t.equal((await ResolveTCPAddr("http", "127.0.0.1:0")).err, "unknown network http");
        t.equal((await ResolveTCPAddr("tcp4", "[2001:db8::1]:http")).err, "address 2001:db8::1: no suitable address found");
        t.equal((await LookupPort("tcp", "99999")).err, "address 99999: invalid port");
        t.equal((await LookupPort("foo", "http")).err, "address foo: unknown network");
        t.equal(ParseCIDR("127.0.0.1/33").Item3, "invalid CIDR address: 127.0.0.1/33");
        t.equal(new OpError { Op = "op", Err = errors.New("x") }, "op: x");
    });

    /// <summary>What Dial says to options that do not fit, and to nobody who listens.</summary>
    [Test]
    public Task TestDialerTexts() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);
        var addr = ln.Addr()!.String();

        var d = new Dialer { LocalAddr = new TCPAddr { IP = IPv4(192, 0, 2, 1) } };
        t.equal((await d.Dial("tcp", addr)).err, $"dial tcp 192.0.2.1:0->{addr}: bind: cannot assign requested address");
        d = new Dialer { LocalAddr = new UDPAddr() };
        t.equal((await d.Dial("tcp", addr)).err, "dial tcp: address :0: mismatched local address type");
        d = new Dialer { LocalAddr = new TCPAddr { IP = IPv6loopback } };
        t.equal((await d.Dial("tcp", addr)).err, "dial tcp: address [::1]:0: no suitable address found");
        d = new Dialer { Timeout = -1 };
        var (_, err) = await d.Dial("tcp", addr);
        t.equal(err, $"dial tcp {addr}: i/o timeout");
        Assert.That(err is Error e && e.Timeout() && e.Temporary());
        Assert.That(errors.Is(err, context.DeadlineExceeded));
        d = new Dialer { Deadline = time.Now().Add(-1) };
        t.equal((await d.Dial("tcp", addr)).err, $"dial tcp {addr}: i/o timeout");
        d = new Dialer { Control = static (network, address, _) => errors.New($"ctl {network} {address}") };
        t.equal((await d.Dial("tcp", addr)).err, $"dial tcp {addr}: ctl tcp4 {addr}");
        var lc = new ListenConfig { Control = static (network, address, _) => errors.New($"ctl {network} {address}") };
        t.equal((await lc.Listen(context.Background(), "tcp", "127.0.0.1:0")).err, "listen tcp 127.0.0.1:0: ctl tcp4 127.0.0.1:0");

        await ln.Close();
        (_, err) = await Dial("tcp", addr);
        t.equal(err, $"dial tcp {addr}: connect: connection refused");
        Assert.That(errors.Is(err, syscall.ECONNREFUSED));
    });

    /// <summary>The text after a deadline, of Read, Write and Accept.</summary>
    [Test]
    public Task TestReadError() => main_test.Run(static async t =>
    {
        var (ln, c, s) = await newConnPair(t);
        var (CL, LN) = (c.LocalAddr()!.String(), ln.Addr()!.String());
        Memory<byte> b = new byte[1];
        var past = time.Now().Add(-time.Second);

        c.SetReadDeadline(past);
        var (_, err) = await c.Read(b);
        t.equal(err, $"read tcp {CL}->{LN}: i/o timeout");
        Assert.That(timeout_test.isDeadlineExceeded(err) && ((Error)err!).Temporary());
        c.SetWriteDeadline(past);
        (_, err) = await c.Write(b);
        t.equal(err, $"write tcp {CL}->{LN}: i/o timeout");
        Assert.That(timeout_test.isDeadlineExceeded(err));
        ln.SetDeadline(past);
        (_, err) = await ln.Accept();
        t.equal(err, $"accept tcp {LN}: i/o timeout");
        Assert.That(timeout_test.isDeadlineExceeded(err));

        // The connection works again after a new deadline.
        c.SetDeadline(default);
        Assert.That(await c.Write(b), Is.EqualTo((1, (error?)null)));
        Assert.That(await s.Read(b), Is.EqualTo((1, (error?)null)));

        // And a reset.
        s.SetLinger(0);
        await s.Close();
        (var n, err) = await c.Read(b);
        Assert.That(n, Is.Zero);
        t.equal(err, $"read tcp {CL}->{LN}: read: connection reset by peer");
        Assert.That(err is Error e && !e.Timeout() && !e.Temporary());
        (_, err) = await c.Write(b);
        t.equal(err, $"write tcp {CL}->{LN}: write: broken pipe");
    });

    /// <summary>Bad input: every method of a connection that is closed.</summary>
    [Test]
    public Task TestUseAfterClose() => main_test.Run(static async t =>
    {
        var (ln, c, s) = await newConnPair(t);
        var (CL, LN) = (c.LocalAddr()!.String(), ln.Addr()!.String());
        const string closed = "use of closed network connection";
        Memory<byte> b = new byte[1];
        var (rc, err) = c.SyscallConn();
        Assert.That(err, Is.Null);
        t.equal(await c.Close(), "<nil>");

        t.equal((await c.Read(b)).err, $"read tcp {CL}->{LN}: {closed}");
        t.equal((await c.Read(default)).err, $"read tcp {CL}->{LN}: {closed}");
        t.equal((await c.Write(b)).err, $"write tcp {CL}->{LN}: {closed}");
        t.equal(await c.Close(), $"close tcp {CL}->{LN}: {closed}");
        t.equal(c.CloseRead(), $"close tcp {CL}->{LN}: {closed}");
        t.equal(c.CloseWrite(), $"close tcp {CL}->{LN}: {closed}");
        t.equal(c.SetDeadline(time.Now()), $"set tcp {CL}: {closed}");
        t.equal(c.SetReadDeadline(time.Now()), $"set tcp {CL}: {closed}");
        t.equal(c.SetWriteDeadline(time.Now()), $"set tcp {CL}: {closed}");
        t.equal(c.SetNoDelay(true), $"set tcp {CL}->{LN}: {closed}");
        t.equal(c.SetLinger(1), $"set tcp {CL}->{LN}: {closed}");
        t.equal(c.SetKeepAlive(true), $"set tcp {CL}->{LN}: {closed}");
        t.equal(c.SetKeepAlivePeriod(1), $"set tcp {CL}->{LN}: {closed}");
        t.equal(c.SetReadBuffer(1), $"set tcp {CL}: {closed}");
        t.equal(c.SetWriteBuffer(1), $"set tcp {CL}: {closed}");
        t.equal(c.File().err, $"file tcp {CL}->{LN}: {closed}");
        t.equal((await c.ReadFrom(new oneByte())).err, $"readfrom tcp {CL}->{LN}: write tcp {CL}->{LN}: {closed}");
        t.equal(rc!.Control(static _ => { }), $"raw-control tcp {CL}: {closed}");
        t.equal(await rc.Read(static _ => true), $"raw-read tcp {CL}->{LN}: {closed}");
        t.equal(await rc.Write(static _ => true), $"raw-write tcp {CL}->{LN}: {closed}");

        // The addresses stay, and the other end sees the end.
        t.equal(c.LocalAddr()!.String(), CL);
        t.equal(c.RemoteAddr()!.String(), LN);
        (_, err) = await s.Read(b);
        Assert.That(err, Is.SameAs(io.EOF));

        // A listener.
        var (rl, _) = ln.SyscallConn();
        t.equal(await rl!.Read(static _ => true), "invalid argument");
        t.equal(await rl.Write(static _ => true), "invalid argument");
        t.equal(await ln.Close(), "<nil>");
        t.equal((await ln.Accept()).err, $"accept tcp {LN}: {closed}");
        t.equal((await ln.AcceptTCP()).err, $"accept tcp {LN}: {closed}");
        t.equal(await ln.Close(), $"close tcp {LN}: {closed}");
        t.equal(ln.SetDeadline(time.Now()), $"set tcp {LN}: {closed}");
        t.equal(ln.File().err, $"file tcp {LN}: {closed}");
        t.equal(rl.Control(static _ => { }), $"raw-control tcp {LN}: {closed}");
    });

    private sealed class oneByte : io.Reader
    {
        public go<(int n, error? err)> Read(Memory<byte> p)
        {
            return new((1, null));
        }
    }
}
