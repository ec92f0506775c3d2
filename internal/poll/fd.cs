// Ports src/internal/poll/fd.go of go1.20.

namespace golang;

/// <summary>
/// Package poll does non-blocking I/O on file descriptors with polling: an operation that cannot go on
/// parks its goroutine, never the thread. Packages net and os stand on it; the poller below it is the
/// runtime's, which works hand in hand with the scheduler. (src/internal/poll/fd.go)
/// </summary>
public static partial class poll
{
    /// <summary>
    /// errNetClosing is the type of <see cref="ErrNetClosing"/>. It has the methods of net.Error.
    /// (src/internal/poll/fd.go)
    /// </summary>
    internal readonly struct errNetClosing : error, timeout, temporary
    {
        // The text must never change: for years programs had no other way to recognize this error
        // than to look for it (upstream issue 4373).
        /// <summary>Returns the text of the error.</summary>
        public string Error()
        {
            return "use of closed network connection";
        }

        /// <summary>Reports false: being closed is no timeout.</summary>
        public bool Timeout()
        {
            return false;
        }

        /// <summary>Reports false: trying again does not help.</summary>
        public bool Temporary()
        {
            return false;
        }
    }

    /// <summary>
    /// ErrNetClosing is what every operation on a network descriptor returns once the descriptor has been
    /// closed. (src/internal/poll/fd.go)
    /// </summary>
    // PORT(iface): declared as the interface, so that returning it does not box it each time.
    public static readonly error ErrNetClosing = new errNetClosing();

    /// <summary>
    /// ErrFileClosing is what every operation on a file returns once the file has been closed.
    /// (src/internal/poll/fd.go)
    /// </summary>
    public static readonly error ErrFileClosing = errors.New("use of closed file");

    /// <summary>
    /// ErrNoDeadline is returned when a deadline is set on a file of a type that the poller does not serve.
    /// (src/internal/poll/fd.go)
    /// </summary>
    public static readonly error ErrNoDeadline = errors.New("file type does not support deadline");

    // errClosing chooses the closing error by what the descriptor is.
    internal static error errClosing(bool isFile)
    {
        if (isFile)
        {
            return ErrFileClosing;
        }
        return ErrNetClosing;
    }

    /// <summary>
    /// ErrDeadlineExceeded is returned when a deadline has passed. Package os exports it as
    /// os.ErrDeadlineExceeded. (src/internal/poll/fd.go)
    /// </summary>
    public static readonly error ErrDeadlineExceeded = new DeadlineExceededError();

    /// <summary>
    /// DeadlineExceededError is the type of the error for a deadline that has passed.
    /// (src/internal/poll/fd.go)
    /// </summary>
    public sealed class DeadlineExceededError : error, timeout, temporary
    {
        // The methods of net.Error. The text is the one of the earliest releases: programs compare it.
        /// <summary>Returns the text of the error.</summary>
        public string Error()
        {
            return "i/o timeout";
        }

        /// <summary>Reports true.</summary>
        public bool Timeout()
        {
            return true;
        }

        /// <summary>Reports true: with a later deadline the operation can go on.</summary>
        public bool Temporary()
        {
            return true;
        }
    }

    /// <summary>
    /// ErrNotPollable is returned for a file or socket whose readiness the kernel cannot report.
    /// (src/internal/poll/fd.go)
    /// </summary>
    public static readonly error ErrNotPollable = errors.New("not pollable");

    // consume drops the first n bytes of a slice of byte slices, after a writev.
    // PORT(slice): *[][]byte is a StrongBox, the variable, that holds a Memory, the slice.
    internal static void consume(StrongBox<Memory<Memory<byte>>> v, int64 n)
    {
        while (v.Value.Length > 0)
        {
            var ln0 = (int64)v.Value.Span[0].Length;
            if (ln0 > n)
            {
                v.Value.Span[0] = v.Value.Span[0][(int)n..];
                return;
            }
            n -= ln0;
            v.Value.Span[0] = default;
            v.Value = v.Value[1..];
        }
    }

    /// <summary>
    /// TestHookDidWritev is called after each writev with the number of bytes that it wrote; a hook for
    /// tests. (src/internal/poll/fd.go)
    /// </summary>
    public static Action<int> TestHookDidWritev = (int wrote) => { };
}
