// Ports src/net/interface_linux.go of go1.20.

namespace go;

public static partial class net
{
    // With ifindex zero interfaceTable returns all network interfaces, else the
    // one with that index.
    // PORT(zone): Go asks the kernel through a netlink socket; here the names and indices, all that the
    // cache of zones needs, come from /sys/class/net.
    internal static (Interface[]? ift, error? err) interfaceTable(int ifindex)
    {
        var ift = new System.Collections.Generic.List<Interface>();
        try
        {
            foreach (var dir in System.IO.Directory.GetFileSystemEntries("/sys/class/net"))
            {
                var file = System.IO.Path.Combine(dir, "ifindex");
                if (!System.IO.File.Exists(file))
                {
                    continue;
                }
                var (index, _, ok) = dtoi(System.IO.File.ReadAllText(file));
                if (ok && (ifindex == 0 || ifindex == index))
                {
                    ift.Add(new Interface { Index = index, Name = System.IO.Path.GetFileName(dir) });
                }
            }
        }
        catch (Exception e) when (e is System.IO.IOException or UnauthorizedAccessException)
        {
            return (null, os.NewSyscallError("netlinkrib", syscall.ENOENT));
        }
        return (ift.ToArray(), null);
    }

    // PORT(later): the rest of the file comes with the interfaces.
}
