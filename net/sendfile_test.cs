// Ports src/net/sendfile_test.go of go1.20.
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>What a TCP connection reads from a file by sendfile.</summary>
[TestFixture, NonParallelizable]
public class sendfile_test
{
    // PORT(test): Go's file is a book, Newton's Opticks; here one of its length that begins as it does.
    private static string newton = "";
    private const int newtonLen = 567198;
    private static string newtonSHA256 = "";

    /// <summary>Makes the file.</summary>
    [OneTimeSetUp]
    public void SetUp()
    {
        var text = new byte[newtonLen];
        new Random(1).NextBytes(text);
        Encoding.ASCII.GetBytes("Produced by", text);
        newton = Path.GetTempFileName();
        File.WriteAllBytes(newton, text);
        newtonSHA256 = Convert.ToHexStringLower(SHA256.HashData(text));
    }

    /// <summary>Removes it.</summary>
    [OneTimeTearDown]
    public void TearDown()
    {
        File.Delete(newton);
    }

    private sealed class sha256 : io.Writer
    {
        private readonly IncrementalHash h = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public async go<(int n, error? err)> Write(Memory<byte> p)
        {
            h.AppendData(p.Span);
            return (p.Length, null);
        }

        internal string Sum()
        {
            return Convert.ToHexStringLower(h.GetHashAndReset());
        }
    }

    private static async go errors_(testing.T t, chan<error?> errc)
    {
        for (; ; )
        {
            var (err, ok) = await errc.Recv2();
            if (!ok)
            {
                return;
            }
            t.Error(err);
        }
    }

    // serve accepts a connection, on a goroutine, and hands it and the open file to f. Errors go to the channel, which
    // is closed at the end.
    private static chan<error?> serve(Listener ln, Func<Conn, os.File, go<error?>> f)
    {
        var errc = builtin.makechan<error?>(1);
        builtin.go(async () =>
        {
            // Wait for a connection.
            var (conn, err) = await ln.Accept();
            if (err != null)
            {
                await errc.Send(err);
                errc.Close();
                return;
            }

            builtin.go(async () =>
            {
                try
                {
                    var (file, err) = os.Open(newton);
                    if (err != null)
                    {
                        await errc.Send(err);
                        return;
                    }
                    try
                    {
                        if (await f(conn!, file!) is { } err1)
                        {
                            await errc.Send(err1);
                        }
                    }
                    finally
                    {
                        await file!.Close();
                    }
                }
                finally
                {
                    await conn!.Close();
                    errc.Close();
                }
            });
        });
        return errc;
    }

    /// <summary>A whole file.</summary>
    [Test]
    public Task TestSendfile() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        var errc = serve(ln, static async (conn, f) =>
        {
            // io.Copy should use sendFile.
            var (sbytes, err) = await io.Copy(conn, f);
            if (err != null)
            {
                return err;
            }

            if (sbytes != newtonLen)
            {
                return errors.New($"sent {sbytes} bytes; expected {newtonLen}");
            }
            return null;
        });

        // Get the file from the listener and see whether it is the same.
        var (c, err) = await Dial("tcp", ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        var h = new sha256();
        (var rbytes, err) = await io.Copy(h, c!);
        if (err != null)
        {
            t.Error(err);
        }

        if (rbytes != newtonLen)
        {
            t.Errorf($"received {rbytes} bytes; expected {newtonLen}");
        }

        if (h.Sum() != newtonSHA256)
        {
            t.Errorf("retrieved data hash did not match");
        }

        await errors_(t, errc);
    });

    /// <summary>A file piece by piece.</summary>
    [Test]
    public Task TestSendfileParts() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        var errc = serve(ln, static async (conn, f) =>
        {
            for (var i = 0; i < 3; i++)
            {
                // io.CopyN should use sendFile.
                var (_, err) = await io.CopyN(conn, f, 3);
                if (err != null)
                {
                    return err;
                }
            }
            return null;
        });

        var (c, err) = await Dial("tcp", ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        var (buf, _) = await io.ReadAll(c!);

        t.equal(Encoding.ASCII.GetString(buf.Span), "Produced ");

        await errors_(t, errc);
    });

    /// <summary>A part of a file, from where Seek has put it.</summary>
    [Test]
    public Task TestSendfileSeeked() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        const int seekTo = 65 << 10;
        const int sendSize = 10 << 10;

        var errc = serve(ln, static async (conn, f) =>
        {
            var (_, err) = f.Seek(seekTo, io.SeekStart);
            if (err != null)
            {
                return err;
            }

            (_, err) = await io.CopyN(conn, f, sendSize);
            return err;
        });

        var (c, err) = await Dial("tcp", ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        var (buf, _) = await io.ReadAll(c!);

        if (buf.Length != sendSize)
        {
            t.Errorf($"Got {buf.Length} bytes; want {sendSize}");
        }
        // Go does not compare.
        if (!buf.Span.SequenceEqual(File.ReadAllBytes(newton).AsSpan(seekTo, sendSize)))
        {
            t.Errorf("Got other bytes");
        }

        await errors_(t, errc);
    });

    /// <summary>sendfile leaves a pipe in non-blocking mode.</summary>
    [Test]
    public Task TestSendfilePipe() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        var (r, w, err) = os.Pipe();
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(async () => { await w!.Close(); });
        t.Cleanup(async () => { await r!.Close(); });

        var copied = builtin.makechan<bool>(0);

        var wg = new sync.WaitGroup();
        wg.Add(1);
        builtin.go(async () =>
        {
            // Accept a connection and copy a byte from the pipe to it, which calls sendfile.
            try
            {
                var (conn, err) = await ln.Accept();
                if (err != null)
                {
                    t.Error(err);
                    return;
                }
                try
                {
                    (_, err) = await io.CopyN(conn!, r!, 1);
                    if (err != null)
                    {
                        t.Error(err);
                        return;
                    }
                    // Tell the test that the byte is copied.
                    copied.Close();
                }
                finally
                {
                    await conn!.Close();
                }
            }
            finally
            {
                wg.Done();
            }
        });

        wg.Add(1);
        builtin.go(async () =>
        {
            // Write a byte to the pipe.
            var (_, err) = await w!.Write("a"u8.ToArray());
            if (err != null)
            {
                t.Error(err);
            }
            wg.Done();
        });

        wg.Add(1);
        builtin.go(async () =>
        {
            // Connect to the server above and read all that it writes.
            try
            {
                var (conn, err) = await Dial("tcp", ln.Addr()!.String());
                if (err != null)
                {
                    t.Error(err);
                    return;
                }
                await io.Copy(io.Discard, conn!);
                await conn!.Close();
            }
            finally
            {
                wg.Done();
            }
        });

        // When the byte is copied, sendfile has been called on the pipe.
        await copied.Recv();

        // A deadline for the reading end that is over at once.
        err = r!.SetDeadline(time.Now().Add(time.Microsecond));
        if (err != null)
        {
            t.Fatal(err);
        }

        wg.Add(1);
        builtin.go(async () =>
        {
            // Write another byte long after the deadline.
            await time.Sleep(50 * time.Millisecond);
            await w!.Write("b"u8.ToArray());
            wg.Done();
        });

        // If this read does not time out, the pipe is in blocking mode.
        (_, err) = await r.Read(new byte[1]);
        if (err == null)
        {
            t.Errorf("Read did not time out");
        }
        else if (!os.IsTimeout(err))
        {
            t.Errorf($"got error {err.Error()}, expected a time out");
        }

        await wg.Wait();
    });

    /// <summary>A write deadline that is over: an error, and no EOF. Upstream issue 43822.</summary>
    [Test]
    public Task TestSendfileOnWriteTimeoutExceeded() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        var errc = serve(ln, static async (conn, f) =>
        {
            // The deadline was an hour ago, so every write times out.
            var err = conn.SetWriteDeadline(time.Now().Add(-1 * time.Hour));
            if (err != null)
            {
                return err;
            }

            (_, err) = await io.Copy(conn, f);
            if (errors.Is(err, os.ErrDeadlineExceeded))
            {
                return null;
            }

            if (err == null)
            {
                err = errors.New("expected ErrDeadlineExceeded, but got nil");
            }
            return err;
        });

        var (conn, err) = await Dial("tcp", ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(conn!);

        (var n, err) = await io.Copy(io.Discard, conn!);
        if (err != null)
        {
            t.Fatalf($"expected nil error, but got {err.Error()}");
        }
        if (n != 0)
        {
            t.Fatalf($"expected receive zero, but got {n} byte(s)");
        }

        await errors_(t, errc);
    });
}
