// Ports src/net/lookup_unix.go of go1.20.

namespace go;

public static partial class net
{
    internal static readonly sync.Once onceReadProtocols = new sync.Once();

    // readProtocols reads /etc/protocols into protocols, so that lookups are
    // quick.
    internal static async go readProtocols()
    {
        var (file, err) = open("/etc/protocols");
        if (err != null)
        {
            return;
        }
        try
        {
            for (var (line, ok) = await file!.readLine(); ok; (line, ok) = await file.readLine())
            {
                // tcp    6   TCP    # transmission control protocol
                var i = line.IndexOf('#');
                if (i >= 0)
                {
                    line = line[0..i];
                }
                var f = getFields(line);
                if (f.Length < 2)
                {
                    continue;
                }
                var (proto, _, ok1) = dtoi(f[1]);
                if (ok1)
                {
                    if (!protocols.ContainsKey(f[0]))
                    {
                        protocols[f[0]] = proto;
                    }
                    foreach (var alias in f[2..])
                    {
                        if (!protocols.ContainsKey(alias))
                        {
                            protocols[alias] = proto;
                        }
                    }
                }
            }
        }
        finally
        {
            await file!.close();
        }
    }

    // lookupProtocol looks the name of an IP protocol up in /etc/protocols and
    // returns its number.
    internal static async go<(int proto, error? err)> lookupProtocol(context.Context ctx, string name)
    {
        await onceReadProtocols.Do(readProtocols);
        return lookupProtocolMap(name);
    }

    public sealed partial class Resolver
    {
        // PORT(resolver): lookupHost, lookupIP and the other lookups of names stand here.

        internal go<(int port, error? err)> lookupPort(context.Context ctx, string network, string service)
        {
            // PORT(cgo): where cgo is available Go asks getaddrinfo first.
            return goLookupPort(network, service); // PORT(cgo)
        }
    }
}
