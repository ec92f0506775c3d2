// Tests of asm.cs: what is the port's own, goroutines as chains of frames.
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class asm_test
{
    // How long a measurement is repeated until it shows nothing but what it is about: other
    // threads allocate too, and so does code that the JIT has not optimised yet.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    private static void skipInDebug()
    {
#if DEBUG
        Assert.Ignore("in Debug builds state machines are classes");
#endif
    }

    // Calls that do not park.
    private static async go<int> leaf(int n)
    {
        await preemptless();
        return n + 1;
    }

    private static go preemptless() => default;

    private static async go<int> middle(int n) => await leaf(n) + await leaf(n);

    // An await of a call that has ended allocates nothing.
    [Test]
    public Task TestEndedCallAllocatesNothing()
    {
        skipInDebug();
        return Run(async () =>
        {
            var deadline = nanotime() + (int64)patience.TotalNanoseconds;
            int64 allocated = 0;
            do
            {
                // Should the goroutine be preempted and go on on another thread, the difference
                // is anything, once.
                var tid = gettid();
                var before = GC.GetAllocatedBytesForCurrentThread();
                var sum = 0;
                for (var i = 0; i < 10_000; i++)
                {
                    sum += await middle(i) & 1;
                }
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                Assert.That(sum, Is.Zero);
                if (gettid() != tid)
                {
                    allocated = int64.MaxValue;
                }
            }
            while (allocated != 0 && nanotime() < deadline);
            Assert.That(allocated, Is.Zero);
        });
    }

    private static async go<int> parkingLeaf(int n)
    {
        await Gosched();
        return n + 1;
    }

    private static async go<int> parkingMiddle(int n) => await parkingLeaf(n) + await parkingLeaf(n);

    // Frames are used again: a goroutine that parks does not allocate.
    [TestCase(1)]
    [TestCase(2)]
    public Task TestParkAllocatesNothing(int procs)
    {
        skipInDebug();
        return Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            var sema = newsema(0);
            var back = newsema(0);
            var stop = 0;
            builtin.go(async () =>
            {
                while (Volatile.Read(ref stop) == 0)
                {
                    await semacquire(sema);
                    semrelease(back);
                }
            });
            const int parks = 10_000;
            var deadline = nanotime() + (int64)patience.TotalNanoseconds;
            int64 allocated;
            do
            {
                var before = GC.GetTotalAllocatedBytes(true);
                for (var i = 0; i < parks / 4; i++)
                {
                    await parkingMiddle(i); // parks twice, three frames deep
                    semrelease(sema);
                    await semacquire(back);
                }
                allocated = GC.GetTotalAllocatedBytes(true) - before;
            }
            // An object has 24 bytes at least; the rest of the process may allocate a little.
            while (allocated >= parks && nanotime() < deadline);
            Volatile.Write(ref stop, 1);
            semrelease(sema);
            await semacquire(back);
            Assert.That(allocated, Is.LessThan(parks));
        }));
    }

    // way parks in a chain of methods that n decides: each bit pair takes another one, with another
    // result, some park before and some after the call, some throw.
    private static async go<int64> way(uint32 n, bool faults)
    {
        switch (n & 3)
        {
            case 0:
                await Gosched();
                return n;
            case 1:
                return 3 * await way(n >> 2, faults);
            case 2:
                var (text, value) = await wayPair(n >> 2, faults);
                return value + text.Length;
            default:
                await wayVoid(n >> 2, faults);
                return 7;
        }
    }

    private static async go<(string, int64)> wayPair(uint32 n, bool faults)
    {
        if ((n & 1) != 0)
        {
            await Gosched();
        }
        var r = await way(n >> 1, faults);
        return ("four", r);
    }

    private static async go wayVoid(uint32 n, bool faults)
    {
        try
        {
            await way(n >> 1, faults);
            if (faults && (n & 1) != 0)
            {
                throw new InvalidOperationException("way " + n);
            }
        }
        finally
        {
            await Gosched();
        }
    }

    // expect is the same without goroutines: the result, or null for an exception.
    private static int64? expect(uint32 n, bool faults)
    {
        switch (n & 3)
        {
            case 0:
                return n;
            case 1:
                return 3 * expect(n >> 2, faults);
            case 2:
                return expect(n >> 3, faults) + 4;
            default:
                return expect(n >> 3, faults) == null || (faults && (n >> 2 & 1) != 0) ? null : 7;
        }
    }

    // A goroutine that parks in ever other ways goes on with the right frames.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public Task TestManyWays(int procs)
    {
        return Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            var done = newsema(0);
            const int N = 8;
            var wrong = 0;
            for (var i = 0; i < N; i++)
            {
                var seed = i;
                builtin.go(async () =>
                {
                    var r = new Random(seed);
                    for (var k = 0; k < 2000; k++)
                    {
                        var n = (uint32)r.NextInt64(1L << 32);
                        int64? got = null;
                        try
                        {
                            got = await way(n, true);
                        }
                        catch (InvalidOperationException)
                        {
                        }
                        if (got != expect(n, true))
                        {
                            Interlocked.Increment(ref wrong);
                        }
                    }
                    semrelease(done);
                });
            }
            for (var i = 0; i < N; i++)
            {
                await semacquire(done);
            }
            Assert.That(wrong, Is.Zero);
        }));
    }

    // And after a while it has all the frames that it needs.
    [Test]
    public Task TestManyWaysAllocateNothing()
    {
        skipInDebug();
        return Run(() => testing.WithGOMAXPROCS(1, async () =>
        {
            const int ways = 10_000;
            var deadline = nanotime() + (int64)patience.TotalNanoseconds;
            int64 allocated;
            var r = new Random(1);
            do
            {
                var before = GC.GetTotalAllocatedBytes(true);
                for (var i = 0; i < ways; i++)
                {
                    await way((uint32)r.NextInt64(1L << 16), false);
                }
                allocated = GC.GetTotalAllocatedBytes(true) - before;
            }
            while (allocated >= ways && nanotime() < deadline);
            Assert.That(allocated, Is.LessThan(ways));
        }));
    }

    private struct kind<T>
    {
        internal T v;
    }

    private static async go<int> ofKind<T>(int n)
    {
        var v = default(kind<T>);
        await Gosched();
        return n + (v.v == null ? 1 : 0);
    }

    private static void kinds<T>(System.Collections.Generic.List<Func<int, go<int>>> l, int n)
    {
        l.Add(ofKind<T>);
        if (n > 1)
        {
            kinds<kind<T>>(l, n - 1);
        }
    }

    // More kinds of frames than a stack keeps: it goes on with new ones, and does not collect them.
    [Test]
    public Task TestManyKinds()
    {
        return Run(async () =>
        {
            var l = new System.Collections.Generic.List<Func<int, go<int>>>();
            kinds<int>(l, 100);
            int64 allocated = 0;
            var sum = 0;
            for (var round = 0; round < 20; round++)
            {
                var before = GC.GetTotalAllocatedBytes(true);
                for (var i = 0; i < l.Count; i++)
                {
                    sum += await l[i](i) - i;
                }
                allocated = GC.GetTotalAllocatedBytes(true) - before;
            }
            unsafe
            {
                Assert.That(stack.of(getg()->sched.stk).nspare, Is.InRange(32, 64));
            }
            Assert.That(sum, Is.Zero);
            Assert.That(allocated, Is.GreaterThan(24 * l.Count / 2), "all kinds were kept");
        });
    }

    // The chain of a goroutine goes on with the right frames, locals and results.
    private static async go<int64> fib(int n)
    {
        if (n < 2)
        {
            if (n == 0)
            {
                await Gosched();
            }
            return n;
        }
        var text = n.ToString();
        var a = await fib(n - 1);
        var b = await fib(n - 2);
        Assert.That(text, Is.EqualTo(n.ToString()));
        return a + b;
    }

    [Test]
    public Task TestResults() => Run(async () =>
    {
        Assert.That(await fib(15), Is.EqualTo(610));
        Assert.That(await parkingMiddle(20), Is.EqualTo(42));
        Assert.That(await pair(), Is.EqualTo((1, "two")));

        static async go<(int n, string s)> pair()
        {
            await Gosched();
            return (1, "two");
        }
    });

    // hold parks depth frames deep with an object that nobody else holds.
    private static async go<WeakReference> hold(int depth)
    {
        if (depth > 0)
        {
            var w = await hold(depth - 1);
            Assert.That(w, Is.Not.Null);
            return w;
        }
        return await holder(new object());
    }

    private static async go<WeakReference> holder(object o)
    {
        await Gosched();
        return new WeakReference(o);
    }

    private static async go<int> otherLeaf()
    {
        await goyield();
        return 1;
    }

    private static async go<int> otherMiddle(int n) => n == 0 ? await otherLeaf() : await otherMiddle(n - 1);

    private static void collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    // A frame that has ended keeps alive what its method held until the goroutine parks again or ends,
    // whatever it parks in, and no longer.
    [TestCase(0, 0)]
    [TestCase(0, 3)]
    [TestCase(3, 0)]
    [TestCase(3, 3)]
    [TestCase(3, 5)]
    public Task TestEndedFramesKeepNothing(int depth, int other) => Run(async () =>
    {
        for (var round = 0; round < 3; round++)
        {
            var w = await hold(depth);
            await otherMiddle(other);
            collect();
            Assert.That(w.IsAlive, Is.False, "parked in another method");

            w = await hold(depth);
            await Gosched();
            collect();
            Assert.That(w.IsAlive, Is.False, "parked in none");

            // The same frames again, with another object.
            w = await hold(depth);
            var w2 = await hold(depth);
            await Gosched();
            collect();
            Assert.That(w.IsAlive, Is.False, "parked in the same");
            Assert.That(w2.IsAlive, Is.False, "parked in the same, the last one");
        }

        WeakReference? ended = null;
        builtin.go(async () => ended = await hold(depth));
        await quiesce();
        collect();
        Assert.That(ended!.IsAlive, Is.False, "the goroutine has ended");
    });

    private struct words3
    {
        internal int n;
        internal object? o;
        internal bool b;
    }

    private sealed class words
    {
        internal object? a;
        internal byte b;
        internal words3 c;
        internal (string?, int, object?) d;
        internal Memory<byte> e;
        internal words3? f;
        internal int64 g;
        internal string? h;
    }

    // What says where the references in an object are, against the collector's own knowledge.
    [Test]
    public void TestRefwords()
    {
        var o = new words();
        ref var first = ref Unsafe.As<frame.fields>(o).first;
        nint at(ref byte field) => Unsafe.ByteOffset(ref Unsafe.As<frame.fields>(o).first, ref field) / sizeof(int64);
        nint[] want =
        [
            at(ref Unsafe.As<object?, byte>(ref o.a)),
            at(ref Unsafe.As<object?, byte>(ref o.c.o)),
            at(ref Unsafe.As<string?, byte>(ref o.d.Item1)),
            at(ref Unsafe.As<object?, byte>(ref o.d.Item3)),
            at(ref Unsafe.As<Memory<byte>, byte>(ref o.e)), // its object is its first field
            at(ref Unsafe.As<object?, byte>(ref Unsafe.AsRef(in Nullable.GetValueRefOrDefaultRef(in o.f)).o)),
            at(ref Unsafe.As<string?, byte>(ref o.h)),
        ];
        var size = (int)((nint)want.Max() + 1) * sizeof(int64);
        var bits = refwords.of(o, ref first, size);
        Assert.That(bits, Is.EqualTo(want.Aggregate(0UL, (b, i) => b | 1UL << (int)i)));
        // Less than all of it: the words from the second on, and the first alone.
        Assert.That(refwords.of(o, ref Unsafe.Add(ref first, sizeof(int64)), size - sizeof(int64)), Is.EqualTo(bits >> 1));
        Assert.That(refwords.of(o, ref first, sizeof(int64)), Is.EqualTo(bits & 1));
        // More than a word has bits.
        Assert.That(refwords.of(o, ref first, 65 * sizeof(int64)), Is.Zero);
    }

    // A goroutine that has been asked to give way when it had parked already does not keep all others
    // looking for what they have been asked.
    [Test]
    public Task TestAskedParked() => Run(async () =>
    {
        var sema = newsema(0);
        uintptr parked = 0;
        builtin.go(async () =>
        {
            unsafe
            {
                parked = (uintptr)getg();
            }
            await semacquire(sema);
        });
        while (!waiting())
        {
            await Gosched();
        }
        var deadline = nanotime() + (int64)patience.TotalNanoseconds;
        do
        {
            request();
            // Goroutines that run may have been asked as well, but not for long.
            await Gosched();
        }
        while (preempting != 0 && nanotime() < deadline);
        Assert.That(preempting, Is.Zero);
        semrelease(sema);

        unsafe bool waiting() => parked != 0 && readgstatus((g*)parked) == _Gwaiting;

        unsafe void request()
        {
            ((g*)parked)->stackguard0 = stackPreempt;
            ask((g*)parked);
        }
    });

    private sealed class testException(string text) : Exception(text);

    // An exception goes up through frames that have parked, and through those that have not.
    [TestCase(false)]
    [TestCase(true)]
    public Task TestException(bool park) => Run(async () =>
    {
        var trace = new List<string>();
        try
        {
            await f(3);
            trace.Add("not reached");
        }
        catch (testException e)
        {
            trace.Add(e.Message);
            // An await in a handler, and frames that are used again.
            await f(-1);
        }
        Assert.That(trace, Is.EqualTo(new[] { "finally 0", "finally 1", "finally 2", "finally 3", "thrown" }));
        // Everything still works.
        Assert.That(await fib(5), Is.EqualTo(5));

        async go<int> f(int n)
        {
            if (n < 0)
            {
                return n;
            }
            try
            {
                if (n > 0)
                {
                    await f(n - 1);
                }
                else
                {
                    if (park)
                    {
                        await Gosched();
                    }
                    throw new testException("thrown");
                }
            }
            finally
            {
                if (park)
                {
                    await Gosched();
                }
                trace.Add($"finally {n}");
            }
            return n;
        }
    });

    [Test]
    public async Task TestExceptionReachesTask()
    {
        await Assert.ThrowsAsync<testException>(() => runtime.Run(async () =>
        {
            await Gosched();
            throw new testException("a");
        }));
        await Assert.ThrowsAsync<testException>(() => runtime.Run(() => throw new testException("b")));
    }

    // Goexit runs the finally blocks of all frames, innermost first, and ends the goroutine only.
    [TestCase(false)]
    [TestCase(true)]
    public Task TestGoexit(bool park) => Run(async () =>
    {
        var trace = new List<string>();
        var done = newsema(0);
        builtin.go(async () =>
        {
            try
            {
                await f(2);
                trace.Add("not reached");
            }
            finally
            {
                trace.Add("finally");
                semrelease(done);
            }
        });
        await semacquire(done);
        await quiesce();
        Assert.That(trace, Is.EqualTo(new[] { "finally 0", "finally 1", "finally 2", "finally" }));

        async go f(int n)
        {
            try
            {
                if (n > 0)
                {
                    await f(n - 1);
                }
                else
                {
                    if (park)
                    {
                        await Gosched();
                    }
                    Goexit();
                }
                trace.Add("not reached");
            }
            finally
            {
                if (park)
                {
                    await Gosched();
                }
                trace.Add($"finally {n}");
            }
        }
    });

    // A task of Run whose goroutine ends by Goexit ends too.
    [Test]
    public async Task TestGoexitEndsRun()
    {
        var task = runtime.Run(async () =>
        {
            await Gosched();
            Goexit();
        });
        var first = await Task.WhenAny(task, Task.Delay(TimeSpan.FromSeconds(20)));
        Assert.That(first, Is.SameAs(task), "the task does not end");
    }

    // foreignDone waits until nobody counts as waiting for an awaitable. A goroutine counts
    // until it is on a run queue, so it may run while it is still counted.
    private static async go foreignDone()
    {
        while (foreignwait.Load() != 0)
        {
            await Gosched();
        }
    }

    [Test]
    public Task TestTaskDelay() => Run(async () =>
    {
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(1);
        }
        await foreignDone();
    });

    // Who waits for somebody else's awaitable is not asleep for good: no deadlock is reported.
    [Test]
    public void TestForeignNoDeadlock()
    {
        Assert.That(testprog.runTestProg("ForeignNoDeadlock"), Is.EqualTo(("OK\n", 0)));
    }

    [Test]
    public Task TestTaskYield() => Run(async () =>
    {
        for (var i = 0; i < 1000; i++)
        {
            await Task.Yield();
            Assert.That(onGoroutine(), Is.True);
        }
    });

    private static unsafe bool onGoroutine() => getg() != null && getg() == getg()->m->curg;

    // A task that another thread completes, at about the time at which the goroutine parks.
    [Test]
    public Task TestTaskFromThread() => Run(async () =>
    {
        for (var i = 0; i < 2000; i++)
        {
            var tcs = new TaskCompletionSource<int>();
            ThreadPool.UnsafeQueueUserWorkItem(_ => tcs.SetResult(i), null);
            Assert.That(await tcs.Task, Is.EqualTo(i));
            Assert.That(onGoroutine(), Is.True);
        }
    });

    // A task that is completed already, one that another goroutine completes, and one that fails.
    [Test]
    public Task TestTaskFromGoroutine() => Run(async () =>
    {
        Assert.That(await Task.FromResult(1), Is.EqualTo(1));
        Assert.That(await new ValueTask<int>(2), Is.EqualTo(2));
        for (var i = 0; i < 1000; i++)
        {
            // The continuation runs inside SetResult, on the goroutine that calls it.
            var tcs = new TaskCompletionSource<int>();
            builtin.go(async () =>
            {
                if (i % 2 == 0)
                {
                    await Gosched();
                }
                tcs.SetResult(i);
                if (!onGoroutine())
                {
                    throw new InvalidOperationException("not on a goroutine after SetResult");
                }
            });
            Assert.That(await tcs.Task.ConfigureAwait(false), Is.EqualTo(i));
            await quiesce();
        }
        Exception? caught = null;
        try
        {
            await fail();
        }
        catch (testException e)
        {
            caught = e;
        }
        Assert.That(caught?.Message, Is.EqualTo("task"));

        static async Task fail()
        {
            await Task.Yield();
            throw new testException("task");
        }
    });

    // inline calls the continuation as soon as it gets it.
    private struct inline : INotifyCompletion
    {
        public readonly inline GetAwaiter() => this;

        public readonly bool IsCompleted => false;

        public readonly int GetResult() => 7;

        public readonly void OnCompleted(Action continuation) => continuation();
    }

    [Test]
    public Task TestInlineAwaitable() => Run(async () =>
    {
        for (var i = 0; i < 1000; i++)
        {
            Assert.That(await default(inline), Is.EqualTo(7));
        }
        await foreignDone();
    });

    // late calls the continuation on another thread before OnCompleted has returned.
    private readonly struct late : INotifyCompletion
    {
        public readonly late GetAwaiter() => this;

        public readonly bool IsCompleted => false;

        public readonly void GetResult()
        {
        }

        public readonly void OnCompleted(Action continuation)
        {
            var t = new Thread(() => continuation());
            t.Start();
            t.Join();
        }
    }

    [TestCase(1)]
    [TestCase(4)]
    public Task TestLateAwaitable(int procs) => Run(() => testing.WithGOMAXPROCS(procs, async () =>
    {
        for (var i = 0; i < 100; i++)
        {
            await default(late);
        }
        await foreignDone();
    }));

    // twice calls the continuation, and keeps it for a second call.
    private sealed class twice : INotifyCompletion
    {
        internal Action? continuation;

        public twice GetAwaiter() => this;

        public bool IsCompleted => false;

        public void GetResult()
        {
        }

        public void OnCompleted(Action continuation)
        {
            this.continuation = continuation;
            continuation();
        }
    }

    // A second call of the continuation is refused: the goroutine may wait for something else by then, or have ended.
    [Test]
    public async Task TestAwaitableTwice()
    {
        var awaitable = new twice();
        await Run(async () =>
        {
            await awaitable;
            Assert.That(awaitable.continuation!, Throws.InvalidOperationException);
            var c = builtin.makechan<int>();
            builtin.go(async () =>
            {
                Assert.That(awaitable.continuation!, Throws.InvalidOperationException);
                await c.Send(7);
            });
            Assert.That(await c.Recv(), Is.EqualTo(7));

            // Nor does it end the await of something else.
            var tcs = new TaskCompletionSource<int>();
            builtin.go(async () =>
            {
                Assert.That(awaitable.continuation!, Throws.InvalidOperationException);
                tcs.SetResult(8);
            });
            Assert.That(await tcs.Task, Is.EqualTo(8));
            await foreignDone();
        });
        Assert.That(awaitable.continuation!, Throws.InvalidOperationException);
    }

    // Many goroutines that wait for tasks at the same time.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public Task TestForeignStorm(int procs) => Run(() => testing.WithGOMAXPROCS(procs, async () =>
    {
        const int n = 100;
        var sum = 0;
        var done = new waitgroup(n);
        for (var i = 0; i < n; i++)
        {
            builtin.go(async () =>
            {
                for (var j = 0; j < 50; j++)
                {
                    await Task.Yield();
                    await Gosched();
                    Interlocked.Increment(ref sum);
                }
                done.Done();
            });
        }
        await done.Wait();
        Assert.That(sum, Is.EqualTo(n * 50));
    }));

    // down goes n calls deep, parks at the bottom (and every step calls on the way, if that is
    // not 0), and comes back.
    private static async go<int> down(int n, int step)
    {
        if (n == 0 || (step != 0 && n % step == 0))
        {
            await Gosched();
        }
        return n == 0 ? 0 : await down(n - 1, step) + 1;
    }

    // What has parked goes on without recursion, so no depth overflows a thread's stack.
    [TestCase(10_000, 0)]
    [TestCase(10_000, 1)]
    [TestCase(300_000, 100)]
    public Task TestDeepRecursion(int n, int step) => Run(async () =>
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.That(await down(n, step), Is.EqualTo(n));
            if (testing.Short())
            {
                break;
            }
        }
    });

    [Test]
    public Task TestDeepException() => Run(async () =>
    {
        var depth = 0;
        try
        {
            await f(1000);
        }
        catch (testException e)
        {
            Assert.That(e.Message, Is.EqualTo("deep"));
        }
        Assert.That(depth, Is.EqualTo(1000));
        Assert.That(await down(1000, 1), Is.EqualTo(1000));

        async go f(int n)
        {
            if (n == 0)
            {
                await Gosched();
                throw new testException("deep");
            }
            try
            {
                await f(n - 1);
            }
            finally
            {
                depth++;
            }
        }
    });

    // A go statement with an argument evaluates that at once, and runs the function with it.
    [Test]
    public Task TestGoArgument() => Run(async () =>
    {
        const int n = 100;
        var ch = builtin.makechan<int>();
        var x = 0;
        for (; x < n; x++)
        {
            builtin.go(send, x);
        }
        var seen = new bool[n];
        for (var i = 0; i < n; i++)
        {
            seen[await ch.Recv()] = true;
        }
        Assert.That(seen, Is.All.True);

        async go send(int v)
        {
            await Gosched();
            await ch.Send(v);
        }
    });

    // A function that can park says what is wrong when it is called on a thread.
    [Test]
    public async Task TestOutsideGoroutine()
    {
        await runtime.Run(() => default);
#pragma warning disable GO002 // That it does not work is what is tested.
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Gosched());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await semacquire(newsema(0)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await semacquire(newsema(1)));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await timeSleep(1));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await parkingMiddle(1));
        // What does not park is no error.
        Assert.That(await leaf(1), Is.EqualTo(2));
#pragma warning restore GO002
        Assert.That(onThread(), Is.True);

        static unsafe bool onThread() => getg() == null;
    }

    // Nor can it start a timer, and the timer is left as it was.
    [Test]
    public async Task TestTimerOutsideGoroutine()
    {
        await runtime.Run(() => default);
        check();

        static unsafe void check()
        {
            var t = new timer { when = 1 };
            var p = (uintptr)(&t);
            Assert.That(() => startTimer(p, null), Throws.InvalidOperationException);
            Assert.That(() => resetTimer(p, 2, null), Throws.InvalidOperationException);
            Assert.That(() => modTimer(p, 2, 0, 0, 0, 0, null), Throws.InvalidOperationException);
            Assert.That((t.when, t.status.Load()), Is.EqualTo((1L, timerNoStatus)));
        }
    }

    [Test]
    public async Task TestGOMAXPROCSOutsideGoroutine()
    {
        await runtime.Run(() => default);
#pragma warning disable GO002 // That it does not work is what is tested.
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await GOMAXPROCS(0));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await GOMAXPROCS(2));
#pragma warning restore GO002
    }

    // Threads that are none of the scheduler's start goroutines all at the same time.
    [Test]
    public async Task TestForeignThreads()
    {
        const int threads = 32;
        const int each = 200;
        var sum = 0;
        var failed = 0;
        using var start = new Barrier(threads);
        var tasks = new Task[threads * each];
        var ts = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            var me = i;
            ts[i] = new Thread(() =>
            {
                start.SignalAndWait();
                for (var j = 0; j < each; j++)
                {
                    tasks[me * each + j] = runtime.Run(async () =>
                    {
                        await Gosched();
                        Interlocked.Increment(ref sum);
                    });
                    if (!onThread())
                    {
                        Interlocked.Increment(ref failed);
                    }
                }
            });
            ts[i].Start();
        }
        foreach (var t in ts)
        {
            t.Join();
        }
        await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromMinutes(1));
        Assert.That(sum, Is.EqualTo(threads * each));
        Assert.That(failed, Is.Zero);

        static unsafe bool onThread() => getg() == null;
    }

    // One goroutine at a time from a thread, when all Ms are idle: none may be forgotten.
    [Test]
    public async Task TestForeignThreadWakes()
    {
        for (var i = 0; i < 2000; i++)
        {
            Assert.That(await runtime.Run<int>(async () =>
            {
                await preempt();
                return i;
            }).WaitAsync(TimeSpan.FromMinutes(1)), Is.EqualTo(i));
        }
    }

    // ring passes its turn on and checks what it holds in frames and locals.
    private static async go<int64> ring(ptr<uint32> mine, ptr<uint32> next, int depth, int64 id)
    {
        if (depth == 0)
        {
            await semacquire(mine);
            semrelease(next);
            return id;
        }
        var text = $"{id}/{depth}";
        object boxed = id;
        var r = await ring(mine, next, depth - 1, id + depth);
        if (text != $"{id}/{depth}" || (int64)boxed != id)
        {
            throw new InvalidOperationException("frame mixed up");
        }
        if (depth % 2 == 0)
        {
            await Gosched();
        }
        return r - depth;
    }

    // Goroutines park and wake each other from M to M; their frames stay theirs.
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    public Task TestFrameStress(int procs) => Run(t => testing.WithGOMAXPROCS(procs, async () =>
    {
        const int rings = 4;
        const int n = 8;
        const int rounds = 500;
        var done = new waitgroup(rings * n);
        for (var k = 0; k < rings; k++)
        {
            var semas = new ptr<uint32>[n];
            for (var i = 0; i < n; i++)
            {
                semas[i] = newsema(i < 3 ? 1u : 0u); // three turns go round
            }
            for (var i = 0; i < n; i++)
            {
                var (mine, next, id) = (semas[i], semas[(i + 1) % n], (int64)k * 1000 + i);
                builtin.go(async () =>
                {
                    for (var j = 0; j < rounds; j++)
                    {
                        var r = await ring(mine, next, j % 5, id);
                        if (r != id)
                        {
                            t.Errorf($"got {r}, want {id}");
                        }
                    }
                    done.Done();
                });
            }
        }
        await done.Wait();
    }));

    // Goroutines that end leave their g and its frames to others.
    [TestCase(1)]
    [TestCase(4)]
    public Task TestGoroutineReuse(int procs) => Run(t => testing.WithGOMAXPROCS(procs, async () =>
    {
        var before = (int)allglen;
        for (var round = 0; round < 50; round++)
        {
            const int n = 200;
            var done = new waitgroup(n);
            for (var i = 0; i < n; i++)
            {
                var me = i;
                builtin.go(async () =>
                {
                    var r = me % 2 == 0 ? await down(me % 7, 2) : (int)await fib(me % 7);
                    var want = me % 2 == 0 ? me % 7 : new[] { 0, 1, 1, 2, 3, 5, 8 }[me % 7];
                    if (r != want)
                    {
                        t.Errorf($"got {r}, want {want}");
                    }
                    done.Done();
                });
            }
            await done.Wait();
        }
        // 10,000 goroutines came and went; there were never more than 200 at a time, and each
        // P may keep 64 dead ones.
        Assert.That((int)allglen - before, Is.LessThan(1000));
    }));
}
