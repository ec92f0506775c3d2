// Ports src/net/unixsock_test.go of go1.20, and what of protoconn_test.go is about Unix sockets.
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;
using static golang.timeout_test;

namespace golang;

/// <summary>Unix domain sockets.</summary>
[TestFixture]
public class unixsock_test
{
    // deepEqual is reflect.DeepEqual for addresses of Unix domain sockets.
    internal static bool deepEqual(Addr? a, Addr? b)
    {
        if (a is UnixAddr ua && b is UnixAddr ub)
        {
            return ua.Name == ub.Name && ua.Net == ub.Net;
        }
        return a == null && b == null;
    }

    // sendFromUnnamedSocket sends data to addr, from a socket that has no address.
    internal static void sendFromUnnamedSocket(testing.T t, string addr, byte[] data)
    {
        var (s, err) = syscall.Socket(syscall.AF_UNIX, syscall.SOCK_DGRAM, 0);
        if (err != null)
        {
            t.Error(err);
            return;
        }
        try
        {
            var rsa = new syscall.SockaddrUnix { Name = addr };
            err = syscall.Sendto(s, data, 0, rsa);
            if (err != null)
            {
                t.Error(err);
                return;
            }
        }
        finally
        {
            syscall.Close(s);
        }
    }

    /// <summary>A packet from a socket that has no address.</summary>
    [Test]
    public Task TestReadUnixgramWithUnnamedSocket() => main_test.Run(static async t =>
    {
        var addr = testUnixAddr(t);
        var (la, err) = ResolveUnixAddr("unixgram", addr);
        if (err != null)
        {
            t.Fatal(err);
        }
        (var c, err) = await ListenUnixgram("unixgram", la);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () =>
        {
            await c!.Close();
            os.Remove(addr);
        });

        var off = builtin.makechan<bool>();
        byte[] data = [1, 2, 3, 4, 5];
        builtin.go(async () =>
        {
            sendFromUnnamedSocket(t, addr, data);
            await off.Send(true);
        });

        await off.Recv();
        Memory<byte> b = new byte[64];
        c!.SetReadDeadline(time.Now().Add(100 * time.Millisecond));
        (var n, var from, err) = await c.ReadFrom(b);
        if (err != null)
        {
            t.Fatal(err);
        }
        if (from != null)
        {
            t.Fatalf($"unexpected peer address: {from.String()}");
        }
        if (!b[..n].Span.SequenceEqual(data))
        {
            t.Fatalf($"got {Convert.ToHexString(b[..n].Span)}; want {Convert.ToHexString(data)}");
        }
    });

    /// <summary>A packet without a byte.</summary>
    [Test]
    public Task TestUnixgramZeroBytePayload() => main_test.Run(static async t =>
    {
        var c1 = await newLocalPacketListener(t, "unixgram");
        t.Cleanup(async () => { os.Remove(c1.LocalAddr()!.String()); });
        t.Cleanup(c1);

        var (c2, err) = await Dial("unixgram", c1.LocalAddr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { os.Remove(c2!.LocalAddr()!.String()); });
        t.Cleanup(c2!);

        foreach (var genericRead in new[] { false, true })
        {
            (var n, err) = await c2!.Write(null);
            if (err != null)
            {
                t.Fatal(err);
            }
            if (n != 0)
            {
                t.Errorf($"got {n}; want 0");
            }
            c1.SetReadDeadline(time.Now().Add(100 * time.Millisecond));
            Memory<byte> b = new byte[1];
            Addr? peer = null;
            if (genericRead)
            {
                (_, err) = await ((Conn)c1).Read(b);
            }
            else
            {
                (_, peer, err) = await c1.ReadFrom(b);
            }
            switch (err)
            {
                case null: // ReadFrom worked
                    if (peer != null) // the peer is connected
                    {
                        t.Fatalf($"unexpected peer address: {peer.String()}");
                    }
                    break;
                default: // Read may time out; it depends on the system
                    if (!isDeadlineExceeded(err))
                    {
                        t.Fatal(err);
                    }
                    break;
            }
        }
    });

    /// <summary>A buffer without a byte (issue 4352).</summary>
    [Test]
    public Task TestUnixgramZeroByteBuffer() => main_test.Run(static async t =>
    {
        // Recvfrom failed with "address family not supported by protocol family" there.

        var c1 = await newLocalPacketListener(t, "unixgram");
        t.Cleanup(async () => { os.Remove(c1.LocalAddr()!.String()); });
        t.Cleanup(c1);

        var (c2, err) = await Dial("unixgram", c1.LocalAddr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { os.Remove(c2!.LocalAddr()!.String()); });
        t.Cleanup(c2!);

        var b = "UNIXGRAM ZERO BYTE BUFFER TEST"u8.ToArray();
        foreach (var genericRead in new[] { false, true })
        {
            (var n, err) = await c2!.Write(b);
            if (err != null)
            {
                t.Fatal(err);
            }
            if (n != b.Length)
            {
                t.Errorf($"got {n}; want {b.Length}");
            }
            c1.SetReadDeadline(time.Now().Add(100 * time.Millisecond));
            Addr? peer = null;
            if (genericRead)
            {
                (_, err) = await ((Conn)c1).Read(null);
            }
            else
            {
                (_, peer, err) = await c1.ReadFrom(null);
            }
            switch (err)
            {
                case null: // ReadFrom worked
                    if (peer != null) // the peer is connected
                    {
                        t.Fatalf($"unexpected peer address: {peer.String()}");
                    }
                    break;
                default: // Read may time out; it depends on the system
                    if (!isDeadlineExceeded(err))
                    {
                        t.Fatal(err);
                    }
                    break;
            }
        }
    });

    /// <summary>Which ways of writing go with a peer and which without.</summary>
    [Test]
    public Task TestUnixgramWrite() => main_test.Run(static async t =>
    {
        var addr = testUnixAddr(t);
        var (laddr, err) = ResolveUnixAddr("unixgram", addr);
        if (err != null)
        {
            t.Fatal(err);
        }
        (var c, err) = await ListenPacket("unixgram", addr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { os.Remove(addr); });
        t.Cleanup(c!);

        await testUnixgramWriteConn(t, laddr!);
        await testUnixgramWritePacketConn(t, laddr!);
    });

    private static async go testUnixgramWriteConn(testing.T t, UnixAddr raddr)
    {
        var (c, err) = await Dial("unixgram", raddr.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        var b = "CONNECTED-MODE SOCKET"u8.ToArray();
        (_, err) = await ((UnixConn)c!).WriteToUnix(b, raddr);
        if (err == null)
        {
            t.Fatalf("should fail");
        }
        else if (((OpError)err).Err != ErrWriteToConnected)
        {
            t.Fatalf($"should fail as ErrWriteToConnected: {err.Error()}");
        }
        (_, err) = await ((UnixConn)c).WriteTo(b, raddr);
        if (err == null)
        {
            t.Fatalf("should fail");
        }
        else if (((OpError)err).Err != ErrWriteToConnected)
        {
            t.Fatalf($"should fail as ErrWriteToConnected: {err.Error()}");
        }
        (_, _, err) = await ((UnixConn)c).WriteMsgUnix(b, null, raddr);
        if (err == null)
        {
            t.Fatalf("should fail");
        }
        else if (((OpError)err).Err != ErrWriteToConnected)
        {
            t.Fatalf($"should fail as ErrWriteToConnected: {err.Error()}");
        }
        (_, err) = await c.Write(b);
        if (err != null)
        {
            t.Fatal(err);
        }
    }

    private static async go testUnixgramWritePacketConn(testing.T t, UnixAddr raddr)
    {
        var addr = testUnixAddr(t);
        var (c, err) = await ListenPacket("unixgram", addr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { os.Remove(addr); });
        t.Cleanup(c!);

        var b = "UNCONNECTED-MODE SOCKET"u8.ToArray();
        (_, err) = await ((UnixConn)c!).WriteToUnix(b, raddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        (_, err) = await c.WriteTo(b, raddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        (_, _, err) = await ((UnixConn)c).WriteMsgUnix(b, null, raddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        (_, err) = await ((UnixConn)c).Write(b);
        if (err == null)
        {
            t.Fatalf("should fail");
        }
    }

    /// <summary>The addresses of a stream, with and without a local name.</summary>
    [Test]
    public Task TestUnixConnLocalAndRemoteNames() => main_test.Run(static async t =>
    {
        static async go handler(localServer ls, Listener ln)
        {
        }

        foreach (var name in new[] { "", testUnixAddr(t) })
        {
            var laddr = name;
            var taddr = testUnixAddr(t);
            var (ta, err) = ResolveUnixAddr("unix", taddr);
            if (err != null)
            {
                t.Fatal(err);
            }
            (var ln, err) = await ListenUnix("unix", ta);
            if (err != null)
            {
                t.Fatal(err);
            }
            var ls = new localServer(ln!);
            t.Cleanup(ls.teardown);
            ls.buildup(t, handler);

            (var la, err) = ResolveUnixAddr("unix", laddr);
            if (err != null)
            {
                t.Fatal(err);
            }
            (var c, err) = await DialUnix("unix", la, ta);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(async () =>
            {
                await c!.Close();
                if (la != null)
                {
                    os.Remove(laddr);
                }
            });
            (_, err) = await c!.Write("UNIXCONN LOCAL AND REMOTE NAME TEST"u8.ToArray());
            if (err != null)
            {
                t.Fatal(err);
            }

            if (laddr == "")
            {
                laddr = "@"; // Linux makes the name up
            }
            (Addr? got, Addr? want)[] connAddrs =
            [
                (ln!.Addr(), ta),
                (c.LocalAddr(), new UnixAddr { Name = laddr, Net = "unix" }),
                (c.RemoteAddr(), ta),
            ];
            foreach (var ca in connAddrs)
            {
                if (!deepEqual(ca.got, ca.want))
                {
                    t.Fatalf($"got {ca.got?.Network()} {ca.got?.String()}, expected {ca.want?.Network()} {ca.want?.String()}");
                }
            }
        }
    });

    /// <summary>The addresses of packets' sockets, with and without a local name.</summary>
    [Test]
    public Task TestUnixgramConnLocalAndRemoteNames() => main_test.Run(static async t =>
    {
        foreach (var name in new[] { "", testUnixAddr(t) })
        {
            var laddr = name;
            var taddr = testUnixAddr(t);
            var (ta, err) = ResolveUnixAddr("unixgram", taddr);
            if (err != null)
            {
                t.Fatal(err);
            }
            (var c1, err) = await ListenUnixgram("unixgram", ta);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(async () =>
            {
                await c1!.Close();
                os.Remove(taddr);
            });

            UnixAddr? la = null;
            if (laddr != "")
            {
                (la, err) = ResolveUnixAddr("unixgram", laddr);
                if (err != null)
                {
                    t.Fatal(err);
                }
            }
            (var c2, err) = await DialUnix("unixgram", la, ta);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(async () =>
            {
                await c2!.Close();
                if (la != null)
                {
                    os.Remove(laddr);
                }
            });

            if (laddr == "")
            {
                laddr = "@"; // Linux makes the name up
            }

            (Addr? got, Addr? want)[] connAddrs =
            [
                (c1!.LocalAddr(), ta),
                (c1.RemoteAddr(), null),
                (c2!.LocalAddr(), new UnixAddr { Name = laddr, Net = "unixgram" }),
                (c2.RemoteAddr(), ta),
            ];
            foreach (var ca in connAddrs)
            {
                if (!deepEqual(ca.got, ca.want))
                {
                    t.Fatalf($"got {ca.got?.Network()} {ca.got?.String()}; want {ca.want?.Network()} {ca.want?.String()}");
                }
            }
        }
    });

    /// <summary>Who removes the file of a listener, and when.</summary>
    [Test]
    public Task TestUnixUnlink() => main_test.Run(static async t =>
    {
        var name = testUnixAddr(t);

        async go<UnixListener> listen()
        {
            var (l, err) = await Listen("unix", name);
            if (err != null)
            {
                t.Fatal(err);
            }
            return (UnixListener)l!;
        }
        void checkExists(string desc)
        {
            var (_, err) = os.Stat(name);
            if (err != null)
            {
                t.Fatalf($"unix socket does not exist {desc}: {err.Error()}");
            }
        }
        void checkNotExists(string desc)
        {
            var (_, err) = os.Stat(name);
            if (err == null)
            {
                t.Fatalf($"unix socket does exist {desc}");
            }
        }

        // A listener removes it on close.
        // Listen
        {
            var l = await listen();
            checkExists("after Listen");
            await l.Close();
            checkNotExists("after Listener close");
        }

        // One that comes from FileListener does not.
        // FileListener
        {
            var l = await listen();
            var (f, _) = l.File();
            var (l1, _) = await FileListener(f!);
            checkExists("after FileListener");
            await f!.Close();
            checkExists("after File close");
            await l1!.Close();
            checkExists("after FileListener close");
            await l.Close();
            checkNotExists("after Listener close");
        }

        // Only the first call of Close removes it.
        // SecondClose
        {
            var l = await listen();
            checkExists("after Listen");
            await l.Close();
            checkNotExists("after Listener close");
            var err = await os.WriteFile(name, "hello world"u8.ToArray(), 0b_110_110_110u);
            if (err != null)
            {
                t.Fatalf($"cannot recreate socket file: {err.Error()}");
            }
            checkExists("after writing temp file");
            await l.Close();
            checkExists("after second Listener close");
            os.Remove(name);
        }

        // SetUnlinkOnClose does what its name says.

        // Listen/SetUnlinkOnClose(true)
        {
            var l = await listen();
            checkExists("after Listen");
            l.SetUnlinkOnClose(true);
            await l.Close();
            checkNotExists("after Listener close");
        }

        // Listen/SetUnlinkOnClose(false)
        {
            var l = await listen();
            checkExists("after Listen");
            l.SetUnlinkOnClose(false);
            await l.Close();
            checkExists("after Listener close");
            os.Remove(name);
        }

        // FileListener/SetUnlinkOnClose(true)
        {
            var l = await listen();
            var (f, _) = l.File();
            var (l1, _) = await FileListener(f!);
            checkExists("after FileListener");
            ((UnixListener)l1!).SetUnlinkOnClose(true);
            await f!.Close();
            checkExists("after File close");
            await l1.Close();
            checkNotExists("after FileListener close");
            await l.Close();
        }

        // FileListener/SetUnlinkOnClose(false)
        {
            var l = await listen();
            var (f, _) = l.File();
            var (l1, _) = await FileListener(f!);
            checkExists("after FileListener");
            ((UnixListener)l1!).SetUnlinkOnClose(false);
            await f!.Close();
            checkExists("after File close");
            await l1.Close();
            checkExists("after FileListener close");
            await l.Close();
        }
    });

    /// <summary>What a UnixListener has besides Listener (protoconn_test.go).</summary>
    [Test]
    public Task TestUnixListenerSpecificMethods() => main_test.Run(static async t =>
    {
        var addr = testUnixAddr(t);
        var (la, err) = ResolveUnixAddr("unix", addr);
        if (err != null)
        {
            t.Fatal(err);
        }
        (var ln, err) = await ListenUnix("unix", la);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(ln!);
        ln!.Addr();
        ln.SetDeadline(time.Now().Add(30 * time.Nanosecond));

        (var c, err) = await ln.Accept();
        Assert.That(c, Is.Null);
        Assert.That(((Error)err!).Timeout());
        (var uc, err) = await ln.AcceptUnix();
        Assert.That(uc, Is.Null);
        Assert.That(((Error)err!).Timeout());

        (var f, err) = ln.File();
        if (err != null)
        {
            t.Fatal(err);
        }
        await f!.Close();
    });

    /// <summary>What a UnixConn has besides Conn and PacketConn (protoconn_test.go).</summary>
    [Test]
    public Task TestUnixConnSpecificMethods() => main_test.Run(static async t =>
    {
        var (a1, err) = ResolveUnixAddr("unixgram", testUnixAddr(t));
        t.equal(err, "<nil>");
        (var c1, err) = await DialUnix("unixgram", a1, null);
        use(c1, err, a1);

        (var a2, err) = ResolveUnixAddr("unixgram", testUnixAddr(t));
        t.equal(err, "<nil>");
        (var c2, err) = await DialUnix("unixgram", a2, null);
        use(c2, err, a2);

        (var a3, err) = ResolveUnixAddr("unixgram", testUnixAddr(t));
        t.equal(err, "<nil>");
        (var c3, err) = await ListenUnixgram("unixgram", a3);
        use(c3, err, a3);

        void use(UnixConn? c, error? err, UnixAddr? a)
        {
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(async () =>
            {
                await c!.Close();
                os.Remove(a!.Name);
            });
            c!.LocalAddr();
            c.RemoteAddr();
            c.SetDeadline(time.Now().Add(someTimeout));
            c.SetReadDeadline(time.Now().Add(someTimeout));
            c.SetWriteDeadline(time.Now().Add(someTimeout));
            c.SetReadBuffer(2048);
            c.SetWriteBuffer(2048);
        }

        Memory<byte> wb = "UNIXCONN TEST"u8.ToArray();
        Memory<byte> rb1 = new byte[128];
        Memory<byte> rb2 = new byte[128];
        Memory<byte> rb3 = new byte[128];
        t.equal((await c1!.WriteMsgUnix(wb, default, a2)).err, "<nil>");
        t.equal((await c2!.ReadMsgUnix(rb2, default)).err, "<nil>");
        t.equal((await c2.WriteToUnix(wb, a1)).err, "<nil>");
        t.equal((await c1.ReadFromUnix(rb1)).err, "<nil>");
        t.equal((await c3!.WriteToUnix(wb, a1)).err, "<nil>");
        t.equal((await c1.ReadFromUnix(rb1)).err, "<nil>");
        t.equal((await c2.WriteToUnix(wb, a3)).err, "<nil>");
        t.equal((await c3.ReadFromUnix(rb3)).err, "<nil>");

        (var f, err) = c1.File();
        t.equal(err, "<nil>");
        await f!.Close();

        t.equal((await c1.WriteToUnix(wb, null)).err, $"write unixgram {a1!.Name}: missing address");
        t.equal((await c1.WriteMsgUnix(wb, default, null)).err, $"write unixgram {a1.Name}: sendmsg: transport endpoint is not connected");
        t.equal((await c3.WriteToUnix(wb, null)).err, $"write unixgram {a3!.Name}: missing address");
        t.equal((await c3.WriteMsgUnix(wb, default, null)).err, $"write unixgram {a3.Name}: sendmsg: transport endpoint is not connected");
    });
}
