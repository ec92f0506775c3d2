using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace portcheck;

// The fields of structs.
internal sealed partial class Check
{
    private void Struct(FileResult result, Source source, List<(int Go, int Here)> places, GoType t)
    {
        if (t.Fields == null || t.In != null)
        {
            return;
        }
        // Another build may have a type of the same name.
        var all = port.Types($"{result.Go.Package}.{t.Name}");
        var symbol = (all.FirstOrDefault(p => p.Source == source).Symbol ?? all.FirstOrDefault(p => !port.Index.Files.Any(f => f != result.Go && f.Here == p.Source.Path && f.Types.Any(o => o.Name == t.Name))).Symbol)!;
        var parts = all.Where(p => SymbolEqualityComparer.Default.Equals(p.Symbol, symbol)).ToList();
        var where = $"{result.Go.Path}:{t.Line}";
        if (parts.Count == 0)
        {
            if (result.Go.InScope && all.Count == 0 && result.Pending is not { Functions.Count: 0 } && !Vacant(source, places, t.Name, t.Line))
            {
                Problems.Add(new Problem(source.Path, Place(places, t.Line), where, t.Name, "type", 1, "the type is missing", "Port it, or say where it would stand with PORT(id) and its name."));
            }
            return;
        }
        var here = symbol.GetMembers().Where(s => !s.IsStatic && (s is IFieldSymbol { IsImplicitlyDeclared: false } || s is IPropertySymbol { IsIndexer: false })).OrderBy(s => s.Locations[0].SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(s => s.Locations[0].SourceSpan.Start).ToList();
        var bases = new[] { symbol.BaseType }.Concat(symbol.Interfaces).Select(b => b?.Name).ToHashSet();
        var go = t.Fields.Where(f => f.Name != "_" && !(f.Embedded && bases.Contains(f.Name) && !here.Any(s => s.Name == f.Name))).ToList();
        if (symbol.GetAttributes().Any(a => a.AttributeClass?.Name == "noCopyAttribute"))
        {
            go.RemoveAll(f => f.Name == "noCopy");
        }
        var names = go.Select(f => f.Name).ToHashSet();
        // A property that Go does not have as a field is a method.
        here.RemoveAll(s => s is IPropertySymbol && !names.Contains(s.Name));
        var keep = Longest([.. go.Select(f => f.Name)], [.. here.Select(s => s.Name)]);
        var over = parts.SelectMany(p => p.Source.Over(p.Syntax).Concat(p.Source.Whole)).ToList();
        var inside = parts.SelectMany(p => p.Source.Markers.Where(k => Inside(p.Source, p.Syntax, k))).ToList();
        var differs = false;
        for (var i = 0; i < go.Count; i++)
        {
            var missing = go.Skip(i).TakeWhile(f => !here.Any(s => s.Name == f.Name)).ToList();
            if (missing.Count == 0)
            {
                continue;
            }
            differs = true;
            // A marker says so where they would stand, or by their names.
            int Line(GoField? f, int otherwise) => f != null && here.FirstOrDefault(s => s.Name == f.Name) is { } s ? LineOf(s, parts) : otherwise;
            var after = Line(go.ElementAtOrDefault(i - 1), 0);
            var before = Line(go.ElementAtOrDefault(i + missing.Count), int.MaxValue);
            missing.RemoveAll(f => over.Count > 0 || inside.Any(k => k.Line >= after && k.Line <= before || Regex.IsMatch(k.Text, $@"\b{f.Name}\b")));
            if (missing.Count > 0)
            {
                var line = after > 0 ? after : parts[0].Source.LineOf(parts[0].Syntax.Identifier.SpanStart);
                var what = missing.Count == 1 ? $"the field {missing[0].Name} is missing" : $"the fields {string.Join(", ", missing.Select(f => f.Name))} are missing";
                Problems.Add(new Problem(parts[0].Source.Path, line, $"{result.Go.Path}:{missing[0].Line}", t.Name, "field", missing.Count, what, $"Add what is missing, {mark} there."));
            }
            i += go.Skip(i).TakeWhile(f => !here.Any(s => s.Name == f.Name)).Count();
        }
        foreach (var s in here)
        {
            if (keep.Contains(s.Name))
            {
                continue;
            }
            differs = true;
            var own = parts.Select(p => p.Source).First(p => p.Root.SyntaxTree == s.Locations[0].SourceTree);
            var line = own.LineOf(s.Locations[0].SourceSpan.Start);
            var at = over.Concat(own.Markers.Where(k => k.Line <= line && k.To >= line - 1 && inside.Contains(k) && Adjacent(own, k.Line, line))).Any();
            if (!at)
            {
                var moved = names.Contains(s.Name);
                Problems.Add(new Problem(own.Path, line, moved ? $"{result.Go.Path}:{go.First(f => f.Name == s.Name).Line}" : where, t.Name, "field", 1, moved ? $"the field {s.Name} is not at Go's place" : $"Go's type has no field {s.Name}", moved ? $"Move it behind {Before(go, s.Name)}, {mark} at the field." : $"Remove it, {mark} at the field."));
            }
        }
        if (differs)
        {
            result.Deviations++;
        }
    }

    private static int LineOf(ISymbol s, List<(Source Source, INamedTypeSymbol Symbol, BaseTypeDeclarationSyntax Syntax)> parts)
    {
        return parts.Select(p => p.Source).First(p => p.Root.SyntaxTree == s.Locations[0].SourceTree).LineOf(s.Locations[0].SourceSpan.Start);
    }

    private static string Before(List<GoField> go, string name)
    {
        var i = go.FindIndex(f => f.Name == name);
        return i == 0 ? "the head of the type" : go[i - 1].Name;
    }

    private static bool Inside(Source source, BaseTypeDeclarationSyntax t, Marker k)
    {
        if (k.Line < source.LineOf(t.SpanStart) || k.Line > source.LineOf(t.Span.End))
        {
            return false;
        }
        return !t.ChildNodes().OfType<BaseMethodDeclarationSyntax>().Any(m => k.Line >= source.LineOf(m.SpanStart) && k.Line <= source.LineOf(m.Span.End) || source.Over(m).Contains(k));
    }

    // Adjacent: from the marker to the field there are only comments and fields of the same group, no empty line.
    private static bool Adjacent(Source source, int from, int to)
    {
        var text = source.Root.SyntaxTree.GetText();
        for (var i = from; i < to; i++)
        {
            if (text.Lines[i - 1].ToString().Trim() == "")
            {
                return false;
            }
        }
        return true;
    }

    private static HashSet<string> Longest(List<string> a, List<string> b)
    {
        var best = new int[a.Count + 1, b.Count + 1];
        for (var i = a.Count - 1; i >= 0; i--)
        {
            for (var j = b.Count - 1; j >= 0; j--)
            {
                best[i, j] = a[i] == b[j] ? best[i + 1, j + 1] + 1 : Math.Max(best[i + 1, j], best[i, j + 1]);
            }
        }
        var keep = new HashSet<string>();
        for (int i = 0, j = 0; i < a.Count && j < b.Count;)
        {
            if (a[i] == b[j])
            {
                keep.Add(a[i]);
                i++;
                j++;
            }
            else if (best[i + 1, j] >= best[i, j + 1])
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        return keep;
    }
}
