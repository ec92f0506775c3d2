// Ports src/os/dir_unix.go of go1.20.

using System.Collections.Generic;
using System.Text;

namespace golang;

public static partial class os
{
    // What a File has besides when it is a directory.
    internal sealed class dirInfo
    {
        internal byte[]? buf; // what the system call fills
        internal int nbuf; // how much of buf is filled: what Getdirentries gave
        internal int bufp; // where the next record is in buf

        internal void close()
        {
            if (buf != null)
            {
                // PORT(dirBufPool): Go puts it back into a sync.Pool
                buf = null;
            }
        }
    }

    // More than 5760: see upstream issue 24015.
    internal const int blockSize = 8192;

    public sealed partial class File
    {
        internal async go<(List<string>? names, List<DirEntry>? dirents, List<FileInfo>? infos, error? err)> readdir(int n, readdirMode mode)
        {
            List<string>? names = null;
            List<DirEntry>? dirents = null;
            List<FileInfo>? infos = null;

            // The first time there is no dirinfo.
            if (dirinfo == null)
            {
                dirinfo = new dirInfo();
                // PORT(dirBufPool): Go takes it from a sync.Pool. It must have at least a block.
                dirinfo.buf = new byte[blockSize];
            }
            var d = dirinfo;

            // To callers an n <= 0 means everything in one piece. Below, a negative n means a loop to the end, and a
            // positive one a limit, which counts down to 0.
            if (n == 0)
            {
                n = -1;
            }

            while (n != 0)
            {
                // Fill the buffer when it is empty.
                if (d.bufp >= d.nbuf)
                {
                    d.bufp = 0;
                    error? errno;
                    (d.nbuf, errno) = await pfd.ReadDirent(d.buf!);
                    GC.KeepAlive(this);
                    if (errno != null)
                    {
                        return (names, dirents, infos, new PathError { Op = "readdirent", Path = this.name, Err = errno });
                    }
                    if (d.nbuf <= 0)
                    {
                        break; // the end
                    }
                }

                // Take a record out of the buffer.
                var buf = d.buf.AsMemory(d.bufp, d.nbuf - d.bufp);
                var (reclen, ok) = direntReclen(buf.Span);
                if (!ok || reclen > (uint64)buf.Length)
                {
                    break;
                }
                var rec = buf[..(int)reclen];
                d.bufp += (int)reclen;
                uint64 ino;
                (ino, ok) = direntIno(rec.Span);
                if (!ok)
                {
                    break;
                }
                if (ino == 0)
                {
                    continue;
                }
                var namoff = (uint64)offsetofName;
                uint64 namlen;
                (namlen, ok) = direntNamlen(rec.Span);
                if (!ok || namoff + namlen > (uint64)rec.Length)
                {
                    break;
                }
                var name = rec.Slice((int)namoff, (int)namlen);
                for (var i = 0; i < name.Length; i++)
                {
                    if (name.Span[i] == 0)
                    {
                        name = name[..i];
                        break;
                    }
                }
                // Names that are of no use make no string.
                // PORT(utf8): the name is bytes.
                if (name.Span.SequenceEqual("."u8) || name.Span.SequenceEqual(".."u8))
                {
                    continue;
                }
                if (n > 0) // see above where n is 0
                {
                    n--;
                }
                if (mode == readdirMode.readdirName)
                {
                    (names ??= []).Add(Encoding.UTF8.GetString(name.Span)); // PORT(slice): nil
                }
                else if (mode == readdirMode.readdirDirEntry)
                {
                    var (de, err) = newUnixDirent(this.name, Encoding.UTF8.GetString(name.Span), direntType(rec.Span));
                    if (IsNotExist(err))
                    {
                        // The file went away between the reading and the stat: as if it had not been there.
                        continue;
                    }
                    if (err != null)
                    {
                        return (null, dirents, null, err);
                    }
                    (dirents ??= []).Add(de!); // PORT(slice): nil
                }
                else
                {
                    var (info, err) = lstat(this.name + "/" + Encoding.UTF8.GetString(name.Span));
                    if (IsNotExist(err))
                    {
                        // As above.
                        continue;
                    }
                    if (err != null)
                    {
                        return (null, null, infos, err);
                    }
                    (infos ??= []).Add(info!); // PORT(slice): nil
                }
            }

            // PORT(slice): the length of nil is 0.
            if (n > 0 && (names?.Count ?? 0) + (dirents?.Count ?? 0) + (infos?.Count ?? 0) == 0)
            {
                return (null, null, null, io.EOF);
            }
            return (names, dirents, infos, null);
        }
    }

    // readInt reads the unsigned integer of size bytes at off, in the byte order of the machine.
    internal static (uint64 u, bool ok) readInt(ReadOnlySpan<byte> b, uintptr off, uintptr size)
    {
        if (b.Length < (int)(off + size))
        {
            return (0, false);
        }
        if (isBigEndian)
        {
            return (readIntBE(b[(int)off..], size), true);
        }
        return (readIntLE(b[(int)off..], size), true);
    }

    internal static uint64 readIntBE(ReadOnlySpan<byte> b, uintptr size)
    {
        switch (size)
        {
            case 1:
                return b[0];
            case 2:
                return (uint64)b[1] | (uint64)b[0] << 8;
            case 4:
                return (uint64)b[3] | (uint64)b[2] << 8 | (uint64)b[1] << 16 | (uint64)b[0] << 24;
            case 8:
                return (uint64)b[7] | (uint64)b[6] << 8 | (uint64)b[5] << 16 | (uint64)b[4] << 24 |
                    (uint64)b[3] << 32 | (uint64)b[2] << 40 | (uint64)b[1] << 48 | (uint64)b[0] << 56;
            default:
                builtin.panic("syscall: readInt with unsupported size");
                return 0;
        }
    }

    internal static uint64 readIntLE(ReadOnlySpan<byte> b, uintptr size)
    {
        switch (size)
        {
            case 1:
                return b[0];
            case 2:
                return (uint64)b[0] | (uint64)b[1] << 8;
            case 4:
                return (uint64)b[0] | (uint64)b[1] << 8 | (uint64)b[2] << 16 | (uint64)b[3] << 24;
            case 8:
                return (uint64)b[0] | (uint64)b[1] << 8 | (uint64)b[2] << 16 | (uint64)b[3] << 24 |
                    (uint64)b[4] << 32 | (uint64)b[5] << 40 | (uint64)b[6] << 48 | (uint64)b[7] << 56;
            default:
                builtin.panic("syscall: readInt with unsupported size");
                return 0;
        }
    }
}
