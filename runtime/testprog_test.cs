// Ports src/runtime/testdata/testprog of go1.20: the programs that tests run in a process of
// their own, where the runtime is not a guest.
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using static golang.runtime;

/// <summary>The CLR calls Initialize before Main in a process that runTestProg starts.</summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("GOTESTPROG") is string name)
        {
            golang.testprog.main(name);
        }
    }
}

namespace golang
{
    internal static class testprog
    {
        // runTestProg runs the program in a child and returns what it wrote and its exit status.
        internal static (string output, int status) runTestProg(string name, params string[] env)
        {
            var dll = typeof(testprog).Assembly.Location;
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            };
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(dll);
            start.Environment["GOTESTPROG"] = name;
            start.Environment["DOTNET_STARTUP_HOOKS"] = dll;
            start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
            foreach (var e in env)
            {
                var i = e.IndexOf('=', StringComparison.Ordinal);
                start.Environment[e[..i]] = e[(i + 1)..];
            }
            using var child = Process.Start(start)!;
            child.StandardInput.Close();
            var stdout = child.StandardOutput.ReadToEndAsync();
            var stderr = child.StandardError.ReadToEndAsync();
            if (!child.WaitForExit(TimeSpan.FromMinutes(1)))
            {
                child.Kill();
                Task.WaitAll(stdout, stderr);
                Assert.Fail($"{name} hangs: {stdout.Result}{stderr.Result}");
            }
            Task.WaitAll(stdout, stderr);
            return (stdout.Result + stderr.Result, child.ExitCode);
        }

        private static uint32 mainTID;

        private static readonly Dictionary<string, Func<go>> cmds = new()
        {
            ["NumGoroutine"] = NumGoroutine,
            ["NumGoroutines"] = NumGoroutines,
            ["LockOSThreadMain"] = LockOSThreadMain,
            ["LockOSThreadAlt"] = LockOSThreadAlt,
            ["ThreadExhaustion"] = ThreadExhaustion,
            ["ThreadDescriptors"] = ThreadDescriptors,
            ["ForeignNoDeadlock"] = ForeignNoDeadlock,
            ["GCTrace"] = gc_test.GCTrace,
            ["FinalizedChan"] = chan_test.FinalizedChan,
        };

        internal static void main(string name)
        {
            mainTID = gettid();
            rt0_go(() =>
            {
                if (cmds.TryGetValue(name, out var f) || chan_test.cmds.TryGetValue(name, out f) || testchan_test.cmds.TryGetValue(name, out f))
                {
                    return f();
                }
                println("unknown function:", name);
                return default;
            });
        }

        internal static bool tidExists(uint32 tid) => Directory.Exists($"/proc/self/task/{tid}");

        private static go NumGoroutine()
        {
            println(runtime.NumGoroutine());
            return default;
        }

        private static async go NumGoroutines()
        {
            var c = newsema(0);
            for (var i = 0; i < 3; i++)
            {
                builtin.go(async () => await semacquire(c));
            }
            await Gosched();
            println(runtime.NumGoroutine());
        }

        private static async go LockOSThreadMain()
        {
            // This requires GOMAXPROCS=1 from the beginning, so that a goroutine starts on the
            // main thread.
            if (await GOMAXPROCS(-1) != 1)
            {
                println("requires GOMAXPROCS=1");
                exit(1);
            }
            var ready = newsema(0);
            builtin.go(() =>
            {
                // Because of GOMAXPROCS=1 this should be on the main thread. Stay there.
                LockOSThread();
                if (gettid() != mainTID)
                {
                    println("failed to start goroutine on main thread");
                    exit(1);
                }
                // Exit with the thread locked, which should exit the main thread.
                semrelease(ready);
                return default;
            });
            await semacquire(ready);
            await timeSleep(1_000_000);
            // This goroutine must still run, on a different thread.
            if (gettid() == mainTID)
            {
                println("goroutine migrated to locked thread");
                exit(1);
            }
            println("OK");
        }

        private static async go LockOSThreadAlt()
        {
            // This runs locked to the main thread.
            LockOSThread();
            if (gettid() != mainTID)
            {
                println("main is not on the main thread");
                exit(1);
            }
            uint32 subTID = 0;
            var ready = newsema(0);
            builtin.go(() =>
            {
                // This goroutine must be running on a new thread.
                LockOSThread();
                subTID = gettid();
                semrelease(ready);
                // Exit with the thread locked.
                return default;
            });
            await semacquire(ready);
            UnlockOSThread();
            for (var i = 0; i < 10_000; i++)
            {
                await timeSleep(1_000_000);
                // Check that this goroutine is running on a different thread.
                if (gettid() == subTID)
                {
                    println("locked thread reused");
                    exit(1);
                }
                if (!tidExists(subTID))
                {
                    println("OK");
                    return;
                }
            }
            println("sub thread", subTID, "still running");
        }

        private static async go ThreadExhaustion()
        {
            setMaxThreads(10);
            var c = builtin.makechan<int>();
            for (var i = 0; i < 100; i++)
            {
                builtin.go(async () =>
                {
                    LockOSThread();
                    await c.Send(0);
                    await builtin.select();
                });
                await c.Recv();
            }
        }

        [DllImport("libc")]
        private static extern int dup(int fd);

        [DllImport("libc")]
        private static extern unsafe int setrlimit(int resource, uint64* rlim);

        private static unsafe void limitDescriptors(uint64 n)
        {
            const int RLIMIT_NOFILE = 7;
            var rlim = stackalloc uint64[] { n, n };
            if (setrlimit(RLIMIT_NOFILE, rlim) != 0)
            {
                @throw("setrlimit");
            }
        }

        // Ms start when no descriptor is left, though somebody waits to take what is given back for
        // the CLR's sake, as an accept loop does: it takes all that there are, and rests when there
        // are none.
        private static async go ThreadDescriptors()
        {
            limitDescriptors(256);
            print(""); // the CLR loads what a panic needs to print
            var c = builtin.makechan<int>();
            var all = new Stack<int>();
            for (var round = 0; round < 30; round++)
            {
                // With descriptors to be had the runtime keeps some of its own again; it does so when
                // it starts an M, and that is not certain here.
                while (all.TryPop(out var fd))
                {
                    closefd(fd);
                }
                await start();
                reserve();

                // The thief takes six at most, so that there is an end to it.
                var state = 0;
                var thief = new Thread(() =>
                {
                    for (var taken = 0; Volatile.Read(ref state) < 2 && taken < 6;)
                    {
                        var fd = Volatile.Read(ref state) == 1 ? dup(0) : -1;
                        if (fd >= 0)
                        {
                            all.Push(fd);
                            taken++;
                        }
                        else
                        {
                            Thread.Sleep(1);
                        }
                    }
                });
                thief.Start();

                // Not yet in the first round, in which the CLR loads what it needs.
                for (int fd; round > 0 && (fd = dup(0)) >= 0;)
                {
                    all.Push(fd);
                }
                Volatile.Write(ref state, 1);
                await start();
                await start();
                Volatile.Write(ref state, 2);
                thief.Join();
            }
            println("OK");

            // start starts an M: a goroutine keeps the one that it is on.
            async go start()
            {
                builtin.go(async () =>
                {
                    LockOSThread();
                    await c.Send(0);
                    await builtin.select();
                });
                await c.Recv();
            }
        }

        // Who waits for somebody else's awaitable is not asleep for good.
        private static async go ForeignNoDeadlock()
        {
            await Task.Delay(100);
            println("OK");
        }
    }
}
