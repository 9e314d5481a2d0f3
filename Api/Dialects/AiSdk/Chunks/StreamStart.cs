using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>Where a client is in a stream.</summary>
/// <param name="Index">The number of the chunk with which to begin; below 0, counted from the end. Null where it does not say.</param>
/// <param name="Seen">The sequence of the last event of which it has all chunks; 0 for none.</param>
internal readonly record struct StreamStart(long? Index, long Seen)
{
    /// <summary>Whether it has nothing.</summary>
    public bool IsBeginning => Index is null or 0 && Seen == 0;

    /// <summary>Reads <c>Last-Event-ID</c> and <c>?startIndex=</c>, of which the header wins.</summary>
    /// <exception cref="InvalidRequestException">One is not what it takes.</exception>
    public static StreamStart Read(HttpRequest request, string? startIndex)
    {
        var seen = RequestReading.ReadCursor(request, after: null);
        if (startIndex is null)
        {
            return new StreamStart(null, seen);
        }

        return !startIndex.Contains('\0', StringComparison.Ordinal) && long.TryParse(startIndex, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            ? new StreamStart(seen > 0 ? null : index, seen)
            : throw RequestReading.Invalid("The query parameter 'startIndex' is the number of a chunk, from 0; below 0 it counts from the end.");
    }

    /// <summary>How many chunks to pass over.</summary>
    public long Skip(ReplyScan scan) => Index is { } index ? index < 0 ? Math.Max(0, scan.Chunks + index) : index : 0;

    /// <summary>Why it cannot go on there; null if it can.</summary>
    /// <param name="scan">What there is of the reply.</param>
    public ProblemHttpResult? Refuse(ReplyScan scan) =>
        RestartedAt(scan) is { } restart ? Problems.ReplyRestarted(restart)
        : Seen > scan.Head ? Problems.CursorBeyondHead(Seen, scan.Head)
        : Index > scan.Chunks ? Problems.CursorBeyondHead(Index.Value, scan.Chunks - 1)
        : null;

    // What is void is in nobody's way who has nothing of it.
    private long? RestartedAt(ReplyScan scan)
    {
        foreach (var stretch in scan.Void.Values)
        {
            if (stretch.HasEvent(Seen) || stretch.CanBeIn(Index ?? 0))
            {
                return stretch.Through;
            }
        }

        return null;
    }
}
