// Ports src/net/interface.go of go1.20.

namespace go;

public static partial class net
{
    internal static readonly error errInvalidInterface = errors.New("invalid network interface");
    internal static readonly error errInvalidInterfaceIndex = errors.New("invalid network interface index");
    internal static readonly error errInvalidInterfaceName = errors.New("invalid network interface name");
    internal static readonly error errNoSuchInterface = errors.New("no such network interface");
    internal static readonly error errNoSuchMulticastInterface = errors.New("no such multicast network interface");

    // PORT(later): Flags and the functions on interfaces stand here.

    /// <summary>A network interface. Go: src/net/interface.go.</summary>
    public struct Interface
    {
        public int Index; // counts from one; zero is never used
        public string Name; // "en0", "lo0", "eth0.100"

        // PORT(later): MTU, HardwareAddr and Flags.
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
            mu.Enter();
            try
            {
                var now = time.Now();
                if (!force && lastFetched.After(now.Add(-60 * time.Second)))
                {
                    return false;
                }
                lastFetched = now;
                // PORT(slice): no array is as good as an empty one.
                if (ift == null || ift.Length == 0)
                {
                    (ift, var err) = interfaceTable(0);
                    if (err != null)
                    {
                        return false;
                    }
                }
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
                return true;
            }
            finally
            {
                mu.Exit();
            }
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
