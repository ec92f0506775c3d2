using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace portcheck;

// Finds what constants and readonly fields are worth.
internal sealed class Constants(Func<SyntaxTree, SemanticModel> models)
{
    private readonly Dictionary<ISymbol, object?> known = new(SymbolEqualityComparer.Default);

    // Value is a string, a bool, a BigInteger or a double; null when it is not known.
    internal object? Value(ISymbol symbol, int depth = 0)
    {
        if (!known.TryGetValue(symbol, out var value))
        {
            known[symbol] = value = Find(symbol, depth);
        }
        return value;
    }

    private object? Find(ISymbol symbol, int depth)
    {
        if (symbol is IFieldSymbol { HasConstantValue: true } constant)
        {
            return Plain(constant.ConstantValue);
        }
        if (depth > 20)
        {
            return null;
        }
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            var x = reference.GetSyntax() switch
            {
                VariableDeclaratorSyntax v => v.Initializer?.Value,
                PropertyDeclarationSyntax p => p.ExpressionBody?.Expression ?? p.Initializer?.Value,
                _ => null,
            };
            if (x != null && models(x.SyntaxTree).GetOperation(x) is { } operation)
            {
                return Value(operation, depth + 1);
            }
        }
        return null;
    }

    private object? Value(IOperation operation, int depth)
    {
        if (operation.ConstantValue.HasValue)
        {
            return Plain(operation.ConstantValue.Value);
        }
        switch (operation)
        {
            case IConversionOperation c:
                return Value(c.Operand, depth);
            case IParenthesizedOperation p:
                return Value(p.Operand, depth);
            case IFieldReferenceOperation { Instance: null } f:
                return Value(f.Field, depth);
            case IPropertyReferenceOperation { Instance: null } p:
                return Value(p.Property, depth);
            // a struct around a value
            case IObjectCreationOperation { Arguments: [var argument] }:
                return Value(argument.Value, depth);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Minus } u:
                return Value(u.Operand, depth) switch { BigInteger i => -i, double d => -d, _ => null };
            case IBinaryOperation b:
                var (left, right) = (Value(b.LeftOperand, depth), Value(b.RightOperand, depth));
                if (left is BigInteger x && right is BigInteger y)
                {
                    return b.OperatorKind switch
                    {
                        BinaryOperatorKind.Add => x + y,
                        BinaryOperatorKind.Subtract => x - y,
                        BinaryOperatorKind.Multiply => x * y,
                        BinaryOperatorKind.Divide when !y.IsZero => x / y,
                        BinaryOperatorKind.Remainder when !y.IsZero => x % y,
                        BinaryOperatorKind.LeftShift => x << (int)y,
                        BinaryOperatorKind.RightShift => x >> (int)y,
                        BinaryOperatorKind.And => x & y,
                        BinaryOperatorKind.Or => x | y,
                        BinaryOperatorKind.ExclusiveOr => x ^ y,
                        BinaryOperatorKind.Equals => x == y,
                        BinaryOperatorKind.NotEquals => x != y,
                        _ => null,
                    };
                }
                if (left is string s && right is string t && b.OperatorKind == BinaryOperatorKind.Add)
                {
                    return s + t;
                }
                return null;
            default:
                return null;
        }
    }

    private static object? Plain(object? value)
    {
        return value switch
        {
            sbyte or short or int or long => new BigInteger(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
            byte or ushort or uint or ulong => new BigInteger(Convert.ToUInt64(value, CultureInfo.InvariantCulture)),
            nint n => new BigInteger(n),
            nuint n => new BigInteger(n),
            char c => new BigInteger(c),
            float f => (double)f,
            _ => value,
        };
    }

    // Same reports whether a value is that of Go's constant.
    internal static bool Same(GoConst go, object value)
    {
        switch (go.Kind)
        {
            case "string":
                var text = value as string;
                return text != null && (go.Value != null ? text == go.Value : System.Text.Encoding.UTF8.GetByteCount(text) == go.Length);
            case "bool":
                return value is bool b && (b ? "true" : "false") == go.Value;
            case "int":
                // 'x' is a number in Go, and a constant of floats may be a whole number
                return value switch
                {
                    BigInteger i => i.ToString(CultureInfo.InvariantCulture) == go.Value,
                    double d => d.ToString("R", CultureInfo.InvariantCulture) == go.Value,
                    _ => false,
                };
            case "float":
                var parts = go.Value!.Split('/').Select(p => double.Parse(p, CultureInfo.InvariantCulture)).ToArray();
                var want = parts.Length == 2 ? parts[0] / parts[1] : parts[0];
                return value switch { double d => d == want, BigInteger i => (double)i == want, _ => false };
            default:
                return false;
        }
    }
}
