namespace bench;

internal sealed class StatsTest
{
    [TestCase(new double[] { 3 }, 3)]
    [TestCase(new double[] { 9, 1, 5 }, 5)]
    [TestCase(new double[] { 4, 1, 3, 2 }, 2.5)]
    public void TestMedian(double[] values, double want)
    {
        Assert.That(Stats.Median(values), Is.EqualTo(want));
    }

    [Test]
    public void TestMedianOfNothing()
    {
        Assert.Throws<ArgumentException>(() => Stats.Median([]));
    }

    // A round's ratio is that to Go in the same round; the summary's is their median.
    [Test]
    public void TestRatio()
    {
        var s = Summary.Of([10, 40, 90], [10, 20, 30]);
        Assert.That((s.Median, s.Min, s.Max), Is.EqualTo((40.0, 10.0, 90.0)));
        Assert.That((s.Ratio, s.RatioMin, s.RatioMax), Is.EqualTo(((double?)2, (double?)1, (double?)3)));
    }

    [Test]
    public void TestNoRatio()
    {
        Assert.That(Summary.Of([1, 2], null).Ratio, Is.Null);
        Assert.That(Summary.Of([1, 2], [0, 0]).Ratio, Is.Null);
        Assert.That(Summary.Of([1, 2], [0, 1]).Ratio, Is.EqualTo(2));
    }
}
