namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.MoveHead"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.MoveHeadResult")]
public abstract record MoveHeadResult
{
    private protected MoveHeadResult()
    {
    }

    /// <summary>The head is where it was asked to be.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MoveHeadResult.Moved")]
    public sealed record Moved([property: Id(0)] Conversation Conversation) : MoveHeadResult;

    /// <summary>The head is not one of those expected, and stays.</summary>
    /// <param name="Head">The head; null where there is no message.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MoveHeadResult.Unexpected")]
    public sealed record Unexpected([property: Id(0)] string? Head) : MoveHeadResult;

    /// <summary>The conversation has no such message.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MoveHeadResult.UnknownMessage")]
    public sealed record UnknownMessage : MoveHeadResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.MoveHeadResult.NotFound")]
    public sealed record NotFound : MoveHeadResult;
}
