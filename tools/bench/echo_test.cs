using System.IO;
using System.Linq;
using common;

namespace bench;

// The tool as a whole.
[NonParallelizable]
internal sealed class EchoTest
{
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

    // One connection, a moment, the port and C.
    [Test]
    public void TestRun()
    {
        if (Child.Which("cc", "gcc", "clang") == null)
        {
            Assert.Ignore("no C compiler");
        }
        var folder = Directory.CreateTempSubdirectory("bench_test").FullName;
        try
        {
            var (status, output, error) = Run("echo", "--servers", "goport,c", "--connections", "1", "--sizes", "64", "--seconds", "0.2",
                "--rounds", "2", "--warmup", "0", "--parked", "50", "--out", folder);
            Assert.That(status, Is.Zero, error);
            Assert.That(output, Does.Contain("## 1 connection, 64 bytes"));
            var r = Results.Parse(File.ReadAllText(Path.Combine(folder, "echo.json")));
            Assert.That(r.Servers.Select(s => s.Name), Is.EqualTo(new[] { "goport", "c" }));
            Assert.That(r.LeftOut, Is.Empty);
            foreach (var server in new[] { "goport", "c" })
            {
                var cell = new Cell(1, 64);
                foreach (var metric in Metric.OfCells.Except([Metric.Calls, Metric.Cpu, Metric.User]))
                {
                    Assert.That(r.Get(server, cell, metric)?.Rounds, Has.Count.EqualTo(2).And.All.Positive, metric.Name);
                }
                foreach (var metric in Metric.OfServers.Except([Metric.Idle]))
                {
                    Assert.That(r.Get(server, null, metric)?.Rounds, Has.Count.EqualTo(2).And.All.Positive, metric.Name);
                }
                // Where they can be counted, a write for each request, and at least a read.
                if (r.Get(server, cell, Metric.Calls) != null)
                {
                    var calls = r.CallsByName[(server, cell)];
                    Assert.That(calls["write"], Is.EqualTo(1).Within(0.1));
                    Assert.That(calls["read"], Is.AtLeast(1));
                }
            }

            var md = File.ReadAllText(Path.Combine(folder, "echo.md"));
            File.Delete(Path.Combine(folder, "echo.md"));
            File.Delete(Path.Combine(folder, "echo.png"));
            Assert.That(Run("report", Path.Combine(folder, "echo.json"), "--out", folder).Status, Is.Zero);
            Assert.That(File.ReadAllText(Path.Combine(folder, "echo.md")), Is.EqualTo(md));
            Assert.That(Path.Combine(folder, "echo.png"), Does.Exist);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Test]
    public void TestUsage()
    {
        void Bad(string message, params string[] args)
        {
            var (status, _, error) = Run(args);
            Assert.That((status, error.Split('\n').First(l => l != "" && !l.Contains("-c Release"))), Is.EqualTo((2, message)));
        }
        Bad("bench: --servers: no server \"nonesuch\"; there are go, goport, aot, sockets, sockets-inline, c", "echo", "--servers", "nonesuch");
        Bad("bench: connections, sizes, seconds, rounds and threads are at least 1", "echo", "--connections", "0");
        Bad("bench: --spinners is one, all or none, not some", "echo", "--spinners", "some");
        Bad("bench: --out /dev/null: The file '/dev/null' already exists.", "echo", "--out", "/dev/null");
        Bad("--sizes: want a list such as 64,4096", "echo", "--sizes", "x");
        Bad("bench: /nonesuch: Could not find file '/nonesuch'.", "report", "/nonesuch");
        Assert.That(Run("nonesuch").Status, Is.EqualTo(2));
    }
}
