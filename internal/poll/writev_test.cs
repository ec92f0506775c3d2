// Ports src/internal/poll/writev_test.go of go1.20.
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace golang;

public class writev_test
{
    [TestCase("foo,bar", 0, "foo,bar")]
    [TestCase("foo,bar", 2, "o,bar")]
    [TestCase("foo,bar", 3, "bar")]
    [TestCase("foo,bar", 4, "ar")]
    [TestCase(",,,bar", 1, "ar")]
    [TestCase(",,,foo", 0, "foo")]
    [TestCase(",,", 0, "")]
    public void TestConsume(string @in, int64 consume, string want)
    {
        var v = new StrongBox<Memory<Memory<byte>>>(@in.Split(',').Select(s => new Memory<byte>(Encoding.UTF8.GetBytes(s))).ToArray());
        poll.consume(v, consume);
        Assert.That(string.Join(',', v.Value.ToArray().Select(b => Encoding.UTF8.GetString(b.Span))), Is.EqualTo(want));
    }

    // Writev writes all of it, in order, and more of it than a pipe holds.
    [Test]
    public Task TestWritev() => testing.Run(async () =>
    {
        var p = new int[2];
        Assert.That(syscall.Pipe2(p, syscall.O_NONBLOCK | syscall.O_CLOEXEC), Is.Null);
        var r = new poll.FD { Sysfd = p[0], IsStream = true, ZeroReadIsEOF = true };
        var w = new poll.FD { Sysfd = p[1], IsStream = true, ZeroReadIsEOF = true };
        Assert.That(r.Init("file", true), Is.Null);
        Assert.That(w.Init("file", true), Is.Null);
        var bufs = new Memory<byte>[100];
        var total = 0;
        for (var i = 0; i < bufs.Length; i++)
        {
            bufs[i] = new byte[i * 97];
            for (var j = 0; j < bufs[i].Length; j++)
            {
                bufs[i].Span[j] = (byte)total++;
            }
        }
        var got = (n: -1L, err: (error?)null);
        var done = new sync.WaitGroup();
        done.Add(1);
        builtin.go(async () =>
        {
            got = await w.Writev(new StrongBox<Memory<Memory<byte>>>(bufs));
            await w.Close();
            done.Done();
        });
        var b = new byte[4096];
        var read = 0;
        error? err;
        for (; ; )
        {
            int n;
            (n, err) = await r.Read(b);
            if (err != null)
            {
                break;
            }
            for (var j = 0; j < n; j++)
            {
                Assert.That(b[j], Is.EqualTo((byte)read++));
            }
        }
        await done.Wait();
        await r.Close();
        Assert.That(err, Is.SameAs(io.EOF));
        Assert.That((got.n, got.err), Is.EqualTo(((int64)total, (error?)null)));
        Assert.That(read, Is.EqualTo(total));
    });
}
