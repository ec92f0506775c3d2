using System.IO;

namespace common;

/// <summary>The tree of the port, which GoPort.sln marks.</summary>
public static class Checkout
{
    /// <summary>The tree that a user means: the folder that was named, or the one that the current folder is in.</summary>
    public static string Find(string? root)
    {
        if (root == null)
        {
            return Above(Environment.CurrentDirectory);
        }
        return Is(root) ? Path.GetFullPath(root) : throw new InputException($"{root}: no tree of the port there: no GoPort.sln");
    }

    /// <summary>The tree that a folder is in. Tools and their tests run from artifacts/bin of theirs.</summary>
    public static string Above(string folder)
    {
        for (var d = Path.GetFullPath(folder); d != null; d = Path.GetDirectoryName(d))
        {
            if (Is(d))
            {
                return d;
            }
        }
        throw new InputException($"{folder}: no tree of the port there or above: no GoPort.sln");
    }

    private static bool Is(string folder) => File.Exists(Path.Combine(folder, "GoPort.sln"));
}
