// Tests that a test can fail. Go's src/testing has other tests, of what is not here.
using System.Collections.Generic;
using System.Threading.Tasks;
using NUnit.Framework.Internal;

namespace golang;

public class testing_test
{
    // fails gives the message of a test that fails; NUnit must not count it.
    private static async Task<string> fails(Func<testing.T, go> f)
    {
        using (new TestExecutionContext.IsolatedContext())
        {
            return (await Assert.CatchAsync<AssertionException>(() => testing.Run(f)))!.Message;
        }
    }

    [Test]
    public async Task TestErrors()
    {
        Assert.That(await fails(async t =>
        {
            var done = builtin.makechan<bool>();
            builtin.go(async () =>
            {
                t.Errorf("one");
                t.Error((error?)null);
                await done.Send(true);
            });
            await done.Recv();
            Assert.That(t.Failed());
            t.Fatalf("three");
        }), Does.Match(@"testing_test\.cs:\d+: one\ntesting_test\.cs:\d+: <nil>\ntesting_test\.cs:\d+: three$"));
        Assert.That(await fails(t =>
        {
            t.Error("one");
            return default;
        }), Does.Match(@"testing_test\.cs:\d+: one$"));
        Assert.That(await fails(t => throw new AssertionException("thrown")), Is.EqualTo("thrown"));
    }

    [Test]
    public async Task TestCleanup()
    {
        List<int> order = [];
        go f(testing.T t)
        {
            t.Cleanup(() => { order.Add(1); return default; });
            t.Cleanup(() => { order.Add(2); return default; });
            if (order.Count > 0)
            {
                t.Fatalf("ends here");
            }
            return default;
        }
        await testing.Run(f);
        Assert.That(order, Is.EqualTo([2, 1]));
        await fails(f);
        Assert.That(order, Is.EqualTo([2, 1, 2, 1]));
    }

    [Test]
    public Task TestGOMAXPROCS() => testing.Run(async t =>
    {
        var old = await runtime.GOMAXPROCS(-1);
        await testing.WithGOMAXPROCS(old + 1, async () => Assert.That(await runtime.GOMAXPROCS(-1), Is.EqualTo(old + 1)));
        Assert.That(await runtime.GOMAXPROCS(-1), Is.EqualTo(old));
    });
}
