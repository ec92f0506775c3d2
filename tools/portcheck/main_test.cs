using System.IO;
using System.Linq;
using static portcheck.Small;

namespace portcheck;

// The program as a whole: what it prints, and its exit status.
[NonParallelizable]
internal sealed class MainTest
{
    private const string source = """
        namespace golang;
        public static partial class p
        {
            internal static void f()
            {
                g();
            }

            internal static void g()
            {
            }
        }
        """;

    private static Small Tree() => new(source, Func("f", 3, List(Call("g"))), Func("g", 7, List()));

    private static (int Status, string Output, string Error) Run(params string[] args)
    {
        var (output, error) = (Console.Out, Console.Error);
        using var o = new StringWriter();
        using var e = new StringWriter();
        try
        {
            Console.SetOut(o);
            Console.SetError(e);
            var status = Program.Main(args);
            return (status, o.ToString(), e.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }
    }

    [Test]
    public void TestClean()
    {
        using var tree = Tree();
        Assert.That(Run("table", "--write", "--root", tree.Root).Status, Is.Zero);
        var (status, output, _) = Run("--root", tree.Root);
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.Zero, output);
            Assert.That(output, Does.Contain("no difference without a marker"));
            Assert.That(output, Does.Match(@"(?m)^p/p\.go +2/2 +1/1 +2/2 100\.0 % +complete"));
        });
        Assert.That(Run("check", "--root", tree.Root).Output, Is.EqualTo(output));
    }

    [Test]
    public void TestDifference()
    {
        using var tree = Tree();
        Run("table", "--write", "--root", tree.Root);
        File.WriteAllText(tree.Source, source.Replace("        g();\n", ""));
        var list = Path.Combine(tree.Root, "list");
        var (status, output, _) = Run("check", "--root", tree.Root, "--list", list);
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(1));
            Assert.That(output, Does.Contain("p/p.cs:4: f: missing: call p.g (p/p.go:1). Write it as Go has it, or mark it with PORT(id) there."));
            Assert.That(output, Does.Contain("the table of files is stale"));
            Assert.That(File.ReadAllLines(list), Is.EqualTo(new[] { "p/p.cs:4 f body 1", "PORTING.md:9 Files table 1", "2 unexplained differences" }));
        });
        Run("table", "--write", "--root", tree.Root);
        tree.Write("PORTING.md", File.ReadAllText(Path.Combine(tree.Root, "PORTING.md")).Replace("## Files", "- **x**: left out.\n\n## Files"));
        File.WriteAllText(tree.Source, source.Replace("        g();\n", "        // PORT(x): g\n"));
        Assert.That(Run("--root", tree.Root).Status, Is.Zero);
    }

    [Test]
    public void TestDiff()
    {
        using var tree = Tree();
        File.WriteAllText(tree.Source, source.Replace("        g();\n", "        f();\n"));
        var (status, output, _) = Run("diff", "p/p.cs:f", "--root", tree.Root);
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.Zero);
            Assert.That(output, Does.Match(@"(?m)^< +1 call p\.g$").And.Match(@"(?m)^> +6 call p\.f$"));
        });
        Assert.That(Run("diff", "p/p.go", "--root", tree.Root).Output, Is.EqualTo(output), "all that differ");
        var unknown = Run("diff", "p/p.cs:nonesuch", "--root", tree.Root);
        Assert.That((unknown.Status, unknown.Error), Is.EqualTo((2, "portcheck: p/p.cs:nonesuch: no such function on both sides\n")));
    }

    private static void Bad(Small tree, params string[] words)
    {
        var (status, output, error) = Run("check", "--root", tree.Root);
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(2), output);
            Assert.That(error, Does.StartWith("portcheck: "));
            Assert.That(error.Split('\n'), Has.Length.EqualTo(2), "one line");
            foreach (var word in words)
            {
                Assert.That(error, Does.Contain(word));
            }
        });
    }

    [Test]
    public void TestNoTree()
    {
        var (status, _, error) = Run("check", "--root", "/nonesuch");
        Assert.That((status, error), Is.EqualTo((2, "portcheck: /nonesuch: no tree of the port there: no GoPort.sln\n")));
        using var tree = Tree();
        File.Delete(Path.Combine(tree.Root, "p/p.csproj"));
        Bad(tree, "no tree of the port there: no package with a project file");
    }

    [Test]
    public void TestNoIndex()
    {
        using var tree = Tree();
        File.Delete(Path.Combine(tree.Root, Index.Path));
        Bad(tree, "index.json: no index of the reference can be read there");
    }

    [Test]
    public void TestOtherIndex()
    {
        using var tree = Tree();
        var path = Path.Combine(tree.Root, Index.Path);
        var text = File.ReadAllText(path);
        File.WriteAllText(path, text.Replace("\"format\":1", "\"format\":2"));
        Bad(tree, "format 2, but this portcheck reads format 1", "tools/goindex");
        File.WriteAllText(path, text.Replace("go1.20", "go1.21"));
        Bad(tree, "an index of \"go1.21\", but the port's reference is go1.20");
        File.WriteAllText(path, "[]");
        Bad(tree, "not an index of tools/goindex");
        File.WriteAllText(path, text[..^1]);
        Bad(tree, "not an index of tools/goindex");
    }

    [Test]
    public void TestSourceThatDoesNotParse()
    {
        using var tree = Tree();
        File.WriteAllText(tree.Source, source.Replace("g();", "g(;"));
        Bad(tree, "p/p.cs:6: ", "CS1026", "portcheck needs sources that compile");
        File.WriteAllText(tree.Source, source.Replace("g();", "nonesuch();"));
        Bad(tree, "p/p.cs:6: ", "nonesuch", "CS0103");
    }

    [Test]
    public void TestBadProject()
    {
        using var tree = Tree();
        tree.Write("p/p.csproj", "<Project>");
        Bad(tree, "p/p.csproj: ");
        tree.Write("p/p.csproj", "<Project><ItemGroup><ProjectReference Include=\"../q/q.csproj\" /></ItemGroup></Project>");
        Bad(tree, "q/q.csproj: ");
    }

    [Test]
    public void TestNoPorting()
    {
        using var tree = Tree();
        File.Delete(Path.Combine(tree.Root, "PORTING.md"));
        Bad(tree, "PORTING.md: the list of deviations is not there");
    }

    [Test]
    public void TestBadPending()
    {
        using var tree = Tree();
        tree.Write(Pending.Path, "p/p.go\n");
        Bad(tree, "pending.txt:1: want FILE: REASON");
        tree.Write(Pending.Path, "p/p.go: later\np/p.go: later\n");
        Bad(tree, "pending.txt:2: p/p.go is listed twice");
        tree.Write(Pending.Path, "    f\n");
        Bad(tree, "pending.txt:1: functions without a file");
    }

    [Test]
    public void TestUsage()
    {
        Assert.That(Run("nonesuch", "x").Status, Is.EqualTo(2));
        Assert.That(Run("check", "--nonesuch").Status, Is.EqualTo(2));
        var help = Run("--help");
        Assert.That(help.Status, Is.Zero);
        Assert.That(help.Output, Does.Contain("check").And.Contain("diff").And.Contain("callgraph").And.Contain("table").And.Contain("--root"));
    }

    [Test]
    public void TestMessages()
    {
        // Every message says what to do.
        Assert.That(Copy.Problems.Where(p => p.Advice == "" || p.What == "" || p.Line < 1), Is.Empty);
    }
}
