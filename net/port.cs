// Ports src/net/port.go of go1.20.

namespace golang;

public static partial class net
{
    // parsePort parses service as a decimal number and returns it as port.
    // With needsLookup the caller has to look service up by its name.
    //
    // Some system resolvers take a number above 65536 for a valid port (see
    // https://golang.org/issues/11715), so the parser cannot stop early at
    // such numbers: numbers of a reasonable size are parsed to their end and
    // refused later.
    internal static (int port, bool needsLookup) parsePort(string service)
    {
        if (service == "")
        {
            // An empty string has always meant port 0, and that stays
            // (golang.org/issue/13610).
            return (0, false);
        }
        const uint32 max = uint32.MaxValue; // 1<<32 - 1
        const uint32 cutoff = 1 << 30;
        var port = 0;
        var neg = false;
        if (service[0] == '+')
        {
            service = service[1..];
        }
        else if (service[0] == '-')
        {
            neg = true;
            service = service[1..];
        }
        uint32 n = 0;
        foreach (var c in service)
        {
            uint32 d = c;
            if ('0' <= d && d <= '9')
            {
                d -= '0';
            }
            else
            {
                return (0, true);
            }
            if (n >= cutoff)
            {
                n = max;
                break;
            }
            n *= 10;
            var nn = n + d;
            if (nn < n || nn > max)
            {
                n = max;
                break;
            }
            n = nn;
        }
        if (!neg && n >= cutoff)
        {
            port = (int)(cutoff - 1);
        }
        else if (neg && n > cutoff)
        {
            port = (int)cutoff;
        }
        else
        {
            port = (int)n;
        }
        if (neg)
        {
            port = -port;
        }
        return (port, false);
    }
}
