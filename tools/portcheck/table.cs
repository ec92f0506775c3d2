using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using common;
using Spectre.Console;

namespace portcheck;

// The table of files, in PORTING.md and on the terminal.
internal static class Table
{
    private const string porting = "PORTING.md";
    private const string heading = "## Files";

    private static readonly string[] columns = ["Go", "here", "functions", "edges", "skeleton", "deviations", "state"];

    private static string[] Row(FileResult r)
    {
        var here = r.Here ? r.Go.Here : "";
        return [r.Go.Path, here, Of(r.Present, r.Functions), Of(r.EdgesSame, r.Edges), Percent(r.TokensSame, r.Tokens), r.Deviations == 0 ? "" : Number(r.Deviations), State(r)];
    }

    private static string[] Total(IReadOnlyList<FileResult> files)
    {
        return
        [
            "all", "", Of(files.Sum(f => f.Present), files.Sum(f => f.Functions)), Of(files.Sum(f => f.EdgesSame), files.Sum(f => f.Edges)),
            Percent(files.Sum(f => f.TokensSame), files.Sum(f => f.Tokens)), Number(files.Sum(f => f.Deviations)), "",
        ];
    }

    private static string State(FileResult r)
    {
        if (r.Pending is { } pending)
        {
            return pending.Functions.Count == 0 ? $"not yet: {pending.Reason}" : $"{pending.Functions.Count} not yet: {pending.Reason}";
        }
        if (r.Go.Variant == "none")
        {
            return "not for linux";
        }
        if (!r.Here)
        {
            return r.Functions == 0 ? "nothing to port" : "missing";
        }
        return !r.Go.InScope ? "what is used" : r.Present == r.Functions ? "complete" : "incomplete";
    }

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    private static string Of(int part, int whole) => whole == 0 ? "" : $"{Number(part)}/{Number(whole)}";

    // Percent is rounded down: 100.0 means that all is the same.
    private static string Percent(int part, int whole)
    {
        return whole == 0 ? "" : $"{Of(part, whole)} {Math.Floor(1000.0 * part / whole) / 10:F1} %";
    }

    // Lines are the table in Markdown.
    internal static List<string> Lines(IReadOnlyList<FileResult> files)
    {
        static string Code(string s) => s == "" ? "" : $"`{s}`";
        var lines = new List<string> { $"| {string.Join(" | ", columns)} |", "| --- | --- | ---: | ---: | ---: | ---: | --- |" };
        foreach (var row in files.Select(Row))
        {
            lines.Add($"| {Code(row[0])} | {Code(row[1])} | {string.Join(" | ", row[2..])} |");
        }
        lines.Add($"| {string.Join(" | ", Total(files))} |");
        return lines;
    }

    // Find gives the lines of PORTING.md and which of them are the table.
    private static (List<string> Lines, int From, int Count) Find(string root)
    {
        var path = Path.Combine(root, porting);
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: the list of deviations is not there");
        }
        var lines = File.ReadAllLines(path).ToList();
        var from = lines.IndexOf(heading);
        if (from < 0)
        {
            throw new InputException($"{path}: no heading {heading}");
        }
        for (from++; from < lines.Count && !lines[from].StartsWith('|') && !lines[from].StartsWith("## "); from++)
        {
        }
        var count = lines.Skip(from).TakeWhile(l => l.StartsWith('|')).Count();
        return (lines, from, count);
    }

    // Stale is what is wrong with the table in PORTING.md.
    internal static Problem? Stale(string root, IReadOnlyList<FileResult> files)
    {
        var (lines, from, count) = Find(root);
        var want = Lines(files);
        for (var i = 0; i < Math.Max(want.Count, count); i++)
        {
            var have = i < count ? lines[from + i] : null;
            if (i >= want.Count || have != want[i])
            {
                var what = have == null ? "a line is missing" : i >= want.Count ? "a line too many" : $"it should be: {want[i]}";
                return new Problem(porting, from + i + 1, null, "Files", "table", 1, $"the table of files is stale: {what}", "Run portcheck table --write, and look at what has changed.");
            }
        }
        return null;
    }

    internal static void Write(string root, IReadOnlyList<FileResult> files)
    {
        var (lines, from, count) = Find(root);
        lines.RemoveRange(from, count);
        lines.InsertRange(from, Lines(files));
        File.WriteAllLines(Path.Combine(root, porting), lines);
    }

    internal static void Print(IReadOnlyList<FileResult> files, TextWriter output)
    {
        // The path here says nothing new.
        static string[] Short(string[] row) => [row[0], .. row[2..]];
        var rows = files.Select(f => Short(Row(f))).Append(Short(Total(files))).ToList();
        string[] head = Short(columns);
        if (output == Console.Out && AnsiConsole.Profile.Out.IsTerminal)
        {
            var table = new Spectre.Console.Table().Border(TableBorder.Simple);
            for (var i = 0; i < head.Length; i++)
            {
                table.AddColumn(new TableColumn(head[i]) { Alignment = i is 0 or 5 ? Justify.Left : Justify.Right, NoWrap = i < 5 });
            }
            foreach (var row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }
            AnsiConsole.Write(table);
            return;
        }
        var widths = Enumerable.Range(0, head.Length).Select(i => rows.Append(head).Max(r => r[i].Length)).ToArray();
        foreach (var row in rows.Prepend(head))
        {
            output.WriteLine(string.Join("  ", row.Select((c, i) => i is 0 or 5 ? c.PadRight(widths[i]) : c.PadLeft(widths[i]))).TrimEnd());
        }
    }
}
