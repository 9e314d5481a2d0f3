using System.Buffers;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Edge;
using OrleansChat.Errors;
using OrleansChat.Owners;

namespace OrleansChat.Requests;

/// <summary>
/// Reads bodies as a whole, within <see cref="EdgeLimitOptions.BodyMemory"/>, and waits for none longer than <see cref="EdgeLimitOptions.BodyTimeout"/>.
/// Nothing else reads a body.
/// </summary>
internal static class WholeBody
{
    // What a caller says of its length is not believed before it has come.
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Reads a body, which is bounded by the server's limit. What has been read once is not read again.</summary>
    /// <exception cref="BadHttpRequestException">It is too large, or did not come in time.</exception>
    /// <exception cref="BusyException">There is no room for it.</exception>
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
            await CopyAsync(request, body, either.Token);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body did not come in time.", StatusCodes.Status408RequestTimeout, e);
        }

        body.Position = 0;
        return body;
    }

    private static async Task CopyAsync(HttpRequest request, MemoryStream body, CancellationToken cancellationToken)
    {
        TakenMemory? taken = null;
        var chunk = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            while (await request.Body.ReadAsync(chunk, cancellationToken) is > 0 and var length)
            {
                if (body.Length + length > BodyMemory.Free)
                {
                    taken ??= TakenMemory.For(request.HttpContext);
                    taken.Add(length);
                }

                body.Write(chunk.AsSpan(0, length));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    /// <summary>The bytes of a body that was read.</summary>
    public static ReadOnlyMemory<byte> Bytes(this MemoryStream body) => body.GetBuffer().AsMemory(0, (int)body.Length);

    // What one request has taken, until it is answered.
    private sealed class TakenMemory(BodyMemory memory, OwnerId owner) : IDisposable
    {
        private int bytesTaken;

        public static TakenMemory For(HttpContext context)
        {
            var taken = new TakenMemory(context.RequestServices.GetRequiredService<BodyMemory>(), context.FindIdentity()?.Owner ?? OwnerId.Local);
            context.Response.RegisterForDispose(taken);
            return taken;
        }

        public void Add(int bytes)
        {
            memory.Take(owner, bytes);
            bytesTaken += bytes;
        }

        public void Dispose() => memory.Return(owner, bytesTaken);
    }
}
