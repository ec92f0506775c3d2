// Not from Go: the runtime in somebody else's process, goroutines from other threads, and
// awaitables that are not the port's. Everything in it is PORT(asm).
using System.Threading;
using System.Threading.Tasks;

namespace golang;

internal sealed partial class stack
{
    // setawaitable says with which awaitable the goroutine will park.
    internal void setawaitable(object awaiter)
    {
        rest ??= new();
        rest.onCompleted = awaiter is ICriticalNotifyCompletion critical ? critical.UnsafeOnCompleted : ((INotifyCompletion)awaiter).OnCompleted;
    }

    // register hands the awaitable the continuation.
    internal unsafe void register(runtime.g* gp)
    {
        var r = rest!;
        var onCompleted = r.onCompleted!;
        r.onCompleted = null;
        onCompleted(new continuation(gp).run);
    }

    // continuation is what an awaitable gets: it makes the goroutine ready, from any thread. The awaitable may keep
    // it for ever, while the goroutine awaits something else and others use its g. So each await has one of its own,
    // and that does something once.
    private sealed unsafe class continuation(runtime.g* gp)
    {
        private int ran;

        internal void run()
        {
            if (Interlocked.Exchange(ref ran, 1) != 0)
            {
                throw new InvalidOperationException("an awaitable has called its continuation more than once");
            }
            runtime.foreignready(gp);
        }
    }
}

public static partial class runtime
{
    // rt0ready is set by main when other threads may start goroutines.
    internal static readonly ManualResetEventSlim rt0ready = new();

    // libinit starts the runtime inside a process with a life of its own: a thread that is
    // nobody else's becomes m0, as Go's rt0_lib does for a shared library.
    internal static void libinit()
    {
        if (rt0ready.IsSet)
        {
            return;
        }
        if (Interlocked.Exchange(ref rt0started, 1) == 0)
        {
            islibrary = true;
            new Thread(rt0) { IsBackground = true, Name = "m0" }.Start();
        }
        rt0ready.Wait();
    }

    // foreignwait counts the goroutines that wait for somebody else's awaitable.
    internal static atomic.Int32 foreignwait;

    // foreignawait parks the goroutine until the awaitable in its stack object is done. The
    // continuation is registered by the park's unlockf, on g0: registered earlier, it could
    // make the goroutine ready while it is still on this thread's stack.
    internal static unsafe void foreignawait()
    {
        foreignwait.Add(1);
#pragma warning disable GO001 // It is called in an await, by which the chain is put away already.
        gopark(&foreigncommit, null, waitReasonForeign, traceEvGoBlock, 1);
#pragma warning restore GO001
    }

    private static unsafe bool foreigncommit(g* gp, void* _)
    {
        stack.of(gp->sched.stk).register(gp);
        return true;
    }

    // foreignready makes a goroutine ready on behalf of an awaitable, on any thread.
    internal static unsafe void foreignready(g* gp)
    {
        var borrowed = getg() == null;
        if (borrowed)
        {
            needm();
        }
        using (systemstack())
        {
            gList list = default;
            list.push(gp);
            // Before the goroutine can run; until it is on a queue this M, which runs, keeps
            // checkdead from a false alarm.
            foreignwait.Add(-1);
            injectglist(&list);
        }
        if (borrowed)
        {
            dropm();
        }
    }

    internal static InvalidOperationException notOnGoroutine() =>
        new("not on a goroutine: a function that can park must be called, and awaited, on one; start it with go(...) or runtime.Run(...)");

    /// <summary>Runs fn on a new goroutine, from any thread, and starts the runtime in this process if needed.</summary>
    /// <param name="fn">The function.</param>
    /// <param name="creator">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task that ends when fn has returned, with what fn threw if it threw; cancelled if fn called Goexit.</returns>
    public static Task Run(Func<go> fn, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        return Run(async () => { await fn(); return true; }, creator, file, line);
    }

    /// <summary>Runs fn on a new goroutine, from any thread, and starts the runtime in this process if needed.</summary>
    /// <typeparam name="T">What fn returns.</typeparam>
    /// <param name="fn">The function.</param>
    /// <param name="creator">Filled in by the compiler.</param>
    /// <param name="file">Filled in by the compiler.</param>
    /// <param name="line">Filled in by the compiler.</param>
    /// <returns>A task that ends when fn has returned, with its result or what it threw.</returns>
    public static Task<T> Run<T>(Func<go<T>> fn, [CallerMemberName] string creator = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        newproc(async () =>
        {
            T r;
            try
            {
                r = await fn();
            }
            catch (GoexitException)
            {
                done.SetCanceled();
                throw;
            }
            catch (Exception e)
            {
                done.SetException(e);
                return;
            }
            done.SetResult(r);
        }, creator, file, line);
        return done.Task;
    }
}
