// Ports src/os/sticky_notbsd.go of go1.20.

namespace golang;

public static partial class os
{
    // PORT(const): a variable, so that the branches for systems without it are not unreachable code.
    internal static readonly bool supportsCreateWithStickyBit = true;
}
