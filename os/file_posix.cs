// Ports src/os/file_posix.go of go1.20.

namespace golang;

public static partial class os
{
    // PORT(sigpipe): Go's runtime has this function, which asks os/signal first. The port handles no signals, and
    // the CLR ignores SIGPIPE: so the process gets SIGPIPE's default action back and dies by it, as Go's
    // dieFromSignal makes it.
    internal static void sigpipe()
    {
        const int SIGPIPE = 13;
        signal(SIGPIPE, 0); // SIG_DFL
        raise(SIGPIPE);
        // Still here, so SIGPIPE is blocked in this thread.
        syscall.Exit(2);
    }

    // PORT(sigpipe)
    [DllImport("libc")]
    internal static extern nint signal(int signum, nint handler);

    // PORT(sigpipe)
    [DllImport("libc")]
    internal static extern int raise(int sig);

    public sealed partial class File
    {
        // PORT(nil): Go's methods give ErrInvalid for a nil *File. A method of a null object does not run at all: that
        // is a NullReferenceException.

        /// <summary>
        /// Closes the file. On a file with deadlines, what waits in I/O returns at once with ErrClosed. A second Close
        /// is an error. Ports src/os/file_posix.go.
        /// </summary>
        public go<error?> Close()
        {
            return file.close(); // PORT(nil)
        }

        // read reads up to b.Length bytes.
        internal async go<(int n, error? err)> read(Memory<byte> b)
        {
            var (n, err) = await pfd.Read(b);
            GC.KeepAlive(this);
            return (n, err);
        }

        // pread reads b.Length bytes at off.
        internal (int n, error? err) pread(Memory<byte> b, int64 off)
        {
            var (n, err) = pfd.Pread(b, off);
            GC.KeepAlive(this);
            return (n, err);
        }

        // write writes b.
        internal async go<(int n, error? err)> write(Memory<byte> b)
        {
            var (n, err) = await pfd.Write(b);
            GC.KeepAlive(this);
            return (n, err);
        }

        // pwrite writes b at off.
        internal (int n, error? err) pwrite(Memory<byte> b, int64 off)
        {
            var (n, err) = pfd.Pwrite(b, off);
            GC.KeepAlive(this);
            return (n, err);
        }
    }

    // syscallMode gives the system's mode bits for Go's.
    internal static uint32 syscallMode(FileMode i)
    {
        uint32 o = 0;
        o |= (uint32)i.Perm();
        if ((i & ModeSetuid) != 0)
        {
            o |= syscall.S_ISUID;
        }
        if ((i & ModeSetgid) != 0)
        {
            o |= syscall.S_ISGID;
        }
        if ((i & ModeSticky) != 0)
        {
            o |= syscall.S_ISVTX;
        }
        // ModeTemporary is Plan 9's alone.
        return o;
    }

    // See file.cs, Chmod.
    internal static error? chmod(string name, FileMode mode)
    {
        var longName = fixLongPath(name);
        var e = ignoringEINTR(() => syscall.Chmod(longName, syscallMode(mode)));
        if (e != null)
        {
            return new PathError { Op = "chmod", Path = name, Err = e };
        }
        return null;
    }

    public sealed partial class File
    {
        // See file.cs, File.Chmod.
        internal error? chmod(FileMode mode)
        {
            var err = checkValid("chmod");
            if (err != null)
            {
                return err;
            }
            var e = pfd.Fchmod(syscallMode(mode));
            if (e != null)
            {
                return wrapErr("chmod", e);
            }
            return null;
        }
    }

    /// <summary>
    /// Changes the owner and the group of a file; of a symbolic link, those of what it points to. The error is a
    /// PathError. Ports src/os/file_posix.go.
    /// </summary>
    /// <param name="name">The path.</param>
    /// <param name="uid">The user id; -1 leaves it.</param>
    /// <param name="gid">The group id; -1 leaves it.</param>
    public static error? Chown(string name, int uid, int gid)
    {
        var e = ignoringEINTR(() => syscall.Chown(name, uid, gid));
        if (e != null)
        {
            return new PathError { Op = "chown", Path = name, Err = e };
        }
        return null;
    }

    /// <summary>
    /// Changes the owner and the group of a file; of a symbolic link, its own. The error is a PathError.
    /// Ports src/os/file_posix.go.
    /// </summary>
    /// <param name="name">The path.</param>
    /// <param name="uid">The user id; -1 leaves it.</param>
    /// <param name="gid">The group id; -1 leaves it.</param>
    public static error? Lchown(string name, int uid, int gid)
    {
        var e = ignoringEINTR(() => syscall.Lchown(name, uid, gid));
        if (e != null)
        {
            return new PathError { Op = "lchown", Path = name, Err = e };
        }
        return null;
    }

    public sealed partial class File
    {
        /// <summary>Changes the owner and the group of the file. The error is a PathError. Ports src/os/file_posix.go.</summary>
        /// <param name="uid">The user id; -1 leaves it.</param>
        /// <param name="gid">The group id; -1 leaves it.</param>
        public error? Chown(int uid, int gid)
        {
            var err = checkValid("chown");
            if (err != null)
            {
                return err;
            }
            var e = pfd.Fchown(uid, gid);
            if (e != null)
            {
                return wrapErr("chown", e);
            }
            return null;
        }

        /// <summary>
        /// Changes the size of the file, not the offset. The error is a PathError. Ports src/os/file_posix.go.
        /// </summary>
        /// <param name="size">The size, in bytes.</param>
        public error? Truncate(int64 size)
        {
            var err = checkValid("truncate");
            if (err != null)
            {
                return err;
            }
            var e = pfd.Ftruncate(size);
            if (e != null)
            {
                return wrapErr("truncate", e);
            }
            return null;
        }

        /// <summary>
        /// Brings what was written to the storage: flushes the file system's copy in memory to disk, mostly. The error
        /// is a PathError. Ports src/os/file_posix.go.
        /// </summary>
        public error? Sync()
        {
            var err = checkValid("sync");
            if (err != null)
            {
                return err;
            }
            var e = pfd.Fsync();
            if (e != null)
            {
                return wrapErr("sync", e);
            }
            return null;
        }
    }

    /// <summary>
    /// Changes the times of the last access and the last modification, as far as the file system stores them
    /// exactly. The error is a PathError. Ports src/os/file_posix.go.
    /// </summary>
    /// <param name="name">The path.</param>
    /// <param name="atime">The access.</param>
    /// <param name="mtime">The modification.</param>
    public static error? Chtimes(string name, time.Time atime, time.Time mtime)
    {
        Span<syscall.Timespec> utimes = stackalloc syscall.Timespec[2];
        utimes[0] = syscall.NsecToTimespec(atime.UnixNano());
        utimes[1] = syscall.NsecToTimespec(mtime.UnixNano());
        var e = syscall.UtimesNano(fixLongPath(name), utimes);
        if (e != null)
        {
            return new PathError { Op = "chtimes", Path = name, Err = e };
        }
        return null;
    }

    public sealed partial class File
    {
        /// <summary>Changes the working directory to the file, a directory. The error is a PathError. Ports src/os/file_posix.go.</summary>
        public error? Chdir()
        {
            var err = checkValid("chdir");
            if (err != null)
            {
                return err;
            }
            var e = pfd.Fchdir();
            if (e != null)
            {
                return wrapErr("chdir", e);
            }
            return null;
        }

        // setDeadline sets the read and the write deadline.
        internal error? setDeadline(time.Time t)
        {
            var err = checkValid("SetDeadline");
            if (err != null)
            {
                return err;
            }
            return pfd.SetDeadline(t);
        }

        // setReadDeadline sets the read deadline.
        internal error? setReadDeadline(time.Time t)
        {
            var err = checkValid("SetReadDeadline");
            if (err != null)
            {
                return err;
            }
            return pfd.SetReadDeadline(t);
        }

        // setWriteDeadline sets the write deadline.
        internal error? setWriteDeadline(time.Time t)
        {
            var err = checkValid("SetWriteDeadline");
            if (err != null)
            {
                return err;
            }
            return pfd.SetWriteDeadline(t);
        }

        // checkValid says whether the file can be used, by an error that may name the operation.
        internal error? checkValid(string op)
        {
            if (this == null)
            {
                return ErrInvalid;
            }
            return null;
        }
    }

    // ignoringEINTR calls fn again as long as it gives EINTR. That happens although every signal handler is installed
    // with SA_RESTART (upstream issues 22838, 38033, 38836, 40846), and where one is not (20400, 36644): never the
    // common case, but often enough that the loop is needed.
    internal static error? ignoringEINTR(Func<error?> fn)
    {
        for (; ; )
        {
            var err = fn();
            if (err != syscall.EINTR)
            {
                return err;
            }
        }
    }
}
