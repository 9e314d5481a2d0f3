namespace OrleansChat.Benchmarks.Store;

/// <summary>What was measured of one store with histories of one length; times in microseconds.</summary>
internal sealed record StoreResult(
    string Store,
    int Messages,
    double AppendMedian,
    double AppendP99,
    double TurnMedian,
    double ActivationMedian,
    double ActivationWorst);
