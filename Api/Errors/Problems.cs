using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Telemetry;

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

    public static ProblemHttpResult UnknownMessage(string detail) => Problem(StatusCodes.Status400BadRequest, "unknown_message", detail);

    public static ProblemHttpResult MessageNotFound() =>
        Problem(StatusCodes.Status404NotFound, "message_not_found", "There is no such message in this conversation.");

    public static ProblemHttpResult NoReply() => Problem(
        StatusCodes.Status409Conflict,
        "nothing_to_reply_to",
        "Another reply is made to a message, or to the message that a reply answers. This one answers nothing, or tools that it called have not answered.");

    public static ProblemHttpResult UnknownToolCall(string call, ImmutableArray<string> open) => Problem(
        StatusCodes.Status400BadRequest,
        "unknown_tool_call",
        open.IsEmpty
            ? $"The message that this follows waits for no tool, and so not for '{call}'."
            : $"'{call}' is no tool call for which the message that this follows waits. It waits for: {string.Join(", ", open)}.",
        ("open_tool_calls", open));

    public static ProblemHttpResult UnexpectedHead(string? head) => Problem(
        StatusCodes.Status412PreconditionFailed,
        "head_moved",
        "The head is not the message that If-Match names: the conversation went on, or somebody switched branches. Nothing was done.",
        ("head", head));

    public static ProblemHttpResult QueueFull() => Problem(
        StatusCodes.Status409Conflict,
        "queue_full",
        $"{QueuedMessage.Limit} messages wait in this conversation, and no more may. Wait for a reply's end, or take one out.",
        ("limit", QueuedMessage.Limit));

    public static ProblemHttpResult NotQueued() => Problem(
        StatusCodes.Status404NotFound,
        "not_queued",
        "This does not wait in the queue: its reply has started, or it never was there.");

    public static ProblemHttpResult Unqueued() => Problem(
        StatusCodes.Status410Gone,
        "message_unqueued",
        "The message that came with this key was taken out of the queue. Send it again with a new key.");

    public static ProblemHttpResult KeyOfAnotherRequest() => Problem(
        StatusCodes.Status422UnprocessableEntity,
        "idempotency_key_reused",
        "The Idempotency-Key came before, with another request. A key stands for one request with one body.");

    public static ProblemHttpResult OutsideReply(long at, long first, long head) => Problem(
        StatusCodes.Status409Conflict,
        "outside_reply",
        $"The running reply has no event {at}: its text began at {first}, and the newest event is {head}. It runs on.",
        ("first", first),
        ("head", head));

    public static ProblemHttpResult ReplyEnded() => Problem(
        StatusCodes.Status409Conflict,
        "reply_ended",
        "The reply has ended already, and was not cut. What it says stands.");

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

    private static ProblemHttpResult Problem(int status, string code, string detail, params ReadOnlySpan<(string Name, object? Value)> more)
    {
        ErrorInstruments.Told(code);
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = code };
        foreach (var (name, value) in more)
        {
            extensions[name] = value;
        }

        return TypedResults.Problem(detail, statusCode: status, extensions: extensions);
    }
}
