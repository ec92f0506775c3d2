// Ports src/syscall/syscall_unix.go of go1.20.

using System.Diagnostics.CodeAnalysis;
using System.Text;
using _Socklen = System.UInt32;

namespace golang;

public static partial class syscall
{
    public static int Stdin = 0;
    public static int Stdout = 1;
    public static int Stderr = 2;

    // Returns the index of the first NUL in n, or the length of n when it has none.
    internal static int clen(ReadOnlySpan<byte> n)
    {
        if (n.IndexOf((byte)0) is var i && i != -1)
        {
            return i;
        }
        return n.Length;
    }

    // PORT(subset): the manager of memory mappings (mmapper, Mmap, Munmap) is left out.

    /// <summary>
    /// A number that says why a call failed. It is an error. By convention zero is none, so that an Errno becomes an error by
    /// <c>error? err = null; if (errno != 0) err = errno;</c>
    /// Compare with errors.Is to find what package os means: <c>errors.Is(err, fs.ErrNotExist)</c>. Go: src/syscall/syscall_unix.go.
    /// </summary>
    public readonly struct Errno : error, timeout, temporary, isser, IEquatable<Errno>
    {
        internal readonly uintptr n;

        public Errno(uintptr n)
        {
            this.n = n;
        }

        // PORT(errno): Go's conversions and comparisons of numbers and interface values, as operators.
        public static implicit operator Errno(int n)
        {
            return new Errno((uintptr)n);
        }

        public static implicit operator Errno(uintptr n)
        {
            return new Errno(n);
        }

        public static explicit operator int(Errno e)
        {
            return (int)e.n;
        }

        public static explicit operator uintptr(Errno e)
        {
            return e.n;
        }

        public static bool operator ==(Errno a, Errno b)
        {
            return a.n == b.n;
        }

        public static bool operator !=(Errno a, Errno b)
        {
            return a.n != b.n;
        }

        public static bool operator ==(error? err, Errno b)
        {
            return err is Errno e && e.n == b.n;
        }

        public static bool operator !=(error? err, Errno b)
        {
            return !(err == b);
        }

        public bool Equals(Errno other)
        {
            return n == other.n;
        }

        public override bool Equals([NotNullWhen(true)] object? obj)
        {
            return obj is Errno e && e.n == n;
        }

        public override int GetHashCode()
        {
            return n.GetHashCode();
        }

        public override string ToString()
        {
            return Error();
        }

        /// <summary>Returns the text of the error, "errno N" when there is none. Go: src/syscall/syscall_unix.go.</summary>
        public string Error()
        {
            if (0 <= (int)n && (int)n < errors.Length)
            {
                var s = errors[(int)n];
                if (s != "")
                {
                    return s;
                }
            }
            return "errno " + ((int)n).ToString();
        }

        /// <summary>Reports whether the error is one of those that <paramref name="target"/>, an error of package os, stands for.
        /// Go: src/syscall/syscall_unix.go.</summary>
        public bool Is(error? target)
        {
            if (target == oserror.ErrPermission)
            {
                return this == EACCES || this == EPERM;
            }
            if (target == oserror.ErrExist)
            {
                return this == EEXIST || this == ENOTEMPTY;
            }
            if (target == oserror.ErrNotExist)
            {
                return this == ENOENT;
            }
            return false;
        }

        /// <summary>Reports whether the call may succeed when it is made again. Go: src/syscall/syscall_unix.go.</summary>
        public bool Temporary()
        {
            return this == EINTR || this == EMFILE || this == ENFILE || Timeout();
        }

        /// <summary>Reports whether the error says that the time was not enough. Go: src/syscall/syscall_unix.go.</summary>
        public bool Timeout()
        {
            return this == EAGAIN || this == EWOULDBLOCK || this == ETIMEDOUT;
        }
    }

    // The interface values of the numbers are made once.
    // PORT(errno): Go has its common three here; its runtime never allocates for the others either, as they are below 256.
    internal static readonly error[] errnoErrs = boxErrnos(256);

    // PORT(errno)
    internal static error[] boxErrnos(int n)
    {
        var a = new error[n];
        for (var i = 0; i < n; i++)
        {
            a[i] = new Errno((uintptr)i);
        }
        return a;
    }

    internal static error errEAGAIN => errnoErrs[(int)EAGAIN];
    internal static error errEINVAL => errnoErrs[(int)EINVAL];
    internal static error errENOENT => errnoErrs[(int)ENOENT];

    // Returns the interface value of e without allocating, null for 0.
    // PORT(errno): a table for all of them.
    internal static error? errnoErr(Errno e)
    {
        if (e.n == 0)
        {
            return null;
        }
        if (e.n < (uintptr)errnoErrs.Length)
        {
            return errnoErrs[(int)e.n];
        }
        return e;
    }

    /// <summary>The number of a signal. Go: src/syscall/syscall_unix.go.</summary>
    public readonly struct Signal : IEquatable<Signal>
    {
        // PORT(name): Go's method Signal, which only marks the type, is left out: a C# member cannot have the name of its type.
        internal readonly int n;

        public Signal(int n)
        {
            this.n = n;
        }

        public static implicit operator Signal(int n)
        {
            return new Signal(n);
        }

        public static explicit operator int(Signal s)
        {
            return s.n;
        }

        public static bool operator ==(Signal a, Signal b)
        {
            return a.n == b.n;
        }

        public static bool operator !=(Signal a, Signal b)
        {
            return a.n != b.n;
        }

        public bool Equals(Signal other)
        {
            return n == other.n;
        }

        public override bool Equals([NotNullWhen(true)] object? obj)
        {
            return obj is Signal s && s.n == n;
        }

        public override int GetHashCode()
        {
            return n;
        }

        public override string ToString()
        {
            return String();
        }

        /// <summary>Returns the text of the signal, "signal N" when there is none. Go: src/syscall/syscall_unix.go.</summary>
        public string String()
        {
            if (0 <= n && n < signals.Length)
            {
                var str = signals[n];
                if (str != "")
                {
                    return str;
                }
            }
            return "signal " + n.ToString();
        }
    }

    /// <summary>Reads up to p.Length bytes from <paramref name="fd"/>; n is their number, 0 at the end of the file.
    /// err is an Errno, and n is -1 then. Go: src/syscall/syscall_unix.go.</summary>
    public static (int n, error? err) Read(int fd, Span<byte> p)
    {
        var (n, err) = read(fd, p);
        // PORT(race): what p and ioSync tell the race, memory and address detectors is left out.
        return (n, err);
    }

    /// <summary>Writes <paramref name="p"/> to <paramref name="fd"/>; n is the number of bytes written, perhaps fewer than p has.
    /// err is an Errno, and n is -1 then. Go: src/syscall/syscall_unix.go.</summary>
    public static (int n, error? err) Write(int fd, ReadOnlySpan<byte> p)
    {
        // PORT(race): as in Read.
        // PORT(faketime): the marked output of the playground is left out.
        var (n, err) = write(fd, p);
        // PORT(race)
        return (n, err);
    }

    /// <summary>Reads like Read, but at <paramref name="offset"/> bytes from the start; the position stays.
    /// Go: src/syscall/syscall_unix.go.</summary>
    public static (int n, error? err) Pread(int fd, Span<byte> p, int64 offset)
    {
        var (n, err) = pread(fd, p, offset);
        // PORT(race): as in Read.
        return (n, err);
    }

    /// <summary>Writes like Write, but at <paramref name="offset"/> bytes from the start; the position stays.
    /// Go: src/syscall/syscall_unix.go.</summary>
    public static (int n, error? err) Pwrite(int fd, ReadOnlySpan<byte> p, int64 offset)
    {
        // PORT(race): as in Read.
        var (n, err) = pwrite(fd, p, offset);
        // PORT(race)
        return (n, err);
    }

    // For tests: when set, making an IPv6 socket fails with EAFNOSUPPORT.
    public static bool SocketDisableIPv6;

    /// <summary>The address of a socket. Go: src/syscall/syscall_unix.go.</summary>
    public abstract class Sockaddr
    {
        internal Sockaddr()
        {
        }

        // Internal, so that only this package can define addresses.
        // PORT(sockaddr): Go's objects have a raw form inside and return its address; an object of the CLR moves,
        // so the raw form is written into *raw, zeroed room on the caller's stack, and only its length is returned.
        internal abstract unsafe (_Socklen len, error? err) sockaddr(RawSockaddrAny* raw);
    }

    /// <summary>An IPv4 address and a port in host byte order. Go: src/syscall/syscall_unix.go.</summary>
    public sealed partial class SockaddrInet4 : Sockaddr
    {
        public int Port;
        public InlineArray4<byte> Addr;
        // PORT(sockaddr): raw.
    }

    /// <summary>An IPv6 address, the index of its zone, and a port in host byte order. Go: src/syscall/syscall_unix.go.</summary>
    public sealed partial class SockaddrInet6 : Sockaddr
    {
        public int Port;
        public uint32 ZoneId;
        public InlineArray16<byte> Addr;
        // PORT(sockaddr): raw.
    }

    /// <summary>The address of a Unix domain socket; a name that starts with @ is abstract. Go: src/syscall/syscall_unix.go.</summary>
    public sealed partial class SockaddrUnix : Sockaddr
    {
        public string Name = "";
        // PORT(sockaddr): raw.
    }

    /// <summary>Gives the socket <paramref name="fd"/> the local address <paramref name="sa"/>.
    /// err is an Errno, EINVAL for an impossible port or name. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? Bind(int fd, Sockaddr sa)
    {
        RawSockaddrAny raw = default;
        var (n, err) = sa.sockaddr(&raw);
        if (err != null)
        {
            return err;
        }
        return bind(fd, &raw, n);
    }

    /// <summary>Connects the socket <paramref name="fd"/> to <paramref name="sa"/>.
    /// err is an Errno, EINPROGRESS when a non-blocking socket goes on by itself. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? Connect(int fd, Sockaddr sa)
    {
        RawSockaddrAny raw = default;
        var (n, err) = sa.sockaddr(&raw);
        if (err != null)
        {
            return err;
        }
        return connect(fd, &raw, n);
    }

    /// <summary>Returns the address of the peer of the socket <paramref name="fd"/>. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe (Sockaddr? sa, error? err) Getpeername(int fd)
    {
        RawSockaddrAny rsa = default;
        _Socklen len = SizeofSockaddrAny;
        if (getpeername(fd, &rsa, &len) is error err)
        {
            return (null, err);
        }
        return anyToSockaddr(&rsa);
    }

    /// <summary>Returns the value of an option of four bytes. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe (int value, error? err) GetsockoptInt(int fd, int level, int opt)
    {
        int32 n = 0;
        _Socklen vallen = 4;
        var err = getsockopt(fd, level, opt, &n, &vallen);
        return (n, err);
    }

    /// <summary>Receives up to p.Length bytes from a socket; n is their number, from the sender when the socket is not connected.
    /// err is an Errno, and n is -1 then. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe (int n, Sockaddr? from, error? err) Recvfrom(int fd, Span<byte> p, int flags)
    {
        Sockaddr? from = null;
        RawSockaddrAny rsa = default;
        _Socklen len = SizeofSockaddrAny;
        var (n, err) = recvfrom(fd, p, flags, &rsa, &len);
        if (err != null)
        {
            return (n, from, err);
        }
        if (rsa.Addr.Family != AF_UNSPEC)
        {
            (from, err) = anyToSockaddr(&rsa);
        }
        return (n, from, err);
    }

    internal static unsafe (int n, error? err) recvfromInet4(int fd, Span<byte> p, int flags, SockaddrInet4 from)
    {
        RawSockaddrAny rsa = default;
        _Socklen socklen = SizeofSockaddrAny;
        var (n, err) = recvfrom(fd, p, flags, &rsa, &socklen);
        if (err != null)
        {
            return (n, err);
        }
        var pp = (RawSockaddrInet4*)&rsa;
        var port = (byte*)&pp->Port;
        from.Port = (port[0] << 8) + port[1];
        from.Addr = pp->Addr;
        return (n, err);
    }

    internal static unsafe (int n, error? err) recvfromInet6(int fd, Span<byte> p, int flags, SockaddrInet6 from)
    {
        RawSockaddrAny rsa = default;
        _Socklen socklen = SizeofSockaddrAny;
        var (n, err) = recvfrom(fd, p, flags, &rsa, &socklen);
        if (err != null)
        {
            return (n, err);
        }
        var pp = (RawSockaddrInet6*)&rsa;
        var port = (byte*)&pp->Port;
        from.Port = (port[0] << 8) + port[1];
        from.ZoneId = pp->Scope_id;
        from.Addr = pp->Addr;
        return (n, err);
    }

    internal static unsafe (int n, int oobn, int recvflags, error? err) recvmsgInet4(int fd, Span<byte> p, Span<byte> oob, int flags, SockaddrInet4 from)
    {
        RawSockaddrAny rsa = default;
        var (n, oobn, recvflags, err) = recvmsgRaw(fd, p, oob, flags, &rsa);
        if (err != null)
        {
            return (n, oobn, recvflags, err);
        }
        var pp = (RawSockaddrInet4*)&rsa;
        var port = (byte*)&pp->Port;
        from.Port = (port[0] << 8) + port[1];
        from.Addr = pp->Addr;
        return (n, oobn, recvflags, err);
    }

    internal static unsafe (int n, int oobn, int recvflags, error? err) recvmsgInet6(int fd, Span<byte> p, Span<byte> oob, int flags, SockaddrInet6 from)
    {
        RawSockaddrAny rsa = default;
        var (n, oobn, recvflags, err) = recvmsgRaw(fd, p, oob, flags, &rsa);
        if (err != null)
        {
            return (n, oobn, recvflags, err);
        }
        var pp = (RawSockaddrInet6*)&rsa;
        var port = (byte*)&pp->Port;
        from.Port = (port[0] << 8) + port[1];
        from.ZoneId = pp->Scope_id;
        from.Addr = pp->Addr;
        return (n, oobn, recvflags, err);
    }

    /// <summary>Receives data into <paramref name="p"/> and control messages into <paramref name="oob"/>: n and oobn are the
    /// numbers of bytes, recvflags what the kernel says (MSG_TRUNC, ...), from the sender when the socket is not connected.
    /// err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe (int n, int oobn, int recvflags, Sockaddr? from, error? err) Recvmsg(int fd, Span<byte> p, Span<byte> oob, int flags)
    {
        Sockaddr? from = null;
        RawSockaddrAny rsa = default;
        var (n, oobn, recvflags, err) = recvmsgRaw(fd, p, oob, flags, &rsa);
        // a connected socket leaves the sender's address out
        if (rsa.Addr.Family != AF_UNSPEC)
        {
            (from, err) = anyToSockaddr(&rsa);
        }
        return (n, oobn, recvflags, from, err);
    }

    /// <summary>Sends like SendmsgN, without the number of bytes. Go: src/syscall/syscall_unix.go.</summary>
    public static error? Sendmsg(int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, Sockaddr? to, int flags)
    {
        var (_, err) = SendmsgN(fd, p, oob, to, flags);
        return err;
    }

    /// <summary>Sends the data <paramref name="p"/> and the control messages <paramref name="oob"/> to <paramref name="to"/>, or to
    /// the peer when it is null; n is the number of bytes of p that went. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    // PORT(sockaddr): the address lies in storage of ours.
    public static unsafe (int n, error? err) SendmsgN(int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, Sockaddr? to, int flags)
    {
        RawSockaddrAny raw = default;
        void* ptr = null;
        _Socklen salen = 0;
        if (to != null)
        {
            (salen, var err) = to.sockaddr(&raw);
            if (err != null)
            {
                return (0, err);
            }
            ptr = &raw;
        }
        return sendmsgN(fd, p, oob, ptr, salen, flags);
    }

    internal static unsafe (int n, error? err) sendmsgNInet4(int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, SockaddrInet4 to, int flags)
    {
        RawSockaddrAny raw = default;
        var (salen, err) = to.sockaddr(&raw);
        if (err != null)
        {
            return (0, err);
        }
        return sendmsgN(fd, p, oob, &raw, salen, flags);
    }

    internal static unsafe (int n, error? err) sendmsgNInet6(int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, SockaddrInet6 to, int flags)
    {
        RawSockaddrAny raw = default;
        var (salen, err) = to.sockaddr(&raw);
        if (err != null)
        {
            return (0, err);
        }
        return sendmsgN(fd, p, oob, &raw, salen, flags);
    }

    internal static unsafe error? sendtoInet4(int fd, ReadOnlySpan<byte> p, int flags, SockaddrInet4 to)
    {
        RawSockaddrAny raw = default;
        var (n, err) = to.sockaddr(&raw);
        if (err != null)
        {
            return err;
        }
        return sendto(fd, p, flags, &raw, n);
    }

    internal static unsafe error? sendtoInet6(int fd, ReadOnlySpan<byte> p, int flags, SockaddrInet6 to)
    {
        RawSockaddrAny raw = default;
        var (n, err) = to.sockaddr(&raw);
        if (err != null)
        {
            return err;
        }
        return sendto(fd, p, flags, &raw, n);
    }

    /// <summary>Sends <paramref name="p"/> to <paramref name="to"/>, or to the peer when it is null. err is an Errno.
    /// Go: src/syscall/syscall_unix.go.</summary>
    // PORT(sockaddr): the address lies in storage of ours.
    public static unsafe error? Sendto(int fd, ReadOnlySpan<byte> p, int flags, Sockaddr? to)
    {
        RawSockaddrAny raw = default;
        void* ptr = null;
        _Socklen salen = 0;
        if (to != null)
        {
            (salen, var err) = to.sockaddr(&raw);
            if (err != null)
            {
                return err;
            }
            ptr = &raw;
        }
        return sendto(fd, p, flags, ptr, salen);
    }

    /// <summary>Sets an option of one byte. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptByte(int fd, int level, int opt, byte value)
    {
        return setsockopt(fd, level, opt, &value, 1);
    }

    /// <summary>Sets an option of four bytes. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptInt(int fd, int level, int opt, int value)
    {
        int32 n = value;
        return setsockopt(fd, level, opt, &n, 4);
    }

    /// <summary>Sets an option that is an IPv4 address. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptInet4Addr(int fd, int level, int opt, InlineArray4<byte> value)
    {
        return setsockopt(fd, level, opt, &value, 4);
    }

    /// <summary>Sets an option that joins or leaves an IPv4 group. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptIPMreq(int fd, int level, int opt, in IPMreq mreq)
    {
        fixed (IPMreq* p = &mreq)
        {
            return setsockopt(fd, level, opt, p, SizeofIPMreq);
        }
    }

    /// <summary>Sets an option that joins or leaves an IPv6 group. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptIPv6Mreq(int fd, int level, int opt, in IPv6Mreq mreq)
    {
        fixed (IPv6Mreq* p = &mreq)
        {
            return setsockopt(fd, level, opt, p, SizeofIPv6Mreq);
        }
    }

    /// <summary>Sets the types of ICMPv6 message that the socket does not get. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptICMPv6Filter(int fd, int level, int opt, in ICMPv6Filter filter)
    {
        fixed (ICMPv6Filter* p = &filter)
        {
            return setsockopt(fd, level, opt, p, SizeofICMPv6Filter);
        }
    }

    /// <summary>Sets how long closing waits for unsent data. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptLinger(int fd, int level, int opt, in Linger l)
    {
        fixed (Linger* p = &l)
        {
            return setsockopt(fd, level, opt, p, SizeofLinger);
        }
    }

    /// <summary>Sets an option that is a string. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptString(int fd, int level, int opt, string s)
    {
        // PORT(utf8): a Go string is bytes; here its UTF-16 is encoded.
        var b = Encoding.UTF8.GetBytes(s);
        fixed (byte* p = b) // null when b is empty
        {
            return setsockopt(fd, level, opt, p, (uintptr)b.Length);
        }
    }

    /// <summary>Sets an option that is a duration. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe error? SetsockoptTimeval(int fd, int level, int opt, in Timeval tv)
    {
        fixed (Timeval* p = &tv)
        {
            return setsockopt(fd, level, opt, p, (uintptr)sizeof(Timeval));
        }
    }

    /// <summary>Makes a socket; fd is its descriptor, -1 on failure. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static (int fd, error? err) Socket(int domain, int typ, int proto)
    {
        if (domain == AF_INET6 && SocketDisableIPv6)
        {
            return (-1, errnoErr(EAFNOSUPPORT)); // PORT(errno): boxed once
        }
        var (fd, err) = socket(domain, typ, proto);
        return (fd, err);
    }

    /// <summary>Makes two sockets that are connected to each other. err is an Errno. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe (InlineArray2<int> fd, error? err) Socketpair(int domain, int typ, int proto)
    {
        InlineArray2<int> fd = default;
        var fdx = stackalloc int32[2];
        var err = socketpair(domain, typ, proto, fdx);
        if (err == null)
        {
            fd[0] = fdx[0];
            fd[1] = fdx[1];
        }
        return (fd, err);
    }

    /// <summary>Copies up to <paramref name="count"/> bytes from the file <paramref name="infd"/> to <paramref name="outfd"/> inside
    /// the kernel, from <paramref name="offset"/> or, when it is nil, from the file's position; written is their number.
    /// err is an Errno, and written is -1 then. Go: src/syscall/syscall_unix.go.</summary>
    public static unsafe (int written, error? err) Sendfile(int outfd, int infd, ptr<int64> offset, int count)
    {
        // PORT(race): as in Read.
        return sendfile(outfd, infd, offset.p, count);
    }
}
