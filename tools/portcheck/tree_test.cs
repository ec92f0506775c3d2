using System.Collections.Generic;
using System.IO;
using System.Linq;
using common;

namespace portcheck;

// A copy of the repository in a temporary folder, read once for all tests.
[SetUpFixture]
internal sealed class Copy
{
    private static string root = "";

    internal static Port Port { get; private set; } = null!;

    // What is wrong with the copy as it is.
    internal static IReadOnlyList<Problem> Problems { get; private set; } = [];

    internal static string Repository => Checkout.Above(TestContext.CurrentContext.TestDirectory);

    [OneTimeSetUp]
    public void Make()
    {
        root = Directory.CreateTempSubdirectory("portcheck").FullName;
        var from = Repository;
        foreach (var name in new[] { "*.cs", "*.csproj", "*.props", "*.sln", "*.md", "*.json", "*.txt" })
        {
            foreach (var file in Directory.EnumerateFiles(from, name, SearchOption.AllDirectories))
            {
                var path = Path.GetRelativePath(from, file);
                if (path.Split(Path.DirectorySeparatorChar)[0] is "artifacts" or "tools" or ".git")
                {
                    continue;
                }
                var to = Path.Combine(root, path);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(file, to);
            }
        }
        Port = new Port(root);
        Problems = new Check(Port).Problems;
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(root, true);

    // Plant changes a file of the copy and gives the problems that this makes.
    internal static List<Problem> Plant(string file, Func<string, string> edit)
    {
        return With(file, edit, port => Fresh(new Check(port).Problems));
    }

    internal static T With<T>(string file, Func<string, string> edit, Func<Port, T> use, Port? port = null)
    {
        var path = Path.Combine(root, file);
        var text = File.ReadAllText(path);
        try
        {
            var changed = edit(text);
            Assert.That(changed, Is.Not.EqualTo(text), "nothing was planted");
            File.WriteAllText(path, changed);
            return use((port ?? Port).Changed(file));
        }
        finally
        {
            File.WriteAllText(path, text);
        }
    }

    internal static List<Problem> Fresh(IReadOnlyList<Problem> problems)
    {
        static object Key(Problem p) => (p.File, p.Name, p.Kind, p.What);
        var known = Problems.GroupBy(Key).ToDictionary(g => g.Key, g => g.Count());
        var fresh = new List<Problem>();
        foreach (var p in problems)
        {
            if (known.TryGetValue(Key(p), out var n) && n > 0)
            {
                known[Key(p)] = n - 1;
            }
            else if (p.Kind != "table")
            {
                fresh.Add(p);
            }
        }
        return fresh;
    }
}

// The tree as it is.
internal sealed class TreeTest
{
    [Test]
    public void TestTree()
    {
        Assert.That(Copy.Problems, Is.Empty, string.Join('\n', Copy.Problems));
    }

    [Test]
    public void TestCallGraphIsExplained()
    {
        var text = new StringWriter();
        Assert.That(new CallGraph(Copy.Port).Run(text, null), Is.Zero, text.ToString());
    }
}
