// Ports src/internal/oserror/errors.go of go1.20.

namespace golang;

// The error values of package os. They stand apart from it so that package syscall, which os imports, can name them.
public static partial class oserror
{
    public static readonly error ErrInvalid = errors.New("invalid argument");
    public static readonly error ErrPermission = errors.New("permission denied");
    public static readonly error ErrExist = errors.New("file already exists");
    public static readonly error ErrNotExist = errors.New("file does not exist");
    public static readonly error ErrClosed = errors.New("file already closed");
}
