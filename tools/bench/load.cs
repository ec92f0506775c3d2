using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using common;

namespace bench;

// What the load generator saw in one phase. Busy is the share of the time that its busiest thread ran.
internal sealed record LoadResult(long Requests, double Seconds, double Busy, ulong Min, ulong Max, Histogram Latencies)
{
    internal static LoadResult Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var r = json.RootElement;
        return new LoadResult(
            r.GetProperty("requests").GetInt64(), r.GetProperty("ns").GetInt64() / 1e9, r.GetProperty("busy").GetDouble(),
            r.GetProperty("min").GetUInt64(), r.GetProperty("max").GetUInt64(),
            new Histogram(r.GetProperty("buckets").EnumerateArray().Select(b => (b[0].GetInt32(), b[1].GetInt64()))));
    }
}

// load.c, connected to a server. It throws when a byte was wrong.
internal sealed class Load : IDisposable
{
    private readonly Child child;

    // The constructor returns when each connection has made a round trip.
    internal Load(string program, string? cpus, string address, int connections, int size, int threads)
    {
        child = new Child(Paths.On(cpus, program, "-addr", address, "-c", $"{connections}", "-s", $"{size}", "-t", $"{threads}"), "the load generator");
        try
        {
            child.Read();
        }
        catch
        {
            child.Dispose();
            throw;
        }
    }

    internal LoadResult Run(double seconds) => Ask(string.Create(CultureInfo.InvariantCulture, $"run {seconds}"));

    internal LoadResult Requests(long n) => Ask($"requests {n}");

    private LoadResult Ask(string line)
    {
        child.Write(line);
        return LoadResult.Parse(child.Read());
    }

    public void Dispose()
    {
        try
        {
            child.Finish();
        }
        finally
        {
            child.Dispose();
        }
    }
}

// Idle-priority threads that keep the CPUs awake.
internal sealed class Spinners : IDisposable
{
    private readonly Child child;

    internal Spinners(string program)
    {
        child = new Child(Paths.On(null, program, "-spin"), "the spinners");
        child.Read();
    }

    public void Dispose() => child.Dispose();
}
