using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace goport.fixes;

// GO004: awaits time.Sleep instead of Thread.Sleep, and a task instead of asking it for its result.
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingFix : CodeFixProvider
{
    internal const string AwaitSleep = "Await time.Sleep";
    internal const string AwaitTask = "Await the task";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["GO004"];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax node || model == null ||
            Function.Around(node, model, context.CancellationToken) is not { } function || !function.CanAwait(node))
        {
            return;
        }
        var (title, operand) = model.GetSymbolInfo(node, context.CancellationToken).Symbol switch
        {
            IMethodSymbol { Name: "Sleep" } => (AwaitSleep, Sleep((InvocationExpressionSyntax)node, model)),
            IPropertySymbol { Name: "Result" } => (AwaitTask, Receiver(node)),
            IMethodSymbol { Name: "Wait", ContainingType.Name: "Task", Parameters.Length: 0 } => (AwaitTask, Receiver(node)),
            IMethodSymbol { Name: "GetResult" } => (AwaitTask, Receiver(node) is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } awaiter && awaiter.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "GetAwaiter" } m ? m.Expression : null),
            _ => ("", null),
        };
        if (operand == null)
        {
            return;
        }
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                _ =>
                {
                    ExpressionSyntax changed = AwaitFix.Await(operand);
                    if (node.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax)
                    {
                        changed = SyntaxFactory.ParenthesizedExpression(changed);
                    }
                    var body = function.Node.ReplaceNode(node, changed.WithTriviaFrom(node));
                    return Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(function.Node, function.MakeAsync(body, SyntaxGenerator.GetGenerator(context.Document)))));
                },
                title),
            context.Diagnostics);
    }

    private static ExpressionSyntax? Receiver(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax m } => m.Expression,
        MemberAccessExpressionSyntax m => m.Expression,
        _ => null,
    };

    // Sleep is time.Sleep for the milliseconds, or the TimeSpan, that Thread.Sleep was given.
    private static ExpressionSyntax? Sleep(InvocationExpressionSyntax call, SemanticModel model)
    {
        var time = model.Compilation.GetTypeByMetadataName("golang.time") ?? model.Compilation.GetTypeByMetadataName("go.time");
        if (time == null || call.ArgumentList.Arguments.Count != 1)
        {
            return null;
        }
        var argument = call.ArgumentList.Arguments[0].Expression.WithoutTrivia();
        var span = model.GetTypeInfo(argument = call.ArgumentList.Arguments[0].Expression).Type?.Name == "TimeSpan";
        var name = SyntaxFactory.ParseExpression(time.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).WithAdditionalAnnotations(Simplifier.Annotation);
        ExpressionSyntax Of(string member) => SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, name, SyntaxFactory.IdentifierName(member));
        if (argument is not (LiteralExpressionSyntax or IdentifierNameSyntax or InvocationExpressionSyntax or MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax))
        {
            argument = SyntaxFactory.ParenthesizedExpression(argument);
        }
        var left = span ? SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, argument, SyntaxFactory.IdentifierName("TotalMilliseconds")) : argument;
        if (span)
        {
            left = SyntaxFactory.CastExpression(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.LongKeyword)), left);
        }
        var duration = SyntaxFactory.BinaryExpression(
            SyntaxKind.MultiplyExpression,
            left,
            SyntaxFactory.Token(SyntaxKind.AsteriskToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space),
            Of("Millisecond"));
        return SyntaxFactory.InvocationExpression(Of("Sleep"), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(duration))));
    }
}
