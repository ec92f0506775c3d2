using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace portcheck;

internal static class Program
{
    internal static int Main(string[] args)
    {
        parsed = false;
        var root = new Option<string?>("--root") { Description = "The port's tree; by default the one that the current folder is in.", Recursive = true };
        var list = new Option<string?>("--list") { Description = "Write one line for each problem to a file: file:line, name, kind, number." };

        var command = new RootCommand("Compares the port with the facts about Go's sources that tools/goindex wrote.") { root, list };
        command.SetAction(p => Guard(() => RunCheck(Find(p.GetValue(root)), p.GetValue(list))));
        var check = new Command("check", "Compare everything (the default).") { list };
        check.SetAction(p => Guard(() => RunCheck(Find(p.GetValue(root)), p.GetValue(list))));
        command.Add(check);

        var what = new Argument<string>("FILE[:FUNC]") { Description = "A file of the port, such as runtime/netpoll.cs, and a function of it, such as netpollblock; without one, all that differ." };
        var diff = new Command("diff", "Show functions beside Go's.") { what };
        diff.SetAction(p => Guard(() => DiffView.Run(new Port(Find(p.GetValue(root))), p.GetValue(what)!)));
        command.Add(diff);

        var write = new Option<bool>("--write") { Description = "Write the table into PORTING.md." };
        var table = new Command("table", "Print the table of files, or bring the one in PORTING.md up to date.") { write };
        table.SetAction(p => Guard(() => RunTable(Find(p.GetValue(root)), p.GetValue(write))));
        command.Add(table);

        var dot = new Option<string?>("--dot") { Description = "Write the graph to a file, for Graphviz." };
        var callgraph = new Command("callgraph", "Print the paths into the poller, in Go and here.") { dot };
        callgraph.SetAction(p => Guard(() => new CallGraph(new Port(Find(p.GetValue(root)))).Run(Console.Out, p.GetValue(dot))));
        command.Add(callgraph);

        return command.Parse(args).Invoke() switch { 0 => 0, 1 when !parsed => 2, var status => status };
    }

    // Set when the command line was understood.
    private static bool parsed;

    private static int Guard(Func<int> run)
    {
        parsed = true;
        try
        {
            return run();
        }
        catch (InputException e)
        {
            Console.Error.WriteLine($"portcheck: {e.Message}");
            return 2;
        }
    }

    // Find gives the tree: the nearest folder above that has an index.
    private static string Find(string? root)
    {
        if (root != null)
        {
            return root;
        }
        for (var dir = Directory.GetCurrentDirectory(); dir != null; dir = Path.GetDirectoryName(dir))
        {
            if (File.Exists(Path.Combine(dir, Index.Path)))
            {
                return dir;
            }
        }
        throw new InputException($"no tree of the port here or above: no {Index.Path}; name it with --root");
    }

    private static int RunCheck(string root, string? list)
    {
        var port = new Port(root);
        var check = new Check(port);
        foreach (var p in check.Problems)
        {
            Console.WriteLine(p);
        }
        if (list != null)
        {
            File.WriteAllLines(list, [.. check.Problems.Select(p => $"{p.File}:{p.Line} {p.Name} {p.Kind} {p.Count}"), $"{check.Problems.Count} unexplained differences"]);
        }
        Table.Print(check.Files, Console.Out);
        Console.WriteLine(check.Problems.Count == 0 ? "no difference without a marker" : $"{check.Problems.Count} unexplained differences");
        return check.Problems.Count == 0 ? 0 : 1;
    }

    private static int RunTable(string root, bool write)
    {
        var check = new Check(new Port(root));
        if (write)
        {
            Table.Write(root, check.Files);
        }
        else
        {
            Console.WriteLine(string.Join('\n', Table.Lines(check.Files)));
        }
        return 0;
    }
}
