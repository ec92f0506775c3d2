using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace difftest;

/// <summary>Planted differences: the real thing, a program against itself with one thing changed.</summary>
[TestFixture]
public class planted_test
{
    private static string program = "";

    [OneTimeSetUp]
    public void Build()
    {
        if (Here.Tools(strace: true) is { } tools)
        {
            program = Programs.BuildGo(Here.Root, Path.Combine(Here.Root, "tools", "difftest", "planted.go"), "planted", tools);
        }
    }

    private static List<Difference> Differences(string left, string right)
    {
        var tools = Here.Tools(strace: true);
        var folder = Directory.CreateTempSubdirectory("difftest").FullName;
        try
        {
            var runner = new Runner(tools);
            var (l, r) = (runner.Side(program, new Case("left", [left]), folder, Path.Combine(folder, "l")), runner.Side(program, new Case("right", [right]), folder, Path.Combine(folder, "r")));
            // It is the same toolchain on both sides: no changes between releases.
            tools = tools with { Changes = [] };
            return [.. Compare.Output(new Pair("planted"), tools, l, r), .. Compare.Traces(tools, new TraceRule(), l.Trace!, r.Trace!)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Nothing planted, nothing found.</summary>
    [Test]
    public void TestNothing() => Assert.That(Differences("nothing", "nothing"), Is.Empty);

    /// <summary>Each is reported, where it is and with both sides.</summary>
    [TestCase("byte", "stdout", "hella")]
    [TestCase("stderr", "stderr", "Hello")]
    [TestCase("status", "exit status", "3")]
    [TestCase("order", "system calls on socket", "SO_KEEPALIVE")]
    [TestCase("size", "system calls on socket", "write(fd, data, 2) = 2")]
    [TestCase("flag", "system calls on socket", "socket(AF_INET, SOCK_STREAM, IPPROTO_IP)")]
    [TestCase("errno", "system calls on socket", "EINVAL")]
    [TestCase("leak", "system calls on socket", "close(fd)")]
    [TestCase("socket", "system calls on socket", "SOCK_DGRAM")]
    [TestCase("loop", "calls in a row that found nothing", "50 here")]
    public void TestPlanted(string plant, string where, string what)
    {
        var found = Differences("nothing", plant);
        Assert.That(found.Where(d => d.What.Contains(where)).Select(d => d.Text), Has.Some.Contains(what), string.Join("\n", found));
        // In the other direction, too.
        if (plant != "loop")
        {
            found = Differences(plant, "nothing");
            Assert.That(found.Where(d => d.What.Contains(where)).Select(d => d.Text), Has.Some.Contains(what), string.Join("\n", found));
        }
    }
}
