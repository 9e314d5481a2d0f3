using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>How far a response is, in the dialect's words.</summary>
internal static class ResponseStatus
{
    public const string Queued = "queued";
    public const string InProgress = "in_progress";
    public const string Completed = "completed";
    public const string Incomplete = "incomplete";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";

    /// <summary>How far a response is.</summary>
    public static string Of(ResponseState state) => state switch
    {
        { IsUnqueued: true } or { Ended: ReplyCancelled } => Cancelled,
        { Ended: ReplyCompleted { FinishReason: "length" or "content_filter" or FinishReason.Budget } } => Incomplete,
        { Ended: ReplyCompleted } => Completed,
        { Ended: not null } => Failed,
        { Started: not null } => InProgress,
        _ => Queued,
    };
}
