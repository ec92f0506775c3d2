// Ports src/net/cgo_socknew.go of go1.20.

namespace golang;

public static partial class net
{
    // PORT(resolver): the address is written where the caller says, as there is no collector for it.
    internal static unsafe void cgoSockaddrInet4(IP ip, syscall.RawSockaddrInet6* p) // PORT(resolver)
    {
        var sa = (syscall.RawSockaddrInet4*)p;
        *sa = new syscall.RawSockaddrInet4 { Family = syscall.AF_INET };
        builtin.copy((Span<byte>)sa->Addr, ip.Span);
    }

    internal static unsafe void cgoSockaddrInet6(IP ip, int zone, syscall.RawSockaddrInet6* sa) // PORT(resolver)
    {
        *sa = new syscall.RawSockaddrInet6 { Family = syscall.AF_INET6, Scope_id = (uint32)zone };
        builtin.copy((Span<byte>)sa->Addr, ip.Span);
    }
}
