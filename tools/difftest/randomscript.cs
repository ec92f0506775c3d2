using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace difftest;

/// <summary>An operation at an end of a connection, or a pause.</summary>
/// <param name="Verb">dial, write, read, past, later, never, expire, halfclose, close, reset or sleep.</param>
/// <param name="End">The end: 2*n is the client's end of connection n, 2*n+1 the server's.</param>
/// <param name="N">Bytes or milliseconds.</param>
internal sealed record Op(string Verb, int End, int N)
{
    // The peer's end.
    internal int Peer => End ^ 1;

    public override string ToString() => $"{Verb} {End} {N}";
}

/// <summary>A random script: the operations in an order in which one goroutine could do them all.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Concurrent">Whether each end has a goroutine of its own, or one goroutine does all.</param>
/// <param name="Ops">The operations.</param>
internal sealed record RandomScript(int Seed, bool Concurrent, IReadOnlyList<Op> Ops)
{
    /// <summary>As the programs read it.</summary>
    public override string ToString()
    {
        var b = new StringBuilder();
        b.Append($"script {Seed} {(Concurrent ? 1 : 0)}\n");
        foreach (var op in Ops)
        {
            b.Append(op).Append('\n');
        }
        return b.Append("end 0 0\n").ToString();
    }

    // The verbs, each with how often it shall come.
    private static readonly (string verb, int weight)[] verbs =
    [
        ("dial", 8), ("write", 28), ("read", 38), ("past", 3), ("later", 2), ("never", 5), ("expire", 2), ("halfclose", 5), ("close", 5), ("reset", 3), ("sleep", 2),
    ];

    /// <summary>The script of a seed; always the same.</summary>
    internal static RandomScript New(int seed)
    {
        var rnd = new Random(seed);
        var concurrent = rnd.Next(2) == 1;
        var model = new Model(concurrent);
        var ops = new List<Op>();
        var conns = 0;
        var length = rnd.Next(5, 80);
        for (var tries = 0; ops.Count < length && tries < 20 * length; tries++)
        {
            var op = Draw(rnd, conns, model);
            if (model.Accept(op))
            {
                ops.Add(op);
                conns += op.Verb == "dial" ? 1 : 0;
            }
        }
        return new RandomScript(seed, concurrent, ops);
    }

    private static Op Draw(Random rnd, int conns, Model model)
    {
        var at = conns == 0 ? 0 : rnd.Next(verbs.Sum(v => v.weight));
        var verb = "dial";
        foreach (var v in verbs)
        {
            verb = v.verb;
            if ((at -= v.weight) < 0)
            {
                break;
            }
        }
        var n = verb switch
        {
            "write" or "read" => rnd.Next(4) switch { 0 => rnd.Next(1, 10), 1 => rnd.Next(1, 600), 2 => rnd.Next(1, 5000), _ => rnd.Next(1, 20000) },
            "sleep" or "expire" => rnd.Next(1, 4),
            _ => 0,
        };
        var end = verb switch { "dial" => 2 * conns, "sleep" => 0, _ => rnd.Next(2 * conns) };
        if (verb != "dial" && model.Closed(end) && rnd.Next(6) != 0)
        {
            // Not too many errors of the same kind.
            end = rnd.Next(2 * conns);
        }
        if (verb == "read" && rnd.Next(2) == 0)
        {
            // All that there is, so that ends run dry, too.
            n = Math.Max(1, model.InFlight(end));
        }
        return new Op(verb, end, n);
    }

    /// <summary>The operations of a list that are deterministic after those before them.</summary>
    internal static List<Op> Valid(bool concurrent, IEnumerable<Op> ops)
    {
        var model = new Model(concurrent);
        return [.. ops.Where(model.Accept)];
    }
}
