using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Documentation;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Limiting;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.ContentSse;

/// <summary>The tutorials' endpoint that answers with <c>{"content": …}</c> frames.</summary>
internal sealed class ContentSseDialect : IDialect
{
    public ImmutableArray<OperationNotes> Operations { get; } =
    [
        new("POST /chat", $"Asks in a conversation of its own and answers with the reply as server-sent events of the tutorials' form. {CommonNotes.Repeating}")
        {
            Errors = [.. KnownErrors.OfTurns, "idempotency_key_reused", "invalid_request", "unknown_model"],
            Parameters = CommonNotes.Asking.Remove("prompt"),
            ResponseTexts = [(SseFrames.ContentType, Examples.Content)],
        },
    ];

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/chat", Ask).HoldsConnection().WithRetryAfter().WithTags("Tutorials").WithSummary("Ask, and get the reply as SSE frames {\"content\": …}, then [DONE]");

    private static async Task<Results<EventStreamResult, ProblemHttpResult>> Ask(
        HttpContext context, SingleTurn turn, ConversationFeeds feeds, string? message = null, string? model = null)
    {
        Rules.Required("message", message, Limits.Content);
        Rules.Optional("model", model, Limits.Model);
        var key = await RequestKey.ReadAsync(context.Request);
        return await turn.FollowAsync(context, feeds, key, [], message!, model, new ContentSseRenderer());
    }
}
