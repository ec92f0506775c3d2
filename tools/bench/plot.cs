using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ScottPlot;

namespace bench;

// The picture of a run: for each size and each of three figures the servers beside Go, over the numbers
// of connections.
internal static class Plots
{
    // In the order of ServerKind.All.
    private static readonly string[] colors = ["#00ADD8", "#512BD4", "#B39DDB", "#F57C00", "#FFB74D", "#616161"];

    internal static void Save(Results r, string path)
    {
        var sizes = r.Cells.Select(c => c.Size).Distinct().ToList();
        var go = r.Servers.Any(s => s.Name == "go");
        Metric[] metrics = [Metric.Rate, Metric.Cpu, Metric.P99];
        var multi = new Multiplot();
        multi.AddPlots(metrics.Length * sizes.Count);
        multi.Layout = new ScottPlot.MultiplotLayouts.Grid(metrics.Length, sizes.Count);
        for (var row = 0; row < metrics.Length; row++)
        {
            for (var column = 0; column < sizes.Count; column++)
            {
                Draw(multi.GetPlot(row * sizes.Count + column), r, sizes[column], metrics[row], go, row == 0 && column == 0);
            }
        }
        multi.SavePng(path, Math.Max(700, 640 * sizes.Count), 300 * metrics.Length);
    }

    private static void Draw(Plot plot, Results r, int size, Metric metric, bool go, bool legend)
    {
        var cells = r.Cells.Where(c => c.Size == size).ToList();
        var width = 0.8 / r.Servers.Count;
        var top = go ? 1.0 : 0;
        for (var s = 0; s < r.Servers.Count; s++)
        {
            var (name, _) = r.Servers[s];
            var bars = new List<Bar>();
            for (var i = 0; i < cells.Count; i++)
            {
                if (r.Get(name, cells[i], metric) is not { } figure)
                {
                    continue;
                }
                var (value, min, max) = go ? (figure.Ratio ?? 0, figure.RatioMin ?? 0, figure.RatioMax ?? 0) : (figure.Median, figure.Min, figure.Max);
                var x = i + (s - (r.Servers.Count - 1) / 2.0) * width;
                bars.Add(new Bar { Position = x, Value = value, Size = width * 0.9, FillColor = Color.FromHex(colors[Math.Max(0, Array.FindIndex(ServerKind.All, k => k.Name == name)) % colors.Length]), LineWidth = 0 });
                if (max > min)
                {
                    var line = plot.Add.Line(x, min, x, max);
                    line.Color = Colors.Black.WithAlpha(.6);
                    line.LineWidth = 1;
                }
                top = Math.Max(top, max);
            }
            var plotted = plot.Add.Bars(bars);
            if (legend)
            {
                plotted.LegendText = name;
            }
        }
        if (go)
        {
            var one = plot.Add.HorizontalLine(1);
            one.Color = Colors.Black.WithAlpha(.4);
            one.LineWidth = 1;
        }
        plot.Title($"{(go ? metric.Title.Split(',')[0] + ", ratio to Go" : metric.Title)}; {size.ToString("#,0", CultureInfo.InvariantCulture)} bytes", 14);
        plot.Axes.Bottom.SetTicks([.. cells.Select((_, i) => (double)i)], [.. cells.Select(c => c.Connections.ToString("#,0", CultureInfo.InvariantCulture))]);
        plot.XLabel(cells.Count == 1 && cells[0].Connections == 1 ? "connection" : "connections", 12);
        plot.Axes.SetLimits(-0.6, cells.Count - 0.4, 0, top * (legend ? 1.45 : 1.1));
        plot.Grid.XAxisStyle.IsVisible = false;
        if (legend)
        {
            plot.ShowLegend(Alignment.UpperLeft, Orientation.Horizontal);
        }
    }
}
