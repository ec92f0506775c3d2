using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using common;

namespace difftest;

/// <summary>Text that may differ, and why.</summary>
/// <param name="Stream">stdout, stderr or both.</param>
/// <param name="Pattern">What is replaced: a regular expression in which ^ and $ match at lines.</param>
/// <param name="Replace">What it becomes.</param>
/// <param name="Reason">Why it may differ.</param>
internal sealed record Mask(string Stream, string Pattern, string Replace, string Reason)
{
    [JsonIgnore]
    internal Regex Regex => field ??= new Regex(Pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant);

    internal bool Covers(string stream) => Stream == "both" || Stream == stream;
}

/// <summary>What Go printed differently before a release; applied to what an older Go prints.</summary>
internal sealed record Change(string Release, string Stream, string Pattern, string Replace, string Reason)
{
    internal Mask Mask => field ??= new Mask(Stream, Pattern, Replace, Reason);
}

/// <summary>How the system calls of a pair are compared.</summary>
/// <param name="Reads">exact: call by call; total: the sum for each descriptor, where timing decides on the pieces; any: not even that.</param>
/// <param name="Writes">The same for writes.</param>
/// <param name="Output">The same for what is written on descriptors 1 and 2.</param>
/// <param name="Files">Paths, as regular expressions, of opened files that are compared, too.</param>
/// <param name="Reason">Why, if anything is not exact.</param>
internal sealed record TraceRule(string Reads = "exact", string Writes = "exact", string Output = "exact", string[]? Files = null, string? Reason = null);

/// <summary>One way to run a pair.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Args">The arguments of the program.</param>
/// <param name="Env">What is added to its environment.</param>
/// <param name="Script">What a client does to it, see ClientScript; without one, the program ends by itself.</param>
/// <param name="Traced">Whether the system calls are compared.</param>
/// <param name="Trace">How, if other than the pair's rule says.</param>
/// <param name="Reason">Why they are not compared.</param>
internal sealed record Case(string Name, string[]? Args = null, Dictionary<string, string>? Env = null, string[]? Script = null,
    bool Traced = true, TraceRule? Trace = null, string? Reason = null);

/// <summary>A program in two languages: testdata/NAME/main.go, main.cs and pair.json.</summary>
internal sealed record Pair(string About, Case[]? Cases = null, Mask[]? Masks = null, Change[]? Changes = null, TraceRule? Trace = null)
{
    private static readonly JsonSerializerOptions options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    private static readonly Case[] plain = [new Case("plain")];

    [JsonIgnore]
    internal string Name { get; private init; } = "";

    [JsonIgnore]
    internal string Folder { get; private init; } = "";

    internal IReadOnlyList<Case> AllCases => Cases ?? plain;

    internal TraceRule RuleOf(Case c) => c.Trace ?? Trace ?? new TraceRule();

    /// <summary>The pairs of a tree, by name.</summary>
    internal static List<Pair> All(string root) =>
        [.. Directory.GetFiles(Path.Combine(root, "testdata"), "pair.json", SearchOption.AllDirectories).Select(Read).OrderBy(p => p.Name, StringComparer.Ordinal)];

    /// <summary>The changes of a release that every pair sees.</summary>
    internal static Change[] ReadChanges(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Change[]>(File.ReadAllText(file), options) ?? [];
        }
        catch (JsonException e)
        {
            throw new InputException($"{file}: {e.Message}");
        }
    }

    internal static Pair Read(string file)
    {
        Pair pair;
        try
        {
            pair = JsonSerializer.Deserialize<Pair>(File.ReadAllText(file), options) ?? throw new InputException($"{file}: is null");
        }
        catch (JsonException e)
        {
            throw new InputException($"{file}: {e.Message}");
        }
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        pair = pair with { Name = Path.GetFileName(folder), Folder = folder };
        pair.Check(file);
        return pair;
    }

    // Check finds what JSON cannot: nothing may be left out of a comparison without a reason.
    private void Check(string file)
    {
        foreach (var program in new[] { "main.go", "main.cs" })
        {
            if (!File.Exists(Path.Combine(Folder, program)))
            {
                throw new InputException($"{file}: there is no {program} beside it");
            }
        }
        void must(bool ok, string what)
        {
            if (!ok)
            {
                throw new InputException($"{file}: {what}");
            }
        }
        foreach (var m in (Masks ?? []).Concat((Changes ?? []).Select(c => c.Mask)))
        {
            must(m.Reason.Length > 0, $"the mask {m.Pattern} has no reason");
            must(m.Stream is "stdout" or "stderr" or "both", $"the mask {m.Pattern} is for {m.Stream}, which is not stdout, stderr or both");
            try
            {
                _ = m.Regex;
            }
            catch (ArgumentException e)
            {
                throw new InputException($"{file}: {m.Pattern}: {e.Message}");
            }
        }
        foreach (var c in Changes ?? [])
        {
            must(Version.TryParse(c.Release, out _), $"{c.Release} is not a release of Go such as 1.20");
        }
        must(AllCases.Count > 0, "there are no cases");
        must(AllCases.Select(c => c.Name).Distinct().Count() == AllCases.Count, "two cases have the same name");
        foreach (var c in AllCases)
        {
            must(c.Traced || c.Reason is { Length: > 0 }, $"case {c.Name} is not traced and gives no reason");
            var rule = RuleOf(c);
            string[] modes = [rule.Reads, rule.Writes, rule.Output];
            must(modes.All(m => m is "exact" or "total" or "any"), $"case {c.Name}: reads, writes and output are exact, total or any");
            must(modes.All(m => m == "exact") || rule.Reason is { Length: > 0 }, $"case {c.Name}: what is not exact needs a reason");
            _ = ClientScript.Parse(c.Script ?? []);
        }
    }
}
