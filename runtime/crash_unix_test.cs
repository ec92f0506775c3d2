// Ports src/runtime/crash_unix_test.go of go1.20.
using static golang.runtime;

namespace golang;

public class crash_unix_test
{
    private const int EBADF = 9;

    // open tells that it failed, and so do read, write and close
    // of the -1 that it returns. Go's issue 10052.
    [Test]
    public unsafe void TestBadOpen()
    {
        fixed (byte* nonfile = "/notreallyafile\0"u8)
        {
            var fd = open(nonfile, 0, 0);
            Assert.That(fd, Is.EqualTo(-1));
        }
        var buf = stackalloc byte[32];
        var r = read(-1, buf, 32);
        Assert.That(r, Is.EqualTo(-EBADF), "read()");
        var w = write(uintptr.MaxValue, buf, 32);
        Assert.That(w, Is.EqualTo(-EBADF), "write()");
        var c = closefd(-1);
        Assert.That(c, Is.EqualTo(-1), "close()");
    }
}
