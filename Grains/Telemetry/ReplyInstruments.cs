using System.Diagnostics.Metrics;
using OrleansChat.Events;

namespace OrleansChat.Telemetry;

/// <summary>What is measured of replies. <see cref="ReplyTelemetry"/> tells of one.</summary>
internal static class ReplyInstruments
{
    internal static readonly Histogram<double> TimeToFirstToken = ChatTelemetry.Meter.CreateHistogram(
        "orleanschat.reply.time_to_first_token",
        "s",
        "From the start of a reply, or from its taking over, until its first piece is durable, and so may be seen.",
        tags: null,
        ChatTelemetry.LongTimes);

    internal static readonly Histogram<double> Duration = ChatTelemetry.Meter.CreateHistogram(
        "orleanschat.reply.duration",
        "s",
        "From the start of a reply, or from its taking over, until its end is durable.",
        tags: null,
        ChatTelemetry.LongTimes);

    internal static readonly Counter<long> Deltas = ChatTelemetry.Meter.CreateCounter<long>(
        "orleanschat.reply.deltas", "{delta}", "Pieces of replies that became durable.");

    // Asked for rather than counted along, so that whoever begins to listen late gets the right number.
    internal static readonly ObservableUpDownCounter<long> Running = ChatTelemetry.Meter.CreateObservableUpDownCounter(
        "orleanschat.replies.running", static () => Interlocked.Read(ref running), "{reply}", "Replies that this process produces.");

    private static readonly Counter<long> TakeOvers = ChatTelemetry.Meter.CreateCounter<long>(
        "orleanschat.takeovers", "{takeover}", "Replies found without a producer, by what became of them.");

    private static long running;

    /// <summary>A reply starts to be produced here.</summary>
    public static void Started() => Interlocked.Increment(ref running);

    /// <summary>A reply is no longer produced here.</summary>
    public static void Ended() => Interlocked.Decrement(ref running);

    /// <summary>A reply's producer was gone.</summary>
    /// <param name="decision">What becomes of the reply.</param>
    public static void TakenOver(ConversationEvent decision) => TakeOvers.Add(
        1,
        new KeyValuePair<string, object?>(TelemetryTags.TakeOver, decision switch
        {
            ReplyContinued => "continued",
            ReplyRestarted => "restarted",
            ReplyInterrupted => "interrupted",
            _ => "failed",
        }));
}
