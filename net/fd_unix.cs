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
                    if (ctx.Done().selectnbrecv().selected)
                    {
                        return (null, mapErr(ctx.Err()!));
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
                // Start the "interrupter" goroutine if this context may be cancelled.
                //
                // It waits until the context is done and interrupts the dial then, by
                // setting the descriptor's write deadline, which wakes up
                // WaitWrite.
                var ctxDone = ctx.Done();
                chan<@struct>? done = null;
                chan<error?>? interruptRes = null;
                if (ctxDone != null)
                {
                    done = builtin.makechan<@struct>();
                    interruptRes = builtin.makechan<error?>();
                    builtin.go(async () =>
                    {
                        switch (await builtin.select(ctxDone.recvcase(), done.recvcase()))
                        {
                            case 0:
                                // Make the runtime's poller give up waiting for
                                // writability at once, so that WaitWrite
                                // returns.
                                pfd.SetWriteDeadline(aLongTimeAgo);
                                testHookCanceledDial();
                                await interruptRes.Send(ctx.Err());
                                break;
                            case 1:
                                await interruptRes.Send(null);
                                break;
                        }
                    });
                }

                syscall.Sockaddr? rsa = null;
                error? ret = null;
                try
                {
                    (rsa, ret) = await connectWait(ctx, ctxDone);
                }
                finally
                {
                    // Wait for the end of the interrupter goroutine before connect
                    // returns.
                    if (ctxDone != null)
                    {
                        done.Close();
                        if (await interruptRes.Recv() is error ctxErr && ret == null)
                        {
                            // The interrupter has called SetWriteDeadline, but
                            // connectWait had returned from WaitWrite
                            // already, with a connection (ret is
                            // null). As the connection is spoilt now, being
                            // unwritable, do not return a successful
                            // dial. This was issue 16523.
                            ret = mapErr(ctxErr);
                            await Close(); // prevent a leak
                        }
                    }
                }
                return (rsa, ret);
            }
            finally
            {
                if (hasDeadline)
                {
                    pfd.SetWriteDeadline(noDeadline);
                }
            }
        }

        // connectWait waits for the end of the connect.
        // PORT(defer): the loop at the end of Go's connect; apart, because what is deferred there looks
        // at its result and changes it.
        internal async go<(syscall.Sockaddr? rsa, error? ret)> connectWait(context.Context ctx, chan<@struct>? ctxDone)
        {
            for (; ; )
            {
                // Calling connect again on a non-blocking socket does not
                // give the error of the first call on every Unix. So once
                // the poller says that the socket is ready, SO_ERROR tells
                // how the connect ended (issue 7474).
                var err = await pfd.WaitWrite();
                if (err != null)
                {
                    if (ctxDone.selectnbrecv().selected)
                    {
                        return (null, mapErr(ctx.Err()!));
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
