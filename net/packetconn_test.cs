// Ports src/net/packetconn_test.go of go1.20.
using System.Threading.Tasks;
using static golang.mockserver;
using static golang.net;

namespace golang;

/// <summary>Packets, by the interfaces.</summary>
[TestFixture]
public class packetconn_test
{
    private static readonly byte[] packetConnTestData = "PACKETCONN TEST"u8.ToArray();

    private static async go closer(PacketConn c, string net, string addr1, string addr2)
    {
        await c.Close();
        switch (net)
        {
            case "unixgram":
                os.Remove(addr1);
                os.Remove(addr2);
                break;
        }
    }

    /// <summary>Two sockets that are not connected send each other a packet.</summary>
    [Test]
    public Task TestPacketConn() => main_test.Run(static async t =>
    {
        (string net, string addr1, string addr2)[] packetConnTests =
        [
            ("udp", "127.0.0.1:0", "127.0.0.1:0"),
            ("unixgram", testUnixAddr(t), testUnixAddr(t)),
        ];

        foreach (var tt in packetConnTests)
        {
            var wb = packetConnTestData;

            var (c1, err) = await ListenPacket(tt.net, tt.addr1);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(() => closer(c1!, tt.net, tt.addr1, tt.addr2));
            c1!.LocalAddr();

            (var c2, err) = await ListenPacket(tt.net, tt.addr2);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(() => closer(c2!, tt.net, tt.addr1, tt.addr2));
            c2!.LocalAddr();
            var rb2 = new byte[128];

            (_, err) = await c1.WriteTo(wb, c2.LocalAddr());
            if (err != null)
            {
                t.Fatal(err);
            }
            (_, _, err) = await c2.ReadFrom(rb2);
            if (err != null)
            {
                t.Fatal(err);
            }
            (_, err) = await c2.WriteTo(wb, c1.LocalAddr());
            if (err != null)
            {
                t.Fatal(err);
            }
            var rb1 = new byte[128];
            (_, _, err) = await c1.ReadFrom(rb1);
            if (err != null)
            {
                t.Fatal(err);
            }
        }
    });

    /// <summary>A socket that is connected sends a packet to one that is not, and gets one where it has an address.</summary>
    [Test]
    public Task TestConnAndPacketConn() => main_test.Run(static async t =>
    {
        (string net, string addr1, string addr2)[] packetConnTests =
        [
            ("udp", "127.0.0.1:0", "127.0.0.1:0"),
            ("unixgram", testUnixAddr(t), testUnixAddr(t)),
        ];

        foreach (var tt in packetConnTests)
        {
            var wb = packetConnTestData;

            var (c1, err) = await ListenPacket(tt.net, tt.addr1);
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(() => closer(c1!, tt.net, tt.addr1, tt.addr2));
            c1!.LocalAddr();

            (var c2, err) = await Dial(tt.net, c1.LocalAddr()!.String());
            if (err != null)
            {
                t.Fatal(err);
            }
            t.Cleanup(c2!);
            c2!.LocalAddr();
            c2.RemoteAddr();

            (_, err) = await c2.Write(wb);
            if (err != null)
            {
                t.Fatal(err);
            }
            var rb1 = new byte[128];
            (_, _, err) = await c1.ReadFrom(rb1);
            if (err != null)
            {
                t.Fatal(err);
            }
            Addr? dst;
            switch (tt.net)
            {
                case "unixgram":
                    continue;
                default:
                    dst = c2.LocalAddr();
                    break;
            }
            (_, err) = await c1.WriteTo(wb, dst);
            if (err != null)
            {
                t.Fatal(err);
            }
            var rb2 = new byte[128];
            (_, err) = await c2.Read(rb2);
            if (err != null)
            {
                t.Fatal(err);
            }
        }
    });
}
