using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace portcheck;

// Each kind of defect is planted in a copy of the tree, and is found.
internal sealed class PlantedTest
{
    private const string netpoll = "runtime/netpoll.cs";

    // Replace replaces a text that is there exactly once behind the text that comes first.
    private static Func<string, string> Replace(string behind, string old, string @new)
    {
        return text =>
        {
            var from = text.IndexOf(behind, StringComparison.Ordinal);
            Assert.That(from, Is.GreaterThanOrEqualTo(0), behind);
            var at = text.IndexOf(old, from, StringComparison.Ordinal);
            Assert.That(at, Is.GreaterThanOrEqualTo(0), old);
            return text[..at] + @new + text[(at + old.Length)..];
        };
    }

    // The text from one to another, that one left out.
    private static string Between(string text, string from, string to)
    {
        var start = text.IndexOf(from, StringComparison.Ordinal);
        var end = text.IndexOf(to, start, StringComparison.Ordinal);
        Assert.That(start, Is.GreaterThanOrEqualTo(0), from);
        Assert.That(end, Is.GreaterThan(start), to);
        return text[start..end];
    }

    private static int LineOf(string file, string behind, string text)
    {
        var all = File.ReadAllText(Path.Combine(Copy.Port.Tree.Root, file));
        var at = all.IndexOf(text, all.IndexOf(behind, StringComparison.Ordinal), StringComparison.Ordinal);
        return all[..at].Count(c => c == '\n') + 1;
    }

    private static void Found(List<Problem> problems, string file, int line, string kind, string name, params string[] words)
    {
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        var p = problems[0];
        Assert.Multiple(() =>
        {
            Assert.That(p.File, Is.EqualTo(file));
            Assert.That(p.Line, Is.EqualTo(line), p.ToString());
            Assert.That(p.Kind, Is.EqualTo(kind));
            Assert.That(p.Name, Is.EqualTo(name));
            Assert.That(p.Advice, Is.Not.Empty);
            foreach (var word in words)
            {
                Assert.That(p.ToString(), Does.Contain(word));
            }
        });
    }

    [Test]
    public void TestMissingFunction()
    {
        var line = LineOf(netpoll, "", "poll_runtime_pollUnblock(uintptr ctx)");
        var problems = Copy.Plant(netpoll, t => t.Replace(Between(t, "    internal static unsafe void netpollready", "    internal static unsafe int netpollcheckerr"), ""));
        Found(problems, netpoll, line, "missing", "netpollready", "runtime/netpoll.go:447", "Port it");
    }

    [Test]
    public void TestSwappedOrder()
    {
        var line = LineOf(netpoll, "", "bool netpollblockcommit(");
        var problems = Copy.Plant(netpoll, t =>
        {
            var moved = Between(t, "    internal static unsafe void netpollgoready", "    // Returns true if I/O is ready");
            return t.Replace(moved, "").Replace("    internal static unsafe bool netpollblockcommit", moved + "    internal static unsafe bool netpollblockcommit");
        });
        Found(problems, netpoll, line, "order", "netpollgoready", "out of order", "behind netpollblockcommit", "Move it there");
    }

    [Test]
    public void TestDroppedCall()
    {
        var line = LineOf(netpoll, "void poll_runtime_pollUnblock", "pd->publishInfo();") - 1;
        var problems = Copy.Plant(netpoll, Replace("void poll_runtime_pollUnblock", "        pd->publishInfo();\n", ""));
        Found(problems, netpoll, line, "body", "poll_runtime_pollUnblock", "missing: call runtime.pollDesc.publishInfo", "runtime/netpoll.go:418", "Write it as Go has it");
    }

    [Test]
    public void TestExtraBranch()
    {
        var line = LineOf(netpoll, "void netpollgoready", "netpollWaiters.Add(-1);");
        var problems = Copy.Plant(netpoll, Replace("void netpollgoready", "        netpollWaiters.Add(-1);\n", "        if (gp != null)\n        {\n            netpollWaiters.Add(-1);\n        }\n"));
        Assert.That(problems, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(problems.All(p => p is { File: netpoll, Kind: "body", Name: "netpollgoready" }));
            Assert.That(problems[0].Line, Is.EqualTo(line));
            Assert.That(problems[0].What, Does.Contain("here !=, if, call runtime/internal/atomic.Uint32.Add, end if"));
        });
    }

    [Test]
    public void TestSwappedStatements()
    {
        // two plain assignments
        var problems = Copy.Plant(netpoll, Replace("poll_runtime_pollOpen(uintptr fd)", "        pd->fd = fd;\n        pd->closing = false;\n", "        pd->closing = false;\n        pd->fd = fd;\n"));
        Assert.That(problems, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(problems.All(p => p is { File: netpoll, Kind: "body", Name: "poll_runtime_pollOpen" }));
            // The two, on both sides.
            Assert.That(problems.Sum(p => p.Count), Is.EqualTo(4));
            Assert.That(problems[0].Line, Is.InRange(LineOf(netpoll, "poll_runtime_pollOpen(uintptr fd)", "pd->fd = fd;") - 5, LineOf(netpoll, "poll_runtime_pollOpen(uintptr fd)", "pd->fd = fd;") + 1));
        });
    }

    [Test]
    public void TestSwappedCalls()
    {
        var problems = Copy.Plant(netpoll, Replace("void poll_runtime_pollClose", "        netpollclose(pd->fd);\n        pollcache->free(pd);\n", "        pollcache->free(pd);\n        netpollclose(pd->fd);\n"));
        Assert.That(problems.Select(p => (p.File, p.Kind, p.Name)).Distinct(), Is.EqualTo(new[] { (netpoll, "body", "poll_runtime_pollClose") }));
    }

    [Test]
    public void TestMovedDeclaration()
    {
        // It reads what the statement in front of it writes.
        var problems = Copy.Plant("runtime/proc.cs", Replace("void mPark()", "        var gp = getg();\n        notesleep(&gp->m->park);\n", "        notesleep(&getg()->m->park);\n        var gp = getg();\n"));
        Assert.That(problems.Select(p => (p.File, p.Kind, p.Name)).Distinct(), Is.EqualTo(new[] { ("runtime/proc.cs", "body", "mPark") }));
    }

    [Test]
    public void TestOtherCall()
    {
        var line = LineOf(netpoll, "void netpollready", "wg = netpollunblock(pd, 'w', true);");
        var problems = Copy.Plant(netpoll, Replace("void netpollready", "toRun->push(rg)", "globrunqput(rg)"));
        Assert.That(problems.Select(p => (p.File, p.Kind, p.Name)).Distinct(), Is.EqualTo(new[] { (netpoll, "body", "netpollready") }));
        Assert.That(problems[0].Line, Is.GreaterThan(line));
        Assert.That(problems[0].What, Is.EqualTo("Go has call runtime.gList.push; here call runtime.globrunqput"));
    }

    [Test]
    public void TestDroppedBranch()
    {
        var problems = Copy.Plant(netpoll, t => t.Replace(Between(t, "        if (mode == 'r' && info.eventErr())", "        return pollNoError;\n    }\n\n    internal static unsafe bool netpollblockcommit"), ""));
        Assert.That(problems.Select(p => (p.File, p.Kind, p.Name)).Distinct(), Is.EqualTo(new[] { (netpoll, "body", "netpollcheckerr") }));
        Assert.That(problems.Sum(p => p.Count), Is.EqualTo(6), "a call, ==, &&, if, return, end");
    }

    [Test]
    public void TestChangedCondition()
    {
        var line = LineOf(netpoll, "bool netpollblockcommit", "if (r)");
        Found(Copy.Plant(netpoll, Replace("bool netpollblockcommit", "if (r)", "if (!r)")), netpoll, line, "body", "netpollblockcommit", "Go does not have: !");
        line = LineOf(netpoll, "go<bool> netpollblock(", "if (waitio || ");
        var problems = Copy.Plant(netpoll, Replace("go<bool> netpollblock(", "if (waitio || ", "if (waitio && "));
        Assert.That(problems.Select(p => (p.File, p.Line, p.Kind, p.Name)), Has.Member((netpoll, line, "body", "netpollblock")));
    }

    [Test]
    public void TestChangedConstant()
    {
        var line = LineOf(netpoll, "", "pollErrTimeout = 2");
        Found(Copy.Plant(netpoll, Replace("", "pollErrTimeout = 2", "pollErrTimeout = 4")), netpoll, line, "const", "pollErrTimeout", "Go's value is 2, ours 4", "Give it Go's value");
        line = LineOf(netpoll, "", "pollExpiredReadDeadline = 1 << 2");
        Found(Copy.Plant(netpoll, Replace("", "pollExpiredReadDeadline = 1 << 2", "pollExpiredReadDeadline = 1 << 4")), netpoll, line, "const", "pollExpiredReadDeadline", "Go's value is 4, ours 16");
    }

    [Test]
    public void TestChangedString()
    {
        var line = LineOf("net/fd_unix.cs", "", "writeToSyscallName = \"sendto\"");
        Found(Copy.Plant("net/fd_unix.cs", Replace("", "writeToSyscallName = \"sendto\"", "writeToSyscallName = \"send\"")), "net/fd_unix.cs", line, "const", "writeToSyscallName", "Go's value is sendto, ours send");
    }

    [Test]
    public void TestMissingConstant()
    {
        var line = LineOf(netpoll, "", "internal const int pollErrTimeout");
        Found(Copy.Plant(netpoll, Replace("", "pollErrNotPollable = 3", "pollErrNotPolled = 3").Then(Replace("int netpollcheckerr", "pollErrNotPollable", "pollErrNotPolled"))), netpoll, line, "const", "pollErrNotPollable", "the constant is missing");
    }

    [Test]
    public void TestMovedField()
    {
        const string rseq = "        internal uintptr rseq; // guards against read timers that are out of date\n";
        const string rt = "        internal timer rt; // timer of the read deadline; it is set when rt.f != null\n";
        var line = LineOf(netpoll, "", "internal uintptr rseq;");
        var problems = Copy.Plant(netpoll, Replace("", rseq + rt, rt + rseq));
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        Assert.Multiple(() =>
        {
            Assert.That(problems[0], Has.Property("File").EqualTo(netpoll).And.Property("Kind").EqualTo("field").And.Property("Name").EqualTo("pollDesc"));
            Assert.That(problems[0].Line, Is.InRange(line, line + 1));
            Assert.That(problems[0].ToString(), Does.Contain("is not at Go's place").And.Contain("Move it behind"));
        });
    }

    [Test]
    public void TestMissingAndExtraField()
    {
        var line = LineOf(netpoll, "", "internal int64 rd;");
        var problems = Copy.Plant(netpoll, Replace("", "        internal int64 rd; // read", "        internal int64 rd;\n        internal int64 extra; // read"));
        Found(problems, netpoll, line + 1, "field", "pollDesc", "Go's type has no field extra");
        problems = Copy.Plant(netpoll, Replace("", "        internal uint32 user; // a cookie that the user may set\n", ""));
        Found(problems, netpoll, LineOf(netpoll, "", "internal bool closing;"), "field", "pollDesc", "the field user is missing", "runtime/netpoll.go:");
    }

    [Test]
    public void TestLostMarker()
    {
        var line = LineOf(netpoll, "", "makeArg()\n");
        var problems = Copy.Plant(netpoll, Replace("It allocates nothing.", "PORT(any)", "NOTE"));
        Assert.That(problems, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            Assert.That(problems.All(p => p is { File: netpoll, Name: "pollDesc.makeArg" }), string.Join('\n', problems));
            Assert.That(problems[0].Line, Is.InRange(line, line + 3));
            Assert.That(problems[0].Advice, Does.Contain("mark it with PORT(id)"));
        });
    }

    [Test]
    public void TestMarkerElsewhere()
    {
        // A marker excuses what it stands at, not all of the function.
        var problems = Copy.Plant(netpoll, Replace("void poll_runtime_pollUnblock", "        pd->closing = true;\n", "        // PORT(goos): nothing\n        pd->closing = true;\n").Then(Replace("void poll_runtime_pollUnblock", "            pd->wt.f = null;\n", "")));
        Assert.That(problems.Select(p => (p.File, p.Kind, p.Name)), Is.EqualTo(new[] { (netpoll, "body", "poll_runtime_pollUnblock") }));
    }

    [Test]
    public void TestOrphanEntry()
    {
        var line = LineOf("PORTING.md", "", "- **alias**");
        Found(Copy.Plant("PORTING.md", Replace("", "- **alias**", "- **aardvark**: nothing.\n- **alias**")), "PORTING.md", line, "entry", "aardvark", "no PORT(aardvark) in the sources", "Remove the entry");
    }

    [Test]
    public void TestOrphanMarker()
    {
        var line = LineOf(netpoll, "void netpollgoready", "netpollWaiters.Add(-1);");
        Found(Copy.Plant(netpoll, Replace("void netpollgoready", "netpollWaiters.Add(-1);", "netpollWaiters.Add(-1); // PORT(aardvark): nothing")), netpoll, line, "marker", "PORT(aardvark)", "PORTING.md has no entry aardvark", "Add - **aardvark**");
    }

    [Test]
    public void TestLostEntry()
    {
        var problems = Copy.Plant("PORTING.md", t => t.Replace(Between(t, "- **nettrace**", "- **nil**"), ""));
        Assert.That(problems, Is.Not.Empty);
        Assert.That(problems.All(p => p is { Kind: "marker", Name: "PORT(nettrace)" } && p.File.StartsWith("net/")), string.Join('\n', problems));
    }

    [Test]
    public void TestSignature()
    {
        var line = LineOf(netpoll, "", "netpollready(gList* toRun");
        Found(Copy.Plant(netpoll, Replace("void netpollready", "(gList* toRun, pollDesc* pd, int32 mode)", "(pollDesc* pd, gList* toRun, int32 mode)")), netpoll, line, "signature", "netpollready", "Go's parameter toRun is pd here");
        Found(Copy.Plant(netpoll, Replace("void netpollready", "int32 mode)", "int64 mode)")), netpoll, line, "signature", "netpollready", "the parameter mode is int32 in Go, long here");
    }

    [Test]
    public void TestExtraFunction()
    {
        var line = LineOf(netpoll, "", "    internal static bool netpollinited()");
        Found(Copy.Plant(netpoll, Replace("", "    internal static bool netpollinited()", "    internal static void helper()\n    {\n    }\n\n    internal static bool netpollinited()")), netpoll, line, "extra", "runtime.helper", "Go has no such function");
    }

    [Test]
    public void TestMovedFunction()
    {
        const string other = "runtime/nbpipe_pipe2.cs";
        var moved = "";
        var problems = Copy.With(
            netpoll,
            t => t.Replace(moved = Between(t, "    internal static unsafe void netpollready", "    [MethodImpl(MethodImplOptions.AggressiveInlining)]\n    internal static unsafe int netpollcheckerr"), ""),
            without => Copy.With(other, t => t[..t.LastIndexOf('}')] + "\n" + moved + "}\n", port => Copy.Fresh(new Check(port).Problems), without));
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        Assert.That(problems[0].ToString(), Does.StartWith(other).And.Contain("netpollready: Go has it in runtime/netpoll.go").And.Contain("Move it to runtime/netpoll.cs"));
    }

    [Test]
    public void TestLink()
    {
        const string file = "internal/poll/fd_poll_runtime.cs";
        var problems = Copy.Plant(file, Replace("", "Name = \"poll_runtime_pollReset\"", "Name = \"poll_runtime_pollClose\""));
        Assert.That(problems, Is.Not.Empty);
        Assert.That(problems.Any(p => p is { File: file, Kind: "link", Name: "runtime_pollReset" }), string.Join('\n', problems));
    }

    [Test]
    public void TestPending()
    {
        var line = LineOf(Pending.Path, "", "net/lookup.go:");
        var problems = Copy.Plant(Pending.Path, Replace("", "    ipAddrsEface LookupCNAME", "    ipAddrsEface lookupIPReturn LookupCNAME"));
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        Assert.That(problems[0].ToString(), Does.Contain("net/lookup.cs:").And.Contain("lookupIPReturn").And.Contain($"{Pending.Path}:{line} lists it as not yet ported, and it is here").And.Contain("Take it off the list"));

        problems = Copy.Plant(Pending.Path, Replace("", "    ipAddrsEface LookupCNAME", "    LookupCNAME"));
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        Assert.That(problems[0].ToString(), Does.Contain("net/lookup.cs:").And.Contain("ipAddrsEface: the function is missing"));
    }

    [Test]
    public void TestHalfDone()
    {
        var problems = Copy.Plant(Pending.Path, t => t.Replace("net/lookup.go: ", "net/port.go: nothing of it\nnet/lookup.go: "));
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        Assert.That(problems[0].ToString(), Does.StartWith("net/port.cs:").And.Contain("half done").And.Contain("Finish it"));
    }

    [Test]
    public void TestStaleTable()
    {
        var stale = Copy.With("PORTING.md", t =>
        {
            var root = Copy.Port.Tree.Root;
            Table.Write(root, new Check(Copy.Port).Files);
            return File.ReadAllText(Path.Combine(root, "PORTING.md")).Replace("| `runtime/netpoll.go` | `runtime/netpoll.cs` |", "| `runtime/netpoll.go` | `runtime/netpol.cs` |");
        }, port => new Check(port).Problems.Where(p => p.Kind == "table").ToList());
        Assert.That(stale, Has.Count.EqualTo(1));
        Assert.That(stale[0].ToString(), Does.StartWith("PORTING.md:").And.Contain("stale").And.Contain("`runtime/netpoll.cs`").And.Contain("portcheck table --write"));
    }

    [Test]
    public void TestTableIsWritten()
    {
        var stale = Copy.With("PORTING.md", t =>
        {
            var root = Copy.Port.Tree.Root;
            File.WriteAllText(Path.Combine(root, "PORTING.md"), t.Replace("| `runtime/netpoll.go` |", "| `runtime/x.go` |"));
            Table.Write(root, new Check(Copy.Port).Files);
            var written = File.ReadAllText(Path.Combine(root, "PORTING.md"));
            Assert.That(written, Does.Contain("| `runtime/netpoll.go` | `runtime/netpoll.cs` | 31/31 |").And.Contain("| all |"));
            return written + "\n";
        }, port => new Check(port).Problems.Where(p => p.Kind == "table").ToList());
        Assert.That(stale, Is.Empty);
    }

    [Test]
    public void TestCallGraph()
    {
        static string Print(Port port)
        {
            var text = new StringWriter();
            new CallGraph(port).Run(text, null);
            return text.ToString();
        }
        var before = Print(Copy.Port);
        Assert.Multiple(() =>
        {
            foreach (var root in new[] { "runtime.schedule", "runtime.gcStart", "runtime.gcDrain", "runtime.gcMarkDone", "runtime.gcMarkTermination", "runtime.startTheWorld", "runtime.sysmon", "internal/poll.FD.Read", "internal/poll.FD.Write", "internal/poll.FD.Accept", "internal/poll.FD.Close" })
            {
                Assert.That(before, Does.Contain($"\n{root}: ").Or.StartsWith($"{root}: "));
            }
            Assert.That(before, Does.Match(@"(?m)^   runtime\.findRunnable\n( .*\n)*     runtime\.netpoll \*"), "schedule, findRunnable, netpoll");
            Assert.That(before, Does.Contain("runtime.wakeNetPoller\n"));
            Assert.That(before, Does.Not.Contain("runtime.wakeNetPoller -> runtime.netpollBreak: in Go only"));
        });
        var after = Copy.With("runtime/proc.cs", Replace("void wakeNetPoller", "netpollBreak();", ""), Print);
        Assert.That(after, Does.Contain("runtime.wakeNetPoller -> runtime.netpollBreak: in Go only; no marker says why"));
        Assert.That(after, Does.Match(@"(?m)^- +runtime\.netpollBreak \*"));
    }

    [Test]
    public void TestDot()
    {
        var file = Path.Combine(Copy.Port.Tree.Root, "poller.dot");
        new CallGraph(Copy.Port).Run(TextWriter.Null, file);
        var lines = File.ReadAllLines(file);
        File.Delete(file);
        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Member("digraph poller {"));
            Assert.That(lines, Has.Member("    \"runtime.findRunnable\" -> \"runtime.netpoll\";"));
            Assert.That(lines, Has.Member("    \"internal/poll.runtime_pollWait\" -> \"runtime.poll_runtime_pollWait\";"));
            Assert.That(lines[^1], Is.EqualTo("}"));
        });
    }
}

internal static class Edits
{
    internal static Func<string, string> Then(this Func<string, string> first, Func<string, string> second) => text => second(first(text));
}
