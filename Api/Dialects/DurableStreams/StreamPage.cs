namespace OrleansChat.Dialects.DurableStreams;

/// <summary>A piece of a stream.</summary>
/// <param name="Json">Its messages as a JSON array.</param>
/// <param name="IsEmpty">Whether there are none.</param>
/// <param name="Next">The sequence after which to go on.</param>
/// <param name="IsUpToDate">Whether there was nothing after it when it was read.</param>
/// <param name="IsClosed">Whether there never will be anything after it.</param>
/// <param name="IsFull">Whether it has as much as a page takes.</param>
internal sealed record StreamPage(ReadOnlyMemory<byte> Json, bool IsEmpty, long Next, bool IsUpToDate, bool IsClosed, bool IsFull)
{
    /// <summary>Whether nothing is ever added to it.</summary>
    public bool IsFinal => IsFull || IsClosed;
}
