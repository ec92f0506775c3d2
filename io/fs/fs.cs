// Ports src/io/fs/fs.go of go1.20.

namespace golang;

/// <summary>
/// Package fs: the interfaces to a file system, which the operating system or a package may provide.
/// Ports src/io/fs as far as package os uses it.
/// </summary>
public static partial class fs
{
    /// <summary>A hierarchical file system, at its least. Ports src/io/fs/fs.go.</summary>
    public interface FS
    {
        /// <summary>
        /// Opens the named file. An error should be a PathError with Op "open" and Path name. A name for which
        /// ValidPath is false should be rejected with ErrInvalid or ErrNotExist in it.
        /// </summary>
        /// <param name="name">The path.</param>
        (File? file, error? err) Open(string name);
    }

    /// <summary>
    /// Reports whether name can be given to Open: elements separated by slashes, none of them empty, "." or "..";
    /// no slash at the start or the end; "." alone is the root. On every system slashes separate, and other
    /// characters, even a backslash or a colon, do not. Ports src/io/fs/fs.go.
    /// </summary>
    /// <param name="name">The path.</param>
    public static bool ValidPath(string name)
    {
        // PORT(utf16): Go looks for invalid UTF-8; here it is a surrogate without its other half.
        for (var j = 0; j < name.Length; j++)
        {
            if (char.IsSurrogatePair(name, j) && j + 1 < name.Length)
            {
                j++;
            }
            else if (char.IsSurrogate(name[j]))
            {
                return false;
            }
        }

        if (name == ".")
        {
            // the root
            return true;
        }

        // Element by element.
        for (; ; )
        {
            var i = 0;
            while (i < name.Length && name[i] != '/')
            {
                i++;
            }
            var elem = name[..i];
            if (elem == "" || elem == "." || elem == "..")
            {
                return false;
            }
            if (i == name.Length)
            {
                return true; // the end, and all was well
            }
            name = name[(i + 1)..];
        }
    }

    /// <summary>One file, at its least. A directory should be a ReadDirFile too. Ports src/io/fs/fs.go.</summary>
    public interface File
    {
        /// <summary>Describes the file.</summary>
        (FileInfo? info, error? err) Stat();

        /// <summary>Reads, as io.Reader does.</summary>
        /// <param name="p">Where the bytes go.</param>
        go<(int n, error? err)> Read(Memory<byte> p);

        /// <summary>Closes the file.</summary>
        go<error?> Close();
    }

    /// <summary>An entry of a directory. Ports src/io/fs/fs.go.</summary>
    public interface DirEntry
    {
        /// <summary>The base name, not the whole path.</summary>
        string Name();

        /// <summary>Whether the entry is a directory.</summary>
        bool IsDir();

        /// <summary>The type bits: what FileMode.Type gives.</summary>
        FileMode Type();

        /// <summary>
        /// Describes the file, as it was when the directory was read or as it is now; ErrNotExist when it went
        /// away in between. For a symbolic link it describes the link.
        /// </summary>
        (FileInfo? info, error? err) Info();
    }

    /// <summary>A directory whose entries can be read. Ports src/io/fs/fs.go.</summary>
    public interface ReadDirFile : File
    {
        /// <summary>
        /// Reads on in the directory, in its order. With n &gt; 0 at most n entries: none only with an error,
        /// which is io.EOF itself at the end. Otherwise all that are left, without an error at the end; with an
        /// error before the end, those read until then.
        /// </summary>
        /// <param name="n">The limit.</param>
        go<(DirEntry[] entries, error? err)> ReadDir(int n);
    }

    // The errors of file systems, for errors.Is.

    /// <summary>"invalid argument"</summary>
    public static readonly error ErrInvalid = errInvalid();

    /// <summary>"permission denied"</summary>
    public static readonly error ErrPermission = errPermission();

    /// <summary>"file already exists"</summary>
    public static readonly error ErrExist = errExist();

    /// <summary>"file does not exist"</summary>
    public static readonly error ErrNotExist = errNotExist();

    /// <summary>"file already closed"</summary>
    public static readonly error ErrClosed = errClosed();

    internal static error errInvalid()
    {
        return oserror.ErrInvalid;
    }

    internal static error errPermission()
    {
        return oserror.ErrPermission;
    }

    internal static error errExist()
    {
        return oserror.ErrExist;
    }

    internal static error errNotExist()
    {
        return oserror.ErrNotExist;
    }

    internal static error errClosed()
    {
        return oserror.ErrClosed;
    }

    /// <summary>What Stat says of a file. Ports src/io/fs/fs.go.</summary>
    public interface FileInfo
    {
        /// <summary>The base name.</summary>
        string Name();

        /// <summary>The length in bytes of a regular file; for others it depends on the system.</summary>
        int64 Size();

        /// <summary>The mode bits.</summary>
        FileMode Mode();

        /// <summary>When it was modified last.</summary>
        time.Time ModTime();

        /// <summary>Mode().IsDir().</summary>
        bool IsDir();

        /// <summary>The data underneath, or null.</summary>
        object? Sys();
    }

    /// <summary>
    /// The mode and the permissions of a file, the same bits on every system. Only ModeDir must be right
    /// everywhere. Ports src/io/fs/fs.go.
    /// </summary>
    public readonly struct FileMode : IEquatable<FileMode>
    {
        internal readonly uint32 m;

        internal FileMode(uint32 m)
        {
            this.m = m;
        }

        // PORT(uint32type): Go's FileMode is a uint32 by another name. Here a struct around one has the conversions
        // and the operators that Go gives such a type.

        /// <summary>Makes a FileMode of bits.</summary>
        public static implicit operator FileMode(uint32 m)
        {
            return new FileMode(m);
        }

        /// <summary>Gives the bits.</summary>
        public static implicit operator uint32(FileMode m)
        {
            return m.m;
        }

        /// <summary>The bits of both.</summary>
        public static FileMode operator &(FileMode a, FileMode b)
        {
            return new FileMode(a.m & b.m);
        }

        /// <summary>The bits of either.</summary>
        public static FileMode operator |(FileMode a, FileMode b)
        {
            return new FileMode(a.m | b.m);
        }

        /// <summary>The other bits.</summary>
        public static FileMode operator ~(FileMode a)
        {
            return new FileMode(~a.m);
        }

        /// <summary>Whether the bits are the same.</summary>
        public static bool operator ==(FileMode a, FileMode b)
        {
            return a.m == b.m;
        }

        /// <summary>Whether the bits differ.</summary>
        public static bool operator !=(FileMode a, FileMode b)
        {
            return a.m != b.m;
        }

        /// <summary>Whether the bits are the same.</summary>
        public bool Equals(FileMode other)
        {
            return m == other.m;
        }

        /// <summary>Whether obj is a FileMode with the same bits.</summary>
        public override bool Equals(object? obj)
        {
            return obj is FileMode o && o.m == m;
        }

        /// <summary>The hash code of the bits.</summary>
        public override int GetHashCode()
        {
            return (int)m;
        }

        /// <summary>The same as String.</summary>
        public override string ToString()
        {
            return String();
        }

        /// <summary>Gives the mode as letters, such as drwxr-xr-x. Ports src/io/fs/fs.go.</summary>
        public string String()
        {
            const string str = "dalTLDpSugct?";
            Span<char> buf = stackalloc char[32]; // a mode has 32 bits
            var w = 0;
            for (var i = 0; i < str.Length; i++)
            {
                if ((m & (1u << (32 - 1 - i))) != 0)
                {
                    buf[w] = str[i];
                    w++;
                }
            }
            if (w == 0)
            {
                buf[w] = '-';
                w++;
            }
            const string rwx = "rwxrwxrwx";
            for (var i = 0; i < rwx.Length; i++)
            {
                if ((m & (1u << (9 - 1 - i))) != 0)
                {
                    buf[w] = rwx[i];
                }
                else
                {
                    buf[w] = '-';
                }
                w++;
            }
            return new string(buf[..w]);
        }

        /// <summary>Reports whether it is a directory: whether ModeDir is set. Ports src/io/fs/fs.go.</summary>
        public bool IsDir()
        {
            return (this & ModeDir) != 0;
        }

        /// <summary>Reports whether it is a regular file: whether no type bit is set. Ports src/io/fs/fs.go.</summary>
        public bool IsRegular()
        {
            return (this & ModeType) == 0;
        }

        /// <summary>Gives the permission bits: those in ModePerm. Ports src/io/fs/fs.go.</summary>
        public FileMode Perm()
        {
            return this & ModePerm;
        }

        /// <summary>Gives the type bits: those in ModeType. Ports src/io/fs/fs.go.</summary>
        public FileMode Type()
        {
            return this & ModeType;
        }
    }

    // The mode bits stand at the top; the nine at the bottom are Unix's rwxrwxrwx. The values are part of the
    // interface and may be stored or sent, so they never change. The letters are those of String.

    /// <summary>d: a directory</summary>
    public static readonly FileMode ModeDir = 1u << (32 - 1 - 0);

    /// <summary>a: only for appending</summary>
    public static readonly FileMode ModeAppend = 1u << (32 - 1 - 1);

    /// <summary>l: for exclusive use</summary>
    public static readonly FileMode ModeExclusive = 1u << (32 - 1 - 2);

    /// <summary>T: temporary; only Plan 9 has it</summary>
    public static readonly FileMode ModeTemporary = 1u << (32 - 1 - 3);

    /// <summary>L: a symbolic link</summary>
    public static readonly FileMode ModeSymlink = 1u << (32 - 1 - 4);

    /// <summary>D: a device</summary>
    public static readonly FileMode ModeDevice = 1u << (32 - 1 - 5);

    /// <summary>p: a named pipe</summary>
    public static readonly FileMode ModeNamedPipe = 1u << (32 - 1 - 6);

    /// <summary>S: a Unix domain socket</summary>
    public static readonly FileMode ModeSocket = 1u << (32 - 1 - 7);

    /// <summary>u: setuid</summary>
    public static readonly FileMode ModeSetuid = 1u << (32 - 1 - 8);

    /// <summary>g: setgid</summary>
    public static readonly FileMode ModeSetgid = 1u << (32 - 1 - 9);

    /// <summary>c: a character device, together with ModeDevice</summary>
    public static readonly FileMode ModeCharDevice = 1u << (32 - 1 - 10);

    /// <summary>t: sticky</summary>
    public static readonly FileMode ModeSticky = 1u << (32 - 1 - 11);

    /// <summary>?: not a regular file, and nothing else is known</summary>
    public static readonly FileMode ModeIrregular = 1u << (32 - 1 - 12);

    /// <summary>The type bits; a regular file has none of them.</summary>
    public static readonly FileMode ModeType = ModeDir | ModeSymlink | ModeNamedPipe | ModeSocket | ModeDevice | ModeCharDevice | ModeIrregular;

    /// <summary>Unix's permission bits.</summary>
    public static readonly FileMode ModePerm = 0b_111_111_111u; // 0777

    /// <summary>An error with the operation and the path for which it occurred. Ports src/io/fs/fs.go.</summary>
    public sealed class PathError : error, unwrapper, timeout
    {
        /// <summary>The operation.</summary>
        public string Op = "";

        /// <summary>The path.</summary>
        public string Path = "";

        /// <summary>What went wrong.</summary>
        public error Err = null!;

        /// <summary>Gives the operation, the path and the error.</summary>
        public string Error()
        {
            return Op + " " + Path + ": " + Err.Error();
        }

        /// <summary>Gives Err.</summary>
        public error? Unwrap()
        {
            return Err;
        }

        /// <summary>Reports whether Err is a timeout.</summary>
        public bool Timeout()
        {
            return Err is timeout t && t.Timeout();
        }

        /// <summary>The same as Error.</summary>
        public override string ToString()
        {
            return Error();
        }
    }
}
