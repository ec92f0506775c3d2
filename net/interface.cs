// Ports src/net/interface.go of go1.20.

namespace golang;

public static partial class net
{
    internal static readonly error errInvalidInterface = errors.New("invalid network interface");
    internal static readonly error errInvalidInterfaceIndex = errors.New("invalid network interface index");
    internal static readonly error errInvalidInterfaceName = errors.New("invalid network interface name");
    internal static readonly error errNoSuchInterface = errors.New("no such network interface");
    internal static readonly error errNoSuchMulticastInterface = errors.New("no such multicast network interface");

    /// <summary>
    /// A network interface: its name, its index and what it can do. An object
    /// is a picture of the moment when it was asked for.
    /// Go: src/net/interface.go.
    /// </summary>
    public sealed partial class Interface
    {
        public int Index; // counts from one; zero is never used
        public int MTU; // bytes in a packet, at most
        public string Name = ""; // "en0", "lo0", "eth0.100"
        public HardwareAddr HardwareAddr; // IEEE MAC-48, EUI-48 or EUI-64
        public Flags Flags; // FlagUp, FlagLoopback, FlagMulticast, ...
    }

    /// <summary>What a network interface is and can do. Go: src/net/interface.go.</summary>
    // PORT(uint32type): a uint in Go.
    public readonly struct Flags(uint32 v)
    {
        private readonly uint32 v = v;

        public static implicit operator Flags(uint32 v) => new Flags(v);

        public static implicit operator uint32(Flags f) => f.v;

        /// <summary>The names of the flags, "up|loopback|running"; "0" for none. Go: src/net/interface.go.</summary>
        public string String()
        {
            var s = "";
            for (var i = 0; i < flagNames.Length; i++)
            {
                var name = flagNames[i];
                if ((v & (1u << i)) != 0)
                {
                    if (s != "")
                    {
                        s += "|";
                    }
                    s += name;
                }
            }
            if (s == "")
            {
                s = "0";
            }
            return s;
        }
    }

    /// <summary>The flags of an interface. Go: src/net/interface.go.</summary>
    public static readonly Flags FlagUp = 1 << 0; // an administrator has it up
    public static readonly Flags FlagBroadcast = 1 << 1; // it can broadcast
    public static readonly Flags FlagLoopback = 1 << 2; // it is a loopback interface
    public static readonly Flags FlagPointToPoint = 1 << 3; // it is the end of a link from point to point
    public static readonly Flags FlagMulticast = 1 << 4; // it can multicast
    public static readonly Flags FlagRunning = 1 << 5; // it is running

    internal static readonly string[] flagNames =
    [
        "up",
        "broadcast",
        "loopback",
        "pointtopoint",
        "multicast",
        "running",
    ];

    public sealed partial class Interface
    {
        /// <summary>The unicast addresses of the interface, each an IPNet. Go: src/net/interface.go.</summary>
        public (Addr[]? ifat, error? err) Addrs()
        {
            // PORT(nilrecv): errInvalidInterface for nil.
            var (ifat, err) = interfaceAddrTable(this);
            if (err != null)
            {
                err = new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = err };
            }
            return (ifat, err);
        }

        /// <summary>
        /// The multicast groups that the interface has joined, each an IPAddr.
        /// Go: src/net/interface.go.
        /// </summary>
        public async go<(Addr[]? ifat, error? err)> MulticastAddrs()
        {
            // PORT(nilrecv): errInvalidInterface for nil.
            var (ifat, err) = await interfaceMulticastAddrTable(this);
            if (err != null)
            {
                err = new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = err };
            }
            return (ifat, err);
        }
    }

    /// <summary>The network interfaces of the system. Go: src/net/interface.go.</summary>
    public static (Interface[]? ift, error? err) Interfaces()
    {
        var (ift, err) = interfaceTable(0);
        if (err != null)
        {
            return (null, new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = err });
        }
        if (ift!.Length != 0)
        {
            zoneCache.update(ift, false);
        }
        return (ift, null);
    }

    /// <summary>
    /// The unicast addresses of all interfaces, each an IPNet. They do not say
    /// which interface they are of; Interfaces and Interface.Addrs do.
    /// Go: src/net/interface.go.
    /// </summary>
    public static (Addr[]? ifat, error? err) InterfaceAddrs()
    {
        var (ifat, err) = interfaceAddrTable(null);
        if (err != null)
        {
            err = new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = err };
        }
        return (ifat, err);
    }

    /// <summary>The interface with the index. Go: src/net/interface.go.</summary>
    public static (Interface? ifi, error? err) InterfaceByIndex(int index)
    {
        if (index <= 0)
        {
            return (null, new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = errInvalidInterfaceIndex });
        }
        var (ift, err) = interfaceTable(index);
        if (err != null)
        {
            return (null, new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = err });
        }
        (var ifi, err) = interfaceByIndex(ift!, index);
        if (err != null)
        {
            err = new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = err };
        }
        return (ifi, err);
    }

    internal static (Interface? ifi, error? err) interfaceByIndex(Interface[] ift, int index)
    {
        foreach (var ifi in ift)
        {
            if (index == ifi.Index)
            {
                return (ifi, null);
            }
        }
        return (null, errNoSuchInterface);
    }

    /// <summary>The interface with the name. Go: src/net/interface.go.</summary>
    public static (Interface? ifi, error? err) InterfaceByName(string name)
    {
        if (name == "")
        {
            return (null, new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = errInvalidInterfaceName });
        }
        var (ift, err) = interfaceTable(0);
        if (err != null)
        {
            return (null, new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = err });
        }
        if (ift!.Length != 0)
        {
            zoneCache.update(ift, false);
        }
        foreach (var ifi in ift)
        {
            if (name == ifi.Name)
            {
                return (ifi, null);
            }
        }
        return (null, new OpError { Op = "route", Net = "ip+net", Source = null, Addr = null, Err = errNoSuchInterface });
    }

    // An ipv6ZoneCache remembers a part of what is known about the interfaces,
    // so that the zone of an IPv6 address is found at less cost.
    //
    // When several names have one index, the first one stays.
    internal sealed class ipv6ZoneCache
    {
        // PORT(zone): Go's lock is a sync.RWMutex, which parks; this one is held for a moment only, and the
        // callers, which turn addresses into system calls' form and back, need not be async for it.
        internal readonly System.Threading.Lock mu = new System.Threading.Lock(); // guards what follows
        internal time.Time lastFetched; // when the interfaces were read last
        internal System.Collections.Generic.Dictionary<string, int> toIndex = new(); // name to index
        internal System.Collections.Generic.Dictionary<int, string> toName = new(); // index to name

        // update reads the interfaces when that was last done more than a
        // minute ago, or with force. It reports whether it did.
        internal bool update(Interface[]? ift, bool force)
        {
            // PORT(zone): the lock is given back while the kernel is asked, which may take this goroutine's P.
            mu.Enter(); // PORT(zone)
            var now = time.Now();
            if (!force && lastFetched.After(now.Add(-60 * time.Second)))
            {
                mu.Exit(); // PORT(zone)
                return false;
            }
            lastFetched = now;
            mu.Exit(); // PORT(zone)
            // PORT(slice): no array is as good as an empty one.
            if (ift == null || ift.Length == 0)
            {
                (ift, var err) = interfaceTable(0);
                if (err != null)
                {
                    return false;
                }
            }
            mu.Enter(); // PORT(zone)
            toIndex = new(ift!.Length);
            toName = new(ift.Length);
            foreach (var ifi in ift)
            {
                toIndex[ifi.Name] = ifi.Index;
                if (!toName.ContainsKey(ifi.Index))
                {
                    toName[ifi.Index] = ifi.Name;
                }
            }
            mu.Exit(); // PORT(zone)
            return true;
        }

        internal string name(int index)
        {
            if (index == 0)
            {
                return "";
            }
            var updated = zoneCache.update(null, false);
            zoneCache.mu.Enter();
            var ok = zoneCache.toName.TryGetValue(index, out var name);
            zoneCache.mu.Exit();
            if (!ok && !updated)
            {
                zoneCache.update(null, true);
                zoneCache.mu.Enter();
                ok = zoneCache.toName.TryGetValue(index, out name);
                zoneCache.mu.Exit();
            }
            if (!ok) // what is left
            {
                name = ((uint)index).ToString();
            }
            return name!;
        }

        internal int index(string name)
        {
            if (name == "")
            {
                return 0;
            }
            var updated = zoneCache.update(null, false);
            zoneCache.mu.Enter();
            var ok = zoneCache.toIndex.TryGetValue(name, out var index);
            zoneCache.mu.Exit();
            if (!ok && !updated)
            {
                zoneCache.update(null, true);
                zoneCache.mu.Enter();
                ok = zoneCache.toIndex.TryGetValue(name, out index);
                zoneCache.mu.Exit();
            }
            if (!ok) // what is left
            {
                (index, _, _) = dtoi(name);
            }
            return index;
        }
    }

    internal static readonly ipv6ZoneCache zoneCache = new ipv6ZoneCache();
}
