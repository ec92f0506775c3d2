// What several test files of package os use.
using System.Text;

namespace golang;

internal static class export_test
{
    internal static bool isDeadlineExceeded(error? err)
    {
        if (!os.IsTimeout(err))
        {
            return false;
        }
        if (!errors.Is(err, os.ErrDeadlineExceeded))
        {
            return false;
        }
        return true;
    }

    internal static Memory<byte> bytes(string s) => Encoding.UTF8.GetBytes(s);

    internal static string @string(Memory<byte> b) => Encoding.UTF8.GetString(b.Span);

    internal static (os.File r, os.File w) pipe()
    {
        var (r, w, err) = os.Pipe();
        Assert.That(err, Is.Null);
        return (r!, w!);
    }

    // newFile makes a temporary file; the caller closes and removes it.
    internal static os.File newFile(string testName)
    {
        var (f, err) = os.CreateTemp("", "_Go_" + testName);
        Assert.That(err, Is.Null);
        return f!;
    }
}
