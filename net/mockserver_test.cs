// Ports src/net/mockserver_test.go of go1.20.
using System.IO;
using static golang.net;

namespace golang;

internal static class mockserver
{
    // someTimeout is no timeout that is tested: it shows that SetDeadline and its like do not fail (conn_test.go).
    internal static readonly time.Duration someTimeout = 1 * time.Hour;

    // testUnixAddr gives a name that nobody else has, in a directory that is removed at the end of the test.
    internal static string testUnixAddr(testing.T t)
    {
        // With an empty pattern the directory's name is as short as it can be: the kernel takes no long ones.
        var (d, err) = os.MkdirTemp("", "");
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { Directory.Delete(d, true); });
        return Path.Join(d, "sock");
    }

    internal static async go<Listener> newLocalListener(testing.T t, string network, ListenConfig? lcOpt = null)
    {
        var lc = lcOpt ?? new ListenConfig();

        async go<Listener> listen(string net, string addr)
        {
            var (ln, err) = await lc.Listen(context.Background(), net, addr);
            if (err != null)
            {
                t.Fatal(err);
            }
            return ln!;
        }

        switch (network)
        {
            case "tcp":
                if (await supportsIPv4())
                {
                    return await listen("tcp4", "127.0.0.1:0");
                }
                if (await supportsIPv6())
                {
                    return await listen("tcp6", "[::1]:0");
                }
                break;
            case "tcp4":
                if (await supportsIPv4())
                {
                    return await listen("tcp4", "127.0.0.1:0");
                }
                break;
            case "tcp6":
                if (await supportsIPv6())
                {
                    return await listen("tcp6", "[::1]:0");
                }
                break;
            case "unix":
            case "unixpacket":
                return await listen(network, testUnixAddr(t));
        }

        t.Fatalf(network + " is not supported");
        return null;
    }

    // dial connects to ln, and fails the test if that does not work.
    internal static async go<TCPConn> dial(testing.T t, Listener ln)
    {
        var (c, err) = await Dial(ln.Addr()!.Network(), ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        return (TCPConn)c!;
    }

    // newTCPListener gives a listener of the network "tcp", by which its errors call it; that of
    // newLocalListener is "tcp4" or "tcp6". It is closed at the end of the test.
    internal static async go<TCPListener> newTCPListener(testing.T t)
    {
        var (ln, err) = await ListenTCP("tcp", new TCPAddr { IP = IPv4(127, 0, 0, 1) });
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(ln!);
        return ln!;
    }

    // newConnPair gives a listener, a connection to it and the other end of that, all of which are
    // closed at the end of the test.
    internal static async go<(TCPListener ln, TCPConn c, TCPConn s)> newConnPair(testing.T t)
    {
        var ln = await newTCPListener(t);
        var c = await dial(t, ln);
        t.Cleanup(c);
        var (s, err) = await ln.AcceptTCP();
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(s!);
        return (ln, c, s!);
    }

    internal static async go<(TCPListener[]? lns, error? err)> newDualStackListener()
    {
        (string network, IP ip)[] args = [("tcp4", IPv4(127, 0, 0, 1)), ("tcp6", IPv6loopback)];
        for (var i = 0; i < 64; i++)
        {
            var port = 0;
            var lns = new System.Collections.Generic.List<TCPListener>();
            foreach (var arg in args)
            {
                var (ln, err) = await ListenTCP(arg.network, new TCPAddr { IP = arg.ip, Port = port });
                if (err != null)
                {
                    continue;
                }
                port = ((TCPAddr)ln!.Addr()!).Port;
                lns.Add(ln);
            }
            if (lns.Count != args.Length)
            {
                foreach (var ln in lns)
                {
                    await ln.Close();
                }
                continue;
            }
            return (lns.ToArray(), null);
        }
        return (null, errors.New("no dualstack port available"));
    }

    internal static async go transceiver(Conn c, Memory<byte> wb, chan<error> ch)
    {
        try
        {
            c.SetDeadline(time.Now().Add(someTimeout));
            c.SetReadDeadline(time.Now().Add(someTimeout));
            c.SetWriteDeadline(time.Now().Add(someTimeout));

            var (n, err) = await c.Write(wb);
            if (err != null)
            {
                if (error_test.parseWriteError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
            if (n != wb.Length)
            {
                await ch.Send(errors.New($"wrote {n}; want {wb.Length}"));
            }
            Memory<byte> rb = new byte[wb.Length];
            (n, err) = await c.Read(rb);
            if (err != null)
            {
                if (error_test.parseReadError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
            if (n != wb.Length)
            {
                await ch.Send(errors.New($"read {n}; want {wb.Length}"));
            }
        }
        finally
        {
            ch.Close();
        }
    }

    internal static async go<PacketConn> newLocalPacketListener(testing.T t, string network, ListenConfig? lcOpt = null)
    {
        var lc = lcOpt ?? new ListenConfig();

        async go<PacketConn> listenPacket(string net, string addr)
        {
            var (c, err) = await lc.ListenPacket(context.Background(), net, addr);
            if (err != null)
            {
                t.Fatal(err);
            }
            return c!;
        }

        switch (network)
        {
            case "udp":
                if (await supportsIPv4())
                {
                    return await listenPacket("udp4", "127.0.0.1:0");
                }
                if (await supportsIPv6())
                {
                    return await listenPacket("udp6", "[::1]:0");
                }
                break;
            case "udp4":
                if (await supportsIPv4())
                {
                    return await listenPacket("udp4", "127.0.0.1:0");
                }
                break;
            case "udp6":
                if (await supportsIPv6())
                {
                    return await listenPacket("udp6", "[::1]:0");
                }
                break;
            case "unixgram":
                return await listenPacket(network, testUnixAddr(t));
        }

        t.Fatalf(network + " is not supported");
        return null;
    }

    internal static async go<(UDPConn[]? cs, error? err)> newDualStackPacketListener()
    {
        (string network, IP ip)[] args = [("udp4", IPv4(127, 0, 0, 1)), ("udp6", IPv6loopback)];
        for (var i = 0; i < 64; i++)
        {
            var port = 0;
            var cs = new System.Collections.Generic.List<UDPConn>();
            foreach (var arg in args)
            {
                var (c, err) = await ListenUDP(arg.network, new UDPAddr { IP = arg.ip, Port = port });
                if (err != null)
                {
                    continue;
                }
                port = ((UDPAddr)c!.LocalAddr()!).Port;
                cs.Add(c);
            }
            if (cs.Count != args.Length)
            {
                foreach (var c in cs)
                {
                    await c.Close();
                }
                continue;
            }
            return (cs.ToArray(), null);
        }
        return (null, errors.New("no dualstack port available"));
    }

    internal static async go packetTransponder(PacketConn c, chan<error> ch)
    {
        try
        {
            c.SetDeadline(time.Now().Add(someTimeout));
            c.SetReadDeadline(time.Now().Add(someTimeout));
            c.SetWriteDeadline(time.Now().Add(someTimeout));

            Memory<byte> b = new byte[256];
            var (n, peer, err) = await c.ReadFrom(b);
            if (err != null)
            {
                if (error_test.parseReadError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
            if (peer == null) // the peer is a socket that is connected
            {
                switch (c.LocalAddr()!.Network())
                {
                    case "udp":
                        (peer, err) = await ResolveUDPAddr("udp", System.Text.Encoding.UTF8.GetString(b[..n].Span));
                        break;
                    case "unixgram":
                        (peer, err) = ResolveUnixAddr("unixgram", System.Text.Encoding.UTF8.GetString(b[..n].Span));
                        break;
                }
                if (err != null)
                {
                    await ch.Send(err);
                    return;
                }
            }
            (_, err) = await c.WriteTo(b[..n], peer);
            if (err != null)
            {
                if (error_test.parseWriteError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
        }
        finally
        {
            ch.Close();
        }
    }

    internal static async go packetTransceiver(PacketConn c, Memory<byte> wb, Addr? dst, chan<error> ch)
    {
        try
        {
            c.SetDeadline(time.Now().Add(someTimeout));
            c.SetReadDeadline(time.Now().Add(someTimeout));
            c.SetWriteDeadline(time.Now().Add(someTimeout));

            var (n, err) = await c.WriteTo(wb, dst);
            if (err != null)
            {
                if (error_test.parseWriteError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
            if (n != wb.Length)
            {
                await ch.Send(errors.New($"wrote {n}; want {wb.Length}"));
            }
            Memory<byte> rb = new byte[wb.Length];
            (n, _, err) = await c.ReadFrom(rb);
            if (err != null)
            {
                if (error_test.parseReadError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
            if (n != wb.Length)
            {
                await ch.Send(errors.New($"read {n}; want {wb.Length}"));
            }
        }
        finally
        {
            ch.Close();
        }
    }
}

internal sealed class localServer
{
    internal readonly Listener Listener;
    private readonly sync.WaitGroup done = new(); // the server has stopped
    internal readonly System.Collections.Generic.List<Conn> cl = new(); // accepted connections

    internal localServer(Listener ln)
    {
        Listener = ln;
    }

    internal static async go<localServer> newLocalServer(testing.T t, string network)
    {
        return new localServer(await mockserver.newLocalListener(t, network));
    }

    internal void buildup(testing.T t, Func<localServer, Listener, go> handler)
    {
        done.Add(1);
        builtin.go(async () =>
        {
            try
            {
                await handler(this, Listener);
            }
            catch (Exception e)
            {
                t.Errorf(e.ToString());
            }
            done.Done();
        });
    }

    internal async go teardown()
    {
        var network = Listener.Addr()!.Network();
        var address = Listener.Addr()!.String();
        await Listener.Close();
        foreach (var c in cl)
        {
            await c.Close();
        }
        await done.Wait();
        switch (network)
        {
            case "unix":
            case "unixpacket":
                os.Remove(address);
                break;
        }
    }

    // transponder echoes one message; errors go to ch, which is closed at the end.
    internal async go transponder(Listener ln, chan<error> ch)
    {
        try
        {
            switch (ln)
            {
                case TCPListener ln1:
                    ln1.SetDeadline(time.Now().Add(mockserver.someTimeout));
                    break;
                case UnixListener ln1:
                    ln1.SetDeadline(time.Now().Add(mockserver.someTimeout));
                    break;
            }
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                if (error_test.parseAcceptError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
            cl.Add(c!);

            var network = ln.Addr()!.Network();
            if (c!.LocalAddr()!.Network() != network || c.RemoteAddr()!.Network() != network)
            {
                await ch.Send(errors.New($"got {c.LocalAddr()!.Network()}->{c.RemoteAddr()!.Network()}; expected {network}->{network}"));
                return;
            }
            c.SetDeadline(time.Now().Add(mockserver.someTimeout));
            c.SetReadDeadline(time.Now().Add(mockserver.someTimeout));
            c.SetWriteDeadline(time.Now().Add(mockserver.someTimeout));

            Memory<byte> b = new byte[256];
            (var n, err) = await c.Read(b);
            if (err != null)
            {
                if (error_test.parseReadError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
            (_, err) = await c.Write(b[..n]);
            if (err != null)
            {
                if (error_test.parseWriteError(err) is error perr)
                {
                    await ch.Send(perr);
                }
                await ch.Send(err);
                return;
            }
        }
        finally
        {
            ch.Close();
        }
    }
}

internal sealed class localPacketServer
{
    internal readonly PacketConn PacketConn;
    private readonly sync.WaitGroup done = new(); // the server has stopped

    internal localPacketServer(PacketConn c)
    {
        PacketConn = c;
    }

    internal static async go<localPacketServer> newLocalPacketServer(testing.T t, string network)
    {
        return new localPacketServer(await mockserver.newLocalPacketListener(t, network));
    }

    internal void buildup(testing.T t, Func<localPacketServer, PacketConn, go> handler)
    {
        done.Add(1);
        builtin.go(async () =>
        {
            try
            {
                await handler(this, PacketConn);
            }
            catch (Exception e)
            {
                t.Errorf(e.ToString());
            }
            done.Done();
        });
    }

    internal async go teardown()
    {
        var network = PacketConn.LocalAddr()!.Network();
        var address = PacketConn.LocalAddr()!.String();
        await PacketConn.Close();
        await done.Wait();
        switch (network)
        {
            case "unixgram":
                os.Remove(address);
                break;
        }
    }
}
