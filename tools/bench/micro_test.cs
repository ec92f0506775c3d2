using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace bench;

internal sealed class MicroTest
{
    private const string go = """
        goos: linux
        cpu: AMD EPYC
        BenchmarkGosched-2         	 1000000	       100.0 ns/op	       0 B/op	       0 allocs/op
        BenchmarkGosched-2         	 1000000	       120.0 ns/op	       0 B/op	       0 allocs/op
        BenchmarkGosched-2         	 1000000	       103.9 ns/op	       0 B/op	       0 allocs/op
        BenchmarkTCPOneShot        	    1411	    134207 ns/op	    1451 B/op	      21 allocs/op
        BenchmarkOnlyThere-16      	    1411	     1.5e+06 ns/op
        PASS
        """;

    // As BenchmarkDotNet writes it, without what is not read.
    private const string port = """
        {"Title":"micro","Benchmarks":[
        {"Method":"Gosched","Statistics":{"OriginalValues":[51.95,50,60],"N":3},"Memory":{"Gen0Collections":0,"BytesAllocatedPerOperation":0}},
        {"Method":"ParkReady","Statistics":{"OriginalValues":[70],"N":1},"Memory":{"BytesAllocatedPerOperation":3}},
        {"Method":"Failed","Statistics":null}]}
        """;

    [Test]
    public void TestParseGo()
    {
        var figures = Micro.ParseGo(go);
        Assert.That(figures.Keys, Is.EquivalentTo(new[] { "Gosched", "TCPOneShot", "OnlyThere" }));
        Assert.That(figures["Gosched"].Nanoseconds, Is.EqualTo(new[] { 100, 120, 103.9 }));
        Assert.That(figures["Gosched"].Bytes, Is.Zero);
        Assert.That(figures["TCPOneShot"].Bytes, Is.EqualTo(1451));
        Assert.That(figures["OnlyThere"].Nanoseconds, Is.EqualTo(new[] { 1.5e6 }));
        Assert.That(figures["OnlyThere"].Bytes, Is.Null);
    }

    [Test]
    public void TestMerge()
    {
        var rows = Micro.Merge(Micro.ParseGo(go), Micro.ParsePort(port));
        Assert.That(rows.Select(r => r.Name), Is.EqualTo(new[] { "ParkReady", "Gosched", "TCPOneShot", "OnlyThere" }));
        Assert.That(rows[1].Ratio, Is.EqualTo(0.5));
        Assert.That(rows[0].Ratio, Is.Null);
        var table = Micro.Table(rows, new() { ["CPUs"] = "2" });
        Assert.That(table, Does.Contain("| Gosched | Gosched, nothing else to run | 104 (100..120) | 52.0 (50.0..60.0) | 0.50 | 0 | 0 |"));
        Assert.That(table, Does.Contain("| not there | 70.0 |  |  | 3 |"));
        using var json = JsonDocument.Parse(Micro.Json(rows, new() { ["CPUs"] = "2" }));
        var gosched = json.RootElement.GetProperty("benchmarks")[1];
        Assert.That(gosched.GetProperty("name").GetString(), Is.EqualTo("Gosched"));
        Assert.That(gosched.GetProperty("ratio").GetDouble(), Is.EqualTo(0.5));
        Assert.That(gosched.GetProperty("goport").GetProperty("median_ns").GetDouble(), Is.EqualTo(51.95));
    }

    // Both sides have every benchmark of the list, and no other.
    [Test]
    public void TestSameNames()
    {
        HashSet<string> Names(string file, string pattern) =>
            [.. Regex.Matches(File.ReadAllText(Path.Combine(Paths.Source, file)), pattern).Select(m => m.Groups[1].Value)];
        var all = Micro.All.Select(a => a.Name).ToHashSet();
        Assert.That(Names("micro_go/micro_test.go", @"(?m)^func Benchmark(\w+)\("), Is.EquivalentTo(all));
        Assert.That(Names("micro/benchmarks.cs", @"\[Benchmark\(.*\)\]\s+public (?:unsafe )?void (\w+)\("), Is.EquivalentTo(all));
    }
}
