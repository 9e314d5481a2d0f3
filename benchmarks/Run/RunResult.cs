using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.ModelServer;

namespace OrleansChat.Benchmarks.Run;

/// <summary>One case, measured once.</summary>
internal sealed record RunResult
{
    // Stamps are taken when a delta is really sent, so lateness does not add to latencies; it only makes the load burstier. On its core
    // the model shares time slices of about 3 ms with the clients: past that and a little, somebody else has taken the time.
    private const long TolerableLatenessMicroseconds = 5_000;

    public required Case Case { get; init; }

    public required LoadResult Load { get; init; }

    public required CpuUse Cpu { get; init; }

    /// <summary>Of the server when it is warm and nobody is connected.</summary>
    public required long ResidentBytesBefore { get; init; }

    public required long ResidentBytes { get; init; }

    public required PacingFigures Pacing { get; init; }

    /// <summary>Null where nothing was delivered: that is not the same as for nothing.</summary>
    public double? CpuMicrosecondsPerDelta => Load.DeliveredPerSecond > 0 ? Cpu.Server * 1_000_000 / Load.DeliveredPerSecond : null;

    public double BytesPerConnection => (ResidentBytes - ResidentBytesBefore) / (double)Case.Plan.Readers;

    /// <summary>Why the run says nothing about the server; nothing that the server did wrong is among it.</summary>
    public IReadOnlyList<string> Objections(double maxForeign) =>
    [
        .. Cpu.Foreign > maxForeign ? [$"foreign load {Cpu.Foreign:0.00} cores"] : Array.Empty<string>(),

        // Where they share their cores, it may well be the server that has taken the time.
        .. Pacing.LateP99Microseconds > TolerableLatenessMicroseconds && !Case.SharesCores
            ? [$"model late by {Pacing.LateP99Microseconds / 1000.0:0.0} ms (p99)"]
            : Array.Empty<string>(),
    ];

    public override string ToString() => string.Join("; ", Parts());

    private IEnumerable<string> Parts()
    {
        if (CpuMicrosecondsPerDelta is { } cpu)
        {
            yield return $"{cpu:0.0} us/delta, p50 {Load.LatencyP50} p99 {Load.LatencyP99} p99.9 {Load.LatencyP999} us";
            yield return $"{Load.DeliveredPerSecond:0}/{Load.OfferedPerSecond:0} deltas/s";
        }

        if (Load.ReturnP99 is { } back)
        {
            yield return $"return p50 {Load.ReturnP50} p99 {back} us, {Cpu.FileReads} file reads";
        }

        yield return $"lost {Load.Lost}, disordered {Load.Disordered}, incomplete {Load.Incomplete}{(Load.FirstProblem is { } problem ? $" ({problem})" : "")}";
        yield return $"{BytesPerConnection / 1024:0.0} KiB/connection";
        yield return $"cores: server {Cpu.Server:0.00}, generator {Cpu.Generator:0.00}, foreign {Cpu.Foreign:0.00}";
        yield return $"model late p99 {Pacing.LateP99Microseconds} us";
    }
}
