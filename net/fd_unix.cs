// Ports src/net/fd_unix.go of go1.20.

namespace golang;

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
                // PORT(goos): Go takes EINVAL for a success on Solaris and
                // illumos, where it means that the server has accepted and
                // closed the connection already: https://golang.org/issue/6828.
                else
                {
                    return (null, os.NewSyscallError("connect", err));
                }
            }
            if (pfd.Init(net, true) is { } err1)
            {
                return (null, err1);
            }
            var (deadline, hasDeadline) = ctx.Deadline();
            if (hasDeadline)
            {
                pfd.SetWriteDeadline(deadline);
                // PORT(defer): here the second finally is deferred.
            }
            try
            {
                chan<@struct>? done = null;
                chan<error?>? interruptRes = null;

                // Start the "interrupter" goroutine if this context may be cancelled.
                //
                // It waits until the context is done and interrupts the dial then, by
                // setting the descriptor's write deadline, which wakes up
                // WaitWrite.
                var ctxDone = ctx.Done();
                if (ctxDone != null)
                {
                    done = builtin.makechan<@struct>();
                    interruptRes = builtin.makechan<error?>();
                    // PORT(defer): here the first finally is deferred.
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

                // PORT(defer): what is deferred looks at the result and changes it, so the rest of
                // the function gives it to variables.
                syscall.Sockaddr? rsa = null;
                error? ret = null;
                async go<(syscall.Sockaddr? rsa, error? ret)> rest()
                {
                    for (; ; )
                    {
                        // Calling connect again on a non-blocking socket does not
                        // give the error of the first call on every Unix. So once
                        // the poller says that the socket is ready, SO_ERROR tells
                        // how the connect ended (issue 7474).
                        if (await pfd.WaitWrite() is { } err1)
                        {
                            if (ctxDone.selectnbrecv().selected)
                            {
                                return (null, mapErr(ctx.Err()!));
                            }
                            return (null, err1);
                        }
                        var (nerr, err) = getsockoptIntFunc(pfd.Sysfd, syscall.SOL_SOCKET, syscall.SO_ERROR);
                        if (err != null)
                        {
                            return (null, os.NewSyscallError("getsockopt", err));
                        }
                        var err2 = new syscall.Errno((uintptr)nerr);
                        if (err2 == syscall.EINPROGRESS || err2 == syscall.EALREADY || err2 == syscall.EINTR)
                        {
                        }
                        else if (err2 == syscall.EISCONN)
                        {
                            return (null, null);
                        }
                        else if (err2 == new syscall.Errno(0))
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
                            return (null, os.NewSyscallError("connect", err2));
                        }
                        GC.KeepAlive(this);
                    }
                }
                try
                {
                    (rsa, ret) = await rest();
                }
                // PORT(defer)
                finally
                {
                    // Wait for the end of the interrupter goroutine before connect
                    // returns.
                    if (ctxDone != null)
                    {
                        done!.Close();
                        if (await interruptRes!.Recv() is { } ctxErr && ret == null)
                        {
                            // The interrupter has called SetWriteDeadline, but
                            // the loop had returned from WaitWrite already,
                            // with a connection (ret is null). As the
                            // connection is spoilt now, being unwritable, do
                            // not return a successful dial. This was issue
                            // 16523.
                            ret = mapErr(ctxErr);
                            await Close(); // prevent a leak
                        }
                    }
                }
                return (rsa, ret);
            }
            // PORT(defer)
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
