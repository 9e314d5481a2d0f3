namespace OrleansChat.Storage.Files.Live;

/// <summary>Where the log says that an append to the main file starts a reply, as long as it has no event of that reply.</summary>
/// <param name="First">The sequence of the append's first event.</param>
/// <param name="Last">The sequence of its last event.</param>
/// <param name="Segment">The segment.</param>
internal readonly record struct StartMark(long First, long Last, Segment Segment);
