// Ports src/syscall/sockcmsg_unix_other.go of go1.20.

namespace golang;

public static partial class syscall
{
    // Rounds the length of a raw sockaddr up to its alignment.
    internal static int cmsgAlignOf(int salen)
    {
        var salign = sizeofPtr;

        // PORT(goos): the cases of other systems than Linux are left out.

        return (salen + salign - 1) & ~(salign - 1);
    }
}
