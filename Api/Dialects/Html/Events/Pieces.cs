using System.Buffers;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>Runs of pieces, piece by piece.</summary>
internal static class Pieces
{
    /// <summary>The pieces that a run was made of, a line each.</summary>
    public static EventBlock Of(EventLine run)
    {
        var lines = new ArrayBufferWriter<byte>();
        DeltaRun.WriteDeltasAfter(lines, run, run.First - 1);
        return new EventBlock(run.First, run.Last, lines.WrittenMemory);
    }
}
