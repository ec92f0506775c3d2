// Ports src/net/unixsock_posix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static async go<(netFD? fd, error? err)> unixSocket(context.Context ctx, string net, sockaddr? laddr, sockaddr? raddr, string mode, Func<context.Context, string, string, syscall.RawConn, error?>? ctxCtrlFn)
    {
        int sotype;
        switch (net)
        {
            case "unix":
                sotype = syscall.SOCK_STREAM;
                break;
            case "unixgram":
                sotype = syscall.SOCK_DGRAM;
                break;
            case "unixpacket":
                sotype = syscall.SOCK_SEQPACKET;
                break;
            default:
                return (null, new UnknownNetworkError(net));
        }

        switch (mode)
        {
            case "dial":
                if (laddr != null && laddr.isWildcard())
                {
                    laddr = null;
                }
                if (raddr != null && raddr.isWildcard())
                {
                    raddr = null;
                }
                if (raddr == null && (sotype != syscall.SOCK_DGRAM || laddr == null))
                {
                    return (null, errMissingAddress);
                }
                break;
            case "listen":
                break;
            default:
                return (null, errors.New("unknown mode: " + mode));
        }

        var (fd, err) = await socket(ctx, net, syscall.AF_UNIX, sotype, 0, false, laddr, raddr, ctxCtrlFn);
        if (err != null)
        {
            return (null, err);
        }
        return (fd, null);
    }

    internal static Addr? sockaddrToUnix(syscall.Sockaddr? sa)
    {
        if (sa is syscall.SockaddrUnix s)
        {
            return new UnixAddr { Name = s.Name, Net = "unix" };
        }
        return null;
    }

    internal static Addr? sockaddrToUnixgram(syscall.Sockaddr? sa)
    {
        if (sa is syscall.SockaddrUnix s)
        {
            return new UnixAddr { Name = s.Name, Net = "unixgram" };
        }
        return null;
    }

    internal static Addr? sockaddrToUnixpacket(syscall.Sockaddr? sa)
    {
        if (sa is syscall.SockaddrUnix s)
        {
            return new UnixAddr { Name = s.Name, Net = "unixpacket" };
        }
        return null;
    }

    internal static string sotypeToNet(int sotype)
    {
        switch (sotype)
        {
            case syscall.SOCK_STREAM:
                return "unix";
            case syscall.SOCK_DGRAM:
                return "unixgram";
            case syscall.SOCK_SEQPACKET:
                return "unixpacket";
            default:
                builtin.panic("sotypeToNet unknown socket type");
                return "";
        }
    }

    public sealed partial class UnixAddr
    {
        internal int family()
        {
            return syscall.AF_UNIX;
        }

        internal (syscall.Sockaddr? sa, error? err) sockaddr(int family)
        {
            return (new syscall.SockaddrUnix { Name = Name }, null); // PORT(nilrecv): nil for nil
        }

        internal sockaddr toLocal(string net)
        {
            return this;
        }

        // PORT(iface): methods that are not public satisfy an interface only when it is named.
        int net.sockaddr.family() => family();

        bool net.sockaddr.isWildcard() => isWildcard();

        (syscall.Sockaddr? sa, error? err) net.sockaddr.sockaddr(int family) => sockaddr(family);

        net.sockaddr net.sockaddr.toLocal(string net) => toLocal(net);
    }

    public sealed partial class UnixConn
    {
        internal async go<(int n, UnixAddr? addr, error? err)> readFrom(Memory<byte> b)
        {
            UnixAddr? addr = null;
            var (n, sa, err) = await fd.readFrom(b);
            switch (sa)
            {
                case syscall.SockaddrUnix sa1:
                    if (sa1.Name != "")
                    {
                        addr = new UnixAddr { Name = sa1.Name, Net = sotypeToNet(fd.sotype) };
                    }
                    break;
            }
            return (n, addr, err);
        }

        internal async go<(int n, int oobn, int flags, UnixAddr? addr, error? err)> readMsg(Memory<byte> b, Memory<byte> oob)
        {
            UnixAddr? addr = null;
            syscall.Sockaddr? sa = null;
            (var n, var oobn, var flags, sa, var err) = await fd.readMsg(b, oob, readMsgFlags);
            if (readMsgFlags == 0 && err == null && oobn > 0)
            {
                setReadMsgCloseOnExec(oob[..oobn]);
            }

            switch (sa)
            {
                case syscall.SockaddrUnix sa1:
                    if (sa1.Name != "")
                    {
                        addr = new UnixAddr { Name = sa1.Name, Net = sotypeToNet(fd.sotype) };
                    }
                    break;
            }
            return (n, oobn, flags, addr, err);
        }

        internal async go<(int n, error? err)> writeTo(Memory<byte> b, UnixAddr? addr)
        {
            if (fd.isConnected)
            {
                return (0, ErrWriteToConnected);
            }
            if (addr == null)
            {
                return (0, errMissingAddress);
            }
            if (addr.Net != sotypeToNet(fd.sotype))
            {
                return (0, syscall.EAFNOSUPPORT);
            }
            var sa = new syscall.SockaddrUnix { Name = addr.Name };
            return await fd.writeTo(b, sa);
        }

        internal async go<(int n, int oobn, error? err)> writeMsg(Memory<byte> b, Memory<byte> oob, UnixAddr? addr)
        {
            if (fd.sotype == syscall.SOCK_DGRAM && fd.isConnected)
            {
                return (0, 0, ErrWriteToConnected);
            }
            syscall.Sockaddr? sa = null;
            if (addr != null)
            {
                if (addr.Net != sotypeToNet(fd.sotype))
                {
                    return (0, 0, syscall.EAFNOSUPPORT);
                }
                sa = new syscall.SockaddrUnix { Name = addr.Name };
            }
            return await fd.writeMsg(b, oob, sa);
        }
    }

    internal sealed partial class sysDialer
    {
        internal async go<(UnixConn? c, error? err)> dialUnix(context.Context ctx, UnixAddr? laddr, UnixAddr? raddr)
        {
            var ctrlCtxFn = Dialer.ControlContext;
            if (ctrlCtxFn == null && Dialer.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => Dialer.Control!(network, address, c);
            }
            var (fd, err) = await unixSocket(ctx, network, laddr, raddr, "dial", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (newUnixConn(fd!), null);
        }
    }

    public sealed partial class UnixListener
    {
        internal async go<(UnixConn? c, error? err)> accept()
        {
            var (fd, err) = await this.fd.accept();
            if (err != null)
            {
                return (null, err);
            }
            return (newUnixConn(fd!), null);
        }

        internal async go<error?> close()
        {
            // The file that listening has made stays when the socket is
            // closed: nobody but us removes it. Somebody else may have put a
            // socket of his own in its place by now, which cannot be found
            // out; but as the file is removed first and the socket closed
            // then, this goes together with ListenUnix, and only programs
            // that are not Go's can come in between. Of several calls of
            // Close, even at the same time, the first one alone removes it.
            await unlinkOnce.Do(() =>
            {
                if (path[0] != '@' && unlink)
                {
                    syscall.Unlink(path);
                }
            });
            return await fd.Close();
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

        /// <summary>
        /// Says whether Close removes the file of the socket. It does unless
        /// told otherwise when package net has made the file, in Listen or
        /// ListenUnix; it does not when the listener comes from FileListener,
        /// for a file that was there. Go: src/net/unixsock_posix.go.
        /// </summary>
        public void SetUnlinkOnClose(bool unlink)
        {
            this.unlink = unlink;
        }
    }

    internal sealed partial class sysListener
    {
        internal async go<(UnixListener? l, error? err)> listenUnix(context.Context ctx, UnixAddr laddr)
        {
            Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn = null;
            if (ListenConfig.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => ListenConfig.Control!(network, address, c);
            }
            var (fd, err) = await unixSocket(ctx, network, laddr, null, "listen", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (new UnixListener(fd!, fd!.laddr!.String(), true), null);
        }

        internal async go<(UnixConn? c, error? err)> listenUnixgram(context.Context ctx, UnixAddr laddr)
        {
            Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn = null;
            if (ListenConfig.Control != null)
            {
                ctrlCtxFn = (cxt, network, address, c) => ListenConfig.Control!(network, address, c);
            }
            var (fd, err) = await unixSocket(ctx, network, laddr, null, "listen", ctrlCtxFn);
            if (err != null)
            {
                return (null, err);
            }
            return (newUnixConn(fd!), null);
        }
    }
}
