// Ports src/net/interface_linux.go of go1.20.

using System.Collections.Generic;

namespace golang;

public static partial class net
{
    // With ifindex zero interfaceTable returns all network interfaces, else the
    // one with that index.
    internal static (Interface[]? ift, error? err) interfaceTable(int ifindex)
    {
        var (tab, err) = syscall.NetlinkRIB(syscall.RTM_GETLINK, syscall.AF_UNSPEC);
        if (err != null)
        {
            return (null, os.NewSyscallError("netlinkrib", err));
        }
        (var msgs, err) = syscall.ParseNetlinkMessage(tab);
        if (err != null)
        {
            return (null, os.NewSyscallError("parsenetlinkmessage", err));
        }
        var ift = new List<Interface>(); // PORT(append)
        foreach (var m in msgs!)
        {
            switch (m.Header.Type)
            {
                case syscall.NLMSG_DONE:
                    goto loop;
                case syscall.RTM_NEWLINK:
                    var ifim = MemoryMarshal.Read<syscall.IfInfomsg>(m.Data.Span);
                    if (ifindex == 0 || ifindex == ifim.Index)
                    {
                        (var attrs, err) = syscall.ParseNetlinkRouteAttr(m);
                        if (err != null)
                        {
                            return (null, os.NewSyscallError("parsenetlinkrouteattr", err));
                        }
                        ift.Add(newLink(ifim, attrs!));
                        if (ifindex == ifim.Index)
                        {
                            goto loop;
                        }
                    }
                    break;
            }
        }
    loop:
        return (ift.ToArray(), null);
    }

    // The types of hardware of tunnels; see linux/if_arp.h. Linux knows no
    // tunnel of IPv4 over IPv6.
    internal const int sysARPHardwareIPv4IPv4 = 768; // IPv4 over IPv4
    internal const int sysARPHardwareIPv6IPv6 = 769; // IPv6 over IPv6
    internal const int sysARPHardwareIPv6IPv4 = 776; // IPv6 over IPv4
    internal const int sysARPHardwareGREIPv4 = 778; // GRE over IPv4
    internal const int sysARPHardwareGREIPv6 = 823; // GRE over IPv6

    internal static Interface newLink(in syscall.IfInfomsg ifim, syscall.NetlinkRouteAttr[] attrs)
    {
        var ifi = new Interface { Index = (int)ifim.Index, Flags = linkFlags(ifim.Flags) };
        foreach (var a in attrs)
        {
            switch (a.Attr.Type)
            {
                case syscall.IFLA_ADDRESS:
                    // The address of a tunnel's end is no hardware address.
                    switch (a.Value.Length)
                    {
                        case IPv4len:
                            switch (ifim.Type)
                            {
                                case sysARPHardwareIPv4IPv4:
                                case sysARPHardwareGREIPv4:
                                case sysARPHardwareIPv6IPv4:
                                    continue;
                            }
                            break;
                        case IPv6len:
                            switch (ifim.Type)
                            {
                                case sysARPHardwareIPv6IPv6:
                                case sysARPHardwareGREIPv6:
                                    continue;
                            }
                            break;
                    }
                    var nonzero = false;
                    foreach (var b in a.Value.Span)
                    {
                        if (b != 0)
                        {
                            nonzero = true;
                            break;
                        }
                    }
                    if (nonzero)
                    {
                        ifi.HardwareAddr = a.Value.ToArray();
                    }
                    break;
                case syscall.IFLA_IFNAME:
                    ifi.Name = System.Text.Encoding.UTF8.GetString(a.Value.Span[..(a.Value.Length - 1)]);
                    break;
                case syscall.IFLA_MTU:
                    ifi.MTU = (int)MemoryMarshal.Read<uint32>(a.Value.Span[..4]);
                    break;
            }
        }
        return ifi;
    }

    internal static Flags linkFlags(uint32 rawFlags)
    {
        Flags f = 0;
        if ((rawFlags & syscall.IFF_UP) != 0)
        {
            f |= FlagUp;
        }
        if ((rawFlags & syscall.IFF_RUNNING) != 0)
        {
            f |= FlagRunning;
        }
        if ((rawFlags & syscall.IFF_BROADCAST) != 0)
        {
            f |= FlagBroadcast;
        }
        if ((rawFlags & syscall.IFF_LOOPBACK) != 0)
        {
            f |= FlagLoopback;
        }
        if ((rawFlags & syscall.IFF_POINTOPOINT) != 0)
        {
            f |= FlagPointToPoint;
        }
        if ((rawFlags & syscall.IFF_MULTICAST) != 0)
        {
            f |= FlagMulticast;
        }
        return f;
    }

    // Without ifi interfaceAddrTable returns the addresses of all network
    // interfaces, else those of ifi.
    internal static (Addr[]? ifat, error? err) interfaceAddrTable(Interface? ifi)
    {
        var (tab, err) = syscall.NetlinkRIB(syscall.RTM_GETADDR, syscall.AF_UNSPEC);
        if (err != null)
        {
            return (null, os.NewSyscallError("netlinkrib", err));
        }
        (var msgs, err) = syscall.ParseNetlinkMessage(tab);
        if (err != null)
        {
            return (null, os.NewSyscallError("parsenetlinkmessage", err));
        }
        Interface[] ift = [];
        if (ifi == null)
        {
            (var ift1, err) = interfaceTable(0);
            if (err != null)
            {
                return (null, err);
            }
            ift = ift1!; // PORT(tuple)
        }
        (var ifat, err) = addrTable(ift, ifi, msgs!);
        if (err != null)
        {
            return (null, err);
        }
        return (ifat, null);
    }

    internal static (Addr[]? ifat, error? err) addrTable(Interface[] ift, Interface? ifi, syscall.NetlinkMessage[] msgs)
    {
        var ifat = new List<Addr>(); // PORT(append)
        foreach (var m in msgs)
        {
            switch (m.Header.Type)
            {
                case syscall.NLMSG_DONE:
                    goto loop;
                case syscall.RTM_NEWADDR:
                    var ifam = MemoryMarshal.Read<syscall.IfAddrmsg>(m.Data.Span);
                    if (ift.Length != 0 || ifi!.Index == (int)ifam.Index)
                    {
                        error? err; // PORT(name): one for both, where Go has two
                        if (ift.Length != 0) // PORT(name)
                        {
                            (ifi, err) = interfaceByIndex(ift, (int)ifam.Index);
                            if (err != null)
                            {
                                return (null, err);
                            }
                        }
                        (var attrs, err) = syscall.ParseNetlinkRouteAttr(m);
                        if (err != null)
                        {
                            return (null, os.NewSyscallError("parsenetlinkrouteattr", err));
                        }
                        var ifa = newAddr(ifam, attrs!);
                        if (ifa != null)
                        {
                            ifat.Add(ifa);
                        }
                    }
                    break;
            }
        }
    loop:
        return (ifat.ToArray(), null);
    }

    internal static Addr? newAddr(in syscall.IfAddrmsg ifam, syscall.NetlinkRouteAttr[] attrs)
    {
        var ipPointToPoint = false;
        // An interface that is the end of a link from point to point has its
        // own address in IFA_LOCAL, and the other end's in IFA_ADDRESS.
        foreach (var a in attrs)
        {
            if (a.Attr.Type == syscall.IFA_LOCAL)
            {
                ipPointToPoint = true;
                break;
            }
        }
        foreach (var a in attrs)
        {
            if (ipPointToPoint && a.Attr.Type == syscall.IFA_ADDRESS)
            {
                continue;
            }
            switch (ifam.Family)
            {
                case syscall.AF_INET:
                    return new IPNet { IP = IPv4(a.Value.Span[0], a.Value.Span[1], a.Value.Span[2], a.Value.Span[3]), Mask = CIDRMask(ifam.Prefixlen, 8 * IPv4len) };
                case syscall.AF_INET6:
                    var ifa = new IPNet { IP = new byte[IPv6len], Mask = CIDRMask(ifam.Prefixlen, 8 * IPv6len) };
                    builtin.copy(ifa.IP.Span, a.Value.Span);
                    return ifa;
            }
        }
        return null;
    }

    // interfaceMulticastAddrTable returns the groups that ifi, or any
    // interface, has joined.
    internal static async go<(Addr[]? ifmat, error? err)> interfaceMulticastAddrTable(Interface? ifi)
    {
        var ifmat4 = await parseProcNetIGMP("/proc/net/igmp", ifi);
        var ifmat6 = await parseProcNetIGMP6("/proc/net/igmp6", ifi);
        return ([.. ifmat4, .. ifmat6], null);
    }

    internal static async go<Addr[]> parseProcNetIGMP(string path, Interface? ifi)
    {
        var (fd, err) = open(path);
        if (err != null)
        {
            return [];
        }
        try
        {
            var ifmat = new List<Addr>(); // PORT(append)
            var name = "";
            await fd!.readLine(); // the heading
            var b = new byte[IPv4len];
            for (var (l, ok) = await fd.readLine(); ok; (l, ok) = await fd.readLine())
            {
                var f = splitAtBytes(l, " :\r\t\n");
                if (f.Length < 4)
                {
                    continue;
                }
                if (l[0] != ' ' && l[0] != '\t') // the line of an interface
                {
                    name = f[1];
                }
                else if (f[0].Length == 8)
                {
                    if (ifi == null || name == ifi.Name)
                    {
                        // Linux writes the address in the byte order of the
                        // machine.
                        for (var j = 0; j + 1 < f[0].Length; j += 2) // PORT(name): i, which is another one below
                        {
                            (b[j / 2], _) = xtoi2(f[0][j..(j + 2)], 0);
                        } // PORT(name)
                        var i = BitConverter.ToUInt32(b); // PORT(unsafe)
                        var ifma = new IPAddr { IP = IPv4((byte)(i >> 24), (byte)(i >> 16), (byte)(i >> 8), (byte)i) };
                        ifmat.Add(ifma);
                    }
                }
            }
            return ifmat.ToArray();
        }
        finally
        {
            await fd!.close();
        }
    }

    internal static async go<Addr[]> parseProcNetIGMP6(string path, Interface? ifi)
    {
        var (fd, err) = open(path);
        if (err != null)
        {
            return [];
        }
        try
        {
            var ifmat = new List<Addr>(); // PORT(append)
            var b = new byte[IPv6len];
            for (var (l, ok) = await fd!.readLine(); ok; (l, ok) = await fd.readLine())
            {
                var f = splitAtBytes(l, " \r\t\n");
                if (f.Length < 6)
                {
                    continue;
                }
                if (ifi == null || f[1] == ifi.Name)
                {
                    for (var i = 0; i + 1 < f[2].Length; i += 2)
                    {
                        (b[i / 2], _) = xtoi2(f[2][i..(i + 2)], 0);
                    }
                    var ifma = new IPAddr { IP = b[..] };
                    ifmat.Add(ifma);
                }
            }
            return ifmat.ToArray();
        }
        finally
        {
            await fd!.close();
        }
    }
}
