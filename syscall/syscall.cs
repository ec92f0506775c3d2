// Ports src/syscall/syscall.go of go1.20.

using System.Text;

namespace golang;

/// <summary>
/// The system calls of the kernel and the types that they take, as far as the packages of this port need them.
/// Programs had better use os, net and time. A call that succeeds returns a null err; otherwise err says why it
/// failed, in general by an Errno. Go: src/syscall/syscall.go.
/// </summary>
public static partial class syscall
{
    /// <summary>Returns the bytes of <paramref name="s"/> (UTF-8) with a NUL behind them.
    /// err is EINVAL, and a is null, when s itself has a NUL in it. Go: src/syscall/syscall.go.</summary>
    public static (byte[]? a, error? err) ByteSliceFromString(string s)
    {
        // PORT(utf8): a Go string is bytes; here its UTF-16 is encoded.
        if (s.Contains('\0'))
        {
            return (null, errEINVAL);
        }
        var a = new byte[Encoding.UTF8.GetByteCount(s) + 1];
        Encoding.UTF8.GetBytes(s, a);
        return (a, null);
    }

    /// <summary>Returns an array that holds the bytes of <paramref name="s"/> (UTF-8) and a NUL, to be pinned by the caller.
    /// err is EINVAL, and p is null, when s itself has a NUL in it. Go: src/syscall/syscall.go.</summary>
    public static (byte[]? p, error? err) BytePtrFromString(string s)
    {
        // PORT(pin): Go returns the address of the first byte; an array of the CLR may move until it is pinned.
        var (a, err) = ByteSliceFromString(s);
        if (err != null)
        {
            return (null, err);
        }
        return (a, null);
    }

    // One zero word: the valid address that an empty buffer is passed with.
    internal static readonly unsafe uintptr* _zero = (uintptr*)NativeMemory.AllocZeroed((uintptr)sizeof(uintptr));

    public partial struct Timespec
    {
        /// <summary>Returns the time as seconds and nanoseconds. Go: src/syscall/syscall.go.</summary>
        public readonly (int64 sec, int64 nsec) Unix()
        {
            return (Sec, Nsec);
        }
    }

    public partial struct Timeval
    {
        /// <summary>Returns the time as seconds and nanoseconds. Go: src/syscall/syscall.go.</summary>
        public readonly (int64 sec, int64 nsec) Unix()
        {
            return (Sec, Usec * 1000);
        }
    }

    public partial struct Timespec
    {
        /// <summary>Returns the time in nanoseconds. Go: src/syscall/syscall.go.</summary>
        public readonly int64 Nano()
        {
            return Sec * 1_000_000_000 + Nsec;
        }
    }

    public partial struct Timeval
    {
        /// <summary>Returns the time in nanoseconds. Go: src/syscall/syscall.go.</summary>
        public readonly int64 Nano()
        {
            return Sec * 1_000_000_000 + Usec * 1000;
        }
    }

    // PORT(runtime): Getpagesize, Exit and the two below have their bodies in Go's runtime package, in files that are not ported.

    /// <summary>Returns the size of a page of memory in bytes. Go: src/syscall/syscall.go.</summary>
    // PORT(runtime)
    public static int Getpagesize()
    {
        return Environment.SystemPageSize;
    }

    /// <summary>Ends the process at once with the status <paramref name="code"/>; nothing deferred runs. Go: src/syscall/syscall.go.</summary>
    // PORT(runtime)
    [System.Diagnostics.CodeAnalysis.DoesNotReturn]
    public static void Exit(int code)
    {
        for (; ; )
        {
            RawSyscall(SYS_EXIT_GROUP, (uintptr)code, 0, 0);
        }
    }

    // Keep the environment that the rest of the process sees in step with ours.
    // PORT(runtime)
    internal static void runtimeSetenv(string k, string v)
    {
        Environment.SetEnvironmentVariable(k, v);
    }

    // PORT(runtime)
    internal static void runtimeUnsetenv(string k)
    {
        Environment.SetEnvironmentVariable(k, null);
    }
}
