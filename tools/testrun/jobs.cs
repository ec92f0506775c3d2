using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace testrun;

/// <summary>What there is to run in a tree.</summary>
internal static class Jobs
{
    // What takes longest begins first; the rest is over before they are. Of these portcheck computes all the time,
    // the pairs of difftest wait most of it; in Debug they use what Go's side left in Release.
    private static readonly string[] slowest =
    [
        "portcheck_test Release", "difftest_test Release", "net_test Debug", "runtime_test Debug", "net_test Release", "runtime_test Release",
        "difftest_test Debug", "bench_test Release",
    ];

    /// <summary>The folder for results and what is printed.</summary>
    internal static string Folder(string root) => Path.Combine(root, "artifacts", "testrun");

    /// <summary>
    /// The port's tests in Debug and in Release, those of the tools in Release: their own code is the same in both.
    /// The pairs of difftest are programs of the port, so they are run in both.
    /// </summary>
    internal static List<Job> All(string root, bool isLong)
    {
        var jobs = new List<Job>();
        foreach (var project in Files(root, "*_test.csproj"))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            if (project.StartsWith("tools/"))
            {
                jobs.Add(VSTest(root, name, "Release", isLong));
            }
            else
            {
                jobs.AddRange([VSTest(root, name, "Debug", isLong), VSTest(root, name, "Release", isLong)]);
            }
        }
        if (jobs.Exists(j => j.Name == "difftest_test Release"))
        {
            jobs.Add(VSTest(root, "difftest_test", "Debug", isLong, "Release", "--filter", "FullyQualifiedName~difftest.pairs_test"));
            var kept = Path.Combine(Folder(root), "kept");
            foreach (var j in jobs.Where(j => j.Name.StartsWith("difftest_test ")))
            {
                j.Environment["DIFFTEST_KEPT"] = kept;
                j.Environment["DIFFTEST_CONFIGURATION"] = j.Name.Split(' ')[1];
            }
        }
        foreach (var mod in Files(root, "go.mod"))
        {
            var folder = Path.GetDirectoryName(Path.Combine(root, mod))!;
            if (Directory.EnumerateFiles(folder, "*_test.go").Any(f => File.ReadAllText(f).Contains("\nfunc Test")))
            {
                jobs.Add(new Job(Path.GetFileName(folder) + "_test Go", ["go", "test", "-count=1", "-json", "./..."])
                {
                    Folder = folder,
                    Environment = { ["GOFLAGS"] = "", ["GOCACHE"] = Path.Combine(root, "artifacts", "difftest", "gocache") },
                    Results = log => Report.Go(log.Split('\n')),
                });
            }
        }
        // The build has looked at style and layout of what it compiled; this looks at every file, and at ends of lines and files.
        jobs.Add(new Job("whitespace", ["dotnet", "format", "whitespace", root, "--folder", "--exclude", "artifacts/", "--verify-no-changes"]));
        return [.. jobs.OrderBy(j => Array.IndexOf(slowest, j.Name) is var i and >= 0 ? i : slowest.Length)];
    }

    private static IEnumerable<string> Files(string root, string pattern) =>
        Directory.EnumerateFiles(root, pattern, SearchOption.AllDirectories).Select(f => Path.GetRelativePath(root, f)).Where(f => !f.StartsWith("artifacts/")).Order(StringComparer.Ordinal);

    private static string Trx(string root, string name, string configuration) => Path.Combine(Folder(root), $"{name}.{configuration}.trx");

    private static Job VSTest(string root, string name, string configuration, bool isLong, string? built = null, params string[] more)
    {
        var dll = Path.Combine(root, "artifacts", "bin", name, (built ?? configuration).ToLowerInvariant(), name + ".dll");
        var trx = Trx(root, name, configuration);
        return new Job($"{name} {configuration}",
        [
            "dotnet", "test", dll, "--nologo", "--logger", "trx;LogFileName=" + Path.GetFileName(trx), "--results-directory", Folder(root),
            "--blame-hang-timeout", isLong ? "10m" : "5m", "--blame-hang-dump-type", "none", .. more,
        ])
        {
            Environment = { ["GOTEST_SHORT"] = isLong ? "0" : "1", ["DOTNET_NOLOGO"] = "1" },
            Limit = TimeSpan.FromMinutes(isLong ? 40 : 20),
            Results = _ => Report.Trx(trx),
        };
    }
}
