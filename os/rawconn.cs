// Ports src/os/rawconn.go of go1.20.

namespace golang;

public static partial class os
{
    // rawConn is the syscall.RawConn of a file.
    internal sealed class rawConn(File f) : syscall.RawConn
    {
        internal readonly File file = f;

        public error? Control(Action<uintptr> f)
        {
            var err = file.checkValid("SyscallConn.Control");
            if (err != null)
            {
                return err;
            }
            err = file.pfd.RawControl(f);
            GC.KeepAlive(file);
            return err;
        }

        public async go<error?> Read(Func<uintptr, bool> f)
        {
            var err = file.checkValid("SyscallConn.Read");
            if (err != null)
            {
                return err;
            }
            err = await file.pfd.RawRead(f);
            GC.KeepAlive(file);
            return err;
        }

        // PORT(do): for a function that parks.
        public async go<error?> Read(Func<uintptr, go<bool>> f)
        {
            var err = file.checkValid("SyscallConn.Read");
            if (err != null)
            {
                return err;
            }
            err = await file.pfd.RawRead(f);
            GC.KeepAlive(file);
            return err;
        }

        public async go<error?> Write(Func<uintptr, bool> f)
        {
            var err = file.checkValid("SyscallConn.Write");
            if (err != null)
            {
                return err;
            }
            err = await file.pfd.RawWrite(f);
            GC.KeepAlive(file);
            return err;
        }
    }

    internal static (rawConn?, error?) newRawConn(File file)
    {
        return (new rawConn(file), null);
    }
}
