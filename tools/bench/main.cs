using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using common;
using Spectre.Console;

namespace bench;

internal static class Program
{
    internal static int Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var command = new RootCommand("Measures the port beside Go and others.") { EchoCommand(), MicroCommand(), CostCommand(), ReportCommand() };
        return tool.Main(command, args);
    }

    private static readonly Tool tool = new("bench");

    private static int Guard(Action run) => tool.Guard(() =>
    {
        run();
        return 0;
    });

    private static Option<T> Opt<T>(string name, T value, string description) => new(name) { Description = description, DefaultValueFactory = _ => value };

    // A list with commas.
    private static Option<T[]> List<T>(string name, T[] value, string description, Func<string, T> parse)
    {
        T[] Parse(ArgumentResult result)
        {
            try
            {
                return [.. result.Tokens.SelectMany(t => t.Value.Split(',')).Select(parse)];
            }
            catch (FormatException)
            {
                result.AddError($"{name}: want a list such as {string.Join(',', value)}");
                return value;
            }
        }
        return new Option<T[]>(name) { Description = description, CustomParser = Parse, DefaultValueFactory = _ => value };
    }

    private static Option<string> Folder() => Opt("--out", Paths.Out, "The folder for what is written.");

    // Make makes the folder, before a long run and not after it.
    private static string Make(string folder)
    {
        try
        {
            return Directory.CreateDirectory(Path.GetFullPath(folder)).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out {folder}: {e.Message}");
        }
    }

    private static Command EchoCommand()
    {
        var d = new EchoOptions();
        var connections = List("--connections", d.Connections, "Numbers of connections.", s => int.Parse(s, CultureInfo.InvariantCulture));
        var sizes = List("--sizes", d.Sizes, "Bytes of a request.", s => int.Parse(s, CultureInfo.InvariantCulture));
        var seconds = Opt("--seconds", d.Seconds, "How long each figure is measured.");
        var slice = Opt("--slice", d.Slice, "The servers take turns of so many seconds; of a second with 10,000 connections.");
        var rounds = Opt("--rounds", d.Rounds, "How often everything is measured.");
        var servers = List("--servers", d.Servers, "Which servers take part.", s => s);
        var warmup = Opt("--warmup", d.Warmup, "Seconds of load on each server in each round before anything is measured.");
        var parked = Opt("--parked", d.Parked, "Connections for the memory of an idle one; 0: not measured.");
        var spinners = Opt("--spinners", d.Spinners, "Keep the CPUs awake with threads of idle priority: one (with one connection), all, none.");
        var serverCpus = Opt<string?>("--server-cpus", d.ServerCpus, "CPUs of the servers, as taskset -c takes them.");
        var loadCpus = Opt<string?>("--load-cpus", d.LoadCpus, "CPUs of the load generator.");
        var loadThreads = Opt("--load-threads", d.LoadThreads, "Threads of the load generator.");
        var syscalls = Opt("--syscalls", d.Syscalls, "Count system calls with perf, strace, auto (the first that works) or none.");
        var folder = Folder();
        var command = new Command("echo", "Measure echo servers under load.")
        {
            connections, sizes, seconds, slice, rounds, servers, warmup, parked, spinners, serverCpus, loadCpus, loadThreads, syscalls, folder,
        };
        command.SetAction(p => Guard(() =>
        {
            var echo = new Echo(new EchoOptions
            {
                Connections = p.GetValue(connections)!,
                Sizes = p.GetValue(sizes)!,
                Seconds = p.GetValue(seconds),
                Slice = p.GetValue(slice),
                Rounds = p.GetValue(rounds),
                Servers = p.GetValue(servers)!,
                Warmup = p.GetValue(warmup),
                Parked = p.GetValue(parked),
                Spinners = p.GetValue(spinners)!,
                ServerCpus = p.GetValue(serverCpus),
                LoadCpus = p.GetValue(loadCpus),
                LoadThreads = p.GetValue(loadThreads),
                Syscalls = p.GetValue(syscalls)!,
            });
            if (Paths.Configuration != "release")
            {
                Console.Error.WriteLine("bench: built without -c Release: the figures mean nothing");
            }
            var to = Make(p.GetValue(folder)!);
            var results = WithProgress(echo.Run);
            Report(results, to, true);
        }));
        return command;
    }

    private static Command MicroCommand()
    {
        var quick = Opt("--quick", false, "Once and briefly, to see that everything runs.");
        var count = Opt("--count", 6, "How often Go runs each benchmark: half of it before the port's runs, half after them.");
        var filter = Opt("--filter", "", "Only the benchmarks whose names match this regular expression.");
        var disasm = Opt("--disasm", Array.Empty<string>(), "Show the JIT's code of the methods whose signatures match this glob (*resetTimer*).");
        var folder = Folder();
        var command = new Command("micro", "Run the micro benchmarks, in Go and here, and merge them by name.") { quick, count, filter, disasm, folder };
        command.SetAction(p => Guard(() =>
        {
            if (Paths.Configuration != "release")
            {
                throw new InputException("the micro benchmarks need -c Release");
            }
            var to = Make(p.GetValue(folder)!);
            var rows = Micro.Run(p.GetValue(quick), p.GetValue(count), p.GetValue(filter)!, p.GetValue(disasm)!);
            var machine = Machine.Describe();
            File.WriteAllText(Path.Combine(to, "micro.json"), Micro.Json(rows, machine));
            var table = Micro.Table(rows, machine);
            File.WriteAllText(Path.Combine(to, "micro.md"), table);
            Console.WriteLine(table);
            Console.WriteLine($"micro.json and micro.md are in {to}");
        }));
        return command;
    }

    private static Command CostCommand()
    {
        var servers = List("--servers", ["go", "goport", "aot"], "Which servers take part.", s => s);
        var connections = Opt("--connections", 64, "Number of connections.");
        var requests = Opt("--requests", 300, "How many requests are stepped.");
        var warmup = Opt("--warmup", 4.0, "Seconds of load before.");
        var folder = Folder();
        var command = new Command("cost", "Count the instructions of a request, function by function.") { servers, connections, requests, warmup, folder };
        command.SetAction(p => Guard(() =>
        {
            var kinds = p.GetValue(servers)!.Select(s => ServerKind.All.FirstOrDefault(k => k.Name == s)
                ?? throw new InputException($"--servers: no server {s}; there are {string.Join(", ", ServerKind.All.Select(k => k.Name))}")).ToList();
            if (p.GetValue(connections) < 1 || p.GetValue(requests) < 1 || p.GetValue(warmup) < 0)
            {
                throw new InputException("--connections and --requests are 1 at least, --warmup 0 at least");
            }
            if (Paths.Configuration != "release")
            {
                Console.Error.WriteLine("bench: built without -c Release: the figures mean nothing");
            }
            var to = Make(p.GetValue(folder)!);
            var costs = new List<(string, List<Part>)>();
            foreach (var kind in kinds)
            {
                Console.Error.WriteLine(kind.Name);
                try
                {
                    costs.Add((kind.Name, Cost.Run(kind, p.GetValue(connections), p.GetValue(requests), p.GetValue(warmup))));
                }
                catch (LeftOut e)
                {
                    Console.Error.WriteLine($"bench: left out: {kind.Name}: {e.Message}");
                }
            }
            var machine = Machine.Describe();
            File.WriteAllText(Path.Combine(to, "cost.json"), Cost.Json(costs, p.GetValue(connections), machine));
            var table = Cost.Table(costs, p.GetValue(connections), machine);
            File.WriteAllText(Path.Combine(to, "cost.md"), table);
            Console.WriteLine(table);
            Console.WriteLine($"cost.json and cost.md are in {to}");
        }));
        return command;
    }

    private static Command ReportCommand()
    {
        var file = new Argument<string>("FILE") { Description = "An echo.json." };
        var folder = Folder();
        var command = new Command("report", "Make the table and the picture of an echo run anew.") { file, folder };
        command.SetAction(p => Guard(() =>
        {
            Results results;
            try
            {
                results = Results.Parse(File.ReadAllText(p.GetValue(file)!));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException or System.Collections.Generic.KeyNotFoundException)
            {
                throw new InputException($"{p.GetValue(file)}: {e.Message}");
            }
            Report(results, Make(p.GetValue(folder)!), false);
        }));
        return command;
    }

    private static Results WithProgress(Func<Action<string, double>, Results> run)
    {
        if (Console.IsOutputRedirected)
        {
            // A line for each step, to read in a log.
            return run((what, done) => Console.Error.WriteLine($"{done,4:0%} {what}"));
        }
        return AnsiConsole.Progress()
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                var task = context.AddTask("starting", maxValue: 1);
                return run((what, done) =>
                {
                    task.Description = Markup.Escape(what);
                    task.Value = done;
                });
            });
    }

    private static void Report(Results results, string folder, bool json)
    {
        if (json)
        {
            File.WriteAllText(Path.Combine(folder, "echo.json"), results.Json());
        }
        var table = Markdown.Echo(results);
        File.WriteAllText(Path.Combine(folder, "echo.md"), table);
        Plots.Save(results, Path.Combine(folder, "echo.png"));
        Console.WriteLine(table);
        Console.WriteLine($"{(json ? "echo.json, " : "")}echo.md and echo.png are in {folder}");
    }
}
