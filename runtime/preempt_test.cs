// Tests what preemption at awaits gives. Go's tests of asynchronous preemption are in proc_test.go.
using System.Threading;
using System.Threading.Tasks;
using static golang.export_test;
using static golang.runtime;

namespace golang;

public class preempt_test
{
    // With a single P, a goroutine that never parks but awaits calls that have ended starves nobody:
    // not those that are runnable, nor those that wait for a timer, the network, a finalizer, a
    // foreign awaitable, a cycle of the collector, or to stop the world.
    [Test]
    public Task TestPreemptionStarvesNobody() => Run(() => testing.WithGOMAXPROCS(1, async () =>
    {
        var stop = 0;
        int64 turns = 0;
        var hogs = new waitgroup(2);
        for (var i = 0; i < 2; i++)
        {
            builtin.go(async () =>
            {
                while (Volatile.Read(ref stop) == 0)
                {
                    Interlocked.Increment(ref turns);
                    await preempt();
                }
                hogs.Done();
            });
        }
        netpollGenericInit();
        for (var i = 0; i < 3; i++)
        {
            var before = Interlocked.Read(ref turns);
            await timeSleep(1);
            await Gosched();

            var c = newsema(0);
            builtin.go(() => semreleaseg(c));
            await semacquire(c);

            var (r, w, errno) = nonblockingPipe();
            Assert.That(errno, Is.Zero);
            (var pd, errno) = poll_runtime_pollOpen((uintptr)r);
            Assert.That(errno, Is.Zero);
            builtin.go(() =>
            {
                writeone(w);
                return default;
            });
            Assert.That(await poll_runtime_pollWait(pd, 'r'), Is.EqualTo(pollNoError));
            poll_runtime_pollUnblock(pd);
            poll_runtime_pollClose(pd);
            closefd(r);
            closefd(w);

            finalized(c);
            await runtime.GC();
            await semacquire(c);

            await Task.Delay(1);

            await stopTheWorld("test");
            startTheWorld();

            // And they starve neither.
            while (Interlocked.Read(ref turns) == before)
            {
                await Gosched();
            }
        }
        Volatile.Write(ref stop, 1);
        await hogs.Wait();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void finalized(ptr<uint32> c) => SetFinalizer(new object(), _ => semreleaseg(c));

        static unsafe void writeone(int32 w)
        {
            byte b = 1;
            write((uintptr)w, &b, 1);
        }
    }));

    // A stop of the world waits for a goroutine that does not await; those that do stand still
    // meanwhile. One in a system call is not waited for.
    [Test]
    public Task TestStopTheWorldWaits() => Run(() => testing.WithGOMAXPROCS(3, async () =>
    {
        var (computes, stop, stopped, insyscall) = (0, 0, 0, 0);
        var wg = new waitgroup(3);
        // computes
        builtin.go(() =>
        {
            Volatile.Write(ref computes, 1);
            unsafe
            {
                while (!sched->gcwaiting.Load())
                {
                    osyield();
                }
                // Everybody else has stopped, and the world has not.
                while (sched->stopwait != 1)
                {
                    osyield();
                }
            }
            Volatile.Write(ref computes, Volatile.Read(ref stopped) == 0 ? 2 : 3);
            wg.Done();
            return default;
        });
        // awaits
        builtin.go(async () =>
        {
            while (Volatile.Read(ref stop) == 0)
            {
                await preempt();
            }
            wg.Done();
        });
        // is in a system call
        builtin.go(() =>
        {
            entersyscall();
            Volatile.Write(ref insyscall, 1);
            while (Volatile.Read(ref stop) == 0)
            {
                osyield();
            }
            exitsyscall();
            wg.Done();
            return default;
        });
        while (Volatile.Read(ref computes) == 0 || Volatile.Read(ref insyscall) == 0)
        {
            await Gosched();
        }
        await stopTheWorld("test");
        Volatile.Write(ref stopped, 1);
        startTheWorld();
        Volatile.Write(ref stop, 1);
        await wg.Wait();
        Assert.That(computes, Is.EqualTo(2));
    }));
}
