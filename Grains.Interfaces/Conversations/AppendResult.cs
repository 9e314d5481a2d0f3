using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.Append"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult")]
public abstract record AppendResult
{
    private protected AppendResult()
    {
    }

    /// <summary>The messages are durable, and the last of them is the head.</summary>
    /// <param name="Ids">Their ids, in order.</param>
    /// <param name="Sequence">The sequence of the event that stored the last of them.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult.Appended")]
    public sealed record Appended([property: Id(0)] ImmutableArray<string> Ids, [property: Id(1)] long Sequence) : AppendResult;

    /// <summary>A reply runs, and nothing was stored.</summary>
    /// <param name="Reply">The running reply's id.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult.Busy")]
    public sealed record Busy([property: Id(0)] string Reply) : AppendResult;

    /// <summary>The conversation does not have the message that they were to follow.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult.UnknownMessage")]
    public sealed record UnknownMessage : AppendResult;

    /// <summary>A tool's answer belongs to none of the calls that are open where it would stand, and nothing was stored.</summary>
    /// <param name="Call">The id of the call.</param>
    /// <param name="OpenCalls">The ids of the open calls.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult.UnknownCall")]
    public sealed record UnknownCall(
        [property: Id(0)] string Call,
        [property: Id(1)] ImmutableArray<string> OpenCalls) : AppendResult;

    /// <summary>The request's name belongs to another request.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult.OtherRequest")]
    public sealed record OtherRequest : AppendResult;

    /// <summary>It would be more than a conversation may have, and nothing was stored.</summary>
    /// <param name="Limits">How much it may.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult.HistoryFull")]
    public sealed record HistoryFull([property: Id(0)] HistoryLimits Limits) : AppendResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.AppendResult.NotFound")]
    public sealed record NotFound : AppendResult;
}
