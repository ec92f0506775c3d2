using System.CommandLine;
using System.IO;
using System.Linq;
using common;

namespace portcheck;

internal static class Program
{
    internal static int Main(string[] args)
    {
        var root = new Option<string?>("--root") { Description = "The port's tree; by default the one that the current folder is in.", Recursive = true };
        var list = new Option<string?>("--list") { Description = "Write one line for each problem to a file: file:line, name, kind, number." };

        var command = new RootCommand("Compares the port with the facts about Go's sources that tools/goindex wrote.") { root, list };
        command.SetAction(p => tool.Guard(() => RunCheck(Checkout.Find(p.GetValue(root)), p.GetValue(list))));
        var check = new Command("check", "Compare everything (the default).") { list };
        check.SetAction(p => tool.Guard(() => RunCheck(Checkout.Find(p.GetValue(root)), p.GetValue(list))));
        command.Add(check);

        var what = new Argument<string>("FILE[:FUNC]") { Description = "A file of the port, such as runtime/netpoll.cs, and a function of it, such as netpollblock; without one, all that differ." };
        var diff = new Command("diff", "Show functions beside Go's.") { what };
        diff.SetAction(p => tool.Guard(() => DiffView.Run(new Port(Checkout.Find(p.GetValue(root))), p.GetValue(what)!)));
        command.Add(diff);

        var write = new Option<bool>("--write") { Description = "Write the table into PORTING.md." };
        var table = new Command("table", "Print the table of files, or bring the one in PORTING.md up to date.") { write };
        table.SetAction(p => tool.Guard(() => RunTable(Checkout.Find(p.GetValue(root)), p.GetValue(write))));
        command.Add(table);

        var dot = new Option<string?>("--dot") { Description = "Write the graph to a file, for Graphviz." };
        var callgraph = new Command("callgraph", "Print the paths into the poller, in Go and here.") { dot };
        callgraph.SetAction(p => tool.Guard(() => new CallGraph(new Port(Checkout.Find(p.GetValue(root)))).Run(Console.Out, p.GetValue(dot))));
        command.Add(callgraph);

        return tool.Main(command, args);
    }

    private static readonly Tool tool = new("portcheck");

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
