// Tests that what finds nobody who knows it closes itself. Go has no such test.
using System.IO;
using System.Threading.Tasks;

namespace golang;

public class finalizer_test
{
    // A connection that was dropped closes its descriptor on the finalizer goroutine: not while that is busy with
    // another finalizer.
    [Test]
    public Task TestFinalizerGoroutineCloses() => testing.Run(async () =>
    {
        var (ln, err) = await net.Listen("tcp", "127.0.0.1:0");
        Assert.That(err, Is.Null);
        var (entered, leave) = (builtin.makechan<bool>(0), builtin.makechan<bool>(0));
        busy(entered, leave);
        for (; !entered.selectnbrecv().selected;)
        {
            await runtime.GC();
            await time.Sleep(time.Millisecond);
        }

        var dropped = builtin.makechan<(int, WeakReference)>(1);
        builtin.go(async () =>
        {
            var (c, _) = await net.Dial("tcp", ln!.Addr()!.String());
            var fd = ((net.TCPConn)c!).fd;
            await dropped.Send((fd.pfd.Sysfd, new WeakReference(fd)));
        });
        (var s, err) = await ln!.Accept();
        Assert.That(err, Is.Null);
        var (sysfd, conn) = await dropped.Recv();
        var socket = new FileInfo($"/proc/self/fd/{sysfd}").LinkTarget;
        Assert.That(socket, Does.StartWith("socket:"));
        for (var i = 0; conn.IsAlive; i++)
        {
            Assert.That(i, Is.LessThan(1000), "the connection does not become garbage");
            await runtime.GC();
            await time.Sleep(time.Millisecond);
        }
        // Now all that the CLR calls itself has run.
        GC.WaitForPendingFinalizers();
        Assert.That(new FileInfo($"/proc/self/fd/{sysfd}").LinkTarget, Is.EqualTo(socket));

        await leave.Send(true);
        s!.SetReadDeadline(time.Now().Add(30 * time.Second));
        (_, err) = await s.Read(new byte[1]);
        Assert.That(err, Is.SameAs(io.EOF));
        await s.Close();
        await ln.Close();

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
    });
}
