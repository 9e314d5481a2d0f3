using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;

namespace OrleansChat.Dialects;

/// <summary>What came of <see cref="SingleTurn.StartAsync"/>.</summary>
internal abstract record SingleTurnResult
{
    private SingleTurnResult()
    {
    }

    /// <summary>The reply has started, now or when the request came before.</summary>
    /// <param name="Key">The conversation.</param>
    /// <param name="Message">The id of the message that is replied to.</param>
    /// <param name="Reply">The reply's id.</param>
    /// <param name="Sequence">The sequence of the event that stored the message.</param>
    /// <param name="WasOver">Whether the reply had ended before this request came.</param>
    public sealed record Started(ConversationKey Key, string Message, string Reply, long Sequence, bool WasOver = false) : SingleTurnResult;

    /// <summary>Nothing was started.</summary>
    public sealed record Refused(ProblemHttpResult Problem) : SingleTurnResult;
}
