// Ports src/runtime/lfstack_64bit.go of go1.20.
namespace golang;

public static partial class runtime
{
    // addrBits is the number of bits of a virtual address: 48 on the machines that are ported.
    //
    // On AMD64 such an address is 48 (or 57) bits, sign-extended to 64. It is shifted left by
    // 16, which drops the extension and makes room for the count at the bottom.
    internal const int addrBits = 48;

    // Besides the 16 bits from the top there are 3 from the bottom, as a node is aligned like a
    // pointer: 19 bits of count.
    internal const int cntBits = 64 - addrBits + 3;

    internal static unsafe uint64 lfstackPack(lfnode* node, uintptr cnt)
    {
        return (uint64)(uintptr)node << (64 - addrBits) | (uint64)(cnt & ((1 << cntBits) - 1)); // PORT(goos): AIX, riscv64
    }

    internal static unsafe lfnode* lfstackUnpack(uint64 val)
    {
        // Addresses of amd64 may lie above the hole, so they need their sign back. On arm64
        // user addresses have none, and the same statement does.
        return (lfnode*)(uintptr)((int64)val >> cntBits << 3); // PORT(goarch); PORT(goos)
    }
}
