using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.Versioning;

namespace difftest;

/// <summary>What is kept of Go's side.</summary>
[TestFixture, UnsupportedOSPlatform("windows")]
public class kept_test
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("difftest").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private string Write(string name, string text)
    {
        var file = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    /// <summary>The key changes with everything that a run depends on.</summary>
    [Test]
    public void TestKey()
    {
        var pair = Path.Combine(folder, "pair");
        var (program, other) = (Write("go", "program"), Write("go2", "program2"));
        Write("pair/script.txt", "a");
        var c = new Case("a", ["x"], new() { ["N"] = "1" }, ["sleep 1"]);
        string Key(string program, Case c, string? strace = null, string env = "") => Kept.Key(program, pair, c, new() { ["E"] = env }, strace);
        var keys = new List<string>
        {
            Key(program, c), Key(other, c), Key(program, c, other), Key(program, c, null, "e"),
            Key(program, c with { Name = "b" }), Key(program, c with { Args = ["y"] }), Key(program, c with { Env = null }), Key(program, c with { Script = ["sleep 2"] }),
        };
        Assert.That(Key(program, new("a", ["x"], new() { ["N"] = "1" }, ["sleep 1"])), Is.EqualTo(keys[0]));
        Write("pair/script.txt", "b");
        keys.Add(Key(program, c));
        Write("go", "another program");
        keys.Add(Key(program, c));
        Assert.That(keys, Is.Unique);
    }

    /// <summary>All of a run is there again.</summary>
    [Test]
    public void TestPutGet()
    {
        var kept = new Kept(Path.Combine(folder, "kept"));
        Assert.That(kept.Get("k"), Is.Null);
        var run = new Run("out\xff\0", "err", "client", 3, Trace.Parse(["7 close(3) = 0", "7 read(4, \"\\1\"..., 5) = -1 EAGAIN (Resource temporarily unavailable)"]));
        kept.Put("k", run);
        var got = kept.Get("k")!;
        Assert.That(got with { Trace = run.Trace }, Is.EqualTo(run));
        Assert.That(got.Trace!.Select(c => $"{c.Name} {string.Join('|', c.Args)} {c.Ret} {c.Start} {c.End}"), Is.EqualTo(run.Trace!.Select(c => $"{c.Name} {string.Join('|', c.Args)} {c.Ret} {c.Start} {c.End}")));
        Assert.That(kept.Get("l"), Is.Null);
        Assert.That(kept.Used, Is.EqualTo(1));
    }

    /// <summary>What was equal is kept and used; a difference is found whatever is kept, and no false one.</summary>
    [Test]
    public void TestRuns()
    {
        var kept = new Kept(Path.Combine(folder, "kept"));
        var runner = new Runner(new Toolchain("go", new Version(1, 19), null, null)) { Kept = kept };
        // Counts its runs in the file next to it.
        string Program(string name, string says) => Write(name, $"#!/bin/sh\necho >>\"$0.runs\"; echo {says}\n");
        int Runs(string program) => File.Exists(program + ".runs") ? File.ReadAllLines(program + ".runs").Length : 0;
        Write("pair/main.go", "");
        File.WriteAllText(Path.Combine(folder, "pair", "pair.json"), """{"about": "x"}""");
        Write("pair/main.cs", "");
        var pair = Pair.Read(Path.Combine(folder, "pair", "pair.json"));
        var (go, same, other) = (Program("go", "a"), Program("same", "a"), Program("other", "b"));

        Assert.That(runner.Run(pair, new Programs(go, other)), Has.Count.EqualTo(1));
        Assert.That(Directory.Exists(Path.Combine(folder, "kept")), Is.False, "what differed is not kept");
        Assert.That(Runs(go), Is.EqualTo(1));
        Assert.That(runner.Run(pair, new Programs(go, same)), Is.Empty);
        Assert.That((Runs(go), Runs(same), kept.Used), Is.EqualTo((2, 1, 0)));
        Assert.That(runner.Run(pair, new Programs(go, same)), Is.Empty);
        Assert.That((Runs(go), Runs(same), kept.Used), Is.EqualTo((2, 2, 1)));
        Assert.That(runner.Run(pair, new Programs(go, other)), Has.Count.EqualTo(1));
        Assert.That((Runs(go), Runs(other), kept.Used), Is.EqualTo((3, 3, 2)), "Go runs again before a difference counts");
        // Wrong, as if the machine were another now.
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "kept")))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace("a\\n", "z\\n"));
        }
        Assert.That(runner.Run(pair, new Programs(go, same)), Is.Empty);
        Assert.That((Runs(go), kept.Used), Is.EqualTo((4, 3)));
    }
}
