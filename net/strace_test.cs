// The system calls of the echo server, as strace sees them. They are those of the same program built
// with Go. Of the calls of the CLR those on the descriptors of the port's poller and sockets are told
// apart by these descriptors.
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace golang;

/// <summary>A trace of the echo server.</summary>
[TestFixture]
public class strace_test
{
    // A call of the trace, in the order in which the calls ended.
    private sealed record call(int pid, string name, string args, string ret, int start)
    {
        internal int result => int.Parse(Regex.Match(ret, "^-?[0-9]+").Value);

        // fd is the first argument, for calls whose first argument is a descriptor.
        internal int fd => int.TryParse(args.Split(',')[0], out var n) ? n : -1;

        public override string ToString() => $"{name}({args}) = {ret}";
    }

    private const string events = "EPOLLIN|EPOLLOUT|EPOLLRDHUP|EPOLLET";
    private const string ioCalls = "epoll_create1,epoll_create,epoll_ctl,epoll_pwait,epoll_wait,epoll_pwait2,pipe2,pipe,eventfd2,openat,open," +
        "socket,bind,listen,accept,accept4,getsockname,setsockopt,fcntl,read,write,close,recvfrom,sendto,recvmsg,sendmsg,poll,ppoll,select,pselect6";

    // parse joins the two halves of calls that others interrupted.
    private static List<call> parse(string[] lines)
    {
        var calls = new List<call>();
        var open = new Dictionary<int, (string text, int start)>();
        for (var i = 0; i < lines.Length; i++)
        {
            var m = Regex.Match(lines[i], "^([0-9]+) +(.*)$");
            if (!m.Success)
            {
                continue;
            }
            var pid = int.Parse(m.Groups[1].Value);
            var text = m.Groups[2].Value;
            var start = i;
            if (text.EndsWith("<unfinished ...>"))
            {
                open[pid] = (text[..^"<unfinished ...>".Length].TrimEnd(), i);
                continue;
            }
            var resumed = Regex.Match(text, "^<\\.\\.\\. [a-z0-9_]+ resumed>(.*)$");
            if (resumed.Success && open.Remove(pid, out var first))
            {
                (text, start) = (first.text + resumed.Groups[1].Value, first.start);
            }
            var c = Regex.Match(text, "^([a-z0-9_]+)\\((.*)\\) += (-?[0-9].*)$");
            if (c.Success)
            {
                calls.Add(new call(pid, c.Groups[1].Value, c.Groups[2].Value, c.Groups[3].Value, start));
            }
        }
        return calls;
    }

    private static string find()
    {
        var strace = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, "strace")).FirstOrDefault(File.Exists);
        if (strace == null)
        {
            Assert.Ignore("strace is not installed");
        }
        using (var probe = new child(strace, "-f", "-o", "/dev/null", "/bin/true"))
        {
            if (probe.exited() != 0)
            {
                Assert.Ignore("strace cannot trace here: " + probe.Stderr);
            }
        }
        return strace;
    }

    /// <summary>Three connections with three requests each, and nothing but the calls that Go makes.</summary>
    [Test]
    public void TestTrace()
    {
        var strace = find();

        const int conns = 3;
        const int requests = 3;
        var file = Path.GetTempFileName();
        string[] lines;
        try
        {
            using (var p = new child(strace, "-f", "-o", file, "-e", "trace=execve," + ioCalls, echoServer.path, "-addr", "127.0.0.1:0"))
            {
                var addr = echoServer.listening(p);
                var clients = new List<Socket>();
                try
                {
                    for (var i = 0; i < conns; i++)
                    {
                        var s = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                        clients.Add(s);
                        var accepts = i + 1;
                        p.until(() => Regex.Count(readShared(file), "accept4.* = -1 EAGAIN") >= accepts, "the server waits for a connection");
                        s.Connect(addr);
                        for (var j = 0; j < requests; j++)
                        {
                            // The server waits for the request, so that each takes the same calls.
                            p.until(() => waits(file, i, j), "the server waits");
                            echoServer.roundTrip(s, [(byte)'a', (byte)('0' + i), (byte)('0' + j)]);
                        }
                        p.until(() => waits(file, i, requests), "the server waits again");
                    }
                }
                finally
                {
                    foreach (var s in clients)
                    {
                        s.Dispose();
                    }
                }
                p.until(() => closed(file, conns), "the server closes its connections");
                // The tracer ends with the server.
                var pid = int.Parse(Regex.Match(readShared(file), "^[0-9]+").Value);
                using (var server = Process.GetProcessById(pid))
                {
                    server.Kill();
                }
                p.exited();
            }
            lines = File.ReadAllLines(file);
        }
        finally
        {
            File.Delete(file);
        }
        check(parse(lines), conns, requests);
    }

    /// <summary>io.Copy to a TCP connection: splice from a connection, sendfile from a file; and a pipe, which neither takes.</summary>
    [Test]
    public void TestTraceCopy()
    {
        var strace = find();
        var copying = echoServer.path.Replace("/echo/", "/copying/")[..^"echo".Length] + "copying";
        Assert.That(File.Exists(copying), copying + " is not there");
        var file = Path.GetTempFileName();
        List<call> calls;
        try
        {
            using (var p = new child(strace, "-f", "-E", "GOMAXPROCS=1", "-o", file, "-e", "trace=pipe2,fcntl,splice,sendfile", copying))
            {
                Assert.That(p.exited(), Is.Zero, p.Stderr);
            }
            calls = parse(File.ReadAllLines(file));
        }
        finally
        {
            File.Delete(file);
        }

        // The pipe that splice goes through: one for all of the copies up to the one that leaves data in it.
        // With more Ps there may be others: what one P has put into the pool last, another one does not find.
        var sizes = calls.Where(c => c.name == "fcntl" && c.args.Contains("F_SETPIPE_SZ")).ToList();
        Assert.That(sizes, Has.Count.EqualTo(2));
        Assert.That(sizes.Select(c => c.args[(c.args.IndexOf(", ") + 2)..]), Is.All.EqualTo("F_SETPIPE_SZ, 1048576"));
        var pipe = calls.Last(c => c.name == "pipe2" && calls.IndexOf(c) < calls.IndexOf(sizes[0]) && c.args.StartsWith($"[{sizes[0].fd}, "));
        var m = Regex.Match(pipe.args, "^\\[([0-9]+), ([0-9]+)\\], O_NONBLOCK\\|O_CLOEXEC$");
        Assert.That(m.Success, pipe.args);
        var (r, w) = (int.Parse(m.Groups[1].Value), int.Parse(m.Groups[2].Value));

        // drain and pump are what goes into the pipe and out of it.
        var got = calls.Where(c => c.name is "splice" or "sendfile" && !c.ret.StartsWith("-1 EAGAIN")).Select(c =>
        {
            var a = c.args.Split(", ");
            if (c.name == "sendfile")
            {
                Assert.That(a[2], Is.EqualTo("NULL"), c.ToString());
                return $"sendfile {a[3]} = {c.result}";
            }
            Assert.That(a[1] + a[3] + a[5], Is.EqualTo("NULLNULLSPLICE_F_NONBLOCK"), c.ToString());
            return $"{(a[0] == r.ToString() ? "pump" : a[2] == w.ToString() ? "drain" : "splice")} {a[4]} = {c.result}";
        }).ToList();
        Assert.That(got.Take(24), Is.EqualTo(new[]
        {
            "drain 3 = 3", "pump 3 = 3",
            "drain 2 = 2", "pump 2 = 2",
            "drain 1048576 = 7", "pump 7 = 7", "drain 1048576 = 0",
            "drain 1048576 = 0",
            "drain 7 = 0",
            "drain 100 = 5", "pump 5 = 5", "drain 95 = 0",
            "sendfile 3 = 3",
            "sendfile 2 = 2",
            "sendfile 4194304 = 7", "sendfile 4194304 = 0",
            "sendfile 4194304 = 0",
            "sendfile 7 = 0",
            "sendfile 4194304 = 5", "sendfile 4194304 = 0",
            "sendfile 100 = 5", "sendfile 95 = 0",
            "sendfile 3 = -1", "sendfile 4194304 = -1",
        }));
        // The destination fails when the source has been read.
        Assert.That(got.Skip(24), Has.Count.EqualTo(2));
        Assert.That(got[24], Is.EqualTo("drain 1048576 = 5"));
    }

    private static string readShared(string file)
    {
        using var f = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var r = new StreamReader(f);
        return r.ReadToEnd();
    }

    // waits tells whether the server has served so many requests of a connection and found no other.
    private static bool waits(string file, int conn, int served)
    {
        var calls = parse(readShared(file).Split('\n'));
        var accepted = calls.Where(c => c.name == "accept4" && c.result >= 0).ToList();
        if (accepted.Count <= conn)
        {
            return false;
        }
        var reads = calls.Skip(calls.IndexOf(accepted[conn])).Where(c => c.name == "read" && c.fd == accepted[conn].result).ToList();
        return reads.Count(c => c.result > 0) == served && reads.Count > 0 && reads[^1].ret.StartsWith("-1 EAGAIN");
    }

    // closed tells whether all the accepted descriptors are closed.
    private static bool closed(string file, int conns)
    {
        var calls = parse(readShared(file).Split('\n'));
        var accepted = calls.Where(c => c.name == "accept4" && c.result >= 0).ToList();
        return accepted.Count == conns && accepted.All(a => calls.Any(c => c.name == "close" && c.fd == a.result && calls.IndexOf(c) > calls.IndexOf(a)));
    }

    private static void check(List<call> calls, int conns, int requests)
    {
        List<call> named(string name) => calls.Where(c => c.name == name).ToList();

        // The poller. The CLR has none of its own here, as the server uses none of its sockets.
        var create = named("epoll_create1");
        Assert.That(create, Has.Count.EqualTo(1));
        Assert.That(create[0].args, Is.EqualTo("EPOLL_CLOEXEC"));
        var epfd = create[0].result;
        foreach (var other in new[] { "epoll_create", "epoll_wait", "epoll_pwait2", "accept", "select", "pselect6" })
        {
            Assert.That(named(other), Is.Empty, other);
        }

        // Its pipe: the one whose read end is added. The CLR's pipes block.
        var pipe = named("pipe2").Where(c => c.args.Contains("O_NONBLOCK")).ToList();
        Assert.That(pipe, Has.Count.EqualTo(1));
        var m = Regex.Match(pipe[0].args, "^\\[([0-9]+), ([0-9]+)\\], O_NONBLOCK\\|O_CLOEXEC$");
        Assert.That(m.Success, pipe[0].args);
        var (r, w) = (int.Parse(m.Groups[1].Value), int.Parse(m.Groups[2].Value));
        var at = calls.IndexOf(pipe[0]);
        Assert.That(at, Is.GreaterThan(calls.IndexOf(create[0])));
        var ctl = named("epoll_ctl").Where(c => c.fd == epfd).ToList();
        Assert.That(ctl[0].args, Does.StartWith($"{epfd}, EPOLL_CTL_ADD, {r}, {{events=EPOLLIN, data="));
        Assert.That(ctl.Where(c => c.args.StartsWith($"{epfd}, EPOLL_CTL_ADD, {w},")), Is.Empty);
        Assert.That(ctl.All(c => c.result == 0));

        // The backlog.
        var somaxconn = calls.Where(c => c.args.Contains("\"/proc/sys/net/core/somaxconn\"")).ToList();
        Assert.That(somaxconn, Has.Count.EqualTo(1));
        Assert.That(somaxconn[0].name, Is.EqualTo("openat"));
        Assert.That(somaxconn[0].args, Is.EqualTo("AT_FDCWD, \"/proc/sys/net/core/somaxconn\", O_RDONLY|O_CLOEXEC"));

        // The listener.
        var listen = named("listen").Single(c => named("bind").Any(b => b.fd == c.fd && b.args.Contains("AF_INET,") && b.args.Contains("127.0.0.1")));
        var ln = listen.fd;
        Assert.That(named("socket").Last(c => c.result == ln && calls.IndexOf(c) < calls.IndexOf(listen)).args,
            Is.EqualTo("AF_INET, SOCK_STREAM|SOCK_CLOEXEC|SOCK_NONBLOCK, IPPROTO_IP"));
        Assert.That(named("setsockopt").Where(c => c.fd == ln).Select(c => c.args), Is.EqualTo(new[] { $"{ln}, SOL_SOCKET, SO_REUSEADDR, [1], 4" }));
        var backlog = File.ReadAllText("/proc/sys/net/core/somaxconn").Trim();
        Assert.That(listen.args, Is.EqualTo($"{ln}, {backlog}"));

        // Each descriptor is added once in its life, with both directions and edge-triggered, and
        // taken out before it is closed.
        var lives = new List<(int fd, int from)> { (somaxconn[0].result, calls.IndexOf(somaxconn[0])), (ln, calls.IndexOf(named("socket").Last(c => c.result == ln && calls.IndexOf(c) < calls.IndexOf(listen)))) };
        var accept = named("accept4").Where(c => c.fd == ln).ToList();
        Assert.That(accept.All(c => c.args.EndsWith(", SOCK_CLOEXEC|SOCK_NONBLOCK")));
        var accepted = accept.Where(c => c.result >= 0).ToList();
        Assert.That(accepted, Has.Count.EqualTo(conns));
        Assert.That(accept.Count(c => c.ret.StartsWith("-1 EAGAIN")), Is.EqualTo(conns + 1), "accepts that found nothing");
        lives.AddRange(accepted.Select(c => (c.result, calls.IndexOf(c))));
        foreach (var (fd, from) in lives)
        {
            var to = calls.FindIndex(from, c => c.name == "close" && c.fd == fd);
            Assert.That(to >= 0, Is.EqualTo(fd != ln), $"close of {fd}");
            var life = calls.Skip(from).Take((to < 0 ? calls.Count : to) - from).Where(c => c.name == "epoll_ctl" && c.args.Split(", ")[2] == fd.ToString()).ToList();
            Assert.That(life, Has.Count.EqualTo(fd == ln ? 1 : 2), string.Join("\n", life));
            Assert.That(life[0].args, Does.StartWith($"{epfd}, EPOLL_CTL_ADD, {fd}, {{events={events}, data="));
            if (fd != ln)
            {
                Assert.That(life[1].args, Does.StartWith($"{epfd}, EPOLL_CTL_DEL, {fd}, "));
            }
        }
        Assert.That(ctl, Has.Count.EqualTo(1 + 2 + 1 + 2 * conns));

        // The connections.
        foreach (var a in accepted)
        {
            var fd = a.result;
            var from = calls.IndexOf(a);
            var mine = calls.Skip(from + 1).Where(c => c.fd == fd && c.name != "epoll_ctl").ToList();
            mine = mine.Take(mine.FindIndex(c => c.name == "close") + 1).ToList();
            var want = new List<string>
            {
                "getsockname",
                "setsockopt SOL_TCP, TCP_NODELAY, [1], 4",
                "setsockopt SOL_SOCKET, SO_KEEPALIVE, [1], 4",
                "setsockopt SOL_TCP, TCP_KEEPINTVL, [15], 4",
                "setsockopt SOL_TCP, TCP_KEEPIDLE, [15], 4",
                "read EAGAIN",
            };
            for (var j = 0; j < requests; j++)
            {
                want.AddRange(["read 3", "write 3", "read EAGAIN"]);
            }
            want.AddRange(["read 0", "close"]);
            var got = mine.Select(c => c.name switch
            {
                "setsockopt" => "setsockopt " + c.args[(c.args.IndexOf(", ") + 2)..],
                "read" or "write" => c.name + (c.result < 0 ? " " + c.ret.Split(' ')[1] : " " + c.result),
                _ => c.name,
            }).ToList();
            // The kernel may report a socket twice, as it got room for sending too: then one more read finds nothing.
            for (var k = got.Count - 1; k > 0; k--)
            {
                if (got[k] == "read EAGAIN" && got[k - 1] == "read EAGAIN")
                {
                    got.RemoveAt(k);
                }
            }
            Assert.That(got, Is.EqualTo(want));
            Assert.That(mine.Where(c => c.name == "read").All(c => c.args.EndsWith(", 512")));

            // Between a read that found nothing and the next one lies an epoll_pwait that reported the socket.
            var data = Regex.Match(calls.Skip(from).First(c => c.name == "epoll_ctl" && c.args.StartsWith($"{epfd}, EPOLL_CTL_ADD, {fd},")).args, "u64=([0-9]+)").Groups[1].Value;
            var reads = mine.Where(c => c.name == "read").ToList();
            for (var k = 0; k + 1 < reads.Count; k++)
            {
                if (reads[k].result >= 0 || reads[k + 1].result < 0)
                {
                    continue;
                }
                var between = calls.Skip(calls.IndexOf(reads[k])).Where(c => c.start < reads[k + 1].start || calls.IndexOf(c) < calls.IndexOf(reads[k + 1]));
                Assert.That(between.Count(c => c.name == "epoll_pwait" && c.fd == epfd && c.result > 0 && c.args.Contains("EPOLLIN") && c.args.Contains($"u64={data}}}")),
                    Is.GreaterThanOrEqualTo(1), $"epoll_pwait before {reads[k + 1]}");
            }
        }

        // Nothing else: no message calls, and epoll_pwait as Go calls it.
        Assert.That(calls.Where(c => c.name is "recvfrom" or "sendto" or "recvmsg" or "sendmsg" && accepted.Any(a => a.result == c.fd)), Is.Empty);
        Assert.That(named("epoll_pwait").All(c => c.fd == epfd && Regex.IsMatch(c.args, ", 128, -?[0-9]+, NULL, ")));
    }
}
