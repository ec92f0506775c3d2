// Ports src/os/error.go of go1.20.

namespace golang;

public static partial class os
{
    // What some errors of system calls have in common everywhere, for errors.Is.

    /// <summary>An invalid argument: "invalid argument".</summary>
    public static readonly error ErrInvalid = fs.ErrInvalid;

    /// <summary>"permission denied"</summary>
    public static readonly error ErrPermission = fs.ErrPermission;

    /// <summary>"file already exists"</summary>
    public static readonly error ErrExist = fs.ErrExist;

    /// <summary>"file does not exist"</summary>
    public static readonly error ErrNotExist = fs.ErrNotExist;

    /// <summary>"file already closed"</summary>
    public static readonly error ErrClosed = fs.ErrClosed;

    /// <summary>"file type does not support deadline"</summary>
    public static readonly error ErrNoDeadline = errNoDeadline();

    /// <summary>"i/o timeout"</summary>
    public static readonly error ErrDeadlineExceeded = errDeadlineExceeded();

    internal static error errNoDeadline()
    {
        return poll.ErrNoDeadline;
    }

    // errDeadlineExceeded gives the value of ErrDeadlineExceeded. It is internal/poll's, which net uses too: so an
    // exceeded deadline of a net.Conn is os.ErrDeadlineExceeded, as net.Conn says, without more work in net, and
    // without internal/poll importing os, which would be a circle.
    internal static error errDeadlineExceeded()
    {
        return poll.ErrDeadlineExceeded;
    }

    // The interface timeout is go.timeout. PathError is fs.PathError.

    /// <summary>An error of a certain system call. Ports src/os/error.go.</summary>
    public sealed class SyscallError : error, unwrapper, timeout
    {
        /// <summary>The name of the call.</summary>
        public string Syscall;

        /// <summary>What went wrong.</summary>
        public error Err;

        /// <summary>Makes one.</summary>
        public SyscallError(string Syscall, error Err)
        {
            this.Syscall = Syscall;
            this.Err = Err;
        }

        /// <summary>Gives the call and the error.</summary>
        public string Error()
        {
            return Syscall + ": " + Err.Error();
        }

        /// <summary>Gives Err.</summary>
        public error? Unwrap()
        {
            return Err;
        }

        /// <summary>Reports whether Err is a timeout.</summary>
        public bool Timeout()
        {
            return Err is timeout t && t.Timeout();
        }

        /// <summary>The same as Error.</summary>
        public override string ToString()
        {
            return Error();
        }
    }

    /// <summary>Makes a SyscallError; null when err is null. Ports src/os/error.go.</summary>
    /// <param name="syscall">The name of the call.</param>
    /// <param name="err">What went wrong, or null.</param>
    public static error? NewSyscallError(string syscall, error? err)
    {
        if (err == null)
        {
            return null;
        }
        return new SyscallError(syscall, err);
    }

    /// <summary>
    /// Reports whether err says that a file or directory exists already. For errors of this package only; new
    /// code uses errors.Is(err, fs.ErrExist). Ports src/os/error.go.
    /// </summary>
    /// <param name="err">The error, or null.</param>
    public static bool IsExist(error? err)
    {
        return underlyingErrorIs(err, ErrExist);
    }

    /// <summary>
    /// Reports whether err says that a file or directory does not exist. For errors of this package only; new
    /// code uses errors.Is(err, fs.ErrNotExist). Ports src/os/error.go.
    /// </summary>
    /// <param name="err">The error, or null.</param>
    public static bool IsNotExist(error? err)
    {
        return underlyingErrorIs(err, ErrNotExist);
    }

    /// <summary>
    /// Reports whether err says that permission is denied. For errors of this package only; new code uses
    /// errors.Is(err, fs.ErrPermission). Ports src/os/error.go.
    /// </summary>
    /// <param name="err">The error, or null.</param>
    public static bool IsPermission(error? err)
    {
        return underlyingErrorIs(err, ErrPermission);
    }

    /// <summary>
    /// Reports whether err says that something timed out. What that means is not always clear: EWOULDBLOCK
    /// sometimes is a timeout and sometimes not. New code uses errors.Is with the value that fits the call, such
    /// as os.ErrDeadlineExceeded. Ports src/os/error.go.
    /// </summary>
    /// <param name="err">The error, or null.</param>
    public static bool IsTimeout(error? err)
    {
        return underlyingError(err) is timeout terr && terr.Timeout();
    }

    internal static bool underlyingErrorIs(error? err, error target)
    {
        // Not errors.Is: underlyingError takes apart only the types that it always did, not everything that has
        // Unwrap.
        err = underlyingError(err);
        // PORT(errno): Equals, which compares numbers.
        if (Equals(err, target))
        {
            return true;
        }
        // As it always was, only errors of system calls are asked.
        return err is syscallErrorType e && e.Is(target);
    }

    // underlyingError gives the error inside one of os's error types.
    internal static error? underlyingError(error? err)
    {
        switch (err)
        {
            case PathError e:
                return e.Err;
            case LinkError e:
                return e.Err;
            case SyscallError e:
                return e.Err;
        }
        return err;
    }
}
