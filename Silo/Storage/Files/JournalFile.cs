using System.Buffers;
using Microsoft.Win32.SafeHandles;
using OrleansChat.Events;

namespace OrleansChat.Storage.Files;

/// <summary>One append-only file of JSON Lines, with consecutive events. Not for several threads at once.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly Disk disk;
    private readonly SparseIndex index;
    private SafeFileHandle? handle;
    private bool hasRemains;

    /// <summary>Takes over a file that was read.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="handle">The file, open; this object closes it.</param>
    /// <param name="disk">How to write.</param>
    /// <param name="length">Where its last event ends.</param>
    /// <param name="last">The sequence of its last event; 0 when it holds none that counts.</param>
    /// <param name="index">Where its events are.</param>
    public JournalFile(string path, SafeFileHandle handle, Disk disk, long length, long last, SparseIndex index)
    {
        FilePath = path;
        this.handle = handle;
        this.disk = disk;
        this.index = index;
        Length = length;
        Last = last;
    }

    /// <summary>The file's path.</summary>
    public string FilePath { get; }

    /// <summary>Where the last event ends.</summary>
    public long Length { get; private set; }

    /// <summary>The sequence of the last event; 0 when there is none that counts.</summary>
    public long Last { get; private set; }

    // A failed write can spoil the handle, and it can be closed to have fewer. Then the file is opened again when it is next needed.
    private SafeFileHandle Handle => handle ??= Open(FilePath, FileMode.Open);

    /// <summary>Makes a file that begins with a block, or none at all.</summary>
    public static JournalFile Create(string path, FileMode mode, Disk disk, EventBlock block)
    {
        var file = new JournalFile(path, Open(path, mode), disk, length: 0, last: 0, new SparseIndex());
        try
        {
            file.Append(block);
            disk.FlushDirectory(Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            _ = Disk.TryDelete(path);
            throw;
        }
    }

    /// <summary>Opens a file. Everybody else may read it, and an operator may move it away.</summary>
    public static SafeFileHandle Open(string path, FileMode mode) =>
        File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Appends a block in one write. When that throws, the file is as it was.</summary>
    public void Append(EventBlock block)
    {
        if (hasRemains)
        {
            RemoveRemains();
        }

        try
        {
            RandomAccess.Write(Handle, block.Lines.Span, Length);
            disk.Flush(Handle);
        }
        catch
        {
            // Also where only the flush failed: Linux then takes pages for clean that are not on the disk, so they must be written again.
            hasRemains = true;
            TryRemoveRemains();
            throw;
        }

        index.Add(block, Length);
        Length += block.Lines.Length;
        Last = block.Last;
    }

    /// <summary>Reads the events after a cursor, of which there must be one.</summary>
    /// <param name="after">The cursor; events that do not count any more are not read, wherever it is.</param>
    /// <param name="maxBytes">How much to read at most.</param>
    /// <param name="atLeastOne">Whether a first record that is larger is read all the same.</param>
    /// <returns>The events; null when there is no room for the first.</returns>
    /// <exception cref="InvalidDataException">Somebody changed the file.</exception>
    public EventBlock? Read(long after, int maxBytes, bool atLeastOne)
    {
        var (next, offset) = index.Floor(after + 1);
        var first = 0L;
        var taken = new ArrayBufferWriter<byte>();
        using var lines = new LineReader(Handle, offset, Length);
        while (lines.TryRead(out var json))
        {
            if (!EventLine.TryRead(json, next, out var line))
            {
                throw new InvalidDataException($"{FilePath}, before byte {lines.NextOffset}: event {next} is not where it was.");
            }

            next = line.Last + 1;
            if (line.Last <= after)
            {
                continue;
            }

            var fits = taken.WrittenCount + json.Length + 1 <= maxBytes;
            if (!fits && (first > 0 || !atLeastOne))
            {
                next = line.First;
                break;
            }

            first = first > 0 ? first : line.First;
            taken.Write(json);
            taken.Write("\n"u8);
        }

        return first > 0 ? new EventBlock(first, next - 1, taken.WrittenSpan.ToArray()) : null;
    }

    /// <summary>Closes the file until it is needed again.</summary>
    public void Close()
    {
        if (hasRemains)
        {
            TryRemoveRemains();
        }

        handle?.Dispose();
        handle = null;
    }

    /// <inheritdoc />
    public void Dispose() => Close();

    private void TryRemoveRemains()
    {
        try
        {
            RemoveRemains();
        }
        catch (Exception e) when (Failures.IsOfMedium(e))
        {
            handle?.Dispose();
            handle = null;
        }
    }

    private void RemoveRemains()
    {
        RandomAccess.SetLength(Handle, Length);
        disk.Flush(Handle);
        hasRemains = false;
    }
}
