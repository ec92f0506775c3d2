// Ports src/net/dial.go of go1.20.
using System.Collections.Generic;

namespace golang;

public static partial class net
{
    // defaultTCPKeepAlive is the time between keep-alive messages when none is
    // given. See golang.org/issue/31510.
    internal static readonly time.Duration defaultTCPKeepAlive = 15 * time.Second;

    /// <summary>
    /// How to connect to an address. A field that is not set is an option that
    /// is not used: an empty Dialer dials as the function Dial does. Several
    /// goroutines may use one at the same time. Go: src/net/dial.go.
    /// </summary>
    public sealed partial class Dialer
    {
        /// <summary>
        /// The longest time that a dial may take; Deadline may end it earlier.
        /// Zero means no limit. With TCP and a host of several addresses it
        /// may be divided among them. The system may have a limit of its own,
        /// often around 3 minutes for TCP.
        /// </summary>
        public time.Duration Timeout;

        /// <summary>
        /// The point in time from which on a dial fails; Timeout may end it
        /// earlier. Zero means none.
        /// </summary>
        public time.Time Deadline;

        /// <summary>
        /// The local address, of a type that fits the network. Null means
        /// that the system chooses one.
        /// </summary>
        public Addr? LocalAddr;

        /// <summary>
        /// Turned the fast fallback of RFC 6555 ("Happy Eyeballs") on, by
        /// which IPv4 is tried soon when IPv6 seems to be set up wrongly.
        /// Deprecated: it is always on; FallbackDelay turns it off.
        /// </summary>
        public bool DualStack;

        /// <summary>
        /// How long a dial over IPv6 may take before IPv4 is tried beside it,
        /// as RFC 6555 has it. Zero means 300 ms, less than zero turns the
        /// fallback off.
        /// </summary>
        public time.Duration FallbackDelay;

        /// <summary>
        /// The time between keep-alive messages on the connection. Zero means
        /// the default, 15 seconds, where the protocol and the system have
        /// them; less than zero means none.
        /// </summary>
        public time.Duration KeepAlive;

        /// <summary>The resolver to use, null for DefaultResolver.</summary>
        public Resolver? Resolver;

        /// <summary>
        /// A channel that cancels the dial when it is closed. Not every kind of
        /// dial can be cancelled. Deprecated: use DialContext.
        /// </summary>
        public chan<@struct>? Cancel;

        /// <summary>
        /// Called with the network, the address and the raw connection when
        /// the socket is made and not connected yet. The network is "tcp4" or
        /// "tcp6" where Dial was given "tcp". Not used with ControlContext.
        /// </summary>
        public Func<string, string, syscall.RawConn, error?>? Control;

        /// <summary>Does what Control does, with the context, and takes its place.</summary>
        public Func<context.Context, string, string, syscall.RawConn, error?>? ControlContext;

        internal bool dualStack()
        {
            return FallbackDelay >= 0;
        }
    }

    internal static time.Time minNonzeroTime(time.Time a, time.Time b)
    {
        if (a.IsZero())
        {
            return b;
        }
        if (b.IsZero() || a.Before(b))
        {
            return a;
        }
        return b;
    }

    public sealed partial class Dialer
    {
        // deadline is the earliest of
        //   - now+Timeout
        //   - d.Deadline
        //   - the context's deadline
        //
        // or zero, when there is none of them.
        internal time.Time deadline(context.Context ctx, time.Time now)
        {
            time.Time earliest = default;
            if (Timeout != 0) // less than zero counts, for historical reasons
            {
                earliest = now.Add(Timeout);
            }
            var (d, ok) = ctx.Deadline();
            if (ok)
            {
                earliest = minNonzeroTime(earliest, d);
            }
            return minNonzeroTime(earliest, Deadline);
        }

        internal Resolver resolver()
        {
            if (Resolver != null)
            {
                return Resolver;
            }
            return DefaultResolver;
        }
    }

    // partialDeadline is the deadline of one address while there are
    // addrsRemaining of them to try.
    internal static (time.Time, error?) partialDeadline(time.Time now, time.Time deadline, int addrsRemaining)
    {
        if (deadline.IsZero())
        {
            return (deadline, null);
        }
        var timeRemaining = deadline.Sub(now);
        if (timeRemaining <= 0)
        {
            return (default, errTimeout);
        }
        // Give each address the same time, for a start.
        time.Duration timeout = timeRemaining / (time.Duration)addrsRemaining;
        // When that is too little, take it from the end of the list.
        var saneMinimum = 2 * time.Second;
        if (timeout < saneMinimum)
        {
            if (timeRemaining < saneMinimum)
            {
                timeout = timeRemaining;
            }
            else
            {
                timeout = saneMinimum;
            }
        }
        return (now.Add(timeout), null);
    }

    public sealed partial class Dialer
    {
        internal time.Duration fallbackDelay()
        {
            if (FallbackDelay > 0)
            {
                return FallbackDelay;
            }
            else
            {
                return 300 * time.Millisecond;
            }
        }
    }

    internal static async go<(string afnet, int proto, error? err)> parseNetwork(context.Context ctx, string network, bool needsProto)
    {
        var i = last(network, ':');
        if (i < 0) // no colon
        {
            switch (network)
            {
                case "tcp":
                case "tcp4":
                case "tcp6":
                    break;
                case "udp":
                case "udp4":
                case "udp6":
                    break;
                case "ip":
                case "ip4":
                case "ip6":
                    if (needsProto)
                    {
                        return ("", 0, new UnknownNetworkError(network));
                    }
                    break;
                case "unix":
                case "unixgram":
                case "unixpacket":
                    break;
                default:
                    return ("", 0, new UnknownNetworkError(network));
            }
            return (network, 0, null);
        }
        var afnet = network[..i];
        switch (afnet)
        {
            case "ip":
            case "ip4":
            case "ip6":
                var protostr = network[(i + 1)..];
                (var proto, i, var ok) = dtoi(protostr);
                if (!ok || i != protostr.Length)
                {
                    (proto, var err) = await lookupProtocol(ctx, protostr);
                    if (err != null)
                    {
                        return ("", 0, err);
                    }
                }
                return (afnet, proto, null);
        }
        return ("", 0, new UnknownNetworkError(network));
    }

    public sealed partial class Resolver
    {
        // resolveAddrList resolves addr to a list of addresses that fit hint.
        // Without an error there is one at least.
        internal async go<(addrList? addrs, error? err)> resolveAddrList(context.Context ctx, string op, string network, string addr, Addr? hint)
        {
            var (afnet, _, err) = await parseNetwork(ctx, network, true);
            if (err != null)
            {
                return (null, err);
            }
            if (op == "dial" && addr == "")
            {
                return (null, errMissingAddress);
            }
            switch (afnet)
            {
                case "unix":
                case "unixgram":
                case "unixpacket":
                    (var addr1, err) = ResolveUnixAddr(afnet, addr);
                    if (err != null)
                    {
                        return (null, err);
                    }
                    if (op == "dial" && hint != null && addr1!.Network() != hint.Network())
                    {
                        return (null, new AddrError { Err = "mismatched local address type", Addr = hint.String() });
                    }
                    return (new addrList { addr1! }, null);
            }
            (var addrs, err) = await internetAddrList(ctx, afnet, addr);
            if (err != null || op != "dial" || hint == null)
            {
                return (addrs, err);
            }
            TCPAddr? tcp = null;
            UDPAddr? udp = null;
            IPAddr? ip = null;
            var wildcard = false;
            switch (hint)
            {
                case TCPAddr hint1:
                    tcp = hint1;
                    wildcard = tcp.isWildcard();
                    break;
                case UDPAddr hint1:
                    udp = hint1;
                    wildcard = udp.isWildcard();
                    break;
                case IPAddr hint1:
                    ip = hint1;
                    wildcard = ip.isWildcard();
                    break;
            }
            var naddrs = new addrList();
            foreach (var addr1 in addrs!)
            {
                if (addr1.Network() != hint.Network())
                {
                    return (null, new AddrError { Err = "mismatched local address type", Addr = hint.String() });
                }
                switch (addr1)
                {
                    case TCPAddr addr2:
                        if (!wildcard && !addr2.isWildcard() && !addr2.IP.matchAddrFamily(tcp!.IP))
                        {
                            continue;
                        }
                        naddrs.Add(addr2);
                        break;
                    case UDPAddr addr2:
                        if (!wildcard && !addr2.isWildcard() && !addr2.IP.matchAddrFamily(udp!.IP))
                        {
                            continue;
                        }
                        naddrs.Add(addr2);
                        break;
                    case IPAddr addr2:
                        if (!wildcard && !addr2.isWildcard() && !addr2.IP.matchAddrFamily(ip!.IP))
                        {
                            continue;
                        }
                        naddrs.Add(addr2);
                        break;
                }
            }
            if (naddrs.Count == 0)
            {
                return (null, new AddrError { Err = errNoSuitableAddress.Error(), Addr = hint.String() });
            }
            return (naddrs, null);
        }
    }

    /// <summary>
    /// Connects to the address on the network.
    ///
    /// Networks are "tcp", "tcp4" and "tcp6", "udp", "udp4" and "udp6", "ip",
    /// "ip4" and "ip6" (4: only IPv4, 6: only IPv6), "unix", "unixgram" and
    /// "unixpacket".
    ///
    /// For TCP and UDP the address is "host:port". The host is an IP literal
    /// or a name that resolves to IP addresses; the port is a number or the
    /// name of a service. An IPv6 literal has to stand in brackets,
    /// "[2001:db8::1]:80" or "[fe80::1%zone]:80", the zone being that of RFC
    /// 4007. SplitHostPort and JoinHostPort work on such pairs. With TCP and
    /// a host of several addresses each is tried in turn until one connects.
    ///
    /// <code>
    /// net.Dial("tcp", "192.0.2.1:http")
    /// net.Dial("tcp", "198.51.100.1:80")
    /// net.Dial("udp", "[fe80::1%lo0]:53")
    /// net.Dial("tcp", ":80")
    /// </code>
    ///
    /// For IP the network is "ip", "ip4" or "ip6", a colon, and a protocol's
    /// number or name ("ip4:1", "ip6:ipv6-icmp"), and the address a host that
    /// is a literal. What a number that no protocol has does depends on the
    /// system.
    ///
    /// For TCP, UDP and IP a host that is empty or the unspecified address,
    /// as in ":80", "0.0.0.0:80" or "[::]:80", means the local system.
    ///
    /// For Unix networks the address is a path of the file system.
    ///
    /// Go: src/net/dial.go.
    /// </summary>
    public static go<(Conn? c, error? err)> Dial(string network, string address)
    {
        var d = new Dialer();
        return d.Dial(network, address);
    }

    /// <summary>
    /// Dial with a limit of time, in which the lookup of names counts. With
    /// TCP and a host of several addresses it is divided among them.
    /// Go: src/net/dial.go.
    /// </summary>
    public static go<(Conn? c, error? err)> DialTimeout(string network, string address, time.Duration timeout)
    {
        var d = new Dialer { Timeout = timeout };
        return d.Dial(network, address);
    }

    // A sysDialer has what one Dial was called with.
    internal sealed partial class sysDialer
    {
        internal Dialer Dialer = new Dialer();
        internal string network = "";
        internal string address = "";
        internal Func<context.Context, string, TCPAddr?, TCPAddr?, go<(TCPConn? c, error? err)>>? testHookDialTCP;
    }

    public sealed partial class Dialer
    {
        /// <summary>
        /// Connects to the address on the network, with context.Background;
        /// see the function Dial. Go: src/net/dial.go.
        /// </summary>
        public go<(Conn? c, error? err)> Dial(string network, string address)
        {
            return DialContext(context.Background(), network, address);
        }

        /// <summary>
        /// Connects to the address on the network. The context must not be
        /// null; its end before the connection is made ends the dial with an
        /// error, and afterwards does nothing. With TCP and a host of several
        /// addresses the time (Timeout, or the context's deadline) is divided
        /// among the dials: 4 addresses and one minute make 15 seconds each.
        /// See the function Dial. Go: src/net/dial.go.
        /// </summary>
        public async go<(Conn? c, error? err)> DialContext(context.Context ctx, string network, string address)
        {
            if (ctx == null)
            {
                builtin.panic("nil context");
            }
            // PORT(defer): the cancel functions are called at the end, the last one first.
            context.CancelFunc? cancel1 = null;
            context.CancelFunc? cancel2 = null;
            try
            {
                var deadline = this.deadline(ctx!, time.Now());
                if (!deadline.IsZero())
                {
                    var (d, ok) = ctx!.Deadline();
                    if (!ok || deadline.Before(d))
                    {
                        (var subCtx, cancel1) = context.WithDeadline(ctx, deadline);
                        // PORT(defer): defer cancel()
                        ctx = subCtx;
                    }
                }
                var oldCancel = Cancel;
                if (oldCancel != null)
                {
                    (var subCtx, cancel2) = context.WithCancel(ctx!);
                    // PORT(defer): defer cancel()
                    builtin.go(async () =>
                    {
                        switch (await builtin.select(oldCancel.recvcase(), subCtx.Done().recvcase()))
                        {
                            case 0:
                                cancel2();
                                break;
                            case 1:
                                break;
                        }
                    });
                    ctx = subCtx;
                }

                var resolveCtx = ctx!; // PORT(nettrace): here a nettrace.Trace is kept from the lookups

                var (addrs, err) = await resolver().resolveAddrList(resolveCtx, "dial", network, address, LocalAddr);
                if (err != null)
                {
                    return (null, new OpError { Op = "dial", Net = network, Source = null, Addr = null, Err = err });
                }

                var sd = new sysDialer
                {
                    Dialer = (Dialer)MemberwiseClone(),
                    network = network,
                    address = address,
                };

                addrList primaries, fallbacks = new addrList();
                if (dualStack() && network == "tcp")
                {
                    (primaries, fallbacks) = addrs!.partition(isIPv4);
                }
                else
                {
                    primaries = addrs!;
                }

                return await sd.dialParallel(ctx!, primaries, fallbacks);
            }
            finally
            {
                cancel2?.Invoke();
                cancel1?.Invoke();
            }
        }
    }

    internal sealed partial class sysDialer
    {
        // dialParallel races two runs of dialSerial, the first of which has a
        // head start. The first connection that is made is the result and the
        // other is closed; without one the error is that of the first of the
        // primaries.
        internal async go<(Conn? c, error? err)> dialParallel(context.Context ctx, addrList primaries, addrList fallbacks)
        {
            if (fallbacks.Count == 0)
            {
                return await dialSerial(ctx, primaries);
            }

            var returned = builtin.makechan<@struct>();
            context.CancelFunc? primaryCancel = null;
            context.CancelFunc? fallbackCancel = null;
            time.Timer? fallbackTimer = null;
            try
            {
                var results = builtin.makechan<dialResult>(); // unbuffered

                async go startRacer(context.Context ctx, bool primary)
                {
                    var ras = primaries;
                    if (!primary)
                    {
                        ras = fallbacks;
                    }
                    var (c, err) = await dialSerial(ctx, ras);
                    switch (await builtin.select(
                        results.sendcase(new dialResult { Conn = c, error = err, primary = primary, done = true }),
                        returned.recvcase()))
                    {
                        case 0:
                            break;
                        case 1:
                            if (c != null)
                            {
                                await c.Close();
                            }
                            break;
                    }
                }

                dialResult primary = default;
                dialResult fallback = default;

                // Start the main racer.
                (var primaryCtx, primaryCancel) = context.WithCancel(ctx);
                // PORT(defer): defer primaryCancel()
                builtin.go(() => startRacer(primaryCtx, true));

                // Start the timer for the fallback racer.
                fallbackTimer = time.NewTimer(Dialer.fallbackDelay());
                // PORT(defer): defer fallbackTimer.Stop()

                for (; ; )
                {
                    scase<dialResult> result;
                    switch (await builtin.select(fallbackTimer.C.recvcase(), result = results.recvcase()))
                    {
                        case 0:
                            (var fallbackCtx, fallbackCancel) = context.WithCancel(ctx);
                            // PORT(defer): defer fallbackCancel()
                            builtin.go(() => startRacer(fallbackCtx, false));
                            break;

                        case 1:
                            var res = result.v;
                            if (res.error == null)
                            {
                                return (res.Conn, null);
                            }
                            if (res.primary)
                            {
                                primary = res;
                            }
                            else
                            {
                                fallback = res;
                            }
                            if (primary.done && fallback.done)
                            {
                                return (null, primary.error);
                            }
                            if (res.primary && fallbackTimer.Stop())
                            {
                                // The timer could be stopped, so it was running
                                // (and the fallback has not been started), but
                                // the primary path has just failed: start
                                // the fallback at once (in 0 nanoseconds).
                                fallbackTimer.Reset(0);
                            }
                            break;
                    }
                }
            }
            // PORT(defer): the last one first.
            finally
            {
                fallbackCancel?.Invoke();
                fallbackTimer?.Stop();
                primaryCancel?.Invoke();
                returned.Close();
            }
        }

        // PORT(localtype): a type inside dialParallel in Go.
        internal struct dialResult
        {
            internal Conn? Conn;
            internal error? error;
            internal bool primary;
            internal bool done;
        }

        // dialSerial connects to one address after another and returns the
        // first connection, or the first error.
        internal async go<(Conn? c, error? err)> dialSerial(context.Context ctx, addrList ras)
        {
            error? firstErr = null; // the error of the first address tells the most

            // PORT(defer): what the loop defers is done at the end, the last one first.
            var cancels = new Stack<context.CancelFunc>();
            try
            {
                for (var i = 0; i < ras.Count; i++)
                {
                    var ra = ras[i];
                    if (ctx.Done().selectnbrecv().selected)
                    {
                        return (null, new OpError { Op = "dial", Net = network, Source = Dialer.LocalAddr, Addr = ra, Err = mapErr(ctx.Err()!) });
                    }

                    var dialCtx = ctx;
                    var (deadline, hasDeadline) = ctx.Deadline();
                    if (hasDeadline)
                    {
                        var (partialDeadline, err1) = net.partialDeadline(time.Now(), deadline, ras.Count - i);
                        if (err1 != null)
                        {
                            // The time is up.
                            if (firstErr == null)
                            {
                                firstErr = new OpError { Op = "dial", Net = network, Source = Dialer.LocalAddr, Addr = ra, Err = err1 };
                            }
                            break;
                        }
                        if (partialDeadline.Before(deadline))
                        {
                            context.CancelFunc cancel;
                            (dialCtx, cancel) = context.WithDeadline(ctx, partialDeadline);
                            cancels.Push(cancel); // PORT(defer): defer cancel()
                        }
                    }

                    var (c, err) = await dialSingle(dialCtx, ra);
                    if (err == null)
                    {
                        return (c, null);
                    }
                    if (firstErr == null)
                    {
                        firstErr = err;
                    }
                }

                if (firstErr == null)
                {
                    firstErr = new OpError { Op = "dial", Net = network, Source = null, Addr = null, Err = errMissingAddress };
                }
                return (null, firstErr);
            }
            finally
            {
                while (cancels.TryPop(out var cancel))
                {
                    cancel();
                }
            }
        }

        // dialSingle tries to make one connection, to ra.
        internal async go<(Conn? c, error? err)> dialSingle(context.Context ctx, Addr ra)
        {
            // PORT(nettrace): here a nettrace.Trace is told of the start and the end.
            Conn? c;
            error? err;
            var la = Dialer.LocalAddr;
            switch (ra)
            {
                case TCPAddr ra1:
                    (c, err) = await dialTCP(ctx, la as TCPAddr, ra1);
                    break;
                case UDPAddr ra1:
                    (c, err) = await dialUDP(ctx, la as UDPAddr, ra1);
                    break;
                case IPAddr ra1:
                    (c, err) = await dialIP(ctx, la as IPAddr, ra1);
                    break;
                case UnixAddr ra1:
                    (c, err) = await dialUnix(ctx, la as UnixAddr, ra1);
                    break;
                default:
                    return (null, new OpError { Op = "dial", Net = network, Source = la, Addr = ra, Err = new AddrError { Err = "unexpected address type", Addr = address } });
            }
            if (err != null)
            {
                return (null, new OpError { Op = "dial", Net = network, Source = la, Addr = ra, Err = err });
            }
            return (c, null);
        }
    }

    /// <summary>How to listen on an address. Go: src/net/dial.go.</summary>
    public sealed class ListenConfig
    {
        /// <summary>
        /// Called with the network, the address and the raw connection when
        /// the socket is made and not bound yet. The network is "tcp4" or
        /// "tcp6" where Listen was given "tcp".
        /// </summary>
        public Func<string, string, syscall.RawConn, error?>? Control;

        /// <summary>
        /// The time between keep-alive messages on the connections that are
        /// accepted. Zero means the default where the protocol and the system
        /// have them; less than zero means none.
        /// </summary>
        public time.Duration KeepAlive;

        /// <summary>Listens on the local address; see the function Listen. Go: src/net/dial.go.</summary>
        public async go<(Listener? l, error? err)> Listen(context.Context ctx, string network, string address)
        {
            var (addrs, err) = await DefaultResolver.resolveAddrList(ctx, "listen", network, address, null);
            if (err != null)
            {
                return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = null, Err = err });
            }
            var sl = new sysListener
            {
                ListenConfig = (ListenConfig)MemberwiseClone(),
                network = network,
                address = address,
            };
            Listener? l;
            var la = addrs!.first(isIPv4);
            switch (la)
            {
                case TCPAddr la1:
                    (l, err) = await sl.listenTCP(ctx, la1);
                    break;
                case UnixAddr la1:
                    (l, err) = await sl.listenUnix(ctx, la1);
                    break;
                default:
                    return (null, new OpError { Op = "listen", Net = sl.network, Source = null, Addr = la, Err = new AddrError { Err = "unexpected address type", Addr = address } });
            }
            if (err != null)
            {
                return (null, new OpError { Op = "listen", Net = sl.network, Source = null, Addr = la, Err = err });
            }
            return (l, null);
        }

        /// <summary>
        /// Listens for packets on the local address; see the function
        /// ListenPacket. Go: src/net/dial.go.
        /// </summary>
        public async go<(PacketConn? c, error? err)> ListenPacket(context.Context ctx, string network, string address)
        {
            var (addrs, err) = await DefaultResolver.resolveAddrList(ctx, "listen", network, address, null);
            if (err != null)
            {
                return (null, new OpError { Op = "listen", Net = network, Source = null, Addr = null, Err = err });
            }
            var sl = new sysListener
            {
                ListenConfig = (ListenConfig)MemberwiseClone(),
                network = network,
                address = address,
            };
            PacketConn? c;
            var la = addrs!.first(isIPv4);
            switch (la)
            {
                case UDPAddr la1:
                    (c, err) = await sl.listenUDP(ctx, la1);
                    break;
                case IPAddr la1:
                    (c, err) = await sl.listenIP(ctx, la1);
                    break;
                case UnixAddr la1:
                    (c, err) = await sl.listenUnixgram(ctx, la1);
                    break;
                default:
                    return (null, new OpError { Op = "listen", Net = sl.network, Source = null, Addr = la, Err = new AddrError { Err = "unexpected address type", Addr = address } });
            }
            if (err != null)
            {
                return (null, new OpError { Op = "listen", Net = sl.network, Source = null, Addr = la, Err = err });
            }
            return (c, null);
        }
    }

    // A sysListener has what one Listen was called with.
    internal sealed partial class sysListener
    {
        internal ListenConfig ListenConfig = new ListenConfig();
        internal string network = "";
        internal string address = "";
    }

    /// <summary>
    /// Listens on the local address. The network is "tcp", "tcp4", "tcp6",
    /// "unix" or "unixpacket".
    ///
    /// For TCP a host that is empty or the unspecified address means all
    /// unicast and anycast addresses of the local system; "tcp4" leaves IPv6
    /// out. A host name is better avoided: the listener has one of its
    /// addresses at most. With an empty port or port "0", as in "127.0.0.1:"
    /// or "[::1]:0", the system chooses one, and the listener's Addr tells
    /// which. See Dial for network and address. The context is
    /// context.Background. Go: src/net/dial.go.
    /// </summary>
    public static go<(Listener? l, error? err)> Listen(string network, string address)
    {
        var lc = new ListenConfig();
        return lc.Listen(context.Background(), network, address);
    }

    /// <summary>
    /// Listens for packets on the local address. The network is "udp", "udp4",
    /// "udp6", "unixgram", or "ip", "ip4" or "ip6" with a colon and a
    /// protocol's number or name ("ip:1", "ip:icmp").
    ///
    /// For UDP and IP a host that is empty or the unspecified address means
    /// all addresses of the local system but multicast ones; "udp4" and
    /// "ip4:proto" leave IPv6 out. A host name is better avoided: the listener
    /// has one of its addresses at most. With an empty port or port "0" the
    /// system chooses one, and LocalAddr tells which. See Dial for network and
    /// address. The context is context.Background. Go: src/net/dial.go.
    /// </summary>
    public static go<(PacketConn? c, error? err)> ListenPacket(string network, string address)
    {
        var lc = new ListenConfig();
        return lc.ListenPacket(context.Background(), network, address);
    }
}
