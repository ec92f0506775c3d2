using System.Threading.Tasks;
using goport.fixes;

namespace goport.analyzers;

[TestFixture]
public class BlockingTest
{
    private const string things = """
        static Task t; static Task<int> u; static ManualResetEvent e; static SemaphoreSlim sem; static object mu = new(); static Lock l = new(); static ReaderWriterLockSlim rw;

        """;

    [TestCase("static void a() { Thread.Sleep(1); t.Wait(); use(u.Result); e.WaitOne(); }")]
    [TestCase("static async Task a() { Thread.Sleep(1); await t; }")]
    [TestCase("static async go a() { await Task.Run(() => Thread.Sleep(1)); await time.Sleep(1); await t; }")]
    [TestCase("static async go a() { Monitor.Enter(mu); use(1); Monitor.Exit(mu); await f(); }")]
    [TestCase("static async go a() { lock (mu) { use(1); } l.Enter(); l.Exit(); await f(); }")]
    [TestCase("static async go a() { if (e.WaitOne(0) || sem.Wait(0)) { await f(); } }")]
    public Task Good(string members) => Verify.Analyzer<BlockingAnalyzer>(things + members);

    [TestCase("static async go a() { [|Thread.Sleep(1)|]; await f(); }")]
    [TestCase("static go a() { [|Thread.Sleep(TimeSpan.FromSeconds(1))|]; return f(); }")]
    [TestCase("static async go<int> a() { await f(); return [|u.Result|]; }")]
    [TestCase("static async go a() { [|t.Wait()|]; [|t.GetAwaiter().GetResult()|]; await f(); use([|u.ConfigureAwait(false).GetAwaiter().GetResult()|]); }")]
    [TestCase("static async go a() { [|Task.WaitAll(t, u)|]; await f(); }")]
    [TestCase("static async go a() { [|e.WaitOne()|]; [|sem.Wait()|]; await f(); }")]
    [TestCase("static async go a() { [|Monitor.Enter(mu)|]; await f(); Monitor.Exit(mu); }")]
    [TestCase("static async go a() { [|l.Enter()|]; try { await f(); } finally { l.Exit(); } }")]
    [TestCase("static async go a() { [|rw.EnterReadLock()|]; await f(); rw.ExitReadLock(); }")]
    [TestCase("static async go a() { var s = [|Console.ReadLine()|]; await f(); }")]
    [TestCase("static void a() { go(async () => { [|Thread.Sleep(1)|]; await f(); }); }")]
    [TestCase("static async Task a() { async go local() { [|Thread.Sleep(1)|]; await f(); } await runtime.Run(local); }")]
    public Task Bad(string members) => Verify.Analyzer<BlockingAnalyzer>(things + members);

    [TestCase("static async go a() { [|Thread.Sleep(10)|]; await f(); }", "static async go a() { await time.Sleep(10 * time.Millisecond); await f(); }")]
    [TestCase("static async go a(int n) { [|Thread.Sleep(n + 1)|]; await f(); }", "static async go a(int n) { await time.Sleep((n + 1) * time.Millisecond); await f(); }")]
    [TestCase("static async go a(TimeSpan d) { [|Thread.Sleep(d)|]; await f(); }", "static async go a(TimeSpan d) { await time.Sleep((long)d.TotalMilliseconds * time.Millisecond); await f(); }")]
    [TestCase("static go a() { [|Thread.Sleep(10)|]; return f(); }", "static async go a() { await time.Sleep(10 * time.Millisecond); await f(); }")]
    public Task Sleep(string before, string after) => Verify.Fix<BlockingAnalyzer, BlockingFix>(BlockingFix.AwaitSleep, things + before, things + after);

    [TestCase("static async go<int> a() { await f(); return [|u.Result|]; }", "static async go<int> a() { await f(); return await u; }")]
    [TestCase("static async go<string> a() { await f(); return [|u.Result|].ToString(); }", "static async go<string> a() { await f(); return (await u).ToString(); }")]
    [TestCase("static async go a() { [|t.Wait()|]; await f(); }", "static async go a() { await t; await f(); }")]
    [TestCase("static async go a() { [|t.GetAwaiter().GetResult()|]; await f(); }", "static async go a() { await t; await f(); }")]
    [TestCase("static go<int> a() { return new go<int>([|u.Result|]); }", "static async go<int> a() { return await u; }")]
    public Task AwaitTask(string before, string after) => Verify.Fix<BlockingAnalyzer, BlockingFix>(BlockingFix.AwaitTask, things + before, things + after);

    [TestCase("static async go a() { [|e.WaitOne()|]; await f(); }")]
    [TestCase("static async go a() { [|t.Wait(10)|]; await f(); }")]
    public Task NoFix(string members) => Verify.NoFix<BlockingAnalyzer, BlockingFix>(BlockingFix.AwaitTask, things + members);
}
