// Not from Go: which words of an object are references. Everything in it is PORT(asm).
namespace golang;

// refwords finds out which words of an object are references. The CLR keeps that for its collector before the
// type's method table: how many series of references an object has, and for each, downwards, where it
// starts and how long it is less the size of the object (gcdesc.h of the CLR; Native AOT has the same).
internal static unsafe class refwords
{
    private struct pair
    {
        internal nint n;
        internal object? o;
    }

    private sealed class probe
    {
        internal object? a;
        internal nint b;
        internal pair c;
        internal pair d;
        internal object? e;
    }

    // asdescribed: it is as described above. If not, nobody asks further.
    internal static readonly bool asdescribed = check();

    private static bool check()
    {
        var p = new probe();
        ref var first = ref Unsafe.As<frame.fields>(p).first;
        var want = bit(ref first, ref p.a) | bit(ref first, ref p.c.o) | bit(ref first, ref p.d.o) | bit(ref first, ref p.e);
        return read(p, ref first, 7 * sizeof(nint)) == want;

        static ulong bit(ref byte first, ref object? field) => 1UL << ((int)Unsafe.ByteOffset(ref first, ref Unsafe.As<object?, byte>(ref field)) / sizeof(nint));
    }

    // of returns a bit for each word from first on that is a reference, 0 if that cannot be told.
    internal static ulong of(object o, ref byte first, int size) => asdescribed && size <= 64 * sizeof(nint) ? read(o, ref first, size) : 0;

    private static ulong read(object o, ref byte first, int size)
    {
        var mt = (byte*)o.GetType().TypeHandle.Value;
        var objsize = ((uint32*)mt)[1];
        // Offsets are from the method table's pointer, which is before the first field.
        var start = Unsafe.ByteOffset(ref Unsafe.As<frame.fields>(o).first, ref first) + sizeof(nint);
        ulong bits = 0;
        var series = (nint*)mt - 1;
        var n = *series;
        for (; n > 0; n--)
        {
            series -= 2;
            for (var at = series[1]; at < series[1] + series[0] + (nint)objsize; at += sizeof(nint))
            {
                if (at >= start && at < start + size)
                {
                    bits |= 1UL << (int)((at - start) / sizeof(nint));
                }
            }
        }
        return bits;
    }
}
