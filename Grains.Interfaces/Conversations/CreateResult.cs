using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.Create"/> or <see cref="ICreationGrain.Create"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.CreateResult")]
public abstract record CreateResult
{
    private protected CreateResult()
    {
    }

    /// <summary>It exists now.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CreateResult.Created")]
    public sealed record Created([property: Id(0)] Conversation Conversation) : CreateResult;

    /// <summary>Another conversation has this key.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CreateResult.Exists")]
    public sealed record Exists : CreateResult;

    /// <summary>The request's name belongs to another request.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CreateResult.OtherRequest")]
    public sealed record OtherRequest : CreateResult;

    /// <summary>No such model is configured; the ones that are.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CreateResult.UnknownModel")]
    public sealed record UnknownModel([property: Id(0)] ImmutableArray<string> Known) : CreateResult;

    /// <summary>It would be more than a conversation may have, and nothing was stored.</summary>
    /// <param name="Limits">How much it may.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CreateResult.HistoryFull")]
    public sealed record HistoryFull([property: Id(0)] HistoryLimits Limits) : CreateResult;

    /// <summary>The caller is not the owner in the key.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CreateResult.NotFound")]
    public sealed record NotFound : CreateResult;
}
