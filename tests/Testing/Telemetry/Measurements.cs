using System.Diagnostics.Metrics;
using System.Globalization;

namespace OrleansChat.Testing.Telemetry;

/// <summary>
/// Hears what a meter of this process measures while it lives: everything, whoever caused it, so tests that use it run alone.
/// </summary>
public sealed class Measurements : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Lock gate = new();
    private readonly List<Measurement> heard = [];

    /// <summary>Begins to listen.</summary>
    /// <param name="meter">The meter's name.</param>
    public Measurements(string meter)
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == meter)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();
    }

    /// <summary>What was measured by an instrument, oldest first, with what it is told apart by as <c>name=value</c>.</summary>
    public IReadOnlyList<(double Value, string Tags)> Of(string instrument)
    {
        lock (gate)
        {
            return [.. heard.Where(measurement => measurement.Instrument == instrument).Select(measurement => (measurement.Value, measurement.Tags))];
        }
    }

    /// <summary>Has the instruments that are asked for their value tell it now.</summary>
    public void Ask() => listener.RecordObservableInstruments();

    /// <inheritdoc />
    public void Dispose() => listener.Dispose();

    private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var text = string.Join(' ', tags.ToArray().Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")));
        lock (gate)
        {
            heard.Add(new Measurement(instrument.Name, value, text));
        }
    }

    private sealed record Measurement(string Instrument, double Value, string Tags);
}
