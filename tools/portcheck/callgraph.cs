using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace portcheck;

// The paths into the poller, in Go and here.
internal sealed class CallGraph
{
    private static readonly string[] roots =
    [
        "runtime.schedule", "runtime.gcStart", "runtime.gcDrain", "runtime.gcMarkDone", "runtime.gcMarkTermination", "runtime.startTheWorld", "runtime.sysmon",
        "internal/poll.FD.Read", "internal/poll.FD.Write", "internal/poll.FD.Accept", "internal/poll.FD.Close",
    ];

    private static readonly string[] sinks = ["runtime.netpoll", "runtime.netpollBreak", "runtime.netpollblock", "runtime.netpollunblock", "runtime.gopark"];

    // gopark ends a path: what comes behind it, by way of park_m and schedule, is not the caller's doing.
    private const string end = "runtime.gopark";

    private readonly Port port;
    private readonly Dictionary<string, HashSet<string>> go = [];
    private readonly Dictionary<string, HashSet<string>> here = [];

    internal CallGraph(Port port)
    {
        this.port = port;
        foreach (var f in port.Index.Files.SelectMany(f => f.Ported))
        {
            // A bodyless function is the one that it is linked to.
            Edges(go, f.Id).UnionWith((f.Link == null ? f.Calls.Concat(f.Refs) : [f.Link]).Where(Ported));
            // What Go has in assembly ends a path, here too: the facts do not know what it calls.
            foreach (var m in port.Methods(f.Id).Where(_ => f.Body != null || f.Link != null))
            {
                Edges(here, f.Id).UnionWith(f.Link == null ? Callees(m, []) : [f.Link]);
            }
        }
    }

    private bool Ported(string id) => port.Index.ById.TryGetValue(id, out var list) && list.Any(f => f.Ported);

    private static HashSet<string> Edges(Dictionary<string, HashSet<string>> graph, string from)
    {
        if (!graph.TryGetValue(from, out var set))
        {
            graph[from] = set = [];
        }
        return set;
    }

    // Callees are the functions of Go's that a method calls or mentions; a method of our own stands for what it calls.
    private IEnumerable<string> Callees(Method m, HashSet<string> seen)
    {
        foreach (var t in m.Tokens.Where(t => t.Kind is TokenKind.Call or TokenKind.Ref))
        {
            if (Ported(t.Text))
            {
                yield return t.Text;
            }
            else if (!port.Index.ById.ContainsKey(t.Text) && seen.Add(t.Text))
            {
                foreach (var own in port.Methods(t.Text))
                {
                    foreach (var id in Callees(own, seen))
                    {
                        yield return id;
                    }
                }
            }
        }
    }

    internal int Run(TextWriter output, string? dot)
    {
        var theirs = roots.ToDictionary(r => r, r => Paths(go, r));
        var ours = roots.ToDictionary(r => r, r => Paths(here, r));
        var all = new SortedSet<(string From, string To)>(theirs.Values.Concat(ours.Values).SelectMany(e => e));

        // The edges that differ, and why; without those that have a marker the graphs must be the same.
        var reasons = all.Where(e => !(Has(go, e) && Has(here, e))).ToDictionary(e => e, e => Reason(e.From, e.To));
        foreach (var (from, to) in reasons.Where(r => r.Value != null).Select(r => r.Key))
        {
            Edges(go, from).Remove(to);
            Edges(here, from).Remove(to);
        }
        var same = true;
        foreach (var root in roots)
        {
            var (rest, mine) = (Paths(go, root), Paths(here, root));
            var differ = theirs[root].Union(ours[root]).Count(reasons.ContainsKey);
            var equal = rest.SetEquals(mine);
            same &= equal;
            output.WriteLine($"{root}: {theirs[root].Count} edges in Go, {ours[root].Count} here: {(differ == 0 ? "" : $"{differ} differ, the rest is ")}{(equal ? "the same" : "not the same")}");
            Tree(output, root, 1, theirs[root], ours[root], reasons.Keys, []);
            output.WriteLine();
        }
        if (dot != null)
        {
            File.WriteAllText(dot, Dot(all, reasons.Keys, theirs.Values.SelectMany(e => e).ToHashSet()));
        }
        foreach (var ((from, to), reason) in reasons)
        {
            var side = theirs.Values.Any(e => e.Contains((from, to))) ? "in Go only" : "here only";
            output.WriteLine($"{from} -> {to}: {side}; {reason ?? "no marker says why"}");
        }
        var unexplained = reasons.Values.Count(r => r == null);
        output.WriteLine($"{all.Count} edges on paths into the poller: {(reasons.Count == 0 ? "equal in Go and here" : unexplained > 0 ? $"{reasons.Count} differ, {unexplained} without a marker" : $"{reasons.Count} differ, each with a marker; without them the graphs are {(same ? "equal" : "not equal")}")}");
        return unexplained == 0 && same ? 0 : 1;
    }

    private static bool Has(Dictionary<string, HashSet<string>> graph, (string From, string To) edge) => graph.TryGetValue(edge.From, out var set) && set.Contains(edge.To);

    // Reason is the markers that cover a difference in the caller.
    private string? Reason(string from, string to)
    {
        var f = port.Index.ById[from].First(f => f.Ported);
        var methods = port.Methods(from);
        if (methods.Count == 0)
        {
            return port.Pending.For(f.File.Path) is { } entry && (entry.Functions.Count == 0 || entry.Functions.Contains(f.Name)) ? "not ported yet" : null;
        }
        if (f.Body == null)
        {
            return null;
        }
        var markers = new SortedSet<string>();
        foreach (var m in methods)
        {
            var hunks = Alignment.Of(f, m).Hunks;
            var named = hunks.Where(h => h.Go.Concat(h.Here).Any(t => t.Text == to)).ToList();
            // An edge by way of a method of our own has that one's name.
            foreach (var h in named.Count > 0 ? named : hunks.Where(h => h.Here.Any(t => t.Kind is TokenKind.Call or TokenKind.Ref)))
            {
                var covering = Check.Markers(m, h).ToList();
                if (covering.Count == 0)
                {
                    return null;
                }
                markers.UnionWith(covering.Select(k => $"PORT({k.Id})"));
            }
        }
        return markers.Count == 0 ? null : string.Join(", ", markers);
    }

    // Paths are the edges that lie on a path from the root to a sink.
    private static HashSet<(string From, string To)> Paths(Dictionary<string, HashSet<string>> graph, string root)
    {
        var reached = new HashSet<string> { root };
        var queue = new Queue<string>(reached);
        var callers = new Dictionary<string, List<string>>();
        while (queue.TryDequeue(out var from))
        {
            if (from == end)
            {
                continue;
            }
            foreach (var to in graph.GetValueOrDefault(from) ?? [])
            {
                if (!callers.TryGetValue(to, out var list))
                {
                    callers[to] = list = [];
                }
                list.Add(from);
                if (reached.Add(to))
                {
                    queue.Enqueue(to);
                }
            }
        }
        var edges = new HashSet<(string, string)>();
        var back = new HashSet<string>(sinks.Where(reached.Contains));
        queue = new Queue<string>(back);
        while (queue.TryDequeue(out var to))
        {
            foreach (var from in callers.GetValueOrDefault(to) ?? [])
            {
                edges.Add((from, to));
                if (back.Add(from))
                {
                    queue.Enqueue(from);
                }
            }
        }
        return edges;
    }

    // Tree shows every edge once; a function is expanded where it comes first. - is in Go only, + here only.
    private static void Tree(TextWriter output, string from, int depth, HashSet<(string From, string To)> theirs, HashSet<(string From, string To)> ours, ICollection<(string, string)> differing, HashSet<string> shown)
    {
        shown.Add(from);
        foreach (var to in theirs.Union(ours).Where(e => e.From == from).Select(e => e.To).Order(StringComparer.Ordinal))
        {
            var sign = !differing.Contains((from, to)) ? ' ' : theirs.Contains((from, to)) ? '-' : '+';
            var more = theirs.Union(ours).Any(e => e.From == to);
            var again = more && shown.Contains(to);
            output.WriteLine($"{sign}{new string(' ', 2 * depth)}{to}{(sinks.Contains(to) ? " *" : "")}{(again ? " ..." : "")}");
            if (more && !again)
            {
                Tree(output, to, depth + 1, theirs, ours, differing, shown);
            }
        }
    }

    private static string Dot(IEnumerable<(string From, string To)> edges, ICollection<(string, string)> differing, HashSet<(string, string)> theirs)
    {
        var text = new StringWriter();
        text.WriteLine("// Paths into the poller. Solid: in Go and here. Red: in Go only. Blue: here only.");
        text.WriteLine("digraph poller {");
        text.WriteLine("    rankdir=LR;");
        text.WriteLine("    node [shape=box, fontsize=10];");
        foreach (var root in roots)
        {
            text.WriteLine($"    \"{root}\" [style=bold];");
        }
        foreach (var sink in sinks)
        {
            text.WriteLine($"    \"{sink}\" [style=filled];");
        }
        foreach (var (from, to) in edges)
        {
            var style = !differing.Contains((from, to)) ? "" : theirs.Contains((from, to)) ? " [color=red, style=dashed]" : " [color=blue]";
            text.WriteLine($"    \"{from}\" -> \"{to}\"{style};");
        }
        text.WriteLine("}");
        return text.ToString();
    }
}
