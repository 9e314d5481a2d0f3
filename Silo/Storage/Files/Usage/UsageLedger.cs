using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Usage;

namespace OrleansChat.Storage.Files.Usage;

/// <summary>
/// What replies cost. The end of a reply is in the log with its append, and so in the ledger; before the log forgets it, compaction
/// writes the entry to the owner's file of the month. A crash between the two leaves both, and an entry that is there twice is one: it is made of
/// the event and nothing else. So an append pays nothing for it, and a reply is never missing and never counted twice.
/// </summary>
internal sealed class UsageLedger(StorePaths paths, Disk disk, LiveLog log)
{
    // Owners share locks; writing takes microseconds, or the time of a flush.
    private readonly Lock[] gates = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>Whether replies end with an append that are to be paid. It has to go to the log: the ledger is made of what leaves that.</summary>
    public static bool Counts(JournalAppend append) =>
        append.Events.Any(next => next is ReplyEnded end && LedgerEntry.Of(append.Key.Id, end) is not null);

    /// <summary>Writes what the replies cost that end in a block. To be called before the log may forget the block; safe to repeat.</summary>
    public void Record(ConversationKey key, EventBlock block)
    {
        foreach (var month in EntriesIn(key, block).GroupBy(entry => new DateOnly(entry.Day.Year, entry.Day.Month, 1)))
        {
            var folder = paths.Usage(key.Owner);
            lock (GateOf(key.Owner))
            {
                disk.CreateDirectory(folder);
                UsageFile.Append(UsageFile.PathOf(folder, month.Key), month, disk);
            }
        }
    }

    /// <summary>What an owner's replies come to.</summary>
    public ImmutableArray<UsageRow> Read(OwnerId owner, DateOnly from, DateOnly to, CancellationToken cancellationToken)
    {
        var table = new UsageTable();
        var known = new HashSet<(string, string, DateTimeOffset)>();

        // The log first: what leaves it meanwhile is in a file by then.
        foreach (var tail in log.Of(owner))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (log.Read(tail, after: 0, int.MaxValue, atLeastOne: true) is { } block)
            {
                Add(EntriesIn(tail.Key, block));
            }
        }

        for (var month = new DateOnly(from.Year, from.Month, 1); month <= to; month = month.AddMonths(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(UsageFile.Read(UsageFile.PathOf(paths.Usage(owner), month)));
        }

        return table.ToRows();

        void Add(IEnumerable<LedgerEntry> entries)
        {
            foreach (var entry in entries)
            {
                // With the time, because a conversation that was deleted may have come back under its id.
                if (entry.Day >= from && entry.Day <= to && known.Add((entry.Conversation, entry.Message, entry.At)))
                {
                    table.Add(entry);
                }
            }
        }
    }

    private static List<LedgerEntry> EntriesIn(ConversationKey key, EventBlock block)
    {
        var entries = new List<LedgerEntry>();
        foreach (var line in block)
        {
            if (line.Type.IsReplyEnd() && LedgerEntry.Of(key.Id, (ReplyEnded)line.Parse()) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private Lock GateOf(OwnerId owner) => gates[(uint)StringComparer.Ordinal.GetHashCode(owner.Value) % (uint)gates.Length];
}
