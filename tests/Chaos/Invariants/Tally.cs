namespace OrleansChat.Chaos.Invariants;

/// <summary>Adds up what conversations hold, so that they need not be kept.</summary>
internal sealed class Tally
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> ends = new(StringComparer.Ordinal);
    private int conversations;
    private int accepted;
    private int sentTwice;
    private int takenOver;
    private long events;

    /// <summary>Adds a conversation.</summary>
    /// <param name="history">What it holds.</param>
    /// <param name="acceptedMessages">How many of its messages were answered with 202.</param>
    public void Add(History history, int acceptedMessages)
    {
        var messages = history.Events.Where(each => each.Type == JournalEvent.MessageCreated).Select(each => each.Text).ToArray();
        lock (gate)
        {
            conversations++;
            accepted += acceptedMessages;
            events += history.Events.Count;
            sentTwice += messages.Length - messages.Distinct(StringComparer.Ordinal).Count();
            takenOver += history.Replies.Count(reply => reply.TakeOvers > 0);
            foreach (var (end, count) in history.Replies.CountBy(reply => reply.End?["reply.".Length..] ?? "running"))
            {
                ends[end] = ends.GetValueOrDefault(end) + count;
            }
        }
    }

    /// <summary>The sums, with what was found wrong.</summary>
    public Verdict With(IEnumerable<Violation> violations) => new()
    {
        Conversations = conversations,
        Accepted = accepted,
        Events = events,
        SentTwice = sentTwice,
        Ends = ends,
        TakenOver = takenOver,
        Violations = [.. violations],
    };
}
