using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace goport.analyzers;

// GO001: a go that is neither awaited nor returned at once. Looked at is where calls, and what else makes a new
// go, hand theirs to; values of variables are not followed, as the rule speaks where they are stored.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class KeptAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Kept];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (Known.Of(start.Compilation) is { } known)
            {
                start.RegisterOperationAction(
                    c => Analyze(c, known),
                    OperationKind.Invocation,
                    OperationKind.FunctionPointerInvocation,
                    OperationKind.PropertyReference,
                    OperationKind.Await);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, Known known)
    {
        var operation = context.Operation;
        if (!known.IsGo(operation.Type))
        {
            return;
        }
        if (Misuse(operation, context, known) is { } misuse)
        {
            context.ReportDiagnostic(Diagnostic.Create(Rules.Kept, operation.Syntax.GetLocation(), NameOf(operation), misuse));
        }
    }

    // Misuse says what becomes of the operation's go, null if that is in order.
    private static string? Misuse(IOperation operation, OperationAnalysisContext context, Known known)
    {
        var value = operation;
        for (; ; )
        {
            var parent = value.Parent;
            switch (parent)
            {
                case IParenthesizedOperation or ICoalesceOperation or ISwitchExpressionOperation:
                case IConditionalOperation conditional when conditional.Condition != value && conditional.Type != null:
                case IConditionalAccessOperation access when access.WhenNotNull == value:
                case ISwitchExpressionArmOperation arm when arm.Value == value:
                case IConversionOperation conversion when known.IsGoOrNullable(conversion.Type):
                    value = parent;
                    continue;
                case IAwaitOperation:
                    return null;
                case IReturnOperation { Kind: OperationKind.Return }:
                    return Surrounded(parent) is { } what ? $"returned from inside {what}, whose end does not wait for it" : null;
                case IReturnOperation:
                    return "yielded";
                case IExpressionStatementOperation:
                    return "not awaited";
                case ISimpleAssignmentOperation assignment when assignment.Target == value:
                    return null;
                case ISimpleAssignmentOperation { Target: IDiscardOperation }:
                    return Park.IsDiscarded(operation, parent, context) ? null : "discarded";
                case ISimpleAssignmentOperation assignment:
                    return Park.IsAwaitedNext(operation, assignment, context) ? null : "stored";
                case IArgumentOperation:
                    return "passed on";
                case IConversionOperation conversion:
                    return "converted to " + conversion.Type?.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
                case IInvocationOperation or IMemberReferenceOperation:
                    return "not awaited";
                case IVariableInitializerOperation or IFieldInitializerOperation or IPropertyInitializerOperation:
                case IArrayInitializerOperation or ICollectionExpressionOperation or ITupleOperation or ISpreadOperation:
                    return "stored";
                default:
                    return "not awaited";
            }
        }
    }

    // Surrounded names a statement around a return that does something more when the function is left. The go that is
    // returned may stand for a call that has parked: then that comes too early.
    private static string? Surrounded(IOperation returns)
    {
        var child = returns;
        for (var o = returns.Parent; o is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); child = o, o = o.Parent)
        {
            switch (o)
            {
                case ITryOperation t when t.Body == child || t.Finally != null && t.Finally != child:
                    return "a try";
                case IUsingOperation u when u.Body == child:
                    return "a using";
                case ILockOperation l when l.Body == child:
                    return "a lock";
                case IBlockOperation block:
                    foreach (var before in block.Operations)
                    {
                        if (before == child)
                        {
                            break;
                        }
                        if (before is IUsingDeclarationOperation)
                        {
                            return "a using";
                        }
                    }
                    break;
            }
        }
        return null;
    }

    private static string NameOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } } => "the function value",
        IInvocationOperation call => call.TargetMethod.Name,
        IPropertyReferenceOperation property => property.Property.Name,
        IAwaitOperation => "the await",
        _ => "the function pointer",
    };
}
