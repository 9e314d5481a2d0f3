namespace Orleans.Streams;

/// <summary>Where in its stream an item is. Nothing to store: it counts from the silo's start.</summary>
public abstract class StreamSequenceToken
{
    /// <summary>The item's number.</summary>
    public abstract long SequenceNumber { get; protected set; }
}
