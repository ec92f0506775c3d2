// Ports src/runtime/crash_test.go of go1.20. The programs are in testdata/testprog, which runs as a child.
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using static golang.export_test;

namespace golang;

public class crash_test
{
    // testprogExe is testprog as it was built with this test: same artifacts, same configuration.
    private static string testprogExe
    {
        get
        {
            var dir = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(dir.Parent!.Parent!.FullName, "testprog", dir.Name, "testprog");
        }
    }

    internal sealed record result(string stdout, string stderr, int status)
    {
        // In the order in which they usually come; Go's tests read both from one pipe.
        internal string output => stdout + stderr;
    }

    // runTestProg runs a sub-command of testprog. Of the environment what changes the runtime's
    // ways is left out, but for what env sets.
    internal static result runTestProg(string name, params string[] env) => run([name], null, env);

    private static result run(string[] args, Action<Process>? talk, params string[] env)
    {
        var start = new ProcessStartInfo(testprogExe, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("GOTRACEBACK");
        start.Environment.Remove("GODEBUG");
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (var e in env)
        {
            var i = e.IndexOf('=');
            start.Environment[e[..i]] = e[(i + 1)..];
        }
        using var child = Process.Start(start)!;
        var stderr = child.StandardError.ReadToEndAsync();
        Task<string> stdout;
        if (talk != null)
        {
            talk(child);
        }
        child.StandardInput.Close();
        stdout = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            child.Kill();
            Assert.Fail($"{string.Join(' ', args)} does not end:\n{stdout.Result}{stderr.Result}");
        }
        return new(stdout.Result, stderr.Result, child.ExitCode);
    }

    [Test]
    public void TestCrashHandler()
    {
        var r = runTestProg("Crash");
        Assert.That((r.output, r.status), Is.EqualTo((
            "main: recovered done\nnew-thread: recovered done\nsecond-new-thread: recovered done\nmain-again: recovered done\n", 0)));
    }

    private static result testDeadlock(string name, params string[] env)
    {
        var r = runTestProg(name, env);
        Assert.That(r.stderr, Does.StartWith("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 ["));
        Assert.That(r.status, Is.EqualTo(2));
        return r;
    }

    [Test]
    public void TestSimpleDeadlock()
    {
        var r = testDeadlock("SimpleDeadlock");
        Assert.That(r.stderr, Does.Contain("\ngoroutine 1 [select (no cases)]:\n"));
        Assert.That(r.stderr, Does.Contain("\nmain.SimpleDeadlock("));
    }

    [Test]
    public void TestLockedDeadlock()
    {
        var r = testDeadlock("LockedDeadlock");
        Assert.That(r.stderr, Does.Contain("\ngoroutine 1 [select (no cases), locked to thread]:\n"));
    }

    [Test]
    public void TestLockedDeadlock2()
    {
        var r = testDeadlock("LockedDeadlock2");
        Assert.That(r.stderr, Does.Match(@"\ngoroutine [0-9]+ \[select \(no cases\), locked to thread\]:\n"));
        Assert.That(r.stderr, Does.Match(@"\ncreated by (main\.)?LockedDeadlock2\n\t.*main\.cs:[0-9]+\n"));
    }

    [Test]
    public void TestGoexitDeadlock()
    {
        var r = runTestProg("GoexitDeadlock");
        Assert.That(r.stderr, Does.Contain("no goroutines (main called runtime.Goexit) - deadlock!"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    // The program is in testprog_test.cs, as it needs what is not exported.
    [Test]
    public void TestThreadExhaustion()
    {
        var (output, status) = testprog.runTestProg("ThreadExhaustion");
        Assert.That(output, Does.StartWith("runtime: program exceeds 10-thread limit\nfatal error: thread exhaustion"));
        Assert.That(status, Is.EqualTo(2));
    }

    [Test]
    public void TestThreadDescriptors()
    {
        // Without tiers: the CLR's own threads need descriptors, too.
        var (output, status) = testprog.runTestProg("ThreadDescriptors", "DOTNET_TieredCompilation=0");
        Assert.That(output, Is.EqualTo("OK\n"));
        Assert.That(status, Is.Zero);
    }

    [Test]
    public void TestRecursivePanic()
    {
        var r = runTestProg("RecursivePanic");
        Assert.That(r.output, Does.StartWith("wrap: bad\npanic: again\n\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestRecursivePanic2()
    {
        var r = runTestProg("RecursivePanic2");
        Assert.That(r.output, Does.StartWith("first panic\nsecond panic\npanic: third panic\n\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestRecursivePanic3()
    {
        var r = runTestProg("RecursivePanic3");
        Assert.That(r.output, Does.StartWith("panic: first panic\n\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestRecursivePanic5()
    {
        var r = runTestProg("RecursivePanic5");
        Assert.That(r.output, Does.StartWith("first panic\nsecond panic\npanic: third panic\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestGoexitCrash()
    {
        var r = runTestProg("GoexitExit");
        Assert.That(r.stdout, Is.EqualTo("t1\nt2\nt3\nt4\n"));
        Assert.That(r.stderr, Does.Contain("no goroutines (main called runtime.Goexit) - deadlock!"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public Task TestGoexitDefer() => Run(async t =>
    {
        var c = builtin.makechan<@struct>();
        builtin.go(async () =>
        {
            try
            {
                try
                {
                    runtime.Goexit();
                }
                catch (PanicException)
                {
                    t.Errorf("non-nil recover during Goexit");
                }
            }
            finally
            {
                await c.Send(default(@struct));
            }
        });
        // It waits for ever if the deferred function is not called.
        await c.Recv();
    });

    [Test]
    public void TestGoNil()
    {
        var r = runTestProg("GoNil");
        // It is found on g0; the goroutine whose statement it was is shown with its frames.
        Assert.That(r.stderr, Does.StartWith("fatal error: go of nil func value\n\ngoroutine 1 [running]:\nmain.GoNil(...)\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestMainGoroutineID()
    {
        var r = runTestProg("MainGoroutineID");
        Assert.That(r.output, Does.StartWith("panic: test\n\ngoroutine 1 [running]:\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    // With GOTRACEBACK=all too: by default a panic shows its own goroutine only.
    [TestCase("GOTRACEBACK=single")]
    [TestCase("GOTRACEBACK=all")]
    public void TestNoHelperGoroutines(string env)
    {
        var r = runTestProg("NoHelperGoroutines", env);
        var matches = Regex.Matches(r.output, @"goroutine [0-9]+ \[");
        Assert.That(matches, Has.Count.EqualTo(1), r.output);
        Assert.That(matches[0].Value, Is.EqualTo("goroutine 1 ["));
        Assert.That(r.stderr, Does.StartWith("panic: oops\n"));
    }

    [Test]
    public void TestGoexitInPanic()
    {
        var r = runTestProg("GoexitInPanic");
        Assert.That(r.output, Does.StartWith("fatal error: no goroutines (main called runtime.Goexit) - deadlock!"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    // What the runtime panics with is a runtime.Error. Go's issue 14965.
    // PORT(test): a write to a nil map and a bad index are the CLR's exceptions.
    [Test]
    public Task TestRuntimePanicWithRuntimeError() => Run(async () =>
    {
        Func<go>[] testCases =
        [
            async () =>
            {
                var ch = builtin.makechan<@struct>();
                ch.Close();
                ch.Close();
            },
            async () =>
            {
                var ch = builtin.makechan<@struct>();
                ch.Close();
                await ch.Send(default(@struct));
            },
            async () =>
            {
                var n = -1;
                builtin.makechan<bool>(n);
            },
            async () =>
            {
                ((chan<bool>?)null).Close();
            },
        ];

        for (var i = 0; i < testCases.Length; i++)
        {
            var got = await panicValue(testCases[i]);
            Assert.That(got, Is.InstanceOf<runtime.Error>(), $"test #{i}");
        }
    });

    private static async go<object?> panicValue(Func<go> fn)
    {
        try
        {
            await fn();
        }
        catch (PanicException e)
        {
            return e.Value;
        }
        return null;
    }

    [Test]
    public void TestPanicAfterGoexit()
    {
        var r = runTestProg("PanicAfterGoexit");
        Assert.That(r.output, Does.StartWith("panic: hello"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestRecoveredPanicAfterGoexit()
    {
        var r = runTestProg("RecoveredPanicAfterGoexit");
        Assert.That(r.output, Does.StartWith("fatal error: no goroutines (main called runtime.Goexit) - deadlock!"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestNetpollDeadlock()
    {
        var r = runTestProg("NetpollDeadlock");
        Assert.That(r.output, Does.StartWith("dialing\nerror: dial tcp 127.0.0.1:14356: connect: connection refused\n"));
        Assert.That(r.output, Does.EndWith("done\n"));
        Assert.That(r.status, Is.Zero);
    }

    [Test]
    public void TestPanicDeadlockSyscall()
    {
        var r = runTestProg("SyscallInPanic");
        Assert.That(r.output, Does.StartWith("1\n2\npanic: 3\n\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestPanicLoop()
    {
        var r = runTestProg("PanicLoop");
        Assert.That(r.output, Does.Contain("panic while printing panic value"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    // PORT(test): no StringerPanic and DoubleStringerPanic: there is no interface stringer.
    [TestCase("panic while printing panic value: important error message", "ErrorPanic")]
    [TestCase("panic while printing panic value: type main.exampleError\n", "DoubleErrorPanic")]
    [TestCase("panic while printing panic value: type main.exampleCircleEndError\n", "CircularPanic")]
    [TestCase("important string message", "StringPanic")]
    [TestCase("panic: nil\n", "NilPanic")]
    public void TestPanicWhilePanicking(string want, string func)
    {
        var r = runTestProg(func);
        Assert.That(r.output, Does.Contain(want));
        Assert.That(r.status, Is.EqualTo(2));
    }

    // The tests below are not Go's.

    [Test]
    public void TestSimpleDeadlock1Proc()
    {
        testDeadlock("SimpleDeadlock", "GOMAXPROCS=1");
    }

    [Test]
    public void TestWaitGroupDeadlock()
    {
        var r = testDeadlock("WaitGroupDeadlock");
        Assert.That(r.stderr, Does.Contain("\ngoroutine 1 [semacquire]:\n"));
    }

    // A deadline that has passed leaves nothing behind that keeps the program alive.
    [Test]
    public void TestPollDeadlock()
    {
        var r = testDeadlock("PollDeadlock");
        Assert.That(r.stdout, Is.EqualTo("closed\n"));
    }

    // A program in which everybody waits for the network lives, and does so with one P as well.
    [TestCase("GOMAXPROCS=1")]
    [TestCase("GOMAXPROCS=4")]
    public void TestNetpollWait(string env)
    {
        var r = run(["NetpollWait"], child =>
        {
            Assert.That(child.StandardOutput.ReadLine(), Is.EqualTo("listening"));
            Assert.That(child.WaitForExit(200), Is.False);
        }, env);
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(("closed\n", "", 0)));
    }

    // What is not caught: the values of panic, and an exception that is not panic's.
    [TestCase("StringPanic", "panic: important string message\n")]
    [TestCase("IntPanic", "panic: 42\n")]
    [TestCase("PanicError", "panic: an error\n")]
    [TestCase("PanicCustom", "panic: testprog.main+custom: custom\n")]
    public void TestUnhandledException(string name, string want)
    {
        var r = runTestProg(name);
        Assert.That(r.stdout, Is.Empty);
        Assert.That(r.stderr, Does.StartWith(want + "\ngoroutine 1 [running]:\n"));
        Assert.That(r.stderr, Does.Match(@"\bmain\." + name + @"\(.*\n\t.*main\.cs:[0-9]+\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestUnhandledExceptionInGoroutine()
    {
        var r = runTestProg("PanicGoroutine");
        Assert.That(r.stderr, Does.Match(@"^panic: goroutine\n\ngoroutine [0-9]+ \[running\]:\n"));
        Assert.That(r.stderr, Does.Not.Contain("goroutine 1 ["));
        Assert.That(r.stderr, Does.Match(@"\ncreated by (main\.)?PanicGoroutine\n\t.*main\.cs:[0-9]+\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    // The traceback has the callers, although the stack was unwound by a park in between.
    [Test]
    public void TestUnhandledExceptionAfterPark()
    {
        var r = runTestProg("PanicAfterPark");
        Assert.That(r.stderr, Does.StartWith("panic: parked\n\ngoroutine 1 [running]:\n"));
        Assert.That(r.stderr, Does.Match(@"(?s)main\.parks\(.*main\.PanicAfterPark\(.*main\.Main_\("));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestUnhandledExceptionDefer()
    {
        var r = runTestProg("PanicDefer");
        Assert.That(r.stdout, Is.EqualTo("deferred 1\ndeferred 2\n"));
        Assert.That(r.stderr, Does.StartWith("panic: defer\n\ngoroutine 1 [running]:\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestRecover()
    {
        var r = runTestProg("PanicRecovered");
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(("recovered parked\ndone\n", "", 0)));
    }

    [Test]
    public void TestTracebackNone()
    {
        var r = runTestProg("StringPanic", "GOTRACEBACK=none");
        Assert.That((r.stderr, r.status), Is.EqualTo(("panic: important string message\n", 2)));
    }

    [Test]
    public void TestThrow()
    {
        var r = run(["TESTMISUSE", "Mutex.Unlock"], null);
        Assert.That(r.stdout, Is.Empty);
        Assert.That(r.stderr, Does.StartWith("fatal error: sync: unlock of unlocked mutex\n\ngoroutine 1 [running]:\n"));
        Assert.That(r.status, Is.EqualTo(2));
    }

    // Main returns and the process ends, whatever other goroutines do.
    [TestCase("GOMAXPROCS=1")]
    [TestCase("GOMAXPROCS=4")]
    public void TestMainReturns(string env)
    {
        var r = runTestProg("MainReturns", env);
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(("main returns\n", "", 0)));
    }

    [Test]
    public void TestExit()
    {
        var r = runTestProg("Exit");
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(("", "", 3)));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    public void TestGOMAXPROCS(int n)
    {
        var r = runTestProg("GOMAXPROCS", "GOMAXPROCS=" + n);
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(($"{n}\n{n}\n3\n{n}\n", "", 0)));
    }

    [Test]
    public void TestSleepingMain()
    {
        var r = runTestProg("Sleep");
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(("slept\n", "", 0)));
    }

    // Sysmon takes the only P from the goroutine that blocks in read(2).
    [Test]
    public void TestBlockedRead()
    {
        var r = runTestProg("BlockedRead", "GOMAXPROCS=1");
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(("reading\nmain goes on\nmain slept\nread x\ndone\n", "", 0)));
    }

    [TestCase("GOMAXPROCS=1")]
    [TestCase("GOMAXPROCS=4")]
    public void TestLockedMain(string env)
    {
        var r = runTestProg("LockedMain", env);
        Assert.That((r.stdout, r.stderr, r.status), Is.EqualTo(("locked\n", "", 0)));
    }

    // What the goroutines of waiters wait for, and the statement at which each waits, leaf first.
    private static readonly (string header, string[] at)[] waiters =
    [
        (@"goroutine [0-9]+ \[IO wait\]:", ["await ln.Accept();", "await accept(ln!)"]),
        (@"goroutine [0-9]+ \[chan receive\]:", ["await c.Recv()"]),
        (@"goroutine [0-9]+ \[chan send\]:", ["await d.Send(1);"]),
        (@"goroutine [0-9]+ \[select\]:", ["await select(e.recvcase()"]),
        (@"goroutine [0-9]+ \[sleep\]:", ["await time.Sleep(time.Hour)"]),
        (@"goroutine [0-9]+ \[sync\.Mutex\.Lock, locked to thread\]:", ["await mu.Lock();"]),
    ];

    // checkWaiters looks for all of them in a dump: each header, the frames of main.cs under it
    // with the lines that the source has there, and created by.
    private static void checkWaiters(string dump)
    {
        foreach (var (header, at) in waiters)
        {
            var m = Regex.Match(dump, @"(?m)^" + header + @"\n((?:.+\n)+)");
            Assert.That(m.Success, $"no {header} in:\n{dump}");
            var lines = m.Groups[1].Value.TrimEnd('\n').Split('\n');
            Assert.That(lines[^2], Is.EqualTo("created by main.waiters"), dump);
            var n = 0;
            for (var i = 0; i < lines.Length; i += 2)
            {
                var place = Regex.Match(lines[i + 1], @"^\t(.*/main\.cs):([0-9]+)$");
                if (!place.Success)
                {
                    Assert.That(lines[i + 1], Does.Match(@"^\t.*\.cs:[1-9][0-9]*$"));
                    continue;
                }
                var source = File.ReadAllLines(place.Groups[1].Value)[int.Parse(place.Groups[2].Value) - 1];
                if (i < lines.Length - 2)
                {
                    Assert.That(lines[i], Does.StartWith("main."));
                    Assert.That(source, Does.Contain(at[n]), m.Value);
                    n++;
                }
                else
                {
                    Assert.That(source, Does.Contain("go(async () =>"), m.Value);
                }
            }
            Assert.That(n, Is.EqualTo(at.Length), m.Value);
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int sig);

    [TestCase("GOMAXPROCS=1")]
    [TestCase("GOMAXPROCS=4")]
    public void TestSIGQUIT(string env)
    {
        var r = run(["Dump"], child =>
        {
            Assert.That(child.StandardOutput.ReadLine(), Is.EqualTo("ready"));
            Assert.That(kill(child.Id, 3), Is.Zero);
        }, env);
        Assert.That(r.stderr, Does.Match(@"^SIGQUIT: quit\nPC=0x0 m=[0-9]+ sigcode=0\n\ngoroutine 0 \[idle\]:\n"));
        // It may not have come to its lock yet.
        Assert.That(r.stderr, Does.Contain("\ngoroutine 1 ["));
        // The runtime's own, as for a throw.
        Assert.That(r.stderr, Does.Contain("[force gc (idle)]:\nruntime.forcegchelper(...)\n"));
        Assert.That(r.stderr, Does.Contain("\nruntime.netpollblock(...)\n"));
        checkWaiters(r.stderr);
        Assert.That(r.status, Is.EqualTo(2));
    }

    [Test]
    public void TestStack()
    {
        var r = runTestProg("Stack", "GOMAXPROCS=1");
        Assert.That((r.stderr, r.status), Is.EqualTo(("", 0)));
        var i = r.stdout.IndexOf("all\n", StringComparison.Ordinal);
        Assert.That(r.stdout[..i], Does.Match(@"^goroutine 1 \[running\]:\nmain\.Stack\(\.\.\.\)\n\t.*main\.cs:[0-9]+\nmain\.Main_\(\.\.\.\)\n\t.*main\.cs:[0-9]+\n$"));
        Assert.That(r.stdout[i..], Does.Not.Match(@"(?m)^runtime\."));
        checkWaiters(r.stdout[i..]);
    }

    // An unhandled exception shows its own goroutine, and with GOTRACEBACK=all everybody's.
    [TestCase("single")]
    [TestCase("all")]
    [TestCase("system")]
    public void TestPanicTree(string level)
    {
        var r = runTestProg("PanicTree", "GOMAXPROCS=1", "GOTRACEBACK=" + level);
        Assert.That(r.stderr, Does.Match(@"^panic: tree\n\ngoroutine 1 \[running\]:\nmain\.PanicTree\(\.\.\.\)\n\t.*main\.cs:[0-9]+\n"));
        Assert.That(r.status, Is.EqualTo(2));
        if (level == "single")
        {
            Assert.That(Regex.Count(r.stderr, @"(?m)^goroutine "), Is.EqualTo(1));
            return;
        }
        checkWaiters(r.stderr);
        Assert.That(r.stderr.Contains("[force gc (idle)]", StringComparison.Ordinal), Is.EqualTo(level == "system"));
    }

    private const string schedLine =
        @"SCHED ([0-9]+)ms: gomaxprocs=2 idleprocs=[0-2] threads=[0-9]+ spinningthreads=[0-9]+ needspinning=[01] idlethreads=[0-9]+ runqueue=[0-9]+";

    [Test]
    public void TestSchedTrace()
    {
        var r = runTestProg("Spin", "GODEBUG=schedtrace=50", "GOMAXPROCS=2");
        Assert.That((r.stdout, r.status), Is.EqualTo(("spun\n", 0)));
        var lines = r.stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.GreaterThan(1));
        Assert.That(lines[0], Does.StartWith("SCHED 0ms: "));
        var last = -1;
        foreach (var line in lines)
        {
            var m = Regex.Match(line, "^" + schedLine + @" \[[0-9]+ [0-9]+\]$");
            Assert.That(m.Success, line);
            var ms = int.Parse(m.Groups[1].Value);
            Assert.That(ms, Is.GreaterThan(last));
            last = ms;
        }
    }

    [Test]
    public void TestSchedTraceDetail()
    {
        var r = runTestProg("Sleep", "GODEBUG=schedtrace=1000,scheddetail=1", "GOMAXPROCS=2");
        Assert.That((r.stdout, r.status), Is.EqualTo(("slept\n", 0)));
        List<string> want =
        [
            "^" + schedLine + @" gcwaiting=(true|false) nmidlelocked=[0-9]+ stopwait=[0-9]+ sysmonwait=(true|false)$",
            @"^  P[0-9]+: status=[0-9] schedtick=[0-9]+ syscalltick=[0-9]+ m=([0-9]+|nil) runqsize=[0-9]+ gfreecnt=[0-9]+ timerslen=[0-9]+$",
            @"^  M[0-9]+: p=([0-9]+|nil) curg=([0-9]+|nil) mallocing=[0-9]+ throwing=[0-9]+ preemptoff=.* locks=[0-9]+ dying=[0-9]+ spinning=(true|false) blocked=(true|false) lockedg=([0-9]+|nil)$",
            @"^  G[0-9]+: status=[0-9]+\(.*\) m=([0-9]+|nil) lockedm=([0-9]+|nil)$",
        ];
        var seen = new HashSet<int>();
        foreach (var line in r.stderr.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var i = want.FindIndex(w => Regex.IsMatch(line, w));
            Assert.That(i, Is.Not.Negative, line);
            seen.Add(i);
        }
        Assert.That(seen, Has.Count.EqualTo(want.Count), r.stderr);
    }
}
