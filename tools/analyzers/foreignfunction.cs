using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace goport.analyzers;

// GO002: a go that is awaited in a function that returns a Task, or nothing, or another thing that is not a go.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignFunctionAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.ForeignFunction];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (Known.Of(start.Compilation) is { } known)
            {
                start.RegisterOperationAction(c => Analyze(c, known), OperationKind.Await);
            }
        });
    }

    private static void Analyze(OperationAnalysisContext context, Known known)
    {
        var operation = (IAwaitOperation)context.Operation;
        if (!known.IsGo(operation.Operation.Type) || Known.FunctionOf(operation, context.ContainingSymbol) is not { } function || known.IsGo(function.ReturnType))
        {
            return;
        }
        var name = function.MethodKind switch
        {
            MethodKind.AnonymousFunction => "a lambda",
            _ when !function.CanBeReferencedByName => "the program's top-level statements",
            _ => function.Name,
        };
        context.ReportDiagnostic(Diagnostic.Create(
            Rules.ForeignFunction,
            operation.Syntax.GetLocation(),
            name,
            function.ReturnsVoid ? "nothing" : function.ReturnType.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)));
    }
}
