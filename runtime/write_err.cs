// Ports src/runtime/write_err.go of go1.20.

namespace golang;

public static partial class runtime
{
    internal static unsafe void writeErr(ReadOnlySpan<byte> b)
    {
        fixed (byte* p = b)
        {
            write(2, p, b.Length);
        }
    }
}
