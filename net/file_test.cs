// Ports src/net/file_test.go of go1.20.
using System.Threading.Tasks;
using static golang.error_test;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Connections and listeners as files, and back.</summary>
[TestFixture]
public class file_test
{
    // deepEqual is reflect.DeepEqual for addresses.
    private static bool deepEqual(Addr? a, Addr? b)
    {
        if (a is TCPAddr ta && b is TCPAddr tb)
        {
            return ta.IP.Span.SequenceEqual(tb.IP.Span) && ta.IP == null == (tb.IP == null) && ta.Port == tb.Port && ta.Zone == tb.Zone;
        }
        if (a is UDPAddr ua && b is UDPAddr ub)
        {
            return ua.IP.Span.SequenceEqual(ub.IP.Span) && ua.IP == null == (ub.IP == null) && ua.Port == ub.Port && ua.Zone == ub.Zone;
        }
        return unixsock_test.deepEqual(a, b);
    }

    private static readonly string[] fileConnTests =
    [
        "tcp",
        "udp",
        "unix",
        "unixpacket",
    ];

    /// <summary>A connection is made a file, closed, and made a connection again.</summary>
    [Test]
    public Task TestFileConn() => main_test.Run(static async t =>
    {
        static async go handler(localServer ls, Listener ln)
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                return;
            }
            try
            {
                Memory<byte> b = new byte[1];
                await c!.Read(b);
            }
            finally
            {
                await c!.Close();
            }
        }

        foreach (var tt in fileConnTests)
        {
            string network, address;
            switch (tt)
            {
                case "udp":
                    var c = await newLocalPacketListener(t, tt);
                    t.Cleanup(c);
                    network = c.LocalAddr()!.Network();
                    address = c.LocalAddr()!.String();
                    break;
                default:
                    var ls = await localServer.newLocalServer(t, tt);
                    t.Cleanup(ls.teardown);
                    ls.buildup(t, handler);
                    network = ls.Listener.Addr()!.Network();
                    address = ls.Listener.Addr()!.String();
                    break;
            }

            var (c1, err) = await Dial(network, address);
            if (err != null)
            {
                if (parseDialError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }
            var addr = c1!.LocalAddr();

            os.File? f = null;
            switch (c1)
            {
                case TCPConn c:
                    (f, err) = c.File();
                    break;
                case UDPConn c:
                    (f, err) = c.File();
                    break;
                case UnixConn c:
                    (f, err) = c.File();
                    break;
            }
            var err1 = await c1.Close();
            if (err1 != null)
            {
                if (parseCloseError(err1, false) is error perr)
                {
                    t.Error(perr);
                }
                t.Error(err1);
            }
            if (err != null)
            {
                if (parseCommonError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }

            (var c2, err) = await FileConn(f!);
            err1 = await f!.Close();
            if (err1 != null)
            {
                t.Error(err1);
            }
            if (err != null)
            {
                if (parseCommonError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }
            t.Cleanup(c2!);

            (_, err) = await c2!.Write("FILECONN TEST"u8.ToArray());
            if (err != null)
            {
                if (parseWriteError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }
            if (!deepEqual(c2.LocalAddr(), addr))
            {
                t.Fatalf($"got {c2.LocalAddr()?.String()}; want {addr?.String()}");
            }
        }
    });

    private static readonly string[] fileListenerTests =
    [
        "tcp",
        "unix",
        "unixpacket",
    ];

    /// <summary>A listener is made a file, closed, and made a listener again.</summary>
    [Test]
    public Task TestFileListener() => main_test.Run(static async t =>
    {
        foreach (var tt in fileListenerTests)
        {
            var ln1 = await newLocalListener(t, tt);
            switch (tt)
            {
                case "unix":
                case "unixpacket":
                    t.Cleanup(async () => { os.Remove(ln1.Addr()!.String()); });
                    break;
            }
            var addr = ln1.Addr();

            os.File? f = null;
            error? err = null;
            switch (ln1)
            {
                case TCPListener ln:
                    (f, err) = ln.File();
                    break;
                case UnixListener ln:
                    (f, err) = ln.File();
                    break;
            }
            error? err1;
            switch (tt)
            {
                case "unix":
                case "unixpacket":
                    t.Cleanup(ln1); // UnixListener.Close removes the file
                    break;
                default:
                    err1 = await ln1.Close();
                    if (err1 != null)
                    {
                        t.Error(err1);
                    }
                    break;
            }
            if (err != null)
            {
                if (parseCommonError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }

            (var ln2, err) = await FileListener(f!);
            err1 = await f!.Close();
            if (err1 != null)
            {
                t.Error(err1);
            }
            if (err != null)
            {
                if (parseCommonError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }
            t.Cleanup(ln2!);

            var wg = new sync.WaitGroup();
            wg.Add(1);
            builtin.go(async () =>
            {
                try
                {
                    var (c, err) = await Dial(ln2!.Addr()!.Network(), ln2.Addr()!.String());
                    if (err != null)
                    {
                        if (parseDialError(err) is error perr)
                        {
                            t.Error(perr);
                        }
                        t.Error(err);
                        return;
                    }
                    await c!.Close();
                }
                finally
                {
                    wg.Done();
                }
            });
            (var c, err) = await ln2!.Accept();
            if (err != null)
            {
                if (parseAcceptError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }
            await c!.Close();
            await wg.Wait();
            if (!deepEqual(ln2.Addr(), addr))
            {
                t.Fatalf($"got {ln2.Addr()?.String()}; want {addr?.String()}");
            }
        }
    });

    private static readonly string[] filePacketConnTests =
    [
        "udp",
        "unixgram",
    ];

    /// <summary>A connection for packets is made a file, closed, and made a connection again.</summary>
    [Test]
    public Task TestFilePacketConn() => main_test.Run(static async t =>
    {
        foreach (var tt in filePacketConnTests)
        {
            var c1 = await newLocalPacketListener(t, tt);
            switch (tt)
            {
                case "unixgram":
                    t.Cleanup(async () => { os.Remove(c1.LocalAddr()!.String()); });
                    break;
            }
            var addr = c1.LocalAddr();

            os.File? f = null;
            error? err = null;
            switch (c1)
            {
                case UDPConn c:
                    (f, err) = c.File();
                    break;
                case UnixConn c:
                    (f, err) = c.File();
                    break;
            }
            var err1 = await c1.Close();
            if (err1 != null)
            {
                if (parseCloseError(err1, false) is error perr)
                {
                    t.Error(perr);
                }
                t.Error(err1);
            }
            if (err != null)
            {
                if (parseCommonError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }

            (var c2, err) = await FilePacketConn(f!);
            err1 = await f!.Close();
            if (err1 != null)
            {
                t.Error(err1);
            }
            if (err != null)
            {
                if (parseCommonError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }
            t.Cleanup(c2!);

            (_, err) = await c2!.WriteTo("FILEPACKETCONN TEST"u8.ToArray(), addr);
            if (err != null)
            {
                if (parseWriteError(err) is error perr)
                {
                    t.Error(perr);
                }
                t.Fatal(err);
            }
            if (!deepEqual(c2.LocalAddr(), addr))
            {
                t.Fatalf($"got {c2.LocalAddr()?.String()}; want {addr?.String()}");
            }
        }
    });

    /// <summary>A connection is made a file while it is closed (issue 24483).</summary>
    [Test]
    public Task TestFileCloseRace() => main_test.Run(static async t =>
    {
        static async go handler(localServer ls, Listener ln)
        {
            var (c, err) = await ln.Accept();
            if (err != null)
            {
                return;
            }
            try
            {
                Memory<byte> b = new byte[1];
                await c!.Read(b);
            }
            finally
            {
                await c!.Close();
            }
        }

        var ls = await localServer.newLocalServer(t, "tcp");
        t.Cleanup(ls.teardown);
        ls.buildup(t, handler);

        const int tries = 100;
        for (var i = 0; i < tries; i++)
        {
            var (c1, err) = await Dial(ls.Listener.Addr()!.Network(), ls.Listener.Addr()!.String());
            if (err != null)
            {
                t.Fatal(err);
            }
            var tc = (TCPConn)c1!;

            var wg = new sync.WaitGroup();
            wg.Add(2);
            builtin.go(async () =>
            {
                var (f, err) = tc.File();
                if (err == null)
                {
                    await f!.Close();
                }
                wg.Done();
            });
            builtin.go(async () =>
            {
                await c1!.Close();
                wg.Done();
            });
            await wg.Wait();
        }
    });
}
