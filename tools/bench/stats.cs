using System.Collections.Generic;
using System.Linq;

namespace bench;

/// <summary>A figure over the rounds: median, spread, and the ratio to Go's.</summary>
/// <param name="Median">The median.</param>
/// <param name="Min">The smallest.</param>
/// <param name="Max">The largest.</param>
/// <param name="Ratio">The median of the rounds' ratios to Go; null without Go.</param>
/// <param name="RatioMin">The smallest ratio.</param>
/// <param name="RatioMax">The largest ratio.</param>
/// <param name="Rounds">The figure of each round.</param>
internal sealed record Summary(double Median, double Min, double Max, double? Ratio, double? RatioMin, double? RatioMax, IReadOnlyList<double> Rounds)
{
    // Of builds the summary. A round's ratio is that to Go in the same round: what the machine does in
    // the course of a run then touches both alike.
    internal static Summary Of(IReadOnlyList<double> rounds, IReadOnlyList<double>? go)
    {
        var ratios = go == null ? [] : rounds.Zip(go, (x, g) => x / g).Where(double.IsFinite).ToList();
        return new Summary(
            Stats.Median(rounds), rounds.Min(), rounds.Max(),
            ratios.Count == 0 ? null : Stats.Median(ratios), ratios.Count == 0 ? null : ratios.Min(), ratios.Count == 0 ? null : ratios.Max(),
            rounds);
    }
}

internal static class Stats
{
    // Median is the middle value, or the mean of the two in the middle.
    internal static double Median(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            throw new ArgumentException("no values");
        }
        var v = values.Order().ToList();
        var mid = v.Count / 2;
        return v.Count % 2 == 1 ? v[mid] : (v[mid - 1] + v[mid]) / 2;
    }
}
