using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>Why a response that its model ended is not whole.</summary>
/// <param name="Reason"><c>max_output_tokens</c> or <c>content_filter</c>.</param>
internal sealed record IncompleteView(string Reason)
{
    /// <summary>Why it is not whole; null where it is, or was not ended by its model.</summary>
    public static IncompleteView? Of(ReplyEnded? end) => (end as ReplyCompleted)?.FinishReason switch
    {
        "length" or FinishReason.Budget => new IncompleteView("max_output_tokens"),
        "content_filter" => new IncompleteView("content_filter"),
        _ => null,
    };
}
