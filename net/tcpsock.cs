// Ports src/net/tcpsock.go of go1.20.

namespace golang;

public static partial class net
{
    /// <summary>The address of a TCP end point. Go: src/net/tcpsock.go.</summary>
    public sealed partial class TCPAddr : sockaddr
    {
        public IP IP;
        public int Port;
        public string Zone = ""; // the zone of a scoped IPv6 address

        /// <summary>
        /// The address as a netip.AddrPort. It is not valid when IP is not 4 or
        /// 16 bytes long, and a port outside of 16 bits is cut.
        /// Go: src/net/tcpsock.go.
        /// </summary>
        public netip.AddrPort AddrPort()
        {
            // PORT(nilrecv): the zero AddrPort for nil.
            var (na, _) = netip.AddrFromSlice(IP);
            na = na.WithZone(Zone);
            return netip.AddrPortFrom(na, (uint16)Port);
        }

        /// <summary>The name of the network of the address, "tcp". Go: src/net/tcpsock.go.</summary>
        public string Network()
        {
            return "tcp";
        }

        /// <summary>The address as text, "host:port". Go: src/net/tcpsock.go.</summary>
        public string String()
        {
            // PORT(nilrecv): "<nil>" for nil.
            var ip = ipEmptyString(IP);
            if (Zone != "")
            {
                return JoinHostPort(ip + "%" + Zone, Port.ToString());
            }
            return JoinHostPort(ip, Port.ToString());
        }

        // PORT(nilrecv): not for a nil address.
        internal bool isWildcard()
        {
            if (IP == null)
            {
                return true;
            }
            return IP.IsUnspecified();
        }
    }

    internal static Addr? opAddr(this TCPAddr? a)
    {
        if (a == null)
        {
            return null;
        }
        return a;
    }

    /// <summary>
    /// Finds the address of a TCP end point. network is "tcp", "tcp4" or
    /// "tcp6". A host or a port that is not a literal is looked up; a host
    /// name is better avoided, as only one of its addresses comes back. See
    /// Dial for network and address. Go: src/net/tcpsock.go.
    /// </summary>
    public static async go<(TCPAddr? addr, error? err)> ResolveTCPAddr(string network, string address)
    {
        switch (network)
        {
            case "tcp":
            case "tcp4":
            case "tcp6":
                break;
            case "": // what Go 1.0 took without saying so
                network = "tcp";
                break;
            default:
                return (null, new UnknownNetworkError(network));
        }
        var (addrs, err) = await DefaultResolver.internetAddrList(context.Background(), network, address);
        if (err != null)
        {
            return (null, err);
        }
        return ((TCPAddr)addrs!.forResolve(network, address), null);
    }

    /// <summary>
    /// addr as a TCPAddr; of an address that is not valid the IP is nil.
    /// Go: src/net/tcpsock.go.
    /// </summary>
    public static TCPAddr TCPAddrFromAddrPort(netip.AddrPort addr)
    {
        return new TCPAddr
        {
            IP = addr.Addr().AsSlice(),
            Zone = addr.Addr().Zone(),
            Port = (int)addr.Port(),
        };
    }

    /// <summary>A TCP connection, a Conn. Go: src/net/tcpsock.go.</summary>
    public sealed partial class TCPConn : conn, io.ReaderFrom, syscall.Conn
    {
        internal TCPConn(netFD fd)
            : base(fd)
        {
        }

        /// <summary>
        /// The raw network connection, as syscall.Conn has it.
        /// Go: src/net/tcpsock.go.
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
        /// Copies r to the connection until r ends, as io.ReaderFrom has it,
        /// and returns the number of bytes. Go: src/net/tcpsock.go.
        /// </summary>
        public async go<(int64 n, error? err)> ReadFrom(io.Reader r)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            var (n, err) = await readFrom(r);
            if (err != null && err != io.EOF)
            {
                err = new OpError { Op = "readfrom", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, err);
        }

        /// <summary>
        /// Shuts the reading side of the connection down. Close is what most
        /// callers need. Go: src/net/tcpsock.go.
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
        /// callers need. Go: src/net/tcpsock.go.
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
        /// Says what Close does with data that is not sent or not
        /// acknowledged yet. With sec &lt; 0, the default, the system sends it
        /// in the background. With 0 it throws it away. With sec &gt; 0 it
        /// sends it in the background, and some systems throw away what is
        /// left after sec seconds. Go: src/net/tcpsock.go.
        /// </summary>
        public error? SetLinger(int sec)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = setLinger(fd, sec);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return null;
        }

        /// <summary>Whether the system sends keep-alive messages. Go: src/net/tcpsock.go.</summary>
        public error? SetKeepAlive(bool keepalive)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = setKeepAlive(fd, keepalive);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return null;
        }

        /// <summary>The time between keep-alive messages. Go: src/net/tcpsock.go.</summary>
        public error? SetKeepAlivePeriod(time.Duration d)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = setKeepAlivePeriod(fd, d);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return null;
        }

        /// <summary>
        /// Whether data is sent as soon as it is written (true, the default)
        /// or may wait so that fewer packets are sent, by Nagle's algorithm.
        /// Go: src/net/tcpsock.go.
        /// </summary>
        public error? SetNoDelay(bool noDelay)
        {
            if (!ok())
            {
                return syscall.EINVAL;
            }
            var err = setNoDelay(fd, noDelay);
            if (err != null)
            {
                return new OpError { Op = "set", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return null;
        }
    }

    internal static TCPConn newTCPConn(netFD fd, time.Duration keepAlive, Action<time.Duration>? keepAliveHook)
    {
        setNoDelay(fd, true);
        if (keepAlive == 0)
        {
            keepAlive = defaultTCPKeepAlive;
        }
        if (keepAlive > 0)
        {
            setKeepAlive(fd, true);
            setKeepAlivePeriod(fd, keepAlive);
            if (keepAliveHook != null)
            {
                keepAliveHook(keepAlive);
            }
        }
        return new TCPConn(fd);
    }

    /// <summary>
    /// Dial for TCP: network is "tcp", "tcp4" or "tcp6". Without laddr the
    /// system chooses the local address; a raddr without an IP address, or
    /// with the unspecified one, means the local system.
    /// Go: src/net/tcpsock.go.
    /// </summary>
    public static async go<(TCPConn? c, error? err)> DialTCP(string network, TCPAddr? laddr, TCPAddr? raddr)
    {
        switch (network)
        {
            case "tcp":
            case "tcp4":
            case "tcp6":
                break;
            default:
                return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = raddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        if (raddr == null)
        {
            return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = null, Err = errMissingAddress });
        }
        var sd = new sysDialer { network = network, address = raddr.String() };
        var (c, err) = await sd.dialTCP(context.Background(), laddr, raddr);
        if (err != null)
        {
            return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = raddr.opAddr(), Err = err });
        }
        return (c, null);
    }

    /// <summary>
    /// A TCP listener. Use Listener where it need not be TCP.
    /// Go: src/net/tcpsock.go.
    /// </summary>
    public sealed partial class TCPListener : Listener, syscall.Conn
    {
        internal netFD fd;
        internal ListenConfig lc;

        internal TCPListener(netFD fd, ListenConfig lc)
        {
            this.fd = fd;
            this.lc = lc;
        }

        /// <summary>
        /// The raw network connection, as syscall.Conn has it. It has
        /// Control only; its Read and Write return an error.
        /// Go: src/net/tcpsock.go.
        /// </summary>
        public (syscall.RawConn? conn, error? err) SyscallConn()
        {
            if (!ok())
            {
                return (null, syscall.EINVAL);
            }
            return newRawListener(fd);
        }

        /// <summary>Waits for the next connection and returns it. Go: src/net/tcpsock.go.</summary>
        public async go<(TCPConn? c, error? err)> AcceptTCP()
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
        /// Waits for the next connection and returns it as a Conn, as
        /// Listener has it. Go: src/net/tcpsock.go.
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
        /// Go: src/net/tcpsock.go.
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
        /// The address of the listener, a TCPAddr. All calls return the same
        /// object: do not change it. Go: src/net/tcpsock.go.
        /// </summary>
        public net.Addr? Addr()
        {
            return fd.laddr;
        }

        /// <summary>
        /// Sets the deadline of Accept; the zero time means none.
        /// Go: src/net/tcpsock.go.
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
        /// the original is not certain. Go: src/net/tcpsock.go.
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
                return (null, new OpError { Op = "file", Net = fd.net, Source = null, Addr = fd.laddr, Err = err });
            }
            return (f, err);
        }
    }

    /// <summary>
    /// Listen for TCP: network is "tcp", "tcp4" or "tcp6". A laddr without an
    /// IP address, or with the unspecified one, means all unicast and anycast
    /// addresses of the local system; port 0 means that the system chooses
    /// one. Go: src/net/tcpsock.go.
    /// </summary>
    public static async go<(TCPListener? l, error? err)> ListenTCP(string network, TCPAddr? laddr)
    {
        switch (network)
        {
            case "tcp":
            case "tcp4":
            case "tcp6":
                break;
            default:
                return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        if (laddr == null)
        {
            laddr = new TCPAddr();
        }
        var sl = new sysListener { network = network, address = laddr.String() };
        var (ln, err) = await sl.listenTCP(context.Background(), laddr);
        if (err != null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = err });
        }
        return (ln, null);
    }

    // roundDurationUp is how many times to fits into d, rounded up.
    internal static time.Duration roundDurationUp(time.Duration d, time.Duration to)
    {
        return (d + to - 1) / to;
    }
}
