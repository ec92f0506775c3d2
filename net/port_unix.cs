// Ports src/net/port_unix.go of go1.20.

// The system's mapping of service names to ports, in /etc/services.

namespace golang;

public static partial class net
{
    internal static readonly sync.Once onceReadServices = new sync.Once();

    internal static async go readServices()
    {
        var (file, err) = open("/etc/services");
        if (err != null)
        {
            return;
        }
        try
        {
            for (var (line, ok) = await file!.readLine(); ok; (line, ok) = await file.readLine())
            {
                // "http 80/tcp www www-http # World Wide Web HTTP"
                var c = line.IndexOf('#');
                if (c >= 0)
                {
                    line = line[..c];
                }
                var f = getFields(line);
                if (f.Length < 2)
                {
                    continue;
                }
                var portnet = f[1]; // "80/tcp"
                var (port, j, ok1) = dtoi(portnet);
                if (!ok1 || port <= 0 || j >= portnet.Length || portnet[j] != '/')
                {
                    continue;
                }
                var netw = portnet[(j + 1)..]; // "tcp"
                if (!services.TryGetValue(netw, out var m))
                {
                    m = new();
                    services[netw] = m;
                }
                for (var i = 0; i < f.Length; i++)
                {
                    if (i != 1) // f[1] is the port and the network
                    {
                        m[f[i]] = port;
                    }
                }
            }
        }
        finally
        {
            await file!.close();
        }
    }

    // goLookupPort is LookupPort as Go does it by itself.
    internal static async go<(int port, error? err)> goLookupPort(string network, string service)
    {
        await onceReadServices.Do(readServices);
        return lookupPortMap(network, service);
    }
}
