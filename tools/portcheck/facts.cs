using System.Collections.Generic;
using System.Linq;

namespace portcheck;

// What the reading of a C# method needs to know about Go's declarations.
internal sealed class Facts(Index index)
{
    // The kinds of Go's types, by "runtime.guintptr".
    private readonly Dictionary<string, string> kinds = index.Files.SelectMany(f => f.Types.Where(t => t.In == null).Select(t => (Id: $"{f.Package}.{t.Name}", t.Kind)))
        .GroupBy(t => t.Id).ToDictionary(g => g.Key, g => g.First().Kind);

    private readonly Dictionary<string, string> underlying = index.Files.SelectMany(f => f.Types.Where(t => t.In == null && t.Kind == "basic" && t.Type != null).Select(t => (Id: $"{f.Package}.{t.Name}", t.Type)))
        .GroupBy(t => t.Id).ToDictionary(g => g.Key, g => g.First().Type!);

    // Underlying is what stands right of a named type that is a number, a string or a bool.
    internal string? Underlying(string id) => underlying.GetValueOrDefault(id);

    internal bool IsType(string id) => kinds.ContainsKey(id);

    // A named type that is no struct in Go: a C# struct around one value.
    internal bool IsWrapped(string id) => kinds.TryGetValue(id, out var kind) && kind is "basic" or "pointer";
}
