// Tests that what finds nobody who knows it closes itself. Go has no such test.
using System.Threading.Tasks;

namespace golang;

public class finalizer_test
{
    // A File that was dropped closes its descriptor on the finalizer goroutine: not while that is busy with another
    // finalizer.
    [Test]
    public Task TestFinalizerGoroutineCloses() => testing.Run(async () =>
    {
        var (entered, leave) = (builtin.makechan<bool>(0), builtin.makechan<bool>(0));
        busy(entered, leave);
        for (; !entered.selectnbrecv().selected;)
        {
            await runtime.GC();
            await time.Sleep(time.Millisecond);
        }

        var (r, sysfd, file) = drop();
        var pipe = new System.IO.FileInfo($"/proc/self/fd/{sysfd}").LinkTarget;
        Assert.That(pipe, Does.StartWith("pipe:"));
        for (var i = 0; file.IsAlive; i++)
        {
            Assert.That(i, Is.LessThan(1000), "the file does not become garbage");
            await runtime.GC();
            await time.Sleep(time.Millisecond);
        }
        // Now all that the CLR calls itself has run.
        GC.WaitForPendingFinalizers();
        Assert.That(new System.IO.FileInfo($"/proc/self/fd/{sysfd}").LinkTarget, Is.EqualTo(pipe));

        await leave.Send(true);
        r.SetReadDeadline(time.Now().Add(30 * time.Second));
        var (_, err) = await r.Read(new byte[1]);
        Assert.That(err, Is.SameAs(io.EOF));
        await r.Close();

        // The finalizer goroutine will be busy between entered and leave.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static void busy(chan<bool> entered, chan<bool> leave)
        {
            runtime.SetFinalizer(new object(), async _ =>
            {
                await entered.Send(true);
                await leave.Recv();
            });
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (os.File r, int sysfd, WeakReference file) drop()
        {
            var (r, w, err) = os.Pipe();
            Assert.That(err, Is.Null);
            return (r!, w!.pfd.Sysfd, new WeakReference(w.file));
        }
    });
}
