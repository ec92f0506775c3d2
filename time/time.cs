// Ports src/time/time.go of go1.20.

namespace golang;

/// <summary>Package time: instants, durations and sleeping. Ports src/time as far as deadlines use it.</summary>
public static partial class time
{
    /// <summary>
    /// An instant, with nanosecond precision. The value of Now carries a reading of the wall clock and one of
    /// the monotonic clock: comparisons and subtractions of two such values use the monotonic one, so that a
    /// change of the wall clock does not move them. The zero value is January 1, year 1, 00:00:00 UTC;
    /// IsZero recognises it. Compare instants with Equal. Ports src/time/time.go.
    /// </summary>
    public partial struct Time
    {
        // wall and ext hold the wall time's seconds and nanoseconds and perhaps a monotonic reading.
        //
        // wall, from the top: one bit hasMonotonic, 33 bits of seconds, 30 bits of nanoseconds
        // in [0, 999999999].
        // Without hasMonotonic the 33 bits are zero, and ext is the full signed count of seconds since
        // January 1, year 1. With it they count the seconds since January 1, 1885, unsigned, and ext is the
        // signed monotonic reading: nanoseconds since the process started.
        internal uint64 wall;
        internal int64 ext;

        // PORT(location): no loc field. Nothing of the port presents a time as a date.

        internal Time(uint64 wall, int64 ext)
        {
            this.wall = wall;
            this.ext = ext;
        }

        // The helpers below take Go's pointer receiver: this is a ref. Methods with Go's value receiver are
        // readonly, or work on a copy.

        // nsec is the nanoseconds of the time.
        internal readonly int32 nsec()
        {
            return (int32)(wall & nsecMask);
        }

        // sec is the time's seconds since January 1, year 1.
        internal readonly int64 sec()
        {
            if ((wall & hasMonotonic) != 0)
            {
                return wallToInternal + (int64)(wall << 1 >> (nsecShift + 1));
            }
            return ext;
        }

        // unixSec is the time's seconds since January 1, 1970.
        internal readonly int64 unixSec()
        {
            return sec() + internalToUnix;
        }

        // addSec moves the time by d seconds.
        internal void addSec(int64 d)
        {
            if ((wall & hasMonotonic) != 0)
            {
                var sec = (int64)(wall << 1 >> (nsecShift + 1));
                var dsec = sec + d;
                if (0 <= dsec && dsec <= (1L << 33) - 1)
                {
                    wall = wall & nsecMask | (uint64)dsec << nsecShift | hasMonotonic;
                    return;
                }
                // The seconds no longer fit into the packed field: they go to ext.
                stripMono();
            }

            // The sum may overflow: then it stays at the limit.
            var sum = ext + d;
            if ((sum > ext) == (d > 0))
            {
                ext = sum;
            }
            else if (d > 0)
            {
                ext = int64.MaxValue; // 1<<63 - 1
            }
            else
            {
                ext = -int64.MaxValue; // -(1<<63 - 1)
            }
        }

        // stripMono takes the monotonic reading out of the time.
        internal void stripMono()
        {
            if ((wall & hasMonotonic) != 0)
            {
                ext = sec();
                wall &= nsecMask;
            }
        }

        // setMono sets the monotonic reading. It does nothing when the wall time is outside the range of the
        // packed seconds.
        internal void setMono(int64 m)
        {
            if ((wall & hasMonotonic) == 0)
            {
                var sec = ext;
                if (sec < minWall || maxWall < sec)
                {
                    return;
                }
                wall |= hasMonotonic | (uint64)(sec - minWall) << nsecShift;
            }
            ext = m;
        }

        // mono is the monotonic reading, 0 when there is none. Only tests call it, so it does not matter that
        // 0 could be a reading too.
        internal readonly int64 mono()
        {
            if ((wall & hasMonotonic) == 0)
            {
                return 0;
            }
            return ext;
        }

        /// <summary>Reports whether this instant is after u. Ports src/time/time.go.</summary>
        /// <param name="u">The other instant.</param>
        public readonly bool After(Time u)
        {
            if ((wall & u.wall & hasMonotonic) != 0)
            {
                return ext > u.ext;
            }
            var ts = sec();
            var us = u.sec();
            return ts > us || ts == us && nsec() > u.nsec();
        }

        /// <summary>Reports whether this instant is before u. Ports src/time/time.go.</summary>
        /// <param name="u">The other instant.</param>
        public readonly bool Before(Time u)
        {
            if ((wall & u.wall & hasMonotonic) != 0)
            {
                return ext < u.ext;
            }
            var ts = sec();
            var us = u.sec();
            return ts < us || ts == us && nsec() < u.nsec();
        }

        /// <summary>Gives -1 when this instant is before u, +1 when it is after u, 0 when they are the same. Ports src/time/time.go.</summary>
        /// <param name="u">The other instant.</param>
        public readonly int Compare(Time u)
        {
            int64 tc, uc;
            if ((wall & u.wall & hasMonotonic) != 0)
            {
                (tc, uc) = (ext, u.ext);
            }
            else
            {
                (tc, uc) = (sec(), u.sec());
                if (tc == uc)
                {
                    (tc, uc) = (nsec(), u.nsec());
                }
            }
            if (tc < uc)
            {
                return -1;
            }
            if (tc > uc)
            {
                return +1;
            }
            return 0;
        }

        /// <summary>Reports whether this and u are the same instant. Ports src/time/time.go.</summary>
        /// <param name="u">The other instant.</param>
        public readonly bool Equal(Time u)
        {
            if ((wall & u.wall & hasMonotonic) != 0)
            {
                return ext == u.ext;
            }
            return sec() == u.sec() && nsec() == u.nsec();
        }

        /// <summary>Reports whether this is the zero time: January 1, year 1, 00:00:00 UTC. Ports src/time/time.go.</summary>
        public readonly bool IsZero()
        {
            return sec() == 0 && nsec() == 0;
        }

        /// <summary>Gives the nanoseconds within the second, in [0, 999999999]. Ports src/time/time.go.</summary>
        public readonly int Nanosecond()
        {
            return nsec();
        }
    }

    internal const uint64 hasMonotonic = 1UL << 63;
    internal const int64 maxWall = wallToInternal + ((1L << 33) - 1); // year 2157
    internal const int64 minWall = wallToInternal; // year 1885
    internal const uint64 nsecMask = (1UL << 30) - 1;
    internal const int nsecShift = 30;

    internal const int64 unixToInternal = (1969 * 365 + 1969 / 4 - 1969 / 100 + 1969 / 400) * (int64)secondsPerDay;
    internal const int64 internalToUnix = -unixToInternal;

    internal const int64 wallToInternal = (1884 * 365 + 1884 / 4 - 1884 / 100 + 1884 / 400) * (int64)secondsPerDay;

    /// <summary>
    /// The time between two instants in nanoseconds, as an int64: at most about 290 years.
    /// It converts from and to int64. Ports src/time/time.go.
    /// </summary>
    public readonly partial struct Duration : IEquatable<Duration>, IComparable<Duration>
    {
        internal readonly int64 ns;

        internal Duration(int64 ns)
        {
            this.ns = ns;
        }

        // PORT(int64type): Go's Duration is an int64 by another name. Here a struct around one has the
        // conversions and the operators that Go gives such a type.

        /// <summary>Makes a Duration of nanoseconds.</summary>
        public static implicit operator Duration(int64 ns)
        {
            return new Duration(ns);
        }

        /// <summary>Gives the nanoseconds.</summary>
        public static implicit operator int64(Duration d)
        {
            return d.ns;
        }

        /// <summary>The sum; it wraps around.</summary>
        public static Duration operator +(Duration a, Duration b)
        {
            return new Duration(unchecked(a.ns + b.ns));
        }

        /// <summary>The difference; it wraps around.</summary>
        public static Duration operator -(Duration a, Duration b)
        {
            return new Duration(unchecked(a.ns - b.ns));
        }

        /// <summary>The negative; it wraps around.</summary>
        public static Duration operator -(Duration a)
        {
            return new Duration(unchecked(-a.ns));
        }

        /// <summary>The product of the two counts; it wraps around.</summary>
        public static Duration operator *(Duration a, Duration b)
        {
            return new Duration(unchecked(a.ns * b.ns));
        }

        /// <summary>The quotient of the two counts, towards zero.</summary>
        public static Duration operator /(Duration a, Duration b)
        {
            return new Duration(a.ns / b.ns);
        }

        /// <summary>The remainder of the two counts, with the sign of a.</summary>
        public static Duration operator %(Duration a, Duration b)
        {
            return new Duration(a.ns % b.ns);
        }

        /// <summary>Whether the counts are equal.</summary>
        public static bool operator ==(Duration a, Duration b)
        {
            return a.ns == b.ns;
        }

        /// <summary>Whether the counts differ.</summary>
        public static bool operator !=(Duration a, Duration b)
        {
            return a.ns != b.ns;
        }

        /// <summary>Whether a is shorter than b.</summary>
        public static bool operator <(Duration a, Duration b)
        {
            return a.ns < b.ns;
        }

        /// <summary>Whether a is longer than b.</summary>
        public static bool operator >(Duration a, Duration b)
        {
            return a.ns > b.ns;
        }

        /// <summary>Whether a is not longer than b.</summary>
        public static bool operator <=(Duration a, Duration b)
        {
            return a.ns <= b.ns;
        }

        /// <summary>Whether a is not shorter than b.</summary>
        public static bool operator >=(Duration a, Duration b)
        {
            return a.ns >= b.ns;
        }

        /// <summary>Whether the counts are equal.</summary>
        public bool Equals(Duration other)
        {
            return ns == other.ns;
        }

        /// <summary>Compares the counts.</summary>
        public int CompareTo(Duration other)
        {
            return ns.CompareTo(other.ns);
        }

        /// <summary>Whether obj is a Duration with the same count.</summary>
        public override bool Equals(object? obj)
        {
            return obj is Duration d && d.ns == ns;
        }

        /// <summary>The hash code of the count.</summary>
        public override int GetHashCode()
        {
            return ns.GetHashCode();
        }

        /// <summary>The same as String.</summary>
        public override string ToString()
        {
            return String();
        }

        /// <summary>
        /// Gives the duration in the form 72h3m0.5s. Leading units that are zero are left out, and less than
        /// a second takes the unit (ms, µs or ns) that makes the first digit non-zero; zero is 0s.
        /// Ports src/time/time.go.
        /// </summary>
        public string String()
        {
            // The longest is 2540400h10m10.000000000s.
            // PORT(utf16): characters, not bytes: the micro sign takes one place, not two.
            Span<char> buf = stackalloc char[32];
            var w = buf.Length;

            var u = (uint64)ns;
            var neg = ns < 0;
            if (neg)
            {
                u = unchecked(0 - u);
            }

            if (u < (uint64)(int64)Second)
            {
                // Less than a second: a smaller unit, as in 1.2ms.
                int prec;
                w--;
                buf[w] = 's';
                w--;
                if (u == 0)
                {
                    return "0s";
                }
                else if (u < (uint64)(int64)Microsecond)
                {
                    // nanoseconds
                    prec = 0;
                    buf[w] = 'n';
                }
                else if (u < (uint64)(int64)Millisecond)
                {
                    // microseconds; U+00B5 is the micro sign
                    // PORT(utf16): one character, where Go has two bytes.
                    prec = 3;
                    buf[w] = '\u00B5'; // PORT(utf16)
                }
                else
                {
                    // milliseconds
                    prec = 6;
                    buf[w] = 'm';
                }
                (w, u) = fmtFrac(buf[..w], u, prec);
                w = fmtInt(buf[..w], u);
            }
            else
            {
                w--;
                buf[w] = 's';

                (w, u) = fmtFrac(buf[..w], u, 9);

                // u counts whole seconds now
                w = fmtInt(buf[..w], u % 60);
                u /= 60;

                // u counts whole minutes now
                if (u > 0)
                {
                    w--;
                    buf[w] = 'm';
                    w = fmtInt(buf[..w], u % 60);
                    u /= 60;

                    // u counts whole hours now; it ends there, as days differ in length
                    if (u > 0)
                    {
                        w--;
                        buf[w] = 'h';
                        w = fmtInt(buf[..w], u);
                    }
                }
            }

            if (neg)
            {
                w--;
                buf[w] = '-';
            }

            return new string(buf[w..]);
        }
    }

    internal static readonly Duration minDuration = int64.MinValue; // -1 << 63
    internal static readonly Duration maxDuration = int64.MaxValue; // 1<<63 - 1

    // Nothing here is longer than an hour, as not every day has 24 of them.

    /// <summary>One nanosecond. Ports src/time/time.go.</summary>
    public static readonly Duration Nanosecond = 1;

    /// <summary>1,000 nanoseconds.</summary>
    public static readonly Duration Microsecond = 1000 * Nanosecond;

    /// <summary>1,000 microseconds.</summary>
    public static readonly Duration Millisecond = 1000 * Microsecond;

    /// <summary>1,000 milliseconds.</summary>
    public static readonly Duration Second = 1000 * Millisecond;

    /// <summary>60 seconds.</summary>
    public static readonly Duration Minute = 60 * Second;

    /// <summary>60 minutes.</summary>
    public static readonly Duration Hour = 60 * Minute;

    // fmtFrac puts the fraction of v/10**prec (".12345") at the end of buf, without trailing zeros; nothing,
    // not even the point, for a zero fraction. It gives the index of what it wrote and v/10**prec.
    internal static (int nw, uint64 nv) fmtFrac(Span<char> buf, uint64 v, int prec)
    {
        // Trailing zeros are left out, up to the point and with it.
        var w = buf.Length;
        var print = false;
        for (var i = 0; i < prec; i++)
        {
            var digit = v % 10;
            print = print || digit != 0;
            if (print)
            {
                w--;
                buf[w] = (char)(digit + '0');
            }
            v /= 10;
        }
        if (print)
        {
            w--;
            buf[w] = '.';
        }
        return (w, v);
    }

    // fmtInt puts v at the end of buf and gives the index of its first digit.
    internal static int fmtInt(Span<char> buf, uint64 v)
    {
        var w = buf.Length;
        if (v == 0)
        {
            w--;
            buf[w] = '0';
        }
        else
        {
            while (v > 0)
            {
                w--;
                buf[w] = (char)(v % 10 + '0');
                v /= 10;
            }
        }
        return w;
    }

    public readonly partial struct Duration
    {
        /// <summary>Gives the count of nanoseconds. Ports src/time/time.go.</summary>
        public int64 Nanoseconds()
        {
            return ns;
        }

        /// <summary>Gives the count of whole microseconds. Ports src/time/time.go.</summary>
        public int64 Microseconds()
        {
            return ns / 1000;
        }

        /// <summary>Gives the count of whole milliseconds. Ports src/time/time.go.</summary>
        public int64 Milliseconds()
        {
            return ns / 1000000;
        }

        // The three below give a float64, as they are mostly printed. The whole and the fraction are divided
        // apart, so that making the result an integer truncates as an integer division would.

        /// <summary>Gives the duration in seconds. Ports src/time/time.go.</summary>
        public float64 Seconds()
        {
            var sec = this / Second;
            var nsec = this % Second;
            return (float64)sec.ns + (float64)nsec.ns / 1e9;
        }

        /// <summary>Gives the duration in minutes. Ports src/time/time.go.</summary>
        public float64 Minutes()
        {
            var min = this / Minute;
            var nsec = this % Minute;
            return (float64)min.ns + (float64)nsec.ns / (60 * 1e9);
        }

        /// <summary>Gives the duration in hours. Ports src/time/time.go.</summary>
        public float64 Hours()
        {
            var hour = this / Hour;
            var nsec = this % Hour;
            return (float64)hour.ns + (float64)nsec.ns / (60 * 60 * 1e9);
        }

        /// <summary>Rounds towards zero to a multiple of m; the duration itself when m is not positive. Ports src/time/time.go.</summary>
        /// <param name="m">The unit.</param>
        public Duration Truncate(Duration m)
        {
            if (m <= 0)
            {
                return this;
            }
            return this - this % m;
        }
    }

    // lessThanHalf reports whether x+x < y without overflow; both are positive.
    internal static bool lessThanHalf(Duration x, Duration y)
    {
        return (uint64)x.ns + (uint64)x.ns < (uint64)y.ns;
    }

    public readonly partial struct Duration
    {
        /// <summary>
        /// Rounds to the nearest multiple of m, halves away from zero; the largest or smallest Duration on
        /// overflow, the duration itself when m is not positive. Ports src/time/time.go.
        /// </summary>
        /// <param name="m">The unit.</param>
        public Duration Round(Duration m)
        {
            if (m <= 0)
            {
                return this;
            }
            var r = this % m;
            Duration d1;
            if (this < 0)
            {
                r = -r;
                if (lessThanHalf(r, m))
                {
                    return this + r;
                }
                d1 = this - m + r;
                if (d1 < this)
                {
                    return d1;
                }
                return minDuration; // overflow
            }
            if (lessThanHalf(r, m))
            {
                return this - r;
            }
            d1 = this + m - r;
            if (d1 > this)
            {
                return d1;
            }
            return maxDuration; // overflow
        }

        /// <summary>Gives the absolute value; the largest Duration for the smallest. Ports src/time/time.go.</summary>
        public Duration Abs()
        {
            if (this >= 0)
            {
                return this;
            }
            if (this == minDuration)
            {
                return maxDuration;
            }
            return -this;
        }
    }

    public partial struct Time
    {
        /// <summary>Gives this instant moved by d. Ports src/time/time.go.</summary>
        /// <param name="d">The duration, in nanoseconds; it may be negative.</param>
        public readonly Time Add(Duration d)
        {
            var t = this;
            var dsec = (int64)(d / 1000000000L);
            var nsec = t.nsec() + (int32)(int64)(d % 1000000000L);
            if (nsec >= 1000000000)
            {
                dsec++;
                nsec -= 1000000000;
            }
            else if (nsec < 0)
            {
                dsec--;
                nsec += 1000000000;
            }
            t.wall = t.wall & ~nsecMask | (uint64)(uint32)nsec; // the new nanoseconds
            t.addSec(dsec);
            if ((t.wall & hasMonotonic) != 0)
            {
                var te = t.ext + (int64)d;
                if (d < 0 && te > t.ext || d > 0 && te < t.ext)
                {
                    // The monotonic reading went out of range: only the wall time is left.
                    t.stripMono();
                }
                else
                {
                    t.ext = te;
                }
            }
            return t;
        }

        /// <summary>
        /// Gives the duration from u to this instant; the largest or the smallest Duration when it does not
        /// fit. Ports src/time/time.go.
        /// </summary>
        /// <param name="u">The instant to subtract.</param>
        public readonly Duration Sub(Time u)
        {
            Duration d;
            if ((wall & u.wall & hasMonotonic) != 0)
            {
                var te = ext;
                var ue = u.ext;
                d = te - ue;
                if (d < 0 && te > ue)
                {
                    return maxDuration; // t - u is too large
                }
                if (d > 0 && te < ue)
                {
                    return minDuration; // t - u is too small
                }
                return d;
            }
            d = (sec() - u.sec()) * Second + (Duration)(nsec() - u.nsec());
            // Did that overflow?
            if (u.Add(d).Equal(this))
            {
                return d; // no
            }
            if (Before(u))
            {
                return minDuration; // t - u is too small
            }
            return maxDuration; // t - u is too large
        }
    }

    /// <summary>Gives the time since t. Ports src/time/time.go.</summary>
    /// <param name="t">An instant.</param>
    public static Duration Since(Time t)
    {
        Time now;
        if ((t.wall & hasMonotonic) != 0)
        {
            // With a monotonic reading in t, Sub looks at nothing else.
            now = new Time(hasMonotonic, runtimeNano() - startNano);
        }
        else
        {
            now = Now();
        }
        return now.Sub(t);
    }

    /// <summary>Gives the time until t; negative when it is past. Ports src/time/time.go.</summary>
    /// <param name="t">An instant.</param>
    public static Duration Until(Time t)
    {
        Time now;
        if ((t.wall & hasMonotonic) != 0)
        {
            // With a monotonic reading in t, Sub looks at nothing else.
            now = new Time(hasMonotonic, runtimeNano() - startNano);
        }
        else
        {
            now = Now();
        }
        return t.Sub(now);
    }

    internal const int secondsPerMinute = 60;
    internal const int secondsPerHour = 60 * secondsPerMinute;
    internal const int secondsPerDay = 24 * secondsPerHour;

    // Package runtime has the two functions below.

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "time_now")]
    internal static extern (int64 sec, int32 nsec, int64 mono) now([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    [UnsafeAccessor(UnsafeAccessorKind.StaticMethod, Name = "nanotime")]
    internal static extern int64 runtimeNano([UnsafeAccessorType("golang.runtime, runtime")] object? _);

    // runtimeNano reads the runtime's clock, in nanoseconds.
    internal static int64 runtimeNano()
    {
        return runtimeNano(null);
    }

    // Monotonic readings count from startNano. The 1 keeps a reading from being 0 where the clock is coarse,
    // as callers may let 0 stand for "no time".
    internal static readonly int64 startNano = runtimeNano() - 1;

    /// <summary>Gives the current time, with a monotonic reading. Ports src/time/time.go.</summary>
    public static Time Now()
    {
        var (sec, nsec, mono) = now(null);
        mono -= startNano;
        sec += unixToInternal - minWall;
        if ((uint64)sec >> 33 != 0)
        {
            // The seconds do not fit into the 33 bits that a time with a monotonic reading has:
            // so it will be from March 16, 2157 on.
            return new Time((uint64)(uint32)nsec, sec + minWall);
        }
        return new Time(hasMonotonic | (uint64)sec << nsecShift | (uint64)(uint32)nsec, mono);
    }

    internal static Time unixTime(int64 sec, int32 nsec)
    {
        return new Time((uint64)(uint32)nsec, sec + unixToInternal);
    }

    public partial struct Time
    {
        /// <summary>Gives the seconds since January 1, 1970 UTC. Ports src/time/time.go.</summary>
        public readonly int64 Unix()
        {
            return unixSec();
        }

        /// <summary>Gives the milliseconds since January 1, 1970 UTC. Ports src/time/time.go.</summary>
        public readonly int64 UnixMilli()
        {
            return unixSec() * 1000 + nsec() / 1000000;
        }

        /// <summary>Gives the microseconds since January 1, 1970 UTC. Ports src/time/time.go.</summary>
        public readonly int64 UnixMicro()
        {
            return unixSec() * 1000000 + nsec() / 1000;
        }

        /// <summary>
        /// Gives the nanoseconds since January 1, 1970 UTC. Undefined when they do not fit (before 1678 or
        /// after 2262), so for the zero time too. Ports src/time/time.go.
        /// </summary>
        public readonly int64 UnixNano()
        {
            return unixSec() * 1000000000 + nsec();
        }
    }

    /// <summary>Gives the instant that lies sec seconds and nsec nanoseconds after January 1, 1970 UTC. Ports src/time/time.go.</summary>
    /// <param name="sec">Seconds.</param>
    /// <param name="nsec">Nanoseconds; they may lie outside [0, 999999999].</param>
    public static Time Unix(int64 sec, int64 nsec)
    {
        if (nsec < 0 || nsec >= 1000000000)
        {
            var n = nsec / 1000000000;
            sec += n;
            nsec -= n * 1000000000;
            if (nsec < 0)
            {
                nsec += 1000000000;
                sec--;
            }
        }
        return unixTime(sec, (int32)nsec);
    }

    /// <summary>Gives the instant that lies msec milliseconds after January 1, 1970 UTC. Ports src/time/time.go.</summary>
    /// <param name="msec">Milliseconds.</param>
    public static Time UnixMilli(int64 msec)
    {
        return Unix(msec / 1000, msec % 1000 * 1000000);
    }

    /// <summary>Gives the instant that lies usec microseconds after January 1, 1970 UTC. Ports src/time/time.go.</summary>
    /// <param name="usec">Microseconds.</param>
    public static Time UnixMicro(int64 usec)
    {
        return Unix(usec / 1000000, usec % 1000000 * 1000);
    }
}
