using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using common;

namespace bench;

// Counts the system calls of a process while something happens: with perf, which disturbs little, or
// with strace, which makes each call many times slower and so changes how often a thread finds nothing.
internal abstract partial class Tracer
{
    internal abstract string Name { get; }

    // Count gives the calls by name.
    internal abstract Dictionary<string, long> Count(int pid, Action during);

    // Choose: auto, perf, strace or none. It tries the tool on a process.
    internal static Tracer? Choose(string which)
    {
        string? why = null;
        foreach (var name in which == "auto" ? ["perf", "strace"] : new[] { which })
        {
            if (name == "none")
            {
                return null;
            }
            if (Child.Which(name) is not { } path)
            {
                why = $"{name} is not installed";
                continue;
            }
            Tracer tracer = name switch
            {
                "perf" => new Perf(path),
                "strace" => new Strace(path),
                _ => throw new InputException($"--syscalls is auto, perf, strace or none, not {name}"),
            };
            try
            {
                using var sleep = new Child(new("sleep", ["60"]));
                tracer.Count(sleep.Id, () => { });
                return tracer;
            }
            catch (FailedException e)
            {
                why = e.Message;
            }
        }
        return which == "auto" ? null : throw new InputException($"system calls cannot be counted: {why}");
    }

    // perf counts at a tracepoint at the entry of system calls, of which it is told by name those that
    // servers make for a request.
    private sealed class Perf(string perf) : Tracer
    {
        private static readonly string[] named = ["read", "write", "epoll_pwait", "epoll_wait", "epoll_ctl", "futex", "recvmsg", "recvfrom", "sendmsg", "sendto", "nanosleep", "sched_yield"];

        private const string all = "raw_syscalls:sys_enter";

        internal override string Name => "perf stat";

        internal override Dictionary<string, long> Count(int pid, Action during)
        {
            var dir = Directory.CreateTempSubdirectory("bench");
            try
            {
                // The counters are there when perf answers the command.
                var (control, ack, output) = (Path.Combine(dir.FullName, "control"), Path.Combine(dir.FullName, "ack"), Path.Combine(dir.FullName, "output"));
                Mkfifo(control, 0b110_000_000);
                Mkfifo(ack, 0b110_000_000);
                using var p = new Child(new(perf,
                [
                    "stat", "-x", ",", "-o", output, "-p", $"{pid}", "-D", "-1", "--control", $"fifo:{control},{ack}",
                    "-e", all, .. named.SelectMany(n => new[] { "-e", $"syscalls:sys_enter_{n}" }),
                ], new() { ["LC_ALL"] = "C" }));
                // Opened for both, so that neither end waits for the other.
                using (var c = new FileStream(control, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1))
                using (var a = new FileStream(ack, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, 1))
                {
                    Command(p, c, a, "enable\n");
                    during();
                    Command(p, c, a, "disable\n");
                }
                p.Interrupt();
                return Parse(File.ReadLines(output));
            }
            finally
            {
                dir.Delete(true);
            }
        }

        // Command sends a line and waits for the answer, "ack\n" and a NUL.
        private static void Command(Child p, FileStream control, FileStream ack, string line)
        {
            control.Write(System.Text.Encoding.ASCII.GetBytes(line));
            control.Flush();
            var answer = System.Threading.Tasks.Task.Run(() =>
            {
                while (ack.ReadByte() is not ('\n' or -1))
                {
                }
            });
            try
            {
                p.Until(() => answer.IsCompleted, "perf's answer");
            }
            catch (FailedException)
            {
                // Nobody will answer: the reader is given what it waits for.
                ack.Write("\n"u8);
                ack.Flush();
                answer.Wait();
                throw;
            }
        }

        [DllImport("libc", EntryPoint = "mkfifo")]
        private static extern int Mkfifo(string path, uint mode);

        internal static Dictionary<string, long> Parse(IEnumerable<string> lines)
        {
            var counts = new Dictionary<string, long>();
            long total = 0;
            foreach (var f in lines.Select(l => l.Split(',')).Where(f => f.Length > 2 && long.TryParse(f[0], out _)))
            {
                var n = long.Parse(f[0], CultureInfo.InvariantCulture);
                if (f[2] == all)
                {
                    total = n;
                }
                else if (n > 0)
                {
                    counts[f[2]["syscalls:sys_enter_".Length..]] = n;
                }
            }
            if (total - counts.Values.Sum() is var others and > 0)
            {
                counts["others"] = others;
            }
            return counts;
        }
    }

    private sealed class Strace(string strace) : Tracer
    {
        internal override string Name => "strace -c";

        internal override Dictionary<string, long> Count(int pid, Action during)
        {
            var output = Path.GetTempFileName();
            try
            {
                using var p = new Child(new(strace, ["-f", "-c", "-o", output, "-p", $"{pid}"]));
                p.Until(() => p.Stderr.Contains(" attached"), "strace");
                during();
                p.Interrupt();
                return ParseStrace(File.ReadLines(output));
            }
            finally
            {
                File.Delete(output);
            }
        }
    }

    [GeneratedRegex(@"^ *[0-9.]+ +[0-9.]+ +[0-9]+ +([0-9]+) +(?:[0-9]+ +)?([a-z_0-9]+)$")]
    private static partial Regex StraceLine();

    // ParseStrace reads the table of strace -c.
    internal static Dictionary<string, long> ParseStrace(IEnumerable<string> lines) => lines
        .Select(l => StraceLine().Match(l)).Where(m => m.Success && m.Groups[2].Value != "total")
        .ToDictionary(m => m.Groups[2].Value, m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    internal static Dictionary<string, long> ParsePerf(IEnumerable<string> lines) => Perf.Parse(lines);
}
