// Ports src/internal/syscall/unix/kernel_version_linux.go of go1.20.

namespace golang;

public static partial class unix
{
    /// <summary>Returns the kernel's major and minor version, from the release that uname tells, or 0 and 0 when there is
    /// none or it cannot be parsed. Ports src/internal/syscall/unix/kernel_version_linux.go.</summary>
    public static unsafe (int major, int minor) KernelVersion()
    {
        syscall.Utsname uname = default;
        if (syscall.Uname(ref uname) != null)
        {
            return (0, 0);
        }

        var values = stackalloc int[2];
        int value = 0, vi = 0;
        for (var i = 0; i < 65; i++)
        {
            var c = uname.Release[i];
            if ('0' <= c && c <= '9')
            {
                value = (value * 10) + (int)(c - '0');
            }
            else
            {
                // The release is taken to be N.N.N; anything else is likely to come out wrong.
                values[vi] = value;
                vi++;
                if (vi >= 2)
                {
                    break;
                }
                value = 0;
            }
        }

        return (values[0], values[1]);
    }
}
