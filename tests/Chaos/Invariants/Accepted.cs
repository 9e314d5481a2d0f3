namespace OrleansChat.Chaos.Invariants;

/// <summary>A message that the server has answered with 202, and what it answered.</summary>
/// <param name="Message">The message's id.</param>
/// <param name="Reply">The reply's id.</param>
/// <param name="Sequence">The sequence under which the message was stored.</param>
/// <param name="Content">What it says.</param>
/// <param name="At">When the answer came, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
internal sealed record Accepted(string Message, string Reply, long Sequence, string Content, long At)
{
    /// <summary>Whether the journal has all of it.</summary>
    public IEnumerable<Violation> CheckAgainst(History history, string name)
    {
        var events = history.Events;
        if (Sequence > events.Count)
        {
            yield return new Violation(ViolationKind.AcceptedLost, name, $"{this}: the journal ends at {events.Count}.");
            yield break;
        }

        var stored = events[(int)Sequence - 1];
        if (stored.Type != JournalEvent.MessageCreated || stored.Message != Message || stored.Text != Content)
        {
            yield return new Violation(ViolationKind.AcceptedLost, name, $"{this}: in its place is {stored}.");
        }
        else if (Sequence == events.Count || events[(int)Sequence] is not { Type: JournalEvent.Started } reply || reply.Message != Reply)
        {
            yield return new Violation(ViolationKind.AcceptedLost, name, $"{this}: its reply does not follow it.");
        }
    }
}
