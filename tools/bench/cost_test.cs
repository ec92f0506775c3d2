using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using common;

namespace bench;

internal sealed class CostTest
{
    [TestCase("void [runtime] golang.runtime::exitsyscall()[Optimized]", "golang.runtime::exitsyscall")]
    [TestCase("instance void [internal.poll] golang.poll+FD+<Read>d__32::MoveNext()[OptimizedTier1]", "golang.poll+FD+<Read>d__32::MoveNext")]
    [TestCase("valuetype [System.Runtime]System.ValueTuple`2<int32,class [runtime]golang.error> [syscall] golang.syscall::read(int32,valuetype [System.Runtime]System.Span`1<unsigned int8>)[Optimized]", "golang.syscall::read")]
    [TestCase("instance void [runtime] golang.frame`1[golang.net+conn+<Read>d__3]::set(!0&)[Optimized]", "golang.frame`1[golang.net+conn+<Read>d__3]::set")]
    [TestCase("stub InitThreadManagerPerfMapData<JIT_CopiedWriteBarriers>", "stub InitThreadManagerPerfMapData<JIT_CopiedWriteBarriers>")]
    public void TestMethod(string signature, string want) => Assert.That(Symbols.Method(signature), Is.EqualTo(want));

    [Test]
    public void TestNm()
    {
        var symbols = Symbols.Nm("""
            0000000000001000 T main.worker
                             U puts
            0000000000001040 t runtime.park_m
            0000000000001080 D data
            0000000000001090 T _end
            """.Split('\n'), 0x400000);
        Assert.That(new ulong[] { 0x400fff, 0x401000, 0x40103f, 0x401040, 0x40107f, 0x401080, 0x401090 }.Select(symbols.Find),
            Is.EqualTo(new[] { null, "main.worker", "main.worker", "runtime.park_m", "runtime.park_m", null, null }));
    }

    [Test]
    public void TestParts()
    {
        var symbols = Symbols.PerfMap(["1000 40 void [runtime] golang.runtime::schedule()[Optimized]", "1040 10 void [runtime] golang.runtime::park_m(valuetype golang.runtime/g*)[Optimized]"]);
        string[] maps =
        [
            "00001000-00002000 rw-p 00000000 00:00 0 ",
            "7f0000000000-7f0000001000 r--p 00000000 fe:00 17 /usr/lib/libc.so.6",
            "7f0000001000-7f0000002000 r-xp 00001000 fe:00 17 /usr/lib/libc.so.6",
        ];
        // Ten requests; the second line is come to by every fifth only.
        var parts = Cost.Parts(["1000 10 0", "1004 20 1", "1040 2 0", "7f0000001004 30 0", "7f0000001044 5 0", "7f0000000004 1 0", "9 4 0"], 10, symbols, maps);
        Assert.That(parts, Is.EqualTo(new[]
        {
            new Part("libc.so.6", 3.5, 0, 2),
            new Part("golang.runtime::schedule", 3, 2, 1),
            new Part("?", 0.5, 0, 0),
            new Part("golang.runtime::park_m", 0.2, 0, 0),
        }));
        Assert.That(Cost.Table([("goport", parts)], 64, new() { ["CPU"] = "one" }), Does
            .Contain("| goport | 7 | 2.0 | 3 |").And
            .Contain("| 3 | 2.0 | 1 | `golang.runtime::schedule` |"));
    }

    // OrIgnore runs something for which C programs are compiled and processes traced.
    private static T OrIgnore<T>(Func<T> run)
    {
        try
        {
            return run();
        }
        catch (LeftOut e)
        {
            Assert.Ignore(e.Message);
            throw;
        }
        catch (FailedException e) when (e.Message.Contains("Operation not permitted"))
        {
            Assert.Ignore("no leave to trace a process");
            throw;
        }
    }

    private static readonly ServerKind c = ServerKind.All.Single(k => k.Name == "c");

    // The whole way, with the server that is the least: some instructions and three calls or four.
    [Test]
    public void TestRun()
    {
        var parts = OrIgnore(() => Cost.Run(c, 64, 50, 0));
        Assert.That(parts.Sum(p => p.Instructions), Is.InRange(20, 2000));
        Assert.That(parts.Select(p => p.Name), Has.Some.EqualTo("serve").Or.Some.EqualTo("loop"));
        Assert.That(parts.Single(p => p.Name == "libc.so.6").Instructions, Is.GreaterThan(10));
    }

    // A thread that waits all the time: step gives up, and the server lives.
    [Test]
    public void TestGivesUp()
    {
        using var server = new Server(c, OrIgnore(c.Build), null);
        var requests = OrIgnore(() =>
        {
            var (status, output) = Child.Run(new(ServerKind.C("step"), [$"{server.Id}", $"{server.Id}", "5"]));
            return status == 0 ? output : throw new FailedException(output);
        });
        Assert.That(requests, Is.EqualTo("0\n"));
        using var s = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        s.Connect(IPEndPoint.Parse(server.Address));
        s.Send([1]);
        Assert.That(s.Receive(new byte[2]), Is.EqualTo(1));
    }
}
