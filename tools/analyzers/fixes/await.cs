using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using goport.analyzers;

namespace goport.fixes;

// GO001: awaits the call, and makes the function around it async if need be; or returns it.
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitFix : CodeFixProvider
{
    internal const string AwaitIt = "Await the call";
    internal const string ReturnIt = "Return the call";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["GO001"];

    // One at a time: two fixes in one function would both make it async.
    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span, getInnermostNodeForTie: true) is not ExpressionSyntax call || model == null || Function.Around(call, model, context.CancellationToken) is not { } function)
        {
            return;
        }
        var plain = model.GetTypeInfo(call, context.CancellationToken).Type is INamedTypeSymbol { Arity: 0 };
        if (function.CanAwait(call) && CanAwaitHere(call, plain))
        {
            context.RegisterCodeFix(CodeAction.Create(AwaitIt, c => AwaitAsync(context.Document, call, plain, function, c), AwaitIt), context.Diagnostics);
        }
        if (!function.IsAsync && function.ReturnsGo && StatementOf(call) is { } statement && IsLast(statement, function) &&
            model.GetTypeInfo(call, context.CancellationToken).Type is { } type && model.GetEnclosingSymbol(call.SpanStart, context.CancellationToken) is IMethodSymbol m && SymbolEqualityComparer.IncludeNullability.Equals(type, m.ReturnType))
        {
            context.RegisterCodeFix(CodeAction.Create(ReturnIt, c => ReturnAsync(context.Document, call, statement, c), ReturnIt), context.Diagnostics);
        }
    }

    internal static ExpressionSyntax Await(ExpressionSyntax e)
    {
        var operand = e.WithoutTrivia();
        if (operand is ConditionalExpressionSyntax or BinaryExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax)
        {
            operand = SyntaxFactory.ParenthesizedExpression(operand);
        }
        return SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), operand).WithTriviaFrom(e);
    }

    // CanAwaitHere: a go without a value can only be a statement; one with a value may be anywhere where
    // that is wanted and not the go.
    private static bool CanAwaitHere(ExpressionSyntax call, bool plain)
    {
        if (StatementOf(call) != null)
        {
            return true;
        }
        if (call.Parent is ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax)
        {
            return true;
        }
        if (plain)
        {
            return false;
        }
        return call.Parent is ArgumentSyntax or ReturnStatementSyntax || Declared(call) is { };
    }

    // StatementOf is f(); or _ = f();
    private static ExpressionStatementSyntax? StatementOf(ExpressionSyntax call) => call.Parent switch
    {
        ExpressionStatementSyntax s => s,
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.Text: "_" }, Parent: ExpressionStatementSyntax s } => s,
        _ => null,
    };

    // Declared is x in var x = f();
    private static VariableDeclaratorSyntax? Declared(ExpressionSyntax call) =>
        call.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax } } d } ? d : null;

    private static bool IsLast(StatementSyntax statement, Function function)
    {
        if (statement.Parent is not BlockSyntax block || block.Parent != function.Node)
        {
            return false;
        }
        var after = block.Statements.Count - 1 - block.Statements.IndexOf(statement);
        return after == 0 || after == 1 && block.Statements.Last() is ReturnStatementSyntax { Expression: { } e } && e.IsKind(SyntaxKind.DefaultLiteralExpression);
    }

    private static async Task<Document> AwaitAsync(Document document, ExpressionSyntax call, bool plain, Function function, CancellationToken cancel)
    {
        var root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        var old = new Dictionary<SyntaxNode, SyntaxNode>();
        if (plain && call.Parent is AssignmentExpressionSyntax discard)
        {
            old[discard] = Await(call).WithTriviaFrom(discard);
        }
        else
        {
            old[call] = Await(call);
        }
        if (Declared(call) is { } declared)
        {
            // The variable has the value now.
            var declaration = (VariableDeclarationSyntax)declared.Parent!;
            if (!declaration.Type.IsVar)
            {
                old[declaration.Type] = SyntaxFactory.IdentifierName("var").WithTriviaFrom(declaration.Type);
            }
            foreach (var later in function.Node.DescendantNodes().OfType<AwaitExpressionSyntax>())
            {
                if (later.Expression is IdentifierNameSyntax name && name.Identifier.Text == declared.Identifier.Text)
                {
                    old[later] = name.WithTriviaFrom(later);
                }
            }
        }
        var changed = function.Node.ReplaceNodes(old.Keys, (before, _) => old[before]);
        return document.WithSyntaxRoot(root.ReplaceNode(function.Node, function.MakeAsync(changed, SyntaxGenerator.GetGenerator(document))));
    }

    private static async Task<Document> ReturnAsync(Document document, ExpressionSyntax call, ExpressionStatementSyntax statement, CancellationToken cancel)
    {
        var root = (await document.GetSyntaxRootAsync(cancel).ConfigureAwait(false))!;
        var block = (BlockSyntax)statement.Parent!;
        var at = block.Statements.IndexOf(statement);
        var statements = block.Statements;
        while (statements.Count > at + 1)
        {
            statements = statements.RemoveAt(at + 1);
        }
        var keyword = SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        var returns = SyntaxFactory.ReturnStatement(keyword, call.WithoutTrivia(), statement.SemicolonToken).WithLeadingTrivia(statement.GetLeadingTrivia());
        return document.WithSyntaxRoot(root.ReplaceNode(block, block.WithStatements(statements.Replace(statements[at], returns))));
    }
}
