// Ports src/syscall/ztypes_linux_arm64.go of go1.20.

namespace golang;

public static partial class syscall
{
    // PORT(subset): only the types and the constants that the ported packages use are here.
    // PORT(array): Go's [N]T is InlineArrayN<T> of the BCL, or a fixed buffer where N is greater than 16.
    internal const int sizeofPtr = 0x8;
    internal const int sizeofShort = 0x2;
    internal const int sizeofInt = 0x4;
    internal const int sizeofLong = 0x8;
    internal const int sizeofLongLong = 0x8;
    public const int PathMax = 0x1000;

    /// <summary>The kernel's struct timespec: a time or a duration in seconds and nanoseconds. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public partial struct Timespec
    {
        public int64 Sec;
        public int64 Nsec;
    }

    /// <summary>The kernel's struct timeval: a time or a duration in seconds and microseconds. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public partial struct Timeval
    {
        public int64 Sec;
        public int64 Usec;
    }

    /// <summary>Struct rusage: the resources that a process has used. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Rusage
    {
        public Timeval Utime;
        public Timeval Stime;
        public int64 Maxrss;
        public int64 Ixrss;
        public int64 Idrss;
        public int64 Isrss;
        public int64 Minflt;
        public int64 Majflt;
        public int64 Nswap;
        public int64 Inblock;
        public int64 Oublock;
        public int64 Msgsnd;
        public int64 Msgrcv;
        public int64 Nsignals;
        public int64 Nvcsw;
        public int64 Nivcsw;
    }

    /// <summary>Struct rlimit: the soft and the hard limit of a resource. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Rlimit
    {
        public uint64 Cur;
        public uint64 Max;
    }

    /// <summary>Struct stat: what the kernel knows about a file. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Stat_t
    {
        public uint64 Dev;
        public uint64 Ino;
        public uint32 Mode;
        public uint32 Nlink;
        public uint32 Uid;
        public uint32 Gid;
        public uint64 Rdev;
        public uint64 X__pad1;
        public int64 Size;
        public int32 Blksize;
        public int32 X__pad2;
        public int64 Blocks;
        public Timespec Atim;
        public Timespec Mtim;
        public Timespec Ctim;
        public InlineArray2<int32> X__glibc_reserved;
    }

    /// <summary>Struct linux_dirent64: one entry of a directory. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public unsafe struct Dirent
    {
        public uint64 Ino;
        public int64 Off;
        public uint16 Reclen;
        public uint8 Type;
        public fixed int8 Name[256];
        public InlineArray5<byte> Pad_cgo_0;
    }

    /// <summary>Struct flock: a lock on a part of a file. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Flock_t
    {
        public int16 Type;
        public int16 Whence;
        public InlineArray4<byte> Pad_cgo_0;
        public int64 Start;
        public int64 Len;
        public int32 Pid;
        public InlineArray4<byte> Pad_cgo_1;
    }

    /// <summary>Struct sockaddr_in; the port is in network byte order. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct RawSockaddrInet4
    {
        public uint16 Family;
        public uint16 Port;
        public InlineArray4<byte> Addr; // in_addr
        public InlineArray8<uint8> Zero;
    }

    /// <summary>Struct sockaddr_in6; the port is in network byte order. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct RawSockaddrInet6
    {
        public uint16 Family;
        public uint16 Port;
        public uint32 Flowinfo;
        public InlineArray16<byte> Addr; // in6_addr
        public uint32 Scope_id;
    }

    /// <summary>Struct sockaddr_un. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public unsafe struct RawSockaddrUnix
    {
        public uint16 Family;
        public fixed int8 Path[108];
    }

    /// <summary>Struct sockaddr_ll. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct RawSockaddrLinklayer
    {
        public uint16 Family;
        public uint16 Protocol;
        public int32 Ifindex;
        public uint16 Hatype;
        public uint8 Pkttype;
        public uint8 Halen;
        public InlineArray8<uint8> Addr;
    }

    /// <summary>Struct sockaddr_nl. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct RawSockaddrNetlink
    {
        public uint16 Family;
        public uint16 Pad;
        public uint32 Pid;
        public uint32 Groups;
    }

    /// <summary>Struct sockaddr: the part that all families share. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct RawSockaddr
    {
        public uint16 Family;
        public InlineArray14<int8> Data;
    }

    /// <summary>Room for the address of any family. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public unsafe struct RawSockaddrAny
    {
        public RawSockaddr Addr;
        public fixed int8 Pad[96];
    }

    /// <summary>Struct linger, the value of SO_LINGER; the time is in seconds. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Linger
    {
        public int32 Onoff;
        public int32 linger; // PORT(name): Go's field is Linger; a C# member cannot have the name of its type.
    }

    /// <summary>Struct iovec: one buffer of a gathering or scattering call. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public unsafe partial struct Iovec
    {
        public byte* Base;
        public uint64 Len;
    }

    /// <summary>Struct ip_mreq: an IPv4 group and the address of the interface. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct IPMreq
    {
        public InlineArray4<byte> Multiaddr; // in_addr
        public InlineArray4<byte> Interface; // in_addr
    }

    /// <summary>Struct ip_mreqn: an IPv4 group and the index of the interface. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct IPMreqn
    {
        public InlineArray4<byte> Multiaddr; // in_addr
        public InlineArray4<byte> Address; // in_addr
        public int32 Ifindex;
    }

    /// <summary>Struct ipv6_mreq: an IPv6 group and the index of the interface. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct IPv6Mreq
    {
        public InlineArray16<byte> Multiaddr; // in6_addr
        public uint32 Interface;
    }

    /// <summary>Struct msghdr: the argument of sendmsg and recvmsg. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public unsafe partial struct Msghdr
    {
        public byte* Name;
        public uint32 Namelen;
        public InlineArray4<byte> Pad_cgo_0;
        public Iovec* Iov;
        public uint64 Iovlen;
        public byte* Control;
        public uint64 Controllen;
        public int32 Flags;
        public InlineArray4<byte> Pad_cgo_1;
    }

    /// <summary>Struct cmsghdr: the head of a control message. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public partial struct Cmsghdr
    {
        public uint64 Len;
        public int32 Level;
        public int32 Type;
    }

    /// <summary>Struct in_pktinfo. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Inet4Pktinfo
    {
        public int32 Ifindex;
        public InlineArray4<byte> Spec_dst; // in_addr
        public InlineArray4<byte> Addr; // in_addr
    }

    /// <summary>Struct in6_pktinfo. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Inet6Pktinfo
    {
        public InlineArray16<byte> Addr; // in6_addr
        public uint32 Ifindex;
    }

    /// <summary>Struct ip6_mtuinfo. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct IPv6MTUInfo
    {
        public RawSockaddrInet6 Addr;
        public uint32 Mtu;
    }

    /// <summary>Struct icmp6_filter. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct ICMPv6Filter
    {
        public InlineArray8<uint32> Data;
    }

    /// <summary>Struct ucred: the credentials of a peer. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct Ucred
    {
        public int32 Pid;
        public uint32 Uid;
        public uint32 Gid;
    }

    /// <summary>Struct tcp_info: the state of a TCP connection. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct TCPInfo
    {
        public uint8 State;
        public uint8 Ca_state;
        public uint8 Retransmits;
        public uint8 Probes;
        public uint8 Backoff;
        public uint8 Options;
        public InlineArray2<byte> Pad_cgo_0;
        public uint32 Rto;
        public uint32 Ato;
        public uint32 Snd_mss;
        public uint32 Rcv_mss;
        public uint32 Unacked;
        public uint32 Sacked;
        public uint32 Lost;
        public uint32 Retrans;
        public uint32 Fackets;
        public uint32 Last_data_sent;
        public uint32 Last_ack_sent;
        public uint32 Last_data_recv;
        public uint32 Last_ack_recv;
        public uint32 Pmtu;
        public uint32 Rcv_ssthresh;
        public uint32 Rtt;
        public uint32 Rttvar;
        public uint32 Snd_ssthresh;
        public uint32 Snd_cwnd;
        public uint32 Advmss;
        public uint32 Reordering;
        public uint32 Rcv_rtt;
        public uint32 Rcv_space;
        public uint32 Total_retrans;
    }

    public const int SizeofSockaddrInet4 = 0x10;
    public const int SizeofSockaddrInet6 = 0x1c;
    public const int SizeofSockaddrAny = 0x70;
    public const int SizeofSockaddrUnix = 0x6e;
    public const int SizeofSockaddrLinklayer = 0x14;
    public const int SizeofSockaddrNetlink = 0xc;
    public const int SizeofLinger = 0x8;
    public const int SizeofIPMreq = 0x8;
    public const int SizeofIPMreqn = 0xc;
    public const int SizeofIPv6Mreq = 0x14;
    public const int SizeofMsghdr = 0x38;
    public const int SizeofCmsghdr = 0x10;
    public const int SizeofInet4Pktinfo = 0xc;
    public const int SizeofInet6Pktinfo = 0x14;
    public const int SizeofIPv6MTUInfo = 0x20;
    public const int SizeofICMPv6Filter = 0x20;
    public const int SizeofUcred = 0xc;
    public const int SizeofTCPInfo = 0x68;

    public const int IFA_ADDRESS = 0x1;
    public const int IFA_LOCAL = 0x2;
    public const int IFLA_ADDRESS = 0x1;
    public const int IFLA_IFNAME = 0x3;
    public const int IFLA_MTU = 0x4;
    public const int SizeofNlMsghdr = 0x10;
    public const int SizeofRtGenmsg = 0x1;
    public const int SizeofRtAttr = 0x4;
    public const int SizeofIfInfomsg = 0x10;
    public const int SizeofIfAddrmsg = 0x8;
    public const int SizeofRtMsg = 0xc;

    /// <summary>Struct nlmsghdr: the head of a netlink message. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct NlMsghdr
    {
        public uint32 Len;
        public uint16 Type;
        public uint16 Flags;
        public uint32 Seq;
        public uint32 Pid;
    }

    /// <summary>Struct rtgenmsg: a request by family. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct RtGenmsg
    {
        public uint8 Family;
    }

    /// <summary>Struct rtattr: the head of an attribute. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct RtAttr
    {
        public uint16 Len;
        public uint16 Type;
    }

    /// <summary>Struct ifinfomsg: a network interface. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct IfInfomsg
    {
        public uint8 Family;
        public uint8 X__ifi_pad;
        public uint16 Type;
        public int32 Index;
        public uint32 Flags;
        public uint32 Change;
    }

    /// <summary>Struct ifaddrmsg: an address of a network interface. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public struct IfAddrmsg
    {
        public uint8 Family;
        public uint8 Prefixlen;
        public uint8 Flags;
        public uint8 Scope;
        public uint32 Index;
    }

    /// <summary>Struct utsname: NUL-terminated names of the system. Go: src/syscall/ztypes_linux_arm64.go.</summary>
    public unsafe struct Utsname
    {
        public fixed int8 Sysname[65];
        public fixed int8 Nodename[65];
        public fixed int8 Release[65];
        public fixed int8 Version[65];
        public fixed int8 Machine[65];
        public fixed int8 Domainname[65];
    }

    internal const int _AT_FDCWD = -0x64;
    internal const int _AT_REMOVEDIR = 0x200;
    internal const int _AT_SYMLINK_NOFOLLOW = 0x100;
    internal const int _AT_EACCESS = 0x200;
}
