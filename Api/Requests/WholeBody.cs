using Microsoft.Extensions.Options;
using OrleansChat.Edge;

namespace OrleansChat.Requests;

/// <summary>Reads bodies as a whole, and waits for none longer than <see cref="EdgeLimitOptions.BodyTimeout"/>. Nothing else reads a body.</summary>
internal static class WholeBody
{
    // What a caller says of its length is not believed before it has come.
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Reads a body, which is bounded by the server's limit. What has been read once is not read again.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, or did not come in time.</exception>
    public static async Task<MemoryStream> ReadAsync(HttpRequest request)
    {
        if (request.Body is MemoryStream { Position: 0 } known && known.TryGetBuffer(out _))
        {
            return known;
        }

        var context = request.HttpContext;
        var timeout = context.RequestServices.GetRequiredService<IOptions<EdgeLimitOptions>>().Value.BodyTimeout;
        using var patience = new CancellationTokenSource(timeout, context.RequestServices.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        var body = new MemoryStream((int)Math.Min(request.ContentLength ?? 0, FirstBuffer));
        try
        {
            await request.Body.CopyToAsync(body, either.Token);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body did not come in time.", StatusCodes.Status408RequestTimeout, e);
        }

        body.Position = 0;
        return body;
    }

    /// <summary>The bytes of a body that was read.</summary>
    public static ReadOnlyMemory<byte> Bytes(this MemoryStream body) => body.GetBuffer().AsMemory(0, (int)body.Length);
}
