// Ports src/net/lookup.go of go1.20.
using System.Collections.Generic;

namespace golang;

public static partial class net
{
    // protocols maps the names of some internet protocols to their numbers, for
    // platforms without a full list.
    //
    // See https://www.iana.org/assignments/protocol-numbers
    //
    // On Unix readProtocols adds to it, for lookupProtocol.
    internal static readonly Dictionary<string, int> protocols = new()
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
    internal static readonly Dictionary<string, Dictionary<string, int>> services = new()
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

    // For tests: to wait for the goroutines of lookups, which use the hooks.
    internal static readonly sync.WaitGroup dnsWaitGroup = new();

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
    /// Looks up names and numbers. Go: src/net/lookup.go.
    /// </summary>
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

        // PORT(resolver): Dial, which dials for Go's own resolver, stands here.

        // lookupGroup makes one lookup of several calls of LookupIPAddr for the
        // same host at the same time. Its results are lists of IPAddr, and
        // errors.
        internal readonly singleflight.Group lookupGroup = new();

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

        // PORT(nilrecv): not for a nil resolver.
        internal singleflight.Group getLookupGroup()
        {
            return lookupGroup;
        }
    }

    /// <summary>
    /// The addresses of a host, with context.Background. A DNSError when there
    /// are none. Go: src/net/lookup.go.
    /// </summary>
    /// <param name="host">A name, or the literal of an address, which is returned as it is.</param>
    public static go<(List<string>? addrs, error? err)> LookupHost(string host)
    {
        return DefaultResolver.LookupHost(context.Background(), host);
    }

    public sealed partial class Resolver
    {
        /// <summary>
        /// The addresses of a host. A DNSError when there are none, or when ctx
        /// is done first. Go: src/net/lookup.go.
        /// </summary>
        /// <param name="ctx">Ends the wait, not the lookup in the C library.</param>
        /// <param name="host">A name, or the literal of an address, which is returned as it is.</param>
        public async go<(List<string>? addrs, error? err)> LookupHost(context.Context ctx, string host)
        {
            // Whatever happens below, host=="" is refused; parseIPZone would
            // take it.
            if (host == "")
            {
                return (null, new DNSError { Err = errNoSuchHost.Error(), Name = host, IsNotFound = true });
            }
            var (ip, _) = parseIPZone(host);
            if (ip != null)
            {
                return ([host], null);
            }
            return await lookupHost(ctx, host);
        }
    }

    /// <summary>
    /// The IPv4 and IPv6 addresses of a host, with context.Background. A
    /// DNSError when there are none. Go: src/net/lookup.go.
    /// </summary>
    /// <param name="host">A name, or the literal of an address.</param>
    public static async go<(List<IP>? ips, error? err)> LookupIP(string host)
    {
        var (addrs, err) = await DefaultResolver.LookupIPAddr(context.Background(), host);
        if (err != null)
        {
            return (null, err);
        }
        var ips = new List<IP>(addrs!.Count);
        foreach (var ia in addrs)
        {
            ips.Add(ia.IP); // PORT(slice)
        }
        return (ips, null);
    }

    public sealed partial class Resolver
    {
        /// <summary>
        /// The IPv4 and IPv6 addresses of a host. A DNSError when there are
        /// none, or when ctx is done first. Go: src/net/lookup.go.
        /// </summary>
        /// <param name="ctx">Ends the wait.</param>
        /// <param name="host">A name, or the literal of an address.</param>
        public go<(List<IPAddr>? addrs, error? err)> LookupIPAddr(context.Context ctx, string host)
        {
            return lookupIPAddr(ctx, "ip", host);
        }

        /// <summary>
        /// The addresses of a host for a network. An UnknownNetworkError, or a
        /// DNSError or AddrError when there are none. Go: src/net/lookup.go.
        /// </summary>
        /// <param name="ctx">Ends the wait.</param>
        /// <param name="network">"ip", "ip4" or "ip6".</param>
        /// <param name="host">A name, or the literal of an address.</param>
        public async go<(List<IP>? ips, error? err)> LookupIP(context.Context ctx, string network, string host)
        {
            var (afnet, _, err) = await parseNetwork(ctx, network, false);
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

            if (host == "")
            {
                return (null, new DNSError { Err = errNoSuchHost.Error(), Name = host, IsNotFound = true });
            }
            (var addrs, err) = await internetAddrList(ctx, afnet, host);
            if (err != null)
            {
                return (null, err);
            }

            var ips = new List<IP>();
            foreach (var addr in addrs!)
            {
                ips.Add(((IPAddr)addr).IP);
            }
            return (ips, null);
        }

        /// <summary>
        /// As LookupIP, with addresses of net/netip. Go: src/net/lookup.go.
        /// </summary>
        /// <param name="ctx">Ends the wait.</param>
        /// <param name="network">"ip", "ip4" or "ip6".</param>
        /// <param name="host">A name, or the literal of an address.</param>
        public async go<(List<netip.Addr>? addrs, error? err)> LookupNetIP(context.Context ctx, string network, string host)
        {
            var (ips, err) = await LookupIP(ctx, network, host);
            if (err != null)
            {
                return (null, err);
            }
            var ret = new List<netip.Addr>(ips!.Count);
            foreach (var ip in ips)
            {
                var (a, ok) = netip.AddrFromSlice(ip);
                if (ok)
                {
                    ret.Add(a);
                }
            }
            return (ret, null);
        }
    }

    // onlyValuesCtx has the values of a context as long as that is not done.
    // PORT(embed): a context.Context, embedded.
    internal sealed class onlyValuesCtx(context.Context ctx, context.Context lookupValues) : context.Context
    {
        private readonly context.Context Context = ctx;
        private readonly context.Context lookupValues = lookupValues;

        public (time.Time deadline, bool ok) Deadline() => Context.Deadline();

        public chan<@struct>? Done() => Context.Done();

        public error? Err() => Context.Err();

        // Value looks the key up unless the context with the values is done.
        public object? Value(object key)
        {
            // PORT(select): a select with a default, on a channel that may be nil.
            if (lookupValues.Done() is { } done && done.selectnbrecv().selected) // PORT(select)
            {
                return null;
            }
            return lookupValues.Value(key); // PORT(select)
        }
    }

    // withUnexpiredValuesPreserved makes a context with the values of lookupCtx
    // alone: it is never cancelled and has no deadline. Once lookupCtx is done,
    // there are no values. Issue 28600.
    internal static context.Context withUnexpiredValuesPreserved(context.Context lookupCtx)
    {
        return new onlyValuesCtx(context.Background(), lookupCtx);
    }

    public sealed partial class Resolver
    {
        // lookupIPAddr looks host up for a network and returns its IPv4 and
        // IPv6 addresses.
        internal async go<(List<IPAddr>? addrs, error? err)> lookupIPAddr(context.Context ctx, string network, string host)
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
            // PORT(nettrace): the hooks, and the resolver of net/http's tests.
            Func<context.Context, string, string, go<(List<IPAddr>? addrs, error? err)>> resolverFunc = lookupIP; // PORT(nettrace)

            // That ctx is cancelled must not end the lookup of the group, which
            // may be for others too, with contexts of their own. But ctx's
            // values are wanted. Issue 28600.
            var (lookupGroupCtx, lookupGroupCancel) = context.WithCancel(withUnexpiredValuesPreserved(ctx));

            var lookupKey = network + "\0" + host;
            dnsWaitGroup.Add(1);
            var ch = await getLookupGroup().DoChan(lookupKey, async () =>
            {
                return await testHookLookupIP(lookupGroupCtx, resolverFunc, network, host);
            });

            async go dnsWaitGroupDone(chan<singleflight.Result> ch, context.CancelFunc cancelFn)
            {
                await ch.Recv();
                dnsWaitGroup.Done();
                cancelFn();
            }
            scase<singleflight.Result> result;
            switch (await builtin.select(ctx.Done().recvcase(), result = ch.recvcase()))
            {
                case 0:
                    {
                        // ctx is cancelled. When nobody else waits for this
                        // key, take it out of the group and cancel the lookup.
                        // Otherwise the lookup goes on, and later ones for the
                        // same key share its result. Issues 8602, 20703, 22724.
                        if (await getLookupGroup().ForgetUnshared(lookupKey))
                        {
                            lookupGroupCancel();
                            context.CancelFunc nop = static () => { };
                            builtin.go(() => dnsWaitGroupDone(ch, nop));
                        }
                        else
                        {
                            builtin.go(() => dnsWaitGroupDone(ch, lookupGroupCancel));
                        }
                        var ctxErr = ctx.Err();
                        var err = new DNSError
                        {
                            Err = mapErr(ctxErr)!.Error(),
                            Name = host,
                            IsTimeout = ctxErr == context.DeadlineExceeded,
                        };
                        return (null, err); // PORT(nettrace)
                    }
                default:
                    {
                        var r = result.v;
                        dnsWaitGroup.Done();
                        lookupGroupCancel();
                        var err = r.Err;
                        if (err != null)
                        {
                            var ok = err is DNSError;
                            if (!ok)
                            {
                                var isTimeout = false;
                                if (err == context.DeadlineExceeded)
                                {
                                    isTimeout = true;
                                }
                                else if (err is timeout terr)
                                {
                                    isTimeout = terr.Timeout();
                                }
                                err = new DNSError
                                {
                                    Err = err.Error(),
                                    Name = host,
                                    IsTimeout = isTimeout,
                                };
                            }
                        }
                        return lookupIPReturn(r.Val, err, r.Shared); // PORT(nettrace)
                    }
            }
        }
    }

    // lookupIPReturn makes of what singleflight's Do returns what LookupIP does.
    internal static (List<IPAddr>? addrs, error? err) lookupIPReturn(object? addrsi, error? err, bool shared)
    {
        if (err != null)
        {
            return (null, err);
        }
        var addrs = (List<IPAddr>)addrsi!;
        if (shared)
        {
            var clone = new List<IPAddr>(addrs.Count);
            foreach (var a in addrs) // PORT(slice): copy
            {
                clone.Add(new IPAddr { IP = a.IP, Zone = a.Zone });
            }
            addrs = clone;
        }
        return (addrs, null);
    }

    // PORT(nettrace): ipAddrsEface stands here.

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

    // PORT(resolver): the lookups of CNAME, SRV, MX, NS and TXT records stand here.

    /// <summary>
    /// The names of an address, with context.Background: one at most. A
    /// DNSError when there is none. Go: src/net/lookup.go.
    /// </summary>
    /// <param name="addr">The literal of an address.</param>
    public static go<(List<string>? names, error? err)> LookupAddr(string addr)
    {
        return DefaultResolver.LookupAddr(context.Background(), addr);
    }

    public sealed partial class Resolver
    {
        /// <summary>
        /// The names of an address: one at most. Names that are no domain names
        /// are left out, and a DNSError comes with the others then. A DNSError
        /// too when there is none, or when ctx is done first.
        /// Go: src/net/lookup.go.
        /// </summary>
        /// <param name="ctx">Ends the wait, not the lookup in the C library.</param>
        /// <param name="addr">The literal of an address.</param>
        public async go<(List<string>? names, error? err)> LookupAddr(context.Context ctx, string addr)
        {
            var (names, err) = await lookupAddr(ctx, addr);
            if (err != null)
            {
                return (null, err);
            }
            var filteredNames = new List<string>(names!.Count);
            foreach (var name in names)
            {
                if (isDomainName(name))
                {
                    filteredNames.Add(name);
                }
            }
            if (names.Count != filteredNames.Count)
            {
                return (filteredNames, new DNSError { Err = errMalformedDNSRecordsDetail, Name = addr });
            }
            return (filteredNames, null);
        }
    }

    // errMalformedDNSRecordsDetail is what a lookup says that left names out.
    internal const string errMalformedDNSRecordsDetail = "DNS response contained records which contain invalid names";

    // PORT(resolver): Resolver.dial and what reads the other records stand here.
}
