// Ports src/net/parse.go of go1.20.

// Plain file reading and string handling, so that strconv, bufio and
// strings are not needed.

using System.Collections.Generic;

namespace golang;

public static partial class net
{
    internal sealed class @file
    {
        internal os.File f; // PORT(name): Go calls it file; a member cannot have the name of its type
        internal Memory<byte> data; // PORT(slice): data[0:cap(data)] and len(data), as a Memory cannot grow into its capacity
        internal int len;
        internal bool atEOF;

        internal @file(os.File f, Memory<byte> data, bool atEOF)
        {
            this.f = f;
            this.data = data;
            this.atEOF = atEOF;
        }

        internal async go close()
        {
            await f.Close();
        }

        internal (string s, bool ok) getLineFromData()
        {
            var (s, ok) = ("", false);
            var data = this.data.Span[..len];
            var i = 0;
            for (i = 0; i < data.Length; i++)
            {
                if (data[i] == '\n')
                {
                    s = System.Text.Encoding.UTF8.GetString(data[0..i]);
                    ok = true;
                    // move the rest to the front
                    i++;
                    var n = data.Length - i;
                    data[i..].CopyTo(data);
                    len = n; // PORT(slice): f.data = data[0:n]
                    return (s, ok);
                }
            }
            if (atEOF && len > 0)
            {
                // End of the file: all that is left is the line.
                s = System.Text.Encoding.UTF8.GetString(data);
                len = 0; // PORT(slice): f.data = f.data[0:0]
                ok = true;
            }
            return (s, ok);
        }

        internal async go<(string s, bool ok)> readLine()
        {
            var (s, ok) = getLineFromData();
            if (ok)
            {
                return (s, ok);
            }
            if (len < data.Length)
            {
                var ln = len;
                var (n, err) = await io.ReadFull(f, data[ln..]);
                if (n >= 0)
                {
                    len = ln + n; // PORT(slice): f.data = f.data[0 : ln+n]
                }
                if (err == io.EOF || err == io.ErrUnexpectedEOF)
                {
                    atEOF = true;
                }
            }
            (s, ok) = getLineFromData();
            return (s, ok);
        }

        internal (time.Time mtime, int64 size, error? err) stat()
        {
            var (st, err) = f.Stat();
            if (err != null)
            {
                return (default, 0, err);
            }
            return (st!.ModTime(), st.Size(), null);
        }
    }

    internal static (@file? f, error? err) open(string name)
    {
        var (fd, err) = os.Open(name);
        if (err != null)
        {
            return (null, err);
        }
        return (new @file(fd!, new byte[64 * 1024], false), null);
    }

    internal static (time.Time mtime, int64 size, error? err) stat(string name)
    {
        var (st, err) = os.Stat(name);
        if (err != null)
        {
            return (default, 0, err);
        }
        return (st!.ModTime(), st.Size(), null);
    }

    // Count the characters of s that occur in t.
    internal static int countAnyByte(string s, string t)
    {
        var n = 0;
        for (var i = 0; i < s.Length; i++)
        {
            if (t.IndexOf(s[i]) >= 0)
            {
                n++;
            }
        }
        return n;
    }

    // Split s at every character that occurs in t.
    internal static string[] splitAtBytes(string s, string t)
    {
        // PORT(append): the length is known by countAnyByte.
        var a = new string[1 + countAnyByte(s, t)];
        var n = 0;
        var last = 0;
        for (var i = 0; i < s.Length; i++)
        {
            if (t.IndexOf(s[i]) >= 0)
            {
                if (last < i)
                {
                    a[n] = s[last..i];
                    n++;
                }
                last = i + 1;
            }
        }
        if (last < s.Length)
        {
            a[n] = s[last..];
            n++;
        }
        return a[0..n];
    }

    internal static string[] getFields(string s)
    {
        return splitAtBytes(s, " \r\t\n");
    }

    // More than is needed, and small enough that nothing overflows.
    internal const int big = 0xFFFFFF;

    // Decimal to integer.
    // Returns the number, the characters used, and whether it worked.
    internal static (int n, int i, bool ok) dtoi(string s)
    {
        var n = 0;
        var i = 0;
        for (i = 0; i < s.Length && '0' <= s[i] && s[i] <= '9'; i++)
        {
            n = n * 10 + (int)(s[i] - '0');
            if (n >= big)
            {
                return (big, i, false);
            }
        }
        if (i == 0)
        {
            return (0, 0, false);
        }
        return (n, i, true);
    }

    // Hexadecimal to integer.
    // Returns the number, the characters used, and whether it worked.
    internal static (int n, int i, bool ok) xtoi(string s)
    {
        var n = 0;
        var i = 0;
        for (i = 0; i < s.Length; i++)
        {
            if ('0' <= s[i] && s[i] <= '9')
            {
                n *= 16;
                n += (int)(s[i] - '0');
            }
            else if ('a' <= s[i] && s[i] <= 'f')
            {
                n *= 16;
                n += (int)(s[i] - 'a') + 10;
            }
            else if ('A' <= s[i] && s[i] <= 'F')
            {
                n *= 16;
                n += (int)(s[i] - 'A') + 10;
            }
            else
            {
                break;
            }
            if (n >= big)
            {
                return (0, i, false);
            }
        }
        if (i == 0)
        {
            return (0, i, false);
        }
        return (n, i, true);
    }

    // xtoi2 makes a byte of the next two hexadecimal digits of s. A third
    // character, if there is one, must be e. False when one of the two is no
    // digit, or the third is not e.
    internal static (byte, bool) xtoi2(string s, byte e)
    {
        if (s.Length > 2 && s[2] != e)
        {
            return (0, false);
        }
        var (n, ei, ok) = xtoi(s[..2]);
        return ((byte)n, ok && ei == 2);
    }

    // Append i in hexadecimal, without leading zeros.
    internal static List<byte> appendHex(List<byte> dst, uint32 i)
    {
        if (i == 0)
        {
            dst.Add((byte)'0'); // PORT(slice)
            return dst;
        }
        for (var j = 7; j >= 0; j--)
        {
            var v = i >> (j * 4);
            if (v > 0)
            {
                dst.Add((byte)hexDigit[(int)(v & 0xf)]);
            }
        }
        return dst;
    }

    // How often b occurs in s.
    internal static int count(string s, char b)
    {
        var n = 0;
        for (var i = 0; i < s.Length; i++)
        {
            if (s[i] == b)
            {
                n++;
            }
        }
        return n;
    }

    // The index of the last b in s.
    internal static int last(string s, char b)
    {
        var i = s.Length;
        for (i--; i >= 0; i--)
        {
            if (s[i] == b)
            {
                break;
            }
        }
        return i;
    }

    // hasUpperCase reports whether s has an ASCII capital letter.
    internal static bool hasUpperCase(string s)
    {
        for (var i = 0; i < s.Length; i++)
        {
            if ('A' <= s[i] && s[i] <= 'Z')
            {
                return true;
            }
        }
        return false;
    }

    // lowerASCIIBytes makes the ASCII letters of x lower case, in place.
    internal static void lowerASCIIBytes(Span<char> x)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var b = x[i];
            if ('A' <= b && b <= 'Z')
            {
                x[i] += (char)('a' - 'A');
            }
        }
    }

    // lowerASCII is b, in lower case when it is an ASCII letter.
    internal static char lowerASCII(char b)
    {
        if ('A' <= b && b <= 'Z')
        {
            return (char)(b + ('a' - 'A'));
        }
        return b;
    }

    // trimSpace is x without ASCII white space at its start and its end.
    internal static string trimSpace(string x)
    {
        while (x.Length > 0 && isSpace(x[0]))
        {
            x = x[1..];
        }
        while (x.Length > 0 && isSpace(x[x.Length - 1]))
        {
            x = x[..(x.Length - 1)];
        }
        return x;
    }

    // isSpace reports whether b is ASCII white space.
    internal static bool isSpace(char b)
    {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    // removeComment is line up to its first '#'.
    internal static string removeComment(string line)
    {
        var i = line.IndexOf('#');
        if (i != -1)
        {
            return line[..i];
        }
        return line;
    }

    // foreachField calls fn with each run of characters of x that are not
    // spaces, and stops at the first error, which is its result.
    internal static error? foreachField(string x, Func<string, error?> fn)
    {
        x = trimSpace(x);
        while (x.Length > 0)
        {
            var sp = x.IndexOf(' ');
            if (sp == -1)
            {
                return fn(x);
            }
            var field = trimSpace(x[..sp]);
            if (field.Length > 0)
            {
                var err = fn(field);
                if (err != null)
                {
                    return err;
                }
            }
            x = trimSpace(x[(sp + 1)..]);
        }
        return null;
    }

    // stringsHasSuffix is strings.HasSuffix: whether s ends in suffix.
    internal static bool stringsHasSuffix(string s, string suffix)
    {
        return s.Length >= suffix.Length && s[(s.Length - suffix.Length)..] == suffix;
    }

    // stringsHasSuffixFold is the same without regard to the case of ASCII
    // letters.
    internal static bool stringsHasSuffixFold(string s, string suffix)
    {
        return s.Length >= suffix.Length && stringsEqualFold(s[(s.Length - suffix.Length)..], suffix);
    }

    // stringsHasPrefix is strings.HasPrefix: whether s begins with prefix.
    internal static bool stringsHasPrefix(string s, string prefix)
    {
        return s.Length >= prefix.Length && s[..prefix.Length] == prefix;
    }

    // stringsEqualFold is strings.EqualFold for ASCII: whether s and t are
    // equal but for the case of letters.
    internal static bool stringsEqualFold(string s, string t)
    {
        if (s.Length != t.Length)
        {
            return false;
        }
        for (var i = 0; i < s.Length; i++)
        {
            if (lowerASCII(s[i]) != lowerASCII(t[i]))
            {
                return false;
            }
        }
        return true;
    }
}
