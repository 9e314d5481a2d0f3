using System.Collections.Immutable;

namespace OrleansChat.Testing.Telemetry;

/// <summary>A metric's value at a time that an <see cref="OtlpReceiver"/> got.</summary>
/// <param name="Resource">The process that it came from.</param>
/// <param name="Meter">The meter's name.</param>
/// <param name="Name">The metric's name.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Tags">What it is told apart by.</param>
/// <param name="Value">The value; of a histogram, the sum of what was recorded.</param>
/// <param name="Count">How many values were recorded, of a histogram.</param>
public sealed record OtlpPoint(
    ImmutableDictionary<string, string> Resource,
    string Meter,
    string Name,
    string Unit,
    ImmutableDictionary<string, string> Tags,
    double Value,
    long Count)
{
    // The numbers of gauges, sums and histograms among the kinds of metrics.
    private const int Gauge = 5;
    private const int Sum = 7;
    private const int Histogram = 9;

    internal static IEnumerable<OtlpPoint> Read(ReadOnlyMemory<byte> request) =>
        from resource in new ProtobufMessage(request).Messages(1)
        let attributes = OtlpAttributes.Read(resource.Message(1), 1)
        from scope in resource.Messages(2)
        let meter = scope.Message(1).Text(1)
        from metric in scope.Messages(2)
        let kind = metric.Has(Histogram) ? Histogram : metric.Has(Sum) ? Sum : Gauge
        from point in metric.Message(kind).Messages(1)
        select new OtlpPoint(
            attributes,
            meter,
            metric.Text(1),
            metric.Text(3),
            OtlpAttributes.Read(point, kind == Histogram ? 9 : 7),
            kind == Histogram ? point.Double(5) : point.Has(4) ? point.Double(4) : point.Integer(6),
            kind == Histogram ? point.Integer(4) : 0);
}
