// Ports src/os/tempfile.go of go1.20.

namespace golang;

public static partial class os
{
    // PORT(fastrand): Go's runtime has this function, with a state for each M. A thread of the host has no M, and
    // CreateTemp may be called on one: so it is the CLR's generator.
    internal static uint32 fastrand()
    {
        return (uint32)Random.Shared.NextInt64(1L << 32);
    }

    // Names are random, so that there mostly is no such file yet and one try is enough.
    internal static string nextRandom()
    {
        return ((uint)fastrand()).ToString();
    }

    /// <summary>
    /// Makes a new file in dir and opens it for reading and writing. Its name is the pattern with a random string in
    /// place of the last "*", or at the end. Nobody else gets the same one, from whatever process or goroutine. Name
    /// gives its path; who called removes it when it is not needed. Ports src/os/tempfile.go.
    /// </summary>
    /// <param name="dir">The directory; TempDir() when it is empty.</param>
    /// <param name="pattern">The pattern; it has no path separator.</param>
    public static (File? file, error? err) CreateTemp(string dir, string pattern)
    {
        if (dir == "")
        {
            dir = TempDir();
        }

        var (prefix, suffix, err) = prefixAndSuffix(pattern);
        if (err != null)
        {
            return (null, new PathError { Op = "createtemp", Path = pattern, Err = err });
        }
        prefix = joinPath(dir, prefix);

        var @try = 0;
        for (; ; )
        {
            var name = prefix + nextRandom() + suffix;
            File? f;
            (f, err) = OpenFile(name, O_RDWR | O_CREATE | O_EXCL, 0b_110_000_000); // 0600
            if (IsExist(err))
            {
                @try++;
                if (@try < 10000)
                {
                    continue;
                }
                return (null, new PathError { Op = "createtemp", Path = prefix + "*" + suffix, Err = ErrExist });
            }
            return (f, err);
        }
    }

    internal static readonly error errPatternHasSeparator = errors.New("pattern contains path separator");

    // prefixAndSuffix gives what stands before and after the last "*" of pattern; without one, all of it before.
    internal static (string prefix, string suffix, error? err) prefixAndSuffix(string pattern)
    {
        var (prefix, suffix) = ("", "");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (IsPathSeparator(pattern[i]))
            {
                return ("", "", errPatternHasSeparator);
            }
        }
        var pos = lastIndex(pattern, '*');
        if (pos != -1)
        {
            (prefix, suffix) = (pattern[..pos], pattern[(pos + 1)..]);
        }
        else
        {
            prefix = pattern;
        }
        return (prefix, suffix, null);
    }

    /// <summary>
    /// Makes a new directory in dir and gives its path. Its name is made as CreateTemp's. Nobody else gets the same
    /// one; who called removes it when it is not needed. Ports src/os/tempfile.go.
    /// </summary>
    /// <param name="dir">The directory; TempDir() when it is empty.</param>
    /// <param name="pattern">The pattern; it has no path separator.</param>
    public static (string, error?) MkdirTemp(string dir, string pattern)
    {
        if (dir == "")
        {
            dir = TempDir();
        }

        var (prefix, suffix, err) = prefixAndSuffix(pattern);
        if (err != null)
        {
            return ("", new PathError { Op = "mkdirtemp", Path = pattern, Err = err });
        }
        prefix = joinPath(dir, prefix);

        var @try = 0;
        for (; ; )
        {
            var name = prefix + nextRandom() + suffix;
            err = Mkdir(name, 0b_111_000_000); // 0700
            if (err == null)
            {
                return (name, null);
            }
            if (IsExist(err))
            {
                @try++;
                if (@try < 10000)
                {
                    continue;
                }
                return ("", new PathError { Op = "mkdirtemp", Path = dir + PathSeparator + prefix + "*" + suffix, Err = ErrExist });
            }
            if (IsNotExist(err))
            {
                var (_, err1) = Stat(dir);
                if (IsNotExist(err1))
                {
                    return ("", err1);
                }
            }
            return ("", err);
        }
    }

    internal static string joinPath(string dir, string name)
    {
        if (dir.Length > 0 && IsPathSeparator(dir[^1]))
        {
            return dir + name;
        }
        return dir + PathSeparator + name;
    }

    // strings.LastIndexByte.
    internal static int lastIndex(string s, char sep)
    {
        for (var i = s.Length - 1; i >= 0; i--)
        {
            if (s[i] == sep)
            {
                return i;
            }
        }
        return -1;
    }
}
