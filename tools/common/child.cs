using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace common;

/// <summary>A command.</summary>
/// <param name="File">The program.</param>
/// <param name="Args">Its arguments.</param>
/// <param name="Env">What is added to its environment.</param>
/// <param name="Folder">Its working folder; null for that of this process.</param>
/// <param name="Input">Whether lines are written to it; otherwise its standard input is empty.</param>
public sealed record Start(string File, IEnumerable<string> Args, Dictionary<string, string>? Env = null, string? Folder = null, bool Input = false);

/// <summary>What a process left.</summary>
/// <param name="Stdout">Its standard output; bytes as Latin-1, so that none is lost.</param>
/// <param name="Stderr">Its standard error.</param>
/// <param name="Status">Its exit status; 128 and the signal's number if a signal ended it.</param>
public sealed record Result(string Stdout, string Stderr, int Status)
{
    public void Deconstruct(out int status, out string output) => (status, output) = (Status, Stdout + Stderr);
}

/// <summary>A running process whose output is collected byte by byte. It ends with the object.</summary>
public sealed class Child : IDisposable
{
    // Those that run: they end with this process too, when a signal ends it.
    private static readonly ConcurrentDictionary<Child, bool> alive = new();

    // A signal's own effect comes when its handler has returned.
    private static readonly PosixSignalRegistration[] signals =
        [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT }.Select(s => PosixSignalRegistration.Create(s, _ => KillAll()))];

    private static void KillAll()
    {
        foreach (var child in alive.Keys)
        {
            child.Dispose();
        }
    }

    private readonly Process process = new();
    private readonly Collector stdout;
    private readonly Collector stderr;
    private readonly string name;

    /// <summary>Starts a process.</summary>
    /// <param name="start">The command.</param>
    /// <param name="name">What a message calls it; null for the name of the program.</param>
    public Child(Start start, string? name = null)
    {
        this.name = name ?? Path.GetFileName(start.File);
        process.StartInfo = new ProcessStartInfo(start.File, start.Args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.Folder ?? "",
        };
        foreach (var (key, value) in start.Env ?? [])
        {
            process.StartInfo.Environment[key] = value;
        }
        _ = signals;
        process.Start();
        alive[this] = true;
        if (!start.Input)
        {
            process.StandardInput.Close();
        }
        stdout = new Collector(process.StandardOutput.BaseStream);
        stderr = new Collector(process.StandardError.BaseStream);
    }

    public int Id => process.Id;

    public string Stdout => stdout.Text;

    public string Stderr => stderr.Text;

    public bool HasExited => process.HasExited;

    /// <summary>The first of some commands that is on PATH.</summary>
    public static string? Which(params string[] names) =>
        (from name in names
         from dir in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
         let path = Path.Combine(dir, name)
         where dir != "" && File.Exists(path)
         select path).FirstOrDefault();

    /// <summary>Runs a command to its end.</summary>
    public static Result Run(Start start, TimeSpan? limit = null)
    {
        using var c = new Child(start);
        return c.Wait(limit ?? Timeout.InfiniteTimeSpan) ?? throw new TimeoutException($"{start.File} {string.Join(' ', start.Args)} did not end within {limit}");
    }

    /// <summary>Waits for the end; null if it does not come in time.</summary>
    public Result? Wait(TimeSpan limit)
    {
        if (!process.WaitForExit(limit))
        {
            return null;
        }
        // A child of the child may hold the pipes.
        Task.WaitAll([stdout.Done, stderr.Done], TimeSpan.FromSeconds(20));
        return new Result(Stdout, Stderr, process.ExitCode);
    }

    /// <summary>Writes a line to its standard input.</summary>
    public void Write(string line)
    {
        try
        {
            process.StandardInput.Write(line + "\n");
            process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Ended();
        }
    }

    /// <summary>Waits for the next line of its standard output.</summary>
    public string Read() => stdout.ReadLine() ?? throw Ended();

    private FailedException Ended()
    {
        var r = Wait(Timeout.InfiniteTimeSpan)!;
        return new FailedException($"{name} ended with status {r.Status}: {r.Stderr.Trim()}");
    }

    /// <summary>Ends its input and waits for its end.</summary>
    public void Finish()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw Ended();
        }
    }

    /// <summary>Interrupts it and waits for its end: tracers then print what they have.</summary>
    public void Interrupt()
    {
        Signal(process.Id, 2);
        process.WaitForExit();
    }

    /// <summary>Waits for a condition as long as the process runs.</summary>
    public void Until(Func<bool> cond, string what)
    {
        for (var start = Stopwatch.StartNew(); !cond(); Thread.Sleep(1))
        {
            if (process.HasExited)
            {
                throw Ended();
            }
            if (start.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new FailedException($"{name}: waited a minute in vain for {what}");
            }
        }
    }

    /// <summary>The children of the process: of strace, the program that it traces.</summary>
    public IEnumerable<int> Children()
    {
        var list = $"/proc/{process.Id}/task/{process.Id}/children";
        return File.Exists(list) ? File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse) : [];
    }

    public static void Signal(int pid, int signal)
    {
        if (kill(pid, signal) != 0)
        {
            throw new IOException($"kill {pid}: error {Marshal.GetLastPInvokeError()}");
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int kill(int pid, int sig);

    public void Dispose()
    {
        if (!alive.TryRemove(this, out _))
        {
            return;
        }
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
        process.Dispose();
    }

    private sealed class Collector
    {
        private readonly MemoryStream bytes = new();
        private bool ended;

        // How far ReadLine has come.
        private int read;

        internal readonly Task Done;

        internal Collector(Stream stream)
        {
            Done = Task.Factory.StartNew(() =>
            {
                var buffer = new byte[1 << 16];
                int n;
                do
                {
                    n = stream.Read(buffer);
                    lock (bytes)
                    {
                        bytes.Write(buffer, 0, n);
                        ended = n == 0;
                        Monitor.PulseAll(bytes);
                    }
                }
                while (n > 0);
            }, TaskCreationOptions.LongRunning);
        }

        internal string Text
        {
            get
            {
                lock (bytes)
                {
                    return Encoding.Latin1.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
                }
            }
        }

        // ReadLine waits for the next line; null at the end.
        internal string? ReadLine()
        {
            lock (bytes)
            {
                for (; ; )
                {
                    var rest = bytes.GetBuffer().AsSpan(read, (int)bytes.Length - read);
                    if (rest.IndexOf((byte)'\n') is var n and >= 0)
                    {
                        read += n + 1;
                        return Encoding.Latin1.GetString(rest[..n]);
                    }
                    if (ended)
                    {
                        return null;
                    }
                    Monitor.Wait(bytes);
                }
            }
        }
    }
}
