using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace goport.analyzers;

// The two forms of PORT(park), in which the runtime parks where an await cannot stand. They hold for the
// functions that only the runtime itself has, gopark and its like, which record what happens when the
// goroutine has unwound: their go is the same for all calls.
internal static class Park
{
    // IsAwaitedNext recognizes
    //
    //	go park;
    //	unsafe
    //	{
    //	    park = gopark(...);
    //	}
    //	await park;
    //
    // The variable has no other use, and nothing is awaited in between. The last line may be a return.
    internal static bool IsAwaitedNext(IOperation call, ISimpleAssignmentOperation assignment, OperationAnalysisContext context)
    {
        if (!IsPark(call, context) || assignment.IsRef || assignment.Value != call || assignment.Target is not ILocalReferenceOperation target)
        {
            return false;
        }
        var body = Known.BodyOf(assignment);
        IOperation? use = null;
        foreach (var o in Known.Within(body))
        {
            switch (o)
            {
                case ILocalReferenceOperation r when r != target && Same(r.Local, target.Local):
                    if (use != null || r.Parent is not (IAwaitOperation or IReturnOperation { Kind: OperationKind.Return }))
                    {
                        return false;
                    }
                    use = r.Parent;
                    break;
                case IVariableDeclaratorOperation d when Same(d.Symbol, target.Local) && d.GetVariableInitializer() != null:
                    return false;
            }
        }
        if (use == null || use.Syntax.SpanStart < assignment.Syntax.Span.End)
        {
            return false;
        }
        foreach (var o in Known.Within(body))
        {
            if (o is IAwaitOperation && o != use && o.Syntax.SpanStart >= assignment.Syntax.Span.End && o.Syntax.SpanStart < use.Syntax.SpanStart)
            {
                return false;
            }
        }
        return true;
    }

    // IsDiscarded recognizes
    //
    //	_ = gopark(...);
    //	return false;
    //
    // in a plain function, from whose result the caller sees that it has to await what gopark returned.
    internal static bool IsDiscarded(IOperation call, IOperation assignment, OperationAnalysisContext context)
    {
        if (!IsPark(call, context) || ((ISimpleAssignmentOperation)assignment).Value != call ||
            Known.FunctionOf(call, context.ContainingSymbol) is not { IsAsync: false, ReturnType.SpecialType: SpecialType.System_Boolean } ||
            assignment.Parent is not IExpressionStatementOperation { Parent: IBlockOperation block } statement)
        {
            return false;
        }
        var i = block.Operations.IndexOf(statement);
        return i + 1 < block.Operations.Length && block.Operations[i + 1] is IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: false } };
    }

    private static bool IsPark(IOperation call, OperationAnalysisContext context) =>
        context.Compilation.AssemblyName == Known.Runtime &&
        call is IInvocationOperation { TargetMethod: { Name: "gopark" or "goparkunlock" or "mcall", DeclaredAccessibility: Accessibility.Internal, ContainingType.Name: Known.Runtime } };

    private static bool Same(ISymbol a, ISymbol b) => SymbolEqualityComparer.Default.Equals(a, b);
}
