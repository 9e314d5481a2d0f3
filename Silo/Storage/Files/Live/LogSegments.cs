using System.Globalization;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Storage.Files.Live;

/// <summary>The files of the log, oldest first. Not for several threads at once.</summary>
internal sealed class LogSegments(string folder, Disk disk, ILogger logger, int segmentBytes) : IDisposable
{
    private const string Suffix = ".jsonl";

    private readonly List<Segment> segments = [];
    private Segment? current;
    private long nextNumber = 1;

    /// <summary>How many there are.</summary>
    public int Count => segments.Count;

    /// <summary>How many of them get no further commit.</summary>
    public int Full => current is null ? segments.Count : segments.Count - 1;

    /// <summary>Whether a segment was added since this was last reset.</summary>
    public bool HasGrown { get; set; }

    /// <summary>The oldest one.</summary>
    public HashSet<Segment> Oldest => [segments[0]];

    /// <summary>Opens the segments that an earlier process left, and finds what is in them.</summary>
    public IReadOnlyCollection<LiveTail> Load()
    {
        var found = Directory.EnumerateFiles(folder, "*" + Suffix)
            .Select(path => (Path: path, Number: NumberOf(path)))
            .Where(file => file.Number > 0)
            .OrderBy(file => file.Number)
            .ToList();
        var scan = new SegmentScan(logger);
        foreach (var (path, number) in found)
        {
            var segment = Segment.Open(path, disk);
            segments.Add(segment);
            scan.Read(segment, isLast: number == found[^1].Number);
            nextNumber = number + 1;
        }

        return scan.Tails;
    }

    /// <summary>Appends a commit, to a new segment where the last one is full. Returns the segment.</summary>
    /// <param name="buffer">The commit.</param>
    /// <param name="start">Where it starts in the segment.</param>
    public Segment Append(CommitBuffer buffer, out long start)
    {
        if (current is not null && current.Length >= segmentBytes)
        {
            Seal();
        }

        if (current is not null)
        {
            start = current.Length;
            current.Append(buffer.End(current.Commits + 1));
            return current;
        }

        start = 0;
        var path = Path.Combine(folder, nextNumber.ToString("D10", CultureInfo.InvariantCulture) + Suffix);
        current = Segment.Create(path, disk, buffer.End(1));
        nextNumber++;
        segments.Add(current);
        HasGrown = true;
        return current;
    }

    /// <summary>Has the next commit begin a new segment.</summary>
    public void Seal()
    {
        // What follows the last commit is removed first: only the last segment may end with something else.
        current?.RemoveRemains();
        current = null;
    }

    /// <summary>The segments that get no further commit.</summary>
    public HashSet<Segment> Sealed() => [.. segments.Where(segment => segment != current)];

    /// <summary>Deletes the oldest segments up to the first one that is needed or not full.</summary>
    public void DeleteUnneeded()
    {
        while (segments.Count > 0 && segments[0] != current && segments[0].Needed == 0)
        {
            DeleteOldest();
        }
    }

    /// <summary>Deletes the oldest segments as far as they belong to some.</summary>
    public void Delete(HashSet<Segment> old)
    {
        while (segments.Count > 0 && old.Contains(segments[0]))
        {
            DeleteOldest();
        }
    }

    /// <summary>Deletes all segments, or as many as can be.</summary>
    public void DeleteAll()
    {
        try
        {
            current = null;
            Delete([.. segments]);
        }
        catch (Exception e) when (Failures.IsOfMedium(e))
        {
            logger.LiveLogNotCleared(e);
        }
    }

    /// <inheritdoc />
    public void Dispose() => segments.ForEach(segment => segment.Dispose());

    private static long NumberOf(string path) =>
        long.TryParse(Path.GetFileNameWithoutExtension(path), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private void DeleteOldest()
    {
        Disk.Delete(segments[0].FilePath);

        // One by one, so that a loss of power does not bring back an older one alone.
        disk.FlushDirectory(folder);
        segments[0].Dispose();
        segments.RemoveAt(0);
    }
}
