using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Limiting;
using OrleansChat.Telemetry;

namespace OrleansChat.Errors;

/// <summary>
/// Every error that the native API answers with, as problem details (RFC 9457). <c>code</c> is for programs and stays;
/// <c>detail</c> is for people and says what is allowed.
/// </summary>
internal static class Problems
{
    /// <summary>The member that says after how many seconds it can help to repeat the request, as the header <c>Retry-After</c> does then.</summary>
    public const string RetryAfterMember = "retry_after";

    // Nobody knows when a connection is closed.
    private static readonly TimeSpan StreamPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(2);

    public static ProblemHttpResult Invalid(int status, string detail)
    {
        var code = status switch
        {
            StatusCodes.Status413PayloadTooLarge => "too_large",
            StatusCodes.Status415UnsupportedMediaType => Unrouted.UnsupportedMediaType,
            _ => "invalid_request",
        };
        return Problem(status, code, detail);
    }

    public static ProblemHttpResult Unauthenticated() => Problem(
        StatusCodes.Status401Unauthorized,
        "unauthenticated",
        "Say who you are: Authorization: Bearer, with a key that is good. A session, a ticket or a key may have ended.");

    public static ProblemHttpResult MissingScope(string needed, ImmutableArray<string> had) => Problem(
        StatusCodes.Status403Forbidden,
        "missing_scope",
        $"This needs the scope '{needed}'. What you came with has: {string.Join(", ", had)}.",
        ("needed", needed),
        ("scopes", had));

    public static ProblemHttpResult CrossSite() => Problem(
        StatusCodes.Status403Forbidden,
        "cross_site",
        "A page of another site made this request, and may not.");

    public static ProblemHttpResult KeyNotFound() => Problem(StatusCodes.Status404NotFound, "key_not_found", "There is no such key.");

    public static ProblemHttpResult WrongHost(string host) => Problem(
        StatusCodes.Status421MisdirectedRequest,
        "wrong_host",
        $"Nobody signs in here, so this server answers only to localhost and the addresses of loopback, and not to '{Repeated.Of(host)}'.");

    public static ProblemHttpResult PassedOn(string header) => Problem(
        StatusCodes.Status403Forbidden,
        "passed_on",
        $"Nobody signs in here, so this server serves only this machine, and the header '{header}' says that a proxy or tunnel passed this request on for somebody else. "
        + "Have callers sign in before others can come: make a key (./run keys add), or name the proxy that signs people in (Authentication:Proxy).");

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

    public static ProblemHttpResult ReplyNotFound() =>
        Problem(StatusCodes.Status404NotFound, "reply_not_found", "There is no such reply, or no more.");

    public static ProblemHttpResult ReplyRestarted(long sequence) => Problem(
        StatusCodes.Status409Conflict,
        "reply_restarted",
        $"The reply began anew with event {sequence}, and what came before that is void. Ask for it from the beginning.",
        ("sequence", sequence));

    public static ProblemHttpResult MessageInUse() => Problem(
        StatusCodes.Status409Conflict,
        "message_in_use",
        "This message is the running reply, or what that replies to. Wait for its end, or cancel it.");

    public static ProblemHttpResult NoReply() => Problem(
        StatusCodes.Status409Conflict,
        "nothing_to_reply_to",
        "Another reply is made to a message, or to the message that a reply answers. This one answers nothing, or tools that it called have not answered.");

    public static ProblemHttpResult UnknownToolCall(string call, ImmutableArray<string> open) => Problem(
        StatusCodes.Status400BadRequest,
        "unknown_tool_call",
        open.IsEmpty
            ? $"The message that this follows waits for no tool, and so not for '{Repeated.Of(call)}'."
            : $"'{Repeated.Of(call)}' is no tool call for which the message that this follows waits. It waits for: {string.Join(", ", open.Select(Repeated.Of))}.",
        ("open_tool_calls", open));

    public static ProblemHttpResult UnexpectedHead(string? head) => Problem(
        StatusCodes.Status412PreconditionFailed,
        "head_moved",
        "The head is not the message that If-Match names: the conversation went on, or somebody switched branches. Nothing was done.",
        ("head", head));

    public static ProblemHttpResult QueueFull(int limit) => Problem(
        StatusCodes.Status409Conflict,
        "queue_full",
        $"{limit} messages wait in this conversation, and no more may. Wait for a reply's end, or take one out.",
        ("limit", limit));

    public static ProblemHttpResult HistoryFull(int messages, long bytes) => Problem(
        StatusCodes.Status409Conflict,
        "history_full",
        $"That is more than a conversation may have in its life: {messages} messages, and {bytes} bytes of what they say. Begin another one.",
        ("limit_messages", messages),
        ("limit_bytes", bytes));

    public static ProblemHttpResult TooManyRequests(int limit, TimeSpan retryAfter) => OverQuota(
        "too_many_requests", $"You may make {limit} requests in a minute, and have.", RateLimitHeaders.Requests, limit, retryAfter);

    public static ProblemHttpResult TooManyReplies(long limit, TimeSpan retryAfter) => OverQuota(
        "too_many_replies", $"{limit} of your replies run, and no more may at once. Wait for the end of one, or cancel it.", RateLimitHeaders.Replies, limit, retryAfter);

    public static ProblemHttpResult TooManyStreams(int limit) => OverQuota(
        "too_many_streams",
        $"{limit} of your connections follow something, wait for a reply, import or export, and no more may at once. Close one.",
        RateLimitHeaders.Connections,
        limit,
        StreamPause);

    public static ProblemHttpResult TokenBudgetSpent(long limit, TimeSpan retryAfter) => OverQuota(
        "token_budget_spent", $"Your replies may cost {limit} tokens in a day (UTC), and have.", RateLimitHeaders.Tokens, limit, retryAfter);

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

    public static ProblemHttpResult PreviousResponseNotFound(string id) => Problem(
        StatusCodes.Status400BadRequest,
        "previous_response_not_found",
        $"'previous_response_id' names no response: there is no '{Repeated.Of(id)}'.");

    public static ProblemHttpResult ItemNotFound() =>
        Problem(StatusCodes.Status404NotFound, "item_not_found", "There is no such item in this conversation.");

    public static ProblemHttpResult StorageUnavailable() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "storage_unavailable",
        "The conversation's journal is not available for now. Nothing was stored; the request can be repeated.");

    public static ProblemHttpResult Unavailable() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "unavailable",
        "No server that holds conversations answers for now. The request can be repeated.");

    public static ProblemHttpResult TooManyConnections() => Problem(
        StatusCodes.Status503ServiceUnavailable,
        "too_many_connections",
        "This server has as many connections as it takes, or as it takes from your address. Try again in a moment.");

    public static ProblemHttpResult Busy(string detail) => Problem(
        StatusCodes.Status503ServiceUnavailable, "busy", detail, (RetryAfterMember, RateLimitHeaders.SecondsOf(BusyPause)));

    public static ProblemHttpResult RequestTimeout() => Problem(
        StatusCodes.Status408RequestTimeout,
        "request_timeout",
        "The body came too slowly, and was not waited for to its end. Nothing was done.");

    public static ProblemHttpResult Internal() => Problem(
        StatusCodes.Status500InternalServerError,
        "internal_error",
        "The request failed for a reason of our own. The server's log has the details.");

    // Members as in draft-ietf-httpapi-ratelimit-headers-10, and the time once more for those who see only the body.
    private static ProblemHttpResult OverQuota(string code, string detail, string policy, long limit, TimeSpan retryAfter) => Problem(
        StatusCodes.Status429TooManyRequests,
        code,
        detail,
        ("limit", limit),
        ("violated-policies", (string[])[policy]),
        (RetryAfterMember, RateLimitHeaders.SecondsOf(retryAfter)));

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
