// Ports src/net/conn_test.go of go1.20.
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Listeners and connections by their interfaces.</summary>
[TestFixture]
public class conn_test
{
    /// <summary>A listener and a connection of each kind.</summary>
    [Test]
    public Task TestConnAndListener() => main_test.Run(static async t =>
    {
        foreach (var network in new[] { "tcp", "unix", "unixpacket" })
        {
            var ls = await localServer.newLocalServer(t, network);
            t.Cleanup(ls.teardown);
            var ch = builtin.makechan<error>(1);
            ls.buildup(t, (ls, ln) => ls.transponder(ln, ch));
            if (ls.Listener.Addr()!.Network() != network)
            {
                t.Fatalf($"got {ls.Listener.Addr()!.Network()}; want {network}");
            }

            var (c, err) = await Dial(ls.Listener.Addr()!.Network(), ls.Listener.Addr()!.String());
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(c!);
            if (c!.LocalAddr()!.Network() != network || c.RemoteAddr()!.Network() != network)
            {
                t.Fatalf($"got {c.LocalAddr()!.Network()}->{c.RemoteAddr()!.Network()}; want {network}->{network}");
            }
            t.equal(c.SetDeadline(time.Now().Add(someTimeout)), "<nil>");
            t.equal(c.SetReadDeadline(time.Now().Add(someTimeout)), "<nil>");
            t.equal(c.SetWriteDeadline(time.Now().Add(someTimeout)), "<nil>");

            (_, err) = await c.Write("CONN AND LISTENER TEST"u8.ToArray());
            if (err != null)
            {
                t.Fatal(err);
            }
            (_, err) = await c.Read(new byte[128]);
            if (err != null)
            {
                t.Fatal(err);
            }

            for (var (e, ok) = await ch.Recv2(); ok; (e, ok) = await ch.Recv2())
            {
                t.Errorf($"{network}: {e!.Error()}");
            }
        }
    });
}
