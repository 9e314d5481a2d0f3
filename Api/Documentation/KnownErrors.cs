using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Requests;
using OrleansChat.Transfer;

namespace OrleansChat.Documentation;

/// <summary>An answer with each code that <see cref="Problems"/> knows, for the document to show.</summary>
internal static class KnownErrors
{
    /// <summary>Codes that nearly every operation can answer with.</summary>
    public static readonly ImmutableArray<string> Everywhere = ["busy", "internal_error", "passed_on", "storage_unavailable", "too_many_connections", "unavailable", "wrong_host"];

    /// <summary>Codes of operations that are not open to everybody.</summary>
    public static readonly ImmutableArray<string> OfSignIn = ["cross_site", "missing_scope", "too_many_requests", "unauthenticated"];

    /// <summary>Codes of operations that take a body.</summary>
    public static readonly ImmutableArray<string> OfBodies = ["invalid_request", "request_timeout", "too_large", Unrouted.UnsupportedMediaType];

    /// <summary>Codes of operations that start replies.</summary>
    public static readonly ImmutableArray<string> OfTurns = ["history_full", "token_budget_spent", "too_many_replies"];

    /// <summary>Codes of operations that may be held open for long.</summary>
    public static readonly ImmutableArray<string> OfConnections = ["too_many_streams"];

    private static readonly ImmutableArray<ProblemHttpResult> Examples =
    [
        Problems.Invalid(StatusCodes.Status400BadRequest, $"The query parameter 'limit' is a whole number from 1 to {Limits.Page}."),
        Problems.Invalid(StatusCodes.Status413PayloadTooLarge, "Request body too large."),
        Problems.Invalid(StatusCodes.Status415UnsupportedMediaType, "The body has to be JSON, with the header Content-Type: application/json."),
        Problems.Unauthenticated(),
        Problems.MissingScope("write", ["read"]),
        Problems.CrossSite(),
        Problems.KeyNotFound(),
        Problems.WrongHost("chat.example.com"),
        Problems.PassedOn("X-Forwarded-For"),
        Problems.ConversationNotFound(),
        Problems.ReplyRuns("msg_3"),
        Problems.UnknownModel(["demo"]),
        Problems.UnknownMessage("The query parameter 'after' names no message of this conversation."),
        Problems.MessageNotFound(),
        Problems.ReplyNotFound(),
        Problems.ReplyRestarted(41),
        Problems.MessageInUse(),
        Problems.NoReply(),
        Problems.UnknownToolCall("call_2", ["call_1"]),
        Problems.UnexpectedHead("msg_9"),
        Problems.QueueFull(16),
        Problems.HistoryFull(20_000, 67_108_864),
        Problems.TooManyRequests(600, TimeSpan.FromSeconds(21)),
        Problems.TooManyReplies(16, TimeSpan.FromSeconds(5)),
        Problems.TooManyStreams(64),
        Problems.TokenBudgetSpent(1_000_000, TimeSpan.FromHours(7)),
        Problems.NotQueued(),
        Problems.Unqueued(),
        Problems.KeyOfAnotherRequest(),
        Problems.OutsideReply(41, 4, 40),
        Problems.ReplyEnded(),
        Problems.InvalidImport(7, "'parent' names no message before this one."),
        Problems.CursorBeyondHead(41, 12),
        Problems.PreviousResponseNotFound("resp_01k9xf2q6r3m8t5v0w7y1z4b2c_3"),
        Problems.ItemNotFound(),
        Problems.StorageUnavailable(),
        Problems.TooManyConnections(),
        Problems.Busy(ImportSlots.AllTaken),
        Problems.RequestTimeout(),
        Problems.Unavailable(),
        Problems.Internal(),
    ];

    /// <summary>The answer by its code.</summary>
    public static readonly ImmutableDictionary<string, ProblemHttpResult> ByCode =
        Examples.ToImmutableDictionary(problem => (string)problem.ProblemDetails.Extensions["code"]!, StringComparer.Ordinal);
}
