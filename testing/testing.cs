// Ports of src/testing/testing.go of go1.20 what the tests here use, over NUnit, which finds the tests, runs
// them one by one and reports. It is no part of the port: PORTING.md and tools/portcheck pass over it.
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Threading.Tasks;

namespace golang;

/// <summary>What tests are written with, and how they are run.</summary>
public static class testing
{
    private static readonly bool @short = Environment.GetEnvironmentVariable("GOTEST_SHORT") == "1";

    // timeout is when a test is taken for hung. Nothing is measured with it, and nothing else waits for it.
    public static readonly TimeSpan timeout = TimeSpan.FromMinutes(2);

    // Short tells whether tests that take long are to do with less, or be skipped. Go's flag -test.short is
    // the variable GOTEST_SHORT here.
    public static bool Short() => @short;

    /// <summary>
    /// T collects what a test finds wrong, on any goroutine: what another goroutine than the test's own throws
    /// ends the process.
    /// </summary>
    public sealed class T
    {
        private readonly ConcurrentQueue<string> errors = new();
        private readonly Stack<Func<go>> cleanups = new();

        public bool Failed()
        {
            return !errors.IsEmpty;
        }

        public void Errorf(string s, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        {
            errors.Enqueue(decorate(s, file, line));
        }

        public void Error(string s, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        {
            Errorf(s, file, line);
        }

        public void Error(error? err, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        {
            Errorf(err?.Error() ?? "<nil>", file, line);
        }

        // Fatalf ends the test; only the test's own goroutine may call it.
        [DoesNotReturn]
        public void Fatalf(string s, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        {
            throw new AssertionException(decorate(s, file, line));
        }

        [DoesNotReturn]
        public void Fatal(error? err, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        {
            Fatalf(err?.Error() ?? "<nil>", file, line);
        }

        [DoesNotReturn]
        public void Skip(string s)
        {
            throw new IgnoreException(s);
        }

        // Cleanup is for what Go's tests defer too: it runs at the end, the last one first.
        public void Cleanup(Func<go> f)
        {
            cleanups.Push(f);
        }

        internal async go runCleanup()
        {
            while (cleanups.TryPop(out var cleanup))
            {
                await cleanup();
            }
        }

        // decorate puts before a text where the test says it.
        private static string decorate(string s, string file, int line) => $"{Path.GetFileName(file)}:{line}: {s}";

        internal string report() => string.Join('\n', errors);
    }

    // Run runs a test on a goroutine of its own.
    public static Task Run(Func<go> f) => Run(_ => f());

    // The test has failed if it threw, or if its T has errors.
    public static async Task Run(Func<T, go> f)
    {
        var t = new T();
        await runtime.Run(async () =>
        {
            try
            {
                await f(t);
            }
            catch (AssertionException e) when (t.Failed())
            {
                throw new AssertionException(t.report() + '\n' + e.Message, e);
            }
            finally
            {
                await t.runCleanup();
            }
        }).WaitAsync(timeout);
        if (t.Failed())
        {
            Assert.Fail(t.report());
        }
    }

    // WithGOMAXPROCS runs f with n Ps, or as many as there are if n is -1, and sets the number back.
    public static async go WithGOMAXPROCS(int n, Func<go> f)
    {
        var old = await runtime.GOMAXPROCS(n);
        try
        {
            await f();
        }
        finally
        {
            await runtime.GOMAXPROCS(old);
        }
    }
}
