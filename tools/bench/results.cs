using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace bench;

// A figure of the echo runs.
internal sealed record Metric(string Name, string Title, string Unit, string Format)
{
    internal static readonly Metric
        Rate = new("requests_per_second", "requests/s", "1/s", "#,0"),
        P50 = new("p50_us", "p50, µs", "µs", "#,0.0"),
        P99 = new("p99_us", "p99, µs", "µs", "#,0.0"),
        P999 = new("p99.9_us", "p99.9, µs", "µs", "#,0.0"),
        Cpu = new("cpu_seconds_per_million_requests", "CPU s per 1M requests", "s", "0.00"),
        User = new("user_seconds_per_million_requests", "of that outside the kernel", "s", "0.00"),
        Calls = new("system_calls_per_request", "system calls/request", "", "0.00"),
        Switches = new("context_switches_per_request", "context switches/request", "", "0.000"),
        Start = new("start_ms", "start to first reply, ms", "ms", "0.0"),
        Memory = new("memory_mb", "memory without connections, MB", "MB", "0.0"),
        Idle = new("memory_per_idle_connection_kb", "memory per idle connection, KB", "KB", "0.00");

    internal static readonly Metric[] OfCells = [Rate, P50, P99, P999, Cpu, User, Calls, Switches];
    internal static readonly Metric[] OfServers = [Start, Memory, Idle];
}

// Connections of so many bytes a request.
internal sealed record Cell(int Connections, int Size);

// What a run has found. A server's own figures stand under the cell that is null.
internal sealed class Results
{
    private readonly Dictionary<(string Server, Cell? Cell, Metric Metric), List<double>> figures = [];

    internal Dictionary<string, string> Machine { get; } = [];

    internal Dictionary<string, string> Options { get; } = [];

    // The servers that took part, Go first, and what they are; and those that did not, and why.
    internal List<(string Name, string What)> Servers { get; } = [];

    internal List<(string Name, string Why)> LeftOut { get; } = [];

    internal List<Cell> Cells { get; } = [];

    // Calls by name, for a request.
    internal Dictionary<(string Server, Cell Cell), Dictionary<string, double>> CallsByName { get; } = [];

    // Where the load generator was busy nearly all of the time, it may have been the bottleneck.
    internal Dictionary<(string Server, Cell Cell), double> LoadBusy { get; } = [];

    internal const double TooBusy = 0.95;

    internal void Add(string server, Cell? cell, Metric metric, double value)
    {
        if (!figures.TryGetValue((server, cell, metric), out var list))
        {
            figures[(server, cell, metric)] = list = [];
        }
        list.Add(value);
    }

    internal void AddBusy(string server, Cell cell, double busy) => LoadBusy[(server, cell)] = Math.Max(busy, LoadBusy.GetValueOrDefault((server, cell)));

    internal Summary? Get(string server, Cell? cell, Metric metric) =>
        figures.TryGetValue((server, cell, metric), out var rounds) ? Summary.Of(rounds, figures.GetValueOrDefault(("go", cell, metric))) : null;

    private static readonly JsonWriterOptions indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal string Json()
    {
        using var stream = new MemoryStream();
        using (var w = new Utf8JsonWriter(stream, indented))
        {
            w.WriteStartObject();
            Map(w, "machine", Machine);
            Map(w, "options", Options);
            Map(w, "servers", Servers.ToDictionary(s => s.Name, s => s.What));
            Map(w, "left_out", LeftOut.ToDictionary(s => s.Name, s => s.Why));
            w.WriteStartArray("results");
            foreach (var cell in Cells.Prepend(null))
            {
                foreach (var (server, _) in Servers)
                {
                    w.WriteStartObject();
                    w.WriteString("server", server);
                    if (cell != null)
                    {
                        w.WriteNumber("connections", cell.Connections);
                        w.WriteNumber("size", cell.Size);
                        w.WriteNumber("load_busy", LoadBusy.GetValueOrDefault((server, cell)));
                    }
                    foreach (var metric in cell == null ? Metric.OfServers : Metric.OfCells)
                    {
                        if (Get(server, cell, metric) is { } s)
                        {
                            Write(w, metric.Name, s);
                        }
                    }
                    if (cell != null && CallsByName.TryGetValue((server, cell), out var calls))
                    {
                        w.WriteStartObject("system_calls_by_name");
                        foreach (var (name, n) in calls.OrderByDescending(c => c.Value))
                        {
                            w.WriteNumber(name, n);
                        }
                        w.WriteEndObject();
                    }
                    w.WriteEndObject();
                }
            }
            w.WriteEndArray();
            w.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void Map(Utf8JsonWriter w, string name, Dictionary<string, string> map)
    {
        w.WriteStartObject(name);
        foreach (var (key, value) in map)
        {
            w.WriteString(key, value);
        }
        w.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter w, string name, Summary s)
    {
        w.WriteStartObject(name);
        w.WriteNumber("median", s.Median);
        w.WriteNumber("min", s.Min);
        w.WriteNumber("max", s.Max);
        if (s.Ratio is { } ratio)
        {
            w.WriteNumber("ratio_to_go", ratio);
            w.WriteNumber("ratio_min", s.RatioMin!.Value);
            w.WriteNumber("ratio_max", s.RatioMax!.Value);
        }
        w.WriteStartArray("rounds");
        foreach (var x in s.Rounds)
        {
            w.WriteNumberValue(x);
        }
        w.WriteEndArray();
        w.WriteEndObject();
    }

    // Parse reads what Json wrote.
    internal static Results Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        var results = new Results();
        foreach (var p in root.GetProperty("machine").EnumerateObject())
        {
            results.Machine[p.Name] = p.Value.GetString()!;
        }
        foreach (var p in root.GetProperty("options").EnumerateObject())
        {
            results.Options[p.Name] = p.Value.GetString()!;
        }
        results.Servers.AddRange(root.GetProperty("servers").EnumerateObject().Select(p => (p.Name, p.Value.GetString()!)));
        results.LeftOut.AddRange(root.GetProperty("left_out").EnumerateObject().Select(p => (p.Name, p.Value.GetString()!)));
        foreach (var r in root.GetProperty("results").EnumerateArray())
        {
            var server = r.GetProperty("server").GetString()!;
            Cell? cell = null;
            if (r.TryGetProperty("connections", out var connections))
            {
                cell = new Cell(connections.GetInt32(), r.GetProperty("size").GetInt32());
                if (!results.Cells.Contains(cell))
                {
                    results.Cells.Add(cell);
                }
                results.AddBusy(server, cell, r.GetProperty("load_busy").GetDouble());
                if (r.TryGetProperty("system_calls_by_name", out var calls))
                {
                    results.CallsByName[(server, cell)] = calls.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
                }
            }
            foreach (var metric in cell == null ? Metric.OfServers : Metric.OfCells)
            {
                if (r.TryGetProperty(metric.Name, out var m))
                {
                    foreach (var x in m.GetProperty("rounds").EnumerateArray())
                    {
                        results.Add(server, cell, metric, x.GetDouble());
                    }
                }
            }
        }
        return results;
    }
}
