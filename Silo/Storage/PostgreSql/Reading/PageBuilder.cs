using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Storage.PostgreSql.Reading;

/// <summary>Makes a page of the rows that follow a cursor, and checks that they follow each other.</summary>
internal sealed class PageBuilder(long after, int maxBytes)
{
    private readonly ImmutableArray<EventBlock>.Builder blocks = ImmutableArray.CreateBuilder<EventBlock>();
    private long reached = after;
    private int bytes;
    private bool full;

    /// <summary>Adds the next row, or as much of it as there is room for.</summary>
    /// <exception cref="InvalidDataException">The row is damaged, or not the next. The message names it.</exception>
    public void Add(JournalRow row)
    {
        if (full)
        {
            return;
        }

        // The first row may hold the cursor; every other begins where the last one ended.
        if (blocks.Count == 0 ? row.First > reached + 1 : row.First != reached + 1)
        {
            throw row.Damage($"event {reached + 1} is missing before it");
        }

        var block = row.Slice(reached, maxBytes - bytes, atLeastOne: blocks.Count == 0);
        full = block is null || block.Last < row.Last;
        if (block is not null)
        {
            blocks.Add(block);
            bytes += block.Lines.Length;
            reached = block.Last;
        }
    }

    /// <summary>The page.</summary>
    /// <exception cref="InvalidDataException">Rows are missing.</exception>
    public JournalPage Build(ConversationKey key, long head)
    {
        if (blocks.Count > 0 ? reached > head : reached < head)
        {
            throw new InvalidDataException(
                $"orleanschat.conversations, {key}: its head is {head}, but its journal ends with event {reached}.");
        }

        return new JournalPage(blocks.DrainToImmutable(), head);
    }
}
