// Ports src/net/rawconn.go of go1.20.

namespace golang;

public static partial class net
{
    internal class rawConn : syscall.RawConn
    {
        internal netFD fd;

        internal rawConn(netFD fd)
        {
            this.fd = fd;
        }

        // PORT(nilrecv): c is never null here.
        internal bool ok()
        {
            return fd != null;
        }

        public error? Control(Action<uintptr> f)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = fd.pfd.RawControl(f);
            GC.KeepAlive(fd);
            if (err != null)
            {
                err = new OpError { Op = "raw-control", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return err;
        }

        public virtual async go<error?> Read(Func<uintptr, bool> f)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = await fd.pfd.RawRead(f);
            GC.KeepAlive(fd);
            if (err != null)
            {
                err = new OpError { Op = "raw-read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return err;
        }

        // PORT(do): for a function that parks.
        public virtual async go<error?> Read(Func<uintptr, go<bool>> f)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = await fd.pfd.RawRead(f);
            GC.KeepAlive(fd);
            if (err != null)
            {
                err = new OpError { Op = "raw-read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return err;
        }

        public virtual async go<error?> Write(Func<uintptr, bool> f)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = await fd.pfd.RawWrite(f);
            GC.KeepAlive(fd);
            if (err != null)
            {
                err = new OpError { Op = "raw-write", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return err;
        }
    }

    internal static (rawConn? c, error? err) newRawConn(netFD fd)
    {
        return (new rawConn(fd), null);
    }

    internal sealed class rawListener : rawConn
    {
        internal rawListener(netFD fd)
            : base(fd)
        {
        }

        public override go<error?> Read(Func<uintptr, bool> f)
        {
            return new go<error?>(syscall.EINVAL);
        }

        // PORT(do): for a function that parks.
        public override go<error?> Read(Func<uintptr, go<bool>> f)
        {
            return new go<error?>(syscall.EINVAL);
        }

        public override go<error?> Write(Func<uintptr, bool> f)
        {
            return new go<error?>(syscall.EINVAL);
        }
    }

    internal static (rawListener? l, error? err) newRawListener(netFD fd)
    {
        return (new rawListener(fd), null);
    }
}
