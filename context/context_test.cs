// Ports src/context/context_test.go of go1.20.
using System.Collections.Generic;
using System.Threading.Tasks;
using static go.builtin;

namespace go;

public class context_test
{
    private static Task Run(Func<go> fn) => runtime.Run(fn).WaitAsync(TimeSpan.FromMinutes(1));

    // otherContext is a Context that's not one of the types defined in context.cs.
    // This lets us test code paths that differ based on the underlying type of the
    // Context.
    private sealed class otherContext(context.Context c) : context.Context
    {
        public (time.Time deadline, bool ok) Deadline() => c.Deadline();

        public chan<@struct>? Done() => c.Done();

        public error? Err() => c.Err();

        public object? Value(object key) => c.Value(key);
    }

    private static readonly time.Duration shortDuration = 1 * time.Millisecond; // a reasonable duration to block in a test
    private static readonly time.Duration veryLongDuration = 1000 * time.Hour; // an arbitrary upper bound on the test's running time
    private static readonly time.Duration quiescent = 5 * time.Second;

    private static bool done(context.Context c) => c.Done().selectnbrecv().selected;

    [Test]
    public void TestBackground()
    {
        var c = context.Background();
        Assert.That(c, Is.Not.Null);
        Assert.That(done(c), Is.False);
        Assert.That(c.ToString(), Is.EqualTo("context.Background"));
    }

    [Test]
    public void TestTODO()
    {
        var c = context.TODO();
        Assert.That(done(c), Is.False);
        Assert.That(c.ToString(), Is.EqualTo("context.TODO"));
    }

    // PORT(test): off a goroutine, too.
    [TestCase(true)]
    [TestCase(false)]
    public Task TestWithCancel(bool onGoroutine)
    {
        if (onGoroutine)
        {
            return Run(() =>
            {
                testWithCancel();
                return default;
            });
        }
        testWithCancel();
        return Task.CompletedTask;
    }

    private static void testWithCancel()
    {
        var (c1, cancel) = context.WithCancel(context.Background());
        Assert.That(c1.ToString(), Is.EqualTo("context.Background.WithCancel"));
        var o = new otherContext(c1);
        var (c2, _) = context.WithCancel(o);
        context.Context[] contexts = [c1, o, c2];
        foreach (var c in contexts)
        {
            Assert.That(c.Done(), Is.Not.Null);
            Assert.That(c.Err(), Is.Null);
            Assert.That(done(c), Is.False);
        }

        cancel(); // Should propagate synchronously.
        foreach (var c in contexts)
        {
            Assert.That(done(c), "blocked, but shouldn't have");
            Assert.That(c.Err(), Is.SameAs(context.Canceled));
        }
    }

    [Test]
    public Task TestParentFinishesChild() => Run(() =>
    {
        // Context tree:
        // parent -> cancelChild
        // parent -> valueChild -> timerChild
        var (parent, cancel) = context.WithCancel(context.Background());
        var (cancelChild, stop) = context.WithCancel(parent);
        var valueChild = context.WithValue(parent, "key", "value");
        var (timerChild, stop1) = context.WithTimeout(valueChild, veryLongDuration);

        Assert.That(done(parent) || done(cancelChild) || done(timerChild) || done(valueChild), Is.False);

        // The parent's children should contain the two cancelable children.
        var pc = (context.cancelCtx)parent;
        var cc = (context.cancelCtx)cancelChild;
        var tc = (context.timerCtx)timerChild;
        Assert.That(pc.children, Is.EquivalentTo(new[] { cc, tc }));
        Assert.That(context.parentCancelCtx(cc.Context), Is.EqualTo((pc, true)));
        Assert.That(context.parentCancelCtx(tc.Context), Is.EqualTo((pc, true)));

        cancel();

        Assert.That(pc.children, Is.Null);

        // parent and children should all be finished.
        foreach (var ctx in new[] { parent, cancelChild, valueChild, timerChild })
        {
            Assert.That(done(ctx));
            Assert.That(ctx.Err(), Is.SameAs(context.Canceled));
        }

        // WithCancel should return a canceled context on a canceled parent.
        var precanceledChild = context.WithValue(parent, "key", "value");
        Assert.That(done(precanceledChild));
        Assert.That(precanceledChild.Err(), Is.SameAs(context.Canceled));
        stop();
        stop1();
        return default;
    });

    [Test]
    public Task TestChildFinishesFirst() => Run(() =>
    {
        var (cancelable, stop) = context.WithCancel(context.Background());
        foreach (var parent in new[] { context.Background(), cancelable })
        {
            var (child, cancel) = context.WithCancel(parent);
            Assert.That(done(parent) || done(child), Is.False);
            var cc = (context.cancelCtx)child;
            var pc = parent as context.cancelCtx; // null when parent == Background()
            Assert.That(context.parentCancelCtx(cc.Context), Is.EqualTo((pc, pc != null)));
            if (pc != null)
            {
                Assert.That(pc.children, Is.EquivalentTo(new[] { cc }));
            }

            cancel();

            if (pc != null)
            {
                Assert.That(pc.children, Is.Empty);
            }
            // child should be finished.
            Assert.That(done(child));
            Assert.That(child.Err(), Is.SameAs(context.Canceled));
            // parent should not be finished.
            Assert.That(done(parent), Is.False);
            Assert.That(parent.Err(), Is.Null);
        }
        stop();
        return default;
    });

    private static async go testDeadline(context.Context c, string name)
    {
        var timer = time.NewTimer(quiescent);
        Assert.That(await select(timer.C.recvcase(), c.Done().recvcase()), Is.EqualTo(1), $"{name}: context not timed out");
        timer.Stop();
        Assert.That(c.Err(), Is.SameAs(context.DeadlineExceeded), name);
    }

    [Test]
    public Task TestDeadline() => Run(async () =>
    {
        var (c, _) = context.WithDeadline(context.Background(), time.Now().Add(shortDuration));
        Assert.That(c.ToString(), Does.StartWith("context.Background.WithDeadline("));
        await testDeadline(c, "WithDeadline");

        (c, _) = context.WithDeadline(context.Background(), time.Now().Add(shortDuration));
        var o = new otherContext(c);
        await testDeadline(o, "WithDeadline+otherContext");

        (c, _) = context.WithDeadline(context.Background(), time.Now().Add(shortDuration));
        o = new otherContext(c);
        (c, _) = context.WithDeadline(o, time.Now().Add(veryLongDuration));
        await testDeadline(c, "WithDeadline+otherContext+WithDeadline");

        (c, _) = context.WithDeadline(context.Background(), time.Now().Add(-shortDuration));
        await testDeadline(c, "WithDeadline+inthepast");

        (c, _) = context.WithDeadline(context.Background(), time.Now());
        await testDeadline(c, "WithDeadline+now");
    });

    [Test]
    public Task TestTimeout() => Run(async () =>
    {
        var (c, _) = context.WithTimeout(context.Background(), shortDuration);
        await testDeadline(c, "WithTimeout");

        (c, _) = context.WithTimeout(context.Background(), shortDuration);
        var o = new otherContext(c);
        (c, _) = context.WithTimeout(o, veryLongDuration);
        await testDeadline(c, "WithTimeout+otherContext+WithTimeout");
    });

    [Test]
    public Task TestCanceledTimeout() => Run(() =>
    {
        var (c, stop) = context.WithTimeout(context.Background(), time.Second);
        var o = new otherContext(c);
        (c, var cancel) = context.WithTimeout(o, veryLongDuration);
        cancel(); // Should propagate synchronously.
        Assert.That(done(c));
        Assert.That(c.Err(), Is.SameAs(context.Canceled));
        stop();
        return default;
    });

    private readonly record struct key1(int i);

    private readonly record struct key2(int i);

    [Test]
    public void TestValues()
    {
        var k1 = new key1(1);
        var k2 = new key2(1); // same int as k1, different type
        var k3 = new key2(3); // same type as k2, different int
        void check(context.Context c, object? v1, object? v2, object? v3) =>
            Assert.That((c.Value(k1), c.Value(k2), c.Value(k3)), Is.EqualTo((v1, v2, v3)));

        var c0 = context.Background();
        check(c0, null, null, null);
        var c1 = context.WithValue(c0, k1, "c1k1");
        check(c1, "c1k1", null, null);
        var c2 = context.WithValue(c1, k2, "c2k2");
        check(c2, "c1k1", "c2k2", null);
        var c3 = context.WithValue(c2, k3, "c3k3");
        check(c3, "c1k1", "c2k2", "c3k3");
        var c4 = context.WithValue(c3, k1, null);
        check(c4, null, "c2k2", "c3k3");
        var o1 = new otherContext(context.WithValue(context.Background(), k1, "c1k1"));
        check(o1, "c1k1", null, null);
        var o2 = context.WithValue(o1, k2, "o2k2");
        check(o2, "c1k1", "o2k2", null);
        var o3 = new otherContext(c4);
        check(o3, null, "c2k2", "c3k3");
        var o4 = context.WithValue(o3, k3, null);
        check(o4, null, "c2k2", null);
    }

    [Test]
    public Task TestSimultaneousCancels() => Run(async () =>
    {
        var (root, cancel) = context.WithCancel(context.Background());
        var m = new Dictionary<context.Context, context.CancelFunc> { [root] = cancel };
        var q = new Queue<context.Context>([root]);
        // Create a tree of contexts.
        while (q.Count != 0 && m.Count < 100)
        {
            var parent = q.Dequeue();
            for (var i = 0; i < 4; i++)
            {
                (var ctx, cancel) = context.WithCancel(parent);
                m[ctx] = cancel;
                q.Enqueue(ctx);
            }
        }
        // Start all the cancels in a random order.
        var wg = builtin.makechan<@struct>(m.Count);
        foreach (var c in m.Values)
        {
            builtin.go(async () =>
            {
                c();
                await wg.Send(default(@struct));
            });
        }

        var timer = time.NewTimer(quiescent);
        // Wait on all the contexts in a random order.
        foreach (var ctx in m.Keys)
        {
            Assert.That(await select(ctx.Done().recvcase(), timer.C.recvcase()), Is.Zero, "timed out");
        }
        // Wait for all the cancel functions to return.
        for (var i = 0; i < m.Count; i++)
        {
            Assert.That(await select(wg.recvcase(), timer.C.recvcase()), Is.Zero, "timed out");
        }
        timer.Stop();
    });

    [Test]
    public Task TestInterlockedCancels() => Run(async () =>
    {
        var (parent, cancelParent) = context.WithCancel(context.Background());
        var (child, cancelChild) = context.WithCancel(parent);
        builtin.go(async () =>
        {
            await parent.Done().Recv();
            cancelChild();
        });
        cancelParent();
        var timer = time.NewTimer(quiescent);
        Assert.That(await select(child.Done().recvcase(), timer.C.recvcase()), Is.Zero, "timed out");
        timer.Stop();
    });

    [TestCase(false)]
    [TestCase(true)]
    public Task TestLayers(bool testTimeout) => Run(async () =>
    {
        var r = new Random(1);
        const int minLayers = 30;
        var vals = new List<object>();
        var cancels = new List<context.CancelFunc>();
        var numTimers = 0;
        var ctx = context.Background();
        for (var i = 0; i < minLayers || numTimers == 0 || cancels.Count == 0 || vals.Count == 0; i++)
        {
            context.CancelFunc cancel;
            switch (r.Next(3))
            {
                case 0:
                    var v = new object();
                    ctx = context.WithValue(ctx, v, v);
                    vals.Add(v);
                    break;
                case 1:
                    (ctx, cancel) = context.WithCancel(ctx);
                    cancels.Add(cancel);
                    break;
                case 2:
                    (ctx, cancel) = context.WithTimeout(ctx, testTimeout ? shortDuration : veryLongDuration);
                    cancels.Add(cancel);
                    numTimers++;
                    break;
            }
        }
        void checkValues()
        {
            foreach (var key in vals)
            {
                Assert.That(ctx.Value(key), Is.SameAs(key));
            }
        }
        if (!testTimeout)
        {
            Assert.That(done(ctx), Is.False, "ctx should not be canceled yet");
        }
        checkValues();
        if (testTimeout)
        {
            var timer = time.NewTimer(quiescent);
            Assert.That(await select(ctx.Done().recvcase(), timer.C.recvcase()), Is.Zero, "ctx not timed out");
            timer.Stop();
            Assert.That(ctx.Err(), Is.SameAs(context.DeadlineExceeded));
        }
        else
        {
            cancels[r.Next(cancels.Count)]();
            Assert.That(done(ctx), "ctx should be canceled");
            Assert.That(ctx.Err(), Is.SameAs(context.Canceled));
        }
        checkValues();
        foreach (var c in cancels)
        {
            c();
        }
    });

    [Test]
    public Task TestCancelRemoves() => Run(() =>
    {
        void checkChildren(string when, context.Context ctx, int want) =>
            Assert.That(((context.cancelCtx)ctx).children?.Count ?? 0, Is.EqualTo(want), when);

        var (ctx, _) = context.WithCancel(context.Background());
        checkChildren("after creation", ctx, 0);
        var (_, cancel) = context.WithCancel(ctx);
        checkChildren("with WithCancel child ", ctx, 1);
        cancel();
        checkChildren("after canceling WithCancel child", ctx, 0);

        (ctx, _) = context.WithCancel(context.Background());
        checkChildren("after creation", ctx, 0);
        (_, cancel) = context.WithTimeout(ctx, 60 * time.Minute);
        checkChildren("with WithTimeout child ", ctx, 1);
        cancel();
        checkChildren("after canceling WithTimeout child", ctx, 0);
        return default;
    });

    [Test]
    public void TestWithCancelCanceledParent()
    {
        var (parent, pcancel) = context.WithCancelCause(context.Background());
        var cause = errors.New("Because!");
        pcancel(cause);

        var (c, _) = context.WithCancel(parent);
        Assert.That(done(c), "child not done immediately upon construction");
        Assert.That(c.Err(), Is.SameAs(context.Canceled));
        Assert.That(context.Cause(c), Is.SameAs(cause));
    }

    [Test]
    public void TestInvalidDerivedFail()
    {
        Assert.That(() => context.WithCancel(null!), Throws.TypeOf<PanicException>());
        Assert.That(() => context.WithDeadline(null!, time.Now().Add(shortDuration)), Throws.TypeOf<PanicException>());
        Assert.That(() => context.WithValue(null!, "a", "b"), Throws.TypeOf<PanicException>());
        Assert.That(() => context.WithValue(context.Background(), null!, "b"), Throws.TypeOf<PanicException>());
    }

    [Test]
    public void TestDeadlineExceededSupportsTimeout()
    {
        Assert.That(context.DeadlineExceeded is timeout t && t.Timeout());
    }

    // A Context of somebody else's with a Done channel of its own needs a goroutine.
    private sealed class myDoneCtx(context.Context c, chan<@struct> d) : context.Context
    {
        public (time.Time deadline, bool ok) Deadline() => c.Deadline();

        public chan<@struct>? Done() => d;

        public error? Err() => done(this) ? context.Canceled : null;

        public object? Value(object key) => c.Value(key);
    }

    [Test]
    public Task TestCustomContextGoroutines() => Run(async () =>
    {
        var g = context.goroutines.Load();
        var (ctx, cancel) = context.WithCancel(context.Background());
        Assert.That(context.goroutines.Load(), Is.EqualTo(g));
        var (_, cancel2) = context.WithCancel(new otherContext(ctx));
        Assert.That(context.goroutines.Load(), Is.EqualTo(g));
        var d = builtin.makechan<@struct>();
        var my = new myDoneCtx(ctx, d);
        var (child, _) = context.WithCancel(my);
        Assert.That(context.goroutines.Load(), Is.EqualTo(g + 1));
        var (_, cancel4) = context.WithTimeout(my, veryLongDuration);
        Assert.That(context.goroutines.Load(), Is.EqualTo(g + 2));
        cancel4();
        d.Close();
        await child.Done().Recv();
        Assert.That(child.Err(), Is.SameAs(context.Canceled));
        cancel2();
        cancel();
    });

    [Test]
    public Task TestCause() => Run(() =>
    {
        var parentCause = errors.New("parentCause");
        var childCause = errors.New("childCause");
        void check(context.Context ctx, error? err, error? cause)
        {
            Assert.That(ctx.Err(), Is.SameAs(err));
            Assert.That(context.Cause(ctx), Is.SameAs(cause));
        }

        check(context.Background(), null, null);
        check(context.TODO(), null, null);
        var (c1, cancel1) = context.WithCancel(context.Background());
        check(c1, null, null);
        cancel1();
        check(c1, context.Canceled, context.Canceled);
        var (c2, cancel2) = context.WithCancelCause(context.Background());
        cancel2(parentCause);
        check(c2, context.Canceled, parentCause);
        var (c3, cancel3) = context.WithCancelCause(context.Background());
        cancel3(null);
        check(c3, context.Canceled, context.Canceled);
        foreach (var childFirst in new[] { false, true })
        {
            var (p, cancelParent) = context.WithCancelCause(context.Background());
            var (c, cancelChild) = context.WithCancelCause(p);
            if (childFirst)
            {
                cancelChild(childCause);
                cancelParent(parentCause);
                check(c, context.Canceled, childCause);
            }
            else
            {
                cancelParent(parentCause);
                cancelChild(childCause);
                check(c, context.Canceled, parentCause);
            }
        }
        var (t, cancelT) = context.WithTimeout(context.Background(), 0);
        cancelT();
        check(t, context.DeadlineExceeded, context.DeadlineExceeded);
        return default;
    });

    [Test]
    public Task TestCauseRace() => Run(async () =>
    {
        var cause = errors.New("TestCauseRace");
        var (ctx, cancel) = context.WithCancelCause(context.Background());
        builtin.go(() =>
        {
            cancel(cause);
            return default;
        });
        for (; ; )
        {
            // Poll Cause, rather than waiting for Done, to test that
            // access to the underlying cause is synchronized properly.
            var err = context.Cause(ctx);
            if (err != null)
            {
                Assert.That(err, Is.SameAs(cause));
                break;
            }
            await runtime.Gosched();
        }
    });

    // Any thread may cancel, and wakes who waits.
    [Test]
    public async Task TestCancelForeign()
    {
        context.CancelFunc? cancel = null;
        var ready = new TaskCompletionSource();
        var r = Run(async () =>
        {
            (var ctx, cancel) = context.WithTimeout(context.Background(), veryLongDuration);
            ready.SetResult();
            await ctx.Done().Recv();
            Assert.That(ctx.Err(), Is.SameAs(context.Canceled));
        });
        await ready.Task;
        await Task.Delay(10);
        cancel!();
        await r;
    }
}
