namespace OrleansChat.Benchmarks.Load;

/// <summary>What became of one reader.</summary>
/// <param name="Lost">Deltas that never arrived.</param>
/// <param name="Disordered">Deltas that came twice or after a later one.</param>
/// <param name="Problem">Why its stream is not whole; null if it is.</param>
internal sealed record ReadOutcome(long Lost, long Disordered, string? Problem);
