// Ports src/net/file_unix.go of go1.20.

namespace golang;

public static partial class net
{
    internal static (int, error?) dupSocket(os.File f)
    {
        var (s, call, err) = poll.DupCloseOnExec((int)f.Fd());
        if (err != null)
        {
            if (call != "")
            {
                err = os.NewSyscallError(call, err);
            }
            return (-1, err);
        }
        err = syscall.SetNonblock(s, true);
        if (err != null)
        {
            poll.CloseFunc(s);
            return (-1, os.NewSyscallError("setnonblock", err));
        }
        return (s, null);
    }

    internal static async go<(netFD? fd, error? err)> newFileFD(os.File f)
    {
        var (s, err) = dupSocket(f);
        if (err != null)
        {
            return (null, err);
        }
        var family = syscall.AF_UNSPEC;
        (var sotype, err) = syscall.GetsockoptInt(s, syscall.SOL_SOCKET, syscall.SO_TYPE);
        if (err != null)
        {
            poll.CloseFunc(s);
            return (null, os.NewSyscallError("getsockopt", err));
        }
        var (lsa, _) = syscall.Getsockname(s);
        var (rsa, _) = syscall.Getpeername(s);
        switch (lsa)
        {
            case syscall.SockaddrInet4:
                family = syscall.AF_INET;
                break;
            case syscall.SockaddrInet6:
                family = syscall.AF_INET6;
                break;
            case syscall.SockaddrUnix:
                family = syscall.AF_UNIX;
                break;
            default:
                poll.CloseFunc(s);
                return (null, syscall.EPROTONOSUPPORT);
        }
        (var fd, err) = newFD(s, family, sotype, "");
        if (err != null)
        {
            poll.CloseFunc(s);
            return (null, err);
        }
        var laddr = fd!.addrFunc()(lsa);
        var raddr = fd.addrFunc()(rsa);
        fd.net = laddr!.Network();
        err = fd.init();
        if (err != null)
        {
            await fd.Close();
            return (null, err);
        }
        fd.setAddr(laddr, raddr);
        return (fd, null);
    }

    internal static async go<(Conn? c, error? err)> fileConn(os.File f)
    {
        var (fd, err) = await newFileFD(f);
        if (err != null)
        {
            return (null, err);
        }
        switch (fd!.laddr)
        {
            case TCPAddr:
                return (newTCPConn(fd, defaultTCPKeepAlive, testHookSetKeepAlive), null);
            case UDPAddr:
                return (newUDPConn(fd), null);
            case IPAddr:
                return (newIPConn(fd), null);
            case UnixAddr:
                return (newUnixConn(fd), null);
        }
        await fd.Close();
        return (null, syscall.EINVAL);
    }

    internal static async go<(Listener? ln, error? err)> fileListener(os.File f)
    {
        var (fd, err) = await newFileFD(f);
        if (err != null)
        {
            return (null, err);
        }
        switch (fd!.laddr)
        {
            case TCPAddr:
                return (new TCPListener(fd, new ListenConfig()), null);
            case UnixAddr laddr:
                return (new UnixListener(fd, laddr.Name, false), null);
        }
        await fd.Close();
        return (null, syscall.EINVAL);
    }

    internal static async go<(PacketConn? c, error? err)> filePacketConn(os.File f)
    {
        var (fd, err) = await newFileFD(f);
        if (err != null)
        {
            return (null, err);
        }
        switch (fd!.laddr)
        {
            case UDPAddr:
                return (newUDPConn(fd), null);
            case IPAddr:
                return (newIPConn(fd), null);
            case UnixAddr:
                return (newUnixConn(fd), null);
        }
        await fd.Close();
        return (null, syscall.EINVAL);
    }
}
