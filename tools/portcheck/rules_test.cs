using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using static portcheck.Small;

namespace portcheck;

// The rules of README.md, each with a C# form that is Go's and one that is not.
internal sealed class RulesTest
{
    private sealed record Rule(string Name, JsonArray Go, string Same, string Other, string Result = "void");

    private static JsonArray IfCallReturn() => List(Node("if", "cond", List(Event("yes")), "then", List(Node("return", "n", 0))), Call("g"));

    private static readonly Rule[] rules =
    [
        new("Init", List(Node("if", "init", Node("assign", "names", new[] { "err" }, "op", ":=", "x", List(Event("get"))), "cond", List(), "ops", new[] { ">" }, "then", List(Call("g")))), "if (get() is var err && err > 0) { g(); }", "if (true) { get(); g(); }"),
        new("While", List(Node("for", "cond", List(Event("yes")), "body", List(Call("g")))), "while (yes()) { g(); }", "do { g(); } while (yes());"),
        new("Range", List(Node("range", "names", new[] { "i" }, "op", ":=", "over", "int", "body", List(Call("g")))), "for (var i = 0; i < 3; i++) { g(); }", "for (var i = 0; i < 3; i += 2) { g(); }"),
        new("Foreach", List(Node("range", "names", new[] { "_", "v" }, "op", ":=", "over", "slice", "body", List(Call("g")))), "foreach (var v in new int[3]) { g(); }", "while (true) { g(); }"),
        new("ForIsNoRange", List(Node("for", "init", Node("assign", "names", new[] { "i" }, "op", ":="), "cond", List(), "ops", new[] { "<" }, "post", Node("incdec", "names", new[] { "i" }, "op", "++"), "body", List(Call("g")))), "for (var i = 0; i < 3; i++) { g(); }", "foreach (var v in new int[3]) { g(); }"),
        new("Tagless", List(Node("switch", "cases", List(Node("case", "n", 1, "x", List(Event("yes")), "body", List(Call("g"))), Node("default", "body", List(Call("h")))))), "if (yes()) { g(); } else { h(); }", "if (yes()) { g(); } h();"),
        new("SwitchAsChain", List(Node("switch", "tag", List(), "cases", List(Node("case", "n", 1, "body", List(Node("return", "n", 0))), Node("case", "n", 1, "body", List(Call("g")))))), "if (a == 1) { return; } if (a == 2) { g(); }", "if (a == 1) { } if (a == 2) { g(); }"),
        new("SwitchBreak", List(Node("switch", "tag", List(), "cases", List(Node("case", "n", 1, "body", List(Call("g"))), Node("default", "body", List(Call("h")))))), "switch (a) { case 1: g(); break; default: h(); break; }", "switch (a) { case 1: g(); break; case 2: g(); break; default: h(); break; }"),
        new("Fallthrough", List(Node("switch", "tag", List(), "cases", List(Node("case", "n", 1, "body", List(Call("g"), Node("fallthrough"))), Node("case", "n", 1, "body", List(Call("h")))))), "switch (a) { case 1: g(); goto case 2; case 2: h(); break; }", "switch (a) { case 1: g(); break; case 2: h(); break; }"),
        new("Defer", List(Call("g"), Node("defer", "x", List(Event("h"))), Call("k")), "g(); try { k(); } finally { h(); }", "g(); k(); h();"),
        new("Recover", List(Node("defer", "x", List(Node("func", "body", List(Node("if", "init", Node("assign", "names", new[] { "e" }, "op", ":=", "x", List(Event("builtin.recover"))), "cond", List(), "then", List(Call("h"))))), Node("call", "f", "$func"))), Call("g")), "try { g(); } catch { h(); }", "g();"),
        new("Continue", List(Node("label", "name", "next"), Node("for", "body", List(Node("for", "body", List(Node("continue", "name", "next"))), Call("g")))), "for (; ; ) { for (; ; ) { goto next; } g(); next:; }", "for (; ; ) { for (; ; ) { continue; } g(); next:; }"),
        new("Declaration", List(Node("var", "names", new[] { "x" }, "n", 0), Call("g"), Assign("=", "x"), Node("return", "n", 1)), "g(); var x = 1; return x;", "g(); a = 1; return a;", "int"),
        new("Redeclared", List(Assign(":=", "n", "err"), Call("g"), Assign("=", "err")), "int n, err0; (n, err0) = (1, 2); g(); err0 = 3;", "int n, err0; (n, err0) = (1, 2); g(); n = 3;"),
        new("Assignment", List(Assign("=", "b.a"), Assign("+=", "b.c"), Node("incdec", "names", new[] { "b.c" }, "op", "++")), "a = 1; c += 2; c++;", "c += 2; a = 1; c++;"),
        new("AndNot", List(Assign("&^=", "a")), "a &= ~1;", "a |= 1;"),
        new("Element", List(Assign("=", "list[]")), "list[a] = 1;", "list = new int[1];"),
        new("Results", List(Node("assign", "names", new[] { "a", "c" }, "op", "=", "x", List(Event("two")))), "c = two(out a);", "two(out a);"),
        new("Temporary", List(Node("assign", "names", new[] { "at", "c" }, "op", "=", "x", List(Event("pointer")))), "(var t, c) = pointer(); at = t;", "(var t, c) = pointer(); at = null;"),
        new("NamedResults", List(Assign("=", "n"), Node("return", "n", 0)), "return 1;", "g(); return 1;", "int"),
        new("Out", List(Call("g"), Node("return", "n", 2)), "n = 1; g(); return n;", "n = 1; h(); return n;", "out"),
        new("Append", List(Node("assign", "names", new[] { "nums" }, "op", "=", "x", List(Event("builtin.append")))), "nums.Add(1);", "nums.Sort();"),
        new("Silent", List(Node("expr", "x", List(Event("builtin.copy"))), Node("assign", "names", new[] { "a" }, "op", "=", "x", List(Event("builtin.len")))), "a = nums.Count;", "g(); a = nums.Count;"),
        new("Dynamic", List(Call("$dynamic p.hook")), "hook();", "hook2();"),
        new("ConditionalCall", List(Node("if", "cond", List(), "then", List(Call("$dynamic p.hook")))), "hook?.Invoke();", "hook!.Invoke();"),
        new("Forward", List(Node("expr", "x", List(Node("ref", "f", "p.g"), Event("run")))), "run(() => g());", "run(() => h());"),
        new("FunctionLiteral", List(Node("expr", "x", List(Node("func", "body", List(Call("g"), Call("h"))), Event("run")))), "run(() => { g(); h(); });", "run(() => { h(); g(); });"),
        new("Unsafe", List(Call("g")), "unsafe { fixed (int* p = list) { checked { g(); } } }", "unsafe { fixed (int* p = list) { } }"),
        new("Conversion", List(Node("return", "n", 1)), "return (int)(long)new wordbox(a).v;", "return get();", "int"),
        new("EarlyReturn", IfCallReturn(), "if (yes()) { return; } g();", "if (!yes()) { g(); }"),
        new("EndsWithReturn", List(Call("g"), Node("return", "n", 0)), "g();", "g(); if (yes()) { return; }"),
        new("NoReturn", List(Call("builtin.panic")), "builtin.panic(); return 0;", "return 0;", "int"),
        new("KeepAlive", List(Call("g")), "g(); GC.KeepAlive(list);", "g(); GC.Collect();"),
        new("Condition", List(Node("if", "cond", List(Event("yes"), Event("get")), "ops", new[] { "&&", ">" }, "then", List(Call("g")))), "if (yes() && get() > 1) { g(); }", "if (get() > 1 && yes()) { g(); }"),
        new("Operators", List(Node("if", "cond", List(), "ops", new[] { "==", "||", "!=" }, "then", List(Call("g")))), "if (a == 1 || c != 2) { g(); }", "if (a == 1 || c > 2) { g(); }"),
        new("Pattern", List(Node("if", "init", Node("assign", "names", new[] { "err" }, "op", ":=", "x", List(Event("get"))), "cond", List(), "ops", new[] { "!=" }, "then", List(Call("g")))), "if (get() is { } err) { g(); }", "if (get() is 0) { g(); }"),
        new("AssignedCondition", List(Node("assign", "names", new[] { "flag" }, "op", "=", "ops", new[] { "!", "&&", "==" })), "flag = !flag && a == 1;", "flag = flag && a == 1;"),
        new("Throw", List(Call("g")), "g();", "g(); throw new Exception();"),
        new("Ternary", List(Assign("=", "a")), "a = 1;", "a = yes() ? 1 : 2;"),
        new("Lock", List(Call("g")), "g();", "lock (nums) { g(); }"),
    ];

    private static Dictionary<string, int> differences = [];

    [OneTimeSetUp]
    public void Compare()
    {
        var funcs = new List<JsonObject>();
        var methods = new List<string>();
        foreach (var (rule, i) in rules.Select((r, i) => (r, i)))
        {
            foreach (var (body, kind) in new[] { (rule.Same, "Same"), (rule.Other, "Other") })
            {
                var f = Func(rule.Name + kind, i + 1, (JsonArray)rule.Go.DeepClone());
                if (rule.Name == "NamedResults")
                {
                    f["results"] = List(new JsonObject { ["name"] = "n", ["type"] = "int" });
                }
                else if (rule.Result != "void")
                {
                    f["results"] = List(new JsonObject { ["type"] = "int" });
                }
                funcs.Add(f);
                var head = rule.Result == "out" ? $"static int {rule.Name}{kind}(out int n)" : $"static {rule.Result} {rule.Name}{kind}()";
                methods.Add($"    internal {head} {{ {body} }}");
            }
        }
        var source = $$"""
            using System.Collections.Generic;
            namespace golang;
            public static class builtin { public static void panic() { } }
            public static unsafe partial class p
            {
                internal struct wordbox(int v) { internal int v = v; }
                static int a, c;
                static bool flag;
                static int[] list = [];
                static List<int> nums = [];
                static Action? hook, hook2;
                static void g() { }
                static void h() { }
                static void k() { }
                static bool yes() => true;
                static int get() => 1;
                static (int, int) pair() => (1, 2);
                internal readonly struct box { public static unsafe implicit operator int*(box b) => null; }
                static unsafe int* at;
                static (box, int) pointer() => default;
                static int two(out int x) { x = 1; return 2; }
                static void run(Action f) { }
            {{string.Join('\n', methods)}}
            }
            """;
        using var small = new Small(source, [.. funcs]);
        var port = new Port(small.Root);
        differences = port.Index.Files[0].Funcs.ToDictionary(f => f.Name, f => Alignment.Of(f, port.Methods(f.Id).Single()).Hunks.Sum(h => h.Count));
    }

    private static IEnumerable<string> Names => rules.Select(r => r.Name);

    [TestCaseSource(nameof(Names))]
    public void TestRule(string name)
    {
        Assert.Multiple(() =>
        {
            Assert.That(differences[name + "Same"], Is.Zero, "Go's");
            Assert.That(differences[name + "Other"], Is.Not.Zero, "not Go's");
        });
    }
}
