// Ports src/runtime/slice.go of go1.20: copy, which the compiler turns into slicecopy. Everything else in that
// file grows and makes slices of Go's heap.

namespace golang;

public static partial class builtin
{
    /// <summary>
    /// Go's copy(dst, src): copies as many elements as both have room for; the two may overlap. Returns how many.
    /// Go: src/runtime/slice.go.
    /// </summary>
    // PORT(generic): built in, as slicecopy of this file.
    public static int copy<T>(Span<T> dst, ReadOnlySpan<T> src)
    {
        var n = src.Length;
        if (dst.Length < n)
        {
            n = dst.Length;
        }
        src[..n].CopyTo(dst);
        return n;
    }
}
