using System.Diagnostics;
using System.Diagnostics.Metrics;
using OrleansChat.Journal;

namespace OrleansChat.Telemetry;

/// <summary>What is measured of commits to the store, and of reads from it.</summary>
internal static class JournalInstruments
{
    private static readonly Histogram<double> Duration = ChatTelemetry.Meter.CreateHistogram(
        "orleanschat.journal.commit.duration",
        "s",
        "How long the store took for a commit; with error.type where an append in it failed.",
        tags: null,
        ChatTelemetry.ShortTimes);

    private static readonly Histogram<long> Appends = ChatTelemetry.Meter.CreateHistogram<long>(
        "orleanschat.journal.commit.appends",
        "{append}",
        "How many conversations' appends went into a commit.",
        tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 4_096] });

    private static readonly Histogram<long> Size = ChatTelemetry.Meter.CreateHistogram<long>(
        "orleanschat.journal.commit.size",
        "By",
        "How many bytes of events went into a commit.",
        tags: null,
        new InstrumentAdvice<long> { HistogramBucketBoundaries = [200, 1_000, 5_000, 20_000, 100_000, 500_000, 2_000_000] });

    private static readonly Counter<long> Replays = ChatTelemetry.Meter.CreateCounter<long>(
        "orleanschat.replays", "{read}", "Reads of past events, by where they were: in the conversation's memory, or in the store.");

    private static readonly KeyValuePair<string, object?> Failed = new(TelemetryTags.ErrorType, "append_failed");
    private static readonly KeyValuePair<string, object?> Memory = new(TelemetryTags.ReplaySource, "memory");
    private static readonly KeyValuePair<string, object?> Store = new(TelemetryTags.ReplaySource, "store");

    /// <summary>Whether anybody wants to know of commits. Adding up what is in one is a loop over it.</summary>
    public static bool WantsCommits => Duration.Enabled || Appends.Enabled || Size.Enabled;

    /// <summary>A commit is done.</summary>
    /// <param name="start">When it began, as <see cref="Stopwatch"/> has it.</param>
    /// <param name="appends">How many appends it had.</param>
    /// <param name="bytes">How many bytes they had.</param>
    /// <param name="outcomes">What came of them.</param>
    public static void Committed(long start, int appends, long bytes, IEnumerable<AppendOutcome> outcomes)
    {
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        if (outcomes.Any(static outcome => outcome is AppendOutcome.Failed))
        {
            Duration.Record(elapsed, Failed);
        }
        else
        {
            Duration.Record(elapsed);
        }

        Appends.Record(appends);
        Size.Record(bytes);
    }

    /// <summary>Past events were read from the conversation's memory.</summary>
    public static void ReplayedFromMemory() => Replays.Add(1, Memory);

    /// <summary>Past events were read from the store.</summary>
    public static void ReplayedFromStore() => Replays.Add(1, Store);
}
