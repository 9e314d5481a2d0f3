namespace OrleansChat.Storage.Files.Live;

/// <summary>Where some consecutive events of one conversation are in the log.</summary>
/// <param name="First">The sequence of the first.</param>
/// <param name="Last">The sequence of the last.</param>
/// <param name="Segment">The segment.</param>
/// <param name="Offset">Where their lines start in it.</param>
/// <param name="Length">How many bytes the lines have.</param>
internal readonly record struct Extent(long First, long Last, Segment Segment, int Offset, int Length);
