using System.Diagnostics;
using System.Threading;
using common;

namespace bench;

internal sealed class ProcTest
{
    // Its own clock lies between two looks at what .NET says of this process.
    [Test]
    public void TestCpu()
    {
        static double Now()
        {
            using var self = Process.GetCurrentProcess();
            return self.TotalProcessorTime.TotalSeconds;
        }
        var before = Now();
        var cpu = Proc.Cpu(Environment.ProcessId);
        var after = Now();
        // The two are rounded in other ways.
        Assert.That(cpu, Is.GreaterThan(before - 0.02).And.LessThan(after + 0.02));
        Assert.That(Proc.User(Environment.ProcessId), Is.LessThan(after + 0.1));
        Assert.That(() => Proc.Cpu(int.MaxValue / 16), Throws.TypeOf<FailedException>());
    }

    // A thread that has ended takes nothing away, and one that is new counts whole.
    [Test]
    public void TestSince()
    {
        Assert.That(Proc.Since(new() { [1] = 5, [2] = 1000 }, new() { [1] = 7, [3] = 4 }), Is.EqualTo(6));
    }

    [Test]
    public void TestSwitches()
    {
        var before = Proc.Switches(Environment.ProcessId);
        // To sleep is to give up the CPU; nothing is waited for.
        Thread.Sleep(1);
        Assert.That(Proc.Since(before, Proc.Switches(Environment.ProcessId)), Is.Positive);
    }
}
