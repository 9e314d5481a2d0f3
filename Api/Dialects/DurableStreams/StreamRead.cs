using OrleansChat.Requests;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>What a reader asks for.</summary>
/// <param name="Offset">After what.</param>
/// <param name="Live">What to do at the end.</param>
/// <param name="Cursor">The <see cref="CollapsingCursor"/> that it was told; null for none.</param>
internal sealed record StreamRead(StreamOffset Offset, LiveMode Live, long? Cursor)
{
    /// <summary>Reads the query parameters.</summary>
    /// <exception cref="Errors.InvalidRequestException">One of them is not what it takes.</exception>
    public static StreamRead Of(string? offset, string? live, string? cursor)
    {
        var mode = RequestReading.ReadChoice("live", live, LiveMode.CatchUp, ("long-poll", LiveMode.LongPoll), ("sse", LiveMode.Sse));
        if (offset is null && mode != LiveMode.CatchUp)
        {
            throw RequestReading.Invalid("With 'live' the query parameter 'offset' is needed: '-1' for the beginning, 'now' for the end, or a Stream-Next-Offset.");
        }

        var from = StreamOffset.First;
        if (offset is not null && !StreamOffset.TryParse(offset, out from))
        {
            throw RequestReading.Invalid("The query parameter 'offset' is '-1' for the beginning, 'now' for the end, or a Stream-Next-Offset: one, of up to 16 digits.");
        }

        return new StreamRead(from, mode, ReadCursor(cursor));
    }

    // It only has to be greater next time. Caches put it there, so one that cannot be read is no mistake of the reader.
    private static long? ReadCursor(string? cursor) =>
        cursor is { Length: <= 15 } && WholeNumber.TryParse(cursor, out var number) ? number : null;
}
