// Ports src/net/sockaddr_posix.go of go1.20.

namespace golang;

public static partial class net
{
    // A sockaddr is the address of a TCP, UDP, IP or Unix end point that can
    // be turned into a syscall.Sockaddr.
    internal interface sockaddr : Addr
    {
        // family is the platform's number of the address family.
        int family();

        // isWildcard reports whether the address is a wildcard.
        bool isWildcard();

        // sockaddr turns the address into the type that the system calls
        // take; null for the address null.
        (syscall.Sockaddr? sa, error? err) sockaddr(int family);

        // toLocal turns the zero address into one of the local system
        // (127.0.0.1 or ::1).
        sockaddr toLocal(string net);
    }
}
