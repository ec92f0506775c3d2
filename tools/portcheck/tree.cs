using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using common;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace portcheck;

// A way to compile the tree: as a Debug or Release build, for one architecture.
internal sealed record Variant(string Configuration, string Goarch)
{
    internal static readonly Variant Debug = new("Debug", "amd64");
    internal static readonly Variant Release = new("Release", "amd64");
    internal static readonly Variant Arm64 = new("Debug", "arm64");
}

// The sources of the port, compiled in memory as MSBuild would.
internal sealed class Tree
{
    private static readonly string[] notPackages = ["artifacts", "testing", "tools", "testdata", ".git"];

    private readonly Dictionary<(string, Variant), CSharpCompilation> compilations = [];
    private readonly Dictionary<string, string> projects = []; // project file -> its folder below the root
    private readonly ImmutableArray<MetadataReference> framework;
    private readonly XElement props;

    internal string Root { get; }

    // The folders of the port's packages.
    internal IReadOnlyList<string> Packages { get; }

    internal Tree(string root)
    {
        Root = Path.GetFullPath(root);
        var file = Path.Combine(Root, "Directory.Build.props");
        if (!File.Exists(file))
        {
            throw new InputException($"{Root}: no tree of the port there: no Directory.Build.props");
        }
        props = Xml(file);
        foreach (var project in Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories))
        {
            var folder = Path.GetRelativePath(Root, Path.GetDirectoryName(project)!).Replace('\\', '/');
            if (!project.EndsWith("_test.csproj") && !notPackages.Contains(folder.Split('/')[0]))
            {
                projects[project] = folder;
            }
        }
        if (projects.Count == 0)
        {
            throw new InputException($"{Root}: no tree of the port there: no package with a project file");
        }
        Packages = [.. projects.Values.Order(StringComparer.Ordinal)];
        var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        var core = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        framework = [.. trusted.Split(Path.PathSeparator).Where(a => Path.GetDirectoryName(a) == core).Select(a => (MetadataReference)MetadataReference.CreateFromFile(a))];
    }

    // Compilation is the package in the folder as the variant builds it.
    internal CSharpCompilation Compilation(string package, Variant variant)
    {
        var project = projects.Single(p => p.Value == package).Key;
        return Compile(project, variant, []);
    }

    // Changed gives the model of a file that has another text than when it was compiled.
    internal SemanticModel Changed(Compilation compilation, SyntaxTree old, out SyntaxTree tree)
    {
        tree = CSharpSyntaxTree.ParseText(File.ReadAllText(old.FilePath), (CSharpParseOptions)old.Options, old.FilePath);
        var model = compilation.ReplaceSyntaxTree(old, tree).GetSemanticModel(tree);
        Errors(model.GetDiagnostics(), "");
        return model;
    }

    private void Errors(ImmutableArray<Diagnostic> diagnostics, string variant)
    {
        foreach (var d in diagnostics)
        {
            if (d.Severity == DiagnosticSeverity.Error)
            {
                var at = d.Location.GetLineSpan();
                throw new InputException($"{Relative(at.Path)}:{at.StartLinePosition.Line + 1}: {d.GetMessage()} ({d.Id}){variant}; portcheck needs sources that compile");
            }
        }
    }

    // Relative is a path below the root, with slashes.
    internal string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private CSharpCompilation Compile(string project, Variant variant, List<string> users)
    {
        if (compilations.TryGetValue((project, variant), out var done))
        {
            return done;
        }
        if (users.Contains(project))
        {
            throw new InputException($"{Relative(project)}: it refers to itself, by way of {string.Join(", ", users.Select(Relative))}");
        }
        var folder = Path.GetDirectoryName(project)!;
        var xml = Xml(project);
        var references = new List<MetadataReference>(framework);
        var seen = new HashSet<string>();
        void Refer(string user, XElement x)
        {
            foreach (var reference in x.Descendants("ProjectReference"))
            {
                var used = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(user)!, ((string)reference.Attribute("Include")!).Replace('\\', '/')));
                if (seen.Add(used))
                {
                    references.Add(Compile(used, variant, [.. users, project]).ToMetadataReference());
                    Refer(used, Xml(used)); // references are passed on
                }
            }
        }
        Refer(project, xml);

        string[] symbols = variant.Configuration == "Debug" ? ["DEBUG", "TRACE"] : ["TRACE", "RELEASE"];
        var options = new CSharpParseOptions(LanguageVersion.CSharp14, DocumentationMode.None, preprocessorSymbols: symbols);
        var trees = new List<SyntaxTree> { CSharpSyntaxTree.ParseText(Usings(xml), options, Path.Combine(folder, "obj.usings.cs")) };
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            if (name.EndsWith("_test.cs") || (name.EndsWith("_amd64.cs") || name.EndsWith("_arm64.cs")) && !name.EndsWith($"_{variant.Goarch}.cs"))
            {
                continue;
            }
            trees.Add(CSharpSyntaxTree.ParseText(File.ReadAllText(file), options, file));
        }
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(project),
            trees,
            references,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: variant.Configuration == "Debug" ? OptimizationLevel.Debug : OptimizationLevel.Release,
                allowUnsafe: true,
                nullableContextOptions: NullableContextOptions.Enable,
                warningLevel: 0));
        compilations[(project, variant)] = compilation;
        Errors(compilation.GetDiagnostics(), $" as {variant.Configuration}, {variant.Goarch}");
        return compilation;
    }

    // Usings is the file of global usings that the SDK makes of the Using items.
    private string Usings(XElement project)
    {
        var lines = new List<string>();
        foreach (var item in props.Descendants("Using").Concat(project.Descendants("Using")))
        {
            var name = (string?)item.Attribute("Include");
            if (name == null || name == "NUnit.Framework")
            {
                continue;
            }
            var alias = (string?)item.Attribute("Alias");
            lines.Add(alias == null ? $"global using {name};" : $"global using {alias} = global::{name};");
        }
        return string.Join('\n', lines);
    }

    private XElement Xml(string file)
    {
        try
        {
            return XElement.Load(file);
        }
        catch (Exception e) when (e is IOException or System.Xml.XmlException)
        {
            throw new InputException($"{Relative(file)}: {e.Message}");
        }
    }
}
