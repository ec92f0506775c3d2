// Ports src/context/x_test.go of go1.20.
using System.Threading.Tasks;
using static golang.context_test;

namespace golang;

public class x_test
{
    // Run runs a test on a goroutine of its own.
    private static Task Run(Func<T, go> fn)
    {
        return runtime.Run(async () =>
        {
            var t = new T();
            await fn(t);
            t.Check();
        }).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Test]
    public Task TestBackground() => Run(XTestBackground);

    [Test]
    public Task TestTODO() => Run(XTestTODO);

    [Test]
    public Task TestWithCancel() => Run(XTestWithCancel);

    [Test]
    public Task TestParentFinishesChild() => Run(XTestParentFinishesChild);

    [Test]
    public Task TestChildFinishesFirst() => Run(XTestChildFinishesFirst);

    [Test]
    public Task TestDeadline() => Run(XTestDeadline);

    [Test]
    public Task TestTimeout() => Run(XTestTimeout);

    [Test]
    public Task TestCanceledTimeout() => Run(XTestCanceledTimeout);

    [Test]
    public Task TestValues() => Run(XTestValues);

    [Test]
    public Task TestSimultaneousCancels() => Run(XTestSimultaneousCancels);

    [Test]
    public Task TestInterlockedCancels() => Run(XTestInterlockedCancels);

    [Test]
    public Task TestLayersCancel() => Run(XTestLayersCancel);

    [Test]
    public Task TestLayersTimeout() => Run(XTestLayersTimeout);

    [Test]
    public Task TestCancelRemoves() => Run(XTestCancelRemoves);

    [Test]
    public Task TestWithCancelCanceledParent() => Run(XTestWithCancelCanceledParent);

    [Test]
    public Task TestWithValueChecksKey() => Run(XTestWithValueChecksKey);

    [Test]
    public Task TestInvalidDerivedFail() => Run(XTestInvalidDerivedFail);

    [Test]
    public Task TestDeadlineExceededSupportsTimeout() => Run(XTestDeadlineExceededSupportsTimeout);

    [Test]
    public Task TestCustomContextGoroutines() => Run(XTestCustomContextGoroutines);

    [Test]
    public Task TestCause() => Run(XTestCause);

    [Test]
    public Task TestCauseRace() => Run(XTestCauseRace);

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
    public Task TestOtherDone() => Run(async t =>
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
        var r = Run(async t =>
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
