// Ports src/net/sock_linux.go of go1.20.

namespace golang;

public static partial class net
{
    // Linux keeps the backlog as
    //
    //   - a uint16 before version 4.1,
    //   - a uint32 from version 4.1 on,
    //
    // so n is cut down to what does not wrap around (issues 5030 and 41470).
    internal static int maxAckBacklog(int n)
    {
        // PORT(unix): Go asks internal/syscall/unix.KernelVersion, which parses uname's release.
        var version = Environment.OSVersion.Version;
        var (major, minor) = (version.Major, version.Minor);
        var size = 16;
        if (major > 4 || (major == 4 && minor >= 1))
        {
            size = 32;
        }

        uint64 max = (1UL << size) - 1;
        if ((uint64)n > max)
        {
            n = (int)max;
        }
        return n;
    }

    internal static async go<int> maxListenerBacklog()
    {
        var (fd, err) = open("/proc/sys/net/core/somaxconn");
        if (err != null)
        {
            return syscall.SOMAXCONN;
        }
        try
        {
            var (l, ok) = await fd!.readLine();
            if (!ok)
            {
                return syscall.SOMAXCONN;
            }
            var f = getFields(l);
            (var n, _, ok) = dtoi(f[0]);
            if (n == 0 || !ok)
            {
                return syscall.SOMAXCONN;
            }

            if (n > (1 << 16) - 1)
            {
                return maxAckBacklog(n);
            }
            return n;
        }
        finally
        {
            await fd!.close();
        }
    }
}
