using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace goport.fixes;

// GO003: takes readonly away from a field whose type must not be copied. For the other copies there is no remedy
// that suits them all.
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReadonlyFix : CodeFixProvider
{
    internal const string NotReadonly = "Make the field writable";

    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["GO003"];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is not VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field })
        {
            return;
        }
        var word = field.Modifiers.FirstOrDefault(m => m.IsKind(SyntaxKind.ReadOnlyKeyword));
        if (word == default || field.FirstAncestorOrSelf<StructDeclarationSyntax>()?.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) == true)
        {
            return;
        }
        var changed = field.WithModifiers(field.Modifiers.Remove(word)).WithLeadingTrivia(field.GetLeadingTrivia());
        context.RegisterCodeFix(CodeAction.Create(NotReadonly, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(field, changed))), NotReadonly), context.Diagnostics);
    }
}
