using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Documentation;

/// <summary>An answer with each code that <see cref="Problems"/> knows, for the document to show.</summary>
internal static class KnownErrors
{
    /// <summary>Codes that nearly every operation can answer with.</summary>
    public static readonly ImmutableArray<string> Everywhere = ["internal_error", "storage_unavailable", "unavailable"];

    /// <summary>Codes of operations that take a body.</summary>
    public static readonly ImmutableArray<string> OfBodies = ["invalid_request", "too_large"];

    private static readonly ImmutableArray<ProblemHttpResult> Examples =
    [
        Problems.Invalid(StatusCodes.Status400BadRequest, $"The query parameter 'limit' is a whole number from 1 to {Limits.Page}."),
        Problems.Invalid(StatusCodes.Status413PayloadTooLarge, "Request body too large."),
        Problems.ConversationNotFound(),
        Problems.ReplyRuns("msg_3"),
        Problems.UnknownModel(["demo"]),
        Problems.UnknownMessage("The query parameter 'after' names no message of this conversation."),
        Problems.MessageNotFound(),
        Problems.NoReply(),
        Problems.UnknownToolCall("call_2", ["call_1"]),
        Problems.UnexpectedHead("msg_9"),
        Problems.QueueFull(),
        Problems.NotQueued(),
        Problems.Unqueued(),
        Problems.KeyOfAnotherRequest(),
        Problems.OutsideReply(41, 4, 40),
        Problems.ReplyEnded(),
        Problems.InvalidImport(7, "'parent' names no message before this one."),
        Problems.CursorBeyondHead(41, 12),
        Problems.StorageUnavailable(),
        Problems.Unavailable(),
        Problems.Internal(),
    ];

    /// <summary>The answer by its code.</summary>
    public static readonly ImmutableDictionary<string, ProblemHttpResult> ByCode =
        Examples.ToImmutableDictionary(problem => (string)problem.ProblemDetails.Extensions["code"]!, StringComparer.Ordinal);
}
