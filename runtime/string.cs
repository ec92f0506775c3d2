// Ports src/runtime/string.go of go1.20: what reads numbers.
namespace golang;

public static partial class runtime
{
    private const uint64 maxUint64 = ~(uint64)0;
    private const int64 maxInt64 = (int64)(maxUint64 >> 1);

    // atoi64 makes an int64 of a string. ok reports whether s is a number that
    // an int64 can hold.
    internal static (int64 n, bool ok) atoi64(string s)
    {
        if (s == "")
        {
            return (0, false);
        }

        var neg = false;
        if (s[0] == '-')
        {
            neg = true;
            s = s[1..];
        }

        uint64 un = 0;
        for (var i = 0; i < s.Length; i++)
        {
            var c = s[i];
            if (c < '0' || c > '9')
            {
                return (0, false);
            }
            if (un > maxUint64 / 10)
            {
                // overflow
                return (0, false);
            }
            un *= 10;
            var un1 = un + c - '0';
            if (un1 < un)
            {
                // overflow
                return (0, false);
            }
            un = un1;
        }

        if (!neg && un > (uint64)maxInt64)
        {
            return (0, false);
        }
        if (neg && un > (uint64)maxInt64 + 1)
        {
            return (0, false);
        }

        var n = (int64)un;
        if (neg)
        {
            n = -n;
        }

        return (n, true);
    }

    // atoi is atoi64 for numbers that
    // an int can hold: Go's int, which has 64 bits.
    internal static (int64 n, bool ok) atoi(string s)
    {
        {
            var (n, ok) = atoi64(s);
            if (n == (int64)(nint)n)
            {
                return ((nint)n, ok);
            }
        }
        return (0, false);
    }

    // atoi32 is atoi for numbers
    // that an int32 can hold.
    internal static (int32 n, bool ok) atoi32(string s)
    {
        {
            var (n, ok) = atoi64(s);
            if (n == (int32)n)
            {
                return ((int32)n, ok);
            }
        }
        return (0, false);
    }
}
