// Ports src/runtime/stack_test.go of go1.20, as far as it is about what runtime.Stack shows.
using System.Text;
using System.Threading.Tasks;
using static golang.builtin;
using static golang.export_test;

namespace golang;

public class stack_test
{
    [Test]
    public Task TestStackAllOutput() => runtime.Run(async () =>
    {
        var b = new byte[1024];
        var stk = Encoding.UTF8.GetString(b, 0, await runtime.Stack(b, true));
        Assert.That(stk, Does.StartWith("goroutine "));
    });

    // What does not fit is cut off, and a buffer without room gets nothing.
    [Test]
    public Task TestStackTruncated() => runtime.Run(async () =>
    {
        var b = new byte[1024];
        Assert.That(await runtime.Stack(Memory<byte>.Empty, false), Is.Zero);
        Assert.That(await runtime.Stack(b.AsMemory(0, 7), true), Is.EqualTo(7));
        Assert.That(Encoding.UTF8.GetString(b, 0, 8), Is.EqualTo("gorouti\0"));
    });

    // A goroutine that has parked and goes on shows what is on the thread and, behind it, what
    // is left of its chain of frames, each once and at its line.
    [Test]
    public async Task TestStackAfterPark()
    {
        var stk = await runtime.Run(() => outer());
        var (f, line) = (0, 0);
        var lines = stk.Split('\n');
        string[] want = ["inner", "middle", "outer"];
        for (var i = 1; i < lines.Length && f < want.Length; i += 2, f++)
        {
            Assert.That(lines[i], Is.EqualTo($"stack_test.{want[f]}(...)"), stk);
            Assert.That(lines[i + 1], Does.Match(@"^\t.*stack_test\.cs:[0-9]+$"));
            var n = int.Parse(lines[i + 1][(lines[i + 1].LastIndexOf(':') + 1)..]);
            Assert.That(n, Is.GreaterThan(line), "inner stands before outer in this file");
            line = n;
        }
        Assert.That(f, Is.EqualTo(want.Length), stk);
        Assert.That(stk.Split("stack_test.outer"), Has.Length.EqualTo(2), stk);
    }

    private static async go<string> inner()
    {
        await runtime.Gosched();
        var b = new byte[4096];
        return Encoding.UTF8.GetString(b, 0, await runtime.Stack(b, false));
    }

    private static async go<string> middle()
    {
        await runtime.Gosched();
        var s = await inner();
        await runtime.Gosched();
        return s;
    }

    private static async go<string> outer() => await middle();

    // A goroutine that has not run yet shows its function.
    [TestCase(false)]
    [TestCase(true)]
    public Task TestStackNotStarted(bool argument) => runtime.Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        var b = new byte[1 << 16];
        var stk = "";
        // To stop the world may take a park, and then it has run.
        for (var i = 0; i < 1000 && !stk.Contains("notStarted("); i++)
        {
            if (argument)
            {
                builtin.go(notStarted, i);
            }
            else
            {
                builtin.go(notStarted);
            }
            stk = Encoding.UTF8.GetString(b, 0, await runtime.Stack(b, true));
        }
        Assert.That(stk, Does.Match(@"\ngoroutine [0-9]+ \[runnable\]:\nstack_test\.notStarted\(\.\.\.\)\n\t.*stack_test\.cs:[1-9][0-9]*\ncreated by TestStackNotStarted\n"));
        await runtime.Gosched();
    }));

    private static go notStarted() => default;

    private static go notStarted(int _) => default;

    // With the world stopped for it, Stack shows all goroutines while others come and go.
    [Test]
    public async Task TestStackAllUnderLoad([Values(1, 2, 4)] int procs)
    {
        await runtime.Run(() => testing.WithGOMAXPROCS(procs, async () =>
        {
            var stop = 0;
            var wg = new waitgroup(8);
            for (var i = 0; i < 8; i++)
            {
                builtin.go(async () =>
                {
                    while (System.Threading.Volatile.Read(ref stop) == 0)
                    {
                        var c = makechan<int>();
                        builtin.go(async () => await c.Send(1));
                        await c.Recv();
                        await runtime.Gosched();
                    }
                    wg.Done();
                });
            }
            var b = new byte[1 << 16];
            for (var i = 0; i < 20; i++)
            {
                var stk = Encoding.UTF8.GetString(b, 0, await runtime.Stack(b, true));
                Assert.That(stk.Split("TestStackAllUnderLoad"), Has.Length.GreaterThan(8), stk);
                await runtime.Gosched();
            }
            System.Threading.Volatile.Write(ref stop, 1);
            await wg.Wait();
        }));
    }
}
