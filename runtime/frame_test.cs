// Tests of frame.cs, gostack.cs and checkframes.cs: the frames of a parked goroutine, seen from outside.
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class frame_test
{
    // chain parks n + 1 calls deep.
    private static async go<int> chain(int n, ptr<uint32> sema)
    {
        if (n > 0)
        {
            return await chain(n - 1, sema) + 1;
        }
        await semacquire(sema);
        return 0;
    }

    private static async go other(ptr<uint32> sema) => await semacquire(sema);

    // parked starts a goroutine that parks in fn, and waits until it has.
    private static async go<ptr<g>> parked(Func<go> fn)
    {
        ptr<g> gp = default;
        builtin.go(async () =>
        {
            unsafe
            {
                gp = getg();
            }
            await fn();
        });
        await waiting(() => gp);
        return gp;
    }

    // waiting waits until a goroutine is parked, and the M has nothing to do with it any more.
    private static async go waiting(Func<ptr<g>> gp)
    {
        while (!waits())
        {
            await Gosched();
        }

        unsafe bool waits() => gp().p != null && readgstatus(gp()) == _Gwaiting && gp().v.m == null;
    }

    private static unsafe stack stackOf(ptr<g> gp) => stack.of(gp.v.sched.stk);

    // The number of the await in a traceback is that of the method's source.
    [Test]
    public Task TestAwaitNumber() => Run(async () =>
    {
        var sema = newsema(0);
        var gp = await parked(async () =>
        {
            await chain(0, sema); // its first
            await chain(1, sema); // and its second
        });
        Assert.That(entry().awaitno, Is.Zero);
        semrelease(sema);
        await waiting(() => gp);
        Assert.That(entry().awaitno, Is.EqualTo(1));
        semrelease(sema);

        // The frame of the function that was given to parked.
        frame entry()
        {
            var f = stackOf(gp).hint!;
            while (f.caller!.caller is not stack)
            {
                f = f.caller;
            }
            return f;
        }
    });

    // What checkframes looks for it finds, and nothing where nothing is wrong.
    [Test]
    public Task TestInvariants() => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
#if DEBUG
        var sema = newsema(0);
        var sema2 = newsema(0);
        var sema3 = newsema(0);
        var gp = await parked(async () =>
        {
            await other(sema3);
            await chain(3, sema);
        });
        var idle = callers(stackOf(gp).hint!, typeof(frame_test), "<other>");
        semrelease(sema3);
        while (!idle.spare)
        {
            await Gosched();
        }
        await waiting(() => gp);
        var gp2 = await parked(async () => await chain(3, sema2));

        var stk = stackOf(gp);
        var leaf = stk.hint!;
        var mid = callers(leaf, typeof(frame_test), "<chain>");
        var bottom = mid;
        while (bottom.caller is not stack)
        {
            bottom = bottom.caller!;
        }
        var stk2 = stackOf(gp2);
        var mid2 = callers(stk2.hint!, typeof(frame_test), "<chain>");

        sound();
        Assert.That(stk.changed(mid), Does.StartWith("1: "));
        var next = mid.caller;
        plant("1: ", () => mid.caller = next!.caller, () => mid.caller = next);
        plant("2: a frame of another stack", () => bottom.caller = mid2, () => bottom.caller = stk);
        plant("2: a frame of another stack", () => bottom.caller = stk2, () => bottom.caller = stk);
        plant("2: the chain does not end", () => bottom.caller = null, () => bottom.caller = stk);
        plant("2: a frame is in the chain twice", () => bottom.caller = leaf, () => bottom.caller = stk);
        plant("2: an idle frame is in the chain", () => mid.status = frame.frameEnded, () => mid.status = frame.frameUsed);
        plant("2: a used frame is not in the chain", () => idle.status = frame.frameUsed, () => idle.status = frame.frameClear);
        plant("3: a frame that has failed", () => mid.status = frame.frameFailed, () => mid.status = frame.frameUsed);
        plant("3: a frame has failed", () => stk.setexc(new InvalidOperationException()), () => Assert.That(stk.rethrow, Throws.InvalidOperationException));
        plant("4: ", () => idle.status = frame.frameEnded, () => idle.status = frame.frameClear);
        var hint = idle.hint;
        plant("5: ", () => idle.caller = mid2, () => idle.caller = hint);
        plant("6: ", () => idle.spare = false, () => idle.spare = true);
        plant("7: ", () => stk.caller = mid, () => stk.caller = leaf);
        // What has ended has no used frame.
        Assert.That(stk.violation(null), Does.StartWith("2: a used frame is not in the chain"));

        semrelease(sema);
        semrelease(sema2);

        void sound() => Assert.That((stk.changed(leaf), stk2.changed(stk2.hint)), Is.EqualTo(((string?)null, (string?)null)));

        void plant(string want, Action spoil, Action mend)
        {
            spoil();
            var got = stk.changed(leaf);
            mend();
            Assert.That(got, Does.StartWith(want));
            sound();
        }

        static frame callers(frame f, Type t, string method)
        {
            while (f.method.DeclaringType != t || !f.method.Name.StartsWith(method, StringComparison.Ordinal))
            {
                f = f.caller!;
            }
            return f;
        }
#else
        await Gosched();
        Assert.Ignore("Debug builds check");
#endif
    }));
}
