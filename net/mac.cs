// Ports src/net/mac.go of go1.20.

namespace go;

public static partial class net
{
    internal const string hexDigit = "0123456789abcdef";
}
