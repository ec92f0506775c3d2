using System.Threading.Tasks;
using goport.fixes;

namespace goport.analyzers;

[TestFixture]
public class KeptTest
{
    // What is in order.
    [TestCase("static async go a() { await f(); var i = await g(); use(await g()); use(i); }")]
    [TestCase("static go a() { return f(); }")]
    [TestCase("static go a() => f();")]
    [TestCase("static go<int> a(bool b) => b ? g() : default;")]
    [TestCase("static go<int> a(bool b) { return b ? g() : new go<int>(1); }")]
    [TestCase("static go a(int i) => i switch { 1 => f(), _ => default };")]
    [TestCase("static async go a(bool b) { await (b ? f() : fn()); }")]
    [TestCase("static go a(C c) => c?.m() ?? default; go m() => default;")]
    [TestCase("static go a(bool b) { if (b) { return f(); } try { } finally { } return f(); }")]
    [TestCase("static go a() { try { } finally { } return fn(); }")]
    [TestCase("static go a() { using (var s = new System.IO.MemoryStream()) { s.Flush(); } return fn(); }")]
    [TestCase("static go a() { try { use(1); } catch (Exception) { return f(); } return default; }")]
    [TestCase("static void a() { go(f); go(() => f()); go(async () => { await f(); }); }")]
    [TestCase("static Task a() => runtime.Run(() => f());")]
    [TestCase("static Func<go> a() { Func<go> x = () => f(); x = f; return x; }")]
    [TestCase("static go p => f(); static async go a() { await p; }")]
    [TestCase("static void a() { go x = default; var y = new go<int>(1); }")]
    [TestCase("static async go a() { async go local() { await f(); } await local(); }")]
    [TestCase("static unsafe go a(delegate*<go> p) => p();")]
    public Task Good(string members) => Verify.Analyzer<KeptAnalyzer>(members);

    [TestCase("static async go a() { [|f()|]; await f(); }")]
    [TestCase("static void a() { [|f()|]; }")]
    [TestCase("static void a() { _ = [|g()|]; }")]
    [TestCase("static go a() { [|f()|]; return default; }")]
    [TestCase("static void a() { [|fn()|]; }")]
    [TestCase("static async go a() { var x = [|f()|]; await x; }")]
    [TestCase("static go a() { var x = [|f()|]; return x; }")]
    [TestCase("static async go a() { go park; park = [|f()|]; await park; }")]
    [TestCase("static go kept; static void a() { kept = [|f()|]; }")]
    [TestCase("static go<int> kept = [|g()|];")]
    [TestCase("static go kept { get; set; } static void a() { kept = [|f()|]; }")]
    [TestCase("static go kept { get; } = [|f()|];")]
    [TestCase("static void a() { keep([|f()|]); }")]
    [TestCase("static void a(List<go> l) { l.Add([|f()|]); }")]
    [TestCase("static go[] a() => new[] { [|f()|], [|f()|] };")]
    [TestCase("static List<go> a() => [[|f()|]];")]
    [TestCase("static void a(go[] s) { s[0] = [|f()|]; }")]
    [TestCase("static (go, int) a() => ([|f()|], 1);")]
    [TestCase("static object a() => [|f()|];")]
    [TestCase("static void a() { Action x = () => [|f()|]; }")]
    [TestCase("static Func<object> a() => () => [|f()|];")]
    [TestCase("static void a(C c) { c?[|.m()|]; } go m() => default;")]
    [TestCase("static void a() { [|f()|].GetAwaiter(); }")]
    [TestCase("static void a(bool b) { _ = b ? [|f()|] : default; }")]
    [TestCase("static IEnumerable<go> a() { yield return [|f()|]; }")]
    [TestCase("static go p => f(); static void a() { keep([|p|]); }")]
    [TestCase("static go a() { try { return [|f()|]; } finally { use(1); } }")]
    [TestCase("static go a() { try { return [|f()|]; } catch (Exception) { return default; } }")]
    [TestCase("static go a() { using (new System.IO.MemoryStream()) { return [|f()|]; } }")]
    [TestCase("static go a() { using var s = new System.IO.MemoryStream(); return [|f()|]; }")]
    [TestCase("static go a() { lock (fn) { return [|f()|]; } }")]
    [TestCase("static async Task a() { keep([|await Task.Run(() => f())|]); }")]
    [TestCase("static void a() { void local() { [|f()|]; } local(); }")]
    [TestCase("C() { [|f()|]; }")]
    [TestCase("static unsafe void a(delegate*<go> p) { [|p()|]; }")]
    public Task Bad(string members) => Verify.Analyzer<KeptAnalyzer>(members);

    [Test]
    public Task WithoutThePort() => Verify.Runtime<KeptAnalyzer>("namespace go { public struct go { } class C { static go f() => default; static void a() { f(); } } }", "other");

    // The runtime's own way to park, and what is not that. The namespace may have either name.
    private static string Runtime(string space, string members) =>
        $$"""
        namespace {{space}}
        {
            using System;
            using System.Runtime.CompilerServices;

            [AsyncMethodBuilder(typeof(builder))]
            public struct go
            {
                public awaiter GetAwaiter() => default;
            }

            public struct awaiter : INotifyCompletion
            {
                public bool IsCompleted => true;
                public void GetResult() { }
                public void OnCompleted(Action a) { }
            }

            public struct builder
            {
                public static builder Create() => default;
                public void Start<T>(ref T m) where T : IAsyncStateMachine => m.MoveNext();
                public void SetStateMachine(IAsyncStateMachine m) { }
                public go Task => default;
                public void SetResult() { }
                public void SetException(Exception e) { }
                public void AwaitOnCompleted<A, T>(ref A a, ref T m) where A : INotifyCompletion where T : IAsyncStateMachine { }
                public void AwaitUnsafeOnCompleted<A, T>(ref A a, ref T m) where A : ICriticalNotifyCompletion where T : IAsyncStateMachine { }
            }

            public static class runtime
            {
                internal static unsafe go gopark(void* p) => default;
                public static go Gosched() => default;
        {{members}}
            }
        }
        """;

    [TestCase("static async go a() { go park; unsafe { int i = 0; park = gopark(&i); } await park; }")]
    [TestCase("static go a() { go park; unsafe { park = gopark(null); } return park; }")]
    [TestCase("static async go a() { for (; ; ) { go park; unsafe { park = gopark(null); } await park; await Gosched(); } }")]
    [TestCase("static unsafe bool a() { _ = gopark(null); return false; }")]
    public async Task Park(string members)
    {
        await Verify.Runtime<KeptAnalyzer>(Runtime("go", members));
        await Verify.Runtime<KeptAnalyzer>(Runtime("golang", members));
    }

    [TestCase("static async go a() { go park = default; unsafe { park = [|gopark(null)|]; } await park; }")]
    [TestCase("static async go a() { go park; unsafe { park = [|gopark(null)|]; } await Gosched(); await park; }")]
    [TestCase("static async go a() { go park; unsafe { park = [|gopark(null)|]; } await park; await park; }")]
    [TestCase("static async go a() { go park; unsafe { park = [|gopark(null)|]; park = [|gopark(null)|]; } await park; }")]
    [TestCase("static void a() { go park; unsafe { park = [|gopark(null)|]; } }")]
    [TestCase("static async go a() { go park; unsafe { park = [|Gosched()|]; } await park; }")]
    [TestCase("static async go a() { go park; unsafe { park = [|gopark(null)|]; } var other = park; await other; }")]
    [TestCase("static go kept; static unsafe void a() { kept = [|gopark(null)|]; }")]
    [TestCase("static unsafe bool a() { _ = [|gopark(null)|]; return true; }")]
    [TestCase("static unsafe bool a() { _ = [|gopark(null)|]; if (a()) { } return false; }")]
    [TestCase("static bool a() { _ = [|Gosched()|]; return false; }")]
    [TestCase("static unsafe void a() { _ = [|gopark(null)|]; return; }")]
    public async Task NoPark(string members)
    {
        await Verify.Runtime<KeptAnalyzer>(Runtime("go", members));
        await Verify.Runtime<KeptAnalyzer>(Runtime("golang", members));
    }

    [TestCase("static async go a() { [|f()|]; }", "static async go a() { await f(); }")]
    [TestCase("static async go a() { _ = [|f()|]; }", "static async go a() { await f(); }")]
    [TestCase("static async go a() { _ = [|g()|]; }", "static async go a() { _ = await g(); }")]
    [TestCase("static void a() { [|f()|]; }", "static async go a() { await f(); }")]
    [TestCase("void a() { [|f()|]; }", "async go a() { await f(); }")]
    [TestCase("static int a() { [|f()|]; return 1; }", "static async go<int> a() { await f(); return 1; }")]
    [TestCase("static void a() => [|f()|];", "static async go a() => await f();")]
    [TestCase("static go a() { [|f()|]; return default; }", "static async go a() { await f(); return; }")]
    [TestCase("static go a() { [|f()|]; return f(); }", "static async go a() { await f(); await f(); }")]
    [TestCase("static go a(bool b) { if (b) return f(); [|f()|]; return default; }", "static async go a(bool b) { if (b) { await f(); return; } await f(); return; }")]
    [TestCase("static go<int> a(bool b) { [|f()|]; if (b) { return new go<int>(1); } return g(); }", "static async go<int> a(bool b) { await f(); if (b) { return 1; } return await g(); }")]
    [TestCase("static go<int> a() { try { return [|g()|]; } finally { use(1); } }", "static async go<int> a() { try { return await g(); } finally { use(1); } }")]
    [TestCase("static async go<int> a() { var x = [|g()|]; return await x; }", "static async go<int> a() { var x = await g(); return x; }")]
    [TestCase("static async go<int> a() { go<int> x = [|g()|]; return await x; }", "static async go<int> a() { var x = await g(); return x; }")]
    [TestCase("static void a() { void local() { [|f()|]; } local(); }", "static void a() { async go local() { await f(); } [|local()|]; }")]
    [TestCase("static Func<go> a() => () => { [|f()|]; return default; };", "static Func<go> a() => async () => { await f(); return; };")]
    public Task Await(string before, string after) => Verify.Fix<KeptAnalyzer, AwaitFix>(AwaitFix.AwaitIt, before, after);

    [TestCase("static go a() { [|f()|]; return default; }", "static go a() { return f(); }")]
    [TestCase("static go a() { use(1); _ = [|f()|]; return default; }", "static go a() { use(1); return f(); }")]
    public Task Return(string before, string after) => Verify.Fix<KeptAnalyzer, AwaitFix>(AwaitFix.ReturnIt, before, after);

    // A function whose type others have declared stays as it is; so does one in which an await cannot stand.
    [TestCase("class D : I { public go m() => default; public void n() { [|f()|]; } }")]
    [TestCase("public override string ToString() { [|f()|]; return null; }")]
    [TestCase("static void a(ref int i) { [|f()|]; }")]
    [TestCase("static unsafe void a() { [|f()|]; }")]
    [TestCase("static async go a() { lock (fn) { [|f()|]; } await f(); }")]
    [TestCase("static void a() { Action x = () => [|f()|]; }")]
    [TestCase("static go kept; static async go a() { kept = [|f()|]; await f(); }")]
    public Task NoAwait(string members) => Verify.NoFix<KeptAnalyzer, AwaitFix>(AwaitFix.AwaitIt, members);
}
