using System.Collections.Generic;
using System.Linq;

namespace portcheck;

// What the comparison of one file gave.
internal sealed class FileResult(GoFile go)
{
    internal GoFile Go { get; } = go;
    internal int Functions { get; set; } // of Go's that the port wants
    internal int Present { get; set; }
    internal int Edges { get; set; } // of both sides together
    internal int EdgesSame { get; set; }
    internal int Tokens { get; set; }
    internal int TokensSame { get; set; }
    internal int Deviations { get; set; } // functions, types and constants with a difference
    internal bool Here { get; set; }
    internal Pending.Entry? Pending { get; set; }
}

// Compares all files.
internal sealed partial class Check
{
    private const string mark = "or mark it with PORT(id)";

    private readonly Port port;
    private readonly Constants constants;

    internal List<Problem> Problems { get; } = [];
    internal List<FileResult> Files { get; } = [];

    internal Check(Port port)
    {
        this.port = port;
        constants = port.Constants;
        foreach (var file in port.Index.Files)
        {
            var result = new FileResult(file) { Pending = port.Pending.For(file.Path) };
            Files.Add(result);
            Compare(result);
        }
        var mirrored = port.Index.Files.Select(f => f.Here).ToHashSet();
        foreach (var source in port.Sources.Values.Where(s => !mirrored.Contains(s.Path)).OrderBy(s => s.Path, StringComparer.Ordinal))
        {
            Extra(source);
        }
        Entries();
        if (Table.Stale(port.Tree.Root, Files) is { } stale)
        {
            Problems.Add(stale);
        }
    }

    private void Compare(FileResult result)
    {
        var file = result.Go;
        NotYet(result);
        if (!port.Sources.TryGetValue(file.Here, out var source))
        {
            result.Functions = file.Ported.Count();
            if (file.InScope && result.Functions > 0 && result.Pending == null)
            {
                Problems.Add(new Problem(file.Here, 1, file.Path, file.Here, "file", result.Functions, "the file is not there", $"Port it, or list it in {Pending.Path} with the reason."));
            }
            return;
        }
        result.Here = true;
        var places = Places(file, source);
        var order = new List<(GoFunc F, Method M)>();
        foreach (var f in file.Funcs)
        {
            // There may be an init in each file.
            var all = port.Methods(f.Id).Where(m => f.Name != "init" || m.Source == source).ToList();
            var here = all.Where(m => m.Source == source).ToList();
            if (all.Count == 0)
            {
                if (f.Ported && file.InScope)
                {
                    result.Functions++;
                    if (result.Pending == null || result.Pending.Functions.Count > 0 && !result.Pending.Functions.Contains(f.Name))
                    {
                        Problems.Add(new Problem(file.Here, Place(places, f.Line), f.Where, f.Name, "missing", 1, "the function is missing, Go has it behind what stands here", $"Port it in Go's order, or list it in {Pending.Path}."));
                    }
                }
                continue;
            }
            if (here.Count == 0)
            {
                if (!f.Ported || f.Asm)
                {
                    continue;
                }
                // The same name in another build's file is no move.
                if (port.Index.ById[f.Id].Any(g => g.File != file && all.Any(m => m.Source.Path == g.File.Here)))
                {
                    continue;
                }
                result.Functions++;
                result.Present++;
                if (!Speaks(all[0]).Any() && !source.Mentions(all[0].Symbol.Name))
                {
                    Add(result, all[0], f, "moved", 1, $"Go has it in {file.Path}", $"Move it to {file.Here}, {mark}.");
                }
                foreach (var m in all)
                {
                    Function(result, f, m);
                }
                continue;
            }
            result.Functions++;
            result.Present++;
            order.Add((f, here[0]));
            foreach (var m in here)
            {
                Function(result, f, m);
            }
        }
        Order(result, order);
        Extra(source);
        foreach (var t in file.Types)
        {
            Struct(result, source, places, t);
        }
        AllConstants(result, source, places);
    }

    // Where Go's declarations stand in both files, in Go's order.
    private List<(int Go, int Here)> Places(GoFile file, Source source)
    {
        var places = new List<(int Go, int Here)>();
        foreach (var f in file.Funcs)
        {
            places.AddRange(port.Methods(f.Id).Where(m => m.Source == source).Take(1).Select(m => (f.Line, m.Line)));
        }
        foreach (var t in file.Types.Where(t => t.In == null))
        {
            places.AddRange(port.Types($"{file.Package}.{t.Name}").Where(p => p.Source == source).Take(1).Select(p => (t.Line, source.LineOf(p.Syntax.SpanStart))));
        }
        foreach (var (name, line) in file.Consts.Where(c => c.In == null).Select(c => (c.Name, c.Line)).Concat(file.Vars.Select(v => (v.Name, v.Line))))
        {
            places.AddRange(port.Values(file.Package, name).Where(v => v.Source == source).Take(1).Select(v => (line, source.LineOf(v.Symbol.Locations[0].SourceSpan.Start))));
        }
        places.Sort();
        return places;
    }

    // Place is where something of Go's that is missing would stand: the line of what comes before it.
    private static int Place(List<(int Go, int Here)> places, int line) => Math.Max(1, places.LastOrDefault(p => p.Go < line).Here);

    // Vacant reports whether a marker stands where a declaration of Go's is missing, or speaks of its name.
    private static bool Vacant(Source source, List<(int Go, int Here)> places, string name, int line)
    {
        if (source.Whole.Count > 0 || source.Mentions(name))
        {
            return true;
        }
        var after = places.LastOrDefault(p => p.Go < line).Here;
        var before = places.Where(p => p.Go > line).Select(p => p.Here).FirstOrDefault(int.MaxValue);
        return source.Markers.Any(m => m.Line > after && m.Line < before && !source.Methods.Any(f => m.Line >= f.Line && m.Line <= f.EndLine));
    }

    // What is listed as not yet ported must not be there, and a file must be there as the list says.
    private void NotYet(FileResult result)
    {
        if (result.Pending is not { } entry)
        {
            return;
        }
        var file = result.Go;
        foreach (var name in entry.Functions)
        {
            if (file.Funcs.FirstOrDefault(f => f.Name == name) is not { } f)
            {
                Problems.Add(new Problem(Pending.Path, entry.Line, file.Path, name, "pending", 1, $"{file.Path} has no such function", "Take it off the list."));
            }
            else if (port.Methods(f.Id) is [var m, ..])
            {
                Problems.Add(new Problem(m.Source.Path, m.Line, f.Where, name, "pending", 1, $"{Pending.Path}:{entry.Line} lists it as not yet ported, and it is here", "Take it off the list."));
            }
        }
        if (entry.Functions.Count > 0)
        {
            return;
        }
        var done = file.Funcs.Where(f => f.Class != "X").Select(f => port.Methods(f.Id).FirstOrDefault(m => m.Source.Path == file.Here)).OfType<Method>().ToList();
        if (done.Count > 0)
        {
            Problems.Add(new Problem(file.Here, done[0].Line, file.Path, file.Here, "pending", done.Count, $"half done: {Pending.Path}:{entry.Line} lists the file as not yet ported, and it has {string.Join(", ", done.Take(3).Select(m => m.Symbol.Name))}", "Finish it and take it off the list, or list the functions that are still missing."));
        }
    }

    private void Add(FileResult? result, Method m, GoFunc? f, string kind, int count, string what, string advice)
    {
        Problems.Add(new Problem(m.Source.Path, m.Line, f?.Where, f?.Name ?? m.Id, kind, count, what, advice));
    }

    // Speaks are the markers that speak of all of a method.
    private static IEnumerable<Marker> Speaks(Method m) => m.Above.Concat(m.Source.Whole);

    private static IEnumerable<Marker> Anywhere(Method m) => Speaks(m).Concat(m.Body);

    private void Function(FileResult result, GoFunc f, Method m)
    {
        if (f.Asm)
        {
            return;
        }
        var differs = false;
        // A function without a body may have two methods here: the accessor, and one that calls it.
        var binding = f.Body == null && Signature.Accessor(m.Symbol) && port.Methods(f.Id).Any(o => !Signature.Accessor(o.Symbol));
        if (!binding && Signature.Compare(port, f, m) is { } signature)
        {
            differs = true;
            if (!Anywhere(m).Any())
            {
                Add(result, m, f, "signature", 1, signature, $"Make it as Go's, {mark}.");
            }
        }
        if (f.Body == null)
        {
            if (Link(f, m) is { } link)
            {
                differs = true;
                if (!Anywhere(m).Any())
                {
                    Add(result, m, f, "link", 1, link, $"Bind it with UnsafeAccessor to what Go links it to, {mark}.");
                }
            }
        }
        else
        {
            var a = Alignment.Of(f, m);
            result.Tokens += a.Total;
            result.TokensSame += a.Matched;
            Edges(result, a);
            differs |= a.Hunks.Count > 0;
            foreach (var h in a.Hunks)
            {
                if (!Covered(m, h))
                {
                    var line = h.Here.Count > 0 ? h.Here[0].Line : h.After;
                    var at = h.Go.Count > 0 ? $"{f.File.Path}:{h.Go[0].Line}" : f.Where;
                    Problems.Add(new Problem(m.Source.Path, line, at, f.Name, "body", h.Count, Describe(h), $"Write it as Go has it, {mark} there."));
                }
            }
        }
        if (differs)
        {
            result.Deviations++;
        }
    }

    // Link says what is wrong with the stand-in for a function without a body.
    private string? Link(GoFunc f, Method m)
    {
        if (f.Link == null)
        {
            return "Go's body is in assembly";
        }
        var target = f.Link[(f.Link.LastIndexOf('.') + 1)..];
        if (Signature.Bound(m.Symbol) is { } bound)
        {
            return bound == target ? null : $"Go links it to {f.Link}, here it is bound to {bound}";
        }
        // A method that does nothing but call it will do.
        return m.Tokens.Where(t => t.Kind == TokenKind.Call && !t.Soft).ToList() is [var call] && (call.Bare == target || port.Methods(call.Text).Any(o => Signature.Bound(o.Symbol) == target))
            ? null : $"Go links it to {f.Link}";
    }

    private static void Edges(FileResult result, Alignment a)
    {
        static HashSet<Token> Set(IEnumerable<(Token? Token, bool Same)> tokens) =>
            [.. tokens.Where(t => t.Token is { Kind: TokenKind.Call or TokenKind.Ref } x && (!x.Soft || t.Same) && !x.Text.StartsWith('$') && !x.Text.StartsWith("builtin.")).Select(t => t.Token!).DistinctBy(t => (t.Kind, t.Text))];
        var go = Set(a.Pairs.Select(p => (p.Go, p.Same)));
        var here = Set(a.Pairs.Select(p => (p.Here, p.Same)));
        var same = go.Count(g => here.Any(h => Token.Match(g, h)));
        result.EdgesSame += same;
        result.Edges += go.Count + here.Count(h => !go.Any(g => Token.Match(g, h)));
    }

    internal static string Describe(Hunk h)
    {
        static string List(List<Token> tokens) => string.Join(", ", tokens.Take(4)) + (tokens.Count > 4 ? ", ..." : "");
        return (h.Go.Count, h.Here.Count) switch
        {
            (_, 0) => $"missing: {List(h.Go)}",
            (0, _) => $"Go does not have: {List(h.Here)}",
            _ => $"Go has {List(h.Go)}; here {List(h.Here)}",
        };
    }

    internal static bool Covered(Method m, Hunk h) => Markers(m, h).Any();

    // Markers that cover a difference stand above the method, or in it where the difference is.
    internal static IEnumerable<Marker> Markers(Method m, Hunk h)
    {
        return Speaks(m).Concat(m.Body.Where(k => k.Line >= h.After && k.Line <= h.Before
            || h.Here.Count > 0 && h.Here.All(t => t.Line >= k.From && t.Line <= k.To)
            || h.Here.Count == 0 && h.After >= k.From && h.Before <= k.To));
    }

    // What is not in a longest run of functions in Go's order is out of order.
    private void Order(FileResult result, List<(GoFunc F, Method M)> list)
    {
        var n = list.Count;
        var length = new int[n];
        var next = new int[n];
        for (var i = n - 1; i >= 0; i--)
        {
            length[i] = 1;
            next[i] = -1;
            for (var j = i + 1; j < n; j++)
            {
                if (list[j].M.Line > list[i].M.Line && length[j] + 1 > length[i])
                {
                    length[i] = length[j] + 1;
                    next[i] = j;
                }
            }
        }
        var keep = new HashSet<int>();
        for (var i = n == 0 ? -1 : Array.IndexOf(length, length.Max()); i >= 0; i = next[i])
        {
            keep.Add(i);
        }
        for (var i = 0; i < n; i++)
        {
            var (f, m) = list[i];
            if (keep.Contains(i) || Speaks(m).Any())
            {
                continue;
            }
            var place = i > 0 ? $"Go has it behind {list[i - 1].F.Name}" : "Go has it first";
            Add(result, m, f, "order", 1, $"out of order: {place}", $"Move it there, {mark} above it.");
        }
    }

    private void Extra(Source source)
    {
        foreach (var m in source.Methods)
        {
            if (port.Index.ById.ContainsKey(m.Id) || Roles.Generated(m) || Signature.Accessor(m.Symbol) || Anywhere(m).Any() || m.Type.Count > 0)
            {
                continue;
            }
            Add(null, m, null, "extra", 1, "Go has no such function", $"Remove it, {mark}.");
        }
    }
}
