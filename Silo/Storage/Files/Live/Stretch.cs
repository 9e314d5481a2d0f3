namespace OrleansChat.Storage.Files.Live;

/// <summary>What one conversation needs of old segments: a mark, or consecutive events that become one record.</summary>
/// <param name="Tail">The conversation's part of the log.</param>
/// <param name="Mark">The mark; null for events.</param>
/// <param name="Extents">The events.</param>
internal sealed record Stretch(LiveTail Tail, StartMark? Mark, List<Extent> Extents)
{
    /// <summary>The sequence of the first event.</summary>
    public long First => Mark?.First ?? Extents[0].First;

    /// <summary>The sequence of the last event.</summary>
    public long Last => Mark?.Last ?? Extents[^1].Last;

    /// <summary>How many bytes the events have.</summary>
    public int Length { get; private set; }

    /// <summary>Adds the events that follow.</summary>
    public void Add(Extent extent)
    {
        Extents.Add(extent);
        Length += extent.Length;
    }
}
