using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load;

/// <summary>What all readers of a round record, from whichever threads.</summary>
internal sealed class Measurements(LoadPlan plan)
{
    private readonly LatencyHistogram latencies = new();
    private readonly LatencyHistogram firstTokens = new();
    private readonly LatencyHistogram returns = new();
    private volatile Window window = new(0, 0);
    private long delivered;
    private long reads;
    private long bytes;

    /// <summary>What is measured; until it is set, nothing.</summary>
    public Window Window
    {
        get => window;
        set => window = value;
    }

    public void FirstToken(long microseconds) => firstTokens.Record(microseconds);

    /// <summary>A reader that was cut off has its first new delta again.</summary>
    public void Returned(long microseconds) => returns.Record(microseconds);

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

    public LoadResult Summarize(IReadOnlyList<ReadOutcome> outcomes) => new()
    {
        OfferedPerSecond = plan.Talks ? plan.Readers * plan.Rate : 0,
        DeliveredPerSecond = delivered / plan.WindowSeconds,
        BytesPerDelta = this.bytes / (double)Math.Max(1, delivered),
        DeltasPerRead = delivered / (double)Math.Max(1, reads),
        LatencyP50 = latencies.Percentile(0.5),
        LatencyP99 = latencies.Percentile(0.99),
        LatencyP999 = latencies.Percentile(0.999),
        Latencies = latencies.Distribution(),
        FirstTokenP50 = firstTokens.Percentile(0.5),
        FirstTokenP99 = firstTokens.Percentile(0.99),
        ReturnP50 = returns.Percentile(0.5),
        ReturnP99 = returns.Percentile(0.99),
        ReturnMax = returns.Percentile(1),
        Lost = outcomes.Sum(outcome => outcome.Lost),
        Disordered = outcomes.Sum(outcome => outcome.Disordered),
        Incomplete = outcomes.Count(outcome => outcome.Problem is not null),
        FirstProblem = outcomes.Select(outcome => outcome.Problem).FirstOrDefault(problem => problem is not null),
    };
}
