using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.Send"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.SendResult")]
public abstract record SendResult
{
    private protected SendResult()
    {
    }

    /// <summary>The message is durable and its reply has started.</summary>
    /// <param name="Message">The message's id.</param>
    /// <param name="Reply">The reply's id.</param>
    /// <param name="Sequence">The sequence of the event that stored the message.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.Accepted")]
    public sealed record Accepted(
        [property: Id(0)] string Message,
        [property: Id(1)] string Reply,
        [property: Id(2)] long Sequence) : SendResult;

    /// <summary>A reply runs, and nothing was stored.</summary>
    /// <param name="Reply">The running reply's id.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.Busy")]
    public sealed record Busy([property: Id(0)] string Reply) : SendResult;

    /// <summary>No such model is configured; the ones that are.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.UnknownModel")]
    public sealed record UnknownModel([property: Id(0)] ImmutableArray<string> Known) : SendResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.NotFound")]
    public sealed record NotFound : SendResult;
}
