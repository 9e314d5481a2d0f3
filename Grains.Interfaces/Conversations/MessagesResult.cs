using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.GetMessages"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult")]
public abstract record MessagesResult
{
    private protected MessagesResult()
    {
    }

    /// <summary>A page of messages, oldest first.</summary>
    /// <param name="Messages">The messages.</param>
    /// <param name="HasMore">Whether more come after the last one.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult.Page")]
    public sealed record Page([property: Id(0)] ImmutableArray<Message> Messages, [property: Id(1)] bool HasMore) : MessagesResult;

    /// <summary>No message of the conversation has the id to read after.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult.UnknownMessage")]
    public sealed record UnknownMessage : MessagesResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult.NotFound")]
    public sealed record NotFound : MessagesResult;
}
