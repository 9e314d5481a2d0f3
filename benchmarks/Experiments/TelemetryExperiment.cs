using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>The ordinary load with and without telemetry.</summary>
internal sealed class TelemetryExperiment : Experiment
{
    private const string Off = "off";

    private static readonly (ExportedTelemetry Telemetry, string Name)[] s_kinds =
        [(ExportedTelemetry.None, Off), (ExportedTelemetry.Metrics, "metrics"), (ExportedTelemetry.MetricsAndTraces, "metrics and traces")];

    public override string Name => "telemetry";

    public override string Question =>
        "What does telemetry cost? Exported by OTLP, metrics every 10 s, and a trace of each request, which is one for each conversation here. The collector "
        + "is beside the generator.";

    public override string BaselineName => Off;

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Column.Load, Column.Telemetry, Column.Cpu, Column.WorstCpu, Column.CpuRatio, Column.P50, Column.P99, Column.P999, Column.FirstTokenP50,
        Column.FirstTokenP99, Column.Delivered, .. Column.Faults, Column.Resident, .. Column.Cores, Column.Counting,
    ];

    public override IEnumerable<Case> Cases(RunOptions options) =>
        from conversations in options.Conversations ?? [200, 1000]
        from rate in options.Rates ?? [30]
        from kind in s_kinds
        select RepliesExperiment.Of(Name, "orleanschat", conversations, rate, options) with { Telemetry = kind.Telemetry, Series = kind.Name };

    public override bool IsBaseline(Case candidate, Case other) => candidate.Series == Off && candidate.Load == other.Load;
}
