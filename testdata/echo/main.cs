// Command echo is a TCP echo server with one goroutine per connection.
// main.go beside this file is the same program.
namespace echo;

using golang;
using static golang.builtin;

static class main
{
    static async go worker(net.Conn conn)
    {
        try
        {
            Memory<byte> b = new byte[512];
            for (; ; )
            {
                var (size, err) = await conn.Read(b);
                if (err == io.EOF)
                {
                    break;
                }
                if (err != null)
                {
                    await os.Stderr.WriteString(err.Error() + "\n");
                    break;
                }
                (size, err) = await conn.Write(b[0..size]);
                if (err != null)
                {
                    await os.Stderr.WriteString(err.Error() + "\n");
                    break;
                }
            }
        }
        finally
        {
            await conn.Close();
        }
    }

    static async go Main_()
    {
        var addr = "127.0.0.1:8080";
        if (os.Args.Length > 1)
        {
            if (os.Args.Length != 3 || os.Args[1] != "-addr")
            {
                await os.Stderr.WriteString("usage: echo [-addr host:port]\n");
                os.Exit(2);
            }
            addr = os.Args[2];
        }
        var (listener, err) = await net.Listen("tcp", addr);
        if (err != null)
        {
            await os.Stderr.WriteString(err.Error() + "\n");
            os.Exit(1);
        }
        await os.Stdout.WriteString("listening on " + listener!.Addr()!.String() + "\n");
        for (; ; )
        {
            (var conn, err) = await listener!.Accept();
            if (err != null)
            {
                // Out of descriptors, most likely: go on when there are some again.
                await os.Stderr.WriteString(err.Error() + "\n");
                await time.Sleep(10 * time.Millisecond);
                continue;
            }
            go(worker, conn!);
        }
    }

    static int Main() => runtime.rt0_go(Main_);
}
