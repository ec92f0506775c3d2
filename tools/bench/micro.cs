using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using common;

namespace bench;

// One benchmark's runs on one side: nanoseconds for an operation, and bytes allocated.
internal sealed record MicroFigure(IReadOnlyList<double> Nanoseconds, double? Bytes);

internal sealed record MicroRow(string Name, string What, MicroFigure? Go, MicroFigure? Port)
{
    internal double? Ratio => Go != null && Port != null ? Stats.Median(Port.Nanoseconds) / Stats.Median(Go.Nanoseconds) : null;
}

// The micro benchmarks: those of micro (BenchmarkDotNet) and of micro_go (testing.B), merged by name.
internal static partial class Micro
{
    // What each measures. All that is asked for can be reached in Go too, by linkname.
    internal static readonly (string Name, string What)[] All =
    [
        ("ParkReady", "gopark and goready: two goroutines hand over to each other"),
        ("Gosched", "Gosched, nothing else to run"),
        ("GoroutineCreateExit", "go statement, run, end: a chain of goroutines"),
        ("ChanPingPong", "two goroutines, unbuffered channels, there and back"),
        ("SemaUncontended", "semacquire and semrelease of a free semaphore"),
        ("SemaPingPong", "two goroutines, two semaphores, there and back"),
        ("MutexUncontended", "sync.Mutex, Lock and Unlock, one goroutine"),
        ("MutexContended", "sync.Mutex, Lock and Unlock, two goroutines for each P"),
        ("TimerAddDelete", "startTimer and stopTimer"),
        ("TimerReset", "resetTimer of a timer in the heap"),
        ("SetReadDeadline", "conn.SetReadDeadline, an hour away"),
        ("NetpollBreak", "netpollBreak, and the netpoll that takes it"),
        ("NetpollNothingReady", "netpoll(0), nothing ready"),
        ("TCPOneShot", "TCP: dial, 64 bytes there and back, close"),
        ("TCPPersistent", "TCP: 64 bytes there and back"),
        ("FdMutexRWLock", "fdMutex.rwlock and rwunlock"),
        ("Syscall", "getpid with entersyscall and exitsyscall"),
        ("RawSyscall", "getpid without"),
        ("RunqPutGet", "runqput and runqget"),
        ("RunqPutSteal", "two runqput, runqsteal of one, runqget"),
    ];

    // Run runs both; their output goes through. disasm: of which methods the code is shown.
    internal static List<MicroRow> Run(bool quick, int count, string filter, string[] disasm)
    {
        // What BenchmarkDotNet writes is not for the folder of the results.
        var artifacts = Directory.CreateDirectory(Path.Combine(Paths.Out, "micro")).FullName;
        if (Directory.Exists(Path.Combine(artifacts, "results")))
        {
            Directory.Delete(Path.Combine(artifacts, "results"), true);
        }
        List<string> args = ["--artifacts", artifacts, .. quick ? ["--quick"] : Array.Empty<string>(), .. disasm.SelectMany(d => new[] { "--disasm", d })];
        var output = Path.Combine(artifacts, "go.txt");
        File.WriteAllText(output, "");
        if (Build(Path.Combine(artifacts, "micro_go.test")) is { } binary)
        {
            // Half of Go's runs are before the port's, half after them, for each benchmark.
            args.AddRange(["--go", binary, "--go-count", $"{(quick ? 1 : (count + 1) / 2)}", "--go-output", output]);
        }
        using (var micro = new System.Diagnostics.Process())
        {
            micro.StartInfo = new System.Diagnostics.ProcessStartInfo(Paths.Built("micro"), [.. args, "--filter", .. Patterns(filter)]) { WorkingDirectory = Paths.Root };
            micro.Start();
            micro.WaitForExit();
            if (micro.ExitCode != 0)
            {
                throw new FailedException($"the benchmarks failed: status {micro.ExitCode}");
            }
        }
        var reports = Directory.GetFiles(Path.Combine(artifacts, "results"), "*-report-full-compressed.json");
        foreach (var listing in Directory.GetFiles(Path.Combine(artifacts, "results"), "*-asm.md"))
        {
            Console.Error.WriteLine($"the code of the methods is in {listing}");
        }
        return Merge(ParseGo(File.ReadAllText(output)), ParsePort(File.ReadAllText(reports.Single())));
    }

    // Build makes the test binary with Go's benchmarks.
    private static string? Build(string binary)
    {
        if (Child.Which("go") is not { } command)
        {
            Console.Error.WriteLine("bench: no go command: the port's benchmarks alone");
            return null;
        }
        var (status, output) = Child.Run(new(command, ["test", "-vet=off", "-c", "-o", binary], Folder: Path.Combine(Paths.Source, "micro_go")));
        return status == 0 ? binary : throw new FailedException($"the benchmarks in Go cannot be built: {output}");
    }

    // Patterns are BenchmarkDotNet's for the names that a regular expression chooses.
    private static IEnumerable<string> Patterns(string filter)
    {
        var names = All.Select(a => a.Name).Where(n => filter == "" || Regex.IsMatch(n, filter)).ToList();
        return names.Count > 0 ? names.Select(n => $"*.{n}") : throw new InputException($"no benchmark matches \"{filter}\"");
    }

    [GeneratedRegex(@"^Benchmark(\w+?)(?:-\d+)?\s+\d+\s+([0-9.e+]+) ns/op(?:\s+([0-9.]+) B/op)?")]
    private static partial Regex GoLine();

    // ParseGo reads the output of go test -bench, each benchmark once for each -count.
    internal static Dictionary<string, MicroFigure> ParseGo(string output) => output.Split('\n')
        .Select(l => GoLine().Match(l)).Where(m => m.Success)
        .GroupBy(m => m.Groups[1].Value)
        .ToDictionary(g => g.Key, g => new MicroFigure(
            [.. g.Select(m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))],
            g.All(m => m.Groups[3].Success) ? Stats.Median([.. g.Select(m => double.Parse(m.Groups[3].Value, CultureInfo.InvariantCulture))]) : null));

    // ParsePort reads BenchmarkDotNet's full report: the measurements that are results.
    internal static Dictionary<string, MicroFigure> ParsePort(string json)
    {
        using var report = JsonDocument.Parse(json);
        var figures = new Dictionary<string, MicroFigure>();
        foreach (var b in report.RootElement.GetProperty("Benchmarks").EnumerateArray())
        {
            if (!b.TryGetProperty("Statistics", out var s) || s.ValueKind != JsonValueKind.Object)
            {
                continue;
            }
            double? bytes = b.TryGetProperty("Memory", out var m) && m.TryGetProperty("BytesAllocatedPerOperation", out var n) && n.ValueKind == JsonValueKind.Number ? n.GetDouble() : null;
            figures[b.GetProperty("Method").GetString()!] = new MicroFigure([.. s.GetProperty("OriginalValues").EnumerateArray().Select(v => v.GetDouble())], bytes);
        }
        return figures;
    }

    // Merge joins the two by name, in the order of the list; what only one side has is there too.
    internal static List<MicroRow> Merge(Dictionary<string, MicroFigure> go, Dictionary<string, MicroFigure> port)
    {
        var known = All.ToDictionary(a => a.Name, a => a.What);
        return [.. All.Select(a => a.Name).Concat(go.Keys.Concat(port.Keys).Where(n => !known.ContainsKey(n)).Distinct().Order(StringComparer.Ordinal))
            .Where(n => go.ContainsKey(n) || port.ContainsKey(n))
            .Select(n => new MicroRow(n, known.GetValueOrDefault(n, ""), go.GetValueOrDefault(n), port.GetValueOrDefault(n)))];
    }

    internal static string Table(IReadOnlyList<MicroRow> rows, Dictionary<string, string> machine)
    {
        var b = new StringBuilder();
        b.Append("# Micro benchmarks\n\n");
        b.Append(string.Join("; ", machine.Select(m => $"{m.Key}: {m.Value}"))).Append(".\n\n");
        b.Append("Nanoseconds for an operation: the median, with the smallest and the largest in parentheses. Bytes: allocated for an operation.\n\n");
        Markdown.Table(b, ["benchmark", "what", "Go, ns", "GoPort, ns", "ratio", "Go, bytes", "GoPort, bytes"], rows.Select(r => new[]
        {
            r.Name, r.What, Ns(r.Go), Ns(r.Port), r.Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "", Bytes(r.Go), Bytes(r.Port),
        }));
        return b.ToString();
    }

    private static string Ns(MicroFigure? f) => f == null
        ? "not there"
        : Markdown.Figure(Summary.Of(f.Nanoseconds, null), Stats.Median(f.Nanoseconds) < 100 ? "0.0" : "#,0");

    private static string Bytes(MicroFigure? f) => f?.Bytes?.ToString("#,0", CultureInfo.InvariantCulture) ?? "";

    private static readonly JsonWriterOptions indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Json(IReadOnlyList<MicroRow> rows, Dictionary<string, string> machine)
    {
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream, indented))
        {
            w.WriteStartObject();
            w.WriteStartObject("machine");
            foreach (var (key, value) in machine)
            {
                w.WriteString(key, value);
            }
            w.WriteEndObject();
            w.WriteStartArray("benchmarks");
            foreach (var r in rows)
            {
                w.WriteStartObject();
                w.WriteString("name", r.Name);
                w.WriteString("what", r.What);
                Side(w, "go", r.Go);
                Side(w, "goport", r.Port);
                if (r.Ratio is { } ratio)
                {
                    w.WriteNumber("ratio", ratio);
                }
                w.WriteEndObject();
            }
            w.WriteEndArray();
            w.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Side(Utf8JsonWriter w, string name, MicroFigure? f)
    {
        if (f == null)
        {
            return;
        }
        w.WriteStartObject(name);
        w.WriteNumber("median_ns", Stats.Median(f.Nanoseconds));
        w.WriteStartArray("ns");
        foreach (var x in f.Nanoseconds)
        {
            w.WriteNumberValue(x);
        }
        w.WriteEndArray();
        if (f.Bytes is { } bytes)
        {
            w.WriteNumber("bytes", bytes);
        }
        w.WriteEndObject();
    }
}
