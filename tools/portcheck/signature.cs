using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace portcheck;

// Compares parameters and results.
internal static class Signature
{
    // Compare says what differs, or null.
    internal static string? Compare(Port port, GoFunc f, Method m)
    {
        var types = new Types(port, f.File.Package);
        var symbol = m.Symbol;
        IEnumerable<IParameterSymbol> all = symbol.Parameters;
        if (symbol.IsExtensionMethod || Accessor(symbol))
        {
            // the receiver; the class to which an accessor binds
            all = all.Skip(1);
        }
        // Filled in by the compiler: the caller's name.
        all = all.Where(p => !p.GetAttributes().Any(a => a.AttributeClass!.Name.StartsWith("Caller")));
        var parameters = all.Where(p => p.RefKind != RefKind.Out).ToList();
        var outs = all.Where(p => p.RefKind == RefKind.Out).Select(p => (ITypeSymbol)p.Type).ToList();
        if (parameters.Count != f.Params.Count)
        {
            return $"Go has the parameters ({Names(f.Params)}), here ({string.Join(", ", parameters.Select(p => p.Name))})";
        }
        foreach (var (g, p) in f.Params.Zip(parameters))
        {
            if (g.Name != null && g.Name.TrimStart('_') != p.Name.TrimStart('_') && g.Name != "_")
            {
                return $"Go's parameter {g.Name} is {p.Name} here";
            }
            if (!types.Fits(g.Type, p.Type, p.RefKind))
            {
                return $"the parameter {p.Name} is {g.Type} in Go, {p.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)} here";
            }
        }
        var results = new List<ITypeSymbol>();
        var type = symbol.ReturnType;
        if (SharpSkeleton.IsGo(type))
        {
            type = ((INamedTypeSymbol)type).TypeArguments.FirstOrDefault();
        }
        if (type is INamedTypeSymbol { IsTupleType: true } tuple)
        {
            results.AddRange(tuple.TupleElements.Select(e => e.Type));
        }
        else if (type != null && type.SpecialType != SpecialType.System_Void)
        {
            results.Add(type);
        }
        // A pointer is the result and the others are out arguments: their order is not Go's.
        if (results.Count + outs.Count != f.Results.Count)
        {
            return $"Go has {f.Results.Count} results, here {results.Count + outs.Count}";
        }
        var rest = f.Results.ToList();
        foreach (var r in results.Concat(outs))
        {
            var i = rest.FindIndex(g => types.Fits(g.Type, r));
            if (i < 0)
            {
                return $"Go's results are ({string.Join(", ", f.Results.Select(g => g.Type))}), here is {r.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}";
            }
            rest.RemoveAt(i);
        }
        return null;
    }

    internal static bool Accessor(IMethodSymbol m) => m.GetAttributes().Any(a => a.AttributeClass?.Name == "UnsafeAccessorAttribute");

    // Bound is the name to which an accessor binds.
    internal static string? Bound(IMethodSymbol m)
    {
        var attribute = m.GetAttributes().FirstOrDefault(a => a.AttributeClass?.Name == "UnsafeAccessorAttribute");
        return attribute == null ? null : attribute.NamedArguments.FirstOrDefault(n => n.Key == "Name").Value.Value as string ?? m.Name;
    }

    private static string Names(List<GoParam> list) => string.Join(", ", list.Select(p => p.Name ?? p.Type));
}
