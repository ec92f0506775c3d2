// Ports src/net/cgo_resnew.go of go1.20.

namespace golang;

public static partial class net
{
    internal static unsafe (int, error?) cgoNameinfoPTR(Span<byte> b, syscall.RawSockaddrInet6* sa, uint32 salen) // PORT(resolver)
    {
        const int NI_NAMEREQD = 8;
        fixed (byte* p = b)
        {
            runtime_entersyscall(null);
            var gerrno = libc.getnameinfo(sa, salen, p, (uint32)b.Length, null, 0, NI_NAMEREQD);
            var errno = Marshal.GetLastPInvokeError();
            runtime_exitsyscall(null);
            return (gerrno, errno == 0 ? null : (syscall.Errno)errno);
        }
    }
}
