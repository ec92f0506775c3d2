using System.Collections.Generic;
using System.IO;
using System.Linq;
using common;

namespace portcheck;

// What is still to come: testdata/go1.20/pending.txt, whose head explains the form.
internal sealed class Pending
{
    internal const string Path = "testdata/go1.20/pending.txt";

    internal sealed record Entry(string File, IReadOnlyList<string> Functions, string Reason, int Line);

    private readonly Dictionary<string, Entry> entries = [];

    internal IReadOnlyCollection<Entry> Entries => entries.Values;

    internal Entry? For(string file) => entries.GetValueOrDefault(file);

    internal static Pending Read(string root)
    {
        var pending = new Pending();
        var path = System.IO.Path.Combine(root, Path);
        if (!File.Exists(path))
        {
            return pending;
        }
        var number = 0;
        string? file = null;
        var reason = "";
        var at = 0;
        var functions = new List<string>();
        void Close()
        {
            if (file != null && !pending.entries.TryAdd(file, new Entry(file, [.. functions], reason, at)))
            {
                throw new InputException($"{Path}:{at}: {file} is listed twice");
            }
            functions.Clear();
        }
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (line.StartsWith('#') || line.Trim() == "")
            {
                continue;
            }
            if (line[0] is ' ' or '\t')
            {
                if (file == null)
                {
                    throw new InputException($"{Path}:{number}: functions without a file");
                }
                functions.AddRange(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries));
                continue;
            }
            Close();
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon < 0)
            {
                throw new InputException($"{Path}:{number}: want FILE: REASON");
            }
            (file, reason, at) = (line[..colon], line[(colon + 2)..], number);
        }
        Close();
        return pending;
    }
}
