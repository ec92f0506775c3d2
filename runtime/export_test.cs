// Ports src/runtime/export_test.go of go1.20, as far as the tests need it, and holds what
// they share in place of channels and package sync.
using System.Threading;
using System.Threading.Tasks;
using static golang.runtime;

namespace golang;

internal static class export_test
{
    // Run runs a test on a goroutine of its own. It begins and ends with no other goroutine
    // alive, so a test that leaves one behind fails.
    internal static Task Run(Func<testing.T, go> fn) => testing.Run(async t =>
    {
        await quiesce();
        await fn(t);
        await quiesce();
    });

    internal static Task Run(Func<go> fn) => Run(_ => fn());

    // quiesce waits until the calling goroutine is the only one.
    internal static async go quiesce()
    {
        var deadline = nanotime() + 30 * (int64)1e9;
        while (liveGoroutines() > 1)
        {
            if (nanotime() > deadline)
            {
                throw new AssertionException($"{liveGoroutines() - 1} goroutines are left over");
            }
            await Gosched();
        }
    }

    // liveGoroutines counts the goroutines that are not dead, one by one, without the runtime's own.
    internal static unsafe int liveGoroutines()
    {
        var n = 0;
        forEachG(gp =>
        {
            var s = readgstatus(gp) & ~_Gscan;
            if (s != _Gdead && s != _Gidle && !isSystemGoroutine(gp, false))
            {
                n++;
            }
        });
        return n;
    }

    // SetGCPercent is debug.SetGCPercent: with -1 there are no cycles but those that are asked for, and
    // when it returns none is under way.
    internal static async go<int32> SetGCPercent(int32 percent)
    {
        var old = gcController.gcPercent.Load();
        gcController.gcPercent.Store(percent);
        if (percent < 0)
        {
            await gcWaitOnMark(work.cycles.Load());
        }
        return old;
    }

    // withoutGC runs fn when no cycle is under way and none can start: goroutines that wait for each other
    // in loops without an await cannot be stopped.
    internal static async go withoutGC(Func<go> fn)
    {
        var old = await SetGCPercent(-1);
        try
        {
            await runtime.GC();
            await fn();
        }
        finally
        {
            await SetGCPercent(old);
        }
    }

    // preempt is a call that has always ended: awaiting it is where a goroutine is preempted.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static async go preempt()
    {
        var sum = 0;
        for (var i = 0; i < 128; i++)
        {
            sum += i;
        }
        await ended(sum);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static go<int> ended(int v) => new(v);

    internal static unsafe void Netpoll(int64 delta)
    {
        using (systemstack())
        {
            var list = netpoll(delta);
            // PORT(test): Go's test drops what was ready.
            injectglist(&list);
        }
    }

    internal static unsafe void RunSchedLocalQueueTest()
    {
        var pp = @new<p>();
        var n = (int)runqlen;
        var gs = newgs(n);
        for (var i = 0; i < n; i++)
        {
            Assert.That(runqget(pp, out _) == null, "runq is not empty initially");
            for (var j = 0; j < i; j++)
            {
                runqput(pp, &gs[i], false);
            }
            for (var j = 0; j < i; j++)
            {
                Assert.That(runqget(pp, out _) == &gs[i], $"bad element at iter {i}/{j}");
            }
            Assert.That(runqget(pp, out _) == null, "runq is not empty afterwards");
        }
        NativeMemory.Free(gs);
    }

    internal static unsafe void RunSchedLocalQueueStealTest()
    {
        var p1 = @new<p>();
        var p2 = @new<p>();
        var n = (int)runqlen;
        var gs = newgs(n);
        var sig = new int[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                sig[j] = 0;
                runqput(p1, &gs[j], false);
            }
            var gp = runqsteal(p2, p1, true);
            var s = 0;
            if (gp != null)
            {
                s++;
                sig[gp - gs]++;
            }
            for (; ; )
            {
                gp = runqget(p2, out _);
                if (gp == null)
                {
                    break;
                }
                s++;
                sig[gp - gs]++;
            }
            for (; ; )
            {
                gp = runqget(p1, out _);
                if (gp == null)
                {
                    break;
                }
                sig[gp - gs]++;
            }
            for (var j = 0; j < i; j++)
            {
                Assert.That(sig[j] == 1, $"bad element {j}({sig[j]}) at iter {i}");
            }
            Assert.That(s == i / 2 || s == i / 2 + 1, $"bad steal {s}, want {i / 2} or {i / 2 + 1}, iter {i}");
        }
        NativeMemory.Free(gs);
    }

    internal static async go RunSchedLocalQueueEmptyTest(int iters)
    {
        // A queue that is not empty must never look empty.
        // The scheduler goes by it: goroutines could wait
        // for long beside Ps that have nothing to do.
        var done = builtin.makechan<bool>(1);
        ptr<p> p;
        ptr<g> gs;
        unsafe
        {
            p = @new<p>();
            gs = newgs(2);
        }
        var ready = 0;
        var spuriously = 0;
        for (var i = 0; i < iters; i++)
        {
            ready = 0;
            var next0 = (i & 1) == 0;
            var next1 = (i & 2) == 0;
            put(0, next0);
            builtin.go(async () =>
            {
                for (Interlocked.Increment(ref ready); Volatile.Read(ref ready) != 2;)
                {
                }
                if (empty())
                {
                    Interlocked.Increment(ref spuriously);
                }
                await done.Send(true);
            });
            for (Interlocked.Increment(ref ready); Volatile.Read(ref ready) != 2;)
            {
            }
            put(1, next1);
            get();
            await done.Recv();
            Assert.That(spuriously, Is.Zero, $"queue is empty; next: {next0} {next1}");
            get();
        }
        unsafe
        {
            NativeMemory.Free(gs);
        }

        unsafe void put(int i, bool next) => runqput(p, &gs.p[i], next);
        unsafe void get() => runqget(p, out _);
        unsafe bool empty() => runqempty(p);
    }

    private static unsafe g* newgs(int n)
    {
        return (g*)NativeMemory.AllocZeroed((nuint)n, (nuint)sizeof(g));
    }

    // semreleaseg is semrelease where an async function is wanted.
    internal static go semreleaseg(ptr<uint32> addr)
    {
        semrelease(addr);
        return default;
    }

    internal static unsafe (uint32 external, uint32 @internal) LockOSCounts()
    {
        var gp = getg();
        if (gp->m->lockedExt + gp->m->lockedInt == 0)
        {
            if (gp->lockedm != 0)
            {
                builtin.panic("lockedm on non-locked goroutine");
            }
        }
        else
        {
            if (gp->lockedm == 0)
            {
                builtin.panic("nil lockedm on locked goroutine");
            }
        }
        return (gp->m->lockedExt, gp->m->lockedInt);
    }

    internal static async go RunGetgThreadSwitchTest()
    {
        // getg is right after a change of threads, even if the
        // address of its thread-local variable was kept from before.
        var ch = builtin.makechan<int>();
        builtin.go(async () =>
        {
            await ch.Send(5);
            LockOSThread();
        });

        var g1 = getgp();

        // This is likely to lead to a change of threads: the other goroutine
        // locks itself to this one and takes it away.
        await ch.Recv();

        var g2 = getgp();
        Assert.That(g2, Is.EqualTo(g1), "g1 != g2");

        // And once more, after a branch: a compiler may
        // take that as a reason to ask again.
        var g3 = getgp();
        Assert.That(g3, Is.EqualTo(g1), "g1 != g3");

        static unsafe uintptr getgp() => (uintptr)getg();
    }

    internal static unsafe uint32 SemNwait(ptr<uint32> addr)
    {
        var root = semtable->rootFor(addr);
        return root->nwait.Load();
    }

    internal const int SemTableSize = semTabSize;

    // Enqueue simulates a waiter for a semaphore at addr.
    internal static unsafe void Enqueue(semTable* t, uint32* addr, bool lifo = false)
    {
        var s = acquireSudog();
        s->releasetime = 0;
        s->acquiretime = 0;
        s->ticket = 0;
        t->rootFor(addr)->queue(addr, s, lifo);
    }

    // Dequeue takes a waiter for the semaphore at addr out; it reports whether there was one.
    internal static unsafe bool Dequeue(semTable* t, uint32* addr)
    {
        var s = t->rootFor(addr)->dequeue(addr, out _);
        if (s != null)
        {
            releaseSudog(s);
            return true;
        }
        return false;
    }
}

// A waitgroup waits once for n calls of Done, like sync.WaitGroup.
internal sealed class waitgroup(int n)
{
    private int left = n;
    private readonly ptr<uint32> sema = newsema(0);

    internal void Done()
    {
        if (Interlocked.Decrement(ref left) == 0)
        {
            semrelease(sema);
        }
    }

    internal go Wait() => semacquire(sema);
}
