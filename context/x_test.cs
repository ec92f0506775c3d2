// Ports src/context/x_test.go of go1.20.
using System.Threading.Tasks;
using static golang.context_test;

namespace golang;

public class x_test
{
    [Test]
    public Task TestBackground() => testing.Run(XTestBackground);

    [Test]
    public Task TestTODO() => testing.Run(XTestTODO);

    [Test]
    public Task TestWithCancel() => testing.Run(XTestWithCancel);

    [Test]
    public Task TestParentFinishesChild() => testing.Run(XTestParentFinishesChild);

    [Test]
    public Task TestChildFinishesFirst() => testing.Run(XTestChildFinishesFirst);

    [Test]
    public Task TestDeadline() => testing.Run(XTestDeadline);

    [Test]
    public Task TestTimeout() => testing.Run(XTestTimeout);

    [Test]
    public Task TestCanceledTimeout() => testing.Run(XTestCanceledTimeout);

    [Test]
    public Task TestValues() => testing.Run(XTestValues);

    [Test]
    public Task TestSimultaneousCancels() => testing.Run(XTestSimultaneousCancels);

    [Test]
    public Task TestInterlockedCancels() => testing.Run(XTestInterlockedCancels);

    [Test]
    public Task TestLayersCancel() => testing.Run(XTestLayersCancel);

    [Test]
    public Task TestLayersTimeout() => testing.Run(XTestLayersTimeout);

    [Test]
    public Task TestCancelRemoves() => testing.Run(XTestCancelRemoves);

    [Test]
    public Task TestWithCancelCanceledParent() => testing.Run(XTestWithCancelCanceledParent);

    [Test]
    public Task TestWithValueChecksKey() => testing.Run(XTestWithValueChecksKey);

    [Test]
    public Task TestInvalidDerivedFail() => testing.Run(XTestInvalidDerivedFail);

    [Test]
    public Task TestDeadlineExceededSupportsTimeout() => testing.Run(XTestDeadlineExceededSupportsTimeout);

    [Test]
    public Task TestCustomContextGoroutines() => testing.Run(XTestCustomContextGoroutines);

    [Test]
    public Task TestCause() => testing.Run(XTestCause);

    [Test]
    public Task TestCauseRace() => testing.Run(XTestCauseRace);

    // The tests below are not Go's.

    // Contexts without a deadline can be made and cancelled off a goroutine, too.
    [Test]
    public void TestWithCancelForeign()
    {
        var (c1, cancel) = context.WithCancel(context.Background());
        var (c2, _) = context.WithCancel(context.WithValue(c1, "key", "value"));
        foreach (var c in new[] { c1, c2 })
        {
            Assert.That(c.Err(), Is.Null);
            Assert.That(c.Done().selectnbrecv().selected, Is.False);
        }
        cancel();
        foreach (var c in new[] { c1, c2 })
        {
            Assert.That(c.Err(), Is.SameAs(context.Canceled));
            Assert.That(c.Done().selectnbrecv().selected);
        }
    }

    // A Context of another type whose Done is closed cancels its children, by a goroutine for each.
    [Test]
    public Task TestOtherDone() => testing.Run(async t =>
    {
        var g = context.goroutines.Load();
        var other = new doneContext();
        var (child, cancel) = context.WithCancel(other);
        Assert.That(context.goroutines.Load(), Is.EqualTo(g + 1));
        other.close();
        await child.Done().Recv();
        Assert.That(child.Err(), Is.SameAs(context.Canceled));
        cancel();
    });

    private sealed class doneContext : context.Context
    {
        private readonly chan<@struct> done = builtin.makechan<@struct>();

        internal void close() => done.Close();

        public (time.Time deadline, bool ok) Deadline() => default;

        public chan<@struct>? Done() => done;

        public error? Err() => done.selectnbrecv().selected ? context.Canceled : null;

        public object? Value(object key) => null;
    }

    // Any thread may cancel, and wakes who waits.
    [Test]
    public async Task TestCancelForeign()
    {
        context.CancelFunc? cancel = null;
        var ready = new TaskCompletionSource();
        var r = testing.Run(async t =>
        {
            (var ctx, cancel) = context.WithTimeout(context.Background(), veryLongDuration);
            ready.SetResult();
            await ctx.Done().Recv();
            Assert.That(ctx.Err(), Is.SameAs(context.Canceled));
        });
        await ready.Task;
        cancel!();
        await r;
    }
}
