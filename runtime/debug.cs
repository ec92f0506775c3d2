// Ports src/runtime/debug.go of go1.20.
namespace golang;

public static partial class runtime
{
    /// <summary>
    /// Sets the number of Ps, which is how many threads run goroutines at the same time.
    /// It stops the world for that. Go: src/runtime/debug.go.
    /// </summary>
    /// <param name="n">The new number; less than 1 changes nothing.</param>
    /// <returns>The number before.</returns>
    public static async go<int> GOMAXPROCS(int n)
    {
        // PORT(goos): wasm
        int ret;
        unsafe
        {
            @lock(&sched->@lock);
            ret = (int)gomaxprocs;
            unlock(&sched->@lock);
        }
        if (n <= 0 || n == ret)
        {
            return ret;
        }

        await stopTheWorldGC("GOMAXPROCS");

        // startTheWorld will act on newprocs
        newprocs = (int32)n;

        startTheWorldGC();
        return ret;
    }

    /// <summary>The number of logical CPUs that the process could use when it started. Go: src/runtime/debug.go.</summary>
    /// <returns>The number.</returns>
    public static int NumCPU()
    {
        return (int)ncpu;
    }

    /// <summary>The number of calls from Go to C by cgo. Go: src/runtime/debug.go.</summary>
    /// <returns>0.</returns>
    public static int64 NumCgoCall()
    {
        int64 n = 0; // PORT(cgo): there are no such calls, so neither ncgocall nor m.ncgocall has anything to count.
        return n;
    }

    /// <summary>The number of goroutines that exist. Go: src/runtime/debug.go.</summary>
    /// <returns>The number, without those of the runtime itself.</returns>
    public static int NumGoroutine()
    {
        return (int)gcount();
    }
}
