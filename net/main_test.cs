// Ports src/net/main_test.go of go1.20.
//
// Go's TestMain puts a switch between net and the system calls on sockets and prints the
// sockets and goroutines that are left. Here each test that needs a stand-in for a system
// call sets the hook itself (hook_unix.cs), and each test is checked for what it leaves.
using System.Collections.Generic;
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

    // Run runs a test, and checks that it leaves no goroutines, sockets, pipes and pollDescs behind.
    internal static async Task Run(Func<testing.T, go> f)
    {
        var goroutines = runtime.NumGoroutine();
        var fds = descriptors();
        var pds = polldescs.inuse();
        await testing.Run(f);
        leaks(goroutines, fds, pds);
    }

    // leaks waits until there are no more goroutines and pollDescs in use than before, and no new
    // sockets and pipes.
    internal static void leaks(int goroutines, HashSet<string> fds, int pds)
    {
        var end = DateTime.UtcNow + testing.timeout / 5;
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
                Assert.That(runtime.Run(async () => { await runtime.GC(); }).Wait(testing.timeout));
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

/// <summary>What the tests of this package have besides Go's testing.T.</summary>
internal static class extensions
{
    // equal compares a text with what Go prints.
    internal static void equal(this testing.T t, string? got, string want, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (got != want)
        {
            t.Errorf($"got \"{got}\"; want \"{want}\"", file, line);
        }
    }

    internal static void equal(this testing.T t, error? got, string want, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        t.equal(got == null ? "<nil>" : got.Error(), want, file, line);
    }

    internal static void Cleanup(this testing.T t, io.Closer c)
    {
        t.Cleanup(async () => { await c.Close(); });
    }

    // until waits for a condition, on a goroutine.
    internal static async go until(this testing.T t, Func<bool> cond, string what, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var end = DateTime.UtcNow + testing.timeout / 2;
        while (!cond())
        {
            if (DateTime.UtcNow > end)
            {
                t.Fatalf("waited in vain: " + what, file, line);
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
