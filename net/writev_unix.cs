// Ports src/net/writev_unix.go of go1.20.

namespace golang;

public static partial class net
{
    public abstract partial class conn
    {
        internal async go<(int64 n, error? err)> writeBuffers(Buffers v)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            var (n, err) = await fd.writeBuffers(v);
            if (err != null)
            {
                return (n, new OpError { Op = "writev", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err });
            }
            return (n, null);
        }

        // PORT(iface): a method that is not public satisfies an interface only when it is named.
        go<(int64 n, error? err)> buffersWriter.writeBuffers(Buffers v) => writeBuffers(v);
    }

    internal sealed partial class netFD
    {
        internal async go<(int64 n, error? err)> writeBuffers(Buffers v)
        {
            var (n, err) = await pfd.Writev(v.v);
            GC.KeepAlive(this);
            return (n, wrapSyscallError("writev", err));
        }
    }
}
