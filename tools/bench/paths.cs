using System.IO;
using System.Linq;

namespace bench;

// Where things are. The tool runs from artifacts/bin/bench/CONFIGURATION of its tree.
internal static class Paths
{
    internal static readonly string Root = FindRoot();
    internal static readonly string Source = Path.Combine(Root, "tools", "bench");
    internal static readonly string Out = Path.Combine(Root, "artifacts", "bench");

    // debug or release, as this program is.
    internal static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    private static string FindRoot()
    {
        for (var dir = AppContext.BaseDirectory; dir != null; dir = Path.GetDirectoryName(dir))
        {
            if (File.Exists(Path.Combine(dir, "GoPort.sln")))
            {
                return dir;
            }
        }
        throw new InputException($"no tree of the port above {AppContext.BaseDirectory}: no GoPort.sln");
    }

    // Built is a program of the tree that was built with this one.
    internal static string Built(string project) => Path.Combine(Root, "artifacts", "bin", project, Configuration, project);

    // Which finds a command on PATH.
    internal static string? Which(params string[] names) =>
        (from name in names
         from dir in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
         let path = Path.Combine(dir, name)
         where dir != "" && File.Exists(path)
         select path).FirstOrDefault();
}

// InputException is a mistake of the user's, or something that is not installed: one line.
internal sealed class InputException(string message) : Exception(message);
