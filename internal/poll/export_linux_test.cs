// Ports src/internal/poll/export_linux_test.go of go1.20.

namespace golang;

internal static class export_linux_test
{
    internal static readonly Func<(poll.splicePipe?, string, error?)> GetPipe = poll.getPipe;
    internal static readonly Action<poll.splicePipe> PutPipe = poll.putPipe;
    internal static readonly Func<poll.splicePipe?> NewPipe = poll.newPipe;
    internal static readonly Action<poll.splicePipe> DestroyPipe = poll.destroyPipe;

    internal static (int, int) GetPipeFds(poll.splicePipe p)
    {
        return (p.rfd, p.wfd);
    }
}
