// Ports src/os/stat_unix.go of go1.20.

namespace golang;

public static partial class os
{
    public sealed partial class File
    {
        /// <summary>Describes the file. The error is a PathError. Ports src/os/stat_unix.go.</summary>
        public (FileInfo? info, error? err) Stat()
        {
            // PORT(nil): Go gives ErrInvalid for a nil file
            var fs = new fileStat();
            var err = pfd.Fstat(ref fs.sys);
            if (err != null)
            {
                return (null, new PathError { Op = "stat", Path = name, Err = err });
            }
            fillFileStatFromSys(fs, name);
            return (fs, null);
        }
    }

    // statNolog is Stat without the test log.
    internal static (FileInfo? fi, error? err) statNolog(string name)
    {
        var fs = new fileStat();
        var err = ignoringEINTR(() => syscall.Stat(name, ref fs.sys));
        if (err != null)
        {
            return (null, new PathError { Op = "stat", Path = name, Err = err });
        }
        fillFileStatFromSys(fs, name);
        return (fs, null);
    }

    // lstatNolog is Lstat without the test log.
    internal static (FileInfo? fi, error? err) lstatNolog(string name)
    {
        var fs = new fileStat();
        var err = ignoringEINTR(() => syscall.Lstat(name, ref fs.sys));
        if (err != null)
        {
            return (null, new PathError { Op = "lstat", Path = name, Err = err });
        }
        fillFileStatFromSys(fs, name);
        return (fs, null);
    }
}
