using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using common;

namespace portcheck;

// The markers and the entries of PORTING.md.
internal sealed partial class Check
{
    [GeneratedRegex(@"PORT\((\w+)\)")]
    private static partial Regex MarkerPattern();

    [GeneratedRegex(@"^- \*\*(\w+)\*\*: ")]
    private static partial Regex EntryPattern();

    // Markers and the entries of PORTING.md are the same ids.
    private void Entries()
    {
        const string porting = "PORTING.md";
        var path = Path.Combine(port.Tree.Root, porting);
        if (!File.Exists(path))
        {
            throw new InputException($"{path}: the list of deviations is not there");
        }
        var entries = new Dictionary<string, int>();
        var lines = File.ReadAllLines(path);
        var list = false;
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("## "))
            {
                list = lines[i] == "## Deviations";
            }
            if (list && EntryPattern().Match(lines[i]) is { Success: true } match && !entries.TryAdd(match.Groups[1].Value, i + 1))
            {
                Problems.Add(new Problem(porting, i + 1, null, match.Groups[1].Value, "entry", 1, "a second entry of this id", "Make one of the two."));
            }
        }
        var used = new HashSet<string>();
        foreach (var (file, number, id) in AllMarkers())
        {
            used.Add(id);
            if (!entries.ContainsKey(id))
            {
                Problems.Add(new Problem(file, number, null, $"PORT({id})", "marker", 1, $"{porting} has no entry {id}", $"Add - **{id}**: to its list of deviations, or use an id that is there."));
            }
        }
        foreach (var (id, number) in entries)
        {
            if (!used.Contains(id))
            {
                Problems.Add(new Problem(porting, number, null, id, "entry", 1, $"no PORT({id}) in the sources", "Remove the entry, or put the marker back where the port differs."));
            }
        }
    }

    private IEnumerable<(string File, int Line, string Id)> AllMarkers()
    {
        var folders = port.Tree.Packages.Select(p => Path.Combine(port.Tree.Root, p)).Append(Path.Combine(port.Tree.Root, "testdata"));
        foreach (var folder in folders.Where(Directory.Exists))
        {
            var depth = folder.EndsWith("testdata") ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
            foreach (var file in Directory.EnumerateFiles(folder, "*.cs", depth).Order(StringComparer.Ordinal))
            {
                var number = 0;
                foreach (var line in File.ReadLines(file))
                {
                    number++;
                    foreach (Match match in MarkerPattern().Matches(line))
                    {
                        yield return (port.Tree.Relative(file), number, match.Groups[1].Value);
                    }
                }
            }
        }
    }
}
