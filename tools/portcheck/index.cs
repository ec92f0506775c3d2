using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Serialization;
using common;

namespace portcheck;

// The facts about the reference, as tools/goindex writes them; its README.md describes each member.
internal sealed class Index
{
    internal const int Format = 1;
    internal const string Path = "testdata/go1.20/index.json";

    [JsonPropertyName("format")] public int FormatNumber { get; set; }
    [JsonPropertyName("tag")] public string Tag { get; set; } = "";
    [JsonPropertyName("files")] public List<GoFile> Files { get; set; } = [];

    [JsonIgnore] public Dictionary<string, List<GoFunc>> ById { get; } = [];

    // Where a function has a body or a bodyless declaration, and in which file.
    internal static Index Read(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{path}: no index of the reference can be read there: {e.Message}");
        }
        Index? index;
        try
        {
            using (var head = JsonDocument.Parse(text))
            {
                var root = head.RootElement;
                if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || !root.TryGetProperty("tag", out var tag))
                {
                    throw new InputException($"{path}: not an index of tools/goindex: no format and tag");
                }
                if (format.ValueKind != JsonValueKind.Number || format.GetInt32() != Format)
                {
                    throw new InputException($"{path}: format {format.GetRawText()}, but this portcheck reads format {Format}; make the index again with tools/goindex");
                }
                if (tag.ValueKind != JsonValueKind.String || tag.GetString() != "go1.20")
                {
                    throw new InputException($"{path}: an index of {tag.GetRawText()}, but the port's reference is go1.20; make the index again with tools/goindex");
                }
            }
            index = JsonSerializer.Deserialize<Index>(text);
        }
        catch (JsonException e)
        {
            throw new InputException($"{path}: not an index of tools/goindex: {e.Message}");
        }
        foreach (var file in index!.Files)
        {
            foreach (var f in file.Funcs)
            {
                f.File = file;
                if (!index.ById.TryGetValue(f.Id, out var list))
                {
                    index.ById[f.Id] = list = [];
                }
                list.Add(f);
            }
        }
        return index;
    }
}

internal sealed class GoFile
{
    [JsonPropertyName("path")] public string Path { get; set; } = "";
    [JsonPropertyName("package")] public string Package { get; set; } = "";
    [JsonPropertyName("section")] public string Section { get; set; } = "";
    [JsonPropertyName("variant")] public string Variant { get; set; } = "";
    [JsonPropertyName("types")] public List<GoType> Types { get; set; } = [];
    [JsonPropertyName("consts")] public List<GoConst> Consts { get; set; } = [];
    [JsonPropertyName("vars")] public List<GoVar> Vars { get; set; } = [];
    [JsonPropertyName("funcs")] public List<GoFunc> Funcs { get; set; } = [];

    // The path of the file that ports it.
    internal string Here => Path == "runtime/asm_amd64.s" ? "runtime/asm.cs" : System.IO.Path.ChangeExtension(Path, ".cs");

    // A file of the scope is ported whole; of another one only what is used.
    internal bool InScope => Section == "scope";

    internal IEnumerable<GoFunc> Ported => Funcs.Where(f => f.Ported);
}

internal sealed class GoType
{
    [JsonPropertyName("name")] public string Name { get; set; } = "";
    [JsonPropertyName("line")] public int Line { get; set; }
    [JsonPropertyName("in")] public string? In { get; set; }
    [JsonPropertyName("kind")] public string Kind { get; set; } = "";
    [JsonPropertyName("type")] public string? Type { get; set; }
    [JsonPropertyName("fields")] public List<GoField>? Fields { get; set; }
}

internal sealed class GoField
{
    [JsonPropertyName("name")] public string Name { get; set; } = "";
    [JsonPropertyName("type")] public string Type { get; set; } = "";
    [JsonPropertyName("line")] public int Line { get; set; }
    [JsonPropertyName("embedded")] public bool Embedded { get; set; }
}

internal sealed class GoConst
{
    [JsonPropertyName("name")] public string Name { get; set; } = "";
    [JsonPropertyName("line")] public int Line { get; set; }
    [JsonPropertyName("type")] public string Type { get; set; } = "";
    [JsonPropertyName("kind")] public string Kind { get; set; } = "";
    [JsonPropertyName("value")] public string? Value { get; set; }
    [JsonPropertyName("length")] public int Length { get; set; }
    [JsonPropertyName("in")] public string? In { get; set; }
}

internal sealed class GoVar
{
    [JsonPropertyName("name")] public string Name { get; set; } = "";
    [JsonPropertyName("line")] public int Line { get; set; }
    [JsonPropertyName("type")] public string Type { get; set; } = "";
    [JsonPropertyName("x")] public List<GoNode>? X { get; set; }
}

internal sealed class GoFunc
{
    [JsonPropertyName("name")] public string Name { get; set; } = "";
    [JsonPropertyName("id")] public string Id { get; set; } = "";
    [JsonPropertyName("class")] public string Class { get; set; } = "";
    [JsonPropertyName("order")] public int Order { get; set; }
    [JsonPropertyName("line")] public int Line { get; set; }
    [JsonPropertyName("recv")] public GoRecv? Recv { get; set; }
    [JsonPropertyName("params")] public List<GoParam> Params { get; set; } = [];
    [JsonPropertyName("results")] public List<GoParam> Results { get; set; } = [];
    [JsonPropertyName("variadic")] public bool Variadic { get; set; }
    [JsonPropertyName("bodyless")] public bool Bodyless { get; set; }
    [JsonPropertyName("link")] public string? Link { get; set; }
    [JsonPropertyName("asm")] public bool Asm { get; set; }
    [JsonPropertyName("calls")] public List<string> Calls { get; set; } = [];
    [JsonPropertyName("refs")] public List<string> Refs { get; set; } = [];
    [JsonPropertyName("body")] public List<GoNode>? Body { get; set; }

    [JsonIgnore] public GoFile File { get; set; } = null!;

    // P and A are what the port has; L comes later, X is left out.
    internal bool Ported => Class is "P" or "A";

    internal string Where => $"{File.Path}:{Line}";
}

internal sealed class GoRecv
{
    [JsonPropertyName("name")] public string? Name { get; set; }
    [JsonPropertyName("type")] public string Type { get; set; } = "";
    [JsonPropertyName("pointer")] public bool Pointer { get; set; }
}

internal sealed class GoParam
{
    [JsonPropertyName("name")] public string? Name { get; set; }
    [JsonPropertyName("type")] public string Type { get; set; } = "";
}

// A statement, a case or an event.
internal sealed class GoNode
{
    [JsonPropertyName("k")] public string Kind { get; set; } = "";
    [JsonPropertyName("line")] public int Line { get; set; }
    [JsonPropertyName("f")] public string F { get; set; } = "";
    [JsonPropertyName("iface")] public bool Iface { get; set; }
    [JsonPropertyName("names")] public List<string>? Names { get; set; }
    [JsonPropertyName("name")] public string? Name { get; set; }
    [JsonPropertyName("op")] public string? Op { get; set; }
    [JsonPropertyName("over")] public string? Over { get; set; }
    [JsonPropertyName("n")] public int N { get; set; }
    [JsonPropertyName("ops")] public List<string>? Ops { get; set; }
    [JsonPropertyName("types")] public List<string>? Types { get; set; }
    [JsonPropertyName("x")] public List<GoNode>? X { get; set; }
    [JsonPropertyName("init")] public GoNode? Init { get; set; }
    [JsonPropertyName("cond")] public List<GoNode>? Cond { get; set; }
    [JsonPropertyName("post")] public GoNode? Post { get; set; }
    [JsonPropertyName("tag")] public List<GoNode>? Tag { get; set; }
    [JsonPropertyName("comm")] public GoNode? Comm { get; set; }
    [JsonPropertyName("then")] public List<GoNode>? Then { get; set; }
    [JsonPropertyName("else")] public List<GoNode>? Else { get; set; }
    [JsonPropertyName("cases")] public List<GoNode>? Cases { get; set; }
    [JsonPropertyName("body")] public List<GoNode>? Body { get; set; }
    [JsonPropertyName("params")] public List<GoParam>? Params { get; set; }
}
