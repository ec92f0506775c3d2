// Tests of what the runtime assumes of the CLR: the table in PORTING.md says which assumption has which test.
using System.Reflection;
using System.Runtime.ConstrainedExecution;
using System.Threading;
using System.Threading.Tasks;
using static golang.runtime;

namespace golang;

public class clr_test
{
    // compact has the CLR move what it can move.
    private static void compact()
    {
        for (var i = 0; i < 3; i++)
        {
            System.Runtime.GCSettings.LargeObjectHeapCompactionMode = System.Runtime.GCLargeObjectHeapCompactionMode.CompactOnce;
            GC.Collect(2, GCCollectionMode.Forced, true, true);
            GC.WaitForPendingFinalizers();
        }
    }

    // errno is that of the call that was made last when the thread comes back from it, whatever the CLR did with
    // the thread on its way: here it stops all threads all the time.
    [TestCase(false)]
    [TestCase(true)]
    public void TestErrno(bool raw)
    {
        const int threads = 4;
        const int calls = 20_000;
        var wrong = 0;
        var left = threads;
        var before = GC.CollectionCount(0);
        for (var i = 0; i < threads; i++)
        {
            var me = i;
            new Thread(() =>
            {
                for (var j = 0; j < calls; j++)
                {
                    var (got, want) = call(me + j, raw);
                    if (got != want)
                    {
                        Interlocked.Increment(ref wrong);
                    }
                }
                Interlocked.Decrement(ref left);
            }).Start();
        }
        while (Volatile.Read(ref left) > 0)
        {
            GC.Collect(0);
        }
        Assert.That(wrong, Is.Zero);
        Assert.That(GC.CollectionCount(0) - before, Is.GreaterThan(0));

        // A call that fails: the error it has, and the one it should have.
        static unsafe (int got, int want) call(int i, bool raw)
        {
            fixed (byte* name = "/nothing/there\0"u8)
            {
                var ts = new timespec { tv_sec = 0, tv_nsec = 2_000_000_000 };
                var (num, a, b, want) = (i % 3) switch
                {
                    0 => (SYS_close, unchecked((uintptr)(-1)), (uintptr)0, 9), // EBADF
                    1 => (SYS_openat, unchecked((uintptr)(-100)), (uintptr)name, 2), // ENOENT
                    _ => (SYS_nanosleep, (uintptr)(&ts), (uintptr)0, 22), // EINVAL
                };
                var r = raw ? runtime_internal.syscall.RawSyscall6(num, a, b, 0, 0, 0, 0) : runtime_internal.syscall.Syscall6(num, a, b, 0, 0, 0, 0);
                return ((int)r.errno, want);
            }
        }
    }

    private struct withReference
    {
        internal object? o;
        internal int64 n;
    }

    // A pinned array stays where it is, also one with references, and what it refers to stays alive.
    [Test]
    public unsafe void TestPinnedArray()
    {
        const int n = 64;
        var garbage = new object?[n];
        var words = new uint32[n][];
        var structs = new withReference[n][];
        var at = new (uintptr, uintptr)[n];
        for (var i = 0; i < n; i++)
        {
            garbage[i] = GC.AllocateArray<uint32>(1000, pinned: true);
            words[i] = GC.AllocateArray<uint32>(3, pinned: true);
            structs[i] = GC.AllocateArray<withReference>(2, pinned: true);
            structs[i][1].o = new[] { i };
            at[i] = address(i);
        }
        Array.Clear(garbage);
        compact();
        for (var i = 0; i < n; i++)
        {
            Assert.That(address(i), Is.EqualTo(at[i]));
            Assert.That(((int[])Unsafe.AsRef<withReference>((void*)at[i].Item2).o!)[0], Is.EqualTo(i));
        }

        (uintptr, uintptr) address(int i) => ((uintptr)Unsafe.AsPointer(ref words[i][0]), (uintptr)Unsafe.AsPointer(ref structs[i][1]));
    }

    // The head of a goroutine's stack, whose address is in the g.
    [Test]
    public async Task TestStackhead()
    {
        var stk = await Run<uintptr>(async () =>
        {
            await Gosched();
            return here();
        });
        var o = stack.of(stk);
        compact();
        Assert.That(stack.of(stk), Is.SameAs(o));

        static unsafe uintptr here() => getg()->sched.stk;
    }

    private static class slot<T>
    {
        [ThreadStatic]
        internal static T? v;
    }

    private struct nest<T>
    {
        internal T? v;
    }

    private static int touch<T>(int n)
    {
        slot<T>.v = default;
        slot<T[]>.v = [];
        return n == 0 ? 0 : touch<nest<T>>(n - 1) + 1;
    }

    // The place of a thread's g stays the same while the thread lives: mloop keeps a reference to it.
    [Test]
    public unsafe void TestThreadStatic()
    {
        uintptr before = 0, after = 0;
        var t = new Thread(() =>
        {
            before = place();
            touch<int>(50);
            compact();
            after = place();
        });
        t.Start();
        t.Join();
        Assert.That(before, Is.Not.Zero);
        Assert.That(after, Is.EqualTo(before));

        uintptr place()
        {
            fixed (g** p = &tls.g)
            {
                return (uintptr)p;
            }
        }
    }

    private sealed class plain
    {
        internal last? other;
        internal static int count;

        ~plain()
        {
            other!.first = true;
            Interlocked.Increment(ref count);
        }
    }

    private sealed class last : CriticalFinalizerObject
    {
        internal plain? other;
        internal bool first;
        internal static int early, count;

        ~last()
        {
            if (!first)
            {
                Interlocked.Increment(ref early);
            }
            Interlocked.Increment(ref count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void makePairs(int n)
    {
        for (var i = 0; i < n; i++)
        {
            var a = new last();
            var b = new plain { other = a };
            a.other = b; // so both die in the same collection
        }
    }

    // Of what dies together, critical objects are finalized after all others.
    [Test]
    public void TestCriticalFinalizers()
    {
        const int n = 1000;
        makePairs(n);
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while ((Volatile.Read(ref last.count) < n / 2 || Volatile.Read(ref plain.count) < n / 2) && DateTime.UtcNow < deadline)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(Volatile.Read(ref last.count), Is.GreaterThanOrEqualTo(n / 2));
        Assert.That(last.early, Is.Zero);
    }

    [DllImport("libc")]
    private static extern int prctl(int option, nuint arg2, nuint arg3, nuint arg4, nuint arg5);

    // A thread is made by the one that starts it, and inherits its kernel state.
    [Test]
    public void TestThreadInherits()
    {
        const int PR_SET_TIMERSLACK = 29;
        const int PR_GET_TIMERSLACK = 30;
        const int want = 123_456;
        int set = -1, mine = 0, inherited = 0;
        var t = new Thread(() =>
        {
            set = prctl(PR_SET_TIMERSLACK, want, 0, 0, 0);
            mine = prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0);
            var child = new Thread(() => inherited = prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0));
            child.Start();
            child.Join();
        });
        t.Start();
        t.Join();
        Assert.That((set, mine, inherited), Is.EqualTo((0, want, want)));
        Assert.That(prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0), Is.Not.EqualTo(want));
    }

    private class one
    {
        internal byte b;
    }

    private sealed class two<T> : one
    {
        internal T? v;
        internal object? o;
    }

    // The fields of all objects begin at the same place, behind the pointer to the method table, and the
    // collector's description of an object is found and read: nothing goes by what is slow but always right.
    [Test]
    public unsafe void TestObjects()
    {
        object[] all = [new one(), new two<string>(), new two<int>(), new object[3], new strongbox()];
        foreach (var o in all)
        {
            ref var first = ref Unsafe.As<frame.fields>(o).first;
            Assert.That(Unsafe.Add(ref Unsafe.As<byte, nint>(ref first), -1), Is.EqualTo(o.GetType().TypeHandle.Value), o.GetType().Name);
        }
        Assert.That(refwords.asdescribed, Is.True);
    }

    private sealed class strongbox
    {
        internal Memory<byte> m = default;
    }

    private static async go<string> references(string a, object b)
    {
        await Gosched();
        return a + b;
    }

    // Which words of a state machine are references is known, and so are few stored.
    [Test]
    public void TestStateMachineRefs()
    {
        var m = typeof(clr_test).GetMethod(nameof(references), BindingFlags.Static | BindingFlags.NonPublic)!;
        var sm = m.GetCustomAttribute<AsyncStateMachineAttribute>()!.StateMachineType;
        var t = typeof(frame<>).MakeGenericType(sm);
        RuntimeHelpers.RunClassConstructor(t.TypeHandle);
        var refs = (ulong)t.GetField("refs", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null)!;
        if (!sm.IsValueType)
        {
            Assert.That(refs, Is.Zero, "in Debug builds state machines are classes");
            return;
        }
        // a, b, the builder's frame and result, the awaiter's frame; none of them is a number.
        Assert.That(System.Numerics.BitOperations.PopCount(refs), Is.EqualTo(5));
    }

    private sealed class again
    {
        internal static int count;
        private int seen = GC.CollectionCount(2);

        ~again()
        {
            if (GC.CollectionCount(2) != seen)
            {
                seen = GC.CollectionCount(2);
                Interlocked.Increment(ref count);
            }
            if (Volatile.Read(ref count) < 5)
            {
                GC.ReRegisterForFinalize(this);
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void makeAgain() => _ = new again();

    // An object that has itself finalized again is finalized after each full collection.
    [Test]
    public void TestFinalizedAgain()
    {
        makeAgain();
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        while (Volatile.Read(ref again.count) < 5 && DateTime.UtcNow < deadline)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.That(again.count, Is.EqualTo(5));
    }

    // How the CLR dies with GOTRACEBACK=crash: by SIGABRT, as Go.
    [Test]
    public void TestFailFast()
    {
        var r = crash_test.runTestProg("SimpleDeadlock", "GOTRACEBACK=crash");
        Assert.That(r.stderr, Does.StartWith("fatal error: all goroutines are asleep - deadlock!\n"));
        Assert.That(r.status, Is.EqualTo(128 + 6));
    }
}
