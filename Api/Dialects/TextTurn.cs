using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Feeds;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects;

/// <summary>A <see cref="SingleTurn"/> of text, followed to its end.</summary>
internal static class TextTurn
{
    /// <summary>Asks, and streams the reply.</summary>
    public static async Task<Results<EventStreamResult, ProblemHttpResult>> FollowAsync(
        this SingleTurn turn,
        HttpContext context,
        ConversationFeeds feeds,
        RequestKey? key,
        ImmutableArray<PastMessage> history,
        string content,
        string? model,
        IEventRenderer renderer)
    {
        var creation = new CreateConversation(null, model, null, ImmutableSortedDictionary<string, string>.Empty, history);
        switch (await turn.StartAsync(context, key, creation, new SendMessage(content, null)))
        {
            case SingleTurnResult.Started started:
                var membership = await feeds.JoinPatientlyAsync(started.Key, started.Sequence, context.RequestAborted);
                return new EventStreamResult(
                    membership, renderer, started.Sequence, StreamUntil.ReplyEnd, new AwaitedReply(started.Message, started.Reply, seen: 0));
            case SingleTurnResult.Refused refused:
                return refused.Problem;
            case var other:
                throw new InvalidOperationException($"A turn came to {other.GetType().Name}.");
        }
    }
}
