using Microsoft.Net.Http.Headers;
using OrleansChat.Authentication;
using OrleansChat.Errors;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>An answer with what a stream has after an offset; with <see cref="LiveMode.LongPoll"/>, with what comes next.</summary>
internal sealed class PageResult(DurableStream stream, StreamRead read, long from) : IResult
{
    // Within the patience of proxies, which commonly give up after 30 s.
    private static readonly TimeSpan LongPollTime = TimeSpan.FromSeconds(20);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using (stream)
        {
            var isLongPoll = read.Live == LiveMode.LongPoll;
            var clock = httpContext.RequestServices.GetRequiredService<TimeProvider>();
            var admission = Admission.Of(httpContext);
            var page = isLongPoll
                ? await stream.WaitAsync(from, LongPollTime, clock, LeavingOf(httpContext), httpContext.RequestAborted, admission)
                : await stream.ReadAsync(from);
            if (admission.HasEnded)
            {
                await Refusals.Unauthenticated(httpContext).ExecuteAsync(httpContext);
                return;
            }

            if (page is null)
            {
                await Problems.ConversationNotFound().ExecuteAsync(httpContext);
                return;
            }

            long? cursor = isLongPoll ? CollapsingCursor.Next(read.Cursor, clock, Random.Shared) : null;
            StreamHeaders.WritePosition(httpContext.Response, page.Next, page.IsUpToDate, page.IsClosed, cursor);
            await AnswerAsync(httpContext, page, isLongPoll);
        }
    }

    private static CancellationToken LeavingOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;

    private async Task AnswerAsync(HttpContext context, StreamPage page, bool isLongPoll)
    {
        var response = context.Response;
        if (isLongPoll && page.IsEmpty)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            StreamHeaders.WriteNotCacheable(response);
            return;
        }

        if (read.Offset.IsNow)
        {
            // The end is elsewhere the next time.
            StreamHeaders.WriteNotCacheable(response);
        }
        else
        {
            var tag = new EntityTagHeaderValue($"\"{stream.Name}:{read.Offset.Sequence}:{page.Next}{(page.IsClosed ? ":c" : "")}\"");
            StreamHeaders.WriteCacheable(response, tag, page.IsFinal);
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.ContentType = StreamHeaders.ContentType;
        response.ContentLength = page.Json.Length;
        await response.BodyWriter.WriteAsync(page.Json, context.RequestAborted);
    }
}
