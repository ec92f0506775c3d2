using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace testrun;

/// <summary>Jobs, and the program as a whole.</summary>
[TestFixture]
public class main_test
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("testrun").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private static Job Shell(string name, string script, Func<string, Report>? results = null) => new(name, ["/bin/sh", "-c", script]) { Results = results };

    private List<Done> Run(int width, params Job[] jobs)
    {
        var all = new List<Done>();
        new Runner(folder, width, all.Add, _ => { }).Run(jobs);
        return all;
    }

    [Test]
    public void TestStatus()
    {
        var all = Run(1, Shell("good", "exit 0"), Shell("bad", "echo here; echo there >&2; exit 3"), Shell("killed", "kill -9 $$"), new Job("nonesuch", ["/nonesuch"]));
        Assert.That(all.Select(d => (d.Job.Name, d.Report.Failed)), Is.EqualTo(new[] { ("good", 0), ("bad", 1), ("killed", 1), ("nonesuch", 1) }));
        Assert.That(all[1].Report.Errors.Single(), Is.EqualTo("exit status 3"));
        Assert.That(File.ReadAllText(all[1].Log), Is.EqualTo("here\nthere\n"));
    }

    /// <summary>A reader that fails is a failure of the job.</summary>
    [Test]
    public void TestResults()
    {
        var all = Run(1, Shell("read", "echo 1", log => new([new(log.Trim(), Outcome.Passed)], [])), Shell("thrown", "", _ => throw new InvalidOperationException("bad results")));
        Assert.That(all[0].Report.Tests.Single().Name, Is.EqualTo("1"));
        Assert.That(all[1].Report.Errors, Is.EqualTo(new[] { "bad results" }));
    }

    /// <summary>What hangs is ended, with its children.</summary>
    [Test]
    public void TestLimit()
    {
        var d = Run(1, Shell("hung", "sleep 1000 & echo $!; wait") with { Limit = TimeSpan.FromMilliseconds(300) }).Single();
        Assert.That(d.Report.Errors.Single(), Does.StartWith("it did not end within"));
        var pid = File.ReadAllText(d.Log).Trim();
        Assert.That(() => File.Exists($"/proc/{pid}/stat") && File.ReadAllText($"/proc/{pid}/stat").Split(' ')[2] != "Z", Is.False.After(10_000, 10));
    }

    /// <summary>So many at a time, in order: each waits for the other.</summary>
    [Test]
    public void TestWidth()
    {
        Job Meet(string mine, string other) => Shell(mine, $"touch {folder}/{mine}; until [ -e {folder}/{other} ]; do sleep 0.01; done");
        Assert.That(Run(2, Meet("a", "b"), Meet("b", "a")).All(d => d.Report.Failed == 0));
        Assert.That(Run(1, Shell("first", $"test ! -e {folder}/c && touch {folder}/c"), Shell("second", $"test -e {folder}/c")).Select(d => d.Report.Failed), Is.EqualTo(new[] { 0, 0 }));
    }

    /// <summary>Those that run are named while they do.</summary>
    [Test]
    public void TestWaiting()
    {
        var told = new List<string>();
        void Waiting(IReadOnlyList<(Job Job, double)> running)
        {
            told.AddRange(running.Select(r => r.Job.Name));
            File.WriteAllText(Path.Combine(folder, "go"), "");
        }
        var runner = new Runner(folder, 1, _ => { }, Waiting) { Patience = TimeSpan.FromMilliseconds(20) };
        runner.Run([Shell("slow", $"until [ -e {folder}/go ]; do sleep 0.01; done")]);
        Assert.That(told, Does.Contain("slow"));
    }

    private void Write(string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string Root
    {
        get
        {
            var dir = TestContext.CurrentContext.TestDirectory;
            while (!File.Exists(Path.Combine(dir, "GoPort.sln")))
            {
                dir = Path.GetDirectoryName(dir)!;
            }
            return dir;
        }
    }

    /// <summary>Every project with tests is there: the port's in both configurations, the tools' in Release.</summary>
    [Test]
    public void TestJobs()
    {
        var jobs = Jobs.All(Root, isLong: true);
        var names = jobs.Select(j => j.Name).ToList();
        Assert.That(names, Is.Unique);
        var projects = Directory.EnumerateFiles(Root, "*_test.csproj", SearchOption.AllDirectories).Where(f => !f.StartsWith(Path.Combine(Root, "artifacts"))).ToList();
        Assert.That(projects, Has.Count.GreaterThan(10));
        foreach (var p in projects)
        {
            var name = Path.GetFileNameWithoutExtension(p);
            Assert.That(names, Does.Contain(name + " Release"));
            Assert.That(names.Contains(name + " Debug"), Is.EqualTo(!p.StartsWith(Path.Combine(Root, "tools")) || name == "difftest_test"), name);
        }
        Assert.That(names, Does.Contain("goindex_test Go"));
        Assert.That(jobs[0].Environment["GOTEST_SHORT"], Is.EqualTo("0"));
        Assert.That(Jobs.All(Root, isLong: false)[0].Environment["GOTEST_SHORT"], Is.EqualTo("1"));
    }

    private (int Status, string Output, string Error) Main_(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var o = new StringWriter();
        using var e = new StringWriter();
        try
        {
            Console.SetOut(o);
            Console.SetError(e);
            return (Program.Main([.. args, "--root", folder]), o.ToString(), e.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    /// <summary>A tree with a project that was not built, and one in Go that fails.</summary>
    [Test]
    public void TestMain()
    {
        Write("GoPort.sln", "");
        Write("p/p_test.csproj", "");
        var (status, output, _) = Main_("p_test");
        Assert.That(status, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("no results").And.EndWith("\n0 passed, 2 failed, 0 skipped\n"));
        Assert.That(Main_("--list").Output, Is.EqualTo("p_test Debug\np_test Release\nwhitespace\n"));
        Assert.That(Main_("nonesuch_test").Status, Is.EqualTo(2));
        Assert.That(Main_("--jobs", "0").Status, Is.EqualTo(2));
        Assert.That(Main_("--nonesuch").Status, Is.EqualTo(2));
        File.Delete(Path.Combine(folder, "GoPort.sln"));
        Assert.That(Main_(), Is.EqualTo((2, "", $"testrun: {folder}: no tree of the port there: no GoPort.sln\n")));
    }
}
