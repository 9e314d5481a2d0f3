using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Dialects.ChatCompletions.Answers;
using OrleansChat.Dialects.ChatCompletions.Requests;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Limiting;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>Asks for completions.</summary>
internal static class ChatCompletionApi
{
    public static void MapCompletions(this RouteGroupBuilder group) =>
        group.MapPost("/chat/completions", Create).HoldsConnection().TakesWholeExchange().WithSummary("Continue an exchange, whole or in chunks").Accepts<ChatCompletionBody>("application/json");

    private static async Task<Results<Ok<ChatCompletionView>, EventStreamResult, ProblemHttpResult>> Create(
        HttpContext context, RequestAttempts attempts, SingleTurn turn, ConversationFeeds feeds, WholeReply whole)
    {
        var asked = await RequestAttempts.ReadAsync(context.Request);
        var body = await context.Request.ReadBodyAsync<ChatCompletionBody>();
        var key = await attempts.NameAsync(context, asked);
        switch (await turn.StartAsync(context, key, body.ToConversation(), body.ToMessage()))
        {
            case SingleTurnResult.Refused refused:
                RequestAttempts.Refused(context);
                return refused.Problem;
            case SingleTurnResult.Started started when body.Stream == true:
                // Clients that repeat the whole request when they reconnect say how far they came, as browsers do when they repeat a GET.
                var seen = RequestReading.ReadCursor(context.Request, after: null);
                return await CompletionStreams.FollowAsync(context, feeds, started, seen, body.StreamOptions?.IncludeUsage == true);
            case SingleTurnResult.Started started:
                var awaited = new AwaitedReply(started.Message, started.Reply, seen: 0);
                if (await whole.WaitAsync(started.Key, awaited, started.Sequence, Admission.Of(context), context.RequestAborted) is not { } reply)
                {
                    return Problems.ReplyNotFound();
                }

                if (started.WasOver)
                {
                    RequestAttempts.Replays(context);
                }

                return ReplyFailures.Of(reply) is { } failure
                    ? failure
                    : TypedResults.Ok(ChatCompletionView.Of(CompletionStreams.IdOf(started), reply));
            case var other:
                throw new InvalidOperationException($"A turn came to {other.GetType().Name}.");
        }
    }
}
