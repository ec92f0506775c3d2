using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace goport.analyzers;

// GO005: a loop in an async function of a goroutine that computes and has no await. Which loops are long the
// compiler cannot know; left out are those that are most likely short:
//
//   - those over the elements of something, and those with a small constant bound;
//   - those that try a compare-and-swap, or anything else that is called Try, until it works;
//   - those without another loop or a call in them.
//
// Of loops in loops the outer one is reported, at whose end the await would stand.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoopAnalyzer : DiagnosticAnalyzer
{
    private const long SmallBound = 10_000;

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Loop];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (Known.Of(start.Compilation) is { } known)
            {
                start.RegisterOperationAction(c => Analyze(c, known), OperationKind.Loop);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, Known known)
    {
        var loop = (ILoopOperation)context.Operation;
        if (loop.LoopKind is not (LoopKind.While or LoopKind.For) ||
            Known.FunctionOf(loop, context.ContainingSymbol) is not { IsAsync: true } function || !known.IsGo(function.ReturnType) ||
            IsBounded(loop) || !Computes(loop))
        {
            return;
        }
        for (var o = loop.Parent; o is not (null or IAnonymousFunctionOperation or ILocalFunctionOperation); o = o.Parent)
        {
            if (o is ILoopOperation { LoopKind: LoopKind.While or LoopKind.For } outer && !IsBounded(outer) && Computes(outer))
            {
                return;
            }
        }
        context.ReportDiagnostic(Diagnostic.Create(Rules.Loop, loop.Syntax.GetFirstToken().GetLocation()));
    }

    // Computes tells whether there is something in the loop that can take long, and nothing that says otherwise.
    private static bool Computes(ILoopOperation loop)
    {
        var work = false;
        foreach (var o in Known.Within(loop))
        {
            switch (o)
            {
                case IAwaitOperation:
                case IForEachLoopOperation { IsAsynchronous: true }:
                case IUsingOperation { IsAsynchronous: true }:
                    return false;
                case IInvocationOperation call:
                    if (call.TargetMethod.Name is { } name && (name.StartsWith("Try") || name.Contains("CompareAndSwap") || name.Contains("CompareExchange") || name.StartsWith("Cas")))
                    {
                        return false;
                    }
                    work = true;
                    break;
                case ILoopOperation when o != loop:
                    work = true;
                    break;
            }
        }
        return work;
    }

    // IsBounded tells whether a comparison in the condition has a small constant or a length on one side.
    private static bool IsBounded(ILoopOperation loop)
    {
        var condition = loop switch
        {
            IForLoopOperation f => f.Condition,
            IWhileLoopOperation w => w.Condition,
            _ => null,
        };
        if (condition == null)
        {
            return false;
        }
        foreach (var o in Known.Within(condition))
        {
            if (o is IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.NotEquals } comparison &&
                (IsSmall(comparison.LeftOperand) || IsSmall(comparison.RightOperand)))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsSmall(IOperation operation)
    {
        if (operation is IConversionOperation conversion)
        {
            return IsSmall(conversion.Operand);
        }
        // Counting down to 0 says nothing about from where.
        if (operation.ConstantValue is { HasValue: true, Value: int or long or uint or short or byte } constant)
        {
            var n = System.Convert.ToInt64(constant.Value);
            return n is > 1 and <= SmallBound;
        }
        return operation switch
        {
            IPropertyReferenceOperation p => p.Property.Name is "Length" or "Count",
            IInvocationOperation c => c.TargetMethod.Name is "len" or "Count",
            _ => false,
        };
    }
}
