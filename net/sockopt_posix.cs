// Ports src/net/sockopt_posix.go of go1.20.

namespace golang;

public static partial class net
{
    // Boolean to int.
    internal static int boolint(bool b)
    {
        if (b)
        {
            return 1;
        }
        return 0;
    }

    internal static (Interface? ifi, error? err) ipv4AddrToInterface(IP ip)
    {
        var (ift, err) = Interfaces();
        if (err != null)
        {
            return (null, err);
        }
        foreach (var ifi in ift!)
        {
            (var ifat, err) = ifi.Addrs();
            if (err != null)
            {
                return (null, err);
            }
            foreach (var ifa in ifat!)
            {
                switch (ifa)
                {
                    case IPAddr v:
                        if (ip.Equal(v.IP))
                        {
                            return (ifi, null);
                        }
                        break;
                    case IPNet v:
                        if (ip.Equal(v.IP))
                        {
                            return (ifi, null);
                        }
                        break;
                }
            }
        }
        if (ip.Equal(IPv4zero))
        {
            return (null, null);
        }
        return (null, errNoSuchInterface);
    }

    internal static (IP ip, error? err) interfaceToIPv4Addr(Interface? ifi)
    {
        if (ifi == null)
        {
            return (IPv4zero, null);
        }
        var (ifat, err) = ifi.Addrs();
        if (err != null)
        {
            return (null, err);
        }
        foreach (var ifa in ifat!)
        {
            switch (ifa)
            {
                case IPAddr v:
                    if (v.IP.To4() != null)
                    {
                        return (v.IP, null);
                    }
                    break;
                case IPNet v:
                    if (v.IP.To4() != null)
                    {
                        return (v.IP, null);
                    }
                    break;
            }
        }
        return (null, errNoSuchInterface);
    }

    internal static error? setIPv4MreqToInterface(ref syscall.IPMreq mreq, Interface? ifi)
    {
        if (ifi == null)
        {
            return null;
        }
        var (ifat, err) = ifi.Addrs();
        if (err != null)
        {
            return err;
        }
        foreach (var ifa in ifat!)
        {
            switch (ifa)
            {
                case IPAddr v:
                    {
                        var a = v.IP.To4();
                        if (a != null)
                        {
                            builtin.copy(mreq.Interface[..], a.Span);
                            goto done;
                        }
                    }
                    break;
                case IPNet v:
                    {
                        var a = v.IP.To4();
                        if (a != null)
                        {
                            builtin.copy(mreq.Interface[..], a.Span);
                            goto done;
                        }
                    }
                    break;
            }
        }
    done:
        if (((ReadOnlySpan<byte>)mreq.Multiaddr).SequenceEqual(IPv4zero.To4()))
        {
            return errNoSuchMulticastInterface;
        }
        return null;
    }

    internal static error? setReadBuffer(netFD fd, int bytes)
    {
        var err = fd.pfd.SetsockoptInt(syscall.SOL_SOCKET, syscall.SO_RCVBUF, bytes);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setWriteBuffer(netFD fd, int bytes)
    {
        var err = fd.pfd.SetsockoptInt(syscall.SOL_SOCKET, syscall.SO_SNDBUF, bytes);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setKeepAlive(netFD fd, bool keepalive)
    {
        var err = fd.pfd.SetsockoptInt(syscall.SOL_SOCKET, syscall.SO_KEEPALIVE, boolint(keepalive));
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }

    internal static error? setLinger(netFD fd, int sec)
    {
        syscall.Linger l = default;
        if (sec >= 0)
        {
            l.Onoff = 1;
            l.linger = (int32)sec; // PORT(name)
        }
        else
        {
            l.Onoff = 0;
            l.linger = 0; // PORT(name)
        }
        var err = fd.pfd.SetsockoptLinger(syscall.SOL_SOCKET, syscall.SO_LINGER, l);
        GC.KeepAlive(fd);
        return wrapSyscallError("setsockopt", err);
    }
}
