using System.IO;
using System.Linq;

namespace testrun;

/// <summary>What results say, and what is a failure though no test says so.</summary>
[TestFixture]
public class report_test
{
    private string folder = "";

    [SetUp]
    public void Make() => folder = Directory.CreateTempSubdirectory("testrun").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(folder, recursive: true);

    private Report Trx(string text)
    {
        var file = Path.Combine(folder, "x.trx");
        File.WriteAllText(file, text);
        return Report.Trx(file);
    }

    // As VSTest writes it, without what is not read.
    private static string Results(string outcome, string more = "", string results = """
        <UnitTestResult testId="1" testName="TestA" duration="00:00:01.5000000" outcome="Passed" />
        <UnitTestResult testId="2" testName="TestB(1)" duration="00:00:00.0010000" outcome="Failed">
          <Output><ErrorInfo><Message>Expected: 1</Message><StackTrace>   at b.TestB</StackTrace></ErrorInfo></Output>
        </UnitTestResult>
        <UnitTestResult testId="3" testName="TestC" outcome="NotExecuted"><Output><ErrorInfo><Message>no strace</Message></ErrorInfo></Output></UnitTestResult>
        """) => $"""
        <?xml version="1.0" encoding="utf-8"?>
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>{results}</Results>
          <TestDefinitions>
            <UnitTest name="TestA" id="1"><TestMethod className="go.a" name="TestA" /></UnitTest>
            <UnitTest name="TestB(1)" id="2"><TestMethod className="go.b" name="TestB(1)" /></UnitTest>
            <UnitTest name="TestC" id="3"><TestMethod className="go.c" name="TestC" /></UnitTest>
          </TestDefinitions>
          <ResultSummary outcome="{outcome}">{more}</ResultSummary>
        </TestRun>
        """;

    private const string passed = """<UnitTestResult testId="1" testName="TestA" outcome="Passed" />""";

    [Test]
    public void TestTrx()
    {
        var r = Trx(Results("Failed"));
        Assert.That(r.Tests, Is.EqualTo(new[]
        {
            new Test("go.a.TestA", Outcome.Passed, "", 1.5),
            new Test("go.b.TestB(1)", Outcome.Failed, "Expected: 1\n   at b.TestB", 0.001),
            new Test("go.c.TestC", Outcome.Skipped, "no strace"),
        }));
        Assert.That(r.Errors, Is.Empty);
        Assert.That((r.Passed, r.Failed, r.Skipped), Is.EqualTo((1, 1, 1)));
        Assert.That(Trx(Results("Completed", "", passed)).Failed, Is.Zero);
    }

    /// <summary>A host that crashed leaves what has passed until then.</summary>
    [Test]
    public void TestCrashed()
    {
        var r = Trx(Results("Failed", """<RunInfos><RunInfo outcome="Error"><Text>The active test run was aborted. Reason: Test host process crashed</Text></RunInfo></RunInfos>""", passed));
        Assert.That((r.Passed, r.Failed), Is.EqualTo((1, 1)));
        Assert.That(r.Errors.Single(), Does.Contain("crashed"));
        // A warning is none.
        Assert.That(Trx(Results("Completed", """<RunInfos><RunInfo outcome="Warning"><Text>x</Text></RunInfo></RunInfos>""", passed)).Failed, Is.Zero);
    }

    [Test]
    public void TestNothing()
    {
        Assert.That(Report.Trx(Path.Combine(folder, "nonesuch")).Errors.Single(), Does.Contain("no results"));
        Assert.That(Trx("").Errors.Single(), Does.Contain("no results"));
        Assert.That(Trx(Results("Completed")[..^20]).Errors.Single(), Does.Contain("no results"));
        Assert.That(Trx(Results("Completed", "", "")).Errors.Single(), Does.Contain("no test was run"));
        Assert.That(Trx(Results("Failed", "", passed)).Errors.Single(), Does.Contain("Failed"));
    }

    /// <summary>An outcome that is not known is no success.</summary>
    [TestCase("Inconclusive")]
    [TestCase("Timeout")]
    [TestCase("Aborted")]
    [TestCase("")]
    public void TestOtherOutcome(string outcome) => Assert.That(Trx(Results("Completed", "", passed.Replace("Passed", outcome))).Failed, Is.EqualTo(1));

    [Test]
    public void TestGo()
    {
        var lines = """
            {"Action":"run","Package":"p","Test":"TestA"}
            {"Action":"pass","Package":"p","Test":"TestA","Elapsed":0.5}
            {"Action":"output","Package":"p","Test":"TestB","Output":"    x_test.go:1: bad\n"}
            {"Action":"fail","Package":"p","Test":"TestB","Elapsed":0}
            {"Action":"output","Package":"p","Test":"TestC","Output":"not here\n"}
            {"Action":"skip","Package":"p","Test":"TestC","Elapsed":0}
            {"Action":"fail","Package":"p","Elapsed":0.6}
            """.ReplaceLineEndings("\n").Split('\n');
        var r = Report.Go(lines);
        Assert.That(r.Tests, Is.EqualTo(new[] { new Test("p.TestA", Outcome.Passed, "", 0.5), new Test("p.TestB", Outcome.Failed, "x_test.go:1: bad"), new Test("p.TestC", Outcome.Skipped, "not here") }));
        Assert.That(r.Errors, Is.Empty);
        Assert.That(Report.Go(lines[..2]).Failed, Is.Zero);
        // It does not compile, it crashes, there is nothing.
        Assert.That(Report.Go(["# p", "x.go:1: undefined: y", """{"Action":"fail","Package":"p","Elapsed":0}"""]).Errors.Single(), Does.Contain("undefined: y"));
        Assert.That(Report.Go([lines[1], """{"Action":"output","Package":"p","Output":"panic: x\n"}""", lines[^1]]).Errors.Single(), Does.Contain("panic: x"));
        Assert.That(Report.Go([]).Errors.Single(), Does.Contain("no test was run"));
    }

    [Test]
    public void TestEnded()
    {
        var limit = TimeSpan.FromMinutes(3);
        var (good, bad) = (new Report([new("a", Outcome.Passed)], []), new Report([new("a", Outcome.Failed)], []));
        Assert.That(good.Ended(0, limit), Is.SameAs(good));
        Assert.That(good.Ended(1, limit).Errors, Is.EqualTo(new[] { "exit status 1" }));
        Assert.That(good.Ended(null, limit).Errors, Is.EqualTo(new[] { "it did not end within 3 minutes" }));
        Assert.That(bad.Ended(1, limit), Is.SameAs(bad));
        Assert.That(bad.Ended(0, limit).Failed, Is.EqualTo(1));
        Assert.That(bad.Ended(null, limit).Failed, Is.EqualTo(2));
    }
}
