// Ports src/os/file.go of go1.20.

using System.Text;

namespace golang;

/// <summary>
/// Package os: the operating system, the same way on every platform. It looks like Unix, but errors are errors, not
/// numbers: a call that takes the name of a file, such as Open or Stat, fails with a PathError that names it. What
/// not every system has is in package syscall. How many operations can run on one File at a time may be limited; the
/// limit is high. Ports src/os.
/// </summary>
public static partial class os
{
    public sealed partial class File : io.ReadWriteCloser, io.ReaderAt, io.WriterAt, io.Seeker, io.ReaderFrom, io.StringWriter, syscall.Conn, fs.ReadDirFile
    {
        /// <summary>Gives the name with which the file was opened. Ports src/os/file.go.</summary>
        public string Name()
        {
            return name;
        }
    }

    // The runtime writes panics and crashes to standard error: who closes Stderr may send them into a file that is
    // opened later.

    /// <summary>Standard input.</summary>
    public static readonly File Stdin = NewFile((uintptr)syscall.Stdin, "/dev/stdin")!;

    /// <summary>Standard output.</summary>
    public static readonly File Stdout = NewFile((uintptr)syscall.Stdout, "/dev/stdout")!;

    /// <summary>Standard error.</summary>
    public static readonly File Stderr = NewFile((uintptr)syscall.Stderr, "/dev/stderr")!;

    // The flags of OpenFile are those of the system underneath. Exactly one of the first three must be given.

    /// <summary>Opens for reading.</summary>
    public const int O_RDONLY = syscall.O_RDONLY;

    /// <summary>Opens for writing.</summary>
    public const int O_WRONLY = syscall.O_WRONLY;

    /// <summary>Opens for reading and writing.</summary>
    public const int O_RDWR = syscall.O_RDWR;

    // The others may be added.

    /// <summary>Writes go to the end of the file.</summary>
    public const int O_APPEND = syscall.O_APPEND;

    /// <summary>Makes the file when there is none.</summary>
    public const int O_CREATE = syscall.O_CREAT;

    /// <summary>With O_CREATE: the file must not exist.</summary>
    public const int O_EXCL = syscall.O_EXCL;

    /// <summary>Opens for synchronous I/O.</summary>
    public const int O_SYNC = syscall.O_SYNC;

    /// <summary>Empties a regular file that is opened for writing.</summary>
    public const int O_TRUNC = syscall.O_TRUNC;

    // What Seek's whence can be; io.SeekStart and so on are preferred.

    /// <summary>Relative to the start of the file.</summary>
    public const int SEEK_SET = 0;

    /// <summary>Relative to the current offset.</summary>
    public const int SEEK_CUR = 1;

    /// <summary>Relative to the end.</summary>
    public const int SEEK_END = 2;

    /// <summary>An error of link, symlink or rename, with the two paths. Ports src/os/file.go.</summary>
    public sealed class LinkError : error, unwrapper
    {
        /// <summary>The operation.</summary>
        public string Op;

        /// <summary>The old path.</summary>
        public string Old;

        /// <summary>The new path.</summary>
        public string New;

        /// <summary>What went wrong.</summary>
        public error Err;

        /// <summary>Makes one.</summary>
        public LinkError(string Op, string Old, string New, error Err)
        {
            this.Op = Op;
            this.Old = Old;
            this.New = New;
            this.Err = Err;
        }

        /// <summary>Gives the operation, the paths and the error.</summary>
        public string Error()
        {
            return Op + " " + Old + " " + New + ": " + Err.Error();
        }

        /// <summary>Gives Err.</summary>
        public error? Unwrap()
        {
            return Err;
        }

        /// <summary>The same as Error.</summary>
        public override string ToString()
        {
            return Error();
        }
    }

    public sealed partial class File
    {
        /// <summary>
        /// Reads up to b.Length bytes into b and gives how many it read. At the end of the file that is 0 and io.EOF.
        /// Other errors are PathErrors. Ports src/os/file.go.
        /// </summary>
        /// <param name="b">Where the bytes go.</param>
        public async go<(int n, error? err)> Read(Memory<byte> b)
        {
            var err = checkValid("read");
            if (err != null)
            {
                return (0, err);
            }
            var (n, e) = await read(b);
            return (n, wrapErr("read", e));
        }

        /// <summary>
        /// Reads b.Length bytes at off. Fewer come with an error: io.EOF at the end of the file, else a PathError.
        /// Ports src/os/file.go.
        /// </summary>
        /// <param name="b">Where the bytes go.</param>
        /// <param name="off">The offset, in bytes.</param>
        public async go<(int n, error? err)> ReadAt(Memory<byte> b, int64 off)
        {
            // PORT(ioat): nothing here parks; go is the result that io.ReaderAt asks for
            var n = 0;
            var err = checkValid("read");
            if (err != null)
            {
                return (0, err);
            }

            if (off < 0)
            {
                return (0, new PathError { Op = "readat", Path = name, Err = errors.New("negative offset") });
            }

            while (b.Length > 0)
            {
                var (m, e) = pread(b, off);
                if (e != null)
                {
                    err = wrapErr("read", e);
                    break;
                }
                n += m;
                b = b[m..];
                off += m;
            }
            return (n, err);
        }

        /// <summary>Copies from r to the file until EOF, as io.ReaderFrom says. Ports src/os/file.go.</summary>
        /// <param name="r">The source.</param>
        public async go<(int64 n, error? err)> ReadFrom(io.Reader r)
        {
            var err = checkValid("write");
            if (err != null)
            {
                return (0, err);
            }
            var (n, handled, e) = await readFrom(r);
            if (!handled)
            {
                return await genericReadFrom(this, r); // nothing is wrapped
            }
            return (n, wrapErr("write", e));
        }
    }

    internal static go<(int64, error?)> genericReadFrom(File f, io.Reader r)
    {
        return io.Copy(new onlyWriter(f), r);
    }

    // PORT(embed): an io.Writer, embedded.
    internal sealed class onlyWriter(io.Writer w) : io.Writer
    {
        internal readonly io.Writer Writer = w;

        public go<(int n, error? err)> Write(Memory<byte> p)
        {
            return Writer.Write(p);
        }
    }

    public sealed partial class File
    {
        /// <summary>
        /// Writes the bytes of b and gives how many it wrote; fewer than b.Length come with an error.
        /// Ports src/os/file.go.
        /// </summary>
        /// <param name="b">The bytes.</param>
        public async go<(int n, error? err)> Write(Memory<byte> b)
        {
            var err = checkValid("write");
            if (err != null)
            {
                return (0, err);
            }
            var (n, e) = await write(b);
            if (n < 0)
            {
                n = 0;
            }
            if (n != b.Length)
            {
                err = io.ErrShortWrite;
            }

            epipecheck(this, e);

            if (e != null)
            {
                err = wrapErr("write", e);
            }

            return (n, err);
        }
    }

    internal static readonly error errWriteAtInAppendMode = errors.New("os: invalid use of WriteAt on file opened with O_APPEND");

    public sealed partial class File
    {
        /// <summary>
        /// Writes the bytes of b at off and gives how many it wrote; fewer than b.Length come with an error. A file
        /// that was opened with O_APPEND gives an error. Ports src/os/file.go.
        /// </summary>
        /// <param name="b">The bytes.</param>
        /// <param name="off">The offset, in bytes.</param>
        public async go<(int n, error? err)> WriteAt(Memory<byte> b, int64 off)
        {
            // PORT(ioat): nothing here parks; go is the result that io.WriterAt asks for
            var n = 0;
            var err = checkValid("write");
            if (err != null)
            {
                return (0, err);
            }
            if (appendMode)
            {
                return (0, errWriteAtInAppendMode);
            }

            if (off < 0)
            {
                return (0, new PathError { Op = "writeat", Path = name, Err = errors.New("negative offset") });
            }

            while (b.Length > 0)
            {
                var (m, e) = pwrite(b, off);
                if (e != null)
                {
                    err = wrapErr("write", e);
                    break;
                }
                n += m;
                b = b[m..];
                off += m;
            }
            return (n, err);
        }

        /// <summary>
        /// Sets the offset of the next Read or Write and gives the new one, from the start of the file. With O_APPEND
        /// what it does is not specified. Ports src/os/file.go.
        /// </summary>
        /// <param name="offset">The offset, in bytes.</param>
        /// <param name="whence">0: from the start, 1: from the current offset, 2: from the end.</param>
        public (int64, error?) Seek(int64 offset, int whence)
        {
            var err = checkValid("seek");
            if (err != null)
            {
                return (0, err);
            }
            var (r, e) = seek(offset, whence);
            if (e == null && dirinfo != null && r != 0)
            {
                e = syscall.EISDIR;
            }
            if (e != null)
            {
                return (0, wrapErr("seek", e));
            }
            return (r, null);
        }

        /// <summary>Writes the bytes of s. Ports src/os/file.go.</summary>
        /// <param name="s">The string; it is written as UTF-8, and n counts bytes.</param>
        public go<(int n, error? err)> WriteString(string s)
        {
            // PORT(utf16): Go's string is bytes and is written where it is; here it is encoded first.
            var b = Encoding.UTF8.GetBytes(s);
            return Write(b);
        }
    }

    /// <summary>Makes a directory. The error is a PathError. Ports src/os/file.go.</summary>
    /// <param name="name">The path.</param>
    /// <param name="perm">The permission bits, before umask.</param>
    public static error? Mkdir(string name, FileMode perm)
    {
        var longName = fixLongPath(name);
        var e = ignoringEINTR(() => syscall.Mkdir(longName, syscallMode(perm)));

        if (e != null)
        {
            return new PathError { Op = "mkdir", Path = name, Err = e };
        }

        // On BSDs and Solaris mkdir(2) does not see to the sticky bit.
        if (!supportsCreateWithStickyBit && (perm & ModeSticky) != 0)
        {
            e = setStickyBit(name);

            if (e != null)
            {
                Remove(name);
                return e;
            }
        }

        return null;
    }

    // setStickyBit adds ModeSticky to the permissions of a path; not in one step.
    internal static error? setStickyBit(string name)
    {
        var (fi, err) = Stat(name);
        if (err != null)
        {
            return err;
        }
        return Chmod(name, fi!.Mode() | ModeSticky);
    }

    /// <summary>Changes the working directory. The error is a PathError. Ports src/os/file.go.</summary>
    /// <param name="dir">The directory.</param>
    public static error? Chdir(string dir)
    {
        var e = syscall.Chdir(dir);
        if (e != null)
        {
            // PORT(testlog): testlog.Open
            return new PathError { Op = "chdir", Path = dir, Err = e };
        }
        // PORT(testlog): log.Chdir
        return null;
    }

    /// <summary>Opens a file for reading (O_RDONLY). The error is a PathError. Ports src/os/file.go.</summary>
    /// <param name="name">The path.</param>
    public static (File? file, error? err) Open(string name)
    {
        return OpenFile(name, O_RDONLY, 0);
    }

    /// <summary>
    /// Makes a file, with mode 0666 before umask, or empties the one that is there, and opens it for reading and
    /// writing (O_RDWR). The error is a PathError. Ports src/os/file.go.
    /// </summary>
    /// <param name="name">The path.</param>
    public static (File? file, error? err) Create(string name)
    {
        return OpenFile(name, O_RDWR | O_CREATE | O_TRUNC, 0b_110_110_110); // 0666
    }

    /// <summary>
    /// Opens a file in any way; mostly Open or Create will do. The error is a PathError. Ports src/os/file.go.
    /// </summary>
    /// <param name="name">The path.</param>
    /// <param name="flag">O_RDONLY and so on.</param>
    /// <param name="perm">The mode of a file that O_CREATE makes, before umask.</param>
    public static (File? file, error? err) OpenFile(string name, int flag, FileMode perm)
    {
        // PORT(testlog): testlog.Open
        var (f, err) = openFileNolog(name, flag, perm);
        if (err != null)
        {
            return (null, err);
        }
        f!.appendMode = (flag & O_APPEND) != 0;

        return (f, null);
    }

    // Tests put something else here.
    internal static Func<string, (FileInfo? fi, error? err)> lstat = Lstat;

    /// <summary>
    /// Renames (moves) oldpath to newpath; a file that is there is replaced, a directory is not. The system may not
    /// do it from one directory to another. The error is a LinkError. Ports src/os/file.go.
    /// </summary>
    /// <param name="oldpath">What it is called.</param>
    /// <param name="newpath">What it will be called.</param>
    public static error? Rename(string oldpath, string newpath)
    {
        return rename(oldpath, newpath);
    }

    // Functions of package syscall often give a count of -1 instead of 0: fixCount(call()) puts that right.
    // PORT(tuple): the two results of the call are one argument.
    internal static (int, error?) fixCount((int n, error? err) r)
    {
        if (r.n < 0)
        {
            r.n = 0;
        }
        return (r.n, r.err);
    }

    public sealed partial class File
    {
        // wrapErr wraps an error of an operation on an open file in a PathError. io.EOF stays as it is, and
        // poll.ErrFileClosing becomes ErrClosed.
        internal error? wrapErr(string op, error? err)
        {
            if (err == null || err == io.EOF)
            {
                return err;
            }
            if (err == poll.ErrFileClosing)
            {
                err = ErrClosed;
            }
            return new PathError { Op = op, Path = name, Err = err };
        }
    }

    /// <summary>
    /// Gives the directory for temporary files: $TMPDIR, or /tmp when that is empty. It may not exist or not be
    /// accessible. Ports src/os/file.go.
    /// </summary>
    public static string TempDir()
    {
        return tempDir();
    }

    /// <summary>
    /// Gives the directory for data that the user's programs cache: $XDG_CACHE_HOME, or $HOME/.cache when that is
    /// empty. An error when neither is defined. Ports src/os/file.go.
    /// </summary>
    public static (string, error?) UserCacheDir()
    {
        // PORT(goos): only the branch for Unix
        var dir = Getenv("XDG_CACHE_HOME");
        if (dir == "")
        {
            dir = Getenv("HOME");
            if (dir == "")
            {
                return ("", errors.New("neither $XDG_CACHE_HOME nor $HOME are defined"));
            }
            dir += "/.cache";
        } // PORT(goos)

        return (dir, null);
    }

    /// <summary>
    /// Gives the directory for the configuration of the user's programs: $XDG_CONFIG_HOME, or $HOME/.config when
    /// that is empty. An error when neither is defined. Ports src/os/file.go.
    /// </summary>
    public static (string, error?) UserConfigDir()
    {
        // PORT(goos): only the branch for Unix
        var dir = Getenv("XDG_CONFIG_HOME");
        if (dir == "")
        {
            dir = Getenv("HOME");
            if (dir == "")
            {
                return ("", errors.New("neither $XDG_CONFIG_HOME nor $HOME are defined"));
            }
            dir += "/.config";
        } // PORT(goos)

        return (dir, null);
    }

    /// <summary>Gives the user's home directory, $HOME; an error when that is empty. Ports src/os/file.go.</summary>
    public static (string, error?) UserHomeDir()
    {
        // PORT(goos): only the branch for Unix
        var (env, enverr) = ("HOME", "$HOME"); // PORT(goos)
        var v = Getenv(env);
        if (v != "")
        {
            return (v, null);
        }
        // PORT(goos): Android's and iOS' default
        return ("", errors.New(enverr + " is not defined"));
    }

    /// <summary>
    /// Changes the mode of a file; of a symbolic link, that of what it points to. The permission bits, ModeSetuid,
    /// ModeSetgid and ModeSticky count. The error is a PathError. Ports src/os/file.go.
    /// </summary>
    /// <param name="name">The path.</param>
    /// <param name="mode">The mode.</param>
    public static error? Chmod(string name, FileMode mode)
    {
        return chmod(name, mode);
    }

    public sealed partial class File
    {
        /// <summary>Changes the mode of the file, as os.Chmod does. The error is a PathError. Ports src/os/file.go.</summary>
        /// <param name="mode">The mode.</param>
        public error? Chmod(FileMode mode)
        {
            return chmod(mode);
        }

        /// <summary>
        /// Sets the read and the write deadline: the instant after which I/O fails instead of waiting, for what waits
        /// now and for what comes. The error then is, or wraps, ErrDeadlineExceeded; its Timeout is true, as it may be
        /// for other errors too. A deadline that has passed can be set anew; one that is moved after each success
        /// makes an idle timeout. The zero time means none. Files of a kind without deadlines give ErrNoDeadline:
        /// ordinary files do, pipes do not. Ports src/os/file.go.
        /// </summary>
        /// <param name="t">The instant.</param>
        public error? SetDeadline(time.Time t)
        {
            return setDeadline(t);
        }

        /// <summary>Sets the deadline of Read, for calls that wait now and for later ones; see SetDeadline. Ports src/os/file.go.</summary>
        /// <param name="t">The instant; the zero time means none.</param>
        public error? SetReadDeadline(time.Time t)
        {
            return setReadDeadline(t);
        }

        /// <summary>
        /// Sets the deadline of Write, for calls that wait now and for later ones; see SetDeadline. A Write that
        /// times out may have written something: n says how much. Ports src/os/file.go.
        /// </summary>
        /// <param name="t">The instant; the zero time means none.</param>
        public error? SetWriteDeadline(time.Time t)
        {
            return setWriteDeadline(t);
        }

        /// <summary>Gives the raw file, as syscall.Conn says. Ports src/os/file.go.</summary>
        public (syscall.RawConn? conn, error? err) SyscallConn()
        {
            var err = checkValid("SyscallConn");
            if (err != null)
            {
                return (null, err);
            }
            return newRawConn(this);
        }
    }

    /// <summary>
    /// Gives a file system for the tree below dir, which must not be empty. It only promises that what it opens
    /// begins with dir: a symbolic link can lead out of the tree, and a relative dir goes with Chdir. So it is not
    /// a chroot. Ports src/os/file.go.
    /// </summary>
    /// <param name="dir">The directory.</param>
    public static fs.FS DirFS(string dir)
    {
        return new dirFS(dir);
    }

    // containsAny reports whether s has one of the characters of chars.
    internal static bool containsAny(string s, string chars)
    {
        for (var i = 0; i < s.Length; i++)
        {
            for (var j = 0; j < chars.Length; j++)
            {
                if (s[i] == chars[j])
                {
                    return true;
                }
            }
        }
        return false;
    }

    internal readonly struct dirFS(string dir) : fs.FS
    {
        internal readonly string dir = dir;

        public (fs.File? file, error? err) Open(string name)
        {
            var (fullname, err) = join(name);
            if (err != null)
            {
                return (null, new PathError { Op = "stat", Path = name, Err = err });
            }
            File? f;
            (f, err) = os.Open(fullname);
            if (err != null)
            {
                // join made a path of this system out of the name, which always has slashes. The error is to show
                // the name.
                ((PathError)err).Path = name;
                return (null, err);
            }
            return (f, null);
        }

        public (FileInfo? fi, error? err) Stat(string name)
        {
            var (fullname, err) = join(name);
            if (err != null)
            {
                return (null, new PathError { Op = "stat", Path = name, Err = err });
            }
            FileInfo? f;
            (f, err) = os.Stat(fullname);
            if (err != null)
            {
                // As in Open.
                ((PathError)err).Path = name;
                return (null, err);
            }
            return (f, null);
        }

        // join gives the path of name in dir.
        internal (string, error?) join(string name)
        {
            if (dir == "")
            {
                return ("", errors.New("os: DirFS with empty root"));
            }
            if (!fs.ValidPath(name))
            {
                return ("", ErrInvalid);
            }
            // PORT(safefilepath): what safefilepath.FromFS does on Unix
            if (name.Contains('\0'))
            {
                return ("", ErrInvalid);
            }
            if (IsPathSeparator(dir[^1]))
            {
                return (dir + name, null);
            }
            return (dir + PathSeparator + name, null);
        }
    }

    /// <summary>Reads all of a file. EOF is not an error here. Ports src/os/file.go.</summary>
    /// <param name="name">The path.</param>
    public static async go<(Memory<byte> data, error? err)> ReadFile(string name)
    {
        var (f, err) = Open(name);
        if (err != null)
        {
            return (default, err);
        }
        try
        {
            var size = 0;
            var (info, err1) = f!.Stat();
            if (err1 == null)
            {
                var size64 = info!.Size();
                if ((int64)(int)size64 == size64)
                {
                    size = (int)size64;
                }
            }
            size++; // one more for the read that meets the end

            // Read at least 512 bytes: files of /proc say that their size is 0, and some of them do not work when they
            // are read in small pieces.
            if (size < 512)
            {
                size = 512;
            }

            var data = new byte[size];
            var len = 0;
            for (; ; )
            {
                if (len >= data.Length)
                {
                    // PORT(append): Go lets append choose the new capacity; here it doubles.
                    Array.Resize(ref data, 2 * data.Length); // PORT(append)
                }
                int n;
                (n, err) = await f.Read(data.AsMemory(len));
                len += n; // PORT(slice): data = data[:len(data)+n]
                if (err != null)
                {
                    if (err == io.EOF)
                    {
                        err = null;
                    }
                    return (data.AsMemory(0, len), err);
                }
            }
        }
        finally
        {
            await f!.Close();
        }
    }

    /// <summary>
    /// Writes data to a file, which it makes when there is none and empties otherwise, without a change of its mode
    /// then. It takes several system calls, so a failure can leave a part. Ports src/os/file.go.
    /// </summary>
    /// <param name="name">The path.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="perm">The mode of a new file, before umask.</param>
    public static async go<error?> WriteFile(string name, Memory<byte> data, FileMode perm)
    {
        var (f, err) = OpenFile(name, O_WRONLY | O_CREATE | O_TRUNC, perm);
        if (err != null)
        {
            return err;
        }
        (_, err) = await f!.Write(data);
        var err1 = await f.Close();
        if (err1 != null && err == null)
        {
            err = err1;
        }
        return err;
    }
}
