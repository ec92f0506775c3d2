// Tests what a finalizer may use. Go has no such tests: there nothing that a finalizer can reach is freed before.
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace golang;

public class finalizer_test
{
    private sealed class timed
    {
        internal readonly time.Timer timer = time.NewTimer(time.Hour);
    }

    // A finalizer uses a timer that was garbage together with its object. The timer of the runtime must not have
    // become another's.
    [Test]
    public Task TestFinalizerTimer() => testing.Run(async () =>
    {
        var (ran, shared, fired) = (0, false, false);
        make();
        for (var i = 0; Volatile.Read(ref ran) == 0; i++)
        {
            Assert.That(i, Is.LessThan(1000), "the finalizer did not run");
            // What is stopped leaves the heap when the heap is cleaned.
            time.NewTimer(time.Hour).Stop();
            await runtime.GC();
            await time.Sleep(5 * time.Millisecond);
        }
        Assert.That(shared, Is.False, "the timer was freed and used again");
        Assert.That(fired, Is.True);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void make()
        {
            var x = new timed();
            x.timer.Stop();
            runtime.SetFinalizer(x, async x =>
            {
                for (var i = 0; i < 10; i++)
                {
                    // Have the CLR finalize everything that it wants to finalize, and that again.
                    time.NewTimer(time.Hour).Stop();
                    await time.Sleep(time.Millisecond);
                    GC.Collect();
                    GC.WaitForPendingFinalizers();
                }
                unsafe
                {
                    List<time.Timer> keep = [];
                    for (var i = 0; i < 10_000; i++)
                    {
                        keep.Add(time.NewTimer(time.Hour));
                        shared |= keep[i].r!.t == x.timer.r!.t;
                    }
                    keep.ForEach(t => t.Stop());
                }
                x.timer.Reset(time.Millisecond);
                (_, fired) = await x.timer.C!.Recv2();
                Volatile.Write(ref ran, 1);
            });
        }
    });
}
