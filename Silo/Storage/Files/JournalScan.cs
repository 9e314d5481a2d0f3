using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Storage.Files.Live;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Reads a conversation's events once, of the main file and then of the log: checks every line, folds the summary, notes where events are.
/// </summary>
internal sealed class JournalScan(ConversationId id, Disk disk, ILogger logger)
{
    private Conversation? summary;

    /// <summary>The sequence of the last event of the files read; 0 when there is none.</summary>
    public long Head { get; private set; }

    /// <summary>The conversation after <see cref="Head"/>; not for use while that is 0.</summary>
    public Conversation Summary => summary! with { Sequence = Head };

    /// <summary>
    /// Reads the main file. An end without a line feed, which a write that was cut off leaves, is removed.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names file and line.</exception>
    public JournalFile Read(string path)
    {
        var handle = JournalFile.Open(path, FileMode.Open);
        try
        {
            var length = RandomAccess.GetLength(handle);
            var index = new SparseIndex();
            var kept = ReadLines(path, handle, length, index);
            if (kept < length)
            {
                RandomAccess.SetLength(handle, kept);
                logger.TornLineCut(path, length - kept, kept);
            }

            // A process that was killed in mid-append may have left this in the page cache only, and nobody is to see what a loss of power takes back.
            disk.Flush(handle);
            disk.FlushDirectory(Path.GetDirectoryName(path)!);
            return new JournalFile(path, handle, disk, kept, Head, index);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads events of the log. Those up to <see cref="Head"/>, which the log still has when compaction was cut off, do not count.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names file and offset.</exception>
    public void ReadLive(Extent extent, ReadOnlySpan<byte> lines)
    {
        var (position, next) = (0, extent.First > Head ? Head + 1 : extent.First);
        try
        {
            while (position < lines.Length)
            {
                var length = lines[position..].IndexOf((byte)'\n');
                next = Take(lines.Slice(position, length), next, offset: 0, index: null) + 1;
                position += length + 1;
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"{extent.Segment.FilePath}, byte {extent.Offset + position}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private long ReadLines(string path, SafeFileHandle handle, long length, SparseIndex index)
    {
        using var lines = new LineReader(handle, start: 0, length);
        var number = 1;
        try
        {
            for (; ; number++)
            {
                var offset = lines.NextOffset;
                if (!lines.TryRead(out var json))
                {
                    return offset;
                }

                Take(json, Head + 1, offset, index);
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}, line {number}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private long Take(ReadOnlySpan<byte> json, long next, long offset, SparseIndex? index)
    {
        if (!EventLine.TryRead(json, next, out var line))
        {
            throw new InvalidDataException($"it is not event {next}");
        }

        var parsed = StoredLine.Parse(line);
        if (line.Last <= Head)
        {
            return line.Last;
        }

        if (line.First != Head + 1 || (parsed is null && summary is null))
        {
            throw new InvalidDataException($"it is not event {Head + 1}");
        }

        summary = parsed is null ? summary : Conversation.Apply(id, summary, parsed);
        Head = line.Last;
        index?.Add(line.First, offset);
        return Head;
    }
}
