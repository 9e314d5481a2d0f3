using System.Buffers;
using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Testing.Journal;

/// <summary>What readers make of a journal: a line per event, with runs of pieces split again.</summary>
public static class JournalLines
{
    /// <summary>The line of each event of some blocks, which must be well formed.</summary>
    public static List<(long Sequence, string Text)> Expand(IEnumerable<EventBlock> blocks)
    {
        var lines = new List<(long, string)>();
        foreach (var block in blocks)
        {
            foreach (var line in block)
            {
                if (line.Type.IsRun())
                {
                    Split(line, lines);
                }
                else
                {
                    lines.Add((line.First, Encoding.UTF8.GetString(line.Json)));
                }
            }
        }

        return lines;
    }

    /// <summary>Reads all that comes after a cursor, page by page, and checks that each page goes on where the last one ended.</summary>
    public static async Task<List<string>> ReadLinesAsync(
        this IConversationStore store,
        ConversationKey key,
        long after = 0,
        int maxBytes = int.MaxValue)
    {
        var all = new List<string>();
        while (true)
        {
            var page = await store.ReadAsync(key, after, maxBytes, CancellationToken.None)
                ?? throw new InvalidOperationException($"There is no conversation {key}.");
            if (page.Blocks.IsEmpty)
            {
                return after >= page.Head ? all : throw new InvalidOperationException($"Nothing after {after}, but the head is {page.Head}.");
            }

            foreach (var (sequence, text) in Expand(page.Blocks).SkipWhile(line => line.Sequence <= after))
            {
                if (sequence != ++after)
                {
                    throw new InvalidOperationException($"Event {sequence} came where event {after} belongs.");
                }

                all.Add(text);
            }
        }
    }

    private static void Split(EventLine run, List<(long, string)> lines)
    {
        var output = new ArrayBufferWriter<byte>();
        var deltas = DeltaRun.Split(run);
        var last = run.First - 1;
        while (deltas.MoveNext())
        {
            output.ResetWrittenCount();
            DeltaRun.WritePiece(output, run, deltas.Sequence, deltas.EscapedText);
            lines.Add((deltas.Sequence, Encoding.UTF8.GetString(output.WrittenSpan)));
            last = deltas.Sequence;
        }

        if (last != run.Last)
        {
            throw new InvalidDataException($"A run that ends with event {run.Last} has deltas up to {last}.");
        }
    }
}
