using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace goport.analyzers;

// GO003: a copy of a struct that has the attribute noCopy, or that contains one which has it. Looked at is what
// takes a value: a variable, a parameter, a result, a box. What it takes is a copy if it comes from a place
// where it stays, and not if it is new.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CopyAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Copy];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            // The packages below the runtime do not know of a go.
            var known = Known.Of(start.Compilation) ?? Known.None;
            start.RegisterOperationAction(
                c => Taken(c, known),
                OperationKind.VariableInitializer,
                OperationKind.FieldInitializer,
                OperationKind.PropertyInitializer,
                OperationKind.SimpleAssignment,
                OperationKind.Argument,
                OperationKind.Return,
                OperationKind.YieldReturn,
                OperationKind.Conversion);
            start.RegisterOperationAction(
                c => Elements(c, known),
                OperationKind.ArrayInitializer,
                OperationKind.CollectionExpression,
                OperationKind.Tuple);
            start.RegisterOperationAction(
                c => Receiver(c, known),
                OperationKind.Invocation,
                OperationKind.PropertyReference,
                OperationKind.MethodReference);
            start.RegisterOperationAction(c => Loop(c, known), OperationKind.Loop);
            start.RegisterSymbolAction(c => Declared(c, known), SymbolKind.Field, SymbolKind.Property);
        });
    }

    private static void Taken(OperationAnalysisContext context, Known known)
    {
        switch (context.Operation)
        {
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: RefKind.None } } o:
                Check(context, known, o.Value, "is copied to a variable");
                break;
            case IFieldInitializerOperation o:
                Check(context, known, o.Value, "is copied to a field");
                break;
            case IPropertyInitializerOperation o:
                Check(context, known, o.Value, "is copied to a property");
                break;
            case ISimpleAssignmentOperation { IsRef: false, Target: not IDiscardOperation } o:
                Check(context, known, o.Value, "is copied by an assignment");
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.None } o:
                Check(context, known, o.Value, "is passed by value");
                break;
            case IReturnOperation { ReturnedValue: { } value } o:
                if (known.IsNoCopy(TypeOf(value)) && Known.FunctionOf(o, context.ContainingSymbol) is { ReturnsByRef: false, ReturnsByRefReadonly: false })
                {
                    Check(context, known, value, "is returned by value");
                }
                break;
            case IConversionOperation { Type: { } type } o when type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T:
                Check(context, known, o.Operand, type.IsReferenceType ? "is boxed" : "is copied to a nullable one");
                break;
        }
    }

    private static void Elements(OperationAnalysisContext context, Known known)
    {
        var elements = context.Operation switch
        {
            IArrayInitializerOperation o => o.ElementValues,
            ICollectionExpressionOperation o => o.Elements,
            ITupleOperation { Parent: IDeconstructionAssignmentOperation d } o when d.Target == o => [],
            ITupleOperation o => o.Elements,
            _ => [],
        };
        foreach (var element in elements)
        {
            Check(context, known, element, context.Operation is ITupleOperation ? "is copied to a tuple" : "is copied to a collection");
        }
    }

    private static void Check(OperationAnalysisContext context, Known known, IOperation value, string how)
    {
        var type = TypeOf(value);
        if (known.IsNoCopy(type) && IsPlace(value))
        {
            Report(context, value.Syntax, type!, how);
        }
    }

    // A method or property of a place that is readonly gets a copy of it, unless it is readonly itself. One that is
    // inherited from object, or made a delegate, gets a box.
    private static void Receiver(OperationAnalysisContext context, Known known)
    {
        var (instance, method) = context.Operation switch
        {
            IInvocationOperation o => (o.Instance, o.TargetMethod),
            IMethodReferenceOperation o => (o.Instance, o.Method),
            IPropertyReferenceOperation o => (o.Instance, o.Property.GetMethod ?? o.Property.SetMethod),
            _ => (null, null),
        };
        if (instance == null || method == null || !known.IsNoCopy(TypeOf(instance)) || !IsPlace(instance))
        {
            return;
        }
        if (context.Operation is IMethodReferenceOperation || method.ContainingType.IsReferenceType)
        {
            Report(context, instance.Syntax, TypeOf(instance)!, "is boxed");
        }
        else if (!method.IsReadOnly && IsReadOnly(instance, context.ContainingSymbol))
        {
            Report(context, instance.Syntax, TypeOf(instance)!, $"is copied for {method.Name}, because its place is readonly");
        }
    }

    private static void Loop(OperationAnalysisContext context, Known known)
    {
        if (context.Operation is not IForEachLoopOperation loop)
        {
            return;
        }
        foreach (var local in loop.Locals)
        {
            if (local.RefKind == RefKind.None && known.IsNoCopy(local.Type))
            {
                Report(context, loop.LoopControlVariable.Syntax, local.Type, "is copied to the variable of a foreach");
            }
        }
    }

    private static void Declared(SymbolAnalysisContext context, Known known)
    {
        switch (context.Symbol)
        {
            case IFieldSymbol { IsReadOnly: true, IsImplicitlyDeclared: false, RefKind: RefKind.None } field when known.IsNoCopy(field.Type):
                Report(field.Type, "each use of a readonly field of it is a copy");
                break;
            case IPropertySymbol { RefKind: RefKind.None } property when known.IsNoCopy(property.Type):
                foreach (var member in property.ContainingType.GetMembers())
                {
                    if (member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
                    {
                        Report(property.Type, "each use of a property that holds it is a copy");
                    }
                }
                break;
        }

        void Report(ITypeSymbol type, string how) =>
            context.ReportDiagnostic(Diagnostic.Create(Rules.Copy, context.Symbol.Locations[0], Name(type), how));
    }

    private static void Report(OperationAnalysisContext context, SyntaxNode node, ITypeSymbol type, string how) =>
        context.ReportDiagnostic(Diagnostic.Create(Rules.Copy, node.GetLocation(), Name(type), how));

    private static string Name(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    // TypeOf: what goes through a pointer is no operation that the compiler tells of.
    private static ITypeSymbol? TypeOf(IOperation operation) =>
        operation.Type ?? (operation.Kind == OperationKind.None && operation.Syntax is ExpressionSyntax ? operation.SemanticModel?.GetTypeInfo(operation.Syntax).Type : null);

    // IsPlace tells whether the value lies in a place of its own.
    private static bool IsPlace(IOperation operation) => operation switch
    {
        IParenthesizedOperation o => IsPlace(o.Operand),
        IConditionalOperation o => IsPlace(o.WhenTrue) || o.WhenFalse != null && IsPlace(o.WhenFalse),
        ISimpleAssignmentOperation or IFieldReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation => true,
        IArrayElementReferenceOperation or IInlineArrayAccessOperation or IInstanceReferenceOperation => true,
        IInvocationOperation o => o.TargetMethod.ReturnsByRef || o.TargetMethod.ReturnsByRefReadonly,
        IPropertyReferenceOperation o => o.Property.ReturnsByRef || o.Property.ReturnsByRefReadonly,
        { Kind: OperationKind.None } => IsPointer(operation.Syntax),
        _ => false,
    };

    private static bool IsPointer(SyntaxNode node) => node switch
    {
        ParenthesizedExpressionSyntax p => IsPointer(p.Expression),
        PrefixUnaryExpressionSyntax p => p.IsKind(SyntaxKind.PointerIndirectionExpression),
        _ => node is ElementAccessExpressionSyntax,
    };

    // IsReadOnly tells whether the place may not be written to, so that C# copies it first.
    private static bool IsReadOnly(IOperation operation, ISymbol containing)
    {
        switch (operation)
        {
            case IParenthesizedOperation o:
                return IsReadOnly(o.Operand, containing);
            case IFieldReferenceOperation o:
                if (o.Field.IsReadOnly && !(containing is IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } && SymbolEqualityComparer.Default.Equals(containing.ContainingType, o.Field.ContainingType)))
                {
                    return true;
                }
                return o.Field.RefKind == RefKind.RefReadOnly || o.Field.RefKind == RefKind.None && o.Instance is { Type.IsValueType: true } i && IsReadOnly(i, containing);
            case IParameterReferenceOperation o:
                return o.Parameter.RefKind is RefKind.In or RefKind.RefReadOnlyParameter;
            case ILocalReferenceOperation o:
                return o.Local.RefKind == RefKind.RefReadOnly || o.Local.RefKind == RefKind.None && (o.Local.IsForEach || o.Local.IsUsing);
            case IInvocationOperation o:
                return o.TargetMethod.ReturnsByRefReadonly;
            case IPropertyReferenceOperation o:
                return o.Property.ReturnsByRefReadonly;
            case IInlineArrayAccessOperation o:
                return IsReadOnly(o.Instance, containing);
            case IInstanceReferenceOperation o:
                return o.Type is { IsValueType: true } && containing is IMethodSymbol { IsReadOnly: true };
            default:
                return false;
        }
    }
}
