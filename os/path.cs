// Ports src/os/path.go of go1.20.

namespace golang;

public static partial class os
{
    /// <summary>
    /// Makes a directory together with the parents that it needs, all with the permissions perm, before umask. Nothing
    /// happens when it is there already. The error is a PathError. Ports src/os/path.go.
    /// </summary>
    /// <param name="path">The path.</param>
    /// <param name="perm">The permission bits.</param>
    public static error? MkdirAll(string path, FileMode perm)
    {
        // The fast path: path is there, as a directory or as something else.
        var (dir, err) = Stat(path);
        if (err == null)
        {
            if (dir!.IsDir())
            {
                return null;
            }
            return new PathError { Op = "mkdir", Path = path, Err = syscall.ENOTDIR };
        }

        // The slow path: see that the parent is there, and then call Mkdir.
        var i = path.Length;
        while (i > 0 && IsPathSeparator(path[i - 1])) // over the separators at the end
        {
            i--;
        }

        var j = i;
        while (j > 0 && !IsPathSeparator(path[j - 1])) // back over the last element
        {
            j--;
        }

        if (j > 1)
        {
            // The parent.
            err = MkdirAll(fixRootDirectory(path[..(j - 1)]), perm);
            if (err != null)
            {
                return err;
            }
        }

        // The parent is there: what Mkdir says counts.
        err = Mkdir(path, perm);
        if (err != null)
        {
            // For arguments such as "foo/." look once more whether there is a directory.
            error? err1;
            (dir, err1) = Lstat(path);
            if (err1 == null && dir!.IsDir())
            {
                return null;
            }
            return err;
        }
        return null;
    }

    // endsWithDot reports whether the last element of path is ".".
    internal static bool endsWithDot(string path)
    {
        if (path == ".")
        {
            return true;
        }
        if (path.Length >= 2 && path[^1] == '.' && IsPathSeparator(path[^2]))
        {
            return true;
        }
        return false;
    }
}
