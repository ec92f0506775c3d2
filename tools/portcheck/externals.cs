using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace portcheck;

// Methods of the CLR by which C# writes what is an operator, a conversion or a builtin function in Go.
internal static class Externals
{
    private static readonly HashSet<string> types =
    [
        "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal", "System.Runtime.InteropServices.CollectionsMarshal",
        "System.Span<T>", "System.ReadOnlySpan<T>", "System.Memory<T>", "System.ReadOnlyMemory<T>",
    ];

    private static readonly HashSet<string> methods =
    [
        // slices: x[:], append, copy
        "System.MemoryExtensions.AsSpan", "System.MemoryExtensions.AsMemory", "System.MemoryExtensions.CopyTo", "System.Array.Copy", "System.Array.CopyTo", "System.Array.Resize",
        "System.Array.Empty", "System.Collections.Generic.List<T>.ToArray",
        // []byte(s), string(b)
        "System.Text.Encoding.GetBytes", "System.Text.Encoding.GetString",
        // *p as a value
        "object.MemberwiseClone",
        // a == b
        "object.Equals",
        // maps
        "System.Collections.Generic.Dictionary<TKey, TValue>.TryGetValue", "System.Collections.Generic.Dictionary<TKey, TValue>.ContainsKey", "System.Collections.Generic.Dictionary<TKey, TValue>.Remove",
        "System.Collections.Generic.HashSet<T>.Remove",
    ];

    // Rule "stands for": what the port takes from the CLR instead of a Go package that is not ported.
    internal static string? StandsFor(string type, IMethodSymbol m)
    {
        return $"{type}.{m.Name}" switch
        {
            "string.IndexOf" when m.Parameters is [{ Type.SpecialType: SpecialType.System_Char }, ..] => "internal/bytealg.IndexByteString",
            "System.MemoryExtensions.IndexOf" => "internal/bytealg.IndexByte",
            "System.MemoryExtensions.SequenceEqual" => "internal/bytealg.Equal", // or ==
            "int.ToString" when m.Parameters.IsEmpty => "internal/itoa.Itoa",
            "uint.ToString" when m.Parameters.IsEmpty => "internal/itoa.Uitoa",
            _ => null,
        };
    }

    internal static bool Silent(string type, string method) => types.Contains(type) || methods.Contains($"{type}.{method}");
}
