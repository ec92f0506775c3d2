// Ports src/net/lookup.go of go1.20.

namespace go;

public static partial class net
{
    // protocols maps the names of some internet protocols to their numbers, for
    // platforms without a full list.
    //
    // See https://www.iana.org/assignments/protocol-numbers
    //
    // On Unix readProtocols adds to it, for lookupProtocol.
    internal static readonly System.Collections.Generic.Dictionary<string, int> protocols = new()
    {
        ["icmp"] = 1,
        ["igmp"] = 2,
        ["tcp"] = 6,
        ["udp"] = 17,
        ["ipv6-icmp"] = 58,
    };

    // services maps the names of some services to their ports, for platforms
    // without a full list.
    //
    // See https://www.iana.org/assignments/service-names-port-numbers
    //
    // On Unix readServices adds to it, for goLookupPort.
    internal static readonly System.Collections.Generic.Dictionary<string, System.Collections.Generic.Dictionary<string, int>> services = new()
    {
        ["udp"] = new()
        {
            ["domain"] = 53,
        },
        ["tcp"] = new()
        {
            ["ftp"] = 21,
            ["ftps"] = 990,
            ["gopher"] = 70, // ʕ◔ϖ◔ʔ
            ["http"] = 80,
            ["https"] = 443,
            ["imap2"] = 143,
            ["imap3"] = 220,
            ["imaps"] = 993,
            ["pop3"] = 110,
            ["pop3s"] = 995,
            ["smtp"] = 25,
            ["ssh"] = 22,
            ["telnet"] = 23,
        },
    };

    internal const int maxProtoLength = 15 + 10; // len("RSVP-E2E-IGNORE") and room to grow

    internal static (int, error?) lookupProtocolMap(string name)
    {
        Span<char> lowerProtocol = stackalloc char[maxProtoLength];
        var n = builtin.copy(lowerProtocol, name);
        lowerASCIIBytes(lowerProtocol[..n]);
        var found = protocols.TryGetValue(lowerProtocol[..n].ToString(), out var proto);
        if (!found || n != name.Length)
        {
            return (0, new AddrError { Err = "unknown IP protocol specified", Addr = name });
        }
        return (proto, null);
    }

    // maxPortBufSize is the longest name of a service that makes sense. The
    // longest one that is known, though not registered with IANA, is
    // "mobility-header"; the rest is for longer ones to come.
    internal const int maxPortBufSize = 15 + 10; // len("mobility-header") + 10

    internal static (int port, error? error) lookupPortMap(string network, string service)
    {
        switch (network)
        {
            case "tcp4":
            case "tcp6":
                network = "tcp";
                break;
            case "udp4":
            case "udp6":
                network = "udp";
                break;
        }

        if (services.TryGetValue(network, out var m))
        {
            Span<char> lowerService = stackalloc char[maxPortBufSize];
            var n = builtin.copy(lowerService, service);
            lowerASCIIBytes(lowerService[..n]);
            if (m.TryGetValue(lowerService[..n].ToString(), out var port) && n == service.Length)
            {
                return (port, null);
            }
        }
        return (0, new AddrError { Err = "unknown port", Addr = network + "/" + service });
    }

    // ipVersion is '4' or '6' when network ends in that, else 0.
    internal static char ipVersion(string network)
    {
        if (network == "")
        {
            return '\0';
        }
        var n = network[network.Length - 1];
        if (n != '4' && n != '6')
        {
            n = '\0';
        }
        return n;
    }

    /// <summary>
    /// The resolver of the package's Lookup functions, and of a Dialer that
    /// has none of its own. Go: src/net/lookup.go.
    /// </summary>
    public static Resolver DefaultResolver = new Resolver();

    /// <summary>
    /// Looks up names and numbers. So far it takes address literals, port
    /// numbers and names of services. Go: src/net/lookup.go.
    /// </summary>
    // PORT(resolver): Dial, lookupGroup and the lookups of hosts stand here; they come with the resolver.
    public sealed partial class Resolver
    {
        /// <summary>
        /// Whether Go's own resolver is preferred to the system's, where
        /// there is one.
        /// </summary>
        public bool PreferGo;

        /// <summary>
        /// Whether an error that is temporary (a timeout, an error of a
        /// socket, SERVFAIL) in a part of a query ends the whole query,
        /// instead of giving the part of the answer that there is. Not the
        /// default, as some resolvers answer AAAA queries wrongly.
        /// </summary>
        public bool StrictErrors;

        // PORT(nilrecv): not for a nil resolver.
        internal bool preferGo()
        {
            return PreferGo;
        }

        // PORT(nilrecv): not for a nil resolver.
        internal bool strictErrors()
        {
            return StrictErrors;
        }

        // lookupIPAddr looks host up for a network and returns its IPv4 and
        // IPv6 addresses.
#pragma warning disable CS1998 // PORT(resolver): nothing is awaited before there is a resolver
        internal async go<(System.Collections.Generic.List<IPAddr>? addrs, error? err)> lookupIPAddr(context.Context ctx, string network, string host)
        {
            // Whatever happens below, host=="" is refused; parseIPZone would
            // take it.
            if (host == "")
            {
                return (null, new DNSError { Err = errNoSuchHost.Error(), Name = host, IsNotFound = true });
            }
            var (ip, zone) = parseIPZone(host);
            if (ip != null)
            {
                return ([new IPAddr { IP = ip, Zone = zone }], null);
            }
            // PORT(resolver): there is no resolver yet, so no host that is not a literal is found.
            return (null, new DNSError { Err = errNoSuchHost.Error(), Name = host, IsNotFound = true }); // PORT(resolver)
        }
#pragma warning restore CS1998
    }

    /// <summary>
    /// The port of service, a number or a name, on network ("tcp", "udp", …),
    /// with context.Background. Go: src/net/lookup.go.
    /// </summary>
    public static go<(int port, error? err)> LookupPort(string network, string service)
    {
        return DefaultResolver.LookupPort(context.Background(), network, service);
    }

    public sealed partial class Resolver
    {
        /// <summary>
        /// The port of service, a number or a name, on network. An AddrError
        /// for a port that is unknown or out of range. Go: src/net/lookup.go.
        /// </summary>
        public async go<(int port, error? err)> LookupPort(context.Context ctx, string network, string service)
        {
            var (port, needsLookup) = parsePort(service);
            if (needsLookup)
            {
                switch (network)
                {
                    case "tcp":
                    case "tcp4":
                    case "tcp6":
                    case "udp":
                    case "udp4":
                    case "udp6":
                        break;
                    case "": // what Go 1.0 took without saying so
                        network = "ip";
                        break;
                    default:
                        return (0, new AddrError { Err = "unknown network", Addr = network });
                }
                (port, var err) = await lookupPort(ctx, network, service);
                if (err != null)
                {
                    return (0, err);
                }
            }
            if (0 > port || port > 65535)
            {
                return (0, new AddrError { Err = "invalid port", Addr = service });
            }
            return (port, null);
        }
    }
}
