using OrleansChat.Conversations;

namespace OrleansChat.Search;

/// <summary>A conversation that a search found.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Message">The message that matches, the newest if several do; null where the title does.</param>
/// <param name="Snippet">What stands around the first word found, of the message or the title.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ConversationMatch")]
public sealed record ConversationMatch(
    [property: Id(0)] Conversation Conversation, [property: Id(1)] string? Message, [property: Id(2)] string Snippet)
{
    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ConversationMatch);
}
