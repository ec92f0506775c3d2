using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using common;

namespace bench;

// What /proc tells about a process.
internal static unsafe partial class Proc
{
    [LibraryImport("libc")]
    private static partial long sysconf(int name);

    private struct rlimit
    {
        internal ulong cur;
        internal ulong max;
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setrlimit(int resource, rlimit* limit);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int getrlimit(int resource, rlimit* limit);

    private struct timespec
    {
        internal long sec;
        internal long nsec;
    }

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, timespec* t);

    private const int RLIMIT_NOFILE = 7;
    private const int _SC_CLK_TCK = 2;

    private static readonly double ticks = sysconf(_SC_CLK_TCK);

    // Descriptors raises the limit of descriptors, which the children inherit, to what n connections need.
    internal static void Descriptors(int n)
    {
        var need = (ulong)n + 200;
        rlimit limit;
        if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
        {
            limit.cur = limit.max;
            if (limit.max < need)
            {
                limit.cur = limit.max = need;
            }
            if (setrlimit(RLIMIT_NOFILE, &limit) == 0)
            {
                return;
            }
        }
        throw new InputException($"{n} connections need {need} descriptors, and the limit cannot be raised to that: see ulimit -Hn, or give fewer connections");
    }

    // Cpu is the time that the process has run so far, all threads, also those that ended, in seconds.
    internal static double Cpu(int pid)
    {
        timespec t;
        // The process's clock, as clock_getcpuclockid makes its number.
        return clock_gettime((~pid << 3) | 2, &t) == 0 ? t.sec + (t.nsec / 1e9) : throw new FailedException($"there is no process {pid}");
    }

    // User is how much of it was not in the kernel, as the kernel estimates it: it looks from time to time.
    internal static double User(int pid)
    {
        // The name, in parentheses, may hold anything.
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return Number(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11]) / ticks;
    }

    private static double Number(string s) => double.Parse(s, CultureInfo.InvariantCulture);

    // FirstCpu is the first CPU that this process may use.
    internal static string FirstCpu() => File.ReadLines("/proc/self/status").Single(l => l.StartsWith("Cpus_allowed_list:")).Split('\t', ',', '-')[1];

    // ThreadTimes is how long each thread has run so far, in nanoseconds.
    internal static Dictionary<int, long> ThreadTimes(int pid) =>
        Threads(pid, "schedstat", s => long.Parse(s.Split(' ')[0], CultureInfo.InvariantCulture));

    // Switches is how often each thread has given up a CPU or lost it.
    internal static Dictionary<int, long> Switches(int pid) => Threads(pid, "status", status => status.Split('\n')
        .Where(l => l.StartsWith("voluntary_ctxt_switches:") || l.StartsWith("nonvoluntary_ctxt_switches:"))
        .Sum(l => long.Parse(l[(l.IndexOf(':') + 1)..], CultureInfo.InvariantCulture)));

    // Since adds up what has come since before. Of a thread that has ended nobody knows any more.
    internal static long Since(Dictionary<int, long> before, Dictionary<int, long> now) => now.Sum(t => t.Value - before.GetValueOrDefault(t.Key));

    private static Dictionary<int, long> Threads(int pid, string file, Func<string, long> number)
    {
        var threads = new Dictionary<int, long>();
        if (!Directory.Exists($"/proc/{pid}"))
        {
            throw new FailedException($"there is no process {pid}");
        }
        foreach (var task in Directory.GetDirectories($"/proc/{pid}/task"))
        {
            try
            {
                threads[int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture)] = number(File.ReadAllText(Path.Combine(task, file)));
            }
            catch (IOException)
            {
                // The thread has ended.
            }
        }
        return threads;
    }

    // Rss is the resident memory in bytes. statm would be off by what the CPUs have not added up yet.
    internal static long Rss(int pid) => 1024 * File.ReadLines($"/proc/{pid}/smaps_rollup")
        .Where(l => l.StartsWith("Rss:"))
        .Select(l => long.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture))
        .Single();

    // Sockets counts the open sockets that are TCP's: the CLR has others.
    internal static int Sockets(int pid)
    {
        var tcp = File.ReadLines($"/proc/{pid}/net/tcp").Skip(1)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[9]).ToHashSet();
        return Directory.GetFileSystemEntries($"/proc/{pid}/fd")
            .Select(Link)
            .Count(t => t != null && t.StartsWith("socket:[") && tcp.Contains(t[8..^1]));
    }

    private static string? Link(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (IOException)
        {
            // It has been closed.
            return null;
        }
    }
}
