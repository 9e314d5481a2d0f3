using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;

namespace OrleansChat.Errors;

/// <summary>
/// Every error that the native API answers with, as problem details (RFC 9457). <c>code</c> is for programs and stays;
/// <c>detail</c> is for people and says what is allowed.
/// </summary>
internal static class Problems
{
    public static ProblemHttpResult Invalid(int status, string detail) =>
        Problem(status, status == StatusCodes.Status413PayloadTooLarge ? "too_large" : "invalid_request", detail);

    public static ProblemHttpResult ConversationNotFound() =>
        Problem(StatusCodes.Status404NotFound, "conversation_not_found", "There is no such conversation.");

    public static ProblemHttpResult ReplyRuns(string reply) => Problem(
        StatusCodes.Status409Conflict,
        "reply_running",
        "A reply runs in this conversation. Wait for its end, or cancel it.",
        ("reply", reply));

    public static ProblemHttpResult UnknownModel(ImmutableArray<string> known) => Problem(
        StatusCodes.Status400BadRequest,
        "unknown_model",
        $"There is no such model. There are: {string.Join(", ", known)}.",
        ("models", known));

    public static ProblemHttpResult UnknownMessage() => Problem(
        StatusCodes.Status400BadRequest,
        "unknown_message",
        "The query parameter 'after' names no message of this conversation.");

    public static ProblemHttpResult InvalidImport(int line, string detail) =>
        Problem(StatusCodes.Status400BadRequest, "invalid_import", $"Line {line}: {detail}", ("line", line));

    public static ProblemHttpResult CursorBeyondHead(long cursor, long head) => Problem(
        StatusCodes.Status410Gone,
        "cursor_beyond_head",
        $"The cursor {cursor} is beyond the newest event, {head}. It belongs to another conversation, or to one that was deleted.",
        ("head", head));

    public static ProblemHttpResult StorageUnavailable() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "storage_unavailable",
        "The conversation's journal is not available for now. Nothing was stored; the request can be repeated.");

    public static ProblemHttpResult Unavailable() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "No server that holds conversations answers for now. The request can be repeated.");

    public static ProblemHttpResult Internal() => Problem(
        StatusCodes.Status500InternalServerError,
        "internal_error",
        "The request failed for a reason of our own. The server's log has the details.");

    private static ProblemHttpResult Problem(int status, string code, string detail, params ReadOnlySpan<(string Name, object Value)> more)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        foreach (var (name, value) in more)
        {
            extensions[name] = value;
        }

        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }
}
