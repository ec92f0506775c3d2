using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace difftest;

/// <summary>A system call of a trace.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Args">Its arguments, as strace writes them.</param>
/// <param name="Ret">What it returned: a number, with the error's name if it is one.</param>
/// <param name="Start">The line at which it began.</param>
/// <param name="End">The line at which it ended.</param>
internal sealed record Call(string Name, string[] Args, string Ret, int Start, int End)
{
    private static readonly HashSet<string> creators =
        ["socket", "accept", "accept4", "pipe", "pipe2", "epoll_create", "epoll_create1", "eventfd", "eventfd2", "open", "openat", "dup", "dup2", "dup3"];

    internal long Result => Regex.Match(Ret, "^-?[0-9]+") is { Success: true } m ? long.Parse(m.Value) : -1;

    /// <summary>EAGAIN and the like, or nothing.</summary>
    internal string Errno => Regex.Match(Ret, "^-1 ([A-Z0-9]+)") is { Success: true } m ? m.Groups[1].Value : "";

    /// <summary>The first argument, for calls whose first argument is a descriptor.</summary>
    internal int Fd => Args.Length > 0 && int.TryParse(Args[0], out var n) ? n : -1;

    internal bool Creates => creators.Contains(Name) || (Name == "fcntl" && Args.Length > 1 && Args[1].StartsWith("F_DUPFD"));

    // Who sees a descriptor first? It exists from the end of the call that makes it, and a number is free
    // again at some time after the beginning of its close; all other calls hold it.
    internal int Order => Creates ? End : Start;
}

/// <summary>What strace -f wrote.</summary>
internal static class Trace
{
    /// <summary>The calls that are traced: all that make, use or end a descriptor, and futex.</summary>
    internal const string Calls = "socket,accept,accept4,pipe,pipe2,epoll_create,epoll_create1,eventfd,eventfd2,openat,open,dup,dup2,dup3,fcntl,close," +
        "read,write,readv,writev,pread64,pwrite64,recvfrom,sendto,recvmsg,sendmsg,sendfile,splice,bind,listen,connect,shutdown,getsockname,getpeername," +
        "setsockopt,getsockopt,epoll_ctl,epoll_wait,epoll_pwait,epoll_pwait2,poll,ppoll,select,pselect6,ioctl,futex";

    private static readonly Regex line = new("^([0-9]+) +(.*)$");
    private static readonly Regex resumed = new(@"^<\.\.\. [a-z0-9_]+ resumed>(.*)$");
    private static readonly Regex call = new(@"^([a-z0-9_]+)\((.*)\) += (.*)$");

    /// <summary>The calls of a trace in an order in which each descriptor's calls make sense.</summary>
    internal static List<Call> Parse(IEnumerable<string> lines)
    {
        var calls = new List<Call>();
        var open = new Dictionary<string, (string text, int start)>();
        var at = -1;
        foreach (var text0 in lines)
        {
            at++;
            var m = line.Match(text0);
            if (!m.Success)
            {
                continue;
            }
            var (pid, text, start) = (m.Groups[1].Value, m.Groups[2].Value, at);
            if (text.EndsWith("<unfinished ...>"))
            {
                // The second half of a call may be unfinished again, when its thread was told to stop.
                text = text[..^"<unfinished ...>".Length];
                if (resumed.Match(text) is { Success: true } again)
                {
                    if (open.TryGetValue(pid, out var first0))
                    {
                        open[pid] = (first0.text + again.Groups[1].Value, first0.start);
                    }
                    continue;
                }
                open[pid] = (text, at);
                continue;
            }
            if (resumed.Match(text) is { Success: true } rest && open.Remove(pid, out var first))
            {
                (text, start) = (first.text + rest.Groups[1].Value, first.start);
            }
            if (call.Match(text) is { Success: true } c)
            {
                calls.Add(new Call(c.Groups[1].Value, Split(c.Groups[2].Value), c.Groups[3].Value, start, at));
            }
        }
        return [.. calls.OrderBy(c => c.Order)];
    }

    // Split takes arguments apart at commas outside of brackets and strings.
    internal static string[] Split(string args)
    {
        var list = new List<string>();
        var (depth, from, quoted) = (0, 0, false);
        for (var i = 0; i < args.Length; i++)
        {
            var c = args[i];
            if (quoted)
            {
                if (c == '\\')
                {
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                continue;
            }
            switch (c)
            {
                case '"':
                    quoted = true;
                    break;
                case '(' or '[' or '{':
                    depth++;
                    break;
                case ')' or ']' or '}':
                    depth--;
                    break;
                case ',' when depth == 0:
                    list.Add(args[from..i].Trim());
                    from = i + 1;
                    break;
            }
        }
        var last = args[from..].Trim();
        if (last.Length > 0 || list.Count > 0)
        {
            list.Add(last);
        }
        return [.. list];
    }
}
