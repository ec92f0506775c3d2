using System.IO;
using System.Linq;
using System.Text.Json;

namespace bench;

internal sealed class ResultsTest
{
    private static Results Sample()
    {
        var r = new Results();
        r.Machine["CPU"] = "a \"CPU\"";
        r.Options["rounds"] = "2";
        r.Servers.Add(("go", "Go"));
        r.Servers.Add(("goport", "the port | ours"));
        r.LeftOut.Add(("c", "no C compiler"));
        var cell = new Cell(64, 4096);
        r.Cells.Add(cell);
        foreach (var (go, port) in new[] { (100_000.0, 110_000.0), (120_000.0, 108_000.0) })
        {
            r.Add("go", cell, Metric.Rate, go);
            r.Add("goport", cell, Metric.Rate, port);
        }
        r.Add("go", null, Metric.Start, 4);
        r.Add("goport", null, Metric.Start, 200);
        r.CallsByName[("go", cell)] = new() { ["write"] = 1, ["read"] = 1.9876 };
        r.AddBusy("go", cell, 0.5);
        r.AddBusy("goport", cell, 0.5);
        r.AddBusy("goport", cell, 0.97);
        r.AddBusy("goport", cell, 0.6);
        return r;
    }

    [Test]
    public void TestJson()
    {
        var text = Sample().Json();
        using var json = JsonDocument.Parse(text);
        var result = json.RootElement.GetProperty("results").EnumerateArray()
            .Single(r => r.GetProperty("server").GetString() == "goport" && r.TryGetProperty("connections", out _));
        Assert.That(result.GetProperty("connections").GetInt32(), Is.EqualTo(64));
        Assert.That(result.GetProperty("size").GetInt32(), Is.EqualTo(4096));
        var rate = result.GetProperty("requests_per_second");
        Assert.That(rate.GetProperty("median").GetDouble(), Is.EqualTo(109_000));
        Assert.That(rate.GetProperty("ratio_to_go").GetDouble(), Is.EqualTo(1.0).Within(1e-9));
        Assert.That(rate.GetProperty("rounds").EnumerateArray().Select(x => x.GetDouble()), Is.EqualTo(new[] { 110_000.0, 108_000 }));
        Assert.That(json.RootElement.GetProperty("left_out").GetProperty("c").GetString(), Is.EqualTo("no C compiler"));
    }

    // What is read again gives the same file and the same table.
    [Test]
    public void TestRead()
    {
        var r = Sample();
        var again = Results.Parse(r.Json());
        Assert.That(again.Json(), Is.EqualTo(r.Json()));
        Assert.That(Markdown.Echo(again), Is.EqualTo(Markdown.Echo(r)));
    }

    [Test]
    public void TestMarkdown()
    {
        var lines = Markdown.Echo(Sample()).Split('\n');
        Assert.That(lines, Does.Contain("## 64 connections, 4,096 bytes"));
        Assert.That(lines, Does.Contain("| server | requests/s |"));
        Assert.That(lines, Does.Contain("| go | 110,000 ×1.00 (100,000..120,000) |"));
        Assert.That(lines, Does.Contain("| goport | 109,000 ×1.00 (108,000..110,000) |"));
        Assert.That(lines, Does.Contain("| goport | 200.0 ×50.00 |"));
        Assert.That(lines, Does.Contain("| goport | the port \\| ours |"));
        Assert.That(lines, Does.Contain("Left out: c: no C compiler"));
        Assert.That(lines, Does.Contain("System calls for a request, go: read 1.988, write 1."));
        Assert.That(lines, Does.Contain("With goport the load generator was busy all the time: it may have been the bottleneck."));
        Assert.That(lines.Any(l => l.StartsWith("With go ")), Is.False);
    }

    [Test]
    public void TestShort()
    {
        Assert.That(Markdown.Short(Sample()).Split('\n'), Is.EqualTo(new[]
        {
            "| 4,096 bytes | go | goport |",
            "| --- | --- | --- |",
            "| requests/s, 64 connections | 110,000 ×1.00 | 109,000 ×1.00 |",
            "| CPU s per 1M requests |  |  |",
            "| p99, µs |  |  |",
            "| memory per idle connection, KB |  |  |",
            "| memory without connections, MB |  |  |",
            "| start to first reply, ms | 4.0 ×1.00 | 200.0 ×50.00 |",
            "",
        }));
    }

    // The README shows the table of the run whose results are there.
    [Test]
    public void TestReadme()
    {
        var run = Results.Parse(File.ReadAllText(Path.Combine(Paths.Source, "results", "echo.json")));
        Assert.That(File.ReadAllText(Path.Combine(Paths.Root, "README.md")), Does.Contain("\n\n" + Markdown.Short(run) + "\n"));
        Assert.That(File.ReadAllText(Path.Combine(Paths.Source, "results", "echo.md")), Is.EqualTo(Markdown.Echo(run)));
    }

    [Test]
    public void TestFigure()
    {
        Assert.That(Markdown.Figure(null, "0.0"), Is.Empty);
        Assert.That(Markdown.Figure(Summary.Of([1.25], null), "0.00"), Is.EqualTo("1.25"));
        Assert.That(Markdown.Figure(Summary.Of([1, 3], [1, 1]), "0.0"), Is.EqualTo("2.0 ×2.00 (1.0..3.0)"));
    }

    [Test]
    public void TestPlot()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".png");
        try
        {
            Plots.Save(Sample(), path);
            Assert.That(File.ReadAllBytes(path).Take(4), Is.EqualTo("\u0089PNG".Select(c => (byte)c)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
