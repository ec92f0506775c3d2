// Ports src/internal/poll/splice_linux.go of go1.20.

namespace golang;

public static partial class poll
{
    // spliceNonblock keeps splice(2) from blocking.
    internal const int spliceNonblock = 0x2;

    // maxSpliceSize is how much Splice asks the kernel to move with one call of splice(2), at most.
    // It is 1 MB because the data goes through a pipe, and 1 MB is how large the buffer of a pipe may be by
    // default: /proc/sys/fs/pipe-max-size.
    internal const int maxSpliceSize = 1 << 20;

    /// <summary>
    /// Splice moves up to remain bytes from src to dst, both stream sockets, with splice, which spares most
    /// of the copying to user space and back. What is on its way is in a pipe, which comes from a pool or is
    /// made. Returns the number of bytes, false when the kernel could not do it this way and the caller
    /// should copy by itself, and an error with the name of the system call that gave it.
    /// (src/internal/poll/splice_linux.go)
    /// </summary>
    public static async go<(int64 written, bool handled, string sc, error? err)> Splice(FD dst, FD src, int64 remain)
    {
        int64 written = 0;
        var handled = false;
        var (p, sc, err) = getPipe();
        if (err != null)
        {
            return (0, false, sc, err);
        }
        try
        {
            int inPipe, n;
            while (err == null && remain > 0)
            {
                var max = maxSpliceSize;
                if ((int64)max > remain)
                {
                    max = (int)remain;
                }
                (inPipe, err) = await spliceDrain(p!.wfd, src, max);
                // This way is the right one unless splice says EINVAL: then the kernel has no splice for
                // sockets of src's kind. That call has taken nothing out of src, so a generic copy may
                // take its place.
                //
                // spliceDrain does not return EAGAIN, so with any error Splice cannot go on.
                //
                // No bytes and no error means that src is at its end and all is done.
                handled = handled || (err != syscall.EINVAL);
                if (err != null || inPipe == 0)
                {
                    break;
                }
                p.data += inPipe;

                (n, err) = await splicePump(dst, p.rfd, inPipe);
                if (n > 0)
                {
                    written += (int64)n;
                    remain -= (int64)n;
                    p.data -= n;
                }
            }
            if (err != null)
            {
                return (written, handled, "splice", err);
            }
            return (written, true, "", null);
        }
        finally
        {
            putPipe(p!);
        }
    }

    // spliceDrain moves data from a socket into a pipe.
    //
    // The pipe is empty when it is called: it is new, or splicePump has emptied it.
    //
    // So the pipe can be taken to be writable, and an EAGAIN of splice to mean that the socket is not
    // readable.
    //
    // It returns 0 without an error when the socket is at its end.
    internal static async go<(int, error?)> spliceDrain(int pipefd, FD sock, int max)
    {
        if (await sock.readLock() is { } err0)
        {
            return (0, err0);
        }
        try
        {
            if (sock.pd.prepareRead(sock.isFile) is { } err1)
            {
                return (0, err1);
            }
            for (; ; )
            {
                var (n, err) = splice(pipefd, sock.Sysfd, max, spliceNonblock);
                if (err == syscall.EINTR)
                {
                    continue;
                }
                if (err != syscall.EAGAIN)
                {
                    return (n, err);
                }
                if (await sock.pd.waitRead(sock.isFile) is { } err2)
                {
                    return (n, err2);
                }
            }
        }
        finally
        {
            sock.readUnlock();
        }
    }

    // splicePump moves all that is in a pipe to a socket.
    //
    // When it is called the pipe holds just inPipe bytes, which one call of spliceDrain has put there.
    //
    // As spliceDrain, and for a like reason, it waits for the socket only when splice returns EAGAIN.
    //
    // If one call of splice(2) does not move everything, more follow until the pipe is empty, as io.Copy
    // does in user space when it writes.
    internal static async go<(int, error?)> splicePump(FD sock, int pipefd, int inPipe)
    {
        if (await sock.writeLock() is { } err0)
        {
            return (0, err0);
        }
        try
        {
            if (sock.pd.prepareWrite(sock.isFile) is { } err1)
            {
                return (0, err1);
            }
            var written = 0;
            while (inPipe > 0)
            {
                var (n, err) = splice(sock.Sysfd, pipefd, inPipe, spliceNonblock);
                // Neither bytes nor an error should not come up here: the writing end of the pipe is in
                // Splice's hands.
                if (n > 0)
                {
                    inPipe -= n;
                    written += n;
                    continue;
                }
                if (err != syscall.EAGAIN)
                {
                    return (written, err);
                }
                if (await sock.pd.waitWrite(sock.isFile) is { } err2)
                {
                    return (written, err2);
                }
            }
            return (written, null);
        }
        finally
        {
            sock.writeUnlock();
        }
    }

    // splice makes one call of splice(2). Only sockets and pipes are spliced here, so there are no offsets.
    // The result is an int, not an int64: no caller asks for more than an int32 can count.
    internal static (int, error?) splice(int @out, int @in, int max, int flags)
    {
        var (n, err) = syscall.Splice(@in, default, @out, default, max, flags);
        return ((int)n, err);
    }

    // PORT(embed): in Go a struct that splicePipe embeds.
    internal class splicePipeFields
    {
        internal int rfd;
        internal int wfd;
        internal int data;
    }

    // PORT(heap): Go pads it, because what shares a tiny block with others cannot have a finalizer; the CLR has no
    // such blocks.
    internal sealed class splicePipe : splicePipeFields
    {
    }

    // splicePipePool keeps pipes, as it costs something to make and to destroy them. A sync.Pool drops what
    // it holds from time to time, and then the collector frees it; so each pipe has a finalizer that
    // closes its descriptors.
    internal static readonly sync.Pool splicePipePool = new() { New = newPoolPipe };

    internal static object? newPoolPipe()
    {
        // Why there is no pipe does not matter: the data goes by read and write then.
        var p = newPipe();
        if (p == null)
        {
            return null;
        }
        runtime.SetFinalizer(p, static async p => destroyPipe(p));
        return p;
    }

    // getPipe takes a pipe out of the pool, which makes one with newPipe when it has none.
    //
    // If newPipe cannot make one, getPipe returns an error that does not say why, and splice as the name of the system
    // call.
    internal static (splicePipe?, string, error?) getPipe()
    {
        var v = splicePipePool.Get();
        if (v == null)
        {
            return (null, "splice", syscall.EINVAL);
        }
        return ((splicePipe)v, "", null);
    }

    internal static void putPipe(splicePipe p)
    {
        // A pipe with data left in it must not go back to the pool: close it and drop it.
        if (p.data != 0)
        {
            runtime.SetFinalizer(p, null);
            destroyPipe(p);
            return;
        }
        splicePipePool.Put(p);
    }

    // newPipe makes a pipe to splice through.
    internal static splicePipe? newPipe()
    {
        Span<int> fds = stackalloc int[2];
        if (syscall.Pipe2(fds, syscall.O_CLOEXEC | syscall.O_NONBLOCK) != null)
        {
            return null;
        }

        // Splice fills the pipe with up to maxSpliceSize bytes of the source, empties it into the
        // destination, and so on. So that is the best size for the buffer of the pipe.
        // An error does no harm: with a smaller buffer it works too, with more system calls.
        fcntl(fds[0], syscall.F_SETPIPE_SZ, maxSpliceSize);

        return new splicePipe { rfd = fds[0], wfd = fds[1] };
    }

    // destroyPipe closes both ends of a pipe.
    internal static void destroyPipe(splicePipe p)
    {
        CloseFunc(p.rfd);
        CloseFunc(p.wfd);
    }
}
