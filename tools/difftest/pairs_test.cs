using System.Collections.Generic;
using System.IO;
using System.Linq;
using common;

[assembly: LevelOfParallelism(3)]

namespace difftest;

/// <summary>What the tests share: the tree, the tools, the configuration.</summary>
internal static class Here
{
    internal static readonly string Root = Checkout.Above(AppContext.BaseDirectory);

    // That of the C# side: DIFFTEST_CONFIGURATION, or that of the tests.
    internal static readonly string Configuration = Environment.GetEnvironmentVariable("DIFFTEST_CONFIGURATION") is { Length: > 0 } configuration ? configuration
        : Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)) == "debug" ? "Debug" : "Release";

    // DIFFTEST_KEPT is a folder for what Go's side leaves, which is then the same for both configurations.
    internal static readonly Kept? Kept = Environment.GetEnvironmentVariable("DIFFTEST_KEPT") is { Length: > 0 } folder ? new Kept(folder) : null;

    private static readonly Lazy<(Toolchain? tools, string missing)> tools = new(() => (Toolchain.Find(Root, null, out var missing), missing));

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

/// <summary>Each pair of testdata. They wait most of the time, for deadlines and for each other, so several run at once.</summary>
[TestFixture, Parallelizable(ParallelScope.Children)]
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
        Assert.That(string.Join("\n", new Runner(tools) { Kept = Here.Kept }.Run(pair, programs)), Is.Empty);
    }

    /// <summary>200 random scripts.</summary>
    [Test]
    public void TestRandom()
    {
        var tools = Here.Tools(strace: false);
        var programs = Programs.Build(Here.Root, Fuzzer.Pair, tools, Here.Configuration, build: false);
        Assert.That(string.Join("\n", new Fuzzer(programs).Run([.. Enumerable.Range(1, 200).Select(RandomScript.New)])), Is.Empty);
    }
}
