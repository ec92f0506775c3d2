// Ports src/net/main_test.go of go1.20.
//
// Go's TestMain puts a switch between net and the system calls on sockets and prints the
// sockets and goroutines that are left. Here each test that needs a stand-in for a system
// call sets the hook itself (hook_unix.cs), and each test is checked for what it leaves.
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace golang;

/// <summary>What happens once, before and after all tests.</summary>
[SetUpFixture]
public class main_test
{
    /// <summary>Starts the runtime, and makes the objects that live as long as the process.</summary>
    [OneTimeSetUp]
    public async Task TestMain()
    {
        rlimit.raise();
        await runtime.Run(async () =>
        {
            // The poller with its epoll descriptor and pipe, what is known of IPv4 and IPv6, the backlog.
            var (ln, err) = await net.Listen("tcp", "127.0.0.1:0");
            Assert.That(err, Is.Null);
            await ln!.Close();
            await net.supportsIPv6();
        });
        // The same for the sockets of the CLR, which are the clients in echo_test.cs.
        using var l = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        l.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
    }
}

/// <summary>The limit of open descriptors.</summary>
internal static partial class rlimit
{
    internal struct Rlimit
    {
        internal uint64 Cur;
        internal uint64 Max;
    }

    private const int RLIMIT_NOFILE = 7;

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrlimit(int resource, out Rlimit rlim);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, in Rlimit rlim);

    internal static Rlimit get()
    {
        Assert.That(getrlimit(RLIMIT_NOFILE, out var r), Is.Zero);
        return r;
    }

    // set sets the soft limit; child processes inherit it.
    internal static void set(uint64 cur)
    {
        var r = get();
        r.Cur = cur;
        Assert.That(setrlimit(RLIMIT_NOFILE, r), Is.Zero);
    }

    // raise sets the soft limit to the hard one.
    internal static void raise()
    {
        set(get().Max);
    }
}

/// <summary>What the tests use of Go's testing.T. A test runs on a goroutine of its own.</summary>
internal sealed class T
{
    private readonly ConcurrentQueue<string> errors = new();
    private readonly Stack<Func<go>> cleanups = new();

    // hang is when a test is taken for hung; nothing is measured with it.
    internal static readonly TimeSpan hang = TimeSpan.FromSeconds(100);

    internal bool Failed()
    {
        return !errors.IsEmpty;
    }

    internal void Errorf(string s, [CallerLineNumber] int line = 0)
    {
        errors.Enqueue($"line {line}: {s}");
    }

    internal void Error(error? err, [CallerLineNumber] int line = 0)
    {
        Errorf(err?.Error() ?? "<nil>", line);
    }

    [DoesNotReturn]
    internal void Fatalf(string s, [CallerLineNumber] int line = 0)
    {
        throw new AssertionException($"line {line}: {s}");
    }

    [DoesNotReturn]
    internal void Fatal(error? err, [CallerLineNumber] int line = 0)
    {
        Fatalf(err?.Error() ?? "<nil>", line);
    }

    [DoesNotReturn]
    internal void Skip(string s)
    {
        throw new IgnoreException(s);
    }

    // equal compares a text with what Go prints.
    internal void equal(string? got, string want, [CallerLineNumber] int line = 0)
    {
        if (got != want)
        {
            Errorf($"got \"{got}\"; want \"{want}\"", line);
        }
    }

    internal void equal(error? got, string want, [CallerLineNumber] int line = 0)
    {
        equal(got == null ? "<nil>" : got.Error(), want, line);
    }

    // Cleanup is for what Go's tests defer: it runs at the end, the last one first.
    internal void Cleanup(Func<go> f)
    {
        cleanups.Push(f);
    }

    internal void Cleanup(io.Closer c)
    {
        cleanups.Push(async () => { await c.Close(); });
    }

    // Run runs a test, and checks that it leaves no goroutines, sockets, pipes and pollDescs behind.
    internal static async Task Run(Func<T, go> f)
    {
        var goroutines = runtime.NumGoroutine();
        var fds = descriptors();
        var pds = polldescs.inuse();
        var t = new T();
        await runtime.Run(async () =>
        {
            try
            {
                await f(t);
            }
            finally
            {
                while (t.cleanups.TryPop(out var cleanup))
                {
                    await cleanup();
                }
            }
        }).WaitAsync(hang);
        if (t.Failed())
        {
            Assert.Fail(string.Join("\n", t.errors));
        }
        leaks(goroutines, fds, pds);
    }

    // leaks waits until there are no more goroutines and pollDescs in use than before, and no new
    // sockets and pipes.
    internal static void leaks(int goroutines, HashSet<string> fds, int pds)
    {
        var end = DateTime.UtcNow + hang / 5;
        for (; ; )
        {
            var now = runtime.NumGoroutine();
            var left = descriptors();
            left.ExceptWith(fds);
            var inuse = polldescs.inuse();
            if (now <= goroutines && left.Count == 0 && inuse <= pds)
            {
                return;
            }
            if (DateTime.UtcNow > end)
            {
                Assert.Fail($"{now} goroutines, {goroutines} before; {inuse} pollDescs, {pds} before; new descriptors: {string.Join(" ", left)}");
            }
            if (left.Any(fd => fd.StartsWith("pipe:")))
            {
                // splice keeps pipes in a pool; two cycles of the collector empty it.
                Assert.That(runtime.Run(async () => { await runtime.GC(); }).Wait(hang));
            }
            Thread.Sleep(1);
        }
    }

    // descriptors are the sockets and pipes that are open. Other descriptors are left out, as the
    // CLR opens files of its own at any time.
    internal static HashSet<string> descriptors()
    {
        var set = new HashSet<string>();
        foreach (var fd in new DirectoryInfo("/proc/self/fd").GetFiles())
        {
            var target = fd.LinkTarget;
            if (target != null && (target.StartsWith("socket:") || target.StartsWith("pipe:")))
            {
                set.Add(target);
            }
        }
        return set;
    }

    // until waits for a condition, on a goroutine.
    internal async go until(Func<bool> cond, string what, [CallerLineNumber] int line = 0)
    {
        var end = DateTime.UtcNow + hang / 2;
        while (!cond())
        {
            if (DateTime.UtcNow > end)
            {
                Fatalf("waited in vain: " + what, line);
            }
            await time.Sleep(time.Millisecond);
        }
    }
}

/// <summary>Whether a goroutine is parked in the poller.</summary>
internal static class pollwait
{
    internal static unsafe bool reader(poll.FD fd)
    {
        var pd = (runtime.pollDesc*)fd.pd.runtimeCtx;
        return pd != null && pd->rg.Load() > runtime.pdWait;
    }

    internal static unsafe bool writer(poll.FD fd)
    {
        var pd = (runtime.pollDesc*)fd.pd.runtimeCtx;
        return pd != null && pd->wg.Load() > runtime.pdWait;
    }
}
