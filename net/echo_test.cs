// The echo server, testdata/echo, as a child process. Its clients are sockets of the CLR, which share
// no code with the port.
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace golang;

/// <summary>A process that a test has started, and what it prints.</summary>
internal sealed class child : IDisposable
{
    internal readonly Process p = new();
    private readonly StringBuilder stdout = new();
    private readonly StringBuilder stderr = new();
    private readonly Task readers;

    internal child(string file, params string[] args)
        : this(file, args, [])
    {
    }

    internal child(string file, string[] args, params (string name, string value)[] env)
    {
        p.StartInfo = new ProcessStartInfo(file, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in env)
        {
            p.StartInfo.Environment[name] = value;
        }
        Assert.That(p.Start());
        readers = Task.WhenAll(Task.Run(() => read(p.StandardOutput, stdout)), Task.Run(() => read(p.StandardError, stderr)));
    }

    private static void read(StreamReader r, StringBuilder b)
    {
        while (r.ReadLine() is { } line)
        {
            lock (b)
            {
                b.Append(line).Append('\n');
            }
        }
    }

    internal string Stdout => text(stdout);

    internal string Stderr => text(stderr);

    private static string text(StringBuilder b)
    {
        lock (b)
        {
            return b.ToString();
        }
    }

    // until waits for a condition; a child that ends meanwhile is a failure.
    internal void until(Func<bool> cond, string what)
    {
        var end = DateTime.UtcNow + testing.timeout / 2;
        while (!cond())
        {
            if (p.HasExited)
            {
                Assert.Fail($"{what}: the process ended with {p.ExitCode}; stdout: {Stdout} stderr: {Stderr}");
            }
            if (DateTime.UtcNow > end)
            {
                Assert.Fail($"{what}: waited in vain; stdout: {Stdout} stderr: {Stderr}");
            }
            Thread.Sleep(1);
        }
    }

    // exited waits until the process has ended by itself and everything it printed has been read.
    internal int exited()
    {
        Assert.That(p.WaitForExit(testing.timeout / 2), "the process does not end");
        Assert.That(readers.Wait(testing.timeout / 2));
        return p.ExitCode;
    }

    public void Dispose()
    {
        if (!p.HasExited)
        {
            p.Kill();
        }
        p.WaitForExit();
        readers.Wait(testing.timeout / 2);
        p.StandardOutput.Dispose();
        p.StandardError.Dispose();
        p.Dispose();
    }
}

/// <summary>A running echo server.</summary>
internal sealed class echoServer : IDisposable
{
    // The server of the same configuration: artifacts/bin/net_test/CONFIG is where the tests are.
    internal static readonly string path = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "echo",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "echo"));

    internal readonly child child;
    internal readonly IPEndPoint addr;

    // With a limit the server may open so many descriptors.
    internal echoServer(int limit = 0)
    {
        Assert.That(File.Exists(path), path + " is not there");
        child = limit == 0 ? new child(path, "-addr", "127.0.0.1:0") :
            new child("/bin/sh", "-c", $"ulimit -n {limit} && exec \"$0\" \"$@\"", path, "-addr", "127.0.0.1:0");
        addr = listening(child);
    }

    internal static IPEndPoint listening(child child)
    {
        const string prefix = "listening on ";
        try
        {
            child.until(() => child.Stdout.EndsWith('\n'), "the server starts");
            var line = child.Stdout;
            Assert.That(line, Does.StartWith(prefix));
            return IPEndPoint.Parse(line[prefix.Length..].TrimEnd());
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    // connect makes a connection; n chooses the source address, so that ports do not run short.
    internal Socket connect(int n = 0)
    {
        var s = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)(testing.timeout / 2).TotalMilliseconds };
        if (n != 0)
        {
            s.Bind(new IPEndPoint(new IPAddress(new byte[] { 127, 0, 0, (byte)(1 + n) }), 0));
        }
        s.Connect(addr);
        return s;
    }

    // roundTrip sends b and expects it back.
    internal static void roundTrip(Socket s, ReadOnlySpan<byte> b)
    {
        Assert.That(s.Send(b), Is.EqualTo(b.Length));
        expect(s, b);
    }

    internal static void expect(Socket s, ReadOnlySpan<byte> want)
    {
        Span<byte> got = new byte[want.Length];
        for (var n = 0; n < got.Length;)
        {
            var m = s.Receive(got[n..]);
            Assert.That(m, Is.Not.Zero, "the server has closed the connection");
            n += m;
        }
        Assert.That(got.SequenceEqual(want), "the echo is different");
    }

    // abort closes a connection with a reset, which leaves nothing in the kernel.
    internal static void abort(Socket s)
    {
        s.LingerState = new LingerOption(true, 0);
        s.Dispose();
    }

    public void Dispose()
    {
        child.Dispose();
    }
}

/// <summary>The echo server and independent clients.</summary>
[TestFixture]
public class echo_test
{
    private HashSet<string> fds = [];

    /// <summary>What is open before a test.</summary>
    [SetUp]
    public void SetUp()
    {
        // The first process that is started opens a pipe for SIGCHLD, for good.
        using (var p = new child("/bin/true"))
        {
            p.exited();
        }
        fds = main_test.descriptors();
    }

    /// <summary>A test leaves no sockets and pipes.</summary>
    [TearDown]
    public void TearDown()
    {
        main_test.leaks(int.MaxValue, fds, int.MaxValue);
    }

    /// <summary>The smallest message.</summary>
    [Test]
    public void TestEchoOneByte()
    {
        using var server = new echoServer();
        using var s = server.connect();
        for (var i = 0; i < 256; i++)
        {
            echoServer.roundTrip(s, [(byte)i]);
        }
        s.Shutdown(SocketShutdown.Send);
        Assert.That(s.Receive(new byte[1]), Is.Zero);
        Assert.That(server.child.Stderr, Is.Empty);
    }

    /// <summary>100 MB through one connection, written in odd sizes and read at the same time.</summary>
    [Test]
    public void TestEcho100MB()
    {
        var total = testing.Short() ? 10_000_000 : 100_000_000;
        using var server = new echoServer();
        using var s = server.connect();
        var writer = Task.Run(() =>
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var rand = new Random(1);
            var buf = new byte[200_003];
            for (var left = total; left > 0;)
            {
                var n = Math.Min(left, rand.Next(4) == 0 ? rand.Next(1, 1000) : rand.Next(1, buf.Length));
                var b = buf.AsSpan(0, n);
                rand.NextBytes(b);
                hash.AppendData(b);
                for (var m = 0; m < n;)
                {
                    m += s.Send(b[m..]);
                }
                left -= n;
            }
            s.Shutdown(SocketShutdown.Send);
            return hash.GetHashAndReset();
        });
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var got = 0;
        var rbuf = new byte[70_001];
        for (; ; )
        {
            var n = s.Receive(rbuf);
            if (n == 0)
            {
                break;
            }
            hash.AppendData(rbuf, 0, n);
            got += n;
        }
        Assert.That(got, Is.EqualTo(total));
        Assert.That(hash.GetHashAndReset(), Is.EqualTo(writer.Result));
    }

    /// <summary>1,000 connections, all of them busy.</summary>
    [Test]
    public void TestEcho1000Connections()
    {
        using var server = new echoServer();
        var conns = new Socket[1000];
        for (var i = 0; i < conns.Length; i++)
        {
            conns[i] = server.connect();
        }
        var rand = new Random(2);
        var msg = new byte[conns.Length][];
        for (var round = 0; round < 10; round++)
        {
            for (var i = 0; i < conns.Length; i++)
            {
                msg[i] = new byte[rand.Next(1, 1500)];
                rand.NextBytes(msg[i]);
                Assert.That(conns[i].Send(msg[i]), Is.EqualTo(msg[i].Length));
            }
            for (var i = 0; i < conns.Length; i++)
            {
                echoServer.expect(conns[i], msg[i]);
            }
        }
        foreach (var s in conns)
        {
            s.Dispose();
        }
        // All of them have ended in order.
        using var last = server.connect();
        echoServer.roundTrip(last, "still there"u8);
        Assert.That(server.child.Stderr, Is.Empty);
    }

    /// <summary>10,000 connections that wait, while others are served; and then each of them is.</summary>
    [Test]
    public void TestEcho10000Parked()
    {
        var parked = testing.Short() ? 1000 : 10_000;
        if (rlimit.get().Max < (uint64)parked + 1000)
        {
            Assert.Ignore($"the limit of descriptors is {rlimit.get().Max}");
        }
        using var server = new echoServer();
        var conns = new List<Socket>(parked);
        try
        {
            for (var i = 0; i < parked; i++)
            {
                var s = server.connect(1 + i % 8);
                conns.Add(s);
                echoServer.roundTrip(s, [(byte)i]);
            }
            for (var i = 0; i < 10; i++)
            {
                using var s = server.connect();
                for (var j = 0; j < 100; j++)
                {
                    echoServer.roundTrip(s, Encoding.ASCII.GetBytes($"message {i} {j}"));
                }
            }
            // Wake them all.
            for (var i = 0; i < parked; i++)
            {
                Assert.That(conns[i].Send([(byte)(i >> 8), (byte)i]), Is.EqualTo(2));
            }
            for (var i = 0; i < parked; i++)
            {
                echoServer.expect(conns[i], [(byte)(i >> 8), (byte)i]);
            }
        }
        finally
        {
            foreach (var s in conns)
            {
                echoServer.abort(s);
            }
        }
        using var last = server.connect();
        echoServer.roundTrip(last, "still there"u8);
    }

    /// <summary>A client that has shut down its sending side still gets everything, and then the end.</summary>
    [Test]
    public void TestEchoHalfClose()
    {
        using var server = new echoServer();
        using var s = server.connect();
        var b = new byte[100_003];
        new Random(3).NextBytes(b);
        // Everything is sent before anything is read.
        Assert.That(s.Send(b), Is.EqualTo(b.Length));
        s.Shutdown(SocketShutdown.Send);
        echoServer.expect(s, b);
        Assert.That(s.Receive(new byte[1]), Is.Zero);
        Assert.That(server.child.Stderr, Is.Empty);
    }

    /// <summary>A client that resets its connection gets an error message, and the server goes on.</summary>
    [Test]
    public void TestEchoReset()
    {
        using var server = new echoServer();
        using var other = server.connect();
        echoServer.roundTrip(other, "before"u8);
        var want = "";
        for (var i = 0; i < 10; i++)
        {
            var s = server.connect();
            echoServer.roundTrip(s, "x"u8);
            want += $"read tcp {server.addr}->{s.LocalEndPoint}: read: connection reset by peer\n";
            echoServer.abort(s);
            server.child.until(() => server.child.Stderr.Length >= want.Length, "the error is printed");
            Assert.That(server.child.Stderr, Is.EqualTo(want));
        }
        echoServer.roundTrip(other, "after"u8);
        using var last = server.connect();
        echoServer.roundTrip(last, "new"u8);
    }

    /// <summary>A client that resets its connection while it has much to read.</summary>
    [Test]
    public void TestEchoResetUnread()
    {
        using var server = new echoServer();
        using var other = server.connect();
        var n = testing.Short() ? 2 : 10;
        for (var i = 0; i < n; i++)
        {
            var s = server.connect();
            stuff(s, other, new Random(i), null);
            echoServer.abort(s);
            echoServer.roundTrip(other, "after"u8);
        }
        // The writes that waited have come back with errors.
        server.child.until(() => server.child.Stderr.Split('\n').Length - 1 == n, $"{n} errors are printed");
        foreach (var line in server.child.Stderr.TrimEnd().Split('\n'))
        {
            Assert.That(line, Does.Match($"^(read|write) tcp {server.addr}->127.0.0.1:[0-9]+: (read|write): (connection reset by peer|broken pipe)$"));
        }
    }

    // stuff writes to s, from which nobody reads, until nothing goes through any more: in that
    // time the server serves another connection 200 times.
    private static long stuff(Socket s, Socket other, Random rand, IncrementalHash? hash)
    {
        s.Blocking = false;
        long sent = 0;
        var buf = new byte[50_021];
        for (var blocked = 0; blocked < 200;)
        {
            rand.NextBytes(buf);
            var n = s.Send(buf, SocketFlags.None, out var err);
            if (err == SocketError.WouldBlock)
            {
                blocked++;
                echoServer.roundTrip(other, "served?"u8);
                continue;
            }
            Assert.That(err, Is.EqualTo(SocketError.Success));
            hash?.AppendData(buf, 0, n);
            sent += n;
            blocked = 0;
        }
        s.Blocking = true;
        return sent;
    }

    /// <summary>A client that never reads: the server's Write waits, and others are served.</summary>
    [Test]
    public void TestEchoClientThatNeverReads()
    {
        using var server = new echoServer();
        using var other = server.connect();
        using var s = server.connect();
        using var want = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sent = stuff(s, other, new Random(4), want);
        using var third = server.connect();
        for (var i = 0; i < 1000; i++)
        {
            echoServer.roundTrip(third, "served"u8);
        }
        // Now it reads, and nothing was lost.
        s.Shutdown(SocketShutdown.Send);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long got = 0;
        var rbuf = new byte[65536];
        for (int n; (n = s.Receive(rbuf)) != 0;)
        {
            hash.AppendData(rbuf, 0, n);
            got += n;
        }
        Assert.That(got, Is.EqualTo(sent));
        Assert.That(hash.GetHashAndReset(), Is.EqualTo(want.GetHashAndReset()));
    }

    /// <summary>Bad input: no descriptors left. Accept says so, and goes on when there are some again.</summary>
    [Test]
    public void TestEchoDescriptorLimit()
    {
        const int limit = 256;
        using var server = new echoServer(limit);
        var text = $"accept tcp {server.addr}: accept4: too many open files\n";
        var conns = new List<Socket>();
        try
        {
            // The kernel takes connections for the server. With the last ones it cannot accept them.
            for (var i = 0; i < limit; i++)
            {
                conns.Add(server.connect());
            }
            server.child.until(() => server.child.Stderr.Length >= 3 * text.Length, "Accept fails, and again");
            Assert.That(server.child.Stderr.Replace(text, ""), Is.Empty);
            // Those that were accepted are served.
            for (var i = 0; i < 50; i++)
            {
                echoServer.roundTrip(conns[i], "served"u8);
            }
            // When they end, the others are.
            for (var i = 0; i < 100; i++)
            {
                conns[i].Dispose();
            }
            for (var i = 100; i < limit; i++)
            {
                echoServer.roundTrip(conns[i], "served too"u8);
            }
            using var last = server.connect();
            echoServer.roundTrip(last, "new"u8);
            Assert.That(server.child.Stderr.Replace(text, ""), Is.Empty);
        }
        finally
        {
            foreach (var s in conns)
            {
                s.Dispose();
            }
        }
    }

    /// <summary>Bad input: the command line.</summary>
    [TestCase("-addr")]
    [TestCase("-addr", "127.0.0.1:0", "x")]
    [TestCase("-port", "80")]
    [TestCase("127.0.0.1:0")]
    public void TestEchoUsage(params string[] args)
    {
        using var p = new child(echoServer.path, args);
        Assert.That(p.exited(), Is.EqualTo(2));
        Assert.That(p.Stderr, Is.EqualTo("usage: echo [-addr host:port]\n"));
        Assert.That(p.Stdout, Is.Empty);
    }

    /// <summary>Bad input: addresses on which the server cannot listen.</summary>
    [TestCase("127.0.0.1:70000", "listen tcp: address 70000: invalid port")]
    [TestCase("127.0.0.1", "listen tcp: address 127.0.0.1: missing port in address")]
    [TestCase("192.0.2.1:0", "listen tcp 192.0.2.1:0: bind: cannot assign requested address")]
    public void TestEchoBadAddress(string addr, string text)
    {
        using var p = new child(echoServer.path, "-addr", addr);
        Assert.That(p.exited(), Is.EqualTo(1));
        Assert.That(p.Stderr, Is.EqualTo(text + "\n"));
        Assert.That(p.Stdout, Is.Empty);
    }

    /// <summary>Bad input: the address is in use.</summary>
    [Test]
    public void TestEchoAddressInUse()
    {
        using var server = new echoServer();
        using var p = new child(echoServer.path, "-addr", server.addr.ToString());
        Assert.That(p.exited(), Is.EqualTo(1));
        Assert.That(p.Stderr, Is.EqualTo($"listen tcp {server.addr}: bind: address already in use\n"));
        Assert.That(p.Stdout, Is.Empty);
        using var s = server.connect();
        echoServer.roundTrip(s, "still there"u8);
    }
}
