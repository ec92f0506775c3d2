using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace goport.analyzers;

// Runs an analyzer, and a fix, on members of a class that refers to the port as built. What must be reported
// stands between [| and |] and nothing else may be.
internal static class Verify
{
    // The namespace of the port.
    internal static readonly string Namespace = typeof(global::golang.runtime).Namespace!;

    private static readonly MetadataReference[] platform = [.. Platform().Select(p => MetadataReference.CreateFromFile(p))];

    private static readonly MetadataReference[] port = [.. Port().Select(p => MetadataReference.CreateFromFile(p))];

    // Nothing is to be downloaded.
    private static readonly ReferenceAssemblies none = new("net10.0");

    // What the sources here need of the platform.
    private static IEnumerable<string> Platform() =>
        new[] { "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Console", "System.Linq", "System.Memory", "System.Threading" }
            .Select(name => Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));

    private static IEnumerable<string> Port() =>
        new[] { typeof(global::golang.runtime), typeof(global::golang.net), typeof(global::golang.time), typeof(global::golang.sync), typeof(global::golang.atomic), typeof(global::golang.runtime_internal.atomic) }.Select(t => t.Assembly.Location);

    // Class puts members into a class that has functions which can park.
    internal static string Class(string members) =>
        $$"""
        namespace program
        {
            using System;
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading;
            using System.Threading.Tasks;
            using {{Namespace}};
            using static {{Namespace}}.builtin;

            interface I
            {
                go m();
                void n();
            }

            partial class C
            {
                static go f() => default;
                static go<int> g() => default;
                static void use(int i) { }
                static void keep(go g) { }
                static Func<go> fn = f;
        {{members}}
            }
        }
        """;

    internal static Task Analyzer<TAnalyzer>(string members) where TAnalyzer : DiagnosticAnalyzer, new() => Source<TAnalyzer>(Class(members));

    internal static Task Source<TAnalyzer>(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary, params (string Name, string Text)[] files) where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = source, ReferenceAssemblies = none };
        test.TestState.OutputKind = kind;
        test.TestState.AdditionalReferences.AddRange(platform.Concat(port));
        test.TestState.AdditionalFiles.AddRange(files.Select(f => (f.Name, Microsoft.CodeAnalysis.Text.SourceText.From(f.Text))));
        return test.RunAsync();
    }

    // Runtime compiles the source as the assembly of that name, without the real one.
    internal static Task Runtime<TAnalyzer>(string source, string assembly = "runtime") where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CSharpAnalyzerTest<TAnalyzer, DefaultVerifier> { TestCode = source, ReferenceAssemblies = none };
        test.TestState.AdditionalReferences.AddRange(platform);
        test.SolutionTransforms.Add((solution, project) => solution.WithProjectAssemblyName(project, assembly));
        return test.RunAsync();
    }

    internal static Task Fix<TAnalyzer, TFix>(string title, string before, string after) where TAnalyzer : DiagnosticAnalyzer, new() where TFix : CodeFixProvider, new()
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier> { TestCode = Class(before), FixedCode = Class(after), CodeActionEquivalenceKey = title, ReferenceAssemblies = none };
        test.TestState.AdditionalReferences.AddRange(platform.Concat(port));
        // What a fix makes may be wrong elsewhere, where the function is called: those are the next to be mended.
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        test.CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck;
        return test.RunAsync();
    }

    // NoFix: the fix does not offer itself.
    internal static Task NoFix<TAnalyzer, TFix>(string title, string members) where TAnalyzer : DiagnosticAnalyzer, new() where TFix : CodeFixProvider, new() => Fix<TAnalyzer, TFix>(title, members, members);
}
