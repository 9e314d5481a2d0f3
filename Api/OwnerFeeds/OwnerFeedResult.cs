using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;
using OrleansChat.Conversations;
using OrleansChat.Feeds;
using OrleansChat.Owners;
using OrleansChat.Streaming;

namespace OrleansChat.OwnerFeeds;

/// <summary>A response that follows all conversations of an owner.</summary>
internal sealed class OwnerFeedResult(OwnerId owner, OwnerCursor? cursor, ImmutableArray<(ConversationId Id, long? After)> follow) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = SseFrames.ContentType;
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var services = httpContext.RequestServices;
        var registry = services.GetRequiredService<OwnerFeedRegistry>();
        var clock = services.GetRequiredService<TimeProvider>();
        var followed = new List<FollowedConversation>();
        var feed = await registry.JoinAsync(owner);
        try
        {
            foreach (var (id, after) in follow)
            {
                // The cursor wins over what the address says, as a browser repeats that whenever it reconnects.
                var sequence = cursor is not null && cursor.Followed.TryGetValue(id.Value, out var reached) ? reached : after;
                followed.Add(await FollowedConversation.JoinAsync(
                    services.GetRequiredService<ConversationFeeds>(), new ConversationKey(owner, id), sequence, clock, httpContext.RequestAborted));
            }

            var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IOwnerGrain>(owner.Value);
            var stream = new OwnerStream(feed, [.. followed], cursor?.Since, grain, clock);
            await stream.RunAsync(httpContext, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (Exception e) when (Errors.Unavailability.IsTransient(e) && response.HasStarted)
        {
            // The store cannot be asked now. The client comes back with its cursor, and misses nothing.
        }
        finally
        {
            followed.ForEach(each => each.Dispose());
            registry.Leave(feed);
        }
    }
}
