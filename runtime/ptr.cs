// Not from Go: pointers and slices of memory that is not the CLR's. Everything in it is PORT(asm).
namespace golang;

/// <summary>A pointer to unmanaged memory that may live in an async method.</summary>
/// <typeparam name="T">What it points to.</typeparam>
public readonly unsafe struct ptr<T>(T* p) where T : unmanaged
{
    /// <summary>The pointer.</summary>
    public readonly T* p = p;

    /// <summary>What it points to.</summary>
    public ref T v
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref *p;
    }

    /// <summary>Wraps a pointer.</summary>
    public static implicit operator ptr<T>(T* p) => new(p);

    /// <summary>Unwraps the pointer.</summary>
    public static implicit operator T*(ptr<T> p) => p.p;
}

// slice is Go's []*T in native memory: for fields of native structs that are slices of pointers.
internal unsafe struct slice<T> where T : unmanaged
{
    private T** array;
    internal int len;
    private int cap;

    internal readonly T* this[int i]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)i >= (uint)len)
            {
                throw new IndexOutOfRangeException();
            }
            return array[i];
        }
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if ((uint)i >= (uint)len)
            {
                throw new IndexOutOfRangeException();
            }
            array[i] = value;
        }
    }

    internal void append(T* p)
    {
        if (len == cap)
        {
            cap = cap == 0 ? 4 : cap * 2;
            array = (T**)NativeMemory.Realloc(array, (nuint)cap * (nuint)sizeof(T*));
        }
        array[len++] = p;
    }

    internal void reslice(int n)
    {
        if ((uint)n > (uint)cap)
        {
            throw new IndexOutOfRangeException();
        }
        len = n;
    }
}

// byteslice is a []byte in native memory, whose array somebody else keeps in place.
internal unsafe struct byteslice
{
    internal byte* array;
    internal int len;
    internal int cap;
}
