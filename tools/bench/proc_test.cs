using System.Diagnostics;

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
        Assert.That(() => Proc.Cpu(int.MaxValue / 16), Throws.InvalidOperationException);
    }
}
