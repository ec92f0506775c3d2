using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using goport.analyzers;

namespace goport.fixes;

// The function around a piece of code, and what has to be done with it so that it may have an await of a go.
internal sealed class Function
{
    private readonly SyntaxNode node;
    private readonly IMethodSymbol symbol;
    private readonly Known known;

    private Function(SyntaxNode node, IMethodSymbol symbol, Known known)
    {
        this.node = node;
        this.symbol = symbol;
        this.known = known;
    }

    internal SyntaxNode Node => node;

    internal bool ReturnsGo => known.IsGo(symbol.ReturnType);

    internal bool IsAsync => symbol.IsAsync;

    internal bool IsPlainGo => ReturnsGo && ((INamedTypeSymbol)symbol.ReturnType).Arity == 0;

    // Around returns null for code that is in none: an initializer, a top-level statement.
    internal static Function? Around(SyntaxNode node, SemanticModel model, CancellationToken cancel)
    {
        if (Known.Of(model.Compilation) is not { } known)
        {
            return null;
        }
        for (var n = node; n != null; n = n.Parent)
        {
            switch (n)
            {
                case AnonymousFunctionExpressionSyntax:
                    return model.GetSymbolInfo(n, cancel).Symbol is IMethodSymbol lambda ? new Function(n, lambda, known) : null;
                case LocalFunctionStatementSyntax or MethodDeclarationSyntax:
                    return model.GetDeclaredSymbol(n, cancel) is IMethodSymbol method ? new Function(n, method, known) : null;
                case MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
            }
        }
        return null;
    }

    // CanAwait tells whether an await at the place is one that the compiler takes, once MakeAsync has done its work.
    internal bool CanAwait(SyntaxNode place)
    {
        for (var n = place.Parent; n != null && n != node; n = n.Parent)
        {
            if (n is UnsafeStatementSyntax or LockStatementSyntax or FixedStatementSyntax or CatchFilterClauseSyntax)
            {
                return false;
            }
        }
        if (Modifiers(node).Any(SyntaxKind.UnsafeKeyword))
        {
            return false;
        }
        if (symbol.IsAsync)
        {
            return ReturnsGo || CanReturnGo;
        }
        if (symbol.Parameters.Any(p => p.RefKind != RefKind.None || p.Type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer || p.Type.IsRefLikeType))
        {
            return false;
        }
        return ReturnsGo || CanReturnGo;
    }

    // CanReturnGo tells whether the type of the result may be changed without asking others: nobody else has declared it.
    internal bool CanReturnGo
    {
        get
        {
            if (symbol.MethodKind is not (MethodKind.Ordinary or MethodKind.LocalFunction) || symbol.ReturnsByRef || symbol.ReturnsByRefReadonly ||
                symbol.IsOverride || symbol.IsVirtual || symbol.IsAbstract || symbol.PartialDefinitionPart != null || symbol.PartialImplementationPart != null ||
                symbol.Name == "Main" || symbol.ReturnType.IsRefLikeType || symbol.ReturnType.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer)
            {
                return false;
            }
            if (known.Plain == null || known.Generic == null || (IsTask ? !symbol.IsAsync : symbol.IsAsync && !symbol.ReturnsVoid))
            {
                return false;
            }
            if (symbol.MethodKind == MethodKind.LocalFunction)
            {
                return true;
            }
            return symbol.ExplicitInterfaceImplementations.Length == 0 && !symbol.ContainingType.AllInterfaces
                .SelectMany(i => i.GetMembers(symbol.Name))
                .Any(m => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(m), symbol));
        }
    }

    private bool IsTask => symbol.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" };

    // MakeAsync gives the function the modifier and the type of result that an await of a go needs.
    internal SyntaxNode MakeAsync(SyntaxNode function, SyntaxGenerator generator)
    {
        if (!symbol.IsAsync)
        {
            if (ReturnsGo)
            {
                function = new Returns(function, IsPlainGo, known).Rewritten;
            }
            function = function switch
            {
                MethodDeclarationSyntax m => m.WithModifiers(m.Modifiers.Add(Async)).WithLeadingTriviaOf(m),
                LocalFunctionStatementSyntax l => l.WithModifiers(l.Modifiers.Add(Async)).WithLeadingTriviaOf(l),
                AnonymousFunctionExpressionSyntax f => f.WithoutLeadingTrivia().WithModifiers(f.Modifiers.Add(Async)).WithLeadingTrivia(f.GetLeadingTrivia()),
                _ => function,
            };
        }
        return ReturnsGo ? function : ReturnGo(function, generator);
    }

    // ReturnGo changes the type of the result: void and Task to go, Task<T> and T to go<T>.
    internal SyntaxNode ReturnGo(SyntaxNode function, SyntaxGenerator generator)
    {
        INamedTypeSymbol type;
        if (symbol.ReturnsVoid || IsTask && ((INamedTypeSymbol)symbol.ReturnType).Arity == 0)
        {
            type = known.Plain!;
        }
        else
        {
            type = known.Generic!.Construct(IsTask ? ((INamedTypeSymbol)symbol.ReturnType).TypeArguments[0] : symbol.ReturnType);
        }
        var syntax = ((TypeSyntax)generator.TypeExpression(type)).WithAdditionalAnnotations(Simplifier.Annotation);
        return function switch
        {
            MethodDeclarationSyntax m => m.WithReturnType(syntax.WithTriviaFrom(m.ReturnType)),
            LocalFunctionStatementSyntax l => l.WithReturnType(syntax.WithTriviaFrom(l.ReturnType)),
            _ => function,
        };
    }

    private static SyntaxToken Async => SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);

    private static SyntaxTokenList Modifiers(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax m => m.Modifiers,
        LocalFunctionStatementSyntax l => l.Modifiers,
        AnonymousFunctionExpressionSyntax f => f.Modifiers,
        _ => default,
    };

    // Returns makes the returns of a function that hands on a go those of an async one.
    private sealed class Returns(SyntaxNode function, bool plain, Known known) : CSharpSyntaxRewriter
    {
        private readonly Known known = known;

        internal SyntaxNode Rewritten
        {
            get
            {
                switch (function)
                {
                    case MethodDeclarationSyntax { ExpressionBody: { } body } m:
                        return m.WithExpressionBody(body.WithExpression(Value(body.Expression)));
                    case LocalFunctionStatementSyntax { ExpressionBody: { } body } l:
                        return l.WithExpressionBody(body.WithExpression(Value(body.Expression)));
                    case AnonymousFunctionExpressionSyntax { ExpressionBody: { } body } f:
                        return f.WithBody(Value(body));
                    default:
                        return Visit(function)!;
                }
            }
        }

        public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node == function ? base.VisitParenthesizedLambdaExpression(node) : node;

        public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node == function ? base.VisitSimpleLambdaExpression(node) : node;

        public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node == function ? base.VisitAnonymousMethodExpression(node) : node;

        public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node == function ? base.VisitLocalFunctionStatement(node) : node;

        public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
        {
            if (node.Expression is not { } expression)
            {
                return node;
            }
            if (!plain)
            {
                return node.WithExpression(Value(expression));
            }
            if (IsDefault(expression))
            {
                return node.WithExpression(null).WithReturnKeyword(node.ReturnKeyword.WithTrailingTrivia());
            }
            var call = SyntaxFactory.ExpressionStatement(AwaitFix.Await(expression)).WithLeadingTrivia(node.GetLeadingTrivia());
            var returns = SyntaxFactory.ReturnStatement().WithTrailingTrivia(node.GetTrailingTrivia());
            if (node.Parent is BlockSyntax block && block.Parent == function && block.Statements.Last() == node)
            {
                return call.WithTrailingTrivia(node.GetTrailingTrivia());
            }
            return SyntaxFactory.Block(call, returns).WithAdditionalAnnotations(Formatter.Annotation);
        }

        private static bool IsDefault(ExpressionSyntax e) => e.IsKind(SyntaxKind.DefaultLiteralExpression) || e is DefaultExpressionSyntax || e is BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } };

        // new go<T>(v) is what an async function makes of v itself.
        private static ExpressionSyntax Value(ExpressionSyntax e)
        {
            if (e is AwaitExpressionSyntax || e.IsKind(SyntaxKind.DefaultLiteralExpression))
            {
                return e;
            }
            if (e is BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments })
            {
                return arguments[0].Expression.WithTriviaFrom(e);
            }
            return AwaitFix.Await(e);
        }
    }
}

internal static class Nodes
{
    // WithLeadingTriviaOf moves what stands before a declaration without modifiers to before its first one.
    internal static MethodDeclarationSyntax WithLeadingTriviaOf(this MethodDeclarationSyntax changed, MethodDeclarationSyntax before) =>
        before.Modifiers.Count > 0 || before.AttributeLists.Count > 0
            ? changed
            : changed.WithReturnType(changed.ReturnType.WithoutLeadingTrivia()).WithLeadingTrivia(before.GetLeadingTrivia());

    internal static LocalFunctionStatementSyntax WithLeadingTriviaOf(this LocalFunctionStatementSyntax changed, LocalFunctionStatementSyntax before) =>
        before.Modifiers.Count > 0 || before.AttributeLists.Count > 0
            ? changed
            : changed.WithReturnType(changed.ReturnType.WithoutLeadingTrivia()).WithLeadingTrivia(before.GetLeadingTrivia());
}
