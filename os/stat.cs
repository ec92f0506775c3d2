// Ports src/os/stat.go of go1.20.

namespace golang;

public static partial class os
{
    /// <summary>Describes the named file. The error is a PathError. Ports src/os/stat.go.</summary>
    /// <param name="name">The path.</param>
    public static (FileInfo? fi, error? err) Stat(string name)
    {
        // PORT(testlog): testlog.Stat
        return statNolog(name);
    }

    /// <summary>
    /// Describes the named file, and a symbolic link itself, not what it points to. The error is a PathError.
    /// Ports src/os/stat.go.
    /// </summary>
    /// <param name="name">The path.</param>
    public static (FileInfo? fi, error? err) Lstat(string name)
    {
        // PORT(testlog): testlog.Stat
        return lstatNolog(name);
    }
}
