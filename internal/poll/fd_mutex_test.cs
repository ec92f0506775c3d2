// Ports src/internal/poll/fd_mutex_test.go of go1.20.
using System.Threading.Tasks;
using static golang.export_test;

namespace golang;

public class fd_mutex_test
{
    [Test]
    public Task TestMutexLock() => testing.Run(async () =>
    {
        var mu = new XFDMutex();

        Assert.That(mu.Incref(), Is.True);
        Assert.That(mu.Decref(), Is.False);

        Assert.That(await mu.RWLock(true), Is.True);
        Assert.That(mu.RWUnlock(true), Is.False);

        Assert.That(await mu.RWLock(false), Is.True);
        Assert.That(mu.RWUnlock(false), Is.False);
    });

    [Test]
    public Task TestMutexClose() => testing.Run(async () =>
    {
        var mu = new XFDMutex();
        Assert.That(mu.IncrefAndClose(), Is.True);

        Assert.That(mu.Incref(), Is.False);
        Assert.That(await mu.RWLock(true), Is.False);
        Assert.That(await mu.RWLock(false), Is.False);
        Assert.That(mu.IncrefAndClose(), Is.False);
    });

    [TestCase(true)]
    [TestCase(false)]
    public Task TestMutexCloseUnblock(bool read) => testing.Run(async () =>
    {
        var c = new atomic.Int32[1];
        var broken = new atomic.Int32[1];
        var mu = new XFDMutex();
        await mu.RWLock(read);
        for (var i = 0; i < 4; i++)
        {
            builtin.go(async () =>
            {
                if (await mu.RWLock(read))
                {
                    broken[0].Add(1);
                }
                c[0].Add(1);
            });
        }
        // Until all four count as waiting.
        var (mask, one) = read ? (poll.mutexRMask, poll.mutexRWait) : (poll.mutexWMask, poll.mutexWWait);
        while ((mu.state & mask) != 4 * one)
        {
            await runtime.Gosched();
        }
        // Concurrent goroutines must not be able to lock the mutex.
        await time.Sleep(time.Millisecond);
        Assert.That(c[0].Load(), Is.Zero);
        mu.IncrefAndClose(); // Must unblock them.
        while (c[0].Load() != 4)
        {
            await runtime.Gosched();
        }
        Assert.That(broken[0].Load(), Is.Zero);
        Assert.That(mu.Decref(), Is.False);
        Assert.That(mu.RWUnlock(read), Is.True);
    });

    [Test]
    public Task TestMutexPanic() => testing.Run(async () =>
    {
        static async go ensurePanics(Func<go> f)
        {
            try
            {
                await f();
            }
            catch (PanicException e)
            {
                Assert.That(e.Value, Is.EqualTo("inconsistent poll.fdMutex"));
                return;
            }
            Assert.Fail("does not panic");
        }

        var mu = new XFDMutex();
        await ensurePanics(async () => { mu.Decref(); });
        await ensurePanics(async () => { mu.RWUnlock(true); });
        await ensurePanics(async () => { mu.RWUnlock(false); });

        await ensurePanics(async () => { mu.Incref(); mu.Decref(); mu.Decref(); });
        await ensurePanics(async () => { await mu.RWLock(true); mu.RWUnlock(true); mu.RWUnlock(true); });
        await ensurePanics(async () => { await mu.RWLock(false); mu.RWUnlock(false); mu.RWUnlock(false); });

        // ensure that it's still not broken
        Assert.That(mu.Incref(), Is.True);
        Assert.That(mu.Decref(), Is.False);
        Assert.That(await mu.RWLock(true), Is.True);
        Assert.That(mu.RWUnlock(true), Is.False);
        Assert.That(await mu.RWLock(false), Is.True);
        Assert.That(mu.RWUnlock(false), Is.False);
    });

    [Test]
    public void TestMutexOverflowPanic()
    {
        var mu1 = new XFDMutex();
        var r = Assert.Throws<PanicException>(() =>
        {
            for (var i = 0; i < 1 << 21; i++)
            {
                mu1.Incref();
            }
        });
        Assert.That(r!.Value, Is.TypeOf<string>());
        Assert.That(r.Value, Does.Contain("too many").And.Not.Contain("inconsistent"));
    }

    [Test]
    public Task TestMutexStress() => testing.Run(async () =>
    {
        var (P, N) = testing.Short() ? (4, 10_000) : (8, 100_000); // 1e6 in Go
        await testing.WithGOMAXPROCS(P, async () =>
        {
            var done = new sync.WaitGroup();
            var broken = new atomic.Int32[1];
            var mu = new XFDMutex();
            var readState = new uint64[2];
            var writeState = new uint64[2];
            done.Add(P);
            for (var p = 0; p < P; p++)
            {
                var r = new Random(p);
                builtin.go(async () =>
                {
                    for (var i = 0; i < N && broken[0].Load() == 0; i++)
                    {
                        switch (r.Next(3))
                        {
                            case 0:
                                if (!mu.Incref() || mu.Decref())
                                {
                                    broken[0].Add(1);
                                }
                                break;
                            case 1:
                                if (!await mu.RWLock(true))
                                {
                                    broken[0].Add(1);
                                }
                                // Ensure that it provides mutual exclusion for readers.
                                if (readState[0] != readState[1])
                                {
                                    broken[0].Add(1);
                                }
                                readState[0]++;
                                readState[1]++;
                                if (mu.RWUnlock(true))
                                {
                                    broken[0].Add(1);
                                }
                                break;
                            case 2:
                                if (!await mu.RWLock(false))
                                {
                                    broken[0].Add(1);
                                }
                                // Ensure that it provides mutual exclusion for writers.
                                if (writeState[0] != writeState[1])
                                {
                                    broken[0].Add(1);
                                }
                                writeState[0]++;
                                writeState[1]++;
                                if (mu.RWUnlock(false))
                                {
                                    broken[0].Add(1);
                                }
                                break;
                        }
                    }
                    done.Done();
                });
            }
            await done.Wait();
            Assert.That(broken[0].Load(), Is.Zero);
            Assert.That(readState[0], Is.EqualTo(readState[1]).And.Not.Zero);
            Assert.That(writeState[0], Is.EqualTo(writeState[1]).And.Not.Zero);
            Assert.That(mu.state, Is.Zero);
            Assert.That(mu.IncrefAndClose(), Is.True);
            Assert.That(mu.Decref(), Is.True);
        });
    });
}
