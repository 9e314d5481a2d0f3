using System.Diagnostics;
using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>How long clients waited after something broke.</summary>
internal static class Recovery
{
    // What was on its way when a process died still arrives, and is not what anybody waits for.
    private static readonly long Flight = (long)(TimeSpan.FromMilliseconds(100).TotalSeconds * Stopwatch.Frequency);

    /// <summary>
    /// Until a running reply went on after its silo died: by the event that says that somebody goes on, or ends it as interrupted.
    /// A reply whose end was on its way already waited for nobody.
    /// </summary>
    public static IEnumerable<TimeSpan> UntilTakenOver(IEnumerable<ChatClient> clients, long moment) => clients
        .Select(client => client.Record.FirstAfter(moment, static type => JournalEvent.IsTakeOverType(type) || JournalEvent.IsEndType(type)))
        .OfType<Frame>()
        .Where(frame => JournalEvent.IsTakeOverType(frame.Type) || frame.Type == JournalEvent.Interrupted)
        .Select(frame => Stopwatch.GetElapsedTime(moment, frame.At));

    /// <summary>Until a client was told of his next message.</summary>
    public static IEnumerable<TimeSpan> UntilNextMessage(IEnumerable<ChatClient> clients, long moment) =>
        Waits(clients, moment, static type => type == JournalEvent.MessageCreated);

    /// <summary>Until a client's next message was accepted.</summary>
    public static IEnumerable<TimeSpan> UntilAccepted(IEnumerable<ChatClient> clients, long moment) => clients
        .Select(client => client.Record.Accepted.FirstOrDefault(accepted => accepted.At > moment))
        .OfType<Accepted>()
        .Select(accepted => Stopwatch.GetElapsedTime(moment, accepted.At));

    /// <summary>Until anything came again of a running reply.</summary>
    public static IEnumerable<TimeSpan> UntilNextEvent(IEnumerable<ChatClient> clients, long moment) => clients
        .Where(client => client.Record.WasOpenAt(moment))
        .Select(client => client.Record.FirstAfter(moment + Flight, static _ => true))
        .OfType<Frame>()
        .Select(frame => Stopwatch.GetElapsedTime(moment, frame.At));

    /// <summary>Until anything came at all.</summary>
    public static IEnumerable<TimeSpan> UntilAnything(IEnumerable<ChatClient> clients, long moment) => Waits(clients, moment, static _ => true);

    /// <summary>The longest that anybody waited within a reply, as a note.</summary>
    public static string LongestGap(Crowd crowd) =>
        $"the longest silence within a reply was {crowd.Clients.Max(client => client.Record.LongestGap()).TotalMilliseconds:0} ms";

    private static IEnumerable<TimeSpan> Waits(IEnumerable<ChatClient> clients, long moment, Func<string, bool> type) =>
        clients.Select(client => client.Record.FirstAfter(moment, type)).OfType<Frame>().Select(frame => Stopwatch.GetElapsedTime(moment, frame.At));
}
