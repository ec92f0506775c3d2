using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using common;

namespace difftest;

/// <summary>
/// What a client does to a program, line by line. Its connections are sockets of the CLR. It keeps a
/// transcript of its own, which is compared like the program's.
/// </summary>
internal sealed class ClientScript
{
    /// <summary>A line: what to do, with what.</summary>
    internal sealed record Line(string Verb, string[] Args, Line[] Body)
    {
        public override string ToString() => string.Join(' ', Args.Prepend(Verb));
    }

    // The verbs and how many words follow.
    private static readonly Dictionary<string, (int min, int max)> verbs = new()
    {
        ["wait"] = (2, int.MaxValue), // wait stdout|stderr REGEX: a line of the output; the first group of the first one is the address
        ["connect"] = (1, 2),         // connect A [rcvbuf=N]
        ["send"] = (2, 2),            // send A N: N bytes in the background
        ["sent"] = (1, 1),            // sent A: all of them have been handed to the kernel
        ["stall"] = (1, 1),           // stall A: the background makes no progress any more
        ["recv"] = (2, 2),            // recv A N: N bytes, which must be those that were sent
        ["eof"] = (1, 1),             // eof A: the other side has no more to say
        ["halfclose"] = (1, 1),
        ["reset"] = (1, 1),
        ["close"] = (1, 1),
        ["sleep"] = (1, 1),           // sleep MS
        ["idle"] = (0, 0),            // every thread of the program sleeps and goes on sleeping
        ["signal"] = (1, 1),          // signal QUIT|TERM|KILL|INT
        ["repeat"] = (1, 1),          // repeat N ... end: $i counts from 0
    };

    private static readonly Dictionary<string, int> signals = new() { ["INT"] = 2, ["QUIT"] = 3, ["KILL"] = 9, ["TERM"] = 15 };

    private readonly Child child;
    private readonly Func<int> pid;
    private readonly TimeSpan limit;
    private readonly StringBuilder log = new();
    private readonly Dictionary<string, Connection> connections = [];
    private IPEndPoint? address;

    private ClientScript(Child child, Func<int> pid, TimeSpan limit)
    {
        this.child = child;
        this.pid = pid;
        this.limit = limit;
    }

    /// <summary>Reads a script; a mistake in it is the user's.</summary>
    internal static Line[] Parse(string[] lines)
    {
        var at = 0;
        Line[] block(bool inner)
        {
            var list = new List<Line>();
            while (at < lines.Length)
            {
                var words = lines[at++].Split(' ', StringSplitOptions.RemoveEmptyEntries);
                if (words.Length == 0 || words[0].StartsWith('#'))
                {
                    continue;
                }
                if (words[0] == "end" && inner)
                {
                    return [.. list];
                }
                if (!verbs.TryGetValue(words[0], out var n) || words.Length - 1 < n.min || words.Length - 1 > n.max)
                {
                    throw new InputException($"script: cannot do \"{lines[at - 1]}\"");
                }
                var number = words[0] switch { "send" or "recv" => words[2], "sleep" or "repeat" => words[1], _ => "0" };
                if (!int.TryParse(number, out var value) || value < 0 || (words[0] == "signal" && !signals.ContainsKey(words[1])) ||
                    (words[0] == "wait" && words[1] is not ("stdout" or "stderr")) ||
                    (words[0] == "connect" && words.Length > 2 && !Regex.IsMatch(words[2], "^rcvbuf=[1-9][0-9]{0,8}$")))
                {
                    throw new InputException($"script: cannot do \"{lines[at - 1]}\"");
                }
                list.Add(new Line(words[0], words[1..], words[0] == "repeat" ? block(true) : []));
            }
            return inner ? throw new InputException("script: repeat without end") : [.. list];
        }
        return block(false);
    }

    /// <summary>Runs a script against a program.</summary>
    /// <param name="lines">The script.</param>
    /// <param name="child">The program, or what runs it.</param>
    /// <param name="pid">The program's process id, for signals.</param>
    /// <param name="limit">How long one line may take.</param>
    /// <returns>The client's transcript.</returns>
    internal static string Run(Line[] lines, Child child, Func<int> pid, TimeSpan limit)
    {
        var s = new ClientScript(child, pid, limit);
        try
        {
            s.Run(lines, "");
        }
        finally
        {
            foreach (var c in s.connections.Values)
            {
                c.Dispose();
            }
        }
        return s.log.ToString();
    }

    private void Run(Line[] lines, string i)
    {
        foreach (var line in lines)
        {
            if (line.Verb == "repeat")
            {
                for (var n = 0; n < int.Parse(line.Args[0]); n++)
                {
                    Run(line.Body, n.ToString());
                }
                continue;
            }
            var args = line.Args.Select(a => a.Replace("$i", i)).ToArray();
            var got = Do(line.Verb, args);
            log.Append(line.Verb).Append(' ').AppendJoin(' ', args).Append(": ").Append(got).Append('\n');
        }
    }

    private string Do(string verb, string[] args)
    {
        switch (verb)
        {
            case "wait":
                return WaitFor(args[0], string.Join(' ', args[1..]));
            case "sleep":
                Thread.Sleep(int.Parse(args[0]));
                return "ok";
            case "idle":
                return Idle();
            case "signal":
                // Number 0 would be this process and its group.
                if (child.HasExited || pid() is not (> 0 and var target))
                {
                    return "the program has ended";
                }
                Child.Signal(target, signals[args[0]]);
                return "ok";
            case "connect":
                var rcvbuf = args.Length > 1 ? int.Parse(args[1]["rcvbuf=".Length..]) : 0;
                connections[args[0]] = new Connection(address ?? throw new InputException("script: connect before an address was waited for"), rcvbuf, limit);
                return "ok";
        }
        if (!connections.TryGetValue(args[0], out var c))
        {
            throw new InputException($"script: there is no connection {args[0]}");
        }
        return verb switch
        {
            "send" => c.Send(int.Parse(args[1])),
            "sent" => c.Sent(),
            "stall" => c.Stall(),
            "recv" => c.Receive(int.Parse(args[1])),
            "eof" => c.Eof(),
            "halfclose" => c.HalfClose(),
            "reset" => c.Close(reset: true),
            _ => c.Close(reset: false),
        };
    }

    // Idle waits until the program has done nothing for a while. A thread that only waits for a CPU, or for
    // its tracer, does not sleep.
    private string Idle()
    {
        var end = DateTime.UtcNow + limit;
        var last = "";
        for (var quiet = 0; quiet < 10; Thread.Sleep(20))
        {
            if (child.HasExited || DateTime.UtcNow > end)
            {
                return child.HasExited ? "the program has ended" : "in vain";
            }
            var now = Threads(pid());
            quiet = now != null && now == last ? quiet + 1 : 0;
            last = now ?? "";
        }
        return "ok";
    }

    // Threads is the CPU time that the program has used, or null if not all of its threads sleep.
    private static string? Threads(int pid)
    {
        try
        {
            var b = new StringBuilder();
            foreach (var task in Directory.GetDirectories($"/proc/{pid}/task"))
            {
                // After the name, which is in parentheses: the state, then utime and stime as numbers 14 and 15 of all.
                var stat = File.ReadAllText(Path.Combine(task, "stat"));
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                if (fields[0] is not ("S" or "I"))
                {
                    return null;
                }
                b.Append(task).Append(' ').Append(fields[11]).Append(' ').Append(fields[12]).Append('\n');
            }
            return b.ToString();
        }
        catch (IOException)
        {
            // A thread has ended meanwhile.
            return null;
        }
    }

    // WaitFor waits until a line of the output matches.
    private string WaitFor(string stream, string pattern)
    {
        var end = DateTime.UtcNow + limit;
        for (; ; )
        {
            var ended = child.HasExited;
            var m = Regex.Match(stream == "stderr" ? child.Stderr : child.Stdout, pattern, RegexOptions.Multiline);
            if (m.Success)
            {
                if (address == null && m.Groups.Count > 1 && IPEndPoint.TryParse(m.Groups[1].Value, out var a))
                {
                    address = a;
                }
                return "ok";
            }
            if (ended || DateTime.UtcNow > end)
            {
                return ended ? "the program has ended" : "in vain";
            }
            Thread.Sleep(2);
        }
    }

    // A connection of the client. What it sends is a function of the position, so what comes back can be checked.
    private sealed class Connection : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly TimeSpan limit;
        private readonly byte[] buffer = new byte[1 << 16];
        private Task sending = Task.CompletedTask;
        private long queued;
        private long sent;
        private long received;
        private string? failed;

        internal Connection(IPEndPoint address, int rcvbuf, TimeSpan limit)
        {
            this.limit = limit;
            if (rcvbuf > 0)
            {
                socket.ReceiveBufferSize = rcvbuf;
                // The kernel lets neither this buffer nor, for what comes from it, that of the other side grow:
                // it is certain that a stall comes.
                socket.SendBufferSize = 1 << 16;
            }
            socket.NoDelay = true;
            socket.ReceiveTimeout = (int)limit.TotalMilliseconds;
            socket.Connect(address);
        }

        private static byte At(long position) => (byte)((position * 31) + (position >> 8));

        internal string Send(int n)
        {
            var from = queued;
            queued += n;
            sending = sending.ContinueWith(_ =>
            {
                var b = new byte[Math.Min(n, 1 << 16)];
                try
                {
                    for (var at = from; at < from + n;)
                    {
                        var m = (int)Math.Min(b.Length, from + n - at);
                        for (var i = 0; i < m; i++)
                        {
                            b[i] = At(at + i);
                        }
                        for (var i = 0; i < m;)
                        {
                            var k = socket.Send(b, i, m - i, SocketFlags.None);
                            i += k;
                            Interlocked.Add(ref sent, k);
                        }
                        at += m;
                    }
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    failed = e is SocketException s ? s.SocketErrorCode.ToString() : "closed";
                }
            }, TaskContinuationOptions.LongRunning);
            return "ok";
        }

        internal string Sent() => !sending.Wait(limit) ? "in vain" : failed ?? "ok";

        // Stall waits until nothing has gone out for a while: every buffer on the way is full.
        internal string Stall()
        {
            var end = DateTime.UtcNow + limit;
            for (var (last, since) = (-1L, DateTime.UtcNow); DateTime.UtcNow - since < TimeSpan.FromMilliseconds(500);)
            {
                var now = Interlocked.Read(ref sent);
                if (now != last)
                {
                    (last, since) = (now, DateTime.UtcNow);
                }
                if (sending.IsCompleted || DateTime.UtcNow > end)
                {
                    return "in vain";
                }
                Thread.Sleep(10);
            }
            return "ok";
        }

        internal string Receive(int n)
        {
            for (var left = n; left > 0;)
            {
                int k;
                try
                {
                    k = socket.Receive(buffer, 0, Math.Min(left, buffer.Length), SocketFlags.None);
                }
                catch (SocketException e)
                {
                    return $"{e.SocketErrorCode} after {n - left}";
                }
                if (k == 0)
                {
                    return $"end after {n - left}";
                }
                for (var i = 0; i < k; i++)
                {
                    if (buffer[i] != At(received + i))
                    {
                        return $"byte {received + i} is {buffer[i]}, not {At(received + i)}";
                    }
                }
                received += k;
                left -= k;
            }
            return "ok";
        }

        internal string Eof()
        {
            try
            {
                var n = socket.Receive(buffer);
                return n == 0 ? "ok" : "more data";
            }
            catch (SocketException e)
            {
                return e.SocketErrorCode.ToString();
            }
        }

        internal string HalfClose()
        {
            var got = Sent();
            socket.Shutdown(SocketShutdown.Send);
            return got;
        }

        internal string Close(bool reset)
        {
            // A send that has not returned yet would make the CLR reset the connection.
            if (!reset)
            {
                Sent();
            }
            else
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            socket.Close();
            return "ok";
        }

        public void Dispose() => socket.Dispose();
    }
}
