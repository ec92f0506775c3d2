using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using goport.fixes;

namespace goport.analyzers;

[TestFixture]
public class ForeignFunctionTest
{
    [TestCase("static async go a() { await f(); }")]
    [TestCase("static async go<int> a() => await g();")]
    [TestCase("static async go a() { await Task.Delay(1); }")]
    [TestCase("static async Task a() { await Task.Delay(1); await runtime.Run(async () => { await f(); }); }")]
    [TestCase("static async Task a() { async go local() { await f(); } await runtime.Run(local); }")]
    public Task Good(string members) => Verify.Analyzer<ForeignFunctionAnalyzer>(members);

    [TestCase("static async Task a() { [|await f()|]; }")]
    [TestCase("static async Task<int> a() => [|await g()|];")]
    [TestCase("static async ValueTask a() { [|await f()|]; }")]
    [TestCase("static async ValueTask<int> a() { return [|await g()|]; }")]
    [TestCase("static async void a() { [|await f()|]; }")]
    [TestCase("static void a() { Action x = async () => [|await f()|]; }")]
    [TestCase("static void a() { Task.Run(async () => { [|await f()|]; }); }")]
    [TestCase("static async go a() { await Task.Run(async () => [|await g()|]); }")]
    [TestCase("static async go a() { async Task local() { [|await f()|]; } await local(); }")]
    [TestCase("static async IAsyncEnumerable<int> a() { yield return [|await g()|]; }")]
    public Task Bad(string members) => Verify.Analyzer<ForeignFunctionAnalyzer>(members);

    [Test]
    public Task TopLevel() => Verify.Source<ForeignFunctionAnalyzer>($"[|await {Verify.Namespace}.time.Sleep(1)|];", OutputKind.ConsoleApplication);

    [TestCase("static async Task a() { [|await f()|]; }", "static async go a() { await f(); }")]
    [TestCase("static async Task<int> a() => [|await g()|];", "static async go<int> a() => await g();")]
    [TestCase("static async ValueTask<int> a() => [|await g()|];", "static async go<int> a() => await g();")]
    [TestCase("static async void a() { [|await f()|]; }", "static async go a() { await f(); }")]
    [TestCase("static async go a() { async Task local() { [|await f()|]; } await local(); }", "static async go a() { async go local() { await f(); } await local(); }")]
    public Task ReturnGo(string before, string after) => Verify.Fix<ForeignFunctionAnalyzer, ReturnTypeFix>(ReturnTypeFix.ReturnGo, before, after);

    [TestCase("static void a() { Action x = async () => [|await f()|]; }")]
    [TestCase("class D : I { public go m() => default; public async void n() { [|await f()|]; } }")]
    [TestCase("protected virtual async Task a() { [|await f()|]; }")]
    [TestCase("static async IAsyncEnumerable<int> a() { yield return [|await g()|]; }")]
    public Task NoReturnGo(string members) => Verify.NoFix<ForeignFunctionAnalyzer, ReturnTypeFix>(ReturnTypeFix.ReturnGo, members);

    [TestCase("static Task a() => Task.Run(async () => { [|await f()|]; });", "static Task a() => runtime.Run(async () => { await f(); });")]
    [TestCase("static Task<int> a() => Task.Run(async () => [|await g()|]);", "static Task<int> a() => runtime.Run(async () => await g());")]
    public Task Run(string before, string after) => Verify.Fix<ForeignFunctionAnalyzer, ReturnTypeFix>(ReturnTypeFix.RunGoroutine, before, after);
}
