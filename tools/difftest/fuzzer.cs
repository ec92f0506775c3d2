using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using common;

namespace difftest;

/// <summary>A script at which the sides differ, shrunk.</summary>
internal sealed record Failure(RandomScript Script, RandomScript Shrunk, string Text)
{
    public override string ToString() =>
        $"seed {Script.Seed} differs; {Script.Ops.Count} operations shrunk to {Shrunk.Ops.Count}:\n{Shrunk}{Text}";
}

/// <summary>Runs random scripts on both sides.</summary>
/// <param name="go">Runs scripts on Go's side and gives the transcript; null in it stands for a run that did not end well.</param>
/// <param name="cs">The same on the other side.</param>
internal sealed class Fuzzer(Func<IReadOnlyList<RandomScript>, (string transcript, int? status)> go, Func<IReadOnlyList<RandomScript>, (string transcript, int? status)> cs)
{
    /// <summary>The pair whose programs run the scripts.</summary>
    internal const string Pair = "ops";

    // Ports are the kernel's choice.
    private static readonly Regex ports = new(@"127\.0\.0\.1:\d+");

    internal Fuzzer(Programs programs)
        : this(s => Execute(programs.Go, s), s => Execute(programs.CSharp, s))
    {
    }

    private static (string, int?) Execute(string program, IReadOnlyList<RandomScript> scripts)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, string.Concat(scripts));
            using var c = new Child(new Start(program, [file]));
            var r = c.Wait(TimeSpan.FromSeconds(60 + scripts.Count));
            return r == null ? (c.Stdout + c.Stderr, null) : (r.Stdout + r.Stderr, r.Status);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Runs scripts; those at which the sides differ are shrunk.</summary>
    internal List<Failure> Run(IReadOnlyList<RandomScript> scripts)
    {
        var (left, right) = (go(scripts), cs(scripts));
        IEnumerable<RandomScript> suspects;
        if (left.status == 0 && right.status == 0)
        {
            var (l, r) = (Split(left.transcript), Split(right.transcript));
            suspects = scripts.Where(s => !l.TryGetValue(s.Seed, out var x) || !r.TryGetValue(s.Seed, out var y) || x != y);
        }
        else
        {
            // It stopped somewhere: one by one, then.
            suspects = scripts;
        }
        var list = new List<Failure>();
        foreach (var s in suspects)
        {
            if (Differs(s) is not { } text)
            {
                if (left.status == 0 && right.status == 0)
                {
                    // Not alone, or not again: still a difference.
                    list.Add(new Failure(s, s, "among others only:\n" + Compare.Columns(Split(left.transcript).GetValueOrDefault(s.Seed, ""), Split(right.transcript).GetValueOrDefault(s.Seed, ""))));
                }
                continue;
            }
            var shrunk = Shrink(s, ref text);
            list.Add(new Failure(s, shrunk, text));
        }
        if (list.Count == 0 && !(left.status == 0 && right.status == 0))
        {
            list.Add(new Failure(scripts[0], scripts[0], $"all {scripts.Count} scripts in one run, exit status {left.status} in Go, {right.status} here; alone they are equal:\n" + Compare.Columns(left.transcript, right.transcript)));
        }
        return list;
    }

    // Split takes the transcript of a run apart at "script SEED".
    private static Dictionary<int, string> Split(string transcript)
    {
        var parts = new Dictionary<int, string>();
        foreach (var part in Regex.Split(ports.Replace(transcript, "127.0.0.1:port"), "^(?=script )", RegexOptions.Multiline))
        {
            if (Regex.Match(part, "^script ([0-9]+) ") is { Success: true } m)
            {
                parts[int.Parse(m.Groups[1].Value)] = part;
            }
        }
        return parts;
    }

    // Differs runs one script and tells how the sides differ, or null.
    private string? Differs(RandomScript s)
    {
        var (left, right) = (go([s]), cs([s]));
        var (l, r) = (ports.Replace(left.transcript, "127.0.0.1:port"), ports.Replace(right.transcript, "127.0.0.1:port"));
        return l == r && left.status == right.status && left.status == 0 ? null
            : $"exit status {left.status?.ToString() ?? "none"} in Go, {right.status?.ToString() ?? "none"} here\n" + Compare.Columns(l, r);
    }

    // Shrink leaves out ever smaller pieces for as long as the sides still differ.
    private RandomScript Shrink(RandomScript s, ref string text)
    {
        for (var size = s.Ops.Count / 2; size > 0;)
        {
            var smaller = false;
            for (var at = 0; at < s.Ops.Count; at += size)
            {
                var ops = RandomScript.Valid(s.Concurrent, Renumber(s.Ops.Take(at).Concat(s.Ops.Skip(at + size))));
                var candidate = s with { Ops = ops };
                if (ops.Count < s.Ops.Count && Differs(candidate) is { } t)
                {
                    (s, text, smaller) = (candidate, t, true);
                    at -= size;
                }
            }
            if (!smaller || size > s.Ops.Count)
            {
                size /= 2;
            }
        }
        return s;
    }

    // Renumber closes the gaps that dials leave behind; what used their connections goes, too.
    private static IEnumerable<Op> Renumber(IEnumerable<Op> ops)
    {
        var ends = new Dictionary<int, int>();
        foreach (var op in ops)
        {
            if (op.Verb == "dial")
            {
                (ends[op.End], ends[op.Peer]) = (ends.Count, ends.Count + 1);
                yield return op with { End = ends[op.End] };
            }
            else if (op.Verb == "sleep")
            {
                yield return op;
            }
            else if (ends.TryGetValue(op.End, out var end))
            {
                yield return op with { End = end };
            }
        }
    }
}
