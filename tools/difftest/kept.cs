using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading;

namespace difftest;

/// <summary>
/// What Go's side left in runs before, in a folder. The name of a file is a digest of everything that the run
/// depends on: the program, the files beside it, the case, the tracer, the kernel. What is kept was equal to what
/// the other side left then; a difference to it is looked at again with a run of Go.
/// </summary>
internal sealed class Kept(string folder)
{
    private int used;

    // How many runs were spared.
    internal int Used => used;

    /// <summary>A digest of texts.</summary>
    internal static string Hash(params IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var b in parts.Select(Encoding.UTF8.GetBytes))
        {
            hash.AppendData(BitConverter.GetBytes(b.Length));
            hash.AppendData(b);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string HashFile(string file)
    {
        using var f = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(f));
    }

    /// <summary>The key of a run.</summary>
    /// <param name="program">The program that Go built.</param>
    /// <param name="pair">Its working folder.</param>
    /// <param name="c">The case.</param>
    /// <param name="env">What every case has in its environment.</param>
    /// <param name="strace">The tracer; null for a plain run.</param>
    internal static string Key(string program, string pair, Case c, Dictionary<string, string> env, string? strace) => Hash(
    [
        "1", HashFile(program), JsonSerializer.Serialize(c), JsonSerializer.Serialize(env), strace == null ? "" : HashFile(strace) + Trace.Calls,
        File.ReadAllText("/proc/sys/kernel/osrelease"),
        .. Directory.EnumerateFiles(pair).Order(StringComparer.Ordinal).SelectMany(f => new[] { Path.GetFileName(f), HashFile(f) }),
    ]);

    internal Run? Get(string key)
    {
        var file = Path.Combine(folder, key + ".json");
        if (!File.Exists(file))
        {
            return null;
        }
        Interlocked.Increment(ref used);
        return JsonSerializer.Deserialize<Run>(File.ReadAllText(file));
    }

    internal void Put(string key, Run run)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, key + ".json");
        // Under a name of its own first: a reader finds all of it or nothing.
        var temp = $"{file}.{Guid.NewGuid():N}";
        File.WriteAllText(temp, JsonSerializer.Serialize(run));
        File.Move(temp, file, overwrite: true);
    }
}
