using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;
using common;

namespace testrun;

internal static class Program
{
    internal static int Main(string[] args)
    {
        var root = new Option<string?>("--root") { Description = "The tree; by default the one that the current folder is in." };
        var isLong = new Option<bool>("--long") { Description = "Tests that take long are not cut short or skipped." };
        var width = new Option<int>("--jobs") { Description = "How many run at a time; by default one more than there are CPUs, because many tests wait.", DefaultValueFactory = _ => Environment.ProcessorCount + 1 };
        var list = new Option<bool>("--list") { Description = "Print what would be run." };
        var names = new Argument<string[]>("NAME") { Description = "Projects, such as net_test; by default all.", Arity = ArgumentArity.ZeroOrMore };
        var command = new RootCommand("Runs the tests of the built tree, several projects at a time.") { root, isLong, width, list, names };
        command.SetAction(p => tool.Guard(() =>
        {
            var tree = Checkout.Find(p.GetValue(root));
            var jobs = Jobs.All(tree, p.GetValue(isLong));
            if (p.GetValue(names) is { Length: > 0 } only)
            {
                if (only.FirstOrDefault(n => jobs.All(j => j.Name.Split(' ')[0] != n)) is { } unknown)
                {
                    throw new InputException($"there is no project {unknown}; see --list");
                }
                jobs = [.. jobs.Where(j => only.Contains(j.Name.Split(' ')[0]))];
            }
            if (p.GetValue(list))
            {
                jobs.ForEach(j => Console.WriteLine(j.Name));
                return 0;
            }
            if (p.GetValue(width) < 1)
            {
                throw new InputException("--jobs is at least 1");
            }
            return Run(tree, jobs, p.GetValue(width), p.GetValue(isLong));
        }));
        return tool.Main(command, args);
    }

    private static readonly Tool tool = new("testrun");

    private static int Run(string root, List<Job> jobs, int width, bool isLong)
    {
        var folder = Jobs.Folder(root);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
        Console.WriteLine($"{jobs.Count} jobs, {width} at a time, {(isLong ? "long" : "short")}");
        var all = new List<Done>();
        var runner = new Runner(folder, width, done =>
        {
            all.Add(done);
            Print(done, all.Count, jobs.Count);
        }, running => Console.WriteLine("        running: " + string.Join(", ", running.Select(r => $"{r.Item1.Name} ({r.Item2:0} s)"))));
        // What it has started ends with it.
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => runner.Kill());
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => runner.Kill());
        var since = Stopwatch.StartNew();
        runner.Run(jobs);

        // The names, to compare one run with another.
        File.WriteAllLines(Path.Combine(folder, "names.txt"), all.SelectMany(d => d.Report.Tests).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal));
        File.WriteAllLines(Path.Combine(folder, "times.txt"), all.SelectMany(d => d.Report.Tests.Select(t => (d, t))).OrderByDescending(x => x.t.Seconds).Select(x => $"{x.t.Seconds,8:0.00} {x.d.Job.Name} {x.t.Name}"));
        foreach (var done in all.Where(d => d.Report.Failed > 0))
        {
            Console.WriteLine($"failed: {done.Job.Name}, see {Path.GetRelativePath(root, done.Log)}");
        }
        Console.WriteLine($"tests took {since.Elapsed.TotalSeconds:0} s");
        var (passed, failed, skipped) = (all.Sum(d => d.Report.Passed), all.Sum(d => d.Report.Failed), all.Sum(d => d.Report.Skipped));
        Console.WriteLine($"{passed} passed, {failed} failed, {skipped} skipped");
        return failed == 0 ? 0 : 1;
    }

    // What Short leaves out is only counted.
    private const string shortMode = "skipping in short mode";

    private static void Print(Done done, int n, int of)
    {
        var (r, counts) = (done.Report, "");
        if (done.Job.Results != null)
        {
            counts = $"{r.Passed,5} passed, {r.Failed} failed, {r.Skipped} skipped";
        }
        else
        {
            counts = r.Failed == 0 ? "ok" : "failed";
        }
        Console.WriteLine($"[{n,2}/{of}] {done.Job.Name,-32} {done.Seconds,6:0.0} s  {counts}");
        foreach (var t in r.Tests.Where(t => t.Outcome == Outcome.Failed))
        {
            Console.WriteLine($"  failed: {t.Name}\n{Indented(t.Message)}");
        }
        foreach (var e in r.Errors)
        {
            Console.WriteLine($"  failed: {done.Job.Name}\n{Indented(e)}");
        }
        if (r.Errors.Count > 0 && File.Exists(done.Log))
        {
            Console.WriteLine(Indented(string.Join('\n', File.ReadLines(done.Log).Where(l => l.Trim() != "").TakeLast(40))));
        }
        foreach (var g in r.Tests.Where(t => t.Outcome == Outcome.Skipped && t.Message != shortMode).GroupBy(t => t.Message.Split('\n')[0]))
        {
            Console.WriteLine($"  skipped: {string.Join(", ", g.Select(t => t.Name))}: {g.Key}");
        }
    }

    private static string Indented(string text) => string.Join('\n', text.Split('\n').Select(l => "    " + l.TrimEnd()));
}
