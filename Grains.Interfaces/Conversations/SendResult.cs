using System.Collections.Immutable;
using OrleansChat.Limiting;

namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.Send"/> or <see cref="IConversationGrain.Regenerate"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.SendResult")]
public abstract record SendResult
{
    private protected SendResult()
    {
    }

    /// <summary>The message is durable and its reply has started.</summary>
    /// <param name="Message">The message's id.</param>
    /// <param name="Reply">The reply's id.</param>
    /// <param name="Sequence">The sequence of the event that stored the message, or started its other reply.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.Accepted")]
    public sealed record Accepted(
        [property: Id(0)] string Message,
        [property: Id(1)] string Reply,
        [property: Id(2)] long Sequence) : SendResult;

    /// <summary>It waits, durably, for the replies before it.</summary>
    /// <param name="Message">The id that the message is going to have, or, where another reply was asked for, has.</param>
    /// <param name="Reply">The id that the other reply is going to have; null for a message, whose reply gets its id when it starts.</param>
    /// <param name="Sequence">The sequence of the event that stored it.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.Queued")]
    public sealed record Queued(
        [property: Id(0)] string Message,
        [property: Id(1)] string? Reply,
        [property: Id(2)] long Sequence) : SendResult;

    /// <summary>What tools have answered is durable, and the reply waits for answers to other calls.</summary>
    /// <param name="Message">The message's id.</param>
    /// <param name="Sequence">The sequence of the event that stored it.</param>
    /// <param name="OpenCalls">The ids of the calls without an answer.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.Stored")]
    public sealed record Stored(
        [property: Id(0)] string Message,
        [property: Id(1)] long Sequence,
        [property: Id(2)] ImmutableArray<string> OpenCalls) : SendResult;

    /// <summary>A tool's answer belongs to none of the open calls of the message that it follows, and nothing was stored.</summary>
    /// <param name="Call">The id of the call.</param>
    /// <param name="OpenCalls">The ids of the open calls.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.UnknownCall")]
    public sealed record UnknownCall(
        [property: Id(0)] string Call,
        [property: Id(1)] ImmutableArray<string> OpenCalls) : SendResult;

    /// <summary>A reply runs, and nothing was stored.</summary>
    /// <param name="Reply">The running reply's id.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.Busy")]
    public sealed record Busy([property: Id(0)] string Reply) : SendResult;

    /// <summary>As many wait as may, and nothing was stored.</summary>
    /// <param name="Limit">How many may.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.QueueFull")]
    public sealed record QueueFull([property: Id(0)] int Limit) : SendResult;

    /// <summary>The conversation has as much as it may, and nothing was stored.</summary>
    /// <param name="Limits">How much it may.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.HistoryFull")]
    public sealed record HistoryFull([property: Id(0)] HistoryLimits Limits) : SendResult;

    /// <summary>Its owner has as much as he may, and nothing was stored.</summary>
    /// <param name="Refusal">Of what.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.OverLimit")]
    public sealed record OverLimit([property: Id(0)] LimitReached Refusal) : SendResult;

    /// <summary>The head is not one of those expected, and nothing was stored.</summary>
    /// <param name="Head">The head; null where there is no message.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.UnexpectedHead")]
    public sealed record UnexpectedHead([property: Id(0)] string? Head) : SendResult;

    /// <summary>The request names a message that the conversation does not have.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.UnknownMessage")]
    public sealed record UnknownMessage : SendResult;

    /// <summary>The message is none that has, or could have, a reply.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.NoReply")]
    public sealed record NoReply : SendResult;

    /// <summary>The request's name belongs to another request.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.OtherRequest")]
    public sealed record OtherRequest : SendResult;

    /// <summary>The request was accepted before, and taken out of the queue since.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.Unqueued")]
    public sealed record Unqueued : SendResult;

    /// <summary>No such model is configured; the ones that are.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.UnknownModel")]
    public sealed record UnknownModel([property: Id(0)] ImmutableArray<string> Known) : SendResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.SendResult.NotFound")]
    public sealed record NotFound : SendResult;
}
