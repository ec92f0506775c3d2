// Ports src/net/sock_posix.go of go1.20.

namespace golang;

public static partial class net
{
    // socket makes a network file descriptor that is ready for asynchronous
    // I/O through the network poller.
    internal static async go<(netFD? fd, error? err)> socket(context.Context ctx, string net, int family, int sotype, int proto, bool ipv6only, sockaddr? laddr, sockaddr? raddr, Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn)
    {
        var (s, err) = sysSocket(family, sotype, proto);
        if (err != null)
        {
            return (null, err);
        }
        err = setDefaultSockopts(s, family, sotype, ipv6only);
        if (err != null)
        {
            poll.CloseFunc(s);
            return (null, err);
        }
        (var fd, err) = newFD(s, family, sotype, net);
        if (err != null)
        {
            poll.CloseFunc(s);
            return (null, err);
        }

        // The descriptor may be for one of four:
        //
        // - an end point that waits for connections of a stream: a stream
        //   listener
        //
        // - an end point for datagrams from anywhere: a datagram listener
        //
        // - an end point that opens a stream, or exchanges datagrams with one
        //   peer: a dialer
        //
        // - an end point of some other connection, such as to the protocol
        //   stack in the kernel
        //
        // A listener only has to give its socket a name, so laddr without
        // raddr means a listener of a stream or of datagrams; anything else
        // is a dialer or holds one of the other connections.

        if (laddr != null && raddr == null)
        {
            switch (sotype)
            {
                case syscall.SOCK_STREAM:
                case syscall.SOCK_SEQPACKET:
                    err = fd!.listenStream(ctx, laddr, await listenerBacklog(), ctrlCtxFn);
                    if (err != null)
                    {
                        await fd.Close();
                        return (null, err);
                    }
                    return (fd, null);
                case syscall.SOCK_DGRAM:
                    err = fd!.listenDatagram(ctx, laddr, ctrlCtxFn);
                    if (err != null)
                    {
                        await fd.Close();
                        return (null, err);
                    }
                    return (fd, null);
            }
        }
        err = await fd!.dial(ctx, laddr, raddr, ctrlCtxFn);
        if (err != null)
        {
            await fd.Close();
            return (null, err);
        }
        return (fd, null);
    }

    internal sealed partial class netFD
    {
        internal string ctrlNetwork()
        {
            switch (net)
            {
                case "unix":
                case "unixgram":
                case "unixpacket":
                    return net;
            }
            switch (net[net.Length - 1])
            {
                case '4':
                case '6':
                    return net;
            }
            if (family == syscall.AF_INET)
            {
                return net + "4";
            }
            return net + "6";
        }

        internal Func<syscall.Sockaddr?, Addr?> addrFunc()
        {
            switch (family)
            {
                case syscall.AF_INET:
                case syscall.AF_INET6:
                    switch (sotype)
                    {
                        case syscall.SOCK_STREAM:
                            return sockaddrToTCP;
                        case syscall.SOCK_DGRAM:
                            return sockaddrToUDP;
                        case syscall.SOCK_RAW:
                            return sockaddrToIP;
                    }
                    break;
                case syscall.AF_UNIX:
                    switch (sotype)
                    {
                        case syscall.SOCK_STREAM:
                            return sockaddrToUnix;
                        case syscall.SOCK_DGRAM:
                            return sockaddrToUnixgram;
                        case syscall.SOCK_SEQPACKET:
                            return sockaddrToUnixpacket;
                    }
                    break;
            }
            return static _ => null;
        }

        internal async go<error?> dial(context.Context ctx, sockaddr? laddr, sockaddr? raddr, Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn)
        {
            error? err;
            if (ctrlCtxFn != null)
            {
                (var c, err) = newRawConn(this);
                if (err != null)
                {
                    return err;
                }
                var ctrlAddr = "";
                if (raddr != null)
                {
                    ctrlAddr = raddr.String();
                }
                else if (laddr != null)
                {
                    ctrlAddr = laddr.String();
                }
                err = ctrlCtxFn(ctx, ctrlNetwork(), ctrlAddr, c!);
                if (err != null)
                {
                    return err;
                }
            }

            syscall.Sockaddr? lsa = null;
            if (laddr != null)
            {
                (lsa, err) = laddr.sockaddr(family);
                if (err != null)
                {
                    return err;
                }
                else if (lsa != null)
                {
                    err = syscall.Bind(pfd.Sysfd, lsa!);
                    if (err != null)
                    {
                        return os.NewSyscallError("bind", err);
                    }
                }
            }
            syscall.Sockaddr? rsa = null; // the remote address that the user gave
            syscall.Sockaddr? crsa = null; // the remote address that the socket is connected to
            if (raddr != null)
            {
                (rsa, err) = raddr.sockaddr(family);
                if (err != null)
                {
                    return err;
                }
                (crsa, err) = await connect(ctx, lsa, rsa);
                if (err != null)
                {
                    return err;
                }
                isConnected = true;
            }
            else
            {
                err = init();
                if (err != null)
                {
                    return err;
                }
            }
            // Keep the addresses that the socket has. The local one is what
            // Getsockname says. The remote one is
            // 1) what connect returned, if it did; or
            // 2) what Getpeername says, if it works; or
            // 3) raddr.
            (lsa, _) = syscall.Getsockname(pfd.Sysfd);
            if (crsa != null)
            {
                setAddr(addrFunc()(lsa), addrFunc()(crsa));
            }
            else
            {
                (rsa, _) = syscall.Getpeername(pfd.Sysfd);
                if (rsa != null)
                {
                    setAddr(addrFunc()(lsa), addrFunc()(rsa));
                }
                else
                {
                    setAddr(addrFunc()(lsa), raddr);
                }
            }
            return null;
        }

        internal error? listenStream(context.Context ctx, sockaddr laddr, int backlog, Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn)
        {
            error? err;
            err = setDefaultListenerSockopts(pfd.Sysfd);
            if (err != null)
            {
                return err;
            }
            syscall.Sockaddr? lsa;
            (lsa, err) = laddr.sockaddr(family);
            if (err != null)
            {
                return err;
            }

            if (ctrlCtxFn != null)
            {
                (var c, err) = newRawConn(this);
                if (err != null)
                {
                    return err;
                }
                err = ctrlCtxFn(ctx, ctrlNetwork(), laddr.String(), c!);
                if (err != null)
                {
                    return err;
                }
            }

            err = syscall.Bind(pfd.Sysfd, lsa!);
            if (err != null)
            {
                return os.NewSyscallError("bind", err);
            }
            err = listenFunc(pfd.Sysfd, backlog);
            if (err != null)
            {
                return os.NewSyscallError("listen", err);
            }
            err = init();
            if (err != null)
            {
                return err;
            }
            (lsa, _) = syscall.Getsockname(pfd.Sysfd);
            setAddr(addrFunc()(lsa), null);
            return null;
        }

        internal error? listenDatagram(context.Context ctx, sockaddr laddr, Func<context.Context, string, string, syscall.RawConn, error?>? ctrlCtxFn)
        {
            switch (laddr)
            {
                case UDPAddr addr:
                    // With a multicast prefix of UDP for laddr, listen on the
                    // wildcard address with a port that can be shared: so one
                    // listener can join several groups, and several listeners
                    // can join one group on one port.
                    if (addr.IP != null && addr.IP.IsMulticast())
                    {
                        if (setDefaultMulticastSockopts(pfd.Sysfd) is error err1)
                        {
                            return err1;
                        }
                        addr = new UDPAddr { IP = addr.IP, Port = addr.Port, Zone = addr.Zone };
                        switch (family)
                        {
                            case syscall.AF_INET:
                                addr.IP = IPv4zero;
                                break;
                            case syscall.AF_INET6:
                                addr.IP = IPv6unspecified;
                                break;
                        }
                        laddr = addr;
                    }
                    break;
            }
            error? err;
            syscall.Sockaddr? lsa;
            (lsa, err) = laddr.sockaddr(family);
            if (err != null)
            {
                return err;
            }

            if (ctrlCtxFn != null)
            {
                (var c, err) = newRawConn(this);
                if (err != null)
                {
                    return err;
                }
                err = ctrlCtxFn(ctx, ctrlNetwork(), laddr.String(), c!);
                if (err != null)
                {
                    return err;
                }
            }
            err = syscall.Bind(pfd.Sysfd, lsa!);
            if (err != null)
            {
                return os.NewSyscallError("bind", err);
            }
            err = init();
            if (err != null)
            {
                return err;
            }
            (lsa, _) = syscall.Getsockname(pfd.Sysfd);
            setAddr(addrFunc()(lsa), null);
            return null;
        }
    }
}
