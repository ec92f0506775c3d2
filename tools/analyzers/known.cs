using System.Collections.Concurrent;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace goport.analyzers;

// What the analyzers know of the port's types, for one compilation.
internal sealed class Known
{
    // The assembly of the types go and go<T>, and their names in the metadata.
    internal const string Runtime = "runtime";

    private static readonly string[] names = ["go.go", "go.go`1", "golang.go", "golang.go`1"];

    private readonly List<INamedTypeSymbol> gos;

    private readonly ConcurrentDictionary<ITypeSymbol, bool> nocopies = new(SymbolEqualityComparer.Default);

    private Known(List<INamedTypeSymbol> gos)
    {
        this.gos = gos;
    }

    internal static Known None => new([]);

    // Of returns null when the compilation does not refer to the port.
    internal static Known? Of(Compilation compilation)
    {
        var gos = new List<INamedTypeSymbol>();
        foreach (var name in names)
        {
            foreach (var type in compilation.GetTypesByMetadataName(name))
            {
                if (type.ContainingAssembly.Name == Runtime)
                {
                    gos.Add(type);
                }
            }
        }
        return gos.Count == 0 ? null : new Known(gos);
    }

    // Plain is the type go, Generic is go<T>.
    internal INamedTypeSymbol? Plain => gos.Find(t => t.Arity == 0);

    internal INamedTypeSymbol? Generic => gos.Find(t => t.Arity == 1);

    internal bool IsGo(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { Name: "go", Arity: 0 or 1 } named)
        {
            return false;
        }
        foreach (var t in gos)
        {
            if (SymbolEqualityComparer.Default.Equals(t, named.OriginalDefinition))
            {
                return true;
            }
        }
        return false;
    }

    // IsGoOrNullable is for c?.f(), whose type is go?.
    internal bool IsGoOrNullable(ITypeSymbol? type) =>
        IsGo(type) || type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } n && IsGo(n.TypeArguments[0]);

    // IsNoCopy tells of a struct that has the attribute noCopy, and of one that contains such a struct.
    internal bool IsNoCopy(ITypeSymbol? type)
    {
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } named)
        {
            return false;
        }
        if (nocopies.TryGetValue(named, out var known))
        {
            return known;
        }
        var result = false;
        foreach (var attribute in named.OriginalDefinition.GetAttributes())
        {
            if (attribute.AttributeClass?.Name == "noCopyAttribute")
            {
                result = true;
                break;
            }
        }
        if (!result)
        {
            foreach (var member in named.GetMembers())
            {
                if (member is IFieldSymbol { IsStatic: false } field && !SymbolEqualityComparer.Default.Equals(field.Type, named) && IsNoCopy(field.Type))
                {
                    result = true;
                    break;
                }
            }
        }
        nocopies[named] = result;
        return result;
    }

    // FunctionOf is the function, a lambda or a local one perhaps, whose statement or expression the operation is.
    internal static IMethodSymbol? FunctionOf(IOperation operation, ISymbol containing)
    {
        for (var o = operation.Parent; o != null; o = o.Parent)
        {
            switch (o)
            {
                case IAnonymousFunctionOperation lambda:
                    return lambda.Symbol;
                case ILocalFunctionOperation local:
                    return local.Symbol;
            }
        }
        return containing as IMethodSymbol;
    }

    // BodyOf is the root of that function's operations.
    internal static IOperation BodyOf(IOperation operation)
    {
        var o = operation;
        while (o.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        {
            o = parent;
        }
        return o;
    }

    // Within gives an operation and all below it, but not the functions that are declared in it.
    internal static IEnumerable<IOperation> Within(IOperation root)
    {
        var stack = new Stack<IOperation>();
        stack.Push(root);
        while (stack.Count > 0)
        {
            var o = stack.Pop();
            yield return o;
            foreach (var child in o.ChildOperations)
            {
                if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
                {
                    stack.Push(child);
                }
            }
        }
    }
}
