namespace OrleansChat.Conversations;

/// <summary>A request that was accepted.</summary>
/// <param name="Message">The id of what it made: a message, or another reply. It may be in the queue, or have been taken out of it.</param>
/// <param name="Sequence">The sequence of the event that stored it.</param>
/// <param name="Fingerprint">What the request was; null where nobody named it.</param>
/// <param name="Question">The id of what another reply is to; null for a message.</param>
internal sealed record KnownRequest(string Message, long Sequence, string? Fingerprint, string? Question = null);
