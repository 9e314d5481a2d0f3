using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Dialects.ContentSse;
using OrleansChat.Documentation;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Keys;
using OrleansChat.Limiting;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.PlainText;

/// <summary>The tutorials' endpoints that answer with plain text, token by token.</summary>
internal sealed class PlainTextDialect : IDialect
{
    public IJsonTypeInfoResolver Json => PlainTextJson.Default;

    public ImmutableArray<OperationNotes> Operations { get; } =
    [
        new("GET /stream", "Asks in a conversation of its own, which the header `X-Conversation-Id` names, and answers with the reply as plain text.")
        {
            Errors = [.. KnownErrors.OfTurns, "invalid_request", "unknown_model"],
            Parameters = CommonNotes.Asking.Remove("message"),
            ResponseTexts = [("text/plain", "Because …\n")],
        },
        new("POST /chat/stream", $"Continues an exchange of up to {Limits.Messages} messages in a conversation of its own. {CommonNotes.Repeating}")
        {
            Errors = [.. KnownErrors.OfBodies, .. KnownErrors.OfTurns, "idempotency_key_reused", "unknown_model"],
            Request = """{"messages":[{"role":"user","content":"Why is the sky blue?"}]}""",
            ResponseTexts = [("text/plain", "Because …\n"), (SseFrames.ContentType, Examples.Content)],
        },
    ];

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Tutorials").WithRetryAfter();
        group.MapGet("/stream", Stream).HoldsConnection().WithSummary("Ask, and get the reply as plain text, token by token").RequireScope(Scope.Write);
        group.MapPost("/chat/stream", Continue).HoldsConnection().TakesWholeExchange().WithSummary("Continue an exchange as plain text, or as SSE by Accept")
            .Accepts<ChatStreamBody>("application/json");
    }

    private static Task<Results<EventStreamResult, ProblemHttpResult>> Stream(
        HttpContext context, SingleTurn turn, ConversationFeeds feeds, string? prompt = null, string? model = null)
    {
        Rules.Required("prompt", prompt, Limits.Content);
        Rules.Optional("model", model, Limits.Model);
        return turn.FollowAsync(context, feeds, key: null, [], prompt!, model, new PlainTextRenderer());
    }

    private static async Task<Results<EventStreamResult, ProblemHttpResult>> Continue(HttpContext context, SingleTurn turn, ConversationFeeds feeds)
    {
        var key = await RequestKey.ReadAsync(context.Request);
        var body = await context.Request.ReadBodyAsync<ChatStreamBody>();
        var messages = body.Messages!;
        var history = messages.Take(messages.Count - 1).Select(message => new PastMessage(message.Role, message.Content!));
        IEventRenderer renderer = context.Request.WantsEvents() ? new ContentSseRenderer() : new PlainTextRenderer();
        return await turn.FollowAsync(context, feeds, key, [.. history], messages[^1].Content!, body.Model, renderer);
    }
}
