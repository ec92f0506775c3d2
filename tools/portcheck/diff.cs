using System.Collections.Generic;
using System.Linq;

namespace portcheck;

// A pair of an alignment: Go's token, ours, or both.
internal sealed record Pair(Token? Go, Token? Here)
{
    internal bool Same => Go != null && Here != null;
}

// A run of differences between two tokens that are the same.
internal sealed class Hunk
{
    internal List<Token> Go { get; } = [];
    internal List<Token> Here { get; } = [];

    // The lines of our tokens around it.
    internal int After { get; set; }
    internal int Before { get; set; }

    internal int Last => Here.Count == 0 ? After : Math.Max(After, Here.Max(t => t.Line));

    internal int Count => Go.Count + Here.Count;
}

internal sealed class Alignment
{
    internal required List<Pair> Pairs { get; init; }
    internal required List<Hunk> Hunks { get; init; }

    // How many tokens there are on both sides that count, and how many of them are matched.
    internal required int Total { get; init; }
    internal required int Matched { get; init; }

    // The alignment of two functions with the fewest differences.
    internal static Alignment Of(GoFunc f, Method m)
    {
        if (m.Alignments.TryGetValue(f, out var best))
        {
            return best;
        }
        foreach (var go in GoSkeleton.Of(f))
        {
            var a = Of(go, m.Tokens, m.Line, m.EndLine);
            if (best == null || a.Total - a.Matched < best.Total - best.Matched)
            {
                best = a;
            }
            if (best.Hunks.Count == 0)
            {
                break;
            }
        }
        return m.Alignments[f] = best!;
    }

    // Align pairs as many tokens as can be, in as few runs as can be.
    private static List<Pair> Align(List<Token> go, List<Token> here)
    {
        int n = go.Count, m = here.Count;
        // Differences that stand together count less than differences with a match in between: to
        // begin a run of them costs more than the match of one token saves. Else a bracket or a
        // return would be matched with another one far away, and tear apart what belongs together.
        const int begin = 2500, hard = 1000, soft = 1;
        int Skip(Token t, int rest, int run)
        {
            return t.Soft ? soft + rest : hard + run;
        }
        // best[i, j, k] is the cost of what is left from i and j on; k is 1 inside a run.
        var best = new int[n + 1, m + 1, 2];
        int Cost(int i, int j, int k, int way)
        {
            switch (way)
            {
                case 0:
                    return i < n && j < m && Token.Match(go[i], here[j]) ? best[i + 1, j + 1, go[i].Soft && here[j].Soft ? k : 0] : int.MaxValue;
                case 1:
                    return i < n ? Skip(go[i], best[i + 1, j, k], (k == 0 ? begin : 0) + best[i + 1, j, 1]) : int.MaxValue;
                default:
                    return j < m ? Skip(here[j], best[i, j + 1, k], (k == 0 ? begin : 0) + best[i, j + 1, 1]) : int.MaxValue;
            }
        }
        for (var i = n; i >= 0; i--)
        {
            for (var j = m; j >= 0; j--)
            {
                for (var k = 0; k < 2 && (i < n || j < m); k++)
                {
                    best[i, j, k] = Math.Min(Cost(i, j, k, 0), Math.Min(Cost(i, j, k, 1), Cost(i, j, k, 2)));
                }
            }
        }
        var pairs = new List<Pair>();
        for (int i = 0, j = 0, k = 0; i < n || j < m;)
        {
            if (best[i, j, k] == Cost(i, j, k, 0))
            {
                k = go[i].Soft && here[j].Soft ? k : 0;
                pairs.Add(new Pair(go[i++], here[j++]));
            }
            else if (best[i, j, k] == Cost(i, j, k, 1) && !(j < m && here[j].Soft && best[i, j, k] == Cost(i, j, k, 2)))
            {
                k = go[i].Soft ? k : 1;
                pairs.Add(new Pair(go[i++], null));
            }
            else
            {
                k = here[j].Soft ? k : 1;
                pairs.Add(new Pair(null, here[j++]));
            }
        }
        return pairs;
    }

    // Slide moves a run that is on one side only so that it opens and closes the same blocks: not "end, if x"
    // but "if x, end".
    private static List<Pair> Slide(List<Pair> pairs)
    {
        for (var from = 0; from < pairs.Count; from++)
        {
            if (pairs[from].Same)
            {
                continue;
            }
            var side = pairs[from].Go != null;
            var to = from + 1;
            while (to < pairs.Count && !pairs[to].Same && pairs[to].Go != null == side)
            {
                to++;
            }
            var (start, stop) = (from, to);
            // The run may move up by one when its last token is like the one before it.
            while (!Balanced(pairs, start, stop) && start > 0 && pairs[start - 1] is { Same: true } before
                && Of(pairs[stop - 1], side) is var last && Token.Match(last, side ? before.Here! : before.Go!))
            {
                pairs[stop - 1] = side ? new Pair(last, before.Here) : new Pair(before.Go, last);
                pairs[start - 1] = side ? new Pair(before.Go, null) : new Pair(null, before.Here);
                start--;
                stop--;
            }
            from = to - 1;
        }
        return pairs;
    }

    private static Token Of(Pair p, bool go) => go ? p.Go! : p.Here!;

    private static bool Balanced(List<Pair> pairs, int from, int to)
    {
        var depth = 0;
        for (var i = from; i < to; i++)
        {
            var t = pairs[i].Go ?? pairs[i].Here!;
            depth += t.Opens ? 1 : t.IsEnd ? -1 : 0;
            if (depth < 0)
            {
                return false;
            }
        }
        return depth == 0;
    }

    private static Alignment Of(List<Token> go, List<Token> here, int firstLine, int lastLine)
    {
        var pairs = Slide(Align(go, here));

        // A declaration that is unmatched on both sides was moved: that is a difference.
        var softGo = pairs.Where(p => p.Here == null && p.Go!.Soft && !p.Go.Free && p.Go.Kind == TokenKind.Assign).Select(p => p.Go!.Text).ToHashSet();
        softGo.IntersectWith(pairs.Where(p => p.Go == null && p.Here!.Soft && !p.Here.Free && p.Here.Kind == TokenKind.Assign).Select(p => p.Here!.Text));
        bool Counts(Token t) => !t.Soft || !t.Free && t.Kind == TokenKind.Assign && softGo.Contains(t.Text);

        var hunks = new List<Hunk>();
        var pending = new List<Hunk>(); // whose Before is not known yet
        Hunk? open = null;
        var line = firstLine;
        int total = 0, matched = 0;
        foreach (var p in pairs)
        {
            if (p.Same)
            {
                open = null;
                line = p.Here!.Line;
                // Not the step of a loop, which stands before the differences in its body.
                foreach (var h in pending.Where(h => line >= h.Last).ToList())
                {
                    h.Before = line;
                    pending.Remove(h);
                }
                if (!p.Go!.Soft || !p.Here.Soft)
                {
                    total += 2;
                    matched += 2;
                }
                continue;
            }
            if (!Counts(p.Go ?? p.Here!))
            {
                continue;
            }
            total++;
            if (open == null)
            {
                open = new Hunk { After = line, Before = lastLine };
                hunks.Add(open);
                pending.Add(open);
            }
            if (p.Go != null)
            {
                open.Go.Add(p.Go);
            }
            else
            {
                open.Here.Add(p.Here!);
            }
        }
        return new Alignment { Pairs = pairs, Hunks = hunks, Total = total, Matched = matched };
    }
}
