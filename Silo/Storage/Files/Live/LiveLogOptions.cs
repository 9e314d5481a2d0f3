namespace OrleansChat.Storage.Files.Live;

/// <summary>The bounds of the log. Not settings: nobody needs others, except tests.</summary>
internal sealed record LiveLogOptions
{
    /// <summary>A segment that is larger gets no further commit. Default: 16 MiB.</summary>
    public int SegmentBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many full segments may wait for what is needed in them to end, 1 or more; past it the oldest is cleared by copying. More are kept while
    /// four times the bytes needed take more, so that copying never costs more than writing. Default: 4.
    /// </summary>
    public int FullSegments { get; init; } = 4;

    /// <summary>How much goes into one write at most, unless one append is larger. Default: 4 MiB.</summary>
    public int CommitBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long after a deletion the bytes of the conversation are gone from the log too. Default: a minute.</summary>
    public TimeSpan EraseAfter { get; init; } = TimeSpan.FromMinutes(1);
}
