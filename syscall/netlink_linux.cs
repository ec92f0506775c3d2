// Ports src/syscall/netlink_linux.go of go1.20.

// Netlink sockets and messages

using System.Collections.Generic;

namespace golang;

public static partial class syscall
{
    // Round up to the alignment of netlink messages.
    internal static int nlmAlignOf(int msglen)
    {
        return (msglen + NLMSG_ALIGNTO - 1) & ~(NLMSG_ALIGNTO - 1);
    }

    // Round up to the alignment of the attributes in route messages.
    internal static int rtaAlignOf(int attrlen)
    {
        return (attrlen + RTA_ALIGNTO - 1) & ~(RTA_ALIGNTO - 1);
    }

    /// <summary>A message that asks the kernel for routes or the state of links. Go: src/syscall/netlink_linux.go.</summary>
    public sealed class NetlinkRouteRequest
    {
        public NlMsghdr Header;
        public RtGenmsg Data;

        internal byte[] toWireFormat()
        {
            var b = new byte[Header.Len];
            MemoryMarshal.Write(b.AsSpan(0, 4), Header.Len); // PORT(unsafe)
            MemoryMarshal.Write(b.AsSpan(4, 2), Header.Type); // PORT(unsafe)
            MemoryMarshal.Write(b.AsSpan(6, 2), Header.Flags); // PORT(unsafe)
            MemoryMarshal.Write(b.AsSpan(8, 4), Header.Seq); // PORT(unsafe)
            MemoryMarshal.Write(b.AsSpan(12, 4), Header.Pid); // PORT(unsafe)
            b[16] = (byte)Data.Family;
            return b;
        }
    }

    internal static byte[] newNetlinkRouteRequest(int proto, int seq, int family)
    {
        var rr = new NetlinkRouteRequest();
        rr.Header.Len = (uint32)(NLMSG_HDRLEN + SizeofRtGenmsg);
        rr.Header.Type = (uint16)proto;
        rr.Header.Flags = NLM_F_DUMP | NLM_F_REQUEST;
        rr.Header.Seq = (uint32)seq;
        rr.Data.Family = (uint8)family;
        return rr.toWireFormat();
    }

    /// <summary>
    /// The kernel's table for <paramref name="proto"/> (RTM_GETLINK, RTM_GETADDR): netlink messages, see
    /// ParseNetlinkMessage. err is an Errno, EINVAL for an answer that makes no sense.
    /// Go: src/syscall/netlink_linux.go.
    /// </summary>
    public static (byte[]? tab, error? err) NetlinkRIB(int proto, int family)
    {
        var (s, err) = Socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
        if (err != null)
        {
            return (null, err);
        }
        try
        {
            var sa = new SockaddrNetlink { Family = AF_NETLINK };
            err = Bind(s, sa);
            if (err != null)
            {
                return (null, err);
            }
            var wb = newNetlinkRouteRequest(proto, 1, family);
            err = Sendto(s, wb, 0, sa);
            if (err != null)
            {
                return (null, err);
            }
            (var lsa, err) = Getsockname(s);
            if (err != null)
            {
                return (null, err);
            }
            if (lsa is not SockaddrNetlink lsanl)
            {
                return (null, EINVAL);
            }
            var tab = new List<byte>(); // PORT(append)
            Memory<byte> rbNew = new byte[Getpagesize()];
            for (; ; )
            {
                var rb = rbNew;
                (var nr, _, err) = Recvfrom(s, rb.Span, 0);
                if (err != null)
                {
                    return (null, err);
                }
                if (nr < NLMSG_HDRLEN)
                {
                    return (null, EINVAL);
                }
                rb = rb[..nr];
                tab.AddRange(rb.Span); // PORT(append)
                (var msgs, err) = ParseNetlinkMessage(rb);
                if (err != null)
                {
                    return (null, err);
                }
                foreach (var m in msgs!)
                {
                    if (m.Header.Seq != 1 || m.Header.Pid != lsanl.Pid)
                    {
                        return (null, EINVAL);
                    }
                    if (m.Header.Type == NLMSG_DONE)
                    {
                        goto done;
                    }
                    if (m.Header.Type == NLMSG_ERROR)
                    {
                        return (null, EINVAL);
                    }
                }
            }
        done:
            return (tab.ToArray(), null);
        }
        finally
        {
            Close(s);
        }
    }

    /// <summary>One netlink message. Go: src/syscall/netlink_linux.go.</summary>
    public struct NetlinkMessage
    {
        public NlMsghdr Header;
        public Memory<byte> Data;
    }

    /// <summary>
    /// Takes the netlink messages in <paramref name="b"/> apart; their data is part of it. err is EINVAL for a
    /// length that cannot be. Go: src/syscall/netlink_linux.go.
    /// </summary>
    public static (NetlinkMessage[]? msgs, error? err) ParseNetlinkMessage(Memory<byte> b)
    {
        var msgs = new List<NetlinkMessage>(); // PORT(append)
        while (b.Length >= NLMSG_HDRLEN)
        {
            var (h, dbuf, dlen, err) = netlinkMessageHeaderAndData(b);
            if (err != null)
            {
                return (null, err);
            }
            var m = new NetlinkMessage { Header = h, Data = dbuf[..((int)h.Len - NLMSG_HDRLEN)] };
            msgs.Add(m);
            b = b[dlen..];
        }
        return (msgs.ToArray(), null);
    }

    // PORT(tuple): the header is a copy.
    internal static (NlMsghdr h, Memory<byte> dbuf, int dlen, error? err) netlinkMessageHeaderAndData(Memory<byte> b)
    {
        var h = MemoryMarshal.Read<NlMsghdr>(b.Span);
        var l = nlmAlignOf((int)h.Len);
        if ((int)h.Len < NLMSG_HDRLEN || l > b.Length)
        {
            return (default, default, 0, EINVAL);
        }
        return (h, b[NLMSG_HDRLEN..], l, null);
    }

    /// <summary>One attribute of a route message. Go: src/syscall/netlink_linux.go.</summary>
    public struct NetlinkRouteAttr
    {
        public RtAttr Attr;
        public Memory<byte> Value;
    }

    /// <summary>
    /// Takes the attributes of the route message <paramref name="m"/> apart; their values are part of it. err is
    /// EINVAL for another type of message, or a length that cannot be. Go: src/syscall/netlink_linux.go.
    /// </summary>
    public static (NetlinkRouteAttr[]? attrs, error? err) ParseNetlinkRouteAttr(in NetlinkMessage m)
    {
        Memory<byte> b;
        switch (m.Header.Type)
        {
            case RTM_NEWLINK:
            case RTM_DELLINK:
                b = m.Data[SizeofIfInfomsg..];
                break;
            case RTM_NEWADDR:
            case RTM_DELADDR:
                b = m.Data[SizeofIfAddrmsg..];
                break;
            case RTM_NEWROUTE:
            case RTM_DELROUTE:
                b = m.Data[SizeofRtMsg..];
                break;
            default:
                return (null, EINVAL);
        }
        var attrs = new List<NetlinkRouteAttr>(); // PORT(append)
        while (b.Length >= SizeofRtAttr)
        {
            var (a, vbuf, alen, err) = netlinkRouteAttrAndValue(b);
            if (err != null)
            {
                return (null, err);
            }
            var ra = new NetlinkRouteAttr { Attr = a, Value = vbuf[..((int)a.Len - SizeofRtAttr)] };
            attrs.Add(ra);
            b = b[alen..];
        }
        return (attrs.ToArray(), null);
    }

    // PORT(tuple): the header is a copy.
    internal static (RtAttr a, Memory<byte> vbuf, int alen, error? err) netlinkRouteAttrAndValue(Memory<byte> b)
    {
        var a = MemoryMarshal.Read<RtAttr>(b.Span);
        if ((int)a.Len < SizeofRtAttr || (int)a.Len > b.Length)
        {
            return (default, default, 0, EINVAL);
        }
        return (a, b[SizeofRtAttr..], rtaAlignOf((int)a.Len), null);
    }
}
