// Ports src/syscall/net.go of go1.20.

namespace golang;

public static partial class syscall
{
    /// <summary>A raw network connection. Go: src/syscall/net.go.</summary>
    public interface RawConn
    {
        /// <summary>Calls <paramref name="f"/> with the descriptor of the connection.
        /// The descriptor stays valid while f runs, and not longer. Go: src/syscall/net.go.</summary>
        error? Control(Action<uintptr> f);

        /// <summary>Calls <paramref name="f"/> with the descriptor of the connection; f tries to read from it and returns
        /// whether it is done. As long as it is not, Read parks until the connection is ready for reading and calls f again.
        /// The descriptor stays valid while f runs, and not longer. Go: src/syscall/net.go.</summary>
        go<error?> Read(Func<uintptr, bool> f);

        // PORT(do): Go has one Read; here a function that parks and one that does not are of different types.

        /// <summary>Calls <paramref name="f"/>, which may park, as the other Read does. Go: src/syscall/net.go.</summary>
        go<error?> Read(Func<uintptr, go<bool>> f);

        /// <summary>Does what Read does, for writing. Go: src/syscall/net.go.</summary>
        go<error?> Write(Func<uintptr, bool> f);
    }

    /// <summary>What some types of net and os implement to give access to their descriptor. Go: src/syscall/net.go.</summary>
    public interface Conn
    {
        /// <summary>Returns a raw network connection. Go: src/syscall/net.go.</summary>
        (RawConn? conn, error? err) SyscallConn();
    }
}
