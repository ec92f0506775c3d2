// Ports src/io/pipe.go of go1.20.

namespace golang;

public static partial class io
{
    /// <summary>A read or a write on a pipe that is closed.</summary>
    public static readonly error ErrClosedPipe = errors.New("io: read/write on closed pipe");
}
