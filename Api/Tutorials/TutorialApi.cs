using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Dialects.ContentSse;
using OrleansChat.Dialects.PlainText;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Owners;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Tutorials;

/// <summary>
/// The endpoints of the tutorials by which people first meet streamed replies: one request, one reply. Underneath each is a
/// conversation like any other, named in the header <c>X-Conversation-Id</c>; its reply goes on when the client leaves, and can
/// be followed in the native dialect.
/// </summary>
internal static class TutorialApi
{
    private const string ConversationHeader = "X-Conversation-Id";

    public static void MapTutorials(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Tutorials");
        group.MapGet("/stream", StreamText).WithSummary("Ask, and get the reply as plain text, token by token");
        group.MapPost("/chat/stream", StreamChat).WithSummary("Continue an exchange as plain text, or as SSE by Accept")
            .Accepts<ChatStreamBody>("application/json");
        group.MapPost("/chat", StreamContent).WithSummary("Ask, and get the reply as SSE frames {\"content\": …}, then [DONE]");
    }

    private static Task<Results<EventStreamResult, ProblemHttpResult>> StreamText(
        HttpContext context, ConversationLookup conversations, ConversationFeeds feeds, string? prompt = null, string? model = null)
    {
        Rules.Required("prompt", prompt, Limits.Content);
        return ReplyAsync(context, conversations, feeds, key: null, [], prompt!, model, new PlainTextRenderer());
    }

    private static async Task<Results<EventStreamResult, ProblemHttpResult>> StreamChat(
        HttpContext context, ConversationLookup conversations, ConversationFeeds feeds)
    {
        var key = await RequestKey.ReadAsync(context.Request);
        var body = await context.Request.ReadBodyAsync<ChatStreamBody>();
        var messages = body.Messages!;
        var history = messages.Take(messages.Count - 1).Select(message => new PastMessage(message.Role, message.Content!));
        IEventRenderer renderer = context.Request.WantsEvents() ? new ContentSseRenderer() : new PlainTextRenderer();
        return await ReplyAsync(context, conversations, feeds, key, [.. history], messages[^1].Content!, body.Model, renderer);
    }

    private static async Task<Results<EventStreamResult, ProblemHttpResult>> StreamContent(
        HttpContext context, ConversationLookup conversations, ConversationFeeds feeds, string? message = null, string? model = null)
    {
        Rules.Required("message", message, Limits.Content);
        var key = await RequestKey.ReadAsync(context.Request);
        return await ReplyAsync(context, conversations, feeds, key, [], message!, model, new ContentSseRenderer());
    }

    private static async Task<Results<EventStreamResult, ProblemHttpResult>> ReplyAsync(
        HttpContext context,
        ConversationLookup conversations,
        ConversationFeeds feeds,
        RequestKey? key,
        ImmutableArray<PastMessage> history,
        string content,
        string? model,
        IEventRenderer renderer)
    {
        Rules.Optional("model", model, Limits.Model);
        var request = new CreateConversation(null, model, null, ImmutableSortedDictionary<string, string>.Empty, history)
        {
            Request = key?.Value,
            Fingerprint = key?.Fingerprint,
        };
        var result = await conversations.CreateAsync(context, request);
        if (result is not CreateResult.Created { Conversation.Id: var id })
        {
            return result is CreateResult.UnknownModel unknown ? Problems.UnknownModel(unknown.Known) : Problems.KeyOfAnotherRequest();
        }

        // With a key, what was asked and answered before comes again.
        var place = new ConversationKey(context.Owner(), id);
        var message = new SendMessage(content, null, key?.Value) { Fingerprint = key?.Fingerprint };
        if (await conversations.Find(place).SendAsync(message) is not SendResult.Accepted accepted)
        {
            return Problems.ConversationNotFound();
        }

        context.Response.Headers[ConversationHeader] = id.Value;
        var membership = await feeds.JoinPatientlyAsync(place, accepted.Sequence, context.RequestAborted);
        return new EventStreamResult(membership, renderer, accepted.Sequence, StreamUntil.ReplyEnd);
    }
}
