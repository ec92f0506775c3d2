using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace goport.fixes;

// GO002: makes the function return a go; or, for a lambda that Task.Run is given, calls runtime.Run.
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReturnTypeFix : CodeFixProvider
{
    internal const string ReturnGo = "Return a go";
    internal const string RunGoroutine = "Run a goroutine";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["GO002"];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not { } node || model == null || Function.Around(node, model, context.CancellationToken) is not { } function)
        {
            return;
        }
        if (function.CanReturnGo)
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    ReturnGo,
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(function.Node, function.ReturnGo(function.Node, SyntaxGenerator.GetGenerator(context.Document))))),
                    ReturnGo),
                context.Diagnostics);
        }
        if (function.Node is AnonymousFunctionExpressionSyntax { Parent: ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: IdentifierNameSyntax } run } call } } } &&
            model.GetSymbolInfo(call, context.CancellationToken).Symbol is IMethodSymbol { Name: "Run", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } })
        {
            context.RegisterCodeFix(
                CodeAction.Create(
                    RunGoroutine,
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(run.Expression, SyntaxFactory.IdentifierName("runtime").WithTriviaFrom(run.Expression)))),
                    RunGoroutine),
                context.Diagnostics);
        }
    }
}
