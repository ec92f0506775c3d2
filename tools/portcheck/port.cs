using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace portcheck;

// Everything that is read: the port's sources and the facts about Go's.
internal sealed class Port
{
    internal Tree Tree { get; }
    internal Index Index { get; }

    internal Facts Facts { get; }
    private readonly Dictionary<string, Source> sources = [];
    private readonly Dictionary<string, List<Method>> methods = [];

    private readonly Dictionary<string, List<(Source Source, INamedTypeSymbol Symbol, BaseTypeDeclarationSyntax Syntax)>> types = [];
    private readonly Dictionary<(string Package, string Name), List<(Source Source, ISymbol Symbol)>> values = [];

    private readonly Dictionary<SyntaxTree, SemanticModel> models = [];

    internal Pending Pending { get; }
    internal Constants Constants { get; }

    internal IReadOnlyDictionary<string, Source> Sources => sources;

    internal Port(string root)
    {
        Tree = new Tree(root);
        Index = Index.Read(Path.Combine(Tree.Root, Index.Path));
        Facts = new Facts(Index);
        Pending = Pending.Read(Tree.Root);
        Constants = new Constants(Model);
        foreach (var package in Tree.Packages)
        {
            Read(package, Variant.Debug);
        }
        // Files that only another build compiles.
        foreach (var package in Tree.Packages)
        {
            var folder = Path.Combine(Tree.Root, package);
            if (Directory.EnumerateFiles(folder, "*.cs").Any(f => !f.EndsWith("_test.cs") && File.ReadLines(f).Any(l => l.StartsWith("#if !DEBUG"))))
            {
                Read(package, Variant.Release);
            }
            if (Directory.EnumerateFiles(folder, "*_arm64.cs").Any())
            {
                Read(package, Variant.Arm64);
            }
        }
        Collect();
    }

    // The same tree when one of its files has changed. What refers to that file is not compiled again.
    private Port(Port port, string changed)
    {
        Tree = port.Tree;
        Index = port.Index;
        Facts = port.Facts;
        Pending = Pending.Read(Tree.Root);
        Constants = new Constants(Model);
        sources = new Dictionary<string, Source>(port.sources);
        if (sources.TryGetValue(changed, out var old))
        {
            sources[changed] = new Source(changed, Tree.Changed(old.Model.Compilation, old.Root.SyntaxTree, out var tree), tree, new Identity(Tree), Facts);
        }
        Collect();
    }

    internal Port Changed(string path) => new(this, path);

    private void Collect()
    {
        foreach (var source in sources.Values)
        {
            models[source.Root.SyntaxTree] = source.Model;
            foreach (var m in source.Methods)
            {
                Add(methods, m.Id, m);
            }
            foreach (var (id, symbol, syntax) in source.Types)
            {
                Add(types, id, (source, symbol, syntax));
            }
            foreach (var (package, symbol) in source.Values)
            {
                Add(values, (package, symbol.Name), (source, symbol));
            }
        }
    }

    private static void Add<K, V>(Dictionary<K, List<V>> lists, K key, V value) where K : notnull
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists[key] = list = [];
        }
        list.Add(value);
    }

    // The parts of a type.
    internal IReadOnlyList<(Source Source, INamedTypeSymbol Symbol, BaseTypeDeclarationSyntax Syntax)> Types(string id) => types.GetValueOrDefault(id) ?? [];

    // What may be a constant of Go's: constants, readonly fields, members of enums, anywhere in the package.
    internal IReadOnlyList<(Source Source, ISymbol Symbol)> Values(string package, string name) => values.GetValueOrDefault((package, name)) ?? [];

    private SemanticModel Model(SyntaxTree tree) => models[tree];

    // Methods are those of an id, overloads, and the same function in files for other builds.
    internal IReadOnlyList<Method> Methods(string id) => methods.GetValueOrDefault(id) ?? [];

    private void Read(string package, Variant variant)
    {
        var compilation = Tree.Compilation(package, variant);
        var identity = new Identity(Tree);
        foreach (var tree in compilation.SyntaxTrees)
        {
            var path = Tree.Relative(tree.FilePath);
            if (path.EndsWith("/obj.usings.cs"))
            {
                continue;
            }
            if (sources.TryGetValue(path, out var known) && (known.Methods.Count > 0 || variant == Variant.Arm64))
            {
                continue;
            }
            sources[path] = new Source(path, compilation.GetSemanticModel(tree), tree, identity, Facts);
        }
    }
}
