// Ports src/syscall/sockcmsg_linux.go of go1.20.

namespace golang;

// Socket control messages
public static partial class syscall
{
    /// <summary>Encodes the credentials <paramref name="ucred"/> into a control message that tells another process who sends.
    /// Go: src/syscall/sockcmsg_linux.go.</summary>
    // PORT(pin): b stays in place meanwhile.
    public static unsafe byte[] UnixCredentials(in Ucred ucred)
    {
        var b = new byte[CmsgSpace(SizeofUcred)];
        fixed (byte* p = b)
        {
            var h = (Cmsghdr*)p;
            h->Level = SOL_SOCKET;
            h->Type = SCM_CREDENTIALS;
            h->SetLen(CmsgLen(SizeofUcred));
            *(Ucred*)Cmsghdr.data(h, 0) = ucred;
        }
        return b;
    }

    /// <summary>Decodes the control message <paramref name="m"/> that brings credentials; the socket must have SO_PASSCRED on.
    /// err is EINVAL when m is no such message. Go: src/syscall/sockcmsg_linux.go.</summary>
    // PORT(tuple): a copy of the credentials.
    public static unsafe (Ucred ucred, error? err) ParseUnixCredentials(in SocketControlMessage m)
    {
        if (m.Header.Level != SOL_SOCKET)
        {
            return (default, errEINVAL);
        }
        if (m.Header.Type != SCM_CREDENTIALS)
        {
            return (default, errEINVAL);
        }
        if (m.Data.Length < sizeof(Ucred))
        {
            return (default, errEINVAL);
        }
        var ucred = MemoryMarshal.Read<Ucred>(m.Data.Span);
        return (ucred, null);
    }
}
