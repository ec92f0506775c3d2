using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace difftest;

/// <summary>What the tests share: the tree, the tools, the configuration.</summary>
internal static class Here
{
    internal static readonly string Root = Program.Find(FindRoot());

    internal static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) == "debug" ? "Debug" : "Release";

    private static readonly Lazy<(Toolchain? tools, string missing)> tools = new(() => (Toolchain.Find(Root, null, out var missing), missing));

    // The tests run in artifacts/bin/difftest_test/CONFIGURATION.
    private static string FindRoot() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    /// <summary>The tools; a test is skipped where there are none.</summary>
    internal static Toolchain Tools(bool strace)
    {
        if (tools.Value.tools is not { } t)
        {
            Assert.Ignore(tools.Value.missing);
            throw new InvalidOperationException();
        }
        if (strace && t.NoStrace != null)
        {
            Assert.Ignore(t.NoStrace);
        }
        return t;
    }
}

/// <summary>Each pair of testdata.</summary>
[TestFixture]
public class pairs_test
{
    private static IEnumerable<string> Names => Pair.All(Here.Root).Select(p => p.Name);

    /// <summary>The two programs cannot be told apart.</summary>
    [TestCaseSource(nameof(Names))]
    public void TestPair(string name)
    {
        var tools = Here.Tools(strace: true);
        var pair = Pair.All(Here.Root).Single(p => p.Name == name);
        var programs = Programs.Build(Here.Root, name, tools, Here.Configuration, build: false);
        Assert.That(string.Join("\n", new Runner(tools).Run(pair, programs)), Is.Empty);
    }

    /// <summary>200 random scripts.</summary>
    [Test]
    public void TestRandom()
    {
        var tools = Here.Tools(strace: false);
        var programs = Programs.Build(Here.Root, Differential.Pair, tools, Here.Configuration, build: false);
        Assert.That(string.Join("\n", new Differential(programs).Run([.. Enumerable.Range(1, 200).Select(Generator.New)])), Is.Empty);
    }
}
