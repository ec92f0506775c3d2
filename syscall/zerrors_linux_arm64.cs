// Ports src/syscall/zerrors_linux_arm64.go of go1.20.

namespace golang;

public static partial class syscall
{
    // PORT(subset): of the constants only the families that the ported packages draw from are here.
    public const int AF_ALG = 0x26;
    public const int AF_APPLETALK = 0x5;
    public const int AF_ASH = 0x12;
    public const int AF_ATMPVC = 0x8;
    public const int AF_ATMSVC = 0x14;
    public const int AF_AX25 = 0x3;
    public const int AF_BLUETOOTH = 0x1f;
    public const int AF_BRIDGE = 0x7;
    public const int AF_CAIF = 0x25;
    public const int AF_CAN = 0x1d;
    public const int AF_DECnet = 0xc;
    public const int AF_ECONET = 0x13;
    public const int AF_FILE = 0x1;
    public const int AF_IEEE802154 = 0x24;
    public const int AF_INET = 0x2;
    public const int AF_INET6 = 0xa;
    public const int AF_IPX = 0x4;
    public const int AF_IRDA = 0x17;
    public const int AF_ISDN = 0x22;
    public const int AF_IUCV = 0x20;
    public const int AF_KEY = 0xf;
    public const int AF_LLC = 0x1a;
    public const int AF_LOCAL = 0x1;
    public const int AF_MAX = 0x29;
    public const int AF_NETBEUI = 0xd;
    public const int AF_NETLINK = 0x10;
    public const int AF_NETROM = 0x6;
    public const int AF_NFC = 0x27;
    public const int AF_PACKET = 0x11;
    public const int AF_PHONET = 0x23;
    public const int AF_PPPOX = 0x18;
    public const int AF_RDS = 0x15;
    public const int AF_ROSE = 0xb;
    public const int AF_ROUTE = 0x10;
    public const int AF_RXRPC = 0x21;
    public const int AF_SECURITY = 0xe;
    public const int AF_SNA = 0x16;
    public const int AF_TIPC = 0x1e;
    public const int AF_UNIX = 0x1;
    public const int AF_UNSPEC = 0x0;
    public const int AF_VSOCK = 0x28;
    public const int AF_WANPIPE = 0x19;
    public const int AF_X25 = 0x9;
    public const int DT_BLK = 0x6;
    public const int DT_CHR = 0x2;
    public const int DT_DIR = 0x4;
    public const int DT_FIFO = 0x1;
    public const int DT_LNK = 0xa;
    public const int DT_REG = 0x8;
    public const int DT_SOCK = 0xc;
    public const int DT_UNKNOWN = 0x0;
    public const int DT_WHT = 0xe;
    public const int FD_CLOEXEC = 0x1;
    public const int F_DUPFD = 0x0;
    public const int F_DUPFD_CLOEXEC = 0x406;
    public const int F_EXLCK = 0x4;
    public const int F_GETFD = 0x1;
    public const int F_GETFL = 0x3;
    public const int F_GETLEASE = 0x401;
    public const int F_GETLK = 0x5;
    public const int F_GETLK64 = 0x5;
    public const int F_GETOWN = 0x9;
    public const int F_GETOWN_EX = 0x10;
    public const int F_GETPIPE_SZ = 0x408;
    public const int F_GETSIG = 0xb;
    public const int F_LOCK = 0x1;
    public const int F_NOTIFY = 0x402;
    public const int F_OK = 0x0;
    public const int F_RDLCK = 0x0;
    public const int F_SETFD = 0x2;
    public const int F_SETFL = 0x4;
    public const int F_SETLEASE = 0x400;
    public const int F_SETLK = 0x6;
    public const int F_SETLK64 = 0x6;
    public const int F_SETLKW = 0x7;
    public const int F_SETLKW64 = 0x7;
    public const int F_SETOWN = 0x8;
    public const int F_SETOWN_EX = 0xf;
    public const int F_SETPIPE_SZ = 0x407;
    public const int F_SETSIG = 0xa;
    public const int F_SHLCK = 0x8;
    public const int F_TEST = 0x3;
    public const int F_TLOCK = 0x2;
    public const int F_ULOCK = 0x0;
    public const int F_UNLCK = 0x2;
    public const int F_WRLCK = 0x1;
    public const int ICMPV6_FILTER = 0x1;
    public const int IFF_802_1Q_VLAN = 0x1;
    public const int IFF_ALLMULTI = 0x200;
    public const int IFF_ATTACH_QUEUE = 0x200;
    public const int IFF_AUTOMEDIA = 0x4000;
    public const int IFF_BONDING = 0x20;
    public const int IFF_BRIDGE_PORT = 0x4000;
    public const int IFF_BROADCAST = 0x2;
    public const int IFF_DEBUG = 0x4;
    public const int IFF_DETACH_QUEUE = 0x400;
    public const int IFF_DISABLE_NETPOLL = 0x1000;
    public const int IFF_DONT_BRIDGE = 0x800;
    public const int IFF_DORMANT = 0x20000;
    public const int IFF_DYNAMIC = 0x8000;
    public const int IFF_EBRIDGE = 0x2;
    public const int IFF_ECHO = 0x40000;
    public const int IFF_ISATAP = 0x80;
    public const int IFF_LIVE_ADDR_CHANGE = 0x100000;
    public const int IFF_LOOPBACK = 0x8;
    public const int IFF_LOWER_UP = 0x10000;
    public const int IFF_MACVLAN = 0x200000;
    public const int IFF_MACVLAN_PORT = 0x2000;
    public const int IFF_MASTER = 0x400;
    public const int IFF_MASTER_8023AD = 0x8;
    public const int IFF_MASTER_ALB = 0x10;
    public const int IFF_MASTER_ARPMON = 0x100;
    public const int IFF_MULTICAST = 0x1000;
    public const int IFF_MULTI_QUEUE = 0x100;
    public const int IFF_NOARP = 0x80;
    public const int IFF_NOFILTER = 0x1000;
    public const int IFF_NOTRAILERS = 0x20;
    public const int IFF_NO_PI = 0x1000;
    public const int IFF_ONE_QUEUE = 0x2000;
    public const int IFF_OVS_DATAPATH = 0x8000;
    public const int IFF_PERSIST = 0x800;
    public const int IFF_POINTOPOINT = 0x10;
    public const int IFF_PORTSEL = 0x2000;
    public const int IFF_PROMISC = 0x100;
    public const int IFF_RUNNING = 0x40;
    public const int IFF_SLAVE = 0x800;
    public const int IFF_SLAVE_INACTIVE = 0x4;
    public const int IFF_SLAVE_NEEDARP = 0x40;
    public const int IFF_SUPP_NOFCS = 0x80000;
    public const int IFF_TAP = 0x2;
    public const int IFF_TEAM_PORT = 0x40000;
    public const int IFF_TUN = 0x1;
    public const int IFF_TUN_EXCL = 0x8000;
    public const int IFF_TX_SKB_SHARING = 0x10000;
    public const int IFF_UNICAST_FLT = 0x20000;
    public const int IFF_UP = 0x1;
    public const int IFF_VNET_HDR = 0x4000;
    public const int IFF_VOLATILE = 0x70c5a;
    public const int IFF_WAN_HDLC = 0x200;
    public const int IFF_XMIT_DST_RELEASE = 0x400;
    public const int IFNAMSIZ = 0x10;
    public const int IPPROTO_AH = 0x33;
    public const int IPPROTO_BEETPH = 0x5e;
    public const int IPPROTO_COMP = 0x6c;
    public const int IPPROTO_DCCP = 0x21;
    public const int IPPROTO_DSTOPTS = 0x3c;
    public const int IPPROTO_EGP = 0x8;
    public const int IPPROTO_ENCAP = 0x62;
    public const int IPPROTO_ESP = 0x32;
    public const int IPPROTO_FRAGMENT = 0x2c;
    public const int IPPROTO_GRE = 0x2f;
    public const int IPPROTO_HOPOPTS = 0x0;
    public const int IPPROTO_ICMP = 0x1;
    public const int IPPROTO_ICMPV6 = 0x3a;
    public const int IPPROTO_IDP = 0x16;
    public const int IPPROTO_IGMP = 0x2;
    public const int IPPROTO_IP = 0x0;
    public const int IPPROTO_IPIP = 0x4;
    public const int IPPROTO_IPV6 = 0x29;
    public const int IPPROTO_MH = 0x87;
    public const int IPPROTO_MTP = 0x5c;
    public const int IPPROTO_NONE = 0x3b;
    public const int IPPROTO_PIM = 0x67;
    public const int IPPROTO_PUP = 0xc;
    public const int IPPROTO_RAW = 0xff;
    public const int IPPROTO_ROUTING = 0x2b;
    public const int IPPROTO_RSVP = 0x2e;
    public const int IPPROTO_SCTP = 0x84;
    public const int IPPROTO_TCP = 0x6;
    public const int IPPROTO_TP = 0x1d;
    public const int IPPROTO_UDP = 0x11;
    public const int IPPROTO_UDPLITE = 0x88;
    public const int IPV6_2292DSTOPTS = 0x4;
    public const int IPV6_2292HOPLIMIT = 0x8;
    public const int IPV6_2292HOPOPTS = 0x3;
    public const int IPV6_2292PKTINFO = 0x2;
    public const int IPV6_2292PKTOPTIONS = 0x6;
    public const int IPV6_2292RTHDR = 0x5;
    public const int IPV6_ADDRFORM = 0x1;
    public const int IPV6_ADD_MEMBERSHIP = 0x14;
    public const int IPV6_AUTHHDR = 0xa;
    public const int IPV6_CHECKSUM = 0x7;
    public const int IPV6_DROP_MEMBERSHIP = 0x15;
    public const int IPV6_DSTOPTS = 0x3b;
    public const int IPV6_HOPLIMIT = 0x34;
    public const int IPV6_HOPOPTS = 0x36;
    public const int IPV6_IPSEC_POLICY = 0x22;
    public const int IPV6_JOIN_ANYCAST = 0x1b;
    public const int IPV6_JOIN_GROUP = 0x14;
    public const int IPV6_LEAVE_ANYCAST = 0x1c;
    public const int IPV6_LEAVE_GROUP = 0x15;
    public const int IPV6_MTU = 0x18;
    public const int IPV6_MTU_DISCOVER = 0x17;
    public const int IPV6_MULTICAST_HOPS = 0x12;
    public const int IPV6_MULTICAST_IF = 0x11;
    public const int IPV6_MULTICAST_LOOP = 0x13;
    public const int IPV6_NEXTHOP = 0x9;
    public const int IPV6_PKTINFO = 0x32;
    public const int IPV6_PMTUDISC_DO = 0x2;
    public const int IPV6_PMTUDISC_DONT = 0x0;
    public const int IPV6_PMTUDISC_PROBE = 0x3;
    public const int IPV6_PMTUDISC_WANT = 0x1;
    public const int IPV6_RECVDSTOPTS = 0x3a;
    public const int IPV6_RECVERR = 0x19;
    public const int IPV6_RECVHOPLIMIT = 0x33;
    public const int IPV6_RECVHOPOPTS = 0x35;
    public const int IPV6_RECVPKTINFO = 0x31;
    public const int IPV6_RECVRTHDR = 0x38;
    public const int IPV6_RECVTCLASS = 0x42;
    public const int IPV6_ROUTER_ALERT = 0x16;
    public const int IPV6_RTHDR = 0x39;
    public const int IPV6_RTHDRDSTOPTS = 0x37;
    public const int IPV6_RTHDR_LOOSE = 0x0;
    public const int IPV6_RTHDR_STRICT = 0x1;
    public const int IPV6_RTHDR_TYPE_0 = 0x0;
    public const int IPV6_RXDSTOPTS = 0x3b;
    public const int IPV6_RXHOPOPTS = 0x36;
    public const int IPV6_TCLASS = 0x43;
    public const int IPV6_UNICAST_HOPS = 0x10;
    public const int IPV6_V6ONLY = 0x1a;
    public const int IPV6_XFRM_POLICY = 0x23;
    public const int IP_ADD_MEMBERSHIP = 0x23;
    public const int IP_ADD_SOURCE_MEMBERSHIP = 0x27;
    public const int IP_BLOCK_SOURCE = 0x26;
    public const int IP_DEFAULT_MULTICAST_LOOP = 0x1;
    public const int IP_DEFAULT_MULTICAST_TTL = 0x1;
    public const int IP_DF = 0x4000;
    public const int IP_DROP_MEMBERSHIP = 0x24;
    public const int IP_DROP_SOURCE_MEMBERSHIP = 0x28;
    public const int IP_FREEBIND = 0xf;
    public const int IP_HDRINCL = 0x3;
    public const int IP_IPSEC_POLICY = 0x10;
    public const int IP_MAXPACKET = 0xffff;
    public const int IP_MAX_MEMBERSHIPS = 0x14;
    public const int IP_MF = 0x2000;
    public const int IP_MINTTL = 0x15;
    public const int IP_MSFILTER = 0x29;
    public const int IP_MSS = 0x240;
    public const int IP_MTU = 0xe;
    public const int IP_MTU_DISCOVER = 0xa;
    public const int IP_MULTICAST_ALL = 0x31;
    public const int IP_MULTICAST_IF = 0x20;
    public const int IP_MULTICAST_LOOP = 0x22;
    public const int IP_MULTICAST_TTL = 0x21;
    public const int IP_OFFMASK = 0x1fff;
    public const int IP_OPTIONS = 0x4;
    public const int IP_ORIGDSTADDR = 0x14;
    public const int IP_PASSSEC = 0x12;
    public const int IP_PKTINFO = 0x8;
    public const int IP_PKTOPTIONS = 0x9;
    public const int IP_PMTUDISC = 0xa;
    public const int IP_PMTUDISC_DO = 0x2;
    public const int IP_PMTUDISC_DONT = 0x0;
    public const int IP_PMTUDISC_PROBE = 0x3;
    public const int IP_PMTUDISC_WANT = 0x1;
    public const int IP_RECVERR = 0xb;
    public const int IP_RECVOPTS = 0x6;
    public const int IP_RECVORIGDSTADDR = 0x14;
    public const int IP_RECVRETOPTS = 0x7;
    public const int IP_RECVTOS = 0xd;
    public const int IP_RECVTTL = 0xc;
    public const int IP_RETOPTS = 0x7;
    public const int IP_RF = 0x8000;
    public const int IP_ROUTER_ALERT = 0x5;
    public const int IP_TOS = 0x1;
    public const int IP_TRANSPARENT = 0x13;
    public const int IP_TTL = 0x2;
    public const int IP_UNBLOCK_SOURCE = 0x25;
    public const int IP_UNICAST_IF = 0x32;
    public const int IP_XFRM_POLICY = 0x11;
    public const int MSG_CMSG_CLOEXEC = 0x40000000;
    public const int MSG_CONFIRM = 0x800;
    public const int MSG_CTRUNC = 0x8;
    public const int MSG_DONTROUTE = 0x4;
    public const int MSG_DONTWAIT = 0x40;
    public const int MSG_EOR = 0x80;
    public const int MSG_ERRQUEUE = 0x2000;
    public const int MSG_FASTOPEN = 0x20000000;
    public const int MSG_FIN = 0x200;
    public const int MSG_MORE = 0x8000;
    public const int MSG_NOSIGNAL = 0x4000;
    public const int MSG_OOB = 0x1;
    public const int MSG_PEEK = 0x2;
    public const int MSG_PROXY = 0x10;
    public const int MSG_RST = 0x1000;
    public const int MSG_SYN = 0x400;
    public const int MSG_TRUNC = 0x20;
    public const int MSG_TRYHARD = 0x4;
    public const int MSG_WAITALL = 0x100;
    public const int MSG_WAITFORONE = 0x10000;
    public const int NAME_MAX = 0xff;
    public const int NETLINK_ROUTE = 0x0;
    public const int NLMSG_ALIGNTO = 0x4;
    public const int NLMSG_DONE = 0x3;
    public const int NLMSG_ERROR = 0x2;
    public const int NLMSG_HDRLEN = 0x10;
    public const int NLM_F_DUMP = 0x300;
    public const int NLM_F_REQUEST = 0x1;
    public const int O_ACCMODE = 0x3;
    public const int O_APPEND = 0x400;
    public const int O_ASYNC = 0x2000;
    public const int O_CLOEXEC = 0x80000;
    public const int O_CREAT = 0x40;
    public const int O_DIRECT = 0x10000;
    public const int O_DIRECTORY = 0x4000;
    public const int O_DSYNC = 0x1000;
    public const int O_EXCL = 0x80;
    public const int O_FSYNC = 0x101000;
    public const int O_LARGEFILE = 0x0;
    public const int O_NDELAY = 0x800;
    public const int O_NOATIME = 0x40000;
    public const int O_NOCTTY = 0x100;
    public const int O_NOFOLLOW = 0x8000;
    public const int O_NONBLOCK = 0x800;
    public const int O_PATH = 0x200000;
    public const int O_RDONLY = 0x0;
    public const int O_RDWR = 0x2;
    public const int O_RSYNC = 0x101000;
    public const int O_SYNC = 0x101000;
    public const int O_TMPFILE = 0x410000;
    public const int O_TRUNC = 0x200;
    public const int O_WRONLY = 0x1;
    public const int RLIMIT_AS = 0x9;
    public const int RLIMIT_CORE = 0x4;
    public const int RLIMIT_CPU = 0x0;
    public const int RLIMIT_DATA = 0x2;
    public const int RLIMIT_FSIZE = 0x1;
    public const int RLIMIT_NOFILE = 0x7;
    public const int RLIMIT_STACK = 0x3;
    public const int RTA_ALIGNTO = 0x4;
    public const int RTM_DELADDR = 0x15;
    public const int RTM_DELLINK = 0x11;
    public const int RTM_DELROUTE = 0x19;
    public const int RTM_GETADDR = 0x16;
    public const int RTM_GETLINK = 0x12;
    public const int RTM_NEWADDR = 0x14;
    public const int RTM_NEWLINK = 0x10;
    public const int RTM_NEWROUTE = 0x18;
    public const int RLIM_INFINITY = -0x1;
    public const int SCM_CREDENTIALS = 0x2;
    public const int SCM_RIGHTS = 0x1;
    public const int SCM_TIMESTAMP = 0x1d;
    public const int SCM_TIMESTAMPING = 0x25;
    public const int SCM_TIMESTAMPNS = 0x23;
    public const int SCM_WIFI_STATUS = 0x29;
    public const int SHUT_RD = 0x0;
    public const int SHUT_RDWR = 0x2;
    public const int SHUT_WR = 0x1;
    public const int SOCK_CLOEXEC = 0x80000;
    public const int SOCK_DCCP = 0x6;
    public const int SOCK_DGRAM = 0x2;
    public const int SOCK_NONBLOCK = 0x800;
    public const int SOCK_PACKET = 0xa;
    public const int SOCK_RAW = 0x3;
    public const int SOCK_RDM = 0x4;
    public const int SOCK_SEQPACKET = 0x5;
    public const int SOCK_STREAM = 0x1;
    public const int SOL_AAL = 0x109;
    public const int SOL_ATM = 0x108;
    public const int SOL_DECNET = 0x105;
    public const int SOL_ICMPV6 = 0x3a;
    public const int SOL_IP = 0x0;
    public const int SOL_IPV6 = 0x29;
    public const int SOL_IRDA = 0x10a;
    public const int SOL_PACKET = 0x107;
    public const int SOL_RAW = 0xff;
    public const int SOL_SOCKET = 0x1;
    public const int SOL_TCP = 0x6;
    public const int SOL_X25 = 0x106;
    public const int SOMAXCONN = 0x80;
    public const int SO_ACCEPTCONN = 0x1e;
    public const int SO_ATTACH_FILTER = 0x1a;
    public const int SO_BINDTODEVICE = 0x19;
    public const int SO_BROADCAST = 0x6;
    public const int SO_BSDCOMPAT = 0xe;
    public const int SO_BUSY_POLL = 0x2e;
    public const int SO_DEBUG = 0x1;
    public const int SO_DETACH_FILTER = 0x1b;
    public const int SO_DOMAIN = 0x27;
    public const int SO_DONTROUTE = 0x5;
    public const int SO_ERROR = 0x4;
    public const int SO_GET_FILTER = 0x1a;
    public const int SO_KEEPALIVE = 0x9;
    public const int SO_LINGER = 0xd;
    public const int SO_LOCK_FILTER = 0x2c;
    public const int SO_MARK = 0x24;
    public const int SO_MAX_PACING_RATE = 0x2f;
    public const int SO_NOFCS = 0x2b;
    public const int SO_NO_CHECK = 0xb;
    public const int SO_OOBINLINE = 0xa;
    public const int SO_PASSCRED = 0x10;
    public const int SO_PASSSEC = 0x22;
    public const int SO_PEEK_OFF = 0x2a;
    public const int SO_PEERCRED = 0x11;
    public const int SO_PEERNAME = 0x1c;
    public const int SO_PEERSEC = 0x1f;
    public const int SO_PRIORITY = 0xc;
    public const int SO_PROTOCOL = 0x26;
    public const int SO_RCVBUF = 0x8;
    public const int SO_RCVBUFFORCE = 0x21;
    public const int SO_RCVLOWAT = 0x12;
    public const int SO_RCVTIMEO = 0x14;
    public const int SO_REUSEADDR = 0x2;
    public const int SO_REUSEPORT = 0xf;
    public const int SO_RXQ_OVFL = 0x28;
    public const int SO_SECURITY_AUTHENTICATION = 0x16;
    public const int SO_SECURITY_ENCRYPTION_NETWORK = 0x18;
    public const int SO_SECURITY_ENCRYPTION_TRANSPORT = 0x17;
    public const int SO_SELECT_ERR_QUEUE = 0x2d;
    public const int SO_SNDBUF = 0x7;
    public const int SO_SNDBUFFORCE = 0x20;
    public const int SO_SNDLOWAT = 0x13;
    public const int SO_SNDTIMEO = 0x15;
    public const int SO_TIMESTAMP = 0x1d;
    public const int SO_TIMESTAMPING = 0x25;
    public const int SO_TIMESTAMPNS = 0x23;
    public const int SO_TYPE = 0x3;
    public const int SO_WIFI_STATUS = 0x29;
    public const int S_BLKSIZE = 0x200;
    public const int S_IEXEC = 0x40;
    public const int S_IFBLK = 0x6000;
    public const int S_IFCHR = 0x2000;
    public const int S_IFDIR = 0x4000;
    public const int S_IFIFO = 0x1000;
    public const int S_IFLNK = 0xa000;
    public const int S_IFMT = 0xf000;
    public const int S_IFREG = 0x8000;
    public const int S_IFSOCK = 0xc000;
    public const int S_IREAD = 0x100;
    public const int S_IRGRP = 0x20;
    public const int S_IROTH = 0x4;
    public const int S_IRUSR = 0x100;
    public const int S_IRWXG = 0x38;
    public const int S_IRWXO = 0x7;
    public const int S_IRWXU = 0x1c0;
    public const int S_ISGID = 0x400;
    public const int S_ISUID = 0x800;
    public const int S_ISVTX = 0x200;
    public const int S_IWGRP = 0x10;
    public const int S_IWOTH = 0x2;
    public const int S_IWRITE = 0x80;
    public const int S_IWUSR = 0x80;
    public const int S_IXGRP = 0x8;
    public const int S_IXOTH = 0x1;
    public const int S_IXUSR = 0x40;
    public const int TCP_CONGESTION = 0xd;
    public const int TCP_COOKIE_IN_ALWAYS = 0x1;
    public const int TCP_COOKIE_MAX = 0x10;
    public const int TCP_COOKIE_MIN = 0x8;
    public const int TCP_COOKIE_OUT_NEVER = 0x2;
    public const int TCP_COOKIE_PAIR_SIZE = 0x20;
    public const int TCP_COOKIE_TRANSACTIONS = 0xf;
    public const int TCP_CORK = 0x3;
    public const int TCP_DEFER_ACCEPT = 0x9;
    public const int TCP_FASTOPEN = 0x17;
    public const int TCP_INFO = 0xb;
    public const int TCP_KEEPCNT = 0x6;
    public const int TCP_KEEPIDLE = 0x4;
    public const int TCP_KEEPINTVL = 0x5;
    public const int TCP_LINGER2 = 0x8;
    public const int TCP_MAXSEG = 0x2;
    public const int TCP_MAXWIN = 0xffff;
    public const int TCP_MAX_WINSHIFT = 0xe;
    public const int TCP_MD5SIG = 0xe;
    public const int TCP_MD5SIG_MAXKEYLEN = 0x50;
    public const int TCP_MSS = 0x200;
    public const int TCP_MSS_DEFAULT = 0x218;
    public const int TCP_MSS_DESIRED = 0x4c4;
    public const int TCP_NODELAY = 0x1;
    public const int TCP_QUEUE_SEQ = 0x15;
    public const int TCP_QUICKACK = 0xc;
    public const int TCP_REPAIR = 0x13;
    public const int TCP_REPAIR_OPTIONS = 0x16;
    public const int TCP_REPAIR_QUEUE = 0x14;
    public const int TCP_SYNCNT = 0x7;
    public const int TCP_S_DATA_IN = 0x4;
    public const int TCP_S_DATA_OUT = 0x8;
    public const int TCP_THIN_DUPACK = 0x11;
    public const int TCP_THIN_LINEAR_TIMEOUTS = 0x10;
    public const int TCP_TIMESTAMP = 0x18;
    public const int TCP_USER_TIMEOUT = 0x12;
    public const int TCP_WINDOW_CLAMP = 0xa;
    public const int WALL = 0x40000000;
    public const uint WCLONE = 0x80000000;
    public const int WCONTINUED = 0x8;
    public const int WEXITED = 0x4;
    public const int WNOHANG = 0x1;
    public const int WNOTHREAD = 0x20000000;
    public const int WNOWAIT = 0x1000000;
    public const int WSTOPPED = 0x2;
    public const int WUNTRACED = 0x2;

    // Errors
    public static readonly Errno E2BIG = 0x7;
    public static readonly Errno EACCES = 0xd;
    public static readonly Errno EADDRINUSE = 0x62;
    public static readonly Errno EADDRNOTAVAIL = 0x63;
    public static readonly Errno EADV = 0x44;
    public static readonly Errno EAFNOSUPPORT = 0x61;
    public static readonly Errno EAGAIN = 0xb;
    public static readonly Errno EALREADY = 0x72;
    public static readonly Errno EBADE = 0x34;
    public static readonly Errno EBADF = 0x9;
    public static readonly Errno EBADFD = 0x4d;
    public static readonly Errno EBADMSG = 0x4a;
    public static readonly Errno EBADR = 0x35;
    public static readonly Errno EBADRQC = 0x38;
    public static readonly Errno EBADSLT = 0x39;
    public static readonly Errno EBFONT = 0x3b;
    public static readonly Errno EBUSY = 0x10;
    public static readonly Errno ECANCELED = 0x7d;
    public static readonly Errno ECHILD = 0xa;
    public static readonly Errno ECHRNG = 0x2c;
    public static readonly Errno ECOMM = 0x46;
    public static readonly Errno ECONNABORTED = 0x67;
    public static readonly Errno ECONNREFUSED = 0x6f;
    public static readonly Errno ECONNRESET = 0x68;
    public static readonly Errno EDEADLK = 0x23;
    public static readonly Errno EDEADLOCK = 0x23;
    public static readonly Errno EDESTADDRREQ = 0x59;
    public static readonly Errno EDOM = 0x21;
    public static readonly Errno EDOTDOT = 0x49;
    public static readonly Errno EDQUOT = 0x7a;
    public static readonly Errno EEXIST = 0x11;
    public static readonly Errno EFAULT = 0xe;
    public static readonly Errno EFBIG = 0x1b;
    public static readonly Errno EHOSTDOWN = 0x70;
    public static readonly Errno EHOSTUNREACH = 0x71;
    public static readonly Errno EHWPOISON = 0x85;
    public static readonly Errno EIDRM = 0x2b;
    public static readonly Errno EILSEQ = 0x54;
    public static readonly Errno EINPROGRESS = 0x73;
    public static readonly Errno EINTR = 0x4;
    public static readonly Errno EINVAL = 0x16;
    public static readonly Errno EIO = 0x5;
    public static readonly Errno EISCONN = 0x6a;
    public static readonly Errno EISDIR = 0x15;
    public static readonly Errno EISNAM = 0x78;
    public static readonly Errno EKEYEXPIRED = 0x7f;
    public static readonly Errno EKEYREJECTED = 0x81;
    public static readonly Errno EKEYREVOKED = 0x80;
    public static readonly Errno EL2HLT = 0x33;
    public static readonly Errno EL2NSYNC = 0x2d;
    public static readonly Errno EL3HLT = 0x2e;
    public static readonly Errno EL3RST = 0x2f;
    public static readonly Errno ELIBACC = 0x4f;
    public static readonly Errno ELIBBAD = 0x50;
    public static readonly Errno ELIBEXEC = 0x53;
    public static readonly Errno ELIBMAX = 0x52;
    public static readonly Errno ELIBSCN = 0x51;
    public static readonly Errno ELNRNG = 0x30;
    public static readonly Errno ELOOP = 0x28;
    public static readonly Errno EMEDIUMTYPE = 0x7c;
    public static readonly Errno EMFILE = 0x18;
    public static readonly Errno EMLINK = 0x1f;
    public static readonly Errno EMSGSIZE = 0x5a;
    public static readonly Errno EMULTIHOP = 0x48;
    public static readonly Errno ENAMETOOLONG = 0x24;
    public static readonly Errno ENAVAIL = 0x77;
    public static readonly Errno ENETDOWN = 0x64;
    public static readonly Errno ENETRESET = 0x66;
    public static readonly Errno ENETUNREACH = 0x65;
    public static readonly Errno ENFILE = 0x17;
    public static readonly Errno ENOANO = 0x37;
    public static readonly Errno ENOBUFS = 0x69;
    public static readonly Errno ENOCSI = 0x32;
    public static readonly Errno ENODATA = 0x3d;
    public static readonly Errno ENODEV = 0x13;
    public static readonly Errno ENOENT = 0x2;
    public static readonly Errno ENOEXEC = 0x8;
    public static readonly Errno ENOKEY = 0x7e;
    public static readonly Errno ENOLCK = 0x25;
    public static readonly Errno ENOLINK = 0x43;
    public static readonly Errno ENOMEDIUM = 0x7b;
    public static readonly Errno ENOMEM = 0xc;
    public static readonly Errno ENOMSG = 0x2a;
    public static readonly Errno ENONET = 0x40;
    public static readonly Errno ENOPKG = 0x41;
    public static readonly Errno ENOPROTOOPT = 0x5c;
    public static readonly Errno ENOSPC = 0x1c;
    public static readonly Errno ENOSR = 0x3f;
    public static readonly Errno ENOSTR = 0x3c;
    public static readonly Errno ENOSYS = 0x26;
    public static readonly Errno ENOTBLK = 0xf;
    public static readonly Errno ENOTCONN = 0x6b;
    public static readonly Errno ENOTDIR = 0x14;
    public static readonly Errno ENOTEMPTY = 0x27;
    public static readonly Errno ENOTNAM = 0x76;
    public static readonly Errno ENOTRECOVERABLE = 0x83;
    public static readonly Errno ENOTSOCK = 0x58;
    public static readonly Errno ENOTSUP = 0x5f;
    public static readonly Errno ENOTTY = 0x19;
    public static readonly Errno ENOTUNIQ = 0x4c;
    public static readonly Errno ENXIO = 0x6;
    public static readonly Errno EOPNOTSUPP = 0x5f;
    public static readonly Errno EOVERFLOW = 0x4b;
    public static readonly Errno EOWNERDEAD = 0x82;
    public static readonly Errno EPERM = 0x1;
    public static readonly Errno EPFNOSUPPORT = 0x60;
    public static readonly Errno EPIPE = 0x20;
    public static readonly Errno EPROTO = 0x47;
    public static readonly Errno EPROTONOSUPPORT = 0x5d;
    public static readonly Errno EPROTOTYPE = 0x5b;
    public static readonly Errno ERANGE = 0x22;
    public static readonly Errno EREMCHG = 0x4e;
    public static readonly Errno EREMOTE = 0x42;
    public static readonly Errno EREMOTEIO = 0x79;
    public static readonly Errno ERESTART = 0x55;
    public static readonly Errno ERFKILL = 0x84;
    public static readonly Errno EROFS = 0x1e;
    public static readonly Errno ESHUTDOWN = 0x6c;
    public static readonly Errno ESOCKTNOSUPPORT = 0x5e;
    public static readonly Errno ESPIPE = 0x1d;
    public static readonly Errno ESRCH = 0x3;
    public static readonly Errno ESRMNT = 0x45;
    public static readonly Errno ESTALE = 0x74;
    public static readonly Errno ESTRPIPE = 0x56;
    public static readonly Errno ETIME = 0x3e;
    public static readonly Errno ETIMEDOUT = 0x6e;
    public static readonly Errno ETOOMANYREFS = 0x6d;
    public static readonly Errno ETXTBSY = 0x1a;
    public static readonly Errno EUCLEAN = 0x75;
    public static readonly Errno EUNATCH = 0x31;
    public static readonly Errno EUSERS = 0x57;
    public static readonly Errno EWOULDBLOCK = 0xb;
    public static readonly Errno EXDEV = 0x12;
    public static readonly Errno EXFULL = 0x36;

    // Signals
    public static readonly Signal SIGABRT = 0x6;
    public static readonly Signal SIGALRM = 0xe;
    public static readonly Signal SIGBUS = 0x7;
    public static readonly Signal SIGCHLD = 0x11;
    public static readonly Signal SIGCLD = 0x11;
    public static readonly Signal SIGCONT = 0x12;
    public static readonly Signal SIGFPE = 0x8;
    public static readonly Signal SIGHUP = 0x1;
    public static readonly Signal SIGILL = 0x4;
    public static readonly Signal SIGINT = 0x2;
    public static readonly Signal SIGIO = 0x1d;
    public static readonly Signal SIGIOT = 0x6;
    public static readonly Signal SIGKILL = 0x9;
    public static readonly Signal SIGPIPE = 0xd;
    public static readonly Signal SIGPOLL = 0x1d;
    public static readonly Signal SIGPROF = 0x1b;
    public static readonly Signal SIGPWR = 0x1e;
    public static readonly Signal SIGQUIT = 0x3;
    public static readonly Signal SIGSEGV = 0xb;
    public static readonly Signal SIGSTKFLT = 0x10;
    public static readonly Signal SIGSTOP = 0x13;
    public static readonly Signal SIGSYS = 0x1f;
    public static readonly Signal SIGTERM = 0xf;
    public static readonly Signal SIGTRAP = 0x5;
    public static readonly Signal SIGTSTP = 0x14;
    public static readonly Signal SIGTTIN = 0x15;
    public static readonly Signal SIGTTOU = 0x16;
    public static readonly Signal SIGUNUSED = 0x1f;
    public static readonly Signal SIGURG = 0x17;
    public static readonly Signal SIGUSR1 = 0xa;
    public static readonly Signal SIGUSR2 = 0xc;
    public static readonly Signal SIGVTALRM = 0x1a;
    public static readonly Signal SIGWINCH = 0x1c;
    public static readonly Signal SIGXCPU = 0x18;
    public static readonly Signal SIGXFSZ = 0x19;

    // Error table
    internal static readonly string[] errors =
    [
        /* 0 */ "",
        /* 1 */ "operation not permitted",
        /* 2 */ "no such file or directory",
        /* 3 */ "no such process",
        /* 4 */ "interrupted system call",
        /* 5 */ "input/output error",
        /* 6 */ "no such device or address",
        /* 7 */ "argument list too long",
        /* 8 */ "exec format error",
        /* 9 */ "bad file descriptor",
        /* 10 */ "no child processes",
        /* 11 */ "resource temporarily unavailable",
        /* 12 */ "cannot allocate memory",
        /* 13 */ "permission denied",
        /* 14 */ "bad address",
        /* 15 */ "block device required",
        /* 16 */ "device or resource busy",
        /* 17 */ "file exists",
        /* 18 */ "invalid cross-device link",
        /* 19 */ "no such device",
        /* 20 */ "not a directory",
        /* 21 */ "is a directory",
        /* 22 */ "invalid argument",
        /* 23 */ "too many open files in system",
        /* 24 */ "too many open files",
        /* 25 */ "inappropriate ioctl for device",
        /* 26 */ "text file busy",
        /* 27 */ "file too large",
        /* 28 */ "no space left on device",
        /* 29 */ "illegal seek",
        /* 30 */ "read-only file system",
        /* 31 */ "too many links",
        /* 32 */ "broken pipe",
        /* 33 */ "numerical argument out of domain",
        /* 34 */ "numerical result out of range",
        /* 35 */ "resource deadlock avoided",
        /* 36 */ "file name too long",
        /* 37 */ "no locks available",
        /* 38 */ "function not implemented",
        /* 39 */ "directory not empty",
        /* 40 */ "too many levels of symbolic links",
        /* 41 */ "",
        /* 42 */ "no message of desired type",
        /* 43 */ "identifier removed",
        /* 44 */ "channel number out of range",
        /* 45 */ "level 2 not synchronized",
        /* 46 */ "level 3 halted",
        /* 47 */ "level 3 reset",
        /* 48 */ "link number out of range",
        /* 49 */ "protocol driver not attached",
        /* 50 */ "no CSI structure available",
        /* 51 */ "level 2 halted",
        /* 52 */ "invalid exchange",
        /* 53 */ "invalid request descriptor",
        /* 54 */ "exchange full",
        /* 55 */ "no anode",
        /* 56 */ "invalid request code",
        /* 57 */ "invalid slot",
        /* 58 */ "",
        /* 59 */ "bad font file format",
        /* 60 */ "device not a stream",
        /* 61 */ "no data available",
        /* 62 */ "timer expired",
        /* 63 */ "out of streams resources",
        /* 64 */ "machine is not on the network",
        /* 65 */ "package not installed",
        /* 66 */ "object is remote",
        /* 67 */ "link has been severed",
        /* 68 */ "advertise error",
        /* 69 */ "srmount error",
        /* 70 */ "communication error on send",
        /* 71 */ "protocol error",
        /* 72 */ "multihop attempted",
        /* 73 */ "RFS specific error",
        /* 74 */ "bad message",
        /* 75 */ "value too large for defined data type",
        /* 76 */ "name not unique on network",
        /* 77 */ "file descriptor in bad state",
        /* 78 */ "remote address changed",
        /* 79 */ "can not access a needed shared library",
        /* 80 */ "accessing a corrupted shared library",
        /* 81 */ ".lib section in a.out corrupted",
        /* 82 */ "attempting to link in too many shared libraries",
        /* 83 */ "cannot exec a shared library directly",
        /* 84 */ "invalid or incomplete multibyte or wide character",
        /* 85 */ "interrupted system call should be restarted",
        /* 86 */ "streams pipe error",
        /* 87 */ "too many users",
        /* 88 */ "socket operation on non-socket",
        /* 89 */ "destination address required",
        /* 90 */ "message too long",
        /* 91 */ "protocol wrong type for socket",
        /* 92 */ "protocol not available",
        /* 93 */ "protocol not supported",
        /* 94 */ "socket type not supported",
        /* 95 */ "operation not supported",
        /* 96 */ "protocol family not supported",
        /* 97 */ "address family not supported by protocol",
        /* 98 */ "address already in use",
        /* 99 */ "cannot assign requested address",
        /* 100 */ "network is down",
        /* 101 */ "network is unreachable",
        /* 102 */ "network dropped connection on reset",
        /* 103 */ "software caused connection abort",
        /* 104 */ "connection reset by peer",
        /* 105 */ "no buffer space available",
        /* 106 */ "transport endpoint is already connected",
        /* 107 */ "transport endpoint is not connected",
        /* 108 */ "cannot send after transport endpoint shutdown",
        /* 109 */ "too many references: cannot splice",
        /* 110 */ "connection timed out",
        /* 111 */ "connection refused",
        /* 112 */ "host is down",
        /* 113 */ "no route to host",
        /* 114 */ "operation already in progress",
        /* 115 */ "operation now in progress",
        /* 116 */ "stale file handle",
        /* 117 */ "structure needs cleaning",
        /* 118 */ "not a XENIX named type file",
        /* 119 */ "no XENIX semaphores available",
        /* 120 */ "is a named type file",
        /* 121 */ "remote I/O error",
        /* 122 */ "disk quota exceeded",
        /* 123 */ "no medium found",
        /* 124 */ "wrong medium type",
        /* 125 */ "operation canceled",
        /* 126 */ "required key not available",
        /* 127 */ "key has expired",
        /* 128 */ "key has been revoked",
        /* 129 */ "key was rejected by service",
        /* 130 */ "owner died",
        /* 131 */ "state not recoverable",
        /* 132 */ "operation not possible due to RF-kill",
        /* 133 */ "memory page has hardware error",
    ];

    // Signal table
    internal static readonly string[] signals =
    [
        /* 0 */ "",
        /* 1 */ "hangup",
        /* 2 */ "interrupt",
        /* 3 */ "quit",
        /* 4 */ "illegal instruction",
        /* 5 */ "trace/breakpoint trap",
        /* 6 */ "aborted",
        /* 7 */ "bus error",
        /* 8 */ "floating point exception",
        /* 9 */ "killed",
        /* 10 */ "user defined signal 1",
        /* 11 */ "segmentation fault",
        /* 12 */ "user defined signal 2",
        /* 13 */ "broken pipe",
        /* 14 */ "alarm clock",
        /* 15 */ "terminated",
        /* 16 */ "stack fault",
        /* 17 */ "child exited",
        /* 18 */ "continued",
        /* 19 */ "stopped (signal)",
        /* 20 */ "stopped",
        /* 21 */ "stopped (tty input)",
        /* 22 */ "stopped (tty output)",
        /* 23 */ "urgent I/O condition",
        /* 24 */ "CPU time limit exceeded",
        /* 25 */ "file size limit exceeded",
        /* 26 */ "virtual timer expired",
        /* 27 */ "profiling timer expired",
        /* 28 */ "window changed",
        /* 29 */ "I/O possible",
        /* 30 */ "power failure",
        /* 31 */ "bad system call",
    ];
}
