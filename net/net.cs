// Ports src/net/net.go of go1.20.

namespace golang;

/// <summary>
/// Package net: network I/O, TCP/IP, UDP, name resolution and Unix domain
/// sockets, behind one interface.
///
/// Most programs need the functions Dial, Listen and Accept and the
/// interfaces Conn and Listener only. Dial connects to a server:
///
/// <code>
/// var (conn, err) = await net.Dial("tcp", "192.0.2.1:80");
/// </code>
///
/// and Listen makes one:
///
/// <code>
/// var (ln, err) = await net.Listen("tcp", ":8080");
/// for (; ; )
/// {
///     var (conn, err1) = await ln!.Accept();
///     builtin.go(() => handleConnection(conn!));
/// }
/// </code>
///
/// Go: src/net/net.go.
/// </summary>
// PORT(resolver): what Go says here about the choice between its own resolver and the C
// library's: it is the C library's here, in getaddrinfo and getnameinfo. A lookup holds a thread.
public static partial class net
{
    /// <summary>
    /// The address of a network end point. What Network and String give can
    /// usually be handed to Dial; their exact form is up to the
    /// implementation. Go: src/net/net.go.
    /// </summary>
    public interface Addr
    {
        string Network(); // the name of the network ("tcp", "udp")
        string String(); // the address as text ("192.0.2.1:25", "[2001:db8::1]:80")
    }

    /// <summary>
    /// A stream-oriented network connection. Several goroutines may call its
    /// methods at the same time.
    ///
    /// Read reads into b and Write writes b; both fail with a timeout when a
    /// deadline is set and passes (SetDeadline, SetReadDeadline,
    /// SetWriteDeadline). Close closes the connection: a Read or Write that is
    /// blocked comes back with an error. Go: src/net/net.go.
    /// </summary>
    // PORT(iface): Go declares Read, Write and Close here; an interface of C# has to name the
    // interfaces of package io that it satisfies, and has their methods then.
    public interface Conn : io.Reader, io.Writer, io.Closer
    {
        /// <summary>The local address, if it is known.</summary>
        Addr? LocalAddr();

        /// <summary>The remote address, if it is known.</summary>
        Addr? RemoteAddr();

        /// <summary>
        /// Sets both deadlines, as SetReadDeadline and SetWriteDeadline do.
        ///
        /// A deadline is a point in time from which on I/O fails instead of
        /// blocking. It holds for I/O that is going on and for all that
        /// follows, not just for the next call. After it has passed a new
        /// deadline in the future makes the connection usable again.
        ///
        /// The error after a deadline wraps os.ErrDeadlineExceeded, so
        /// errors.Is finds it. Its Timeout method is true, but that is so for
        /// other errors too.
        ///
        /// Moving the deadline after each Read or Write makes an idle
        /// timeout. The zero time means no deadline.
        /// </summary>
        error? SetDeadline(time.Time t);

        /// <summary>
        /// Sets the deadline of Read calls, the ones that are blocked now
        /// included. The zero time means no deadline.
        /// </summary>
        error? SetReadDeadline(time.Time t);

        /// <summary>
        /// Sets the deadline of Write calls, the ones that are blocked now
        /// included. A Write that times out may return n &gt; 0: so much was
        /// written. The zero time means no deadline.
        /// </summary>
        error? SetWriteDeadline(time.Time t);
    }

    // PORT(embed): Go embeds an unexported struct in TCPConn and the other
    // connections; a base class of a public class has to be public.
    public abstract partial class conn : Conn, buffersWriter
    {
        internal netFD fd;

        internal conn(netFD fd)
        {
            this.fd = fd;
        }

        // PORT(nilrecv): c is never null here.
        internal bool ok()
        {
            return fd != null;
        }

        // The methods of Conn.

        /// <summary>
        /// Reads into b and returns how many bytes came; io.EOF at the end of
        /// the stream, an OpError for any other failure. Go: src/net/net.go.
        /// </summary>
        public async go<(int n, error? err)> Read(Memory<byte> b)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            var (n, err) = await fd.Read(b);
            if (err != null && err != io.EOF)
            {
                err = new OpError { Op = "read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, err);
        }

        /// <summary>
        /// Writes b and returns how many bytes were written; an OpError when
        /// that is not all of them. Go: src/net/net.go.
        /// </summary>
        public async go<(int n, error? err)> Write(Memory<byte> b)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            var (n, err) = await fd.Write(b);
            if (err != null)
            {
                err = new OpError { Op = "write", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, err);
        }

        /// <summary>
        /// Closes the connection; an OpError around ErrClosed when it is
        /// closed already. Go: src/net/net.go.
        /// </summary>
        public async go<error?> Close()
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = await fd.Close();
            if (err != null)
            {
                err = new OpError { Op = "close", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return err;
        }

        /// <summary>
        /// The local address. All calls return the same object: do not change
        /// it. Go: src/net/net.go.
        /// </summary>
        public Addr? LocalAddr()
        {
            if (!ok())
            {
                return null;
            }
            return fd.laddr;
        }

        /// <summary>
        /// The remote address. All calls return the same object: do not
        /// change it. Go: src/net/net.go.
        /// </summary>
        public Addr? RemoteAddr()
        {
            if (!ok())
            {
                return null;
            }
            return fd.raddr;
        }

        /// <summary>Sets both deadlines; see Conn. Go: src/net/net.go.</summary>
        public error? SetDeadline(time.Time t)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = fd.SetDeadline(t);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return null;
        }

        /// <summary>Sets the deadline of Read; see Conn. Go: src/net/net.go.</summary>
        public error? SetReadDeadline(time.Time t)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = fd.SetReadDeadline(t);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return null;
        }

        /// <summary>Sets the deadline of Write; see Conn. Go: src/net/net.go.</summary>
        public error? SetWriteDeadline(time.Time t)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = fd.SetWriteDeadline(t);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// Sets the size in bytes of the buffer that the system receives
        /// into. Go: src/net/net.go.
        /// </summary>
        public error? SetReadBuffer(int bytes)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = setReadBuffer(fd, bytes);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// Sets the size in bytes of the buffer that the system sends from.
        /// Go: src/net/net.go.
        /// </summary>
        public error? SetWriteBuffer(int bytes)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = setWriteBuffer(fd, bytes);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// A copy of the connection as an os.File with a descriptor of its
        /// own, which the caller has to close. Closing one does not close the
        /// other. Whether a change of the copy's properties changes those of
        /// the original is not certain. Go: src/net/net.go.
        /// </summary>
        public (os.File? f, error? err) File()
        {
            var (f, err) = fd.dup();
            if (err != null)
            {
                err = new OpError { Op = "file", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (f, err);
        }
    }

    /// <summary>
    /// A packet-oriented network connection. Several goroutines may call its
    /// methods at the same time. Close closes it: a ReadFrom or WriteTo that
    /// is blocked comes back with an error. Go: src/net/net.go.
    /// </summary>
    // PORT(iface): as Conn, for Close.
    public interface PacketConn : io.Closer
    {
        /// <summary>
        /// Reads one packet into p. The results are the number of bytes
        /// (0 &lt;= n &lt;= len(p)), the address that the packet came from, and an
        /// error; use the n bytes before the error. Fails with a timeout when
        /// a deadline is set and passes.
        /// </summary>
        go<(int n, Addr? addr, error? err)> ReadFrom(Memory<byte> p);

        /// <summary>
        /// Writes p as one packet to addr. Fails with a timeout when a
        /// deadline is set and passes, which is rare for packets.
        /// </summary>
        go<(int n, error? err)> WriteTo(Memory<byte> p, Addr? addr);

        /// <summary>The local address, if it is known.</summary>
        Addr? LocalAddr();

        /// <summary>Sets both deadlines; as Conn.SetDeadline.</summary>
        error? SetDeadline(time.Time t);

        /// <summary>Sets the deadline of ReadFrom; as Conn.SetReadDeadline.</summary>
        error? SetReadDeadline(time.Time t);

        /// <summary>Sets the deadline of WriteTo; as Conn.SetWriteDeadline.</summary>
        error? SetWriteDeadline(time.Time t);
    }

    internal sealed class listenerBacklogCacheStruct
    {
        internal readonly sync.Once Once = new sync.Once();
        internal int val;
    }

    internal static readonly listenerBacklogCacheStruct listenerBacklogCache = new listenerBacklogCacheStruct();

    // listenerBacklog asks maxListenerBacklog once and remembers the answer.
    internal static async go<int> listenerBacklog()
    {
        await listenerBacklogCache.Once.Do(static async () => { listenerBacklogCache.val = await maxListenerBacklog(); });
        return listenerBacklogCache.val;
    }

    /// <summary>
    /// A listener of a stream-oriented protocol. Several goroutines may call
    /// its methods at the same time. Close closes it: an Accept that is
    /// blocked comes back with an error. Go: src/net/net.go.
    /// </summary>
    // PORT(iface): as Conn, for Close.
    public interface Listener : io.Closer
    {
        /// <summary>Waits for the next connection and returns it.</summary>
        go<(Conn? c, error? err)> Accept();

        /// <summary>The address that the listener listens on.</summary>
        Addr? Addr();
    }

    /// <summary>An error of the network. Go: src/net/net.go.</summary>
    public interface Error : error, timeout, temporary
    {
        // Timeout says whether the error is a timeout. Temporary is
        // deprecated, since no rule says which errors are temporary.
    }

    // Errors that are found inside OpError.

    // While a connection is set up.
    internal static readonly error errNoSuitableAddress = errors.New("no suitable address found");

    // While a connection is set up, and by writes.
    internal static readonly error errMissingAddress = errors.New("missing address");

    // By reads and writes.
    internal static readonly error errCanceled = new canceledError();

    /// <summary>The error of WriteTo on a connection that has its peer already. Go: src/net/net.go.</summary>
    public static readonly error ErrWriteToConnected = errors.New("use of WriteTo with pre-connected connection");

    // canceledError has the text that net has always had, and is
    // context.Canceled for errors.Is all the same.
    internal sealed class canceledError : error, isser
    {
        public string Error()
        {
            return "operation was canceled";
        }

        public bool Is(error? err)
        {
            return err == context.Canceled;
        }
    }

    // mapErr turns the errors of package context into those that net has
    // always returned.
    internal static error? mapErr(error? err)
    {
        if (err == context.Canceled)
        {
            return errCanceled;
        }
        if (err == context.DeadlineExceeded)
        {
            return errTimeout;
        }
        return err;
    }

    /// <summary>
    /// The error that the functions of this package usually return: the
    /// operation, the network, the addresses and the cause.
    /// Go: src/net/net.go.
    /// </summary>
    public sealed class OpError : Error, unwrapper
    {
        /// <summary>The operation that failed, such as "read" or "write".</summary>
        public string Op = "";

        /// <summary>The network, such as "tcp" or "udp6".</summary>
        public string Net = "";

        /// <summary>
        /// The local address, for operations that have a remote one as well:
        /// Dial, Read, Write.
        /// </summary>
        public Addr? Source;

        /// <summary>
        /// The address that the error is about: the local end point that was
        /// worked on (Listen, SetDeadline), or the remote address of the
        /// connection (Dial, Read, Write).
        /// </summary>
        public Addr? Addr;

        /// <summary>The cause. Error panics when there is none.</summary>
        public error? Err;

        public error? Unwrap()
        {
            return Err;
        }

        public string Error()
        {
            // PORT(nilrecv): "<nil>" for nil.
            var s = Op;
            if (Net != "")
            {
                s += " " + Net;
            }
            if (Source != null)
            {
                s += " " + Source.String();
            }
            if (Addr != null)
            {
                if (Source != null)
                {
                    s += "->";
                }
                else
                {
                    s += " ";
                }
                s += Addr.String();
            }
            s += ": " + Err!.Error();
            return s;
        }

        public bool Timeout()
        {
            if (Err is os.SyscallError ne)
            {
                return ne.Err is timeout t1 && t1.Timeout();
            }
            return Err is timeout t && t.Timeout();
        }

        public bool Temporary()
        {
            // ECONNRESET and ECONNABORTED count as temporary when accept
            // returned them (issue 6163).
            if (Op == "accept" && isConnError(Err))
            {
                return true;
            }

            if (Err is os.SyscallError ne)
            {
                return ne.Err is temporary t1 && t1.Temporary();
            }
            return Err is temporary t && t.Temporary();
        }
    }

    // aLongTimeAgo is a time far back that is not the zero time: as a
    // deadline it cancels a dial at once.
    internal static readonly time.Time aLongTimeAgo = time.Unix(1, 0);

    // noDeadline and noCancel are zero values with a name, for calls with
    // many arguments.
    internal static readonly time.Time noDeadline = default;
    internal static readonly chan<@struct>? noCancel = null;

    // Go declares its interfaces timeout and temporary here; the port has
    // them in runtime/error.cs.

    /// <summary>
    /// The error of the parsers of literal network addresses.
    /// Go: src/net/net.go.
    /// </summary>
    public sealed class ParseError : Error
    {
        /// <summary>What was expected, such as "IP address" or "CIDR address".</summary>
        public string Type = "";

        /// <summary>The text that is not one.</summary>
        public string Text = "";

        public string Error()
        {
            return "invalid " + Type + ": " + Text;
        }

        public bool Timeout()
        {
            return false;
        }

        public bool Temporary()
        {
            return false;
        }
    }

    /// <summary>An error in an address. Go: src/net/net.go.</summary>
    public sealed class AddrError : Error
    {
        public string Err = "";
        public string Addr = "";

        public string Error()
        {
            // PORT(nilrecv): "<nil>" for nil.
            var s = Err;
            if (Addr != "")
            {
                s = "address " + Addr + ": " + s;
            }
            return s;
        }

        public bool Timeout()
        {
            return false;
        }

        public bool Temporary()
        {
            return false;
        }
    }

    /// <summary>
    /// The name of a network that does not exist. Equal when the names are.
    /// Go: src/net/net.go.
    /// </summary>
    public sealed class UnknownNetworkError(string s) : Error
    {
        private readonly string s = s;

        public string Error()
        {
            return "unknown network " + s;
        }

        public bool Timeout()
        {
            return false;
        }

        public bool Temporary()
        {
            return false;
        }

        public override bool Equals(object? x)
        {
            return x is UnknownNetworkError e && e.s == s;
        }

        public override int GetHashCode()
        {
            return s.GetHashCode();
        }
    }

    /// <summary>
    /// What is wrong with an address. Equal when the texts are.
    /// Go: src/net/net.go.
    /// </summary>
    public sealed class InvalidAddrError(string s) : Error
    {
        private readonly string s = s;

        public string Error()
        {
            return s;
        }

        public bool Timeout()
        {
            return false;
        }

        public bool Temporary()
        {
            return false;
        }

        public override bool Equals(object? x)
        {
            return x is InvalidAddrError e && e.s == s;
        }

        public override int GetHashCode()
        {
            return s.GetHashCode();
        }
    }

    // errTimeout stands for context.DeadlineExceeded with the text
    // "i/o timeout" that net has always had (see mapErr), and for a
    // Dialer.Deadline that has passed. errors.Is(errTimeout,
    // context.DeadlineExceeded) is true.
    //
    // Go considers os.ErrDeadlineExceeded in its place, once errors.Is finds
    // context.DeadlineExceeded in that.
    internal static readonly error errTimeout = new timeoutError();

    internal sealed class timeoutError : Error, isser
    {
        public string Error()
        {
            return "i/o timeout";
        }

        public bool Timeout()
        {
            return true;
        }

        public bool Temporary()
        {
            return true;
        }

        public bool Is(error? err)
        {
            return err == context.DeadlineExceeded;
        }
    }

    /// <summary>
    /// An error of reading the machine's DNS configuration. No longer used,
    /// kept for compatibility. Go: src/net/net.go.
    /// </summary>
    public sealed class DNSConfigError : Error, unwrapper
    {
        public error? Err;

        public error? Unwrap()
        {
            return Err;
        }

        public string Error()
        {
            return "error reading DNS config: " + Err!.Error();
        }

        public bool Timeout()
        {
            return false;
        }

        public bool Temporary()
        {
            return false;
        }
    }

    // Errors that are found inside DNSError.
    internal static readonly error errNoSuchHost = errors.New("no such host");

    /// <summary>An error of a DNS lookup. Go: src/net/net.go.</summary>
    public sealed class DNSError : Error
    {
        public string Err = ""; // what is wrong
        public string Name = ""; // the name that was looked for
        public string Server = ""; // the server that was asked
        public bool IsTimeout; // timed out; not every timeout sets this
        public bool IsTemporary; // temporary; not every such error sets this
        public bool IsNotFound; // there is no such host

        public string Error()
        {
            // PORT(nilrecv): "<nil>" for nil.
            var s = "lookup " + Name;
            if (Server != "")
            {
                s += " on " + Server;
            }
            s += ": " + Err;
            return s;
        }

        /// <summary>
        /// Whether the lookup is known to have timed out. That is not always
        /// known: false does not rule a timeout out. Go: src/net/net.go.
        /// </summary>
        public bool Timeout()
        {
            return IsTimeout;
        }

        /// <summary>
        /// Whether the error is known to be temporary. That is not always
        /// known: false does not rule it out. Go: src/net/net.go.
        /// </summary>
        public bool Temporary()
        {
            return IsTimeout || IsTemporary;
        }
    }

    // errClosed keeps the internal package poll out of the documentation of
    // ErrClosed.
    internal static readonly error errClosed = poll.ErrNetClosing;

    /// <summary>
    /// The error of I/O on a connection that is closed already, or that
    /// another goroutine closes before the I/O is done. It may be wrapped:
    /// test for it with errors.Is(err, net.ErrClosed). Go: src/net/net.go.
    /// </summary>
    public static readonly error ErrClosed = errClosed;

    // PORT(embed): an io.Writer, embedded.
    internal sealed class writerOnly(io.Writer w) : io.Writer
    {
        private readonly io.Writer Writer = w;

        public go<(int n, error? err)> Write(Memory<byte> p)
        {
            return Writer.Write(p);
        }
    }

    // The ReadFrom of io.ReaderFrom where sendfile does not apply.
    internal static go<(int64 n, error? err)> genericReadFrom(io.Writer w, io.Reader r)
    {
        // The wrapper keeps io.Copy from finding ReadFrom again.
        return io.Copy(new writerOnly(w), r);
    }

    // How many goroutines may be in the C library at a time, as each of them
    // holds a thread of the system. Many lookups of names, each in a goroutine,
    // while the server of names does not answer, would otherwise use up the
    // threads of the process or the system.

    internal static chan<@struct> threadLimit = null!;

    internal static readonly sync.Once threadOnce = new();

    internal static async go acquireThread()
    {
        await threadOnce.Do(() =>
        {
            threadLimit = builtin.makechan<@struct>(concurrentThreadsLimit());
        });
        await threadLimit.Send(default);
    }

    internal static async go releaseThread()
    {
        await threadLimit.Recv();
    }

    // buffersWriter is what a Conn has that can write many buffers at once, as
    // writev does. writeBuffers writes and takes away all of them, or returns
    // an error.
    internal interface buffersWriter
    {
        go<(int64 n, error? err)> writeBuffers(Buffers v);
    }

    /// <summary>
    /// Runs of bytes to write, or none. Where the system and the connection
    /// can, they are written with one system call, writev. Go: src/net/net.go.
    /// </summary>
    // PORT(slice): Go's type is a [][]byte, and its methods change the variable that has it; here a
    // class has the variable.
    public sealed class Buffers : io.WriterTo, io.Reader
    {
        internal readonly StrongBox<Memory<Memory<byte>>> v;

        /// <summary>Makes Buffers of the runs in v, which is changed by what is done with them.</summary>
        public Buffers(params Memory<byte>[] v)
        {
            this.v = new StrongBox<Memory<Memory<byte>>>(v);
        }

        /// <summary>How many runs there are.</summary>
        // PORT(slice): len(v).
        public int Length => v.Value.Length;

        /// <summary>The run with the number i.</summary>
        // PORT(slice): v[i].
        public Memory<byte> this[int i]
        {
            get => v.Value.Span[i];
            set => v.Value.Span[i] = value;
        }

        /// <summary>
        /// Writes all runs to w, as io.WriterTo has it. What has been written
        /// is taken away; the bytes themselves are not changed.
        /// Go: src/net/net.go.
        /// </summary>
        public async go<(int64 n, error? err)> WriteTo(io.Writer w)
        {
            if (w is buffersWriter wv)
            {
                return await wv.writeBuffers(this);
            }
            int64 n = 0;
            // PORT(slice): no span may be held across the await, so this is no foreach.
            for (var i = 0; i < v.Value.Length; i++)
            {
                var (nb, err) = await w.Write(v.Value.Span[i]);
                n += nb;
                if (err != null)
                {
                    consume(n);
                    return (n, err);
                }
            }
            consume(n);
            return (n, null);
        }

        /// <summary>
        /// Reads from the runs, as io.Reader has it. What has been read is
        /// taken away; the bytes themselves are not changed.
        /// Go: src/net/net.go.
        /// </summary>
        public go<(int n, error? err)> Read(Memory<byte> p)
        {
            var n = 0;
            error? err = null;
            while (p.Length > 0 && v.Value.Length > 0)
            {
                var n0 = builtin.copy(p.Span, v.Value.Span[0].Span);
                consume(n0);
                p = p[n0..];
                n += n0;
            }
            if (v.Value.Length == 0)
            {
                err = io.EOF;
            }
            return new go<(int n, error? err)>((n, err));
        }

        // PORT(slice): what Go does to *v is done to the variable that the class has.
        internal void consume(int64 n)
        {
            while (v.Value.Length > 0)
            {
                var ln0 = (int64)v.Value.Span[0].Length;
                if (ln0 > n)
                {
                    v.Value.Span[0] = v.Value.Span[0][(int)n..];
                    return;
                }
                n -= ln0;
                v.Value.Span[0] = default;
                v.Value = v.Value[1..];
            }
        }
    }
}
