using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace portcheck;

// Methods that C# asks for and Go does not know.
internal static class Roles
{
    internal static bool Generated(Method m)
    {
        switch (m.Symbol.MethodKind)
        {
            case MethodKind.UserDefinedOperator:
            case MethodKind.Conversion:
            case MethodKind.ExplicitInterfaceImplementation:
            case MethodKind.StaticConstructor:
                return true;
            case MethodKind.Constructor:
                return !m.Tokens.Any(t => t.Kind == TokenKind.Call);
        }
        return m.Symbol.Name is "Equals" or "GetHashCode" or "ToString" or "CompareTo" or "GetEnumerator" || m.Symbol.ContainingType.TypeKind == TypeKind.Interface;
    }
}
