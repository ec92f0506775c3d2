// Ports src/runtime/defs_linux_amd64.go of go1.20.

namespace golang;

public static partial class runtime
{
    // PORT(signal): what only serves signals and memory mapping is left out.

    internal const int _EINTR = 0x4;
    internal const int _EAGAIN = 0xb;
    internal const int _ENOMEM = 0xc;

    internal struct timespec
    {
        internal int64 tv_sec;
        internal int64 tv_nsec;

        internal void setNsec(int64 ns)
        {
            tv_sec = ns / 1000000000;
            tv_nsec = ns % 1000000000;
        }
    }

    internal const int _O_RDONLY = 0x0;
    internal const int _O_WRONLY = 0x1;
    internal const int _O_CREAT = 0x40;
    internal const int _O_TRUNC = 0x200;
    internal const int _O_NONBLOCK = 0x800;
    internal const int _O_CLOEXEC = 0x80000;
}
