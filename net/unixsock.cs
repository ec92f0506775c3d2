// Ports src/net/unixsock.go of go1.20.

namespace golang;

public static partial class net
{
    /// <summary>The address of the end point of a Unix domain socket. Go: src/net/unixsock.go.</summary>
    public sealed partial class UnixAddr : sockaddr
    {
        public string Name = "";
        public string Net = "";

        /// <summary>
        /// The name of the network of the address: "unix", "unixgram" or
        /// "unixpacket". Go: src/net/unixsock.go.
        /// </summary>
        public string Network()
        {
            return Net;
        }

        /// <summary>The address as text, its path. Go: src/net/unixsock.go.</summary>
        public string String()
        {
            return Name; // PORT(nilrecv): "<nil>" for nil
        }

        // PORT(nilrecv): not for a nil address.
        internal bool isWildcard()
        {
            return Name == "";
        }
    }

    internal static Addr? opAddr(this UnixAddr? a)
    {
        if (a == null)
        {
            return null;
        }
        return a;
    }

    /// <summary>
    /// Makes the address of a Unix domain socket. network is "unix",
    /// "unixgram" or "unixpacket". Go: src/net/unixsock.go.
    /// </summary>
    public static (UnixAddr? addr, error? err) ResolveUnixAddr(string network, string address)
    {
        switch (network)
        {
            case "unix":
            case "unixgram":
            case "unixpacket":
                return (new UnixAddr { Name = address, Net = network }, null);
            default:
                return (null, new UnknownNetworkError(network));
        }
    }

    /// <summary>
    /// A connection of a Unix domain socket: a Conn, and a PacketConn.
    /// Go: src/net/unixsock.go.
    /// </summary>
    public sealed partial class UnixConn : conn, PacketConn, syscall.Conn
    {
        internal UnixConn(netFD fd)
            : base(fd)
        {
        }

        /// <summary>
        /// The raw network connection, as syscall.Conn has it.
        /// Go: src/net/unixsock.go.
        /// </summary>
        public (syscall.RawConn? conn, error? err) SyscallConn()
        {
            if (!ok())
            {
                return (null, syscall.EINVAL);
            }
            return newRawConn(fd);
        }

        /// <summary>
        /// Shuts the reading side of the connection down. Close is what most
        /// callers need. Go: src/net/unixsock.go.
        /// </summary>
        public error? CloseRead()
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = fd.closeRead();
            if (err != null)
            {
                return new OpError { Op = "close", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// Shuts the writing side of the connection down. Close is what most
        /// callers need. Go: src/net/unixsock.go.
        /// </summary>
        public error? CloseWrite()
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = fd.closeWrite();
            if (err != null)
            {
                return new OpError { Op = "close", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// ReadFrom with a UnixAddr: reads one packet into b and returns its
        /// length in bytes and where it came from, null if the sender has no
        /// address. An OpError for any failure. Go: src/net/unixsock.go.
        /// </summary>
        public async go<(int n, UnixAddr? addr, error? err)> ReadFromUnix(Memory<byte> b)
        {
            if (!ok())
            {
                return (0, null, syscall.EINVAL);
            }
            var (n, addr, err) = await readFrom(b);
            if (err != null)
            {
                err = new OpError { Op = "read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, addr, err);
        }

        /// <summary>
        /// Reads one packet into b, as PacketConn has it; the address is null
        /// if the sender has none. Go: src/net/unixsock.go.
        /// </summary>
        public async go<(int n, Addr? addr, error? err)> ReadFrom(Memory<byte> b)
        {
            if (!ok())
            {
                return (0, null, syscall.EINVAL);
            }
            var (n, addr, err) = await readFrom(b);
            if (err != null)
            {
                err = new OpError { Op = "read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            if (addr == null)
            {
                return (n, null, err);
            }
            return (n, addr, err);
        }

        /// <summary>
        /// Reads a message: the data into b, what came out of band (control
        /// messages) into oob. Returns the number of bytes of each, the flags
        /// of the message (syscall.MSG_*) and where it came from. With an
        /// empty b and an oob that is not empty one byte of data is read and
        /// thrown away. Go: src/net/unixsock.go.
        /// </summary>
        public async go<(int n, int oobn, int flags, UnixAddr? addr, error? err)> ReadMsgUnix(Memory<byte> b, Memory<byte> oob)
        {
            if (!ok())
            {
                return (0, 0, 0, null, syscall.EINVAL);
            }
            var (n, oobn, flags, addr, err) = await readMsg(b, oob);
            if (err != null)
            {
                err = new OpError { Op = "read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, oobn, flags, addr, err);
        }

        /// <summary>
        /// WriteTo with a UnixAddr: writes b as one packet to addr and returns
        /// the number of bytes. Fails with ErrWriteToConnected when the
        /// connection has its peer already. Go: src/net/unixsock.go.
        /// </summary>
        public async go<(int n, error? err)> WriteToUnix(Memory<byte> b, UnixAddr? addr)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            var (n, err) = await writeTo(b, addr);
            if (err != null)
            {
                err = new OpError { Op = "write", Net = fd.net, Source = fd.laddr, Addr = addr.opAddr(), Err = err };
            }
            return (n, err);
        }

        /// <summary>
        /// Writes b as one packet to addr, which has to be a UnixAddr, as
        /// PacketConn has it. Go: src/net/unixsock.go.
        /// </summary>
        public async go<(int n, error? err)> WriteTo(Memory<byte> b, Addr? addr)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            if (addr is not UnixAddr a)
            {
                return (0, new OpError { Op = "write", Net = fd.net, Source = fd.laddr, Addr = addr, Err = syscall.EINVAL });
            }
            var (n, err) = await writeTo(b, a);
            if (err != null)
            {
                err = new OpError { Op = "write", Net = fd.net, Source = fd.laddr, Addr = a.opAddr(), Err = err };
            }
            return (n, err);
        }

        /// <summary>
        /// Writes a message to addr, or to the peer when addr is null: the
        /// data from b, what goes out of band (control messages) from oob.
        /// Returns the number of bytes of each. With an empty b and an oob
        /// that is not empty one byte of data is written all the same.
        /// Go: src/net/unixsock.go.
        /// </summary>
        public async go<(int n, int oobn, error? err)> WriteMsgUnix(Memory<byte> b, Memory<byte> oob, UnixAddr? addr)
        {
            if (!ok())
            {
                return (0, 0, syscall.EINVAL);
            }
            var (n, oobn, err) = await writeMsg(b, oob, addr);
            if (err != null)
            {
                err = new OpError { Op = "write", Net = fd.net, Source = fd.laddr, Addr = addr.opAddr(), Err = err };
            }
            return (n, oobn, err);
        }
    }

    internal static UnixConn newUnixConn(netFD fd)
    {
        return new UnixConn(fd);
    }

    /// <summary>
    /// Dial for Unix domain sockets: network is "unix", "unixgram" or
    /// "unixpacket". laddr, if it is not null, is the local address.
    /// Go: src/net/unixsock.go.
    /// </summary>
    public static async go<(UnixConn? c, error? err)> DialUnix(string network, UnixAddr? laddr, UnixAddr? raddr)
    {
        switch (network)
        {
            case "unix":
            case "unixgram":
            case "unixpacket":
                break;
            default:
                return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = raddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        var sd = new sysDialer { network = network, address = raddr?.String() ?? "<nil>" }; // PORT(nilrecv): String of nil
        var (c, err) = await sd.dialUnix(context.Background(), laddr, raddr);
        if (err != null)
        {
            return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = raddr.opAddr(), Err = err });
        }
        return (c, null);
    }

    /// <summary>
    /// A listener of a Unix domain socket. Use Listener where it need not be
    /// one. Go: src/net/unixsock.go.
    /// </summary>
    public sealed partial class UnixListener : Listener, syscall.Conn
    {
        internal netFD fd;
        internal string path;
        internal bool unlink;
        internal readonly sync.Once unlinkOnce = new sync.Once();

        internal UnixListener(netFD fd, string path, bool unlink)
        {
            this.fd = fd;
            this.path = path;
            this.unlink = unlink;
        }

        // PORT(nilrecv): ln is never null here.
        internal bool ok()
        {
            return fd != null;
        }

        /// <summary>
        /// The raw network connection, as syscall.Conn has it. It has
        /// Control only; its Read and Write return an error.
        /// Go: src/net/unixsock.go.
        /// </summary>
        public (syscall.RawConn? conn, error? err) SyscallConn()
        {
            if (!ok())
            {
                return (null, syscall.EINVAL);
            }
            return newRawListener(fd);
        }

        /// <summary>Waits for the next connection and returns it. Go: src/net/unixsock.go.</summary>
        public async go<(UnixConn? c, error? err)> AcceptUnix()
        {
            if (!ok())
            {
                return (null, syscall.EINVAL);
            }
            var (c, err) = await accept();
            if (err != null)
            {
                return (null, new OpError { Op = "accept", Net = fd.net, Source = null, Addr = fd.laddr, Err = err });
            }
            return (c, null);
        }

        /// <summary>
        /// Waits for the next connection and returns it, a UnixConn, as
        /// Listener has it. Go: src/net/unixsock.go.
        /// </summary>
        public async go<(Conn? c, error? err)> Accept()
        {
            if (!ok())
            {
                return (null, syscall.EINVAL);
            }
            var (c, err) = await accept();
            if (err != null)
            {
                return (null, new OpError { Op = "accept", Net = fd.net, Source = null, Addr = fd.laddr, Err = err });
            }
            return (c, null);
        }

        /// <summary>
        /// Stops listening. Connections that were accepted stay open.
        /// Go: src/net/unixsock.go.
        /// </summary>
        public async go<error?> Close()
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = await close();
            if (err != null)
            {
                return new OpError { Op = "close", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// The address of the listener, a UnixAddr. All calls return the same
        /// object: do not change it. Go: src/net/unixsock.go.
        /// </summary>
        public net.Addr? Addr()
        {
            return fd.laddr;
        }

        /// <summary>
        /// Sets the deadline of Accept; the zero time means none.
        /// Go: src/net/unixsock.go.
        /// </summary>
        public error? SetDeadline(time.Time t)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = fd.pfd.SetDeadline(t);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// A copy of the listener as an os.File with a descriptor of its own,
        /// which the caller has to close. Closing one does not close the
        /// other. Whether a change of the copy's properties changes those of
        /// the original is not certain. Go: src/net/unixsock.go.
        /// </summary>
        public (os.File? f, error? err) File()
        {
            if (!ok())
            {
                return (null, syscall.EINVAL);
            }
            var (f, err) = file();
            if (err != null)
            {
                err = new OpError { Op = "file", Net = fd.net, Source = null, Addr = fd.laddr, Err = err };
            }
            return (f, err);
        }
    }

    /// <summary>
    /// Listen for Unix domain sockets: network is "unix" or "unixpacket".
    /// Go: src/net/unixsock.go.
    /// </summary>
    public static async go<(UnixListener? l, error? err)> ListenUnix(string network, UnixAddr? laddr)
    {
        switch (network)
        {
            case "unix":
            case "unixpacket":
                break;
            default:
                return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        if (laddr == null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = errMissingAddress });
        }
        var sl = new sysListener { network = network, address = laddr.String() };
        var (ln, err) = await sl.listenUnix(context.Background(), laddr);
        if (err != null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = err });
        }
        return (ln, null);
    }

    /// <summary>
    /// ListenPacket for Unix domain sockets: network is "unixgram".
    /// Go: src/net/unixsock.go.
    /// </summary>
    public static async go<(UnixConn? c, error? err)> ListenUnixgram(string network, UnixAddr? laddr)
    {
        switch (network)
        {
            case "unixgram":
                break;
            default:
                return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        if (laddr == null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = null, Err = errMissingAddress });
        }
        var sl = new sysListener { network = network, address = laddr.String() };
        var (c, err) = await sl.listenUnixgram(context.Background(), laddr);
        if (err != null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = err });
        }
        return (c, null);
    }
}
