using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace portcheck;

// A PORT(id) marker, and the lines that it speaks of.
internal sealed record Marker(string Id, int Line, int From, int To, string Text);

// A method of the port.
internal sealed class Method
{
    internal required string Id { get; init; }
    internal required IMethodSymbol Symbol { get; init; }
    internal required MemberDeclarationSyntax Syntax { get; init; }
    internal required Source Source { get; init; }
    internal required int Line { get; init; }
    internal required int EndLine { get; init; }

    // Markers inside it.
    internal required List<Marker> Body { get; init; }

    // Markers in the comment above it, above its type, or at the head of the file for all of the file.
    internal required List<Marker> Above { get; init; }
    internal required List<Marker> Type { get; init; }

    internal bool Bodyless => Syntax is MethodDeclarationSyntax { Body: null, ExpressionBody: null };

    // The comparisons that were made already.
    internal Dictionary<GoFunc, Alignment> Alignments { get; } = [];

    private List<Token>? tokens;

    internal List<Token> Tokens => tokens ??= SharpSkeleton.Of(Syntax, Source.Model, Source.Identity, Source.Facts, Symbol);
}

// A source file of the port in one variant.
internal sealed partial class Source
{
    internal string Path { get; }
    internal SemanticModel Model { get; }
    internal Identity Identity { get; }
    internal Facts Facts { get; }
    internal SyntaxNode Root { get; }
    internal List<Method> Methods { get; } = [];
    internal List<(string Id, INamedTypeSymbol Symbol, BaseTypeDeclarationSyntax Syntax)> Types { get; } = [];

    // Static fields and properties, and the members of enums, with their packages.
    internal List<(string Package, ISymbol Symbol)> Values { get; } = [];

    // All markers; those of the head that speak of the whole file.
    internal List<Marker> Markers { get; } = [];
    internal List<Marker> Whole { get; } = [];

    private readonly SourceText text;

    internal Source(string path, SemanticModel model, SyntaxTree tree, Identity identity, Facts facts)
    {
        Facts = facts;
        Path = path;
        Model = model;
        Identity = identity;
        Root = tree.GetRoot();
        text = tree.GetText();
        FindMarkers();
        foreach (var m in Root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<BaseMethodDeclarationSyntax>())
        {
            if (model.GetDeclaredSymbol(m) is IMethodSymbol { MethodKind: not MethodKind.ExplicitInterfaceImplementation } symbol && identity.Of(symbol) is { } id)
            {
                Methods.Add(Make(m, symbol, id));
            }
        }
        foreach (var t in Root.DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<BaseTypeDeclarationSyntax>())
        {
            if (model.GetDeclaredSymbol(t) is INamedTypeSymbol { IsExtension: false } symbol && identity.Package(symbol) is { } package && Identity.TypePath(symbol) is not "" and var name)
            {
                Types.Add(($"{package}.{name}", symbol, t));
            }
            foreach (var member in Members(t))
            {
                if (model.GetDeclaredSymbol(member) is { IsStatic: true } value && identity.Package(value) is { } folder)
                {
                    Values.Add((folder, value));
                }
            }
        }
    }

    // What may be a constant.
    private static IEnumerable<SyntaxNode> Members(BaseTypeDeclarationSyntax t)
    {
        return t switch
        {
            EnumDeclarationSyntax e => e.Members,
            TypeDeclarationSyntax d => d.Members.SelectMany(m => m switch
            {
                FieldDeclarationSyntax f => f.Declaration.Variables,
                PropertyDeclarationSyntax p => [p],
                _ => (IEnumerable<SyntaxNode>)[],
            }),
            _ => [],
        };
    }

    private Method Make(BaseMethodDeclarationSyntax m, IMethodSymbol symbol, string id)
    {
        var (from, to) = (LineOf(m.SpanStart), LineOf(m.Span.End));
        var type = new List<Marker>();
        foreach (var t in m.Ancestors().OfType<TypeDeclarationSyntax>())
        {
            if (IsPackage(t))
            {
                continue;
            }
            type.AddRange(Over(t));
        }
        return new Method
        {
            Id = id,
            Symbol = symbol,
            Syntax = m,
            Source = this,
            Line = LineOf(m.ParameterList.SpanStart),
            EndLine = to,
            Body = [.. Markers.Where(k => k.Line >= from && k.Line <= to)],
            Above = Over(m),
            Type = type,
        };
    }

    // The class that stands for the package; another one, builtin, may share the file.
    private bool IsPackage(TypeDeclarationSyntax t) => Model.GetDeclaredSymbol(t) is INamedTypeSymbol s && Identity.IsPackageClass(s) && s.Name != "builtin";

    internal int LineOf(int position) => text.Lines.GetLineFromPosition(position).LineNumber + 1;

    // Over gives the markers in the comment directly above a declaration.
    internal List<Marker> Over(SyntaxNode n)
    {
        var first = LineOf(n.SpanStart);
        var top = first;
        while (top > 1 && text.Lines[top - 2].ToString().TrimStart() is { } above && above.StartsWith("//"))
        {
            top--;
        }
        return [.. Markers.Where(m => m.Line >= top && m.Line < first)];
    }

    // Mentions reports whether a marker of the file says something about a name.
    internal bool Mentions(string name) => Markers.Any(m => Regex.IsMatch(m.Text, $@"\b{Regex.Escape(name)}\b"));

    [GeneratedRegex(@"PORT\((\w+)\)")]
    private static partial Regex Pattern();

    private void FindMarkers()
    {
        foreach (var trivia in Root.DescendantTrivia(descendIntoTrivia: true))
        {
            if (!trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) && !trivia.IsKind(SyntaxKind.MultiLineCommentTrivia))
            {
                continue;
            }
            var comment = trivia.ToString();
            foreach (Match match in Pattern().Matches(comment))
            {
                var line = LineOf(trivia.SpanStart + match.Index);
                var (from, to) = Reach(trivia, line);
                var marker = new Marker(match.Groups[1].Value, line, from, to, Block(line));
                Markers.Add(marker);
                if (comment.Contains("Everything in it is PORT("))
                {
                    Whole.Add(marker);
                }
            }
        }
    }

    // Block is the text of the comment from the line of a marker on.
    private string Block(int line)
    {
        var lines = new List<string>();
        for (var i = line - 1; i < text.Lines.Count; i++)
        {
            var l = text.Lines[i].ToString();
            var at = l.IndexOf("//", StringComparison.Ordinal);
            if (at < 0 || i > line - 1 && l[..at].Trim() != "" || i > line - 1 && l.Contains("PORT("))
            {
                break;
            }
            lines.Add(l[(at + 2)..].Trim('/', ' '));
        }
        return string.Join(' ', lines);
    }

    // Reach: a comment speaks of the statement that follows it, or of the one on whose line it stands.
    private (int From, int To) Reach(SyntaxTrivia trivia, int line)
    {
        var token = trivia.Token;
        if (token.TrailingTrivia.Contains(trivia))
        {
            // behind a statement or a brace
            var node = token.Parent;
            while (node != null && node is not (StatementSyntax or MemberDeclarationSyntax or SwitchLabelSyntax))
            {
                node = node.Parent;
            }
            if (node == null || node is BlockSyntax or MemberDeclarationSyntax)
            {
                return (line, line);
            }
            return (LineOf(node.SpanStart), LineOf(node.Span.End));
        }
        // the outermost statement that begins with this token
        SyntaxNode? statement = null;
        for (var node = token.Parent; node != null && node.GetFirstToken() == token; node = node.Parent)
        {
            if (node is StatementSyntax or SwitchSectionSyntax or ElseClauseSyntax or CatchClauseSyntax or FinallyClauseSyntax)
            {
                statement = node;
            }
        }
        return statement == null ? (line, LineOf(token.SpanStart)) : (line, LineOf(statement.Span.End));
    }
}
