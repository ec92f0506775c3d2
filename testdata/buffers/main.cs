// Command buffers writes many buffers at once, with writev, to connections and to what is none.
// main.go beside this file is the same program.
namespace buffers;

using System.Collections.Generic;
using System.Text;
using golang;
using static golang.builtin;

static class main
{
    static net.TCPListener listener = null!;

    // names has the ports that the transcript shows by name.
    static List<(string, string)> names = [];

    static void name(net.Addr? a, string @as)
    {
        names.Add((":" + ((net.TCPAddr)a!).Port, ":" + @as));
    }

    static async go say(string s)
    {
        await os.Stdout.WriteString(s + "\n");
    }

    // text is an error with the types of its chain and what it is.
    static string text(error? err)
    {
        if (err == null)
        {
            return "nil";
        }
        var s = err.Error();
        foreach (var n in names)
        {
            s = s.Replace(n.Item1, n.Item2);
        }
        s += " [" + kind(err);
        for (var e = errors.Unwrap(err); e != null; e = errors.Unwrap(e))
        {
            s += " " + kind(e);
        }
        s += "]";
        if (err is timeout e1 && e1.Timeout())
        {
            s += " timeout";
        }
        if (err is temporary e2 && e2.Temporary())
        {
            s += " temporary";
        }
        if (errors.Is(err, net.ErrClosed))
        {
            s += " ErrClosed";
        }
        if (errors.Is(err, syscall.EPIPE))
        {
            s += " EPIPE";
        }
        if (errors.Is(err, syscall.ECONNRESET))
        {
            s += " ECONNRESET";
        }
        if (errors.Is(err, os.ErrDeadlineExceeded))
        {
            s += " ErrDeadlineExceeded";
        }
        if (errors.Is(err, io.EOF))
        {
            s += " EOF";
        }
        return s;
    }

    static string kind(error err)
    {
        switch (err)
        {
            case net.OpError:
                return "OpError";
            case os.SyscallError:
                return "SyscallError";
            case syscall.Errno:
                return "Errno";
        }
        return "other";
    }

    // must gives up on an error that no scenario expects.
    static async go must(error? err)
    {
        if (err != null)
        {
            await say("unexpected: " + text(err));
            os.Exit(1);
        }
    }

    // connect makes a connection and returns both ends.
    static async go<(net.TCPConn, net.TCPConn)> connect()
    {
        var (c, err) = await net.Dial("tcp", listener.Addr()!.String());
        await must(err);
        (var s, err) = await listener.AcceptTCP();
        await must(err);
        names = [];
        name(c!.LocalAddr(), "client");
        name(c.RemoteAddr(), "server");
        return ((net.TCPConn)c, s!);
    }

    static string FormatBool(bool b)
    {
        return b ? "true" : "false";
    }

    // pieces cuts n bytes into buffers of the sizes, over and over.
    static (net.Buffers, byte[]) pieces(int n, params int[] sizes)
    {
        var all = new byte[n];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = (byte)(i % 251);
        }
        var v = new List<Memory<byte>>();
        for (var (i, off) = (0, 0); off < n; i++)
        {
            var end = off + sizes[i % sizes.Length];
            if (end > n)
            {
                end = n;
            }
            v.Add(all.AsMemory(off..end));
            off = end;
        }
        return (new net.Buffers(v.ToArray()), all);
    }

    // transfer writes buffers to one end and reads them at the other.
    static async go transfer(string what, int n, params int[] sizes)
    {
        var (c, s) = await connect();
        var (v, all) = pieces(n, sizes);
        what += ", " + v.Length + " buffers";
        var (m, err) = await v.WriteTo(c);
        await say(what + ": wrote " + m + ", " + text(err) + ", left " + v.Length);
        var got = new byte[n];
        (var k, err) = await io.ReadFull(s, got);
        await say(what + ": read " + k + ", " + text(err) + ", same " + FormatBool(all.AsSpan().SequenceEqual(got)));
        await must(await c.Close());
        await must(await s.Close());
    }

    static async go transfers()
    {
        await say("== WriteTo");
        await transfer("nothing", 0, 1);
        await transfer("one byte", 1, 1);
        await transfer("two", 10, 5);
        await transfer("of different size", 1000, 1, 99, 400);
        await transfer("empty ones between", 50, 0, 10, 0, 0);
        await transfer("1023", 1023, 1);
        await transfer("1024", 1024, 1);
        await transfer("1025", 1025, 1);
        await transfer("3000", 3000, 1);
        await transfer("larger", 12000, 4000);
    }

    // io.Copy finds WriteTo.
    static async go copied()
    {
        await say("== Copy");
        var (c, s) = await connect();
        var (v, all) = pieces(2000, 700);
        var (m, err) = await io.Copy(c, v);
        await say("wrote " + m + ", " + text(err) + ", left " + v.Length);
        var got = new byte[2000];
        (var k, err) = await io.ReadFull(s, got);
        await say("read " + k + ", " + text(err) + ", same " + FormatBool(all.AsSpan().SequenceEqual(got)));
        await must(await c.Close());
        await must(await s.Close());
    }

    // read is one Read of some bytes of the buffers.
    static async go read(net.Buffers v, int n)
    {
        var b = new byte[n];
        (n, var err) = await v.Read(b);
        await say("read " + n + " \"" + Encoding.UTF8.GetString(b[..n]) + "\", " + text(err) + ", left " + v.Length);
    }

    // Buffers as a reader.
    static async go reader()
    {
        await say("== Read");
        var v = new net.Buffers("foo"u8.ToArray(), ""u8.ToArray(), "quux"u8.ToArray(), "x"u8.ToArray());
        await read(v, 0);
        await read(v, 2);
        await read(v, 3);
        await read(v, 10);
        await read(v, 10);
        await read(v, 0);
    }

    // limited is a writer with so much room.
    sealed class limited : io.Writer
    {
        internal int room;

        public async go<(int n, error? err)> Write(Memory<byte> p)
        {
            var n = p.Length;
            if (n > room)
            {
                n = room;
            }
            room -= n;
            await say("Write of " + p.Length + ", took " + n);
            if (n < p.Length)
            {
                return (n, io.ErrShortWrite);
            }
            return (n, null);
        }
    }

    // A writer that is no connection.
    static async go writer()
    {
        await say("== another writer");
        var v = new net.Buffers("foo"u8.ToArray(), ""u8.ToArray(), "quux"u8.ToArray(), "x"u8.ToArray());
        var w = new limited { room = 5 };
        var (m, err) = await v.WriteTo(w);
        await say("wrote " + m + ", " + text(err) + ", left " + v.Length + ", first " + Encoding.UTF8.GetString(v[0].Span));
        w.room = 100;
        (m, err) = await v.WriteTo(w);
        await say("wrote " + m + ", " + text(err) + ", left " + v.Length);
    }

    // Connections that cannot be written to.
    static async go failing()
    {
        await say("== failing");
        var (c, s) = await connect();
        var (v, _) = pieces(10, 5);
        await must(c.SetWriteDeadline(time.Unix(1, 0)));
        var (m, err) = await v.WriteTo(c);
        await say("deadline: wrote " + m + ", " + text(err) + ", left " + v.Length);
        await must(c.SetWriteDeadline(default));
        await must(c.CloseWrite());
        (m, err) = await v.WriteTo(c);
        await say("CloseWrite: wrote " + m + ", " + text(err) + ", left " + v.Length);
        await must(await c.Close());
        (m, err) = await v.WriteTo(c);
        await say("closed: wrote " + m + ", " + text(err) + ", left " + v.Length);
        await must(await s.Close());
        (c, s) = await connect();
        await must(s.SetLinger(0));
        await must(await s.Close());
        (_, err) = await c.Read(new byte[1]);
        await say("read: " + text(err));
        (m, err) = await v.WriteTo(c);
        await say("reset: wrote " + m + ", " + text(err) + ", left " + v.Length);
        await must(await c.Close());
    }

    // More than the buffers of the connection hold.
    static async go full(int n)
    {
        await say("== full buffers, " + n);
        var (c, s) = await connect();
        var (v, all) = pieces(n, 1000, 1, 70000, 8192);
        var done = makechan<string>();
        go(async () =>
        {
            var (m, err) = await v.WriteTo(c);
            await done.Send("wrote " + m + ", " + text(err) + ", left " + v.Length + ", CloseWrite " + text(c.CloseWrite()));
        });
        var got = new byte[n];
        var (k, err) = await io.ReadFull(s, got);
        await say("client: " + await done.Recv());
        await say("server: read " + k + ", " + text(err) + ", same " + FormatBool(all.AsSpan().SequenceEqual(got)));
        await must(await c.Close());
        await must(await s.Close());
    }

    static async go Main_()
    {
        var (l, err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        listener = (net.TCPListener)l!;
        if (os.Args.Length > 1 && os.Args[1] == "full")
        {
            await full(100000);
            await full(8 << 20);
        }
        else
        {
            await transfers();
            await copied();
            await reader();
            await writer();
            await failing();
        }
        await say("listener Close: " + text(await l!.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
