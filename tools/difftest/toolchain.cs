using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using common;

namespace difftest;

/// <summary>The Go that builds one side, and the strace that looks at both.</summary>
/// <param name="Go">The go command.</param>
/// <param name="Version">Its release.</param>
/// <param name="Strace">strace, or null if there is none or it may not trace.</param>
/// <param name="NoStrace">Why there is none.</param>
internal sealed record Toolchain(string Go, Version Version, string? Strace, string? NoStrace)
{
    /// <summary>The release that the port follows.</summary>
    internal static readonly Version Reference = new(1, 20);

    /// <summary>What Go's system calls were before a release: applied to the histories of descriptors, line by line as they are shown.</summary>
    internal Change[] Changes { get; init; } = [];

    /// <summary>What the go command says of itself.</summary>
    internal string Release { get; init; } = "";

    /// <summary>Looks for the tools.</summary>
    /// <param name="root">The tree, with testdata/go1.20/changes.json.</param>
    /// <param name="go">A go command or a GOROOT; null for the one on PATH.</param>
    /// <param name="missing">What is missing, if the result is null.</param>
    internal static Toolchain? Find(string root, string? go, out string missing)
    {
        missing = "";
        if (go != null && Directory.Exists(go))
        {
            go = Path.Combine(go, "bin", "go");
        }
        go = go == null ? Child.Which("go") : go.Contains('/') ? File.Exists(go) ? Path.GetFullPath(go) : null : Child.Which(go);
        if (go == null)
        {
            missing = "there is no Go toolchain on PATH";
            return null;
        }
        var r = Child.Run(new Start(go, ["version"]), TimeSpan.FromMinutes(1));
        var m = Regex.Match(r.Stdout, @"^go version (?:devel )?go(\d+)\.(\d+)");
        if (r.Status != 0 || !m.Success)
        {
            missing = $"{go} version says: {r.Stdout}{r.Stderr}".TrimEnd();
            return null;
        }
        var version = new Version(int.Parse(m.Groups[1].Value), int.Parse(m.Groups[2].Value));
        var strace = Child.Which("strace");
        var without = strace == null ? "strace is not installed" : null;
        if (strace != null && Child.Run(new Start(strace, ["-f", "-o", "/dev/null", "/bin/true"]), TimeSpan.FromMinutes(1)) is { Status: not 0 } probe)
        {
            (strace, without) = (null, "strace cannot trace here: " + probe.Stderr.TrimEnd());
        }
        return new Toolchain(go, version, strace, without) { Release = r.Stdout, Changes = Pair.ReadChanges(Path.Combine(root, "testdata", "go1.20", "changes.json")) };
    }
}

/// <summary>The two programs of a pair, built.</summary>
/// <param name="Go">The program that Go built.</param>
/// <param name="CSharp">The program that the .NET SDK built.</param>
internal sealed record Programs(string Go, string CSharp)
{
    /// <summary>Builds the Go side, and the C# side if asked for.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="name">The pair.</param>
    /// <param name="tools">The Go toolchain.</param>
    /// <param name="configuration">Debug or Release.</param>
    /// <param name="build">Whether to build the C# side; otherwise it must be there.</param>
    internal static Programs Build(string root, string name, Toolchain tools, string configuration, bool build)
    {
        var go = BuildGo(root, Path.Combine(root, "testdata", name, "main.go"), name, tools);
        if (build)
        {
            var r = Child.Run(new Start("dotnet", ["build", Path.Combine(root, "testdata", name, name + ".csproj"), "-c", configuration, "-v", "quiet", "-nologo", "-nodeReuse:false"]), TimeSpan.FromMinutes(10));
            if (r.Status != 0)
            {
                throw new InputException($"dotnet build of {name} failed:\n{r.Stdout}{r.Stderr}");
            }
        }
        var cs = Path.Combine(root, "artifacts", "bin", name, configuration.ToLowerInvariant(), name);
        if (!File.Exists(cs))
        {
            throw new InputException($"{cs} is not there; build the solution first");
        }
        return new Programs(go, cs);
    }

    /// <summary>Builds one Go file, unless it is built.</summary>
    internal static string BuildGo(string root, string source, string name, Toolchain tools)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts", "difftest", $"go{tools.Version}")).FullName;
        var go = Path.Combine(folder, name);
        // What it was built from stands beside it.
        var testdata = Path.Combine(root, "testdata");
        var shared = Directory.EnumerateFiles(Path.Combine(testdata, "transcript"), "*.go").Order(StringComparer.Ordinal);
        var (from, stamp) = (go + ".from", Kept.Hash([tools.Go, tools.Release, .. shared.Append(source).Select(File.ReadAllText)]));
        if (File.Exists(go) && File.Exists(from) && File.ReadAllText(from) == stamp)
        {
            return go;
        }
        // Under a name of its own first: two builds at once do not meet.
        var temp = $"{go}.{Guid.NewGuid():N}";
        // In the module of testdata, so that what is above the tree has no say. It needs no other module.
        var r = Child.Run(new Start(tools.Go, ["build", "-buildvcs=false", "-o", temp, source],
            new()
            {
                ["GO111MODULE"] = "on",
                ["GOWORK"] = "off",
                ["GOPROXY"] = "off",
                ["GOFLAGS"] = "",
                ["CGO_ENABLED"] = "0",
                ["GOCACHE"] = Path.Combine(root, "artifacts", "difftest", "gocache"),
            }, testdata), TimeSpan.FromMinutes(10));
        if (r.Status != 0)
        {
            throw new InputException($"go build of {source} failed:\n{r.Stdout}{r.Stderr}");
        }
        File.Delete(from);
        File.Move(temp, go, overwrite: true);
        File.WriteAllText(from, stamp);
        return go;
    }
}
