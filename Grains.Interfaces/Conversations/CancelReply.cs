namespace OrleansChat.Conversations;

/// <summary>A request to stop a reply.</summary>
/// <param name="At">The sequence of the last event whose text is to remain of the reply; null for all that came.</param>
/// <param name="Reply">The reply to stop, so that a repeated request does not stop the next; null for whichever runs.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.CancelReply")]
public sealed record CancelReply([property: Id(0)] long? At = null, [property: Id(1)] string? Reply = null);
