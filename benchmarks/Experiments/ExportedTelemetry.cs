namespace OrleansChat.Benchmarks.Experiments;

/// <summary>Which telemetry the product exports.</summary>
internal enum ExportedTelemetry
{
    /// <summary>None, as by default.</summary>
    None,

    /// <summary>Metrics.</summary>
    Metrics,

    /// <summary>Metrics, and a trace of every request.</summary>
    MetricsAndTraces,
}
