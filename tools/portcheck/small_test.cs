using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;

namespace portcheck;

// A tree of one package p, in a temporary folder.
internal sealed class Small : IDisposable
{
    internal string Root { get; } = Directory.CreateTempSubdirectory("portcheck").FullName;

    internal string Source => Path.Combine(Root, "p/p.cs");

    internal Small(string source, params JsonObject[] funcs)
    {
        Write("GoPort.sln", "");
        Write("Directory.Build.props", "<Project><ItemGroup><Using Include=\"System\" /><Using Include=\"System.Int32\" Alias=\"int32\" /></ItemGroup></Project>");
        Write("p/p.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Write("p/p.cs", source);
        Write("PORTING.md", "# p\n\n## Deviations\n\n## Files\n\n");
        var index = new JsonObject
        {
            ["format"] = 1,
            ["tag"] = "go1.20",
            ["files"] = new JsonArray(new JsonObject
            {
                ["path"] = "p/p.go",
                ["package"] = "p",
                ["section"] = "scope",
                ["variant"] = "amd64",
                ["types"] = new JsonArray(new JsonObject { ["name"] = "word", ["line"] = 1, ["kind"] = "basic", ["type"] = "int32" }),
                ["consts"] = new JsonArray(),
                ["vars"] = new JsonArray(),
                ["funcs"] = new JsonArray(funcs),
            }),
        };
        Write(Index.Path, index.ToJsonString());
    }

    internal void Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    public void Dispose() => Directory.Delete(Root, true);

    // A function without parameters; what it returns is not looked at.
    internal static JsonObject Func(string name, int line, JsonArray? body, params string[] results)
    {
        return new JsonObject
        {
            ["name"] = name,
            ["id"] = "p." + name,
            ["class"] = "P",
            ["line"] = line,
            ["params"] = new JsonArray(),
            ["results"] = new JsonArray([.. results.Select(r => (JsonNode)new JsonObject { ["type"] = r })]),
            ["body"] = body,
        };
    }

    // A statement or event; the members are given as name, value.
    internal static JsonObject Node(string kind, params object[] members)
    {
        var node = new JsonObject { ["k"] = kind, ["line"] = 1 };
        for (var i = 0; i < members.Length; i += 2)
        {
            node[(string)members[i]] = members[i + 1] switch
            {
                JsonNode n => n,
                string s => s,
                int n => n,
                string[] names => new JsonArray([.. names.Select(n => (JsonNode)n)]),
                _ => throw new ArgumentException(members[i + 1].ToString()),
            };
        }
        return node;
    }

    internal static JsonArray List(params JsonNode[] nodes) => new(nodes);

    internal static JsonObject Call(string name) => Node("expr", "x", List(Event(name)));

    internal static JsonObject Event(string name) => Node("call", "f", name.StartsWith('$') || name.Contains('.') ? name : "p." + name);

    internal static JsonObject Assign(string op, params string[] names) => Node("assign", "names", names, "op", op);
}
