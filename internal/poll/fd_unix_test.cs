// Tests of src/internal/poll/fd_unix.go; Go tests it by packages net and os.
using System.Threading.Tasks;

namespace golang;

public class fd_unix_test
{
    private static (poll.FD r, poll.FD w) pipe()
    {
        var p = new int[2];
        Assert.That(syscall.Pipe2(p, syscall.O_NONBLOCK | syscall.O_CLOEXEC), Is.Null);
        var r = new poll.FD { Sysfd = p[0], IsStream = true, ZeroReadIsEOF = true };
        var w = new poll.FD { Sysfd = p[1], IsStream = true, ZeroReadIsEOF = true };
        Assert.That(r.Init("file", true), Is.Null);
        Assert.That(w.Init("file", true), Is.Null);
        return (r, w);
    }

    // Close wakes who reads and who waits for the read lock, and returns when both have left.
    [Test]
    public Task TestCloseUnblocksReaders() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        var errs = new error?[4];
        var done = new sync.WaitGroup();
        done.Add(errs.Length);
        for (var i = 0; i < errs.Length; i++)
        {
            var j = i;
            builtin.go(async () =>
            {
                (_, errs[j]) = await r.Read(new byte[1]);
                done.Done();
            });
        }
        while ((atomic.LoadUint64(ref r.fdmu.state) & poll.mutexRMask) != 3 * poll.mutexRWait)
        {
            await runtime.Gosched();
        }
        Assert.That(await r.Close(), Is.Null);
        Assert.That(r.Sysfd, Is.EqualTo(-1));
        await done.Wait();
        Assert.That(errs, Is.All.SameAs(poll.ErrFileClosing));
        Assert.That(await r.Close(), Is.SameAs(poll.ErrFileClosing));
        Assert.That(await w.Close(), Is.Null);
    });

    // Readers come one at a time: each gets whole bytes, none gets lost.
    [Test]
    public Task TestReadersTakeTurns() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        var sum = new atomic.Int32[1];
        var bad = new atomic.Int32[1];
        var done = new sync.WaitGroup();
        done.Add(4);
        for (var i = 0; i < 4; i++)
        {
            builtin.go(async () =>
            {
                var b = new byte[1];
                for (; ; )
                {
                    var (n, err) = await r.Read(b);
                    if (err == io.EOF)
                    {
                        break;
                    }
                    if (err != null || n != 1)
                    {
                        bad[0].Add(1);
                        break;
                    }
                    sum[0].Add(b[0]);
                }
                done.Done();
            });
        }
        for (var i = 0; i < 1000; i++)
        {
            await w.Write(new byte[] { (byte)(i % 100) });
        }
        await w.Close();
        await done.Wait();
        await r.Close();
        Assert.That((bad[0].Load(), sum[0].Load()), Is.EqualTo((0, 49500)));
    });

    [Test]
    public Task TestDeadlineWakesReader() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        Assert.That(r.SetReadDeadline(time.Now().Add(-time.Second)), Is.Null);
        var (n, err) = await r.Read(new byte[1]);
        Assert.That((n, err), Is.EqualTo((0, poll.ErrDeadlineExceeded)));
        var t = time.Now();
        Assert.That(r.SetReadDeadline(t.Add(10 * time.Millisecond)), Is.Null);
        (n, err) = await r.Read(new byte[1]);
        Assert.That((n, err), Is.EqualTo((0, poll.ErrDeadlineExceeded)));
        Assert.That((int64)time.Since(t), Is.GreaterThanOrEqualTo((int64)(10 * time.Millisecond)));
        // Without a deadline it can read again.
        Assert.That(r.SetReadDeadline(default), Is.Null);
        await w.Write(new byte[] { 1 });
        (n, err) = await r.Read(new byte[1]);
        Assert.That((n, err), Is.EqualTo((1, (error?)null)));
        await r.Close();
        await w.Close();
        Assert.That(r.SetReadDeadline(default), Is.SameAs(poll.ErrFileClosing));
    });
}
