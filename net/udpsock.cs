// Ports src/net/udpsock.go of go1.20.

namespace go;

public static partial class net
{
    /// <summary>The address of a UDP end point. Go: src/net/udpsock.go.</summary>
    public sealed partial class UDPAddr : sockaddr
    {
        public IP IP;
        public int Port;
        public string Zone = ""; // the zone of a scoped IPv6 address

        // PORT(netip): AddrPort stands here; it comes with net/netip.

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

    // PORT(later): UDPAddrFromAddrPort, addrPortUDPAddr, UDPConn, DialUDP, ListenUDP and
    // ListenMulticastUDP stand here.
}
