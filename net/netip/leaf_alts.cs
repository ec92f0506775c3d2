// Ports src/net/netip/leaf_alts.go of go1.20.

// What the standard library has elsewhere, where a package below net may not reach it.

namespace golang;

public static partial class netip
{
    internal static int stringsLastIndexByte(string s, char b)
    {
        for (var i = s.Length - 1; i >= 0; i--)
        {
            if (s[i] == b)
            {
                return i;
            }
        }
        return -1;
    }

    internal static uint64 beUint64(ReadOnlySpan<byte> b)
    {
        _ = b[7]; // one check of the bounds for all
        return (uint64)b[7] | (uint64)b[6] << 8 | (uint64)b[5] << 16 | (uint64)b[4] << 24 |
            (uint64)b[3] << 32 | (uint64)b[2] << 40 | (uint64)b[1] << 48 | (uint64)b[0] << 56;
    }

    internal static void bePutUint64(Span<byte> b, uint64 v)
    {
        _ = b[7]; // checked before anything is written
        b[0] = (byte)(v >> 56);
        b[1] = (byte)(v >> 48);
        b[2] = (byte)(v >> 40);
        b[3] = (byte)(v >> 32);
        b[4] = (byte)(v >> 24);
        b[5] = (byte)(v >> 16);
        b[6] = (byte)(v >> 8);
        b[7] = (byte)v;
    }

    internal static void bePutUint32(Span<byte> b, uint32 v)
    {
        _ = b[3]; // checked before anything is written
        b[0] = (byte)(v >> 24);
        b[1] = (byte)(v >> 16);
        b[2] = (byte)(v >> 8);
        b[3] = (byte)v;
    }
}
