// Ports src/os/stat_linux.go of go1.20.

namespace golang;

public static partial class os
{
    internal static void fillFileStatFromSys(fileStat fs, string name)
    {
        fs.name = basename(name);
        fs.size = fs.sys.Size;
        var (sec, nsec) = fs.sys.Mtim.Unix();
        fs.modTime = time.Unix(sec, nsec);
        fs.mode = (FileMode)(fs.sys.Mode & 0b_111_111_111); // 0777
        switch (fs.sys.Mode & syscall.S_IFMT)
        {
            case syscall.S_IFBLK:
                fs.mode |= ModeDevice;
                break;
            case syscall.S_IFCHR:
                fs.mode |= ModeDevice | ModeCharDevice;
                break;
            case syscall.S_IFDIR:
                fs.mode |= ModeDir;
                break;
            case syscall.S_IFIFO:
                fs.mode |= ModeNamedPipe;
                break;
            case syscall.S_IFLNK:
                fs.mode |= ModeSymlink;
                break;
            case syscall.S_IFREG:
                // no bit
                break;
            case syscall.S_IFSOCK:
                fs.mode |= ModeSocket;
                break;
        }
        if ((fs.sys.Mode & syscall.S_ISGID) != 0)
        {
            fs.mode |= ModeSetgid;
        }
        if ((fs.sys.Mode & syscall.S_ISUID) != 0)
        {
            fs.mode |= ModeSetuid;
        }
        if ((fs.sys.Mode & syscall.S_ISVTX) != 0)
        {
            fs.mode |= ModeSticky;
        }
    }

    // For tests.
    internal static time.Time atime(FileInfo fi)
    {
        var (sec, nsec) = ((syscall.Stat_t)fi.Sys()!).Atim.Unix();
        return time.Unix(sec, nsec);
    }
}
