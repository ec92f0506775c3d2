using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace portcheck;

// Whether a C# type may stand for a Go type.
internal sealed class Types(Port port, string package)
{
    private static readonly Dictionary<string, string[]> basic = new()
    {
        ["bool"] = ["bool"],
        ["int"] = ["int", "long", "nint"],
        ["uint"] = ["uint", "ulong", "nuint"],
        ["int8"] = ["sbyte"],
        ["int16"] = ["short"],
        ["int32"] = ["int"],
        ["rune"] = ["int", "char"],
        ["int64"] = ["long"],
        ["uint8"] = ["byte"],
        ["byte"] = ["byte", "char"],
        ["uint16"] = ["ushort"],
        ["uint32"] = ["uint"],
        ["uint64"] = ["ulong"],
        ["uintptr"] = ["nuint"],
        ["float32"] = ["float"],
        ["float64"] = ["double"],
        ["string"] = ["string"],
        ["error"] = ["error"],
        ["any"] = ["object"],
        ["interface{}"] = ["object"],
        ["struct{}"] = ["struct"],
        ["unsafe.Pointer"] = ["void*", "nuint", "object"],
    };

    internal bool Fits(string go, ITypeSymbol here, RefKind kind = RefKind.None)
    {
        if (go.StartsWith("..."))
        {
            return Slice(here) is { } element && Fits(go[3..], element);
        }
        if (here is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            here = nullable.TypeArguments[0];
        }
        if (go.StartsWith('*'))
        {
            var pointed = go[1..];
            return here switch
            {
                IPointerTypeSymbol p => Fits(pointed, p.PointedAtType) || pointed.StartsWith('[') && Fits(pointed[(pointed.IndexOf(']') + 1)..], p.PointedAtType),
                INamedTypeSymbol { Name: "ptr", TypeArguments: [var p] } => Fits(pointed, p),
                _ => (kind != RefKind.None || here.IsReferenceType) && Fits(pointed, here),
            };
        }
        if (go.StartsWith("[]"))
        {
            if (go.StartsWith("[]*") && here is INamedTypeSymbol { Name: "slice", TypeArguments: [var pointed] })
            {
                return Fits(go[3..], pointed); // the runtime's own slice is one of pointers
            }
            return Slice(here) is { } element && Fits(go[2..], element);
        }
        if (go.StartsWith('['))
        {
            var element = go[(go.IndexOf(']') + 1)..];
            return Slice(here) is { } e && Fits(element, e) || here is IPointerTypeSymbol p && Fits(element, p.PointedAtType)
                || here.GetAttributes().Any(a => a.AttributeClass?.Name == "InlineArrayAttribute") && here.GetMembers().OfType<IFieldSymbol>().Any(f => Fits(element, f.Type));
        }
        if (go.StartsWith("func("))
        {
            return here is IFunctionPointerTypeSymbol || here.TypeKind == TypeKind.Delegate;
        }
        if (go.StartsWith("chan ") || go.StartsWith("<-chan ") || go.StartsWith("chan<- "))
        {
            return here is INamedTypeSymbol { Name: "chan" };
        }
        if (go.StartsWith("map["))
        {
            return here is INamedTypeSymbol { Name: "Dictionary" or "HashSet" };
        }
        var name = here is INamedTypeSymbol named && named.SpecialType == SpecialType.None ? named.Name : here.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat).TrimEnd('?');
        if (basic.TryGetValue(go, out var names))
        {
            return names.Contains(name) || go is "any" or "interface{}" && here is ITypeParameterSymbol;
        }
        // A named number for which the port has no type of its own.
        var id = go.Contains('.') ? go : $"{package}.{go}";
        if (port.Types(id).Count == 0 && port.Facts.Underlying(id) is { } underlying)
        {
            return Fits(underlying, here, kind);
        }
        var bracket = go.IndexOf('[');
        var bare = bracket < 0 ? go : go[..bracket];
        bare = bare[(bare.LastIndexOfAny(['.', '/']) + 1)..];
        return name == bare || here is ITypeParameterSymbol && bare == name;
    }

    // Slice is the element of what stands for a slice.
    private static ITypeSymbol? Slice(ITypeSymbol here)
    {
        return here switch
        {
            IArrayTypeSymbol a => a.ElementType,
            INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" or "List" or "IReadOnlyList" or "IEnumerable" or "slice", TypeArguments: [var e] } => e,
            _ => null,
        };
    }
}
