using System.Text.Json;
using OrleansChat.Events;

namespace OrleansChat.Storage.PostgreSql.Reading;

/// <summary>A row of the journal, as it was read.</summary>
/// <param name="Conversation">The conversation's number.</param>
/// <param name="First">The sequence of its first event.</param>
/// <param name="Last">The sequence of its last event.</param>
/// <param name="Lines">Its events.</param>
internal sealed record JournalRow(long Conversation, long First, long Last, ReadOnlyMemory<byte> Lines)
{
    /// <summary>The row's events after a cursor, by whole lines and up to a size; null where there are none, or no room for the first.</summary>
    /// <param name="after">The cursor.</param>
    /// <param name="maxBytes">How much at most.</param>
    /// <param name="atLeastOne">Whether a first line that is larger is taken all the same.</param>
    /// <exception cref="InvalidDataException">The row is damaged. The message names it.</exception>
    public EventBlock? Slice(long after, int maxBytes, bool atLeastOne)
    {
        var (start, length) = (0, 0);
        var (first, last) = (0L, 0L);
        var reached = First - 1;
        try
        {
            foreach (var line in new EventBlock(First, Last, Lines))
            {
                StoredLine.Check(line);
                reached = line.Last;
                var size = line.Json.Length + 1;
                if (line.Last <= after)
                {
                    start += size;
                    continue;
                }

                if (length + size > maxBytes && (length > 0 || !atLeastOne))
                {
                    return Block();
                }

                first = length == 0 ? line.First : first;
                last = line.Last;
                length += size;
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw Damage($"event {reached + 1}: {e.Message.TrimEnd('.')}", e);
        }

        return reached == Last ? Block() : throw Damage($"it ends with event {reached} and not {Last}");

        EventBlock? Block() => length == 0 ? null : new EventBlock(first, last, Lines.Slice(start, length));
    }

    /// <summary>What to throw where the row is damaged.</summary>
    public InvalidDataException Damage(string what, Exception? cause = null) =>
        new($"orleanschat.journal, conversation {Conversation}, first {First}: {what}.", cause);
}
