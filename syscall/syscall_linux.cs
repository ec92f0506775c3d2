// Ports src/syscall/syscall_linux.go of go1.20.

// System calls of Linux. Go's file is also the input of mksyscall, which makes the wrappers of its //sys lines:
// they are in zsyscall_linux_amd64.cs and zsyscall_linux_arm64.cs. A lower-case wrapper has a nicer form of it here.

using System.Text;
using _Gid_t = System.UInt32;
using _Socklen = System.UInt32;
using runtimesyscall = golang.runtime_internal.syscall;

namespace golang;

public static partial class syscall
{
    // runtime/internal/syscall has the body. Its errno is an uintptr, as an Errno is.

    /// <summary>Makes the system call <paramref name="trap"/> without telling the scheduler: only for calls that never block.
    /// Go: src/syscall/syscall_linux.go.</summary>
    // PORT(rawsyscall): bound below, in another class; its results are words.
    public static (uintptr r1, uintptr r2, Errno err) RawSyscall6(uintptr trap, uintptr a1, uintptr a2, uintptr a3, uintptr a4, uintptr a5, uintptr a6)
    {
        var (r1, r2, errno) = runtimesyscall.RawSyscall6(trap, a1, a2, a3, a4, a5, a6);
        return (r1, r2, errno);
    }

    // Syscall and Syscall6 wrap the call in the scheduler's entersyscall and exitsyscall.

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "entersyscall")]
    internal static extern void runtime_entersyscall([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "exitsyscall")]
    internal static extern void runtime_exitsyscall([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    // PORT(stack): Go's notes here keep the stack from moving under pointers that were made uintptrs. In the port the
    // caller pins what it passes the address of, for as long as the call lasts.

    /// <summary>Does what RawSyscall6 does, with three arguments. Go: src/syscall/syscall_linux.go.</summary>
    public static (uintptr r1, uintptr r2, Errno err) RawSyscall(uintptr trap, uintptr a1, uintptr a2, uintptr a3)
    {
        return RawSyscall6(trap, a1, a2, a3, 0, 0, 0);
    }

    /// <summary>Makes the system call <paramref name="trap"/>, which may block: the scheduler can give the P to others meanwhile.
    /// err is 0 when it succeeded. Go: src/syscall/syscall_linux.go.</summary>
    public static (uintptr r1, uintptr r2, Errno err) Syscall(uintptr trap, uintptr a1, uintptr a2, uintptr a3)
    {
        runtime_entersyscall(null);
        // From here there is no P: nothing between the two may need one.
        // PORT(rawsyscall): Go makes a raw call in between; the port's raw calls hold up the CLR's collector, so it takes the
        // ordinary transition, with which the collector does not wait for a thread in the kernel.
        var (r1, r2, err) = runtimesyscall.Syscall6(trap, a1, a2, a3, 0, 0, 0);
        runtime_exitsyscall(null);
        return (r1, r2, err);
    }

    /// <summary>Does what Syscall does, with six arguments. Go: src/syscall/syscall_linux.go.</summary>
    public static (uintptr r1, uintptr r2, Errno err) Syscall6(uintptr trap, uintptr a1, uintptr a2, uintptr a3, uintptr a4, uintptr a5, uintptr a6)
    {
        runtime_entersyscall(null);
        // PORT(rawsyscall): as in Syscall.
        var (r1, r2, err) = runtimesyscall.Syscall6(trap, a1, a2, a3, a4, a5, a6);
        runtime_exitsyscall(null);
        return (r1, r2, err);
    }

    // PORT(asm): an assembly function in Go.
    internal static (uintptr r1, uintptr r2) rawSyscallNoError(uintptr trap, uintptr a1, uintptr a2, uintptr a3)
    {
        var (r1, r2, _) = runtimesyscall.RawSyscall6(trap, a1, a2, a3, 0, 0, 0);
        return (r1, r2);
    }

    // PORT(subset): of what follows, only the functions that the ported packages use are here.

    // Wrapped

    /// <summary>Sets the permission bits of <paramref name="path"/> to <paramref name="mode"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Chmod(string path, uint32 mode)
    {
        return Fchmodat(_AT_FDCWD, path, mode, 0);
    }

    /// <summary>Sets the owner and the group of <paramref name="path"/>; -1 leaves one unchanged. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Chown(string path, int uid, int gid)
    {
        return Fchownat(_AT_FDCWD, path, uid, gid, 0);
    }

    /// <summary>Sets the permission bits of <paramref name="path"/>, relative to the directory <paramref name="dirfd"/>.
    /// err is an Errno: EOPNOTSUPP for _AT_SYMLINK_NOFOLLOW, EINVAL for any other flag. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Fchmodat(int dirfd, string path, uint32 mode, int flags)
    {
        // The kernel's fchmodat has no flags. Look at them as glibc does: were they passed over, the mode would go to
        // what the link leads to, which is not what the caller wants.
        if ((flags & ~_AT_SYMLINK_NOFOLLOW) != 0)
        {
            return errEINVAL;
        }
        else if ((flags & _AT_SYMLINK_NOFOLLOW) != 0)
        {
            return errnoErr(EOPNOTSUPP); // PORT(errno): boxed once
        }
        return fchmodat(dirfd, path, mode);
    }

    /// <summary>Makes <paramref name="newpath"/> another name of <paramref name="oldpath"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Link(string oldpath, string newpath)
    {
        return linkat(_AT_FDCWD, oldpath, _AT_FDCWD, newpath, 0);
    }

    /// <summary>Makes the directory <paramref name="path"/> with the permissions <paramref name="mode"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Mkdir(string path, uint32 mode)
    {
        return Mkdirat(_AT_FDCWD, path, mode);
    }

    /// <summary>Makes the node <paramref name="path"/> of the type and permissions in <paramref name="mode"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Mknod(string path, uint32 mode, int dev)
    {
        return Mknodat(_AT_FDCWD, path, mode, dev);
    }

    /// <summary>Opens <paramref name="path"/> as <paramref name="mode"/> (O_...) says; a new file gets the permissions
    /// <paramref name="perm"/>. fd is the descriptor, -1 on failure. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static (int fd, error? err) Open(string path, int mode, uint32 perm)
    {
        return openat(_AT_FDCWD, path, mode | O_LARGEFILE, perm);
    }

    /// <summary>Does what Open does, relative to the directory <paramref name="dirfd"/>. Go: src/syscall/syscall_linux.go.</summary>
    public static (int fd, error? err) Openat(int dirfd, string path, int flags, uint32 mode)
    {
        return openat(dirfd, path, flags | O_LARGEFILE, mode);
    }

    /// <summary>Makes a pipe: p[0] is the end to read, p[1] the end to write. err is an Errno, EINVAL when
    /// <paramref name="p"/> has not two elements. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Pipe(Span<int> p)
    {
        return Pipe2(p, 0);
    }

    /// <summary>Does what Pipe does, with <paramref name="flags"/> (O_CLOEXEC, O_NONBLOCK). Go: src/syscall/syscall_linux.go.</summary>
    public static unsafe error? Pipe2(Span<int> p, int flags)
    {
        if (p.Length != 2)
        {
            return errEINVAL;
        }
        var pp = stackalloc int32[2];
        var err = pipe2(pp, flags);
        if (err == null)
        {
            p[0] = pp[0];
            p[1] = pp[1];
        }
        return err;
    }

    /// <summary>Stores what the link <paramref name="path"/> leads to into <paramref name="buf"/>, without a NUL, cut off when it
    /// is too long; n is the number of bytes. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static (int n, error? err) Readlink(string path, Span<byte> buf)
    {
        return readlinkat(_AT_FDCWD, path, buf);
    }

    /// <summary>Renames <paramref name="oldpath"/> to <paramref name="newpath"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Rename(string oldpath, string newpath)
    {
        return Renameat(_AT_FDCWD, oldpath, _AT_FDCWD, newpath);
    }

    /// <summary>Removes the empty directory <paramref name="path"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Rmdir(string path)
    {
        return unlinkat(_AT_FDCWD, path, _AT_REMOVEDIR);
    }

    /// <summary>Makes <paramref name="newpath"/> a symbolic link to <paramref name="oldpath"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Symlink(string oldpath, string newpath)
    {
        return symlinkat(oldpath, _AT_FDCWD, newpath);
    }

    /// <summary>Removes the name <paramref name="path"/>, which is no directory. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Unlink(string path)
    {
        return unlinkat(_AT_FDCWD, path, 0);
    }

    /// <summary>Does what Unlink does, relative to the directory <paramref name="dirfd"/>. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Unlinkat(int dirfd, string path)
    {
        return unlinkat(dirfd, path, 0);
    }

    /// <summary>Sets the times of <paramref name="path"/>: ts[0] of access, ts[1] of change. err is an Errno, EINVAL when
    /// <paramref name="ts"/> has not two elements. Go: src/syscall/syscall_linux.go.</summary>
    public static unsafe error? UtimesNano(string path, ReadOnlySpan<Timespec> ts)
    {
        if (ts.Length != 2)
        {
            return errEINVAL;
        }
        fixed (Timespec* p = ts)
        {
            return utimensat(_AT_FDCWD, path, p, 0);
        }
    }

    public const bool ImplementsGetwd = true;

    /// <summary>Returns the path of the current directory. err is an Errno, ENOENT when it cannot be reached from the root.
    /// Go: src/syscall/syscall_linux.go.</summary>
    public static (string wd, error? err) Getwd()
    {
        Span<byte> buf = stackalloc byte[PathMax];
        var (n, err) = Getcwd(buf);
        if (err != null)
        {
            return ("", err);
        }
        // n counts the NUL.
        if (n < 1 || n > buf.Length || buf[n - 1] != 0)
        {
            return ("", errEINVAL);
        }
        // Linux may return a path that starts with "(unreachable)", which could as well be a relative path.
        // So a path that is not absolute is ENOENT.
        if (buf[0] != '/')
        {
            return ("", errENOENT);
        }

        // PORT(utf8): bytes that are no UTF-8 are not kept.
        return (Encoding.UTF8.GetString(buf[..(n - 1)]), null);
    }

    /// <summary>Returns the supplementary groups of the process. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static unsafe (int[]? gids, error? err) Getgroups()
    {
        var (n, err) = getgroups(0, null);
        if (err != null)
        {
            return (null, err);
        }
        if (n == 0)
        {
            return (null, null);
        }

        // A number that cannot be: Linux has at most 1<<16 groups.
        if (n < 0 || n > 1 << 20)
        {
            return (null, errEINVAL);
        }

        var a = new _Gid_t[n];
        fixed (_Gid_t* p = a)
        {
            (n, err) = getgroups(n, p);
        }
        if (err != null)
        {
            return (null, err);
        }
        var gids = new int[n];
        for (var i = 0; i < n; i++)
        {
            gids[i] = (int)a[i];
        }
        return (gids, err);
    }

    /// <summary>Makes the named pipe <paramref name="path"/> with the permissions <paramref name="mode"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? Mkfifo(string path, uint32 mode)
    {
        return Mknod(path, mode | S_IFIFO, 0);
    }

    public sealed partial class SockaddrInet4
    {
        // PORT(sockaddr): fills storage of the caller's.
        internal override unsafe (_Socklen len, error? err) sockaddr(RawSockaddrAny* rsa)
        {
            if (Port < 0 || Port > 0xFFFF)
            {
                return (0, errEINVAL);
            }
            var raw = (RawSockaddrInet4*)rsa;
            raw->Family = AF_INET;
            var p = (byte*)&raw->Port;
            p[0] = (byte)(Port >> 8);
            p[1] = (byte)Port;
            raw->Addr = Addr;
            return (SizeofSockaddrInet4, null);
        }
    }

    public sealed partial class SockaddrInet6
    {
        // PORT(sockaddr): fills storage of the caller's.
        internal override unsafe (_Socklen len, error? err) sockaddr(RawSockaddrAny* rsa)
        {
            if (Port < 0 || Port > 0xFFFF)
            {
                return (0, errEINVAL);
            }
            var raw = (RawSockaddrInet6*)rsa;
            raw->Family = AF_INET6;
            var p = (byte*)&raw->Port;
            p[0] = (byte)(Port >> 8);
            p[1] = (byte)Port;
            raw->Scope_id = ZoneId;
            raw->Addr = Addr;
            return (SizeofSockaddrInet6, null);
        }
    }

    public sealed partial class SockaddrUnix
    {
        // PORT(sockaddr): fills storage of the caller's.
        internal override unsafe (_Socklen len, error? err) sockaddr(RawSockaddrAny* rsa)
        {
            // PORT(utf8): the name's bytes are its UTF-8.
            var name = Name;
            var n = Encoding.UTF8.GetByteCount(name);
            var raw = (RawSockaddrUnix*)rsa;
            var path = new Span<byte>(raw->Path, sizeof(RawSockaddrUnix) - sizeof(uint16));
            if (n > path.Length)
            {
                return (0, errEINVAL);
            }
            if (n == path.Length && name[0] != '@')
            {
                return (0, errEINVAL);
            }
            raw->Family = AF_UNIX;
            Encoding.UTF8.GetBytes(name, path);
            // The length counts the family (a uint16), the name and a NUL.
            _Socklen sl = 2;
            if (n > 0)
            {
                sl += (_Socklen)n + 1;
            }
            if (raw->Path[0] == '@')
            {
                raw->Path[0] = 0;
                // The NUL at the end does not belong to an abstract address.
                sl--;
            }

            return (sl, null);
        }
    }

    /// <summary>The address of a packet socket. Go: src/syscall/syscall_linux.go.</summary>
    public sealed class SockaddrLinklayer : Sockaddr
    {
        public uint16 Protocol;
        public int Ifindex;
        public uint16 Hatype;
        public uint8 Pkttype;
        public uint8 Halen;
        public InlineArray8<byte> Addr;
        // PORT(sockaddr): raw.

        // PORT(sockaddr): fills storage of the caller's.
        internal override unsafe (_Socklen len, error? err) sockaddr(RawSockaddrAny* rsa)
        {
            if (Ifindex < 0 || Ifindex > 0x7fffffff)
            {
                return (0, errEINVAL);
            }
            var raw = (RawSockaddrLinklayer*)rsa;
            raw->Family = AF_PACKET;
            raw->Protocol = Protocol;
            raw->Ifindex = Ifindex;
            raw->Hatype = Hatype;
            raw->Pkttype = Pkttype;
            raw->Halen = Halen;
            raw->Addr = Addr;
            return (SizeofSockaddrLinklayer, null);
        }
    }

    /// <summary>The address of a netlink socket. Go: src/syscall/syscall_linux.go.</summary>
    public sealed class SockaddrNetlink : Sockaddr
    {
        public uint16 Family;
        public uint16 Pad;
        public uint32 Pid;
        public uint32 Groups;
        // PORT(sockaddr): raw.

        // PORT(sockaddr): fills storage of the caller's.
        internal override unsafe (_Socklen len, error? err) sockaddr(RawSockaddrAny* rsa)
        {
            var raw = (RawSockaddrNetlink*)rsa;
            raw->Family = AF_NETLINK;
            raw->Pad = Pad;
            raw->Pid = Pid;
            raw->Groups = Groups;
            return (SizeofSockaddrNetlink, null);
        }
    }

    internal static unsafe (Sockaddr? sa, error? err) anyToSockaddr(RawSockaddrAny* rsa)
    {
        switch (rsa->Addr.Family)
        {
            case AF_NETLINK:
                {
                    var pp = (RawSockaddrNetlink*)rsa;
                    var sa = new SockaddrNetlink();
                    sa.Family = pp->Family;
                    sa.Pad = pp->Pad;
                    sa.Pid = pp->Pid;
                    sa.Groups = pp->Groups;
                    return (sa, null);
                }

            case AF_PACKET:
                {
                    var pp = (RawSockaddrLinklayer*)rsa;
                    var sa = new SockaddrLinklayer();
                    sa.Protocol = pp->Protocol;
                    sa.Ifindex = pp->Ifindex;
                    sa.Hatype = pp->Hatype;
                    sa.Pkttype = pp->Pkttype;
                    sa.Halen = pp->Halen;
                    sa.Addr = pp->Addr;
                    return (sa, null);
                }

            case AF_UNIX:
                {
                    var pp = (RawSockaddrUnix*)rsa;
                    var sa = new SockaddrUnix();
                    if (pp->Path[0] == 0)
                    {
                        // An abstract address: its first NUL is shown as @, as everybody does.
                        // Writing over it in place is not nice, but no caller minds.
                        pp->Path[0] = (int8)'@';
                    }

                    // The path is taken to end at a NUL. To Linux an abstract address is a blob of bytes that may
                    // have some inside, but this is the custom.
                    var pathlen = sizeof(RawSockaddrUnix) - sizeof(uint16);
                    var n = 0;
                    while (n < pathlen && pp->Path[n] != 0)
                    {
                        n++;
                    }
                    var bytes = new ReadOnlySpan<byte>(pp->Path, n);
                    // PORT(utf8): bytes that are no UTF-8 are not kept.
                    sa.Name = Encoding.UTF8.GetString(bytes);
                    return (sa, null);
                }

            case AF_INET:
                {
                    var pp = (RawSockaddrInet4*)rsa;
                    var sa = new SockaddrInet4();
                    var p = (byte*)&pp->Port;
                    sa.Port = (p[0] << 8) + p[1];
                    sa.Addr = pp->Addr;
                    return (sa, null);
                }

            case AF_INET6:
                {
                    var pp = (RawSockaddrInet6*)rsa;
                    var sa = new SockaddrInet6();
                    var p = (byte*)&pp->Port;
                    sa.Port = (p[0] << 8) + p[1];
                    sa.ZoneId = pp->Scope_id;
                    sa.Addr = pp->Addr;
                    return (sa, null);
                }
        }
        return (null, errnoErr(EAFNOSUPPORT)); // PORT(errno): boxed once
    }

    /// <summary>Does what Accept does, with <paramref name="flags"/> (SOCK_NONBLOCK, SOCK_CLOEXEC) for the new socket. Go: src/syscall/syscall_linux.go.</summary>
    public static unsafe (int nfd, Sockaddr? sa, error? err) Accept4(int fd, int flags)
    {
        Sockaddr? sa = null;
        RawSockaddrAny rsa = default;
        _Socklen len = SizeofSockaddrAny;
        var (nfd, err) = accept4(fd, &rsa, &len, flags);
        if (err != null)
        {
            return (nfd, sa, err);
        }
        if (len > SizeofSockaddrAny)
        {
            builtin.panic("RawSockaddrAny too small");
        }
        (sa, err) = anyToSockaddr(&rsa);
        if (err != null)
        {
            Close(nfd);
            nfd = 0;
        }
        return (nfd, sa, err);
    }

    /// <summary>Returns the local address of the socket <paramref name="fd"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static unsafe (Sockaddr? sa, error? err) Getsockname(int fd)
    {
        RawSockaddrAny rsa = default;
        _Socklen len = SizeofSockaddrAny;
        if (getsockname(fd, &rsa, &len) is error err)
        {
            return (null, err);
        }
        return anyToSockaddr(&rsa);
    }

    /// <summary>Returns an option that is an IPv4 address. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static unsafe (InlineArray4<byte> value, error? err) GetsockoptInet4Addr(int fd, int level, int opt)
    {
        InlineArray4<byte> value = default;
        _Socklen vallen = 4;
        var err = getsockopt(fd, level, opt, &value, &vallen);
        return (value, err);
    }

    /// <summary>Returns an option that is an IPv4 group and the address of its interface. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    // PORT(tuple): a copy, where Go returns a pointer to a new one.
    public static unsafe (IPMreq value, error? err) GetsockoptIPMreq(int fd, int level, int opt)
    {
        IPMreq value = default;
        _Socklen vallen = SizeofIPMreq;
        var err = getsockopt(fd, level, opt, &value, &vallen);
        return (value, err);
    }

    /// <summary>Returns an option that is an IPv4 group and the index of its interface. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    // PORT(tuple): a copy, where Go returns a pointer to a new one.
    public static unsafe (IPMreqn value, error? err) GetsockoptIPMreqn(int fd, int level, int opt)
    {
        IPMreqn value = default;
        _Socklen vallen = SizeofIPMreqn;
        var err = getsockopt(fd, level, opt, &value, &vallen);
        return (value, err);
    }

    /// <summary>Returns an option that is an IPv6 group and the index of its interface. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    // PORT(tuple): a copy, where Go returns a pointer to a new one.
    public static unsafe (IPv6Mreq value, error? err) GetsockoptIPv6Mreq(int fd, int level, int opt)
    {
        IPv6Mreq value = default;
        _Socklen vallen = SizeofIPv6Mreq;
        var err = getsockopt(fd, level, opt, &value, &vallen);
        return (value, err);
    }

    /// <summary>Returns an option that is an IPv6 path and its MTU in bytes. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    // PORT(tuple): a copy, where Go returns a pointer to a new one.
    public static unsafe (IPv6MTUInfo value, error? err) GetsockoptIPv6MTUInfo(int fd, int level, int opt)
    {
        IPv6MTUInfo value = default;
        _Socklen vallen = SizeofIPv6MTUInfo;
        var err = getsockopt(fd, level, opt, &value, &vallen);
        return (value, err);
    }

    /// <summary>Returns an option that is the types of ICMPv6 message that the socket does not get. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    // PORT(tuple): a copy, where Go returns a pointer to a new one.
    public static unsafe (ICMPv6Filter value, error? err) GetsockoptICMPv6Filter(int fd, int level, int opt)
    {
        ICMPv6Filter value = default;
        _Socklen vallen = SizeofICMPv6Filter;
        var err = getsockopt(fd, level, opt, &value, &vallen);
        return (value, err);
    }

    /// <summary>Returns an option that is the credentials of the peer. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    // PORT(tuple): a copy, where Go returns a pointer to a new one.
    public static unsafe (Ucred value, error? err) GetsockoptUcred(int fd, int level, int opt)
    {
        Ucred value = default;
        _Socklen vallen = SizeofUcred;
        var err = getsockopt(fd, level, opt, &value, &vallen);
        return (value, err);
    }

    /// <summary>Sets an option that joins or leaves an IPv4 group on an interface. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static unsafe error? SetsockoptIPMreqn(int fd, int level, int opt, in IPMreqn mreq)
    {
        fixed (IPMreqn* p = &mreq)
        {
            return setsockopt(fd, level, opt, p, (uintptr)sizeof(IPMreqn));
        }
    }

    internal static unsafe (int n, int oobn, int recvflags, error? err) recvmsgRaw(int fd, Span<byte> p, Span<byte> oob, int flags, RawSockaddrAny* rsa)
    {
        int n = 0;
        int oobn = 0;
        int recvflags = 0;
        error? err = null;
        fixed (byte* p0 = p)
        fixed (byte* oob0 = oob)
        {
            Msghdr msg = default;
            msg.Name = (byte*)rsa;
            msg.Namelen = (uint32)SizeofSockaddrAny;
            Iovec iov = default;
            if (p.Length > 0)
            {
                iov.Base = p0;
                iov.SetLen(p.Length);
            }
            byte dummy = 0;
            if (oob.Length > 0)
            {
                if (p.Length == 0)
                {
                    int sockType;
                    (sockType, err) = GetsockoptInt(fd, SOL_SOCKET, SO_TYPE);
                    if (err != null)
                    {
                        return (n, oobn, recvflags, err);
                    }
                    // at least one ordinary byte must come along
                    if (sockType != SOCK_DGRAM)
                    {
                        iov.Base = &dummy;
                        iov.SetLen(1);
                    }
                }
                msg.Control = oob0;
                msg.SetControllen(oob.Length);
            }
            msg.Iov = &iov;
            msg.Iovlen = 1;
            (n, err) = recvmsg(fd, &msg, flags);
            if (err != null)
            {
                return (n, oobn, recvflags, err);
            }
            oobn = (int)msg.Controllen;
            recvflags = msg.Flags;
            return (n, oobn, recvflags, err);
        }
    }

    internal static unsafe (int n, error? err) sendmsgN(int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, void* ptr, _Socklen salen, int flags)
    {
        fixed (byte* p0 = p)
        fixed (byte* oob0 = oob)
        {
            Msghdr msg = default;
            msg.Name = (byte*)ptr;
            msg.Namelen = salen;
            Iovec iov = default;
            if (p.Length > 0)
            {
                iov.Base = p0;
                iov.SetLen(p.Length);
            }
            byte dummy = 0;
            error? err;
            if (oob.Length > 0)
            {
                if (p.Length == 0)
                {
                    int sockType;
                    (sockType, err) = GetsockoptInt(fd, SOL_SOCKET, SO_TYPE);
                    if (err != null)
                    {
                        return (0, err);
                    }
                    // at least one ordinary byte must go along
                    if (sockType != SOCK_DGRAM)
                    {
                        iov.Base = &dummy;
                        iov.SetLen(1);
                    }
                }
                msg.Control = oob0;
                msg.SetControllen(oob.Length);
            }
            msg.Iov = &iov;
            msg.Iovlen = 1;
            (var n, err) = sendmsg(fd, &msg, flags);
            if (err != null)
            {
                return (0, err);
            }
            if (oob.Length > 0 && p.Length == 0)
            {
                n = 0;
            }
            return (n, null);
        }
    }

    /// <summary>Binds the socket <paramref name="fd"/> to the network device <paramref name="device"/>. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static error? BindToDevice(int fd, string device)
    {
        return SetsockoptString(fd, SOL_SOCKET, SO_BINDTODEVICE, device);
    }

    /// <summary>Reads entries of the directory <paramref name="fd"/> into <paramref name="buf"/>; n is the number of bytes, 0 at the
    /// end. err is an Errno. Go: src/syscall/syscall_linux.go.</summary>
    public static (int n, error? err) ReadDirent(int fd, Span<byte> buf)
    {
        return Getdents(fd, buf);
    }

    /// <summary>Returns the process group of the process. Go: src/syscall/syscall_linux.go.</summary>
    public static int Getpgrp()
    {
        var (pid, _) = Getpgid(0);
        return pid;
    }
}
