// Ports src/internal/poll/splice_linux_test.go of go1.20.
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading.Tasks;
using static golang.export_linux_test;

namespace golang;

[NonParallelizable]
public class splice_linux_test
{
    private static Action<int>? closeHook;

    // Every pipe that the pool has dropped is closed.
    [Test]
    public Task TestSplicePipePool() => testing.Run(async () =>
    {
        // PORT(test): in Go an init function puts the hook in, for good.
        var closeFunc = poll.CloseFunc;
        poll.CloseFunc = fd =>
        {
            closeHook?.Invoke(fd);
            return closeFunc(fd);
        };

        const int N = 64;
        var allFDs = new List<int>();
        var pendingFDs = new ConcurrentDictionary<int, byte>(); // descriptors that are open

        closeHook = fd => pendingFDs.TryRemove(fd, out _);
        try
        {
            fill();
            Assert.That(allFDs, Has.Count.EqualTo(N).And.Unique);

            var expiredTime = time.Now().Add(time.Minute);

            // Collect again and again, until all pipes of the pool have gone and are closed, or time is up.
            for (; ; )
            {
                await runtime.GC();
                await time.Sleep(10 * time.Millisecond);

                // Are all of them closed?
                var leakedFDs = pendingFDs.Keys;
                if (leakedFDs.Count == 0)
                {
                    break;
                }

                if (time.Now().After(expiredTime))
                {
                    Assert.Fail($"all descriptors: {string.Join(" ", allFDs)}; leaked descriptors: {string.Join(" ", leakedFDs)}");
                }
            }
        }
        finally
        {
            closeHook = null;
            poll.CloseFunc = closeFunc;
        }

        // PORT(test): a function of its own, so that nothing here refers to a pipe when it has returned.
        [MethodImpl(MethodImplOptions.NoInlining)]
        void fill()
        {
            var ps = new List<poll.splicePipe>();
            for (var i = 0; i < N; i++)
            {
                var (p, _, err) = GetPipe();
                if (err != null)
                {
                    Assert.Ignore($"failed to create pipe due to error({err.Error()}), skip this test");
                }
                var (_, pwfd) = GetPipeFds(p!);
                allFDs.Add(pwfd);
                pendingFDs[pwfd] = 0;
                ps.Add(p!);
            }
            foreach (var p in ps)
            {
                PutPipe(p);
            }
        }
    });

    // What is in the pool is what was put there; a pipe that is not empty is closed, and its finalizer does not run.
    [Test]
    public Task TestPutPipe() => testing.Run(async () =>
    {
        var closed = new ConcurrentQueue<int>();
        var (p, sc, err) = GetPipe();
        Assert.That((sc, err), Is.EqualTo(("", (error?)null)));
        var (r, w) = GetPipeFds(p!);
        Assert.That(syscall.Write(w, new byte[3]), Is.EqualTo((3, (error?)null)));
        p!.data = 3;
        var closeFunc = poll.CloseFunc;
        poll.CloseFunc = fd =>
        {
            closed.Enqueue(fd);
            return closeFunc(fd);
        };
        try
        {
            PutPipe(p);
        }
        finally
        {
            poll.CloseFunc = closeFunc;
        }
        Assert.That(closed, Is.EqualTo(new[] { r, w }));
        // There is none to remove, so there is room for another.
        runtime.SetFinalizer(p, static async _ => { });
        runtime.SetFinalizer(p, null);

        // Without a pool.
        var q = NewPipe();
        Assert.That(poll.fcntl(GetPipeFds(q!).Item1, syscall.F_GETFL, 0).Item1 & syscall.O_NONBLOCK, Is.Not.Zero);
        DestroyPipe(q!);
        Assert.That(poll.fcntl(q!.rfd, syscall.F_GETFD, 0).Item2, Is.EqualTo(syscall.EBADF));
    });
}
