using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load;

/// <summary>What all readers of a round record, from whichever threads.</summary>
internal sealed class Measurements(Window window)
{
    private readonly LatencyHistogram latencies = new();
    private readonly LatencyHistogram firstTokens = new();
    private long delivered;
    private long reads;
    private long bytes;

    public void FirstToken(long microseconds) => firstTokens.Record(microseconds);

    /// <summary>
    /// A latency belongs to the window by its sending time, so that a late delta is not left out for being late.
    /// </summary>
    public void Delivered(long sent, long read)
    {
        if (window.Contains(sent))
        {
            latencies.Record(read - sent);
        }
    }

    /// <summary>Throughput belongs to the window by its reading time, as the server's CPU time does.</summary>
    public void Read(long at, int bytes, int deltas)
    {
        if (window.Contains(at))
        {
            Interlocked.Increment(ref reads);
            Interlocked.Add(ref this.bytes, bytes);
            Interlocked.Add(ref delivered, deltas);
        }
    }

    public LoadResult Summarize(LoadPlan plan, IReadOnlyCollection<ReplyReader> readers) => new()
    {
        OfferedPerSecond = plan.Conversations * plan.Rate,
        DeliveredPerSecond = delivered / plan.WindowSeconds,
        BytesPerDelta = this.bytes / (double)Math.Max(1, delivered),
        DeltasPerRead = delivered / (double)Math.Max(1, reads),
        LatencyP50 = latencies.Percentile(0.5),
        LatencyP99 = latencies.Percentile(0.99),
        LatencyP999 = latencies.Percentile(0.999),
        FirstTokenP50 = firstTokens.Percentile(0.5),
        FirstTokenP99 = firstTokens.Percentile(0.99),
        Lost = readers.Sum(reader => reader.Lost),
        Disordered = readers.Sum(reader => reader.Disordered),
        Incomplete = readers.Count(reader => reader.Problem is not null),
        FirstProblem = readers.Select(reader => reader.Problem).FirstOrDefault(problem => problem is not null),
    };
}
