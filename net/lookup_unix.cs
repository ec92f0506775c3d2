// Ports src/net/lookup_unix.go of go1.20.
using System.Collections.Generic;

namespace golang;

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
        // PORT(resolver): the order of hostLookupOrder is always hostLookupCgo, and there is no resolver of
        // Go's to go on with when ctx is done.
        internal async go<(List<string>? addrs, error? err)> lookupHost(context.Context ctx, string host)
        {
            var (addrs, err, ok) = await cgoLookupHost(ctx, host);
            if (ok)
            {
                return (addrs, err);
            }
            return (null, new DNSError { Err = err!.Error(), Name = host, IsTimeout = err == errTimeout }); // PORT(resolver)
        }

        internal async go<(List<IPAddr>? addrs, error? err)> lookupIP(context.Context ctx, string network, string host)
        {
            var (addrs, err, ok) = await cgoLookupIP(ctx, network, host); // PORT(resolver)
            if (ok)
            {
                return (addrs, err);
            }
            return (null, new DNSError { Err = err!.Error(), Name = host, IsTimeout = err == errTimeout }); // PORT(resolver)
        }

        internal go<(int port, error? err)> lookupPort(context.Context ctx, string network, string service)
        {
            // PORT(cgo): where cgo is available Go asks getaddrinfo first.
            return goLookupPort(network, service); // PORT(cgo)
        }

        // PORT(resolver): lookupCNAME, lookupSRV, lookupMX, lookupNS and lookupTXT stand here.

        internal async go<(List<string>? names, error? err)> lookupAddr(context.Context ctx, string addr)
        {
            var (ptrs, err, ok) = await cgoLookupPTR(ctx, addr); // PORT(resolver)
            if (ok)
            {
                return (ptrs, err);
            }
            return (null, new DNSError { Err = err!.Error(), Name = addr, IsTimeout = err == errTimeout }); // PORT(resolver)
        }
    }

    // concurrentThreadsLimit is how many lookups may be in the C library at a
    // time. Each may use a descriptor, so it is less than the limit of those:
    // where getaddrinfo can open none, it gives EAI_NONAME on some systems,
    // which says little. The lookups that Go makes itself need no such limit,
    // as they say "too many open files".
    internal static int concurrentThreadsLimit()
    {
        syscall.Rlimit rlim = default;
        var err = syscall.Getrlimit(syscall.RLIMIT_NOFILE, ref rlim);
        if (err != null)
        {
            return 500;
        }
        var r = (int)rlim.Cur;
        if (r > 500)
        {
            r = 500;
        }
        else if (r > 30)
        {
            r -= 30;
        }
        return r;
    }
}
