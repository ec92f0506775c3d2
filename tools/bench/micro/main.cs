// The micro benchmarks of the port, for BenchmarkDotNet; ../micro_go has the same in Go.
// "bench micro" runs both.
using System.CommandLine;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Environments;
using BenchmarkDotNet.EventProcessors;
using BenchmarkDotNet.Exporters.Json;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace micro;

internal static class Program
{
    private static int Main(string[] args)
    {
        var quick = new Option<bool>("--quick") { Description = "Once and briefly, to see that everything runs." };
        var go = new Option<string?>("--go") { Description = "The test binary with the same benchmarks in Go: each runs before and after that of the same name here." };
        var goCount = new Option<int>("--go-count") { Description = "How often, each time.", DefaultValueFactory = _ => 1 };
        var goOutput = new Option<string?>("--go-output") { Description = "A file to which what Go writes is added." };
        var disasm = new Option<string[]>("--disasm") { Description = "Show what the JIT made of the methods whose signatures match this glob." };
        // What it does not know is BenchmarkDotNet's.
        var command = new RootCommand("The micro benchmarks of the port.") { quick, go, goCount, goOutput, disasm };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(p => Run(
            [.. p.UnmatchedTokens],
            p.GetValue(quick),
            p.GetValue(go) is { } binary ? new Beside(binary, p.GetValue(goCount), p.GetValue(quick) ? "10ms" : "1s", p.GetValue(goOutput)) : null,
            p.GetValue(disasm) ?? []));
        return command.Parse(args).Invoke();
    }

    private static int Run(string[] args, bool quick, Beside? beside, string[] disasm)
    {
        // The warm-up is for the tiers: a hot method is compiled with counters after 30 calls, and for good
        // after 30 more. Two processes, since the same code is not as fast at every address.
        var job = (quick ? Job.Dry : Job.Default.WithLaunchCount(2).WithWarmupCount(8).WithIterationCount(6))
            .WithGcConcurrent(false);
        // BenchmarkDotNet builds the port anew for its own process.
        var config = ManualConfig.CreateEmpty()
            .WithBuildTimeout(TimeSpan.FromMinutes(20))
            .AddJob(job)
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddExporter(JsonExporter.FullCompressed);
        if (beside != null)
        {
            config.AddEventProcessor(beside);
        }
        if (disasm.Length > 0)
        {
            config.AddDiagnoser(new DisassemblyDiagnoser(new DisassemblyDiagnoserConfig(filters: disasm, exportGithubMarkdown: true)));
        }
        var bad = 0;
        foreach (var summary in BenchmarkSwitcher.FromTypes([typeof(Benchmarks)]).Run(args, config))
        {
            bad += summary.Reports.Count(r => !r.Success);
            bad += summary.HasCriticalValidationErrors ? 1 : 0;
        }
        return bad == 0 && beside is not { Failed: true } ? 0 : 1;
    }

    // Beside runs the same benchmark in Go before and after each of those here: the machine is the same then.
    private sealed class Beside(string binary, int count, string time, string? output) : EventProcessor
    {
        internal bool Failed { get; private set; }

        public override void OnStartRunBenchmark(BenchmarkCase benchmarkCase) => Run(benchmarkCase.Descriptor.WorkloadMethod.Name);

        public override void OnEndRunBenchmark(BenchmarkCase benchmarkCase, BenchmarkReport report) => Run(benchmarkCase.Descriptor.WorkloadMethod.Name);

        private void Run(string name)
        {
            string[] args =
            [
                "-test.run", "^$", "-test.bench", $"^Benchmark{name}$", "-test.benchmem", "-test.timeout", "0",
                "-test.count", $"{count}", "-test.benchtime", time,
            ];
            using var process = new System.Diagnostics.Process();
            process.StartInfo = new(binary, args) { RedirectStandardOutput = true };
            process.Start();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Console.Write(text);
            if (output != null)
            {
                File.AppendAllText(output, text);
            }
            Failed |= process.ExitCode != 0;
        }
    }
}
