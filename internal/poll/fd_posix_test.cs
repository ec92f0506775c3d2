// Ports src/internal/poll/fd_posix_test.go of go1.20.
using System.Collections.Generic;

namespace golang;

public class fd_posix_test
{
    private static IEnumerable<(int n, error? err, poll.FD fd, error? expected)> eofErrorTests()
    {
        yield return (100, null, new poll.FD { ZeroReadIsEOF = true }, null);
        yield return (100, io.EOF, new poll.FD { ZeroReadIsEOF = true }, io.EOF);
        yield return (100, poll.ErrNetClosing, new poll.FD { ZeroReadIsEOF = true }, poll.ErrNetClosing);
        yield return (0, null, new poll.FD { ZeroReadIsEOF = true }, io.EOF);
        yield return (0, io.EOF, new poll.FD { ZeroReadIsEOF = true }, io.EOF);
        yield return (0, poll.ErrNetClosing, new poll.FD { ZeroReadIsEOF = true }, poll.ErrNetClosing);

        yield return (100, null, new poll.FD { ZeroReadIsEOF = false }, null);
        yield return (100, io.EOF, new poll.FD { ZeroReadIsEOF = false }, io.EOF);
        yield return (100, poll.ErrNetClosing, new poll.FD { ZeroReadIsEOF = false }, poll.ErrNetClosing);
        yield return (0, null, new poll.FD { ZeroReadIsEOF = false }, null);
        yield return (0, io.EOF, new poll.FD { ZeroReadIsEOF = false }, io.EOF);
        yield return (0, poll.ErrNetClosing, new poll.FD { ZeroReadIsEOF = false }, poll.ErrNetClosing);
    }

    [Test]
    public void TestEOFError()
    {
        foreach (var tt in eofErrorTests())
        {
            var actual = tt.fd.eofError(tt.n, tt.err);
            Assert.That(actual, Is.SameAs(tt.expected), $"eofError({tt.n}, {tt.err?.Error()}, {tt.fd.ZeroReadIsEOF})");
        }
    }
}
