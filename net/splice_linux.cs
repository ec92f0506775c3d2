// Ports src/net/splice_linux.go of go1.20.

namespace golang;

public static partial class net
{
    // splice moves data from r to c with the splice system call, which spares
    // most of the copying to user space and back. c must be a TCP connection.
    // For now it is done only if r is a TCP connection or a stream-oriented
    // Unix connection.
    //
    // If handled is false, nothing has been done.
    internal static async go<(int64 written, error? err, bool handled)> splice(netFD c, io.Reader r)
    {
        var remain = 1L << 62; // up to the end of r, unless something says less
        var lr = r as io.LimitedReader;
        if (lr != null) // PORT(iface): ok
        {
            (remain, r) = (lr.N, lr.R);
            if (remain <= 0)
            {
                return (0, null, true);
            }
        }

        netFD s;
        if (r is TCPConn tc)
        {
            s = tc.fd;
        }
        else if (r is UnixConn uc)
        {
            if (uc.fd.net != "unix")
            {
                return (0, null, false);
            }
            s = uc.fd;
        }
        else
        {
            return (0, null, false);
        }

        var (written, handled, sc, err) = await poll.Splice(c.pfd, s.pfd, remain);
        if (lr != null)
        {
            lr.N -= written;
        }
        return (written, wrapSyscallError(sc, err), handled);
    }
}
