// Ports src/runtime/nbpipe_pipe2.go of go1.20.

namespace golang;

public static partial class runtime
{
    internal static (int32 r, int32 w, int32 errno) nonblockingPipe()
    {
        return pipe2(_O_NONBLOCK | _O_CLOEXEC);
    }
}
