using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace difftest;

/// <summary>What happened to one descriptor from its creation to its close, in words that two runs share.</summary>
internal sealed class History
{
    private static readonly HashSet<string> reading = ["read", "readv", "pread64", "recvfrom", "recvmsg"];
    private static readonly HashSet<string> writing = ["write", "writev", "pwrite64", "sendto", "sendmsg", "sendfile"];
    private static readonly HashSet<string> waiting = ["epoll_wait", "epoll_pwait", "epoll_pwait2"];
    private static readonly HashSet<string> data = [.. reading, .. writing];

    // Files of the system that the port opens because Go does.
    private static readonly string[] systemFiles = ["^/proc/sys/net/core/somaxconn$"];

    // The kernel chooses from these.
    private static readonly (int low, int high) ephemeral = EphemeralPorts();

    private readonly List<Call> calls = [];
    private History? origin;
    private bool added;
    private bool levelTriggered;

    private History(string kind, int fd, Call? created)
    {
        Kind = kind;
        Fd = fd;
        Created = created;
    }

    /// <summary>What the descriptor is for.</summary>
    internal string Kind { get; private set; }

    private int Fd { get; }

    private Call? Created { get; }

    /// <summary>The calls, in order.</summary>
    internal List<string> Lines { get; private set; } = [];

    /// <summary>The most calls in a row that found nothing.</summary>
    internal int EagainRun { get; private set; }

    /// <summary>In how many pieces the data came and went, where only their sum is compared.</summary>
    internal int Pieces { get; private set; }

    /// <summary>How much data that was.</summary>
    internal long Bytes { get; private set; }

    /// <summary>Everything that two histories must have in common.</summary>
    internal string Text => Kind + "\n" + string.Join("\n", Lines);

    public override string ToString() => Kind;

    /// <summary>Says something in the words of another release.</summary>
    internal void Replace(Mask mask) => Lines = [.. mask.Regex.Replace(string.Join("\n", Lines), mask.Replace).Split('\n')];

    private static (int low, int high) EphemeralPorts()
    {
        var words = File.ReadAllText("/proc/sys/net/ipv4/ip_local_port_range").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return (int.Parse(words[0]), int.Parse(words[1]));
    }

    /// <summary>
    /// The histories that are compared: every socket, every epoll descriptor, pipes that were given to epoll, the files
    /// that the rule names, copies of all these, and what is read and written on 0, 1 and 2. The CLR's own files and
    /// pipes are left out.
    /// </summary>
    internal static List<History> All(IEnumerable<Call> calls, TraceRule rule)
    {
        var files = systemFiles.Concat(rule.Files ?? []).Select(f => new Regex(f)).ToArray();
        var all = new List<History>();
        var open = new Dictionary<int, History>();
        for (var fd = 0; fd <= 2; fd++)
        {
            all.Add(open[fd] = new History("descriptor " + fd, fd, null));
        }
        void begin(string kind, long fd, Call c, History? origin = null)
        {
            var history = new History(kind, (int)fd, c) { origin = origin };
            all.Add(history);
            open[(int)fd] = history;
        }
        foreach (var c in calls)
        {
            if (c.Name == "epoll_ctl")
            {
                if (c.Args.Length > 3 && int.TryParse(c.Args[2], out var target) && open.TryGetValue(target, out var history))
                {
                    history.calls.Add(c);
                    if (c.Args[1] == "EPOLL_CTL_ADD")
                    {
                        history.added = true;
                        history.levelTriggered = !c.Args[3].Contains("EPOLLET");
                    }
                }
                continue;
            }
            open.TryGetValue(c.Fd, out var mine);
            mine?.calls.Add(c);
            if (c.Name == "close" && c.Fd > 2 && c.Errno == "")
            {
                open.Remove(c.Fd);
            }
            if (!c.Creates || c.Result < 0)
            {
                continue;
            }
            switch (c.Name)
            {
                case "pipe" or "pipe2":
                    var ends = Regex.Match(c.Args[0], @"^\[(\d+), (\d+)\]$");
                    if (ends.Success)
                    {
                        begin("pipe, end to read", long.Parse(ends.Groups[1].Value), c);
                        var read = all[^1];
                        begin("pipe, end to write", long.Parse(ends.Groups[2].Value), c, read);
                        read.origin = all[^1];
                    }
                    break;
                case "open" or "openat":
                    begin("file " + Regex.Match(string.Join(", ", c.Args), "\"([^\"]*)\"").Groups[1].Value, c.Result, c);
                    break;
                case "accept" or "accept4":
                    begin("accepted socket", c.Result, c);
                    break;
                case "dup" or "dup2" or "dup3" or "fcntl":
                    begin("copy of " + (mine?.Kind ?? "another"), c.Result, c, mine);
                    break;
                case "socket":
                    begin("socket", c.Result, c);
                    break;
                default:
                    begin(c.Name.StartsWith("epoll") ? "epoll" : c.Name, c.Result, c);
                    break;
            }
        }
        foreach (var history in all)
        {
            if (history.Kind.StartsWith("pipe") && (history.levelTriggered || history.origin!.levelTriggered))
            {
                history.Kind = "poller's " + history.Kind;
            }
        }
        var compared = all.Where(l => l.IsCompared(files)).ToList();
        foreach (var history in compared)
        {
            history.Tell(rule);
        }
        return compared;
    }

    private bool IsCompared(Regex[] files) => Kind switch
    {
        "socket" or "accepted socket" or "epoll" => true,
        _ when Kind.StartsWith("file ") => files.Any(f => f.IsMatch(Kind["file ".Length..])),
        _ when Kind.Contains("pipe, end to") && Created!.Name.StartsWith("pipe") => added || origin!.added,
        _ when Kind.StartsWith("copy of ") => origin != null && origin.Fd > 2 && origin.IsCompared(files),
        _ => Kind.StartsWith("descriptor "),
    };

    // Tell writes the history down.
    private void Tell(TraceRule rule)
    {
        if (Created != null)
        {
            Lines.Add(Write(Created, creation: true));
        }
        var inherited = Kind.StartsWith("descriptor ");
        var poller = Kind.StartsWith("poller's ");
        var (reads, writes) = poller ? ("any", "any") : inherited ? ("exact", rule.Output) : (rule.Reads, rule.Writes);
        var run = 0;
        long read = 0, written = 0;
        var end = 0;
        var size = 0L;
        foreach (var c in calls)
        {
            if (c.Ret.StartsWith('?') || c.Errno == "EINTR" || waiting.Contains(c.Name))
            {
                continue;
            }
            if (inherited && !(c.Name is "read" or "write" || (c.Name == "fcntl" && c.Args[1] == "F_GETFL")))
            {
                // The CLR asks what its standard descriptors are, and copies them.
                continue;
            }
            if (c.Errno == "EAGAIN" && (data.Contains(c.Name) || c.Name.StartsWith("accept") || c.Name == "splice"))
            {
                EagainRun = Math.Max(EagainRun, ++run);
                continue;
            }
            run = 0;
            if (reads != "exact" && reading.Contains(c.Name) && c.Errno == "")
            {
                Pieces++;
                read += c.Result;
                end += c.Result == 0 ? 1 : 0;
                size = Math.Max(size, long.TryParse(c.Args[^1], out var n) ? n : 0);
                continue;
            }
            if (writes != "exact" && writing.Contains(c.Name) && c.Errno == "")
            {
                Pieces++;
                written += c.Result;
                continue;
            }
            Lines.Add(Write(c, creation: false));
        }
        Bytes = read + written;
        if (poller)
        {
            return;
        }
        if (reads != "exact" && (end > 0 || read > 0))
        {
            Lines.Add($"read, at most {size} at once: {(reads == "any" ? "some" : read)} bytes" + (end > 0 ? $", end of file {end} times" : ""));
        }
        if (writes != "exact" && written > 0)
        {
            Lines.Add($"written: {(writes == "any" ? "some" : written)} bytes");
        }
    }

    private string Write(Call c, bool creation)
    {
        var args = (string[])c.Args.Clone();
        switch (c.Name)
        {
            case "epoll_ctl":
                args[0] = "epoll";
                args[2] = "fd";
                args[3] = args[1] == "EPOLL_CTL_DEL" ? "event" : Regex.Replace(args[3], "data=\\{.*?\\}", "data");
                break;
            case "pipe" or "pipe2":
                args[0] = "[fds]";
                break;
            case "accept" or "accept4":
                args[0] = creation ? "listener" : "fd";
                break;
            default:
                if (c.Fd >= 0 && c.Fd == Fd && !(creation && c.Name != "fcntl" && !c.Name.StartsWith("dup")))
                {
                    args[0] = "fd";
                }
                else if (creation && c.Fd >= 0)
                {
                    args[0] = "original";
                }
                break;
        }
        if (data.Contains(c.Name) && args.Length > 1)
        {
            args[1] = "data";
        }
        var text = $"{c.Name}({string.Join(", ", args)}) = {(c.Creates && c.Result >= 0 && !c.Name.StartsWith("pipe") ? "a descriptor" : c.Ret)}";
        text = Regex.Replace(text, "0x[0-9a-f]{6,}", "address");
        return Regex.Replace(text, @"htons\((\d+)\)", m => int.Parse(m.Groups[1].Value) is var p && p >= ephemeral.low && p <= ephemeral.high ? "htons(ephemeral)" : m.Value);
    }
}
