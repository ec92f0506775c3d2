// Ports src/syscall/zsyscall_linux_amd64.go of go1.20.

namespace golang;

public static partial class syscall
{
    // PORT(subset): only the calls that the ported packages make are here.
    // PORT(pin): a path is encoded into an array that is pinned during the call; exported functions
    // take a struct by reference where Go takes a pointer, and pin it.

    internal static unsafe error? fchmodat(int dirfd, string path, uint32 mode)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall(SYS_FCHMODAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)mode);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe error? linkat(int olddirfd, string oldpath, int newdirfd, string newpath, int flags)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(oldpath);
        if (err != null)
        {
            return err;
        }
        (var p1, err) = BytePtrFromString(newpath);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        fixed (byte* _p1 = p1)
        {
            var (_, _, e1) = Syscall6(SYS_LINKAT, (uintptr)olddirfd, (uintptr)_p0, (uintptr)newdirfd, (uintptr)_p1, (uintptr)flags, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe (int fd, error? err) openat(int dirfd, string path, int flags, uint32 mode)
    {
        int fd = 0;
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return (fd, err);
        }
        fixed (byte* _p0 = p0)
        {
            var (r0, _, e1) = Syscall6(SYS_OPENAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)flags, (uintptr)mode, 0, 0);
            fd = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (fd, err);
    }

    internal static unsafe error? pipe2(int32* p, int flags)
    {
        error? err = null;
        var (_, _, e1) = RawSyscall(SYS_PIPE2, (uintptr)p, (uintptr)flags, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe (int n, error? err) readlinkat(int dirfd, string path, Span<byte> buf)
    {
        int n = 0;
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return (n, err);
        }
        fixed (byte* _p0 = p0)
        fixed (byte* p1 = buf)
        {
            void* _p1;
            if (buf.Length > 0)
            {
                _p1 = p1;
            }
            else
            {
                _p1 = _zero;
            }
            var (r0, _, e1) = Syscall6(SYS_READLINKAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)_p1, (uintptr)buf.Length, 0, 0);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    internal static unsafe error? symlinkat(string oldpath, int newdirfd, string newpath)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(oldpath);
        if (err != null)
        {
            return err;
        }
        (var p1, err) = BytePtrFromString(newpath);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        fixed (byte* _p1 = p1)
        {
            var (_, _, e1) = Syscall(SYS_SYMLINKAT, (uintptr)_p0, (uintptr)newdirfd, (uintptr)_p1);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe error? unlinkat(int dirfd, string path, int flags)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall(SYS_UNLINKAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)flags);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe error? utimensat(int dirfd, string path, Timespec* times, int flag)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall6(SYS_UTIMENSAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)times, (uintptr)flag, 0, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Writes the path of the current directory, with a NUL at its end, into <paramref name="buf"/>; n is the number of bytes written.
    /// err is an Errno: ERANGE when buf is too small, for example. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe (int n, error? err) Getcwd(Span<byte> buf)
    {
        int n = 0;
        error? err = null;
        fixed (byte* p0 = buf)
        {
            void* _p0;
            if (buf.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (r0, _, e1) = Syscall(SYS_GETCWD, (uintptr)_p0, (uintptr)buf.Length, 0);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    /// <summary>Makes <paramref name="path"/> the current directory of the process.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Chdir(string path)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall(SYS_CHDIR, (uintptr)_p0, 0, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Closes the descriptor <paramref name="fd"/>.
    /// err is an Errno: EBADF when it is not open, for example. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Close(int fd)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_CLOSE, (uintptr)fd, 0, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Duplicates <paramref name="oldfd"/>; fd is the lowest free number.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static (int fd, error? err) Dup(int oldfd)
    {
        int fd = 0;
        error? err = null;
        var (r0, _, e1) = Syscall(SYS_DUP, (uintptr)oldfd, 0, 0);
        fd = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (fd, err);
    }

    /// <summary>Makes <paramref name="newfd"/> a duplicate of <paramref name="oldfd"/>; <paramref name="flags"/> may be O_CLOEXEC.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Dup3(int oldfd, int newfd, int flags)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_DUP3, (uintptr)oldfd, (uintptr)newfd, (uintptr)flags);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Makes the directory open at <paramref name="fd"/> the current directory of the process.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Fchdir(int fd)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_FCHDIR, (uintptr)fd, 0, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Sets the permission bits of the file open at <paramref name="fd"/> to <paramref name="mode"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Fchmod(int fd, uint32 mode)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_FCHMOD, (uintptr)fd, (uintptr)mode, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Sets the owner and the group of <paramref name="path"/>, relative to the directory <paramref name="dirfd"/>; -1 leaves one unchanged.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Fchownat(int dirfd, string path, int uid, int gid, int flags)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall6(SYS_FCHOWNAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)uid, (uintptr)gid, (uintptr)flags, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static (int val, error? err) fcntl(int fd, int cmd, int arg)
    {
        int val = 0;
        error? err = null;
        var (r0, _, e1) = Syscall(SYS_FCNTL, (uintptr)fd, (uintptr)cmd, (uintptr)arg);
        val = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (val, err);
    }

    /// <summary>Writes the data of the file <paramref name="fd"/> to its disk, but not all of its metadata.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Fdatasync(int fd)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_FDATASYNC, (uintptr)fd, 0, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Writes the data and the metadata of the file <paramref name="fd"/> to its disk.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Fsync(int fd)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_FSYNC, (uintptr)fd, 0, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Reads entries of the directory <paramref name="fd"/> into <paramref name="buf"/>; n is the number of bytes, 0 at the end.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe (int n, error? err) Getdents(int fd, Span<byte> buf)
    {
        int n = 0;
        error? err = null;
        fixed (byte* p0 = buf)
        {
            void* _p0;
            if (buf.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (r0, _, e1) = Syscall(SYS_GETDENTS64, (uintptr)fd, (uintptr)_p0, (uintptr)buf.Length);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    /// <summary>Returns the process group of <paramref name="pid"/>, 0 being the caller.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static (int pgid, error? err) Getpgid(int pid)
    {
        int pgid = 0;
        error? err = null;
        var (r0, _, e1) = RawSyscall(SYS_GETPGID, (uintptr)pid, 0, 0);
        pgid = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (pgid, err);
    }

    /// <summary>Returns the number of the process.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Getpid()
    {
        var (r0, _) = rawSyscallNoError(SYS_GETPID, 0, 0, 0);
        var pid = (int)r0;
        return pid;
    }

    /// <summary>Returns the number of the parent process.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Getppid()
    {
        var (r0, _) = rawSyscallNoError(SYS_GETPPID, 0, 0, 0);
        var ppid = (int)r0;
        return ppid;
    }

    /// <summary>Stores what <paramref name="who"/> (the process, its children, the thread) has used into <paramref name="rusage"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Getrusage(int who, ref Rusage rusage)
    {
        error? err = null;
        fixed (Rusage* _rusage = &rusage)
        {
            var (_, _, e1) = RawSyscall(SYS_GETRUSAGE, (uintptr)who, (uintptr)_rusage, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Returns the number of the calling thread.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Gettid()
    {
        var (r0, _) = rawSyscallNoError(SYS_GETTID, 0, 0, 0);
        var tid = (int)r0;
        return tid;
    }

    /// <summary>Sends <paramref name="sig"/> to the process <paramref name="pid"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Kill(int pid, Signal sig)
    {
        error? err = null;
        var (_, _, e1) = RawSyscall(SYS_KILL, (uintptr)pid, (uintptr)(int)sig, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Makes the directory <paramref name="path"/>, relative to <paramref name="dirfd"/>, with the permissions <paramref name="mode"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Mkdirat(int dirfd, string path, uint32 mode)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall(SYS_MKDIRAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)mode);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Makes the node <paramref name="path"/>, relative to <paramref name="dirfd"/>, of the type and permissions in <paramref name="mode"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Mknodat(int dirfd, string path, uint32 mode, int dev)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall6(SYS_MKNODAT, (uintptr)dirfd, (uintptr)_p0, (uintptr)mode, (uintptr)dev, 0, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe error? prlimit(int pid, int resource, Rlimit* newlimit, Rlimit* old)
    {
        error? err = null;
        var (_, _, e1) = RawSyscall6(SYS_PRLIMIT64, (uintptr)pid, (uintptr)resource, (uintptr)newlimit, (uintptr)old, 0, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe (int n, error? err) read(int fd, Span<byte> p)
    {
        int n = 0;
        error? err = null;
        fixed (byte* p0 = p)
        {
            void* _p0;
            if (p.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (r0, _, e1) = Syscall(SYS_READ, (uintptr)fd, (uintptr)_p0, (uintptr)p.Length);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    /// <summary>Sets the mask of permissions of new files; returns the one before.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Umask(int mask)
    {
        var (r0, _) = rawSyscallNoError(SYS_UMASK, (uintptr)mask, 0, 0);
        var oldmask = (int)r0;
        return oldmask;
    }

    /// <summary>Stores the names of the system into <paramref name="buf"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Uname(ref Utsname buf)
    {
        error? err = null;
        fixed (Utsname* _buf = &buf)
        {
            var (_, _, e1) = RawSyscall(SYS_UNAME, (uintptr)_buf, 0, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe (int n, error? err) write(int fd, ReadOnlySpan<byte> p)
    {
        int n = 0;
        error? err = null;
        fixed (byte* p0 = p)
        {
            void* _p0;
            if (p.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (r0, _, e1) = Syscall(SYS_WRITE, (uintptr)fd, (uintptr)_p0, (uintptr)p.Length);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    /// <summary>Sets the owner and the group of the file open at <paramref name="fd"/>; -1 leaves one unchanged.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Fchown(int fd, int uid, int gid)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_FCHOWN, (uintptr)fd, (uintptr)uid, (uintptr)gid);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Stores what is known about the file open at <paramref name="fd"/> into <paramref name="stat"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Fstat(int fd, ref Stat_t stat)
    {
        error? err = null;
        fixed (Stat_t* _stat = &stat)
        {
            var (_, _, e1) = Syscall(SYS_FSTAT, (uintptr)fd, (uintptr)_stat, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Sets the size of the file open at <paramref name="fd"/> to <paramref name="length"/> bytes.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Ftruncate(int fd, int64 length)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_FTRUNCATE, (uintptr)fd, (uintptr)length, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Returns the effective group of the process.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Getegid()
    {
        var (r0, _) = rawSyscallNoError(SYS_GETEGID, 0, 0, 0);
        var egid = (int)r0;
        return egid;
    }

    /// <summary>Returns the effective user of the process.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Geteuid()
    {
        var (r0, _) = rawSyscallNoError(SYS_GETEUID, 0, 0, 0);
        var euid = (int)r0;
        return euid;
    }

    /// <summary>Returns the group of the process.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Getgid()
    {
        var (r0, _) = rawSyscallNoError(SYS_GETGID, 0, 0, 0);
        var gid = (int)r0;
        return gid;
    }

    /// <summary>Stores the limits of <paramref name="resource"/> (RLIMIT_...) into <paramref name="rlim"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Getrlimit(int resource, ref Rlimit rlim)
    {
        error? err = null;
        fixed (Rlimit* _rlim = &rlim)
        {
            var (_, _, e1) = RawSyscall(SYS_GETRLIMIT, (uintptr)resource, (uintptr)_rlim, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Returns the user of the process.
    /// Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static int Getuid()
    {
        var (r0, _) = rawSyscallNoError(SYS_GETUID, 0, 0, 0);
        var uid = (int)r0;
        return uid;
    }

    /// <summary>Makes the socket <paramref name="s"/> accept connections; at most <paramref name="n"/> wait to be accepted.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Listen(int s, int n)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_LISTEN, (uintptr)s, (uintptr)n, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe (int n, error? err) pread(int fd, Span<byte> p, int64 offset)
    {
        int n = 0;
        error? err = null;
        fixed (byte* p0 = p)
        {
            void* _p0;
            if (p.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (r0, _, e1) = Syscall6(SYS_PREAD64, (uintptr)fd, (uintptr)_p0, (uintptr)p.Length, (uintptr)offset, 0, 0);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    internal static unsafe (int n, error? err) pwrite(int fd, ReadOnlySpan<byte> p, int64 offset)
    {
        int n = 0;
        error? err = null;
        fixed (byte* p0 = p)
        {
            void* _p0;
            if (p.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (r0, _, e1) = Syscall6(SYS_PWRITE64, (uintptr)fd, (uintptr)_p0, (uintptr)p.Length, (uintptr)offset, 0, 0);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    /// <summary>Renames <paramref name="oldpath"/> to <paramref name="newpath"/>, each relative to its directory.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Renameat(int olddirfd, string oldpath, int newdirfd, string newpath)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(oldpath);
        if (err != null)
        {
            return err;
        }
        (var p1, err) = BytePtrFromString(newpath);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        fixed (byte* _p1 = p1)
        {
            var (_, _, e1) = Syscall6(SYS_RENAMEAT, (uintptr)olddirfd, (uintptr)_p0, (uintptr)newdirfd, (uintptr)_p1, 0, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Sets the position of <paramref name="fd"/>, in bytes from the start, the position or the end as <paramref name="whence"/> (0, 1, 2) says; off is the new one.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static (int64 off, error? err) Seek(int fd, int64 offset, int whence)
    {
        int64 off = 0;
        error? err = null;
        var (r0, _, e1) = Syscall(SYS_LSEEK, (uintptr)fd, (uintptr)offset, (uintptr)whence);
        off = (int64)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (off, err);
    }

    internal static unsafe (int written, error? err) sendfile(int outfd, int infd, int64* offset, int count)
    {
        int written = 0;
        error? err = null;
        var (r0, _, e1) = Syscall6(SYS_SENDFILE, (uintptr)outfd, (uintptr)infd, (uintptr)offset, (uintptr)count, 0, 0);
        written = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (written, err);
    }

    /// <summary>Sets the limits of <paramref name="resource"/> (RLIMIT_...) to <paramref name="rlim"/>.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Setrlimit(int resource, in Rlimit rlim)
    {
        error? err = null;
        fixed (Rlimit* _rlim = &rlim)
        {
            var (_, _, e1) = RawSyscall(SYS_SETRLIMIT, (uintptr)resource, (uintptr)_rlim, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    /// <summary>Ends the directions <paramref name="how"/> (SHUT_RD, SHUT_WR, SHUT_RDWR) of the socket <paramref name="fd"/>.
    /// err is an Errno: ENOTCONN when it is not connected, for example. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static error? Shutdown(int fd, int how)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_SHUTDOWN, (uintptr)fd, (uintptr)how, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    /// <summary>Moves up to <paramref name="len"/> bytes from <paramref name="rfd"/> to <paramref name="wfd"/>, one of them a pipe, inside the kernel; a nil offset means the position of the file.
    /// err is an Errno: EAGAIN when it would block, for example. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe (int64 n, error? err) Splice(int rfd, ptr<int64> roff, int wfd, ptr<int64> woff, int len, int flags)
    {
        int64 n = 0;
        error? err = null;
        var (r0, _, e1) = Syscall6(SYS_SPLICE, (uintptr)rfd, (uintptr)roff.p, (uintptr)wfd, (uintptr)woff.p, (uintptr)len, (uintptr)flags);
        n = (int64)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (n, err);
    }

    /// <summary>Sets the size of the file <paramref name="path"/> to <paramref name="length"/> bytes.
    /// err is an Errno. Go: src/syscall/zsyscall_linux_amd64.go.</summary>
    public static unsafe error? Truncate(string path, int64 length)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall(SYS_TRUNCATE, (uintptr)_p0, (uintptr)length, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe (int fd, error? err) accept4(int s, RawSockaddrAny* rsa, uint32* addrlen, int flags)
    {
        int fd = 0;
        error? err = null;
        var (r0, _, e1) = Syscall6(SYS_ACCEPT4, (uintptr)s, (uintptr)rsa, (uintptr)addrlen, (uintptr)flags, 0, 0);
        fd = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (fd, err);
    }

    internal static unsafe error? bind(int s, void* addr, uint32 addrlen)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_BIND, (uintptr)s, (uintptr)addr, (uintptr)addrlen);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe error? connect(int s, void* addr, uint32 addrlen)
    {
        error? err = null;
        var (_, _, e1) = Syscall(SYS_CONNECT, (uintptr)s, (uintptr)addr, (uintptr)addrlen);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe error? fstatat(int fd, string path, Stat_t* stat, int flags)
    {
        error? err = null;
        (var p0, err) = BytePtrFromString(path);
        if (err != null)
        {
            return err;
        }
        fixed (byte* _p0 = p0)
        {
            var (_, _, e1) = Syscall6(SYS_NEWFSTATAT, (uintptr)fd, (uintptr)_p0, (uintptr)stat, (uintptr)flags, 0, 0);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe (int nn, error? err) getgroups(int n, uint32* list)
    {
        int nn = 0;
        error? err = null;
        var (r0, _, e1) = RawSyscall(SYS_GETGROUPS, (uintptr)n, (uintptr)list, 0);
        nn = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (nn, err);
    }

    internal static unsafe error? getsockopt(int s, int level, int name, void* val, uint32* vallen)
    {
        error? err = null;
        var (_, _, e1) = Syscall6(SYS_GETSOCKOPT, (uintptr)s, (uintptr)level, (uintptr)name, (uintptr)val, (uintptr)vallen, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe error? setsockopt(int s, int level, int name, void* val, uintptr vallen)
    {
        error? err = null;
        var (_, _, e1) = Syscall6(SYS_SETSOCKOPT, (uintptr)s, (uintptr)level, (uintptr)name, (uintptr)val, vallen, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static (int fd, error? err) socket(int domain, int typ, int proto)
    {
        int fd = 0;
        error? err = null;
        var (r0, _, e1) = RawSyscall(SYS_SOCKET, (uintptr)domain, (uintptr)typ, (uintptr)proto);
        fd = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (fd, err);
    }

    internal static unsafe error? socketpair(int domain, int typ, int proto, int32* fd)
    {
        error? err = null;
        var (_, _, e1) = RawSyscall6(SYS_SOCKETPAIR, (uintptr)domain, (uintptr)typ, (uintptr)proto, (uintptr)fd, 0, 0);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe error? getpeername(int fd, RawSockaddrAny* rsa, uint32* addrlen)
    {
        error? err = null;
        var (_, _, e1) = RawSyscall(SYS_GETPEERNAME, (uintptr)fd, (uintptr)rsa, (uintptr)addrlen);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe error? getsockname(int fd, RawSockaddrAny* rsa, uint32* addrlen)
    {
        error? err = null;
        var (_, _, e1) = RawSyscall(SYS_GETSOCKNAME, (uintptr)fd, (uintptr)rsa, (uintptr)addrlen);
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return err;
    }

    internal static unsafe (int n, error? err) recvfrom(int fd, Span<byte> p, int flags, RawSockaddrAny* from, uint32* fromlen)
    {
        int n = 0;
        error? err = null;
        fixed (byte* p0 = p)
        {
            void* _p0;
            if (p.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (r0, _, e1) = Syscall6(SYS_RECVFROM, (uintptr)fd, (uintptr)_p0, (uintptr)p.Length, (uintptr)flags, (uintptr)from, (uintptr)fromlen);
            n = (int)r0;
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return (n, err);
    }

    internal static unsafe error? sendto(int s, ReadOnlySpan<byte> buf, int flags, void* to, uint32 addrlen)
    {
        error? err = null;
        fixed (byte* p0 = buf)
        {
            void* _p0;
            if (buf.Length > 0)
            {
                _p0 = p0;
            }
            else
            {
                _p0 = _zero;
            }
            var (_, _, e1) = Syscall6(SYS_SENDTO, (uintptr)s, (uintptr)_p0, (uintptr)buf.Length, (uintptr)flags, (uintptr)to, (uintptr)addrlen);
            if (e1 != 0)
            {
                err = errnoErr(e1);
            }
        }
        return err;
    }

    internal static unsafe (int n, error? err) recvmsg(int s, Msghdr* msg, int flags)
    {
        int n = 0;
        error? err = null;
        var (r0, _, e1) = Syscall(SYS_RECVMSG, (uintptr)s, (uintptr)msg, (uintptr)flags);
        n = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (n, err);
    }

    internal static unsafe (int n, error? err) sendmsg(int s, Msghdr* msg, int flags)
    {
        int n = 0;
        error? err = null;
        var (r0, _, e1) = Syscall(SYS_SENDMSG, (uintptr)s, (uintptr)msg, (uintptr)flags);
        n = (int)r0;
        if (e1 != 0)
        {
            err = errnoErr(e1);
        }
        return (n, err);
    }
}
