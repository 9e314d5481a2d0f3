using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.Update"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.UpdateResult")]
public abstract record UpdateResult
{
    private protected UpdateResult()
    {
    }

    /// <summary>The conversation as it is now.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.UpdateResult.Updated")]
    public sealed record Updated([property: Id(0)] Conversation Conversation) : UpdateResult;

    /// <summary>No such model is configured; the ones that are.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.UpdateResult.UnknownModel")]
    public sealed record UnknownModel([property: Id(0)] ImmutableArray<string> Known) : UpdateResult;

    /// <summary>It would be more than a conversation may have, and nothing was stored.</summary>
    /// <param name="Limits">How much it may.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.UpdateResult.HistoryFull")]
    public sealed record HistoryFull([property: Id(0)] HistoryLimits Limits) : UpdateResult;

    /// <summary>It does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.UpdateResult.NotFound")]
    public sealed record NotFound : UpdateResult;
}
