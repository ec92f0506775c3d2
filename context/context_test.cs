// Ports src/context/context_test.go of go1.20. x_test.cs has the tests that NUnit finds.
using System.Collections.Generic;
using static golang.builtin;

namespace golang;

internal static class context_test
{
    // otherContext is a Context of a type that context.cs does not know:
    // some of its code depends on the type of
    // a Context.
    private sealed class otherContext(context.Context c) : context.Context
    {
        public (time.Time deadline, bool ok) Deadline() => c.Deadline();

        public chan<@struct>? Done() => c.Done();

        public error? Err() => c.Err();

        public object? Value(object key) => c.Value(key);
    }

    private static readonly time.Duration shortDuration = 1 * time.Millisecond; // a test can wait for it
    internal static readonly time.Duration veryLongDuration = 1000 * time.Hour; // no test takes so long

    // quiescent is the time after which everything that was to happen has happened.
    // PORT(test): in Go it follows from the test's deadline; a test has a minute here.
    private static readonly time.Duration quiescent = 59 * time.Second;

    internal static async go XTestBackground(testing.T t)
    {
        var c = context.Background();
        if (c == null)
        {
            t.Fatalf("Background returned nil");
        }
        if (await select(c.Done().recvcase(), defaultcase) == 0)
        {
            t.Errorf("<-c.Done() want nothing (it should block)");
        }
        if (c.ToString() is var got && got != "context.Background")
        {
            t.Errorf($"Background().String() = {got}");
        }
    }

    internal static async go XTestTODO(testing.T t)
    {
        var c = context.TODO();
        if (c == null)
        {
            t.Fatalf("TODO returned nil");
        }
        if (await select(c.Done().recvcase(), defaultcase) == 0)
        {
            t.Errorf("<-c.Done() want nothing (it should block)");
        }
        if (c.ToString() is var got && got != "context.TODO")
        {
            t.Errorf($"TODO().String() = {got}");
        }
    }

    internal static async go XTestWithCancel(testing.T t)
    {
        var (c1, cancel) = context.WithCancel(context.Background());

        if (c1.ToString() is var got && got != "context.Background.WithCancel")
        {
            t.Errorf($"c1.String() = {got}");
        }

        var o = new otherContext(c1);
        var (c2, _) = context.WithCancel(o);
        context.Context[] contexts = [c1, o, c2];

        for (var i = 0; i < contexts.Length; i++)
        {
            var c = contexts[i];
            if (c.Done() == null)
            {
                t.Errorf($"c[{i}].Done() == nil want non-nil");
            }
            if (c.Err() is { } e)
            {
                t.Errorf($"c[{i}].Err() == {e.Error()} want nil");
            }

            if (await select(c.Done().recvcase(), defaultcase) == 0)
            {
                t.Errorf($"<-c[{i}].Done() want nothing (it should block)");
            }
        }

        cancel(); // All see it when it returns.
        for (var i = 0; i < contexts.Length; i++)
        {
            var c = contexts[i];
            if (await select(c.Done().recvcase(), defaultcase) == 1)
            {
                t.Errorf($"<-c[{i}].Done() blocked, but shouldn't have");
            }
            if (c.Err() is var e && e != context.Canceled)
            {
                t.Errorf($"c[{i}].Err() == {e?.Error()} want {context.Canceled.Error()}");
            }
        }
    }

    private static bool contains(HashSet<context.canceler>? m, context.canceler key) => m?.Contains(key) ?? false;

    internal static async go XTestParentFinishesChild(testing.T t)
    {
        // The tree of contexts:
        // parent -> cancelChild
        // parent -> valueChild -> timerChild
        var (parent, cancel) = context.WithCancel(context.Background());
        var (cancelChild, stop) = context.WithCancel(parent);
        var valueChild = context.WithValue(parent, "key", "value");
        var (timerChild, stop2) = context.WithTimeout(valueChild, veryLongDuration);
        try
        {
            switch (await select(
                parent.Done().recvcase(),
                cancelChild.Done().recvcase(),
                timerChild.Done().recvcase(),
                valueChild.Done().recvcase(),
                defaultcase))
            {
                case 0:
                    t.Errorf("<-parent.Done() want nothing (it should block)");
                    break;
                case 1:
                    t.Errorf("<-cancelChild.Done() want nothing (it should block)");
                    break;
                case 2:
                    t.Errorf("<-timerChild.Done() want nothing (it should block)");
                    break;
                case 3:
                    t.Errorf("<-valueChild.Done() want nothing (it should block)");
                    break;
            }

            // Of the children two can be cancelled; those are parent's.
            var pc = (context.cancelCtx)parent;
            var cc = (context.cancelCtx)cancelChild;
            var tc = (context.timerCtx)timerChild;
            lock (pc.mu)
            {
                if (pc.children?.Count != 2 || !contains(pc.children, cc) || !contains(pc.children, tc))
                {
                    t.Errorf($"bad linkage: {pc.children?.Count} children");
                }
            }

            if (context.parentCancelCtx(cc.Context) is var (p, ok) && (!ok || p != pc))
            {
                t.Errorf($"bad linkage: parentCancelCtx(cancelChild.Context) = {p}, {ok} want {pc}, true");
            }
            if (context.parentCancelCtx(tc.Context) is var (p2, ok2) && (!ok2 || p2 != pc))
            {
                t.Errorf($"bad linkage: parentCancelCtx(timerChild.Context) = {p2}, {ok2} want {pc}, true");
            }

            cancel();

            lock (pc.mu)
            {
                if (pc.children is { Count: not 0 })
                {
                    t.Errorf("pc.cancel didn't clear pc.children");
                }
            }

            // parent is finished, and so are its children.
            async go check(context.Context ctx, string name)
            {
                if (await select(ctx.Done().recvcase(), defaultcase) == 1)
                {
                    t.Errorf($"<-{name}.Done() blocked, but shouldn't have");
                }
                if (ctx.Err() is var e && e != context.Canceled)
                {
                    t.Errorf($"{name}.Err() == {e?.Error()} want {context.Canceled.Error()}");
                }
            }
            await check(parent, "parent");
            await check(cancelChild, "cancelChild");
            await check(valueChild, "valueChild");
            await check(timerChild, "timerChild");

            // A context whose parent is cancelled is so from the beginning.
            var precanceledChild = context.WithValue(parent, "key", "value");
            await check(precanceledChild, "precanceledChild");
        }
        finally
        {
            stop2();
            stop();
        }
    }

    internal static async go XTestChildFinishesFirst(testing.T t)
    {
        var (cancelable, stop) = context.WithCancel(context.Background());
        try
        {
            foreach (var parent in new[] { context.Background(), cancelable })
            {
                var (child, cancel) = context.WithCancel(parent);

                switch (await select(parent.Done().recvcase(), child.Done().recvcase(), defaultcase))
                {
                    case 0:
                        t.Errorf("<-parent.Done() want nothing (it should block)");
                        break;
                    case 1:
                        t.Errorf("<-child.Done() want nothing (it should block)");
                        break;
                }

                var cc = (context.cancelCtx)child;
                var pc = parent as context.cancelCtx;
                var pcok = pc != null; // not if parent is Background()
                if (context.parentCancelCtx(cc.Context) is var (p, ok) && (ok != pcok || ok && pc != p))
                {
                    t.Errorf($"bad linkage: parentCancelCtx(cc.Context) = {p}, {ok} want {pc}, {pcok}");
                }

                if (pcok)
                {
                    lock (pc!.mu)
                    {
                        if (pc.children?.Count != 1 || !contains(pc.children, cc))
                        {
                            t.Errorf($"bad linkage: {pc.children?.Count} children");
                        }
                    }
                }

                cancel();

                if (pcok)
                {
                    lock (pc!.mu)
                    {
                        if (pc.children is { Count: not 0 })
                        {
                            t.Errorf("child's cancel didn't remove self from pc.children");
                        }
                    }
                }

                // child is finished.
                if (await select(child.Done().recvcase(), defaultcase) == 1)
                {
                    t.Errorf("<-child.Done() blocked, but shouldn't have");
                }
                if (child.Err() is var e && e != context.Canceled)
                {
                    t.Errorf($"child.Err() == {e?.Error()} want {context.Canceled.Error()}");
                }

                // parent is not.
                if (await select(parent.Done().recvcase(), defaultcase) == 0)
                {
                    t.Errorf("<-parent.Done() want nothing (it should block)");
                }
                if (parent.Err() is { } e2)
                {
                    t.Errorf($"parent.Err() == {e2.Error()} want nil");
                }
            }
        }
        finally
        {
            stop();
        }
    }

    private static async go testDeadline(context.Context c, string name, testing.T t)
    {
        var d = quiescent;
        var timer = time.NewTimer(d);
        try
        {
            if (await select(timer.C.recvcase(), c.Done().recvcase()) == 0)
            {
                t.Fatalf($"{name}: context not timed out after {d}");
            }
            if (c.Err() is var e && e != context.DeadlineExceeded)
            {
                t.Errorf($"{name}: c.Err() == {e?.Error()}; want {context.DeadlineExceeded.Error()}");
            }
        }
        finally
        {
            timer.Stop();
        }
    }

    internal static async go XTestDeadline(testing.T t)
    {
        const string prefix = "context.Background.WithDeadline(";

        var (c, _) = context.WithDeadline(context.Background(), time.Now().Add(shortDuration));
        if (c.ToString() is var got && !got!.StartsWith(prefix, StringComparison.Ordinal))
        {
            t.Errorf($"c.String() = {got} want prefix {prefix}");
        }
        await testDeadline(c, "WithDeadline", t);

        (c, _) = context.WithDeadline(context.Background(), time.Now().Add(shortDuration));
        var o = new otherContext(c);
        await testDeadline(o, "WithDeadline+otherContext", t);

        (c, _) = context.WithDeadline(context.Background(), time.Now().Add(shortDuration));
        o = new otherContext(c);
        (c, _) = context.WithDeadline(o, time.Now().Add(veryLongDuration));
        await testDeadline(c, "WithDeadline+otherContext+WithDeadline", t);

        (c, _) = context.WithDeadline(context.Background(), time.Now().Add(-shortDuration));
        await testDeadline(c, "WithDeadline+inthepast", t);

        (c, _) = context.WithDeadline(context.Background(), time.Now());
        await testDeadline(c, "WithDeadline+now", t);
    }

    internal static async go XTestTimeout(testing.T t)
    {
        const string prefix = "context.Background.WithDeadline(";

        var (c, _) = context.WithTimeout(context.Background(), shortDuration);
        if (c.ToString() is var got && !got!.StartsWith(prefix, StringComparison.Ordinal))
        {
            t.Errorf($"c.String() = {got} want prefix {prefix}");
        }
        await testDeadline(c, "WithTimeout", t);

        (c, _) = context.WithTimeout(context.Background(), shortDuration);
        var o = new otherContext(c);
        await testDeadline(o, "WithTimeout+otherContext", t);

        (c, _) = context.WithTimeout(context.Background(), shortDuration);
        o = new otherContext(c);
        (c, _) = context.WithTimeout(o, veryLongDuration);
        await testDeadline(c, "WithTimeout+otherContext+WithTimeout", t);
    }

    internal static async go XTestCanceledTimeout(testing.T t)
    {
        var (c, _) = context.WithTimeout(context.Background(), time.Second);
        var o = new otherContext(c);
        (c, var cancel) = context.WithTimeout(o, veryLongDuration);
        cancel(); // c sees it when it returns.
        if (await select(c.Done().recvcase(), defaultcase) == 1)
        {
            t.Errorf("<-c.Done() blocked, but shouldn't have");
        }
        if (c.Err() is var e && e != context.Canceled)
        {
            t.Errorf($"c.Err() == {e?.Error()} want {context.Canceled.Error()}");
        }
    }

    private readonly record struct key1(int i);

    private readonly record struct key2(int i);

    private static readonly key1 k1 = new(1);
    private static readonly key2 k2 = new(1); // the int of k1, another type
    private static readonly key2 k3 = new(3); // the type of k2, another int

    internal static async go XTestValues(testing.T t)
    {
        void check(context.Context c, string nm, string v1, string v2, string v3)
        {
            if (c.Value(k1) as string is var v && (v != null == (v1.Length == 0) || (v ?? "") != v1))
            {
                t.Errorf($"{nm}.Value(k1).(string) = {v} want {v1}");
            }
            if (c.Value(k2) as string is var w && (w != null == (v2.Length == 0) || (w ?? "") != v2))
            {
                t.Errorf($"{nm}.Value(k2).(string) = {w} want {v2}");
            }
            if (c.Value(k3) as string is var x && (x != null == (v3.Length == 0) || (x ?? "") != v3))
            {
                t.Errorf($"{nm}.Value(k3).(string) = {x} want {v3}");
            }
        }

        var c0 = context.Background();
        check(c0, "c0", "", "", "");

        var c1 = context.WithValue(context.Background(), k1, "c1k1");
        check(c1, "c1", "c1k1", "", "");

        // PORT(test): the CLR's name of the type
        if (c1.ToString() is var got && got != "context.Background.WithValue(type golang.context_test+key1, val c1k1)")
        {
            t.Errorf($"c.String() = {got}");
        }

        var c2 = context.WithValue(c1, k2, "c2k2");
        check(c2, "c2", "c1k1", "c2k2", "");

        var c3 = context.WithValue(c2, k3, "c3k3");
        check(c3, "c2", "c1k1", "c2k2", "c3k3");

        var c4 = context.WithValue(c3, k1, null);
        check(c4, "c4", "", "c2k2", "c3k3");

        var o0 = new otherContext(context.Background());
        check(o0, "o0", "", "", "");

        var o1 = new otherContext(context.WithValue(context.Background(), k1, "c1k1"));
        check(o1, "o1", "c1k1", "", "");

        var o2 = context.WithValue(o1, k2, "o2k2");
        check(o2, "o2", "c1k1", "o2k2", "");

        var o3 = new otherContext(c4);
        check(o3, "o3", "", "c2k2", "c3k3");

        var o4 = context.WithValue(o3, k3, null);
        check(o4, "o4", "", "c2k2", "");
    }

    internal static async go XTestSimultaneousCancels(testing.T t)
    {
        var (root, cancel) = context.WithCancel(context.Background());
        var m = new Dictionary<context.Context, context.CancelFunc> { [root] = cancel };
        var q = new Queue<context.Context>([root]);
        // Make a tree of contexts.
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
        // Cancel all of them, in any order: a map of Go has none.
        var wg = new sync.WaitGroup();
        wg.Add(m.Count);
        var cancels = new List<context.CancelFunc>(m.Values).ToArray();
        Random.Shared.Shuffle(cancels);
        foreach (var c in cancels)
        {
            builtin.go(async () =>
            {
                c();
                wg.Done();
            });
        }

        var d = quiescent;
        var stuck = builtin.makechan<@struct>();
        var timer = time.AfterFunc(d, () => stuck.Close());
        try
        {
            // Wait for all of them, in any order.
            var ctxs = new List<context.Context>(m.Keys).ToArray();
            Random.Shared.Shuffle(ctxs);
            foreach (var ctx in ctxs)
            {
                if (await select(ctx.Done().recvcase(), stuck.recvcase()) == 1)
                {
                    t.Fatalf($"timed out after {d} waiting for <-ctx.Done()");
                }
            }
            // And for all the cancel functions.
            var done = builtin.makechan<@struct>();
            builtin.go(async () =>
            {
                await wg.Wait();
                done.Close();
            });
            if (await select(done.recvcase(), stuck.recvcase()) == 1)
            {
                t.Fatalf($"timed out after {d} waiting for cancel functions");
            }
        }
        finally
        {
            timer.Stop();
        }
    }

    internal static async go XTestInterlockedCancels(testing.T t)
    {
        var (parent, cancelParent) = context.WithCancel(context.Background());
        var (child, cancelChild) = context.WithCancel(parent);
        builtin.go(async () =>
        {
            await parent.Done().Recv();
            cancelChild();
        });
        cancelParent();
        var d = quiescent;
        var timer = time.NewTimer(d);
        try
        {
            if (await select(child.Done().recvcase(), timer.C.recvcase()) == 1)
            {
                t.Fatalf($"timed out after {d} waiting for child.Done()");
            }
        }
        finally
        {
            timer.Stop();
        }
    }

    internal static go XTestLayersCancel(testing.T t) => testLayers(t, Environment.TickCount, false);

    internal static go XTestLayersTimeout(testing.T t) => testLayers(t, Environment.TickCount, true);

    private static async go testLayers(testing.T t, int seed, bool testTimeout)
    {
        var r = new Random(seed);
        void errorf(string text) => t.Errorf($"seed={seed}: {text}");
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
                    var d = veryLongDuration;
                    if (testTimeout)
                    {
                        d = shortDuration;
                    }
                    (ctx, cancel) = context.WithTimeout(ctx, d);
                    cancels.Add(cancel);
                    numTimers++;
                    break;
            }
        }
        void checkValues(string when)
        {
            foreach (var key in vals)
            {
                if (ctx.Value(key) is var val && key != val)
                {
                    errorf($"{when}: wrong ctx.Value of key {vals.IndexOf(key)}");
                }
            }
        }
        if (!testTimeout)
        {
            if (await select(ctx.Done().recvcase(), defaultcase) == 0)
            {
                errorf("ctx should not be canceled yet");
            }
        }
        const string prefix = "context.Background.";
        if (ctx.ToString() is var s && !s!.StartsWith(prefix, StringComparison.Ordinal))
        {
            t.Errorf($"ctx.String() = {s} want prefix {prefix}");
        }
        checkValues("before cancel");
        if (testTimeout)
        {
            var d = quiescent;
            var timer = time.NewTimer(d);
            try
            {
                if (await select(ctx.Done().recvcase(), timer.C.recvcase()) == 1)
                {
                    errorf($"ctx should have timed out after {d}");
                }
                checkValues("after timeout");
            }
            finally
            {
                timer.Stop();
            }
        }
        else
        {
            var cancel = cancels[r.Next(cancels.Count)];
            cancel();
            if (await select(ctx.Done().recvcase(), defaultcase) == 1)
            {
                errorf("ctx should be canceled");
            }
            checkValues("after cancel");
        }
    }

    internal static async go XTestCancelRemoves(testing.T t)
    {
        void checkChildren(string when, context.Context ctx, int want)
        {
            if ((((context.cancelCtx)ctx).children?.Count ?? 0) is var got && got != want)
            {
                t.Errorf($"{when}: context has {got} children, want {want}");
            }
        }

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
    }

    internal static async go XTestWithCancelCanceledParent(testing.T t)
    {
        var (parent, pcancel) = context.WithCancelCause(context.Background());
        var cause = errors.New("Because!");
        pcancel(cause);

        var (c, _) = context.WithCancel(parent);
        if (await select(c.Done().recvcase(), defaultcase) == 1)
        {
            t.Errorf("child not done immediately upon construction");
        }
        if (c.Err() is var got && got != context.Canceled)
        {
            t.Errorf($"child not canceled; got = {got?.Error()}, want = {context.Canceled.Error()}");
        }
        if (context.Cause(c) is var got2 && got2 != cause)
        {
            t.Errorf($"child has wrong cause; got = {got2?.Error()}, want = {cause.Error()}");
        }
    }

    internal static async go XTestWithValueChecksKey(testing.T t)
    {
        // PORT(reflect): Go tries a key that is not comparable first.
        var panicVal = recoveredValue(() => context.WithValue(context.Background(), null!, "bar"));
        if (panicVal is not "nil key")
        {
            t.Errorf($"panic = {panicVal}; want nil key");
        }
    }

    internal static async go XTestInvalidDerivedFail(testing.T t)
    {
        var panicVal = recoveredValue(() => context.WithCancel(null!));
        if (panicVal == null)
        {
            t.Errorf("expected panic");
        }
        panicVal = recoveredValue(() => context.WithDeadline(null!, time.Now().Add(shortDuration)));
        if (panicVal == null)
        {
            t.Errorf("expected panic");
        }
        panicVal = recoveredValue(() => context.WithValue(null!, "foo", "bar"));
        if (panicVal == null)
        {
            t.Errorf("expected panic");
        }
    }

    private static object? recoveredValue(Action fn)
    {
        try
        {
            fn();
        }
        catch (PanicException e)
        {
            return e.Value;
        }
        return null;
    }

    internal static async go XTestDeadlineExceededSupportsTimeout(testing.T t)
    {
        if (context.DeadlineExceeded is not timeout i)
        {
            t.Fatalf("DeadlineExceeded does not support Timeout interface");
            return;
        }
        if (!i.Timeout())
        {
            t.Fatalf("wrong value for timeout");
        }
    }

    private sealed class myCtx(context.Context c) : context.Context
    {
        public (time.Time deadline, bool ok) Deadline() => c.Deadline();

        public chan<@struct>? Done() => c.Done();

        public error? Err() => c.Err();

        public object? Value(object key) => c.Value(key);
    }

    private sealed class myDoneCtx(context.Context c) : context.Context
    {
        public (time.Time deadline, bool ok) Deadline() => c.Deadline();

        public chan<@struct>? Done()
        {
            var c = builtin.makechan<@struct>();
            return c;
        }

        public error? Err() => c.Err();

        public object? Value(object key) => c.Value(key);
    }

    internal static async go XTestCustomContextGoroutines(testing.T t)
    {
        var g = context.goroutines.Load();
        void checkNoGoroutine()
        {
            var now = context.goroutines.Load();
            if (now != g)
            {
                t.Fatalf($"{now - g} goroutines created");
            }
        }
        void checkCreatedGoroutine()
        {
            var now = context.goroutines.Load();
            if (now != g + 1)
            {
                t.Fatalf($"{now - g} goroutines created, want 1");
            }
            g = now;
        }

        var (_, cancel0) = context.WithCancel(new myDoneCtx(context.Background()));
        cancel0();
        checkCreatedGoroutine();

        (_, cancel0) = context.WithTimeout(new myDoneCtx(context.Background()), veryLongDuration);
        cancel0();
        checkCreatedGoroutine();

        checkNoGoroutine();
        var defers = new Stack<Action>();
        defers.Push(checkNoGoroutine);
        try
        {
            var (ctx1, cancel1) = context.WithCancel(context.Background());
            defers.Push(() => cancel1());
            checkNoGoroutine();

            var ctx2 = new myCtx(ctx1);
            var (ctx3, cancel3) = context.WithCancel(ctx2);
            defers.Push(() => cancel3());
            checkNoGoroutine();

            var (_, cancel3b) = context.WithCancel(new myDoneCtx(ctx2));
            defers.Push(() => cancel3b());
            checkCreatedGoroutine(); // Done is not ctx1's, so ctx1 may not be asked

            var (ctx4, cancel4) = context.WithTimeout(ctx3, veryLongDuration);
            defers.Push(() => cancel4());
            checkNoGoroutine();

            var (ctx5, cancel5) = context.WithCancel(ctx4);
            defers.Push(() => cancel5());
            checkNoGoroutine();

            cancel5();
            checkNoGoroutine();

            var (_, cancel6) = context.WithTimeout(ctx5, veryLongDuration);
            defers.Push(() => cancel6());
            checkNoGoroutine();

            // The same with a context that is cancelled.
            cancel6();
            cancel1();
            var (_, cancel7) = context.WithCancel(ctx5);
            defers.Push(() => cancel7());
            checkNoGoroutine();
        }
        finally
        {
            while (defers.TryPop(out var f))
            {
                f();
            }
        }
    }

    internal static async go XTestCause(testing.T t)
    {
        error parentCause = errors.New("parentCause"),
            childCause = errors.New("childCause");
        foreach (var (name, f, err, cause) in new (string name, Func<context.Context> ctx, error? err, error? cause)[]
        {
            ("Background", () => context.Background(), null, null),
            ("TODO", () => context.TODO(), null, null),
            ("WithCancel", () =>
            {
                var (ctx, cancel) = context.WithCancel(context.Background());
                cancel();
                return ctx;
            }, context.Canceled, context.Canceled),
            ("WithCancelCause", () =>
            {
                var (ctx, cancel) = context.WithCancelCause(context.Background());
                cancel(parentCause);
                return ctx;
            }, context.Canceled, parentCause),
            ("WithCancelCause nil", () =>
            {
                var (ctx, cancel) = context.WithCancelCause(context.Background());
                cancel(null);
                return ctx;
            }, context.Canceled, context.Canceled),
            ("WithCancelCause: parent cause before child", () =>
            {
                var (ctx, cancelParent) = context.WithCancelCause(context.Background());
                (ctx, var cancelChild) = context.WithCancelCause(ctx);
                cancelParent(parentCause);
                cancelChild(childCause);
                return ctx;
            }, context.Canceled, parentCause),
            ("WithCancelCause: parent cause after child", () =>
            {
                var (ctx, cancelParent) = context.WithCancelCause(context.Background());
                (ctx, var cancelChild) = context.WithCancelCause(ctx);
                cancelChild(childCause);
                cancelParent(parentCause);
                return ctx;
            }, context.Canceled, childCause),
            ("WithCancelCause: parent cause before nil", () =>
            {
                var (ctx, cancelParent) = context.WithCancelCause(context.Background());
                (ctx, var cancelChild) = context.WithCancel(ctx);
                cancelParent(parentCause);
                cancelChild();
                return ctx;
            }, context.Canceled, parentCause),
            ("WithCancelCause: parent cause after nil", () =>
            {
                var (ctx, cancelParent) = context.WithCancelCause(context.Background());
                (ctx, var cancelChild) = context.WithCancel(ctx);
                cancelChild();
                cancelParent(parentCause);
                return ctx;
            }, context.Canceled, context.Canceled),
            ("WithCancelCause: child cause after nil", () =>
            {
                var (ctx, cancelParent) = context.WithCancel(context.Background());
                (ctx, var cancelChild) = context.WithCancelCause(ctx);
                cancelParent();
                cancelChild(childCause);
                return ctx;
            }, context.Canceled, context.Canceled),
            ("WithCancelCause: child cause before nil", () =>
            {
                var (ctx, cancelParent) = context.WithCancel(context.Background());
                (ctx, var cancelChild) = context.WithCancelCause(ctx);
                cancelChild(childCause);
                cancelParent();
                return ctx;
            }, context.Canceled, childCause),
            ("WithTimeout", () =>
            {
                var (ctx, cancel) = context.WithTimeout(context.Background(), 0);
                cancel();
                return ctx;
            }, context.DeadlineExceeded, context.DeadlineExceeded),
        })
        {
            var ctx = f();
            if (ctx.Err() is var got && err != got)
            {
                t.Errorf($"{name}: ctx.Err() = {got?.Error()} want {err?.Error()}");
            }
            if (context.Cause(ctx) is var got2 && cause != got2)
            {
                t.Errorf($"{name}: Cause(ctx) = {got2?.Error()} want {cause?.Error()}");
            }
        }
    }

    internal static async go XTestCauseRace(testing.T t)
    {
        var cause = errors.New("TestCauseRace");
        var (ctx, cancel) = context.WithCancelCause(context.Background());
        builtin.go(async () =>
        {
            cancel(cause);
        });
        for (; ; )
        {
            // Ask for the cause again and again, and not for Done first, to see
            // that it may be read while it is written.
            var err = context.Cause(ctx);
            if (err != null)
            {
                if (err != cause)
                {
                    t.Errorf($"Cause returned {err.Error()}, want {cause.Error()}");
                }
                break;
            }
            await runtime.Gosched();
        }
    }
}
