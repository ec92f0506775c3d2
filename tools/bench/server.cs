using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using common;

namespace bench;

// A server as it can be chosen: Build makes its program and says where it is, or throws LeftOut.
internal sealed record ServerKind(string Name, string What, Func<string> Build, params (string Name, string Value)[] Environment)
{
    internal static readonly ServerKind[] All =
    [
        new("go", "testdata/echo/main.go, Go", () => Go(Path.Combine(Paths.Root, "testdata", "echo", "main.go"), "echo_go")),
        new("goport", "testdata/echo/main.cs, the port", () => Paths.Built("echo")),
        new("aot", "the same with Native AOT", Aot),
        new("sockets", "System.Net.Sockets", () => Paths.Built("sockets")),
        new("sockets-inline", "the same with DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1", () => Paths.Built("sockets"), ("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1")),
        new("c", "tools/bench/echo.c, epoll in C, the limit", () => C("echo")),
    ];

    // C compiles a program of this folder.
    internal static string C(string name)
    {
        var cc = Child.Which("cc", "gcc", "clang") ?? throw new LeftOut("no C compiler (apt-get install gcc libc6-dev)");
        var program = Path.Combine(Paths.Out, name + "_c");
        Directory.CreateDirectory(Paths.Out);
        // Tests and a run may do this at the same time.
        var made = $"{program}.{System.Environment.ProcessId}";
        var (status, output) = Child.Run(new(cc, ["-O2", "-pthread", "-o", made, Path.Combine(Paths.Source, name + ".c")]));
        if (status != 0)
        {
            throw new LeftOut($"{cc} failed: {output}");
        }
        File.Move(made, program, true);
        return program;
    }

    internal static string Go(string file, string name)
    {
        var go = Child.Which("go") ?? throw new LeftOut("no go command (apt-get install golang-go)");
        var program = Path.Combine(Paths.Out, name);
        var (status, output) = Child.Run(new(go, ["build", "-o", program, file]));
        return status == 0 ? program : throw new LeftOut($"go build failed: {output}");
    }

    private static string Aot()
    {
        // The linker driver that is there.
        var cc = Child.Which("clang", "gcc") ?? throw new LeftOut("Native AOT links with clang or gcc (apt-get install clang zlib1g-dev)");
        var (status, output) = Child.Run(new("dotnet",
            ["publish", Path.Combine(Paths.Source, "aot", "echo_aot.csproj"), "-c", "Release", "-v", "quiet", "-nodeReuse:false", $"-p:CppCompilerAndLinker={Path.GetFileName(cc)}"]));
        if (status != 0)
        {
            var line = output.Split('\n').FirstOrDefault(l => l.Contains("error")) ?? output;
            throw new LeftOut($"dotnet publish failed: {line.Trim()}");
        }
        return Directory.EnumerateFiles(Path.Combine(Paths.Root, "artifacts", "publish", "echo_aot"), "echo_aot", SearchOption.AllDirectories).First();
    }
}

// LeftOut says why a server does not take part.
internal sealed class LeftOut(string reason) : Exception(reason);

// A server that runs.
internal sealed class Server : IDisposable
{
    private readonly Child child;

    internal readonly ServerKind Kind;
    internal readonly string Address;

    // From the start of the process to the first reply.
    internal readonly TimeSpan Start;

    internal Server(ServerKind kind, string program, string? cpus)
    {
        Kind = kind;
        var start = Stopwatch.StartNew();
        child = new Child(Paths.On(cpus, program, "-addr", "127.0.0.1:0") with { Env = kind.Environment.ToDictionary(e => e.Name, e => e.Value) }, $"the server {kind.Name}");
        try
        {
            const string prefix = "listening on ";
            var line = child.Read();
            if (!line.StartsWith(prefix))
            {
                throw new FailedException($"the server {kind.Name} printed \"{line}\"");
            }
            Address = line[prefix.Length..];
            // A connection is accepted when it is served: the kernel alone would take it.
            using var s = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            s.Connect(IPEndPoint.Parse(Address));
            s.Send([1]);
            if (s.Receive(new byte[1]) != 1)
            {
                throw new FailedException($"the server {kind.Name} closed its first connection");
            }
            Start = start.Elapsed;
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    internal int Id => child.Id;

    // WaitClosed waits until the server has closed all its connections: the only socket that is left listens.
    internal void WaitClosed() => child.Until(() => Proc.Sockets(Id) <= 1, "the server to close its connections");

    // Check complains of a server that has complained.
    internal void Check()
    {
        if (child.Stderr != "")
        {
            throw new FailedException($"the server {Kind.Name} printed: {child.Stderr.Trim()}");
        }
    }

    public void Dispose() => child.Dispose();
}
