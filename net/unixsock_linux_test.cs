// Ports src/net/unixsock_linux_test.go of go1.20.
using System.Text;
using System.Threading.Tasks;
using static golang.net;
using static golang.unixsock_test;

namespace golang;

/// <summary>Addresses that no file stands for.</summary>
[TestFixture]
public class unixsock_linux_test
{
    /// <summary>A socket that is bound to no name gets one from the kernel.</summary>
    [Test]
    public Task TestUnixgramAutobind() => main_test.Run(static async t =>
    {
        var laddr = new UnixAddr { Name = "", Net = "unixgram" };
        var (c1, err) = await ListenUnixgram("unixgram", laddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c1!);

        // The name that it got.
        var autoAddr = (UnixAddr)c1!.LocalAddr()!;
        if (autoAddr.Name.Length <= 1)
        {
            t.Fatalf($"invalid autobind address: {autoAddr.String()}");
        }
        if (autoAddr.Name[0] != '@')
        {
            t.Fatalf($"invalid autobind address: {autoAddr.String()}");
        }

        (var c2, err) = await DialUnix("unixgram", null, autoAddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c2!);

        if (!deepEqual(c1.LocalAddr(), c2!.RemoteAddr()))
        {
            t.Fatalf($"expected autobind address {c1.LocalAddr()!.String()}, got {c2.RemoteAddr()?.String()}");
        }
    });

    /// <summary>A listener without a file is closed.</summary>
    [Test]
    public Task TestUnixAutobindClose() => main_test.Run(static async t =>
    {
        var laddr = new UnixAddr { Name = "", Net = "unix" };
        var (ln, err) = await ListenUnix("unix", laddr);
        if (err != null)
        {
            t.Fatal(err);
        }
        await ln!.Close();
    });

    /// <summary>An abstract name as long as can be.</summary>
    [Test]
    public Task TestUnixgramLinuxAbstractLongName() => main_test.Run(static async t =>
    {
        // As long as the Path of RawSockaddrUnix: what of the structure is not the family.
        Memory<byte> addrBytes = new byte[Unsafe.SizeOf<syscall.RawSockaddrUnix>() - sizeof(uint16)];
        "@abstract_test"u8.CopyTo(addrBytes.Span);
        var addr = Encoding.UTF8.GetString(addrBytes.Span);

        var (la, err) = ResolveUnixAddr("unixgram", addr);
        if (err != null)
        {
            t.Fatal(err);
        }
        (var c, err) = await ListenUnixgram("unixgram", la);
        if (err != null)
        {
            t.Fatal(err);
        }
        t.Cleanup(c!);

        var off = builtin.makechan<bool>();
        byte[] data = [1, 2, 3, 4, 5];
        builtin.go(async () =>
        {
            sendFromUnnamedSocket(t, addr, data);
            await off.Send(true);
        });

        await off.Recv();
        Memory<byte> b = new byte[64];
        c!.SetReadDeadline(time.Now().Add(100 * time.Millisecond));
        (var n, var from, err) = await c.ReadFrom(b);
        if (err != null)
        {
            t.Fatal(err);
        }
        if (from != null)
        {
            t.Fatalf($"unexpected peer address: {from.String()}");
        }
        if (!b[..n].Span.SequenceEqual(data))
        {
            t.Fatalf($"got {Convert.ToHexString(b[..n].Span)}; want {Convert.ToHexString(data)}");
        }
    });
}
