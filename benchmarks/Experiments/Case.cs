using OrleansChat.Benchmarks.Load;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>One thing that is measured: a target under a load.</summary>
internal sealed record Case
{
    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    public required string Target { get; init; }

    /// <summary>The load in words; figures of the same load may be divided by each other.</summary>
    public required string Load { get; init; }

    /// <summary>What a chart shows as one line.</summary>
    public string Series { get; init; } = "";

    /// <summary>Where on the chart's horizontal axis.</summary>
    public double Size { get; init; }

    public required LoadPlan Plan { get; init; }

    /// <summary>Whether server and generator run on the same cores, all there are.</summary>
    public bool SharesCores { get; init; }

    /// <summary>Of the product as a cluster, and of a relay that has nodes; null: as one process.</summary>
    public Topology? Topology { get; init; }

    /// <summary>What the product finds in its store when it starts; null: nothing.</summary>
    public History? History { get; init; }

    /// <summary>Of the product as one process: what it exports.</summary>
    public ExportedTelemetry Telemetry { get; init; }

    public override string ToString() => Telemetry is ExportedTelemetry.None ? $"{Experiment}: {Target}, {Load}" : $"{Experiment}: {Target}, {Load}, {Series}";
}

/// <summary>Processes of a cluster.</summary>
internal sealed record Topology(int Silos, int Apis);

/// <summary>Conversations that have been there for long.</summary>
/// <param name="Conversations">How many.</param>
/// <param name="Messages">In each.</param>
/// <param name="IsTouched">Whether each has been looked at since the product started.</param>
internal sealed record History(int Conversations, int Messages, bool IsTouched);
