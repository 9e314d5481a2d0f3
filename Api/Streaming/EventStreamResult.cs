using Microsoft.AspNetCore.Http.Features;
using OrleansChat.Feeds;
using OrleansChat.Requests;
using OrleansChat.Telemetry;

namespace OrleansChat.Streaming;

/// <summary>A response that follows a conversation from a cursor on.</summary>
/// <param name="membership">The place in the conversation's feed, which is left in the end.</param>
/// <param name="renderer">How events look.</param>
/// <param name="cursor">The cursor.</param>
/// <param name="until">With what it ends.</param>
/// <param name="awaited">The reply with whose end it ends; null for any.</param>
/// <param name="known">What was void when the reader's own cursor was checked against it; null where the reader has no text yet.</param>
internal sealed class EventStreamResult(
    FeedMembership membership, IEventRenderer renderer, long cursor, StreamUntil until, AwaitedReply? awaited = null, VoidContent? known = null) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (membership)
        {
            var response = httpContext.Response;
            response.ContentType = renderer.ContentType;
            response.Headers.CacheControl = "no-cache, no-transform";
            // nginx and its kin hold a response back until it ends, unless told not to.
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var services = httpContext.RequestServices;
            var stream = new EventStream(
                membership, renderer, cursor, until, services.GetRequiredService<ILogger<EventStream>>(), awaited, known);
            ReaderInstruments.Joined(stream);
            try
            {
                var end = await stream.RunAsync(httpContext, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
                if (end is StreamEnd.Complete or StreamEnd.Failed)
                {
                    RequestAttempts.Answered(httpContext);
                }
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The client went away. The reply it listened to goes on.
            }
            finally
            {
                ReaderInstruments.Left(stream);
            }
        }
    }
}
