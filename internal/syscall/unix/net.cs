// Ports src/internal/syscall/unix/net.go of go1.20.

namespace golang;

public static partial class unix
{
    // Bodies are in package syscall, which does not export them.

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "recvfromInet4")]
    internal static extern (int n, error? err) recvfromInet4([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, Span<byte> p, int flags, syscall.SockaddrInet4 from);

    /// <summary>Receives a message into p with recvfrom; stores the IPv4 address it came from into from. Ports src/internal/syscall/unix/net.go.</summary>
    public static (int n, error? err) RecvfromInet4(int fd, Span<byte> p, int flags, syscall.SockaddrInet4 from)
    {
        return recvfromInet4(null, fd, p, flags, from);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "recvfromInet6")]
    internal static extern (int n, error? err) recvfromInet6([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, Span<byte> p, int flags, syscall.SockaddrInet6 from);

    /// <summary>Receives a message into p with recvfrom; stores the IPv6 address it came from into from. Ports src/internal/syscall/unix/net.go.</summary>
    public static (int n, error? err) RecvfromInet6(int fd, Span<byte> p, int flags, syscall.SockaddrInet6 from)
    {
        return recvfromInet6(null, fd, p, flags, from);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sendtoInet4")]
    internal static extern error? sendtoInet4([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, ReadOnlySpan<byte> p, int flags, syscall.SockaddrInet4 to);

    /// <summary>Sends p as one message to an IPv4 address with sendto. Ports src/internal/syscall/unix/net.go.</summary>
    public static error? SendtoInet4(int fd, ReadOnlySpan<byte> p, int flags, syscall.SockaddrInet4 to)
    {
        return sendtoInet4(null, fd, p, flags, to);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sendtoInet6")]
    internal static extern error? sendtoInet6([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, ReadOnlySpan<byte> p, int flags, syscall.SockaddrInet6 to);

    /// <summary>Sends p as one message to an IPv6 address with sendto. Ports src/internal/syscall/unix/net.go.</summary>
    public static error? SendtoInet6(int fd, ReadOnlySpan<byte> p, int flags, syscall.SockaddrInet6 to)
    {
        return sendtoInet6(null, fd, p, flags, to);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sendmsgNInet4")]
    internal static extern (int n, error? err) sendmsgNInet4([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, syscall.SockaddrInet4 to, int flags);

    /// <summary>Sends p and the control messages in oob to an IPv4 address with sendmsg; n counts the bytes of p. Ports src/internal/syscall/unix/net.go.</summary>
    public static (int n, error? err) SendmsgNInet4(int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, syscall.SockaddrInet4 to, int flags)
    {
        return sendmsgNInet4(null, fd, p, oob, to, flags);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "sendmsgNInet6")]
    internal static extern (int n, error? err) sendmsgNInet6([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, syscall.SockaddrInet6 to, int flags);

    /// <summary>Sends p and the control messages in oob to an IPv6 address with sendmsg; n counts the bytes of p. Ports src/internal/syscall/unix/net.go.</summary>
    public static (int n, error? err) SendmsgNInet6(int fd, ReadOnlySpan<byte> p, ReadOnlySpan<byte> oob, syscall.SockaddrInet6 to, int flags)
    {
        return sendmsgNInet6(null, fd, p, oob, to, flags);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "recvmsgInet4")]
    internal static extern (int n, int oobn, int recvflags, error? err) recvmsgInet4([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, Span<byte> p, Span<byte> oob, int flags, syscall.SockaddrInet4 from);

    /// <summary>Receives a message into p and its control messages into oob with recvmsg; stores the IPv4 address it came from into from. Ports src/internal/syscall/unix/net.go.</summary>
    public static (int n, int oobn, int recvflags, error? err) RecvmsgInet4(int fd, Span<byte> p, Span<byte> oob, int flags, syscall.SockaddrInet4 from)
    {
        return recvmsgInet4(null, fd, p, oob, flags, from);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "recvmsgInet6")]
    internal static extern (int n, int oobn, int recvflags, error? err) recvmsgInet6([UnsafeAccessorType("golang.syscall, syscall")] object? _, int fd, Span<byte> p, Span<byte> oob, int flags, syscall.SockaddrInet6 from);

    /// <summary>Receives a message into p and its control messages into oob with recvmsg; stores the IPv6 address it came from into from. Ports src/internal/syscall/unix/net.go.</summary>
    public static (int n, int oobn, int recvflags, error? err) RecvmsgInet6(int fd, Span<byte> p, Span<byte> oob, int flags, syscall.SockaddrInet6 from)
    {
        return recvmsgInet6(null, fd, p, oob, flags, from);
    }
}
