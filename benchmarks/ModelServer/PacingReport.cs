using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>What was sent, and how late. A generator that is late measures itself.</summary>
internal sealed class PacingReport
{
    private readonly LatencyHistogram lateness = new();

    public void Sent(long microsecondsLate) => lateness.Record(microsecondsLate);

    public PacingFigures ToFigures() => new(lateness.Count, lateness.Percentile(0.99) ?? 0);
}

/// <summary>The report in figures.</summary>
/// <param name="Sent">Deltas.</param>
/// <param name="LateP99Microseconds">Of 99 of 100 deltas, at most; back-pressure by the reader not included.</param>
internal sealed record PacingFigures(long Sent, long LateP99Microseconds);
