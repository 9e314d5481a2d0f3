using Orleans.Streams;

namespace Orleans.StandIn.Streams;

/// <inheritdoc />
internal sealed class ItemToken : StreamSequenceToken
{
    public ItemToken(long sequenceNumber) => SequenceNumber = sequenceNumber;

    public override long SequenceNumber { get; protected set; }
}
