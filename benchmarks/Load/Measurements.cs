using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load;

/// <summary>What all readers of a round record, from whichever threads.</summary>
internal sealed class Measurements(Window window)
{
    private readonly LatencyHistogram _latencies = new();
    private readonly LatencyHistogram _firstTokens = new();
    private long _delivered;
    private long _reads;
    private long _bytes;

    public void FirstToken(long microseconds) => _firstTokens.Record(microseconds);

    /// <summary>
    /// A latency belongs to the window by its sending time, so that a late delta is not left out for being late.
    /// </summary>
    public void Delivered(long sent, long read)
    {
        if (window.Contains(sent))
        {
            _latencies.Record(read - sent);
        }
    }

    /// <summary>Throughput belongs to the window by its reading time, as the server's CPU time does.</summary>
    public void Read(long at, int bytes, int deltas)
    {
        if (window.Contains(at))
        {
            Interlocked.Increment(ref _reads);
            Interlocked.Add(ref _bytes, bytes);
            Interlocked.Add(ref _delivered, deltas);
        }
    }

    public LoadResult Summarize(LoadPlan plan, IReadOnlyCollection<ReplyReader> readers) => new()
    {
        OfferedPerSecond = plan.Conversations * plan.Rate,
        DeliveredPerSecond = _delivered / plan.WindowSeconds,
        BytesPerDelta = _bytes / (double)Math.Max(1, _delivered),
        DeltasPerRead = _delivered / (double)Math.Max(1, _reads),
        LatencyP50 = _latencies.Percentile(0.5),
        LatencyP99 = _latencies.Percentile(0.99),
        LatencyP999 = _latencies.Percentile(0.999),
        FirstTokenP50 = _firstTokens.Percentile(0.5),
        FirstTokenP99 = _firstTokens.Percentile(0.99),
        Lost = readers.Sum(reader => reader.Lost),
        Disordered = readers.Sum(reader => reader.Disordered),
        Incomplete = readers.Count(reader => reader.Problem is not null),
        FirstProblem = readers.Select(reader => reader.Problem).FirstOrDefault(problem => problem is not null),
    };
}
