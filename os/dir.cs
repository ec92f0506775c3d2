// Ports src/os/dir.go of go1.20.

namespace golang;

public static partial class os
{
    internal enum readdirMode
    {
        readdirName,
        readdirDirEntry,
        readdirFileInfo,
    }

    public sealed partial class File
    {
        /// <summary>
        /// Reads on in the directory, in its order, and gives what Lstat says of each file. With n &gt; 0 at most n:
        /// none only with an error, which is io.EOF at the end. Otherwise all that are left, without an error at the
        /// end; with an error before the end, those read until then. ReadDir costs less. Ports src/os/dir.go.
        /// </summary>
        /// <param name="n">The limit.</param>
        public async go<(FileInfo[] infos, error? err)> Readdir(int n)
        {
            // PORT(nil): Go gives ErrInvalid for a nil file
            var (_, _, infos, err) = await readdir(n, readdirMode.readdirFileInfo);
            if (infos == null)
            {
                // Never null, even with an error, as it always was: there are callers that would mind.
                infos = [];
            }
            return (infos.ToArray(), err);
        }

        /// <summary>Does what Readdir does, but gives only the names. Ports src/os/dir.go.</summary>
        /// <param name="n">The limit.</param>
        public async go<(string[] names, error? err)> Readdirnames(int n)
        {
            // PORT(nil): Go gives ErrInvalid for a nil file
            var (names, _, _, err) = await readdir(n, readdirMode.readdirName);
            if (names == null)
            {
                // Never null, even with an error, as it always was: there are callers that would mind.
                names = [];
            }
            return (names.ToArray(), err);
        }

        /// <summary>Does what Readdir does, but gives entries, without asking the system about each. Ports src/os/dir.go.</summary>
        /// <param name="n">The limit.</param>
        public async go<(DirEntry[] entries, error? err)> ReadDir(int n)
        {
            // PORT(nil): Go gives ErrInvalid for a nil file
            var (_, dirents, _, err) = await readdir(n, readdirMode.readdirDirEntry);
            if (dirents == null)
            {
                // As in the two above.
                dirents = [];
            }
            return (dirents.ToArray(), err);
        }
    }

    // testingForceReadDirLstat makes ReadDir call Lstat, for tests: few systems bring that about.
    internal static bool testingForceReadDirLstat;

    /// <summary>
    /// Reads a directory and gives its entries, sorted by name; with an error, those that it could read before.
    /// Ports src/os/dir.go.
    /// </summary>
    /// <param name="name">The path.</param>
    public static async go<(DirEntry[]? entries, error? err)> ReadDir(string name)
    {
        var (f, err) = Open(name);
        if (err != null)
        {
            return (null, err);
        }
        try
        {
            DirEntry[] dirs;
            (dirs, err) = await f!.ReadDir(-1);
            // PORT(sort)
            Array.Sort(dirs, (i, j) => string.CompareOrdinal(i.Name(), j.Name()));
            return (dirs, err);
        }
        finally
        {
            await f!.Close();
        }
    }
}
