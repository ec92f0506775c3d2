// Ports src/net/dial_test.go of go1.20: the tests of cancellation and of Happy Eyeballs.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace golang;

public class dial_cancel_test
{
    private const string slowDst4 = "198.18.0.254";
    private const string slowDst6 = "2001:2::254";

    private static string[] nCopies(string s, int n)
    {
        var r = new string[n];
        Array.Fill(r, s);
        return r;
    }

    private static readonly time.Duration instant = 0;
    private static readonly time.Duration fallbackDelay = 200 * time.Millisecond;

    private static readonly (string[] primaries, string[] fallbacks, string teardownNetwork, bool expectOk, time.Duration expectElapsed)[] testCases =
    [
        // These should just work on the first try.
        (["127.0.0.1"], [], "", true, instant),
        (["::1"], [], "", true, instant),
        (["127.0.0.1", "::1"], [slowDst6], "tcp6", true, instant),
        (["::1", "127.0.0.1"], [slowDst4], "tcp4", true, instant),
        // Primary is slow; fallback should kick in.
        ([slowDst4], ["::1"], "", true, fallbackDelay),
        // Skip a "connection refused" in the primary thread.
        (["127.0.0.1", "::1"], [], "tcp4", true, instant),
        (["::1", "127.0.0.1"], [], "tcp6", true, instant),
        // Skip a "connection refused" in the fallback thread.
        ([slowDst4, slowDst6], ["::1", "127.0.0.1"], "tcp6", true, fallbackDelay),
        // Primary refused, fallback without delay.
        (["127.0.0.1"], ["::1"], "tcp4", true, instant),
        (["::1"], ["127.0.0.1"], "tcp6", true, instant),
        // Everything is refused.
        (["127.0.0.1"], [], "tcp4", false, instant),
        // Nothing to do; fail instantly.
        ([], [], "", false, instant),
        // Connecting to tons of addresses should not trip the deadline.
        (nCopies("::1", 1000), [], "", true, instant),
    ];

    [Test]
    public Task TestDialParallel([Range(0, 12)] int i) => testing.Run(async () =>
    {
        var tt = testCases[i];
        net.addrList makeAddrs(string[] ips)
        {
            var r = new net.addrList();
            foreach (var ip in ips)
            {
                r.Add(new net.TCPAddr { IP = net.ParseIP(ip), Port = 80 });
            }
            return r;
        }

        async go<(net.TCPConn?, error?)> dialTCP(context.Context ctx, string network, net.TCPAddr? laddr, net.TCPAddr? raddr)
        {
            var n = raddr!.String().StartsWith('[') ? "tcp6" : "tcp4";
            if (n == tt.teardownNetwork)
            {
                return (null, errors.New("unreachable"));
            }
            var r = raddr.IP.String();
            if (r == slowDst4 || r == slowDst6)
            {
                await ctx.Done().Recv();
                return (null, ctx.Err());
            }
            return (new net.TCPConn(new net.netFD { pfd = new poll.FD() }), null);
        }

        var primaries = makeAddrs(tt.primaries);
        var fallbacks = makeAddrs(tt.fallbacks);
        var d = new net.Dialer { FallbackDelay = fallbackDelay };
        var forever = 60 * time.Minute;
        if (tt.expectElapsed == instant)
        {
            d.FallbackDelay = forever;
        }
        var startTime = time.Now();
        var sd = new net.sysDialer
        {
            Dialer = d,
            network = "tcp",
            address = "?",
            testHookDialTCP = dialTCP,
        };
        var (c, err) = await sd.dialParallel(context.Background(), primaries, fallbacks);
        var elapsed = time.Since(startTime);
        Assert.That(err == null, Is.EqualTo(tt.expectOk), err?.Error());
        Assert.That(elapsed >= tt.expectElapsed && elapsed < forever, $"{elapsed}");

        // Repeat each case, ensuring that it can be canceled.
        var (ctx, cancel) = context.WithCancel(context.Background());
        var wg = builtin.makechan<@struct>();
        builtin.go(async () =>
        {
            await time.Sleep(5 * time.Millisecond);
            cancel();
            wg.Close();
        });
        // Ignore errors, since all we care about is that the
        // call can be canceled.
        await sd.dialParallel(ctx, primaries, fallbacks);
        await wg.Recv();
    });

    // hang calls f with connects that never end. The poller says once that such a socket is ready; connect sees that it
    // has no peer, and waits again.
    private static async go hang(Func<string, go> f)
    {
        var orig = net.connectFunc;
        net.connectFunc = (_, _) => syscall.EINPROGRESS;
        try
        {
            await f("127.0.0.1:80");
        }
        finally
        {
            net.connectFunc = orig;
        }
    }

    [Test]
    public Task TestDialContextCancel() => testing.Run(() => hang(async addr =>
    {
        var (ctx, cancel) = context.WithCancel(context.Background());
        var t0 = time.Now();
        time.AfterFunc(50 * time.Millisecond, () => cancel());
        var (c, err) = await new net.Dialer().DialContext(ctx, "tcp", addr);
        Assert.That(c, Is.Null);
        Assert.That(err!.Error(), Does.EndWith("operation was canceled"));
        Assert.That(time.Since(t0) < 5 * time.Second);
    }));

    [Test]
    public Task TestDialContextDeadline() => testing.Run(() => hang(async addr =>
    {
        var (ctx, cancel) = context.WithTimeout(context.Background(), 50 * time.Millisecond);
        var (c, err) = await new net.Dialer().DialContext(ctx, "tcp", addr);
        Assert.That(c, Is.Null);
        Assert.That(err!.Error(), Does.EndWith("i/o timeout"));
        cancel();
    }));

    [Test]
    public Task TestDialerCancel() => testing.Run(() => hang(async addr =>
    {
        var cancel = builtin.makechan<@struct>();
        time.AfterFunc(50 * time.Millisecond, () => cancel.Close());
        var (c, err) = await new net.Dialer { Cancel = cancel }.Dial("tcp", addr);
        Assert.That(c, Is.Null);
        Assert.That(err!.Error(), Does.EndWith("operation was canceled"));
    }));

    // A dial with a context that is cancelled already.
    [Test]
    public Task TestDialContextCanceled() => testing.Run(async () =>
    {
        var (l, _) = await net.Listen("tcp", "127.0.0.1:0");
        var (ctx, cancel) = context.WithCancel(context.Background());
        cancel();
        var (c, err) = await new net.Dialer().DialContext(ctx, "tcp", l!.Addr()!.String());
        Assert.That(c, Is.Null);
        Assert.That(err!.Error(), Does.EndWith("operation was canceled"));
        await l.Close();
    });

    // Issue 16523: a cancellation while the connection is made gives a working connection or an error.
    [Test]
    public Task TestCancelAfterDial() => testing.Run(async () =>
    {
        if (testing.Short())
        {
            Assert.Ignore("skipping in short mode");
        }
        var (l, lerr) = await net.Listen("tcp", "127.0.0.1:0");
        Assert.That(lerr, Is.Null);
        var ended = builtin.makechan<@struct>();
        builtin.go(async () =>
        {
            // Echo back the first byte of each incoming connection.
            var rb = new byte[1];
            for (; ; )
            {
                var (c, err) = await l!.Accept();
                if (err != null)
                {
                    break;
                }
                var (n, _) = await c!.Read(rb);
                if (n == 1)
                {
                    await c.Write(rb);
                }
                await c.Close();
            }
            ended.Close();
        });

        for (var i = 0; i < 100; i++)
        {
            var (ctx, cancel) = context.WithCancel(context.Background());
            var cancelled = builtin.makechan<@struct>();
            var wait = (time.Duration)(i % 10 * 20 * 1000);
            builtin.go(async () =>
            {
                await time.Sleep(wait);
                cancel();
                cancelled.Close();
            });
            var (c, err) = await new net.Dialer().DialContext(ctx, "tcp", l!.Addr()!.String());
            if (err == null)
            {
                await cancelled.Recv();
                await c!.talk();
                await c!.Close();
            }
            else
            {
                Assert.That(err.Error(), Does.EndWith("operation was canceled"));
                await cancelled.Recv();
            }
        }
        await l!.Close();
        await ended.Recv();
    });
}

internal static class dial_cancel_test_conn
{
    // A write and a read must go through.
    internal static async go talk(this net.Conn c)
    {
        var (n, err) = await c.Write(new byte[] { (byte)'x' });
        Assert.That((n, err), Is.EqualTo((1, (error?)null)));
        (n, err) = await c.Read(new byte[1]);
        Assert.That((n, err), Is.EqualTo((1, (error?)null)));
    }
}
