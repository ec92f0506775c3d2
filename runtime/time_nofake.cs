// Ports src/runtime/time_nofake.go of go1.20.

namespace golang;

public static partial class runtime
{
    // PORT(faketime): the variable faketime (the playground's clock) is left out.

    internal static int64 nanotime()
    {
        return nanotime1();
    }

    internal static unsafe delegate*<uintptr, void*, int32, int32> overrideWrite;

    // write returns how many bytes it wrote, or a negative error number.
    internal static unsafe int32 write(uintptr fd, void* p, int32 n)
    {
        if (overrideWrite != null)
        {
            return overrideWrite(fd, p, n);
        }

        return write1(fd, p, n);
    }
}
