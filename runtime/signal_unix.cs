// Ports src/runtime/signal_unix.go of go1.20: of the signals, SIGQUIT.
using System.Threading;

namespace golang;

public static partial class runtime
{
    // The registration of the handler; it must not be collected.
    private static PosixSignalRegistration? sigquit;

    // initsig installs the signal handlers.
    //
    // PORT(signal): the CLR owns the signals. It hands SIGQUIT on, on a thread of its own pool,
    // which no goroutine ever runs on.
    internal static void initsig(bool preinit)
    {
        // A library leaves the signals of its host alone.
        if ((isarchive || islibrary) && !preinit)
        {
            return;
        }

        // Only SIGHUP and SIGINT stay ignored if the parent ignores them; the CLR would leave
        // this one ignored too.
        signal(_SIGQUIT, 0);
        sigquit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, context =>
        {
            context.Cancel = true;
            sigtrampgo("SIGQUIT: quit");
        });
    }

    private const int _SIGQUIT = 3;

    // PORT(signal)
    [DllImport("libc")]
    private static extern uintptr signal(int sig, uintptr handler);

    // sigtrampgo is where a handler comes in: PORT(signal): on a thread that has no m.
    private static unsafe void sigtrampgo(string sig)
    {
        needm();
        sighandler(sig, getg());
    }

    // sighandler is left of Go's for a signal that is to end the process with a traceback
    // (_SigThrow), which SIGQUIT is.
    // PORT(signal)
    private static unsafe void sighandler(string sig, g* gp)
    {
        var mp = gp->m;
        mp->throwing = throwType.throwTypeRuntime;

        startpanic_m();

        print(sig, "\n");

        // PORT(signal): no PC: what the signal interrupted is not known. The code is the one
        // of a signal that a process sent.
        print("PC=", hex(0), " m=", mp->id, " sigcode=", 0, "\n");
        print("\n");

        var (level, _, docrash) = gotraceback();
        if (level > 0)
        {
            goroutineheader(gp);
            tracebackothers(gp);
            print("\n");
            // PORT(signal): no registers.
        }

        if (docrash)
        {
            crash();
        }

        exit(2);
    }
}
