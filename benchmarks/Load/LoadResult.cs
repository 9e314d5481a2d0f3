using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load;

/// <summary>What the clients saw. Times in microseconds; null where nothing was measured.</summary>
internal sealed record LoadResult
{
    /// <summary>Readers × rate, per second.</summary>
    public required double OfferedPerSecond { get; init; }

    public required double DeliveredPerSecond { get; init; }

    public required double BytesPerDelta { get; init; }

    /// <summary>Close to one where each delta comes alone; more where deltas were merged or the client was slow to read.</summary>
    public required double DeltasPerRead { get; init; }

    public required long? LatencyP50 { get; init; }

    public required long? LatencyP99 { get; init; }

    public required long? LatencyP999 { get; init; }

    /// <summary>The whole distribution of the latencies, from their least to their greatest.</summary>
    public required IReadOnlyList<Quantile> Latencies { get; init; }

    public required long? FirstTokenP50 { get; init; }

    public required long? FirstTokenP99 { get; init; }

    /// <summary>From all readers' coming back at once until each had its first new delta.</summary>
    public required long? ReturnP50 { get; init; }

    public required long? ReturnP99 { get; init; }

    public required long? ReturnMax { get; init; }

    /// <summary>Deltas that the model was asked for and that never arrived, over the whole round.</summary>
    public required long Lost { get; init; }

    /// <summary>Deltas that came twice or after a later one.</summary>
    public required long Disordered { get; init; }

    /// <summary>Streams that were refused, broke, or did not end as the target's protocol says.</summary>
    public required int Incomplete { get; init; }

    /// <summary>What went wrong with one of them.</summary>
    public required string? FirstProblem { get; init; }
}
