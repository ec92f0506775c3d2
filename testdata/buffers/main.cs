// Command buffers writes many buffers at once, with writev, to connections and to what is none.
// main.go beside this file is the same program.
namespace buffers;

using System.Collections.Generic;
using System.Text;
using golang;
using static golang.builtin;
using static golang.transcript;

static class main
{
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
        var (c, s) = await Connect();
        var (v, all) = pieces(n, sizes);
        what += ", " + v.Length + " buffers";
        var (m, err) = await v.WriteTo(c);
        await Say(what + ": wrote " + m + ", " + Text(err) + ", left " + v.Length);
        var got = new byte[n];
        (var k, err) = await io.ReadFull(s, got);
        await Say(what + ": read " + k + ", " + Text(err) + ", same " + FormatBool(all.AsSpan().SequenceEqual(got)));
        await Must(await c.Close());
        await Must(await s.Close());
    }

    static async go transfers()
    {
        await Say("== WriteTo");
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
        await Say("== Copy");
        var (c, s) = await Connect();
        var (v, all) = pieces(2000, 700);
        var (m, err) = await io.Copy(c, v);
        await Say("wrote " + m + ", " + Text(err) + ", left " + v.Length);
        var got = new byte[2000];
        (var k, err) = await io.ReadFull(s, got);
        await Say("read " + k + ", " + Text(err) + ", same " + FormatBool(all.AsSpan().SequenceEqual(got)));
        await Must(await c.Close());
        await Must(await s.Close());
    }

    // read is one Read of some bytes of the buffers.
    static async go read(net.Buffers v, int n)
    {
        var b = new byte[n];
        (n, var err) = await v.Read(b);
        await Say("read " + n + " \"" + Encoding.UTF8.GetString(b[..n]) + "\", " + Text(err) + ", left " + v.Length);
    }

    // Buffers as a reader.
    static async go reader()
    {
        await Say("== Read");
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
            await Say("Write of " + p.Length + ", took " + n);
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
        await Say("== another writer");
        var v = new net.Buffers("foo"u8.ToArray(), ""u8.ToArray(), "quux"u8.ToArray(), "x"u8.ToArray());
        var w = new limited { room = 5 };
        var (m, err) = await v.WriteTo(w);
        await Say("wrote " + m + ", " + Text(err) + ", left " + v.Length + ", first " + Encoding.UTF8.GetString(v[0].Span));
        w.room = 100;
        (m, err) = await v.WriteTo(w);
        await Say("wrote " + m + ", " + Text(err) + ", left " + v.Length);
    }

    // Connections that cannot be written to.
    static async go failing()
    {
        await Say("== failing");
        var (c, s) = await Connect();
        var (v, _) = pieces(10, 5);
        await Must(c.SetWriteDeadline(time.Unix(1, 0)));
        var (m, err) = await v.WriteTo(c);
        await Say("deadline: wrote " + m + ", " + Text(err) + ", left " + v.Length);
        await Must(c.SetWriteDeadline(default));
        await Must(c.CloseWrite());
        (m, err) = await v.WriteTo(c);
        await Say("CloseWrite: wrote " + m + ", " + Text(err) + ", left " + v.Length);
        await Must(await c.Close());
        (m, err) = await v.WriteTo(c);
        await Say("closed: wrote " + m + ", " + Text(err) + ", left " + v.Length);
        await Must(await s.Close());
        (c, s) = await Connect();
        await Must(s.SetLinger(0));
        await Must(await s.Close());
        (_, err) = await c.Read(new byte[1]);
        await Say("read: " + Text(err));
        (m, err) = await v.WriteTo(c);
        await Say("reset: wrote " + m + ", " + Text(err) + ", left " + v.Length);
        await Must(await c.Close());
    }

    // More than the buffers of the connection hold.
    static async go full(int n)
    {
        await Say("== full buffers, " + n);
        var (c, s) = await Connect();
        var (v, all) = pieces(n, 1000, 1, 70000, 8192);
        var done = makechan<string>();
        go(async () =>
        {
            var (m, err) = await v.WriteTo(c);
            await done.Send("wrote " + m + ", " + Text(err) + ", left " + v.Length + ", CloseWrite " + Text(c.CloseWrite()));
        });
        var got = new byte[n];
        var (k, err) = await io.ReadFull(s, got);
        await Say("client: " + await done.Recv());
        await Say("server: read " + k + ", " + Text(err) + ", same " + FormatBool(all.AsSpan().SequenceEqual(got)));
        await Must(await c.Close());
        await Must(await s.Close());
    }

    static async go Main_()
    {
        Listener = await Listen();
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
        await Say("listener Close: " + Text(await Listener.Close()));
    }

    static int Main() => runtime.rt0_go(Main_);
}
