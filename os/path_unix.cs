// Ports src/os/path_unix.go of go1.20.

namespace golang;

public static partial class os
{
    /// <summary>What separates the elements of a path.</summary>
    public const char PathSeparator = '/';

    /// <summary>What separates the paths of a list.</summary>
    public const char PathListSeparator = ':';

    /// <summary>Reports whether c separates the elements of a path. Ports src/os/path_unix.go.</summary>
    /// <param name="c">The character.</param>
    // PORT(utf16): a byte in Go.
    public static bool IsPathSeparator(char c)
    {
        return PathSeparator == c;
    }

    // basename gives the last element of a path, without slashes after it.
    internal static string basename(string name)
    {
        var i = name.Length - 1;
        // the slashes at the end
        for (; i > 0 && name[i] == '/'; i--)
        {
            name = name[..i];
        }
        // the directory in front
        for (i--; i >= 0; i--)
        {
            if (name[i] == '/')
            {
                name = name[(i + 1)..];
                break;
            }
        }

        return name;
    }

    internal static string fixRootDirectory(string p)
    {
        return p;
    }
}
