using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace goport.analyzers;

// GOPORT001: a marker PORT(id) in a comment whose id has no entry in PORTING.md or docs/deviations.md, which the
// build hands over as additional files. Without them the rule says nothing. The rest of what is asked of markers
// is portcheck's.
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MarkerAnalyzer : DiagnosticAnalyzer
{
    private const string Marker = "PORT(";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.Marker];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(start =>
        {
            if (Entries(start.Options.AdditionalFiles, start.CancellationToken) is { } entries)
            {
                start.RegisterSyntaxTreeAction(c => Analyze(c, entries));
            }
        });
    }

    private static HashSet<string>? Entries(ImmutableArray<AdditionalText> files, CancellationToken cancel)
    {
        HashSet<string>? entries = null;
        foreach (var file in files)
        {
            var name = Path.GetFileName(file.Path);
            if (name is not ("PORTING.md" or "deviations.md") || file.GetText(cancel) is not { } text)
            {
                continue;
            }
            entries ??= [];
            // In PORTING.md the list is a section; the other file is the list.
            var list = name == "deviations.md";
            foreach (var line in text.Lines)
            {
                var s = text.ToString(line.Span);
                if (s.StartsWith("## ", StringComparison.Ordinal) && name == "PORTING.md")
                {
                    list = s == "## Deviations";
                }
                if (list && s.StartsWith("- **", StringComparison.Ordinal) && s.IndexOf("**: ", 4, StringComparison.Ordinal) is > 4 and var end)
                {
                    entries.Add(s.Substring(4, end - 4));
                }
            }
        }
        return entries;
    }

    private static void Analyze(SyntaxTreeAnalysisContext context, HashSet<string> entries)
    {
        var text = context.Tree.GetText(context.CancellationToken).ToString();
        for (var at = text.IndexOf(Marker, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Marker, at + 1, StringComparison.Ordinal))
        {
            var start = at + Marker.Length;
            var end = start;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }
            if (end == start || end == text.Length || text[end] != ')')
            {
                continue;
            }
            var id = text.Substring(start, end - start);
            if (entries.Contains(id))
            {
                continue;
            }
            // Only now is it worth finding out whether it stands in a comment.
            var trivia = context.Tree.GetRoot(context.CancellationToken).FindTrivia(at);
            if (trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rules.Marker, Location.Create(context.Tree, TextSpan.FromBounds(at, end + 1)), id));
            }
        }
    }
}
