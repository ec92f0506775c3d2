// Command copying copies to a TCP connection: from a connection, a file, a pipe and something else,
// with and without a limit, and where it fails.
// main.go beside this file is the same program.
namespace copying;

using System.Text;
using golang;
using static golang.builtin;

static class main
{
    static net.Listener listener = null!;

    static async go say(string s)
    {
        await os.Stdout.WriteString(s + "\n");
    }

    static string text(error? err)
    {
        if (err == null)
        {
            return "nil";
        }
        return err.Error();
    }

    static async go must(error? err)
    {
        if (err != null)
        {
            await os.Stderr.WriteString(err.Error() + "\n");
            os.Exit(1);
        }
    }

    // connect makes a connection.
    static async go<(net.TCPConn, net.TCPConn)> connect()
    {
        var (c, err) = await net.Dial("tcp", listener.Addr()!.String());
        await must(err);
        (var s, err) = await listener.Accept();
        await must(err);
        return ((net.TCPConn)c!, (net.TCPConn)s!);
    }

    // copied copies r to a connection and says what comes out of it. n > 0 is a limit.
    static async go copied(string what, io.Reader r, int64 n)
    {
        var (c, s) = await connect();
        io.LimitedReader? lr = null;
        if (n > 0)
        {
            lr = new io.LimitedReader(r, n);
            r = lr;
        }
        var (m, err) = await io.Copy(s, r);
        what += ": " + m + ", " + text(err);
        if (lr != null)
        {
            what += ", N " + lr.N;
        }
        await must(await s.Close());
        (var b, err) = await io.ReadAll(c);
        await say(what + "; got \"" + Encoding.UTF8.GetString(b.Span) + "\", " + text(err));
        await must(await c.Close());
    }

    // source is a connection that holds s and then ends.
    static async go<net.TCPConn> source(string s)
    {
        var (c, r) = await connect();
        var (_, err) = await c.Write(Encoding.UTF8.GetBytes(s));
        await must(err);
        await must(await c.Close());
        return r;
    }

    // file is an open file that holds s; nobody can open it again.
    static async go<os.File> file(string s)
    {
        var (f, err) = os.CreateTemp("", "copying");
        await must(err);
        await must(os.Remove(f!.Name()));
        (_, err) = await f.WriteString(s);
        await must(err);
        (_, err) = f.Seek(0, io.SeekStart);
        await must(err);
        return f;
    }

    // strings.NewReader
    sealed class stringReader(string s) : io.Reader
    {
        Memory<byte> b = Encoding.UTF8.GetBytes(s);

        public async go<(int n, error? err)> Read(Memory<byte> p)
        {
            if (b.Length == 0)
            {
                return (0, io.EOF);
            }
            var n = Math.Min(p.Length, b.Length);
            b[..n].CopyTo(p);
            b = b[n..];
            return (n, null);
        }
    }

    static async go lockstep()
    {
        await say("== connection");
        var r = await source("hello, world");
        await copied("3 bytes", r, 3);
        await copied("2 more", r, 2);
        await copied("the rest", r, 0);
        await copied("at the end", r, 0);
        await copied("at the end, 7 bytes", r, 7);
        await must(await r.Close());
        r = await source("hello");
        await copied("more than there is", r, 100);
        await must(await r.Close());
        await copied("closed", r, 0);
        r = await source("hello");
        await must(r.SetReadDeadline(time.Now().Add(-1 * time.Hour)));
        await copied("read deadline", r, 0);
        await must(await r.Close());

        await say("== file");
        var f = await file("hello, world");
        await copied("3 bytes", f, 3);
        await copied("2 more", f, 2);
        await copied("the rest", f, 0);
        await copied("at the end", f, 0);
        await copied("at the end, 7 bytes", f, 7);
        var (_, err) = f.Seek(7, io.SeekStart);
        await must(err);
        await copied("from 7", f, 0);
        (_, err) = f.Seek(7, io.SeekStart);
        await must(err);
        await copied("from 7, more than there is", f, 100);
        await must(await f.Close());

        await say("== pipe");
        (var pr, var pw, err) = os.Pipe();
        await must(err);
        (_, err) = await pw!.WriteString("hello, world");
        await must(err);
        await copied("3 bytes", pr!, 3);
        await must(await pw.Close());
        await copied("the rest", pr!, 0);
        await must(await pr!.Close());

        await say("== neither");
        await copied("3 bytes", new stringReader("hello, world"), 3);

        await say("== the destination fails");
        var (c, s) = await connect();
        await must(s.SetWriteDeadline(time.Now().Add(-1 * time.Hour)));
        r = await source("hello");
        (var n, err) = await io.Copy(s, r);
        await say("write deadline, connection: " + n + ", " + text(err));
        await must(await r.Close());
        f = await file("hello");
        (n, err) = await io.Copy(s, f);
        await say("write deadline, file: " + n + ", " + text(err));
        await must(await f.Close());
        await must(await s.Close());
        r = await source("hello");
        (n, err) = await io.Copy(s, r);
        await say("closed, connection: " + n + ", " + text(err));
        await must(await r.Close());
        f = await file("hello");
        (n, err) = await io.Copy(s, f);
        await say("closed, file: " + n + ", " + text(err));
        await must(await f.Close());
        await must(await c.Close());
    }

    // stream copies what r has to a connection that a goroutine empties.
    static async go stream(string what, io.Reader r)
    {
        var (c, s) = await connect();
        var done = makechan<string>();
        go(async () =>
        {
            var (b, err) = await io.ReadAll(c);
            var same = true;
            for (var i = 0; i < b.Length; i++)
            {
                same = same && b.Span[i] == (byte)(i % 251);
            }
            await done.Send(b.Length + " bytes, same " + (same ? "true" : "false") + ", " + text(err));
        });
        var (m, err) = await io.Copy(s, r);
        await must(await s.Close());
        await say(what + ": " + m + ", " + text(err) + "; got " + await done.Recv());
        await must(await c.Close());
    }

    static async go streams()
    {
        const int n = 4 << 20;
        var b = new byte[n];
        for (var i = 0; i < b.Length; i++)
        {
            b[i] = (byte)(i % 251);
        }
        var (c, r) = await connect();
        go(async () =>
        {
            var (_, err) = await c.Write(b);
            await must(err);
            await must(await c.Close());
        });
        await stream("connection", r);
        await must(await r.Close());
        var f = await file("");
        var (_, err) = await f.Write(b);
        await must(err);
        (_, err) = f.Seek(0, io.SeekStart);
        await must(err);
        await stream("file", f);
        await must(await f.Close());
    }

    static async go Main_()
    {
        (var l, var err) = await net.Listen("tcp", "127.0.0.1:0");
        await must(err);
        listener = l!;
        if (os.Args.Length > 1 && os.Args[1] == "stream")
        {
            await streams();
        }
        else
        {
            await lockstep();
        }
        await must(await listener.Close());
    }

    static int Main() => runtime.rt0_go(Main_);
}
