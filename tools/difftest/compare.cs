using System.Collections.Generic;
using System.Linq;
using System.Text;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace difftest;

/// <summary>Something in which the two sides differ.</summary>
/// <param name="What">Where.</param>
/// <param name="Text">Both sides, Go on the left.</param>
internal sealed record Difference(string What, string Text)
{
    public override string ToString() => What + "\n" + Text;
}

/// <summary>What one side left behind.</summary>
/// <param name="Stdout">Its standard output.</param>
/// <param name="Stderr">Its standard error.</param>
/// <param name="Client">The scripted client's transcript.</param>
/// <param name="Status">Its exit status; null if it did not end.</param>
/// <param name="Trace">Its system calls, if it was traced.</param>
internal sealed record Run(string Stdout, string Stderr, string Client, int? Status, List<Call>? Trace = null);

/// <summary>Compares what the two sides left.</summary>
internal static class Compare
{
    // The scheduler decides how often these happen. A number beyond the bound is a loop that should not be.
    private static readonly (string name, Func<Call, bool> counts, int factor, int more)[] bounds =
    [
        ("epoll_pwait", c => c.Name is "epoll_pwait" or "epoll_pwait2" or "epoll_wait", 4, 300),
        ("futex", c => c.Name == "futex", 10, 5000),
    ];

    /// <summary>Transcripts, errors and exit statuses.</summary>
    internal static List<Difference> Output(Pair pair, Toolchain tools, Run go, Run cs)
    {
        var list = new List<Difference>();
        var status = (Run r) => r.Status is { } n ? n.ToString() : "did not end";
        if (go.Status != cs.Status || go.Status == null)
        {
            list.Add(new("exit status", Columns(status(go), status(cs))));
        }
        void stream(string name, string left, string right)
        {
            // The changes since an older Go first, so that the masks see what the reference prints.
            foreach (var c in pair.Changes ?? [])
            {
                if (tools.Version < Version.Parse(c.Release) && c.Mask.Covers(name))
                {
                    left = c.Mask.Regex.Replace(left, c.Replace);
                }
            }
            foreach (var m in pair.Masks ?? [])
            {
                if (m.Covers(name))
                {
                    (left, right) = (m.Regex.Replace(left, m.Replace), m.Regex.Replace(right, m.Replace));
                }
            }
            if (left != right)
            {
                list.Add(new(name, Columns(left, right)));
            }
        }
        stream("stdout", go.Stdout, cs.Stdout);
        stream("stderr", go.Stderr, cs.Stderr);
        if (go.Client != cs.Client)
        {
            list.Add(new("client", Columns(go.Client, cs.Client)));
        }
        return list;
    }

    /// <summary>System calls.</summary>
    internal static List<Difference> Traces(Toolchain tools, TraceRule rule, List<Call> go, List<Call> cs)
    {
        var list = new List<Difference>();
        foreach (var (name, counts, factor, more) in bounds)
        {
            var (left, right) = (go.Count(counts), cs.Count(counts));
            if (right > factor * left + more)
            {
                list.Add(new($"number of {name}", $"{left} in Go, {right} here: more than {factor} times as many and {more}"));
            }
        }
        string[] waits(List<Call> calls) => [.. calls.Where(bounds[0].counts).Where(c => !c.Ret.StartsWith('?')).Select(c => $"{c.Name}(epoll, events, {c.Args.ElementAtOrDefault(2)}, timeout, {c.Args.ElementAtOrDefault(4)})").Distinct().Order()];
        var (wl, wr) = (waits(go), waits(cs));
        if (wl.Length > 0 && wr.Length > 0 && !wl.SequenceEqual(wr))
        {
            list.Add(new("waiting for events", Columns(string.Join("\n", wl), string.Join("\n", wr))));
        }

        // Which descriptor is which? Those whose histories are equal belong together, the others in the order of their creation.
        var (l, r) = (History.All(go, rule), History.All(cs, rule));
        foreach (var c in tools.Changes)
        {
            if (tools.Version < Version.Parse(c.Release))
            {
                l.ForEach(x => x.Replace(c.Mask));
            }
        }
        var equal = r.GroupBy(x => x.Text).ToDictionary(g => g.Key, g => new Queue<History>(g));
        var (restLeft, matched) = (new List<History>(), new Dictionary<History, History>());
        foreach (var x in l)
        {
            if (equal.TryGetValue(x.Text, out var q) && q.TryDequeue(out var y))
            {
                matched[y] = x;
            }
            else
            {
                restLeft.Add(x);
            }
        }
        foreach (var (y, x) in matched)
        {
            if (y.EagainRun > Math.Max(4, 2 * x.EagainRun + 1))
            {
                list.Add(new($"{y}: calls in a row that found nothing", $"{x.EagainRun} in Go, {y.EagainRun} here"));
            }
            // Where the totals differ, too, the same for as much data.
            if (y.Pieces > 8 * x.Pieces * Math.Max(1, (double)y.Bytes / Math.Max(1, x.Bytes)) + 64)
            {
                list.Add(new($"{y}: pieces of data", $"{x.Pieces} for {x.Bytes} bytes in Go, {y.Pieces} for {y.Bytes} here"));
            }
        }
        var restRight = r.Where(y => !matched.ContainsKey(y)).GroupBy(y => y.Kind).ToDictionary(g => g.Key, g => new Queue<History>(g));
        foreach (var x in restLeft)
        {
            var y = restRight.TryGetValue(x.Kind, out var q) && q.TryDequeue(out var first) ? first : null;
            list.Add(new($"system calls on {x}" + (y == null ? ": in Go only" : ""), Columns(string.Join("\n", x.Lines), y == null ? "" : string.Join("\n", y.Lines))));
        }
        foreach (var y in restRight.Values.SelectMany(q => q))
        {
            list.Add(new($"system calls on {y}: here only", Columns("", string.Join("\n", y.Lines))));
        }
        return list;
    }

    /// <summary>Two texts side by side, Go's on the left: where they differ, with a few lines before and after.</summary>
    internal static string Columns(string left, string right)
    {
        const int context = 3;
        var d = SideBySideDiffBuilder.Diff(left, right, ignoreWhiteSpace: false);
        var n = Math.Max(d.OldText.Lines.Count, d.NewText.Lines.Count);
        var differs = Enumerable.Range(0, n).Select(i => d.OldText.Lines[i].Type != ChangeType.Unchanged || d.NewText.Lines[i].Type != ChangeType.Unchanged).ToArray();
        static string show(DiffPiece p) => string.Concat((p.Text ?? "").Select(c => c is < ' ' or > '~' ? $"\\x{(int)c:x2}" : c.ToString()));
        var shown = Enumerable.Range(0, n).Where(i => Enumerable.Range(i - context, 2 * context + 1).Any(j => j >= 0 && j < n && differs[j])).ToArray();
        var width = Math.Max("Go".Length, shown.Select(i => show(d.OldText.Lines[i]).Length).DefaultIfEmpty().Max());
        var b = new StringBuilder();
        b.Append("  ").Append("Go".PadRight(width)).Append("   C#\n");
        var last = -1;
        foreach (var i in shown)
        {
            if (i != last + 1)
            {
                b.Append("  ...\n");
            }
            last = i;
            var (x, y) = (d.OldText.Lines[i], d.NewText.Lines[i]);
            var mark = !differs[i] ? ' ' : x.Type == ChangeType.Imaginary ? '>' : y.Type == ChangeType.Imaginary ? '<' : '|';
            b.Append("  ").Append(show(x).PadRight(width)).Append(' ').Append(mark).Append(' ').Append(show(y)).Append('\n');
        }
        if (shown.Length == 0)
        {
            // Equal line by line: what ends the lines differs.
            b.Append($"  {left.Length} and {right.Length} characters, the lines are equal\n");
        }
        return b.ToString();
    }
}
