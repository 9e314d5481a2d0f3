namespace OrleansChat.Dialects.DurableStreams;

/// <summary>An answer that says where a stream ends, and whether for good.</summary>
internal sealed class HeadResult(DurableStream stream) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        using (stream)
        {
            var response = httpContext.Response;
            response.ContentType = StreamHeaders.ContentType;
            StreamHeaders.WriteNotCacheable(response);
            StreamHeaders.WritePosition(response, stream.Tail, isUpToDate: false, stream.IsClosed, cursor: null);
        }

        return Task.CompletedTask;
    }
}
