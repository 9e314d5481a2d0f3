using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>Streams replies, from the beginning or from where a client is.</summary>
internal static class UiStreams
{
    private const string ProtocolHeader = "x-vercel-ai-ui-message-stream";
    private const string RunHeader = "x-workflow-run-id";
    private const string TailHeader = "x-workflow-stream-tail-index";

    /// <summary>Streams a reply until it ends.</summary>
    /// <param name="context">The request.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="start">Where the client is.</param>
    public static async Task<Results<EventStreamResult, NoContent, ProblemHttpResult>> FollowAsync(HttpContext context, UiReply reply, StreamStart start)
    {
        var services = context.RequestServices;
        var feeds = services.GetRequiredService<ConversationFeeds>();
        var membership = await feeds.JoinPatientlyAsync(reply.Key, reply.Before, context.RequestAborted);
        try
        {
            var feed = membership.Feed;
            var scan = feed.Head <= reply.Before + 1 && start.IsBeginning ? ReplyScan.Nothing : await ReplyScan.ReadAsync(feed, reply, services.GetRequiredService<TimeProvider>());
            if (feed.IsGone || scan is null)
            {
                membership.Dispose();
                return Problems.ConversationNotFound();
            }

            // What the scan has read may be news to the feed, whose grain need not have answered it.
            if (start.Refuse(scan) is { } refusal)
            {
                membership.Dispose();
                return refusal;
            }

            var skip = start.Skip(scan);
            if (scan.EndedAt > 0 && (skip >= scan.Chunks || start.Seen >= scan.EndedAt))
            {
                membership.Dispose();
                return TypedResults.NoContent();
            }

            var headers = context.Response.Headers;
            headers[SingleTurn.ConversationHeader] = reply.Key.Id.Value;
            headers[RunHeader] = reply.RunId;
            headers[ProtocolHeader] = "v1";
            headers[TailHeader] = $"{scan.Chunks - 1}";
            var frames = new ChunkFrames(skip, start.Seen);
            var message = new MessageChunks(reply, frames) { Numbers = { Void = scan.Void } };
            var renderer = new UiStreamRenderer(message, frames);
            var awaited = new AwaitedReply(reply.Question, reply.Reply, 0);
            return new EventStreamResult(membership, renderer, reply.Before, StreamUntil.ReplyEnd, awaited);
        }
        catch
        {
            membership.Dispose();
            throw;
        }
    }
}
