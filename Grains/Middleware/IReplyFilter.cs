using Microsoft.Extensions.AI;

namespace OrleansChat.Middleware;

/// <summary>Watches one reply. It is called piece by piece, never by two threads at once, and may remember what was said.</summary>
public interface IReplyFilter
{
    /// <summary>
    /// Asked about each piece before anybody sees it. A piece is about a token: what must not be said may be spread over several, of which the first
    /// are out already when the last one shows what it was. The reply waits meanwhile.
    /// </summary>
    /// <param name="piece">The piece; it may hold no text.</param>
    /// <param name="cancellationToken">Nobody waits for the reply any more.</param>
    ValueTask<ContentVerdict> CheckAsync(ChatResponseUpdate piece, CancellationToken cancellationToken);
}
