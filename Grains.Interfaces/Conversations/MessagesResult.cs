using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.GetMessages"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult")]
public abstract record MessagesResult
{
    private protected MessagesResult()
    {
    }

    /// <summary>A page of messages, in the order asked for, each with its siblings.</summary>
    /// <param name="Messages">The messages.</param>
    /// <param name="HasMore">Whether more come after the last one; of a page before a message, whether more come before the first one.</param>
    /// <param name="Head">The conversation's head, whichever branch was read; null where there is no message.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult.Page")]
    public sealed record Page(
        [property: Id(0)] ImmutableArray<Message> Messages,
        [property: Id(1)] bool HasMore,
        [property: Id(2)] string? Head) : MessagesResult;

    /// <summary>A message that the query names is not among those to be read.</summary>
    /// <param name="Id">Its id.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult.UnknownMessage")]
    public sealed record UnknownMessage([property: Id(0)] string Id) : MessagesResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MessagesResult.NotFound")]
    public sealed record NotFound : MessagesResult;
}
