using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using common;

namespace bench;

internal sealed record EchoOptions
{
    internal int[] Connections { get; init; } = [1, 64, 1000, 10_000];

    internal int[] Sizes { get; init; } = [64, 4096];

    internal double Seconds { get; init; } = 3;

    // The servers take turns of that length, or longer with many connections: Echo.Slice.
    internal double Slice { get; init; } = 0.1;

    internal int Rounds { get; init; } = 5;

    internal string[] Servers { get; init; } = [.. ServerKind.All.Select(k => k.Name)];

    // How long each server is under load in each round before anything is measured.
    internal double Warmup { get; init; } = 10;

    internal int Parked { get; init; } = 5000;

    // Spinners: one (with one connection), all or none.
    internal string Spinners { get; init; } = "one";

    internal string? ServerCpus { get; init; }

    internal string? LoadCpus { get; init; }

    internal int LoadThreads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    internal string Syscalls { get; init; } = "auto";
}

// One run: rounds, in each of which all servers run side by side, one of them under load at a time.
internal sealed class Echo(EchoOptions options)
{
    // progress gets what is being done, and how much of the whole is done.
    internal Results Run(Action<string, double> progress)
    {
        Check();
        var results = new Results();
        progress("building", 0);
        string load;
        try
        {
            load = ServerKind.C("load");
        }
        catch (LeftOut e)
        {
            throw new InputException($"the load generator is in C: {e.Message}");
        }
        var kinds = Build(results, progress);
        var tracer = Tracer.Choose(options.Syscalls);
        Describe(results, tracer);

        var cells = (from size in options.Sizes from connections in options.Connections select new Cell(connections, size)).ToList();
        results.Cells.AddRange(cells);
        Proc.Descriptors(Math.Max(options.Connections.Max(), options.Parked));

        var steps = (double)options.Rounds * (kinds.Count + cells.Count) + (tracer == null ? 0 : kinds.Count * cells.Count);
        var step = 0;
        void Step(string what) => progress(what, step++ / steps);

        for (var round = 0; round < options.Rounds; round++)
        {
            var servers = new List<Server>();
            try
            {
                foreach (var (kind, program) in Rotate(kinds, round))
                {
                    Step($"round {round + 1}: {kind.Name}: start and warm-up");
                    var server = new Server(kind, program, options.ServerCpus);
                    servers.Add(server);
                    Own(results, server, load);
                    Warm(server, load);
                }
                for (var i = 0; i < cells.Count; i++)
                {
                    Step($"round {round + 1}: {cells[i].Connections} connections, {cells[i].Size} bytes");
                    Measure(results, Rotate(servers, i), load, cells[i]);
                }
                if (round == options.Rounds - 1 && tracer != null)
                {
                    foreach (var cell in cells)
                    {
                        foreach (var server in servers)
                        {
                            Step($"system calls: {server.Kind.Name}: {cell.Connections} connections, {cell.Size} bytes");
                            Trace(results, server, load, cell, tracer);
                        }
                    }
                }
                foreach (var server in servers)
                {
                    server.Check();
                }
            }
            finally
            {
                foreach (var server in servers)
                {
                    server.Dispose();
                }
            }
        }
        progress("done", 1);
        return results;
    }

    private void Check()
    {
        foreach (var name in options.Servers)
        {
            if (ServerKind.All.All(k => k.Name != name))
            {
                throw new InputException($"--servers: no server \"{name}\"; there are {string.Join(", ", ServerKind.All.Select(k => k.Name))}");
            }
        }
        if (options.Connections.Any(n => n < 1) || options.Sizes.Any(n => n < 1) || options.Rounds < 1 || options.Seconds <= 0 || options.Slice <= 0 || options.LoadThreads < 1)
        {
            throw new InputException("connections, sizes, seconds, rounds and threads are at least 1");
        }
        if (options.Spinners is not ("one" or "all" or "none"))
        {
            throw new InputException($"--spinners is one, all or none, not {options.Spinners}");
        }
    }

    private List<(ServerKind Kind, string Program)> Build(Results results, Action<string, double> progress)
    {
        var kinds = new List<(ServerKind, string)>();
        foreach (var kind in ServerKind.All.Where(k => options.Servers.Contains(k.Name)))
        {
            progress($"building {kind.Name}", 0);
            try
            {
                kinds.Add((kind, kind.Build()));
                results.Servers.Add((kind.Name, kind.What));
            }
            catch (LeftOut e)
            {
                results.LeftOut.Add((kind.Name, e.Message));
            }
        }
        return kinds.Count > 0 ? kinds : throw new InputException($"no server can be built: {string.Join("; ", results.LeftOut.Select(l => $"{l.Name}: {l.Why}"))}");
    }

    private static List<T> Rotate<T>(List<T> list, int n) => [.. list.Skip(n % list.Count), .. list.Take(n % list.Count)];

    private Load Connect(Server server, string load, Cell cell) =>
        new(load, options.LoadCpus, server.Address, cell.Connections, cell.Size, options.LoadThreads);

    // Own takes a server's own figures: before anything else, and with connections at which nothing
    // happens. A hundred more than those that are counted pay for what does not depend on their number.
    private void Own(Results results, Server server, string load)
    {
        var name = server.Kind.Name;
        results.Add(name, null, Metric.Start, server.Start.TotalMilliseconds);
        results.Add(name, null, Metric.Memory, Proc.Rss(server.Id) / 1e6);
        if (options.Parked > 0)
        {
            using (Connect(server, load, new Cell(100, 64)))
            {
                var before = Proc.Rss(server.Id);
                using (Connect(server, load, new Cell(options.Parked, 64)))
                {
                    results.Add(name, null, Metric.Idle, (Proc.Rss(server.Id) - before) / 1e3 / options.Parked);
                }
            }
            server.WaitClosed();
        }
    }

    private void Warm(Server server, string load)
    {
        if (options.Warmup > 0)
        {
            using (var l = Connect(server, load, new Cell(64, 64)))
            {
                l.Run(options.Warmup);
            }
            server.WaitClosed();
        }
    }

    // Slice is the length of a turn. A turn begins with a request on each connection and ends with the reply
    // to the last: it must be long beside the time that a round trip on each of them takes.
    private double Slice(int connections) => Math.Min(options.Seconds, Math.Max(options.Slice, connections / 10e3));

    // What a server did in its turns.
    private sealed class Turns(Load load)
    {
        internal readonly Load Load = load;
        internal double Requests, Seconds, Cpu, User, Busy;
        internal long Switches;
        internal Histogram Latencies = new([]);
    }

    // Measure has all servers connected, and each in turn under load for a moment: what else happens on the
    // machine, and how fast it is, is then the same for all.
    private void Measure(Results results, List<Server> servers, string load, Cell cell)
    {
        var spin = options.Spinners == "all" || (options.Spinners == "one" && cell.Connections == 1);
        using var spinners = spin ? new Spinners(load) : null;
        var all = new List<(Server Server, Turns Turns)>();
        try
        {
            foreach (var server in servers)
            {
                all.Add((server, new Turns(Connect(server, load, cell))));
            }
            var slice = Slice(cell.Connections);
            foreach (var (_, turns) in all)
            {
                turns.Load.Run(Math.Min(0.5, options.Seconds / 4));
            }
            for (var i = 0; i < Math.Max(1, (int)Math.Round(options.Seconds / slice)); i++)
            {
                foreach (var (server, turns) in Rotate(all, i))
                {
                    Turn(server, turns, slice);
                }
            }
            foreach (var (server, t) in all)
            {
                void Add(Metric metric, double value) => results.Add(server.Kind.Name, cell, metric, value);
                Add(Metric.Rate, t.Requests / t.Seconds);
                Add(Metric.P50, t.Latencies.Percentile(50) / 1e3);
                Add(Metric.P99, t.Latencies.Percentile(99) / 1e3);
                Add(Metric.P999, t.Latencies.Percentile(99.9) / 1e3);
                Add(Metric.Cpu, t.Cpu / t.Requests * 1e6);
                Add(Metric.User, t.User / t.Requests * 1e6);
                Add(Metric.Switches, t.Switches / t.Requests);
                results.AddBusy(server.Kind.Name, cell, t.Busy / t.Seconds);
            }
        }
        finally
        {
            foreach (var (_, turns) in all)
            {
                turns.Load.Dispose();
            }
        }
        foreach (var server in servers)
        {
            server.WaitClosed();
        }
    }

    private static void Turn(Server server, Turns t, double slice)
    {
        // The caches hold what the server before needed.
        t.Load.Run(slice / 10);
        // Between two phases of the load the server has nothing to do.
        var cpu = Proc.Cpu(server.Id);
        var user = Proc.User(server.Id);
        var switches = Proc.Switches(server.Id);
        var r = t.Load.Run(slice);
        t.Cpu += Proc.Cpu(server.Id) - cpu;
        t.User += Proc.User(server.Id) - user;
        t.Switches += Proc.Since(switches, Proc.Switches(server.Id));
        t.Requests += r.Requests;
        t.Seconds += r.Seconds;
        t.Busy += r.Busy * r.Seconds;
        t.Latencies = t.Latencies.Plus(r.Latencies);
    }

    private void Trace(Results results, Server server, string load, Cell cell, Tracer tracer)
    {
        using (var l = Connect(server, load, cell))
        {
            var requests = Math.Max(5000, 2 * cell.Connections);
            var counts = tracer.Count(server.Id, () => l.Requests(requests));
            results.CallsByName[(server.Kind.Name, cell)] = counts.ToDictionary(c => c.Key, c => (double)c.Value / requests);
            results.Add(server.Kind.Name, cell, Metric.Calls, (double)counts.Values.Sum() / requests);
        }
        server.WaitClosed();
    }

    private void Describe(Results results, Tracer? tracer)
    {
        foreach (var (key, value) in Machine.Describe())
        {
            results.Machine[key] = value;
        }
        var o = results.Options;
        string Number(double x) => x.ToString(CultureInfo.InvariantCulture);
        o["rounds"] = Number(options.Rounds);
        o["seconds for each figure"] = Number(options.Seconds);
        o["seconds of a turn"] = string.Join(", ", options.Connections.Select(c => Slice(c)).Distinct().Order().Select(Number));
        o["warm-up of each server in each round, seconds"] = Number(options.Warmup);
        o["threads of the load generator"] = Number(options.LoadThreads);
        o["CPUs of the servers"] = options.ServerCpus ?? "all";
        o["CPUs of the load generator"] = options.LoadCpus ?? "all";
        o["idle-priority spinners"] = options.Spinners switch { "one" => "with 1 connection", "all" => "always", _ => "never" };
        o["idle connections"] = Number(options.Parked);
        o["system calls counted by"] = tracer == null ? "nothing: neither perf nor strace works here, or none was asked for" : $"{tracer.Name}, in a round of its own";
        if (Paths.Configuration != "release")
        {
            o["warning"] = "built without -c Release";
        }
    }
}
