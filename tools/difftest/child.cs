using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;

namespace difftest;

/// <summary>A command.</summary>
internal sealed record Start(string File, string[] Args, Dictionary<string, string>? Env = null, string? Folder = null);

/// <summary>What a process left.</summary>
/// <param name="Stdout">Its standard output; bytes as Latin-1, so that none is lost.</param>
/// <param name="Stderr">Its standard error.</param>
/// <param name="Status">Its exit status; 128 and the signal's number if a signal ended it.</param>
internal sealed record Result(string Stdout, string Stderr, int Status);

/// <summary>A running process whose output is collected byte by byte.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process process = new();
    private readonly Collector stdout;
    private readonly Collector stderr;

    internal Child(Start start)
    {
        process.StartInfo = new ProcessStartInfo(start.File, start.Args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = start.Folder ?? "",
        };
        foreach (var (name, value) in start.Env ?? [])
        {
            process.StartInfo.Environment[name] = value;
        }
        process.Start();
        process.StandardInput.Close();
        stdout = new Collector(process.StandardOutput.BaseStream);
        stderr = new Collector(process.StandardError.BaseStream);
    }

    internal int Id => process.Id;

    internal string Stdout => stdout.Text;

    internal string Stderr => stderr.Text;

    internal bool HasExited => process.HasExited;

    /// <summary>Runs a command to its end.</summary>
    internal static Result Run(Start start, TimeSpan limit)
    {
        using var c = new Child(start);
        return c.Wait(limit) ?? throw new TimeoutException($"{start.File} {string.Join(' ', start.Args)} did not end within {limit}");
    }

    /// <summary>Waits for the end; null if it does not come in time.</summary>
    internal Result? Wait(TimeSpan limit)
    {
        if (!process.WaitForExit(limit))
        {
            return null;
        }
        // A child of the child may hold the pipes.
        Task.WaitAll([stdout.Done, stderr.Done], TimeSpan.FromSeconds(20));
        return new Result(Stdout, Stderr, process.ExitCode);
    }

    /// <summary>The children of the process: of strace, the program that it traces.</summary>
    internal IEnumerable<int> Children()
    {
        var list = $"/proc/{process.Id}/task/{process.Id}/children";
        return File.Exists(list) ? File.ReadAllText(list).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse) : [];
    }

    internal static void Signal(int pid, int signal)
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

        internal readonly Task Done;

        internal Collector(Stream stream)
        {
            Done = Task.Factory.StartNew(() =>
            {
                var buffer = new byte[1 << 16];
                int n;
                while ((n = stream.Read(buffer)) > 0)
                {
                    lock (bytes)
                    {
                        bytes.Write(buffer, 0, n);
                    }
                }
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
    }
}
