// Ports src/net/netip/uint128.go of go1.20.

namespace golang;

public static partial class netip
{
    // uint128 is a number of 128 bits, in two halves.
    //
    // Bits are numbered from the most significant one, bit 0 of hi, to the
    // least significant one, bit 127.
    internal struct uint128
    {
        internal uint64 hi;
        internal uint64 lo;

        internal uint128(uint64 hi, uint64 lo)
        {
            this.hi = hi;
            this.lo = lo;
        }

        // isZero reports whether u is 0.
        internal readonly bool isZero()
        {
            return (hi | lo) == 0;
        }

        // subOne is u - 1.
        internal readonly uint128 subOne()
        {
            var (lo, borrow) = (this.lo - 1, this.lo < 1 ? 1UL : 0); // PORT(bits)
            return new uint128(hi - borrow, lo);
        }

        // addOne is u + 1.
        internal readonly uint128 addOne()
        {
            var (lo, carry) = (this.lo + 1, this.lo == uint64.MaxValue ? 1UL : 0); // PORT(bits)
            return new uint128(hi + carry, lo);
        }

        // halves are the two halves.
        internal readonly (uint64, uint64) halves()
        {
            return (hi, lo); // PORT(tuple): Go returns pointers to them, for the sake of inlining
        }
    }
}
