using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Models;

namespace OrleansChat.Dialects;

/// <summary>Replies that failed, as answers to those who wanted them whole.</summary>
internal static class ReplyFailures
{
    private static readonly ReplyError Interrupted = new("interrupted", "The server stopped before the reply was complete.", Retryable: true);

    /// <summary>Why a reply failed; of one that did.</summary>
    public static ReplyError ErrorOf(ReplyEnded end) => (end as ReplyFailed)?.Error ?? Interrupted;

    /// <summary>The answer in place of a reply; null where that has not failed.</summary>
    public static ProblemHttpResult? Of(Message reply) =>
        reply.Status is MessageStatus.Failed or MessageStatus.Interrupted ? Of(reply.Error ?? Interrupted) : null;

    /// <summary>The answer in place of a reply that failed in this way.</summary>
    public static ProblemHttpResult Of(ReplyError error) => TypedResults.Problem(
        error.Message,
        statusCode: StatusOf(error),
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = error.Code });

    // What the request itself is to blame for is no fault of any server.
    private static int StatusOf(ReplyError error) => error.Code switch
    {
        ModelErrors.ContextTooLong or ModelErrors.ContentRefused => StatusCodes.Status400BadRequest,
        ModelErrors.Internal => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status502BadGateway,
    };
}
