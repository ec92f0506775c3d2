// Ports src/net/tcpsock_posix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static Addr? sockaddrToTCP(syscall.Sockaddr? sa)
    {
        switch (sa)
        {
            case syscall.SockaddrInet4 sa4:
                return new TCPAddr { IP = sa4.Addr[0..].ToArray(), Port = sa4.Port };
            case syscall.SockaddrInet6 sa6:
                return new TCPAddr { IP = sa6.Addr[0..].ToArray(), Port = sa6.Port, Zone = zoneCache.name((int)sa6.ZoneId) };
        }
        return null;
    }

    public sealed partial class TCPAddr
    {
        // PORT(nilrecv): not for a nil address.
        internal int family()
        {
            if (IP.Length <= IPv4len)
            {
                return syscall.AF_INET;
            }
            if (IP.To4() != null)
            {
                return syscall.AF_INET;
            }
            return syscall.AF_INET6;
        }

        internal (syscall.Sockaddr? sa, error? err) sockaddr(int family)
        {
            // PORT(nilrecv): nil for nil.
            return ipToSockaddr(family, IP, Port, Zone);
        }

        internal sockaddr toLocal(string net)
        {
            return new TCPAddr { IP = loopbackIP(net), Port = Port, Zone = Zone };
        }

        // PORT(iface): methods that are not public satisfy an interface only when it is named.
        int net.sockaddr.family() => family();

        bool net.sockaddr.isWildcard() => isWildcard();

        (syscall.Sockaddr? sa, error? err) net.sockaddr.sockaddr(int family) => sockaddr(family);

        net.sockaddr net.sockaddr.toLocal(string net) => toLocal(net);
    }

    public sealed partial class TCPConn
    {
        internal async go<(int64 n, error? err)> readFrom(io.Reader r)
        {
            var (n, err, handled) = await splice(fd, r);
            if (handled)
            {
                return (n, err);
            }
            (n, err, handled) = await sendFile(fd, r);
            if (handled)
            {
                return (n, err);
            }
            return await genericReadFrom(this, r);
        }
    }

    internal sealed partial class sysDialer
    {
        internal go<(TCPConn? c, error? err)> dialTCP(context.Context ctx, TCPAddr? laddr, TCPAddr? raddr)
        {
            var h = testHookDialTCP;
            if (h != null)
            {
                return h(ctx, network, laddr, raddr);
            }
            h = net.testHookDialTCP;
            if (h != null)
            {
                return h(ctx, network, laddr, raddr);
            }
            return doDialTCP(ctx, laddr, raddr);
        }

        internal async go<(TCPConn? c, error? err)> doDialTCP(context.Context ctx, TCPAddr? laddr, TCPAddr? raddr)
        {
            var ctrlCtxFn = Dialer.ControlContext;
            if (ctrlCtxFn == null && Dialer.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => Dialer.Control!(network, address, c);
            }
            var (fd, err) = await internetSocket(ctx, network, laddr, raddr, syscall.SOCK_STREAM, 0, "dial", ctrlCtxFn);

            // TCP knows simultaneous connections: when two machines dial each
            // other's address at the same time, both connect and neither
            // listens. Without laddr the kernel chooses the local address, and
            // some Linux kernels go through a fixed range of local ports
            // whatever the port of the destination is. If such a kernel takes
            // the very port that is dialed on the local host, the socket
            // connects to itself. That takes a kernel that chooses the port
            // and a destination where nobody listens, and is a bug of the
            // kernel. Rather than show it to the user, close the socket and
            // try again, twice; after that take what comes. See
            //	https://golang.org/issue/2690
            //	https://stackoverflow.com/questions/4949858/
            //
            // The opposite happens too: the kernel chooses a local address
            // that is in use. So EADDRNOTAVAIL is tried again as well.
            for (var i = 0; i < 2 && (laddr == null || laddr.Port == 0) && (selfConnect(fd, err) || spuriousENOTAVAIL(err)); i++)
            {
                if (err == null)
                {
                    await fd!.Close();
                }
                (fd, err) = await internetSocket(ctx, network, laddr, raddr, syscall.SOCK_STREAM, 0, "dial", ctrlCtxFn);
            }

            if (err != null)
            {
                return (null, err);
            }
            return (newTCPConn(fd!, Dialer.KeepAlive, testHookSetKeepAlive), null);
        }
    }

    internal static bool selfConnect(netFD? fd, error? err)
    {
        // What did not connect did not connect to itself.
        if (err != null)
        {
            return false;
        }

        // For reasons unknown the socket may come without raddr: errors of
        // Getpeername are dropped where it is made, since "socket not
        // connected" can be right there. As this function works around a
        // trouble anyway, it takes that for one too and lets the dialer try
        // again.
        if (fd!.laddr == null || fd.raddr == null)
        {
            return true;
        }
        var l = (TCPAddr)fd.laddr;
        var r = (TCPAddr)fd.raddr;
        return l.Port == r.Port && l.IP.Equal(r.IP);
    }

    internal static bool spuriousENOTAVAIL(error? err)
    {
        if (err is OpError op)
        {
            err = op.Err;
        }
        if (err is os.SyscallError sys)
        {
            err = sys.Err;
        }
        return err == syscall.EADDRNOTAVAIL;
    }

    public sealed partial class TCPListener
    {
        // PORT(nilrecv): ln is never null here.
        internal bool ok()
        {
            return fd != null;
        }

        internal async go<(TCPConn? c, error? err)> accept()
        {
            var (fd, err) = await this.fd.accept();
            if (err != null)
            {
                return (null, err);
            }
            return (newTCPConn(fd!, lc.KeepAlive, null), null);
        }

        internal go<error?> close()
        {
            return fd.Close();
        }

        internal (os.File? f, error? err) file()
        {
            var (f, err) = fd.dup();
            if (err != null)
            {
                return (null, err);
            }
            return (f, null);
        }
    }

    internal sealed partial class sysListener
    {
        internal async go<(TCPListener? l, error? err)> listenTCP(context.Context ctx, TCPAddr laddr)
        {
            Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn = null;
            if (ListenConfig.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => ListenConfig.Control!(network, address, c);
            }
            var (fd, err) = await internetSocket(ctx, network, laddr, null, syscall.SOCK_STREAM, 0, "listen", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (new TCPListener(fd!, ListenConfig), null);
        }
    }
}
