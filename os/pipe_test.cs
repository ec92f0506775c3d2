// Ports src/os/pipe_test.go of go1.20, fifo_test.go, rawconn_test.go and what os_test.go and
// os_unix_test.go have about pipes.
using System.IO;
using System.Threading.Tasks;
using static golang.export_test;

namespace golang;

public class pipe_test
{
    [Test]
    public Task TestEPIPE() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        Assert.That(await r.Close(), Is.Null);

        // Every time we write to the pipe we should get an EPIPE.
        for (var i = 0; i < 20; i++)
        {
            var (_, err) = await w.Write(bytes("hi"));
            Assert.That(err, Is.TypeOf<PathError>(), $"iteration {i}");
            Assert.That(((PathError)err!).Err == syscall.EPIPE, err.Error());
            Assert.That(err.Error(), Is.EqualTo("write |1: broken pipe"));
        }
        await w.Close();
    });

    [Test]
    public Task TestPipe() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        Assert.That((r.Name(), w.Name()), Is.EqualTo(("|0", "|1")));
        var (n, err) = await w.WriteString("hello");
        Assert.That((n, err), Is.EqualTo((5, (error?)null)));
        var b = new byte[10];
        (n, err) = await r.Read(b);
        Assert.That((n, err), Is.EqualTo((5, (error?)null)));
        Assert.That(@string(b.AsMemory(0, n)), Is.EqualTo("hello"));
        Assert.That(await w.Close(), Is.Null);
        (n, err) = await r.Read(b);
        Assert.That((n, err), Is.EqualTo((0, io.EOF)));
        // A read of nothing is no end of the file.
        (n, err) = await r.Read(Memory<byte>.Empty);
        Assert.That((n, err), Is.EqualTo((0, (error?)null)));
        Assert.That(await r.Close(), Is.Null);
    });

    private static async go testClosedPipeRace(testing.T t, bool read)
    {
        var limit = 1;
        if (!read)
        {
            // Get the amount we have to write to overload a pipe
            // with no reader.
            limit = 131073;
            var (data, err1) = await os.ReadFile("/proc/sys/fs/pipe-max-size");
            if (err1 == null && int.TryParse(@string(data).Trim(), out var i))
            {
                limit = i + 1;
            }
        }

        var (r, w) = pipe();
        var closed = new sync.WaitGroup();
        closed.Add(1);
        // Close the read end of the pipe in a goroutine while we are
        // writing to the write end, or vice-versa.
        builtin.go(async () =>
        {
            // Give the main goroutine a chance to enter the Read or
            // Write call. This is sloppy but the test will pass even
            // if we close before the read/write.
            await time.Sleep(20 * time.Millisecond);
            var e = read ? await r.Close() : await w.Close();
            if (e != null)
            {
                t.Error(e);
            }
            closed.Done();
        });

        Memory<byte> b = new byte[limit];
        var (_, err) = read ? await r.Read(b) : await w.Write(b);
        await closed.Wait();
        await (read ? w : r).Close();
        Assert.That(err, Is.TypeOf<PathError>());
        Assert.That(((PathError)err!).Err, Is.SameAs(fs.ErrClosed));
        Assert.That(err.Error(), Is.EqualTo(read ? "read |0: file already closed" : "write |1: file already closed"));
    }

    [Test]
    public Task TestClosedPipeRaceRead() => testing.Run(t => testClosedPipeRace(t, true));

    [Test]
    public Task TestClosedPipeRaceWrite() => testing.Run(t => testClosedPipeRace(t, false));

    // Issue 20915: Reading on nonblocking fd should not return "waiting
    // for unsupported file type." Currently it returns EAGAIN; it is
    // possible that in the future it will simply wait for data.
    // PORT(test): Go reads standard input of a child; here it is a pipe of this process, which NewFile
    // took for a blocking one, as it does with standard input.
    [Test]
    public Task TestReadNonblockingFd() => testing.Run(async () =>
    {
        var p = new int[2];
        Assert.That(syscall.Pipe(p), Is.Null);
        var r = os.NewFile((uintptr)p[0], "reader")!;
        Assert.That(syscall.SetNonblock(p[0], true), Is.Null);
        var (_, err) = await r.Read(new byte[1]);
        await r.Close();
        syscall.Close(p[1]);
        Assert.That(err is PathError pe && pe.Err == syscall.EAGAIN, err?.Error());
    });

    [Test]
    public Task TestCloseWithBlockingReadByNewFile() => testing.Run(async t =>
    {
        var p = new int[2];
        Assert.That(syscall.Pipe(p), Is.Null);
        // os.NewFile returns a blocking mode file.
        await testCloseWithBlockingRead(t, os.NewFile((uintptr)p[0], "reader")!, os.NewFile((uintptr)p[1], "writer")!);
    });

    [Test]
    public Task TestCloseWithBlockingReadByFd() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        // Calling Fd will put the file into blocking mode.
        _ = r.Fd();
        await testCloseWithBlockingRead(t, r, w);
    });

    // Test that we don't let a blocking read prevent a close.
    private static async go testCloseWithBlockingRead(testing.T t, os.File r, os.File w)
    {
        var wg = new sync.WaitGroup();
        var closed = new sync.WaitGroup();
        wg.Add(1);
        closed.Add(1);
        builtin.go(async () =>
        {
            // Give the other goroutine a chance to enter the Read
            // or Write call. This is sloppy but the test will
            // pass even if we close before the read/write.
            await time.Sleep(20 * time.Millisecond);

            if (await r.Close() is { } e)
            {
                t.Error(e);
            }
            closed.Done();
        });
        builtin.go(async () =>
        {
            var (_, err) = await r.Read(new byte[1]);
            if (err == null)
            {
                t.Error("I/O on closed pipe unexpectedly succeeded");
            }
            if (err is PathError pe)
            {
                err = pe.Err;
            }
            if (err != io.EOF && err != fs.ErrClosed)
            {
                t.Error($"got {err?.Error()}, expected EOF or closed");
            }
            wg.Done();
        });

        // r.Close has completed, but the blocking Read
        // is hanging. Close the writer to unblock it.
        await closed.Wait();
        await w.Close();
        await wg.Wait();
    }

    // Issue 24164, for pipes.
    [Test]
    public Task TestPipeEOF() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        await testEOF(t, r, () => w);
    });

    // Issue 24164.
    [Test]
    public Task TestFifoEOF() => testing.Run(async t =>
    {
        var dir = Directory.CreateTempSubdirectory("goport").FullName;
        try
        {
            var fifoName = dir + "/fifo";
            using (var p = System.Diagnostics.Process.Start("mkfifo", ["-m", "600", fifoName]))
            {
                await p.WaitForExitAsync();
                Assert.That(p.ExitCode, Is.Zero);
            }
            // Both opens wait for each other.
            var opened = new sync.WaitGroup();
            opened.Add(1);
            os.File? w = null;
            builtin.go(async () =>
            {
                (w, _) = os.OpenFile(fifoName, os.O_WRONLY, 0);
                opened.Done();
            });
            var (r, err) = os.Open(fifoName);
            Assert.That(err, Is.Null);
            await opened.Wait();
            Assert.That(w, Is.Not.Null);
            // A fifo of OpenFile is served by the poller.
            Assert.That(r!.SetReadDeadline(default), Is.Null);
            await testEOF(t, r, () => w!);
        }
        finally
        {
            Directory.Delete(dir, true);
        }
    });

    private static async go testEOF(testing.T t, os.File r, Func<os.File> writer)
    {
        var wg = new sync.WaitGroup();
        wg.Add(1);
        builtin.go(async () =>
        {
            var w = writer();
            for (var i = 0; i < 3; i++)
            {
                await time.Sleep(10 * time.Millisecond);
                var (_, err) = await w.WriteString($"line {i}\n");
                if (err != null)
                {
                    t.Error(err);
                }
            }
            await time.Sleep(10 * time.Millisecond);
            if (await w.Close() is { } e)
            {
                t.Error(e);
            }
            wg.Done();
        });
        var (data, rerr) = await io.ReadAll(r);
        Assert.That(rerr, Is.Null);
        Assert.That(@string(data), Is.EqualTo("line 0\nline 1\nline 2\n"));
        await wg.Wait();
        Assert.That(await r.Close(), Is.Null);
    }

    // Issue 24481.
    [Test]
    public Task TestFdRace() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        var want = w.pfd.Sysfd;
        var wg = new sync.WaitGroup();
        var bad = new atomic.Int32[1];
        const int tries = 100;
        for (var i = 0; i < tries; i++)
        {
            wg.Add(1);
            builtin.go(async () =>
            {
                if (w.Fd() != (uintptr)want)
                {
                    bad[0].Add(1);
                }
                wg.Done();
            });
        }
        await wg.Wait();
        await r.Close();
        await w.Close();
        Assert.That(bad[0].Load(), Is.Zero);
    });

    [Test]
    public Task TestFdReadRace() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        const int count = 10;

        var c = new sync.WaitGroup();
        var wg = new sync.WaitGroup();
        c.Add(1);
        wg.Add(2);
        builtin.go(async () =>
        {
            r.SetReadDeadline(time.Now().Add(time.Minute));
            c.Done();
            var (_, err) = await r.Read(new byte[count]);
            if (os.IsTimeout(err))
            {
                t.Error("read timed out");
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            await c.Wait();
            // Give the other goroutine a chance to enter the Read.
            // It doesn't matter if this occasionally fails, the test
            // will still pass, it just won't test anything.
            await time.Sleep(10 * time.Millisecond);
            r.Fd();

            // The bug was that Fd would hang until Read timed out.
            // If the bug is fixed, then writing to w and closing r here
            // will cause the Read to exit before the timeout expires.
            await w.Write(new byte[count]);
            await r.Close();
            wg.Done();
        });
        await wg.Wait();
        await w.Close();
    });

    // PORT(test): Go sets a limit of 50 threads; here they are counted.
    [Test]
    public Task TestPipeThreads() => testing.Run(async t =>
    {
        const int threads = 100;
        var r = new os.File[threads];
        var w = new os.File[threads];
        for (var i = 0; i < threads; i++)
        {
            (r[i], w[i]) = pipe();
        }
        var before = Directory.GetDirectories("/proc/self/task").Length;

        var creading = new sync.WaitGroup();
        var cdone = new sync.WaitGroup();
        creading.Add(threads);
        cdone.Add(threads);
        for (var j = 0; j < threads; j++)
        {
            var i = j;
            builtin.go(async () =>
            {
                creading.Done();
                var (_, err) = await r[i].Read(new byte[1]);
                if (err != null)
                {
                    t.Error(err);
                }
                if (await r[i].Close() is { } e)
                {
                    t.Error(e);
                }
                cdone.Done();
            });
        }
        await creading.Wait();
        await time.Sleep(20 * time.Millisecond);
        var after = Directory.GetDirectories("/proc/self/task").Length;
        for (var i = 0; i < threads; i++)
        {
            var (_, err) = await w[i].Write(new byte[] { 0 });
            Assert.That(err, Is.Null);
            Assert.That(await w[i].Close(), Is.Null);
        }
        await cdone.Wait();
        Assert.That(after - before, Is.LessThan(threads / 2));
    });

    [Test]
    public Task TestPipeIOCloseRace() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        var wg = new sync.WaitGroup();
        wg.Add(3);
        builtin.go(async () =>
        {
            for (; ; )
            {
                var (n, err) = await w.Write(bytes("hi"));
                if (err != null)
                {
                    if (!errors.Is(err, os.ErrClosed) && !err.Error().Contains("broken pipe"))
                    {
                        t.Error(err);
                    }
                    break;
                }
                if (n != 2)
                {
                    t.Error($"wrote {n} bytes, expected 2");
                    break;
                }
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            for (; ; )
            {
                var (n, err) = await r.Read(new byte[2]);
                if (err != null)
                {
                    if (err != io.EOF && !errors.Is(err, os.ErrClosed))
                    {
                        t.Error(err);
                    }
                    break;
                }
                if (n != 2)
                {
                    t.Error($"read {n} bytes, want 2");
                }
            }
            wg.Done();
        });
        builtin.go(async () =>
        {
            // Let the other goroutines start. This is just to get
            // a better test, the test will still pass if they
            // don't start.
            await time.Sleep(time.Millisecond);

            if (await r.Close() is { } e1)
            {
                t.Error(e1);
            }
            if (await w.Close() is { } e2)
            {
                t.Error(e2);
            }
            wg.Done();
        });
        await wg.Wait();
    });

    // Test that it's OK to call Close concurrently on a pipe.
    [Test]
    public Task TestPipeCloseRace() => testing.Run(async () =>
    {
        var (r, w) = pipe();
        var wg = new sync.WaitGroup();
        var nils = new atomic.Int32[1];
        var errs = new atomic.Int32[1];
        async go f()
        {
            foreach (var file in new[] { r, w })
            {
                (await file.Close() == null ? nils : errs)[0].Add(1);
            }
            wg.Done();
        }
        wg.Add(2);
        builtin.go(f);
        builtin.go(f);
        await wg.Wait();
        Assert.That((nils[0].Load(), errs[0].Load()), Is.EqualTo((2, 2)));
    });

    // See also issues: 22939, 24331
    private static async go newFileTest(bool blocking)
    {
        var p = new int[2];
        Assert.That(syscall.Pipe(p), Is.Null);

        // Set the read-side to non-blocking.
        if (!blocking)
        {
            Assert.That(syscall.SetNonblock(p[0], true), Is.Null);
        }
        // Convert it to a file.
        var file = os.NewFile((uintptr)p[0], "notapipe")!;

        // PORT(test): Go writes by time.AfterFunc.
        var written = new sync.WaitGroup();
        if (blocking)
        {
            written.Add(1);
            builtin.go(async () =>
            {
                await time.Sleep(100 * time.Millisecond);
                syscall.Write(p[1], "a"u8);
                written.Done();
            });
        }
        var derr = file.SetReadDeadline(time.Now().Add(time.Millisecond));
        var (n, err) = await file.Read(new byte[1]);
        await written.Wait();
        await file.Close();
        syscall.Close(p[1]);
        if (!blocking)
        {
            // We want it to fail with a timeout.
            Assert.That(derr, Is.Null);
            Assert.That(isDeadlineExceeded(err), $"No timeout reading from file: {err?.Error()}");
        }
        else
        {
            // We want it to succeed after 100ms
            Assert.That(derr, Is.SameAs(os.ErrNoDeadline));
            Assert.That((n, err), Is.EqualTo((1, (error?)null)));
        }
    }

    [Test]
    public Task TestNewFileBlock() => testing.Run(() => newFileTest(true));

    [Test]
    public Task TestNewFileNonBlock() => testing.Run(() => newFileTest(false));

    [Test]
    public Task TestRawConnReadWrite() => testing.Run(async t =>
    {
        var (r, w) = pipe();
        var (rconn, rerr) = r.SyscallConn();
        var (wconn, werr) = w.SyscallConn();
        Assert.That((rerr, werr), Is.EqualTo(((error?)null, (error?)null)));

        error? operr = null;
        var done = new sync.WaitGroup();
        done.Add(1);
        // Here the write comes after the read waits: Go's test reads what is there already.
        builtin.go(async () =>
        {
            await time.Sleep(5 * time.Millisecond);
            error? operr1 = null;
            var err1 = await wconn!.Write(s =>
            {
                (_, operr1) = syscall.Write((int)s, "b"u8);
                return operr1 != syscall.EAGAIN;
            });
            if (err1 != null || operr1 != null)
            {
                t.Error(err1 ?? operr1);
            }
            done.Done();
        });
        var n = 0;
        var calls = 0;
        var buf = new byte[1];
        var err = await rconn!.Read(s =>
        {
            calls++;
            (n, operr) = syscall.Read((int)s, buf);
            return operr != syscall.EAGAIN;
        });
        await done.Wait();
        await r.Close();
        await w.Close();
        Assert.That((err, operr), Is.EqualTo(((error?)null, (error?)null)));
        Assert.That((n, buf[0]), Is.EqualTo((1, (byte)'b')));
        Assert.That(calls, Is.GreaterThanOrEqualTo(1));
    });
}
