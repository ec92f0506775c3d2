using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace goport.analyzers;

[TestFixture]
public class MarkerTest
{
    private const string porting = """
        # GoPort beside Go

        - **before**: not in the list

        ## Deviations

        - **alias**: what Go does, and what the port does
        - **goos**: the same

        ## Files

        - **after**: not in the list either
        """;

    private const string moved = """
        # Deviations

        - **moved**: what Go does, and what the port does
        """;

    [TestCase("// PORT(alias): a reason")]
    [TestCase("int i; // PORT(goos)")]
    [TestCase("// PORT(moved). PORT(alias): a reason")]
    [TestCase("string s = \"PORT(none)\";")]
    [TestCase("// PORT(a-b) PORT( PORT() EXPORT")]
    [TestCase("// {|GOPORT001:PORT(none)|}: a reason")]
    [TestCase("int i; // PORT(alias). {|GOPORT001:PORT(none)|}: a reason")]
    [TestCase("/* {|GOPORT001:PORT(before)|} */")]
    [TestCase("// {|GOPORT001:PORT(after)|}")]
    [TestCase("// in the section {|GOPORT001:PORT(none)|}, as PORT(goos)")]
    public Task Markers(string line) => Verify.Source<MarkerAnalyzer>($"class C\n{{\n    {line}\n}}", OutputKind.DynamicallyLinkedLibrary, ("PORTING.md", porting), ("docs/deviations.md", moved));

    // Who has no list is not asked.
    [Test]
    public Task WithoutList() => Verify.Source<MarkerAnalyzer>("// PORT(none)");
}
