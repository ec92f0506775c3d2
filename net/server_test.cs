// Ports src/net/server_test.go of go1.20.
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using static golang.error_test;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Servers that echo.</summary>
[TestFixture]
public class server_test
{
    private static readonly (string snet, string saddr, string tnet, string taddr)[] tcpServerTests =
    [
        ("tcp", ":0", "tcp", "127.0.0.1"),
        ("tcp", "0.0.0.0:0", "tcp", "127.0.0.1"),
        ("tcp", "[::ffff:0.0.0.0]:0", "tcp", "127.0.0.1"),
        ("tcp", "[::]:0", "tcp", "::1"),

        ("tcp", ":0", "tcp", "::1"),
        ("tcp", "0.0.0.0:0", "tcp", "::1"),
        ("tcp", "[::ffff:0.0.0.0]:0", "tcp", "::1"),
        ("tcp", "[::]:0", "tcp", "127.0.0.1"),

        ("tcp", ":0", "tcp4", "127.0.0.1"),
        ("tcp", "0.0.0.0:0", "tcp4", "127.0.0.1"),
        ("tcp", "[::ffff:0.0.0.0]:0", "tcp4", "127.0.0.1"),
        ("tcp", "[::]:0", "tcp6", "::1"),

        ("tcp", ":0", "tcp6", "::1"),
        ("tcp", "0.0.0.0:0", "tcp6", "::1"),
        ("tcp", "[::ffff:0.0.0.0]:0", "tcp6", "::1"),
        ("tcp", "[::]:0", "tcp4", "127.0.0.1"),

        ("tcp", "127.0.0.1:0", "tcp", "127.0.0.1"),
        ("tcp", "[::ffff:127.0.0.1]:0", "tcp", "127.0.0.1"),
        ("tcp", "[::1]:0", "tcp", "::1"),

        ("tcp4", ":0", "tcp4", "127.0.0.1"),
        ("tcp4", "0.0.0.0:0", "tcp4", "127.0.0.1"),
        ("tcp4", "[::ffff:0.0.0.0]:0", "tcp4", "127.0.0.1"),

        ("tcp4", "127.0.0.1:0", "tcp4", "127.0.0.1"),

        ("tcp6", ":0", "tcp6", "::1"),
        ("tcp6", "[::]:0", "tcp6", "::1"),

        ("tcp6", "[::1]:0", "tcp6", "::1"),
    ];

    /// <summary>Servers that accept, read and write at the same time, on all kinds of addresses.</summary>
    [Test]
    public Task TestTCPServer() => main_test.Run(static async t =>
    {
        if (!await supportsIPv6() || !await supportsIPv4map())
        {
            t.Skip("both IPv4 and IPv6 are required");
        }

        const int N = 3;

        for (var i = 0; i < tcpServerTests.Length; i++)
        {
            var tt = tcpServerTests[i];
            var (ln, err) = await Listen(tt.snet, tt.saddr);
            if (err != null)
            {
                if (parseDialError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }

            var lss = new List<localServer>();
            var tpchs = new List<chan<error>>();
            t.Cleanup(async () =>
            {
                foreach (var ls in lss)
                {
                    await ls.teardown();
                }
            });
            for (var j = 0; j < N; j++)
            {
                var ls = new localServer(ln!);
                lss.Add(ls);
                tpchs.Add(builtin.makechan<error>(1));
            }
            for (var j = 0; j < N; j++)
            {
                var ch = tpchs[j];
                lss[j].buildup(t, (ls, ln) => ls.transponder(ln, ch));
            }

            var trchs = new List<chan<error>>();
            for (var j = 0; j < N; j++)
            {
                var d = new Dialer { Timeout = someTimeout };
                (_, var port, err) = SplitHostPort(lss[j].Listener.Addr()!.String());
                if (err != null)
                {
                    t.Fatal(err);
                }
                (var c, err) = await d.Dial(tt.tnet, JoinHostPort(tt.taddr, port));
                if (err != null)
                {
                    if (parseDialError(err) is error perr)
                    {
                        t.Error(perr);
                    }
                    t.Fatal(err);
                }

                t.Cleanup(c!);
                var trch = builtin.makechan<error>(1);
                trchs.Add(trch);
                builtin.go(() => transceiver(c!, "TCP SERVER TEST"u8.ToArray(), trch));
            }

            foreach (var ch in trchs)
            {
                for (var (e, ok) = await ch.Recv2(); ok; (e, ok) = await ch.Recv2())
                {
                    t.Errorf($"#{i}: {e!.Error()}");
                }
            }
            foreach (var ch in tpchs)
            {
                for (var (e, ok) = await ch.Recv2(); ok; (e, ok) = await ch.Recv2())
                {
                    t.Errorf($"#{i}: {e!.Error()}");
                }
            }
        }
    });

    /// <summary>Servers that accept, read and write at the same time.</summary>
    [Test]
    public Task TestUnixAndUnixpacketServer() => main_test.Run(static async t =>
    {
        (string network, string address)[] unixAndUnixpacketServerTests =
        [
            ("unix", testUnixAddr(t)),
            ("unix", "@nettest/go/unix"),

            ("unixpacket", testUnixAddr(t)),
            ("unixpacket", "@nettest/go/unixpacket"),
        ];

        const int N = 3;

        for (var i = 0; i < unixAndUnixpacketServerTests.Length; i++)
        {
            var tt = unixAndUnixpacketServerTests[i];
            var (ln, err) = await Listen(tt.network, tt.address);
            if (err != null)
            {
                if (parseDialError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }

            var lss = new List<localServer>();
            var tpchs = new List<chan<error>>();
            t.Cleanup(async () =>
            {
                foreach (var ls in lss)
                {
                    await ls.teardown();
                }
            });
            for (var j = 0; j < N; j++)
            {
                var ls = new localServer(ln!);
                lss.Add(ls);
                tpchs.Add(builtin.makechan<error>(1));
            }
            for (var j = 0; j < N; j++)
            {
                var ch = tpchs[j];
                lss[j].buildup(t, (ls, ln) => ls.transponder(ln, ch));
            }

            var trchs = new List<chan<error>>();
            for (var j = 0; j < N; j++)
            {
                var d = new Dialer { Timeout = someTimeout };
                (var c, err) = await d.Dial(lss[j].Listener.Addr()!.Network(), lss[j].Listener.Addr()!.String());
                if (err != null)
                {
                    if (parseDialError(err) is error perr)
                    {
                        t.Error(perr);
                    }
                    t.Fatal(err);
                }

                t.Cleanup(c!);
                var trch = builtin.makechan<error>(1);
                trchs.Add(trch);
                builtin.go(() => transceiver(c!, "UNIX AND UNIXPACKET SERVER TEST"u8.ToArray(), trch));
            }

            foreach (var ch in trchs)
            {
                for (var (e, ok) = await ch.Recv2(); ok; (e, ok) = await ch.Recv2())
                {
                    t.Errorf($"#{i}: {e!.Error()}");
                }
            }
            foreach (var ch in tpchs)
            {
                for (var (e, ok) = await ch.Recv2(); ok; (e, ok) = await ch.Recv2())
                {
                    t.Errorf($"#{i}: {e!.Error()}");
                }
            }
        }
    });

    private static readonly (string snet, string saddr, string tnet, string taddr, bool dial)[] udpServerTests =
    [
        ("udp", ":0", "udp", "127.0.0.1", false),
        ("udp", "0.0.0.0:0", "udp", "127.0.0.1", false),
        ("udp", "[::ffff:0.0.0.0]:0", "udp", "127.0.0.1", false),
        ("udp", "[::]:0", "udp", "::1", false),

        ("udp", ":0", "udp", "::1", false),
        ("udp", "0.0.0.0:0", "udp", "::1", false),
        ("udp", "[::ffff:0.0.0.0]:0", "udp", "::1", false),
        ("udp", "[::]:0", "udp", "127.0.0.1", false),

        ("udp", ":0", "udp4", "127.0.0.1", false),
        ("udp", "0.0.0.0:0", "udp4", "127.0.0.1", false),
        ("udp", "[::ffff:0.0.0.0]:0", "udp4", "127.0.0.1", false),
        ("udp", "[::]:0", "udp6", "::1", false),

        ("udp", ":0", "udp6", "::1", false),
        ("udp", "0.0.0.0:0", "udp6", "::1", false),
        ("udp", "[::ffff:0.0.0.0]:0", "udp6", "::1", false),
        ("udp", "[::]:0", "udp4", "127.0.0.1", false),

        ("udp", "127.0.0.1:0", "udp", "127.0.0.1", false),
        ("udp", "[::ffff:127.0.0.1]:0", "udp", "127.0.0.1", false),
        ("udp", "[::1]:0", "udp", "::1", false),

        ("udp4", ":0", "udp4", "127.0.0.1", false),
        ("udp4", "0.0.0.0:0", "udp4", "127.0.0.1", false),
        ("udp4", "[::ffff:0.0.0.0]:0", "udp4", "127.0.0.1", false),

        ("udp4", "127.0.0.1:0", "udp4", "127.0.0.1", false),

        ("udp6", ":0", "udp6", "::1", false),
        ("udp6", "[::]:0", "udp6", "::1", false),

        ("udp6", "[::1]:0", "udp6", "::1", false),

        ("udp", "127.0.0.1:0", "udp", "127.0.0.1", true),

        ("udp", "[::1]:0", "udp", "::1", true),
    ];

    /// <summary>A server that echoes a packet, on all kinds of addresses.</summary>
    [Test]
    public Task TestUDPServer() => main_test.Run(static async t =>
    {
        if (!await supportsIPv6() || !await supportsIPv4map())
        {
            t.Skip("both IPv4 and IPv6 are required");
        }

        foreach (var tt in udpServerTests)
        {
            var what = $"{tt.snet} {tt.saddr}<-{tt.taddr}: ";
            var (c1, err) = await ListenPacket(tt.snet, tt.saddr);
            if (err != null)
            {
                if (parseDialError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }

            var ls = new localPacketServer(c1!);
            t.Cleanup(ls.teardown);
            var tpch = builtin.makechan<error>(1);
            ls.buildup(t, (ls, c) => packetTransponder(c, tpch));

            var trch = builtin.makechan<error>(1);
            (_, var port, err) = SplitHostPort(ls.PacketConn.LocalAddr()!.String());
            if (err != null)
            {
                t.Fatal(err);
            }
            if (tt.dial)
            {
                var d = new Dialer { Timeout = someTimeout };
                (var c2, err) = await d.Dial(tt.tnet, JoinHostPort(tt.taddr, port));
                if (err != null)
                {
                    if (parseDialError(err) is error perr)
                    {
                        t.Error(perr);
                    }
                    t.Fatal(err);
                }
                t.Cleanup(c2!);
                builtin.go(async () => await transceiver(c2!, "UDP SERVER TEST"u8.ToArray(), trch));
            }
            else
            {
                (var c2, err) = await ListenPacket(tt.tnet, JoinHostPort(tt.taddr, "0"));
                if (err != null)
                {
                    if (parseDialError(err) is error perr)
                    {
                        t.Error(perr);
                    }
                    t.Fatal(err);
                }
                t.Cleanup(c2!);
                (var dst, err) = await ResolveUDPAddr(tt.tnet, JoinHostPort(tt.taddr, port));
                if (err != null)
                {
                    t.Fatal(err);
                }
                builtin.go(async () => await packetTransceiver(c2!, "UDP SERVER TEST"u8.ToArray(), dst!, trch));
            }

            for (var (e, ok) = await trch.Recv2(); ok; (e, ok) = await trch.Recv2())
            {
                t.Errorf(what + e!.Error());
            }
            for (var (e, ok) = await tpch.Recv2(); ok; (e, ok) = await tpch.Recv2())
            {
                t.Errorf(what + e!.Error());
            }
        }
    });

    /// <summary>Servers of packets, for clients that are connected and that are not.</summary>
    [Test]
    public Task TestUnixgramServer() => main_test.Run(static async t =>
    {
        (string saddr, string caddr, bool dial)[] unixgramServerTests =
        [
            (testUnixAddr(t), testUnixAddr(t), false),
            (testUnixAddr(t), testUnixAddr(t), true),

            ("@nettest/go/unixgram/server", "@nettest/go/unixgram/client", false),
        ];

        for (var i = 0; i < unixgramServerTests.Length; i++)
        {
            var tt = unixgramServerTests[i];
            var (c1, err) = await ListenPacket("unixgram", tt.saddr);
            if (err != null)
            {
                if (parseDialError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }

            var ls = new localPacketServer(c1!);
            t.Cleanup(ls.teardown);
            var tpch = builtin.makechan<error>(1);
            ls.buildup(t, (ls, c) => packetTransponder(c, tpch));

            var trch = builtin.makechan<error>(1);
            if (tt.dial)
            {
                var d = new Dialer { Timeout = someTimeout, LocalAddr = new UnixAddr { Net = "unixgram", Name = tt.caddr } };
                (var c2, err) = await d.Dial("unixgram", ls.PacketConn.LocalAddr()!.String());
                if (err != null)
                {
                    if (parseDialError(err) is error perr)
                    {
                        t.Error(perr);
                    }
                    t.Fatal(err);
                }
                t.Cleanup(async () => { os.Remove(c2!.LocalAddr()!.String()); });
                t.Cleanup(c2!);
                builtin.go(() => transceiver(c2!, Encoding.UTF8.GetBytes(c2!.LocalAddr()!.String()), trch));
            }
            else
            {
                (var c2, err) = await ListenPacket("unixgram", tt.caddr);
                if (err != null)
                {
                    if (parseDialError(err) is error perr)
                    {
                        t.Error(perr);
                    }
                    t.Fatal(err);
                }
                t.Cleanup(async () => { os.Remove(c2!.LocalAddr()!.String()); });
                t.Cleanup(c2!);
                builtin.go(() => packetTransceiver(c2!, "UNIXGRAM SERVER TEST"u8.ToArray(), ls.PacketConn.LocalAddr(), trch));
            }

            for (var (e, ok) = await trch.Recv2(); ok; (e, ok) = await trch.Recv2())
            {
                t.Errorf($"#{i}: {e!.Error()}");
            }
            for (var (e, ok) = await tpch.Recv2(); ok; (e, ok) = await tpch.Recv2())
            {
                t.Errorf($"#{i}: {e!.Error()}");
            }
        }
    });
}
