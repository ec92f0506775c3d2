using System.Collections.Generic;
using System.IO;
using System.Linq;
using common;

namespace difftest;

/// <summary>The tool's parts, without a program.</summary>
[TestFixture]
public class tool_test
{
    private static readonly Toolchain old = new("go", new Version(1, 19), null, null);

    private static List<Call> Calls(string lines) => Trace.Parse(lines.Split('\n'));

    private static List<Difference> Traces(string go, string cs, TraceRule? rule = null) => Compare.Traces(old, rule ?? new TraceRule(), Calls(go), Calls(cs));

    private const string life = """
        7 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP) = 3
        7 connect(3, {sa_family=AF_INET, sin_port=htons(80), sin_addr=inet_addr("127.0.0.1")}, 16) = -1 EINPROGRESS (Operation now in progress)
        7 epoll_ctl(4, EPOLL_CTL_ADD, 3, {events=EPOLLIN|EPOLLET, data={u32=1, u64=1}}) = 0
        7 read(3, 0xc000012345, 512) = -1 EAGAIN (Resource temporarily unavailable)
        7 read(3, "ab"..., 512) = 5
        7 write(3, "ab"..., 5) = 5
        7 close(3) = 0
        """;

    /// <summary>Halves of a call that others came between are joined; calls that the end cut off are none.</summary>
    [Test]
    public void TestParse()
    {
        var calls = Calls("""
            7 accept4(3,  <unfinished ...>
            8 close(5 <unfinished ...>
            9 socket(AF_INET, SOCK_STREAM, IPPROTO_IP) = 5
            8 <... close resumed>) = 0
            7 <... accept4 resumed>{sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr("127.0.0.1")}, [112 => 16], SOCK_CLOEXEC) = 6
            8 epoll_pwait(4,  <unfinished ...>
            8 <... epoll_pwait resumed> <unfinished ...>) = ?
            7 +++ exited with 0 +++
            """);
        // A close ends a life when it begins: number 5 is free then.
        Assert.That(calls.Select(c => $"{c.Name} {c.Args.Length} {c.Result}"), Is.EqualTo(new[] { "close 1 0", "socket 3 5", "accept4 4 6", "epoll_pwait 2 -1" }));
        Assert.That(Trace.Split("""3, "a, \"b", {x=1, y=[2, 3]}, f(1, 2)"""), Is.EqualTo(new[] { "3", """ "a, \"b" """.Trim(), "{x=1, y=[2, 3]}", "f(1, 2)" }));
    }

    /// <summary>The number of a descriptor, what found nothing and a thread's id make no difference.</summary>
    [Test]
    public void TestSameLife()
    {
        var other = life.Replace("(3,", "(9,").Replace("= 3", "= 9").Replace("close(3)", "close(9)").Replace("ADD, 3", "ADD, 9").Replace("u32=1", "u32=2").Replace("7 ", "8 ");
        Assert.That(Traces(life, other), Is.Empty);
        Assert.That(Traces(life, string.Join("\n", life.Split('\n').Where(l => !l.Contains("EAGAIN")))), Is.Empty);
    }

    /// <summary>Everything else does.</summary>
    [TestCase("= 5\n7 write", "= 4\n7 write", "read(fd, data, 512) = 4")]
    [TestCase("EINPROGRESS (Operation now in progress)", "ECONNREFUSED (Connection refused)", "ECONNREFUSED")]
    [TestCase("SOCK_CLOEXEC|SOCK_NONBLOCK", "SOCK_NONBLOCK", "SOCK_STREAM|SOCK_NONBLOCK")]
    [TestCase("EPOLLIN|EPOLLET", "EPOLLIN|EPOLLOUT|EPOLLET", "EPOLLOUT")]
    [TestCase("htons(80)", "htons(81)", "htons(81)")]
    [TestCase("7 close(3) = 0", "", "  close(fd) = 0")]
    public void TestOtherLife(string from, string to, string shown)
    {
        var text = life.ReplaceLineEndings("\n");
        Assert.That(text, Does.Contain(from));
        var found = Traces(text, text.Replace(from, to));
        Assert.That(found, Has.Count.EqualTo(1));
        Assert.That(found[0].Text, Does.Contain(shown));
    }

    /// <summary>The order of two calls on a descriptor counts, that of two descriptors does not.</summary>
    [Test]
    public void TestOrder()
    {
        var lines = life.ReplaceLineEndings("\n").Split('\n');
        (lines[1], lines[2]) = (lines[2], lines[1]);
        Assert.That(Traces(life, string.Join("\n", lines)), Has.Count.EqualTo(1));
        var second = life.Replace("(3,", "(9,").Replace("= 3", "= 9").Replace("close(3)", "close(9)").Replace("ADD, 3", "ADD, 9").Replace(", 512", ", 100");
        Assert.That(Traces(life + "\n" + second, second + "\n" + life), Is.Empty);
    }

    /// <summary>A descriptor on one side only is named.</summary>
    [Test]
    public void TestOneSide()
    {
        Assert.That(Traces(life, "").Single().What, Does.Contain("in Go only"));
        Assert.That(Traces("", life).Single().What, Does.Contain("here only"));
        // A poller that Go does not have.
        Assert.That(Traces("", "7 epoll_create1(EPOLL_CLOEXEC) = 3").Single().What, Does.Contain("epoll"));
        // The CLR's own files and pipes are not compared.
        Assert.That(Traces("", "7 openat(AT_FDCWD, \"/x.dll\", O_RDONLY) = 3\n7 read(3, \"ab\", 2) = 2\n7 pipe2([4, 5], O_CLOEXEC) = 0\n7 write(5, \"a\", 1) = 1"), Is.Empty);
    }

    /// <summary>Totals and bounds.</summary>
    [Test]
    public void TestTotals()
    {
        var pieces = life.ReplaceLineEndings("\n").Replace("7 read(3, \"ab\"..., 512) = 5", "7 read(3, \"ab\"..., 512) = 2\n7 read(3, \"ab\"..., 512) = 3");
        Assert.That(Traces(life, pieces), Has.Count.EqualTo(1));
        var total = new TraceRule("total", "total", Reason: "test");
        Assert.That(Traces(life, pieces, total), Is.Empty);
        Assert.That(Traces(life, pieces.Replace("= 3\n", "= 4\n").Replace("IPPROTO_IP) = 4", "IPPROTO_IP) = 3"), total), Has.Count.EqualTo(1));
        // So many pieces are too many for little more data than came in one, but not if they are as big.
        string Reads(int n, int size) => life.ReplaceLineEndings("\n").Replace("7 read(3, \"ab\"..., 512) = 5", string.Join("\n", Enumerable.Repeat($"7 read(3, \"ab\"..., 512) = {size}", n)));
        var any = new TraceRule("any", "any", Reason: "test");
        Assert.That(Traces(Reads(1, 512), Reads(600, 512), any), Is.Empty);
        Assert.That(Traces(Reads(1, 512), Reads(600, 1), any).Single().Text, Is.EqualTo("2 for 517 bytes in Go, 601 for 605 here"));
        var nothing = "7 read(3, 0xc000012345, 512) = -1 EAGAIN (Resource temporarily unavailable)\n";
        var loop = life.ReplaceLineEndings("\n").Replace(nothing, string.Concat(Enumerable.Repeat(nothing, 6)));
        Assert.That(Traces(life, loop).Single().What, Does.Contain("found nothing"));
        Assert.That(Traces(life, life + string.Concat(Enumerable.Repeat("\n7 epoll_pwait(4, [], 128, 0, NULL, 0) = 0", 301))).Single().What, Does.Contain("number of epoll_pwait"));
        Assert.That(Traces("7 epoll_pwait(4, [], 128, 0, NULL, 0) = 0", "7 epoll_pwait(4, [], 64, 0, NULL, 0) = 0").Single().What, Does.Contain("waiting"));
    }

    /// <summary>A change of a release is applied to an older Go, and only to that.</summary>
    [Test]
    public void TestChanges()
    {
        var pair = new Pair("test", Changes: [new Change("1.20", "stderr", "^old$", "new", "test")]);
        var (go, cs) = (new Run("", "old\n", "", 0), new Run("", "new\n", "", 0));
        Assert.That(Compare.Output(pair, old, go, cs), Is.Empty);
        Assert.That(Compare.Output(pair, old with { Version = new(1, 20) }, go, cs), Has.Count.EqualTo(1));
        Assert.That(Compare.Output(pair, old, cs, go), Has.Count.EqualTo(1));
        var tools = old with { Changes = [new Change("1.20", "trace", "SOCK_DGRAM", "SOCK_STREAM", "test")] };
        Assert.That(Compare.Traces(tools, new TraceRule(), Calls(life.Replace("SOCK_STREAM", "SOCK_DGRAM")), Calls(life)), Is.Empty);
        Assert.That(Compare.Traces(tools with { Version = new(1, 20) }, new TraceRule(), Calls(life.Replace("SOCK_STREAM", "SOCK_DGRAM")), Calls(life)), Has.Count.EqualTo(1));
    }

    /// <summary>Every byte counts, also those that do not print, and the end of the last line.</summary>
    [Test]
    public void TestOutput()
    {
        var pair = new Pair("test", Masks: [new Mask("stdout", "[0-9]+", "N", "test")]);
        Assert.That(Compare.Output(pair, old, new Run("a1\n", "", "", 0), new Run("a22\n", "", "", 0)), Is.Empty);
        Assert.That(Compare.Output(pair, old, new Run("a\n", "", "", 0), new Run("a", "", "", 0)), Has.Count.EqualTo(1));
        Assert.That(Compare.Output(pair, old, new Run("", "1", "", 0), new Run("", "2", "", 0)), Has.Count.EqualTo(1));
        Assert.That(Compare.Output(pair, old, new Run("", "\x01", "", 0), new Run("", "\x02", "", 0))[0].Text, Does.Contain("\\x02"));
        Assert.That(Compare.Output(pair, old, new Run("", "", "", null), new Run("", "", "", null)), Has.Count.EqualTo(1), "both hang");
        Assert.That(Compare.Output(pair, old, new Run("", "", "recv a 1: ok", 0), new Run("", "", "recv a 1: end after 0", 0)), Has.Count.EqualTo(1));
    }

    /// <summary>What is wrong with a pair's file is said, and nothing is left out without a reason.</summary>
    [TestCase("{}", "about")]
    [TestCase("""{"about": "x", "mask": []}""", "mask")]
    [TestCase("""{"about": "x", "masks": [{"stream": "stdout", "pattern": "x", "replace": "", "reason": ""}]}""", "no reason")]
    [TestCase("""{"about": "x", "masks": [{"stream": "stdin", "pattern": "x", "replace": "", "reason": "r"}]}""", "stdin")]
    [TestCase("""{"about": "x", "masks": [{"stream": "both", "pattern": "(", "replace": "", "reason": "r"}]}""", "(")]
    [TestCase("""{"about": "x", "cases": [{"name": "a", "traced": false}]}""", "not traced")]
    [TestCase("""{"about": "x", "cases": [{"name": "a"}, {"name": "a"}]}""", "same name")]
    [TestCase("""{"about": "x", "trace": {"reads": "total"}}""", "reason")]
    [TestCase("""{"about": "x", "trace": {"reads": "some", "reason": "r"}}""", "exact")]
    [TestCase("""{"about": "x", "cases": [{"name": "a", "script": ["jump a"]}]}""", "jump a")]
    [TestCase("""{"about": "x", "cases": [{"name": "a", "script": ["connect a slowly"]}]}""", "connect a slowly")]
    [TestCase("""{"about": "x", "cases": [{"name": "a", "script": ["signal UP"]}]}""", "signal UP")]
    [TestCase("""{"about": "x", "cases": [{"name": "a", "script": ["wait stdin x"]}]}""", "wait stdin x")]
    [TestCase("""{"about": "x", "cases": [{"name": "a", "script": ["repeat 3", "sleep 1"]}]}""", "without end")]
    [TestCase("""{"about": "x", "changes": [{"release": "new", "stream": "both", "pattern": "x", "replace": "", "reason": "r"}]}""", "release")]
    public void TestPairFile(string json, string says)
    {
        var folder = Directory.CreateTempSubdirectory("difftest").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "main.go"), "");
            File.WriteAllText(Path.Combine(folder, "main.cs"), "");
            File.WriteAllText(Path.Combine(folder, "pair.json"), json);
            Assert.That(() => Pair.Read(Path.Combine(folder, "pair.json")), Throws.TypeOf<InputException>().With.Message.Contains(says));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What is wrong with the question is said in a line, with exit status 2.</summary>
    [TestCase(2, "run", "rumpelstilzchen")]
    [TestCase(2, "run", "echo", "--case", "rumpelstilzchen")]
    [TestCase(2, "list", "--root", "/nowhere")]
    [TestCase(2, "all", "--go", "/nowhere/go")]
    [TestCase(2, "jump")]
    [TestCase(2, "all", "-c", "Fast")]
    [TestCase(0, "random", "--print", "--count", "2")]
    public void TestCommandLine(int status, params string[] args)
    {
        if (!args.Contains("--root"))
        {
            args = [.. args, "--root", Here.Root];
        }
        Assert.That(Program.Main(args), Is.EqualTo(status));
    }
}

/// <summary>Random scripts: the generator, the model and the shrinker.</summary>
[TestFixture]
public class random_test
{
    /// <summary>A seed gives the same script, always, and the model takes it.</summary>
    [Test]
    public void TestGenerator()
    {
        for (var seed = 1; seed <= 500; seed++)
        {
            var s = RandomScript.New(seed);
            Assert.That(s.ToString(), Is.EqualTo(RandomScript.New(seed).ToString()));
            Assert.That(s.Ops, Is.Not.Empty);
            Assert.That(RandomScript.Valid(s.Concurrent, s.Ops), Is.EqualTo(s.Ops));
        }
        var verbs = Enumerable.Range(1, 500).SelectMany(n => RandomScript.New(n).Ops).Select(o => o.Verb).ToHashSet();
        Assert.That(verbs, Is.EquivalentTo(new[] { "dial", "write", "read", "past", "later", "never", "expire", "halfclose", "close", "reset", "sleep" }));
    }

    /// <summary>What would depend on timing is not let in.</summary>
    [TestCase(false, "read 1 5", "dial 0 0", "write 0 4")]                               // would wait for ever
    [TestCase(false, "write 0 1", "dial 0 0", "close 1 0", "write 0 1")]                 // a reset may be on its way
    [TestCase(false, "read 0 1", "dial 0 0", "close 1 0", "write 0 1")]
    [TestCase(false, "close 1 0", "dial 0 0", "write 0 5")]                              // is it there yet?
    [TestCase(false, "write 1 1", "dial 0 0", "reset 0 0")]
    [TestCase(true, "reset 0 0", "dial 0 0")]
    [TestCase(true, "close 0 0", "dial 0 0")]                                            // the peer may be about to write
    [TestCase(true, "expire 0 3", "dial 0 0")]
    [TestCase(false, "write 0 40000", "dial 0 0")]                                       // might wait for room
    [TestCase(false, "halfclose 0 0", "dial 0 0", "halfclose 0 0")]
    [TestCase(false, "dial 4 0", "dial 0 0")]
    public void TestModelRefuses(bool concurrent, string last, params string[] before)
    {
        var model = new Model(concurrent);
        foreach (var line in before)
        {
            Assert.That(model.Accept(Parse(line)), line);
        }
        Assert.That(model.Accept(Parse(last)), Is.False);
    }

    /// <summary>What has one outcome is.</summary>
    [TestCase(false, "read 1 5", "dial 0 0", "write 0 4", "halfclose 0 0")]              // four bytes, then the end
    [TestCase(false, "close 1 0", "dial 0 0", "write 0 5", "read 1 2")]                  // unread bytes: a reset
    [TestCase(false, "read 0 1", "dial 0 0", "reset 1 0")]
    [TestCase(false, "write 0 1", "dial 0 0", "reset 1 0", "read 0 1")]
    [TestCase(false, "write 0 40000", "dial 0 0", "past 0 0")]
    [TestCase(true, "close 0 0", "dial 0 0", "halfclose 1 0", "read 0 1")]
    public void TestModelTakes(bool concurrent, string last, params string[] before)
    {
        var model = new Model(concurrent);
        foreach (var line in before)
        {
            Assert.That(model.Accept(Parse(line)), line);
        }
        Assert.That(model.Accept(Parse(last)));
    }

    private static Op Parse(string line) => line.Split(' ') is var w ? new Op(w[0], int.Parse(w[1]), int.Parse(w[2])) : null!;

    /// <summary>A side that misbehaves after a half-close and a later write is found, and little is left of the script.</summary>
    [Test]
    public void TestShrink()
    {
        static (string, int?) good(IReadOnlyList<RandomScript> scripts) => (string.Concat(scripts.Select(s => $"script {s.Seed} 0\n" + string.Concat(s.Ops.Select(o => o + ": ok\n")))), 0);
        static (string, int?) bad(IReadOnlyList<RandomScript> scripts)
        {
            var text = "";
            foreach (var s in scripts)
            {
                text += $"script {s.Seed} 0\n";
                var half = new HashSet<int>();
                foreach (var o in s.Ops)
                {
                    if (o.Verb == "halfclose")
                    {
                        half.Add(o.End);
                    }
                    text += o + (o.Verb == "write" && half.Contains(o.End) ? ": wrong\n" : ": ok\n");
                }
            }
            return (text, 0);
        }
        var scripts = Enumerable.Range(1, 50).Select(RandomScript.New).ToList();
        Assert.That(new Fuzzer(good, good).Run(scripts), Is.Empty);
        var found = new Fuzzer(good, bad).Run(scripts);
        Assert.That(found, Is.Not.Empty);
        foreach (var f in found)
        {
            Assert.That(f.Shrunk.Ops.Select(o => o.Verb), Is.EqualTo(new[] { "dial", "halfclose", "write" }), f.ToString());
            Assert.That(f.ToString(), Does.Contain($"seed {f.Script.Seed} differs").And.Contain("wrong"));
        }
    }

    /// <summary>A side that stops in the middle is a failure of the script at which it stops.</summary>
    [Test]
    public void TestStops()
    {
        static (string, int?) good(IReadOnlyList<RandomScript> scripts) => (string.Concat(scripts.Select(s => $"script {s.Seed} 0\n")), 0);
        static (string, int?) stops(IReadOnlyList<RandomScript> scripts) => scripts.Any(s => s.Seed == 7) ? (good([.. scripts.TakeWhile(s => s.Seed != 7)]).Item1, null) : good(scripts);
        var found = new Fuzzer(good, stops).Run([.. Enumerable.Range(1, 20).Select(RandomScript.New)]);
        Assert.That(found.Single().Script.Seed, Is.EqualTo(7));
        Assert.That(found[0].Text, Does.Contain("none here"));
    }
}
