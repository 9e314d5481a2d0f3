using System.Text.Json;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files.Live;

/// <summary>Reads the segments of the log once, oldest first, and finds what is still needed of them.</summary>
internal sealed class SegmentScan(ILogger logger)
{
    private readonly Dictionary<ConversationKey, LiveTail> tails = [];

    /// <summary>What was found.</summary>
    public IReadOnlyCollection<LiveTail> Tails => tails.Values;

    /// <summary>
    /// Reads a segment. A last commit that is not whole, which a write that was cut off leaves, is removed; so nobody was told that it was there.
    /// </summary>
    /// <param name="segment">The segment.</param>
    /// <param name="isLast">Whether it is the one that was written to when the process ended.</param>
    /// <exception cref="InvalidDataException">Something else is not as it was written. The message names file and offset.</exception>
    public void Read(Segment segment, bool isLast)
    {
        var bytes = new byte[segment.Length];
        segment.Read(bytes, 0);
        var position = 0;
        for (var expected = 1L; position < bytes.Length; expected++)
        {
            if (!CommitHeader.TryRead(bytes.AsSpan(position), out var number, out var length) || number != expected)
            {
                if (!isLast || HasCommit(bytes.AsSpan(position + 1)))
                {
                    throw new InvalidDataException(
                        $"{segment.FilePath}, byte {position}: commit {expected} is damaged. Restore the file, or move it away, "
                        + "which loses what replies had said that were running.");
                }

                logger.TornCommitCut(segment.FilePath, bytes.Length - position, position);
                segment.Cut(position);
                return;
            }

            ReadRecords(segment, bytes.AsSpan(0, position + length), position + CommitHeader.Length);
            position += length;
        }
    }

    // A loss of power can leave any part of the last write, but nothing after it.
    private static bool HasCommit(ReadOnlySpan<byte> bytes)
    {
        while (bytes.IndexOf(CommitHeader.Start) is >= 0 and var start)
        {
            bytes = bytes[start..];
            if (CommitHeader.TryRead(bytes, out _, out _))
            {
                return true;
            }

            bytes = bytes[1..];
        }

        return false;
    }

    private void ReadRecords(Segment segment, ReadOnlySpan<byte> bytes, int position)
    {
        while (position < bytes.Length)
        {
            try
            {
                var length = bytes[position..].IndexOf((byte)'\n');
                var record = RecordLine.Parse(bytes.Slice(position, length));
                position += length + 1;
                Take(record, segment, position);
                position += record.Bytes;
            }
            catch (Exception e) when (e is JsonException or InvalidDataException or InvalidOperationException or ArgumentException)
            {
                throw new InvalidDataException($"{segment.FilePath}, byte {position}: {e.Message.TrimEnd('.')}.", e);
            }
        }
    }

    private void Take(RecordLine record, Segment segment, int offset)
    {
        if (record.Deleted)
        {
            tails.Remove(record.Key);
            return;
        }

        if (!tails.TryGetValue(record.Key, out var tail))
        {
            tails.Add(record.Key, tail = new LiveTail(record.Key));
        }

        if (record.Settled > 0)
        {
            tail.RemoveThrough(record.Settled);
            tail.Mark = tail.Mark is { } mark && mark.Last > record.Settled ? mark : null;
        }
        else if (record.Bytes > 0)
        {
            tail.Take(new Extent(record.First, record.Last, segment, offset, record.Bytes));
        }
        else if (record.Last > tail.Last)
        {
            tail.Mark = new StartMark(record.First, record.Last, segment);
        }

        if (tail.Last == 0 && tail.Mark is null)
        {
            tails.Remove(record.Key);
        }
    }
}
