// Ports src/os/proc.go of go1.20.

namespace golang;

// Processes.
public static partial class os
{
    /// <summary>The arguments of the command line, the name of the program first. Ports src/os/proc.go.</summary>
    public static string[] Args = runtime_args();

    // PORT(args): the CLR has the command line; Go's runtime got it from the kernel.
    internal static string[] runtime_args()
    {
        return Environment.GetCommandLineArgs();
    }

    /// <summary>Gives the user id of the caller. Ports src/os/proc.go.</summary>
    public static int Getuid()
    {
        return syscall.Getuid();
    }

    /// <summary>Gives the effective user id of the caller. Ports src/os/proc.go.</summary>
    public static int Geteuid()
    {
        return syscall.Geteuid();
    }

    /// <summary>Gives the group id of the caller. Ports src/os/proc.go.</summary>
    public static int Getgid()
    {
        return syscall.Getgid();
    }

    /// <summary>Gives the effective group id of the caller. Ports src/os/proc.go.</summary>
    public static int Getegid()
    {
        return syscall.Getegid();
    }

    /// <summary>
    /// Ends the program at once with the given status, 0 for success; nothing that was deferred runs. The status
    /// should be in [0, 125]. Ports src/os/proc.go.
    /// </summary>
    /// <param name="code">The status.</param>
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void Exit(int code)
    {
        // PORT(testlog): a panic for Exit(0) in a test

        // Tell the runtime of it: with the race detector or coverage it has something to do then.
        runtime_beforeExit(null, code);

        syscall.Exit(code);
    }

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "os_beforeExit")]
    internal static extern void runtime_beforeExit([UnsafeAccessorType("golang.runtime, runtime")] object? _, int exitCode);
}
