using System.Buffers;
using System.Runtime.CompilerServices;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Storage.PostgreSql.Appending;

/// <summary>
/// The appends of which nobody knows whether they happened: the connection broke before the answer. Trying one again finds out:
/// it may be fenced off by itself. Only these are compared with the journal, because somebody else's append can read the same.
/// </summary>
internal sealed class InDoubtAppends
{
    private static readonly object Mark = new();

    // By identity, and forgotten with the append itself: whoever tries again has it.
    private readonly ConditionalWeakTable<JournalAppend, object> marked = [];

    /// <summary>Marks an append.</summary>
    public void Add(JournalAppend append) => marked.AddOrUpdate(append, Mark);

    /// <summary>Removes the mark.</summary>
    public void Remove(JournalAppend append) => marked.Remove(append);

    /// <summary>Whether an append is marked.</summary>
    public bool Contains(JournalAppend append) => marked.TryGetValue(append, out _);

    /// <summary>Whether a journal has exactly the events of an append, which it may have compacted by now.</summary>
    /// <param name="append">The append.</param>
    /// <param name="blocks">The journal after the append's expected head, at least as far as the append goes.</param>
    public static bool IsIn(JournalAppend append, IEnumerable<EventBlock> blocks)
    {
        var wanted = append.Block;
        var found = new ArrayBufferWriter<byte>(wanted.Lines.Length);
        foreach (var block in blocks)
        {
            foreach (var line in block)
            {
                if (line.Type.IsRun())
                {
                    Write(line, wanted, found);
                }
                else if (line.First >= wanted.First && line.First <= wanted.Last)
                {
                    found.Write(line.Json);
                    found.Write("\n"u8);
                }
            }
        }

        return found.WrittenSpan.SequenceEqual(wanted.Lines.Span);
    }

    private static void Write(EventLine run, EventBlock wanted, ArrayBufferWriter<byte> found)
    {
        var deltas = DeltaRun.Split(run);
        while (deltas.MoveNext())
        {
            if (deltas.Sequence >= wanted.First && deltas.Sequence <= wanted.Last)
            {
                DeltaRun.WritePiece(found, run, deltas.Sequence, deltas.EscapedText);
                found.Write("\n"u8);
            }
        }
    }
}
