// Ports src/runtime/nbpipe_test.go of go1.20.
using static golang.runtime;

namespace golang;

public class nbpipe_test
{
    private const int F_GETFD = 1;
    private const int F_GETFL = 3;
    private const int FD_CLOEXEC = 1;

    [DllImport("libc", SetLastError = true)]
    private static extern int fcntl(int fd, int cmd, int arg);

    [Test]
    public void TestNonblockingPipe()
    {
        var (r, w, errno) = nonblockingPipe();
        Assert.That(errno, Is.Zero);
        try
        {
            checkIsPipe(r, w);
            checkNonblocking(r, "reader");
            checkCloseonexec(r, "reader");
            checkNonblocking(w, "writer");
            checkCloseonexec(w, "writer");
        }
        finally
        {
            closefd(r);
            closefd(w);
        }
    }

    private static unsafe void checkIsPipe(int32 r, int32 w)
    {
        byte bw = 42;
        Assert.That(write((uintptr)w, &bw, 1), Is.EqualTo(1), "write(w, &b, 1)");
        byte br = 0;
        Assert.That(read(r, &br, 1), Is.EqualTo(1), "read(r, &b, 1)");
        Assert.That(br, Is.EqualTo(bw));
    }

    private static void checkNonblocking(int32 fd, string name)
    {
        var flags = fcntl(fd, F_GETFL, 0);
        Assert.That(flags, Is.Not.Negative, $"fcntl({name}, F_GETFL) failed: {Marshal.GetLastPInvokeError()}");
        Assert.That(flags & _O_NONBLOCK, Is.Not.Zero, $"O_NONBLOCK not set in {name} flags {flags:x}");
    }

    private static void checkCloseonexec(int32 fd, string name)
    {
        var flags = fcntl(fd, F_GETFD, 0);
        Assert.That(flags, Is.Not.Negative, $"fcntl({name}, F_GETFD) failed: {Marshal.GetLastPInvokeError()}");
        Assert.That(flags & FD_CLOEXEC, Is.Not.Zero, $"FD_CLOEXEC not set in {name} flags {flags:x}");
    }
}
