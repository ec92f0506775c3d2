// The micro benchmarks of the port, for BenchmarkDotNet; ../micro_go has the same in Go.
// "bench micro" runs both.
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;

namespace micro;

internal static class Program
{
    private static int Main(string[] args)
    {
        // --quick: to see that everything runs.
        var quick = Array.IndexOf(args, "--quick") >= 0;
        args = Array.FindAll(args, a => a != "--quick");
        // The warm-up is for the tiers: a hot method is compiled with counters after 30 calls, and for good
        // after 30 more.
        var job = (quick ? Job.Dry : Job.Default.WithWarmupCount(8).WithIterationCount(10))
            .WithGcConcurrent(false);
        // BenchmarkDotNet builds the port anew for its own process.
        var config = ManualConfig.CreateEmpty()
            .WithBuildTimeout(TimeSpan.FromMinutes(20))
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(JsonExporter.FullCompressed);
        var bad = 0;
        foreach (var summary in BenchmarkSwitcher.FromTypes([typeof(Benchmarks)]).Run(args, config))
        {
            foreach (var report in summary.Reports)
            {
                bad += report.Success ? 0 : 1;
            }
            bad += summary.HasCriticalValidationErrors ? 1 : 0;
        }
        return bad == 0 ? 0 : 1;
    }
}
