// The echo server of testdata/echo on System.Net.Sockets: a task for each connection, a buffer of 512
// bytes, and the options that Go sets on an accepted connection.
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace sockets;

internal static class Program
{
    private static async Task Worker(Socket conn)
    {
        using var c = conn;
        try
        {
            conn.NoDelay = true;
            conn.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            conn.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 15);
            conn.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            Memory<byte> b = new byte[512];
            for (; ; )
            {
                var size = await conn.ReceiveAsync(b);
                if (size == 0)
                {
                    break;
                }
                for (var rest = b[..size]; rest.Length > 0;)
                {
                    rest = rest[await conn.SendAsync(rest)..];
                }
            }
        }
        catch (SocketException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
        }
    }

    private static async Task<int> Main(string[] args)
    {
        if (args.Length != 0 && (args.Length != 2 || args[0] != "-addr"))
        {
            Console.Error.WriteLine("usage: sockets [-addr host:port]");
            return 2;
        }
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(IPEndPoint.Parse(args.Length == 0 ? "127.0.0.1:8080" : args[1]));
        listener.Listen(int.MaxValue);
        Console.WriteLine($"listening on {listener.LocalEndPoint}");
        for (; ; )
        {
            try
            {
                _ = Worker(await listener.AcceptAsync());
            }
            catch (SocketException e)
            {
                // Out of descriptors, most likely: go on when there are some again.
                Console.Error.WriteLine(e.Message);
                await Task.Delay(10);
            }
        }
    }
}
