// Ports src/net/fd_posix.go of go1.20.

namespace golang;

public static partial class net
{
    // A network file descriptor.
    internal sealed partial class netFD : runtime.hasspecial
    {
        internal required poll.FD pfd;

        // These do not change before Close.
        internal int family;
        internal int sotype;
        internal bool isConnected; // the handshake is done, or the socket has its peer
        internal string net = "";
        internal Addr? laddr;
        internal Addr? raddr;

        private object? special; // PORT(special): the record of the finalizer
        ref object? runtime.hasspecial.special => ref special;

        internal void setAddr(Addr? laddr, Addr? raddr)
        {
            this.laddr = laddr;
            this.raddr = raddr;
            runtime.SetFinalizer(this, static fd => fd.Close());
        }

        internal go<error?> Close()
        {
            runtime.SetFinalizer(this, null);
            return pfd.Close();
        }

        internal error? shutdown(int how)
        {
            var err = pfd.Shutdown(how);
            GC.KeepAlive(this);
            return wrapSyscallError("shutdown", err);
        }

        internal error? closeRead()
        {
            return shutdown(syscall.SHUT_RD);
        }

        internal error? closeWrite()
        {
            return shutdown(syscall.SHUT_WR);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal async go<(int n, error? err)> Read(Memory<byte> p)
        {
            var (n, err) = await pfd.Read(p);
            GC.KeepAlive(this);
            return (n, wrapSyscallError(readSyscallName, err));
        }

        internal async go<(int n, syscall.Sockaddr? sa, error? err)> readFrom(Memory<byte> p)
        {
            var (n, sa, err) = await pfd.ReadFrom(p);
            GC.KeepAlive(this);
            return (n, sa, wrapSyscallError(readFromSyscallName, err));
        }

        internal async go<(int n, error? err)> readFromInet4(Memory<byte> p, syscall.SockaddrInet4 from)
        {
            var (n, err) = await pfd.ReadFromInet4(p, from);
            GC.KeepAlive(this);
            return (n, wrapSyscallError(readFromSyscallName, err));
        }

        internal async go<(int n, error? err)> readFromInet6(Memory<byte> p, syscall.SockaddrInet6 from)
        {
            var (n, err) = await pfd.ReadFromInet6(p, from);
            GC.KeepAlive(this);
            return (n, wrapSyscallError(readFromSyscallName, err));
        }

        internal async go<(int n, int oobn, int retflags, syscall.Sockaddr? sa, error? err)> readMsg(Memory<byte> p, Memory<byte> oob, int flags)
        {
            var (n, oobn, retflags, sa, err) = await pfd.ReadMsg(p, oob, flags);
            GC.KeepAlive(this);
            return (n, oobn, retflags, sa, wrapSyscallError(readMsgSyscallName, err));
        }

        internal async go<(int n, int oobn, int retflags, error? err)> readMsgInet4(Memory<byte> p, Memory<byte> oob, int flags, syscall.SockaddrInet4 sa)
        {
            var (n, oobn, retflags, err) = await pfd.ReadMsgInet4(p, oob, flags, sa);
            GC.KeepAlive(this);
            return (n, oobn, retflags, wrapSyscallError(readMsgSyscallName, err));
        }

        internal async go<(int n, int oobn, int retflags, error? err)> readMsgInet6(Memory<byte> p, Memory<byte> oob, int flags, syscall.SockaddrInet6 sa)
        {
            var (n, oobn, retflags, err) = await pfd.ReadMsgInet6(p, oob, flags, sa);
            GC.KeepAlive(this);
            return (n, oobn, retflags, wrapSyscallError(readMsgSyscallName, err));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal async go<(int nn, error? err)> Write(Memory<byte> p)
        {
            var (nn, err) = await pfd.Write(p);
            GC.KeepAlive(this);
            return (nn, wrapSyscallError(writeSyscallName, err));
        }

        internal async go<(int n, error? err)> writeTo(Memory<byte> p, syscall.Sockaddr? sa)
        {
            var (n, err) = await pfd.WriteTo(p, sa);
            GC.KeepAlive(this);
            return (n, wrapSyscallError(writeToSyscallName, err));
        }

        internal async go<(int n, error? err)> writeToInet4(Memory<byte> p, syscall.SockaddrInet4 sa)
        {
            var (n, err) = await pfd.WriteToInet4(p, sa);
            GC.KeepAlive(this);
            return (n, wrapSyscallError(writeToSyscallName, err));
        }

        internal async go<(int n, error? err)> writeToInet6(Memory<byte> p, syscall.SockaddrInet6 sa)
        {
            var (n, err) = await pfd.WriteToInet6(p, sa);
            GC.KeepAlive(this);
            return (n, wrapSyscallError(writeToSyscallName, err));
        }

        internal async go<(int n, int oobn, error? err)> writeMsg(Memory<byte> p, Memory<byte> oob, syscall.Sockaddr? sa)
        {
            var (n, oobn, err) = await pfd.WriteMsg(p, oob, sa);
            GC.KeepAlive(this);
            return (n, oobn, wrapSyscallError(writeMsgSyscallName, err));
        }

        internal async go<(int n, int oobn, error? err)> writeMsgInet4(Memory<byte> p, Memory<byte> oob, syscall.SockaddrInet4 sa)
        {
            var (n, oobn, err) = await pfd.WriteMsgInet4(p, oob, sa);
            GC.KeepAlive(this);
            return (n, oobn, wrapSyscallError(writeMsgSyscallName, err));
        }

        internal async go<(int n, int oobn, error? err)> writeMsgInet6(Memory<byte> p, Memory<byte> oob, syscall.SockaddrInet6 sa)
        {
            var (n, oobn, err) = await pfd.WriteMsgInet6(p, oob, sa);
            GC.KeepAlive(this);
            return (n, oobn, wrapSyscallError(writeMsgSyscallName, err));
        }

        internal error? SetDeadline(time.Time t)
        {
            return pfd.SetDeadline(t);
        }

        internal error? SetReadDeadline(time.Time t)
        {
            return pfd.SetReadDeadline(t);
        }

        internal error? SetWriteDeadline(time.Time t)
        {
            return pfd.SetWriteDeadline(t);
        }
    }
}
