using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>The headers of answers to readers.</summary>
internal static class StreamHeaders
{
    /// <summary>What the messages are: events as JSON.</summary>
    public const string ContentType = "application/json";

    // A page that is full never changes; one at the end of an open stream grows. And a conversation is nobody else's business.
    private const string Cacheable = "private, max-age=60, stale-while-revalidate=300";
    private const string Growing = "private, no-cache";
    private const string NotCacheable = "no-store";

    private static readonly StringValues Yes = new("true");

    /// <summary>Says where a page ends, and what is after it.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="next">The sequence after which to go on.</param>
    /// <param name="isUpToDate">Whether there is nothing after it.</param>
    /// <param name="isClosed">Whether there never will be.</param>
    /// <param name="cursor">The <see cref="CollapsingCursor"/>; null for none.</param>
    public static void WritePosition(HttpResponse response, long next, bool isUpToDate, bool isClosed, long? cursor)
    {
        var headers = response.Headers;
        headers["Stream-Next-Offset"] = StreamOffset.Of(next);
        if (isUpToDate)
        {
            headers["Stream-Up-To-Date"] = Yes;
        }

        if (isClosed)
        {
            headers["Stream-Closed"] = Yes;
        }
        else if (cursor is { } number)
        {
            headers["Stream-Cursor"] = $"{number}";
        }
    }

    /// <summary>Lets the reader keep the answer, under a name.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="tag">The name.</param>
    /// <param name="isFinal">Whether the answer never changes; otherwise it is to be asked for each time.</param>
    public static void WriteCacheable(HttpResponse response, EntityTagHeaderValue tag, bool isFinal)
    {
        response.Headers.CacheControl = isFinal ? Cacheable : Growing;
        response.Headers.ETag = tag.ToString();
    }

    /// <summary>Lets nobody keep the answer.</summary>
    public static void WriteNotCacheable(HttpResponse response) => response.Headers.CacheControl = NotCacheable;
}
