// Ports src/net/file.go of go1.20.

namespace golang;

public static partial class net
{
    internal sealed class fileAddr(string f) : Addr
    {
        public string Network()
        {
            return "file+net";
        }

        public string String()
        {
            return f;
        }
    }

    /// <summary>
    /// A copy of the network connection that the open file f is, with a
    /// descriptor of its own. The caller has to close f; closing one does not
    /// close the other. Go: src/net/file.go.
    /// </summary>
    public static async go<(Conn? c, error? err)> FileConn(os.File f)
    {
        var (c, err) = await fileConn(f);
        if (err != null)
        {
            err = new OpError { Op = "file", Net = "file+net", Source = null, Addr = new fileAddr(f.Name()), Err = err };
        }
        return (c, err);
    }

    /// <summary>
    /// A copy of the network listener that the open file f is, with a
    /// descriptor of its own. The caller has to close f; closing one does not
    /// close the other. Go: src/net/file.go.
    /// </summary>
    public static async go<(Listener? ln, error? err)> FileListener(os.File f)
    {
        var (ln, err) = await fileListener(f);
        if (err != null)
        {
            err = new OpError { Op = "file", Net = "file+net", Source = null, Addr = new fileAddr(f.Name()), Err = err };
        }
        return (ln, err);
    }

    /// <summary>
    /// A copy of the packet-oriented network connection that the open file f
    /// is, with a descriptor of its own. The caller has to close f; closing
    /// one does not close the other. Go: src/net/file.go.
    /// </summary>
    public static async go<(PacketConn? c, error? err)> FilePacketConn(os.File f)
    {
        var (c, err) = await filePacketConn(f);
        if (err != null)
        {
            err = new OpError { Op = "file", Net = "file+net", Source = null, Addr = new fileAddr(f.Name()), Err = err };
        }
        return (c, err);
    }
}
