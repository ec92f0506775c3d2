using System.Linq;

namespace bench;

internal sealed class HistogramTest
{
    // Buckets follow each other without a gap, and each value is in the bucket that it is given.
    [Test]
    public void TestBuckets()
    {
        for (var i = 0; i < (40 << 7); i++)
        {
            Assert.That(Histogram.Highest(i) + 1, Is.EqualTo(Histogram.Lowest(i + 1)), $"bucket {i}");
            Assert.That(Histogram.BucketOf(Histogram.Lowest(i)), Is.EqualTo(i));
            Assert.That(Histogram.BucketOf(Histogram.Highest(i)), Is.EqualTo(i));
        }
        Assert.That(Histogram.Lowest(0), Is.Zero);
    }

    [Test]
    public void TestPrecision()
    {
        for (ulong v = 128; v < 1ul << 40; v = v * 5 / 4)
        {
            var b = Histogram.BucketOf(v);
            Assert.That((double)(Histogram.Highest(b) - Histogram.Lowest(b)) / v, Is.LessThan(1.0 / 128));
        }
    }

    private static Histogram Of(params int[] values) => new(values.GroupBy(v => Histogram.BucketOf((ulong)v)).Select(g => (g.Key, (long)g.Count())));

    [Test]
    public void TestPercentiles()
    {
        // Below 256 a bucket has one value.
        var h = Of([.. Enumerable.Range(1, 200)]);
        Assert.That(h.Count, Is.EqualTo(200));
        Assert.That(h.Percentile(50), Is.EqualTo(100));
        Assert.That(h.Percentile(99), Is.EqualTo(198));
        Assert.That(h.Percentile(99.9), Is.EqualTo(200));
        Assert.That(h.Percentile(100), Is.EqualTo(200));
        Assert.That(h.Percentile(0), Is.EqualTo(1));
    }

    [Test]
    public void TestPlus()
    {
        var h = Of(1, 2, 2).Plus(Of(2, 3));
        Assert.That((h.Count, h.Percentile(20), h.Percentile(80), h.Percentile(100)), Is.EqualTo((5L, 1.0, 2.0, 3.0)));
    }

    // 99.9% of a thousand are 999 of them, and not one more.
    [Test]
    public void TestRounding()
    {
        var h = new Histogram([(10, 999), (20, 1)]);
        Assert.That(h.Percentile(99.9), Is.EqualTo(10));
        Assert.That(h.Percentile(99.95), Is.EqualTo(20));
    }

    [Test]
    public void TestOrderDoesNotMatter()
    {
        Assert.That(new Histogram([(30, 1), (10, 1), (20, 1)]).Percentile(50), Is.EqualTo(20));
    }

    [Test]
    public void TestMiddleOfBucket()
    {
        var b = Histogram.BucketOf(1_000_000);
        Assert.That(Of(1_000_000).Percentile(50), Is.EqualTo((Histogram.Lowest(b) + (double)Histogram.Highest(b)) / 2));
        Assert.That(Of(1_000_000).Percentile(50), Is.EqualTo(1_000_000).Within(0.8).Percent);
    }

    [Test]
    public void TestEmpty()
    {
        Assert.Throws<InvalidOperationException>(() => new Histogram([]).Percentile(50));
    }
}
