using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using common;
using Spectre.Console;

namespace difftest;

internal static class Program
{
    internal static int Main(string[] args)
    {
        var root = new Option<string?>("--root") { Description = "The tree; by default the one that the current folder is in.", Recursive = true };
        var go = new Option<string?>("--go") { Description = "A go command or a GOROOT; by default the go on PATH.", Recursive = true };
        var configuration = new Option<string>("--configuration", "-c") { Description = "Debug or Release: which build of the C# side.", DefaultValueFactory = _ => "Release", Recursive = true };
        configuration.AcceptOnlyFromAmong("Debug", "Release");
        var noBuild = new Option<bool>("--no-build") { Description = "The C# side is built already.", Recursive = true };
        var keep = new Option<string?>("--keep") { Description = "A folder in which the traces stay." };
        var only = new Option<string?>("--case") { Description = "The only case to run." };
        var repeat = new Option<int>("--repeat") { Description = "How often.", DefaultValueFactory = _ => 1 };

        var command = new RootCommand("Runs the same program in Go and in C#; any difference is a failure.") { root, go, configuration, noBuild };

        var list = new Command("list", "The pairs.");
        list.SetAction(p => tool.Guard(() => List(Checkout.Find(p.GetValue(root)))));
        command.Add(list);

        var names = new Argument<string[]>("NAME") { Description = "Pairs.", Arity = ArgumentArity.OneOrMore };
        var run = new Command("run", "Run some pairs.") { names, only, keep, repeat };
        run.SetAction(p => tool.Guard(() =>
        {
            var pairs = Pair.All(Checkout.Find(p.GetValue(root)));
            var chosen = p.GetValue(names)!.Select(n => pairs.Find(x => x.Name == n) ?? throw new InputException($"there is no pair {n}; see: difftest list")).ToList();
            return RunPairs(p.GetValue(root), chosen, p.GetValue(go), p.GetValue(configuration)!, !p.GetValue(noBuild), p.GetValue(only), p.GetValue(keep), p.GetValue(repeat));
        }));
        command.Add(run);

        var all = new Command("all", "Run every pair.") { keep, repeat };
        all.SetAction(p => tool.Guard(() => RunPairs(p.GetValue(root), Pair.All(Checkout.Find(p.GetValue(root))), p.GetValue(go), p.GetValue(configuration)!, !p.GetValue(noBuild), null, p.GetValue(keep), p.GetValue(repeat))));
        command.Add(all);

        var seed = new Option<int>("--seed") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--count") { Description = "How many seeds.", DefaultValueFactory = _ => 200 };
        var print = new Option<bool>("--print") { Description = "Print the scripts and do not run them." };
        var random = new Command("random", "Run random scripts of operations on connections; a failing one is shrunk and printed.") { seed, count, print };
        random.SetAction(p => tool.Guard(() => RunRandom(Checkout.Find(p.GetValue(root)), p.GetValue(go), p.GetValue(configuration)!, !p.GetValue(noBuild), p.GetValue(seed), p.GetValue(count), p.GetValue(print))));
        command.Add(random);

        return tool.Main(command, args);
    }

    private static readonly Tool tool = new("difftest");

    private static int List(string root)
    {
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned()).AddColumn("");
        foreach (var p in Pair.All(root))
        {
            table.AddRow(Markup.Escape(p.Name), p.AllCases.Count == 1 ? "1 case" : $"{p.AllCases.Count} cases", Markup.Escape(p.About));
        }
        AnsiConsole.Write(table);
        return 0;
    }

    private static Toolchain Tools(string root, string? go)
    {
        var tools = Toolchain.Find(root, go, out var missing) ?? throw new InputException(missing);
        if (tools.NoStrace != null)
        {
            Console.Error.WriteLine($"difftest: {tools.NoStrace}: system calls are not compared");
        }
        return tools;
    }

    private static int RunPairs(string? root, List<Pair> pairs, string? go, string configuration, bool build, string? only, string? keep, int repeat)
    {
        var tree = Checkout.Find(root);
        var tools = Tools(tree, go);
        if (only != null && pairs.Find(x => !x.AllCases.Any(c => c.Name == only)) is { } without)
        {
            throw new InputException($"{without.Name} has no case {only}; it has {string.Join(", ", without.AllCases.Select(c => c.Name))}");
        }
        var runner = new Runner(tools) { Keep = keep, Only = only };
        var failed = 0;
        foreach (var p in pairs)
        {
            var programs = Programs.Build(tree, p.Name, tools, configuration, build);
            var bad = 0;
            List<Difference> last = [];
            for (var i = 0; i < repeat; i++)
            {
                if (runner.Run(p, programs) is { Count: > 0 } differences)
                {
                    bad++;
                    last = differences;
                }
            }
            Console.WriteLine($"{p.Name}: {(bad == 0 ? "equal" : "DIFFERENT")}" + (repeat > 1 ? $", {repeat - bad} of {repeat} runs equal" : ""));
            foreach (var d in last)
            {
                Console.WriteLine(d);
            }
            failed += bad > 0 ? 1 : 0;
        }
        Console.WriteLine($"{pairs.Count - failed} of {pairs.Count} pairs equal, Go {tools.Version}, {configuration}");
        return failed == 0 ? 0 : 1;
    }

    private static int RunRandom(string root, string? go, string configuration, bool build, int seed, int count, bool print)
    {
        var ops = Enumerable.Range(seed, count).Select(RandomScript.New).ToList();
        if (print)
        {
            ops.ForEach(s => Console.Write(s));
            return 0;
        }
        var tools = Tools(root, go);
        var programs = Programs.Build(root, Fuzzer.Pair, tools, configuration, build);
        var bad = new Fuzzer(programs).Run(ops);
        foreach (var f in bad)
        {
            Console.WriteLine(f);
        }
        Console.WriteLine($"{count - bad.Count} of {count} seeds equal, Go {tools.Version}, {configuration}");
        return bad.Count == 0 ? 0 : 1;
    }
}
