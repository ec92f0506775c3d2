// Ports src/runtime/mem.go of go1.20.

namespace golang;

public static partial class runtime
{
    // sysAlloc gets zeroed memory, aligned to _PageSize, that is never given back. It returns
    // null when there is none.
    // PORT(heap): Go maps pages and accounts for them; the port takes them from NativeMemory.
    internal static unsafe void* sysAlloc(uintptr n)
    {
        void* p;
        try
        {
            p = NativeMemory.AlignedAlloc(n, _PageSize);
        }
        catch (OutOfMemoryException)
        {
            return null;
        }

        NativeMemory.Clear(p, n);
        return p;
    }
}
