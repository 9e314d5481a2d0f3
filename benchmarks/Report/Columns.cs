using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Report;

/// <content>All the columns there are; benchmarks/README.md explains them.</content>
internal sealed partial record Column
{
    private const double Mebi = 1024 * 1024;

    public static Column Load { get; } = new("load", row => row.Summary.Best.Case.Load, IsText: true);

    public static Column Telemetry { get; } = new("telemetry", row => row.Summary.Best.Case.Series, IsText: true);

    public static Column Series { get; } = new("what grows", row => row.Summary.Best.Case.Series, IsText: true);

    public static Column Target { get; } = new("target", row => row.Summary.Best.Case.Target, IsText: true);

    public static Column Cpu { get; } = Of("CPU µs/delta", "0.0", run => run.CpuMicrosecondsPerDelta);

    public static Column WorstCpu { get; } = new("worst run", row => Text(row.Summary.CpuWorst, "0.0"));

    /// <summary>The direct's CPU is the model's, and no ratio of two servers.</summary>
    public static Column CpuRatio { get; } = Ratio("×", run => run.Case.Target == "direct" ? null : run.CpuMicrosecondsPerDelta);

    public static Column P50 { get; } = Milliseconds("p50 ms", run => run.Load.LatencyP50);

    public static Column P99 { get; } = Milliseconds("p99 ms", run => run.Load.LatencyP99);

    public static Column P999 { get; } = Milliseconds("p99.9 ms", run => run.Load.LatencyP999);

    public static Column P50Ratio { get; } = Ratio("p50 ×", run => run.Load.LatencyP50);

    public static Column P99Ratio { get; } = Ratio("p99 ×", run => run.Load.LatencyP99);

    public static Column FirstTokenP50 { get; } = Milliseconds("first token p50 ms", run => run.Load.FirstTokenP50);

    public static Column FirstTokenP99 { get; } = Milliseconds("first token p99 ms", run => run.Load.FirstTokenP99);

    public static Column ReturnP50 { get; } = Milliseconds("next delta p50 ms", run => run.Load.ReturnP50);

    public static Column ReturnP99 { get; } = Milliseconds("next delta p99 ms", run => run.Load.ReturnP99);

    public static Column ReturnMax { get; } = Milliseconds("slowest ms", run => run.Load.ReturnMax);

    public static Column ReturnP99Ratio { get; } = Ratio("p99 ×", run => run.Load.ReturnP99);

    public static Column Offered { get; } = Of("offered/s", "0", run => run.Load.OfferedPerSecond);

    public static Column Delivered { get; } = Of("delivered/s", "0", run => run.Load.DeliveredPerSecond);

    public static Column BytesPerDelta { get; } = Of("bytes/delta", "0", run => run.Load.BytesPerDelta);

    public static Column KibibytesPerConnection { get; } = Of("KiB/connection", "0.0", run => run.BytesPerConnection / 1024);

    public static Column MemoryRatio { get; } = Ratio("×", run => run.BytesPerConnection);

    public static Column ResidentBefore { get; } = Of("RSS before, MiB", "0", run => run.ResidentBytesBefore / Mebi);

    public static Column Resident { get; } = Of("RSS MiB", "0", run => run.ResidentBytes / Mebi);

    public static Column FileReads { get; } = Of("file reads", "0", run => run.Cpu.FileReads);

    public static Column Incomplete { get; } = new("incomplete", row => $"{row.Summary.Incomplete}");

    public static Column Counting { get; } = new("runs that count", row => $"{row.Summary.Counting} of {row.Summary.Runs}");

    public static IReadOnlyList<Column> Faults { get; } =
        [new("lost", row => $"{row.Summary.Lost}"), new("disordered", row => $"{row.Summary.Disordered}"), Incomplete];

    public static IReadOnlyList<Column> Cores { get; } =
    [
        Of("server cores", "0.00", run => run.Cpu.Server),
        Of("generator cores", "0.00", run => run.Cpu.Generator),
        Of("foreign cores", "0.00", run => run.Cpu.Foreign),
    ];

    private static Column Of(string title, string format, Func<RunResult, double?> figure) => new(title, row => Text(figure(row.Summary.Best), format));

    private static Column Milliseconds(string title, Func<RunResult, long?> microseconds) => Of(title, "0.00", run => microseconds(run) / 1000.0);

    private static Column Ratio(string title, Func<RunResult, double?> figure) =>
        new(title, row => Text(figure(row.Summary.Best) / (row.Baseline is { } baseline ? figure(baseline.Best) : null), "0.00"));

    private static string Text(double? value, string format) => value is { } known && double.IsFinite(known) ? known.ToString(format) : "–";
}
