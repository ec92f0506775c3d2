// Ports src/runtime/mprof.go of go1.20: of the profilers' file what shows stacks.
using System.Diagnostics;

namespace golang;

public static partial class runtime
{
    /// <summary>
    /// Formats the stack trace of the calling goroutine into buf, and with all set those of all other
    /// goroutines after it; the world is stopped for that. Go: src/runtime/mprof.go.
    /// </summary>
    /// <param name="buf">Where to; the text is cut off when it is full.</param>
    /// <param name="all">Whether all goroutines are shown.</param>
    /// <returns>The number of bytes written.</returns>
    // PORT(traceback): the trace is what Go gets from pc and sp. PORT(pin)
    public static async go<int> Stack(Memory<byte> buf, bool all)
    {
        if (all)
        {
            await stopTheWorld("stack trace");
        }

        var n = 0;
        if (buf.Length > 0)
        {
            unsafe
            {
                var gp = getg();
                var trace = new StackTrace(true);
                using var pin = buf.Pin();
                using (systemstack())
                {
                    var g0 = getg();
                    // traceback=1 whatever GOTRACEBACK says, so that the results of Stack do not
                    // depend on it: that is for crashes.
                    g0->m->traceback = 1;
                    g0->writebuf = new byteslice { array = (byte*)pin.Pointer, len = 0, cap = buf.Length };
                    goroutineheader(gp);
                    traceback(gp, trace);
                    if (all)
                    {
                        tracebackothers(gp);
                    }
                    g0->m->traceback = 0;
                    n = g0->writebuf.len;
                    g0->writebuf = default;
                }
            }
        }

        if (all)
        {
            startTheWorld();
        }
        return n;
    }
}
