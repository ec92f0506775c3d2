// Ports src/sync/mutex_test.go of go1.20.
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using static golang.builtin;

namespace golang;

public class mutex_test
{
    private static async go HammerSemaphore(sync.semaphore s, int loops, chan<bool> cdone)
    {
        for (var i = 0; i < loops; i++)
        {
            await sync.runtime_Semacquire(s);
            sync.runtime_Semrelease(s, false, 0);
        }
        await cdone.Send(true);
    }

    [Test]
    public Task TestSemaphore() => testing.Run(async () =>
    {
        var s = new sync.semaphore();
        unsafe
        {
            *s.addr = 1;
        }
        var c = builtin.makechan<bool>();
        for (var i = 0; i < 10; i++)
        {
            builtin.go(() => HammerSemaphore(s, 1000, c));
        }
        for (var i = 0; i < 10; i++)
        {
            await c.Recv();
        }
    });

    private static async go HammerMutex(sync.Mutex m, int loops, chan<bool> cdone)
    {
        for (var i = 0; i < loops; i++)
        {
            if (i % 3 == 0)
            {
                if (m.TryLock())
                {
                    m.Unlock();
                }
                continue;
            }
            await m.Lock();
            m.Unlock();
        }
        await cdone.Send(true);
    }

    [Test]
    public Task TestMutex() => testing.Run(async () =>
    {
        // PORT(prof): SetMutexProfileFraction
        var m = new sync.Mutex();

        await m.Lock();
        Assert.That(m.TryLock(), Is.False, "TryLock succeeded with mutex locked");
        m.Unlock();
        Assert.That(m.TryLock(), Is.True, "TryLock failed with mutex unlocked");
        m.Unlock();

        var c = builtin.makechan<bool>();
        for (var i = 0; i < 10; i++)
        {
            builtin.go(() => HammerMutex(m, 1000, c));
        }
        for (var i = 0; i < 10; i++)
        {
            await c.Recv();
        }
    });

    // The child's sub-command TESTMISUSE is in testdata/testprog, with the table misuseTests.
    [TestCase("Mutex.Unlock")]
    [TestCase("Mutex.Unlock2")]
    [TestCase("RWMutex.Unlock")]
    [TestCase("RWMutex.Unlock2")]
    [TestCase("RWMutex.Unlock3")]
    [TestCase("RWMutex.RUnlock")]
    [TestCase("RWMutex.RUnlock2")]
    [TestCase("RWMutex.RUnlock3")]
    public void TestMutexMisuse(string name)
    {
        var dir = new DirectoryInfo(AppContext.BaseDirectory);
        var exe = Path.Combine(dir.Parent!.Parent!.FullName, "testprog", dir.Name, "testprog");
        var start = new ProcessStartInfo(exe, ["TESTMISUSE", name])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("GOTRACEBACK");
        start.Environment.Remove("GODEBUG");
        using var child = Process.Start(start)!;
        var stderr = child.StandardError.ReadToEndAsync();
        var stdout = child.StandardOutput.ReadToEndAsync();
        if (!child.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            child.Kill();
            Assert.Fail("does not end: " + stderr.Result);
        }
        Assert.That(stdout.Result, Is.Empty);
        Assert.That(stderr.Result, Does.Match("^fatal error: sync: (unlock|Unlock|RUnlock) of unlocked (mutex|RWMutex)\n"));
        Assert.That(child.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public Task TestMutexFairness() => testing.Run(async () =>
    {
        var mu = new sync.Mutex();
        var stop = builtin.makechan<bool>();
        try
        {
            builtin.go(async () =>
            {
                for (; ; )
                {
                    await mu.Lock();
                    await time.Sleep(100 * time.Microsecond);
                    mu.Unlock();
                    if (await select(stop.recvcase(), defaultcase) == 0)
                    {
                        return;
                    }
                }
            });
            var done = builtin.makechan<bool>(1);
            builtin.go(async () =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await time.Sleep(100 * time.Microsecond);
                    await mu.Lock();
                    mu.Unlock();
                }
                await done.Send(true);
            });
            if (await select(done.recvcase(), time.After(10 * time.Second).recvcase()) == 1)
            {
                Assert.Fail("can't acquire Mutex in 10 seconds");
            }
        }
        finally
        {
            stop.Close();
        }
    });

    // The tests below are not Go's.

    // holders counts who is between Lock and Unlock; wrong is how often that was not 1.
    private int32 holders;
    private int32 wrong;

    private void hold()
    {
        if (atomic.AddInt32(ref holders, 1) != 1)
        {
            atomic.AddInt32(ref wrong, 1);
        }
        atomic.AddInt32(ref holders, -1);
    }

    // As TestMutex, and nobody else holds the Mutex meanwhile.
    [Test]
    public Task TestMutexExcludes() => testing.Run(async () =>
    {
        var m = new sync.Mutex();
        holders = wrong = 0;
        var c = new sync.WaitGroup();
        c.Add(10);
        for (var i = 0; i < 10; i++)
        {
            builtin.go(async () =>
            {
                for (var j = 0; j < 1000; j++)
                {
                    if (j % 3 == 0)
                    {
                        if (m.TryLock())
                        {
                            hold();
                            m.Unlock();
                        }
                        continue;
                    }
                    await m.Lock();
                    hold();
                    m.Unlock();
                }
                c.Done();
            });
        }
        await c.Wait();
        Assert.That(wrong, Is.Zero);
        Assert.That(m.state, Is.Zero);
    });

    // The Mutex is held across parks, so that the others must wait.
    [Test]
    public Task TestMutexHeldAcrossPark() => testing.Run(async () =>
    {
        var m = new sync.Mutex();
        var wg = new sync.WaitGroup();
        wg.Add(10);
        var inside = 0;
        var bad = 0;
        for (var i = 0; i < 10; i++)
        {
            builtin.go(async () =>
            {
                for (var j = 0; j < 100; j++)
                {
                    await m.Lock();
                    if (++inside != 1)
                    {
                        bad++;
                    }
                    await runtime.Gosched();
                    inside--;
                    m.Unlock();
                }
                wg.Done();
            });
        }
        await wg.Wait();
        Assert.That(bad, Is.Zero);
        Assert.That(m.state, Is.Zero);
    });
}
