using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace bench;

// Latencies in nanoseconds, in buckets: 128 for each power of two, as load.c fills them.
internal sealed class Histogram(IEnumerable<(int Bucket, long Count)> buckets)
{
    private const int subBits = 7;

    private readonly List<(int Bucket, long Count)> buckets = [.. buckets.OrderBy(b => b.Bucket)];

    // Plus is both together.
    internal Histogram Plus(Histogram other) =>
        new(buckets.Concat(other.buckets).GroupBy(b => b.Bucket, (bucket, b) => (bucket, b.Sum(x => x.Count))));

    internal long Count => buckets.Sum(b => b.Count);

    internal static int BucketOf(ulong v)
    {
        if (v < 1u << subBits)
        {
            return (int)v;
        }
        var shift = 63 - BitOperations.LeadingZeroCount(v) - subBits;
        return ((shift + 1) << subBits) + (int)(v >> shift) - (1 << subBits);
    }

    // Lowest and Highest are the ends of a bucket, both in it.
    internal static ulong Lowest(int bucket)
    {
        var shift = (bucket >> subBits) - 1;
        return shift < 0 ? (ulong)bucket : (ulong)((1 << subBits) + (bucket & ((1 << subBits) - 1))) << shift;
    }

    internal static ulong Highest(int bucket) => Lowest(bucket) + ((1ul << Math.Max(0, (bucket >> subBits) - 1)) - 1);

    // Percentile is the middle of the bucket that holds the smallest latency not below p percent of them.
    internal double Percentile(double p)
    {
        var count = Count;
        if (count == 0)
        {
            throw new InvalidOperationException("an empty histogram has no percentiles");
        }
        var rank = Math.Clamp((long)Math.Ceiling((p * count / 100) - 1e-6), 1, count);
        foreach (var (bucket, n) in buckets)
        {
            rank -= n;
            if (rank <= 0)
            {
                return (Lowest(bucket) + (double)Highest(bucket)) / 2;
            }
        }
        throw new InvalidOperationException("not reached");
    }
}
