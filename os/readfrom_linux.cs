// Ports src/os/readfrom_linux.go of go1.20.

namespace golang;

public static partial class os
{
    internal static Func<poll.FD, poll.FD, int64, go<(int64 written, bool handled, error? err)>> pollCopyFileRange = poll.CopyFileRange;

    public sealed partial class File
    {
        internal async go<(int64 written, bool handled, error? err)> readFrom(io.Reader r)
        {
            // copy_file_range(2) does not write to a file opened with O_APPEND, so it is not tried.
            if (appendMode)
            {
                return (0, false, null);
            }

            var remain = 1L << 62;

            var lr = r as io.LimitedReader;
            if (lr != null) // PORT(iface): ok
            {
                (remain, r) = (lr.N, lr.R);
                if (remain <= 0)
                {
                    return (0, true, null);
                }
            }

            if (r is not File src)
            {
                return (0, false, null);
            }
            if (src.checkValid("ReadFrom") != null)
            {
                // The error is not given, as this was not handled: the caller will see to it.
                return (0, false, null);
            }

            var (written, handled, err) = await pollCopyFileRange(pfd, src.pfd, remain);
            if (lr != null)
            {
                lr.N -= written;
            }
            return (written, handled, NewSyscallError("copy_file_range", err));
        }
    }
}
