// Command ops runs scripts of operations on connections: both ends are in the program. main.go beside
// this file is the same program.
namespace ops;

using System.Collections.Generic;
using System.Text;
using golang;
using static golang.builtin;

record struct op(string verb, int end, int n);

// An end of a connection: 2*k is the client's of connection k, 2*k+1 the server's.
class end
{
    internal required net.TCPConn conn;
    internal int id;
    int sent;
    int received;
    internal string log = "";

    static string text(error? err)
    {
        if (err == null)
        {
            return "ok";
        }
        return err.Error();
    }

    // at is the byte at a place of what an end sends.
    static byte at(int id, int pos)
    {
        return (byte)(pos * 31 + (pos >> 8) + id);
    }

    async go<string> write(int n)
    {
        var b = new byte[n];
        for (var i = 0; i < b.Length; i++)
        {
            b[i] = at(id, sent + i);
        }
        var (m, err) = await conn.Write(b);
        sent += m;
        return m + " " + text(err);
    }

    async go<string> read(int n)
    {
        var b = new byte[n];
        var got = 0;
        while (got < n)
        {
            var (m, err) = await conn.Read(b.AsMemory(got));
            for (var i = got; i < got + m; i++)
            {
                if (b[i] != at(id ^ 1, received))
                {
                    return "byte " + received + " is " + b[i];
                }
                received++;
            }
            got += m;
            if (err != null)
            {
                return got + " " + text(err);
            }
        }
        return got + " ok";
    }

    internal async go @do(op o)
    {
        string s;
        switch (o.verb)
        {
            case "write":
                s = await write(o.n);
                break;
            case "read":
                s = await read(o.n);
                break;
            case "past":
                s = text(conn.SetDeadline(time.Now().Add(-time.Second)));
                break;
            case "later":
                s = text(conn.SetDeadline(time.Now().Add(time.Hour)));
                break;
            case "never":
                s = text(conn.SetDeadline(default));
                break;
            case "expire":
                s = text(conn.SetReadDeadline(time.Now().Add(o.n * time.Millisecond))) + ", read " + await read(1);
                break;
            case "halfclose":
                s = text(conn.CloseWrite());
                break;
            case "close":
                s = text(await conn.Close());
                break;
            case "reset":
                s = text(conn.SetLinger(0)) + ", " + text(await conn.Close());
                break;
            default:
                s = "what is that?";
                break;
        }
        log += o.verb + " " + id + " " + o.n + ": " + s + "\n";
    }
}

static class main
{
    static async go fatal(error err)
    {
        await os.Stderr.WriteString(err.Error() + "\n");
        os.Exit(1);
    }

    // dial adds the two ends of a new connection.
    static async go dial(net.Listener ln, List<end> ends)
    {
        var (c, err) = await net.Dial("tcp", ln.Addr()!.String());
        if (err != null)
        {
            await fatal(err);
        }
        (var s, err) = await ln.Accept();
        if (err != null)
        {
            await fatal(err);
        }
        ends.Add(new end { conn = (net.TCPConn)c!, id = ends.Count });
        ends.Add(new end { conn = (net.TCPConn)s!, id = ends.Count });
    }

    // serial does everything on one goroutine.
    static async go serial(net.Listener ln, List<op> ops)
    {
        var ends = new List<end>();
        foreach (var o in ops)
        {
            switch (o.verb)
            {
                case "dial":
                    await dial(ln, ends);
                    break;
                case "sleep":
                    await time.Sleep(o.n * time.Millisecond);
                    break;
                default:
                    var e = ends[o.end];
                    await e.@do(o);
                    await os.Stdout.WriteString(e.log);
                    e.log = "";
                    break;
            }
        }
        await finish(ends);
    }

    // concurrent has a goroutine for each end.
    static async go concurrent(net.Listener ln, List<op> ops)
    {
        var ends = new List<end>();
        foreach (var o in ops)
        {
            if (o.verb == "dial")
            {
                await dial(ln, ends);
            }
        }
        var wg = new sync.WaitGroup();
        foreach (var e in ends)
        {
            wg.Add(1);
            go(async () =>
            {
                foreach (var o in ops)
                {
                    if (o.verb == "sleep")
                    {
                        await time.Sleep(o.n * time.Millisecond);
                    }
                    else if (o.verb != "dial" && o.end == e.id)
                    {
                        await e.@do(o);
                    }
                }
                wg.Done();
            });
        }
        await wg.Wait();
        foreach (var e in ends)
        {
            await os.Stdout.WriteString(e.log);
        }
        await finish(ends);
    }

    static async go finish(List<end> ends)
    {
        foreach (var e in ends)
        {
            await e.conn.Close();
        }
    }

    static async go Main_()
    {
        if (os.Args.Length != 2)
        {
            await os.Stderr.WriteString("usage: ops file\n");
            os.Exit(2);
        }
        var (b, err) = await os.ReadFile(os.Args[1]);
        if (err != null)
        {
            await fatal(err);
        }
        (var ln, err) = await net.Listen("tcp", "127.0.0.1:0");
        if (err != null)
        {
            await fatal(err);
        }
        var ops = new List<op>();
        var run = serial;
        foreach (var line in Encoding.UTF8.GetString(b.Span).Split("\n"))
        {
            var w = line.Split(" ");
            if (w.Length != 3)
            {
                continue;
            }
            var o = new op(w[0], int.Parse(w[1]), int.Parse(w[2]));
            switch (o.verb)
            {
                case "script":
                    await os.Stdout.WriteString(line + "\n");
                    ops = [];
                    run = serial;
                    if (o.n == 1)
                    {
                        run = concurrent;
                    }
                    break;
                case "end":
                    await run(ln!, ops);
                    break;
                default:
                    ops.Add(o);
                    break;
            }
        }
        await ln!.Close();
    }

    static int Main() => runtime.rt0_go(Main_);
}
