using System.Threading.Tasks;

namespace goport.analyzers;

[TestFixture]
public class LoopTest
{
    private const string functions = "static int work(int i) => i; static bool TryWork() => true;\n";

    [TestCase("static async go a(int n) { for (var i = 0; i < n; i++) { work(i); await f(); } }")]
    [TestCase("static async go a() { for (var i = 0; i < 100; i++) { work(i); } await f(); }")]
    [TestCase("static async go a(int[] s) { for (var i = 0; i < s.Length; i++) { work(s[i]); } foreach (var x in s) { work(x); } await f(); }")]
    [TestCase("static async go a(int n) { var sum = 0; while (n > 0) { sum += n--; } await f(); }")]
    [TestCase("static async go a(int n) { while (n != Interlocked.CompareExchange(ref n, 1, 2)) { work(n); } while (!TryWork()) { work(1); } await f(); }")]
    [TestCase("static void a(int n) { for (var i = 0; i < n; i++) { work(i); } }")]
    [TestCase("static go a(int n) { for (var i = 0; i < n; i++) { work(i); } return f(); }")]
    [TestCase("static async Task a(int n) { for (var i = 0; i < n; i++) { work(i); } await Task.Delay(1); }")]
    public Task Good(string members) => Verify.Analyzer<LoopAnalyzer>(functions + members);

    [TestCase("static async go a(int n) { [|for|] (var i = 0; i < n; i++) { work(i); } await f(); }")]
    [TestCase("static async go a(int n) { [|while|] (n > 0) { n = work(n); } await f(); }")]
    [TestCase("static async go a(int n) { [|for|] (; ; ) { if (work(n) > 3) { break; } } await f(); }")]
    [TestCase("static async go a(int n) { [|do|] { n = work(n); } while (n > 0); await f(); }")]
    [TestCase("static async go a(int n) { [|for|] (var i = 0; i < n; i++) { for (var j = 0; j < n; j++) { work(i); } } await f(); }")]
    [TestCase("static async go a(int n) { for (; ; ) { await f(); [|while|] (n > 0) { n = work(n); } } }")]
    [TestCase("static async go a(int n) { [|while|] (n > 0) { n = work(n); Func<go> l = async () => await f(); } await f(); }")]
    [TestCase("static void a(int n) { go(async () => { await f(); [|while|] (n > 0) { n = work(n); } }); }")]
    public Task Bad(string members) => Verify.Analyzer<LoopAnalyzer>(functions + members);
}
