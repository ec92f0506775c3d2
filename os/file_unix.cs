// Ports src/os/file_unix.go of go1.20.

namespace golang;

public static partial class os
{
    // fixLongPath does something on Windows only.
    internal static string fixLongPath(string path)
    {
        return path;
    }

    internal static error? rename(string oldname, string newname)
    {
        var (fi, err) = Lstat(newname);
        if (err == null && fi!.IsDir())
        {
            // Two things can be wrong here: oldname and newname. newname is, as is known by now; but an error of
            // oldname comes first, as it always did.
            // If the names differ and yet mean the same file, this changes only the case of a name on a file system
            // that does not care for it, and that is allowed.
            var (ofi, err1) = Lstat(oldname);
            if (err1 != null)
            {
                if (err1 is PathError pe)
                {
                    err1 = pe.Err;
                }
                return new LinkError("rename", oldname, newname, err1);
            }
            else if (newname == oldname || !SameFile(fi, ofi))
            {
                return new LinkError("rename", oldname, newname, syscall.EEXIST);
            }
        }
        err = ignoringEINTR(() => syscall.Rename(oldname, newname));
        if (err != null)
        {
            return new LinkError("rename", oldname, newname, err);
        }
        return null;
    }

    // file is what a File really is. It is one step away, so that nobody outside can overwrite it: then the finalizer
    // could close the wrong descriptor.
    internal sealed partial class @file
    {
        internal readonly poll.FD pfd;
        internal readonly string name;
        internal dirInfo? dirinfo; // null unless a directory is being read
        internal bool nonblock; // whether we set non-blocking mode
        internal readonly bool stdoutOrErr; // whether this is stdout or stderr
        internal bool appendMode; // whether it was opened for appending

        internal @file(poll.FD pfd, string name, bool stdoutOrErr)
        {
            this.pfd = pfd;
            this.name = name;
            this.stdoutOrErr = stdoutOrErr;
        }
    }

    public sealed partial class File
    {
        /// <summary>
        /// Gives the descriptor, in blocking mode: from then on the deadlines do not work, and an operation that
        /// waits takes a thread. The descriptor becomes invalid when the file is closed, also by its finalizer, when
        /// the file is garbage; and its number can be used again. So only Close may close it. SyscallConn is the
        /// other way to it. Ports src/os/file_unix.go.
        /// </summary>
        public uintptr Fd()
        {
            // PORT(nil): Go gives ^uintptr(0) for a nil file

            // If we set non-blocking mode, set blocking mode before the descriptor is given away, as the ones that we
            // gave always were blocking. The File goes on working, but an operation that waits takes a thread.
            if (nonblock)
            {
                pfd.SetBlocking();
            }

            return (uintptr)pfd.Sysfd;
        }
    }

    /// <summary>
    /// Makes a File of a descriptor and a name; null when fd is not a valid descriptor. When it is in non-blocking
    /// mode, NewFile tries to make a File that the poller serves, so that deadlines work. Later the descriptor can
    /// become invalid as with Fd. Ports src/os/file_unix.go.
    /// </summary>
    /// <param name="fd">The descriptor.</param>
    /// <param name="name">What Name gives.</param>
    public static File? NewFile(uintptr fd, string name)
    {
        var kind = newFileKind.kindNewFile;
        var (nb, err) = unix.IsNonblock((int)fd);
        if (err == null && nb)
        {
            kind = newFileKind.kindNonBlock;
        }
        return newFile(fd, name, kind);
    }

    // newFileKind says to newFile what kind of file it is.
    internal enum newFileKind
    {
        kindNewFile,
        kindOpenFile,
        kindPipe,
        kindNonBlock,
    }

    // newFile is NewFile, but for OpenFile and Pipe, as kind says, it tries to add the file to the poller.
    internal static File? newFile(uintptr fd, string name, newFileKind kind)
    {
        var fdi = (int)fd;
        if (fdi < 0)
        {
            return null;
        }
        var f = new File(new @file(
            new poll.FD
            {
                Sysfd = fdi,
                IsStream = true,
                ZeroReadIsEOF = true,
            },
            name,
            fdi == 1 || fdi == 2));

        var pollable = kind == newFileKind.kindOpenFile || kind == newFileKind.kindPipe || kind == newFileKind.kindNonBlock; // PORT(goos): see below

        // Who passes a non-blocking descriptor (kindNonBlock) is taken to know what that means: it goes to the poller
        // even where files of OpenFile would not.
        // PORT(goos): for kindOpenFile, BSDs and Darwin ask fstat here and keep regular files, directories and (Darwin)
        // named pipes from kqueue. Linux does not ask: epoll refuses regular files and directories itself.

        var clearNonBlock = false;
        if (pollable)
        {
            if (kind == newFileKind.kindNonBlock)
            {
                f.nonblock = true;
            }
            else if (syscall.SetNonblock(fdi, true) == null)
            {
                f.nonblock = true;
                clearNonBlock = true;
            }
            else
            {
                pollable = false;
            }
        }

        // An error here means that the poller does not take the descriptor: epoll and kqueue do not support every
        // kind, files on disk under Linux for one. A real error will show in later I/O.
        // But blocking mode comes back if it was us who changed it.
        var pollErr = f.pfd.Init("file", pollable);
        if (pollErr != null && clearNonBlock)
        {
            if (syscall.SetNonblock(fdi, false) == null)
            {
                f.nonblock = false;
            }
        }

        runtime.SetFinalizer(f.file, file => file.close());
        return f;
    }

    // epipecheck raises SIGPIPE for an EPIPE on standard output or standard error. See upstream issue 11845.
    internal static void epipecheck(File file, error? e)
    {
        if (e == syscall.EPIPE && file.stdoutOrErr)
        {
            sigpipe();
        }
    }

    /// <summary>The name of the null device.</summary>
    public const string DevNull = "/dev/null";

    // openFileNolog is OpenFile for Unix.
    internal static (File?, error?) openFileNolog(string name, int flag, FileMode perm)
    {
        var setSticky = false;
        if (!supportsCreateWithStickyBit && (flag & O_CREATE) != 0 && (perm & ModeSticky) != 0)
        {
            var (_, err) = Stat(name);
            if (IsNotExist(err))
            {
                setSticky = true;
            }
        }

        int r;
        for (; ; )
        {
            error? e;
            (r, e) = syscall.Open(name, flag | syscall.O_CLOEXEC, syscallMode(perm));
            if (e == null)
            {
                break;
            }

            // EINTR must be looked for here: upstream issues 11180 and 39237.
            if (e == syscall.EINTR)
            {
                continue;
            }

            return (null, new PathError { Op = "open", Path = name, Err = e });
        }

        // On BSDs and Solaris open(2) does not see to the sticky bit.
        if (setSticky)
        {
            setStickyBit(name);
        }

        // Between open and here a fork and exec can take the descriptor along: that has to be borne.
        // See ../syscall/exec_unix.go.
        if (!supportsCloseOnExec)
        {
            syscall.CloseOnExec(r);
        }

        return (newFile((uintptr)r, name, newFileKind.kindOpenFile), null);
    }

    internal sealed partial class @file
    {
        internal async go<error?> close()
        {
            // PORT(nil): Go gives EINVAL for a nil file
            if (dirinfo != null)
            {
                dirinfo.close();
                dirinfo = null;
            }
            error? err = null;
            var e = await pfd.Close();
            if (e != null)
            {
                if (e == poll.ErrFileClosing)
                {
                    e = ErrClosed;
                }
                err = new PathError { Op = "close", Path = name, Err = e };
            }

            // The finalizer is not needed any more.
            runtime.SetFinalizer(this, null);
            return err;
        }
    }

    public sealed partial class File
    {
        // seek sets the offset of the next Read or Write and gives the new one. whence: 0 from the start, 1 from the
        // current offset, 2 from the end.
        internal (int64 ret, error? err) seek(int64 offset, int whence)
        {
            if (dirinfo != null)
            {
                // The cached dirinfo goes: there will be a new one if the file is read as a directory again. See upstream
                // issues 35767 and 37161.
                dirinfo.close();
                dirinfo = null;
            }
            var (ret, err) = pfd.Seek(offset, whence);
            GC.KeepAlive(this);
            return (ret, err);
        }
    }

    /// <summary>
    /// Changes the size of a file; of a symbolic link, that of what it points to. The error is a PathError.
    /// Ports src/os/file_unix.go.
    /// </summary>
    /// <param name="name">The path.</param>
    /// <param name="size">The size, in bytes.</param>
    public static error? Truncate(string name, int64 size)
    {
        var e = ignoringEINTR(() => syscall.Truncate(name, size));
        if (e != null)
        {
            return new PathError { Op = "truncate", Path = name, Err = e };
        }
        return null;
    }

    /// <summary>Removes a file or an empty directory. The error is a PathError. Ports src/os/file_unix.go.</summary>
    /// <param name="name">The path.</param>
    public static error? Remove(string name)
    {
        // The system has one call for files and one for directories. To try both costs less, on average, than Stat and
        // the right one.
        var e = ignoringEINTR(() => syscall.Unlink(name));
        if (e == null)
        {
            return null;
        }
        var e1 = ignoringEINTR(() => syscall.Rmdir(name));
        if (e1 == null)
        {
            return null;
        }

        // Both failed: which error is the right one?
        // OS X and Linux do not agree whether unlink of a directory is EISDIR, so that does not tell. But on both
        // rmdir of a file is ENOTDIR. It is so too for a bad path, such as /etc/passwd/foo; then both are ENOTDIR, and
        // unlink's is as good.
        if (e1 != syscall.ENOTDIR)
        {
            e = e1;
        }
        return new PathError { Op = "remove", Path = name, Err = e };
    }

    internal static string tempDir()
    {
        var dir = Getenv("TMPDIR");
        if (dir == "")
        {
            // PORT(goos): Android's is another
            dir = "/tmp";
        }
        return dir;
    }

    /// <summary>Makes newname a hard link to oldname. The error is a LinkError. Ports src/os/file_unix.go.</summary>
    /// <param name="oldname">The file.</param>
    /// <param name="newname">Its new name.</param>
    public static error? Link(string oldname, string newname)
    {
        var e = ignoringEINTR(() => syscall.Link(oldname, newname));
        if (e != null)
        {
            return new LinkError("link", oldname, newname, e);
        }
        return null;
    }

    /// <summary>Makes newname a symbolic link to oldname. The error is a LinkError. Ports src/os/file_unix.go.</summary>
    /// <param name="oldname">What it points to.</param>
    /// <param name="newname">The link.</param>
    public static error? Symlink(string oldname, string newname)
    {
        var e = ignoringEINTR(() => syscall.Symlink(oldname, newname));
        if (e != null)
        {
            return new LinkError("symlink", oldname, newname, e);
        }
        return null;
    }

    /// <summary>Gives what a symbolic link points to. The error is a PathError. Ports src/os/file_unix.go.</summary>
    /// <param name="name">The link.</param>
    public static (string, error?) Readlink(string name)
    {
        for (var len = 128; ; len *= 2)
        {
            var b = new byte[len];
            int n;
            error? e;
            for (; ; )
            {
                (n, e) = fixCount(syscall.Readlink(name, b));
                if (e != syscall.EINTR)
                {
                    break;
                }
            }
            // PORT(goos): on AIX ERANGE means that the buffer is too small
            if (e != null)
            {
                return ("", new PathError { Op = "readlink", Path = name, Err = e });
            }
            if (n < len)
            {
                return (System.Text.Encoding.UTF8.GetString(b, 0, n), null);
            }
        }
    }

    internal sealed class unixDirent : DirEntry
    {
        internal string parent = "";
        internal string name = "";
        internal FileMode typ;
        internal FileInfo? info;

        public string Name()
        {
            return name;
        }

        public bool IsDir()
        {
            return typ.IsDir();
        }

        public FileMode Type()
        {
            return typ;
        }

        public (FileInfo? info, error? err) Info()
        {
            if (info != null)
            {
                return (info, null);
            }
            return lstat(parent + "/" + name);
        }
    }

    internal static (DirEntry?, error?) newUnixDirent(string parent, string name, FileMode typ)
    {
        var ude = new unixDirent
        {
            parent = parent,
            name = name,
            typ = typ,
        };
        if (typ != ~(FileMode)0 && !testingForceReadDirLstat)
        {
            return (ude, null);
        }

        var (info, err) = lstat(parent + "/" + name);
        if (err != null)
        {
            return (null, err);
        }

        ude.typ = info!.Mode().Type();
        ude.info = info;
        return (ude, null);
    }
}
