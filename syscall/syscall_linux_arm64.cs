// Ports src/syscall/syscall_linux_arm64.go of go1.20.

namespace golang;

public static partial class syscall
{
    // PORT(subset): the wrappers that nothing here calls are left out; Go's //sys lines have become zsyscall_linux_arm64.cs.

    /// <summary>Stores what is known about the file <paramref name="path"/> into <paramref name="stat"/>, following links.
    /// err is an Errno. Go: src/syscall/syscall_linux_arm64.go.</summary>
    public static unsafe error? Stat(string path, ref Stat_t stat)
    {
        fixed (Stat_t* p = &stat)
        {
            return fstatat(_AT_FDCWD, path, p, 0);
        }
    }

    /// <summary>Sets the owner and the group of <paramref name="path"/> itself, not of what a link leads to. err is an Errno. Go: src/syscall/syscall_linux_arm64.go.</summary>
    public static error? Lchown(string path, int uid, int gid)
    {
        return Fchownat(_AT_FDCWD, path, uid, gid, _AT_SYMLINK_NOFOLLOW);
    }

    /// <summary>Does what Stat does, for a link itself. Go: src/syscall/syscall_linux_arm64.go.</summary>
    public static unsafe error? Lstat(string path, ref Stat_t stat)
    {
        fixed (Stat_t* p = &stat)
        {
            return fstatat(_AT_FDCWD, path, p, _AT_SYMLINK_NOFOLLOW);
        }
    }

    internal static Timespec setTimespec(int64 sec, int64 nsec)
    {
        return new Timespec { Sec = sec, Nsec = nsec };
    }

    internal static Timeval setTimeval(int64 sec, int64 usec)
    {
        return new Timeval { Sec = sec, Usec = usec };
    }

    // prlimit64 comes first here, as on the architectures whose getrlimit is old (Go's issue 38604).

    /// <summary>Stores the limits of <paramref name="resource"/> (RLIMIT_...) into <paramref name="rlim"/>. err is an Errno. Go: src/syscall/syscall_linux_arm64.go.</summary>
    public static unsafe error? Getrlimit(int resource, ref Rlimit rlim)
    {
        fixed (Rlimit* p = &rlim)
        {
            var err = prlimit(0, resource, null, p);
            if (err != ENOSYS)
            {
                return err;
            }
            return getrlimit(resource, p);
        }
    }

    /// <summary>Sets the limits of <paramref name="resource"/> (RLIMIT_...) to <paramref name="rlim"/>. err is an Errno. Go: src/syscall/syscall_linux_arm64.go.</summary>
    public static unsafe error? Setrlimit(int resource, in Rlimit rlim)
    {
        fixed (Rlimit* p = &rlim)
        {
            var err = prlimit(0, resource, p, null);
            if (err != ENOSYS)
            {
                return err;
            }
            return setrlimit(resource, p);
        }
    }

    public partial struct Iovec
    {
        /// <summary>Sets Len, in bytes. Go: src/syscall/syscall_linux_arm64.go.</summary>
        public void SetLen(int length)
        {
            Len = (uint64)length;
        }
    }

    public partial struct Msghdr
    {
        /// <summary>Sets Controllen, in bytes. Go: src/syscall/syscall_linux_arm64.go.</summary>
        public void SetControllen(int length)
        {
            Controllen = (uint64)length;
        }
    }

    public partial struct Cmsghdr
    {
        /// <summary>Sets Len, in bytes, the head included. Go: src/syscall/syscall_linux_arm64.go.</summary>
        public void SetLen(int length)
        {
            Len = (uint64)length;
        }
    }
}
