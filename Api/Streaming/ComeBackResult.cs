using System.Text;

namespace OrleansChat.Streaming;

/// <summary>
/// What a reader gets who cannot be served for now: an empty stream and when to come back. An error's status would do for most
/// clients, but a browser's EventSource gives up for good on anything but 200.
/// </summary>
/// <param name="pause">When to come back.</param>
/// <param name="reason">Why, as a comment.</param>
internal sealed class ComeBackResult(TimeSpan pause, string reason) : IResult
{
    // Long enough for a silo's death to be noticed in two or three rounds, short enough to be no pause worth mentioning.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>For a conversation whose silo does not answer.</summary>
    public ComeBackResult()
        : this(Pause, "the conversation cannot be read at this moment; reconnect to go on")
    {
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = SseFrames.ContentType;
        response.Headers.CacheControl = "no-cache, no-transform";
        SseFrames.WriteRetry(response.BodyWriter, pause);
        SseFrames.WriteComment(response.BodyWriter, Encoding.UTF8.GetBytes(reason));
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
