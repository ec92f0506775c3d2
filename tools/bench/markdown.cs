using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace bench;

// The tables of a run.
internal static class Markdown
{
    internal static string Echo(Results r)
    {
        var b = new StringBuilder();
        b.Append("# Echo servers\n\n");
        b.Append(string.Join("; ", r.Machine.Select(m => $"{m.Key}: {m.Value}"))).Append(".\n\n");
        b.Append(string.Join("; ", r.Options.Select(m => $"{m.Key}: {m.Value}"))).Append(".\n\n");
        b.Append("Each figure is the median over the rounds, with the smallest and the largest in parentheses; ×N is the median over the rounds of the ratio to Go in the same round.\n\n");
        Table(b, ["server", "what"], r.Servers.Select(s => new[] { s.Name, s.What }));
        foreach (var (name, why) in r.LeftOut)
        {
            b.Append($"Left out: {name}: {why}\n\n");
        }
        b.Append(Short(r)).Append('\n');
        Figures(b, r, null, Metric.OfServers);
        foreach (var cell in r.Cells)
        {
            b.Append(string.Create(CultureInfo.InvariantCulture, $"## {cell.Connections:#,0} {(cell.Connections == 1 ? "connection" : "connections")}, {cell.Size:#,0} bytes\n\n"));
            Figures(b, r, cell, Metric.OfCells);
            foreach (var (server, _) in r.Servers)
            {
                if (r.CallsByName.TryGetValue((server, cell), out var calls))
                {
                    b.Append($"System calls for a request, {server}: {string.Join(", ", calls.OrderByDescending(c => c.Value).Select(c => $"{c.Key} {c.Value.ToString("0.###", CultureInfo.InvariantCulture)}"))}.\n\n");
                }
            }
            foreach (var (server, _) in r.Servers)
            {
                if (r.LoadBusy.GetValueOrDefault((server, cell)) > Results.TooBusy)
                {
                    b.Append($"With {server} the load generator was busy all the time: it may have been the bottleneck.\n\n");
                }
            }
        }
        return b.ToString();
    }

    // Short is the table that the README shows: what matters most, at the smallest size, a column for each server.
    internal static string Short(Results r)
    {
        var b = new StringBuilder();
        string[] Row(string title, Cell? cell, Metric metric) => [title, .. r.Servers.Select(s => Figure(r.Get(s.Name, cell, metric) is { } f ? f with { Rounds = [f.Median] } : null, metric.Format))];
        var size = r.Cells.Count == 0 ? 0 : r.Cells.Min(c => c.Size);
        var rows = new List<string[]>();
        foreach (var cell in r.Cells.Where(c => c.Size == size))
        {
            rows.Add(Row(string.Create(CultureInfo.InvariantCulture, $"{Metric.Rate.Title}, {cell.Connections:#,0} {(cell.Connections == 1 ? "connection" : "connections")}"), cell, Metric.Rate));
            rows.Add(Row(Metric.Cpu.Title, cell, Metric.Cpu));
            rows.Add(Row(Metric.P99.Title, cell, Metric.P99));
        }
        rows.AddRange(Metric.OfServers.Reverse().Select(m => Row(m.Title, null, m)));
        Table(b, [string.Create(CultureInfo.InvariantCulture, $"{size:#,0} bytes"), .. r.Servers.Select(s => s.Name)], rows);
        return b.ToString().TrimEnd('\n') + "\n";
    }

    private static void Figures(StringBuilder b, Results r, Cell? cell, Metric[] metrics)
    {
        var there = metrics.Where(m => r.Servers.Any(s => r.Get(s.Name, cell, m) != null)).ToList();
        if (there.Count > 0)
        {
            Table(b, [.. there.Select(m => m.Title).Prepend("server")], r.Servers.Select(s => there.Select(m => Figure(r.Get(s.Name, cell, m), m.Format)).Prepend(s.Name)));
        }
    }

    internal static string Figure(Summary? s, string format)
    {
        if (s == null)
        {
            return "";
        }
        string Text(double x) => x.ToString(format, CultureInfo.InvariantCulture);
        var ratio = s.Ratio is { } x ? $" ×{x.ToString("0.00", CultureInfo.InvariantCulture)}" : "";
        return Text(s.Median) + ratio + (s.Rounds.Count > 1 ? $" ({Text(s.Min)}..{Text(s.Max)})" : "");
    }

    internal static void Table(StringBuilder b, string[] head, IEnumerable<IEnumerable<string>> rows)
    {
        b.Append("| ").AppendJoin(" | ", head).Append(" |\n|").Append(string.Concat(head.Select(_ => " --- |"))).Append('\n');
        foreach (var row in rows)
        {
            b.Append("| ").AppendJoin(" | ", row.Select(c => c.Replace("|", "\\|"))).Append(" |\n");
        }
        b.Append('\n');
    }
}
