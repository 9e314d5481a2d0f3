namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.Cancel"/>.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.CancelResult")]
public abstract record CancelResult
{
    private protected CancelResult()
    {
    }

    /// <summary>The reply that ran, if any did, has ended.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CancelResult.Done")]
    public sealed record Done([property: Id(0)] Conversation Conversation) : CancelResult;

    /// <summary>The running reply cannot end at that sequence; it runs on.</summary>
    /// <param name="First">The first sequence at which it can end.</param>
    /// <param name="Head">The sequence of the newest event, the last one at which it can.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CancelResult.OutsideReply")]
    public sealed record OutsideReply([property: Id(0)] long First, [property: Id(1)] long Head) : CancelResult;

    /// <summary>No reply runs that could end at that sequence: it has ended otherwise.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CancelResult.Ended")]
    public sealed record Ended : CancelResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.CancelResult.NotFound")]
    public sealed record NotFound : CancelResult;
}
