// Ports src/net/fd_unix.go of go1.20.

namespace go;

public static partial class net
{
    internal const string readSyscallName = "read";
    internal const string readFromSyscallName = "recvfrom";
    internal const string readMsgSyscallName = "recvmsg";
    internal const string writeSyscallName = "write";
    internal const string writeToSyscallName = "sendto";
    internal const string writeMsgSyscallName = "sendmsg";

    internal static (netFD? fd, error? err) newFD(int sysfd, int family, int sotype, string net)
    {
        var ret = new netFD
        {
            pfd = new poll.FD
            {
                Sysfd = sysfd,
                IsStream = sotype == syscall.SOCK_STREAM,
                ZeroReadIsEOF = sotype != syscall.SOCK_DGRAM && sotype != syscall.SOCK_RAW,
            },
            family = family,
            sotype = sotype,
            net = net,
        };
        return (ret, null);
    }

    internal sealed partial class netFD
    {
        internal error? init()
        {
            return pfd.Init(net, true);
        }

        internal string name()
        {
            var (ls, rs) = ("", "");
            if (laddr != null)
            {
                ls = laddr.String();
            }
            if (raddr != null)
            {
                rs = raddr.String();
            }
            return net + ":" + ls + "->" + rs;
        }

        internal async go<(syscall.Sockaddr? rsa, error? ret)> connect(context.Context ctx, syscall.Sockaddr? la, syscall.Sockaddr? ra)
        {
            // fd.writeLock is not needed: the user has no access to fd yet,
            // so nothing else can be going on with it.
            {
                var err = connectFunc(pfd.Sysfd, ra!);
                if (err == syscall.EINPROGRESS || err == syscall.EALREADY || err == syscall.EINTR)
                {
                }
                else if (err == null || err == syscall.EISCONN)
                {
                    // PORT(ctxdone): Go looks at ctx.Done() without waiting, which tells it what
                    // ctx.Err() tells here.
                    if (ctx.Err() is error ctxErr)
                    {
                        return (null, mapErr(ctxErr));
                    }
                    err = pfd.Init(net, true);
                    if (err != null)
                    {
                        return (null, err);
                    }
                    GC.KeepAlive(this);
                    return (null, null);
                }
                else
                {
                    // Go takes EINVAL for a success on Solaris and illumos,
                    // where it means that the server has accepted and closed
                    // the connection already: https://golang.org/issue/6828.
                    return (null, os.NewSyscallError("connect", err));
                }
            }
            if (pfd.Init(net, true) is error initErr)
            {
                return (null, initErr);
            }
            var (deadline, hasDeadline) = ctx.Deadline();
            if (hasDeadline)
            {
                pfd.SetWriteDeadline(deadline);
            }
            try
            {
                // PORT(ctxdone): here Go starts a goroutine that waits for ctx.Done() and
                // interrupts the dial by setting a write deadline that has passed, and waits for
                // its end before connect returns (issue 16523). It comes with the channels; until
                // then a deadline ends a dial and a cancellation does not.

                for (; ; )
                {
                    // Calling connect again on a non-blocking socket does not
                    // give the error of the first call on every Unix. So once
                    // the poller says that the socket is ready, SO_ERROR tells
                    // how the connect ended (issue 7474).
                    var err = await pfd.WaitWrite();
                    if (err != null)
                    {
                        // PORT(ctxdone): as above.
                        if (ctx.Err() is error ctxErr)
                        {
                            return (null, mapErr(ctxErr));
                        }
                        return (null, err);
                    }
                    (var nerr, err) = getsockoptIntFunc(pfd.Sysfd, syscall.SOL_SOCKET, syscall.SO_ERROR);
                    if (err != null)
                    {
                        return (null, os.NewSyscallError("getsockopt", err));
                    }
                    var errno = new syscall.Errno((uintptr)nerr);
                    if (errno == syscall.EINPROGRESS || errno == syscall.EALREADY || errno == syscall.EINTR)
                    {
                    }
                    else if (errno == syscall.EISCONN)
                    {
                        return (null, null);
                    }
                    else if (errno == new syscall.Errno(0))
                    {
                        // The poller may wake us for nothing (issues 14548 and
                        // 19289). See whether there is a peer; if not, wait
                        // again.
                        (var rsa, err) = syscall.Getpeername(pfd.Sysfd);
                        if (err == null)
                        {
                            return (rsa, null);
                        }
                    }
                    else
                    {
                        return (null, os.NewSyscallError("connect", errno));
                    }
                    GC.KeepAlive(this);
                }
            }
            finally
            {
                if (hasDeadline)
                {
                    pfd.SetWriteDeadline(noDeadline);
                }
            }
        }

        internal async go<(netFD? netfd, error? err)> accept()
        {
            var (d, rsa, errcall, err) = await pfd.Accept();
            if (err != null)
            {
                if (errcall != "")
                {
                    err = wrapSyscallError(errcall, err);
                }
                return (null, err);
            }

            (var netfd, err) = newFD(d, family, sotype, net);
            if (err != null)
            {
                poll.CloseFunc(d);
                return (null, err);
            }
            err = netfd!.init();
            if (err != null)
            {
                await netfd.Close();
                return (null, err);
            }
            var (lsa, _) = syscall.Getsockname(netfd.pfd.Sysfd);
            netfd.setAddr(netfd.addrFunc()(lsa), netfd.addrFunc()(rsa));
            return (netfd, null);
        }

        internal (os.File? f, error? err) dup()
        {
            var (ns, call, err) = pfd.Dup();
            if (err != null)
            {
                if (call != "")
                {
                    err = os.NewSyscallError(call, err);
                }
                return (null, err);
            }

            return (os.NewFile((uintptr)ns, name()), null);
        }
    }
}
