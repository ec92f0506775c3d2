// Ports src/runtime/symtab.go of go1.20: from a place in the code to its name, file and line.
// Everything in it is PORT(traceback): Go's linker writes tables for that; here they are the CLR's metadata and the
// portable PDBs that the C# compiler wrote beside the assemblies.
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace golang;

public static partial class runtime
{
    // funcname makes the Go name of a method out of its state machine type: the type is
    // called <Name>d__7 and nested in the class that has the method.
    internal static string funcname(Type sm) => funcname(sm.DeclaringType, sm.Name);

    // The name of a method with the classes around it, without those that the compiler made.
    // A lambda is called func1, func2, ..., as in Go.
    internal static string funcname(Type? t, string name)
    {
        name = sourcename(name);
        for (; t != null; t = t.DeclaringType)
        {
            if (!t.Name.StartsWith('<'))
            {
                var i = t.Name.IndexOf('`', StringComparison.Ordinal);
                name = (i < 0 ? t.Name : t.Name[..i]) + "." + name;
            }
        }
        return name;
    }

    // sourcename undoes the compiler's names: <f>d__7 is the state machine of f, <f>g__h|7_0 is
    // the local function h in f, <f>b__7_0 the first lambda in f; these nest.
    private static string sourcename(string name)
    {
        if (!name.StartsWith('<'))
        {
            return name;
        }
        var to = 0;
        for (var depth = 0; to < name.Length; to++)
        {
            if (name[to] == '<')
            {
                depth++;
            }
            else if (name[to] == '>' && --depth == 0)
            {
                break;
            }
        }
        if (to == name.Length)
        {
            return name;
        }
        var inner = sourcename(name[1..to]);
        var rest = name[(to + 1)..];
        if (rest.StartsWith("g__", StringComparison.Ordinal))
        {
            var bar = rest.IndexOf('|', StringComparison.Ordinal);
            return inner + "." + (bar < 0 ? rest[3..] : rest[3..bar]);
        }
        if (rest.StartsWith("b__", StringComparison.Ordinal))
        {
            var (n, ok) = atoi(rest[(rest.LastIndexOf('_') + 1)..]);
            return ok ? inner + ".func" + (n + 1) : inner;
        }
        return inner;
    }

    // AsyncMethodSteppingInformation of the portable PDB: where a method awaits.
    private static readonly Guid asyncStepping = new("54FD2AC5-E925-401A-9C2A-F94F171072F8");

    private static readonly Dictionary<Assembly, MetadataReader?> pdbs = [];

    // pdb returns the symbols of an assembly, null if there are none.
    private static MetadataReader? pdb(Assembly a)
    {
        lock (pdbs)
        {
            if (!pdbs.TryGetValue(a, out var r))
            {
                try
                {
                    if (a.Location != "")
                    {
                        using var pe = new PEReader(File.OpenRead(a.Location));
                        if (pe.TryOpenAssociatedPortablePdb(a.Location, p => File.Exists(p) ? new MemoryStream(File.ReadAllBytes(p)) : null, out var provider, out _))
                        {
                            r = provider!.GetMetadataReader();
                        }
                    }
                }
                catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
                {
                    // The line is left out then; perhaps no descriptor is left.
                }
                pdbs[a] = r;
            }
            return r;
        }
    }

    // funcline returns file and line of the await at which a state machine waits: "?", 0 if
    // there are no symbols or it does not wait.
    internal static (string file, int32 line) funcline(Type sm, int32 state)
    {
        if (state < 0 || pdb(sm.Assembly) is not { } r)
        {
            return ("?", 0);
        }
        var move = sm.GetMethod(nameof(IAsyncStateMachine.MoveNext), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        if (move == null)
        {
            return ("?", 0);
        }
        var method = (MethodDefinitionHandle)MetadataTokens.EntityHandle(move.MetadataToken);
        return funcline1(r, method, yieldOffset(r, method, state));
    }

    // funcline of a method that has not run yet: where it begins.
    internal static (string file, int32 line) funcline(MethodInfo entry)
    {
        // Of an async method the state machine has the code.
        if (entry.GetCustomAttribute<AsyncStateMachineAttribute>() is { } a)
        {
            entry = a.StateMachineType.GetMethod(nameof(IAsyncStateMachine.MoveNext), BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? entry;
        }
        if (pdb(entry.Module.Assembly) is not { } r)
        {
            return ("?", 0);
        }
        var method = (MethodDefinitionHandle)MetadataTokens.EntityHandle(entry.MetadataToken);
        foreach (var sp in r.GetMethodDebugInformation(method).GetSequencePoints())
        {
            if (!sp.IsHidden)
            {
                return funcline1(r, method, sp.Offset);
            }
        }
        return ("?", 0);
    }

    // funcline1 returns the last place in the source at or before an offset.
    private static (string file, int32 line) funcline1(MetadataReader r, MethodDefinitionHandle method, int offset)
    {
        var (file, line) = ("?", 0);
        foreach (var sp in r.GetMethodDebugInformation(method).GetSequencePoints())
        {
            if (sp.Offset > offset)
            {
                break;
            }
            if (!sp.IsHidden)
            {
                (file, line) = (r.GetString(r.GetDocument(sp.Document).Name), sp.StartLine);
            }
        }
        return (file, line);
    }

    // yieldOffset returns where in MoveNext the await number state leaves it, -1 if unknown. The
    // compiler numbers the awaits in the order in which it lists them.
    private static int yieldOffset(MetadataReader r, MethodDefinitionHandle method, int32 state)
    {
        foreach (var h in r.GetCustomDebugInformation(method))
        {
            var info = r.GetCustomDebugInformation(h);
            if (r.GetGuid(info.Kind) != asyncStepping)
            {
                continue;
            }
            var b = r.GetBlobReader(info.Value);
            b.ReadUInt32(); // where the handler of all exceptions is
            for (var i = 0; b.RemainingBytes > 0; i++)
            {
                var yield = b.ReadUInt32();
                b.ReadUInt32(); // where it goes on
                b.ReadCompressedInteger(); // in which method
                if (i == state)
                {
                    return (int)yield;
                }
            }
        }
        return -1;
    }
}
