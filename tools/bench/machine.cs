using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using common;

namespace bench;

// What figures depend on.
internal static class Machine
{
    internal static Dictionary<string, string> Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name"));
        var m = new Dictionary<string, string>
        {
            ["CPU"] = model == null ? "unknown" : model[(model.IndexOf(':') + 2)..],
            ["CPUs"] = $"{Environment.ProcessorCount}",
            ["kernel"] = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
            [".NET"] = Environment.Version.ToString(),
        };
        if (Child.Which("go") is { } go)
        {
            m["Go"] = Child.Run(new(go, ["env", "GOVERSION"])).Stdout.Trim();
        }
        if (Child.Which("cc", "gcc", "clang") is { } cc)
        {
            m["C"] = Child.Run(new(cc, ["--version"])).Stdout.Split('\n')[0];
        }
        m["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return m;
    }
}
