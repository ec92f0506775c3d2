using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace portcheck;

// The values of constants.
internal sealed partial class Check
{
    private void AllConstants(FileResult result, Source source, List<(int Go, int Here)> places)
    {
        var missing = new List<GoConst>();
        void Report()
        {
            if (missing.Count > 0)
            {
                result.Deviations++;
                var what = missing.Count == 1 ? "the constant is missing" : $"the constants {string.Join(", ", missing.Select(c => c.Name))} are missing";
                Problems.Add(new Problem(source.Path, Place(places, missing[0].Line), $"{result.Go.Path}:{missing[0].Line}", missing[0].Name, "const", missing.Count, what, "Add what is missing, or say so where it would stand with PORT(id)."));
                missing.Clear();
            }
        }
        foreach (var c in result.Go.Consts.Where(c => c.In == null))
        {
            if (Constant(result, source, c))
            {
                Report();
                continue;
            }
            if (result.Go.InScope)
            {
                if (Vacant(source, places, c.Name, c.Line))
                {
                    result.Deviations++;
                }
                else
                {
                    missing.Add(c);
                }
            }
        }
        Report();
    }

    // Constant reports whether the constant is there.
    private bool Constant(FileResult result, Source source, GoConst c)
    {
        var where = $"{result.Go.Path}:{c.Line}";
        var all = port.Values(result.Go.Package, c.Name);
        var here = all.Where(v => v.Source == source).ToList();
        if (here.Count == 0)
        {
            here = [.. all.Where(v => !port.Index.Files.Any(f => f != result.Go && f.Here == v.Source.Path && f.Consts.Any(o => o.Name == c.Name)))];
        }
        foreach (var (own, symbol) in here)
        {
            var value = constants.Value(symbol);
            if (value != null && Constants.Same(c, value))
            {
                continue;
            }
            result.Deviations++;
            var line = own.LineOf(symbol.Locations[0].SourceSpan.Start);
            var declaration = symbol.DeclaringSyntaxReferences[0].GetSyntax();
            var statement = declaration.AncestorsAndSelf().First(n => n is MemberDeclarationSyntax);
            if (own.Over(statement).Concat(own.Whole).Concat(own.Markers.Where(k => k.Line == line)).Any() || own.Mentions(c.Name))
            {
                continue;
            }
            var want = c.Value ?? $"a string of {c.Length} bytes";
            Problems.Add(new Problem(own.Path, line, where, c.Name, "const", 1, value == null ? $"Go's value is {want}, ours is not constant" : $"Go's value is {want}, ours {value}", $"Give it Go's value, {mark} above it."));
        }
        return here.Count > 0;
    }
}
