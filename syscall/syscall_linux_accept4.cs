// Ports src/syscall/syscall_linux_accept4.go of go1.20.

using _Socklen = System.UInt32;

namespace golang;

// Accept for every architecture that has accept4; of Linux only 32-bit arm has it too late.
public static partial class syscall
{
    /// <summary>Accepts a connection on the listening socket <paramref name="fd"/>: nfd is its descriptor, sa the peer.
    /// err is an Errno, EAGAIN when none waits on a non-blocking socket. Go: src/syscall/syscall_linux_accept4.go.</summary>
    public static unsafe (int nfd, Sockaddr? sa, error? err) Accept(int fd)
    {
        Sockaddr? sa = null;
        RawSockaddrAny rsa = default;
        _Socklen len = SizeofSockaddrAny;
        var (nfd, err) = accept4(fd, &rsa, &len, 0);
        if (err != null)
        {
            return (nfd, sa, err);
        }
        (sa, err) = anyToSockaddr(&rsa);
        if (err != null)
        {
            Close(nfd);
            nfd = 0;
        }
        return (nfd, sa, err);
    }
}
