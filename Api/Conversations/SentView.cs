namespace OrleansChat.Conversations;

/// <summary>What a caller gets for a message that was accepted.</summary>
/// <param name="Message">The message's id.</param>
/// <param name="Reply">The reply's id.</param>
/// <param name="Sequence">The sequence of the event that stored the message.</param>
/// <param name="EventsUrl">Where everything after the message can be followed.</param>
internal sealed record SentView(string Message, string Reply, long Sequence, string EventsUrl);
