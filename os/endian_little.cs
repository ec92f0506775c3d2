// Ports src/os/endian_little.go of go1.20.

namespace golang;

public static partial class os
{
    // PORT(const): a variable, so that the branch for the other order is not unreachable code.
    internal static readonly bool isBigEndian = false;
}
