// Ports what of src/net/lookup_test.go of go1.20 needs no server of names. What is looked up is in
// /etc/hosts: "localhost". PORT(test): where Go looks up a name of the internet.
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using static golang.builtin;
using static golang.net;

namespace golang;

/// <summary>Lookups of names.</summary>
[TestFixture]
public class lookup_test
{
    // hook puts f in the place of the lookup until the test ends.
    private static void hook(testing.T t, Func<context.Context, Func<context.Context, string, string, go<(List<IPAddr>? addrs, error? err)>>, string, string, go<(List<IPAddr>? addrs, error? err)>> f)
    {
        var origTestHookLookupIP = testHookLookupIP;
        t.Cleanup(async () =>
        {
            await dnsWaitGroup.Wait();
            testHookLookupIP = origTestHookLookupIP;
        });
        testHookLookupIP = f;
    }

    private static string text(List<IPAddr>? addrs) => string.Join(" ", addrs?.Select(static a => a.String()) ?? ["nil"]);

    /// <summary>127.0.0.1 has names, with a dot at the end where there is one in it.</summary>
    [Test]
    public Task TestLookupDotsWithLocalSource() => main_test.Run(static async t =>
    {
        var (names, err) = await LookupAddr("127.0.0.1");
        if (err != null)
        {
            t.Fatal(err);
        }
        foreach (var name in names!)
        {
            if (name.IndexOf('.') == name.Length - 1) // "localhost", not "localhost."
            {
                if (!names.Contains(name[..^1]))
                {
                    t.Errorf($"got {name}; want {name[..^1]}");
                }
            }
            else if (name.Contains('.') && !name.EndsWith('.')) // "localhost.localdomain.", not "localhost.localdomain"
            {
                t.Errorf($"got {name}; want name ending with trailing dot");
            }
        }
        await dnsWaitGroup.Wait();
    });

    /// <summary>A name that no host can have is not found, which is not an error of another kind.</summary>
    [Test]
    public Task TestLookupHostEmpty() => main_test.Run(static async t =>
    {
        var (_, err) = await LookupHost("");
        t.equal(err, "lookup : no such host");
        Assert.That(((DNSError)err!).IsNotFound);
        Assert.That((await LookupHost("1.2.3.4")).addrs, Is.EqualTo(["1.2.3.4"]));
        Assert.That((await LookupHost("localhost")).addrs, Has.Some.AnyOf("127.0.0.1", "::1"));
    });

    /// <summary>One of two that wait for a lookup is cancelled; the other gets its result.</summary>
    [Test]
    public Task TestLookupContextCancel() => main_test.Run(static async t =>
    {
        var (lookupCtx, cancelLookup) = context.WithCancel(context.Background());
        var unblockLookup = makechan<@struct>();

        // The lookup starts another one for the same host and cancels its own. It waits until that
        // has come back, so that what it does on the way has been done.
        hook(t, async (ctx, fn, network, host) =>
        {
            if (!unblockLookup.selectnbrecv().selected)
            {
                // Give it a little time to find this lookup before this is cancelled. If it comes too
                // late, the test is of one lookup after the other, and should succeed as well.
                dnsWaitGroup.Add(1);
                builtin.go(async () =>
                {
                    try
                    {
                        var (_, err) = await DefaultResolver.LookupIPAddr(context.Background(), host);
                        if (err != null)
                        {
                            t.Error(err);
                        }
                    }
                    finally
                    {
                        dnsWaitGroup.Done();
                    }
                });
                await time.Sleep(1 * time.Millisecond);
            }

            cancelLookup();
            await unblockLookup.Recv();
            // If the other one waits for this lookup, as it mostly does, this one's end must not cancel
            // the context that they share; https://go.dev/issue/22724.
            var err = ctx.Err();
            if (err != null)
            {
                return (null, err);
            }
            return await fn(ctx, network, host);
        });

        var (_, err) = await DefaultResolver.LookupIPAddr(lookupCtx, "localhost");
        if (err is not DNSError dnsErr || dnsErr.Err != errCanceled.Error())
        {
            t.Errorf($"unexpected error from canceled, blocked LookupIPAddr: {err?.Error()}");
        }
        unblockLookup.Close();
    });

    /// <summary>After more cancelled lookups than may be in the C library at a time lookups work.</summary>
    [Test]
    public Task TestLookupHostCancel() => main_test.Run(static async t =>
    {
        const int n = 600; // more than threadLimit has place for

        var (ctx, cancel) = context.WithCancel(context.Background());
        cancel();
        for (var i = 0; i < n; i++)
        {
            // Which of the two wins is not certain.
            await DefaultResolver.LookupHost(ctx, "localhost");
        }

        var (_, err) = await LookupHost("localhost");
        if (err != null)
        {
            t.Fatal(err);
        }
    });

    /// <summary>The version is the last character of the network's name.</summary>
    [TestCase("tcp", '\0')]
    [TestCase("tcp4", '4')]
    [TestCase("tcp6", '6')]
    [TestCase("udp", '\0')]
    [TestCase("udp4", '4')]
    [TestCase("udp6", '6')]
    [TestCase("ip", '\0')]
    [TestCase("ip4", '4')]
    [TestCase("ip6", '6')]
    [TestCase("ip7", '\0')]
    [TestCase("", '\0')]
    public void TestIPVersion(string network, char version)
    {
        Assert.That(ipVersion(network), Is.EqualTo(version));
    }

    /// <summary>The lookup has the values of the caller's context.</summary>
    [Test]
    public Task TestLookupIPAddrPreservesContextValues() => main_test.Run(static async t =>
    {
        (object key, object value)[] keyValues =
        [
            ("key-1", 12),
            (384, "value2"),
            (new object(), 137),
        ];
        var ctx = context.Background();
        foreach (var kv in keyValues)
        {
            ctx = context.WithValue(ctx, kv.key, kv.value);
        }

        List<IPAddr> wantIPs = [new IPAddr { IP = IPv4(127, 0, 0, 1) }, new IPAddr { IP = IPv6loopback }];

        hook(t, async (ctx_, fn, network, host) =>
        {
            await runtime.Gosched();
            foreach (var kv in keyValues)
            {
                var g = ctx_.Value(kv.key);
                if (!kv.value.Equals(g))
                {
                    t.Errorf($"Value lookup: got {g}; want {kv.value}");
                }
            }
            return (wantIPs, null);
        });

        foreach (var resolver in new[] { DefaultResolver, new Resolver() })
        {
            var (gotIPs, err) = await resolver.LookupIPAddr(ctx, "golang.org");
            if (err != null)
            {
                t.Error(err);
            }
            t.equal(text(gotIPs), text(wantIPs));
        }
    });

    /// <summary>Lookups for several networks at the same time are several.</summary>
    [Test]
    public Task TestLookupIPAddrConcurrentCallsForNetworks() => main_test.Run(static async t =>
    {
        string[] queries = ["udp", "udp4", "udp6", "udp", "udp"];
        var results = new Dictionary<string, List<IPAddr>>
        {
            ["udp"] = [new IPAddr { IP = IPv4(127, 0, 0, 1) }, new IPAddr { IP = IPv6loopback }],
            ["udp4"] = [new IPAddr { IP = IPv4(127, 0, 0, 1) }],
            ["udp6"] = [new IPAddr { IP = IPv6loopback }],
        };
        var calls = 0;
        var waitCh = makechan<@struct>();
        hook(t, async (ctx, fn, network, host) =>
        {
            // Wait until there was a call for each network: a group that took a call for another
            // network's would wait here for ever.
            if (Interlocked.Increment(ref calls) == results.Count)
            {
                waitCh.Close();
            }
            switch (await select(waitCh.recvcase(), ctx.Done().recvcase()))
            {
                case 0:
                    break;
                case 1:
                    return (null, ctx.Err());
            }
            return (results[network], null);
        });

        var (ctx, cancel) = context.WithTimeout(context.Background(), 10 * time.Second);
        var wg = new sync.WaitGroup();
        foreach (var network in queries)
        {
            wg.Add(1);
            builtin.go(async () =>
            {
                try
                {
                    var (gotIPs, err) = await DefaultResolver.lookupIPAddr(ctx, network, "golang.org");
                    if (err != null)
                    {
                        t.Error(err);
                    }
                    t.equal(text(gotIPs), text(results[network]));
                }
                finally
                {
                    wg.Done();
                }
            });
        }
        await wg.Wait();
        cancel();
    });

    /// <summary>An empty name is no host.</summary>
    [Test]
    public Task TestResolverLookupIPWithEmptyHost() => main_test.Run(static async t =>
    {
        var (_, err) = await DefaultResolver.LookupIP(context.Background(), "ip", "");
        t.equal(err, "lookup : no such host");
    });

    /// <summary>Values, until the context is cancelled.</summary>
    [Test]
    public Task TestWithUnexpiredValuesPreserved() => main_test.Run(static async t =>
    {
        await runtime.Gosched();
        var (ctx, cancel) = context.WithCancel(context.Background());

        var (key, value) = ("key-1", 2);
        ctx = context.WithValue(ctx, key, value);

        // Now as LookupIPAddr does; issue 28600.
        ctx = withUnexpiredValuesPreserved(ctx);

        Assert.That(ctx.Value(key), Is.EqualTo(value));

        cancel();

        Assert.That(ctx.Value(key), Is.Null);
    });

    /// <summary>A name with a NUL in it does no harm.</summary>
    [Test]
    public Task TestLookupNullByte() => main_test.Run(static async t =>
    {
        await LookupHost("localhost\0bar");
    });

    /// <summary>A lookup for ip4 gives no address of IPv6, nor the other way round.</summary>
    [TestCase("ip")]
    [TestCase("ip4")]
    [TestCase("ip6")]
    public Task TestResolverLookupIP(string network) => main_test.Run(async t =>
    {
        if (network == "ip6" && !await supportsIPv6())
        {
            t.Skip("IPv6 is not supported");
        }
        var (ips, err) = await DefaultResolver.LookupIP(context.Background(), network, "localhost");
        if (network == "ip6" && (await LookupIP("localhost")).ips!.TrueForAll(static ip => ip.To4() != null))
        {
            // PORT(test): /etc/hosts may have an address of IPv4 alone.
            t.equal(err, "address localhost: no suitable address found");
            return;
        }
        if (err != null)
        {
            t.Fatal(err);
        }
        var v4 = ips!.Count(static ip => ip.To4() != null);
        var v6 = ips!.Count - v4;
        Assert.That(v4 + v6, Is.Positive);
        Assert.That(network != "ip4" || v6 == 0, "IPv6 addresses for ip4");
        Assert.That(network != "ip6" || v4 == 0, "IPv4 addresses for ip6");
        (var addrs, err) = await DefaultResolver.LookupNetIP(context.Background(), network, "localhost");
        t.equal(err, "<nil>");
        Assert.That(addrs!.ConvertAll(static addr => addr.Unmap().String()), Is.EqualTo(ips!.ConvertAll(static ip => ip.String())));
    });

    /// <summary>A host's name serves to listen and to dial.</summary>
    [Test]
    public Task TestDialLocalhost() => main_test.Run(static async t =>
    {
        var (ln, err) = await Listen("tcp", "localhost:0");
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(ln!);
        var (_, port, _) = SplitHostPort(ln!.Addr()!.String());
        (var c, err) = await Dial("tcp", "localhost:" + port);
        if (err != null)
        {
            t.Fatal(err);
        }
        await c!.Close();
        (var c1, err) = await ln.Accept();
        if (err != null)
        {
            t.Fatal(err);
        }
        await c1!.Close();
    });
}
