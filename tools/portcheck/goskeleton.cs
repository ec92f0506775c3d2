using System.Collections.Generic;
using System.Linq;

namespace portcheck;

// Brings a function of the index into the form in which it is compared. The rules are in README.md.
internal sealed class GoSkeleton
{
    // What the language does and C# writes in another way: no events on either side.
    private static readonly HashSet<string> silent =
    [
        "builtin.len", "builtin.cap", "builtin.append", "builtin.copy", "builtin.make", "builtin.new", "builtin.delete",
        "unsafe.Sizeof", "unsafe.Offsetof", "unsafe.Alignof", "unsafe.Slice", "unsafe.SliceData", "unsafe.String", "unsafe.StringData", "unsafe.Add",
        "runtime.add", "runtime.noescape",
    ];

    private readonly Skeleton s = new();
    private readonly GoFunc f;
    private readonly HashSet<string> named;

    // Which switches are read as chains of if and else: a bit for each, in source order.
    private readonly int chains;
    private int switches;

    // Whether a case that leaves needs no else behind it.
    private readonly bool flat;
    private int leaving;

    private GoSkeleton(GoFunc f, int chains, bool flat)
    {
        this.f = f;
        this.flat = flat;
        this.chains = chains;
        named = [.. f.Results.Where(r => r.Name != null).Select(r => r.Name!)];
    }

    // Rule "switch": where the cases are no constants for C#, a switch is a chain of if and else here. Which
    // switches were written so nobody says: all ways to read the function are given, the plain one first.
    internal static IEnumerable<List<Token>> Of(GoFunc f)
    {
        var plain = new GoSkeleton(f, 0, false);
        yield return plain.Read();
        var n = Math.Min(plain.switches, 4);
        for (var chains = 0; chains < 1 << n; chains++)
        {
            if (chains > 0)
            {
                yield return new GoSkeleton(f, chains, false).Read();
            }
            var flat = new GoSkeleton(f, chains, true);
            var tokens = flat.Read();
            if (flat.leaving > 0)
            {
                yield return tokens;
            }
        }
    }

    private List<Token> Read()
    {
        var g = this;
        g.Statements(f.Body ?? []);
        if (g.s.Tokens is [.., { Kind: TokenKind.Control, Text: "return" } last] && f.Results.Count == 0)
        {
            g.s.Tokens[^1] = last with { Soft = true };
        }
        return g.s.Tokens;
    }

    private void Statements(List<GoNode> list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            // Rule "named results": x = ...; return may be return ... here.
            if (list[i].Kind == "label" && i + 1 < list.Count && list[i + 1].Kind is "for" or "range" or "switch" or "select")
            {
                s.Control($"label {list[i].Name}", list[i].Line, soft: true);
                continue;
            }
            var leaves = i + 1 < list.Count && list[i + 1] is { Kind: "return", N: 0 } && named.Count > 0;
            Statement(list[i], leaves);
        }
    }

    private void Statement(GoNode n, bool leaves = false)
    {
        switch (n.Kind)
        {
            case "expr":
                Events(n.X);
                Operators(n);
                break;
            case "assign":
                Events(n.X);
                Operators(n);
                var from = s.Tokens.Count;
                foreach (var name in n.Names!)
                {
                    s.Assign(Last(name), n.Op == ":=" ? "=" : n.Op == "&^=" ? "&=" : n.Op!, n.Line, n.Op == ":=" || leaves && named.Contains(name));
                }
                s.Sort(from);
                break;
            case "incdec":
                Events(n.X);
                s.Assign(Last(n.Names![0]), n.Op!, n.Line);
                break;
            case "var":
                Events(n.X);
                Operators(n);
                foreach (var name in n.Names!)
                {
                    if (n.N == 0)
                    {
                        s.Declare(name, n.Line);
                    }
                    else
                    {
                        s.Assign(name, "=", n.Line, true);
                    }
                }
                break;
            case "send":
                Events(n.X);
                s.Control("send", n.Line);
                break;
            case "go":
            case "defer":
                GoOrDefer(n);
                break;
            case "return":
                Events(n.X);
                Operators(n);
                s.Control("return", n.Line);
                break;
            case "break":
            case "continue":
                // Rule "labels": continue L and break L are goto L.
                s.Control(n.Name == null ? n.Kind : $"{n.Kind} {n.Name}", n.Line, n.Name == null ? null : $"goto {n.Name}");
                break;
            case "goto":
                s.Control($"goto {n.Name}", n.Line);
                break;
            case "label":
                s.Control($"label {n.Name}", n.Line);
                break;
            case "fallthrough":
                s.Control("fallthrough", n.Line);
                break;
            case "block":
                Statements(n.Body!);
                break;
            case "if":
                If(n);
                break;
            case "for":
                Init(n.Init);
                s.Control("for", n.Line);
                Events(n.Cond);
                Operators(n);
                Statements(n.Body!);
                if (n.Post != null)
                {
                    Statement(n.Post);
                }
                s.Control("end", n.Line);
                break;
            case "range":
                Events(n.X);
                s.Control("range", n.Line);
                foreach (var name in n.Names ?? [])
                {
                    if (n.Op == ":=")
                    {
                        s.Counter(name, "=", n.Line);
                    }
                    else
                    {
                        s.Assign(Last(name), "=", n.Line);
                    }
                }
                Statements(n.Body!);
                s.Control("end", n.Line);
                break;
            case "switch" when n.Tag == null:
                Init(n.Init);
                Chain(n.Cases!, true);
                break;
            case "switch":
            case "typeswitch":
                Init(n.Init);
                Events(n.Tag);
                Events(n.X);
                if ((chains >> switches++ & 1) != 0)
                {
                    Chain(n.Cases!, false);
                    break;
                }
                s.Control("switch", n.Line);
                foreach (var c in n.Cases!)
                {
                    Events(c.X);
                    s.Control(c.Kind, c.Line);
                    Statements(c.Body!);
                }
                s.Control("end", n.Line);
                break;
            case "select":
                s.Control("select", n.Line);
                foreach (var c in n.Cases!)
                {
                    s.Control(c.Kind, c.Line);
                    if (c.Comm != null)
                    {
                        Statement(c.Comm);
                    }
                    Statements(c.Body!);
                }
                s.Control("end", n.Line);
                break;
        }
    }

    private void Operators(GoNode n)
    {
        foreach (var op in n.Ops ?? [])
        {
            s.Operator(op, n.Line);
        }
    }

    private void Init(GoNode? init)
    {
        if (init != null)
        {
            Statement(init);
        }
    }

    private void If(GoNode n)
    {
        Init(n.Init);
        Events(n.Cond);
        Operators(n);
        s.Control("if", n.Line);
        Statements(n.Then!);
        if (n.Else != null)
        {
            s.Control("else", n.Else.Count > 0 ? n.Else[0].Line : n.Line);
            Statements(n.Else);
        }
        s.Control("end", n.Line);
    }

    // Rule "switch without tag": the cases are a chain of if and else.
    private void Chain(List<GoNode> cases, bool tagless)
    {
        // default may stand anywhere, and comes last.
        var order = cases.Where(c => c.Kind == "case").Concat(cases.Where(c => c.Kind == "default")).ToList();
        void From(int k)
        {
            if (k == order.Count)
            {
                return;
            }
            var c = order[k];
            if (c.Kind == "default")
            {
                Statements(c.Body!);
                return;
            }
            Events(c.X);
            if (tagless)
            {
                Operators(c);
            }
            else if (c.Types == null)
            {
                for (var i = 0; i < c.N; i++)
                {
                    if (i > 0)
                    {
                        s.Operator("||", c.Line);
                    }
                    s.Operator("==", c.Line);
                }
            }
            s.Control("if", c.Line);
            Statements(c.Body!);
            if (flat && c.Body is [.., { Kind: "return" or "continue" or "goto" }])
            {
                leaving++;
                s.Control("end", c.Line);
                From(k + 1);
                return;
            }
            if (k + 1 < order.Count)
            {
                s.Control("else", order[k + 1].Line);
            }
            From(k + 1);
            s.Control("end", c.Line);
        }
        From(0);
    }

    // The last event is the call that is started or deferred.
    private void GoOrDefer(GoNode n)
    {
        var x = n.X!;
        var call = x[^1];
        GoNode? literal = null;
        for (var i = 0; i < x.Count - 1; i++)
        {
            if (call.F == "$func" && literal == null && x[i].Kind == "func")
            {
                literal = x[i];
                continue;
            }
            Event(x[i]);
        }
        s.Control(n.Kind, n.Line);
        if (literal != null)
        {
            Statements(literal.Body!);
        }
        else
        {
            Event(call);
        }
        s.Control("end", n.Line);
    }

    private void Events(List<GoNode>? events)
    {
        foreach (var e in events ?? [])
        {
            Event(e);
        }
    }

    private void Event(GoNode e)
    {
        switch (e.Kind)
        {
            case "call":
                if (e.F == "$func" || silent.Contains(e.F))
                {
                    break;
                }
                var id = e.F == "builtin.println" ? "builtin.print" : e.F;
                s.Call(id, e.Line, e.Iface || id.StartsWith('$'));
                break;
            case "ref":
                s.Ref(e.F, e.Line, e.Iface);
                break;
            case "func":
                s.Control("func", e.Line);
                Statements(e.Body!);
                s.Control("end", e.Line);
                break;
            case "recv":
                s.Control("recv", e.Line);
                break;
        }
    }

    // Last is the last component of what is assigned to.
    private string Last(string name)
    {
        if (f.Recv?.Name is { } r && name == "*" + r)
        {
            return "this";
        }
        return name[(name.LastIndexOf('.') + 1)..];
    }
}
