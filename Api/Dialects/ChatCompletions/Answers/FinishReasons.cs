using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Dialects.ChatCompletions.Answers;

/// <summary>Why a reply ended, in the four words that clients of this dialect know: the strict ones take no other.</summary>
internal static class FinishReasons
{
    /// <summary>The word for an end that is no failure. What somebody stopped has stopped.</summary>
    public static string Of(ReplyEnded end) => Known((end as ReplyCompleted)?.FinishReason);

    /// <summary>The word for a reply; null as long as it runs.</summary>
    public static string? Of(Message reply) => reply.Status == MessageStatus.InProgress ? null : Known(reply.FinishReason);

    private static string Known(string? reason) => reason switch
    {
        "length" or "tool_calls" or "content_filter" => reason,
        FinishReason.Budget => "length",
        _ => "stop",
    };
}
