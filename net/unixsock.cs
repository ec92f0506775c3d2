// Ports src/net/unixsock.go of go1.20.

namespace go;

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

    // PORT(later): UnixConn, DialUnix, UnixListener, ListenUnix and ListenUnixgram stand here.
}
