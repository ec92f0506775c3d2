// Ports src/os/types_unix.go of go1.20.

namespace golang;

public static partial class os
{
    // A fileStat is the FileInfo that Stat and Lstat give.
    internal sealed partial class fileStat
    {
        internal string name = "";
        internal int64 size;
        internal FileMode mode;
        internal time.Time modTime;
        internal syscall.Stat_t sys;

        public int64 Size()
        {
            return size;
        }

        public FileMode Mode()
        {
            return mode;
        }

        public time.Time ModTime()
        {
            return modTime;
        }

        // PORT(sys): a copy of the Stat_t in a box, where Go gives its address.
        public object? Sys()
        {
            return sys;
        }
    }

    internal static bool sameFile(fileStat fs1, fileStat fs2)
    {
        return fs1.sys.Dev == fs2.sys.Dev && fs1.sys.Ino == fs2.sys.Ino;
    }
}
