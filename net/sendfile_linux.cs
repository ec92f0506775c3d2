// Ports src/net/sendfile_linux.go of go1.20.

namespace golang;

public static partial class net
{
    // sendFile copies what r holds to c with the sendfile system call, which
    // spares the copying to user space and back.
    //
    // If handled is true, the result has the number of bytes, which may be 0,
    // and any error but EOF.
    //
    // If handled is false, nothing has been done.
    internal static async go<(int64 written, error? err, bool handled)> sendFile(netFD c, io.Reader r)
    {
        int64 written = 0;
        var handled = false;
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
        if (r is not os.File f)
        {
            return (0, null, false);
        }

        var (sc, err) = f.SyscallConn();
        if (err != null)
        {
            return (0, null, false);
        }

        error? werr = null;
        err = await sc!.Read(async fd =>
        {
            (written, werr, handled) = await poll.SendFile(c.pfd, (int)fd, remain);
            return true;
        });
        if (err == null)
        {
            err = werr;
        }

        if (lr != null)
        {
            lr.N = remain - written;
        }
        return (written, wrapSyscallError("sendfile", err), handled);
    }
}
