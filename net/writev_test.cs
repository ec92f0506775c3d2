// Ports src/net/writev_test.go of go1.20.
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Buffers, and writev.</summary>
[TestFixture, NonParallelizable]
public class writev_test
{
    private static Memory<byte> bytes(string s)
    {
        return Encoding.UTF8.GetBytes(s);
    }

    /// <summary>Buffers are read like one stream, and are gone then.</summary>
    [Test]
    public Task TestBuffers_read() => main_test.Run(static async t =>
    {
        const string story = "once upon a time in Gopherland ... ";
        var buffers = new Buffers(
            bytes("once "),
            bytes("upon "),
            bytes("a "),
            bytes("time "),
            bytes("in "),
            bytes("Gopherland ... "));
        var (got, err) = await io.ReadAll(buffers);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.equal(Encoding.UTF8.GetString(got.Span), story);
        if (buffers.Length != 0)
        {
            t.Errorf($"len(buffers) = {buffers.Length}; want 0");
        }
    });

    /// <summary>What is consumed is taken away from the front.</summary>
    [TestCase("foo,bar", 0, "foo,bar")]
    [TestCase("foo,bar", 2, "o,bar")]
    [TestCase("foo,bar", 3, "bar")]
    [TestCase("foo,bar", 4, "ar")]
    [TestCase(",,,bar", 1, "ar")]
    [TestCase(",,,foo", 0, "foo")]
    [TestCase(",,", 0, "")]
    public void TestBuffers_consume(string @in, int64 consume, string want)
    {
        var buffers = new Buffers(@in.Split(',').Select(bytes).ToArray());
        buffers.consume(consume);
        var got = string.Join(',', Enumerable.Range(0, buffers.Length).Select(i => Encoding.UTF8.GetString(buffers[i].Span)));
        Assert.That(got, Is.EqualTo(want));
    }

    /// <summary>Buffers are written with as many calls of writev as it takes, from WriteTo and from io.Copy.</summary>
    [Test]
    public Task TestBuffers_WriteTo([Values("WriteTo", "Copy")] string name, [Values(0, 10, 1023, 1024, 1025)] int size) =>
        main_test.Run(t => testBuffer_writeTo(t, size, name == "Copy"));

    private static async go testBuffer_writeTo(testing.T t, int chunks, bool useCopy)
    {
        var oldHook = poll.TestHookDidWritev;
        try
        {
            var writeLogLock = new Lock();
            var writeLog = new List<int>();
            poll.TestHookDidWritev = size =>
            {
                lock (writeLogLock)
                {
                    writeLog.Add(size);
                }
            };
            var want = new byte[chunks];
            for (var i = 0; i < chunks; i++)
            {
                want[i] = (byte)i;
            }

            await net_test.withTCPConnPair(t, async c =>
            {
                var v = new Memory<byte>[chunks];
                for (var i = 0; i < v.Length; i++)
                {
                    v[i] = want.AsMemory(i, 1);
                }
                var buffers = new Buffers(v);
                int64 n;
                error? err;
                if (useCopy)
                {
                    (n, err) = await io.Copy(c, buffers);
                }
                else
                {
                    (n, err) = await buffers.WriteTo(c);
                }
                if (err != null)
                {
                    return err;
                }
                if (buffers.Length != 0)
                {
                    return errors.New($"len(buffers) = {buffers.Length}; want 0");
                }
                if (n != want.Length)
                {
                    return errors.New($"Buffers.WriteTo returned {n}; want {want.Length}");
                }
                return null;
            }, async c =>
            {
                var (all, err) = await io.ReadAll(c);
                if (!all.Span.SequenceEqual(want) || err != null)
                {
                    return errors.New($"client read {all.Length} bytes, {err?.Error()}; want {want.Length}, nil");
                }

                lock (writeLogLock)
                {
                    var wantMinCalls = (chunks + 1023) / 1024;
                    if (writeLog.Count < wantMinCalls)
                    {
                        t.Errorf($"write calls = {writeLog.Count} < wanted min {wantMinCalls}");
                    }
                    if (writeLog.Sum() != want.Length)
                    {
                        t.Errorf($"writev call sum = {writeLog.Sum()}; want {want.Length}");
                    }
                }
                return null;
            });
        }
        finally
        {
            poll.TestHookDidWritev = oldHook;
        }
    }

    /// <summary>Writing to a connection that the other end has closed fails in the end.</summary>
    [Test]
    public Task TestWritevError() => main_test.Run(static async t =>
    {
        var ln = await newLocalListener(t, "tcp");
        t.Cleanup(ln);

        var ch = builtin.makechan<Conn?>(1);
        builtin.go(async () =>
        {
            try
            {
                var (c, err) = await ln.Accept();
                if (err != null)
                {
                    t.Error(err);
                    return;
                }
                await ch.Send(c);
            }
            finally
            {
                ch.Close();
            }
        });
        var (c1, err) = await Dial("tcp", ln.Addr()!.String());
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c1!);
        var c2 = await ch.Recv();
        if (c2 == null)
        {
            t.Fatalf("no server side connection");
        }
        await c2.Close();

        // 1 GB is enough to notice that the connection is gone, a few bytes are
        // not. It is the same MB again and again.
        Memory<byte> buf = new byte[1 << 20];
        var v = new Memory<byte>[1 << 10];
        Array.Fill(v, buf);
        var buffers = new Buffers(v);
        (_, err) = await buffers.WriteTo(c1!);
        if (err == null)
        {
            t.Fatalf("Buffers.WriteTo(closed conn) succeeded, want error");
        }
    });

    /// <summary>What is no connection gets one Write for each run, and what it took is taken away when it fails.</summary>
    [Test]
    public Task TestBuffersWriteToWriter() => main_test.Run(static async t =>
    {
        var w = new limited { room = 5 };
        var buffers = new Buffers(bytes("foo"), bytes("bar"), bytes("baz"));
        var (n, err) = await buffers.WriteTo(w);
        if (n != 5 || err != io.ErrShortWrite)
        {
            t.Errorf($"WriteTo = {n}, {err?.Error()}; want 5, {io.ErrShortWrite.Error()}");
        }
        t.equal(w.got, "foo|ba|");
        if (buffers.Length != 2)
        {
            t.Errorf($"len(buffers) = {buffers.Length}; want 2");
        }
        t.equal(Encoding.UTF8.GetString(buffers[0].Span), "r");
        w.room = 100;
        (n, err) = await buffers.WriteTo(w);
        if (n != 4 || err != null || buffers.Length != 0)
        {
            t.Errorf($"WriteTo = {n}, {err?.Error()}, len(buffers) = {buffers.Length}; want 4, nil, 0");
        }
        t.equal(w.got, "foo|ba|r|baz|");
    });

    // limited takes room bytes.
    private sealed class limited : io.Writer
    {
        internal int room;
        internal string got = "";

        public go<(int n, error? err)> Write(Memory<byte> p)
        {
            var n = Math.Min(p.Length, room);
            room -= n;
            got += Encoding.UTF8.GetString(p.Span[..n]) + "|";
            return new go<(int n, error? err)>((n, n < p.Length ? io.ErrShortWrite : null));
        }
    }
}
