// Tests what a finalizer may use. Go has no such tests: there nothing that a finalizer can reach is freed before.
using System.Collections.Generic;
using System.Threading.Tasks;

namespace golang;

public class finalizer_test
{
    private sealed class locked
    {
        internal readonly sync.Mutex mu = new();
        internal readonly sync.RWMutex rw = new();
        internal readonly sync.Cond cond = sync.NewCond(new sync.Mutex());

        // words are where the goroutines wait that use this.
        internal unsafe List<uintptr> words => [(uintptr)mu.sema.addr, (uintptr)rw.readerSem.addr, (uintptr)rw.writerSem.addr, cond.notify.p];
    }

    // A finalizer, and a goroutine that it starts, use locks that were garbage together with their object. The words
    // of these locks must not have become those of others.
    [Test]
    public Task TestFinalizerLocks() => testing.Run(async () =>
    {
        var done = builtin.makechan<bool>(1);
        make(done);
        for (var i = 0; ; i++)
        {
            await runtime.GC();
            var (received, ok, _) = done.selectnbrecv();
            if (received)
            {
                Assert.That(ok, Is.True, "a word was freed and used again");
                return;
            }
            Assert.That(i, Is.LessThan(1000), "the finalizer did not run");
            await time_Sleep();
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void make(chan<bool> done)
        {
            runtime.SetFinalizer(new locked(), async x =>
            {
                // Have the CLR finalize everything that it wants to finalize.
                GC.WaitForPendingFinalizers();
                var (shared, keep) = (false, new List<object>());
                for (var i = 0; i < 10_000; i++)
                {
                    var y = new locked();
                    keep.Add(y);
                    shared |= y.words.Exists(x.words.Contains);
                }
                GC.KeepAlive(keep);
                // And they work.
                await x.mu.Lock();
                await x.rw.Lock();
                await x.cond.L.Lock();
                builtin.go(async () =>
                {
                    await x.mu.Lock();
                    await x.rw.RLock();
                    await x.cond.L.Lock();
                    x.cond.Signal();
                    x.cond.L.Unlock();
                });
                await runtime.Gosched();
                x.mu.Unlock();
                await runtime.Gosched();
                x.rw.Unlock();
                await x.cond.Wait();
                await done.Send(!shared);
            });
        }

        static async go time_Sleep() => await Task.Delay(5);
    });
}
