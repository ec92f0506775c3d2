using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace testrun;

internal enum Outcome
{
    Passed,
    Failed,
    Skipped,
}

/// <summary>A test that was run.</summary>
/// <param name="Name">Its name, with the class and the arguments.</param>
/// <param name="Outcome">What came out.</param>
/// <param name="Message">Why, if it did not pass.</param>
/// <param name="Seconds">How long it took.</param>
internal sealed record Test(string Name, Outcome Outcome, string Message = "", double Seconds = 0);

/// <summary>What a job came to.</summary>
/// <param name="Tests">Its tests.</param>
/// <param name="Errors">What is wrong besides: a host that crashed, results that are not there.</param>
internal sealed record Report(IReadOnlyList<Test> Tests, IReadOnlyList<string> Errors)
{
    internal int Passed => Count(Outcome.Passed);

    internal int Failed => Count(Outcome.Failed) + Errors.Count;

    internal int Skipped => Count(Outcome.Skipped);

    private int Count(Outcome outcome) => Tests.Count(t => t.Outcome == outcome);

    /// <summary>Reads a trx file, as VSTest's logger writes it.</summary>
    internal static Report Trx(string file)
    {
        XElement run;
        try
        {
            run = XDocument.Load(file).Root!;
        }
        catch (Exception e) when (e is IOException or XmlException)
        {
            return new([], [$"no results: {e.Message}"]);
        }
        var ns = run.Name.Namespace;
        var classes = run.Descendants(ns + "UnitTest").ToDictionary(t => t.Attribute("id")!.Value, t => t.Element(ns + "TestMethod")!.Attribute("className")!.Value);
        var tests = new List<Test>();
        foreach (var r in run.Descendants(ns + "UnitTestResult"))
        {
            var error = r.Element(ns + "Output")?.Element(ns + "ErrorInfo");
            var message = $"{error?.Element(ns + "Message")?.Value}\n{error?.Element(ns + "StackTrace")?.Value}".Trim();
            var outcome = r.Attribute("outcome")?.Value switch
            {
                "Passed" => Outcome.Passed,
                "NotExecuted" => Outcome.Skipped,
                // Whatever else there is, a test that did not pass has failed.
                _ => Outcome.Failed,
            };
            var seconds = TimeSpan.TryParse(r.Attribute("duration")?.Value, CultureInfo.InvariantCulture, out var d) ? d.TotalSeconds : 0;
            tests.Add(new Test($"{classes[r.Attribute("testId")!.Value]}.{r.Attribute("testName")!.Value}", outcome, message, seconds));
        }
        var errors = new List<string>();
        var summary = run.Element(ns + "ResultSummary");
        foreach (var info in summary?.Descendants(ns + "RunInfo") ?? [])
        {
            // A host that crashed or hung says so here.
            if (info.Attribute("outcome")?.Value is "Error" or "Failed" or "Aborted" or "Timeout")
            {
                errors.Add(info.Element(ns + "Text")?.Value.Trim() ?? "");
            }
        }
        if (summary == null)
        {
            errors.Add("the results have no summary");
        }
        else if (errors.Count == 0 && summary.Attribute("outcome")?.Value is not ("Completed" or "Passed") && tests.All(t => t.Outcome != Outcome.Failed))
        {
            errors.Add($"the outcome is {summary.Attribute("outcome")?.Value}");
        }
        if (tests.Count == 0)
        {
            errors.Add("no test was run");
        }
        return new(tests, errors);
    }

    /// <summary>Reads what go test -json prints.</summary>
    internal static Report Go(IEnumerable<string> lines)
    {
        var tests = new List<Test>();
        var errors = new List<string>();
        var output = new Dictionary<string, string>();
        foreach (var line in lines)
        {
            if (!line.StartsWith('{'))
            {
                // The compiler speaks in lines.
                output[""] = output.GetValueOrDefault("") + line + "\n";
                continue;
            }
            using var json = JsonDocument.Parse(line);
            string Get(string name) => json.RootElement.TryGetProperty(name, out var v) ? v.ToString() : "";
            var name = Get("Test") == "" ? Get("Package") : $"{Get("Package")}.{Get("Test")}";
            switch (Get("Action"))
            {
                case "output":
                    output[name] = output.GetValueOrDefault(name) + Get("Output");
                    break;
                case "pass" or "fail" or "skip" when Get("Test") != "":
                    var outcome = Get("Action") switch { "pass" => Outcome.Passed, "skip" => Outcome.Skipped, _ => Outcome.Failed };
                    var seconds = double.TryParse(Get("Elapsed"), CultureInfo.InvariantCulture, out var s) ? s : 0;
                    tests.Add(new Test(name, outcome, outcome == Outcome.Passed ? "" : output.GetValueOrDefault(name, "").Trim(), seconds));
                    break;
                case "fail" when tests.All(t => t.Outcome != Outcome.Failed):
                    errors.Add($"{name}: {output.GetValueOrDefault(name)}{output.GetValueOrDefault("")}".Trim());
                    break;
            }
        }
        if (tests.Count == 0 && errors.Count == 0)
        {
            errors.Add($"no test was run\n{output.GetValueOrDefault("")}".Trim());
        }
        return new(tests, errors);
    }

    /// <summary>The report with how the process ended: a failure that no test reports is one, too.</summary>
    /// <param name="status">Its exit status; null if it had to be ended.</param>
    /// <param name="limit">The time that it had.</param>
    internal Report Ended(int? status, TimeSpan limit)
    {
        if (status == null)
        {
            return this with { Errors = [.. Errors, $"it did not end within {limit.TotalMinutes} minutes"] };
        }
        return status == 0 || Failed > 0 ? this : this with { Errors = [$"exit status {status}"] };
    }
}
