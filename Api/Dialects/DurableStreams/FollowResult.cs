using Microsoft.AspNetCore.Http.Features;
using OrleansChat.Authentication;
using OrleansChat.Errors;
using OrleansChat.Streaming;
using OrleansChat.Telemetry;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>An answer that follows a stream as server-sent events: <c>data</c> with messages, each with a <c>control</c> after it.</summary>
internal sealed class FollowResult(DurableStream stream, StreamRead read, long from) : IResult, IReader
{
    // The protocol has connections last about a minute, so that readers can come together behind caches.
    private static readonly TimeSpan ConnectionTime = TimeSpan.FromSeconds(60);

    private long cursor = from;

    public long Lag => Math.Max(0, stream.Tail - Volatile.Read(ref cursor));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (stream)
        {
            var response = httpContext.Response;
            response.ContentType = SseFrames.ContentType;
            response.Headers.CacheControl = "no-cache, no-transform";
            // nginx and its kin hold a response back until it ends, unless told not to.
            response.Headers["X-Accel-Buffering"] = "no";
            httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            ReaderInstruments.Joined(this);
            try
            {
                await RunAsync(httpContext);
            }
            catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
            {
                // The reader went away.
            }
            finally
            {
                ReaderInstruments.Left(this);
            }
        }
    }

    private async Task RunAsync(HttpContext context)
    {
        var (output, aborted) = (context.Response.BodyWriter, context.RequestAborted);
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var leaving = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var admission = Admission.Of(context);
        var start = clock.GetTimestamp();
        var frames = new StreamFrames(CollapsingCursor.Next(read.Cursor, clock, Random.Shared));
        var (heartbeats, isToldUpToDate) = (stream.Feed.Heartbeats, false);
        while (true)
        {
            StreamPage? page = null;
            try
            {
                page = await stream.ReadAsync(cursor);
                if (page is null)
                {
                    // Gone. Who comes back is told so.
                    return;
                }
            }
            catch (Exception e) when (Unavailability.IsTransient(e))
            {
                // The silo is away or busy. The feed wakes its readers when it answers again.
            }

            if (page is { IsEmpty: false } || (page is not null && !isToldUpToDate))
            {
                frames.Write(output, page);
                isToldUpToDate = page.IsUpToDate;
            }

            if (heartbeats != stream.Feed.Heartbeats)
            {
                heartbeats = stream.Feed.Heartbeats;
                SseFrames.WriteComment(output, "heartbeat"u8);
            }

            cursor = page?.Next ?? cursor;
            var left = ConnectionTime - clock.GetElapsedTime(start);
            if ((await output.FlushAsync(aborted)).IsCompleted || page is { IsClosed: true } || left <= TimeSpan.Zero || leaving.IsCancellationRequested || admission.HasEnded)
            {
                return;
            }

            if (page is null || (page.IsUpToDate && !stream.HasNews(cursor)))
            {
                await stream.ChangedAsync(cursor, left, clock, aborted);
            }
        }
    }
}
