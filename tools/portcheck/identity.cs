using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace portcheck;

// What a C# symbol is called in Go.
internal sealed class Identity(Tree tree)
{
    // Of gives the id of a method, "runtime.pollDesc.info", or null when its source is not in the tree.
    internal string? Of(IMethodSymbol method)
    {
        var m = (method.ReducedFrom ?? method).OriginalDefinition;
        var package = Package(m);
        if (package == null)
        {
            return null;
        }
        var type = Receiver(m);
        return type == null ? null : Join(package, type, m.MethodKind == MethodKind.ExplicitInterfaceImplementation ? m.ExplicitInterfaceImplementations[0].Name : m.Name);
    }

    // Of gives the id of a field or property.
    internal string? OfMember(ISymbol member)
    {
        var package = Package(member);
        return package == null ? null : Join(package, TypePath(member.ContainingType), member.Name);
    }

    // Package is the folder of the symbol's source.
    internal string? Package(ISymbol symbol)
    {
        var source = symbol.OriginalDefinition.Locations.FirstOrDefault(l => l.IsInSource)?.SourceTree;
        return source == null ? null : tree.Relative(Path.GetDirectoryName(source.FilePath)!);
    }

    // Receiver is the type that has the method in Go: "" for a function. An extension method belongs to the type it extends.
    internal static string? Receiver(IMethodSymbol m)
    {
        if (m.IsExtensionMethod && m.Parameters.Length > 0)
        {
            return Target(m.Parameters[0].Type);
        }
        if (m.ContainingType is { IsExtension: true, ExtensionParameter: { } p })
        {
            return Target(p.Type);
        }
        return TypePath(m.ContainingType);
    }

    private static string? Target(ITypeSymbol type)
    {
        if (type is IPointerTypeSymbol pointer)
        {
            type = pointer.PointedAtType;
        }
        if (type is INamedTypeSymbol { Name: "ptr", TypeArguments: [var pointed] })
        {
            type = pointed;
        }
        return type is INamedTypeSymbol named ? TypePath(named) : type.Name;
    }

    // TypePath names a type below its package's class.
    internal static string TypePath(INamedTypeSymbol type)
    {
        if (type.ContainingType == null)
        {
            return IsPackageClass(type) ? "" : type.Name;
        }
        var outer = TypePath(type.ContainingType);
        return outer == "" ? type.Name : outer + "." + type.Name;
    }

    internal static bool IsPackageClass(INamedTypeSymbol type) => type is { IsStatic: true, ContainingType: null, TypeKind: TypeKind.Class };

    private static string Join(string package, string type, string name)
    {
        return type == "" ? $"{package}.{name}" : $"{package}.{type}.{name}";
    }
}
