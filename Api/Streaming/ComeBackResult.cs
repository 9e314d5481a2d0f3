namespace OrleansChat.Streaming;

/// <summary>
/// What a reader gets who cannot be served for now: an empty stream and when to come back. An error's status would do for most
/// clients, but a browser's EventSource gives up for good on anything but 200.
/// </summary>
internal sealed class ComeBackResult : IResult
{
    // Long enough for a silo's death to be noticed in two or three rounds, short enough to be no pause worth mentioning.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = SseFrames.ContentType;
        response.Headers.CacheControl = "no-cache, no-transform";
        SseFrames.WriteRetry(response.BodyWriter, Pause);
        SseFrames.WriteComment(response.BodyWriter, "the conversation cannot be read at this moment; reconnect to go on"u8);
        await response.BodyWriter.FlushAsync(httpContext.RequestAborted);
    }
}
