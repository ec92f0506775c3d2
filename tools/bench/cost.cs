using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using common;

namespace bench;

/// <summary>What a function, or a library without symbols, takes for one request outside the kernel.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Instructions">Instructions.</param>
/// <param name="Locked">Of these locked ones.</param>
/// <param name="Lines">Lines of 64 bytes of code that at least every second request comes to.</param>
internal sealed record Part(string Name, double Instructions, double Locked, int Lines);

// The instructions of one request, function by function, counted by step.c. The server has one P and
// connections that rest between their requests, so each request parks a goroutine and wakes it; with only
// one connection it also looks for work, finds none and sleeps.
internal static partial class Cost
{
    private const int Size = 64;

    // How often it is tried: the thread that is stepped may come to wait for one that stands still.
    private const int Tries = 50;

    internal static List<Part> Run(ServerKind kind, int connections, int requests, double warmup)
    {
        var step = ServerKind.C("step");
        var program = kind.Build();
        // The map of compiled methods goes to /tmp.
        kind = kind with { Environment = [.. kind.Environment, ("GOMAXPROCS", "1"), ("DOTNET_PerfMapEnabled", "1"), ("DOTNET_EnableWriteXorExecute", "0")] };
        // On one CPU: the C server then has one thread, for one that stands still would hold up the load.
        using var server = new Server(kind, program, Proc.FirstCpu());
        var map = $"/tmp/perf-{server.Id}.map";
        try
        {
            using var load = new RestingLoad(server.Address, connections, Size);
            Thread.Sleep(TimeSpan.FromSeconds(warmup));
            for (var i = 0; i < Tries; i++)
            {
                // The thread that has just done most.
                var before = Proc.ThreadTimes(server.Id);
                Thread.Sleep(TimeSpan.FromSeconds(0.1));
                var tid = Proc.ThreadTimes(server.Id).MaxBy(t => t.Value - before.GetValueOrDefault(t.Key)).Key;
                var (status, output) = Child.Run(new(step, [$"{server.Id}", $"{tid}", $"{requests}"]));
                if (status != 0)
                {
                    throw new FailedException($"step: {output.Trim()}");
                }
                var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                if (int.Parse(lines[0], CultureInfo.InvariantCulture) == requests)
                {
                    var maps = File.ReadAllLines($"/proc/{server.Id}/maps");
                    var symbols = File.Exists(map) ? Symbols.PerfMap(File.ReadLines(map)) : Symbols.Program(program, maps);
                    return Parts(lines.Skip(1), requests, symbols, maps);
                }
            }
            throw new FailedException($"{kind.Name}: in {Tries} tries no thread answered {requests} requests by itself");
        }
        finally
        {
            File.Delete(map);
            File.Delete($"/tmp/perfinfo-{server.Id}.map");
        }
    }

    // Parts adds up the lines of step.c, "ADDRESS COUNT LOCKED".
    internal static List<Part> Parts(IEnumerable<string> lines, int requests, Symbols symbols, IEnumerable<string> maps)
    {
        var files = maps.Select(l => MapsLine().Match(l)).Where(m => m.Success)
            .Select(m => (From: Hex(m.Groups[1].Value), To: Hex(m.Groups[2].Value), Name: Path.GetFileName(m.Groups[3].Value))).ToList();
        return [.. lines.Select(l => l.Split(' '))
            .Select(f => (Address: Hex(f[0]), Count: long.Parse(f[1], CultureInfo.InvariantCulture), Locked: f[2] == "1"))
            .GroupBy(x => symbols.Find(x.Address) ?? files.FirstOrDefault(m => m.From <= x.Address && x.Address < m.To).Name ?? "?")
            .Select(g => new Part(
                g.Key,
                (double)g.Sum(x => x.Count) / requests,
                (double)g.Where(x => x.Locked).Sum(x => x.Count) / requests,
                g.Where(x => 2 * x.Count >= requests).Select(x => x.Address / 64).Distinct().Count()))
            .OrderByDescending(p => p.Instructions)];
    }

    [GeneratedRegex("^([0-9a-f]+)-([0-9a-f]+) ..x. [0-9a-f]+ [0-9a-f:]+ [0-9]+ +(.+)$")]
    internal static partial Regex MapsLine();

    internal static ulong Hex(string s) => ulong.Parse(s, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    internal static string Json(IEnumerable<(string Server, List<Part> Parts)> costs, int connections, Dictionary<string, string> machine) => JsonSerializer.Serialize(
        new { machine, connections, servers = costs.Select(c => new { server = c.Server, parts = c.Parts }) },
        new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });

    // Table shows what takes at least a hundredth.
    internal static string Table(IReadOnlyList<(string Server, List<Part> Parts)> costs, int connections, Dictionary<string, string> machine)
    {
        static string N(double x, string format = "0") => x.ToString(format, CultureInfo.InvariantCulture);
        var b = new StringBuilder();
        b.Append("# The instructions of a request\n\n");
        b.Append(string.Join("; ", machine.Select(m => $"{m.Key}: {m.Value}"))).Append(".\n\n");
        b.Append($"Outside the kernel, for one request of {Size} bytes: one P, {(connections == 1 ? "a connection that rests between its" : $"{connections} connections that rest between their")} requests, counted by stepping the thread that serves. A line of code is 64 bytes that at least every second request comes to.\n\n");
        Markdown.Table(b, ["server", "instructions", "of these locked", "lines of code"],
            costs.Select(c => new[] { c.Server, N(c.Parts.Sum(p => p.Instructions)), N(c.Parts.Sum(p => p.Locked), "0.0"), N(c.Parts.Sum(p => p.Lines)) }));
        foreach (var (server, parts) in costs)
        {
            b.Append($"## {server}\n\n");
            var least = parts.Sum(p => p.Instructions) / 100;
            Markdown.Table(b, ["instructions", "locked", "lines", "function"],
                parts.Where(p => p.Instructions >= least).Select(p => new[] { N(p.Instructions), N(p.Locked, "0.0"), N(p.Lines), $"`{p.Name}`" }));
        }
        return b.ToString();
    }
}

// The functions of a process by their addresses.
internal sealed partial class Symbols
{
    private readonly List<(ulong From, ulong To, string Name)> functions;
    private readonly List<ulong> starts;

    private Symbols(IEnumerable<(ulong From, ulong To, string Name)> functions)
    {
        this.functions = [.. functions.OrderBy(f => f.From)];
        starts = [.. this.functions.Select(f => f.From)];
    }

    internal string? Find(ulong address)
    {
        var i = starts.BinarySearch(address);
        i = i < 0 ? ~i - 1 : i;
        return i >= 0 && address < functions[i].To ? functions[i].Name : null;
    }

    // PerfMap reads what the CLR writes for perf: "START SIZE NAME". A method may be there more than once.
    internal static Symbols PerfMap(IEnumerable<string> lines) => new(lines
        .Select(l => PerfMapLine().Match(l)).Where(m => m.Success)
        .Select(m => (From: Cost.Hex(m.Groups[1].Value), Size: Cost.Hex(m.Groups[2].Value), Name: m.Groups[3].Value))
        .Select(f => (f.From, f.From + f.Size, Method(f.Name))));

    [GeneratedRegex("^(?:0x)?([0-9a-fA-F]+) ([0-9a-fA-F]+) (.+)$")]
    private static partial Regex PerfMapLine();

    // Method leaves of a signature the type and the name:
    // "instance void [internal.poll] golang.poll+FD+<Read>d__32::MoveNext()[Optimized]".
    internal static string Method(string s)
    {
        var name = s.IndexOf("::", StringComparison.Ordinal);
        if (name < 0)
        {
            return s;
        }
        var args = s.IndexOf('(', name);
        var end = args < 0 ? s.Length : args;
        var start = s.LastIndexOf("] ", name, StringComparison.Ordinal);
        return s[(start < 0 ? 0 : start + 2)..end];
    }

    // Program asks nm for the functions of the program, or of the file with its symbols beside it.
    internal static Symbols Program(string program, IEnumerable<string> maps)
    {
        var nm = Child.Which("nm") ?? throw new InputException("nm is not there (apt-get install binutils)");
        var file = File.Exists(program + ".dbg") ? program + ".dbg" : program;
        var (status, output) = Child.Run(new(nm, ["-n", "-C", file]));
        if (status != 0)
        {
            throw new FailedException($"nm {file}: {output.Trim()}");
        }
        // The addresses of a program that can be anywhere are from where it starts.
        var header = new byte[18];
        using (var f = File.OpenRead(program))
        {
            f.ReadExactly(header);
        }
        const int ET_DYN = 3;
        var path = Path.GetFullPath(program);
        var start = BitConverter.ToUInt16(header, 16) == ET_DYN ? maps.Where(l => l.EndsWith(path)).Select(l => Cost.Hex(l[..l.IndexOf('-')])).Min() : 0;
        return Nm(output.Split('\n'), start);
    }

    internal static Symbols Nm(IEnumerable<string> lines, ulong start)
    {
        var all = lines.Select(l => NmLine().Match(l)).Where(m => m.Success)
            .Select(m => (Address: start + Cost.Hex(m.Groups[1].Value), Code: m.Groups[2].Value is "t" or "T" or "w" or "W", Name: m.Groups[3].Value)).ToList();
        return new(all.Zip(all.Skip(1)).Where(p => p.First.Code).Select(p => (p.First.Address, p.Second.Address, p.First.Name)));
    }

    [GeneratedRegex("^([0-9a-f]+) ([A-Za-z]) (.+)$")]
    private static partial Regex NmLine();
}

// RestingLoad sends on all its connections, waits for all replies, and rests.
internal sealed class RestingLoad : IDisposable
{
    // A request that is stepped takes ten milliseconds: a server with one connection shall sleep before the next.
    private readonly TimeSpan rest;

    private readonly Socket[] sockets;
    private readonly Thread thread;
    private volatile bool stop;

    internal RestingLoad(string address, int connections, int size)
    {
        rest = TimeSpan.FromMilliseconds(Math.Max(2, 100 / connections));
        sockets = [.. Enumerable.Range(0, connections).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))];
        foreach (var s in sockets)
        {
            s.Connect(IPEndPoint.Parse(address));
        }
        thread = new Thread(() => Run(new byte[size])) { IsBackground = true };
        thread.Start();
    }

    private void Run(byte[] b)
    {
        try
        {
            while (!stop)
            {
                foreach (var s in sockets)
                {
                    s.Send(b);
                }
                foreach (var s in sockets)
                {
                    for (var n = 0; n < b.Length;)
                    {
                        var m = s.Receive(b, n, b.Length - n, SocketFlags.None);
                        if (m == 0)
                        {
                            return;
                        }
                        n += m;
                    }
                }
                Thread.Sleep(rest);
            }
        }
        catch (SocketException)
        {
            // The server has ended.
        }
        catch (ObjectDisposedException)
        {
        }
    }

    public void Dispose()
    {
        stop = true;
        foreach (var s in sockets)
        {
            s.Dispose();
        }
        thread.Join();
    }
}
