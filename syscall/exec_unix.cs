// Ports src/syscall/exec_unix.go of go1.20.

namespace golang;

public static partial class syscall
{
    // Orders the making of descriptors against fork.
    //
    // A child is to inherit only the descriptors that it is meant to have. So every descriptor is marked close-on-exec,
    // and the child unmarks the few to be kept. But in general a descriptor cannot be made with the mark already on it:
    // between the making and the marking a fork may come, and the program that the child executes inherits too much.
    //
    // Whoever makes and marks a descriptor therefore holds ForkLock for reading, and a fork holds it for writing.
    //
    // Some calls that make a descriptor may block for any time (open of a named pipe or over a dead network, accept),
    // and the lock must not be held that long. Inheriting some descriptors is worse than others: an ordinary file does
    // little harm, but with a stray copy of the write end of a pipe its reader never sees the end. Luckily, what matters
    // most is made without blocking. The rules:
    //
    // 1) Pipe does not block: use ForkLock.
    // 2) Socket does not block: use ForkLock.
    // 3) Accept: use ForkLock on a non-blocking socket, otherwise accept the race.
    // 4) Open may block: use O_CLOEXEC where there is one (Linux), otherwise accept the race.
    // 5) Dup does not block: use ForkLock. (Linux could use F_DUPFD_CLOEXEC, but only for dup of one argument.)

    /// <summary>Held for reading while a descriptor is made and marked close-on-exec, and for writing during a fork.
    /// Its methods may park. Go: src/syscall/exec_unix.go.</summary>
    public static readonly sync.RWMutex ForkLock = new();

    // PORT(subset): starting processes (forkExec, StartProcess, Exec and their types) is left out.

    /// <summary>Marks <paramref name="fd"/> to be closed when the process executes another program. Go: src/syscall/exec_unix.go.</summary>
    public static void CloseOnExec(int fd)
    {
        fcntl(fd, F_SETFD, FD_CLOEXEC);
    }

    /// <summary>Makes <paramref name="fd"/> non-blocking, or blocking again. err is an Errno. Go: src/syscall/exec_unix.go.</summary>
    public static error? SetNonblock(int fd, bool nonblocking)
    {
        var (flag, err) = fcntl(fd, F_GETFL, 0);
        if (err != null)
        {
            return err;
        }
        if (nonblocking)
        {
            flag |= O_NONBLOCK;
        }
        else
        {
            flag &= ~O_NONBLOCK;
        }
        (_, err) = fcntl(fd, F_SETFL, flag);
        return err;
    }
}
