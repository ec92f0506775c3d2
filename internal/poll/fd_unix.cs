// Ports src/internal/poll/fd_unix.go of go1.20.

using System.Buffers;
using System.Collections.Generic;

namespace golang;

public static partial class poll
{
    /// <summary>
    /// FD is a file descriptor. It is a field of the larger types of packages net and os that stand for a
    /// network connection or a file of the system. (src/internal/poll/fd_unix.go)
    /// </summary>
    public sealed partial class FD
    {
        // Guards Sysfd's life and lets one Read and one Write at a time through.
        internal fdMutex fdmu;

        /// <summary>The system's file descriptor. It does not change until Close.</summary>
        public int Sysfd;

        // The I/O poller's half.
        internal pollDesc pd;

        // The I/O vectors of the last Writev, kept for the next one. Guarded by the write lock.
        internal List<syscall.Iovec>? iovecs;

        // PORT(pin): what holds the buffers in their places during a Writev. Guarded by the write lock.
        internal List<MemoryHandle>? pins;

        // The semaphore that is released when the descriptor is closed.
        // PORT(sema): it is the third word of fdmu.sema.
        internal fdSema.address csema
        {
            get
            {
                return new fdSema.address(ref fdmu.sema, 2);
            }
        }

        // Not zero once the file is in blocking mode. It only ever goes from 0 to 1.
        internal uint32 isBlocking;

        /// <summary>
        /// Whether this is a stream, as opposed to a descriptor that carries packets, such as a UDP socket.
        /// It does not change.
        /// </summary>
        public bool IsStream;

        /// <summary>
        /// Whether a read of zero bytes means the end of the file. It does not for a socket that carries
        /// messages.
        /// </summary>
        public bool ZeroReadIsEOF;

        // Whether this is a file and not a network socket.
        internal bool isFile;

        /// <summary>
        /// Init makes the FD ready for use. Sysfd must be set. It may be called more than once. net is a
        /// network's name of package net ("tcp", ...) or "file"; pollable says whether the runtime's poller
        /// is to serve fd. Returns the error of the poller, if it refuses fd; fd is then in blocking mode.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public error? Init(string net, bool pollable)
        {
            // Of all the networks' names only "file" matters.
            if (net == "file")
            {
                isFile = true;
            }
            if (!pollable)
            {
                isBlocking = 1;
                return null;
            }
            var err = pd.init(this);
            if (err != null)
            {
                // The poller does not take it: treat it as a blocking descriptor.
                isBlocking = 1;
            }
            return err;
        }

        // destroy closes the descriptor, when no references are left.
        internal error? destroy()
        {
            // The poller may have to withdraw the descriptor from the kernel's readiness notification,
            // which must happen while it is still open: so before CloseFunc.
            pd.close();

            // Not repeated on EINTR: POSIX leaves open whether the descriptor is closed then. If it is, a
            // second try could close one that another goroutine has just opened. (On Linux it is.)
            var err = CloseFunc(Sysfd);

            Sysfd = -1;
            runtime_Semrelease(csema);
            GC.KeepAlive(this);
            return err;
        }

        /// <summary>
        /// Close closes the FD and wakes every goroutine that waits in a read or a write of it. The
        /// descriptor itself is closed by the last one that uses it, and unless fd is in blocking mode Close
        /// waits for that. Returns a closing error when fd was closed before.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<error?> Close()
        {
            if (!fdmu.increfAndClose())
            {
                return errClosing(isFile);
            }

            // Wake all I/O that waits. When the last of it has returned, nobody refers to Sysfd any more, and
            // its decref closes Sysfd. That does not take long: no I/O blocks, and an attempt to wait in
            // the pollDesc ends at once with the closing error.
            pd.evict();

            // If nobody else holds a reference, this one calls destroy.
            var err = decref();

            // Wait until the descriptor is closed; if ours was the only reference, it is. Do not wait for
            // a descriptor in blocking mode: the I/O on it may block, and Close would block with it.
            // isBlocking needs no atomic read: increfAndClose has made us the only one here.
            if (isBlocking == 0)
            {
                await runtime_Semacquire(csema);
                GC.KeepAlive(this);
            }

            return err;
        }

        /// <summary>
        /// SetBlocking puts the descriptor into blocking mode. (src/internal/poll/fd_unix.go)
        /// </summary>
        public error? SetBlocking()
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                // An atomic store, so that several calls at once do not race. There is nothing to lose
                // by it: isBlocking only goes from 0 to 1.
                atomic.StoreUint32(ref isBlocking, 1);
                return syscall.SetNonblock(Sysfd, false);
            }
            finally
            {
                decref();
            }
        }

        // Some systems cannot read or write 2 GB or more at a time, not even 64-bit ones; many sockets
        // cannot anywhere (upstream issues 7812 and 16266). 1 GB and not one byte less than 2 GB: so the
        // reads that follow stay aligned.
        internal const int maxRW = 1 << 30;

        /// <summary>
        /// Read reads up to p.Length bytes into p and returns how many. It parks the goroutine until there
        /// is at least one, the stream has ended (io.EOF), the read deadline has passed
        /// (<see cref="ErrDeadlineExceeded"/>) or fd is closed. (src/internal/poll/fd_unix.go)
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public async go<(int n, error? err)> Read(Memory<byte> p)
        {
            if (await readLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (p.Length == 0)
                {
                    // A caller that wants no bytes gets none, and no system call is made (but the read lock
                    // has been taken): the 0 of the system call would look like the end of the file.
                    // Whether it should wait until fd is readable is upstream issue 15735.
                    return (0, null);
                }
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (0, err1);
                }
                if (IsStream && p.Length > maxRW)
                {
                    p = p[..maxRW];
                }
                for (; ; )
                {
                    int n;
                    error? err;
                    unsafe
                    {
                        (n, err) = ignoringEINTRIO(&syscall.Read, Sysfd, p.Span);
                    }
                    if (err != null)
                    {
                        n = 0;
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    err = eofError(n, err);
                    return (n, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// Pread reads up to p.Length bytes from offset off of the file, in bytes, and leaves the file's
        /// position alone. Returns how many, and io.EOF at the end. (src/internal/poll/fd_unix.go)
        /// </summary>
        public (int n, error? err) Pread(Memory<byte> p, int64 off)
        {
            // incref and not readLock: with an offset of its own it does not disturb other reads. For the
            // same reason there is nothing to poll for.
            if (incref() is { } err0)
            {
                return (0, err0);
            }
            if (IsStream && p.Length > maxRW)
            {
                p = p[..maxRW];
            }
            int n;
            error? err;
            for (; ; )
            {
                (n, err) = syscall.Pread(Sysfd, p.Span, off);
                if (err != syscall.EINTR)
                {
                    break;
                }
            }
            if (err != null)
            {
                n = 0;
            }
            decref();
            err = eofError(n, err);
            return (n, err);
        }

        /// <summary>
        /// ReadFrom receives a message into p with recvfrom. Returns its length in bytes and where it came
        /// from; waits and fails as <see cref="Read"/> does. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, syscall.Sockaddr? sa, error? err)> ReadFrom(Memory<byte> p)
        {
            if (await readLock() is { } err0)
            {
                return (0, null, err0);
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (0, null, err1);
                }
                for (; ; )
                {
                    var (n, sa, err) = syscall.Recvfrom(Sysfd, p.Span, 0);
                    if (err != null)
                    {
                        if (err == syscall.EINTR)
                        {
                            continue;
                        }
                        n = 0;
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    err = eofError(n, err);
                    return (n, sa, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// ReadFromInet4 is <see cref="ReadFrom"/> for IPv4: the address is stored into from.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, error? err)> ReadFromInet4(Memory<byte> p, syscall.SockaddrInet4 from)
        {
            if (await readLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (0, err1);
                }
                for (; ; )
                {
                    var (n, err) = unix.RecvfromInet4(Sysfd, p.Span, 0, from);
                    if (err != null)
                    {
                        if (err == syscall.EINTR)
                        {
                            continue;
                        }
                        n = 0;
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    err = eofError(n, err);
                    return (n, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// ReadFromInet6 is <see cref="ReadFrom"/> for IPv6: the address is stored into from.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, error? err)> ReadFromInet6(Memory<byte> p, syscall.SockaddrInet6 from)
        {
            if (await readLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (0, err1);
                }
                for (; ; )
                {
                    var (n, err) = unix.RecvfromInet6(Sysfd, p.Span, 0, from);
                    if (err != null)
                    {
                        if (err == syscall.EINTR)
                        {
                            continue;
                        }
                        n = 0;
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    err = eofError(n, err);
                    return (n, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// ReadMsg receives a message into p, and its control messages into oob, with recvmsg and flags
        /// (syscall.MSG_*). Returns the number of bytes of each, the message's flags and where it came from;
        /// waits and fails as <see cref="Read"/> does. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, int oobn, int sysflags, syscall.Sockaddr? sa, error? err)> ReadMsg(Memory<byte> p, Memory<byte> oob, int flags)
        {
            if (await readLock() is { } err0)
            {
                return (0, 0, 0, null, err0);
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (0, 0, 0, null, err1);
                }
                for (; ; )
                {
                    var (n, oobn, sysflags, sa, err) = syscall.Recvmsg(Sysfd, p.Span, oob.Span, flags);
                    if (err != null)
                    {
                        if (err == syscall.EINTR)
                        {
                            continue;
                        }
                        // Open upstream: whether n and oobn should become 0 here.
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    err = eofError(n, err);
                    return (n, oobn, sysflags, sa, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// ReadMsgInet4 is <see cref="ReadMsg"/> for IPv4: the address is stored into sa4.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, int oobn, int sysflags, error? err)> ReadMsgInet4(Memory<byte> p, Memory<byte> oob, int flags, syscall.SockaddrInet4 sa4)
        {
            if (await readLock() is { } err0)
            {
                return (0, 0, 0, err0);
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (0, 0, 0, err1);
                }
                for (; ; )
                {
                    var (n, oobn, sysflags, err) = unix.RecvmsgInet4(Sysfd, p.Span, oob.Span, flags, sa4);
                    if (err != null)
                    {
                        if (err == syscall.EINTR)
                        {
                            continue;
                        }
                        // Open upstream: whether n and oobn should become 0 here.
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    err = eofError(n, err);
                    return (n, oobn, sysflags, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// ReadMsgInet6 is <see cref="ReadMsg"/> for IPv6: the address is stored into sa6.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, int oobn, int sysflags, error? err)> ReadMsgInet6(Memory<byte> p, Memory<byte> oob, int flags, syscall.SockaddrInet6 sa6)
        {
            if (await readLock() is { } err0)
            {
                return (0, 0, 0, err0);
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (0, 0, 0, err1);
                }
                for (; ; )
                {
                    var (n, oobn, sysflags, err) = unix.RecvmsgInet6(Sysfd, p.Span, oob.Span, flags, sa6);
                    if (err != null)
                    {
                        if (err == syscall.EINTR)
                        {
                            continue;
                        }
                        // Open upstream: whether n and oobn should become 0 here.
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    err = eofError(n, err);
                    return (n, oobn, sysflags, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// Write writes all of p, and parks the goroutine whenever the descriptor takes no more. Returns the
        /// number of bytes written and, if it is less than p.Length, why: the write deadline has passed
        /// (<see cref="ErrDeadlineExceeded"/>), fd is closed, or a system call's error.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public async go<(int n, error? err)> Write(Memory<byte> p)
        {
            if (await writeLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, err1);
                }
                var nn = 0;
                for (; ; )
                {
                    var max = p.Length;
                    if (IsStream && max - nn > maxRW)
                    {
                        max = nn + maxRW;
                    }
                    int n;
                    error? err;
                    unsafe
                    {
                        (n, err) = ignoringEINTRIO(&syscall.Write, Sysfd, (ReadOnlySpan<byte>)p.Span[nn..max]);
                    }
                    if (n > 0)
                    {
                        nn += n;
                    }
                    if (nn == p.Length)
                    {
                        return (nn, err);
                    }
                    if (err == syscall.EAGAIN && pd.pollable())
                    {
                        if ((err = await pd.waitWrite(isFile)) == null)
                        {
                            continue;
                        }
                    }
                    if (err != null)
                    {
                        return (nn, err);
                    }
                    if (n == 0)
                    {
                        return (nn, io.ErrUnexpectedEOF);
                    }
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// Pwrite writes all of p at offset off of the file, in bytes, and leaves the file's position alone.
        /// Returns the number of bytes written. (src/internal/poll/fd_unix.go)
        /// </summary>
        public (int n, error? err) Pwrite(Memory<byte> p, int64 off)
        {
            // incref and not writeLock: with an offset of its own it does not disturb other writes. For the
            // same reason there is nothing to poll for.
            if (incref() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                var nn = 0;
                for (; ; )
                {
                    var max = p.Length;
                    if (IsStream && max - nn > maxRW)
                    {
                        max = nn + maxRW;
                    }
                    var (n, err) = syscall.Pwrite(Sysfd, p.Span[nn..max], off + (int64)nn);
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    if (n > 0)
                    {
                        nn += n;
                    }
                    if (nn == p.Length)
                    {
                        return (nn, err);
                    }
                    if (err != null)
                    {
                        return (nn, err);
                    }
                    if (n == 0)
                    {
                        return (nn, io.ErrUnexpectedEOF);
                    }
                }
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// WriteToInet4 is <see cref="WriteTo"/> for an IPv4 address. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, error? err)> WriteToInet4(Memory<byte> p, syscall.SockaddrInet4 sa)
        {
            if (await writeLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, err1);
                }
                for (; ; )
                {
                    var err = unix.SendtoInet4(Sysfd, p.Span, 0, sa);
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    if (err == syscall.EAGAIN && pd.pollable())
                    {
                        if ((err = await pd.waitWrite(isFile)) == null)
                        {
                            continue;
                        }
                    }
                    if (err != null)
                    {
                        return (0, err);
                    }
                    return (p.Length, null);
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// WriteToInet6 is <see cref="WriteTo"/> for an IPv6 address. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, error? err)> WriteToInet6(Memory<byte> p, syscall.SockaddrInet6 sa)
        {
            if (await writeLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, err1);
                }
                for (; ; )
                {
                    var err = unix.SendtoInet6(Sysfd, p.Span, 0, sa);
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    if (err == syscall.EAGAIN && pd.pollable())
                    {
                        if ((err = await pd.waitWrite(isFile)) == null)
                        {
                            continue;
                        }
                    }
                    if (err != null)
                    {
                        return (0, err);
                    }
                    return (p.Length, null);
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// WriteTo sends p to sa as one message with sendto. Returns its length in bytes; waits and fails as
        /// <see cref="Write"/> does. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, error? err)> WriteTo(Memory<byte> p, syscall.Sockaddr? sa)
        {
            if (await writeLock() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, err1);
                }
                for (; ; )
                {
                    var err = syscall.Sendto(Sysfd, p.Span, 0, sa);
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    if (err == syscall.EAGAIN && pd.pollable())
                    {
                        if ((err = await pd.waitWrite(isFile)) == null)
                        {
                            continue;
                        }
                    }
                    if (err != null)
                    {
                        return (0, err);
                    }
                    return (p.Length, null);
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// WriteMsg sends p to sa as one message with the control messages in oob, with sendmsg. Returns the
        /// number of bytes of each; waits and fails as <see cref="Write"/> does.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, int oobn, error? err)> WriteMsg(Memory<byte> p, Memory<byte> oob, syscall.Sockaddr? sa)
        {
            if (await writeLock() is { } err0)
            {
                return (0, 0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, 0, err1);
                }
                for (; ; )
                {
                    var (n, err) = syscall.SendmsgN(Sysfd, p.Span, oob.Span, sa, 0);
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    if (err == syscall.EAGAIN && pd.pollable())
                    {
                        if ((err = await pd.waitWrite(isFile)) == null)
                        {
                            continue;
                        }
                    }
                    if (err != null)
                    {
                        return (n, 0, err);
                    }
                    return (n, oob.Length, err);
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// WriteMsgInet4 is <see cref="WriteMsg"/> for an IPv4 address. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, int oobn, error? err)> WriteMsgInet4(Memory<byte> p, Memory<byte> oob, syscall.SockaddrInet4 sa)
        {
            if (await writeLock() is { } err0)
            {
                return (0, 0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, 0, err1);
                }
                for (; ; )
                {
                    var (n, err) = unix.SendmsgNInet4(Sysfd, p.Span, oob.Span, sa, 0);
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    if (err == syscall.EAGAIN && pd.pollable())
                    {
                        if ((err = await pd.waitWrite(isFile)) == null)
                        {
                            continue;
                        }
                    }
                    if (err != null)
                    {
                        return (n, 0, err);
                    }
                    return (n, oob.Length, err);
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// WriteMsgInet6 is <see cref="WriteMsg"/> for an IPv6 address. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, int oobn, error? err)> WriteMsgInet6(Memory<byte> p, Memory<byte> oob, syscall.SockaddrInet6 sa)
        {
            if (await writeLock() is { } err0)
            {
                return (0, 0, err0);
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return (0, 0, err1);
                }
                for (; ; )
                {
                    var (n, err) = unix.SendmsgNInet6(Sysfd, p.Span, oob.Span, sa, 0);
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    if (err == syscall.EAGAIN && pd.pollable())
                    {
                        if ((err = await pd.waitWrite(isFile)) == null)
                        {
                            continue;
                        }
                    }
                    if (err != null)
                    {
                        return (n, 0, err);
                    }
                    return (n, oob.Length, err);
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// Accept waits for a connection on a listening socket and accepts it. Returns its descriptor, which
        /// is non-blocking and close-on-exec, and the peer's address, or -1 and the name of the system call
        /// that failed. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int, syscall.Sockaddr? rsa, string errcall, error? err)> Accept()
        {
            if (await readLock() is { } err0)
            {
                return (-1, null, "", err0);
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return (-1, null, "", err1);
                }
                for (; ; )
                {
                    var (s, rsa, errcall, err) = accept(Sysfd);
                    if (err == null)
                    {
                        return (s, rsa, "", err);
                    }
                    if (err == syscall.EINTR)
                    {
                        continue;
                    }
                    else if (err == syscall.EAGAIN)
                    {
                        if (pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    else if (err == syscall.ECONNABORTED)
                    {
                        // A connection in the listen queue went away before it could be accepted. Nobody
                        // can do anything with that error: take the next one.
                        continue;
                    }
                    return (-1, null, errcall, err);
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// Seek sets the file's position to offset bytes from where whence says (io.SeekStart, SeekCurrent,
        /// SeekEnd). Returns the new position from the start. (src/internal/poll/fd_unix.go)
        /// </summary>
        public (int64 off, error? err) Seek(int64 offset, int whence)
        {
            if (incref() is { } err)
            {
                return (0, err);
            }
            try
            {
                return syscall.Seek(Sysfd, offset, whence);
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// ReadDirent reads directory entries, as the kernel lays them out, into buf and returns the number
        /// of bytes, 0 at the end. It is one system call, not an attempt to fill buf.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, error? err)> ReadDirent(Memory<byte> buf)
        {
            if (incref() is { } err0)
            {
                return (0, err0);
            }
            try
            {
                for (; ; )
                {
                    int n;
                    error? err;
                    unsafe
                    {
                        (n, err) = ignoringEINTRIO(&syscall.ReadDirent, Sysfd, buf.Span);
                    }
                    if (err != null)
                    {
                        n = 0;
                        if (err == syscall.EAGAIN && pd.pollable())
                        {
                            if ((err = await pd.waitRead(isFile)) == null)
                            {
                                continue;
                            }
                        }
                    }
                    // No eofError here: the caller expects 0 and not io.EOF.
                    return (n, err);
                }
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// Fchmod sets the permission bits of the file. (src/internal/poll/fd_unix.go)
        /// </summary>
        public error? Fchmod(uint32 mode)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return ignoringEINTR(() => syscall.Fchmod(Sysfd, mode));
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// Fchdir makes the directory the process's current one. (src/internal/poll/fd_unix.go)
        /// </summary>
        public error? Fchdir()
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                return syscall.Fchdir(Sysfd);
            }
            finally
            {
                decref();
            }
        }

        /// <summary>
        /// Fstat stores what the system knows about the file into s. (src/internal/poll/fd_unix.go)
        /// </summary>
        public error? Fstat(ref syscall.Stat_t s)
        {
            if (incref() is { } err)
            {
                return err;
            }
            try
            {
                // PORT(eintr): a closure cannot capture s, so ignoringEINTR's loop is written out.
                for (; ; )
                {
                    var err1 = syscall.Fstat(Sysfd, ref s);
                    if (err1 != syscall.EINTR)
                    {
                        return err1;
                    }
                }
            }
            finally
            {
                decref();
            }
        }
    }

    // tryDupCloexec says whether F_DUPFD_CLOEXEC is worth a try: 0 once the kernel has refused it.
    internal static int32 tryDupCloexec = 1;

    /// <summary>
    /// DupCloseOnExec duplicates fd; the copy is close-on-exec. Returns the copy, or -1 and the name of the
    /// system call that failed. (src/internal/poll/fd_unix.go)
    /// </summary>
    public static (int, string, error?) DupCloseOnExec(int fd)
    {
        if (syscall.F_DUPFD_CLOEXEC != 0 && atomic.LoadInt32(ref tryDupCloexec) == 1)
        {
            var (r0, e1) = fcntl(fd, syscall.F_DUPFD_CLOEXEC, 0);
            if (e1 == null)
            {
                return (r0, "", null);
            }
            if (e1 == syscall.EINVAL || e1 == syscall.ENOSYS)
            {
                // An old kernel. From now on do it the way that works everywhere.
                atomic.StoreInt32(ref tryDupCloexec, 0);
            }
            else
            {
                return (-1, "fcntl", e1);
            }
        }
        return dupCloseOnExecOld(fd);
    }

    // dupCloseOnExecOld duplicates a descriptor and makes the copy close-on-exec in two system calls.
    internal static (int, string, error?) dupCloseOnExecOld(int fd)
    {
        // PORT(forklock): syscall.ForkLock keeps a fork from coming between the two calls. The port never
        // forks, and its RWMutex could park.
        var (newfd, err) = syscall.Dup(fd);
        if (err != null)
        {
            return (-1, "dup", err);
        }
        syscall.CloseOnExec(newfd);
        return (newfd, "", null);
    }

    public sealed partial class FD
    {
        /// <summary>
        /// Dup duplicates the descriptor. Returns the copy, or -1 and the name of the system call that
        /// failed. (src/internal/poll/fd_unix.go)
        /// </summary>
        public (int, string, error?) Dup()
        {
            if (incref() is { } err)
            {
                return (-1, "", err);
            }
            try
            {
                return DupCloseOnExec(Sysfd);
            }
            finally
            {
                decref();
            }
        }

        // On Unix only: waiting for readiness, for package net.

        /// <summary>
        /// WaitWrite parks the goroutine until fd is writable, the write deadline has passed or fd is
        /// closed. (src/internal/poll/fd_unix.go)
        /// </summary>
        public go<error?> WaitWrite()
        {
            return pd.waitWrite(isFile);
        }

        /// <summary>
        /// WriteOnce makes one write call; for tests only. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<(int n, error? err)> WriteOnce(Memory<byte> p)
        {
            if (await writeLock() is { } err)
            {
                return (0, err);
            }
            try
            {
                unsafe
                {
                    return ignoringEINTRIO(&syscall.Write, Sysfd, (ReadOnlySpan<byte>)p.Span);
                }
            }
            finally
            {
                writeUnlock();
            }
        }

        /// <summary>
        /// RawRead calls f with the descriptor until f returns true, and parks the goroutine before each
        /// further call until fd is readable. Returns the error of the wait.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<error?> RawRead(Func<uintptr, bool> f)
        {
            if (await readLock() is { } err0)
            {
                return err0;
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return err1;
                }
                for (; ; )
                {
                    if (f((uintptr)Sysfd))
                    {
                        return null;
                    }
                    if (await pd.waitRead(isFile) is { } err)
                    {
                        return err;
                    }
                }
            }
            finally
            {
                readUnlock();
            }
        }

        // PORT(do): Go has one RawRead; here a function that parks and one that does not are of different types.

        /// <summary>
        /// RawRead calls f, which may park, as above. (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<error?> RawRead(Func<uintptr, go<bool>> f)
        {
            if (await readLock() is { } err0)
            {
                return err0;
            }
            try
            {
                if (pd.prepareRead(isFile) is { } err1)
                {
                    return err1;
                }
                for (; ; )
                {
                    if (await f((uintptr)Sysfd))
                    {
                        return null;
                    }
                    if (await pd.waitRead(isFile) is { } err)
                    {
                        return err;
                    }
                }
            }
            finally
            {
                readUnlock();
            }
        }

        /// <summary>
        /// RawWrite calls f with the descriptor until f returns true, and parks the goroutine before each
        /// further call until fd is writable. Returns the error of the wait.
        /// (src/internal/poll/fd_unix.go)
        /// </summary>
        public async go<error?> RawWrite(Func<uintptr, bool> f)
        {
            if (await writeLock() is { } err0)
            {
                return err0;
            }
            try
            {
                if (pd.prepareWrite(isFile) is { } err1)
                {
                    return err1;
                }
                for (; ; )
                {
                    if (f((uintptr)Sysfd))
                    {
                        return null;
                    }
                    if (await pd.waitWrite(isFile) is { } err)
                    {
                        return err;
                    }
                }
            }
            finally
            {
                writeUnlock();
            }
        }
    }

    // ignoringEINTRIO is ignoringEINTR for a system call that does I/O.
    // PORT(span): once for buffers that are read into and once for those that are only read from.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe (int, error?) ignoringEINTRIO(delegate*<int, Span<byte>, (int, error?)> fn, int fd, Span<byte> p)
    {
        for (; ; )
        {
            var (n, err) = fn(fd, p);
            if (err != syscall.EINTR)
            {
                return (n, err);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe (int, error?) ignoringEINTRIO(delegate*<int, ReadOnlySpan<byte>, (int, error?)> fn, int fd, ReadOnlySpan<byte> p)
    {
        for (; ; )
        {
            var (n, err) = fn(fd, p);
            if (err != syscall.EINTR)
            {
                return (n, err);
            }
        }
    }
}
