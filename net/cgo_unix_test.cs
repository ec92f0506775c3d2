// Ports src/net/cgo_unix_test.go of go1.20.
using System.Threading.Tasks;
using static golang.net;

namespace golang;

/// <summary>The resolver of the C library.</summary>
[TestFixture]
public class cgo_unix_test
{
    private static async go withCancel(Func<context.Context, go> f)
    {
        var (ctx, cancel) = context.WithCancel(context.Background());
        try
        {
            await f(ctx);
        }
        finally
        {
            cancel();
            await dnsWaitGroup.Wait();
        }
    }

    private static async go lookupIP(testing.T t, context.Context ctx)
    {
        var (addrs, err, ok) = await cgoLookupIP(ctx, "ip", "localhost");
        if (!ok)
        {
            t.Errorf("cgoLookupIP must not be a placeholder");
        }
        if (err != null)
        {
            t.Error(err);
            return;
        }
        Assert.That(addrs!.ConvertAll(static a => a.String()), Has.Some.AnyOf("127.0.0.1", "::1"));
    }

    /// <summary>localhost has an address.</summary>
    [Test]
    public Task TestCgoLookupIP() => main_test.Run(static t => lookupIP(t, context.Background()));

    /// <summary>The same on a goroutine of its own.</summary>
    [Test]
    public Task TestCgoLookupIPWithCancel() => main_test.Run(static t => withCancel(ctx => lookupIP(t, ctx)));

    private static async go lookupPTR(testing.T t, context.Context ctx)
    {
        var (names, err, ok) = await cgoLookupPTR(ctx, "127.0.0.1");
        if (!ok)
        {
            t.Errorf("cgoLookupPTR must not be a placeholder");
        }
        if (err != null)
        {
            t.Error(err);
            return;
        }
        Assert.That(names, Has.Count.EqualTo(1));
    }

    /// <summary>127.0.0.1 has a name.</summary>
    [Test]
    public Task TestCgoLookupPTR() => main_test.Run(static t => lookupPTR(t, context.Background()));

    /// <summary>The same on a goroutine of its own.</summary>
    [Test]
    public Task TestCgoLookupPTRWithCancel() => main_test.Run(static t => withCancel(ctx => lookupPTR(t, ctx)));

    /// <summary>A literal that is none is an error.</summary>
    [Test]
    public Task TestCgoLookupPTRInvalid() => main_test.Run(static async t =>
    {
        t.equal((await LookupAddr("1.2.3")).err, "lookup 1.2.3: invalid address");
    });
}
