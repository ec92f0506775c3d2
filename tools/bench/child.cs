using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace bench;

// A process that the tool has started, with lines going in and out. It ends with the object.
internal sealed class Child : IDisposable
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
    private readonly StringBuilder errors = new();
    private readonly string name;

    // cpus is a list for taskset, such as 0,2-3; null: all.
    internal Child(string name, string? cpus, string file, IEnumerable<string> args, IEnumerable<(string Name, string Value)>? environment = null)
    {
        this.name = name;
        string[] command = [file, .. args];
        if (cpus != null)
        {
            // taskset becomes the program: the process is the same.
            command = [Paths.Which("taskset") ?? throw new InputException("pinning needs taskset, of util-linux"), "-c", cpus, .. command];
        }
        process.StartInfo = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (key, value) in environment ?? [])
        {
            process.StartInfo.Environment[key] = value;
        }
        process.ErrorDataReceived += (_, e) =>
        {
            lock (errors)
            {
                errors.AppendLine(e.Data);
            }
        };
        _ = signals;
        process.Start();
        alive[this] = true;
        process.BeginErrorReadLine();
    }

    internal int Id => process.Id;

    internal string Errors
    {
        get
        {
            lock (errors)
            {
                return errors.ToString().Trim();
            }
        }
    }

    internal void Write(string line)
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

    // Read waits for the next line of the output.
    internal string Read() => process.StandardOutput.ReadLine() ?? throw Ended();

    private InvalidOperationException Ended()
    {
        process.WaitForExit();
        return new InvalidOperationException($"{name} ended with status {process.ExitCode}: {Errors}");
    }

    // Finish ends the input and waits for the end of the process.
    internal void Finish()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw Ended();
        }
    }

    // Interrupt is for tracers, which then print what they have.
    internal void Interrupt()
    {
        Kill(process.Id, 2);
        process.WaitForExit();
    }

    // Until waits for a condition as long as the process runs.
    internal void Until(Func<bool> cond, string what)
    {
        for (var start = Stopwatch.StartNew(); !cond(); Thread.Sleep(1))
        {
            if (process.HasExited)
            {
                throw Ended();
            }
            if (start.Elapsed > TimeSpan.FromMinutes(1))
            {
                throw new InvalidOperationException($"{name}: waited a minute in vain for {what}");
            }
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int pid, int signal);

    public void Dispose()
    {
        if (!alive.TryRemove(this, out _))
        {
            return;
        }
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }

    // Run runs a command to its end and gives what it printed.
    internal static (int Status, string Output) Run(string file, string[] args, string? folder = null, params (string Name, string Value)[] environment)
    {
        using var p = new Process();
        p.StartInfo = new ProcessStartInfo(file, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (key, value) in environment)
        {
            p.StartInfo.Environment[key] = value;
        }
        p.Start();
        var errors = p.StandardError.ReadToEndAsync();
        var output = p.StandardOutput.ReadToEnd();
        p.WaitForExit();
        return (p.ExitCode, output + errors.Result);
    }
}
