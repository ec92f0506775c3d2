// Ports src/net/unixsock_readmsg_cmsg_cloexec.go of go1.20.

namespace golang;

public static partial class net
{
    // PORT(const): a readonly field, as the compiler objects to code that a const makes unreachable.
    internal static readonly int readMsgFlags = syscall.MSG_CMSG_CLOEXEC;

    internal static void setReadMsgCloseOnExec(Memory<byte> oob)
    {
    }
}
