// Ports src/net/splice_test.go of go1.20.
using System.Text;
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>What a TCP connection reads from another by splice.</summary>
[TestFixture, NonParallelizable]
public class splice_test
{
    /// <summary>From a connection to a connection, whole and in parts, and from one that is at its end.</summary>
    [Test]
    public Task TestSplice(
        [Values("tcp-to-tcp", "unix-to-tcp")] string name,
        [Values("simple", "multipleWrite", "big", "honorsLimitedReader", "updatesLimitedReaderN", "limitedReaderAtLimit", "readerAtEOF", "issue25985")] string test) =>
        main_test.Run(t => testSplice(t, test, name.Split("-to-")[0], name.Split("-to-")[1]));

    private static go testSplice(testing.T t, string name, string upNet, string downNet)
    {
        return name switch
        {
            "simple" => new spliceTestCase(upNet, downNet, 128, 128, 0).test(t),
            "multipleWrite" => new spliceTestCase(upNet, downNet, 4096, 1 << 20, 0).test(t),
            "big" => new spliceTestCase(upNet, downNet, 5 << 20, 1 << 30, 0).test(t),
            "honorsLimitedReader" => new spliceTestCase(upNet, downNet, 4096, 1 << 20, 1 << 10).test(t),
            "updatesLimitedReaderN" => new spliceTestCase(upNet, downNet, 1024, 4096, 4096 + 100).test(t),
            "limitedReaderAtLimit" => new spliceTestCase(upNet, downNet, 32, 128, 128).test(t),
            "readerAtEOF" => testSpliceReaderAtEOF(t, upNet, downNet),
            "issue25985" => testSpliceIssue25985(t, upNet, downNet),
            _ => throw new ArgumentException(name),
        };
    }

    private sealed record spliceTestCase(string upNet, string downNet, int chunkSize, int totalSize, int limitReadSize)
    {
        internal async go test(testing.T t)
        {
            var (clientUp, serverUp) = await spliceTestSocketPair(t, upNet);
            t.Cleanup(serverUp);
            var (cleanup, err) = startSpliceClient(clientUp, "w", chunkSize, totalSize);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(cleanup!);
            var (clientDown, serverDown) = await spliceTestSocketPair(t, downNet);
            t.Cleanup(serverDown);
            (cleanup, err) = startSpliceClient(clientDown, "r", chunkSize, totalSize);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(cleanup!);
            io.Reader r = serverUp;
            var size = totalSize;
            if (limitReadSize > 0)
            {
                if (limitReadSize < size)
                {
                    size = limitReadSize;
                }

                r = new io.LimitedReader(serverUp, limitReadSize);
                t.Cleanup(serverUp);
            }
            (var n, err) = await io.Copy(serverDown, r);
            await serverDown.Close();
            if (err != null)
            {
                t.Fatal(err);
            }
            var want = (int64)size;
            if (want != n)
            {
                t.Errorf($"want {want} bytes spliced, got {n}");
            }

            if (limitReadSize > 0)
            {
                var wantN = 0;
                if (limitReadSize > size)
                {
                    wantN = limitReadSize - size;
                }

                n = ((io.LimitedReader)r).N;
                if (n != wantN)
                {
                    t.Errorf($"r.N = {n}, want {wantN}");
                }
            }
        }
    }

    private static async go testSpliceReaderAtEOF(testing.T t, string upNet, string downNet)
    {
        var (clientUp, serverUp) = await spliceTestSocketPair(t, upNet);
        t.Cleanup(clientUp);
        var (clientDown, serverDown) = await spliceTestSocketPair(t, downNet);
        t.Cleanup(clientDown);

        await serverUp.Close();

        // Best would be to call net.splice and to look at handled, but on an old
        // Linux kernel splice is not used.
        //
        // poll.Splice and net.splice then return an error and handled == false. It
        // ought to be true, as the source is at its end; but where splice is not
        // used net.splice does not touch the source, and sees no EOF.
        //
        // To tell net.splice's errors apart by those that package poll makes would
        // break easily, so this is tested from further above.
        //
        // ReadFrom has to return at once, with splice or without. Then the other side
        // gets a word of farewell, and that is what is tested.
        const string msg = "bye";
        builtin.go(async () =>
        {
            await ((io.ReaderFrom)serverDown).ReadFrom(serverUp);
            await io.WriteString(serverDown, msg);
            await serverDown.Close();
        });

        Memory<byte> buf = new byte[3];
        var (_, err) = await io.ReadFull(clientDown, buf);
        if (err != null)
        {
            t.Errorf($"clientDown: {err.Error()}");
        }
        t.equal(Encoding.UTF8.GetString(buf.Span), msg);
    }

    private static async go testSpliceIssue25985(testing.T t, string upNet, string downNet)
    {
        var front = await newLocalListener(t, upNet);
        t.Cleanup(front);
        var back = await newLocalListener(t, downNet);
        t.Cleanup(back);

        var wg = new sync.WaitGroup();
        wg.Add(2);

        async go proxy()
        {
            var (src, err) = await front.Accept();
            if (err != null)
            {
                return;
            }
            (var dst, err) = await Dial(downNet, back.Addr()!.String());
            if (err != null)
            {
                return;
            }
            try
            {
                builtin.go(async () =>
                {
                    await io.Copy(src!, dst!);
                    wg.Done();
                });
                builtin.go(async () =>
                {
                    await io.Copy(dst!, src!);
                    wg.Done();
                });
            }
            finally
            {
                await src!.Close();
                await dst!.Close();
            }
        }

        builtin.go(proxy);

        var (toFront, err) = await Dial(upNet, front.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }

        await io.WriteString(toFront!, "foo");
        await toFront!.Close();

        (var fromProxy, err) = await back.Accept();
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(fromProxy!);

        (_, err) = await io.ReadAll(fromProxy!);
        if (err != null)
        {
            t.Fatal(err);
        }

        await wg.Wait();
    }

    /// <summary>A connection of the network "unixpacket" is not spliced from.</summary>
    [Test]
    public Task TestSpliceNoUnixpacket() => main_test.Run(static async t =>
    {
        var (clientUp, serverUp) = await spliceTestSocketPair(t, "unixpacket");
        t.Cleanup(clientUp);
        t.Cleanup(serverUp);
        var (clientDown, serverDown) = await spliceTestSocketPair(t, "tcp");
        t.Cleanup(clientDown);
        t.Cleanup(serverDown);
        // If splice called poll.Splice here, that would get EINVAL and say that it has not handled it,
        // because it takes the kernel for one that cannot splice Unix sockets. There is to be no error:
        // the network is known, so poll.Splice is not called.
        var (_, err, handled) = await net.splice(((TCPConn)serverDown).fd, serverUp);
        t.equal(err, "<nil>");
        Assert.That(handled, Is.False);
    });

    /// <summary>Nor is one of the network "unixgram".</summary>
    [Test]
    public Task TestSpliceNoUnixgram() => main_test.Run(static async t =>
    {
        var (addr, err) = ResolveUnixAddr("unixgram", testUnixAddr(t));
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { os.Remove(addr!.Name); });
        (var up, err) = await ListenUnixgram("unixgram", addr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(up!);
        var (clientDown, serverDown) = await spliceTestSocketPair(t, "tcp");
        t.Cleanup(clientDown);
        t.Cleanup(serverDown);
        // As TestSpliceNoUnixpacket.
        (_, err, var handled) = await net.splice(((TCPConn)serverDown).fd, up!);
        t.equal(err, "<nil>");
        Assert.That(handled, Is.False);
    });

    private static async go<(Conn client, Conn server)> spliceTestSocketPair(testing.T t, string net)
    {
        var ln = await newLocalListener(t, net);
        try
        {
            Conn? server = null;
            error? serr = null;
            var acceptDone = builtin.makechan<bool>(0);
            builtin.go(async () =>
            {
                (server, serr) = await ln.Accept();
                await acceptDone.Send(true);
            });
            var (client, cerr) = await Dial(ln.Addr()!.Network(), ln.Addr()!.String());
            await acceptDone.Recv();
            if (cerr != null)
            {
                if (server != null)
                {
                    await server.Close();
                }
                t.Fatal(cerr);
            }
            if (serr != null)
            {
                if (client != null)
                {
                    await client.Close();
                }
                t.Fatal(serr);
            }
            return (client!, server!);
        }
        finally
        {
            await ln.Close();
        }
    }

    // PORT(test): Go's client is a process of its own that inherits the descriptor; here it is a goroutine with a
    // copy of it. A client that does not end is found by testing.Run.
    private static (Func<go>?, error?) startSpliceClient(Conn conn, string op, int chunkSize, int totalSize)
    {
        var (f, err) = ((conn)conn).File();
        if (err != null)
        {
            return (null, err);
        }

        var donec = builtin.makechan<bool>(0);
        builtin.go(async () =>
        {
            await spliceClient(f!, op, chunkSize, totalSize);
            await conn.Close();
            await f!.Close();
            donec.Close();
        });

        return (async () => { await donec.Recv(); }, null);
    }

    // spliceClient is what Go's process does in func init.
    private static async go spliceClient(os.File f, string op, int chunkSize, int totalSize)
    {
        var (conn, err) = await FileConn(f);
        if (err != null)
        {
            throw new AssertionException(err.Error());
        }
        try
        {
            Memory<byte> buf = new byte[chunkSize];
            int n;
            for (var count = 0; count < totalSize; count += n)
            {
                if (count + chunkSize > totalSize)
                {
                    buf = buf[..(totalSize - count)];
                }

                (n, err) = op == "r" ? await conn!.Read(buf) : await conn!.Write(buf);
                if (err != null)
                {
                    return;
                }
            }
        }
        finally
        {
            await conn!.Close();
        }
    }
}
