// Ports src/net/unixsock_readmsg_test.go of go1.20.
using System.Threading.Tasks;
using static golang.fcntl_syscall_test;
using static golang.net;

namespace golang;

/// <summary>Control messages.</summary>
[TestFixture]
public class unixsock_readmsg_test
{
    /// <summary>A descriptor that comes in a message is closed on exec.</summary>
    [Test]
    public Task TestUnixConnReadMsgUnixSCMRightsCloseOnExec() => main_test.Run(static async t =>
    {
        var (scmFile, err) = os.Open(os.DevNull);
        if (err != null)
        {
            t.Fatalf($"file open: {err.Error()}");
        }
        t.Cleanup(async () => { await scmFile!.Close(); });

        var rights = syscall.UnixRights((int)scmFile!.Fd());
        (var fds, err) = syscall.Socketpair(syscall.AF_LOCAL, syscall.SOCK_STREAM, 0);
        if (err != null)
        {
            t.Fatalf($"Socketpair: {err.Error()}");
        }

        var writeFile = os.NewFile((uintptr)fds[0], "write-socket");
        t.Cleanup(async () => { await writeFile!.Close(); });
        var readFile = os.NewFile((uintptr)fds[1], "read-socket");
        t.Cleanup(async () => { await readFile!.Close(); });

        (var cw, err) = await FileConn(writeFile!);
        if (err != null)
        {
            t.Fatalf($"FileConn: {err.Error()}");
        }
        t.Cleanup(cw!);
        (var cr, err) = await FileConn(readFile!);
        if (err != null)
        {
            t.Fatalf($"FileConn: {err.Error()}");
        }
        t.Cleanup(cr!);

        if (cw is not UnixConn ucw)
        {
            t.Fatalf($"got {cw!.GetType()}; want UnixConn");
            return;
        }
        if (cr is not UnixConn ucr)
        {
            t.Fatalf($"got {cr!.GetType()}; want UnixConn");
            return;
        }

        Memory<byte> oob = new byte[syscall.CmsgSpace(4)];
        err = ucw.SetWriteDeadline(time.Now().Add(5 * time.Second));
        if (err != null)
        {
            t.Fatalf($"Can't set unix connection timeout: {err.Error()}");
        }
        (_, _, err) = await ucw.WriteMsgUnix(null, rights, null);
        if (err != null)
        {
            t.Fatalf($"UnixConn readMsg: {err.Error()}");
        }
        err = ucr.SetReadDeadline(time.Now().Add(5 * time.Second));
        if (err != null)
        {
            t.Fatalf($"Can't set unix connection timeout: {err.Error()}");
        }
        (_, var oobn, _, _, err) = await ucr.ReadMsgUnix(null, oob);
        if (err != null)
        {
            t.Fatalf($"UnixConn readMsg: {err.Error()}");
        }

        (var scms, err) = syscall.ParseSocketControlMessage(oob[..oobn]);
        if (err != null)
        {
            t.Fatalf($"ParseSocketControlMessage: {err.Error()}");
        }
        if (scms!.Length != 1)
        {
            t.Fatalf($"got {scms.Length} control messages; expected 1 SocketControlMessage");
        }
        var scm = scms[0];
        (var gotFDs, err) = syscall.ParseUnixRights(scm);
        if (err != null)
        {
            t.Fatalf($"syscall.ParseUnixRights: {err.Error()}");
        }
        if (gotFDs!.Length != 1)
        {
            t.Fatalf($"got {gotFDs.Length} FDs: wanted only 1 fd");
        }
        t.Cleanup(async () =>
        {
            var err = syscall.Close(gotFDs[0]);
            if (err != null)
            {
                t.Fatalf($"fail to close gotFDs: {err.Error()}");
            }
        });

        (var flags, err) = fcntl(gotFDs[0], syscall.F_GETFD, 0);
        if (err != null)
        {
            t.Fatalf($"Can't get flags of fd:{gotFDs[0]}, with err:{err.Error()}");
        }
        if ((flags & syscall.FD_CLOEXEC) == 0)
        {
            t.Fatalf($"got flags {flags:x}, want {syscall.FD_CLOEXEC:x} (FD_CLOEXEC) set");
        }
    });
}
