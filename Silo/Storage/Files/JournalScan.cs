using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Reads a conversation's files once, the main file and then the live file: checks every line, folds the summary, notes where events are.
/// </summary>
internal sealed class JournalScan(ConversationId id, Disk disk, ILogger logger)
{
    private Conversation? summary;

    /// <summary>The sequence of the last event of the files read; 0 when there is none.</summary>
    public long Head { get; private set; }

    /// <summary>The conversation after <see cref="Head"/>; not for use while that is 0.</summary>
    public Conversation Summary => summary! with { Sequence = Head };

    /// <summary>
    /// Reads a file whose events go on at <see cref="Head"/>. Events up to there, which the live file still has when its
    /// compaction was cut off, do not count. An end without a line feed, which a write that was cut off leaves, is removed.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names file and line.</exception>
    public JournalFile Read(string path)
    {
        var handle = JournalFile.Open(path, FileMode.Open);
        try
        {
            var length = RandomAccess.GetLength(handle);
            var index = new SparseIndex();
            var head = Head;
            var kept = ReadLines(path, handle, length, index);
            if (kept < length)
            {
                RandomAccess.SetLength(handle, kept);
                logger.TornLineCut(path, length - kept, kept);
            }

            // A process that was killed in mid-append may have left this in the page cache only, and nobody is to see what a loss of power takes back.
            disk.Flush(handle);
            disk.FlushDirectory(Path.GetDirectoryName(path)!);
            return new JournalFile(path, handle, disk, kept, Head > head ? Head : 0, index);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private long ReadLines(string path, SafeFileHandle handle, long length, SparseIndex index)
    {
        using var lines = new LineReader(handle, start: 0, length);
        var number = 1;
        try
        {
            var next = 0L;
            for (; ; number++)
            {
                var offset = lines.NextOffset;
                if (!lines.TryRead(out var json))
                {
                    return offset;
                }

                next = number == 1 ? StoredLine.SequenceOf(json) : next;
                next = next < 1 || next > Head + 1 ? Head + 1 : next;
                if (!EventLine.TryRead(json, next, out var line))
                {
                    throw new InvalidDataException($"it is not event {next}");
                }

                next = line.Last + 1;
                Take(line, offset, index);
            }
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}, line {number}: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private void Take(EventLine line, long offset, SparseIndex index)
    {
        var parsed = StoredLine.Parse(line);
        if (line.Last <= Head)
        {
            return;
        }

        if (line.First != Head + 1 || (parsed is null && summary is null))
        {
            throw new InvalidDataException($"it is not event {Head + 1}");
        }

        summary = parsed is null ? summary : Conversation.Apply(id, summary, parsed);
        Head = line.Last;
        index.Add(line.First, offset);
    }
}
