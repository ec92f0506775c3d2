// Ports src/net/sockopt_linux.go of go1.20.

namespace golang;

public static partial class net
{
    internal static error? setDefaultSockopts(int s, int family, int sotype, bool ipv6only)
    {
        if (family == syscall.AF_INET6 && sotype != syscall.SOCK_RAW)
        {
            // Take both versions of IP, whatever the system's default is.
            // Some systems never let this option be set.
            syscall.SetsockoptInt(s, syscall.IPPROTO_IPV6, syscall.IPV6_V6ONLY, boolint(ipv6only));
        }
        if ((sotype == syscall.SOCK_DGRAM || sotype == syscall.SOCK_RAW) && family != syscall.AF_UNIX)
        {
            // Let broadcasts through.
            return os.NewSyscallError("setsockopt", syscall.SetsockoptInt(s, syscall.SOL_SOCKET, syscall.SO_BROADCAST, 1));
        }
        return null;
    }

    internal static error? setDefaultListenerSockopts(int s)
    {
        // An address that was in use a moment ago can be used again.
        return os.NewSyscallError("setsockopt", syscall.SetsockoptInt(s, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1));
    }

    internal static error? setDefaultMulticastSockopts(int s)
    {
        // Several listeners can share a multicast socket of UDP or raw IP.
        return os.NewSyscallError("setsockopt", syscall.SetsockoptInt(s, syscall.SOL_SOCKET, syscall.SO_REUSEADDR, 1));
    }
}
