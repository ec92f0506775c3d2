// Ports src/syscall/sockcmsg_unix.go of go1.20.

using System.Collections.Generic;

namespace golang;

// Socket control messages
public static partial class syscall
{
    /// <summary>Returns the value of a Cmsghdr's Len for <paramref name="datalen"/> bytes of data, alignment included.
    /// Go: src/syscall/sockcmsg_unix.go.</summary>
    public static int CmsgLen(int datalen)
    {
        return cmsgAlignOf(SizeofCmsghdr) + datalen;
    }

    /// <summary>Returns the number of bytes that a control message with <paramref name="datalen"/> bytes of data takes.
    /// Go: src/syscall/sockcmsg_unix.go.</summary>
    public static int CmsgSpace(int datalen)
    {
        return cmsgAlignOf(SizeofCmsghdr) + cmsgAlignOf(datalen);
    }

    public partial struct Cmsghdr
    {
        // h is the receiver: the data lies behind it, in the same pinned buffer.
        // PORT(pin): the receiver is an argument: a method of a struct does not know its address.
        internal static unsafe void* data(Cmsghdr* h, uintptr offset)
        {
            return (void*)((uintptr)h + (uintptr)cmsgAlignOf(SizeofCmsghdr) + offset);
        }
    }

    /// <summary>A socket control message. Go: src/syscall/sockcmsg_unix.go.</summary>
    public struct SocketControlMessage
    {
        public Cmsghdr Header;
        public Memory<byte> Data;
    }

    /// <summary>Parses <paramref name="b"/> as a row of control messages, whose Data are parts of b.
    /// err is EINVAL when a length is wrong. Go: src/syscall/sockcmsg_unix.go.</summary>
    public static (SocketControlMessage[]? msgs, error? err) ParseSocketControlMessage(Memory<byte> b)
    {
        var msgs = new List<SocketControlMessage>();
        var i = 0;
        while (i + CmsgLen(0) <= b.Length)
        {
            var (h, dbuf, err) = socketControlMessageHeaderAndData(b[i..]);
            if (err != null)
            {
                return (null, err);
            }
            var m = new SocketControlMessage { Header = h, Data = dbuf };
            msgs.Add(m);
            i += cmsgAlignOf((int)h.Len);
        }
        return (msgs.ToArray(), null);
    }

    // PORT(tuple): a copy of the header.
    internal static (Cmsghdr h, Memory<byte> data, error? err) socketControlMessageHeaderAndData(Memory<byte> b)
    {
        var h = MemoryMarshal.Read<Cmsghdr>(b.Span);
        if (h.Len < SizeofCmsghdr || h.Len > (uint64)b.Length)
        {
            return (default, default, errEINVAL);
        }
        return (h, b[cmsgAlignOf(SizeofCmsghdr)..(int)h.Len], null);
    }

    /// <summary>Encodes the open descriptors <paramref name="fds"/> into a control message that sends them to another process.
    /// Go: src/syscall/sockcmsg_unix.go.</summary>
    // PORT(pin): b stays in place meanwhile.
    public static unsafe byte[] UnixRights(params ReadOnlySpan<int> fds)
    {
        var datalen = fds.Length * 4;
        var b = new byte[CmsgSpace(datalen)];
        fixed (byte* p = b)
        {
            var h = (Cmsghdr*)p;
            h->Level = SOL_SOCKET;
            h->Type = SCM_RIGHTS;
            h->SetLen(CmsgLen(datalen));
            for (var i = 0; i < fds.Length; i++)
            {
                *(int32*)Cmsghdr.data(h, 4 * (uintptr)i) = fds[i];
            }
        }
        return b;
    }

    /// <summary>Decodes the control message <paramref name="m"/> that brings open descriptors from another process.
    /// err is EINVAL when m is no such message. Go: src/syscall/sockcmsg_unix.go.</summary>
    public static (int[]? fds, error? err) ParseUnixRights(in SocketControlMessage m)
    {
        if (m.Header.Level != SOL_SOCKET)
        {
            return (null, errEINVAL);
        }
        if (m.Header.Type != SCM_RIGHTS)
        {
            return (null, errEINVAL);
        }
        var fds = new int[m.Data.Length >> 2];
        for (int i = 0, j = 0; i < m.Data.Length; i += 4)
        {
            fds[j] = MemoryMarshal.Read<int32>(m.Data.Span[i..]);
            j++;
        }
        return (fds, null);
    }
}
