// Ports src/net/udpsock.go of go1.20.

namespace golang;

public static partial class net
{
    /// <summary>The address of a UDP end point. Go: src/net/udpsock.go.</summary>
    public sealed partial class UDPAddr : sockaddr
    {
        public IP IP;
        public int Port;
        public string Zone = ""; // the zone of a scoped IPv6 address

        /// <summary>
        /// The address as a netip.AddrPort. It is not valid when IP is not 4 or
        /// 16 bytes long, and a port outside of 16 bits is cut.
        /// Go: src/net/udpsock.go.
        /// </summary>
        public netip.AddrPort AddrPort()
        {
            // PORT(nilrecv): the zero AddrPort for nil.
            var (na, _) = netip.AddrFromSlice(IP);
            na = na.WithZone(Zone);
            return netip.AddrPortFrom(na, (uint16)Port);
        }

        /// <summary>The name of the network of the address, "udp". Go: src/net/udpsock.go.</summary>
        public string Network()
        {
            return "udp";
        }

        /// <summary>The address as text, "host:port". Go: src/net/udpsock.go.</summary>
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

    internal static Addr? opAddr(this UDPAddr? a)
    {
        if (a == null)
        {
            return null;
        }
        return a;
    }

    /// <summary>
    /// Finds the address of a UDP end point. network is "udp", "udp4" or
    /// "udp6"; for the rest see ResolveTCPAddr. Go: src/net/udpsock.go.
    /// </summary>
    public static async go<(UDPAddr? addr, error? err)> ResolveUDPAddr(string network, string address)
    {
        switch (network)
        {
            case "udp":
            case "udp4":
            case "udp6":
                break;
            case "": // what Go 1.0 took without saying so
                network = "udp";
                break;
            default:
                return (null, new UnknownNetworkError(network));
        }
        var (addrs, err) = await DefaultResolver.internetAddrList(context.Background(), network, address);
        if (err != null)
        {
            return (null, err);
        }
        return ((UDPAddr)addrs!.forResolve(network, address), null);
    }

    /// <summary>
    /// addr as a UDPAddr; of an address that is not valid the IP is nil.
    /// Go: src/net/udpsock.go.
    /// </summary>
    public static UDPAddr UDPAddrFromAddrPort(netip.AddrPort addr)
    {
        return new UDPAddr
        {
            IP = addr.Addr().AsSlice(),
            Zone = addr.Addr().Zone(),
            Port = (int)addr.Port(),
        };
    }

    // An addrPortUDPAddr makes an AddrPort an Addr, for errors.
    // PORT(embed)
    internal sealed class addrPortUDPAddr(netip.AddrPort addr) : Addr
    {
        internal readonly netip.AddrPort AddrPort = addr;

        public string Network()
        {
            return "udp";
        }

        public string String()
        {
            return AddrPort.String();
        }
    }

    /// <summary>
    /// A UDP connection: a Conn and a PacketConn. Go: src/net/udpsock.go.
    /// </summary>
    public sealed partial class UDPConn : conn, PacketConn, syscall.Conn
    {
        internal UDPConn(netFD fd)
            : base(fd)
        {
        }

        /// <summary>
        /// The raw network connection, as syscall.Conn has it.
        /// Go: src/net/udpsock.go.
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
        /// ReadFrom with a UDPAddr as the address. addr is null when the read
        /// failed. Go: src/net/udpsock.go.
        /// </summary>
        public go<(int n, UDPAddr? addr, error? err)> ReadFromUDP(Memory<byte> b)
        {
            // Nothing but this call stands here, so that it can be inlined
            // and the address need not be allocated where it is not kept.
            return readFromUDP(b, new UDPAddr());
        }

        // readFromUDP is ReadFromUDP with the address to fill.
        internal async go<(int n, UDPAddr? addr, error? err)> readFromUDP(Memory<byte> b, UDPAddr? addr)
        {
            if (!ok())
            {
                return (0, null, syscall.EINVAL);
            }
            (var n, addr, var err) = await readFrom(b, addr!);
            if (err != null)
            {
                err = new OpError { Op = "read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, addr, err);
        }

        /// <summary>
        /// Reads one packet into b, as PacketConn has it, and returns the
        /// number of bytes and the address that it came from. What does not
        /// fit into b is lost. Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, Addr? addr, error? err)> ReadFrom(Memory<byte> b)
        {
            var (n, addr, err) = await readFromUDP(b, new UDPAddr());
            if (addr == null)
            {
                // As an Addr too the address is nil then.
                return (n, null, err);
            }
            return (n, addr, err);
        }

        /// <summary>
        /// ReadFrom with a netip.AddrPort as the address. A socket of the
        /// network "udp" may have IPv6, and IPv4 addresses come mapped into
        /// it; "udp4" gives IPv4 addresses. Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, netip.AddrPort addr, error? err)> ReadFromUDPAddrPort(Memory<byte> b)
        {
            if (!ok())
            {
                return (0, new netip.AddrPort(), syscall.EINVAL);
            }
            var (n, addr, err) = await readFromAddrPort(b);
            if (err != null)
            {
                err = new OpError { Op = "read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, addr, err);
        }

        /// <summary>
        /// Reads one packet into b and its control messages into oob. Returns
        /// the bytes put into each, the flags of the message, and where it
        /// came from. Packages golang.org/x/net/ipv4 and ipv6 of Go read
        /// control messages. Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, int oobn, int flags, UDPAddr? addr, error? err)> ReadMsgUDP(Memory<byte> b, Memory<byte> oob)
        {
            UDPAddr? addr = null;
            var (n, oobn, flags, ap, err) = await ReadMsgUDPAddrPort(b, oob);
            if (ap.IsValid())
            {
                addr = UDPAddrFromAddrPort(ap);
            }
            return (n, oobn, flags, addr, err);
        }

        /// <summary>
        /// ReadMsgUDP with a netip.AddrPort as the address.
        /// Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, int oobn, int flags, netip.AddrPort addr, error? err)> ReadMsgUDPAddrPort(Memory<byte> b, Memory<byte> oob)
        {
            if (!ok())
            {
                return (0, 0, 0, new netip.AddrPort(), syscall.EINVAL);
            }
            var (n, oobn, flags, addr, err) = await readMsg(b, oob);
            if (err != null)
            {
                err = new OpError { Op = "read", Net = fd.net, Source = fd.laddr, Addr = fd.raddr, Err = err };
            }
            return (n, oobn, flags, addr, err);
        }

        /// <summary>
        /// WriteTo with a UDPAddr as the address. Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, error? err)> WriteToUDP(Memory<byte> b, UDPAddr? addr)
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
        /// WriteTo with a netip.AddrPort as the address.
        /// Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, error? err)> WriteToUDPAddrPort(Memory<byte> b, netip.AddrPort addr)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            var (n, err) = await writeToAddrPort(b, addr);
            if (err != null)
            {
                err = new OpError { Op = "write", Net = fd.net, Source = fd.laddr, Addr = new addrPortUDPAddr(addr), Err = err };
            }
            return (n, err);
        }

        /// <summary>
        /// Writes b as one packet to addr, a UDPAddr, as PacketConn has it.
        /// Fails with ErrWriteToConnected on a connection of DialUDP.
        /// Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, error? err)> WriteTo(Memory<byte> b, Addr? addr)
        {
            if (!ok())
            {
                return (0, syscall.EINVAL);
            }
            if (addr is not UDPAddr a)
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
        /// Writes b as one packet with the control messages oob, to addr if
        /// the connection has no peer; if it has one addr has to be null.
        /// Returns the bytes written of each. Packages golang.org/x/net/ipv4
        /// and ipv6 of Go make control messages. Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, int oobn, error? err)> WriteMsgUDP(Memory<byte> b, Memory<byte> oob, UDPAddr? addr)
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

        /// <summary>
        /// WriteMsgUDP with a netip.AddrPort as the address.
        /// Go: src/net/udpsock.go.
        /// </summary>
        public async go<(int n, int oobn, error? err)> WriteMsgUDPAddrPort(Memory<byte> b, Memory<byte> oob, netip.AddrPort addr)
        {
            if (!ok())
            {
                return (0, 0, syscall.EINVAL);
            }
            var (n, oobn, err) = await writeMsgAddrPort(b, oob, addr);
            if (err != null)
            {
                err = new OpError { Op = "write", Net = fd.net, Source = fd.laddr, Addr = new addrPortUDPAddr(addr), Err = err };
            }
            return (n, oobn, err);
        }
    }

    internal static UDPConn newUDPConn(netFD fd)
    {
        return new UDPConn(fd);
    }

    /// <summary>
    /// Dial for UDP: network is "udp", "udp4" or "udp6". Without laddr the
    /// system chooses the local address; a raddr without an IP address, or
    /// with the unspecified one, means the local system.
    /// Go: src/net/udpsock.go.
    /// </summary>
    public static async go<(UDPConn? c, error? err)> DialUDP(string network, UDPAddr? laddr, UDPAddr? raddr)
    {
        switch (network)
        {
            case "udp":
            case "udp4":
            case "udp6":
                break;
            default:
                return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = raddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        if (raddr == null)
        {
            return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = null, Err = errMissingAddress });
        }
        var sd = new sysDialer { network = network, address = raddr.String() };
        var (c, err) = await sd.dialUDP(context.Background(), laddr, raddr);
        if (err != null)
        {
            return (null, new OpError { Op = "dial", Net = network, Source = laddr.opAddr(), Addr = raddr.opAddr(), Err = err });
        }
        return (c, null);
    }

    /// <summary>
    /// ListenPacket for UDP: network is "udp", "udp4" or "udp6". A laddr
    /// without an IP address, or with the unspecified one, means all unicast
    /// addresses of the local system, not multicast ones; port 0 means that
    /// the system chooses one. Go: src/net/udpsock.go.
    /// </summary>
    public static async go<(UDPConn? c, error? err)> ListenUDP(string network, UDPAddr? laddr)
    {
        switch (network)
        {
            case "udp":
            case "udp4":
            case "udp6":
                break;
            default:
                return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        if (laddr == null)
        {
            laddr = new UDPAddr();
        }
        var sl = new sysListener { network = network, address = laddr.String() };
        var (c, err) = await sl.listenUDP(context.Background(), laddr);
        if (err != null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = laddr.opAddr(), Err = err });
        }
        return (c, null);
    }

    /// <summary>
    /// Listens for packets to the group address gaddr on the interface ifi,
    /// which it joins: network is "udp", "udp4" or "udp6". Without ifi the
    /// system chooses the interface, which is better avoided, as the choice
    /// may depend on routes. The port of gaddr may be shared with others, and
    /// packets to other groups on it may come too; what is sent is not looped
    /// back. It is for simple uses; packages golang.org/x/net/ipv4 and ipv6 of
    /// Go have more. Go: src/net/udpsock.go.
    /// </summary>
    public static async go<(UDPConn? c, error? err)> ListenMulticastUDP(string network, Interface? ifi, UDPAddr? gaddr)
    {
        switch (network)
        {
            case "udp":
            case "udp4":
            case "udp6":
                break;
            default:
                return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = gaddr.opAddr(), Err = new UnknownNetworkError(network) });
        }
        if (gaddr == null || gaddr.IP == null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = gaddr.opAddr(), Err = errMissingAddress });
        }
        var sl = new sysListener { network = network, address = gaddr.String() };
        var (c, err) = await sl.listenMulticastUDP(context.Background(), ifi, gaddr);
        if (err != null)
        {
            return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = gaddr.opAddr(), Err = err });
        }
        return (c, null);
    }
}
