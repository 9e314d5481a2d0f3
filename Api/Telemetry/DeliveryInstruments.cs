using System.Diagnostics.Metrics;
using OrleansChat.Delivery;

namespace OrleansChat.Telemetry;

/// <summary>What is measured of the way from silos to this node.</summary>
internal static class DeliveryInstruments
{
    private static readonly Histogram<double> Lag = ChatTelemetry.Meter.CreateHistogram(
        "orleanschat.delivery.lag",
        "s",
        "From the oldest commit in a batch until the batch is in this node's feeds. Between machines by the clocks of both: it is as exact as they agree, and never below 0.",
        tags: null,
        ChatTelemetry.ShortTimes);

    /// <summary>A batch is in the feeds.</summary>
    public static void Arrived(DeliveryBatch batch, TimeProvider clock)
    {
        // A probe has no commit, and a silo of an older version does not tell.
        if (Lag.Enabled && batch.CommittedAt != default)
        {
            Lag.Record(Math.Max(0, (clock.GetUtcNow().UtcDateTime - batch.CommittedAt).TotalSeconds));
        }
    }
}
