// Ports src/net/cgo_unix.go of go1.20.
//
// PORT(resolver): there is no cgo, but the C library is there all the same: this calls its resolver
// as Go's file does. The lookups of services, and of what only a DNS message has, are not here.
using System.Collections.Generic;

namespace golang;

public static partial class net
{
    // addrinfoErrno is an error number of getaddrinfo or getnameinfo, usually negative; 0 is none.
    internal readonly struct addrinfoErrno(int eai) : error, temporary, timeout
    {
        public string Error() => _C_gai_strerror(eai); // PORT(resolver)

        public bool Temporary() => eai == _C_EAI_AGAIN; // PORT(resolver)

        public bool Timeout() => false; // PORT(resolver)
    }

    internal struct ipLookupResult
    {
        internal List<IPAddr>? addrs;
        internal string cname;
        internal error? err;
    }

    internal struct reverseLookupResult
    {
        internal List<string>? names;
        internal error? err;
    }

    internal static async go<(List<string>? hosts, error? err, bool completed)> cgoLookupHost(context.Context ctx, string name) // PORT(resolver)
    {
        var (addrs, err, completed) = await cgoLookupIP(ctx, "ip", name);
        List<string>? hosts = null;
        foreach (var addr in addrs ?? [])
        {
            hosts ??= [];
            hosts.Add(addr.String());
        }
        return (hosts, err, completed);
    }

    // PORT(cgo): cgoLookupPort and its like stand here.

    internal static async go<(List<IPAddr>? addrs, string cname, error? err)> cgoLookupIPCNAME(string network, string name) // PORT(resolver)
    {
        await acquireThread();
        try
        {
            return lookup();
        }
        finally
        {
            await releaseThread();
        }

        // PORT(park): what has pointers is a function of its own.
        unsafe (List<IPAddr>? addrs, string cname, error? err) lookup()
        {
            var hints = new _C_struct_addrinfo();
            hints.ai_flags = cgoAddrInfoFlags;
            hints.ai_socktype = _C_SOCK_STREAM;
            hints.ai_family = _C_AF_UNSPEC;
            switch (ipVersion(network))
            {
                case '4':
                    hints.ai_family = _C_AF_INET;
                    break;
                case '6':
                    hints.ai_family = _C_AF_INET6;
                    break;
            }

            var h = new byte[System.Text.Encoding.UTF8.GetByteCount(name) + 1];
            System.Text.Encoding.UTF8.GetBytes(name, h);
            _C_struct_addrinfo* res = null;
            int gerrno;
            error? err;
            fixed (byte* p = h)
            {
                (gerrno, err) = _C_getaddrinfo(p, null, &hints, &res);
            }
            if (gerrno != 0)
            {
                var isErrorNoSuchHost = false;
                var isTemporary = false;
                switch (gerrno)
                {
                    case _C_EAI_SYSTEM:
                        if (err == null)
                        {
                            // There should be an error, but on Linux getaddrinfo is said to return
                            // EAI_SYSTEM without one at times, when too many files are open. Then
                            // say so by EMFILE: most system calls would give ENFILE, so this one
                            // can be told from theirs. golang.org/issue/6232.
                            err = syscall.EMFILE;
                        }
                        break;
                    case _C_EAI_NONAME:
                        err = errNoSuchHost;
                        isErrorNoSuchHost = true;
                        break;
                    default:
                        err = new addrinfoErrno(gerrno);
                        isTemporary = new addrinfoErrno(gerrno).Temporary();
                        break;
                }

                return (null, "", new DNSError { Err = err.Error(), Name = name, IsNotFound = isErrorNoSuchHost, IsTemporary = isTemporary });
            }
            try
            {
                var cname = "";
                if (res != null)
                {
                    cname = _C_GoString(res->ai_canonname);
                    if (cname == "")
                    {
                        cname = name;
                    }
                    if (cname.Length > 0 && cname[cname.Length - 1] != '.')
                    {
                        cname += ".";
                    }
                }
                List<IPAddr>? addrs = null;
                for (var r = res; r != null; r = r->ai_next)
                {
                    // Only SOCK_STREAM was asked for; look all the same.
                    if (r->ai_socktype != _C_SOCK_STREAM)
                    {
                        continue;
                    }
                    switch (r->ai_family)
                    {
                        case _C_AF_INET:
                            {
                                var sa = (syscall.RawSockaddrInet4*)r->ai_addr;
                                var addr = new IPAddr { IP = copyIP(((Span<byte>)sa->Addr).ToArray()) };
                                addrs ??= [];
                                addrs.Add(addr);
                                break;
                            }
                        case _C_AF_INET6:
                            {
                                var sa = (syscall.RawSockaddrInet6*)r->ai_addr;
                                var addr = new IPAddr { IP = copyIP(((Span<byte>)sa->Addr).ToArray()), Zone = zoneCache.name((int)sa->Scope_id) };
                                addrs ??= [];
                                addrs.Add(addr);
                                break;
                            }
                    }
                }
                return (addrs, cname, null);
            }
            finally
            {
                _C_freeaddrinfo(res);
            }
        }
    }

    internal static async go cgoIPLookup(chan<ipLookupResult> result, string network, string name) // PORT(resolver)
    {
        var (addrs, cname, err) = await cgoLookupIPCNAME(network, name);
        await result.Send(new ipLookupResult { addrs = addrs, cname = cname, err = err });
    }

    internal static async go<(List<IPAddr>? addrs, error? err, bool completed)> cgoLookupIP(context.Context ctx, string network, string name) // PORT(resolver)
    {
        if (ctx.Done() == null)
        {
            var (addrs, _, err) = await cgoLookupIPCNAME(network, name);
            return (addrs, err, true);
        }
        var result = builtin.makechan<ipLookupResult>(1);
        builtin.go(() => cgoIPLookup(result, network, name));
        scase<ipLookupResult> r;
        switch (await builtin.select(r = result.recvcase(), ctx.Done().recvcase()))
        {
            case 0:
                return (r.v.addrs, r.v.err, true);
            default:
                return (null, mapErr(ctx.Err()!), false);
        }
    }

    // What these are for, roughly:
    //
    //  source           encoding                       longest name
    //  unicast DNS      ASCII, or Unicode (RFC 5892)   253 bytes; 252 for each label, with delimiters
    //  multicast DNS    UTF-8 (RFC 5198), or ASCII     253 bytes
    //  local database   any                            as the system has it
    //
    // each with a NUL at its end.
    internal const int nameinfoLen = 64;
    internal const int maxNameinfoLen = 4096;

    internal static async go<(List<string>? names, error? err, bool completed)> cgoLookupPTR(context.Context ctx, string addr) // PORT(resolver)
    {
        var zone = "";
        var ip = parseIPv4(addr);
        if (ip == null)
        {
            (ip, zone) = parseIPv6Zone(addr);
        }
        if (ip == null)
        {
            return (null, new DNSError { Err = "invalid address", Name = addr }, true);
        }
        var (sa, salen) = cgoSockaddr(ip, zone);
        if (salen == 0)
        {
            return (null, new DNSError { Err = "invalid address " + ip.String(), Name = addr }, true);
        }
        if (ctx.Done() == null)
        {
            var (names, err) = await cgoLookupAddrPTR(addr, sa, salen);
            return (names, err, true);
        }
        var result = builtin.makechan<reverseLookupResult>(1);
        builtin.go(() => cgoReverseLookup(result, addr, sa, salen));
        scase<reverseLookupResult> r;
        switch (await builtin.select(r = result.recvcase(), ctx.Done().recvcase()))
        {
            case 0:
                return (r.v.names, r.v.err, true);
            default:
                return (null, mapErr(ctx.Err()!), false);
        }
    }

    internal static async go<(List<string>? names, error? err)> cgoLookupAddrPTR(string addr, syscall.RawSockaddrInet6 sa, uint32 salen) // PORT(resolver)
    {
        await acquireThread();
        try
        {
            return lookup();
        }
        finally
        {
            await releaseThread();
        }

        // PORT(park): what has pointers is a function of its own.
        unsafe (List<string>? names, error? err) lookup()
        {
            var gerrno = 0;
            error? err = null;
            byte[] b = [];
            for (var l = nameinfoLen; l <= maxNameinfoLen; l *= 2)
            {
                b = new byte[l];
                var sa1 = sa;
                (gerrno, err) = cgoNameinfoPTR(b, &sa1, salen);
                if (gerrno == 0 || gerrno != _C_EAI_OVERFLOW)
                {
                    break;
                }
            }
            if (gerrno != 0)
            {
                var isTemporary = false;
                switch (gerrno)
                {
                    case _C_EAI_SYSTEM:
                        if (err == null) // golang.org/issue/6232
                        {
                            err = syscall.EMFILE;
                        }
                        break;
                    default:
                        err = new addrinfoErrno(gerrno);
                        isTemporary = new addrinfoErrno(gerrno).Temporary();
                        break;
                }
                return (null, new DNSError { Err = err.Error(), Name = addr, IsTemporary = isTemporary });
            }
            var n = b.Length;
            for (var i = 0; i < b.Length; i++)
            {
                if (b[i] == 0)
                {
                    n = i;
                    break;
                }
            }
            return ([absDomainName(System.Text.Encoding.UTF8.GetString(b, 0, n))], null);
        }
    }

    internal static async go cgoReverseLookup(chan<reverseLookupResult> result, string addr, syscall.RawSockaddrInet6 sa, uint32 salen) // PORT(resolver)
    {
        var (names, err) = await cgoLookupAddrPTR(addr, sa, salen);
        await result.Send(new reverseLookupResult { names = names, err = err });
    }

    internal static unsafe (syscall.RawSockaddrInet6, uint32) cgoSockaddr(IP ip, string zone) // PORT(resolver)
    {
        syscall.RawSockaddrInet6 sa;
        var ip4 = ip.To4();
        if (ip4 != null)
        {
            cgoSockaddrInet4(ip4, &sa);
            return (sa, syscall.SizeofSockaddrInet4);
        }
        var ip6 = ip.To16();
        if (ip6 != null)
        {
            cgoSockaddrInet6(ip6, zoneCache.index(zone), &sa);
            return (sa, syscall.SizeofSockaddrInet6);
        }
        return (default, 0);
    }

    // PORT(resolver): cgoLookupCNAME, resSearch and cgoResSearch stand here; they read DNS messages.
}
