using System.IO;
using common;

namespace bench;

// Where things are. The tool runs from artifacts/bin/bench/CONFIGURATION of its tree.
internal static class Paths
{
    internal static readonly string Root = Checkout.Above(AppContext.BaseDirectory);
    internal static readonly string Source = Path.Combine(Root, "tools", "bench");
    internal static readonly string Out = Path.Combine(Root, "artifacts", "bench");

    // debug or release, as this program is.
    internal static readonly string Configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    // Built is a program of the tree that was built with this one.
    internal static string Built(string project) => Path.Combine(Root, "artifacts", "bin", project, Configuration, project);

    // On is a command on some CPUs: a list for taskset, such as 0,2-3; null: all.
    internal static Start On(string? cpus, string file, params string[] args)
    {
        if (cpus == null)
        {
            return new Start(file, args, Input: true);
        }
        // taskset becomes the program: the process is the same.
        var taskset = Child.Which("taskset") ?? throw new InputException("pinning needs taskset, of util-linux");
        return new Start(taskset, ["-c", cpus, file, .. args], Input: true);
    }
}
