// Ports src/os/types.go of go1.20.

namespace golang;

public static partial class os
{
    /// <summary>Gives the size of a page of memory, in bytes. Ports src/os/types.go.</summary>
    public static int Getpagesize()
    {
        return syscall.Getpagesize();
    }

    /// <summary>An open file descriptor. Ports src/os/types.go.</summary>
    public sealed partial class File
    {
        // What there is of the file on this system.
        internal readonly @file file;

        internal File(@file file)
        {
            this.file = file;
        }

        // PORT(embed): Go embeds *file, so that f.pfd means f.file.pfd.
        internal poll.FD pfd => file.pfd;

        internal string name => file.name;

        internal ref dirInfo? dirinfo => ref file.dirinfo;

        internal ref bool nonblock => ref file.nonblock;

        internal bool stdoutOrErr => file.stdoutOrErr;

        internal ref bool appendMode => ref file.appendMode;
    }

    // PORT(alias): os.FileInfo, os.FileMode, os.PathError and os.DirEntry are other names of fs's types. Inside
    // this assembly os.csproj declares them; elsewhere they go by fs.

    // The mode bits are fs's; their values are part of the interface and never change.

    /// <summary>d: a directory</summary>
    public static readonly FileMode ModeDir = fs.ModeDir;

    /// <summary>a: only for appending</summary>
    public static readonly FileMode ModeAppend = fs.ModeAppend;

    /// <summary>l: for exclusive use</summary>
    public static readonly FileMode ModeExclusive = fs.ModeExclusive;

    /// <summary>T: temporary; only Plan 9 has it</summary>
    public static readonly FileMode ModeTemporary = fs.ModeTemporary;

    /// <summary>L: a symbolic link</summary>
    public static readonly FileMode ModeSymlink = fs.ModeSymlink;

    /// <summary>D: a device</summary>
    public static readonly FileMode ModeDevice = fs.ModeDevice;

    /// <summary>p: a named pipe</summary>
    public static readonly FileMode ModeNamedPipe = fs.ModeNamedPipe;

    /// <summary>S: a Unix domain socket</summary>
    public static readonly FileMode ModeSocket = fs.ModeSocket;

    /// <summary>u: setuid</summary>
    public static readonly FileMode ModeSetuid = fs.ModeSetuid;

    /// <summary>g: setgid</summary>
    public static readonly FileMode ModeSetgid = fs.ModeSetgid;

    /// <summary>c: a character device, together with ModeDevice</summary>
    public static readonly FileMode ModeCharDevice = fs.ModeCharDevice;

    /// <summary>t: sticky</summary>
    public static readonly FileMode ModeSticky = fs.ModeSticky;

    /// <summary>?: not a regular file, and nothing else is known</summary>
    public static readonly FileMode ModeIrregular = fs.ModeIrregular;

    /// <summary>The type bits; a regular file has none of them.</summary>
    public static readonly FileMode ModeType = fs.ModeType;

    /// <summary>Unix's permission bits, 0o777.</summary>
    public static readonly FileMode ModePerm = fs.ModePerm;

    internal sealed partial class fileStat : FileInfo
    {
        public string Name()
        {
            return name;
        }

        public bool IsDir()
        {
            return Mode().IsDir();
        }
    }

    /// <summary>
    /// Reports whether the two describe the same file: on Unix, the same inode of the same device. False for
    /// anything that this package's Stat did not make. Ports src/os/types.go.
    /// </summary>
    /// <param name="fi1">One.</param>
    /// <param name="fi2">The other.</param>
    // PORT(iface): an assertion that may fail gives null, without an ok.
    public static bool SameFile(FileInfo? fi1, FileInfo? fi2)
    {
        var fs1 = fi1 as fileStat;
        var fs2 = fi2 as fileStat;
        if (fs1 == null || fs2 == null)
        {
            return false;
        }
        return sameFile(fs1, fs2);
    }
}
