// Command resets breaks TCP connections off: before, during and after a transfer, with the
// other end idle, blocked in Read and blocked in Write.
// main.go beside this file is the same program.
namespace resets;

using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
    // tcpClose is the state of a connection that the system has done with.
    const int tcpClose = 7;

    // reset breaks the connection off.
    static async go reset(string what, net.TCPConn c)
    {
        await Say(what + " SetLinger: " + Text(c.SetLinger(0)));
        await Say(what + " Close: " + Text(await c.Close()));
    }

    // broken waits until the news has arrived at c, without reading it.
    static async go broken(net.TCPConn c)
    {
        var (rc, err) = c.SyscallConn();
        await Must(err);
        var state = 0;
        for (; ; )
        {
            await time.Sleep(20 * time.Millisecond);
            err = rc!.Control(fd =>
            {
                // The first byte of tcp_info is the state.
                (state, _) = syscall.GetsockoptInt((int)fd, syscall.IPPROTO_TCP, syscall.TCP_INFO);
            });
            await Must(err);
            if ((state & 0xff) == tcpClose)
            {
                break;
            }
        }
    }

    // The reset comes before anything is sent; the other end reads first.
    static async go beforeRead()
    {
        await Say("== before a transfer, read");
        var (c, s) = await Connect();
        await reset("server", s);
        await Read("client", c);
        await Read("client again", c);
        await Write("client", c, 1);
        await Write("client again", c, 1);
        await Read("client a third time", c);
        await Say("client Close: " + Text(await c.Close()));
    }

    // The reset comes before anything is sent; the other end writes first.
    static async go beforeWrite()
    {
        await Say("== before a transfer, write");
        var (c, s) = await Connect();
        await reset("client", c);
        await broken(s);
        await Write("server", s, 100);
        await Write("server again", s, 100);
        await Read("server", s);
        await Read("server again", s);
        await Say("server Close: " + Text(await s.Close()));
    }

    // The reset comes before the connection is accepted.
    static async go beforeAccept()
    {
        await Say("== before accept");
        var (conn, err) = await net.Dial("tcp", Listener.Addr()!.String());
        await Must(err);
        var c = (net.TCPConn)conn!;
        Names = [];
        Name(c.LocalAddr(), "client");
        Name(c.RemoteAddr(), "server");
        await reset("client", c);
        (var s, err) = await Listener.AcceptTCP();
        await Say("Accept: " + Text(err));
        await Read("server", s!);
        await Write("server", s!, 1);
        await Say("server Close: " + Text(await s!.Close()));
    }

    // Some data has arrived when the reset comes.
    static async go pending()
    {
        await Say("== data has arrived");
        var (c, s) = await Connect();
        await Write("server", s, 3);
        var (n, err) = await c.Read(new byte[1]);
        await Say("client: read " + n + ", " + Text(err));
        await reset("server", s);
        await broken(c);
        await Read("client, what had arrived", c);
        await Read("client", c);
        await Read("client again", c);
        await Say("client Close: " + Text(await c.Close()));
    }

    // The reset comes in the middle of what is expected.
    static async go middle()
    {
        await Say("== in the middle");
        var (c, s) = await Connect();
        await Write("client", c, 5);
        await reset("client", c);
        var b = new byte[10];
        var (n, err) = await io.ReadFull(s, b);
        await Say("server: read " + n + " of 10, " + Text(err));
        (n, err) = await io.ReadFull(s, b);
        await Say("server: read " + n + " of 10, " + Text(err));
        await Say("server Close: " + Text(await s.Close()));
    }

    // Close with data that nobody has read resets without SetLinger.
    static async go unread()
    {
        await Say("== Close with unread data");
        var (c, s) = await Connect();
        await Write("client", c, 10);
        var (n, err) = await s.Read(new byte[1]);
        await Say("server: read " + n + ", " + Text(err));
        await Say("server Close: " + Text(await s.Close()));
        await Read("client", c);
        await Write("client", c, 10);
        await Say("client Close: " + Text(await c.Close()));
    }

    // The other end closed in peace; the first write is answered by a reset.
    static async go afterClose()
    {
        await Say("== write after the other end's Close");
        var (c, s) = await Connect();
        await Say("server Close: " + Text(await s.Close()));
        await Read("client", c);
        await Write("client", c, 10);
        await broken(c);
        await Write("client again", c, 10);
        await Read("client", c);
        await Say("client Close: " + Text(await c.Close()));
    }

    // A reset of an end that is half-closed.
    static async go halfClosed()
    {
        await Say("== half-closed");
        var (c, s) = await Connect();
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Read("server", s);
        await reset("server", s);
        await Read("client", c);
        await Write("client", c, 1);
        await Say("client Close: " + Text(await c.Close()));
    }

    // Everything else on a connection that was reset.
    static async go methods()
    {
        await Say("== methods after a reset");
        var (c, s) = await Connect();
        await reset("server", s);
        await broken(c);
        await Say("client SetDeadline: " + Text(c.SetDeadline(time.Now().Add(time.Hour))));
        await Say("client SetDeadline zero: " + Text(c.SetDeadline(default)));
        await Say("client SetNoDelay: " + Text(c.SetNoDelay(false)));
        await Say("client SetKeepAlive: " + Text(c.SetKeepAlive(false)));
        await Say("client SetKeepAlivePeriod: " + Text(c.SetKeepAlivePeriod(time.Minute)));
        await Say("client SetLinger: " + Text(c.SetLinger(3)));
        await Say("client SetReadBuffer: " + Text(c.SetReadBuffer(8192)));
        await Say("client SetWriteBuffer: " + Text(c.SetWriteBuffer(8192)));
        await Say("client CloseRead: " + Text(c.CloseRead()));
        await Say("client CloseWrite: " + Text(c.CloseWrite()));
        await Read("client", c);
        await Write("client", c, 1);
        await Say("client Close: " + Text(await c.Close()));
        await Read("client", c);
        await Write("client", c, 1);
    }

    // A goroutine is in Read when the reset comes.
    static async go inRead()
    {
        await Say("== in Read");
        var (c, s) = await Connect();
        var done = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await done.Send("read " + n + ", " + Text(err));
        });
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        await Say("client: " + await done.Recv());
        await Read("client again", c);
        await Write("client", c, 1);
        await Say("client Close: " + Text(await c.Close()));
    }

    // Several goroutines are in Read: one gets the reset, the others the end.
    static async go inReads()
    {
        await Say("== in several Reads");
        var (c, s) = await Connect();
        var done = makechan<string>();
        for (var i = 0; i < 4; i++)
        {
            go(async () =>
            {
                var (n, err) = await c.Read(new byte[16]);
                await done.Send("read " + n + ", " + Text(err));
            });
        }
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        var all = new string[] { await done.Recv(), await done.Recv(), await done.Recv(), await done.Recv() };
        Array.Sort(all, string.CompareOrdinal);
        foreach (var one in all)
        {
            await Say("client: " + one);
        }
        await Say("client Close: " + Text(await c.Close()));
    }

    // A goroutine is in Write, the buffers are full, and the reader resets.
    static async go inWrite(int total)
    {
        await Say("== in Write, " + total);
        var (c, s) = await Connect();
        await Must(c.SetWriteBuffer(8192));
        await Must(s.SetReadBuffer(8192));
        var done = makechan<string>();
        go(async () =>
        {
            var (n, err) = await c.Write(new byte[total]);
            await done.Send("some " + FormatBool(n > 0) + ", all " + FormatBool(n >= total) + ", " + Text(err));
        });
        var (n, err) = await s.Read(new byte[1]);
        await Say("server: read " + n + ", " + Text(err));
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        await Say("client: " + await done.Recv());
        await Write("client", c, 1);
        await Read("client", c);
        await Say("client Close: " + Text(await c.Close()));
    }

    // Goroutines are in Read and in Write of the same end: who learns of the reset first is not
    // said, so only that both come back.
    static async go inBoth(int total)
    {
        await Say("== in Read and Write, " + total);
        var (c, s) = await Connect();
        await Must(c.SetWriteBuffer(8192));
        await Must(s.SetReadBuffer(8192));
        var written = makechan<bool>();
        var got = makechan<bool>();
        go(async () =>
        {
            var (n, err) = await c.Write(new byte[total]);
            await written.Send(n > 0 && n < total && (errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)));
        });
        go(async () =>
        {
            var (n, err) = await c.Read(new byte[16]);
            await got.Send(n == 0 && (errors.Is(err, syscall.ECONNRESET) || err == io.EOF));
        });
        var (n, err) = await s.Read(new byte[1]);
        await Say("server: read " + n + ", " + Text(err));
        await time.Sleep(50 * time.Millisecond);
        await reset("server", s);
        await Say("client wrote until the reset: " + FormatBool(await written.Recv()));
        await Say("client read until the reset: " + FormatBool(await got.Recv()));
        await Write("client", c, 1);
        await Read("client", c);
        await Say("client Close: " + Text(await c.Close()));
    }

    static async go Main_()
    {
        Listener = await Listen();
        if (os.Args.Length > 1 && os.Args[1] == "full")
        {
            await inWrite(8 << 20);
            await inWrite(64 << 20);
        }
        else if (os.Args.Length > 1 && os.Args[1] == "both")
        {
            await inBoth(8 << 20);
        }
        else
        {
            await beforeRead();
            await beforeWrite();
            await beforeAccept();
            await pending();
            await middle();
            await unread();
            await afterClose();
            await halfClosed();
            await methods();
            await inRead();
            await inReads();
        }
        await Say("listener Close: " + Text(await Listener.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
