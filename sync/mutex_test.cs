// Ports src/sync/mutex_test.go of go1.20.
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace go;

public class mutex_test
{
    // HammerSemaphore is one of Go's goroutines that count down a channel; here it is a WaitGroup.
    private static async go HammerSemaphore(sync.semaphore s, int loops, sync.WaitGroup cdone)
    {
        for (var i = 0; i < loops; i++)
        {
            await sync.runtime_Semacquire(s);
            sync.runtime_Semrelease(s, false, 0);
        }
        cdone.Done();
    }

    [Test]
    public Task TestSemaphore() => runtime.Run(async () =>
    {
        var s = new sync.semaphore();
        unsafe
        {
            *s.addr = 1;
        }
        var c = new sync.WaitGroup();
        c.Add(10);
        for (var i = 0; i < 10; i++)
        {
            builtin.go(() => HammerSemaphore(s, 1000, c));
        }
        await c.Wait();
        unsafe
        {
            Assert.That(*s.addr, Is.EqualTo(1));
        }
    });

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

    private async go HammerMutex(sync.Mutex m, int loops, sync.WaitGroup cdone)
    {
        for (var i = 0; i < loops; i++)
        {
            if (i % 3 == 0)
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
        cdone.Done();
    }

    [Test]
    public Task TestMutex() => runtime.Run(async () =>
    {
        var m = new sync.Mutex();

        await m.Lock();
        Assert.That(m.TryLock(), Is.False, "TryLock succeeded with mutex locked");
        m.Unlock();
        Assert.That(m.TryLock(), Is.True, "TryLock failed with mutex unlocked");
        m.Unlock();

        holders = wrong = 0;
        var c = new sync.WaitGroup();
        c.Add(10);
        for (var i = 0; i < 10; i++)
        {
            builtin.go(() => HammerMutex(m, 1000, c));
        }
        await c.Wait();
        Assert.That(wrong, Is.Zero);
        Assert.That(m.state, Is.Zero);
    });

    // The Mutex is held across parks, so that the others must wait.
    [Test]
    public Task TestMutexHeldAcrossPark() => runtime.Run(async () =>
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

    // The child's sub-command TESTMISUSE is in testdata/testprog.
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
    public Task TestMutexFairness() => runtime.Run(async () =>
    {
        var mu = new sync.Mutex();
        var stop = new atomic.Bool[1];
        var wg = new sync.WaitGroup();
        wg.Add(2);
        builtin.go(async () =>
        {
            for (; ; )
            {
                await mu.Lock();
                await time.Sleep(100 * time.Microsecond);
                mu.Unlock();
                if (stop[0].Load())
                {
                    wg.Done();
                    return;
                }
            }
        });
        var done = new atomic.Int32[1];
        builtin.go(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await time.Sleep(100 * time.Microsecond);
                await mu.Lock();
                mu.Unlock();
                if (stop[0].Load())
                {
                    break;
                }
                done[0].Add(1);
            }
            wg.Done();
        });
        var t = time.Now();
        while (done[0].Load() < 10 && time.Since(t) < 30 * time.Second)
        {
            await time.Sleep(time.Millisecond);
        }
        stop[0].Store(true);
        await wg.Wait();
        Assert.That(done[0].Load(), Is.EqualTo(10), "can't acquire Mutex in 30 seconds");
    });
}
