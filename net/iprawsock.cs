// Ports src/net/iprawsock.go of go1.20.

namespace go;

public static partial class net
{
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

    // PORT(later): IPConn, DialIP and ListenIP stand here.
}
