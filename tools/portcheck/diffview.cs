using System.Collections.Generic;
using System.Linq;
using common;
using Spectre.Console;

namespace portcheck;

// Shows one function's skeleton, Go's on the left and ours on the right.
internal static class DiffView
{
    internal static int Run(Port port, string what)
    {
        var (path, name) = what.LastIndexOf(':') is var at and >= 0 ? (what[..at], what[(at + 1)..]) : (what, null);
        if (path.EndsWith(".go"))
        {
            path = path[..^3] + ".cs";
        }
        var file = port.Index.Files.FirstOrDefault(f => f.Here == path);
        if (file == null)
        {
            throw new InputException($"{path}: no such file among those that are ported");
        }
        var any = false;
        foreach (var f in file.Funcs.Where(f => f.Body != null && (name == null || f.Name == name || f.Name.EndsWith("." + name))))
        {
            foreach (var m in port.Methods(f.Id))
            {
                var a = Alignment.Of(f, m);
                any = true;
                if (name == null && a.Hunks.Count == 0)
                {
                    continue;
                }
                Print(f, m, a);
            }
        }
        if (any)
        {
            Console.WriteLine("< in Go only, > here only, m either with a marker, ~ need not be matched");
        }
        else
        {
            throw new InputException($"{what}: no such function on both sides");
        }
        return 0;
    }

    private static void Print(GoFunc f, Method m, Alignment a)
    {
        Console.WriteLine($"{f.Where} {f.Name} | {m.Source.Path}:{m.Line} | class {f.Class}, {a.Matched} of {a.Total} tokens, {a.Hunks.Count} differences, {a.Hunks.Count(h => !Check.Covered(m, h))} without a marker");
        var differs = a.Hunks.SelectMany(h => h.Go.Concat(h.Here)).ToHashSet(ReferenceEqualityComparer.Instance);
        var covered = a.Hunks.Where(h => Check.Covered(m, h)).SelectMany(h => h.Go.Concat(h.Here)).ToHashSet(ReferenceEqualityComparer.Instance);
        int left = 0, right = 0;
        var markers = new Queue<Marker>(m.Above.Concat(m.Body));
        foreach (var p in a.Pairs)
        {
            while (p.Here != null && markers.TryPeek(out var k) && k.Line <= p.Here.Line)
            {
                Console.WriteLine($"{"",-64} {k.Line,5} // PORT({k.Id})");
                markers.Dequeue();
            }
            var token = (object?)p.Go ?? p.Here!;
            var sign = p.Same ? ' ' : !differs.Contains(token) ? '~' : covered.Contains(token) ? 'm' : p.Go != null ? '<' : '>';
            Line($"{sign} {Column(p.Go, ref left),-62} {Column(p.Here, ref right)}".TrimEnd(), sign switch { '<' => "red", '>' => "green", 'm' => "yellow", '~' => "grey", _ => null });
        }
        while (markers.TryDequeue(out var k))
        {
            Console.WriteLine($"{"",-64} {k.Line,5} // PORT({k.Id})");
        }
        Console.WriteLine();
    }

    private static void Line(string text, string? color)
    {
        if (color != null && AnsiConsole.Profile.Out.IsTerminal)
        {
            AnsiConsole.MarkupLine($"[{color}]{Markup.Escape(text)}[/]");
        }
        else
        {
            Console.WriteLine(text);
        }
    }

    private static string Column(Token? t, ref int depth)
    {
        if (t == null)
        {
            return "";
        }
        if (t.IsEnd)
        {
            depth--;
        }
        var inner = t is { Kind: TokenKind.Control } && (t.Text is "else" or "case" or "default");
        var indent = new string(' ', 2 * Math.Max(0, depth - (inner ? 1 : 0)));
        if (t.Opens)
        {
            depth++;
        }
        return $"{t.Line,5} {indent}{t}";
    }
}
