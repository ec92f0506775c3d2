// Ports src/net/hook.go of go1.20.

namespace golang;

public static partial class net
{
    // When it is set, it takes the place of dialTCP.
    internal static Func<context.Context, string, TCPAddr?, TCPAddr?, go<(TCPConn? c, error? err)>>? testHookDialTCP;

    internal static string testHookHostsPath = "/etc/hosts";
    internal static Func<context.Context, Func<context.Context, string, string, go<(System.Collections.Generic.List<IPAddr>? addrs, error? err)>>, string, string, go<(System.Collections.Generic.List<IPAddr>? addrs, error? err)>> testHookLookupIP =
        static (ctx, fn, network, host) => fn(ctx, network, host);
    internal static Action<time.Duration> testHookSetKeepAlive = static _ => { };
}
