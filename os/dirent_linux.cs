// Ports src/os/dirent_linux.go of go1.20.

namespace golang;

public static partial class os
{
    // PORT(offsetof): the offsets and sizes that Go takes from the fields of syscall.Dirent. C# has no offsetof, so
    // they follow from the sizes of the fields before: Ino and Off of 8 bytes, Reclen of 2, Type of 1.
    internal const int offsetofIno = 0;
    internal const int offsetofReclen = sizeof(uint64) + sizeof(int64);
    internal const int offsetofType = offsetofReclen + sizeof(uint16);
    internal const int offsetofName = offsetofType + sizeof(uint8);

    internal static (uint64, bool) direntIno(ReadOnlySpan<byte> buf)
    {
        return readInt(buf, offsetofIno, sizeof(uint64));
    }

    internal static (uint64, bool) direntReclen(ReadOnlySpan<byte> buf)
    {
        return readInt(buf, offsetofReclen, sizeof(uint16));
    }

    internal static (uint64, bool) direntNamlen(ReadOnlySpan<byte> buf)
    {
        var (reclen, ok) = direntReclen(buf);
        if (!ok)
        {
            return (0, false);
        }
        return (unchecked(reclen - (uint64)offsetofName), true);
    }

    internal static FileMode direntType(ReadOnlySpan<byte> buf)
    {
        var off = offsetofType;
        if (off >= buf.Length)
        {
            return ~(FileMode)0; // not known
        }
        var typ = buf[off];
        switch ((int)typ)
        {
            case syscall.DT_BLK:
                return ModeDevice;
            case syscall.DT_CHR:
                return ModeDevice | ModeCharDevice;
            case syscall.DT_DIR:
                return ModeDir;
            case syscall.DT_FIFO:
                return ModeNamedPipe;
            case syscall.DT_LNK:
                return ModeSymlink;
            case syscall.DT_REG:
                return 0;
            case syscall.DT_SOCK:
                return ModeSocket;
        }
        return ~(FileMode)0; // not known
    }
}
