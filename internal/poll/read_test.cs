// Ports src/internal/poll/read_test.go, error_test.go and error_linux_test.go of go1.20.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace golang;

public class read_test
{
    // SpecialFile
    [Test]
    public Task TestRead() => testing.Run(async () =>
    {
        var wg = new sync.WaitGroup();
        var errs = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var files = await specialFiles();
        Assert.That(files, Does.Contain("/dev/null").And.Contain("/proc/stat"));
        foreach (var p in files)
        {
            for (var i = 0; i < 4; i++)
            {
                wg.Add(1);
                builtin.go(async () =>
                {
                    for (var i = 0; i < 100; i++)
                    {
                        var (_, err) = await os.ReadFile(p);
                        if (err != null)
                        {
                            errs.Enqueue(err.Error());
                            break;
                        }
                        await time.Sleep(time.Nanosecond);
                    }
                    wg.Done();
                });
            }
        }
        await wg.Wait();
        Assert.That(errs, Is.Empty);
    });

    private static async go<List<string>> specialFiles()
    {
        string[] ps =
        [
            "/dev/null",
            "/proc/stat",
            "/sys/devices/system/cpu/online",
        ];
        var nps = new List<string>();
        foreach (var p in ps)
        {
            var (f, err) = os.Open(p);
            if (err != null)
            {
                continue;
            }
            await f!.Close();
            nps.Add(p);
        }
        return nps;
    }

    private static (os.File?, error?) badStateFile()
    {
        if (os.Getuid() != 0)
        {
            return (null, errors.New("must be root"));
        }
        // Opening this device is an easy way to a file that the poller serves and that is only half configured.
        return os.OpenFile("/dev/net/tun", os.O_RDWR, 0);
    }

    // ErrNotPollable
    [Test]
    public Task TestReadError() => testing.Run(async () =>
    {
        var (f, err) = badStateFile();
        if (err != null)
        {
            Assert.Ignore(err.Error());
        }
        // Give the scheduler a chance to have two separate goroutines: one that polls and one that waits.
        await time.Sleep(100 * time.Millisecond);

        (_, err) = await f!.Read(new byte[1]);
        await f.Close();
        Assert.That(err, Is.TypeOf<fs.PathError>());
        var e = ((fs.PathError)err!).Err;
        Assert.That(e == poll.ErrNotPollable || e == syscall.EBADFD, e.Error());
    });
}
