// Ports src/net/iprawsock.go of go1.20.

namespace golang;

public static partial class net
{
    // A known flaw, which Go keeps for compatibility: ReadFrom and ReadFromIP
    // of the network "ip4" may give a packet that is not whole, and without
    // its header, although there was room for it, where Read or ReadMsgIP give
    // all of it. Who needs the whole packet should call one of those.

    /// <summary>The address of an IP end point. Go: src/net/iprawsock.go.</summary>
    public sealed partial class IPAddr : sockaddr
    {
        public IP IP;
        public string Zone = ""; // the zone of a scoped IPv6 address

        /// <summary>The name of the network of the address, "ip". Go: src/net/iprawsock.go.</summary>
        public string Network()
        {
            return "ip";
        }

        /// <summary>The address as text. Go: src/net/iprawsock.go.</summary>
        public string String()
        {
            // PORT(nilrecv): "<nil>" for nil.
            var ip = ipEmptyString(IP);
            if (Zone != "")
            {
                return ip + "%" + Zone;
            }
            return ip;
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

    internal static Addr? opAddr(this IPAddr? a)
    {
        if (a == null)
        {
            return null;
        }
        return a;
    }

    /// <summary>
    /// Finds the address of an IP end point. network is an IP network; a host
    /// that is not a literal is looked up. See Dial for network and address.
    /// Go: src/net/iprawsock.go.
    /// </summary>
    public static async go<(IPAddr? addr, error? err)> ResolveIPAddr(string network, string address)
    {
        if (network == "") // what Go 1.0 took without saying so
        {
            network = "ip";
        }
        var (afnet, _, err) = await parseNetwork(context.Background(), network, false);
        if (err != null)
        {
            return (null, err);
        }
        switch (afnet)
        {
            case "ip":
            case "ip4":
            case "ip6":
                break;
            default:
                return (null, new UnknownNetworkError(network));
        }
        (var addrs, err) = await DefaultResolver.internetAddrList(context.Background(), afnet, address);
        if (err != null)
        {
            return (null, err);
        }
        return ((IPAddr)addrs!.forResolve(network, address), null);
    }

    /// <summary>A connection of an IP network, a Conn and a PacketConn. Go: src/net/iprawsock.go.</summary>
    public sealed partial class IPConn : conn, PacketConn, syscall.Conn
    {
        internal IPConn(netFD fd)
            : base(fd)
        {
        }

        /// <summary>
        /// The raw network connection, as syscall.Conn has it.
        /// Go: src/net/iprawsock.go.
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
        /// Reads one packet into b, without the header of IPv4; as ReadFrom,
        /// with an IPAddr. Go: src/net/iprawsock.go.
        /// </summary>
        public async go<(int n, IPAddr? addr, error? err)> ReadFromIP(Memory<byte> b)
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
        /// Reads one packet into b, without the header of IPv4, as PacketConn
        /// has it: the results are the number of bytes, the address that the
        /// packet came from, and an error. Go: src/net/iprawsock.go.
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
        /// Reads one message: what it carries into b, its out-of-band data
        /// into oob. The results are the bytes in b and in oob, the flags of
        /// the message, the address that it came from, and an error. The
        /// header of IPv4 is left in b. Go: src/net/iprawsock.go.
        /// </summary>
        public async go<(int n, int oobn, int flags, IPAddr? addr, error? err)> ReadMsgIP(Memory<byte> b, Memory<byte> oob)
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
        /// Writes b as one packet to addr and returns the number of bytes; as
        /// WriteTo, with an IPAddr. Go: src/net/iprawsock.go.
        /// </summary>
        public async go<(int n, error? err)> WriteToIP(Memory<byte> b, IPAddr? addr)
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
        /// Writes b as one packet to addr, an IPAddr, as PacketConn has it.
        /// On a connection that has its peer the error is around
        /// ErrWriteToConnected. Go: src/net/iprawsock.go.
        /// </summary>
        public async go<(int n, error? err)> WriteTo(Memory<byte> b, Addr? addr)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            if (addr is not IPAddr a)
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
        /// Writes one message to addr: b is what it carries, oob its
        /// out-of-band data. The results are the bytes of b and of oob that
        /// were written, and an error. Go: src/net/iprawsock.go.
        /// </summary>
        public async go<(int n, int oobn, error? err)> WriteMsgIP(Memory<byte> b, Memory<byte> oob, IPAddr? addr)
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

    internal static IPConn newIPConn(netFD fd)
    {
        return new IPConn(fd);
    }

    /// <summary>
    /// Dial for IP networks: network is one of those, with its protocol, such
    /// as "ip4:icmp"; see Dial. Without laddr the system chooses the local
    /// address; a raddr without an IP address, or with the unspecified one,
    /// means the local system. Go: src/net/iprawsock.go.
    /// </summary>
    public static async go<(IPConn? c, error? err)> DialIP(string network, IPAddr? laddr, IPAddr? raddr)
    {
        if (raddr == null)
        {
            return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = null, Err = errMissingAddress });
        }
        var sd = new sysDialer { network = network, address = raddr.String() };
        var (c, err) = await sd.dialIP(context.Background(), laddr, raddr);
        if (err != null)
        {
            return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = raddr.opAddr(), Err = err });
        }
        return (c, null);
    }

    /// <summary>
    /// ListenPacket for IP networks: network is one of those, with its
    /// protocol; see Dial. A laddr without an IP address, or with the
    /// unspecified one, means all addresses of the local system but those for
    /// multicast. Go: src/net/iprawsock.go.
    /// </summary>
    public static async go<(IPConn? c, error? err)> ListenIP(string network, IPAddr? laddr)
    {
        if (laddr == null)
        {
            laddr = new IPAddr();
        }
        var sl = new sysListener { network = network, address = laddr.String() };
        var (c, err) = await sl.listenIP(context.Background(), laddr);
        if (err != null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = err });
        }
        return (c, null);
    }
}
