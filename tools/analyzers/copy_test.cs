using System.Threading.Tasks;
using goport.fixes;

namespace goport.analyzers;

[TestFixture]
public class CopyTest
{
    private const string types = """
        struct S { public atomic.Int32 n; public int i; public int Len() => i; public readonly int Cap() => i; }
        struct T { public S s; }
        static S s; static T t; static S[] ss; static atomic.Int32 n; static ref S r() => ref s; static ref readonly S ro() => ref s;
        static S made() => default; static void value(S s) { } static void byref(ref S s) { } static void byin(in S s) { }

        """;

    [TestCase("static void a() { var x = new S(); S y = default; s = default; s = made(); ss[0] = new S { i = 1 }; }")]
    [TestCase("static void a() { n.Add(1); t.s.n.Store(2); ss[0].n.Add(1); use(t.s.i); r().n.Add(1); }")]
    [TestCase("static void a() { ref var x = ref t.s; x.n.Add(1); byref(ref x); byin(in x); byin(s); value(default); value(made()); }")]
    [TestCase("static ref S a() { ref readonly var x = ref ro(); use(x.i); use(x.Cap()); return ref s; }")]
    [TestCase("static unsafe void a(S* p) { p->n.Add(1); var q = p; (*p).n.Add(1); p[1].n.Add(1); ref var x = ref *p; *p = default; }")]
    [TestCase("static void a() { foreach (ref var x in ss.AsSpan()) { x.n.Add(1); } Func<int> l = () => s.i; }")]
    [TestCase("static int a() { var x = new S(); Action l = () => x.n.Add(1); return x.Len() + sizeof(int); }")]
    [TestCase("readonly S[] array = new S[3]; readonly int[] ints = { 1 }; static S made2 => default;")]
    [TestCase("static readonly DateTime time; static DateTime a(DateTime d) { var e = d; return e; }")]
    public Task Good(string members) => Verify.Analyzer<CopyAnalyzer>(types + members);

    [TestCase("static void a() { var x = [|s|]; }")]
    [TestCase("static void a() { S x; x = [|t.s|]; }")]
    [TestCase("static void a() { var x = [|t|]; }")]
    [TestCase("static void a() { t.s = [|ss[0]|]; }")]
    [TestCase("static void a() { value([|s|]); }")]
    [TestCase("static void a() { var x = [|r()|]; var y = [|ro()|]; }")]
    [TestCase("static S a() { return [|s|]; }")]
    [TestCase("static S a() => [|t.s|];")]
    [TestCase("static S a(S p) => [|p|];")]
    [TestCase("static object a() => [|s|];")]
    [TestCase("static S? a() => [|s|];")]
    [TestCase("static string a() => [|s|].ToString();")]
    [TestCase("static Func<int> a() => [|s|].Len;")]
    [TestCase("static (S, int) a() => ([|s|], 1);")]
    [TestCase("static S[] a() => new[] { [|s|] };")]
    [TestCase("static List<S> a() => [[|s|]];")]
    [TestCase("static void a() { foreach ([|var|] x in ss) { use(x.i); } }")]
    [TestCase("static unsafe void a(S* p) { var x = [|*p|]; }")]
    [TestCase("static unsafe void a(S* p) { s = [|p[1]|]; *p = [|s|]; }")]
    [TestCase("static unsafe S a(S* p) => [|*p|];")]
    [TestCase("static void a(bool b) { var x = [|b ? s : default|]; }")]
    [TestCase("static readonly S [|kept|];")]
    [TestCase("readonly atomic.Int64 [|kept|] = new();")]
    [TestCase("S [|kept|] { get; set; }")]
    [TestCase("static int a(in S x) => [|x|].Len();")]
    [TestCase("static int a() => [|ro()|].Len();")]
    [TestCase("struct U { S s; public readonly int a() => [|s|].Len(); }")]
    [TestCase("static int a() { ref readonly var x = ref s; return [|x|].Len(); }")]
    [TestCase("class D(S s) { S kept = [|s|]; }")]
    [TestCase("static IEnumerable<S> a() { yield return [|s|]; }")]
    public Task Bad(string members) => Verify.Analyzer<CopyAnalyzer>(types + members);

    // The attribute may be anybody's, and the port need not be there.
    [Test]
    public Task OwnAttribute() => Verify.Runtime<CopyAnalyzer>("class noCopyAttribute : System.Attribute { } [noCopy] struct S { public int i; } class C { static S s; static void a() { var x = [|s|]; } }", "other");

    [TestCase("static readonly S [|kept|];", "static S kept;")]
    [TestCase("readonly S [|kept|];", "S kept;")]
    public Task Readonly(string before, string after) => Verify.Fix<CopyAnalyzer, ReadonlyFix>(ReadonlyFix.NotReadonly, types + before, types + after);
}
