// Ports src/net/pipe.go of go1.20.

namespace golang;

public static partial class net
{
    // A pipeDeadline is a deadline without a poller.
    internal sealed partial class pipeDeadline
    {
        // PORT(pipedeadline): Go's mu is a sync.Mutex, on which a goroutine parks; here a lock of the CLR.
        internal readonly System.Threading.Lock mu = new(); // guards timer and cancel
        internal time.Timer? timer;
        internal required chan<@struct> cancel; // never null
    }

    internal static pipeDeadline makePipeDeadline()
    {
        return new pipeDeadline { cancel = builtin.makechan<@struct>() };
    }

    internal sealed partial class pipeDeadline
    {
        // set sets the time at which the deadline passes. When it does, the
        // channel that wait returns is closed. After that a t in the future
        // makes a new deadline of it.
        //
        // The zero time means no deadline.
        internal void set(time.Time t)
        {
            lock (mu) // PORT(pipedeadline)
            {
                if (this.timer != null && !this.timer.Stop())
                {
                    // PORT(pipedeadline): <-d.cancel: Go waits until the timer's function has closed cancel.
                    // Here this does it in that one's place, if it has not come to it yet.
                    if (!isClosedChan(cancel))
                    {
                        cancel.Close();
                    }
                }
                this.timer = null;

                // The zero time: there is no deadline.
                var closed = isClosedChan(cancel);
                if (t.IsZero())
                {
                    if (closed)
                    {
                        cancel = builtin.makechan<@struct>();
                    }
                    return;
                }

                // A time in the future: a timer cancels when it comes.
                var dur = time.Until(t);
                if (dur > 0)
                {
                    if (closed)
                    {
                        cancel = builtin.makechan<@struct>();
                    }
                    time.Timer? timer = null;
                    timer = time.AfterFunc(dur, () =>
                    {
                        // PORT(pipedeadline): Go closes cancel and nothing else. If the timer is no longer the
                        // deadline's, set was first, and cancel may be another one by now.
                        lock (mu)
                        {
                            if (this.timer == timer)
                            {
                                cancel.Close();
                            }
                        }
                    });
                    this.timer = timer;
                    return;
                }

                // A time in the past: close at once.
                if (!closed)
                {
                    cancel.Close();
                }
            }
        }

        // wait gives the channel by whose end one knows that the deadline has passed.
        internal chan<@struct> wait()
        {
            lock (mu) // PORT(pipedeadline)
            {
                return cancel;
            }
        }
    }

    internal static bool isClosedChan(chan<@struct> c)
    {
        return c.selectnbrecv().selected; // PORT(chan): a select with a default
    }

    internal readonly struct pipeAddr : Addr
    {
        public string Network()
        {
            return "pipe";
        }

        public string String()
        {
            return "pipe";
        }
    }

    internal sealed partial class pipe : Conn
    {
        internal readonly sync.Mutex wrMu = new sync.Mutex(); // one Write at a time

        // How the Read of this end meets the Write of the other one. After
        // each receive from rdRx comes a send to rdTx.
        internal required chan<Memory<byte>> rdRx;
        internal required chan<int> rdTx;

        // How the Write of this end meets the Read of the other one. After
        // each send to wrTx comes a receive from wrRx.
        internal required chan<Memory<byte>> wrTx;
        internal required chan<int> wrRx;

        internal readonly sync.Once once = new sync.Once(); // guards the closing of localDone
        internal required chan<@struct> localDone;
        internal required chan<@struct> remoteDone;

        internal required pipeDeadline readDeadline;
        internal required pipeDeadline writeDeadline;
    }

    /// <summary>
    /// Makes a network connection in memory and returns both of its ends.
    /// Data goes both ways. Nothing is buffered: a Write waits for Reads of
    /// the other end, which take the data right from its bytes.
    /// Go: src/net/pipe.go.
    /// </summary>
    public static (Conn, Conn) Pipe()
    {
        var cb1 = builtin.makechan<Memory<byte>>();
        var cb2 = builtin.makechan<Memory<byte>>();
        var cn1 = builtin.makechan<int>();
        var cn2 = builtin.makechan<int>();
        var done1 = builtin.makechan<@struct>();
        var done2 = builtin.makechan<@struct>();

        var p1 = new pipe
        {
            rdRx = cb1,
            rdTx = cn1,
            wrTx = cb2,
            wrRx = cn2,
            localDone = done1,
            remoteDone = done2,
            readDeadline = makePipeDeadline(),
            writeDeadline = makePipeDeadline(),
        };
        var p2 = new pipe
        {
            rdRx = cb2,
            rdTx = cn2,
            wrTx = cb1,
            wrRx = cn1,
            localDone = done2,
            remoteDone = done1,
            readDeadline = makePipeDeadline(),
            writeDeadline = makePipeDeadline(),
        };
        return (p1, p2);
    }

    internal sealed partial class pipe
    {
        public Addr? LocalAddr()
        {
            return new pipeAddr();
        }

        public Addr? RemoteAddr()
        {
            return new pipeAddr();
        }

        public async go<(int n, error? err)> Read(Memory<byte> b)
        {
            var (n, err) = await read(b);
            if (err != null && err != io.EOF && err != io.ErrClosedPipe)
            {
                err = new OpError { Op = "read", Net = "pipe", Err = err };
            }
            return (n, err);
        }

        internal async go<(int n, error? err)> read(Memory<byte> b)
        {
            if (isClosedChan(localDone))
            {
                return (0, io.ErrClosedPipe);
            }
            if (isClosedChan(remoteDone))
            {
                return (0, io.EOF);
            }
            if (isClosedChan(readDeadline.wait()))
            {
                return (0, os.ErrDeadlineExceeded);
            }

            scase<Memory<byte>> bw;
            switch (await builtin.select(
                bw = rdRx.recvcase(),
                localDone.recvcase(),
                remoteDone.recvcase(),
                readDeadline.wait().recvcase()))
            {
                case 0:
                    var nr = builtin.copy(b.Span, bw.v.Span);
                    await rdTx.Send(nr);
                    return (nr, null);
                case 1:
                    return (0, io.ErrClosedPipe);
                case 2:
                    return (0, io.EOF);
                default: // PORT(select): 3, the deadline; C# does not know that there are no others.
                    return (0, os.ErrDeadlineExceeded);
            }
        }

        public async go<(int n, error? err)> Write(Memory<byte> b)
        {
            var (n, err) = await write(b);
            if (err != null && err != io.ErrClosedPipe)
            {
                err = new OpError { Op = "write", Net = "pipe", Err = err };
            }
            return (n, err);
        }

        internal async go<(int n, error? err)> write(Memory<byte> b)
        {
            var n = 0;
            if (isClosedChan(localDone))
            {
                return (0, io.ErrClosedPipe);
            }
            if (isClosedChan(remoteDone))
            {
                return (0, io.ErrClosedPipe);
            }
            if (isClosedChan(writeDeadline.wait()))
            {
                return (0, os.ErrDeadlineExceeded);
            }

            await wrMu.Lock(); // all of b is written in one piece
            try
            {
                for (var once = true; once || b.Length > 0; once = false)
                {
                    switch (await builtin.select(
                        wrTx.sendcase(b),
                        localDone.recvcase(),
                        remoteDone.recvcase(),
                        writeDeadline.wait().recvcase()))
                    {
                        case 0:
                            var nw = await wrRx.Recv();
                            b = b[nw..];
                            n += nw;
                            break;
                        case 1:
                            return (n, io.ErrClosedPipe);
                        case 2:
                            return (n, io.ErrClosedPipe);
                        case 3:
                            return (n, os.ErrDeadlineExceeded);
                    }
                }
                return (n, null);
            }
            finally
            {
                wrMu.Unlock();
            }
        }

        public error? SetDeadline(time.Time t)
        {
            if (isClosedChan(localDone) || isClosedChan(remoteDone))
            {
                return io.ErrClosedPipe;
            }
            readDeadline.set(t);
            writeDeadline.set(t);
            return null;
        }

        public error? SetReadDeadline(time.Time t)
        {
            if (isClosedChan(localDone) || isClosedChan(remoteDone))
            {
                return io.ErrClosedPipe;
            }
            readDeadline.set(t);
            return null;
        }

        public error? SetWriteDeadline(time.Time t)
        {
            if (isClosedChan(localDone) || isClosedChan(remoteDone))
            {
                return io.ErrClosedPipe;
            }
            writeDeadline.set(t);
            return null;
        }

        public async go<error?> Close()
        {
            await once.Do(() => localDone.Close());
            return null;
        }
    }
}
