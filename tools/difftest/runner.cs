using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using common;

namespace difftest;

/// <summary>Runs the two sides of a pair, plainly and under strace.</summary>
internal sealed class Runner(Toolchain tools)
{
    // Hung is how long a program or a line of its script may take; a busy machine under strace is slow.
    private static readonly TimeSpan hung = TimeSpan.FromMinutes(3);

    // What the CLR does on its own account when it is looked at is left out.
    private static readonly Dictionary<string, string> environment = new()
    {
        ["DOTNET_EnableDiagnostics"] = "0",
        ["DOTNET_DbgEnableMiniDump"] = "0",
        ["GODEBUG"] = "",
        ["GOTRACEBACK"] = "",
    };

    /// <summary>The folder in which the traces stay; null to remove them.</summary>
    internal string? Keep { get; init; }

    /// <summary>The only case to run; null for all.</summary>
    internal string? Only { get; init; }

    /// <summary>What Go's side left before; null to run it always.</summary>
    internal Kept? Kept { get; init; }

    /// <summary>Runs the cases of a pair.</summary>
    internal List<Difference> Run(Pair pair, Programs programs)
    {
        var list = new List<Difference>();
        foreach (var c in pair.AllCases.Where(c => Only == null || c.Name == Only))
        {
            foreach (var d in Run(pair, c, programs))
            {
                list.Add(d with { What = pair.AllCases.Count == 1 ? d.What : $"{c.Name}: {d.What}" });
            }
        }
        return list;
    }

    private List<Difference> Run(Pair pair, Case c, Programs programs)
    {
        var list = Run(pair, c, programs, Kept, out var used);
        // A difference to something kept is none yet.
        return list.Count > 0 && used ? Run(pair, c, programs, null, out _) : list;
    }

    private List<Difference> Run(Pair pair, Case c, Programs programs, Kept? kept, out bool used)
    {
        var runs = new List<(string key, Run go)>();
        var list = Both(pair, c, programs, null, kept, runs, out used);
        if (list.Count == 0 && c.Traced && tools.Strace != null)
        {
            var folder = Keep == null ? Directory.CreateTempSubdirectory("difftest").FullName : Directory.CreateDirectory(Path.Combine(Keep, pair.Name, c.Name)).FullName;
            try
            {
                list = Both(pair, c, programs, folder, kept, runs, out var usedTrace);
                used |= usedTrace;
            }
            finally
            {
                if (Keep == null)
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        }
        if (list.Count == 0)
        {
            runs.ForEach(r => Kept?.Put(r.key, r.go));
        }
        return list;
    }

    // Both runs the two sides side by side, and compares them. What Go left comes from kept, if it is there;
    // otherwise it is added to runs.
    private List<Difference> Both(Pair pair, Case c, Programs programs, string? folder, Kept? kept, List<(string, Run)> runs, out bool used)
    {
        var key = Kept == null ? null : Kept.Key(programs.Go, pair.Folder, c, environment, folder == null ? null : tools.Strace);
        var old = key == null ? null : kept?.Get(key);
        used = old != null;
        string? trace(string side) => folder == null ? null : Path.Combine(folder, side + ".strace");
        var left = old != null ? Task.FromResult(old) : Task.Factory.StartNew(() => Side(programs.Go, c, pair.Folder, trace("go")), TaskCreationOptions.LongRunning);
        Run cs;
        try
        {
            cs = Side(programs.CSharp, c, pair.Folder, trace("cs"));
        }
        finally
        {
            // Its trace is in the same folder.
            ((IAsyncResult)left).AsyncWaitHandle.WaitOne();
        }
        var go = left.GetAwaiter().GetResult();
        if (old == null && key != null)
        {
            runs.Add((key, go));
        }
        var list = Compare.Output(pair, tools, go, cs);
        if (folder == null)
        {
            return list;
        }
        return [.. list.Select(d => d with { What = d.What + ", under strace" }), .. Compare.Traces(tools, pair.RuleOf(c), go.Trace!, cs.Trace!)];
    }

    /// <summary>Runs one side.</summary>
    /// <param name="program">The program.</param>
    /// <param name="c">Its arguments, environment and client.</param>
    /// <param name="folder">Its working folder.</param>
    /// <param name="trace">The file for its system calls; null to run it plainly.</param>
    internal Run Side(string program, Case c, string folder, string? trace)
    {
        var env = new Dictionary<string, string>(environment);
        foreach (var (name, value) in c.Env ?? [])
        {
            env[name] = value;
        }
        var args = c.Args ?? [];
        // Strings are cut to two bytes, arrays to two elements: enough for the ends of a pipe.
        var start = trace == null ? new Start(program, args, env, folder)
            : new Start(tools.Strace!, ["-f", "-qq", "--seccomp-bpf", "-s", "2", "-e", "signal=none", "-e", "trace=" + Trace.Calls, "-o", trace, "--", program, .. args], env, folder);
        using var child = new Child(start);
        int pid()
        {
            if (trace == null)
            {
                return child.Id;
            }
            // strace starts the program a little later.
            for (; ; Thread.Sleep(2))
            {
                if (child.Children().FirstOrDefault() is var traced and not 0 || child.HasExited)
                {
                    return child.Children().FirstOrDefault();
                }
            }
        }
        var client = ClientScript.Run(ClientScript.Parse(c.Script ?? []), child, pid, hung);
        var result = child.Wait(hung);
        if (result == null)
        {
            // strace would leave the program behind.
            if (trace != null && pid() is var left and not 0)
            {
                Child.Signal(left, 9);
            }
            return new Run(child.Stdout, child.Stderr, client, null, trace == null ? null : []);
        }
        return new Run(result.Stdout, result.Stderr, client, result.Status, trace == null ? null : Trace.Parse(File.ReadLines(trace)));
    }
}
