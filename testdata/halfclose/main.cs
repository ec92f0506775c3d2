// Command halfclose shuts TCP connections down one direction at a time: who begins, what still
// flows the other way, and what reads and writes give afterwards.
// main.go beside this file is the same program.
namespace halfclose;

using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // chunk is what is sent before the other side has read it.
    const int chunk = 16 << 10;

    // send moves n bytes from one end to the other, at most a chunk at a time.
    static async go send(string what, net.TCPConn from, net.TCPConn to, int n)
    {
        var (sent, got, same) = (0, 0, true);
        while (sent < n)
        {
            var b = new byte[min(n - sent, chunk)];
            for (var i = 0; i < b.Length; i++)
            {
                b[i] = (byte)((sent + i) % 251);
            }
            var (m, err) = await from.Write(b);
            await Must(err);
            sent += m;
            var r = new byte[b.Length];
            (m, err) = await io.ReadFull(to, r);
            await Must(err);
            got += m;
            same = same && b.AsSpan().SequenceEqual(r);
        }
        await Say(what + ": sent " + sent + ", received " + got + ", same " + FormatBool(same));
    }

    static int min(int a, int b)
    {
        if (a < b)
        {
            return a;
        }
        return b;
    }

    // The client half-closes first, with n bytes on the way there and back.
    static async go clientFirst(int n)
    {
        await Say("== client first, " + n);
        var (c, s) = await Connect();
        await send("client to server", c, s, n);
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Read("server", s);
        await Read("server again", s);
        await send("server to client", s, c, n);
        await Write("client", c, 1);
        await Say("server CloseWrite: " + Text(s.CloseWrite()));
        await Read("client", c);
        await Read("client again", c);
        await CloseBoth(c, s);
    }

    // The server half-closes first.
    static async go serverFirst(int n)
    {
        await Say("== server first, " + n);
        var (c, s) = await Connect();
        await Say("server CloseWrite: " + Text(s.CloseWrite()));
        await Read("client", c);
        await send("client to server", c, s, n);
        await Write("server", s, 1);
        await Write("server nothing", s, 0);
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Read("server", s);
        await CloseBoth(c, s);
    }

    // Both half-close, and try everything afterwards.
    static async go both()
    {
        await Say("== both");
        var (c, s) = await Connect();
        await send("client to server", c, s, 100);
        await send("server to client", s, c, 100);
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Say("client CloseWrite again: " + Text(c.CloseWrite()));
        await Read("server", s);
        await Say("server CloseWrite: " + Text(s.CloseWrite()));
        await Read("client", c);
        await Write("client", c, 10);
        await Write("server", s, 10);
        await Write("client again", c, 1 << 20);
        await Say("client CloseWrite a third time: " + Text(c.CloseWrite()));
        await Say("client CloseRead: " + Text(c.CloseRead()));
        await Read("client", c);
        await Read("server", s);
        await CloseBoth(c, s);
    }

    // The reading side is shut down; what has arrived can still be read.
    static async go closeRead()
    {
        await Say("== CloseRead");
        var (c, s) = await Connect();
        var (n, err) = await s.Write(new byte[3]);
        await Must(err);
        (n, err) = await c.Read(new byte[1]);
        await Say("client: read " + n + ", " + Text(err));
        await Say("client CloseRead: " + Text(c.CloseRead()));
        await Read("client, what had arrived", c);
        await Read("client", c);
        await Say("client CloseRead again: " + Text(c.CloseRead()));
        await send("client to server", c, s, 100000);
        await Say("server CloseRead: " + Text(s.CloseRead()));
        await Read("server", s);
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Write("client", c, 1);
        await Say("server CloseWrite: " + Text(s.CloseWrite()));
        await Write("server", s, 1);
        await Read("client", c);
        await Read("server", s);
        await CloseBoth(c, s);
    }

    // Both sides of one end are shut down in either order.
    static async go readThenWrite(string first)
    {
        await Say("== both sides of the client, " + first + " first");
        var (c, s) = await Connect();
        if (first == "read")
        {
            await Say("client CloseRead: " + Text(c.CloseRead()));
            await Say("client CloseWrite: " + Text(c.CloseWrite()));
        }
        else
        {
            await Say("client CloseWrite: " + Text(c.CloseWrite()));
            await Say("client CloseRead: " + Text(c.CloseRead()));
        }
        await Read("client", c);
        await Write("client", c, 1);
        await Read("server", s);
        await Say("server CloseWrite: " + Text(s.CloseWrite()));
        await CloseBoth(c, s);
    }

    // A goroutine is in Read when a direction is shut down, by its own end and by the other.
    static async go blocked()
    {
        await Say("== blocked in Read");
        var (c, s) = await Connect();
        var done = makechan<string>();
        async go reader(net.TCPConn c)
        {
            var (n, err) = await c.Read(new byte[16]);
            await done.Send("read " + n + ", " + Text(err));
        }
        go(() => reader(c));
        await time.Sleep(50 * time.Millisecond);
        await Say("client CloseRead: " + Text(c.CloseRead()));
        await Say("client: " + await done.Recv());
        go(() => reader(s));
        await time.Sleep(50 * time.Millisecond);
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Say("server: " + await done.Recv());
        go(() => reader(s));
        await Say("server: " + await done.Recv());
        await CloseBoth(c, s);
    }

    // Everything on an end that is closed.
    static async go closed()
    {
        await Say("== closed");
        var (c, s) = await Connect();
        await Say("client Close: " + Text(await c.Close()));
        await Say("client CloseRead: " + Text(c.CloseRead()));
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Read("client", c);
        await Write("client", c, 1);
        await Read("server", s);
        await Say("server Close: " + Text(await s.Close()));
        await Say("server CloseRead: " + Text(s.CloseRead()));
        await Say("server CloseWrite: " + Text(s.CloseWrite()));
    }

    // The whole size in one Write, read by the other end at the same time.
    static async go stream(int n)
    {
        await Say("== stream, " + n);
        var (c, s) = await Connect();
        var b = new byte[n];
        for (var i = 0; i < b.Length; i++)
        {
            b[i] = (byte)(i % 251);
        }
        var done = makechan<string>();
        async go writer(net.TCPConn c)
        {
            var (n, err) = await c.Write(b);
            await done.Send("wrote " + n + ", " + Text(err) + ", CloseWrite " + Text(c.CloseWrite()));
        }
        go(() => writer(c));
        var r = new byte[n];
        var (m, err) = await io.ReadFull(s, r);
        await Say("client: " + await done.Recv());
        await Say("server: read " + m + ", same " + FormatBool(b.AsSpan().SequenceEqual(r)) + ", " + Text(err));
        await Read("server", s);
        go(() => writer(s));
        r = new byte[n];
        (m, err) = await io.ReadFull(c, r);
        await Say("server: " + await done.Recv());
        await Say("client: read " + m + ", same " + FormatBool(b.AsSpan().SequenceEqual(r)) + ", " + Text(err));
        await Read("client", c);
        await CloseBoth(c, s);
    }

    static async go Main_()
    {
        Listener = await Listen();
        if (os.Args.Length > 1 && os.Args[1] == "stream")
        {
            await stream(1);
            await stream(100000);
            await stream(4 << 20);
        }
        else
        {
            await clientFirst(0);
            await clientFirst(1);
            await clientFirst(4096);
            await clientFirst(4 << 20);
            await serverFirst(1);
            await serverFirst(65537);
            await serverFirst(4 << 20);
            await both();
            await closeRead();
            await readThenWrite("read");
            await readThenWrite("write");
            await blocked();
            await closed();
        }
        await Say("listener Close: " + Text(await Listener.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
