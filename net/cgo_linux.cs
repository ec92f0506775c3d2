// Ports src/net/cgo_linux.go of go1.20.

namespace golang;

public static partial class net
{
    // Whether AI_ADDRCONFIG should be among these can be argued: with it there are addresses of
    // IPv4 only where there is IPv4, and of IPv6 likewise. But on Linux getaddrinfo gives a wrong
    // canonical name with it, so it is not.
    internal const int cgoAddrInfoFlags = 0x2 | 0x8 | 0x10; // AI_CANONNAME | AI_V4MAPPED | AI_ALL
}
