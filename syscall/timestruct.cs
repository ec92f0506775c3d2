// Ports src/syscall/timestruct.go of go1.20.

namespace golang;

public static partial class syscall
{
    /// <summary>Returns the time in <paramref name="ts"/> in nanoseconds. Go: src/syscall/timestruct.go.</summary>
    public static int64 TimespecToNsec(Timespec ts)
    {
        return ts.Nano();
    }

    /// <summary>Returns <paramref name="nsec"/> nanoseconds as a Timespec, whose Nsec is never negative. Go: src/syscall/timestruct.go.</summary>
    public static Timespec NsecToTimespec(int64 nsec)
    {
        var sec = nsec / 1_000_000_000;
        nsec = nsec % 1_000_000_000;
        if (nsec < 0)
        {
            nsec += 1_000_000_000;
            sec--;
        }
        return setTimespec(sec, nsec);
    }

    /// <summary>Returns the time in <paramref name="tv"/> in nanoseconds. Go: src/syscall/timestruct.go.</summary>
    public static int64 TimevalToNsec(Timeval tv)
    {
        return tv.Nano();
    }

    /// <summary>Returns <paramref name="nsec"/> nanoseconds, rounded up to microseconds, as a Timeval,
    /// whose Usec is never negative. Go: src/syscall/timestruct.go.</summary>
    public static Timeval NsecToTimeval(int64 nsec)
    {
        nsec += 999; // up to the next microsecond
        var usec = nsec % 1_000_000_000 / 1_000;
        var sec = nsec / 1_000_000_000;
        if (usec < 0)
        {
            usec += 1_000_000;
            sec--;
        }
        return setTimeval(sec, usec);
    }
}
