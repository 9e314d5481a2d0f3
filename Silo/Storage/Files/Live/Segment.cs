using Microsoft.Win32.SafeHandles;

namespace OrleansChat.Storage.Files.Live;

/// <summary>
/// One file of the log. One thread at a time appends; any number read, and the file stays open for them after it was deleted.
/// </summary>
internal sealed class Segment : IDisposable
{
    private readonly Disk disk;
    private readonly SafeFileHandle handle;
    private bool hasRemains;
    private int users = 1;

    private Segment(string path, SafeFileHandle handle, Disk disk)
    {
        FilePath = path;
        this.handle = handle;
        this.disk = disk;
    }

    /// <summary>The file's path.</summary>
    public string FilePath { get; }

    /// <summary>Where the last commit ends.</summary>
    public long Length { get; private set; }

    /// <summary>How many commits it has.</summary>
    public long Commits { get; private set; }

    /// <summary>How many extents and marks in it are still needed; under the lock of <see cref="LiveIndex"/>.</summary>
    public int Needed { get; set; }

    /// <summary>Makes a segment with its first commit, or none at all.</summary>
    public static Segment Create(string path, Disk disk, ReadOnlySpan<byte> commit)
    {
        var segment = new Segment(path, JournalFile.Open(path, FileMode.Create), disk);
        try
        {
            segment.Append(commit);
            disk.FlushDirectory(Path.GetDirectoryName(path)!);
            return segment;
        }
        catch
        {
            segment.Dispose();
            _ = Disk.TryDelete(path);
            throw;
        }
    }

    /// <summary>Opens a segment that an earlier process wrote.</summary>
    public static Segment Open(string path, Disk disk)
    {
        var file = JournalFile.Open(path, FileMode.Open);
        return new Segment(path, file, disk) { Length = RandomAccess.GetLength(file) };
    }

    /// <summary>Appends a commit in one write. When that throws, the segment is as it was.</summary>
    public void Append(ReadOnlySpan<byte> commit)
    {
        RemoveRemains();
        try
        {
            RandomAccess.Write(handle, commit, Length);
            disk.Flush(handle);
        }
        catch
        {
            // Also where only the flush failed; see JournalFile.
            hasRemains = true;
            TryRemoveRemains();
            throw;
        }

        Length += commit.Length;
        Commits++;
    }

    /// <summary>Reads a part that was written.</summary>
    /// <exception cref="InvalidDataException">Somebody cut the file.</exception>
    public void Read(Span<byte> into, long offset)
    {
        while (!into.IsEmpty)
        {
            var read = RandomAccess.Read(handle, into, offset);
            if (read == 0)
            {
                throw new InvalidDataException($"{FilePath}, byte {offset}: the file was cut while it was in use.");
            }

            into = into[read..];
            offset += read;
        }
    }

    /// <summary>Removes what comes after a point.</summary>
    public void Cut(long length)
    {
        Length = length;
        hasRemains = true;
        RemoveRemains();
    }

    /// <summary>Removes what a failed write has left, if anything.</summary>
    public void RemoveRemains()
    {
        if (hasRemains)
        {
            RandomAccess.SetLength(handle, Length);
            disk.Flush(handle);
            hasRemains = false;
        }
    }

    /// <summary>Keeps the file open for a reader, until <see cref="Return"/>; only while the segment is in the index.</summary>
    public void Rent() => Interlocked.Increment(ref users);

    /// <summary>Ends a use.</summary>
    public void Return()
    {
        if (Interlocked.Decrement(ref users) == 0)
        {
            handle.Dispose();
        }
    }

    /// <summary>Closes the file as soon as nobody reads it any more.</summary>
    public void Dispose()
    {
        TryRemoveRemains();
        Return();
    }

    private void TryRemoveRemains()
    {
        try
        {
            RemoveRemains();
        }
        catch (Exception e) when (Failures.IsOfMedium(e))
        {
            // The next append tries again.
        }
    }
}
