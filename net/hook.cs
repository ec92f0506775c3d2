// Ports src/net/hook.go of go1.20.

namespace go;

public static partial class net
{
    // When it is set, it takes the place of dialTCP.
    internal static Func<context.Context, string, TCPAddr?, TCPAddr?, go<(TCPConn? c, error? err)>>? testHookDialTCP;

    internal static string testHookHostsPath = "/etc/hosts";
    // PORT(resolver): testHookLookupIP
    internal static Action<time.Duration> testHookSetKeepAlive = static _ => { };
}
