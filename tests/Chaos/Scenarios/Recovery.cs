using System.Diagnostics;
using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Scenarios;

/// <summary>How long clients waited after something broke.</summary>
internal static class Recovery
{
    // What was on its way when a process died still arrives, and is not what anybody waits for.
    private static readonly long Flight = (long)(TimeSpan.FromMilliseconds(100).TotalSeconds * Stopwatch.Frequency);

    /// <summary>Until a running reply went on after its silo died: by the event that says who goes on, or ends it.</summary>
    public static IEnumerable<TimeSpan> UntilTakenOver(IEnumerable<ChatClient> clients, long moment) => Waits(
        clients.Where(client => client.Record.WasOpenAt(moment)),
        moment,
        static type => JournalEvent.IsTakeOverType(type) || type == JournalEvent.Interrupted);

    /// <summary>Until a client was told of his next message.</summary>
    public static IEnumerable<TimeSpan> UntilNextMessage(IEnumerable<ChatClient> clients, long moment) =>
        Waits(clients, moment, static type => type == JournalEvent.MessageCreated);

    /// <summary>Until anything came again of a running reply.</summary>
    public static IEnumerable<TimeSpan> UntilNextEvent(IEnumerable<ChatClient> clients, long moment)
    {
        var open = clients.Where(client => client.Record.WasOpenAt(moment));
        return Waits(open, moment + Flight, static _ => true).Select(wait => wait + TimeSpan.FromSeconds((double)Flight / Stopwatch.Frequency));
    }

    /// <summary>The longest that anybody waited within a reply, as a note.</summary>
    public static string LongestGap(Crowd crowd) =>
        $"the longest silence within a reply was {crowd.Clients.Max(client => client.Record.LongestGap()).TotalMilliseconds:0} ms";

    private static IEnumerable<TimeSpan> Waits(IEnumerable<ChatClient> clients, long moment, Func<string, bool> type) =>
        clients.Select(client => client.Record.FirstAfter(moment, type)).OfType<TimeSpan>();
}
