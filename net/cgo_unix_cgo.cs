// Ports src/net/cgo_unix_cgo.go of go1.20.
//
// PORT(resolver): cgo's types and calls are declared by hand. A call that can take long is what
// cgocall makes of it: entersyscall, the call, exitsyscall.
namespace golang;

public static partial class net
{
    internal const int _C_AF_INET = syscall.AF_INET;
    internal const int _C_AF_INET6 = syscall.AF_INET6;
    internal const int _C_AF_UNSPEC = syscall.AF_UNSPEC;
    internal const int _C_EAI_AGAIN = -3;
    internal const int _C_EAI_NONAME = -2;
    internal const int _C_EAI_OVERFLOW = -12;
    internal const int _C_EAI_SYSTEM = -11;
    internal const int _C_SOCK_STREAM = syscall.SOCK_STREAM;

    internal unsafe struct _C_struct_addrinfo
    {
        internal int ai_flags;
        internal int ai_family;
        internal int ai_socktype;
        internal int ai_protocol;
        internal uint32 ai_addrlen;
        internal void* ai_addr;
        internal byte* ai_canonname;
        internal _C_struct_addrinfo* ai_next;
    }

    private static unsafe class libc
    {
        [DllImport("libc", SetLastError = true)]
        internal static extern int getaddrinfo(byte* node, byte* service, _C_struct_addrinfo* hints, _C_struct_addrinfo** res); // PORT(resolver)

        [DllImport("libc", SetLastError = true)]
        internal static extern int getnameinfo(void* sa, uint32 salen, byte* host, uint32 hostlen, byte* serv, uint32 servlen, int flags); // PORT(resolver)

        [DllImport("libc")]
        internal static extern void freeaddrinfo(_C_struct_addrinfo* ai); // PORT(resolver)

        [DllImport("libc")]
        internal static extern byte* gai_strerror(int eai); // PORT(resolver)
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "entersyscall")]
    private static extern void runtime_entersyscall([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "exitsyscall")]
    private static extern void runtime_exitsyscall([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    internal static unsafe string _C_GoString(byte* p) => Marshal.PtrToStringUTF8((IntPtr)p) ?? ""; // PORT(resolver)

    internal static unsafe void _C_freeaddrinfo(_C_struct_addrinfo* ai) // PORT(resolver)
    {
        libc.freeaddrinfo(ai);
    }

    internal static unsafe string _C_gai_strerror(int eai) // PORT(resolver)
    {
        return _C_GoString(libc.gai_strerror(eai));
    }

    internal static unsafe (int, error?) _C_getaddrinfo(byte* hostname, byte* servname, _C_struct_addrinfo* hints, _C_struct_addrinfo** res) // PORT(resolver)
    {
        runtime_entersyscall(null);
        var x = libc.getaddrinfo(hostname, servname, hints, res);
        var errno = Marshal.GetLastPInvokeError();
        runtime_exitsyscall(null);
        return (x, errno == 0 ? null : (syscall.Errno)errno);
    }
}
