// Ports src/runtime/retry.go of go1.20.

namespace golang;

public static partial class runtime
{
    // retryOnEAGAIN calls fn until it returns something other than EAGAIN, at most 20 times,
    // with longer and longer sleeps in between.
    internal static int32 retryOnEAGAIN(Func<int32> fn)
    {
        for (int tries = 0; tries < 20; tries++)
        {
            int32 errno = fn();
            if (errno != _EAGAIN)
            {
                return errno;
            }

            usleep_no_g((uint32)(tries + 1) * 1000); // milliseconds
        }

        return _EAGAIN;
    }
}
